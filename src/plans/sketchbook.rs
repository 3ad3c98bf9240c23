//! The drawings of what one patient is given: the side that works in them is theirs.

use std::sync::Arc;

use super::Slot;
use crate::exercises::dose::Side;
use crate::exercises::{Drawing, Exercise, Half, Library};
use crate::ids::MediumId;
use crate::media::Medium;
use crate::patients::SoreSide;

/// The library as one patient sees it drawn, with the photos and films of what they are given.
pub struct Sketchbook {
    library: Arc<Library>,
    sore: SoreSide,
    media: Vec<Medium>,
}

impl Sketchbook {
    /// The drawings of this library, with the sore side at work where a dose does not name one.
    #[must_use]
    pub fn new(library: Arc<Library>, sore: SoreSide) -> Self {
        Self { library, sore, media: Vec::new() }
    }

    /// The numbers of the photos and films that show these exercises.
    pub fn media_for<'a>(&self, slots: impl IntoIterator<Item = &'a Slot>) -> Vec<MediumId> {
        let exercises = slots.into_iter().filter_map(|slot| self.library.get(&slot.exercise));
        let mut ids: Vec<MediumId> = exercises.flat_map(|exercise| &exercise.media).map(|id| MediumId(*id)).collect();
        ids.sort_unstable_by_key(|id| id.0);
        ids.dedup();
        ids
    }

    /// With these photos and films.
    #[must_use]
    pub fn with_media(self, media: Vec<Medium>) -> Self {
        Self { media, ..self }
    }

    /// The photos and films of an exercise of a version, in the order of the exercise. Those of one patient belong to no exercise.
    #[must_use]
    pub fn media_of(&self, slot: &Slot) -> Vec<&Medium> {
        let ids = self.library.get(&slot.exercise).map_or(&[][..], |exercise| &exercise.media);
        let found = ids.iter().filter_map(|id| self.media.iter().find(|medium| medium.id == MediumId(*id)));
        found.filter(|medium| medium.patient.is_none()).collect()
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
