//! What a goal is.

use chrono::{NaiveDate, NaiveDateTime};

use crate::ids::GoalId;
use crate::text::words;

words! {
    /// How a goal ended.
    Outcome {
        /// It is reached.
        Reached = "reached", "Reached";
        /// It is not followed any more.
        GivenUp = "given-up", "Given up";
    }
}

/// A goal to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGoal {
    /// In the patient's words.
    pub words: String,
    /// By when, if a day was agreed.
    pub target: Option<NaiveDate>,
}

/// How a goal ended, and why.
#[derive(Debug, Clone)]
pub struct Ending {
    /// How.
    pub outcome: Outcome,
    /// Why; may be empty when it is reached.
    pub reason: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// A goal as it is kept.
#[derive(Debug, Clone)]
pub struct Goal {
    /// Its number.
    pub id: GoalId,
    /// What it is, and by when.
    pub said: NewGoal,
    /// When it was set, in UTC.
    pub at: NaiveDateTime,
    /// How it ended; nothing while it is followed.
    pub ended: Option<Ending>,
}
