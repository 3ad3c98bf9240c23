//! Everyone: asking a question about an article, and asking for an appointment.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, web};
use chrono::{NaiveDateTime, TimeDelta};

use super::domain::{NewQuestion, NewRequest};
use super::pages::{QuestionFormPage, QuestionSentPage, RequestFormPage, RequestSentPage, Titles, Trap};
use super::throttle::{Throttle, Throttles};
use super::{form, store, trap};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::web::{Answer, Errors, Fields, Page, client_address, html, refused, see_other, with_status};

/// What became of a message.
enum Sent {
    /// It is kept, now or from a moment ago.
    Kept,
    /// Too much was sent; the next one is taken after this time.
    TooMuch(TimeDelta),
}

/// `GET /questions/new?about={slug}`
///
/// # Errors
/// [`AppError::NotFound`] when readers have no such article.
pub async fn question_form(page: Page, request: HttpRequest, titles: web::Data<Titles>) -> Answer {
    let fields = Fields::decode(request.query_string().as_bytes());
    let about = article(&fields, &titles)?;
    let trap = Trap::set(&Fields::default(), page.now);
    html(&QuestionFormPage { page, about, fields: Fields::default(), errors: Errors::default(), trap })
}

/// `POST /questions`
///
/// # Errors
/// See [`AppError`].
pub async fn ask(
    page: Page,
    fields: Fields,
    request: HttpRequest,
    db: web::Data<Db>,
    titles: web::Data<Titles>,
    throttles: web::Data<Throttles>,
) -> Answer {
    let about = article(&fields, &titles)?;
    let (now, address, throttles) = (page.now, client_address(&request), throttles.into_inner());
    let outcome = match form::question(&fields, now) {
        Ok(question) => {
            let sent = db.write(Lock::Clinic, move |conn| keep_question(conn, &question, &throttles.questions, &address, now)).await?;
            too_much(&sent)
        }
        Err(invalid) => Some((invalid, None)),
    };
    let Some((invalid, wait)) = outcome else {
        return see_other(&format!("/questions/sent?about={}", about.0));
    };
    let trap = Trap::set(&fields, now);
    refusal(&QuestionFormPage { page, about, fields, errors: Errors(invalid), trap }, wait)
}

/// `GET /questions/sent`: what happens next.
///
/// # Errors
/// See [`AppError`].
pub async fn question_sent(page: Page, request: HttpRequest, titles: web::Data<Titles>) -> Answer {
    let about = article(&Fields::decode(request.query_string().as_bytes()), &titles).ok();
    html(&QuestionSentPage { page, about })
}

/// Slug and title of the article a form is about.
fn article(fields: &Fields, titles: &Titles) -> Result<(String, String), AppError> {
    let slug = fields.get("about");
    titles.of(slug).map(|title| (slug.to_owned(), title)).ok_or(AppError::NotFound)
}

fn keep_question(
    conn: &mut Conn,
    question: &NewQuestion,
    throttle: &Throttle,
    address: &str,
    now: NaiveDateTime,
) -> Result<Sent, AppError> {
    if store::asked_before(conn, question, now)? {
        return Ok(Sent::Kept);
    }
    if let Err(wait) = throttle.take(address, now) {
        return Ok(Sent::TooMuch(wait));
    }
    store::ask(conn, question, now)?;
    Ok(Sent::Kept)
}

/// `GET /appointment`
///
/// # Errors
/// See [`AppError`].
pub async fn request_form(page: Page) -> Answer {
    let trap = Trap::set(&Fields::default(), page.now);
    html(&RequestFormPage { page, fields: Fields::default(), errors: Errors::default(), trap })
}

/// `POST /appointment`: answers with what was sent and what to do until somebody calls; stored nowhere, so that nobody else can
/// open it.
///
/// # Errors
/// See [`AppError`].
pub async fn ask_for_appointment(
    page: Page,
    fields: Fields,
    request: HttpRequest,
    db: web::Data<Db>,
    throttles: web::Data<Throttles>,
) -> Answer {
    let (now, address, throttles) = (page.now, client_address(&request), throttles.into_inner());
    let outcome = match form::request(&fields, now) {
        Ok(request) => {
            let shown = request.clone();
            let sent = db.write(Lock::Clinic, move |conn| keep_request(conn, &request, &throttles.requests, &address, now)).await?;
            match too_much(&sent) {
                None => return html(&RequestSentPage { page, request: shown }),
                Some(refusal) => refusal,
            }
        }
        Err(invalid) => (invalid, None),
    };
    let (invalid, wait) = outcome;
    let trap = Trap::set(&fields, now);
    refusal(&RequestFormPage { page, fields, errors: Errors(invalid), trap }, wait)
}

fn keep_request(conn: &mut Conn, request: &NewRequest, throttle: &Throttle, address: &str, now: NaiveDateTime) -> Result<Sent, AppError> {
    if store::requested_before(conn, request, now)? {
        return Ok(Sent::Kept);
    }
    if let Err(wait) = throttle.take(address, now) {
        return Ok(Sent::TooMuch(wait));
    }
    store::request(conn, request, now)?;
    Ok(Sent::Kept)
}

/// What to say when too much was sent, and after how many seconds to come again.
fn too_much(sent: &Sent) -> Option<(Invalid, Option<i64>)> {
    let Sent::TooMuch(wait) = sent else { return None };
    let minutes = wait.num_seconds().div_euclid(60) + 1;
    let span = match minutes {
        1 => "a minute".to_owned(),
        2..90 => format!("{minutes} minutes"),
        _ => format!("{} hours", (minutes + 59) / 60),
    };
    let words =
        format!("We cannot take more messages just now. Please send this again in {span}, or call us. What you typed is still here");
    Some((Invalid::one(trap::BEGUN, words), Some(wait.num_seconds().max(1))))
}

/// The form again: 429 when it was sent too often, else 422.
fn refusal(template: &impl askama::Template, wait: Option<i64>) -> Answer {
    let Some(seconds) = wait else { return refused(template) };
    let mut answer = with_status(StatusCode::TOO_MANY_REQUESTS, template)?;
    answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    Ok(answer)
}
