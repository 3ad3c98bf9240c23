//! Any sequence of edits, publications, entries and corrections: versions stay as they were, entries hang on what they were made
//! under, and the counts are right.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use hip_clinic::db::schema::prescriptions;
use hip_clinic::db::{Conn, Db, Lock};
use hip_clinic::diary::{self, Actual, LoggedSide, SetChange, SetEntry, Writer};
use hip_clinic::error::AppError;
use hip_clinic::exercises::{DoseChange, Library};
use hip_clinic::ids::PrescriptionId;
use hip_clinic::plans::{self, NewPrescription, Snapshot};
use hip_clinic::text::Note;
use proptest::prelude::*;

use crate::support::{Case, TestDatabase, now};

/// One thing somebody does.
#[derive(Debug, Clone)]
enum Step {
    /// The physio gives the exercise at this place so many rounds.
    Edit { place: usize, sets: u16 },
    /// The physio adds an exercise.
    Add,
    /// The physio takes the exercise at this place out.
    Remove { place: usize },
    /// The physio publishes.
    Publish,
    /// The patient says of a round whether it is done, and how much, under the version so many before the newest.
    Log { ago: usize, back: i64, ordinal: i32, place: usize, round: i32, done: bool, amount: Option<i32> },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let log = (0_usize..3, 0_i64..8, 1..=2, 0_usize..4, 1..=3, any::<bool>(), prop::option::of(1..=20))
        .prop_map(|(ago, back, ordinal, place, round, done, amount)| Step::Log { ago, back, ordinal, place, round, done, amount });
    let step = prop_oneof![
        2 => (0_usize..4, 1_u16..=5).prop_map(|(place, sets)| Step::Edit { place, sets }),
        1 => Just(Step::Add),
        1 => (0_usize..4).prop_map(|place| Step::Remove { place }),
        2 => Just(Step::Publish),
        6 => log,
    ];
    prop::collection::vec(step, 1..40)
}

/// A round as the diary names it, and what is said of it.
type Round = (NaiveDate, i32, PrescriptionId, i32);

/// What must be true, remembered beside the database.
#[derive(Default)]
struct Memory {
    versions: BTreeMap<i32, Snapshot>,
    rounds: BTreeMap<Round, (bool, Option<i32>, i32)>,
    corrections: usize,
}

fn take(conn: &mut Conn, ann: &Case, library: &Library, memory: &mut Memory, step: &Step) -> Result<(), AppError> {
    let draft = plans::draft(conn, ann.plan)?.unwrap();
    let phase = &draft.phases[0];
    let at = |place: usize| &phase.prescriptions[place % phase.prescriptions.len()];
    match step {
        Step::Edit { place, sets } => {
            let mut dose = at(*place).dose;
            dose.sets = *sets;
            plans::change_prescription(conn, at(*place).id, &DoseChange { dose, load: String::new(), note: Note::parse("").unwrap() })
        }
        Step::Add => {
            let new =
                NewPrescription { phase: phase.id, exercise: "hip-bridge", dose: at(0).dose, load: "", note: "", with_previous: false };
            plans::add_prescription(conn, &new).map(drop)
        }
        Step::Remove { .. } if phase.prescriptions.len() < 2 => Ok(()),
        Step::Remove { place } => {
            diesel::delete(prescriptions::table.find(at(*place).id.0)).execute(conn)?;
            Ok(())
        }
        Step::Publish => {
            let snapshot = Snapshot::take(&draft, library).unwrap();
            let version = plans::publish(conn, &draft, &snapshot, "Because", ann.id.into(), now())?;
            assert!(memory.versions.insert(version, snapshot).is_none(), "a version is published once");
            Ok(())
        }
        Step::Log { ago, back, ordinal, place, round, done, amount } => {
            let versions: Vec<i32> = memory.versions.keys().rev().copied().collect();
            let version = versions[*ago % versions.len()];
            let publication = plans::publication(conn, ann.id, ann.plan, version)?.unwrap();
            let slots = &publication.snapshot.phases[0].slots;
            let slot = &slots[*place % slots.len()];
            let day = now().date() - TimeDelta::days(*back);
            let side = LoggedSide::of(slot.dose.side)[0];
            let change = SetChange { number: *round, side, done: *done, actual: Actual { amount: *amount, ..Actual::default() } };
            let entry = SetEntry {
                plan: ann.plan,
                version,
                day,
                ordinal: *ordinal,
                prescription: slot.id,
                changes: vec![change],
                skip: None,
                note: None,
                pain: None,
            };
            if entry.check(slot, now().date()).is_err() {
                return Ok(());
            }
            let key = (day, *ordinal, slot.id, *round);
            let known = memory.rounds.get(&key).copied();
            match known {
                None if *done => drop(memory.rounds.insert(key, (true, *amount, version))),
                Some((was, was_amount, under)) if (was, was_amount) != (*done, *amount) => {
                    memory.rounds.insert(key, (*done, *amount, under));
                    memory.corrections += 1;
                }
                _ => {}
            }
            diary::record_sets(conn, Writer { patient: ann.id, now: now() }, &entry, slot)
        }
    }
}

fn holds(conn: &mut Conn, ann: &Case, memory: &Memory) -> Result<(), AppError> {
    let kept = plans::publications(conn, ann.id, 1000)?;
    let kept: BTreeMap<i32, Snapshot> = kept.into_iter().map(|version| (version.version, version.snapshot)).collect();
    assert_eq!(kept, memory.versions, "versions are what they were");
    let today = now().date();
    let mut rounds = BTreeMap::new();
    for session in diary::sessions(conn, ann.id, today - TimeDelta::days(30), today)? {
        for set in session.sets {
            let slot = kept[&set.version].slot(set.prescription).expect("a round hangs on its version");
            assert!(set.number <= i32::from(slot.dose.sets), "a round was asked for");
            let key = (session.day, session.ordinal, set.prescription, set.number);
            assert!(rounds.insert(key, (set.done, set.actual.amount, set.version)).is_none(), "a round is there once");
        }
    }
    assert_eq!(rounds, memory.rounds);
    assert_eq!(diary::corrections(conn, ann.id, today - TimeDelta::days(30))?.len(), memory.corrections);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_versions_stay_and_entries_hang_on_them(steps in steps()) {
        let (database, cast) = TestDatabase::with_cast();
        let (db, library) = (Db::open(database.url()).unwrap(), Library::load().unwrap());
        let ann = &cast.ann;
        let first = db.read_here(|conn| plans::publication(conn, ann.id, ann.plan, 1)).unwrap().unwrap();
        let mut memory = Memory { versions: BTreeMap::from([(1, first.snapshot)]), ..Memory::default() };
        for step in &steps {
            db.write_here(Lock::Patient(ann.id.0), |conn| take(conn, ann, &library, &mut memory, step)).unwrap();
        }
        db.read_here(|conn| holds(conn, ann, &memory)).unwrap();
    }
}
