//! Screenings and clearances in the database.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::domain::{Answered, AskedIn, Clearance, Report, Screening, contraindications_by_key, flags_by_key};
use crate::db::Conn;
use crate::db::schema::{clearances, people, screenings};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId, ScreeningId};
use crate::text::Reason;

/// Keeps answers to the questions. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn add_screening(
    conn: &mut Conn,
    patient: PatientId,
    report: &Report,
    by: PersonId,
    now: NaiveDateTime,
) -> Result<ScreeningId, AppError> {
    let flags = report.flags.iter().map(|flag| flag.key).collect::<Vec<_>>().join(" ");
    let found = report.contraindications.iter().map(|found| found.key).collect::<Vec<_>>().join(" ");
    let id = diesel::insert_into(screenings::table)
        .values((
            screenings::patient_id.eq(patient.0),
            screenings::asked_in.eq(report.asked_in.word()),
            screenings::flags.eq(flags),
            screenings::contraindications.eq((report.asked_in == AskedIn::Clinic).then_some(found)),
            screenings::note.eq(report.note.as_str()),
            screenings::recorded_by.eq(by.0),
            screenings::recorded_at.eq(now),
        ))
        .returning(screenings::id)
        .get_result(conn)?;
    Ok(ScreeningId(id))
}

/// Records why nothing of what is open stands against the plan any more; says how many were open.
///
/// # Errors
/// The database's own.
pub fn clear(conn: &mut Conn, patient: PatientId, reason: &Reason, by: PersonId, now: NaiveDateTime) -> Result<usize, AppError> {
    let open = open_reports(conn, Some(patient))?;
    for screening in &open {
        diesel::insert_into(clearances::table)
            .values((
                clearances::screening_id.eq(screening.id.0),
                clearances::reason.eq(reason.as_str()),
                clearances::cleared_by.eq(by.0),
                clearances::cleared_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(open.len())
}

#[derive(Queryable)]
struct Row {
    id: i64,
    patient: i64,
    asked_in: String,
    flags: String,
    contraindications: Option<String>,
    note: String,
    at: NaiveDateTime,
}

type Columns = (
    screenings::id,
    screenings::patient_id,
    screenings::asked_in,
    screenings::flags,
    screenings::contraindications,
    screenings::note,
    screenings::recorded_at,
);
const COLUMNS: Columns = (
    screenings::id,
    screenings::patient_id,
    screenings::asked_in,
    screenings::flags,
    screenings::contraindications,
    screenings::note,
    screenings::recorded_at,
);

impl From<Row> for Screening {
    fn from(row: Row) -> Self {
        Self {
            id: ScreeningId(row.id),
            patient: PatientId(row.patient),
            reported: row.asked_in == AskedIn::Report.word(),
            flags: flags_by_key(&row.flags),
            contraindications: contraindications_by_key(&row.contraindications.unwrap_or_default()),
            note: row.note,
            at: row.at,
        }
    }
}

/// Red flags, contra-indications and reports without a clearance, newest first; of one patient or of all. One query.
///
/// # Errors
/// The database's own.
pub fn open_reports(conn: &mut Conn, patient: Option<PatientId>) -> Result<Vec<Screening>, AppError> {
    let found = screenings::asked_in.eq("report").or(screenings::flags.ne(""));
    let open = screenings::table
        .left_join(clearances::table.on(clearances::screening_id.eq(screenings::id)))
        .filter(clearances::screening_id.is_null())
        .filter(found.nullable().or(screenings::contraindications.ne("")))
        .order((screenings::recorded_at.desc(), screenings::id.desc()))
        .select(COLUMNS);
    let rows: Vec<Row> = match patient {
        Some(id) => open.filter(screenings::patient_id.eq(id.0)).load(conn)?,
        None => open.load(conn)?,
    };
    Ok(rows.into_iter().map(Screening::from).collect())
}

/// What these patients themselves reported since a moment, cleared or not, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn reports(conn: &mut Conn, of: &[PatientId], since: NaiveDateTime) -> Result<Vec<Screening>, AppError> {
    let rows: Vec<Row> = screenings::table
        .filter(screenings::patient_id.eq_any(of.iter().map(|patient| patient.0)))
        .filter(screenings::asked_in.eq(AskedIn::Report.word()))
        .filter(screenings::recorded_at.ge(since))
        .order((screenings::recorded_at, screenings::id))
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(Screening::from).collect())
}

/// When staff last asked all questions. One query.
pub fn last_screened(conn: &mut Conn, patient: PatientId) -> Result<Option<NaiveDateTime>, AppError> {
    Ok(screenings::table
        .filter(screenings::patient_id.eq(patient.0))
        .filter(screenings::asked_in.eq("clinic"))
        .order(screenings::recorded_at.desc())
        .select(screenings::recorded_at)
        .first(conn)
        .optional()?)
}

/// When staff last asked each of these patients all questions. One query.
pub fn last_screened_of(conn: &mut Conn, of: &[PatientId]) -> Result<Vec<(PatientId, NaiveDateTime)>, AppError> {
    let rows: Vec<(i64, Option<NaiveDateTime>)> = screenings::table
        .filter(screenings::patient_id.eq_any(of.iter().map(|patient| patient.0)))
        .filter(screenings::asked_in.eq("clinic"))
        .group_by(screenings::patient_id)
        .select((screenings::patient_id, diesel::dsl::max(screenings::recorded_at)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(patient, at)| Some((PatientId(patient), at?))).collect())
}

type ClearanceColumns = Option<(String, i64, NaiveDateTime)>;

/// Every screening and report of a patient with what came of it, newest first. Two queries.
///
/// # Errors
/// The database's own.
pub fn screenings(conn: &mut Conn, patient: PatientId) -> Result<Vec<Answered>, AppError> {
    let rows: Vec<(Row, i64, ClearanceColumns)> = screenings::table
        .left_join(clearances::table.on(clearances::screening_id.eq(screenings::id)))
        .filter(screenings::patient_id.eq(patient.0))
        .order((screenings::recorded_at.desc(), screenings::id.desc()))
        .select((COLUMNS, screenings::recorded_by, (clearances::reason, clearances::cleared_by, clearances::cleared_at).nullable()))
        .load(conn)?;
    let who = rows.iter().flat_map(|(_, by, cleared)| [Some(*by), cleared.as_ref().map(|(_, by, _)| *by)]).flatten();
    let names: HashMap<i64, String> = people::table
        .filter(people::id.eq_any(who.collect::<Vec<_>>()))
        .select((people::id, people::name))
        .load(conn)?
        .into_iter()
        .collect();
    let name = |id: i64| names.get(&id).cloned().unwrap_or_else(|| "someone who has left".to_owned());
    Ok(rows
        .into_iter()
        .map(|(row, by, cleared)| Answered {
            screening: row.into(),
            by: name(by),
            clearance: cleared.map(|(reason, by, at)| Clearance { reason, by: name(by), at }),
        })
        .collect())
}
