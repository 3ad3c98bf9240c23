//! What the public pages of the exercises show.

use askama::Template;

use super::{Exercise, Mention, Purpose};
use crate::web::Page;

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
}

impl ExercisePage<'_> {
    /// Words of a file as one entry of a list of facts: "Mat, pillow".
    fn listed(words: &[String]) -> String {
        let joined = words.join(", ");
        let mut letters = joined.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}
