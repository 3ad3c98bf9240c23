//! Staff: looking at a period, deciding, telling the patient, and copying a review into another record system.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chrono::{NaiveDate, TimeDelta};

use super::domain::{NewReview, numbers, suggestion};
use super::pages::{ListPage, NewPage, ReviewPage, text as plain};
use super::{form, store};
use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::db::{Conn, Db, Lock};
use crate::diary::{self, Record};
use crate::error::{AppError, Invalid};
use crate::ids::{PatientId, ReviewId};
use crate::messages::threads;
use crate::patients;
use crate::reviews::queue::{self, Watch};
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// Days looked at when there was no review before.
const FIRST_PERIOD: i64 = 14;
/// The longest period that is read, in days.
const LONGEST_PERIOD: i64 = 366;
/// Reviews a list shows.
const LISTED: i64 = 100;
/// The thread in which a patient finds what they are told.
const SUBJECT: &str = "What your physio saw";

/// `GET /clinic/patients/{id}/reviews/new`: the form, filled in with the period since the last review and what the record says of it.
///
/// # Errors
/// See [`AppError`].
pub async fn new(staff: Staff, page: Page, id: web::Path<PatientId>, watch: Watch) -> Answer {
    let (patient, now) = (*id, page.now);
    watch.refresh(&page).await?;
    watch
        .db
        .write(Lock::Trail, move |conn| {
            patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
            note(conn, &staff, patient, now, "looked at the patient for a review")
        })
        .await?;
    html(&new_page(page, patient, &watch.db, None).await?)
}

async fn new_page(page: Page, id: PatientId, db: &Db, typed: Option<(Fields, Invalid)>) -> Result<NewPage, AppError> {
    let (today, clock) = (page.today(), page.clock().clone());
    let read = move |conn: &mut Conn| {
        let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        let last = store::newest(conn, id)?;
        let from = last.as_ref().map_or(today - TimeDelta::days(FIRST_PERIOD), |last| last.said.to);
        let from = from.max(today - TimeDelta::days(LONGEST_PERIOD));
        Ok((patient, last, from, record(conn, id, (from, today), &clock)?, queue::one(conn, id)?))
    };
    let (patient, last, from, record, kept) = db.read(read).await?;
    let lines = numbers(&record, (from, today), today);
    let (fields, invalid) = typed.unwrap_or_else(|| {
        // What brought the patient into the queue; of one who came without a need, the lights.
        let need = kept.as_ref().filter(|kept| !kept.reason.is_empty());
        let seen = need.map_or_else(|| lines.last().cloned().unwrap_or_default(), |kept| [&*kept.reason, &kept.proof].join(". "));
        let seen = seen.trim_end_matches(". ").to_owned();
        let marks = kept.map(|kept| kept.marks.join("\n")).unwrap_or_default();
        let told = suggestion(&record, (from, today));
        let pairs = [("from", from.to_string()), ("to", today.to_string()), ("seen", seen), ("told", told), ("marks", marks)];
        (Fields::from_pairs(pairs), Invalid::default())
    });
    Ok(NewPage { page, patient, last, numbers: lines, fields, errors: Errors(invalid) })
}

fn record(conn: &mut Conn, id: PatientId, period: (NaiveDate, NaiveDate), clock: &Clock) -> Result<Record, AppError> {
    diary::record(conn, id, period, |moment| clock.day_of(moment))
}

/// `POST /clinic/patients/{id}/reviews`: keeps the review, tells the patient what they are to be told, and notes that they were seen.
///
/// # Errors
/// See [`AppError`].
pub async fn create(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, watch: Watch) -> Answer {
    let (id, me, read) = (*id, staff.id, form::review(&fields, page.today()));
    let (now, today, clock) = (page.now, page.today(), page.clock().clone());
    let outcome = watch
        .db
        .write(Lock::Patient(id.0), move |conn| {
            let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
            let new = read?;
            let from = new.from.max(new.to - TimeDelta::days(LONGEST_PERIOD));
            let lines = numbers(&record(conn, id, (from, new.to), &clock)?, (from, new.to), today);
            if store::add(conn, id, &new, &lines, staff.id, now)? {
                tell(conn, id, &new, &staff, now)?;
                note(conn, &staff, id, now, "reviewed the patient")?;
            }
            queue::see(conn, id, &new.marks, staff.id, now)?;
            Ok(patient.physio == staff.id)
        })
        .await;
    match outcome {
        Ok(mine) if fields.is("back", "next") => queue::next(&watch, &page, id, mine, me).await,
        Ok(_) => see_other(&format!("/clinic/patients/{id}?done=reviewed")),
        Err(AppError::Invalid(invalid)) => refused(&new_page(page, id, &watch.db, Some((fields, invalid))).await?),
        Err(error) => Err(error),
    }
}

fn tell(conn: &mut Conn, patient: PatientId, new: &NewReview, staff: &Staff, now: chrono::NaiveDateTime) -> Result<(), AppError> {
    if !new.told.is_empty() {
        threads::tell(conn, patient, staff.id, SUBJECT, &new.told, now)?;
    }
    Ok(())
}

/// `GET /clinic/patients/{id}/reviews`: all of them, newest first.
///
/// # Errors
/// See [`AppError`].
pub async fn list(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    let read = move |conn: &mut Conn| {
        let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        note(conn, &staff, id, now, "looked at the reviews")?;
        Ok((patient, store::of(conn, id, LISTED)?))
    };
    let (patient, reviews) = db.write(Lock::Trail, read).await?;
    html(&ListPage { page, patient, reviews })
}

/// `GET /clinic/patients/{id}/reviews/{review}`: one of them, and its words to copy.
///
/// # Errors
/// See [`AppError`].
pub async fn one(staff: Staff, page: Page, path: web::Path<(PatientId, ReviewId)>, db: web::Data<Db>) -> Answer {
    html(&review_page(staff, page, path.into_inner(), &db).await?)
}

/// `GET /clinic/patients/{id}/reviews/{review}/text`: the same as plain text.
///
/// # Errors
/// See [`AppError`].
pub async fn text(staff: Staff, page: Page, path: web::Path<(PatientId, ReviewId)>, db: web::Data<Db>) -> Answer {
    let page = review_page(staff, page, path.into_inner(), &db).await?;
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8")).body(page.text))
}

async fn review_page(staff: Staff, page: Page, (id, review): (PatientId, ReviewId), db: &Db) -> Result<ReviewPage, AppError> {
    let now = page.now;
    let read = move |conn: &mut Conn| {
        let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        let review = store::one(conn, id, review)?.ok_or(AppError::NotFound)?;
        note(conn, &staff, id, now, "looked at a review")?;
        Ok((patient, review))
    };
    let (patient, review) = db.write(Lock::Trail, read).await?;
    Ok(ReviewPage { text: plain(&page, &patient, &review), page, patient, review })
}

fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: chrono::NaiveDateTime, verb: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
    Ok(audit::record(conn, &entry)?)
}
