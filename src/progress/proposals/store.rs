//! What the rules read from the database: as many queries for many patients as for one.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::domain::{Answer, Answered, Confirmed, Evidence};
use crate::db::Conn;
use crate::db::schema::{confirmations, people, proposal_answers};
use crate::diary::measurements;
use crate::error::AppError;
use crate::ids::{PatientId, PhaseId, PlanId};
use crate::plans::programmes::rulebook::Key;
use crate::{diary, patients};

/// Weeks of the diary the rules read.
pub const WEEKS: i64 = 6;

/// What the rules know of a patient on a day. Fourteen queries.
///
/// # Errors
/// The database's own.
pub fn evidence(
    conn: &mut Conn,
    patient: PatientId,
    today: NaiveDate,
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Evidence, AppError> {
    Ok(evidences(conn, &[patient], today, day_of)?.remove(&patient).unwrap_or_default())
}

/// The same of a patient whose diary is read already, for [`WEEKS`] at least. Three queries.
///
/// # Errors
/// The database's own.
pub fn gathered(
    conn: &mut Conn,
    patient: PatientId,
    known: Evidence,
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Evidence, AppError> {
    Ok(Evidence {
        measured: measurements::measured(conn, patient)?,
        confirmed: confirmed_of(conn, &[patient], &day_of)?.into_iter().map(|(_, confirmed)| confirmed).collect(),
        answered: answered_of(conn, &[patient], &day_of)?.into_iter().map(|(_, answered)| answered).collect(),
        ..known
    })
}

/// What the rules know of these patients on a day; each of them has it. Fourteen queries, however many they are. `day_of` says on which day
/// at the clinic a moment fell.
///
/// # Errors
/// The database's own.
pub fn evidences(
    conn: &mut Conn,
    of: &[PatientId],
    today: NaiveDate,
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<HashMap<PatientId, Evidence>, AppError> {
    let records = diary::records(conn, of, (today - TimeDelta::weeks(WEEKS), today), &day_of)?;
    let with = |(patient, record)| (patient, Evidence { record, today, ..Evidence::default() });
    let mut known: HashMap<PatientId, Evidence> = records.into_iter().map(with).collect();
    for (patient, found) in measurements::measured_of(conn, of)? {
        known.entry(patient).or_default().measured.push(found);
    }
    for (patient, (standing, sore)) in patients::standings(conn, of)? {
        let evidence = known.entry(patient).or_default();
        (evidence.standing, evidence.sore) = (standing, Some(sore));
    }
    for (patient, confirmed) in confirmed_of(conn, of, &day_of)? {
        known.entry(patient).or_default().confirmed.push(confirmed);
    }
    for (patient, answered) in answered_of(conn, of, &day_of)? {
        known.entry(patient).or_default().answered.push(answered);
    }
    Ok(known)
}

type ConfirmedRow = (i64, i64, String, bool, Option<String>, NaiveDateTime);

fn confirmed_of(
    conn: &mut Conn,
    of: &[PatientId],
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Vec<(PatientId, Confirmed)>, AppError> {
    let rows: Vec<ConfirmedRow> = confirmations::table
        .left_join(people::table.on(people::id.eq(confirmations::confirmed_by)))
        .filter(confirmations::patient_id.eq_any(of.iter().map(|patient| patient.0)))
        .order(confirmations::id)
        .select((
            confirmations::patient_id,
            confirmations::phase_id,
            confirmations::criterion,
            confirmations::holds,
            people::name.nullable(),
            confirmations::confirmed_at,
        ))
        .load(conn)?;
    let confirmed = |(patient, phase, criterion, holds, by, at): ConfirmedRow| {
        let by = by.unwrap_or_else(|| "someone who has left".to_owned());
        (PatientId(patient), Confirmed { phase: PhaseId(phase), criterion, holds, by, day: day_of(at) })
    };
    Ok(rows.into_iter().map(confirmed).collect())
}

type AnsweredRow = (i64, i64, i32, String, String, String, NaiveDateTime);

fn answered_of(
    conn: &mut Conn,
    of: &[PatientId],
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Vec<(PatientId, Answered)>, AppError> {
    let rows: Vec<AnsweredRow> = proposal_answers::table
        .filter(proposal_answers::patient_id.eq_any(of.iter().map(|patient| patient.0)))
        .order(proposal_answers::id)
        .select((
            proposal_answers::patient_id,
            proposal_answers::plan_id,
            proposal_answers::version,
            proposal_answers::rule,
            proposal_answers::fingerprint,
            proposal_answers::answer,
            proposal_answers::answered_at,
        ))
        .load(conn)?;
    let answered = |(patient, plan, version, rule, fingerprint, answer, at): AnsweredRow| {
        let unknown = || AppError::Internal(format!("an answer to the proposal {fingerprint} cannot be read"));
        let (rule, answer) = Key::from_word(&rule).zip(Answer::from_word(&answer)).ok_or_else(unknown)?;
        Ok((PatientId(patient), Answered { plan: PlanId(plan), version, rule, fingerprint, answer, day: day_of(at) }))
    };
    rows.into_iter().map(answered).collect()
}
