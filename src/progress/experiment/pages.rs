//! What the pages of the experiment show.

use askama::Template;

use super::view::View;
use crate::diary::experiment::{Moment, Task};
use crate::ids::PlanId;
use crate::patients::Profile;
use crate::web::{Errors, Fields, Page};

/// What the form of a reading shows.
pub struct ReadingForm {
    /// What the address begins with: "/my" or "/clinic/patients/7".
    pub base: String,
    /// Which form was refused: "readings", "begin", "pairs" or "ends"; empty when none was.
    pub refused: &'static str,
    pub fields: Fields,
    pub errors: Errors,
}

impl ReadingForm {
    /// What was typed into a form.
    pub fn said(&self, form: &str, name: &str) -> &str {
        if self.refused == form { self.fields.get(name) } else { "" }
    }

    /// Whether a box of a form was ticked.
    pub fn ticked(&self, name: &str, value: &str) -> bool {
        self.fields.is(name, value)
    }

    /// What is wrong with a form.
    pub fn errors(&self, form: &str) -> Errors {
        if self.refused == form { self.errors.clone() } else { Errors::default() }
    }
}

/// `GET /my/experiment`
#[derive(Template)]
#[template(path = "progress/experiment/mine.html")]
pub struct MinePage {
    pub page: Page,
    pub view: View,
    pub form: ReadingForm,
}

impl MinePage {
    pub fn moment(&self) -> Option<Moment> {
        moment(&self.view)
    }
}

/// `GET /clinic/patients/{id}/experiment`
#[derive(Template)]
#[template(path = "progress/experiment/desk.html")]
pub struct DeskPage {
    pub page: Page,
    pub patient: Profile,
    pub view: View,
    pub form: ReadingForm,
    /// The plan the pair may be put into.
    pub plan: Option<PlanId>,
}

impl DeskPage {
    pub fn moment(&self) -> Option<Moment> {
        moment(&self.view)
    }

    /// Whether an experiment runs.
    pub fn runs(&self) -> bool {
        self.view.experiment.as_ref().is_some_and(|experiment| experiment.ended.is_none())
    }

    /// Whether a probe is ticked in the form of the pair: as typed, as decided, or as the rules rank it.
    pub fn is_chosen(&self, key: &str) -> bool {
        if self.form.refused == "pairs" {
            return self.form.ticked("probe", key);
        }
        let decided = self.view.experiment.as_ref().and_then(|experiment| experiment.decision.as_ref());
        match decided {
            Some(decision) => decision.pair.iter().any(|chosen| chosen == key),
            None => self.view.best().is_some_and(|best| best.iter().any(|chosen| chosen == key)),
        }
    }
}

/// What is measured next.
fn moment(view: &View) -> Option<Moment> {
    match view.task()? {
        Task::Baseline => Some(Moment::Baseline),
        Task::Probe { probe, before: false, .. } => Some(Moment::Before(probe)),
        Task::Probe { probe, before: true, .. } => Some(Moment::After(probe)),
        Task::Retest(moment) => Some(moment),
        Task::Tomorrow | Task::Wait | Task::Train(_) | Task::Decide | Task::Ended => None,
    }
}
