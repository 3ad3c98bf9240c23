//! Posted strings become commands, all errors at once.

use super::domain::NewPassword;
use crate::error::Invalid;
use crate::text::{Email, Name};
use crate::web::Fields;

/// Someone wants to sign in.
pub struct SignIn {
    pub email: Email,
    pub password: String,
}

/// Reads the sign-in form.
pub fn sign_in(fields: &Fields) -> Result<SignIn, Invalid> {
    let mut invalid = Invalid::default();
    let email = invalid.take("email", Email::parse(fields.get("email")));
    let password = fields.get("password").to_owned();
    if password.is_empty() {
        invalid.add("password", "Enter your password");
    } else if password.chars().count() > NewPassword::LONGEST {
        invalid.add("password", "This password is too long to be yours; check it and try again");
    }
    match email {
        Some(email) if invalid.is_empty() => Ok(SignIn { email, password }),
        _ => Err(invalid),
    }
}

/// Someone follows an invitation and chooses a password.
pub struct Acceptance {
    pub password: NewPassword,
    /// Name and address, when the link founds the first owner.
    pub founder: Option<(Name, Email)>,
}

/// Reads the invitation form; `known` is the invited person's address, or nothing for the first owner.
pub fn acceptance(fields: &Fields, known: Option<&str>) -> Result<Acceptance, Invalid> {
    let mut invalid = Invalid::default();
    let mut founder = None;
    let email = match known {
        Some(email) => Email::parse(email).ok(),
        None => {
            let name = invalid.take("name", Name::parse(fields.get("name"), "your name"));
            let email = invalid.take("email", Email::parse(fields.get("email")));
            founder = name.zip(email.clone());
            email
        }
    };
    let password = invalid.take("password", NewPassword::parse(fields.get("password"), email.as_ref()));
    match password {
        Some(password) if invalid.is_empty() => Ok(Acceptance { password, founder }),
        _ => Err(invalid),
    }
}

/// Someone changes their password.
pub struct Change {
    pub current: String,
    pub new: NewPassword,
}

/// Reads the form on the account page.
pub fn change(fields: &Fields, email: &str) -> Result<Change, Invalid> {
    let mut invalid = Invalid::default();
    let current = fields.get("current").to_owned();
    if current.is_empty() {
        invalid.add("current", "Enter the password you use now");
    }
    let new = invalid.take("new", NewPassword::parse(fields.get("new"), Email::parse(email).ok().as_ref()));
    match new {
        Some(new) if invalid.is_empty() => Ok(Change { current, new }),
        _ => Err(invalid),
    }
}
