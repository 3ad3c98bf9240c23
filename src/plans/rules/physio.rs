//! Staff: giving an exercise although a rule warns.

use std::sync::Arc;

use actix_web::web;

use super::domain::Warning;
use super::form::{Overriding, overriding};
use super::pages::{Checked, OverridePage};
use super::store;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::AppError;
use crate::exercises::Library;
use crate::exercises::desk::Desk;
use crate::ids::{PatientId, PlanId, PrescriptionId};
use crate::patients::{self, Profile};
use crate::web::{Answer, Errors, Fields, html, refused, see_other};

/// `GET /clinic/plans/{id}/prescriptions/{prescription}/overrides`: the warnings of one exercise, and the form.
///
/// # Errors
/// See [`AppError`].
pub async fn form(desk: Desk, path: web::Path<(PlanId, PrescriptionId)>) -> Answer {
    let (plan, id) = path.into_inner();
    let (patient, staff, now) = (patient_of(&desk.db, plan).await?, desk.staff.clone(), desk.page.now);
    let entry = move |conn: &mut Conn| {
        let verb = "looked at the warnings of the plan";
        let entry = Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
        Ok(audit::record(conn, &entry)?)
    };
    desk.db.write(Lock::Trail, entry).await?;
    html(&override_page(desk, plan, id, Fields::default(), Errors::default()).await?)
}

/// `POST /clinic/plans/{id}/prescriptions/{prescription}/overrides`: the warnings that were shown stay in the record with the reason.
/// Pressed twice they are overridden already, which is what was wanted.
///
/// # Errors
/// See [`AppError`].
pub async fn create(desk: Desk, path: web::Path<(PlanId, PrescriptionId)>, fields: Fields) -> Answer {
    let (plan, id) = path.into_inner();
    let patient = patient_of(&desk.db, plan).await?;
    let outcome = match overriding(&fields) {
        Ok(given) => {
            let (staff, now, library) = (desk.staff.clone(), desk.page.now, desk.library.clone());
            desk.db
                .write(Lock::Patient(patient.0), move |conn| {
                    let checked = Case::load(conn, plan, id, &library)?.checked;
                    let open = wanted(&checked, &given);
                    store::override_warnings(conn, plan, open.iter().copied(), given.reason.as_str(), staff.id, now)?;
                    let rules = open.iter().map(|warning| warning.finding.rule.word()).collect::<Vec<_>>().join(", ");
                    let (verb, detail) = ("overrode a warning of the plan", format!("{rules}: {}", given.reason));
                    let entry =
                        Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: &detail };
                    if open.is_empty() { Ok(()) } else { Ok(audit::record(conn, &entry)?) }
                })
                .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(()) => see_other(&format!("/clinic/plans/{plan}?done=overridden#rx{id}")),
        Err(AppError::Invalid(invalid)) => refused(&override_page(desk, plan, id, fields, Errors(invalid)).await?),
        Err(error) => Err(error),
    }
}

/// The warnings the form showed that nobody has overridden yet.
fn wanted<'a>(checked: &'a Checked, given: &Overriding) -> Vec<&'a Warning> {
    let shown = checked.open().into_iter().filter(|view| given.rules.iter().any(|rule| rule == view.rule()));
    shown.map(|view| &view.warning).collect()
}

/// An exercise of a draft with what the rules say of it.
struct Case {
    patient: Profile,
    exercise: String,
    checked: Checked,
}

impl Case {
    fn load(conn: &mut Conn, plan: PlanId, id: PrescriptionId, library: &Arc<Library>) -> Result<Self, AppError> {
        let draft = super::super::draft(conn, plan)?.ok_or(AppError::NotFound)?;
        let exercise = draft.prescription(id).map(|prescription| prescription.exercise.clone()).ok_or(AppError::NotFound)?;
        let patient = draft.of.patient().ok_or(AppError::NotFound)?;
        let standing = patients::standing(conn, patient)?;
        let mut checked = Checked::load(conn, &draft, &standing, library)?;
        checked.warnings.retain(|view| view.warning.prescription == id);
        let patient = patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
        Ok(Self { patient, exercise, checked })
    }
}

async fn patient_of(db: &Db, plan: PlanId) -> Result<PatientId, AppError> {
    let draft = db.look(move |conn| super::super::draft(conn, plan)).await?;
    draft.and_then(|draft| draft.of.patient()).ok_or(AppError::NotFound)
}

async fn override_page(desk: Desk, plan: PlanId, id: PrescriptionId, fields: Fields, errors: Errors) -> Result<OverridePage, AppError> {
    let library = desk.library.clone();
    let Case { patient, exercise, checked } = desk.db.read(move |conn| Case::load(conn, plan, id, &library)).await?;
    let name = desk.library.get(&exercise).map_or_else(|| exercise.clone(), |exercise| exercise.name.clone());
    Ok(OverridePage { page: desk.page, patient, plan, id, name, warnings: checked.warnings, fields, errors })
}
