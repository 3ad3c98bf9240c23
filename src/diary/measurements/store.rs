//! Measurements in the database. Writes need the patient's lock.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::super::domain::LoggedSide;
use super::domain::{BoneStress, Measured, Measurement, NewMeasurement, Said, Struck, Value};
use crate::db::Conn;
use crate::db::schema::{bone_stress_exclusions as exclusions, check_ins, measured_values, measurements, people, struck_measurements};
use crate::error::{AppError, Invalid};
use crate::ids::{MeasurementId, PatientId, PersonId};
use crate::patients;
use crate::text::Reason;

/// The same again within this time is a second press.
pub(in crate::diary) const ONE_PRESS: TimeDelta = TimeDelta::minutes(10);

/// Whose record is written, by whom and when.
#[derive(Debug, Clone, Copy)]
pub struct By {
    /// Whose record.
    pub patient: PatientId,
    /// Who writes.
    pub person: PersonId,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

impl By {
    /// Whether the patient writes.
    #[must_use]
    pub fn is_patient(&self) -> bool {
        self.person == self.patient.into()
    }
}

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

/// Who these are, by their numbers. One query.
pub(in crate::diary) fn names(conn: &mut Conn, of: impl IntoIterator<Item = i64>) -> Result<HashMap<i64, String>, AppError> {
    let of: Vec<i64> = of.into_iter().collect();
    Ok(people::table.filter(people::id.eq_any(of)).select((people::id, people::name)).load(conn)?.into_iter().collect())
}

/// Someone's name, also when they have left.
pub(in crate::diary) fn name_of(names: &HashMap<i64, String>, id: i64) -> String {
    names.get(&id).cloned().unwrap_or_else(|| "someone who has left".to_owned())
}

/// Every measurement of a patient with what was written down, newest first, those struck out too. Three queries.
///
/// # Errors
/// The database's own.
pub fn all(conn: &mut Conn, patient: PatientId) -> Result<Vec<Measurement>, AppError> {
    type Row = (i64, String, NaiveDate, String, i64, NaiveDateTime, Option<(String, i64, NaiveDateTime)>);
    type Written = (i64, String, String, Option<i32>, String, bool);
    let strikes = (struck_measurements::reason, struck_measurements::struck_by, struck_measurements::struck_at);
    let rows: Vec<Row> = measurements::table
        .left_join(struck_measurements::table)
        .filter(measurements::patient_id.eq(patient.0))
        .order((measurements::measured_on.desc(), measurements::id.desc()))
        .select((
            measurements::id,
            measurements::test,
            measurements::measured_on,
            measurements::note,
            measurements::entered_by,
            measurements::entered_at,
            strikes.nullable(),
        ))
        .load(conn)?;
    let written: Vec<Written> = measured_values::table
        .inner_join(measurements::table)
        .filter(measurements::patient_id.eq(patient.0))
        .order(measured_values::id)
        .select((
            measured_values::measurement_id,
            measured_values::measure,
            measured_values::side,
            measured_values::value,
            measured_values::words,
            measured_values::counts,
        ))
        .load(conn)?;
    let mut values: HashMap<i64, Vec<Value>> = HashMap::new();
    for (id, measure, side, value, words, counts) in written {
        let Some(side) = LoggedSide::from_word(&side) else { continue };
        values.entry(id).or_default().push(Value { measure, side, value, words, counts });
    }
    let who = names(conn, rows.iter().flat_map(|row| [Some(row.4), row.6.as_ref().map(|(_, by, _)| *by)]).flatten())?;
    let measurement = |(id, test, day, note, by, at, struck): Row| Measurement {
        id: MeasurementId(id),
        found: NewMeasurement { test, day, values: values.remove(&id).unwrap_or_default(), note },
        by: PersonId(by),
        by_name: name_of(&who, by),
        at,
        struck: struck.map(|(reason, by, at)| Struck { reason, by: name_of(&who, by), at }),
    };
    Ok(rows.into_iter().map(measurement).collect())
}

/// Keeps what was found. The same of the same day again at once is a second press.
///
/// # Errors
/// The database's own.
pub fn add(conn: &mut Conn, by: By, new: &NewMeasurement) -> Result<(), AppError> {
    let again =
        |known: &Measurement| known.struck.is_none() && known.by == by.person && known.found == *new && by.now - known.at < ONE_PRESS;
    if all(conn, by.patient)?.iter().any(again) {
        return Ok(());
    }
    let id: i64 = diesel::insert_into(measurements::table)
        .values((
            measurements::patient_id.eq(by.patient.0),
            measurements::test.eq(&new.test),
            measurements::measured_on.eq(new.day),
            measurements::note.eq(&new.note),
            measurements::entered_by.eq(by.person.0),
            measurements::entered_at.eq(by.now),
        ))
        .returning(measurements::id)
        .get_result(conn)?;
    for value in &new.values {
        diesel::insert_into(measured_values::table)
            .values((
                measured_values::measurement_id.eq(id),
                measured_values::measure.eq(&value.measure),
                measured_values::side.eq(value.side.word()),
                measured_values::value.eq(value.value),
                measured_values::words.eq(&value.words),
                measured_values::counts.eq(value.counts),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Strikes a measurement out; it stays to be read. A patient strikes out only what they entered themselves.
///
/// # Errors
/// [`AppError::NotFound`] for another patient's; on the field `of` when a patient would strike out what the clinic measured.
pub fn strike(conn: &mut Conn, by: By, id: MeasurementId, reason: &Reason) -> Result<(), AppError> {
    let entered_by: Option<i64> = measurements::table
        .filter(measurements::id.eq(id.0))
        .filter(measurements::patient_id.eq(by.patient.0))
        .select(measurements::entered_by)
        .first(conn)
        .optional()?;
    let entered_by = entered_by.ok_or(AppError::NotFound)?;
    if by.is_patient() && entered_by != by.person.0 {
        return Err(Invalid::one("of", "The clinic measured this; write to your physio if it is wrong").into());
    }
    let known: i64 = struck_measurements::table.filter(struck_measurements::measurement_id.eq(id.0)).count().get_result(conn)?;
    if known > 0 {
        return Ok(());
    }
    diesel::insert_into(struck_measurements::table)
        .values((
            struck_measurements::measurement_id.eq(id.0),
            struck_measurements::reason.eq(reason.as_str()),
            struck_measurements::struck_by.eq(by.person.0),
            struck_measurements::struck_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps what a clinician says about a stress injury of the bone; the same again at once is a second press.
///
/// # Errors
/// The database's own.
pub fn say_bone_stress(conn: &mut Conn, by: By, excluded: bool, words: &Reason) -> Result<(), AppError> {
    let known = bone_stress(conn, by.patient)?.said;
    if known.is_some_and(|said| said.excluded == excluded && said.words == words.as_str() && by.now - said.at < ONE_PRESS) {
        return Ok(());
    }
    diesel::insert_into(exclusions::table)
        .values((
            exclusions::patient_id.eq(by.patient.0),
            exclusions::excluded.eq(if excluded { "yes" } else { "no" }),
            exclusions::words.eq(words.as_str()),
            exclusions::decided_by.eq(by.person.0),
            exclusions::decided_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Warning signs that speak of the bone: a deep ache in the groin, pain at night, bones at risk, growing groin pain, and a stress fracture
/// that somebody found or thought of.
const OF_THE_BONE: [&str; 5] = ["RF7", "RF8", "RF9", "RF11", "CI1"];

/// What a clinician said last about a stress injury of the bone, and what was reported or answered since. Four queries.
///
/// # Errors
/// The database's own.
pub fn bone_stress(conn: &mut Conn, patient: PatientId) -> Result<BoneStress, AppError> {
    type Row = (String, String, NaiveDateTime, Option<String>);
    let said: Option<Row> = exclusions::table
        .left_join(people::table.on(people::id.eq(exclusions::decided_by)))
        .filter(exclusions::patient_id.eq(patient.0))
        .order(exclusions::id.desc())
        .select((exclusions::excluded, exclusions::words, exclusions::decided_at, people::name.nullable()))
        .first(conn)
        .optional()?;
    let said = said.map(|(excluded, words, at, by)| Said {
        excluded: excluded == "yes",
        words,
        by: by.unwrap_or_else(|| "someone who has left".to_owned()),
        at,
    });
    let since = said.as_ref().map(|said| said.at).unwrap_or_default();
    let reported = patients::screenings(conn, patient)?.into_iter().map(|answered| answered.screening);
    let reported = reported.filter(|screening| screening.at > since).find_map(|screening| {
        let found: Vec<&str> = screening.found().into_iter().filter(|(_, key)| OF_THE_BONE.contains(key)).map(|(short, _)| short).collect();
        (!found.is_empty()).then(|| (screening.at, found.join("; ")))
    });
    let night: Option<NaiveDateTime> = check_ins::table
        .filter(check_ins::patient_id.eq(patient.0))
        .filter(check_ins::night_pain.eq("yes"))
        .filter(check_ins::recorded_at.gt(since))
        .order(check_ins::recorded_at.desc())
        .select(check_ins::recorded_at)
        .first(conn)
        .optional()?;
    let alarm = reported.or_else(|| night.map(|at| (at, "pain in the night, said in the morning check-in".to_owned())));
    Ok(BoneStress { said, alarm })
}
