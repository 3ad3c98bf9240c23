//! Who is looking: put into the request by the session middleware, taken out of it by handlers.
//!
//! A handler that takes a [`Patient`] or a [`Staff`] never runs for anyone else.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::json;
use crate::error::AppError;
use crate::ids::{PatientId, PersonId};
use crate::text::words;

words! {
    /// What a person may do.
    Role {
        /// Sees and keeps their own plan and diary.
        Patient = "patient", "patient";
        /// Looks after patients.
        Physio = "physio", "physio";
        /// A physio who also administers the clinic.
        Owner = "owner", "owner";
    }
}

impl Role {
    /// Whether this is someone of the clinic.
    #[must_use]
    pub fn is_staff(self) -> bool {
        self != Self::Patient
    }

    /// Where a person of this role begins.
    #[must_use]
    pub fn home(self) -> &'static str {
        if self.is_staff() { "/clinic" } else { "/my/today" }
    }
}

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Their number.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How many messages wait for them: a patient's that are unread, or the threads the clinic has not answered.
    pub messages: i64,
}

/// A signed-in patient.
#[derive(Debug, Clone)]
pub struct Patient {
    /// Their number as a patient.
    pub id: PatientId,
    /// Their name.
    pub name: String,
}

/// A signed-in physio or owner.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Their number.
    pub id: PersonId,
    /// Their name, as the audit trail keeps it.
    pub name: String,
    /// Whether they administer the clinic.
    pub owner: bool,
}

impl FromRequest for Viewer {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer(request))
    }
}

impl FromRequest for Patient {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer(request).and_then(|viewer| match viewer.role {
            Role::Patient => Ok(Self { id: PatientId(viewer.id.0), name: viewer.name }),
            Role::Physio | Role::Owner => Err(AppError::Forbidden),
        }))
    }
}

impl FromRequest for Staff {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer(request).and_then(|viewer| match viewer.role {
            Role::Patient => Err(AppError::Forbidden),
            Role::Physio | Role::Owner => Ok(Self { id: viewer.id, owner: viewer.role == Role::Owner, name: viewer.name }),
        }))
    }
}

/// The viewer, or the way to the sign-in page: back to this page afterwards, or (for a form) to the page it stood on. A script is
/// told, and led nowhere.
fn viewer(request: &HttpRequest) -> Result<Viewer, AppError> {
    if let Some(viewer) = request.extensions().get::<Viewer>() {
        return Ok(viewer.clone());
    }
    if json::is_asked(request.headers()) {
        return Err(AppError::Refused(401, "You are signed out. Sign in, and what waits is sent."));
    }
    let back = if request.method() == Method::GET || request.method() == Method::HEAD {
        request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned()
    } else {
        let area = if request.path().starts_with("/clinic") { "/clinic" } else { "/my/today" };
        area.to_owned()
    };
    Err(AppError::SignIn(back))
}
