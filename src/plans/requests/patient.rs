//! The patient: telling the clinic that an exercise or the plan is done with, or does not suit.

use actix_web::{HttpRequest, web};

use super::domain::{MOST_OPEN, NewRequest};
use super::form::{self, Asked};
use super::pages::RequestFormPage;
use super::store;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::PatientId;
use crate::plans::{self, Current};
use crate::web::{Answer, Errors, Fields, Page, Patient, html, refused, see_other};

/// `GET /my/plan/requests/new`, with `?about=` an exercise. Without a plan there is nothing to ask about.
///
/// # Errors
/// See [`AppError`].
pub async fn form(patient: Patient, page: Page, request: HttpRequest, db: web::Data<Db>) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let fields = Fields::from_pairs([("about", asked.get("about"))]);
    match form_page(patient.id, page, fields, Errors::default(), &db).await? {
        Some(page) => html(&page),
        None => see_other("/my/plan"),
    }
}

async fn form_page(patient: PatientId, page: Page, fields: Fields, errors: Errors, db: &Db) -> Result<Option<RequestFormPage>, AppError> {
    let current = db.read(move |conn| plans::current(conn, patient)).await?;
    Ok(current.map(|current| RequestFormPage { page, current, fields, errors }))
}

/// `POST /my/plan/requests`: kept and told to the physio; the plan stays as it is.
///
/// # Errors
/// 404 for an exercise that is not in this patient's plan, or without a plan.
pub async fn ask(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now, read) = (patient.id, page.now, form::asked(&fields));
    let outcome = match read {
        Ok(asked) => db.write(Lock::Patient(id.0), move |conn| take(conn, &patient, asked, now)).await,
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(()) => see_other("/my/plan?done=told#told"),
        Err(AppError::Invalid(invalid)) => refused(&form_page(id, page, fields, Errors(invalid), &db).await?.ok_or(AppError::NotFound)?),
        Err(error) => Err(error),
    }
}

/// Keeps the request, unless it was sent a moment ago: a double tap is one request.
fn take(conn: &mut Conn, patient: &Patient, asked: Asked, now: chrono::NaiveDateTime) -> Result<(), AppError> {
    let current = plans::current(conn, patient.id)?.ok_or(AppError::NotFound)?;
    let new = request(&current, asked)?;
    let open = store::open(conn, Some(patient.id))?;
    if open.iter().any(|known| known.says_the_same(&new)) {
        return Ok(());
    }
    if open.len() >= MOST_OPEN {
        let words = format!("{MOST_OPEN} things you told us wait for your physio already. Ring the clinic, please");
        return Err(Invalid::one("matter", words).into());
    }
    store::add(conn, &new, now)?;
    let (actor, subject) = (Some(patient.id.into()), Some(patient.id.into()));
    let (verb, detail) = ("asked for a change of the plan", new.matter.word());
    Ok(audit::record(conn, &Entry { at: now, actor, name: &patient.name, verb, subject, detail })?)
}

/// The request about the version the patient reads; an exercise of the version before it may still stand in an open page.
fn request(current: &Current, Asked { about, matter, words }: Asked) -> Result<NewRequest, AppError> {
    let versions = [Some(&current.publication), current.previous.as_ref()];
    let (publication, name) = match about {
        None => (&current.publication, String::new()),
        Some(id) => {
            let found = versions.into_iter().flatten().find_map(|version| Some((version, version.snapshot.slot(id)?)));
            found.map(|(version, slot)| (version, slot.name.clone())).ok_or(AppError::NotFound)?
        }
    };
    Ok(NewRequest { plan: publication.plan, version: publication.version, prescription: about, about: name, matter, words })
}
