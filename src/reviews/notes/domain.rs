//! What a clinical note is, and what may still be done to it.

use chrono::NaiveDateTime;

use crate::error::Invalid;
use crate::ids::{ClinicalNoteId, PersonId};
use crate::web::Viewer;

/// The four parts of a note; at least one of them says something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// What the patient says.
    pub subjective: String,
    /// What was found.
    pub objective: String,
    /// What it means.
    pub assessment: String,
    /// What is to be done.
    pub plan: String,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// A note as it is kept.
#[derive(Debug, Clone)]
pub struct ClinicalNote {
    /// Its number.
    pub id: ClinicalNoteId,
    /// What it says.
    pub parts: Parts,
    /// Who wrote it.
    pub written: By,
    /// How often its draft was changed.
    pub revision: i32,
    /// Who signed it, and when; nobody while it is a draft.
    pub signed: Option<By>,
    /// What was added after that, the oldest first.
    pub addenda: Vec<(By, String)>,
}

impl Parts {
    /// The parts with their names, in their order.
    #[must_use]
    pub fn named(&self) -> [(&'static str, &'static str, &str); 4] {
        [
            ("subjective", "Subjective", &self.subjective),
            ("objective", "Objective", &self.objective),
            ("assessment", "Assessment", &self.assessment),
            ("plan", "Plan", &self.plan),
        ]
    }

    /// The beginning of what the note says.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let said: Vec<&str> = self.named().into_iter().map(|(_, _, words)| words).filter(|words| !words.is_empty()).collect();
        crate::messages::threads::excerpt(&said.join(" "))
    }
}

impl ClinicalNote {
    /// Whether this person may change the draft: who wrote it, until it is signed.
    #[must_use]
    pub fn may_be_changed_by(&self, person: PersonId) -> bool {
        self.signed.is_none() && self.written.person == person
    }

    /// Whether whoever looks may change it.
    #[must_use]
    pub fn is_draft_of(&self, viewer: Option<&Viewer>) -> bool {
        viewer.is_some_and(|viewer| self.may_be_changed_by(viewer.id))
    }

    /// Takes a change of the draft made at a revision. The same words again are no change.
    ///
    /// # Errors
    /// [`Invalid`] when it is signed, another person's draft, or was changed in another window since.
    pub fn takes(&self, parts: &Parts, seen: i32, by: PersonId) -> Result<bool, Invalid> {
        if *parts == self.parts && self.written.person == by {
            return Ok(false);
        }
        if let Some(signed) = &self.signed {
            let words =
                format!("{} signed this note meanwhile. Your words are still here: add them below the note as an addendum", signed.name);
            return Err(Invalid::one("subjective", words));
        }
        if self.written.person != by {
            return Err(Invalid::one("subjective", format!("This is a draft of {}; write a note of your own", self.written.name)));
        }
        if seen != self.revision {
            let words =
                "This draft was changed in another window. Your words are still here: compare them with the note below, and save again";
            return Err(Invalid::one("subjective", words));
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEO: PersonId = PersonId(1);
    const DAN: PersonId = PersonId(2);

    fn draft() -> ClinicalNote {
        let written = By { person: CLEO, name: "Cleo".to_owned(), at: NaiveDateTime::default() };
        let parts = Parts { subjective: "Better".to_owned(), ..Parts::default() };
        ClinicalNote { id: ClinicalNoteId(1), parts, written, revision: 3, signed: None, addenda: Vec::new() }
    }

    #[test]
    fn a_draft_is_changed_by_its_writer_until_it_is_signed() {
        let other = Parts { subjective: "Worse".to_owned(), ..Parts::default() };
        assert_eq!(draft().takes(&other, 3, CLEO), Ok(true));
        assert_eq!(draft().takes(&draft().parts, 2, CLEO), Ok(false), "the same again is nothing");
        assert!(draft().takes(&other, 2, CLEO).is_err(), "changed in another window");
        assert!(draft().takes(&other, 3, DAN).is_err());
        let signed = ClinicalNote { signed: Some(draft().written), ..draft() };
        assert!(signed.takes(&other, 3, CLEO).unwrap_err().of("subjective").unwrap().contains("addendum"));
        assert!(!signed.may_be_changed_by(CLEO));
    }
}
