//! What happened: sessions, sets, skips, how it felt, and the next morning. Nothing is ever inferred.

mod book;
mod delivery;
mod domain;
mod form;
mod pages;
pub mod patient;
mod store;

pub use delivery::forget_receipts;
pub use domain::{CheckIn, Correction, Feeling, LoggedSide, Session, SetChange, SetEntry, SetLog, Skip, SkipReason, Stiffness, Week};
pub use form::{SessionEntry, Told};
pub use pages::{Advice, Advise};
pub use store::{Writer, check_ins, corrections, last_entries, recent, record_check_in, record_feeling, record_sets, sessions};
