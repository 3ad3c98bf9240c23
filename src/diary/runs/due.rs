//! The run that a day asks for, as a room above knows it. The server hands the rule down.

use chrono::NaiveDate;

use crate::db::Conn;
use crate::error::AppError;
use crate::ids::PatientId;

/// What today's page says of running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRun {
    /// "Run today: level R3"
    pub heading: String,
    /// What to do, or why not.
    pub words: String,
    /// Whether it is to be done now.
    pub now: bool,
    /// Whether it is today at all: on other days a line is enough.
    pub today: bool,
}

/// Reads what a day asks a patient to run; nothing for who is on no ladder.
type Rule = dyn Fn(&mut Conn, PatientId, NaiveDate) -> Result<Option<DueRun>, AppError> + Send + Sync;

/// The rule that today's page asks.
pub struct RunsDue(pub Box<Rule>);
