//! The runs of a diary: each is a session of its own, so that lights, charts and mornings see it like any other.

mod domain;
mod due;
pub mod form;
pub(super) mod store;

pub use domain::{Run, Surface};
pub use due::{DueRun, RunsDue};
pub use form::RunEntry;
pub use store::record_run;

/// The place of a day's run among its sessions: behind those of exercises, which count from 1. A day has one run.
pub const ORDINAL: i32 = super::domain::MOST_SESSIONS + 1;
