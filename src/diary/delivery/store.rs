//! Receipts in the database.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::receipts;
use crate::error::AppError;
use crate::ids::PatientId;

/// How long a receipt is kept: a phone that comes back later than this is stopped by the days that can be entered.
fn life() -> TimeDelta {
    TimeDelta::days(30)
}

/// Whether an entry with this key has been saved.
pub fn is_known(conn: &mut Conn, patient: PatientId, key: &str) -> Result<bool, AppError> {
    let found = receipts::table.find((patient.0, key)).select(receipts::patient_id).first::<i64>(conn).optional()?;
    Ok(found.is_some())
}

/// Keeps that it has been saved.
pub fn note(conn: &mut Conn, patient: PatientId, key: &str, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::insert_into(receipts::table)
        .values((receipts::patient_id.eq(patient.0), receipts::key.eq(key), receipts::arrived_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Deletes receipts nobody will ask for any more.
///
/// # Errors
/// The database's own.
pub fn forget_receipts(conn: &mut Conn, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::delete(receipts::table.filter(receipts::arrived_at.le(now - life()))).execute(conn)?;
    Ok(())
}
