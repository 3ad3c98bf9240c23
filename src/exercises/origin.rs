//! Where an exercise comes from, and who wrote it down.

use chrono::NaiveDateTime;

use crate::ids::OwnExerciseId;

/// Where an exercise comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file of the program, or of the clinic's folder. The public sees these alone.
    House,
    /// Somebody of the clinic wrote it at the desk.
    Clinic,
    /// A public collection.
    Imported(Source),
}

/// The record of a public collection, as it wants to be named.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The collection.
    pub name: String,
    /// What the collection calls the record.
    pub key: String,
    /// Who wrote it; empty when the collection does not say.
    #[serde(default)]
    pub author: String,
    /// Under which licence it may be used.
    pub licence: String,
    /// Where the record, or else the collection, is found.
    #[serde(default)]
    pub url: String,
}

impl Origin {
    /// The words for staff; none for the house.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match self {
            Self::House => None,
            Self::Clinic => Some("Our own".to_owned()),
            Self::Imported(source) => Some(format!("From {}", source.in_words())),
        }
    }
}

impl Source {
    /// The source in one line: "wger, by Ann Example, CC-BY-SA 4".
    #[must_use]
    pub fn in_words(&self) -> String {
        let author = if self.author.is_empty() { String::new() } else { format!(", by {}", self.author) };
        format!("{}{author}, {}", self.name, self.licence)
    }

    /// What is wrong with it, if anything.
    pub(super) fn flaw(&self) -> Option<String> {
        let needed = [("name", &self.name), ("key", &self.key), ("licence", &self.licence)];
        if let Some((key, _)) = needed.iter().find(|(_, text)| text.trim().is_empty()) {
            return Some(format!("{key} of [source] is empty; say it in words"));
        }
        let is_web = |url: &str| url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
        (!self.url.is_empty() && !is_web(&self.url))
            .then(|| "the url of [source] is a full address that begins with https:// or http://".to_owned())
    }
}

/// An exercise of the clinic's own as it is kept: the other names for it, its history in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Its number.
    pub id: OwnExerciseId,
    /// How often it has been written: 1 for one that was never changed.
    pub revision: i32,
    /// Who wrote it first, and when.
    pub made: Deed,
    /// Who wrote what it says now, and when.
    pub revised: Deed,
    /// Who put it away, and when; nobody while it is in use.
    pub archived: Option<Deed>,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The name of a person, or "an import".
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}
