//! Assessments in the database. Writes need the patient's lock.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::super::condition::Flag;
use super::domain::{Assessment, Findings, Irritability};
use crate::db::Conn;
use crate::db::schema::{assessments, people};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId};

/// The same findings again within this time are a second press, and no second assessment.
const ONE_PRESS: TimeDelta = TimeDelta::minutes(10);

#[derive(Queryable)]
struct Row {
    conditions: String,
    painful: Option<String>,
    lingering: Option<String>,
    morning: Option<String>,
    stiff: Option<String>,
    note: String,
    at: NaiveDateTime,
}

type Columns = (
    assessments::conditions,
    assessments::painful,
    assessments::lingering,
    assessments::morning,
    assessments::stiff,
    assessments::note,
    assessments::recorded_at,
);
const COLUMNS: Columns = (
    assessments::conditions,
    assessments::painful,
    assessments::lingering,
    assessments::morning,
    assessments::stiff,
    assessments::note,
    assessments::recorded_at,
);

impl Row {
    fn into_findings(self) -> Findings {
        let answer = |word: Option<String>| word.map(|word| word == "yes");
        Findings {
            conditions: self.conditions.split(' ').filter_map(Flag::from_word).collect(),
            irritability: Irritability { painful: answer(self.painful), lingering: answer(self.lingering), morning: answer(self.morning) },
            stiff: answer(self.stiff),
            note: self.note,
        }
    }
}

/// Keeps what was found; the same again at once is a second press.
///
/// # Errors
/// The database's own.
pub fn add(conn: &mut Conn, patient: PatientId, found: &Findings, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    if newest(conn, patient)?.is_some_and(|(known, at)| known == *found && now - at < ONE_PRESS) {
        return Ok(());
    }
    let word = |answer: Option<bool>| answer.map(|yes| if yes { "yes" } else { "no" });
    let irritability = found.irritability;
    diesel::insert_into(assessments::table)
        .values((
            assessments::patient_id.eq(patient.0),
            assessments::conditions.eq(found.conditions.iter().map(|flag| flag.word()).collect::<Vec<_>>().join(" ")),
            assessments::painful.eq(word(irritability.painful)),
            assessments::lingering.eq(word(irritability.lingering)),
            assessments::morning.eq(word(irritability.morning)),
            assessments::stiff.eq(word(found.stiff)),
            assessments::note.eq(&found.note),
            assessments::recorded_by.eq(by.0),
            assessments::recorded_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The findings that count, and when they were made. One query.
///
/// # Errors
/// The database's own.
pub fn newest(conn: &mut Conn, patient: PatientId) -> Result<Option<(Findings, NaiveDateTime)>, AppError> {
    let row: Option<Row> = assessments::table
        .filter(assessments::patient_id.eq(patient.0))
        .order(assessments::id.desc())
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    Ok(row.map(|row| {
        let at = row.at;
        (row.into_findings(), at)
    }))
}

/// The findings that count of each of these patients, and when they were made. One query.
///
/// # Errors
/// The database's own.
pub fn newest_of(conn: &mut Conn, of: &[PatientId]) -> Result<Vec<(PatientId, Findings, NaiveDateTime)>, AppError> {
    let newest = diesel::alias!(assessments as newest);
    let last = newest
        .filter(newest.field(assessments::patient_id).eq(assessments::patient_id))
        .select(diesel::dsl::max(newest.field(assessments::id)))
        .single_value();
    let rows: Vec<(i64, Row)> = assessments::table
        .filter(assessments::patient_id.eq_any(of.iter().map(|patient| patient.0)))
        .filter(assessments::id.nullable().eq(last))
        .select((assessments::patient_id, COLUMNS))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(patient, row)| {
            let at = row.at;
            (PatientId(patient), row.into_findings(), at)
        })
        .collect())
}

/// All assessments of a patient, newest first. One query.
///
/// # Errors
/// The database's own.
pub fn history(conn: &mut Conn, patient: PatientId) -> Result<Vec<Assessment>, AppError> {
    let rows: Vec<(Row, Option<String>)> = assessments::table
        .left_join(people::table.on(people::id.eq(assessments::recorded_by)))
        .filter(assessments::patient_id.eq(patient.0))
        .order(assessments::id.desc())
        .select((COLUMNS, people::name.nullable()))
        .load(conn)?;
    let gone = || "someone who has left".to_owned();
    Ok(rows
        .into_iter()
        .map(|(row, by)| {
            let at = row.at;
            Assessment { findings: row.into_findings(), by: by.unwrap_or_else(gone), at }
        })
        .collect())
}
