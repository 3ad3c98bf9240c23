//! The index of one day: understands a query, finds the pages, and shows where the words stand.

use super::entry::{Entry, Kind, entries};
use super::query::{Knowledge, Query, Synonyms, Understood, matching};
use super::store::{MARKS, Spot, Store};
use super::text::Section;
use super::urgent::speaks_of_emergency;
use super::words::{EVERYDAY, Vocabulary, joins, split};
use crate::articles::Edition;
use crate::error::AppError;
use crate::markdown::escape;
use crate::web::Html;

/// Pages of results shown at once.
pub(super) const AT_ONCE: usize = 10;
/// Articles to begin with, where nothing is asked.
const POPULAR: usize = 5;

/// How much more a page counts whose title says all that is looked for, and one whose title says nothing else.
const TITLED: f64 = 2.0;
const NAMED: f64 = 6.0;

/// Everything that can be found on one day.
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    store: Store,
    vocabulary: Vocabulary,
    synonyms: Synonyms,
    /// Titles and paths of the articles that are read most.
    pub(super) popular: Vec<(String, String)>,
    /// The page for those who may be in need.
    pub(super) urgent: Option<String>,
}

/// What is asked of the index.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    pub query: Query,
    /// Words are searched as they were typed.
    pub exactly: bool,
    pub kind: Option<Kind>,
    /// Counted from 1; one that is not there stands for the last.
    pub page: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How many of each kind, in the order of [`Kind::ALL`].
    pub counts: [usize; Kind::ALL.len()],
    /// The page that is shown, from 1, and how many there are.
    pub page: usize,
    pub pages: usize,
    /// What stands on this page.
    pub hits: Vec<Hit>,
    /// The words that were searched for those that were mistyped.
    pub corrected: Option<String>,
    /// No page has all words; these have some.
    pub only_some: bool,
    /// Other spellings that would find something, when nothing was found.
    pub guess: Option<String>,
    /// Whether the words may be those of an emergency.
    pub is_urgent: bool,
}

/// One page that was found.
#[derive(Debug)]
pub(super) struct Hit {
    pub kind: Kind,
    pub title: String,
    pub path: String,
    /// Words of the page, what was looked for marked.
    pub excerpt: Html,
    /// The heading the words stand under, and the address of that place.
    pub section: Option<(String, String)>,
}

impl Found {
    /// How many pages were found of one kind, or of all.
    pub(super) fn count(&self, kind: Option<Kind>) -> usize {
        Kind::ALL.iter().zip(self.counts).filter(|(one, _)| kind.is_none_or(|kind| **one == kind)).map(|(_, count)| count).sum()
    }
}

impl Index {
    /// The index of an edition.
    ///
    /// # Errors
    /// The database's own.
    pub(super) fn of(edition: &Edition<'_>) -> Result<Self, AppError> {
        let terms = edition.catalogue.glossary().terms();
        let groups = terms.iter().map(|term| std::iter::once(term.term.as_str()).chain(term.also.iter().map(String::as_str)));
        let mut shown = edition.shown();
        shown.sort_by_key(|article| -edition.views.get(&article.front.slug).copied().unwrap_or(0));
        let popular = shown.into_iter().take(POPULAR).map(|article| (article.front.title.clone(), article.path())).collect();
        let groups = groups.map(Iterator::collect::<Vec<_>>).chain(EVERYDAY.iter().map(|group| group.to_vec()));
        Self::made_of(entries(edition), Synonyms::of_groups(groups), popular, edition.urgent())
    }

    pub(super) fn made_of(
        entries: Vec<Entry>,
        synonyms: Synonyms,
        popular: Vec<(String, String)>,
        urgent: Option<String>,
    ) -> Result<Self, AppError> {
        let store = Store::of(&entries)?;
        let vocabulary = Vocabulary::of(entries.iter().flat_map(texts));
        Ok(Self { entries, store, vocabulary, synonyms, popular, urgent })
    }

    /// Looks for what is wanted.
    ///
    /// # Errors
    /// The database's own; no query is wrong.
    pub(super) fn find(&self, wanted: &Wanted) -> Result<Found, AppError> {
        if wanted.query.words.is_empty() {
            return Ok(Found { page: 1, pages: 1, ..Found::default() });
        }
        let understood = self.understand(&wanted.query, wanted.exactly);
        let (places, matching, only_some) = self.places(&understood)?;
        let words = understood.words.join(" ");
        let mut found = Found {
            only_some,
            is_urgent: speaks_of_emergency(&wanted.query.text) || speaks_of_emergency(&words),
            corrected: understood.corrected.then_some(words),
            guess: if places.is_empty() { self.guess(&wanted.query) } else { None },
            ..Found::default()
        };
        for place in &places {
            found.counts[self.entries[*place].kind as usize] += 1;
        }
        let of_kind = |place: &usize| wanted.kind.is_none_or(|kind| self.entries[*place].kind == kind);
        let places: Vec<usize> = places.into_iter().filter(of_kind).collect();
        found.pages = places.len().div_ceil(AT_ONCE).max(1);
        found.page = wanted.page.clamp(1, found.pages);
        let places: Vec<usize> = places.into_iter().skip((found.page - 1) * AT_ONCE).take(AT_ONCE).collect();
        let mut spots = self.store.spots(&matching, &places)?;
        found.hits = places.into_iter().map(|place| hit(&self.entries[place], spots.remove(&place))).collect();
        Ok(found)
    }

