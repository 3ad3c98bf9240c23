//! Errors become pages here, in one place that has the request.

use std::sync::Arc;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use super::access::RequestId;
use super::{House, Meant, Page, Suggest, json};
use crate::error::{AppError, Invalid};

/// The words an error wants on its page, carried from where it arose to where the page is made.
struct Words(&'static str);

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::Refused(status, _) => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::SignIn(back) => {
                let next: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
                return response.insert_header((header::LOCATION, format!("/sign-in?next={next}"))).finish();
            }
            Self::Busy => {
                response.insert_header((header::RETRY_AFTER, "5"));
            }
            Self::Refused(429, _) => {
                response.insert_header((header::RETRY_AFTER, "900"));
            }
            Self::Internal(words) => tracing::error!(%words, "internal error"),
            _ => {}
        }
        let mut response = response.finish();
        if let Self::Refused(_, words) = self {
            response.extensions_mut().insert(Words(words));
        }
        if let Self::Invalid(invalid) = self {
            response.extensions_mut().insert(invalid.clone());
        }
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    status: u16,
    title: &'static str,
    words: &'static str,
    request: String,
    /// What may have been meant; none where searching is no help.
    meant: Option<Meant>,
}

/// Gives every failed answer that is not yet a page a page in the layout, with a way back; a script gets the same words as JSON.
///
/// # Errors
/// None: an error of the inner service becomes a page, too.
pub async fn error_pages<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let response = match next.call(request).await {
        Ok(response) => response,
        // The inner service never fails; actix's own extractors end inside it.
        Err(error) => return Err(error),
    };
    let is_whole = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html") || value.as_bytes().starts_with(b"application/json"));
    if !(response.status().is_client_error() || response.status().is_server_error()) || is_whole {
        return Ok(response.map_into_left_body());
    }
    let (request, failed) = response.into_parts();
    if json::is_asked(request.headers()) {
        let answer = for_script(&failed);
        return Ok(ServiceResponse::new(request, answer).map_into_right_body());
    }
    if let Some(invalid) = failed.extensions().get::<Invalid>() {
        tracing::warn!(%invalid, "a refusal reached no form");
    }
    let meant = meant(&request, failed.status()).await;
    let page = error_page(&request, failed.status(), failed.extensions().get::<Words>().map(|words| words.0), meant);
    let mut answer = HttpResponse::build(failed.status());
    for (name, value) in failed.headers() {
        answer.insert_header((name.clone(), value.clone()));
    }
    answer.insert_header((header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")));
    Ok(ServiceResponse::new(request, answer.body(page)).map_into_right_body())
}

/// The same for a script of ours.
fn for_script<B>(failed: &HttpResponse<B>) -> HttpResponse {
    let extensions = failed.extensions();
    let words = extensions.get::<Words>().map_or_else(|| usual(failed.status()).1, |words| words.0);
    let value = json::problem(failed.status(), words, extensions.get::<Invalid>());
    let mut answer = HttpResponse::build(failed.status());
    for (name, value) in failed.headers() {
        answer.insert_header((name.clone(), value.clone()));
    }
    answer.content_type("application/json").body(value.to_string())
}

/// What someone may have meant who read an address that leads nowhere; nothing for the areas behind the sign-in, and for files.
async fn meant(request: &HttpRequest, status: StatusCode) -> Option<Meant> {
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    let house = request.app_data::<web::Data<House>>()?.clone().into_inner();
    let page = Page::public(&house, request.path());
    if status != StatusCode::NOT_FOUND || !reads || ["/my", "/clinic", "/assets"].iter().any(|area| page.is_in(area)) {
        return None;
    }
    let suggest = request.app_data::<web::Data<Suggest>>()?.clone();
    Some(suggest.meant(request.path()).await)
}

/// The title and the words of an error that has none of its own.
fn usual(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        400 => ("The request could not be read", "Go back, check the address or the form, and try again."),
        401 => ("Please sign in", "Your session has ended. Sign in and try again."),
        403 => ("This page is not for you", "Your account does not open this page. If you think it should, ask the clinic."),
        404 => ("There is no such page", "The address may be mistyped, or the page may have moved."),
        405 => ("This cannot be done here", "Go back to the page you came from and use its buttons."),
        408 => ("The request took too long", "Check your connection and try again. What you typed is still in the page you came from."),
        410 => ("This link no longer works", "It has been used or has expired. Please ask the clinic for a new one."),
        413 => ("Too much at once", "Please shorten what you typed and send it again."),
        429 => ("Too many tries", "Please wait fifteen minutes and try again, or ask the clinic for a new link."),
        503 => ("We are busy for a moment", "Please go back and try again in a few seconds. What you typed is still in the form."),
        code if code < 500 => ("The request could not be taken", "Go back to the page you came from and try again."),
        _ => {
            ("Something went wrong on our side", "It is not your fault. Try again; if it happens again, tell the clinic the number below.")
        }
    }
}

fn error_page(request: &HttpRequest, status: StatusCode, words: Option<&'static str>, meant: Option<Meant>) -> String {
    let (title, usual) = usual(status);
    let words = words.unwrap_or(usual);
    let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let house: Option<Arc<House>> = request.app_data::<web::Data<House>>().map(|house| house.clone().into_inner());
    let rendered = house.and_then(|house| {
        ErrorPage { page: Page::of(request, &house), status: status.as_u16(), title, words, request: id, meant }.render().ok()
    });
    rendered.unwrap_or_else(|| format!("<!doctype html><html lang=\"en\"><title>{title}</title><h1>{title}</h1><p>{words}</p></html>"))
}
