//! Staff: pausing, resuming and finishing a plan, and moving the patient to another phase.

use actix_web::web;

use super::super::builder::Refused;
use super::super::domain::{Current, Draft, Of, State};
use super::super::store::NewStatus;
use super::super::{form, store};
use super::published;
use crate::db::Conn;
use crate::error::{AppError, Invalid};
use crate::exercises::desk::Desk;
use crate::ids::{PatientId, PhaseId, PlanId};
use crate::patients;
use crate::web::{Answer, Errors, Fields, see_other};

/// `POST /clinic/plans/{id}/states`: pause, resume or finish, with a reason.
///
/// # Errors
/// See [`AppError`].
pub async fn set(desk: Desk, plan: web::Path<PlanId>, fields: Fields) -> Answer {
    let plan = *plan;
    let outcome = match form::state(&fields) {
        Ok((state, reason)) => {
            desk.act((Of::Plans, plan.0), "changed the plan's state", move |conn, draft, act| {
                let phase = follow(conn, draft, state)?;
                store::set_status(conn, &NewStatus { plan, state, phase, reason: reason.as_str() }, act.staff.id, act.now)?;
                draft.of.patient().ok_or(AppError::NotFound)
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    back(desk, outcome, plan, "state", fields).await
}

/// Whether the plan may become this; says the phase the patient stays in.
fn follow(conn: &mut Conn, draft: &Draft, state: State) -> Result<PhaseId, AppError> {
    let Some(current) = published(conn, draft)? else {
        return Err(Invalid::one("state", "This plan has not been published yet").into());
    };
    if !state.may_follow(current.status.state) {
        let words = format!("The plan is {} already; it cannot become {} from there", current.status.state.word(), state.word());
        return Err(Invalid::one("state", words).into());
    }
    let patient = draft.of.patient().ok_or(AppError::NotFound)?;
    match patients::standing(conn, patient)?.obstacle() {
        Some(obstacle) if state == State::Running => Err(Invalid::one("state", obstacle).into()),
        _ => Ok(current.status.phase),
    }
}

/// `POST /clinic/plans/{id}/phase-starts`: moves the patient into a phase, with a reason.
///
/// # Errors
/// See [`AppError`].
pub async fn start_phase(desk: Desk, plan: web::Path<PlanId>, fields: Fields) -> Answer {
    let plan = *plan;
    let outcome = match form::phase_start(&fields) {
        Ok((phase, reason)) => {
            desk.act((Of::Plans, plan.0), "moved the patient to another phase", move |conn, draft, act| {
                let holds = |current: &Current| current.publication.snapshot.phases.iter().any(|part| part.id == phase);
                let Some(current) = published(conn, draft)?.filter(holds) else {
                    return Err(Invalid::one("phase", "Choose a phase of the published version").into());
                };
                let state = current.status.state;
                store::set_status(conn, &NewStatus { plan, state, phase, reason: reason.as_str() }, act.staff.id, act.now)?;
                draft.of.patient().ok_or(AppError::NotFound)
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    back(desk, outcome, plan, "phase", fields).await
}

/// Back to the patient, where the form stood, or the builder with what was refused.
async fn back(desk: Desk, outcome: Result<PatientId, AppError>, plan: PlanId, done: &str, fields: Fields) -> Answer {
    match outcome {
        Ok(patient) => see_other(&format!("/clinic/patients/{patient}?done={done}")),
        Err(AppError::Invalid(invalid)) => desk.refuse((Of::Plans, plan.0), Refused::Other(fields, Errors(invalid))).await,
        Err(error) => Err(error),
    }
}
