//! What the invented physios decided and wrote down about the invented patients.

use chrono::{NaiveDateTime, TimeDelta};

use super::people::{PATIENTS, Situation};
use crate::clock::Clock;
use crate::db::Conn;
use crate::error::AppError;
use crate::ids::{PatientId, PersonId};
use crate::messages::threads;
use crate::reviews::decisions::{self, Decision, NewReview};
use crate::reviews::goals::{self, NewGoal};
use crate::reviews::notes::{self, Parts};

/// One review, as it went.
struct Decided {
    situation: Situation,
    /// How many days ago.
    ago: i64,
    decision: Decision,
    seen: &'static str,
    reason: &'static str,
    told: &'static str,
    /// The next review, in days from today.
    next: i64,
}

const REVIEWS: &[Decided] = &[
    Decided {
        situation: Situation::DoingWell,
        ago: 29,
        decision: Decision::Progress,
        seen: "Trains as asked. Pain during sessions falls, mornings as usual.",
        reason: "Four green sessions in a row; one more round of the first exercise.",
        told: "I looked at your first four weeks. You trained again and again, and it hurts less. We add one round.",
        next: -8,
    },
    Decided {
        situation: Situation::DoingWell,
        ago: 8,
        decision: Decision::Hold,
        seen: "Steady. Stairs are easy now, long sitting is not.",
        reason: "Wants to go hiking on the weekend; nothing new before it.",
        told: "I looked at your last three weeks. Your hip takes the stairs well now. We keep your plan as it is until after your hike.",
        next: 6,
    },
    Decided {
        situation: Situation::Patchy,
        ago: 21,
        decision: Decision::Change,
        seen: "Trains now and then; works late on two days.",
        reason: "Fewer days, so that it fits the week.",
        told: "I looked at your weeks. Two good days count more than five planned ones. Tell me which days suit you.",
        next: -1,
    },
];

/// Writes reviews, goals and notes. The patients are those of [`PATIENTS`], in their order.
pub fn write(conn: &mut Conn, patients: &[PatientId], staff: &[PersonId], clock: &Clock) -> Result<(), AppError> {
    for decided in REVIEWS {
        let (patient, physio) = who(decided.situation, patients, staff)?;
        review(conn, decided, patient, physio, clock)?;
    }
    let (now, today) = (clock.now(), clock.today());
    let (ann, cleo) = who(Situation::DoingWell, patients, staff)?;
    let target = Some(today + TimeDelta::days(60));
    goals::add(conn, ann, &NewGoal { words: "Walk 15 km on the coast path".to_owned(), target }, cleo, before(now, 56))?;
    let stairs = NewGoal { words: "Climb the stairs at home without holding on".to_owned(), target: None };
    goals::add(conn, ann, &stairs, cleo, before(now, 56))?;
    if let Some(reached) = goals::of(conn, ann)?.first().map(|goal| goal.id) {
        goals::end(conn, ann, reached, (goals::Outcome::Reached, "Twice a day, for two weeks now."), cleo, before(now, 8))?;
    }
    written(conn, ann, cleo, now)?;
    let (ben, dan) = who(Situation::FlaringUp, patients, staff)?;
    let draft = Parts { subjective: "Rang: pain since a fast run on hills.".to_owned(), ..Parts::default() };
    notes::add(conn, ben, &draft, dan, now - TimeDelta::hours(20))?;
    Ok(())
}

fn who(situation: Situation, patients: &[PatientId], staff: &[PersonId]) -> Result<(PatientId, PersonId), AppError> {
    let place = PATIENTS.iter().position(|patient| patient.situation == situation).ok_or(AppError::NotFound)?;
    let physio = PATIENTS.get(place).and_then(|patient| staff.get(patient.physio)).copied();
    patients.get(place).copied().zip(physio).ok_or(AppError::NotFound)
}

fn before(now: NaiveDateTime, days: i64) -> NaiveDateTime {
    now - TimeDelta::days(days)
}

fn review(conn: &mut Conn, decided: &Decided, patient: PatientId, by: PersonId, clock: &Clock) -> Result<(), AppError> {
    let (now, today) = (before(clock.now(), decided.ago), clock.today());
    let (from, to) = (today - TimeDelta::days(decided.ago + 21), today - TimeDelta::days(decided.ago));
    let new = NewReview {
        from,
        to,
        seen: decided.seen.to_owned(),
        decision: decided.decision,
        reason: decided.reason.to_owned(),
        told: decided.told.to_owned(),
        next: Some(today + TimeDelta::days(decided.next)),
        marks: String::new(),
    };
    let record = crate::diary::record(conn, patient, (from, to), |moment| clock.day_of(moment))?;
    decisions::add(conn, patient, &new, &decisions::numbers(&record, (from, to), to), by, now)?;
    let thread = threads::tell(conn, patient, by, "What your physio saw", decided.told, now)?;
    let newest = threads::one(conn, thread, None)?.newest();
    threads::mark_read(conn, thread, newest, patient.into(), now + TimeDelta::hours(5))
}

/// A signed note with an addendum.
fn written(conn: &mut Conn, ann: PatientId, cleo: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let parts = Parts {
        subjective: "Front of the left hip sore after long sitting, for four months. No night pain, no trauma.".to_owned(),
        objective: "Resisted hip flexion painful, 4 of 10. Prone knee bend equal. Walks without a limp.".to_owned(),
        assessment: "Pain of the hip flexors, easily calmed. Weak in lifting the bent knee.".to_owned(),
        plan: "Calm for two weeks, then build. Look at it together after four weeks.".to_owned(),
    };
    let at = before(now, 56);
    let note = notes::add(conn, ann, &parts, cleo, at)?;
    notes::sign(conn, note, cleo, at + TimeDelta::minutes(10))?;
    notes::add_addendum(conn, note, "Rang on the next day: slept well, no more pain than before.", cleo, at + TimeDelta::days(1))
}
