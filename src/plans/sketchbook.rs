//! The drawings of what one patient is given: the side that works in them is theirs.

use std::sync::Arc;

use super::Slot;
use crate::exercises::dose::Side;
use crate::exercises::{Drawing, Exercise, Half, Library};
use crate::patients::SoreSide;

/// The library as one patient sees it drawn.
pub struct Sketchbook {
    library: Arc<Library>,
    sore: SoreSide,
}

impl Sketchbook {
    /// The drawings of this library, with the sore side at work where a dose does not name one.
    #[must_use]
    pub fn new(library: Arc<Library>, sore: SoreSide) -> Self {
        Self { library, sore }
    }

    /// The drawing of an exercise of a version, if the library still has it and it has one.
    #[must_use]
    pub fn of(&self, slot: &Slot) -> Option<&Drawing> {
        self.draw(&slot.exercise, slot.dose.side)
    }

    /// The drawing of the exercise with this slug, done with this side.
    #[must_use]
    pub fn draw(&self, exercise: &str, side: Side) -> Option<&Drawing> {
        self.library.get(exercise)?.drawing(Half::of(side, Some(self.sore)))
    }

    /// The address of the exercise's page, if everyone may read it.
    #[must_use]
    pub fn page_of(&self, slot: &Slot) -> Option<String> {
        self.library.get(&slot.exercise).filter(|exercise| exercise.is_house()).map(Exercise::path)
    }
}
