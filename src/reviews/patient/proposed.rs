//! What the rules propose, beside what it is about.

use chrono::NaiveDate;

use super::read::Read;
use crate::clock::Clock;
use crate::db::Conn;
use crate::error::AppError;
use crate::progress::proposals::{Evidence, Rules, evidence, gathered};
use crate::reviews::proposals::Card;

/// Asks the rules. Three queries where the diary that was read for the page goes back far enough (`covers`), fourteen otherwise.
pub fn proposed(conn: &mut Conn, read: &Read, (today, covers): (NaiveDate, bool), rules: &Rules, clock: &Clock) -> Result<Card, AppError> {
    let (id, day_of) = (read.patient.id, |moment| clock.day_of(moment));
    let evidence = if covers {
        let (record, standing, sore) = (read.record.clone(), read.standing.clone(), Some(read.patient.sore_side));
        gathered(conn, id, Evidence { record, standing, sore, today, ..Evidence::default() }, day_of)?
    } else {
        evidence(conn, id, today, day_of)?
    };
    Ok(Card::of(&evidence, rules))
}
