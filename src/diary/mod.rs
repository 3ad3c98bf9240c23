//! What happened: sessions, sets, skips, how it felt, and the next morning. Nothing is ever inferred.

pub mod activities;
mod actual;
mod book;
mod corrections;
mod delivery;
mod domain;
pub mod due;
pub mod experiment;
mod form;
pub mod measurements;
mod pages;
pub mod patient;
mod record;
pub mod runs;
mod store;
mod today;

pub use actual::Actual;
pub use corrections::{Correction, Place, corrections};
pub use delivery::forget_receipts;
pub use domain::{
    CheckIn, DAYS_BACK, ExerciseNote, Feeling, LoggedSide, Session, SetChange, SetEntry, SetLog, Skip, SkipReason, Stiffness, Week,
    check_day, monday,
};
pub use form::{SessionEntry, Told};
pub use pages::{Advice, Advise};
pub use record::{Record, outline, record, records};
pub use runs::{DueRun, Run, RunEntry, RunsDue, Surface, record_run};
pub use store::{Writer, check_ins, last_entries, record_check_in, record_feeling, record_sets, sessions};
