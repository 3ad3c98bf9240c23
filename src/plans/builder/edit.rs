//! One change of a draft: what it makes of it, and how it is told.

use super::super::domain::{Draft, DraftPhase, Prescription};
use super::super::form::{Direction, PhaseWords};
use super::bulk::Bulk;
use super::order;
use crate::error::{AppError, Invalid};
use crate::exercises::{DoseChange, Library};
use crate::ids::{PhaseId, PrescriptionId};

/// One change of a draft. What is new has a number below 1 until it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A new phase at the end.
    AddPhase(PhaseWords),
    /// Other words for a phase.
    ChangePhase(PhaseId, PhaseWords),
    /// A phase one place up or down.
    MovePhase(PhaseId, Direction),
    /// The same phase again, below it.
    CopyPhase(PhaseId),
    /// Without a phase and its exercises.
    RemovePhase(PhaseId),
    /// An exercise at the end of a phase, where it is not there already.
    Add(PhaseId, String, DoseChange),
    /// Another dose.
    Dose(PrescriptionId, DoseChange),
    /// An exercise one place up or down in its phase.
    Move(PrescriptionId, Direction),
    /// An exercise into a phase, before another one or at the end.
    Place(PrescriptionId, PhaseId, Option<PrescriptionId>),
    /// The same exercise again, below it.
    Copy(PrescriptionId),
    /// Without an exercise.
    Remove(PrescriptionId),
    /// An exercise that was taken out comes back into its phase, with a dose.
    Restore(PhaseId, Prescription),
    /// In turn with the exercise above, or by itself.
    Join(PrescriptionId, bool),
    /// The same change of many doses.
    Bulk(Bulk),
}

impl Edit {
    /// The draft after this change.
    ///
    /// # Errors
    /// Not found when it is about something this draft does not have; a refusal in words.
    pub fn apply(&self, draft: &Draft, library: &Library) -> Result<Draft, AppError> {
        let mut new = draft.clone();
        match self {
            Self::AddPhase(words) => new.phases.push(words.phase(fresh_phase(draft))),
            Self::ChangePhase(id, words) => words.change(phase(&mut new, *id)?),
            Self::MovePhase(id, direction) => {
                let place = place_of(&new, *id)?;
                if let Some(other) = direction.from(place, new.phases.len()) {
                    new.phases.swap(place, other);
                }
            }
            Self::CopyPhase(id) => {
                let place = place_of(&new, *id)?;
                let copy = copy_of(&new.phases[place], draft);
                new.phases.insert(place + 1, copy);
            }
            Self::RemovePhase(id) => remove_phase(&mut new, *id)?,
            Self::Add(id, exercise, dose) => {
                let fresh = fresh(draft);
                let part = phase(&mut new, *id)?;
                if part.prescriptions.iter().all(|known| known.exercise != *exercise) {
                    part.prescriptions.push(prescribed(fresh, exercise, dose));
                }
            }
            Self::Dose(id, dose) => {
                let known = prescription(&mut new, *id)?;
                *known = Prescription { with_previous: known.with_previous, ..prescribed(*id, &known.exercise, dose) };
            }
            Self::Move(id, direction) => order::step(&mut new, *id, *direction)?,
            Self::Place(id, to, before) => order::place(&mut new, *id, *to, *before)?,
            Self::Copy(id) => {
                let fresh = fresh(draft);
                let (part, place) = order::find(&mut new, *id)?;
                let copy = Prescription { id: fresh, ..part.prescriptions[place].clone() };
                order::insert(part, place + 1, copy, None);
            }
            Self::Remove(id) => {
                if let Ok((part, place)) = order::find(&mut new, *id) {
                    order::take(part, place);
                }
            }
            Self::Restore(to, lost) => {
                if draft.prescription(lost.id).is_none() {
                    phase(&mut new, *to)?.prescriptions.push(Prescription { with_previous: false, ..lost.clone() });
                }
            }
            Self::Join(id, joined) => {
                let (part, place) = order::find(&mut new, *id)?;
                part.prescriptions[place].with_previous = *joined && place > 0;
            }
            Self::Bulk(bulk) => bulk.apply(&mut new, library),
        }
        Ok(new)
    }

