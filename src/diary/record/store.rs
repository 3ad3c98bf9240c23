//! Reading a record from the database: as many queries for many patients as for one.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::Record;
use crate::db::Conn;
use crate::diary::store as entries;
use crate::error::AppError;
use crate::ids::PatientId;
use crate::{patients, plans};

/// A patient's record from one day to another. `day_of` says on which day at the clinic a moment fell. Seven queries.
///
/// # Errors
/// The database's own.
pub fn record(
    conn: &mut Conn,
    patient: PatientId,
    (from, to): (NaiveDate, NaiveDate),
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Record, AppError> {
    Ok(records(conn, &[patient], (from, to), day_of)?.remove(&patient).unwrap_or_default())
}

/// The records of these patients from one day to another; each of them has one. Seven queries, however many they are.
///
/// # Errors
/// The database's own.
pub fn records(
    conn: &mut Conn,
    of: &[PatientId],
    (from, to): (NaiveDate, NaiveDate),
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<HashMap<PatientId, Record>, AppError> {
    let mut records: HashMap<PatientId, Record> = of.iter().map(|patient| (*patient, Record::default())).collect();
    for (patient, course) in plans::courses(conn, of, from.into(), &day_of)? {
        records.entry(patient).or_default().course = course;
    }
    for (patient, session) in entries::sessions_of(conn, of, from, to)? {
        records.entry(patient).or_default().sessions.push(session);
    }
    for (patient, check_in) in entries::check_ins_of(conn, of, from, to)? {
        records.entry(patient).or_default().check_ins.push(check_in);
    }
    for (patient, asked, pain) in patients::baselines(conn, of)? {
        records.entry(patient).or_default().usual.push((asked, pain));
    }
    for report in patients::reports(conn, of, from.into())? {
        records.entry(report.patient).or_default().reported.push((day_of(report.at), report.in_words()));
    }
    Ok(records)
}
