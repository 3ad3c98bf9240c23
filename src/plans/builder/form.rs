//! Posted strings become changes of a draft, all errors at once.

use super::super::domain::{Draft, Subject};
use super::super::form::{self, Direction};
use super::bulk::{Bulk, Turn, Turning};
use super::edit::Edit;
use crate::error::Invalid;
use crate::exercises::dose::{Dose, Side};
use crate::exercises::{self, DoseChange, Library, Purpose};
use crate::ids::{PhaseId, PrescriptionId};
use crate::patients::SoreSide;
use crate::web::Fields;

/// The word of the choice "sore side", which becomes a side when it enters a plan.
pub const SORE: &str = "sore";

/// The revision of the draft a form was made from; a form that does not say it is as new as can be.
pub fn seen(fields: &Fields) -> Option<i32> {
    fields.get("seen").parse().ok()
}

/// An exercise to add, the phase it is for, and the dose it begins with unless who adds it has one of their own.
pub fn addition(fields: &Fields, library: &Library) -> Result<(PhaseId, String, Dose), Invalid> {
    let mut invalid = Invalid::default();
    let phase = invalid.take("phase", fields.get("phase").parse().map_err(|_| "Choose the phase".to_owned()));
    let slug = fields.get("exercise").trim();
    let ask = if slug.is_empty() { "Choose an exercise" } else { "The library has no such exercise" };
    let exercise = invalid.take("exercise", library.get(slug).ok_or_else(|| ask.to_owned()));
    match phase.zip(exercise) {
        Some((phase, exercise)) => Ok((phase, slug.to_owned(), exercise.to_begin())),
        None => Err(invalid),
    }
}

/// A dose; the sore side becomes the side that is sore.
pub fn dose(fields: &Fields, sore: Option<SoreSide>) -> Result<DoseChange, Invalid> {
    if !fields.is("side", SORE) {
        return exercises::dose_change(fields);
    }
    let side = match sore {
        Some(SoreSide::Left) => Side::Left,
        Some(SoreSide::Right) => Side::Right,
        Some(SoreSide::Both) | None => Side::Each,
    };
    let resolved = fields.pairs().map(|(name, value)| (name, if name == "side" { side.word() } else { value }));
    exercises::dose_change(&Fields::from_pairs(resolved))
}

/// Where an exercise goes: one place up or down, or into a phase, before another exercise or at its end.
pub fn position(fields: &Fields, id: PrescriptionId) -> Result<Edit, Invalid> {
    if let Ok(phase) = fields.get("phase").parse() {
        return Ok(Edit::Place(id, phase, fields.get("before").parse().ok()));
    }
    form::direction(fields).map(|direction| Edit::Move(id, direction))
}

/// Which way a phase goes.
pub fn phase_position(fields: &Fields) -> Result<Direction, Invalid> {
    form::direction(fields)
}

/// A change of many doses. What is not part of this draft is not found later; what is not a number is told.
pub fn bulk(fields: &Fields) -> Result<Bulk, Invalid> {
    let mut invalid = Invalid::default();
    let turning = Turning::from_word(fields.get("turn")).ok_or_else(|| "Choose what changes".to_owned());
    let turn = invalid.take("turn", turning).and_then(|turning| match turning {
        Turning::More => Some(Turn::More),
        Turning::Fewer => Some(Turn::Fewer),
        Turning::Often => exercises::frequency(fields, &mut invalid).map(Turn::Often),
        Turning::Rest => {
            let rest = fields.number("rest", 0, Dose::LONGEST_REST.into());
            invalid.take("rest", rest).map(|rest| Turn::Rest(rest.and_then(|rest| u16::try_from(rest).ok())))
        }
        Turning::Load => invalid.take("load", exercises::load(fields)).map(Turn::Load),
    });
    let phase = fields.get("in").parse().ok();
    turn.map(|turn| Bulk { phase, purpose: Purpose::from_word(fields.get("of")), turn }).ok_or(invalid)
}

/// The fields of a dose as the builder's form shows them.
pub fn dose_fields(draft: &Draft, id: PrescriptionId) -> Fields {
    let known = draft.prescription(id);
    known.map(|known| exercises::dose_fields(&known.dose, &known.load, &known.note)).unwrap_or_default()
}

/// Whether the sore side of what this draft is of is known.
pub fn knows_sore_side(of: Subject) -> bool {
    matches!(of, Subject::Plan(..))
}
