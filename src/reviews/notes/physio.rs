//! Staff: writing clinical notes, signing them, and adding to them.

use actix_web::web;

use super::domain::ClinicalNote;
use super::pages::{ListPage, NotePage};
use super::{form, store};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::{ClinicalNoteId, PatientId};
use crate::patients;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// Notes a list shows.
const LISTED: i64 = 200;

/// `GET /clinic/patients/{id}/notes`
///
/// # Errors
/// See [`AppError`].
pub async fn list(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    let read = move |conn: &mut Conn| {
        let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        note(conn, &staff, id, now, "looked at the clinical notes", "")?;
        Ok((patient, store::of(conn, id, LISTED)?))
    };
    let (patient, notes) = db.write(Lock::Trail, read).await?;
    html(&ListPage { page, patient, notes })
}

/// `GET /clinic/patients/{id}/notes/new`
///
/// # Errors
/// See [`AppError`].
pub async fn new(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    let read = move |conn: &mut Conn| {
        let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        note(conn, &staff, id, now, "opened a new clinical note", "")?;
        Ok(patient)
    };
    let patient = db.write(Lock::Trail, read).await?;
    html(&NotePage { page, patient, note: None, fields: Fields::default(), errors: Errors::default() })
}

/// `POST /clinic/patients/{id}/notes`: begins a note; with `sign=yes` it is signed at once.
///
/// # Errors
/// See [`AppError`].
pub async fn create(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now, read, sign) = (*id, page.now, form::parts(&fields), fields.is("sign", "yes"));
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
            let written = store::add(conn, id, &read?, staff.id, now)?;
            note(conn, &staff, id, now, "wrote a clinical note", &format!("note {written}"))?;
            sign_if(conn, sign, &staff, id, written, now)?;
            Ok(written)
        })
        .await;
    match outcome {
        Ok(written) => see_other(&format!("/clinic/patients/{id}/notes/{written}?done={}", if sign { "signed" } else { "note" })),
        Err(AppError::Invalid(invalid)) => {
            let patient = db.read(move |conn| patients::profile(conn, id)?.ok_or(AppError::NotFound)).await?;
            refused(&NotePage { page, patient, note: None, fields, errors: Errors(invalid) })
        }
        Err(error) => Err(error),
    }
}

fn sign_if(
    conn: &mut Conn,
    sign: bool,
    staff: &Staff,
    patient: PatientId,
    written: ClinicalNoteId,
    now: chrono::NaiveDateTime,
) -> Result<(), AppError> {
    if sign {
        store::sign(conn, written, staff.id, now)?;
        note(conn, staff, patient, now, "signed a clinical note", &format!("note {written}"))?;
    }
    Ok(())
}

/// `GET /clinic/patients/{id}/notes/{note}`
///
/// # Errors
/// See [`AppError`].
pub async fn one(staff: Staff, page: Page, path: web::Path<(PatientId, ClinicalNoteId)>, db: web::Data<Db>) -> Answer {
    let ((id, written), now) = (path.into_inner(), page.now);
    db.write(Lock::Trail, move |conn| {
        known(conn, id, written)?;
        note(conn, &staff, id, now, "looked at a clinical note", &format!("note {written}"))
    })
    .await?;
    html(&note_page(page, (id, written), &db, None).await?)
}

async fn note_page(
    page: Page,
    (id, written): (PatientId, ClinicalNoteId),
    db: &Db,
    typed: Option<(Fields, Invalid)>,
) -> Result<NotePage, AppError> {
    let read = move |conn: &mut Conn| Ok((patients::profile(conn, id)?.ok_or(AppError::NotFound)?, known(conn, id, written)?));
    let (patient, note) = db.read(read).await?;
    let (fields, invalid) = typed.unwrap_or_else(|| (NotePage::fields_of(&note), Invalid::default()));
    // What the typed form did not have is as it is kept.
    let kept = NotePage::fields_of(&note);
    let missing = kept.pairs().filter(|(name, _)| fields.pairs().all(|(typed, _)| typed != *name));
    let missing: Vec<(String, String)> = missing.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    // Whoever saves again has the note of now before them.
    let pairs = fields.pairs().filter(|(name, _)| *name != "revision").map(|(name, value)| (name.to_owned(), value.to_owned()));
    let fields = Fields::from_pairs(pairs.chain(missing).chain([("revision".to_owned(), note.revision.to_string())]));
    Ok(NotePage { page, patient, note: Some(note), fields, errors: Errors(invalid) })
}

