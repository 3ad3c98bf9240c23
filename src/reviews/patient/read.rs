//! What the patient's page reads: one group of queries for each card, a fixed number however long the history.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::decided::Decided;
use super::pages::Look;
use super::span::Span;
use crate::audit;
use crate::clock::Clock;
use crate::db::Conn;
use crate::diary::{self, Correction, Record};
use crate::error::AppError;
use crate::ids::{PatientId, PlanId};
use crate::messages::threads;
use crate::patients::{self, Profile, Standing};
use crate::plans::programmes::Ladder;
use crate::plans::rules::Override;
use crate::plans::{self, Current, Publication, Status, requests};
use crate::progress::ladder::{LadderStanding, standing_of};

/// What the patient's page reads from the database.
pub struct Read {
    pub patient: Profile,
    pub standing: Standing,
    pub current: Option<Current>,
    pub plans: Vec<(PlanId, i32)>,
    pub publications: Vec<Publication>,
    pub statuses: Vec<Status>,
    pub overrides: Vec<Override>,
    pub asks: Vec<requests::Request>,
    pub record: Record,
    pub corrections: Vec<Correction>,
    pub looks: Vec<Look>,
    pub messages: Vec<threads::Waiting>,
    pub running: Option<LadderStanding>,
    /// What was written to each other: when, by which side, about what.
    pub written: Vec<(NaiveDateTime, threads::Kind, String)>,
    /// What was measured, in words.
    pub measured: Vec<(NaiveDate, String)>,
    pub decided: Decided,
}

/// Reads the page; nothing there is not found.
pub fn read(conn: &mut Conn, id: PatientId, span: Span, clock: &Clock, ladder: &Ladder) -> Result<Read, AppError> {
    let (from, to) = span.days();
    let day_of = |moment| clock.day_of(moment);
    let plans = plans::plans_of(conn, id)?;
    let numbers: Vec<PlanId> = plans.iter().map(|(plan, _)| *plan).collect();
    Ok(Read {
        patient: patients::profile(conn, id)?.ok_or(AppError::NotFound)?,
        standing: patients::standing(conn, id)?,
        current: plans::current(conn, id)?,
        plans,
        publications: plans::publications(conn, id, 200)?,
        statuses: plans::statuses(conn, id)?,
        overrides: plans::rules::overrides(conn, &numbers)?,
        asks: requests::open(conn, Some(id))?,
        record: if span.is_outline() {
            diary::outline(conn, id, (from, to), day_of)?
        } else {
            diary::record(conn, id, (from, to), day_of)?
        },
        corrections: diary::corrections(conn, id, from)?,
        looks: audit::of_subject(conn, id.into(), 10)?,
        messages: threads::waiting(conn, Some(id))?,
        running: standing_of(conn, id, ladder, clock, clock.today())?,
        written: threads::written(conn, id, from.into())?,
        measured: measured(conn, id)?,
        decided: Decided::read(conn, id)?,
    })
}

/// The days on which something was measured, each with the tests.
fn measured(conn: &mut Conn, id: PatientId) -> Result<Vec<(NaiveDate, String)>, AppError> {
    let mut days: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for measured in diary::measurements::measured(conn, id)? {
        let tests = days.entry(measured.day).or_default();
        let name = measured.test.trim_start_matches("test-").replace('-', " ");
        if !tests.contains(&name) {
            tests.push(name);
        }
    }
    let words = |tests: &[String]| format!("Measured: {}", tests.join(", "));
    Ok(days.into_iter().map(|(day, tests)| (day, words(&tests))).collect())
}
