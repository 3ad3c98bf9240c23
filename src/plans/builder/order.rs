//! The order of exercises in a phase, and which of them are done in turn.
//!
//! Exercises that are done in turn follow each other; all but the first of them say so. Whoever moves keeps that true.

use super::super::domain::{Draft, DraftPhase, Prescription};
use super::super::form::Direction;
use crate::error::AppError;
use crate::ids::{PhaseId, PrescriptionId};

/// The phase of an exercise and its place there.
pub fn find(draft: &mut Draft, id: PrescriptionId) -> Result<(&mut DraftPhase, usize), AppError> {
    let place = |phase: &DraftPhase| phase.prescriptions.iter().position(|known| known.id == id);
    let found = draft.phases.iter_mut().find_map(|phase| place(phase).map(|place| (phase, place)));
    found.ok_or(AppError::NotFound)
}

/// Takes an exercise out; what was done in turn with it stays together. Tells a neighbour it was done in turn with, if any.
pub fn take(phase: &mut DraftPhase, place: usize) -> (Prescription, Option<PrescriptionId>) {
    let taken = phase.prescriptions.remove(place);
    let below = phase.prescriptions.get_mut(place).filter(|below| below.with_previous);
    let joined_below = below.as_ref().map(|below| below.id);
    if let Some(below) = below {
        below.with_previous = taken.with_previous;
    }
    let above = place.checked_sub(1).and_then(|place| phase.prescriptions.get(place)).filter(|_| taken.with_previous);
    let mate = above.map(|above| above.id).or(joined_below);
    (taken, mate)
}

/// Puts an exercise in at a place: among exercises that are done in turn it is one of them, and beside `mate` it stays with it.
pub fn insert(phase: &mut DraftPhase, place: usize, new: Prescription, mate: Option<PrescriptionId>) {
    let place = place.min(phase.prescriptions.len());
    let mate = mate.and_then(|mate| phase.prescriptions.iter().position(|known| known.id == mate));
    let groups = groups(&phase.prescriptions);
    let group_of = |place: usize| groups.get(place).copied();
    let above = place.checked_sub(1).and_then(group_of);
    let below = group_of(place);
    let own = mate.and_then(group_of);
    let with_above = above.is_some() && (above == below || above == own);
    let with_below = below.is_some() && (above == below || below == own);
    phase.prescriptions.insert(place, Prescription { with_previous: with_above, ..new });
    if let Some(below) = phase.prescriptions.get_mut(place + 1) {
        below.with_previous = with_below;
    }
}

/// The number of the group each exercise is in; what is done by itself is a group of one.
#[must_use]
pub fn groups(of: &[Prescription]) -> Vec<usize> {
    let mut group = 0;
    let numbered = of.iter().enumerate().map(|(place, known)| {
        if place > 0 && !known.with_previous {
            group += 1;
        }
        group
    });
    numbered.collect()
}

/// The label of each exercise: "A1" and "A2" for the first group done in turn, nothing for what is done by itself.
#[must_use]
pub fn labels(of: &[Prescription]) -> Vec<String> {
    let groups = groups(of);
    let size = |group: usize| groups.iter().filter(|known| **known == group).count();
    let mut letters: Vec<usize> = groups.iter().copied().filter(|group| size(*group) > 1).collect();
    letters.dedup();
    let label = |place: usize, group: usize| {
        let letter = letters.iter().position(|known| *known == group)?;
        let letter = char::from(b'A' + u8::try_from(letter % 26).unwrap_or(0));
        let first = groups.iter().position(|known| *known == group)?;
        Some(format!("{letter}{}", place - first + 1))
    };
    groups.iter().enumerate().map(|(place, group)| label(place, *group).unwrap_or_default()).collect()
}

/// One place up or down; at the end it stays.
pub fn step(draft: &mut Draft, id: PrescriptionId, direction: Direction) -> Result<(), AppError> {
    let (phase, place) = find(draft, id)?;
    if let Some(to) = direction.from(place, phase.prescriptions.len()) {
        let (taken, mate) = take(phase, place);
        insert(phase, to, taken, mate);
    }
    Ok(())
}

/// Into a phase, before another exercise or at the end.
pub fn place(draft: &mut Draft, id: PrescriptionId, to: PhaseId, before: Option<PrescriptionId>) -> Result<(), AppError> {
    if before == Some(id) {
        return Ok(());
    }
    let target = draft.phase(to).ok_or(AppError::NotFound)?;
    let known = |before: &PrescriptionId| target.prescriptions.iter().any(|known| known.id == *before);
    let before = before.filter(known);
    let (phase, place) = find(draft, id)?;
    let stays = phase.id == to;
    let next = phase.prescriptions.get(place + 1).map(|next| next.id);
    if stays && next == before {
        return Ok(());
    }
    let (taken, mate) = take(phase, place);
    let target = draft.phases.iter_mut().find(|phase| phase.id == to).ok_or(AppError::NotFound)?;
    let at = before.and_then(|before| target.prescriptions.iter().position(|known| known.id == before));
    let at = at.unwrap_or(target.prescriptions.len());
    insert(target, at, taken, mate.filter(|_| stays));
    Ok(())
}
