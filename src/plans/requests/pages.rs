//! What the pages of the way out show.

use askama::Template;

use super::domain::{Matter, Request};
use crate::patients::Profile;
use crate::plans::{Current, Slot};
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "plans/request_form.html")]
pub struct RequestFormPage {
    pub page: Page,
    pub current: Current,
    pub fields: Fields,
    pub errors: Errors,
}

impl RequestFormPage {
    /// What there is to choose from: the exercises of the phase the patient is in, then those of the other phases.
    pub fn slots(&self) -> Vec<&Slot> {
        let snapshot = &self.current.publication.snapshot;
        let here = self.current.phase().map(|phase| phase.id);
        let (now, other): (Vec<_>, Vec<_>) = snapshot.phases.iter().partition(|phase| Some(phase.id) == here);
        now.into_iter().chain(other).flat_map(|phase| &phase.slots).collect()
    }

    /// What may be the matter.
    pub fn matters(&self) -> &'static [Matter] {
        Matter::ALL
    }

    /// Whether an exercise is the one chosen.
    pub fn is_about(&self, slot: &Slot) -> bool {
        self.fields.get("about") == slot.id.to_string()
    }
}

#[derive(Template)]
#[template(path = "plans/request.html")]
pub struct RequestPage {
    pub page: Page,
    pub patient: Profile,
    pub request: Request,
    /// The exercise as the version had it.
    pub slot: Option<Slot>,
    pub fields: Fields,
    pub errors: Errors,
}
