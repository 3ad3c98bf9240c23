//! Corrections in the database.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Correction, Place};
use crate::db::Conn;
use crate::db::schema::corrections as corrected;
use crate::diary::Writer;
use crate::error::AppError;
use crate::ids::{PatientId, PersonId, PrescriptionId};

/// Keeps what was said before beside what is said now.
pub fn correct(conn: &mut Conn, writer: Writer, place: Place, about: &str, was: &str, became: &str) -> Result<(), AppError> {
    diesel::insert_into(corrected::table)
        .values((
            corrected::patient_id.eq(writer.patient.0),
            corrected::about.eq(about),
            corrected::about_day.eq(place.day),
            corrected::ordinal.eq(place.ordinal),
            corrected::prescription_id.eq(place.prescription.map(|id| id.0)),
            corrected::was.eq(was),
            corrected::became.eq(became),
            corrected::corrected_by.eq(PersonId::from(writer.patient).0),
            corrected::corrected_at.eq(writer.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// What was corrected about days since `from`, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn corrections(conn: &mut Conn, patient: PatientId, from: NaiveDate) -> Result<Vec<Correction>, AppError> {
    type Row = (String, NaiveDate, Option<i32>, Option<i64>, String, String, NaiveDateTime);
    let rows: Vec<Row> = corrected::table
        .filter(corrected::patient_id.eq(patient.0))
        .filter(corrected::about_day.ge(from))
        .order(corrected::id)
        .select((
            corrected::about,
            corrected::about_day,
            corrected::ordinal,
            corrected::prescription_id,
            corrected::was,
            corrected::became,
            corrected::corrected_at,
        ))
        .load(conn)?;
    let correction = |(about, day, ordinal, prescription, was, became, at): Row| {
        let place = Place { day, ordinal, prescription: prescription.map(PrescriptionId) };
        Correction { about, place, was, became, at }
    };
    Ok(rows.into_iter().map(correction).collect())
}
