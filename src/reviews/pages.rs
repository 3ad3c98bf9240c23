//! What the queue shows.

use askama::Template;

use super::domain::Need;
use crate::messages::Waiting;
use crate::patients::Listed;
use crate::progress::Light;
use crate::web::Page;

#[derive(Template)]
#[template(path = "reviews/queue.html")]
pub struct QueuePage {
    pub page: Page,
    pub rows: Vec<QueueRow>,
    pub mine: bool,
    pub total: usize,
    /// What people outside wrote and nobody has answered.
    pub inbox: Waiting,
}

/// A person in the queue.
pub struct QueueRow {
    pub patient: Listed,
    pub need: Need,
}

impl QueuePage {
    /// "2 people need you, 14 are on track."
    pub fn in_words(&self) -> String {
        let people = |count: usize, one: &str, more: &str| match count {
            0 => format!("Nobody {one}"),
            1 => format!("1 person {one}"),
            count => format!("{count} people {more}"),
        };
        match (self.total, self.rows.len()) {
            (0, _) => "Nobody is in treatment yet.".to_owned(),
            (total, needing) if total == needing => format!("{}.", people(needing, "needs you", "need you")),
            (total, needing) => {
                let rest = total - needing;
                format!("{}; {rest} {} on track.", people(needing, "needs you", "need you"), if rest == 1 { "is" } else { "are" })
            }
        }
    }
}

impl QueueRow {
    /// Where one press leads: to the message that waits, else to the patient.
    pub fn place(&self) -> String {
        match self.need.thread {
            Some(thread) => format!("/clinic/messages/{thread}#newest"),
            None => format!("/clinic/patients/{}", self.patient.id),
        }
    }

    /// Whether a light is the reason: silent and new patients have none.
    pub fn has_light(&self) -> bool {
        self.need.light != Light::Unknown
    }
}
