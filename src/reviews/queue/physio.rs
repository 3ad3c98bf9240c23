//! Staff: the queue, looking at a patient, and letting one wait.

use actix_web::{HttpRequest, web};

use super::form::{self, Whose, page_number};
use super::pages::{QueuePage, ROWS, SnoozePage};
use super::store;
use super::watch::Watch;
use crate::accounts;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId};
use crate::messages;
use crate::patients;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// Longest list of what was seen that a form may bring.
const LONGEST_MARKS: usize = 8_000;

/// `GET /clinic`: everyone who needs someone, in order of need; `?physio=me` for one's own patients, `?physio=7` for a colleague's,
/// `?page=2` for those who come later.
///
/// # Errors
/// See [`AppError`].
pub async fn queue(staff: Staff, page: Page, request: HttpRequest, watch: Watch) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let (whose, number, now, me) = (Whose::asked(&asked), page_number(&asked), page.now, staff.id);
    watch.refresh(&page).await?;
    let of = whose.physio(me);
    let read = move |conn: &mut Conn| {
        let counts = store::counts(conn, of)?;
        let rows = store::waiting(conn, of, (number - 1) * ROWS, ROWS)?;
        let last = number * ROWS >= counts.waiting + counts.seen;
        let snoozed = if last { store::snoozed(conn, of, ROWS)? } else { Vec::new() };
        let mut colleagues = accounts::staff(conn)?;
        colleagues.retain(|person| person.id != me);
        Ok((counts, rows, snoozed, colleagues, messages::waiting(conn)?))
    };
    let (counts, rows, snoozed, colleagues, inbox) = watch.db.read(read).await?;
    watch
        .db
        .write(Lock::Trail, move |conn| {
            let verb = "looked at the queue";
            Ok(audit::record(conn, &Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: None, detail: "" })?)
        })
        .await?;
    html(&QueuePage { page, rows, snoozed, whose, colleagues, counts, number, inbox })
}

/// `POST /clinic/patients/{id}/sightings`: somebody looked. `back` says what comes then: the queue, the patient, or the next patient.
///
/// # Errors
/// See [`AppError`].
pub async fn see(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, watch: Watch) -> Answer {
    let (id, now, me) = (*id, page.now, staff.id);
    let marks: String = fields.get("marks").lines().collect::<Vec<_>>().join("\n").chars().take(LONGEST_MARKS).collect();
    let mine = watch
        .db
        .write(Lock::Patient(id.0), move |conn| {
            let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
            store::see(conn, id, &marks, staff.id, now)?;
            note(conn, &staff, id, now, "noted the patient as seen")?;
            Ok(patient.physio == staff.id)
        })
        .await?;
    let whose = Whose::asked(&fields);
    match fields.get("back") {
        "next" => next(&watch, &page, id, mine || whose == Whose::Mine, me).await,
        "patient" => see_other(&format!("/clinic/patients/{id}?done=seen")),
        _ => see_other(&done(&whose.path(page_number(&fields)), "seen")),
    }
}

/// On to the next who waits: after one's own patient to one's own, after a colleague's to anybody's. To the queue when nobody waits.
///
/// # Errors
/// See [`AppError`].
pub async fn next(watch: &Watch, page: &Page, after: PatientId, mine: bool, me: PersonId) -> Answer {
    let whose = if mine { Whose::Mine } else { Whose::All };
    watch.refresh(page).await?;
    match watch.db.look(move |conn| store::first(conn, whose.physio(me), after)).await? {
        Some(next) => see_other(&format!("/clinic/patients/{next}")),
        None => see_other(&done(&whose.path(1), "queue-done")),
    }
}

/// An address with the key of a notice.
fn done(path: &str, key: &str) -> String {
    format!("{path}{}done={key}", if path.contains('?') { '&' } else { '?' })
}

/// `GET /clinic/patients/{id}/snoozes`: until when a patient may wait.
///
/// # Errors
/// See [`AppError`].
pub async fn snooze_form(staff: Staff, page: Page, id: web::Path<PatientId>, request: HttpRequest, db: web::Data<Db>) -> Answer {
    let (patient, now) = (*id, page.now);
    db.write(Lock::Trail, move |conn| {
        patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
        note(conn, &staff, patient, now, "looked at how long the patient may wait")
    })
    .await?;
    let fields = Fields::decode(request.query_string().as_bytes());
    html(&snooze_page(page, patient, &db, fields, Errors::default()).await?)
}

async fn snooze_page(page: Page, id: PatientId, db: &Db, fields: Fields, errors: Errors) -> Result<SnoozePage, AppError> {
    let read = move |conn: &mut Conn| {
        let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        Ok((patient, store::one(conn, id)?, store::snoozes_of(conn, id)?))
    };
    let (patient, kept, before) = db.read(read).await?;
    let may_wait = kept.as_ref().is_none_or(super::Reckoned::may_wait);
    let reasons = kept.map(|kept| std::iter::once(kept.reason).chain(kept.others).filter(|reason| !reason.is_empty()).collect());
    let back = Whose::asked(&fields).path(page_number(&fields));
    Ok(SnoozePage { page, patient, reasons: reasons.unwrap_or_default(), may_wait, before, back, fields, errors })
}

/// `POST /clinic/patients/{id}/snoozes`: lets a patient wait until a day; today ends it.
///
/// # Errors
/// See [`AppError`].
pub async fn snooze(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now, today) = (*id, page.now, page.today());
    let read = form::snooze(&fields, today);
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
            let snooze = read?;
            store::snooze(conn, id, &snooze, staff.id, now)?;
            note(conn, &staff, id, now, if snooze.until > today { "let the patient wait" } else { "ended the wait" })?;
            Ok(snooze.until)
        })
        .await;
    match outcome {
        Ok(until) => {
            let back = Whose::asked(&fields).path(page_number(&fields));
            see_other(&done(&back, if until > today { "snoozed" } else { "woken" }))
        }
        Err(AppError::Invalid(invalid)) => refused(&snooze_page(page, id, &db, fields, Errors(invalid)).await?),
        Err(error) => Err(error),
    }
}

fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: chrono::NaiveDateTime, verb: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
    Ok(audit::record(conn, &entry)?)
}
