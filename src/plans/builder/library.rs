//! The library as it stands beside a draft.

use super::super::domain::Draft;
use super::super::pages::prescription_words;
use crate::exercises::desk::{Habits, Hit, Show, Wish};
use crate::exercises::{Exercise, Library, Purpose, Stage};
use crate::ids::PhaseId;
use crate::web::Fields;

/// Exercises the list shows at once.
pub const SHOWN: usize = 12;

/// What was searched for in the library, and what was found.
pub struct LibraryView {
    pub query: String,
    pub stage: String,
    pub purpose: String,
    /// Whether it shows favourites alone.
    pub favourites: bool,
    pub phase: PhaseId,
    /// The page of the list, from 1, and how many there are.
    pub page: usize,
    pub pages: usize,
    pub total: usize,
    pub found: Vec<Pick>,
}

/// An exercise to pick.
pub struct Pick {
    pub exercise: Exercise,
    pub favourite: bool,
    /// The dose it will begin with, where who adds it has a usual one.
    pub usual: Option<String>,
}

impl LibraryView {
    /// What the address asks for.
    pub fn find(library: &Library, habits: &Habits, draft: &Draft, asked: &Fields) -> Self {
        let wanted = asked.get("phase").parse().ok().filter(|id| draft.phase(*id).is_some());
        let last = draft.phases.last().map_or(PhaseId(0), |phase| phase.id);
        let wish = Wish::read(asked);
        let hits = wish.find(library, habits);
        let pages = hits.len().div_ceil(SHOWN).max(1);
        let page = wish.page.min(pages);
        let pick = |hit: &Hit<'_>| Pick {
            exercise: hit.exercise.clone(),
            favourite: hit.favourite,
            usual: habits.doses.get(&hit.exercise.slug).map(|usual| prescription_words(&usual.dose, &usual.load, "")),
        };
        Self {
            query: asked.get("q").to_owned(),
            stage: wish.filter.stage.map_or("", Stage::word).to_owned(),
            purpose: wish.filter.purpose.map_or("", Purpose::word).to_owned(),
            favourites: wish.show == Some(Show::Favourites),
            phase: wanted.unwrap_or(last),
            page,
            pages,
            total: hits.len(),
            found: hits.iter().skip((page - 1) * SHOWN).take(SHOWN).map(pick).collect(),
        }
    }

    /// Whether anything was searched for.
    pub fn searched(&self) -> bool {
        self.favourites || !(self.query.is_empty() && self.stage.is_empty() && self.purpose.is_empty())
    }

    /// The query of another page of the list.
    pub fn page_query(&self, page: usize) -> String {
        let (phase, page) = (self.phase.to_string(), page.to_string());
        let show = if self.favourites { "favourites" } else { "" };
        let asked = [
            ("phase", phase.as_str()),
            ("q", &self.query),
            ("stage", &self.stage),
            ("purpose", &self.purpose),
            ("show", show),
            ("page", &page),
        ];
        let asked = asked.iter().filter(|(_, value)| !value.is_empty());
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish()
    }
}
