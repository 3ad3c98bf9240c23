//! What the pages of this room show.

use askama::Template;
use chrono::NaiveDateTime;

use super::domain::{NewPassword, Person};
use super::kept::Kept;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
pub struct SignInPage {
    pub page: Page,
    pub fields: Fields,
    /// A form that was sent after the sign-in had ended.
    pub kept: Option<Kept>,
    pub errors: Errors,
}

#[derive(Template)]
#[template(path = "accounts/kept.html")]
pub struct KeptPage {
    pub page: Page,
    pub staff: bool,
    pub home: &'static str,
    pub kept: Kept,
}

#[derive(Template)]
#[template(path = "accounts/invitation.html")]
pub struct InvitationPage {
    pub page: Page,
    pub token: String,
    pub person: Option<Person>,
    pub expires_at: NaiveDateTime,
    pub fields: Fields,
    pub errors: Errors,
}

impl InvitationPage {
    pub fn password_hint(&self) -> String {
        password_hint()
    }
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
pub struct AccountPage {
    pub page: Page,
    pub staff: bool,
    pub name: String,
    pub email: String,
    pub errors: Errors,
}

impl AccountPage {
    pub fn password_hint(&self) -> String {
        password_hint()
    }
}

fn password_hint() -> String {
    format!("At least {} characters. Three random words are good and easy to remember.", NewPassword::SHORTEST)
}
