//! Staff: the inbox, settling requests, answering questions.

use actix_web::web;
use chrono::{NaiveDateTime, TimeDelta};

use super::domain::{Question, Request, Writer};
use super::pages::{DoneRow, InboxPage, QuestionPage, QuestionRow, RequestRow, Titles};
use super::{form, store};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::{QuestionId, RequestId};
use crate::markdown;
use crate::web::{Answer, Errors, Fields, Page, Refill, Staff, html, refused, see_other};

/// Days back the inbox lists what was done.
const DONE_DAYS: i64 = 30;

/// `GET /clinic/inbox`
///
/// # Errors
/// See [`AppError`].
pub async fn inbox(staff: Staff, page: Page, db: web::Data<Db>, titles: web::Data<Titles>) -> Answer {
    let now = page.now;
    db.write(Lock::Clinic, move |conn| {
        store::clear_out(conn, now)?;
        note(conn, &staff, now, "looked at the inbox", "")
    })
    .await?;
    html(&inbox_page(page, &db, &titles).await?)
}

async fn inbox_page(page: Page, db: &Db, titles: &Titles) -> Result<InboxPage, AppError> {
    let now = page.now;
    let since = now - TimeDelta::days(DONE_DAYS);
    let read = move |conn: &mut Conn| Ok((store::open_requests(conn)?, store::open_questions(conn)?, store::done(conn, since)?));
    let (requests, questions, done) = db.read(read).await?;
    Ok(InboxPage {
        requests: requests.into_iter().map(|request| RequestRow::new(request, now)).collect(),
        questions: questions.into_iter().map(|question| QuestionRow::new(question, titles, now)).collect(),
        done: done.into_iter().map(|done| DoneRow::new(done, titles, &page)).collect(),
        errors: Errors::default(),
        page,
    })
}

/// `POST /clinic/appointments/{id}/replies`: how a request was settled.
///
/// # Errors
/// See [`AppError`].
pub async fn reply(
    staff: Staff,
    page: Page,
    id: web::Path<RequestId>,
    fields: Fields,
    db: web::Data<Db>,
    titles: web::Data<Titles>,
) -> Answer {
    let (id, now, read) = (*id, page.now, form::reply(&fields));
    let outcome = db
        .write(Lock::Clinic, move |conn| {
            let request = store::one_request(conn, id)?.ok_or(AppError::NotFound)?;
            let (reply, seen) = read?;
            if request.takes(&reply, seen)? {
                store::reply(conn, id, &reply, Writer { by: staff.id, now })?;
                note(conn, &staff, now, "settled a request for an appointment", &format!("request {id}"))?;
            }
            Ok(())
        })
        .await;
    match outcome {
        Ok(()) => see_other("/clinic/inbox?done=settled"),
        Err(AppError::Invalid(invalid)) => {
            let request = db.read(move |conn| store::one_request(conn, id)).await?.ok_or(AppError::NotFound)?;
            refused(&unsettled(inbox_page(page, &db, &titles).await?, request, fields, invalid))
        }
        Err(error) => Err(error),
    }
}

/// The inbox with the note that was not taken where it was typed, also when the request does not wait any longer.
fn unsettled(mut inbox: InboxPage, request: Request, fields: Fields, invalid: Invalid) -> InboxPage {
    let id = request.id;
    if !inbox.requests.iter().any(|row| row.request.id == id) {
        inbox.requests.insert(0, RequestRow::new(request, inbox.page.now));
    }
    if let Some(row) = inbox.requests.iter_mut().find(|row| row.request.id == id) {
        inbox.errors = Errors(Invalid::one(row.note_id(), invalid.of("note").unwrap_or_default()));
        row.fields = fields;
        row.errors = Errors(invalid);
    }
    inbox
}

/// `GET /clinic/questions/{id}`: one question, and room to answer it.
///
/// # Errors
/// See [`AppError`].
pub async fn question(staff: Staff, page: Page, id: web::Path<QuestionId>, db: web::Data<Db>, titles: web::Data<Titles>) -> Answer {
    let (id, now) = (*id, page.now);
    let question = db
        .write(Lock::Clinic, move |conn| {
            note(conn, &staff, now, "looked at a reader's question", &format!("question {id}"))?;
            known(conn, id)
        })
        .await?;
    html(&QuestionPage::new(page, question, &titles))
}

fn known(conn: &mut Conn, id: QuestionId) -> Result<Question, AppError> {
    store::one_question(conn, id)?.ok_or(AppError::NotFound)
}

