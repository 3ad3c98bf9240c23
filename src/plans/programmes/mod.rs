//! Programmes: templates with phases. Those of the house are files in `articles/programmes/` or in the clinic's folder; the clinic's
//! own are drafts in the database. Putting one into a plan copies it: nothing is overwritten, and nothing links back.

mod copy;
mod domain;
mod file;
mod form;
pub mod into;
mod ladder;
pub mod own;
mod pages;
pub mod physio;
pub mod rulebook;
mod shelf;
mod store;

pub use copy::{Choice, Copying};
pub use domain::{Experiment, Item, Length, Often, Part, Phase, Probe, Probes, Programme, Running, Step, Turn, Whose};
pub use ladder::{FastTrack, Ladder, Level, Rule, Stressor};
pub use physio::{House, Wanted};
pub use shelf::Programmes;
pub use store::{About, Own, append, create, one, own as own_programmes, set_archived};

use crate::exercises::dose::{Dose, Side, Span};

/// The upper end of what a programme says of an exercise.
fn highest(item: &Item) -> Dose {
    let high = |span: Span| Span::exactly(span.high);
    let mut dose = item.dose.clone();
    (dose.sets, dose.amount) = (high(dose.sets), high(dose.amount));
    (dose.hold, dose.rest) = (dose.hold.map(high), dose.rest.map(high));
    Item { dose, ..item.clone() }.to_begin(None, Side::Each)
}

#[cfg(test)]
mod tests;
