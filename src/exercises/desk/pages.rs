//! What the library shows to staff.

use askama::Template;

use super::super::dose::{Side, Work};
use super::super::{Area, DoseChange, Equipment, Exercise, Gate, Origin, Posture, Purpose, Region, Stage};
use super::store::Habits;
use super::wish::{Hit, ON_A_PAGE, Show, Wish};
use crate::text::capitalised;
use crate::web::{Errors, Fields, Page};

/// `/clinic/exercises`.
#[derive(Template)]
#[template(path = "exercises/desk/list.html")]
pub struct ListPage<'a> {
    pub page: Page,
    pub wish: Wish,
    /// The exercises of this page of the list.
    pub hits: Vec<Hit<'a>>,
    /// How many fit, on all pages.
    pub total: usize,
    pub habits: Habits,
}

impl ListPage<'_> {
    fn pages(&self) -> usize {
        self.total.div_ceil(ON_A_PAGE).max(1)
    }

    fn previous(&self) -> Option<String> {
        (self.wish.page > 1).then(|| self.wish.address(self.wish.page - 1))
    }

    fn next(&self) -> Option<String> {
        (self.wish.page < self.pages()).then(|| self.wish.address(self.wish.page + 1))
    }

    /// Whether everything that fits is on this page, so that more words can only take some of it away.
    fn is_whole(&self) -> bool {
        self.pages() == 1
    }

    /// "1 exercise", "67 exercises"
    fn count(&self) -> String {
        format!("{} exercise{}", self.total, if self.total == 1 { "" } else { "s" })
    }

    /// How much of it the person usually gives.
    fn usual(&self, exercise: &Exercise) -> Option<String> {
        self.habits.doses.get(&exercise.slug).map(dose_words)
    }
}

/// `/clinic/exercises/{slug}`.
#[derive(Template)]
#[template(path = "exercises/desk/exercise.html")]
pub struct ExercisePage<'a> {
    pub page: Page,
    pub exercise: &'a Exercise,
    pub easier: Vec<&'a Exercise>,
    pub harder: Vec<&'a Exercise>,
    pub favourite: bool,
    pub usual: Option<DoseChange>,
    /// The form of the usual dose.
    pub fields: Fields,
    pub errors: Errors,
}

impl ExercisePage<'_> {
    fn works(&self) -> &'static [Work] {
        Work::ALL
    }

    fn sides(&self) -> &'static [Side] {
        Side::ALL
    }

    fn usual_words(&self) -> String {
        self.usual.as_ref().map(dose_words).unwrap_or_default()
    }
}

/// The address of an exercise at the desk.
impl Exercise {
    /// The address of its page for staff.
    #[must_use]
    pub fn desk_path(&self) -> String {
        format!("/clinic/exercises/{}", self.slug)
    }

    /// What it works on, in the words of staff: "Iliopsoas, rectus femoris".
    #[must_use]
    pub fn muscles(&self) -> String {
        capitalised(&self.regions.iter().map(|region| Region::word(*region)).collect::<Vec<_>>().join(", "))
    }

    /// What one needs, as a line of its own: "Mat, cushion".
    #[must_use]
    pub fn things(&self) -> String {
        capitalised(&self.needs())
    }

    /// Its stage and gate for staff: "Early, gate B"; empty when neither is said.
    #[must_use]
    pub fn stage_and_gate(&self) -> String {
        let stage = self.stage.map(|stage| stage.label().to_owned());
        let gate = self.gate.map(|gate| format!("gate {}", gate.word()));
        stage.into_iter().chain(gate).collect::<Vec<_>>().join(", ")
    }

    /// The main thing it is good for, in words; empty when nothing is said.
    #[must_use]
    pub fn purpose_words(&self) -> &'static str {
        self.purpose().map_or("", Purpose::label)
    }
}

/// A dose with load and frequency as a line of its own.
fn dose_words(usual: &DoseChange) -> String {
    let load = if usual.load.is_empty() { String::new() } else { format!(", with {}", usual.load) };
    capitalised(&format!("{}{load}, {}", usual.dose.sentence(), usual.dose.frequency()))
}
