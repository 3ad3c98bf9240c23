//! Measurements in the database. Writes need the patient's lock.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::domain::LoggedSide;
use super::domain::Measured;
use crate::db::Conn;
use crate::db::schema::{measured_values, measurements, struck_measurements};
use crate::error::AppError;
use crate::ids::PatientId;

/// The numbers of a patient that may be compared, oldest first: those struck out, and those taken without the control that the test
/// asks for, are left out. One query.
///
/// # Errors
/// The database's own.
pub fn measured(conn: &mut Conn, patient: PatientId) -> Result<Vec<Measured>, AppError> {
    Ok(measured_of(conn, &[patient])?.into_iter().map(|(_, measured)| measured).collect())
}

/// The same of several patients, each with whose it is; those of one patient oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn measured_of(conn: &mut Conn, patients: &[PatientId]) -> Result<Vec<(PatientId, Measured)>, AppError> {
    type Row = (i64, String, String, String, NaiveDate, Option<i32>);
    let whose: Vec<i64> = patients.iter().map(|patient| patient.0).collect();
    let rows: Vec<Row> = measured_values::table
        .inner_join(measurements::table.left_join(struck_measurements::table))
        .filter(measurements::patient_id.eq_any(&whose))
        .filter(struck_measurements::measurement_id.is_null())
        .filter(measured_values::counts.eq(true))
        .filter(measured_values::value.is_not_null())
        .order((measurements::patient_id, measurements::measured_on, measurements::id, measured_values::id))
        .select((
            measurements::patient_id,
            measurements::test,
            measured_values::measure,
            measured_values::side,
            measurements::measured_on,
            measured_values::value,
        ))
        .load(conn)?;
    let known = |(patient, test, measure, side, day, value): Row| {
        let (side, value) = (LoggedSide::from_word(&side)?, value?);
        Some((PatientId(patient), Measured { test, measure, side, day, value }))
    };
    Ok(rows.into_iter().filter_map(known).collect())
}
