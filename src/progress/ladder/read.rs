//! What the pages of the ladder read from the database.

use chrono::{Days, NaiveDate};

use super::domain::{LadderStanding, Word, standing};
use super::readiness::Tick;
use super::store;
use crate::clock::{Clock, day_and_month};
use crate::db::Conn;
use crate::diary::measurements::{self, Measured};
use crate::diary::{self, DueRun, Record};
use crate::error::AppError;
use crate::ids::PatientId;
use crate::patients::{self, Profile, Standing};
use crate::plans::programmes::Ladder;

/// Days the list of runs reaches back when no ladder is open.
const BACK: u64 = 84;

/// A patient's ladder.
pub struct Climbing {
    /// What the physio said, oldest first.
    pub words: Vec<Word>,
    /// The diary since the ladder was opened, and of the last weeks.
    pub record: Record,
    /// Where the patient stands; nothing while no ladder is open.
    pub standing: Option<LadderStanding>,
}

/// Reads a patient's ladder. Eight queries, however long it has been open.
///
/// # Errors
/// The database's own.
pub fn climbing(conn: &mut Conn, patient: PatientId, ladder: &Ladder, clock: &Clock, today: NaiveDate) -> Result<Climbing, AppError> {
    let words = store::words(conn, patient, |moment| clock.day_of(moment))?;
    let opened = super::domain::open_since(&words).unwrap_or(today);
    let from = opened.min(today - Days::new(BACK));
    let record = diary::record(conn, patient, (from, today), |moment| clock.day_of(moment))?;
    let standing = standing(&record, &words, ladder, today);
    Ok(Climbing { words, record, standing })
}

/// Where a patient stands on the ladder. One query for who is on none, eight for who is on one.
///
/// # Errors
/// The database's own.
pub fn standing_of(
    conn: &mut Conn,
    patient: PatientId,
    ladder: &Ladder,
    clock: &Clock,
    today: NaiveDate,
) -> Result<Option<LadderStanding>, AppError> {
    let words = store::words(conn, patient, |moment| clock.day_of(moment))?;
    let Some(opened) = super::domain::open_since(&words) else { return Ok(None) };
    let record = diary::record(conn, patient, (opened, today), |moment| clock.day_of(moment))?;
    Ok(standing(&record, &words, ladder, today))
}

/// What today's page says of running. One query for who is on no ladder.
///
/// # Errors
/// The database's own.
pub fn due(conn: &mut Conn, patient: PatientId, ladder: &Ladder, clock: &Clock, today: NaiveDate) -> Result<Option<DueRun>, AppError> {
    Ok(standing_of(conn, patient, ladder, clock, today)?.map(|standing| due_run(&standing, today)))
}

fn due_run(standing: &LadderStanding, today: NaiveDate) -> DueRun {
    let done = standing.runs.last().is_some_and(|run| run.day == today);
    match &standing.next {
        _ if done => DueRun { heading: "Today’s run is written down".to_owned(), words: String::new(), now: false, today: false },
        None => DueRun { heading: "No running for now".to_owned(), words: standing.because.clone(), now: false, today: true },
        Some(next) if next.on <= today => {
            let words = format!("{} {}", next.words, standing.because);
            DueRun { heading: format!("Run today: level {}", next.level.name()), words, now: true, today: true }
        }
        Some(next) => {
            let on = if next.on == today + Days::new(1) { "tomorrow".to_owned() } else { format!("on {}", day_and_month(next.on)) };
            DueRun { heading: format!("Next run {on}: level {}", next.level.name()), words: String::new(), now: false, today: false }
        }
    }
}

/// What a physio sees before the ladder.
pub struct Desk {
    pub patient: Profile,
    pub standing: Standing,
    pub climbing: Climbing,
    pub ticks: Vec<Tick>,
    pub measured: Vec<Measured>,
}

/// Reads the page of a patient's ladder for staff.
pub fn desk(conn: &mut Conn, id: PatientId, ladder: &Ladder, clock: &Clock, today: NaiveDate) -> Result<Desk, AppError> {
    Ok(Desk {
        patient: patients::profile(conn, id)?.ok_or(AppError::NotFound)?,
        standing: patients::standing(conn, id)?,
        climbing: climbing(conn, id, ladder, clock, today)?,
        ticks: store::ticks(conn, id, |moment| clock.day_of(moment))?,
        measured: measurements::measured(conn, id)?,
    })
}

impl Desk {
    /// Why nothing may begin or go on: an open warning sign, a screening not done, or no plan that runs.
    pub fn obstacle(&self, today: NaiveDate) -> Option<String> {
        let plan = self.climbing.record.course.on(today).is_some_and(|asked| asked.asks());
        let missing = || (!plan).then(|| "There is no plan that runs: a run is written into its diary.".to_owned());
        self.standing.obstacle().or_else(missing)
    }
}
