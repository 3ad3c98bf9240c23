//! What a patient was told in reviews, and the goals that were agreed: reckoned by a higher room, which hands its small reader down.

use chrono::{NaiveDate, NaiveDateTime};

use crate::db::Conn;
use crate::error::AppError;
use crate::ids::PatientId;

/// What somebody said to the patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub by: String,
    /// The words as they were typed.
    pub words: String,
}

/// A goal as the patient reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// What it is.
    pub words: String,
    /// By when, if a day was agreed.
    pub target: Option<NaiveDate>,
    /// How it ended and why, if it has.
    pub ended: Option<(&'static str, String)>,
}

/// What was said and agreed, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    /// What was said in reviews.
    pub said: Vec<Said>,
    /// The goals.
    pub aims: Vec<Aim>,
}

/// Reads what was said and agreed with a patient. Two queries.
pub type Reader = fn(&mut Conn, PatientId) -> Result<Spoken, AppError>;

/// The reader, handed down by the server.
#[derive(Clone, Copy)]
pub struct Speech(pub Reader);
