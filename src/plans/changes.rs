//! What a new version changes, in words for patient and physio.

use chrono::NaiveDate;

use super::Criterion;
use super::domain::{Slot, Snapshot, SnapshotPhase};
use crate::clock;
use crate::exercises::Stage;

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something new.
    Added,
    /// Something gone.
    Removed,
    /// Something said differently.
    Changed,
    /// Another place in the order.
    Moved,
}

impl Kind {
    /// The word shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Changed => "Changed",
            Self::Moved => "Moved",
        }
    }

    /// The icon beside it.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Added => "plus",
            Self::Removed => "minus",
            Self::Changed => "edit",
            Self::Moved => "up",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind it is.
    pub kind: Kind,
    /// The exercise or phase.
    pub name: String,
    /// What was said before; empty when it is new.
    pub was: String,
    /// What is said now; empty when it is gone.
    pub now: String,
}

/// Everything that differs between two versions, in the order of the new one; what is gone comes last.
#[must_use]
pub fn changes(old: &Snapshot, new: &Snapshot) -> Vec<Change> {
    let mut found = Vec::new();
    for phase in &new.phases {
        match old.phases.iter().find(|known| known.id == phase.id) {
            Some(known) => phase_changes(known, phase, &mut found),
            None => {
                found.push(Change { kind: Kind::Added, name: format!("Phase: {}", phase.name), was: String::new(), now: phase.in_words() });
            }
        }
        for slot in &phase.slots {
            match old.slot(slot.id) {
                Some(known) => {
                    found.extend(phase_left(old, phase, slot));
                    slot_changes(known, slot, &mut found);
                }
                None => found.push(Change { kind: Kind::Added, name: slot.name.clone(), was: String::new(), now: in_words(slot) }),
            }
        }
    }
    phase_order_changes(old, new, &mut found);
    order_changes(old, new, &mut found);
    if old.review_on != new.review_on {
        let day = |day: Option<NaiveDate>| day.map_or_else(|| "no day set".to_owned(), clock::long_day);
        let (was, now) = (day(old.review_on), day(new.review_on));
        found.push(Change { kind: Kind::Changed, name: "Review".to_owned(), was, now });
    }
    if old.cut_offs != new.cut_offs {
        let (was, now) = (old.cut_offs.words(), new.cut_offs.words());
        found.push(Change { kind: Kind::Changed, name: "Lights".to_owned(), was, now });
    }
    for phase in &old.phases {
        for slot in phase.slots.iter().filter(|slot| new.slot(slot.id).is_none()) {
            found.push(Change { kind: Kind::Removed, name: slot.name.clone(), was: in_words(slot), now: String::new() });
        }
        if new.phases.iter().all(|known| known.id != phase.id) {
            found.push(Change { kind: Kind::Removed, name: format!("Phase: {}", phase.name), was: phase.in_words(), now: String::new() });
        }
    }
    found
}

/// An exercise that has come from another phase.
fn phase_left(old: &Snapshot, new: &SnapshotPhase, slot: &Slot) -> Option<Change> {
    let was = old.phases.iter().find(|phase| phase.slots.iter().any(|known| known.id == slot.id)).filter(|was| was.id != new.id)?;
    let (was, now) = (format!("in {}", was.name), format!("in {}", new.name));
    Some(Change { kind: Kind::Moved, name: slot.name.clone(), was, now })
}

fn in_words(slot: &Slot) -> String {
    let load = if slot.load.is_empty() { String::new() } else { format!(", with {}", slot.load) };
    let pace = slot.dose.pace().map(|pace| format!("; {pace}")).unwrap_or_default();
    format!("{}{load}, {}{pace}", slot.dose.sentence(), slot.dose.frequency.words())
}

