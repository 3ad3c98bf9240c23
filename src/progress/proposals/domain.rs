//! What the rules know, and what a proposal is.

use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::diary::Record;
use crate::diary::measurements::Measured;
use crate::exercises::Library;
use crate::exercises::dose::Dose;
use crate::ids::{PhaseId, PlanId, PrescriptionId};
use crate::patients::{SoreSide, Standing};
use crate::plans::programmes::Programmes;
use crate::plans::programmes::rulebook::{Key, Kind, Thresholds};
use crate::plans::{Draft, Prescription, SnapshotPhase};
use crate::text::words;

words! {
    /// What a physio made of a proposal.
    Answer {
        /// Taken over as it was.
        Accepted = "accepted", "accepted";
        /// Put into the draft to be edited.
        Edited = "edited", "edited first";
        /// Not wanted.
        Dismissed = "dismissed", "dismissed";
    }
}

/// An answer to a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The plan.
    pub plan: PlanId,
    /// The version it was proposed for.
    pub version: i32,
    /// The rule that proposed it.
    pub rule: Key,
    /// What it rested on.
    pub fingerprint: String,
    /// What became of it.
    pub answer: Answer,
    /// The day at the clinic.
    pub day: NaiveDate,
}

/// A criterion that a physio confirmed, or said not to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// The phase it was said in.
    pub phase: PhaseId,
    /// The criterion in words.
    pub criterion: String,
    /// Whether it holds.
    pub holds: bool,
    /// Who said so.
    pub by: String,
    /// The day at the clinic.
    pub day: NaiveDate,
}

/// Everything the rules know of one patient.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The diary with the plans it belongs to.
    pub record: Record,
    /// What tests found, oldest first.
    pub measured: Vec<Measured>,
    /// How the patient stands before a plan.
    pub standing: Standing,
    /// Where it hurts, where that is known.
    pub sore: Option<SoreSide>,
    /// What physios confirmed, oldest first.
    pub confirmed: Vec<Confirmed>,
    /// What physios made of earlier proposals.
    pub answered: Vec<Answered>,
    /// The day the rules are asked.
    pub today: NaiveDate,
}

impl Evidence {
    /// Whether somebody has taken over or dismissed this very proposal. One that was put into the draft waits there and may still be asked.
    #[must_use]
    pub fn has_answered(&self, proposal: &Proposal) -> bool {
        let settled = |known: &&Answered| known.answer != Answer::Edited;
        self.answered.iter().filter(settled).any(|known| known.fingerprint == proposal.fingerprint)
    }
}

/// The rules of the house, with the programmes and exercises they speak of.
#[derive(Clone)]
pub struct Rules {
    /// The programmes, with the rules and their usual thresholds.
    pub programmes: Arc<Programmes>,
    /// The exercises.
    pub library: Arc<Library>,
}

impl Rules {
    /// The thresholds that hold in a phase: those of the programme it was taken from, or the usual ones.
    #[must_use]
    pub fn thresholds(&self, phase: &SnapshotPhase) -> &Thresholds {
        match self.programmes.place(&phase.programme) {
            Some((programme, _)) => &programme.rules,
            None => &self.programmes.rulebook().usual,
        }
    }
}

/// What a proposal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// One exercise.
    Prescription(PrescriptionId),
    /// The phase the patient is in.
    Phase(PhaseId),
    /// The whole plan.
    Plan,
}

impl About {
    /// The word kept in the database, and the number; 0 for the plan.
    #[must_use]
    pub fn named(self) -> (&'static str, i64) {
        match self {
            Self::Prescription(id) => ("prescription", id.0),
            Self::Phase(id) => ("phase", id.0),
            Self::Plan => ("plan", 0),
        }
    }
}

/// What taking a proposal over does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// Exercises with another dose and load.
    pub doses: Vec<(PrescriptionId, Dose, String)>,
    /// An exercise in the place of another one; its number is new.
    pub swap: Option<(PrescriptionId, Prescription)>,
    /// The phase the patient is in from now on.
    pub phase: Option<PhaseId>,
    /// Whether the plan pauses.
    pub pause: bool,
}

impl Turn {
    /// Whether the plan says something else afterwards, so that it needs a new version.
    #[must_use]
    pub fn changes_plan(&self) -> bool {
        !self.doses.is_empty() || self.swap.is_some()
    }

    /// The draft with it.
    #[must_use]
    pub fn apply(&self, draft: &Draft) -> Draft {
        let mut new = draft.clone();
        for row in new.phases.iter_mut().flat_map(|phase| &mut phase.prescriptions) {
            if let Some((_, dose, load)) = self.doses.iter().find(|(id, ..)| *id == row.id) {
                (row.dose, row.load) = (*dose, load.clone());
            }
            if let Some((_, other)) = self.swap.as_ref().filter(|(id, _)| *id == row.id) {
                *row = Prescription { with_previous: row.with_previous, ..other.clone() };
            }
        }
        new
    }

    /// The exercises of the draft that are otherwise after it, before their new numbers are given.
    #[must_use]
    pub fn touches(&self, id: PrescriptionId) -> bool {
        self.doses.iter().any(|(known, ..)| *known == id) || self.swap.as_ref().is_some_and(|(_, other)| other.id == id)
    }
}

/// What one rule proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The plan.
    pub plan: PlanId,
    /// The version it is made for.
    pub version: i32,
    /// What it is about.
    pub about: About,
    /// The name of that exercise or phase.
    pub name: String,
    /// What it wants.
    pub kind: Kind,
    /// The rule behind it.
    pub rule: Key,
    /// What it rests on, in one sentence.
    pub evidence: String,
    /// The days and numbers that prove it, oldest first.
    pub proof: Vec<(NaiveDate, String)>,
    /// The rule in a sentence.
    pub words: String,
    /// What the rule rests on.
    pub source: String,
    /// Exactly what would change, a line for each thing.
    pub change: String,
    /// What taking it over does.
    pub turn: Turn,
    /// Stands for the evidence: the same as long as nothing of it changes.
    pub fingerprint: String,
}

/// A short name of all these parts together.
pub(super) fn fingerprint(parts: &[String]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}