    /// The best few pages for some words, whatever their kind.
    pub(super) fn best(&self, query: &Query, count: usize) -> Result<Vec<&Entry>, AppError> {
        let understood = self.understand(query, false);
        let (places, _, _) = self.places(&understood)?;
        Ok(places.into_iter().take(count).map(|place| &self.entries[place]).collect())
    }

    fn understand(&self, query: &Query, exactly: bool) -> Understood {
        let finds = |word: &str| self.store.knows(word).unwrap_or(false);
        Understood::of(query, exactly, &Knowledge { vocabulary: &self.vocabulary, synonyms: &self.synonyms, finds: &finds })
    }

    /// The pages that have all terms, or else any of them; with what was asked of the index, and whether only some terms are there.
    fn places(&self, understood: &Understood) -> Result<(Vec<usize>, String, bool), AppError> {
        let Understood { terms, words, .. } = understood;
        if terms.is_empty() {
            return Ok((Vec::new(), String::new(), false));
        }
        // Where on a page the words stand is asked with any of them: few sections have them all.
        let any = matching(terms, false);
        let places = self.ranked(&matching(terms, true), words)?;
        if !places.is_empty() || terms.len() == 1 {
            return Ok((places, any, false));
        }
        Ok((self.ranked(&any, words)?, any, true))
    }

    /// The pages that match, the best first.
    fn ranked(&self, matching: &str, words: &[String]) -> Result<Vec<usize>, AppError> {
        let titled = self.store.titled(matching)?;
        let mut ranked = self.store.ranked(matching)?;
        for (place, score) in &mut ranked {
            let entry = &self.entries[*place];
            let by_title = if !titled.contains(place) {
                1.0
            } else if split(&entry.title) == words {
                NAMED
            } else {
                TITLED
            };
            *score *= weight(entry.kind) * by_title;
        }
        ranked.sort_by(|(one, a), (other, b)| b.total_cmp(a).then(one.cmp(other)));
        Ok(ranked.into_iter().map(|(place, _)| place).collect())
    }

    /// A spelling that would find something.
    fn guess(&self, query: &Query) -> Option<String> {
        let guess = |word: &String| if joins(word) { None } else { self.vocabulary.nearest(word).or_else(|| self.vocabulary.guess(word)) };
        let guesses: Vec<&str> = query.words.iter().filter_map(guess).collect();
        if guesses.is_empty() { None } else { Some(guesses.join(" ")) }
    }
}

/// The index ranks a long text below a short one with the same words; an article is what most people look for all the same.
fn weight(kind: Kind) -> f64 {
    match kind {
        Kind::Article => 2.5,
        Kind::Guide => 2.0,
        Kind::Exercise | Kind::Word => 1.0,
    }
}

fn texts(entry: &Entry) -> impl Iterator<Item = &str> {
    let sections = entry.sections.iter().flat_map(|section| [section.heading.as_str(), section.text.as_str()]);
    [entry.title.as_str(), &entry.names, &entry.summary].into_iter().chain(sections)
}

fn hit(entry: &Entry, spot: Option<Spot>) -> Hit {
    let section: Option<&Section> =
        spot.as_ref().and_then(|spot| entry.sections.get(spot.section?)).filter(|section| !section.id.is_empty());
    // A care card's heading leads into its list: "Ask a physiotherapist if:".
    let heading = |section: &Section| section.heading.trim_end_matches(':').trim_end_matches(" if").trim_end_matches(',').to_owned();
    let words = spot.map(|spot| spot.words).filter(|words| !words.is_empty()).unwrap_or_else(|| entry.summary.clone());
    Hit {
        kind: entry.kind,
        title: entry.title.clone(),
        path: entry.path.clone(),
        section: section.map(|section| (heading(section), format!("{}#{}", entry.path, section.id))),
        excerpt: marked(&words),
    }
}

/// Words made safe, and after that the marks made markup.
fn marked(words: &str) -> Html {
    Html::trusted(escape(words).replace(MARKS[0], "<mark>").replace(MARKS[1], "</mark>"))
}
