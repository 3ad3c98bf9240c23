//! Staff: assessing a patient.

use actix_web::web;

use super::super::physio::{known, note};
use super::domain::Findings;
use super::pages::AssessmentPage;
use super::{form, store};
use crate::db::{Db, Lock};
use crate::error::AppError;
use crate::ids::PatientId;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// `GET /clinic/patients/{id}/assessment`: the form, filled in with the findings that count.
///
/// # Errors
/// See [`AppError`].
pub async fn form(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (patient, now) = (*id, page.now);
    db.write(Lock::Trail, move |conn| {
        known(conn, patient)?;
        note(conn, &staff, patient, now, "looked at the assessment", "")
    })
    .await?;
    html(&assessment_page(page, patient, &db, None).await?)
}

/// `POST /clinic/patients/{id}/assessment`
///
/// # Errors
/// See [`AppError`].
pub async fn assess(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    match form::findings(&fields) {
        Ok(found) => {
            db.write(Lock::Patient(id.0), move |conn| {
                known(conn, id)?;
                store::add(conn, id, &found, staff.id, now)?;
                note(conn, &staff, id, now, "recorded an assessment", &summary(&found))
            })
            .await?;
            see_other(&format!("/clinic/patients/{id}?done=assessed"))
        }
        Err(invalid) => refused(&assessment_page(page, id, &db, Some((fields, Errors(invalid)))).await?),
    }
}

fn summary(found: &Findings) -> String {
    format!("conditions: {}; {}", found.conditions_in_words(), found.irritability_in_words())
}

async fn assessment_page(page: Page, id: PatientId, db: &Db, typed: Option<(Fields, Errors)>) -> Result<AssessmentPage, AppError> {
    let (patient, history) = db.read(move |conn| Ok((known(conn, id)?, store::history(conn, id)?))).await?;
    let saved = || (history.first().map(|newest| form::fields_of(&newest.findings)).unwrap_or_default(), Errors::default());
    let (fields, errors) = typed.unwrap_or_else(saved);
    Ok(AssessmentPage { page, patient, history, fields, errors })
}
