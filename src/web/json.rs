//! Answers for a page's own script, which asks for JSON: a word it can act on, and words it can show.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use serde_json::{Value, json};

use super::page::Answer;
use crate::error::Invalid;

/// Whether a script asked, and no page.
#[must_use]
pub fn is_asked(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.trim() == "application/json")
}

/// An answer with a status of its own.
///
/// # Errors
/// None; the type is a handler's.
pub fn answer(status: StatusCode, value: &Value) -> Answer {
    Ok(HttpResponse::build(status).content_type("application/json").body(value.to_string()))
}

/// What went wrong: a word for the script, words for the person, and words for each field of a refused form.
pub(super) fn problem(status: StatusCode, words: &str, invalid: Option<&Invalid>) -> Value {
    let problem = match status.as_u16() {
        401 => "sign-in",
        403 => "forbidden",
        404 => "not-found",
        409 => "conflict",
        422 => "invalid",
        429 | 503 => "busy",
        code if code >= 500 => "failed",
        _ => "refused",
    };
    let fields: Vec<Value> =
        invalid.into_iter().flat_map(Invalid::iter).map(|(field, words)| json!({ "field": field, "words": words })).collect();
    json!({ "problem": problem, "words": words, "fields": fields })
}
