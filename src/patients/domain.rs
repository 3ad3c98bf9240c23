//! What is known about a patient.

use chrono::{NaiveDate, NaiveDateTime};

use crate::ids::{PatientId, PersonId};
use crate::text::{Email, Name, Note, words};

words! {
    /// Where it hurts.
    SoreSide {
        /// The left hip.
        Left = "left", "left hip";
        /// The right hip.
        Right = "right", "right hip";
        /// Both hips.
        Both = "both", "both hips";
    }
}

/// What is asked when a patient is added.
#[derive(Debug, Clone)]
pub struct NewPatient {
    /// Their name.
    pub name: Name,
    /// Their address: the invitation is for it.
    pub email: Email,
    /// Where it hurts.
    pub sore_side: SoreSide,
    /// What they want to do again, in their words.
    pub goal: Note,
    /// Usual next-morning pain over the last week, 0 to 10; may be unknown.
    pub morning_pain: Option<i32>,
    /// Who looks after them.
    pub physio: PersonId,
}

/// A patient as pages show them.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Their number.
    pub id: PatientId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Where it hurts.
    pub sore_side: SoreSide,
    /// What they want to do again.
    pub goal: String,
    /// Who looks after them.
    pub physio: PersonId,
    /// That person's name.
    pub physio_name: String,
    /// Whether they have chosen a password yet.
    pub has_account: bool,
    /// Since when they are a patient here.
    pub since: NaiveDateTime,
    /// Usual next-morning pain (0 to 10) and the day it was asked; the newest answer.
    pub baseline: Option<(i32, NaiveDate)>,
}
