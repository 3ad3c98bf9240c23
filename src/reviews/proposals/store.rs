//! Answers to proposals, and confirmed criteria, in the database. Writes need the patient's lock.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::form::Confirming;
use crate::db::Conn;
use crate::db::schema::{confirmations, people, proposal_answers as answers};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId, PlanId};
use crate::progress::proposals::{Answer, Proposal};

/// An answer to be kept.
pub struct NewAnswer<'a> {
    /// Whose plan it is about.
    pub patient: PatientId,
    /// The proposal.
    pub proposal: &'a Proposal,
    /// What became of it.
    pub answer: Answer,
    /// Why; empty where the proposal says it.
    pub reason: &'a str,
}

/// Keeps an answer; the same again is no second one.
pub fn keep(conn: &mut Conn, new: &NewAnswer<'_>, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let proposal = new.proposal;
    if has(conn, new.patient, &proposal.fingerprint, new.answer)? {
        return Ok(());
    }
    let (about, about_id) = proposal.about.named();
    diesel::insert_into(answers::table)
        .values((
            answers::patient_id.eq(new.patient.0),
            answers::plan_id.eq(proposal.plan.0),
            answers::version.eq(proposal.version),
            answers::about.eq(about),
            answers::about_id.eq(about_id),
            answers::rule.eq(proposal.rule.word()),
            answers::fingerprint.eq(&proposal.fingerprint),
            answers::name.eq(&proposal.name),
            answers::evidence.eq(&proposal.evidence),
            answers::change.eq(&proposal.change),
            (answers::answer.eq(new.answer.word()), answers::reason.eq(new.reason)),
            answers::answered_by.eq(by.0),
            answers::answered_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether a proposal was answered like this.
pub fn has(conn: &mut Conn, patient: PatientId, fingerprint: &str, answer: Answer) -> Result<bool, AppError> {
    let same = answers::table
        .filter(answers::patient_id.eq(patient.0))
        .filter(answers::fingerprint.eq(fingerprint))
        .filter(answers::answer.eq(answer.word()));
    Ok(same.count().get_result::<i64>(conn)? > 0)
}

/// An answer as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The plan.
    pub plan: PlanId,
    /// What the proposal was about.
    pub name: String,
    /// What it rested on.
    pub evidence: String,
    /// What it would change.
    pub change: String,
    /// What became of it.
    pub answer: Answer,
    /// Why; empty where the evidence says it.
    pub reason: String,
    /// Who answered.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

type GivenRow = (i64, String, String, String, String, String, Option<String>, NaiveDateTime);

/// The newest answers to a patient's proposals, newest first. One query.
///
/// # Errors
/// The database's own.
pub fn given(conn: &mut Conn, patient: PatientId, most: i64) -> Result<Vec<Given>, AppError> {
    let rows: Vec<GivenRow> = answers::table
        .left_join(people::table.on(people::id.eq(answers::answered_by)))
        .filter(answers::patient_id.eq(patient.0))
        .order(answers::id.desc())
        .limit(most)
        .select((
            answers::plan_id,
            answers::name,
            answers::evidence,
            answers::change,
            answers::answer,
            answers::reason,
            people::name.nullable(),
            answers::answered_at,
        ))
        .load(conn)?;
    let given = |(plan, name, evidence, change, answer, reason, by, at): GivenRow| {
        let answer = Answer::from_word(&answer).ok_or_else(|| AppError::Internal(format!("the unknown answer {answer} to a proposal")))?;
        let by = by.unwrap_or_else(|| "someone who has left".to_owned());
        Ok(Given { plan: PlanId(plan), name, evidence, change, answer, reason, by, at })
    };
    rows.into_iter().map(given).collect()
}

/// Keeps what a physio says of a criterion; the same as the newest word about it is no second one.
pub fn confirm(
    conn: &mut Conn,
    (patient, plan): (PatientId, PlanId),
    said: &Confirming,
    by: PersonId,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let newest: Option<bool> = confirmations::table
        .filter(confirmations::patient_id.eq(patient.0))
        .filter(confirmations::plan_id.eq(plan.0))
        .filter(confirmations::phase_id.eq(said.phase.0))
        .filter(confirmations::criterion.eq(&said.criterion))
        .order(confirmations::id.desc())
        .select(confirmations::holds)
        .first(conn)
        .optional()?;
    if newest == Some(said.holds) {
        return Ok(());
    }
    diesel::insert_into(confirmations::table)
        .values((
            confirmations::patient_id.eq(patient.0),
            confirmations::plan_id.eq(plan.0),
            confirmations::phase_id.eq(said.phase.0),
            confirmations::criterion.eq(&said.criterion),
            confirmations::holds.eq(said.holds),
            confirmations::confirmed_by.eq(by.0),
            confirmations::confirmed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
