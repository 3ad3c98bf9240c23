//! Guides: free programmes to print, made from the exercises of the library that suit everyone; red flags come first.

use askama::Template;
use chrono::NaiveDate;
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::desk::Entry;
use super::domain::{day, minutes};
use super::{Catalogue, Edition, Reading};
use crate::config::Clinic;
use crate::error::AppError;
use crate::exercises::{Exercise, Gate, Half, Library};
use crate::markdown::{self, Document, Flaw, Rendered, Surroundings};
use crate::text::capitalised;
use crate::web::{Leaf, Page};

#[derive(RustEmbed)]
#[folder = "articles/guides/"]
struct Files;

const FOLDER: &str = "articles/guides";
/// Sessions the diary has room for: three a week for four weeks.
const SESSIONS: usize = 12;

/// The front matter of a guide.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    slug: String,
    summary: String,
    reviewed_by: String,
    #[serde(deserialize_with = "day")]
    last_reviewed: NaiveDate,
    #[serde(deserialize_with = "day")]
    next_review: NaiveDate,
    /// Slug of the article to read afterwards.
    next: String,
    blocks: Vec<Block>,
}

/// Some weeks that share their exercises.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    title: String,
    lead: String,
    exercises: Vec<String>,
}

/// `/guides/{slug}`.
#[derive(Template)]
#[template(path = "articles/guide.html")]
struct GuidePage<'a> {
    page: Page,
    front: &'a Front,
    rendered: Rendered,
    blocks: Vec<(&'a Block, Vec<&'a Exercise>)>,
    next: Option<(String, String)>,
}

impl GuidePage<'_> {
    /// The usual dose as a line of its own.
    fn dose(exercise: &Exercise) -> String {
        capitalised(&exercise.dose_sentence())
    }

    /// The numbers of the sessions of a block of the diary.
    fn sessions(&self, block: &usize) -> std::ops::RangeInclusive<usize> {
        let each = SESSIONS / self.blocks.len().max(1);
        block * each + 1..=(block + 1) * each
    }
}

/// A guide as other pages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideLink {
    /// Its title.
    pub title: String,
    /// The address of its page.
    pub path: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// The day it was last checked.
    pub reviewed: NaiveDate,
}

/// The guides of the program, as other pages name them.
#[must_use]
pub fn guides() -> Vec<GuideLink> {
    let links = files().filter_map(|(_, text)| {
        let front: Front = Document::part(&text).ok()?.front().ok()?;
        let path = format!("/guides/{}", front.slug);
        Some(GuideLink { title: front.title, path, summary: front.summary, reviewed: front.last_reviewed })
    });
    links.collect()
}

/// What is wrong with the guides: every flaw with its file and line.
#[must_use]
pub fn guide_flaws(catalogue: &Catalogue, library: &Library, clinic: &Clinic) -> Vec<String> {
    let flaws = files().flat_map(|(name, text)| {
        let found = read(&name, &text, catalogue, library, clinic, None).err().unwrap_or_default();
        found.into_iter().map(move |flaw| flaw.in_file(&format!("{FOLDER}/{name}")))
    });
    flaws.collect()
}

/// The guides as their editors see them.
pub(super) fn entries() -> Vec<Entry> {
    let entries = files().filter_map(|(name, text)| {
        let document = Document::part(&text).ok()?;
        let front: Front = document.front().ok()?;
        let leads = front.blocks.iter().map(|block| block.lead.clone());
        let prose: Vec<String> = markdown::prose(document.text).into_iter().chain(leads).collect();
        let words = prose.iter().map(|piece| piece.split_whitespace().count()).sum();
        let key = format!("guides/{}", front.slug);
        Some(Entry {
            path: format!("/{key}"),
            key,
            title: front.title,
            file: format!("guides/{name}"),
            published: None,
            reviewed: front.last_reviewed,
            due: front.next_review,
            reading: Reading::of(&prose),
            words,
            minutes: minutes(words),
        })
    });
    entries.collect()
}

