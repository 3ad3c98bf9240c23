//! How an entry arrives: as a form of a page, or from the queue of a phone that was without network.
//!
//! A phone gives each entry a key. It may send the entry as often as it likes: the first that is saved leaves a receipt, and every
//! later one is only told so. What the diary says by now is not overwritten by someone who did not see it: see [`conflict`].

pub mod conflict;
mod store;

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::NaiveDateTime;
use serde_json::json;

pub use store::forget_receipts;

use crate::db::Conn;
use crate::error::AppError;
use crate::ids::PatientId;
use crate::web::{self, Answer, Viewer};
use conflict::Conflict;

/// The name a phone gives an entry: a UUID.
const KEY: &str = "idempotency-key";
/// The number of the patient whose entry it is: by now somebody else may be signed in on the phone.
const OF: &str = "diary-of";

/// How an entry arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// By a form of a page: what is sent last holds.
    Form,
    /// From a phone, under a key.
    Phone(String),
}

/// What became of an entry.
pub enum Outcome {
    /// It is saved, now or when it came first.
    Saved,
    /// The diary says something else by now: nothing is saved before the patient has decided.
    Differs(Vec<Conflict>),
}

impl Delivery {
    /// Whether this entry has been saved before.
    ///
    /// # Errors
    /// The database's own.
    pub fn is_known(&self, conn: &mut Conn, patient: PatientId) -> Result<bool, AppError> {
        match self {
            Self::Form => Ok(false),
            Self::Phone(key) => store::is_known(conn, patient, key),
        }
    }

    /// Whether this entry says what it was shown, so that it can be held against what the diary says by now.
    #[must_use]
    pub fn asks_first(&self) -> bool {
        matches!(self, Self::Phone(_))
    }

    /// Writes the receipt, in the transaction that saves the entry.
    ///
    /// # Errors
    /// The database's own.
    pub fn note(&self, conn: &mut Conn, patient: PatientId, now: NaiveDateTime) -> Result<(), AppError> {
        match self {
            Self::Form => Ok(()),
            Self::Phone(key) => store::note(conn, patient, key, now),
        }
    }
}

/// What a phone is told: that the entry is saved and where it is shown, or what to decide.
///
/// # Errors
/// The entry's own; they become JSON on their way out.
pub fn told(key: &str, outcome: Result<Outcome, AppError>, place: &str) -> Answer {
    match outcome? {
        Outcome::Saved => web::json::answer(StatusCode::OK, &json!({ "key": key, "saved": true, "place": place })),
        Outcome::Differs(conflicts) => {
            let conflicts: Vec<_> = conflicts.iter().map(Conflict::as_json).collect();
            web::json::answer(StatusCode::CONFLICT, &json!({ "problem": "conflict", "key": key, "conflicts": conflicts }))
        }
    }
}

impl FromRequest for Delivery {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

fn read(request: &HttpRequest) -> Result<Delivery, AppError> {
    if !web::json::is_asked(request.headers()) {
        return Ok(Delivery::Form);
    }
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = header(KEY);
    if !is_uuid(key) {
        return Err(AppError::Refused(400, "An entry from a phone needs a key of its own."));
    }
    let viewer = request.extensions().get::<Viewer>().map(|viewer| viewer.id.to_string());
    if viewer.is_some_and(|viewer| viewer != header(OF)) {
        return Err(AppError::Refused(401, "Somebody else is signed in. Sign in, and what waits is sent."));
    }
    Ok(Delivery::Phone(key.to_ascii_lowercase()))
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_uuid_and_nothing_else() {
        assert!(is_uuid("0f8fad5b-d9cb-469f-a165-70867728950e"));
        for wrong in
            ["", "1", "0f8fad5b-d9cb-469f-a165-70867728950g", "0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e-"]
        {
            assert!(!is_uuid(wrong), "{wrong}");
        }
    }
}
