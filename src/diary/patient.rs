//! The patient: what to do today, ticking it, how it felt, the next morning, and "something is wrong".

use actix_web::{HttpRequest, web};
use chrono::{NaiveDate, TimeDelta};

use super::book::Book;
use super::delivery::{self, Delivery, Outcome, conflict};
use super::domain::{self, Session, SetEntry};
use super::form::{self, SessionEntry};
use super::pages::{Refused, SomethingWrongPage};
use super::store;
use super::store::Writer;
use super::today::{When, today_page};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::AppError;
use crate::ids::PatientId;
use crate::patients::{self, Report};
use crate::plans::{self, Current, NewStatus, State};
use crate::web::{Answer, Errors, Fields, Page, Patient, html, refused, see_other};

/// `GET /my/today`, and with `?day=` one of the last seven days, with `?ordinal=` another session of it.
///
/// # Errors
/// See [`AppError`].
pub async fn today(patient: Patient, page: Page, request: HttpRequest, book: Book) -> Answer {
    let when = When::asked(&Fields::decode(request.query_string().as_bytes()), page.today());
    html(&today_page(&patient, page, when, None, &book).await?)
}

/// `POST /my/sets`: one exercise of one session.
///
/// # Errors
/// 404 for a version or prescription that is not this patient's.
pub async fn log_sets(patient: Patient, page: Page, fields: Fields, delivery: Delivery, book: Book) -> Answer {
    let (writer, today, when) = (Writer { patient: patient.id, now: page.now }, page.today(), When::asked(&fields, page.today()));
    let (typed, by) = (fields.clone(), delivery.clone());
    let outcome = match form::sets(&fields) {
        Ok(entry) => {
            let lock = Lock::Patient(patient.id.0);
            book.db.write(lock, move |conn| take_sets(conn, writer, &entry, &typed, &by, today)).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    let prescription = fields.get("prescription").to_owned();
    let place = when.path(today, "sets", &format!("#rx{}", prescription.parse().unwrap_or(0)));
    let refusal = |errors| prescription.parse().ok().map(|id| Refused::Sets(id, fields, errors));
    answer(outcome, &delivery, &patient, page, when, &place, refusal, &book).await
}

fn take_sets(
    conn: &mut Conn,
    writer: Writer,
    entry: &SetEntry,
    typed: &Fields,
    delivery: &Delivery,
    today: NaiveDate,
) -> Result<Outcome, AppError> {
    let patient = writer.patient;
    if delivery.is_known(conn, patient)? {
        return Ok(Outcome::Saved);
    }
    let publication = plans::publication(conn, patient, entry.plan, entry.version)?.ok_or(AppError::NotFound)?;
    let slot = publication.snapshot.slot(entry.prescription).ok_or(AppError::NotFound)?;
    entry.check(slot, today)?;
    if delivery.asks_first() {
        let known = session_of(conn, patient, entry.day, entry.ordinal)?;
        let conflicts = conflict::of_sets(typed, slot, known.as_ref());
        if !conflicts.is_empty() {
            return Ok(Outcome::Differs(conflicts));
        }
    }
    store::record_sets(conn, writer, entry, slot)?;
    delivery.note(conn, patient, writer.now)?;
    Ok(Outcome::Saved)
}

fn session_of(conn: &mut Conn, patient: PatientId, day: NaiveDate, ordinal: i32) -> Result<Option<Session>, AppError> {
    Ok(store::sessions(conn, patient, day, day)?.into_iter().find(|session| session.ordinal == ordinal))
}

/// `POST /my/sessions`: how it felt.
///
/// # Errors
/// 404 for a version that is not this patient's.
pub async fn log_feeling(patient: Patient, page: Page, fields: Fields, delivery: Delivery, book: Book) -> Answer {
    let (writer, today, when) = (Writer { patient: patient.id, now: page.now }, page.today(), When::asked(&fields, page.today()));
    let (typed, by) = (fields.clone(), delivery.clone());
    let outcome = match form::feeling(&fields) {
        Ok(entry) => {
            let lock = Lock::Patient(patient.id.0);
            book.db.write(lock, move |conn| take_feeling(conn, writer, &entry, &typed, &by, today)).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    let place = when.path(today, "felt", "#felt");
    let refusal = |errors| Some(Refused::Feeling(fields, errors));
    answer(outcome, &delivery, &patient, page, when, &place, refusal, &book).await
}

fn take_feeling(
    conn: &mut Conn,
    writer: Writer,
    entry: &SessionEntry,
    typed: &Fields,
    delivery: &Delivery,
    today: NaiveDate,
) -> Result<Outcome, AppError> {
    let patient = writer.patient;
    if delivery.is_known(conn, patient)? {
        return Ok(Outcome::Saved);
    }
    plans::publication(conn, patient, entry.plan, entry.version)?.ok_or(AppError::NotFound)?;
    domain::check_day(entry.day, entry.ordinal, today)?;
    if delivery.asks_first() {
        let known = session_of(conn, patient, entry.day, entry.ordinal)?;
        let conflicts = conflict::of_feeling(typed, known.as_ref());
        if !conflicts.is_empty() {
            return Ok(Outcome::Differs(conflicts));
        }
    }
    store::record_feeling(conn, writer, entry)?;
    delivery.note(conn, patient, writer.now)?;
    Ok(Outcome::Saved)
}

/// `POST /my/check-ins/{day}`: a morning's answers.
///
/// # Errors
/// See [`AppError`].
pub async fn log_check_in(patient: Patient, page: Page, day: web::Path<String>, fields: Fields, delivery: Delivery, book: Book) -> Answer {
    let (writer, today) = (Writer { patient: patient.id, now: page.now }, page.today());
    let day: NaiveDate = day.parse().map_err(|_| AppError::NotFound)?;
    let (typed, by) = (fields.clone(), delivery.clone());
    let lock = Lock::Patient(patient.id.0);
    let outcome = book.db.write(lock, move |conn| take_check_in(conn, writer, day, &typed, &by, today)).await;
    let shown = if domain::check_day(day, 1, today).is_ok() { day } else { today };
    let when = When { day: shown, ordinal: 1 };
    let place = when.path(today, "check-in", "");
    let refusal = |errors| Some(Refused::CheckIn(fields, errors));
    answer(outcome, &delivery, &patient, page, when, &place, refusal, &book).await
}

fn take_check_in(
    conn: &mut Conn,
    writer: Writer,
    day: NaiveDate,
    typed: &Fields,
    delivery: &Delivery,
    today: NaiveDate,
) -> Result<Outcome, AppError> {
    let patient = writer.patient;
    if delivery.is_known(conn, patient)? {
        return Ok(Outcome::Saved);
    }
    domain::check_day(day, 1, today)?;
    let mut check_in = form::check_in(typed, day)?;
    if delivery.asks_first() {
        let known = store::check_ins(conn, patient, day, day)?.pop();
        let (said, conflicts) = conflict::of_check_in(typed, known.as_ref());
        if !conflicts.is_empty() {
            return Ok(Outcome::Differs(conflicts));
        }
        check_in = form::check_in(&said, day)?;
    }
    store::record_check_in(conn, writer, &check_in)?;
    delivery.note(conn, patient, writer.now)?;
    Ok(Outcome::Saved)
}

/// Back to the page, at the place of the form; or the page with what was refused. A phone is only told.
#[expect(clippy::too_many_arguments, reason = "the end of three handlers, which differ in just these")]
async fn answer(
    outcome: Result<Outcome, AppError>,
    delivery: &Delivery,
    patient: &Patient,
    page: Page,
    when: When,
    place: &str,
    refusal: impl FnOnce(Errors) -> Option<Refused>,
    book: &Book,
) -> Answer {
    if let Delivery::Phone(key) = delivery {
        return delivery::told(key, outcome, place);
    }
    match outcome {
        Ok(_) => see_other(place),
        Err(AppError::Invalid(invalid)) => refused(&today_page(patient, page, when, refusal(Errors(invalid)), book).await?),
        Err(error) => Err(error),
    }
}

/// `GET /my/something-wrong`
///
/// # Errors
/// See [`AppError`].
pub async fn something_wrong(_: Patient, page: Page) -> Answer {
    html(&SomethingWrongPage { page, fields: Fields::default(), errors: Errors::default() })
}

/// `POST /my/something-wrong`: kept, the plan is paused, the clinic sees it first, and the page says whom to call.
///
/// # Errors
/// See [`AppError`].
pub async fn report(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>) -> Answer {
    let now = page.now;
    match patients::report(&fields) {
        Ok(report) => {
            db.write(Lock::Patient(patient.id.0), move |conn| take_report(conn, &patient, &report, now)).await?;
            see_other("/my/today")
        }
        Err(invalid) => refused(&SomethingWrongPage { page, fields, errors: Errors(invalid) }),
    }
}

fn take_report(conn: &mut Conn, patient: &Patient, report: &Report, now: chrono::NaiveDateTime) -> Result<(), AppError> {
    if is_repeated(conn, patient.id, report, now)? {
        return Ok(());
    }
    patients::add_screening(conn, patient.id, report, patient.id.into(), now)?;
    if let Some(current) = plans::current(conn, patient.id)?.filter(Current::is_running) {
        let reason = "You told us that something is wrong. The plan rests until someone of the clinic has looked at it.";
        let paused = NewStatus { plan: current.publication.plan, state: State::Paused, phase: current.status.phase, reason };
        plans::set_status(conn, &paused, patient.id.into(), now)?;
    }
    let flags = report.keys().join(", ");
    let entry = Entry {
        at: now,
        actor: Some(patient.id.into()),
        name: &patient.name,
        verb: "reported that something is wrong",
        subject: Some(patient.id.into()),
        detail: &flags,
    };
    Ok(audit::record(conn, &entry)?)
}

/// Whether the same report was sent a moment ago: a double tap is one report.
fn is_repeated(conn: &mut Conn, patient: PatientId, report: &Report, now: chrono::NaiveDateTime) -> Result<bool, AppError> {
    let newest = patients::open_reports(conn, Some(patient))?.into_iter().next();
    Ok(newest.is_some_and(|known| {
        known.reported && known.flags == report.flags && known.note == report.note.as_str() && now - known.at < TimeDelta::minutes(10)
    }))
}