/// `POST /clinic/questions/{id}/answers`: publishes an answer or a correction; with `step=preview` only shows how it would look.
///
/// # Errors
/// See [`AppError`].
pub async fn answer(
    staff: Staff,
    page: Page,
    id: web::Path<QuestionId>,
    fields: Fields,
    db: web::Data<Db>,
    titles: web::Data<Titles>,
    refill: web::Data<Refill>,
) -> Answer {
    let (id, now, read) = (*id, page.now, form::answer(&fields));
    if fields.is("step", "preview") {
        let question = db.read(move |conn| known(conn, id)).await?;
        let preview = Some(markdown::strict(fields.get("words")));
        return html(&QuestionPage { preview, answer: fields, ..QuestionPage::new(page, question, &titles) });
    }
    let outcome = db
        .write(Lock::Clinic, move |conn| {
            let question = known(conn, id)?;
            let new = read?;
            if question.takes(&new)? {
                store::answer(conn, id, &new, Writer { by: staff.id, now })?;
                note(conn, &staff, now, "answered a reader's question", &format!("question {id}"))?;
            }
            Ok(())
        })
        .await;
    match outcome {
        Ok(()) => {
            refill.now().await?;
            see_other(&format!("/clinic/questions/{id}?done=answered"))
        }
        Err(AppError::Invalid(invalid)) => {
            let question = db.read(move |conn| known(conn, id)).await?;
            refused(&QuestionPage { answer: fields, errors: Errors(invalid), ..QuestionPage::new(page, question, &titles) })
        }
        Err(error) => Err(error),
    }
}

/// `POST /clinic/questions/{id}/refusals`: the question is not published.
///
/// # Errors
/// See [`AppError`].
pub async fn refuse(
    staff: Staff,
    page: Page,
    id: web::Path<QuestionId>,
    fields: Fields,
    db: web::Data<Db>,
    titles: web::Data<Titles>,
) -> Answer {
    let (id, now, read) = (*id, page.now, form::refusal(&fields));
    let outcome = db
        .write(Lock::Clinic, move |conn| {
            let question = known(conn, id)?;
            let reason = read?;
            if question.takes_refusal(&reason)? {
                store::refuse(conn, id, &reason, Writer { by: staff.id, now })?;
                note(conn, &staff, now, "declined a reader's question", &format!("question {id}"))?;
            }
            Ok(())
        })
        .await;
    match outcome {
        Ok(()) => see_other("/clinic/inbox?done=declined"),
        Err(AppError::Invalid(invalid)) => other_refused(page, id, fields, invalid, &db, &titles).await,
        Err(error) => Err(error),
    }
}

/// `POST /clinic/questions/{id}/withdrawals`: the answer is not shown any more.
///
/// # Errors
/// See [`AppError`].
pub async fn withdraw(
    staff: Staff,
    page: Page,
    id: web::Path<QuestionId>,
    fields: Fields,
    db: web::Data<Db>,
    titles: web::Data<Titles>,
    refill: web::Data<Refill>,
) -> Answer {
    let (id, now, read) = (*id, page.now, form::withdrawal(&fields));
    let outcome = db
        .write(Lock::Clinic, move |conn| {
            let question = known(conn, id)?;
            let (reason, seen) = read?;
            if let Some(answer) = question.takes_withdrawal(&reason, seen)? {
                store::withdraw(conn, answer, &reason, Writer { by: staff.id, now })?;
                note(conn, &staff, now, "withdrew the answer to a reader's question", &format!("question {id}"))?;
            }
            Ok(())
        })
        .await;
    match outcome {
        Ok(()) => {
            refill.now().await?;
            see_other(&format!("/clinic/questions/{id}?done=withdrawn"))
        }
        Err(AppError::Invalid(invalid)) => other_refused(page, id, fields, invalid, &db, &titles).await,
        Err(error) => Err(error),
    }
}

/// The page of the question with the reason that was not taken.
async fn other_refused(page: Page, id: QuestionId, fields: Fields, invalid: Invalid, db: &Db, titles: &Titles) -> Answer {
    let question = db.read(move |conn| known(conn, id)).await?;
    refused(&QuestionPage { other: fields, errors: Errors(invalid), ..QuestionPage::new(page, question, titles) })
}

fn note(conn: &mut Conn, staff: &Staff, at: NaiveDateTime, verb: &str, detail: &str) -> Result<(), AppError> {
    Ok(audit::record(conn, &Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: None, detail })?)
}
