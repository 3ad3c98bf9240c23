//! What the page of the assessment shows.

use askama::Template;

use super::super::Profile;
use super::super::condition::Flag;
use super::domain::Assessment;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "patients/assessment.html")]
pub struct AssessmentPage {
    pub page: Page,
    pub patient: Profile,
    /// Newest first.
    pub history: Vec<Assessment>,
    pub fields: Fields,
    pub errors: Errors,
}

impl AssessmentPage {
    pub fn conditions(&self) -> &'static [Flag] {
        Flag::ALL
    }

    /// What "above the usual" is compared with.
    pub fn usual(&self) -> String {
        match self.patient.baseline {
            Some((pain, _)) => format!("The usual is {pain} of 10."),
            None => "The usual has not been asked yet; it is one of the particulars.".to_owned(),
        }
    }
}
