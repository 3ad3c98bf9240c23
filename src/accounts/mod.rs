//! People and how they sign in: passwords, sign-ins, one-time invitations, throttling.

mod cookie;
mod domain;
mod form;
mod kept;
mod pages;
mod passwords;
pub mod public;
mod store;
mod token;

pub use cookie::know_viewer;
pub use domain::{Mailbox, Person};
pub use kept::keep_form;
pub use passwords::Passwords;
pub use store::{NewPerson, add_person, has_staff, invite, person, rename, set_password, staff};
pub use token::Token;
