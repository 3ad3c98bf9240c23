//! The patient: their messages, one thread, writing and answering.

use actix_web::web;

use super::domain::{Kind, NewMessage, Thread};
use super::form;
use super::pages::{MinePage, MyThreadPage, Row};
use super::store::{self, Side};
use crate::db::{Db, Lock};
use crate::error::AppError;
use crate::ids::{PatientId, ThreadId};
use crate::web::{Answer, Errors, Fields, Page, Patient, html, refused, see_other};

/// `GET /my/messages`
///
/// # Errors
/// See [`AppError`].
pub async fn list(patient: Patient, page: Page, db: web::Data<Db>) -> Answer {
    html(&mine_page(page, patient.id, &db, Fields::default(), Errors::default()).await?)
}

async fn mine_page(page: Page, id: PatientId, db: &Db, fields: Fields, errors: Errors) -> Result<MinePage, AppError> {
    let listed = db.look(move |conn| store::of_patient(conn, id, Side::Patient)).await?;
    Ok(MinePage { rows: Row::all(listed, page.now), page, fields, errors })
}

/// `POST /my/messages`: begins a thread.
///
/// # Errors
/// See [`AppError`].
pub async fn begin(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now) = (patient.id, page.now);
    match form::beginning(&fields) {
        Ok(new) => {
            let begin = db.write(Lock::Patient(id.0), move |conn| {
                let first = NewMessage { kind: Kind::Patient, words: new.words.as_str(), by: id.into(), now };
                store::begin(conn, id, new.subject.as_str(), &first)
            });
            let (thread, _) = begin.await?;
            see_other(&format!("/my/messages/{thread}?done=message-sent#newest"))
        }
        Err(invalid) => refused(&mine_page(page, id, &db, fields, Errors(invalid)).await?),
    }
}

/// `GET /my/messages/{id}`: one thread, which is read from now on.
///
/// # Errors
/// 404 for a thread that is not this patient's.
pub async fn thread(patient: Patient, mut page: Page, id: web::Path<ThreadId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    let thread = own_thread(&patient, id, &db).await?;
    let (unread, newest) = (thread.unread_by_patient(), thread.newest());
    if unread > 0 {
        db.write(Lock::Patient(patient.id.0), move |conn| store::mark_read(conn, id, newest, patient.id.into(), now)).await?;
        // The header counted them before they were on this page.
        if let Some(viewer) = &mut page.viewer {
            viewer.messages = (viewer.messages - unread).max(0);
        }
    }
    html(&MyThreadPage { page, read: thread.read_by_patient(), thread, fields: Fields::default(), errors: Errors::default() })
}

async fn own_thread(patient: &Patient, id: ThreadId, db: &Db) -> Result<Thread, AppError> {
    let of = Some(patient.id);
    db.read(move |conn| store::one(conn, id, of)).await
}

/// `POST /my/messages/{id}`: the patient writes on.
///
/// # Errors
/// 404 for a thread that is not this patient's.
pub async fn answer(patient: Patient, page: Page, id: web::Path<ThreadId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now, of, read) = (*id, page.now, patient.id, form::message(&fields));
    let outcome = db
        .write(Lock::Patient(of.0), move |conn| {
            let thread = store::one(conn, id, Some(of))?;
            let (words, seen) = read?;
            let new = NewMessage { kind: Kind::Patient, words: words.as_str(), by: of.into(), now };
            if thread.takes(&new, seen, "words")? {
                store::add(conn, id, &new)?;
            }
            Ok(())
        })
        .await;
    match outcome {
        Ok(()) => see_other(&format!("/my/messages/{id}?done=message-sent#newest")),
        Err(AppError::Invalid(invalid)) => {
            let thread = own_thread(&patient, id, &db).await?;
            refused(&MyThreadPage { page, read: thread.newest(), thread, fields, errors: Errors(invalid) })
        }
        Err(error) => Err(error),
    }
}
