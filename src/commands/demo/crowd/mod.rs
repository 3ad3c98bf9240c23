//! A crowd for the demo: as many patients as a large clinic has, each with years of diary, to see how the pages hold.
//!
//! A few of them live their lives through the same functions as the others; the rest are copies of these, made in the database.

mod store;

use super::history;
use super::people::{DemoPatient, STAFF, Situation, patient};
use crate::clock::Clock;
use crate::db::{Db, Lock};
use crate::error::AppError;
use crate::exercises::Library;
use crate::patients::SoreSide;

/// How large the crowd is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowd {
    /// How many patients.
    pub patients: u32,
    /// How many years of diary each of them has.
    pub years: u8,
}

/// Those who live their lives; most of a clinic's patients are on their way.
const LIVES: [DemoPatient; 8] = [
    life("Crowd One", "crowd-1@example.org", 0, Situation::DoingWell),
    life("Crowd Two", "crowd-2@example.org", 1, Situation::DoingWell),
    life("Crowd Three", "crowd-3@example.org", 2, Situation::BetweenPhases),
    life("Crowd Four", "crowd-4@example.org", 1, Situation::Patchy),
    life("Crowd Five", "crowd-5@example.org", 2, Situation::DoingWell),
    life("Crowd Six", "crowd-6@example.org", 0, Situation::Unsettled),
    life("Crowd Seven", "crowd-7@example.org", 1, Situation::FlaringUp),
    life("Crowd Eight", "crowd-8@example.org", 2, Situation::Silent),
];

const fn life(name: &'static str, email: &'static str, physio: usize, situation: Situation) -> DemoPatient {
    patient(name, email, physio, SoreSide::Left, "Walk a whole day again", Some(2), situation)
}

impl Crowd {
    /// Adds the crowd to a demo's data.
    ///
    /// # Errors
    /// The database's own.
    pub fn write(self, db: &Db, clock: &Clock, library: &Library, hash: &str) -> Result<(), AppError> {
        let days = i64::from(self.years.max(1)) * 365;
        let count = self.patients.max(1);
        let emails = STAFF.map(|member| member.email);
        let staff = db.read_here(|conn| store::people(conn, &emails))?;
        let lives = u32::try_from(LIVES.len()).unwrap_or(1);
        for (place, life) in (0..).zip(&LIVES) {
            // The copies are shared out evenly among those who live.
            let copies = (count + lives - 1 - place) / lives;
            if copies > 0 {
                let id = db.write_here(Lock::Clinic, |conn| history::write_over(conn, life, &staff, (library, hash), clock, days))?;
                db.write_here(Lock::Clinic, |conn| store::copy(conn, id, place + 1, copies - 1))?;
            }
        }
        Ok(())
    }
}
