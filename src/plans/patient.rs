//! The patient: my plan, with all phases, and what each version changed.

use actix_web::web;

use super::pages::{PlanPage, VersionView};
use super::{Sketchbook, requests, store};
use crate::db::Db;
use crate::error::AppError;
use crate::exercises::Stock;
use crate::media;
use crate::patients;
use crate::web::{Answer, Page, Patient, html};

/// How many versions the page lists.
const VERSIONS: i64 = 50;
/// How many of the things they told us.
const TOLD: i64 = 10;

/// `GET /my/plan`
///
/// # Errors
/// See [`AppError`].
pub async fn plan(patient: Patient, page: Page, db: web::Data<Db>, stock: web::Data<Stock>) -> Answer {
    let (current, publications, sketchbook, (media, told, physio)) = db
        .read(move |conn| {
            let current = store::current(conn, patient.id)?;
            let phases = current.iter().flat_map(|current| &current.publication.snapshot.phases);
            let slots: Vec<_> = phases.flat_map(|phase| &phase.slots).collect();
            let library = stock.of(conn, slots.iter().map(|slot| slot.exercise.as_str()))?;
            let profile = patients::profile(conn, patient.id)?.ok_or(AppError::NotFound)?;
            let sketchbook = Sketchbook::new(library, profile.sore_side);
            let shown = media::some(conn, &sketchbook.media_for(slots))?;
            let sketchbook = sketchbook.with_media(shown);
            let told = (media::all(conn, Some(patient.id))?, requests::of(conn, patient.id, TOLD)?, profile.physio_name);
            Ok((current, store::publications(conn, patient.id, VERSIONS)?, sketchbook, told))
        })
        .await?;
    html(&PlanPage { page, current, versions: VersionView::list(publications), sketchbook, media, told, physio })
}
