//! The steps a draft was built in: who did what, when, and what it was before, so that it can be taken back.

use chrono::NaiveDateTime;

use super::super::domain::{Draft, DraftPhase, Prescription};
use super::super::pages::prescription_words;
use super::edit::Touch;
use crate::exercises::Library;
use crate::ids::{PersonId, PhaseId, PrescriptionId};

/// Steps kept for each draft.
pub const KEPT: i32 = 50;

/// One step, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number: 1, 2, 3 …; the revision of the draft it made.
    pub revision: i32,
    /// What was done, after a name: "changed the dose of Hip bridge".
    pub words: String,
    /// The step it takes back.
    pub undoes: Option<i32>,
    /// Who did it.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// The step that would be taken back next: the newest that is neither taken back nor takes one back. `steps` come newest first.
#[must_use]
pub fn top(steps: &[Step]) -> Option<&Step> {
    let undone = |step: &Step| steps.iter().any(|other| other.undoes == Some(step.revision));
    steps.iter().find(|step| step.undoes.is_none() && !undone(step))
}

/// What somebody else did to the very thing a form wants to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Who, and what they did, newest first.
    pub steps: Vec<Step>,
    /// What changed: what it is about, how it was when the form was opened, how it is now.
    pub turns: Vec<(String, String, String)>,
    /// The revision that is there now.
    pub revision: i32,
}

/// How what a change touches was and is; nothing when that is the same.
#[must_use]
pub fn turns(touch: &Touch, then: &Draft, now: &Draft, library: &Library) -> Vec<(String, String, String)> {
    match touch {
        Touch::Nothing => Vec::new(),
        Touch::Exercises(ids) => {
            ids.iter().filter_map(|id| exercise_turn(then.prescription(*id), now.prescription(*id), library)).collect()
        }
        Touch::Words(id) => words_turn(*id, then, now).into_iter().collect(),
        Touch::Whole(id) => {
            let in_phase = |draft: &Draft| draft.phase(*id).map(|phase| phase.prescriptions.clone()).unwrap_or_default();
            let (was, is) = (in_phase(then), in_phase(now));
            let mut ids: Vec<PrescriptionId> = was.iter().chain(&is).map(|known| known.id).collect();
            ids.sort_unstable();
            ids.dedup();
            let find = |list: &[Prescription], id| list.iter().find(|known| known.id == id).cloned();
            let inside = ids.into_iter().filter_map(|id| exercise_turn(find(&was, id).as_ref(), find(&is, id).as_ref(), library));
            words_turn(*id, then, now).into_iter().chain(inside).collect()
        }
    }
}

fn exercise_turn(was: Option<&Prescription>, is: Option<&Prescription>, library: &Library) -> Option<(String, String, String)> {
    let known = was.or(is)?;
    let same = was.zip(is).is_some_and(|(was, is)| was == is);
    let said = |known: Option<&Prescription>| {
        let Some(known) = known else { return "not in the phase".to_owned() };
        let turn = if known.with_previous { ", in turn with the exercise above" } else { "" };
        format!("{}{turn}", prescription_words(&known.dose, &known.load, &known.note))
    };
    (!same).then(|| (library.name_of(&known.exercise), said(was), said(is)))
}

fn words_turn(id: PhaseId, then: &Draft, now: &Draft) -> Option<(String, String, String)> {
    let said = |phase: Option<&DraftPhase>| phase.map_or_else(|| "removed".to_owned(), phase_words);
    let (was, is) = (then.phase(id), now.phase(id));
    let name = was.or(is)?.name.clone();
    let (was, is) = (said(was), said(is));
    (was != is).then(|| (format!("Phase: {name}"), was, is))
}

/// The words of a phase in one line.
fn phase_words(phase: &DraftPhase) -> String {
    let stage = phase.stage.map_or("", |stage| stage.label());
    let parts = [phase.name.as_str(), stage, &phase.purpose, &phase.exit_criteria];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
