//! What the public pages of the exercises show.

use askama::Template;

use super::{Exercise, Mention, Purpose};
use crate::text::capitalised;
use crate::web::{Html, Page};

/// `/exercises`.
#[derive(Template)]
#[template(path = "exercises/list.html")]
pub(super) struct ListPage<'a> {
    pub page: Page,
    pub groups: Vec<Group<'a>>,
    pub count: usize,
}

/// The exercises of one purpose.
pub(super) struct Group<'a> {
    pub purpose: Purpose,
    /// The id of its heading.
    pub id: String,
    pub exercises: Vec<&'a Exercise>,
}

/// `/exercises/{slug}`.
#[derive(Template)]
#[template(path = "exercises/exercise.html")]
pub(super) struct ExercisePage<'a> {
    pub page: Page,
    pub exercise: &'a Exercise,
    pub easier: Vec<&'a Exercise>,
    pub harder: Vec<&'a Exercise>,
    pub mentions: Vec<&'a Mention>,
    pub data: Html,
}

impl ListPage<'_> {
    /// The usual dose as a line of its own: "Hold for 30 seconds on each side".
    fn dose(exercise: &Exercise) -> String {
        capitalised(&exercise.dose_sentence())
    }
}

impl ExercisePage<'_> {
    /// What it works on: "Front of the hip (iliopsoas), calf".
    fn works(&self) -> String {
        capitalised(&self.exercise.works())
    }

    fn position(&self) -> String {
        capitalised(&self.exercise.position)
    }

    /// What one needs: "Mat, cushion".
    fn needs(&self) -> String {
        capitalised(&self.exercise.needs())
    }
}
