//! What the library holds at the moment, and what is wrong with files that were changed since.
//!
//! A file of the clinic that changes while the program runs replaces all of it at once: pages, exercises, glossary and pictures are
//! always of one reading. With a flaw anywhere nothing is replaced, and staff are told at `/clinic/library`. Who reads a page or edits
//! a draft at that moment keeps what they began with. Plans are safe: a published version holds the texts of its exercises as they were,
//! and a draft that names an exercise which has gone says so before it is published.

use std::sync::Arc;

use chrono::NaiveDateTime;

use super::{Catalogue, guide_flaws};
use crate::exercises::Library;
use crate::folder::Folder;
use crate::latest::Latest;
use crate::web::House;

/// All the library holds, of one reading.
pub struct Holdings {
    /// What all pages share, with the clinic's own pictures.
    pub house: Arc<House>,
    /// The exercises.
    pub library: Arc<Library>,
    /// The articles and the glossary.
    pub catalogue: Arc<Catalogue>,
    /// The clinic's own files.
    pub own: Folder,
}

impl Holdings {
    /// Reads everything: the files of the program, and those of the clinic beside them or in their place.
    ///
    /// # Errors
    /// Every flaw of every file, with its file and line.
    pub fn read(own: Folder, house: &House) -> Result<Self, Vec<String>> {
        let library = Library::with(&own)?;
        let catalogue = Catalogue::with(&own, &library, &house.clinic)?;
        let flaws = guide_flaws(&catalogue, &library, &house.clinic);
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let house = Arc::new(House { assets: house.assets.with(&own), ..house.clone() });
        Ok(Self { house, library: Arc::new(library), catalogue: Arc::new(catalogue), own })
    }
}

/// Changed files that are not shown, because something is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Every flaw, with its file and line.
    pub flaws: Vec<String>,
    /// Since when, in UTC.
    pub since: NaiveDateTime,
}

/// The library of a running clinic: what it holds, and its trouble.
pub struct Collection {
    holdings: Latest<Holdings>,
    trouble: Latest<Option<Trouble>>,
}

impl Collection {
    /// Begins with these holdings, and no trouble.
    #[must_use]
    pub fn new(holdings: impl Into<Arc<Holdings>>) -> Self {
        Self { holdings: Latest::new(holdings), trouble: Latest::new(None) }
    }

    /// What it holds now.
    #[must_use]
    pub fn now(&self) -> Arc<Holdings> {
        self.holdings.get()
    }

    /// What is wrong, if anything is.
    #[must_use]
    pub fn trouble(&self) -> Arc<Option<Trouble>> {
        self.trouble.get()
    }

    /// Holds this from now on; all is well again.
    pub fn take(&self, holdings: impl Into<Arc<Holdings>>) {
        self.holdings.set(holdings);
        self.trouble.set(None);
    }

    /// Goes on holding what it does, and remembers why; trouble that lasts has its first moment.
    pub fn refuse(&self, flaws: Vec<String>, now: NaiveDateTime) {
        let since = self.trouble().as_ref().as_ref().map_or(now, |trouble| trouble.since);
        self.trouble.set(Some(Trouble { flaws, since }));
    }
}
