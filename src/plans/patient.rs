//! The patient: my plan, with all phases, and what each version changed.

use actix_web::web;

use super::pages::{PlanPage, VersionView};
use super::{Sketchbook, store};
use crate::db::Db;
use crate::exercises::Stock;
use crate::media;
use crate::patients;
use crate::web::{Answer, Page, Patient, html};

/// How many versions the page lists.
const VERSIONS: i64 = 50;

/// `GET /my/plan`
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn plan(patient: Patient, page: Page, db: web::Data<Db>, stock: web::Data<Stock>) -> Answer {
    let (current, publications, sketchbook, media) = db
        .read(move |conn| {
            let current = store::current(conn, patient.id)?;
            let phases = current.iter().flat_map(|current| &current.publication.snapshot.phases);
            let slots: Vec<_> = phases.flat_map(|phase| &phase.slots).collect();
            let library = stock.of(conn, slots.iter().map(|slot| slot.exercise.as_str()))?;
            let sketchbook = Sketchbook::new(library, patients::sore_side(conn, patient.id)?);
            let shown = media::some(conn, &sketchbook.media_for(slots))?;
            let sketchbook = sketchbook.with_media(shown);
            Ok((current, store::publications(conn, patient.id, VERSIONS)?, sketchbook, media::all(conn, Some(patient.id))?))
        })
        .await?;
    html(&PlanPage { page, current, versions: VersionView::list(publications), sketchbook, media })
}
