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

/// A patient's record from one day to another in outline: what was done of an exercise in a session is one round, whatever was done.
/// Enough to count, to judge and to draw, and quick over years. `day_of` says on which day at the clinic a moment fell. Eight queries.
///
/// # Errors
/// The database's own.
pub fn outline(
    conn: &mut Conn,
    patient: PatientId,
    (from, to): (NaiveDate, NaiveDate),
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Record, AppError> {
    let of = [patient];
    let course = plans::course(conn, patient, from.into(), &day_of)?;
    let sessions = entries::outlines_of(conn, patient, from, to)?;
    let check_ins = entries::check_ins_of(conn, &of, from, to)?.into_iter().map(|(_, check_in)| check_in).collect();
    let usual = patients::baselines(conn, &of)?.into_iter().map(|(_, asked, pain)| (asked, pain)).collect();
    let reported = patients::reports(conn, &of, from.into())?.into_iter().map(|report| (day_of(report.at), report.in_words())).collect();
    Ok(Record { course, sessions, check_ins, usual, reported })
}
