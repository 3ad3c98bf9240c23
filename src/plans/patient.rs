//! The patient: my plan, with all phases, and what each version changed.

use actix_web::web;

use super::pages::{PlanPage, VersionView};
use super::store;
use crate::db::Db;
use crate::web::{Answer, Page, Patient, html};

/// How many versions the page lists.
const VERSIONS: i64 = 50;

/// `GET /my/plan`
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn plan(patient: Patient, page: Page, db: web::Data<Db>) -> Answer {
    let (current, publications) =
        db.read(move |conn| Ok((store::current(conn, patient.id)?, store::publications(conn, patient.id, VERSIONS)?))).await?;
    html(&PlanPage { page, current, versions: VersionView::list(publications) })
}
