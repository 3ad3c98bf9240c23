//! What a measurement holds, and what may be entered.

use chrono::NaiveDate;

use super::super::domain::LoggedSide;

/// One number that was found in a test, as the rules read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The test, by its slug.
    pub test: String,
    /// What was measured, by the key of the test's file.
    pub measure: String,
    /// On which side; `Both` where the test has no sides.
    pub side: LoggedSide,
    /// The day.
    pub day: NaiveDate,
    /// The number in the measure's unit; yes is 1 and no is 0.
    pub value: i32,
}