fn phase_changes(old: &SnapshotPhase, new: &SnapshotPhase, found: &mut Vec<Change>) {
    let stage =
        |stage: Option<Stage>| stage.map_or_else(|| "no stage".to_owned(), |stage| format!("stage: {}", stage.label().to_lowercase()));
    let must = |when: &str, criteria: &[Criterion]| match criteria {
        [] => format!("{when}: nothing in numbers"),
        some => format!("{when}: {}", some.iter().map(Criterion::words).collect::<Vec<_>>().join("; ")),
    };
    let said = [
        (old.name.clone(), new.name.clone()),
        (old.purpose.clone(), new.purpose.clone()),
        (stage(old.stage), stage(new.stage)),
        (must("to begin", &old.entry), must("to begin", &new.entry)),
        (must("to move on", &old.exit), must("to move on", &new.exit)),
        (old.exit_criteria.clone(), new.exit_criteria.clone()),
    ];
    let differ = said.into_iter().filter(|(was, now)| was != now);
    found.extend(differ.map(|(was, now)| Change { kind: Kind::Changed, name: format!("Phase: {}", new.name), was, now }));
}

fn slot_changes(old: &Slot, new: &Slot, found: &mut Vec<Change>) {
    let changed = |was: String, now: String| Change { kind: Kind::Changed, name: new.name.clone(), was, now };
    if in_words(old) != in_words(new) {
        found.push(changed(in_words(old), in_words(new)));
    }
    if old.with_previous != new.with_previous {
        let order = |with_previous: bool| if with_previous { "in turn with the exercise above" } else { "by itself" }.to_owned();
        found.push(changed(order(old.with_previous), order(new.with_previous)));
    }
    if old.note != new.note {
        let note = |note: &str| if note.is_empty() { "no note".to_owned() } else { format!("note: {note}") };
        found.push(changed(note(&old.note), note(&new.note)));
    }
    let told = [
        (old.name != new.name, format!("called “{}”", old.name), format!("called “{}”", new.name)),
        (old.steps != new.steps, "the steps as they were".to_owned(), "the steps as the library describes them now".to_owned()),
        (old.cues != new.cues, "the reminders as they were".to_owned(), "the reminders as the library says them now".to_owned()),
        (
            (&old.precautions, &old.when_to_stop) != (&new.precautions, &new.when_to_stop),
            "the cautions as they were".to_owned(),
            "the cautions as the library says them now".to_owned(),
        ),
        (new.looks_different(old), "the drawing as it was".to_owned(), "the drawing as the library shows it now".to_owned()),
        (new.is_shown_by_others(old), "the photos and films as they were".to_owned(), "those that the library shows now".to_owned()),
    ];
    found.extend(told.into_iter().filter(|(differs, ..)| *differs).map(|(_, was, now)| changed(was, now)));
}

/// Phases that both versions have, where their order among each other differs.
fn phase_order_changes(old: &Snapshot, new: &Snapshot, found: &mut Vec<Change>) {
    let places = |of: &Snapshot, other: &Snapshot| -> Vec<_> {
        of.phases.iter().map(|phase| phase.id).filter(|id| other.phases.iter().any(|phase| phase.id == *id)).collect()
    };
    let (before, after) = (places(old, new), places(new, old));
    for (place, id) in after.iter().enumerate() {
        let (Some(was), Some(phase)) = (before.iter().position(|known| known == id), new.phase(*id)) else { continue };
        if place < was {
            let words = |place: usize| format!("number {}", place + 1);
            found.push(Change { kind: Kind::Moved, name: format!("Phase: {}", phase.name), was: words(was), now: words(place) });
        }
    }
}

