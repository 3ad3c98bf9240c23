//! Reviews in the database.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::domain::{Decision, NewReview, Review};
use crate::db::Conn;
use crate::db::schema::{people, reviews};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId, ReviewId};

/// Within this time the same review of the same person is one.
const TWICE: TimeDelta = TimeDelta::minutes(10);

#[derive(Queryable)]
struct Row {
    id: i64,
    from: NaiveDate,
    to: NaiveDate,
    seen: String,
    decision: String,
    reason: String,
    told: String,
    next: Option<NaiveDate>,
    numbers: String,
    marks: String,
    by: i64,
    at: NaiveDateTime,
    name: String,
}

impl Row {
    fn into_review(self) -> Result<Review, AppError> {
        let decision = Decision::from_word(&self.decision)
            .ok_or_else(|| AppError::Internal(format!("review {} decides \"{}\"", self.id, self.decision)))?;
        let Self { from, to, seen, reason, told, next, marks, .. } = self;
        Ok(Review {
            id: ReviewId(self.id),
            by: PersonId(self.by),
            name: self.name,
            at: self.at,
            said: NewReview { from, to, seen, decision, reason, told, next, marks },
            numbers: self.numbers.lines().map(str::to_owned).collect(),
        })
    }
}

macro_rules! rows {
    () => {
        reviews::table.inner_join(people::table.on(people::id.eq(reviews::reviewed_by))).select((
            reviews::id,
            reviews::from_day,
            reviews::to_day,
            reviews::seen,
            reviews::decision,
            reviews::reason,
            reviews::told,
            reviews::next_on,
            reviews::numbers,
            reviews::marks,
            reviews::reviewed_by,
            reviews::reviewed_at,
            people::name,
        ))
    };
}

/// Keeps a review with the numbers of its period, and says whether it is new: the same a moment ago is that one. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn add(
    conn: &mut Conn,
    patient: PatientId,
    new: &NewReview,
    numbers: &[String],
    by: PersonId,
    now: NaiveDateTime,
) -> Result<bool, AppError> {
    let same =
        |known: &Review| known.by == by && now - known.at < TWICE && NewReview { marks: new.marks.clone(), ..known.said.clone() } == *new;
    if newest(conn, patient)?.as_ref().is_some_and(same) {
        return Ok(false);
    }
    diesel::insert_into(reviews::table)
        .values((
            reviews::patient_id.eq(patient.0),
            reviews::from_day.eq(new.from),
            reviews::to_day.eq(new.to),
            reviews::seen.eq(&new.seen),
            reviews::decision.eq(new.decision.word()),
            reviews::reason.eq(&new.reason),
            reviews::told.eq(&new.told),
            reviews::next_on.eq(new.next),
            reviews::numbers.eq(numbers.join("\n")),
            reviews::marks.eq(&new.marks),
            reviews::reviewed_by.eq(by.0),
            reviews::reviewed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(true)
}

/// The newest review of a patient. One query.
///
/// # Errors
/// The database's own.
pub fn newest(conn: &mut Conn, patient: PatientId) -> Result<Option<Review>, AppError> {
    Ok(of(conn, patient, 1)?.pop())
}

/// So many reviews of a patient, newest first. One query.
///
/// # Errors
/// The database's own.
pub fn of(conn: &mut Conn, patient: PatientId, most: i64) -> Result<Vec<Review>, AppError> {
    let rows: Vec<Row> = rows!().filter(reviews::patient_id.eq(patient.0)).order(reviews::id.desc()).limit(most).load(conn)?;
    rows.into_iter().map(Row::into_review).collect()
}

/// One review of this patient. One query.
pub fn one(conn: &mut Conn, patient: PatientId, id: ReviewId) -> Result<Option<Review>, AppError> {
    let row: Option<Row> = rows!().filter(reviews::patient_id.eq(patient.0)).filter(reviews::id.eq(id.0)).first(conn).optional()?;
    row.map(Row::into_review).transpose()
}

/// What a patient was told in reviews, newest first: when, by whom, the words. One query.
///
/// # Errors
/// The database's own.
pub fn told_of(conn: &mut Conn, patient: PatientId, most: i64) -> Result<Vec<(NaiveDateTime, String, String)>, AppError> {
    Ok(reviews::table
        .inner_join(people::table.on(people::id.eq(reviews::reviewed_by)))
        .filter(reviews::patient_id.eq(patient.0).and(reviews::told.ne("")))
        .order(reviews::id.desc())
        .limit(most)
        .select((reviews::reviewed_at, people::name, reviews::told))
        .load(conn)?)
}
