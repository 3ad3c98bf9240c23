//! Runs in the database. Writes need the patient's lock.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::ORDINAL;
use super::domain::{Run, Surface};
use super::form::RunEntry;
use crate::db::Conn;
use crate::db::schema::runs;
use crate::diary::corrections::{Place, correct};
use crate::diary::form::{SessionEntry, Told};
use crate::diary::store::{Writer, record_feeling, session_of};
use crate::error::AppError;
use crate::ids::PlanId;

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

/// Takes the run of a day with how it felt: other values than before are corrections, the same again is nothing. The plan and version
/// are those of its day.
///
/// # Errors
/// The database's own.
pub fn record_run(conn: &mut Conn, writer: Writer, plan: PlanId, version: i32, entry: &RunEntry) -> Result<(), AppError> {
    let session = session_of(conn, writer, plan, version, entry.day, ORDINAL)?;
    let known: Option<RunRow> = runs::table.find(session).select(RUN).first(conn).optional()?;
    let run = &entry.run;
    let said = (
        runs::level.eq(run.level),
        runs::seconds.eq(run.seconds),
        runs::longest.eq(run.longest),
        runs::surface.eq(run.surface.map(Surface::word)),
        runs::incline.eq(run.incline),
        runs::climb.eq(run.climb),
        runs::pace.eq(run.pace),
        runs::speed_reps.eq(run.speed_reps),
        runs::walked_home.eq(run.walked_home),
    );
    match known.map(Run::from) {
        None => {
            let first = (runs::session_id.eq(session), runs::logged_at.eq(writer.now));
            diesel::insert_into(runs::table).values((first, said)).execute(conn)?;
        }
        Some(was) if was.says_as(run) => {}
        Some(was) => {
            // When it was first written down stays: the physio's words are held against it.
            diesel::update(runs::table.find(session)).set(said).execute(conn)?;
            let place = Place { day: entry.day, ordinal: Some(ORDINAL), prescription: None };
            correct(conn, writer, place, "run", &was.words(), &run.words())?;
        }
    }
    let told = |value| Some(Told { value });
    let feeling = SessionEntry {
        plan,
        version,
        day: entry.day,
        ordinal: ORDINAL,
        during: told(entry.during),
        after: told(entry.after),
        effort: None,
        note: Some(Told { value: entry.note.clone() }),
    };
    record_feeling(conn, writer, &feeling)
}
