//! What was said to a patient and agreed with them, for the page of their progress.

use super::{decisions, goals};
use crate::db::Conn;
use crate::error::AppError;
use crate::ids::PatientId;
use crate::progress::{Aim, Said, Spoken};

/// Reviews the page shows.
const SHOWN: i64 = 5;

/// Reads what was said and agreed. Two queries.
///
/// # Errors
/// The database's own.
pub fn spoken(conn: &mut Conn, patient: PatientId) -> Result<Spoken, AppError> {
    let told = decisions::told_of(conn, patient, SHOWN)?;
    let goals = goals::of(conn, patient)?;
    Ok(Spoken {
        said: told.into_iter().map(|(at, by, words)| Said { at, by, words }).collect(),
        aims: goals
            .into_iter()
            .map(|goal| Aim {
                words: goal.said.words,
                target: goal.said.target,
                ended: goal.ended.map(|ended| (ended.outcome.label(), ended.reason)),
            })
            .collect(),
    })
}
