//! What an entry said before it was corrected: kept, and shown beside the entry to the patient and to the clinic.

mod store;

use chrono::{NaiveDate, NaiveDateTime};

pub(super) use store::correct;
pub use store::corrections;

use crate::ids::PrescriptionId;

/// What a correction of the morning's answers is about.
pub(super) const MORNING: &str = "morning check-in";

/// Which entry a correction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The day of the entry.
    pub day: NaiveDate,
    /// The session of the day; none for the morning.
    pub ordinal: Option<i32>,
    /// The exercise; none for what is said of the session as a whole.
    pub prescription: Option<PrescriptionId>,
}

/// A correction of the diary.
#[derive(Debug, Clone)]
pub struct Correction {
    /// What it is about.
    pub about: String,
    /// Where that stands.
    pub place: Place,
    /// What was said first.
    pub was: String,
    /// What is said now.
    pub became: String,
    /// When it was corrected, in UTC.
    pub at: NaiveDateTime,
}

impl Correction {
    /// Whether it is about the answers of a morning.
    #[must_use]
    pub fn of_morning(&self) -> bool {
        self.about == MORNING
    }
}