/// Exercises that both versions have, where their order among each other differs; places count within their phase.
fn order_changes(old: &Snapshot, new: &Snapshot, found: &mut Vec<Change>) {
    let places = |of: &SnapshotPhase, other: &Snapshot| -> Vec<_> {
        of.slots.iter().map(|slot| slot.id).filter(|slot| other.slot(*slot).is_some()).collect()
    };
    for phase in &new.phases {
        let Some(known) = old.phases.iter().find(|known| known.id == phase.id) else { continue };
        let (before, after) = (places(known, new), places(phase, old));
        for (place, id) in after.iter().enumerate() {
            let (Some(was), Some(slot)) = (before.iter().position(|known| known == id), new.slot(*id)) else { continue };
            if place < was {
                let words = |place: usize| format!("number {}", place + 1);
                found.push(Change { kind: Kind::Moved, name: slot.name.clone(), was: words(was), now: words(place) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::domain::tests::{dose, draft};
    use super::*;
    use crate::exercises::{Library, Pose};
    use crate::ids::{MediumId, PhaseId};

    fn kinds(old: &Snapshot, new: &Snapshot) -> Vec<(Kind, String)> {
        changes(old, new).into_iter().map(|change| (change.kind, change.name)).collect()
    }

    #[test]
    fn a_change_says_what_was_and_what_is() {
        let library = Library::load().unwrap();
        let old = Snapshot::take(&draft(&[("hip-bridge", dose(3, 10)), ("clamshell", dose(2, 12))]), &library).unwrap();
        assert_eq!(changes(&old, &old), []);

        let new = Snapshot::take(&draft(&[("hip-bridge", dose(2, 10)), ("clamshell", dose(2, 12))]), &library).unwrap();
        let found = changes(&old, &new);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].was, "10 times, rest 60 seconds; 3 rounds, 3 times a week");
        assert_eq!(found[0].now, "10 times, rest 60 seconds; 2 rounds, 3 times a week");

        let mut moved = old.clone();
        moved.phases[0].slots.swap(0, 1);
        assert_eq!(kinds(&old, &moved), [(Kind::Moved, "Clamshell".to_owned())]);

        let reviewed = old.clone().reviewed_on(NaiveDate::from_ymd_opt(2026, 12, 1));
        assert_eq!(changes(&old, &reviewed)[0].now, "Tuesday 1 December 2026");
        let mut staged = old.clone();
        (staged.phases[0].stage, staged.phases[0].slots[1].with_previous) = (Some(Stage::Mid), true);
        let told: Vec<_> = changes(&old, &staged).into_iter().map(|change| (change.was, change.now)).collect();
        let order = ("by itself".to_owned(), "in turn with the exercise above".to_owned());
        assert_eq!(told, [("no stage".to_owned(), "stage: middle".to_owned()), order]);

        let mut later = old.clone();
        later.phases.push(SnapshotPhase { id: PhaseId(2), name: "Build".to_owned(), slots: Vec::new(), ..old.phases[0].clone() });
        let mut earlier = later.clone();
        earlier.phases.swap(0, 1);
        assert_eq!(kinds(&later, &earlier), [(Kind::Moved, "Phase: Build".to_owned())]);

        let mut fewer = old.clone();
        fewer.phases[0].slots.remove(0);
        assert_eq!(kinds(&old, &fewer), [(Kind::Removed, "Hip bridge".to_owned())]);
        assert_eq!(kinds(&fewer, &old), [(Kind::Added, "Hip bridge".to_owned())]);
    }

    #[test]
    fn another_drawing_and_other_words_of_the_library_are_said() {
        let library = Library::load().unwrap();
        let old = Snapshot::take(&draft(&[("hip-bridge", dose(3, 10))]), &library).unwrap();
        let said = |change: fn(&mut Slot)| {
            let mut new = old.clone();
            change(&mut new.phases[0].slots[0]);
            changes(&old, &new).into_iter().map(|change| change.now).collect::<Vec<_>>()
        };
        let drawn = |slot: &mut Slot| {
            let sketch = slot.sketch.as_mut().unwrap();
            sketch.end = Pose { contact: vec!["both feet".to_owned()], ..sketch.end.clone() };
        };
        assert_eq!(said(drawn), ["the drawing as the library shows it now"]);
        assert_eq!(said(|slot| slot.media = Some(vec![MediumId(7)])), ["those that the library shows now"]);
        assert_eq!(said(|slot| slot.when_to_stop.push('!')), ["the cautions as the library says them now"]);
        assert_eq!(said(|slot| slot.cues.clear()), ["the reminders as the library says them now"]);
        assert_eq!(said(|slot| slot.name.push_str(" again")), ["called “Hip bridge again”"]);
    }

    #[test]
    fn what_an_old_version_does_not_say_is_no_change() {
        let library = Library::load().unwrap();
        let new = Snapshot::take(&draft(&[("hip-bridge", dose(3, 10))]), &library).unwrap();
        let mut old = new.clone();
        (old.phases[0].slots[0].sketch, old.phases[0].slots[0].media) = (None, None);
        assert_eq!(changes(&old, &new), []);
        old.phases[0].slots[0].end.push_str(" | neck +8");
        assert_eq!(changes(&old, &new).len(), 1);
    }
}
