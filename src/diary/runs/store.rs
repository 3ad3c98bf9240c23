//! Runs in the database.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::domain::{Run, Surface};
use crate::db::schema::runs;

/// A run beside its session.
#[derive(Queryable)]
pub struct RunRow {
    level: Option<i32>,
    seconds: Option<i32>,
    longest: Option<i32>,
    surface: Option<String>,
    incline: Option<i32>,
    climb: Option<i32>,
    pace: Option<i32>,
    speed_reps: Option<i32>,
    walked_home: bool,
    logged_at: NaiveDateTime,
}

type Columns = (
    runs::level,
    runs::seconds,
    runs::longest,
    runs::surface,
    runs::incline,
    runs::climb,
    runs::pace,
    runs::speed_reps,
    runs::walked_home,
    runs::logged_at,
);
/// The columns of [`RunRow`].
pub const RUN: Columns = (
    runs::level,
    runs::seconds,
    runs::longest,
    runs::surface,
    runs::incline,
    runs::climb,
    runs::pace,
    runs::speed_reps,
    runs::walked_home,
    runs::logged_at,
);

impl From<RunRow> for Run {
    fn from(row: RunRow) -> Self {
        Self {
            level: row.level,
            seconds: row.seconds,
            longest: row.longest,
            surface: row.surface.as_deref().and_then(Surface::from_word),
            incline: row.incline,
            climb: row.climb,
            pace: row.pace,
            speed_reps: row.speed_reps,
            walked_home: row.walked_home,
            logged: row.logged_at,
        }
    }
}
