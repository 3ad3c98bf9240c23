//! What changes make of a draft, and that any of them can be taken back.

use proptest::prelude::*;

use super::super::domain::Draft;
use super::super::domain::tests::{dose, draft};
use super::super::form::Direction;
use super::bulk::{Bulk, Turn};
use super::edit::{Edit, Touch};
use super::{order, step};
use crate::exercises::dose::Frequency;
use crate::exercises::{DoseChange, Library, Purpose};
use crate::ids::{PhaseId, PrescriptionId};
use crate::text::Note;

const FOUR: [&str; 4] = ["hip-bridge", "clamshell", "dead-bug", "bird-dog"];

fn four() -> Draft {
    draft(&FOUR.map(|slug| (slug, dose(3, 10))))
}

fn change(sets: u16) -> DoseChange {
    DoseChange { dose: dose(sets, 10), load: String::new(), note: Note::parse("").unwrap() }
}

fn after(draft: &Draft, edits: &[Edit]) -> Draft {
    let library = Library::load().unwrap();
    edits.iter().fold(draft.clone(), |draft, edit| edit.apply(&draft, &library).unwrap())
}

fn id(number: i64) -> PrescriptionId {
    PrescriptionId(number)
}

/// "1 2+3 4": numbers in order, those done in turn joined by a plus.
fn told(draft: &Draft) -> String {
    let phases = draft.phases.iter().map(|phase| {
        let rows = phase.prescriptions.iter().map(|row| format!("{}{}", if row.with_previous { "+" } else { " " }, row.id));
        rows.collect::<String>().trim_start().to_owned()
    });
    phases.collect::<Vec<_>>().join(" | ")
}

#[test]
fn exercises_done_in_turn_stay_together_whoever_moves() {
    let joined = after(&four(), &[Edit::Join(id(2), true), Edit::Join(id(3), true)]);
    assert_eq!(told(&joined), "1+2+3 4");
    assert_eq!(order::labels(&joined.phases[0].prescriptions), ["A1", "A2", "A3", ""]);
    let (up, down) = (Direction::Up, Direction::Down);
    for (edits, then) in [
        (vec![Edit::Move(id(2), down)], "1+3+2 4"),
        (vec![Edit::Move(id(2), up)], "2+1+3 4"),
        (vec![Edit::Move(id(3), down)], "1+2 4 3"),
        (vec![Edit::Move(id(4), up)], "1+2+4+3"),
        (vec![Edit::Move(id(4), up), Edit::Move(id(4), up), Edit::Move(id(4), up)], "4+1+2+3"),
        (vec![Edit::Remove(id(1))], "2+3 4"),
        (vec![Edit::Remove(id(2))], "1+3 4"),
        (vec![Edit::Join(id(2), false)], "1 2+3 4"),
        (vec![Edit::Join(id(1), true)], "1+2+3 4"),
        (vec![Edit::Place(id(1), PhaseId(1), None)], "2+3 4 1"),
        (vec![Edit::Place(id(4), PhaseId(1), Some(id(1)))], "4 1+2+3"),
        (vec![Edit::Copy(id(2))], "1+2+0+3 4"),
        (vec![Edit::Copy(id(4))], "1+2+3 4 0"),
    ] {
        assert_eq!(told(&after(&joined, &edits)), then, "{edits:?}");
    }
}

#[test]
fn phases_are_copied_whole_and_exercises_go_from_one_to_another() {
    let copied = after(&four(), &[Edit::Join(id(2), true), Edit::CopyPhase(PhaseId(1))]);
    assert_eq!(copied.phases.len(), 2);
    assert_eq!(copied.phases[1].name, "Calm, again");
    assert_eq!(told(&copied), "1+2 3 4 | 0+-1 -2 -3");
    let moved = after(&copied, &[Edit::Place(id(2), copied.phases[1].id, Some(id(-1)))]);
    assert_eq!(told(&moved), "1 3 4 | 0+2+-1 -2 -3");
    assert_eq!(told(&after(&copied, &[Edit::MovePhase(copied.phases[1].id, Direction::Up)])), "0+-1 -2 -3 | 1+2 3 4");
    let library = Library::load().unwrap();
    assert!(Edit::RemovePhase(PhaseId(1)).apply(&four(), &library).is_err(), "the last phase stays");
    assert!(Edit::Dose(id(99), change(1)).apply(&four(), &library).is_err());
    assert_eq!(Edit::Remove(id(99)).apply(&four(), &library).unwrap(), four(), "what is gone is gone");
}

