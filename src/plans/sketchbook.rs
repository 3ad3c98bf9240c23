//! The drawings of what one patient is given: as they were when it was published, with the patient's own side at work.

use std::sync::Arc;

use super::{Slot, store};
use crate::db::Conn;
use crate::error::AppError;
use crate::exercises::dose::Side;
use crate::exercises::{Drawing, Exercise, Half, Library, Picture, Sketch};
use crate::ids::{MediumId, PatientId};
use crate::media::Medium;
use crate::patients::SoreSide;
use crate::web::Viewer;

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
        let mut ids: Vec<MediumId> = slots.into_iter().flat_map(|slot| self.ids_of(slot)).collect();
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
        let ids = self.ids_of(slot);
        let found = ids.iter().filter_map(|id| self.media.iter().find(|medium| medium.id == *id));
        found.filter(|medium| medium.patient.is_none()).collect()
    }

    fn ids_of(&self, slot: &Slot) -> Vec<MediumId> {
        let of_library = || self.library.get(&slot.exercise).map(|exercise| exercise.media.iter().map(|id| MediumId(*id)).collect());
        slot.media.clone().or_else(of_library).unwrap_or_default()
    }

    /// The drawing of an exercise of a version as it was then, whatever the library says now. What a version of the first days does not
    /// say is the library's.
    #[must_use]
    pub fn of(&self, slot: &Slot) -> Option<Arc<Drawing>> {
        let half = Half::of(slot.dose.side, Some(self.sore));
        let now = self.library.get(&slot.exercise);
        let drawings = match &slot.sketch {
            None if slot.start.is_empty() => None,
            None => now?.drawings.clone(),
            Some(sketch) if now.is_some_and(|exercise| Sketch::of(exercise).as_ref() == Some(sketch)) => now?.drawings.clone(),
            Some(sketch) => sketch.drawings(&slot.exercise),
        };
        drawings.map(|drawings| Arc::clone(drawings.with(half)))
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

/// The picture with this file name, as a version of a plan keeps it: of any plan for staff, of their own for a patient. One query.
///
/// # Errors
/// The database's own.
pub fn former_picture(conn: &mut Conn, viewer: &Viewer, file_name: &str) -> Result<Option<Picture>, AppError> {
    let Some(exercise) = Picture::subject_of(file_name) else { return Ok(None) };
    let whose = (!viewer.role.is_staff()).then_some(PatientId(viewer.id.0));
    let mut sketches: Vec<Sketch> = Vec::new();
    for snapshot in store::snapshots_with(conn, whose, exercise)? {
        let slots = snapshot.phases.into_iter().flat_map(|phase| phase.slots).filter(|slot| slot.exercise == exercise);
        for sketch in slots.filter_map(|slot| slot.sketch) {
            if sketches.contains(&sketch) {
                continue;
            }
            let found = sketch.drawings(exercise).and_then(|drawings| drawings.picture(file_name).cloned());
            if found.is_some() {
                return Ok(found);
            }
            sketches.push(sketch);
        }
    }
    Ok(None)
}
