//! What a patient asks for.

use chrono::NaiveDateTime;

use crate::ids::{ChangeRequestId, PatientId, PlanId, PrescriptionId};
use crate::text::{Note, words};

/// Most requests of one patient that may wait at a time.
pub const MOST_OPEN: usize = 20;

words! {
    /// What is the matter with an exercise, or with the plan. The labels are the patient's own words.
    Matter {
        /// It has done what it was for.
        Finished = "finished", "I am done with it";
        /// More than the patient can do.
        TooHard = "too-hard", "It is too hard";
        /// Less than the patient could do.
        TooEasy = "too-easy", "It is too easy";
        /// It does not fit the patient's body, day or means.
        DoesNotSuit = "does-not-suit", "It does not suit me";
        /// Something else, said in words.
        Other = "other", "Something else";
    }
}

/// A request about to be kept.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// The plan.
    pub plan: PlanId,
    /// The version the patient reads.
    pub version: i32,
    /// The exercise; nothing when it is about the whole plan.
    pub prescription: Option<PrescriptionId>,
    /// The name of the exercise; empty for the whole plan.
    pub about: String,
    /// What is the matter.
    pub matter: Matter,
    /// More words; may be empty.
    pub words: Note,
}

/// A request as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number.
    pub id: ChangeRequestId,
    /// Who asks.
    pub patient: PatientId,
    /// The plan.
    pub plan: PlanId,
    /// The version the patient read.
    pub version: i32,
    /// The exercise; nothing when it is about the whole plan.
    pub prescription: Option<PrescriptionId>,
    /// The name of the exercise as the patient read it; empty for the whole plan.
    pub about: String,
    /// What is the matter.
    pub matter: Matter,
    /// More words; may be empty.
    pub words: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// How it was settled; nothing while it waits.
    pub settled: Option<Settled>,
}

/// How a request was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What the physio says to it.
    pub words: String,
    /// Who.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

impl Request {
    /// What it is about: "“Hip bridge”" or "the whole plan".
    fn subject(&self) -> String {
        if self.about.is_empty() { "the whole plan".to_owned() } else { format!("“{}”", self.about) }
    }

    /// To the patient, after "You told us": "“Hip bridge” is too hard".
    #[must_use]
    pub fn to_patient(&self) -> String {
        let subject = self.subject();
        match self.matter {
            Matter::Finished => format!("you are done with {subject}"),
            Matter::TooHard => format!("{subject} is too hard"),
            Matter::TooEasy => format!("{subject} is too easy"),
            Matter::DoesNotSuit => format!("{subject} does not suit you"),
            Matter::Other => format!("something else about {subject}"),
        }
    }

    /// To staff, as a sentence without its full stop: "Finds “Hip bridge” too hard".
    #[must_use]
    pub fn to_staff(&self) -> String {
        let subject = self.subject();
        match self.matter {
            Matter::Finished => format!("Is done with {subject}"),
            Matter::TooHard => format!("Finds {subject} too hard"),
            Matter::TooEasy => format!("Finds {subject} too easy"),
            Matter::DoesNotSuit => format!("Says that {subject} does not suit them"),
            Matter::Other => format!("Says something else about {subject}"),
        }
    }

    /// Whether it says the same of the same.
    #[must_use]
    pub fn says_the_same(&self, new: &NewRequest) -> bool {
        (self.plan, self.prescription, self.matter, self.words.as_str()) == (new.plan, new.prescription, new.matter, new.words.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_reads_as_a_sentence_to_both() {
        let of = |about: &str, matter| Request {
            id: ChangeRequestId(1),
            patient: PatientId(1),
            plan: PlanId(1),
            version: 1,
            prescription: None,
            about: about.to_owned(),
            matter,
            words: String::new(),
            at: NaiveDateTime::default(),
            settled: None,
        };
        assert_eq!(of("Hip bridge", Matter::TooHard).to_patient(), "“Hip bridge” is too hard");
        assert_eq!(of("", Matter::Finished).to_patient(), "you are done with the whole plan");
        assert_eq!(of("Hip bridge", Matter::DoesNotSuit).to_staff(), "Says that “Hip bridge” does not suit them");
        assert_eq!(of("", Matter::TooEasy).to_staff(), "Finds the whole plan too easy");
    }
}
