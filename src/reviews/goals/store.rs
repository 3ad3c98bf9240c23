//! Goals in the database.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::domain::{Ending, Goal, NewGoal, Outcome};
use crate::db::Conn;
use crate::db::schema::{goal_endings, goals};
use crate::error::AppError;
use crate::ids::{GoalId, PatientId, PersonId};

/// Keeps a goal; the same words while such a goal is followed are that goal. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn add(conn: &mut Conn, patient: PatientId, new: &NewGoal, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    if of(conn, patient)?.iter().any(|known| known.ended.is_none() && known.said == *new) {
        return Ok(());
    }
    diesel::insert_into(goals::table)
        .values((
            goals::patient_id.eq(patient.0),
            goals::words.eq(&new.words),
            goals::target_on.eq(new.target),
            goals::set_by.eq(by.0),
            goals::set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends a goal of this patient, once. Hold the patient's lock.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn end(
    conn: &mut Conn,
    patient: PatientId,
    id: GoalId,
    (outcome, reason): (Outcome, &str),
    by: PersonId,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let known = of(conn, patient)?.into_iter().find(|goal| goal.id == id).ok_or(AppError::NotFound)?;
    if known.ended.is_none() {
        diesel::insert_into(goal_endings::table)
            .values((
                goal_endings::goal_id.eq(id.0),
                goal_endings::outcome.eq(outcome.word()),
                goal_endings::reason.eq(reason),
                goal_endings::ended_by.eq(by.0),
                goal_endings::ended_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The goals of a patient, the newest first. One query.
///
/// # Errors
/// The database's own.
pub fn of(conn: &mut Conn, patient: PatientId) -> Result<Vec<Goal>, AppError> {
    type Row = (i64, String, Option<NaiveDate>, NaiveDateTime, Option<(String, String, NaiveDateTime)>);
    let rows: Vec<Row> = goals::table
        .left_join(goal_endings::table.on(goal_endings::goal_id.eq(goals::id)))
        .filter(goals::patient_id.eq(patient.0))
        .order(goals::id.desc())
        .select((
            goals::id,
            goals::words,
            goals::target_on,
            goals::set_at,
            (goal_endings::outcome, goal_endings::reason, goal_endings::ended_at).nullable(),
        ))
        .load(conn)?;
    let goal = |(id, words, target, at, ended): Row| Goal {
        id: GoalId(id),
        said: NewGoal { words, target },
        at,
        ended: ended.and_then(|(outcome, reason, at)| Some(Ending { outcome: Outcome::from_word(&outcome)?, reason, at })),
    };
    Ok(rows.into_iter().map(goal).collect())
}