    /// What was done, after a name: "changed the dose of Hip bridge". Said of the draft as it was before.
    #[must_use]
    pub fn words(&self, draft: &Draft, library: &Library) -> String {
        let exercise = |id: PrescriptionId| draft.prescription(id).map_or_else(String::new, |known| library.name_of(&known.exercise));
        let part = |id: PhaseId| draft.phase(id).map_or_else(String::new, |phase| phase.name.clone());
        match self {
            Self::AddPhase(words) => format!("added the phase {}", words.name.as_str()),
            Self::ChangePhase(id, _) => format!("changed the words of the phase {}", part(*id)),
            Self::MovePhase(id, direction) => format!("moved the phase {} {}", part(*id), direction.word()),
            Self::CopyPhase(id) => format!("copied the phase {}", part(*id)),
            Self::RemovePhase(id) => format!("removed the phase {}", part(*id)),
            Self::Add(id, slug, _) => format!("added {} to {}", library.name_of(slug), part(*id)),
            Self::Dose(id, _) => format!("changed the dose of {}", exercise(*id)),
            Self::Move(id, direction) => format!("moved {} {}", exercise(*id), direction.word()),
            Self::Place(id, to, _) => format!("moved {} within {}", exercise(*id), part(*to)).replace(
                " within ",
                if draft.phase(*to).is_some_and(|phase| phase.prescriptions.iter().any(|known| known.id == *id)) {
                    " within "
                } else {
                    " to "
                },
            ),
            Self::Copy(id) => format!("copied {}", exercise(*id)),
            Self::Remove(id) => format!("removed {}", exercise(*id)),
            Self::Restore(_, lost) => format!("brought back {}", library.name_of(&lost.exercise)),
            Self::Join(id, true) => format!("joined {} with the exercise above", exercise(*id)),
            Self::Join(id, false) => format!("took {} apart from the exercise above", exercise(*id)),
            Self::Bulk(bulk) => bulk.words(draft, library),
        }
    }

    /// What of the draft it changes, for seeing whether somebody else changed the same meanwhile.
    #[must_use]
    pub fn touches(&self, draft: &Draft, library: &Library) -> Touch {
        match self {
            Self::ChangePhase(id, _) => Touch::Words(*id),
            Self::RemovePhase(id) => Touch::Whole(*id),
            Self::Dose(id, _) | Self::Remove(id) | Self::Copy(id) | Self::Join(id, _) => Touch::Exercises(vec![*id]),
            Self::Bulk(bulk) => Touch::Exercises(bulk.of(draft, library).map(|(_, known)| known.id).collect()),
            _ => Touch::Nothing,
        }
    }
}

/// What a change touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touch {
    /// Nothing somebody else may have changed: it is new, or only its place changes.
    Nothing,
    /// The words of a phase.
    Words(PhaseId),
    /// A phase and all that is in it.
    Whole(PhaseId),
    /// These exercises' doses.
    Exercises(Vec<PrescriptionId>),
}

/// A number nothing in this draft has: it is given one when it is saved.
fn fresh(draft: &Draft) -> PrescriptionId {
    let lowest = draft.phases.iter().flat_map(|phase| &phase.prescriptions).map(|known| known.id.0).min().unwrap_or(0);
    PrescriptionId(lowest.min(1) - 1)
}

fn fresh_phase(draft: &Draft) -> PhaseId {
    PhaseId(draft.phases.iter().map(|phase| phase.id.0).min().unwrap_or(0).min(1) - 1)
}

fn copy_of(phase: &DraftPhase, draft: &Draft) -> DraftPhase {
    let mut copy = phase.clone();
    copy.id = fresh_phase(draft);
    copy.name = format!("{}, again", phase.name);
    let first = fresh(draft).0;
    for (known, back) in copy.prescriptions.iter_mut().zip(0..) {
        known.id = PrescriptionId(first - back);
    }
    copy
}

fn remove_phase(draft: &mut Draft, id: PhaseId) -> Result<(), AppError> {
    if draft.phase(id).is_some() && draft.phases.len() == 1 {
        return Err(Invalid::one("plan", "A plan needs at least one phase; rename this one instead").into());
    }
    draft.phases.retain(|phase| phase.id != id);
    Ok(())
}

fn prescribed(id: PrescriptionId, exercise: &str, dose: &DoseChange) -> Prescription {
    Prescription {
        id,
        exercise: exercise.to_owned(),
        dose: dose.dose,
        load: dose.load.clone(),
        note: dose.note.as_str().to_owned(),
        with_previous: false,
    }
}

fn place_of(draft: &Draft, id: PhaseId) -> Result<usize, AppError> {
    draft.phases.iter().position(|phase| phase.id == id).ok_or(AppError::NotFound)
}

fn phase(draft: &mut Draft, id: PhaseId) -> Result<&mut DraftPhase, AppError> {
    draft.phases.iter_mut().find(|phase| phase.id == id).ok_or(AppError::NotFound)
}

fn prescription(draft: &mut Draft, id: PrescriptionId) -> Result<&mut Prescription, AppError> {
    draft.phases.iter_mut().flat_map(|phase| &mut phase.prescriptions).find(|known| known.id == id).ok_or(AppError::NotFound)
}
