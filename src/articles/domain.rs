//! What an article is, and how its file is read.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de};

use super::Reading;
use crate::exercises::{Library, Reference};
use crate::markdown::{Document, Flaw, Rendered};
use crate::text::{self, words};

/// Longest summary, in characters: what search engines and lists show whole.
const LONGEST_SUMMARY: usize = 160;
/// Words an adult reads in a minute, on the slow side.
const WORDS_A_MINUTE: usize = 200;

words! {
    /// What an article is mainly about.
    Category {
        /// A condition: what it is and what helps.
        Conditions = "conditions", "Conditions";
        /// Running.
        Running = "running", "Running";
        /// Moving further and more easily.
        Mobility = "mobility", "Mobility";
        /// How these pages are made.
        About = "about", "About these pages";
    }
}

impl Category {
    /// What its articles tell, in a sentence.
    #[must_use]
    pub fn lead(self) -> &'static str {
        match self {
            Self::Conditions => "What pain at the front of the hip may be, when to be seen, and what helps.",
            Self::Running => "Running with a sore hip: how to calm it, make it stronger, and find the way back.",
            Self::Mobility => "Hips that feel tight or stiff: what it may mean, how to test it, and how to move further.",
            Self::About => "Who writes and checks these pages, and how.",
        }
    }

    /// The address of the page with its articles.
    #[must_use]
    pub fn path(self) -> String {
        format!("/articles/categories/{}", self.word())
    }
}

/// The address of the page with the articles that have this tag.
#[must_use]
pub fn tag_path(tag: &str) -> String {
    format!("/articles/tags/{}", text::slug(tag))
}

/// What an article is about, in the terms of <https://schema.org>.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// A condition of the body, by its name.
    Condition(String),
    /// A part of the body, by its name.
    Anatomy(String),
}

/// The front matter, key by key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// Title, the first heading of the page.
    pub title: String,
    /// The name in addresses, which is also the name of the file.
    pub slug: String,
    /// One sentence, at most 160 characters.
    pub summary: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who checked it, with their profession.
    pub reviewed_by: String,
    /// The first day it is shown.
    #[serde(deserialize_with = "day")]
    pub published: NaiveDate,
    /// The day its content last changed.
    #[serde(deserialize_with = "day")]
    pub updated: NaiveDate,
    /// The day it was last checked against the sources.
    #[serde(deserialize_with = "day")]
    pub last_reviewed: NaiveDate,
    /// The day by which it must be checked again.
    #[serde(deserialize_with = "day")]
    pub next_review: NaiveDate,
    /// What it is mainly about.
    pub category: Category,
    /// Key words.
    pub tags: Vec<String>,
    /// The series it belongs to.
    pub series: Option<String>,
    /// Its place in the series, from 1.
    pub part: Option<usize>,
    /// Slugs of articles to read next.
    pub related: Vec<String>,
    /// Slugs of exercises it is about.
    pub exercises: Vec<String>,
    /// Its sources.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// The conditions and the parts of the body it is about, for search engines.
    #[serde(default)]
    pub about: Vec<Subject>,
    /// The drawing beside its title where its link is shared, by its name in `static/`; else the first of its text.
    pub figure: Option<String>,
    /// Paths it used to have.
    #[serde(default)]
    pub redirects_from: Vec<String>,
}

pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let expected = || de::Error::custom("expected a date like 2026-11-22, without quotes and without a time");
    let given = toml::value::Datetime::deserialize(deserializer).map_err(|_| expected())?;
    let date = given.date.filter(|_| given.time.is_none()).ok_or_else(expected)?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day)).ok_or_else(expected)
}

/// One article, checked and rendered.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its front matter.
    pub front: Front,
    /// Its text as a page shows it, but without icons.
    pub rendered: Rendered,
    /// How hard its running text is to read.
    pub reading: Reading,
    /// Its text as it was written.
    pub(super) text: String,
    /// The line of the file the text begins on.
    pub(super) text_line: usize,
}