#[test]
fn many_doses_change_at_once_within_their_limits() {
    let library = Library::load().unwrap();
    let more = Bulk { phase: None, purpose: Some(Purpose::Strength), turn: Turn::More };
    let strong: Vec<&str> = FOUR.into_iter().filter(|slug| library.get(slug).unwrap().purpose() == Some(Purpose::Strength)).collect();
    assert!(!strong.is_empty() && strong.len() < 4, "{strong:?}");
    let preview = more.preview(&four(), &library);
    assert_eq!(preview.len(), strong.len());
    assert_eq!(preview[0].was, "10 times, rest 60 seconds; 3 rounds, 3 times a week");
    assert_eq!(preview[0].now, "10 times, rest 60 seconds; 4 rounds, 3 times a week");
    assert_eq!(more.words(&four(), &library), "gave all strength exercises 1 more round");
    let fewer = Bulk { phase: Some(PhaseId(1)), purpose: None, turn: Turn::Fewer };
    let least = after(&four(), &[Edit::Bulk(fewer.clone()), Edit::Bulk(fewer.clone()), Edit::Bulk(fewer.clone())]);
    assert!(least.prescriptions().all(|row| row.dose.sets == 1), "never none");
    assert!(fewer.preview(&least, &library).is_empty());
    assert_eq!(fewer.words(&four(), &library), "gave all exercises of Calm 1 round fewer");
    let often = Bulk { phase: None, purpose: None, turn: Turn::Often(Frequency::EveryOtherDay) };
    assert_eq!(often.preview(&four(), &library).len(), 4);
    assert_eq!(often.words(&four(), &library), "gave all exercises the frequency every other day");
}

#[test]
fn what_somebody_else_changed_is_told_and_what_they_did_elsewhere_is_not() {
    let library = Library::load().unwrap();
    let then = four();
    let now = after(&then, &[Edit::Dose(id(1), change(5)), Edit::Remove(id(2)), Edit::Move(id(4), Direction::Up)]);
    let touched = |edit: &Edit| step::turns(&edit.touches(&then, &library), &then, &now, &library);
    let dose = touched(&Edit::Dose(id(1), change(2)));
    assert_eq!(dose.len(), 1);
    assert!(dose[0].1.contains("3 rounds") && dose[0].2.contains("5 rounds"), "{dose:?}");
    assert_eq!(touched(&Edit::Dose(id(2), change(2)))[0].2, "not in the phase");
    assert_eq!(touched(&Edit::Dose(id(3), change(2))), []);
    assert_eq!(touched(&Edit::Dose(id(4), change(2))), [], "another place is not another dose");
    assert_eq!(touched(&Edit::RemovePhase(PhaseId(1))).len(), 2);
    assert_eq!(Edit::Move(id(1), Direction::Up).touches(&then, &library), Touch::Nothing);
}

/// Any change of a draft of four.
fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let number = || (1..6_i64).prop_map(PrescriptionId);
    let way = || prop_oneof![Just(Direction::Up), Just(Direction::Down)];
    let edit = prop_oneof![
        (number(), way()).prop_map(|(id, way)| Edit::Move(id, way)),
        (number(), any::<bool>()).prop_map(|(id, joined)| Edit::Join(id, joined)),
        (number(), prop::option::of(number())).prop_map(|(id, before)| Edit::Place(id, PhaseId(1), before)),
        number().prop_map(Edit::Copy),
        number().prop_map(Edit::Remove),
        (number(), 1..9_u16).prop_map(|(id, sets)| Edit::Dose(id, change(sets))),
        Just(Edit::CopyPhase(PhaseId(1))),
    ];
    prop::collection::vec(edit, 0..12)
}

proptest! {
    #[test]
    fn whatever_is_done_no_number_stands_twice_and_nothing_hangs_on_nothing(edits in edits()) {
        let library = Library::load().unwrap();
        let mut draft = four();
        for edit in edits {
            let Ok(new) = edit.apply(&draft, &library) else { continue };
            let mut ids: Vec<i64> = new.prescriptions().map(|row| row.id.0).collect();
            ids.sort_unstable();
            let count = ids.len();
            ids.dedup();
            prop_assert_eq!(ids.len(), count);
            prop_assert!(new.phases.iter().all(|phase| phase.prescriptions.first().is_none_or(|row| !row.with_previous)));
            prop_assert!(!edit.words(&draft, &library).is_empty());
            draft = new;
        }
    }
}
