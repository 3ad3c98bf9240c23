//! Staff: all messages, one patient's, one thread, answering and closing.

use actix_web::{HttpRequest, web};
use chrono::NaiveDateTime;

use super::domain::{Kind, NewMessage, Thread};
use super::form;
use super::pages::{AllPage, OfPatientPage, Row, ThreadPage};
use super::store::{self, Side};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::{MessageId, PatientId, ThreadId};
use crate::patients;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// `GET /clinic/messages`: everybody's, those that wait first; `?physio=me` for one's own patients.
///
/// # Errors
/// See [`AppError`].
pub async fn list(staff: Staff, page: Page, request: HttpRequest, db: web::Data<Db>) -> Answer {
    let mine = Fields::decode(request.query_string().as_bytes()).is("physio", "me");
    let (now, of) = (page.now, mine.then_some(staff.id));
    let (waiting, others) = db
        .write(Lock::Trail, move |conn| {
            note(conn, &staff, None, now, "looked at the messages", "")?;
            store::all(conn, of)
        })
        .await?;
    html(&AllPage { page, waiting: Row::all(waiting, now), others: Row::all(others, now), mine })
}

/// `GET /clinic/patients/{id}/messages`: one patient's threads, and room to write.
///
/// # Errors
/// See [`AppError`].
pub async fn of_patient(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    db.write(Lock::Trail, move |conn| {
        patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        note(conn, &staff, Some(id), now, "looked at the messages", "")
    })
    .await?;
    html(&of_patient_page(page, id, &db, Fields::default(), Errors::default()).await?)
}

async fn of_patient_page(page: Page, id: PatientId, db: &Db, fields: Fields, errors: Errors) -> Result<OfPatientPage, AppError> {
    let read =
        move |conn: &mut Conn| Ok((patients::profile(conn, id)?.ok_or(AppError::NotFound)?, store::of_patient(conn, id, Side::Clinic)?));
    let (patient, listed) = db.read(read).await?;
    Ok(OfPatientPage { rows: Row::all(listed, page.now), page, patient, fields, errors })
}

/// `POST /clinic/patients/{id}/messages`: the clinic begins a thread.
///
/// # Errors
/// See [`AppError`].
pub async fn begin(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now, read) = (*id, page.now, form::beginning(&fields));
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
            let new = read?;
            let first = NewMessage { kind: Kind::Answer, words: new.words.as_str(), by: staff.id, now };
            let (thread, new) = store::begin(conn, id, new.subject.as_str(), &first)?;
            if new {
                note(conn, &staff, Some(id), now, "wrote a message", &format!("conversation {thread}"))?;
            }
            Ok(thread)
        })
        .await;
    match outcome {
        Ok(thread) => see_other(&format!("/clinic/messages/{thread}?done=message-sent#newest")),
        Err(AppError::Invalid(invalid)) => refused(&of_patient_page(page, id, &db, fields, Errors(invalid)).await?),
        Err(error) => Err(error),
    }
}

/// `GET /clinic/messages/{id}`: one thread, which somebody of the clinic has read from now on.
///
/// # Errors
/// See [`AppError`].
pub async fn thread(staff: Staff, page: Page, id: web::Path<ThreadId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    let patient = db.look(move |conn| store::patient_of(conn, id)).await?;
    let thread = db
        .write(Lock::Patient(patient.0), move |conn| {
            let thread = store::one(conn, id, None)?;
            store::mark_read(conn, id, thread.newest(), staff.id, now)?;
            note(conn, &staff, Some(patient), now, "read messages", &format!("conversation {id}"))?;
            Ok(thread)
        })
        .await?;
    let read = thread.read_by_clinic();
    html(&ThreadPage::new(page, thread, read))
}

/// `POST /clinic/messages/{id}`: an answer; it opens a closed thread again.
///
/// # Errors
/// See [`AppError`].
pub async fn answer(staff: Staff, page: Page, id: web::Path<ThreadId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, read) = (*id, form::message(&fields));
    let read = read.map(|(words, seen)| (String::from(words), seen));
    match write(&staff, id, (Kind::Answer, "words", "answered a message"), read, page.now, &db).await {
        Ok(()) => see_other(&format!("/clinic/messages/{id}?done=message-answered#newest")),
        Err(AppError::Invalid(invalid)) => {
            let (thread, read) = again(&staff, id, page.now, &db).await?;
            refused(&ThreadPage { fields, errors: Errors(invalid), ..ThreadPage::new(page, thread, read) })
        }
        Err(error) => Err(error),
    }
}

/// `POST /clinic/messages/{id}/closings`: the thread is closed, with a word whom to contact from now on.
///
/// # Errors
/// See [`AppError`].
pub async fn close(staff: Staff, page: Page, id: web::Path<ThreadId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, read) = (*id, form::closing(&fields));
    let read = read.map(|(contact, seen)| (String::from(contact), seen));
    match write(&staff, id, (Kind::Closing, "contact", "closed a conversation"), read, page.now, &db).await {
        Ok(()) => see_other(&format!("/clinic/messages/{id}?done=conversation-closed#newest")),
        Err(AppError::Invalid(invalid)) => {
            let (thread, read) = again(&staff, id, page.now, &db).await?;
            refused(&ThreadPage { close: fields, errors: Errors(invalid), ..ThreadPage::new(page, thread, read) })
        }
        Err(error) => Err(error),
    }
}

/// Adds what staff wrote to a thread; `what` is its kind, its field, and the words of the audit trail.
async fn write(
    staff: &Staff,
    id: ThreadId,
    (kind, field, verb): (Kind, &'static str, &'static str),
    read: Result<(String, MessageId), Invalid>,
    now: NaiveDateTime,
    db: &Db,
) -> Result<(), AppError> {
    let staff = staff.clone();
    let patient = db.look(move |conn| store::patient_of(conn, id)).await?;
    db.write(Lock::Patient(patient.0), move |conn| {
        let thread = store::one(conn, id, None)?;
        let (words, seen) = read?;
        let new = NewMessage { kind, words: &words, by: staff.id, now };
        if thread.takes(&new, seen, field)? {
            store::add(conn, id, &new)?;
            note(conn, &staff, Some(patient), now, verb, &format!("conversation {id}"))?;
        }
        Ok(())
    })
    .await
}

/// The thread as it is now, for the page that shows what was refused, and with it what came meanwhile.
async fn again(staff: &Staff, id: ThreadId, now: NaiveDateTime, db: &Db) -> Result<(Thread, MessageId), AppError> {
    let person = staff.id;
    let patient = db.look(move |conn| store::patient_of(conn, id)).await?;
    db.write(Lock::Patient(patient.0), move |conn| {
        let thread = store::one(conn, id, None)?;
        store::mark_read(conn, id, thread.newest(), person, now)?;
        let read = thread.read_by_clinic();
        Ok((thread, read))
    })
    .await
}

fn note(conn: &mut Conn, staff: &Staff, patient: Option<PatientId>, at: NaiveDateTime, verb: &str, detail: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: patient.map(Into::into), detail };
    Ok(audit::record(conn, &entry)?)
}