/// Renders `/guides/{slug}` for each guide.
pub(super) fn leaves(edition: &Edition<'_>) -> Result<Vec<(String, Leaf)>, AppError> {
    let Edition { house, catalogue, library, .. } = *edition;
    let mut leaves = Vec::new();
    for (name, text) in files() {
        let page = Page::public(house, &format!("/guides/{}", name.trim_end_matches(".md")));
        let (front, rendered) = read(&name, &text, catalogue, library, page.clinic(), Some(page.asset("icons.svg")))
            .map_err(|flaws| AppError::Internal(flaws.iter().map(|flaw| flaw.in_file(&name)).collect::<Vec<_>>().join("; ")))?;
        let exercises = |block: &Block| block.exercises.iter().filter_map(|slug| library.get(slug)).collect();
        let blocks = front.blocks.iter().map(|block| (block, exercises(block))).collect();
        let next = catalogue.get(&front.next).map(|article| (article.path(), article.front.title.clone()));
        let path = page.path.clone();
        let guide = GuidePage { page, front: &front, rendered, blocks, next };
        let leaf = Leaf::page(&guide)?.changed_on(Some(front.last_reviewed)).counted(path.trim_start_matches('/'));
        leaves.push((path, leaf));
    }
    Ok(leaves)
}

fn files() -> impl Iterator<Item = (String, String)> {
    Files::iter().filter_map(|name| Some((name.to_string(), String::from_utf8_lossy(&Files::get(&name)?.data).into_owned())))
}

/// Reads and checks a guide.
fn read(
    name: &str,
    text: &str,
    catalogue: &Catalogue,
    library: &Library,
    clinic: &Clinic,
    icons: Option<&str>,
) -> Result<(Front, Rendered), Vec<Flaw>> {
    let document = Document::part(text).map_err(|flaw| vec![flaw])?;
    let front: Front = document.front().map_err(|flaw| vec![flaw])?;
    let around = Surroundings {
        first_line: document.text_line,
        references: &[],
        exercise: &|_| None,
        article: &|slug| catalogue.get(slug).is_some(),
        term: &|slug| catalogue.glossary().explains(slug),
        image: &|_| None,
        plate: &|_| None,
        base: "",
        own: "",
        icons,
        clinic,
    };
    let rendered = markdown::article(document.text, &around)?;
    let mut flaws = check(&front, name, &document, library);
    if catalogue.get(&front.next).is_none() {
        flaws.push(Flaw::new(document.line_of("next"), format!("there is no article \"{}\"; name the one to read afterwards", front.next)));
    }
    if !rendered.has_emergency {
        flaws.push(Flaw::new(document.text_line, "a guide begins with the signs of an emergency, a box > [!CAUTION]"));
    }
    if flaws.is_empty() { Ok((front, rendered)) } else { Err(flaws) }
}

fn check(front: &Front, name: &str, document: &Document<'_>, library: &Library) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if front.slug != name.trim_end_matches(".md") {
        flaws.push(Flaw::new(document.line_of("slug"), format!("the slug is the name of the file, not \"{}\"", front.slug)));
    }
    for slug in front.blocks.iter().flat_map(|block| &block.exercises) {
        let line = document.line_of_value("exercises", slug);
        match library.get(slug).map(|exercise| exercise.gate) {
            None | Some(None) => {
                flaws.push(Flaw::new(line, format!("there is no exercise \"{slug}\"; use the name of a file in articles/exercises")));
            }
            Some(Some(Gate::A)) => {}
            Some(Some(gate)) => flaws.push(Flaw::new(
                line,
                format!("{slug} suits {}; a guide for everyone has only exercises that suit everyone (gate A)", gate.label()),
            )),
        }
    }
    flaws
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn flaws_of(change: impl FnOnce(&str) -> String) -> Vec<Flaw> {
        let clinic = Clinic::from_toml("", Path::new("clinic.toml")).unwrap();
        let library = Library::load().unwrap();
        let catalogue = Catalogue::load(&library, &clinic).unwrap();
        let (name, text) = files().next().unwrap();
        read(&name, &change(&text), &catalogue, &library, &clinic, None).err().unwrap_or_default()
    }

    #[test]
    fn the_guide_has_only_what_suits_everyone_and_begins_with_the_signs() {
        assert_eq!(flaws_of(str::to_owned), []);
        assert_eq!(guides().len(), 1);
        for (good, bad, words) in [
            ("\"calf-raise\"", "\"hill-run\"", "gate A"),
            ("\"calf-raise\"", "\"calf-rise\"", "no exercise"),
            ("[!CAUTION]", "[!WARNING]", "begins with the signs"),
            ("slug = \"strong", "slug = \"weak", "name of the file"),
            ("next = \"hip", "next = \"hop", "no article"),
            ("title = \"Weeks 1", "colour = 1\ntitle = \"Weeks 1", "colour"),
        ] {
            let flaws = flaws_of(|text| text.replacen(good, bad, 1));
            assert!(flaws.iter().any(|flaw| flaw.reason.contains(words)), "{bad}: {flaws:?}");
        }
    }
}
