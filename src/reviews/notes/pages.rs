//! What the pages of notes show.

use askama::Template;

use super::domain::{ClinicalNote, Parts};
use crate::patients::Profile;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "reviews/notes.html")]
pub struct ListPage {
    pub page: Page,
    pub patient: Profile,
    pub notes: Vec<ClinicalNote>,
}

#[derive(Template)]
#[template(path = "reviews/note.html")]
pub struct NotePage {
    pub page: Page,
    pub patient: Profile,
    /// Nothing while it is not begun.
    pub note: Option<ClinicalNote>,
    pub fields: Fields,
    pub errors: Errors,
}

impl NotePage {
    /// The fields of a note that is shown for the first time.
    pub fn fields_of(note: &ClinicalNote) -> Fields {
        let parts = note.parts.named().into_iter().map(|(name, _, words)| (name.to_owned(), words.to_owned()));
        Fields::from_pairs(parts.chain([("revision".to_owned(), note.revision.to_string())]))
    }

    /// Whether the four fields are shown: a new note, or one's own draft.
    pub fn is_open(&self) -> bool {
        self.note.as_ref().is_none_or(|note| note.is_draft_of(self.page.viewer.as_ref()))
    }

    /// The parts with how they are asked for.
    pub fn asks(&self) -> [(&'static str, &'static str, &'static str); 4] {
        let [subjective, objective, assessment, plan] = Parts::default().named().map(|(name, label, _)| (name, label));
        [
            (subjective.0, subjective.1, "What the patient says."),
            (objective.0, objective.1, "What you found and measured."),
            (assessment.0, assessment.1, "What you make of it."),
            (plan.0, plan.1, "What happens next."),
        ]
    }

    /// Where the form of the four parts goes.
    pub fn action(&self) -> String {
        let base = format!("/clinic/patients/{}/notes", self.patient.id);
        self.note.as_ref().map_or_else(|| base.clone(), |note| format!("{base}/{}", note.id))
    }
}
