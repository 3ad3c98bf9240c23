//! The patient: my plan on paper.

use actix_web::web;

use super::lights::Lights;
use super::pages::{Handout, HandoutPage};
use crate::db::Db;
use crate::error::AppError;
use crate::exercises::Stock;
use crate::patients;
use crate::plans;
use crate::web::{Answer, Page, Patient, html, see_other};

/// `GET /my/plan/handout`: the phase the patient is in. Without a plan there is nothing to print.
///
/// # Errors
/// See [`AppError`].
pub async fn handout(patient: Patient, page: Page, db: web::Data<Db>, stock: web::Data<Stock>, lights: web::Data<Lights>) -> Answer {
    let handout = db
        .read(move |conn| {
            let Some(current) = plans::current(conn, patient.id)? else { return Ok(None) };
            let profile = patients::profile(conn, patient.id)?.ok_or(AppError::NotFound)?;
            let number = current.phase_number();
            Handout::of(conn, &stock, profile, current.publication, number).map(Some)
        })
        .await?;
    match handout {
        Some(handout) => html(&HandoutPage::new(page, handout, &lights, false)),
        None => see_other("/my/plan"),
    }
}
