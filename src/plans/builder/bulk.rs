//! The same change of many doses at once.

use super::super::domain::{Draft, DraftPhase, Prescription};
use super::super::pages::prescription_words;
use crate::exercises::dose::{Dose, Frequency};
use crate::exercises::{Library, Purpose};
use crate::ids::PhaseId;
use crate::text::words;

words! {
    /// What is to change, as a form names it.
    Turning {
        /// One more round.
        More = "more", "1 more round";
        /// One round fewer.
        Fewer = "fewer", "1 round fewer";
        /// Another frequency.
        Often = "often", "how often";
        /// Another rest.
        Rest = "rest", "the rest between rounds";
        /// Another load.
        Load = "load", "the load";
    }
}

/// What changes in each dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// One more round.
    More,
    /// One round fewer.
    Fewer,
    /// This often.
    Often(Frequency),
    /// This rest between rounds, in seconds.
    Rest(Option<u16>),
    /// Against this.
    Load(String),
}

/// A change of all exercises of a phase, or of all phases, that are good for something, or for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// In this phase alone.
    pub phase: Option<PhaseId>,
    /// Only what is good for this.
    pub purpose: Option<Purpose>,
    /// What changes.
    pub turn: Turn,
}

/// What a change makes of one exercise.
pub struct Turned {
    /// Its name.
    pub name: String,
    /// Its dose before.
    pub was: String,
    /// Its dose then.
    pub now: String,
}

impl Bulk {
    /// The exercises it is about, each with its phase.
    pub fn of<'a>(&'a self, draft: &'a Draft, library: &'a Library) -> impl Iterator<Item = (&'a DraftPhase, &'a Prescription)> {
        let phases = draft.phases.iter().filter(|phase| self.phase.is_none_or(|wanted| wanted == phase.id));
        let all = phases.flat_map(|phase| phase.prescriptions.iter().map(move |known| (phase, known)));
        all.filter(|(_, known)| self.takes(known, library))
    }

    fn takes(&self, known: &Prescription, library: &Library) -> bool {
        self.purpose.is_none_or(|purpose| library.get(&known.exercise).is_some_and(|exercise| exercise.purpose() == Some(purpose)))
    }

    /// Makes the change.
    pub fn apply(&self, draft: &mut Draft, library: &Library) {
        let phases = draft.phases.iter_mut().filter(|phase| self.phase.is_none_or(|wanted| wanted == phase.id));
        for known in phases.flat_map(|phase| &mut phase.prescriptions) {
            if self.takes(known, library) {
                self.turn.turn(known);
            }
        }
    }

    /// What would change, exercise by exercise.
    #[must_use]
    pub fn preview(&self, draft: &Draft, library: &Library) -> Vec<Turned> {
        let said = |known: &Prescription| prescription_words(&known.dose, &known.load, "");
        let turned = self.of(draft, library).filter_map(|(_, known)| {
            let mut then = known.clone();
            self.turn.turn(&mut then);
            (then != *known).then(|| Turned { name: library.name_of(&known.exercise), was: said(known), now: said(&then) })
        });
        turned.collect()
    }

    /// "gave all strength exercises of Calm 1 more round".
    #[must_use]
    pub fn words(&self, draft: &Draft, _: &Library) -> String {
        let what = self.purpose.map_or_else(String::new, |purpose| format!("{} ", purpose.word()));
        let place = self.phase.and_then(|id| draft.phase(id)).map_or_else(String::new, |phase| format!(" of {}", phase.name));
        let turn = match &self.turn {
            Turn::More => "1 more round".to_owned(),
            Turn::Fewer => "1 round fewer".to_owned(),
            Turn::Often(frequency) => format!("the frequency {}", frequency.words()),
            Turn::Rest(Some(seconds)) => format!("a rest of {seconds} seconds"),
            Turn::Rest(None) => "no rest".to_owned(),
            Turn::Load(load) if load.is_empty() => "no load".to_owned(),
            Turn::Load(load) => format!("the load {load}"),
        };
        format!("gave all {what}exercises{place} {turn}")
    }
}

impl Turn {
    fn turn(&self, known: &mut Prescription) {
        let dose = &mut known.dose;
        match self {
            Self::More => dose.sets = (dose.sets + 1).min(Dose::MOST_SETS),
            Self::Fewer => dose.sets = (dose.sets - 1).max(1),
            Self::Often(frequency) => dose.frequency = *frequency,
            Self::Rest(rest) => dose.rest = *rest,
            Self::Load(load) => known.load.clone_from(load),
        }
    }
}
