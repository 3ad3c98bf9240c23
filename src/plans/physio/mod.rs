//! Staff: building a plan, publishing it, and moving the patient through it.

pub mod publication;
pub mod states;
pub mod versions;

use actix_web::web;
use chrono::NaiveDateTime;

use super::builder::{self, note};
use super::domain::{Current, Draft, Subject};
use super::rules::Checked;
use super::store;
use crate::db::{Conn, Db, Lock};
use crate::error::AppError;
use crate::exercises::Library;
use crate::ids::{PatientId, PersonId, PlanId};
use crate::patients::{self, Profile, Standing};
use crate::web::{Answer, Fields, Page, Staff, see_other};

/// `POST /clinic/patients/{id}/plans`: begins a plan, or finds the one begun; `from=last` fills it with the last plan's phases.
///
/// # Errors
/// See [`AppError`].
pub async fn create(staff: Staff, page: Page, patient: web::Path<PatientId>, db: web::Data<Db>, fields: Fields) -> Answer {
    let (patient, now, last) = (*patient, page.now, fields.is("from", "last"));
    let plan = db
        .write(Lock::Patient(patient.0), move |conn| {
            patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
            let plan = store::create(conn, patient, staff.id, now)?;
            if last {
                copy_last(conn, (plan, patient), staff.id, now)?;
            }
            note(conn, &staff, patient, now, "began a plan")?;
            Ok(plan)
        })
        .await?;
    see_other(&format!("/clinic/plans/{plan}"))
}

/// Fills a plan that is still empty with what the last one says.
fn copy_last(conn: &mut Conn, (plan, patient): (PlanId, PatientId), by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let empty = store::draft(conn, plan)?.ok_or(AppError::NotFound)?;
    let last = store::current(conn, patient)?.map(|current| current.publication.plan).filter(|last| *last != plan);
    let last = last.map(|last| store::draft(conn, last)).transpose()?.flatten();
    let Some(last) = last.filter(|_| empty.prescriptions().next().is_none()) else { return Ok(()) };
    builder::copy(conn, &empty, &last, ("copied the last plan", by, now))
}

/// What the publication page reads.
struct Loaded {
    draft: Draft,
    /// The plan as published, when it is this one.
    current: Option<Current>,
    patient: Profile,
    standing: Standing,
    /// The draft held against the rules.
    checked: Checked,
}

fn load(conn: &mut Conn, plan: PlanId, library: &Library) -> Result<Loaded, AppError> {
    let draft = store::draft(conn, plan)?.ok_or(AppError::NotFound)?;
    let patient = draft.of.patient().ok_or(AppError::NotFound)?;
    let current = published(conn, &draft)?;
    let standing = patients::standing(conn, patient)?;
    let patient = patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
    let checked = Checked::load(conn, &draft, &standing, library)?;
    Ok(Loaded { draft, current, patient, standing, checked })
}

/// The published version of this very plan.
pub(super) fn published(conn: &mut Conn, draft: &Draft) -> Result<Option<Current>, AppError> {
    let Subject::Plan(plan, patient) = draft.of else { return Ok(None) };
    Ok(store::current(conn, patient)?.filter(|current| current.publication.plan == plan))
}
