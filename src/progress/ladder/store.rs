//! The physio's words about ladders in the database. Writes need the patient's lock.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::domain::{Said, Word};
use super::readiness::Tick;
use crate::db::Conn;
use crate::db::schema::{ladder_words, people, readiness_ticks};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId};
use crate::plans::programmes::Level;

/// A word to be kept.
pub struct NewWord<'a> {
    /// What is said.
    pub said: Said,
    /// At which level, where that belongs to it.
    pub level: Option<u16>,
    /// The ladder that is opened, with its levels.
    pub ladder: Option<(&'a str, &'a [Level])>,
    /// Why.
    pub reason: &'a str,
}

/// Keeps a word.
///
/// # Errors
/// The database's own.
pub fn say(conn: &mut Conn, patient: PatientId, word: &NewWord<'_>, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let (ladder, levels) = word.ladder.unwrap_or_default();
    let levels = if levels.is_empty() { String::new() } else { written(levels)? };
    diesel::insert_into(ladder_words::table)
        .values((
            ladder_words::patient_id.eq(patient.0),
            ladder_words::word.eq(word.said.word()),
            ladder_words::ladder.eq(ladder),
            ladder_words::levels.eq(levels),
            ladder_words::level.eq(word.level.map(i32::from)),
            ladder_words::reason.eq(word.reason),
            ladder_words::said_by.eq(by.0),
            ladder_words::said_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

fn written(levels: &[Level]) -> Result<String, AppError> {
    serde_json::to_string(levels).map_err(|error| AppError::Internal(error.to_string()))
}

/// All words about a patient's ladder, oldest first. `day_of` says on which day at the clinic a moment fell. One query.
///
/// # Errors
/// The database's own.
pub fn words(conn: &mut Conn, patient: PatientId, day_of: impl Fn(NaiveDateTime) -> NaiveDate) -> Result<Vec<Word>, AppError> {
    Ok(words_of(conn, &[patient], day_of)?.into_iter().map(|(_, word)| word).collect())
}

/// The same of several patients, each one's oldest first. One query.
///
/// # Errors
/// The database's own, and levels that cannot be read.
pub fn words_of(
    conn: &mut Conn,
    patients: &[PatientId],
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Vec<(PatientId, Word)>, AppError> {
    type Row = (i64, String, Option<i32>, String, String, String, Option<String>, NaiveDateTime);
    let rows: Vec<Row> = ladder_words::table
        .left_join(people::table.on(people::id.eq(ladder_words::said_by)))
        .filter(ladder_words::patient_id.eq_any(patients.iter().map(|patient| patient.0)))
        .order((ladder_words::patient_id, ladder_words::id))
        .select((
            ladder_words::patient_id,
            ladder_words::word,
            ladder_words::level,
            ladder_words::ladder,
            ladder_words::levels,
            ladder_words::reason,
            people::name.nullable(),
            ladder_words::said_at,
        ))
        .load(conn)?;
    let word = |(patient, word, level, ladder, levels, reason, by, at): Row| {
        let Some(said) = Said::from_word(&word) else { return Ok(None) };
        let levels = if levels.is_empty() { Vec::new() } else { serde_json::from_str(&levels)? };
        let by = by.unwrap_or_else(|| "Someone who has left".to_owned());
        let level = level.and_then(|level| u16::try_from(level).ok());
        Ok(Some((PatientId(patient), Word { said, level, ladder, levels, reason, by, at, day: day_of(at) })))
    };
    let read: Result<Vec<_>, serde_json::Error> = rows.into_iter().map(word).collect();
    Ok(read.map_err(|error| AppError::Internal(error.to_string()))?.into_iter().flatten().collect())
}

/// Keeps what a physio confirms of an item of the readiness list; the same word again is nothing.
///
/// # Errors
/// The database's own.
pub fn tick(
    conn: &mut Conn,
    patient: PatientId,
    item: &str,
    met: bool,
    words: &str,
    by: PersonId,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let last: Option<(bool, String)> = readiness_ticks::table
        .filter(readiness_ticks::patient_id.eq(patient.0))
        .filter(readiness_ticks::item.eq(item))
        .order(readiness_ticks::id.desc())
        .select((readiness_ticks::met, readiness_ticks::words))
        .first(conn)
        .optional()?;
    if last.is_some_and(|(was, said)| was == met && said == words) {
        return Ok(());
    }
    diesel::insert_into(readiness_ticks::table)
        .values((
            readiness_ticks::patient_id.eq(patient.0),
            readiness_ticks::item.eq(item),
            readiness_ticks::met.eq(met),
            readiness_ticks::words.eq(words),
            readiness_ticks::ticked_by.eq(by.0),
            readiness_ticks::ticked_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// What physios confirmed for a patient, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn ticks(conn: &mut Conn, patient: PatientId, day_of: impl Fn(NaiveDateTime) -> NaiveDate) -> Result<Vec<Tick>, AppError> {
    type Row = (String, bool, String, Option<String>, NaiveDateTime);
    let rows: Vec<Row> = readiness_ticks::table
        .left_join(people::table.on(people::id.eq(readiness_ticks::ticked_by)))
        .filter(readiness_ticks::patient_id.eq(patient.0))
        .order(readiness_ticks::id)
        .select((readiness_ticks::item, readiness_ticks::met, readiness_ticks::words, people::name.nullable(), readiness_ticks::ticked_at))
        .load(conn)?;
    let tick = |(item, met, words, by, at): Row| {
        let by = by.unwrap_or_else(|| "Someone who has left".to_owned());
        Tick { item, met, words, by, at, day: day_of(at) }
    };
    Ok(rows.into_iter().map(tick).collect())
}
