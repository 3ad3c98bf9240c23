//! Posted strings become commands, all errors at once.

use super::domain::State;
use crate::error::Invalid;
use crate::ids::PhaseId;
use crate::text::{Name, Note, Reason};
use crate::web::Fields;

/// The words about a phase.
pub struct PhaseWords {
    pub name: Name,
    pub purpose: Note,
    pub exit_criteria: Note,
}

/// Reads the form of a phase.
pub fn phase(fields: &Fields) -> Result<PhaseWords, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", Name::parse(fields.get("name"), "the phase's name"));
    let purpose = invalid.take("purpose", Note::parse(fields.get("purpose")));
    let exit_criteria = invalid.take("exit_criteria", Note::parse(fields.get("exit_criteria")));
    match (name, purpose, exit_criteria) {
        (Some(name), Some(purpose), Some(exit_criteria)) => Ok(PhaseWords { name, purpose, exit_criteria }),
        _ => Err(invalid),
    }
}

/// An exercise to add, and the phase it is for.
pub fn addition(fields: &Fields) -> Result<(PhaseId, String), Invalid> {
    let mut invalid = Invalid::default();
    let phase = invalid.take("phase", fields.get("phase").parse().map_err(|_| "Choose the phase".to_owned()));
    let slug = fields.get("exercise").trim().to_owned();
    if slug.is_empty() {
        invalid.add("exercise", "Choose an exercise");
    }
    match phase {
        Some(phase) if invalid.is_empty() => Ok((phase, slug)),
        _ => Err(invalid),
    }
}

/// One place up or down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Reads which way to move.
pub fn direction(fields: &Fields) -> Result<Direction, Invalid> {
    match fields.get("direction") {
        "up" => Ok(Direction::Up),
        "down" => Ok(Direction::Down),
        _ => Err(Invalid::one("direction", "Choose up or down")),
    }
}

/// Reads why a version is published.
pub fn reason(fields: &Fields) -> Result<Reason, Invalid> {
    Reason::parse(fields.get("reason"), "Say in a sentence why, for the patient and for your colleagues")
        .map_err(|words| Invalid::one("reason", words))
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
