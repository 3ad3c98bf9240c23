//! What a new version changes, in words for patient and physio.

use super::domain::{Slot, Snapshot, SnapshotPhase};

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
                Some(known) => slot_changes(known, slot, &mut found),
                None => found.push(Change { kind: Kind::Added, name: slot.name.clone(), was: String::new(), now: in_words(slot) }),
            }
        }
    }
    order_changes(old, new, &mut found);
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

fn in_words(slot: &Slot) -> String {
    let load = if slot.load.is_empty() { String::new() } else { format!(", with {}", slot.load) };
    format!("{}{load}, {}", slot.dose.sentence(), slot.dose.frequency.words())
}

fn phase_changes(old: &SnapshotPhase, new: &SnapshotPhase, found: &mut Vec<Change>) {
    for (was, now) in [(&old.name, &new.name), (&old.purpose, &new.purpose), (&old.exit_criteria, &new.exit_criteria)] {
        if was != now {
            found.push(Change { kind: Kind::Changed, name: format!("Phase: {}", new.name), was: was.clone(), now: now.clone() });
        }
    }
}

fn slot_changes(old: &Slot, new: &Slot, found: &mut Vec<Change>) {
    let changed = |was: String, now: String| Change { kind: Kind::Changed, name: new.name.clone(), was, now };
    if in_words(old) != in_words(new) {
        found.push(changed(in_words(old), in_words(new)));
    }
    if old.note != new.note {
        let note = |note: &str| if note.is_empty() { "no note".to_owned() } else { format!("note: {note}") };
        found.push(changed(note(&old.note), note(&new.note)));
    }
    if old.steps != new.steps {
        found.push(changed("the steps as they were".to_owned(), "the steps as the library describes them now".to_owned()));
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
    use crate::exercises::Library;

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

        let mut fewer = old.clone();
        fewer.phases[0].slots.remove(0);
        assert_eq!(kinds(&old, &fewer), [(Kind::Removed, "Hip bridge".to_owned())]);
        assert_eq!(kinds(&fewer, &old), [(Kind::Added, "Hip bridge".to_owned())]);
    }
}
