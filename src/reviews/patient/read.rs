//! What the patient's page reads: one group of queries for each card, a fixed number however long the history.

use chrono::NaiveDate;

use super::pages::Look;
use crate::audit;
use crate::clock::Clock;
use crate::db::Conn;
use crate::diary::{self, Correction, Record};
use crate::error::AppError;
use crate::ids::{PatientId, PlanId};
use crate::messages::threads;
use crate::patients::{self, Profile, Standing};
use crate::plans::rules::Override;
use crate::plans::{self, Current, Publication, Status, requests};

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
}

/// Reads the page; nothing there is not found.
pub fn read(conn: &mut Conn, id: PatientId, (from, to): (NaiveDate, NaiveDate), clock: &Clock) -> Result<Read, AppError> {
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
        record: diary::record(conn, id, (from, to), |moment| clock.day_of(moment))?,
        corrections: diary::corrections(conn, id, from)?,
        looks: audit::of_subject(conn, id.into(), 10)?,
        messages: threads::waiting(conn, Some(id))?,
    })
}
