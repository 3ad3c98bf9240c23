//! Staff: reading what a patient asks for, and settling it with a word.

use actix_web::web;

use super::domain::Request;
use super::pages::RequestPage;
use super::{form, store};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::{ChangeRequestId, PatientId};
use crate::patients;
use crate::plans;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// `GET /clinic/requests/{id}`
///
/// # Errors
/// See [`AppError`].
pub async fn request(staff: Staff, page: Page, id: web::Path<ChangeRequestId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    let page = request_page(id, page, Fields::default(), Errors::default(), &db).await?;
    let patient = page.patient.id;
    db.write(Lock::Trail, move |conn| note(conn, &staff, patient, now, "looked at what the patient asks for")).await?;
    html(&page)
}

async fn request_page(id: ChangeRequestId, page: Page, fields: Fields, errors: Errors, db: &Db) -> Result<RequestPage, AppError> {
    let (request, patient, slot) = db
        .read(move |conn| {
            let request = store::one(conn, id)?.ok_or(AppError::NotFound)?;
            let patient = patients::profile(conn, request.patient)?.ok_or(AppError::NotFound)?;
            let version = plans::publication(conn, request.patient, request.plan, request.version)?;
            let slot = version.zip(request.prescription).and_then(|(version, id)| version.snapshot.slot(id).cloned());
            Ok((request, patient, slot))
        })
        .await?;
    Ok(RequestPage { page, patient, request, slot, fields, errors })
}

/// `POST /clinic/requests/{id}/replies`: a word settles it, and the patient reads it.
///
/// # Errors
/// See [`AppError`].
pub async fn reply(staff: Staff, page: Page, id: web::Path<ChangeRequestId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now, read) = (*id, page.now, form::reply(&fields));
    let patient = db.look(move |conn| store::one(conn, id)).await?.ok_or(AppError::NotFound)?.patient;
    let outcome = match read {
        Ok(words) => {
            db.write(Lock::Patient(patient.0), move |conn| {
                let request = store::one(conn, id)?.ok_or(AppError::NotFound)?;
                if waits(&request, words.as_str())? {
                    store::settle(conn, id, words.as_str(), staff.id, now)?;
                    note(conn, &staff, patient, now, "answered what the patient asks for")?;
                }
                Ok(())
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(()) => see_other(&format!("/clinic/patients/{patient}?done=replied")),
        Err(AppError::Invalid(invalid)) => refused(&request_page(id, page, fields, Errors(invalid), &db).await?),
        Err(error) => Err(error),
    }
}

/// Whether the request waits for these words; the same words again are no second answer.
fn waits(request: &Request, words: &str) -> Result<bool, Invalid> {
    match &request.settled {
        None => Ok(true),
        Some(settled) if settled.words == words => Ok(false),
        Some(settled) => Err(Invalid::one("reason", format!("{} has answered already", settled.by))),
    }
}

fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: chrono::NaiveDateTime, verb: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
    Ok(audit::record(conn, &entry)?)
}
