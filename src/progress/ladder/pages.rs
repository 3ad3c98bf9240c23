//! What the pages of the ladder show.

use askama::Template;
use chrono::NaiveDate;

use super::domain::{Done, LadderStanding, Said, Word};
use super::readiness::{Item, Met};
use crate::diary::{Run, Session, Surface};
use crate::patients::Profile;
use crate::plans::programmes::{Ladder, Level};
use crate::progress::Reading;
use crate::web::{Errors, Fields, Page};

/// Where a rung lies from where the patient stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Below, with green runs on it.
    Climbed,
    /// Below, without: left out.
    Passed,
    /// What comes next.
    Here,
    /// Above.
    Later,
}

/// A rung with the runs on it.
pub struct Rung<'a> {
    pub level: &'a Level,
    pub place: Place,
    pub runs: Vec<&'a Done>,
}

impl Rung<'_> {
    /// For style sheets.
    pub fn class(&self) -> &'static str {
        match self.place {
            Place::Climbed => "is-climbed",
            Place::Passed => "is-passed",
            Place::Here => "is-here",
            Place::Later => "is-later",
        }
    }

    /// In words.
    pub fn place_words(&self) -> &'static str {
        match self.place {
            Place::Climbed => "Done",
            Place::Passed => "Left out",
            Place::Here => "You are here",
            Place::Later => "Later",
        }
    }

    /// The last runs on it, oldest first; those before are in the table.
    pub fn last_runs(&self) -> &[&Done] {
        &self.runs[self.runs.len().saturating_sub(4)..]
    }
}

impl LadderStanding {
    /// The rungs from the first level up, with their runs.
    #[must_use]
    pub fn rungs(&self) -> Vec<Rung<'_>> {
        let here = self.levels.iter().position(|level| level.level == self.level).unwrap_or(0);
        let rung = |(place, level): (usize, &'_ Level)| {
            let number = level.level;
            let climbed = self.greens_of(number) > 0;
            let place = match place.cmp(&here) {
                std::cmp::Ordering::Less if climbed => Place::Climbed,
                std::cmp::Ordering::Less => Place::Passed,
                std::cmp::Ordering::Equal => Place::Here,
                std::cmp::Ordering::Greater => Place::Later,
            };
            (number, place)
        };
        let placed: Vec<(u16, Place)> = self.levels.iter().enumerate().map(rung).collect();
        let rungs = self.levels.iter().zip(placed).map(|(level, (number, place))| Rung {
            level,
            place,
            runs: self.runs.iter().filter(|run| run.level == Some(number)).collect(),
        });
        rungs.collect()
    }

    /// The last runs, oldest first, on any level.
    #[must_use]
    pub fn last_runs(&self) -> &[Done] {
        &self.runs[self.runs.len().saturating_sub(6)..]
    }

    /// "1 of 2 green sessions at R4"
    #[must_use]
    pub fn far(&self) -> String {
        let sessions = if self.needed == 1 { "session" } else { "sessions" };
        format!("{} of {} green {sessions} at R{}", self.greens_at_level, self.needed, self.level)
    }
}

/// A run with what is known of it.
pub struct RunRow {
    pub day: NaiveDate,
    pub run: Run,
    pub during: Option<i32>,
    pub after: Option<i32>,
    pub note: String,
    pub reading: Option<Reading>,
}

impl RunRow {
    pub fn of(session: &Session, readings: &[Reading]) -> Option<Self> {
        Some(Self {
            day: session.day,
            run: session.run.clone()?,
            during: session.feeling.during,
            after: session.feeling.after,
            note: session.note.clone(),
            reading: readings.iter().find(|reading| reading.day == session.day).cloned(),
        })
    }

    /// Pain during and after: "3", or that it was not answered.
    pub fn pains(&self) -> [String; 2] {
        [self.during, self.after].map(|answer| answer.map_or_else(|| "not answered".to_owned(), |pain| pain.to_string()))
    }
}

