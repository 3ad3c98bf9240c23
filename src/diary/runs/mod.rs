//! The runs of a diary: each is a session of its own, so that lights, charts and mornings see it like any other.

mod domain;
pub(super) mod store;

pub use domain::{Run, Surface};

/// The place of a day's run among its sessions: behind those of exercises, which count from 1. A day has one run.
pub const ORDINAL: i32 = super::domain::MOST_SESSIONS + 1;