fn known(conn: &mut Conn, patient: PatientId, id: ClinicalNoteId) -> Result<ClinicalNote, AppError> {
    store::one(conn, patient, id)?.ok_or(AppError::NotFound)
}

/// `POST /clinic/patients/{id}/notes/{note}`: changes a draft; with `sign=yes` it is signed then.
///
/// # Errors
/// See [`AppError`].
pub async fn change(staff: Staff, page: Page, path: web::Path<(PatientId, ClinicalNoteId)>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, written) = path.into_inner();
    let (now, read, revision, sign) = (page.now, form::parts(&fields), form::revision(&fields), fields.is("sign", "yes"));
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            let draft = known(conn, id, written)?;
            let parts = read?;
            if draft.takes(&parts, revision, staff.id)? {
                store::change(conn, &draft, &parts, now)?;
                note(conn, &staff, id, now, "changed a clinical note", &format!("note {written}"))?;
            }
            sign_if(conn, sign && draft.signed.is_none(), &staff, id, written, now)
        })
        .await;
    back(outcome, page, (id, written), if sign { "signed" } else { "note" }, fields, &db).await
}

/// `POST /clinic/patients/{id}/notes/{note}/signatures`: from then on the note does not change.
///
/// # Errors
/// See [`AppError`].
pub async fn sign(staff: Staff, page: Page, path: web::Path<(PatientId, ClinicalNoteId)>, fields: Fields, db: web::Data<Db>) -> Answer {
    let ((id, written), now) = (path.into_inner(), page.now);
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            let draft = known(conn, id, written)?;
            match draft.signed {
                Some(_) => Ok(()),
                None if !draft.may_be_changed_by(staff.id) => {
                    Err(Invalid::one("subjective", format!("{} signs this note, who wrote it", draft.written.name)).into())
                }
                None => sign_if(conn, true, &staff, id, written, now),
            }
        })
        .await;
    back(outcome, page, (id, written), "signed", fields, &db).await
}

/// `POST /clinic/patients/{id}/notes/{note}/addenda`: adds to a signed note.
///
/// # Errors
/// See [`AppError`].
pub async fn add(staff: Staff, page: Page, path: web::Path<(PatientId, ClinicalNoteId)>, fields: Fields, db: web::Data<Db>) -> Answer {
    let ((id, written), now, read) = (path.into_inner(), page.now, form::addendum(&fields));
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            let signed = known(conn, id, written)?;
            let words = read?;
            if signed.signed.is_none() {
                return Err(Invalid::one("words", "This note is a draft: change it, or sign it first").into());
            }
            store::add_addendum(conn, written, words.as_str(), staff.id, now)?;
            note(conn, &staff, id, now, "added to a clinical note", &format!("note {written}"))
        })
        .await;
    back(outcome, page, (id, written), "addendum", fields, &db).await
}

/// Back to the note, or the note with what was refused.
async fn back(outcome: Result<(), AppError>, page: Page, at: (PatientId, ClinicalNoteId), done: &str, fields: Fields, db: &Db) -> Answer {
    match outcome {
        Ok(()) => see_other(&format!("/clinic/patients/{}/notes/{}?done={done}", at.0, at.1)),
        Err(AppError::Invalid(invalid)) => refused(&note_page(page, at, db, Some((fields, invalid))).await?),
        Err(error) => Err(error),
    }
}

fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: chrono::NaiveDateTime, verb: &str, detail: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail };
    Ok(audit::record(conn, &entry)?)
}
