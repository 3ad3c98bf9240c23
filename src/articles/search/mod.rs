//! Finding things: `/search` over the articles, the exercises, the guides and the glossary, and what may have been meant by an address that
//! leads nowhere.
//!
//! [`Search::fill`] makes an index of an edition whenever the shelf is filled, so that it knows what readers see that day and nothing
//! else. `query` makes terms of what was typed (mistyped words mended, other spellings and the glossary's other words added), `store`
//! asks them of `SQLite`'s full-text index, `index` shows what was found.

mod entry;
mod index;
mod meant;
mod pages;
mod public;
mod query;
mod store;
mod text;
mod urgent;
mod words;

use std::sync::{Arc, PoisonError, RwLock};

pub use entry::Kind;
pub use public::{leaf, results};

use super::Edition;
use crate::error::AppError;
use crate::web::Meant;
use index::Index;

/// Finds what readers see today. Cheap to read; replaced as a whole when something changes.
#[derive(Default)]
pub struct Search(RwLock<Option<Arc<Index>>>);

impl Search {
    /// Makes the index of this edition, in place of what was known before.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the index cannot be made; what was known before stays.
    pub fn fill(&self, edition: &Edition<'_>) -> Result<(), AppError> {
        let index = Arc::new(Index::of(edition)?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(index);
        Ok(())
    }

    /// Pages that may have been meant by a path that leads nowhere, the likeliest first.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the index cannot be asked.
    pub fn meant(&self, path: &str) -> Result<Meant, AppError> {
        self.index()?.meant(path)
    }

    fn index(&self) -> Result<Arc<Index>, AppError> {
        let index = self.0.read().unwrap_or_else(PoisonError::into_inner);
        index.clone().ok_or_else(|| AppError::Internal("nothing has been made to be found yet".to_owned()))
    }
}

#[cfg(test)]
mod bench {
    mod tests;
}
#[cfg(test)]
mod tests;