impl Article {
    /// The address of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/articles/{}", self.front.slug)
    }

    /// Minutes it takes to read, at 200 words a minute; at least 1.
    #[must_use]
    pub fn minutes(&self) -> usize {
        minutes(self.rendered.words)
    }

    /// Whether readers see it on this day.
    #[must_use]
    pub fn is_shown(&self, today: NaiveDate) -> bool {
        self.front.published <= today
    }

    /// The day its page last changed: its content, or what the page says of its review.
    #[must_use]
    pub fn changed(&self) -> NaiveDate {
        self.front.updated.max(self.front.last_reviewed)
    }

    /// Whether it should have been checked again before this day.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.front.next_review < today
    }

    /// Whether it has this tag, however it is spelt.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.front.tags.iter().any(|own| text::slug(own) == text::slug(tag))
    }

    /// The references in the order the text cites them: the first has number 1.
    #[must_use]
    pub fn references(&self) -> Vec<&Reference> {
        self.rendered.cited.iter().filter_map(|place| self.front.references.get(*place)).collect()
    }
}

/// Minutes it takes to read so many words; at least 1.
pub(super) fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

/// What is wrong with the front matter, besides what its types say. `stem` is the name of the file without its ending,
/// `slugs` are those of all articles.
pub(super) fn check(front: &Front, document: &Document<'_>, stem: &str, slugs: &[&str], library: &Library) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut flaw = |key: &str, reason: String| flaws.push(Flaw::new(document.line_of(key), reason));
    if front.slug != stem || !is_slug(stem) {
        flaw("slug", format!("the slug is the name of the file (small letters, digits, hyphens), \"{stem}\", not \"{}\"", front.slug));
    }
    for (key, empty) in [
        ("title", front.title.trim().is_empty()),
        ("authors", front.authors.iter().all(|author| author.trim().is_empty())),
        ("reviewed_by", front.reviewed_by.trim().is_empty()),
    ] {
        if empty {
            flaw(key, format!("{key} is empty; readers want to know it"));
        }
    }
    let length = front.summary.chars().count();
    if length == 0 || length > LONGEST_SUMMARY {
        flaw("summary", format!("the summary has {length} characters; write one sentence of at most {LONGEST_SUMMARY}"));
    }
    if front.updated < front.published {
        flaw("updated", "updated lies before published".to_owned());
    }
    if front.next_review <= front.last_reviewed {
        flaw("next_review", "the next review lies after the last one".to_owned());
    }
    if front.series.is_some() != front.part.is_some() || front.part == Some(0) {
        flaw("part", "series and part belong together, and parts count from 1".to_owned());
    }
    for tag in front.tags.iter().filter(|tag| text::slug(tag).is_empty()) {
        flaw("tags", format!("\"{tag}\" is no tag; write key words with letters"));
    }
    for slug in front.related.iter().filter(|slug| **slug == front.slug || !slugs.contains(&slug.as_str())) {
        flaw("related", format!("related names \"{slug}\"; name other articles by their slugs"));
    }
    for slug in front.exercises.iter().filter(|slug| library.get(slug).is_none()) {
        flaw("exercises", format!("there is no exercise \"{slug}\"; use the name of a file in articles/exercises"));
    }
    let own = format!("/articles/{}", front.slug);
    for path in front.redirects_from.iter().filter(|path| !path.starts_with('/') || path.starts_with("//") || **path == own) {
        flaw("redirects_from", format!("\"{path}\" is no former path of this article; write it like /articles/old-name"));
    }
    check_references(front, document, &mut flaws);
    flaws
}

fn check_references(front: &Front, document: &Document<'_>, flaws: &mut Vec<Flaw>) {
    for (place, reference) in front.references.iter().enumerate() {
        let line = document.line_of_value("key", &reference.key);
        flaws.extend(reference.flaw().map(|reason| Flaw::new(line, reason)));
        if front.references[..place].iter().any(|before| before.key == reference.key) {
            flaws.push(Flaw::new(line, format!("the reference {} is there twice", reference.key)));
        }
    }
}

/// References the text never cites.
pub(super) fn uncited(front: &Front, document: &Document<'_>, rendered: &Rendered) -> Vec<Flaw> {
    let unused = front.references.iter().enumerate().filter(|(place, _)| !rendered.cited.contains(place));
    unused
        .map(|(_, reference)| {
            let line = document.line_of_value("key", &reference.key);
            Flaw::new(line, format!("the text never cites {0}; write [@{0}] where it supports a sentence, or remove it", reference.key))
        })
        .collect()
}

fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
