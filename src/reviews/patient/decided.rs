//! What is decided about a patient, and what the queue says of them.

use crate::db::Conn;
use crate::error::AppError;
use crate::ids::PatientId;
use crate::reviews::decisions::{self, Review};
use crate::reviews::goals::{self, Goal};
use crate::reviews::notes;
use crate::reviews::queue::{self, Part, Reckoned};

/// What the cards beside the plan show.
pub struct Decided {
    /// What the queue says.
    pub kept: Option<Reckoned>,
    /// The newest review.
    pub review: Option<Review>,
    /// The goals that are followed.
    pub goals: Vec<Goal>,
    /// How many clinical notes there are.
    pub notes: i64,
    /// How many of them are drafts.
    pub drafts: i64,
}

impl Decided {
    /// Reads it all. Four queries.
    pub fn read(conn: &mut Conn, id: PatientId) -> Result<Self, AppError> {
        let (notes, drafts) = notes::counts(conn, id)?;
        let mut goals = goals::of(conn, id)?;
        goals.retain(|goal| goal.ended.is_none());
        Ok(Self { kept: queue::one(conn, id)?, review: decisions::newest(conn, id)?, goals, notes, drafts })
    }

    /// What the queue says, when it says anything.
    pub fn needs(&self) -> Option<&Reckoned> {
        self.kept.as_ref().filter(|kept| kept.part != Part::Well)
    }

    /// What there is to see, for the form that says it was seen.
    pub fn marks(&self) -> String {
        self.kept.as_ref().map(|kept| kept.marks.join("\n")).unwrap_or_default()
    }
}