#[derive(Template)]
#[template(path = "progress/ladder/runs.html")]
pub struct RunsPage {
    pub page: Page,
    pub standing: Option<LadderStanding>,
    /// Newest first.
    pub runs: Vec<RunRow>,
    /// Whether the plan runs, so that something may be due.
    pub running: bool,
    /// What the physio said last of the ladder, with its reason.
    pub last_word: Option<Word>,
    pub ladder: Ladder,
}

impl RunsPage {
    /// Whether a run is due today.
    pub fn asks(&self) -> bool {
        self.running && self.standing.as_ref().is_some_and(|standing| standing.asks_on(self.page.today()))
    }

    /// What is said to a patient about themselves reads otherwise than to staff.
    pub fn to_patient(&self) -> bool {
        true
    }
}

#[derive(Template)]
#[template(path = "progress/ladder/run.html")]
pub struct RunPage {
    pub page: Page,
    pub day: NaiveDate,
    pub days: Vec<NaiveDate>,
    /// The levels that can be chosen; none when no ladder is open.
    pub levels: Vec<Level>,
    pub standing: Option<LadderStanding>,
    /// Whether this day has a run already, which is corrected here.
    pub known: bool,
    pub stop_above: u16,
    pub fields: Fields,
    pub errors: Errors,
}

impl RunPage {
    pub fn surfaces(&self) -> &'static [Surface] {
        Surface::ALL
    }

    /// Whether one of the folded fields says something or was refused.
    pub fn opens_more(&self) -> bool {
        let more = ["longest", "surface", "incline", "climb", "pace", "speed_reps"];
        more.iter().any(|field| !self.fields.get(field).is_empty() || self.errors.of(field).is_some())
    }
}

#[derive(Template)]
#[template(path = "progress/ladder/physio.html")]
pub struct DeskPage {
    pub page: Page,
    pub patient: Profile,
    pub standing: Option<LadderStanding>,
    /// Newest first.
    pub words: Vec<Word>,
    /// Newest first.
    pub runs: Vec<RunRow>,
    pub items: Vec<Item>,
    pub may: Vec<Said>,
    /// Why running may not begin or go on at all.
    pub closed: Option<String>,
    pub all_met: bool,
    pub levels: Vec<Level>,
    pub ladder: Ladder,
    pub fields: Fields,
    pub errors: Errors,
}

impl DeskPage {
    pub fn may(&self, word: &str) -> bool {
        self.may.iter().any(|said| said.word() == word)
    }

    /// "11 of 15 met, 1 not met, 3 not known"
    pub fn count(&self) -> String {
        let count = |met| self.items.iter().filter(|item| item.met == met).count();
        format!("{} of {} met, {} not met, {} not known", count(Met::Yes), self.items.len(), count(Met::No), count(Met::Unknown))
    }

    /// The words that need nothing but a reason: the word, what the button says, and what is asked.
    pub fn small(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let all = [
            (Said::Halted, "Halt the ladder", "Why is there no running for now?"),
            (Said::FastTrack, "Allow the fast track", "Why may every second level be left out?"),
            (Said::EachLevel, "Take the fast track back", "Why is it level after level again?"),
            (Said::StridesFirst, "Put strides before hills", "Why do strides come first?"),
            (Said::HillsFirst, "Put hills before strides", "Why do hills come first?"),
            (Said::Ended, "End the ladder", "Why is it ended?"),
        ];
        all.into_iter().filter(|(said, ..)| self.may.contains(said)).map(|(said, button, ask)| (said.word(), button, ask)).collect()
    }

    /// Which level is offered first.
    pub fn offered(&self) -> u16 {
        self.fields.get("level").parse().ok().or(self.standing.as_ref().map(|standing| standing.level)).unwrap_or(1)
    }

    pub fn to_patient(&self) -> bool {
        false
    }

    pub fn when(&self, word: &Word) -> String {
        self.page.moment(&word.at)
    }
}
