//! Staff: the list of patients, adding one, screening, clearing, inviting.

use actix_web::{HttpRequest, web};
use chrono::TimeDelta;

use super::domain::Profile;
use super::pages::{LinkPage, ListPage, ProfilePage, ScreeningPage};
use super::{form, screening, store};
use crate::accounts;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::PatientId;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// `GET /clinic/patients`
///
/// # Errors
/// See [`AppError`].
pub async fn list(staff: Staff, page: Page, request: HttpRequest, db: web::Data<Db>) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let (query, mine) = (asked.get("q").trim().to_owned(), asked.is("physio", "me"));
    let (word, of) = (query.clone(), mine.then_some(staff.id));
    let now = page.now;
    let patients = db
        .write(Lock::Trail, move |conn| {
            let verb = "looked at the list of patients";
            audit::record(conn, &Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: None, detail: "" })?;
            store::all(conn, of, &word)
        })
        .await?;
    html(&ListPage { page, patients, query, mine })
}

/// `GET /clinic/patients/new`
///
/// # Errors
/// See [`AppError`].
pub async fn new(staff: Staff, page: Page, db: web::Data<Db>) -> Answer {
    let colleagues = db.read(accounts::staff).await?;
    let fields = Fields::from_pairs([("physio", staff.id.to_string())]);
    html(&ProfilePage { page, patient: None, staff: colleagues, fields, errors: Errors::default() })
}

/// `POST /clinic/patients`
///
/// # Errors
/// See [`AppError`].
pub async fn add(staff: Staff, page: Page, fields: Fields, db: web::Data<Db>) -> Answer {
    let (today, now) = (page.today(), page.now);
    let outcome = match form::profile(&fields) {
        Ok(new) => {
            db.write(Lock::People, move |conn| {
                let id = store::add(conn, &new, staff.id, today, now)?;
                note(conn, &staff, id, now, "added the patient", "")?;
                Ok(id)
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(id) => see_other(&format!("/clinic/patients/{id}/screening?done=patient")),
        Err(AppError::Invalid(invalid)) => {
            let colleagues = db.read(accounts::staff).await?;
            refused(&ProfilePage { page, patient: None, staff: colleagues, fields, errors: Errors(invalid) })
        }
        Err(error) => Err(error),
    }
}

/// `GET /clinic/patients/{id}/profile`
///
/// # Errors
/// See [`AppError`].
pub async fn profile(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    db.write(Lock::Trail, move |conn| {
        known(conn, id)?;
        note(conn, &staff, id, now, "looked at the particulars", "")
    })
    .await?;
    html(&profile_page(page, id, &db, None).await?)
}

/// `POST /clinic/patients/{id}/profile`
///
/// # Errors
/// See [`AppError`].
pub async fn change_profile(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, today, now) = (*id, page.today(), page.now);
    let outcome = match form::profile(&fields) {
        Ok(particulars) => {
            db.write(Lock::People, move |conn| {
                let before = known(conn, id)?;
                store::change(conn, &before, &particulars, staff.id, today, now)?;
                note(conn, &staff, id, now, "changed the particulars", "")
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(()) => see_other(&format!("/clinic/patients/{id}?done=saved")),
        Err(AppError::Invalid(invalid)) => refused(&profile_page(page, id, &db, Some((fields, invalid))).await?),
        Err(error) => Err(error),
    }
}

async fn profile_page(page: Page, id: PatientId, db: &Db, typed: Option<(Fields, Invalid)>) -> Result<ProfilePage, AppError> {
    let (patient, staff) = db.read(move |conn| Ok((known(conn, id)?, accounts::staff(conn)?))).await?;
    let (fields, invalid) = typed.unwrap_or_else(|| (ProfilePage::fields_of(&patient), Invalid::default()));
    Ok(ProfilePage { page, patient: Some(patient), staff, fields, errors: Errors(invalid) })
}

/// `GET /clinic/patients/{id}/screening`
///
/// # Errors
/// See [`AppError`].
pub async fn screening(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (patient, now) = (*id, page.now);
    db.write(Lock::Trail, move |conn| {
        known(conn, patient)?;
        note(conn, &staff, patient, now, "looked at the screening", "")
    })
    .await?;
    html(&screening_page(page, *id, &db, Fields::default(), Errors::default()).await?)
}

/// `POST /clinic/patients/{id}/screening`
///
/// # Errors
/// See [`AppError`].
pub async fn screen(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    match form::screening(&fields) {
        Ok(report) => {
            db.write(Lock::Patient(id.0), move |conn| {
                known(conn, id)?;
                screening::add_screening(conn, id, &report, staff.id, now)?;
                let flags = report.keys().join(", ");
                note(conn, &staff, id, now, "recorded the screening", &flags)
            })
            .await?;
            see_other(&format!("/clinic/patients/{id}?done=screened"))
        }
        Err(invalid) => refused(&screening_page(page, id, &db, fields, Errors(invalid)).await?),
    }
}

async fn screening_page(page: Page, id: PatientId, db: &Db, fields: Fields, errors: Errors) -> Result<ScreeningPage, AppError> {
    let read = move |conn: &mut Conn| Ok((known(conn, id)?, store::standing(conn, id)?, screening::screenings(conn, id)?));
    let (patient, standing, answered) = db.read(read).await?;
    Ok(ScreeningPage { page, patient, standing, answered, fields, errors })
}

/// `POST /clinic/patients/{id}/clearances`
///
/// # Errors
/// See [`AppError`].
pub async fn clear(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    match form::clearance(&fields) {
        Ok(reason) => {
            db.write(Lock::Patient(id.0), move |conn| {
                known(conn, id)?;
                screening::clear(conn, id, &reason, staff.id, now)?;
                note(conn, &staff, id, now, "cleared the red flags", reason.as_str())
            })
            .await?;
            see_other(&format!("/clinic/patients/{id}?done=cleared"))
        }
        Err(invalid) => refused(&screening_page(page, id, &db, fields, Errors(invalid)).await?),
    }
}

/// `POST /clinic/patients/{id}/invitations`: shows a one-time link; it is stored nowhere and cannot be shown again.
///
/// # Errors
/// See [`AppError`].
pub async fn invite(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    let (patient, token) = db
        .write(Lock::People, move |conn| {
            let patient = known(conn, id)?;
            let token = accounts::invite(conn, Some(id.into()), Some(staff.id), now)?;
            note(conn, &staff, id, now, "made an invitation link", "")?;
            Ok((patient, token))
        })
        .await?;
    let link = page.absolute(&format!("/invitations/{token}"));
    html(&LinkPage { until: now + TimeDelta::days(7), page, patient, link })
}

pub(super) fn known(conn: &mut Conn, id: PatientId) -> Result<Profile, AppError> {
    store::profile(conn, id)?.ok_or(AppError::NotFound)
}

pub(super) fn note(
    conn: &mut Conn,
    staff: &Staff,
    patient: PatientId,
    at: chrono::NaiveDateTime,
    verb: &str,
    detail: &str,
) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail };
    Ok(audit::record(conn, &entry)?)
}
