//! The public pages of the exercises, made once and put on the shelf.

use std::sync::Arc;

use super::pages::{ExercisePage, Group, ListPage};
use super::{Exercise, Library, Mention, Purpose, structured};
use crate::error::AppError;
use crate::web::{House, Html, Leaf, Page};

/// Renders `/exercises` and `/exercises/{slug}`. `mentions` says which articles name which exercise.
///
/// # Errors
/// [`AppError::Internal`] when a template cannot be rendered.
pub fn leaves(house: &Arc<House>, library: &Library, mentions: &[Mention]) -> Result<Vec<(String, Leaf)>, AppError> {
    let list = ListPage { page: Page::public(house, "/exercises"), groups: groups(library), count: library.all().len() };
    let mut leaves = vec![("/exercises".to_owned(), Leaf::page(&list)?)];
    for exercise in library.all() {
        let named = |slugs: &[String]| slugs.iter().filter_map(|slug| library.get(slug)).collect::<Vec<&Exercise>>();
        let page = Page::public(house, &exercise.path());
        let page = ExercisePage {
            data: Html::json(&structured::exercise(&page, exercise)),
            page,
            exercise,
            easier: named(&exercise.easier),
            harder: named(&exercise.harder),
            mentions: mentions.iter().filter(|mention| mention.exercise == exercise.slug).collect(),
        };
        leaves.push((exercise.path(), Leaf::page(&page)?));
    }
    Ok(leaves)
}

fn groups(library: &Library) -> Vec<Group<'_>> {
    let group = |purpose: Purpose| Group {
        purpose,
        id: purpose.word().replace(' ', "-"),
        exercises: library.all().iter().filter(|exercise| exercise.purpose() == purpose).collect(),
    };
    Purpose::ALL.iter().map(|purpose| group(*purpose)).filter(|group| !group.exercises.is_empty()).collect()
}
