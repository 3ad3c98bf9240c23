//! Posted strings become commands, all errors at once.

use chrono::NaiveDate;

use super::cut_offs::CutOffs;
use super::domain::{DraftPhase, State};
use crate::error::Invalid;
use crate::exercises::Stage;
use crate::ids::PhaseId;
use crate::text::{Name, Note, Reason};
use crate::web::Fields;

/// Days ahead a review may be.
const LATEST_REVIEW: i64 = 366;

/// The words about a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseWords {
    pub name: Name,
    pub purpose: Note,
    pub exit_criteria: Note,
    pub stage: Option<Stage>,
}

impl PhaseWords {
    /// A new phase with these words.
    pub fn phase(&self, id: PhaseId) -> DraftPhase {
        let (name, purpose, exit_criteria, programme) = (String::new(), String::new(), String::new(), String::new());
        let (entry, exit, prescriptions) = (Vec::new(), Vec::new(), Vec::new());
        let mut phase = DraftPhase { id, name, purpose, exit_criteria, stage: None, entry, exit, programme, prescriptions };
        self.change(&mut phase);
        phase
    }

    /// Gives a phase these words.
    pub fn change(&self, phase: &mut DraftPhase) {
        phase.name = self.name.to_string();
        phase.purpose = self.purpose.to_string();
        phase.exit_criteria = self.exit_criteria.to_string();
        phase.stage = self.stage;
    }
}

/// Reads the form of a phase.
pub fn phase(fields: &Fields) -> Result<PhaseWords, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", Name::parse(fields.get("name"), "the phase's name"));
    let purpose = invalid.take("purpose", Note::parse(fields.get("purpose")));
    let exit_criteria = invalid.take("exit_criteria", Note::parse(fields.get("exit_criteria")));
    let stage = Stage::from_word(fields.get("stage"));
    match (name, purpose, exit_criteria) {
        (Some(name), Some(purpose), Some(exit_criteria)) => Ok(PhaseWords { name, purpose, exit_criteria, stage }),
        _ => Err(invalid),
    }
}

/// One place up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

impl Direction {
    /// The word for it.
    pub fn word(self) -> &'static str {
        if self == Self::Up { "up" } else { "down" }
    }

    /// The place one further this way among so many; none at the end.
    pub fn from(self, place: usize, of: usize) -> Option<usize> {
        let to = if self == Self::Up { place.checked_sub(1) } else { Some(place + 1) };
        to.filter(|to| *to < of)
    }
}

/// Reads which way to move.
pub fn direction(fields: &Fields) -> Result<Direction, Invalid> {
    let known = [Direction::Up, Direction::Down].into_iter().find(|direction| direction.word() == fields.get("direction"));
    known.ok_or_else(|| Invalid::one("direction", "Choose up or down"))
}

/// Why a version is published, and when it is looked at together.
pub struct Announcement {
    /// Why.
    pub reason: Reason,
    /// The day it is looked at together.
    pub review_on: Option<NaiveDate>,
    /// Where the lights begin and end.
    pub cut_offs: CutOffs,
}

/// Reads why a version is published, the day of its review, which may be open, and the cut-offs of the lights.
pub fn announcement(fields: &Fields, today: NaiveDate) -> Result<Announcement, Invalid> {
    let mut invalid = Invalid::default();
    let ask = "Say in a sentence why, for the patient and for your colleagues";
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), ask));
    let review_on = match fields.get("review_on").trim() {
        "" => Some(None),
        day => {
            let day = day.parse::<NaiveDate>().ok().filter(|day| (0..=LATEST_REVIEW).contains(&(*day - today).num_days()));
            invalid
                .take("review_on", day.map(Some).ok_or_else(|| "Choose a day from today on, within a year, or leave it empty".to_owned()))
        }
    };
    let cut_offs = cut_offs(fields, &mut invalid);
    match (reason, review_on, cut_offs) {
        (Some(reason), Some(review_on), Some(cut_offs)) if invalid.is_empty() => Ok(Announcement { reason, review_on, cut_offs }),
        _ => Err(invalid),
    }
}

/// Reads the cut-offs of the lights; a field that is left empty is as in the table.
fn cut_offs(fields: &Fields, invalid: &mut Invalid) -> Option<CutOffs> {
    let mut number = |name: &str, low: i32, high: i32, usual: i32| {
        invalid.take(name, fields.number(name, low, high)).map(|number| number.unwrap_or(usual))
    };
    let table = CutOffs::TABLE;
    let (green_to, amber_to) = (number("green_to", 0, 8, table.green_to), number("amber_to", 1, 9, table.amber_to));
    let cut_offs = CutOffs { green_to: green_to?, amber_to: amber_to?, red_above: number("red_above", 1, 5, table.red_above)? };
    if cut_offs.amber_to <= cut_offs.green_to {
        invalid.add("amber_to", "Amber ends above green: choose a higher number here, or a lower one for green");
    }
    Some(cut_offs)
}

/// Reads a new state and its reason.
pub fn state(fields: &Fields) -> Result<(State, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let state = invalid.take("state", State::from_word(fields.get("state")).ok_or_else(|| "Choose what the plan should be".to_owned()));
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say why; the patient can read it"));
    state.zip(reason).ok_or(invalid)
}

/// Reads the phase a patient moves to and why.
pub fn phase_start(fields: &Fields) -> Result<(PhaseId, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let phase = invalid.take("phase", fields.get("phase").parse().map_err(|_| "Choose the phase".to_owned()));
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say why; the patient can read it"));
    phase.zip(reason).ok_or(invalid)
}
