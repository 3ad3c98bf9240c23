//! The patient: what to do today in the experiment, and which exercise helps.

use actix_web::web;

use super::pages::{MinePage, ReadingForm};
use super::view::View;
use crate::db::{Conn, Db, Lock};
use crate::diary::experiment::{self, form};
use crate::diary::measurements::By;
use crate::error::AppError;
use crate::exercises::Library;
use crate::latest::Latest;
use crate::plans::programmes::House;
use crate::web::{Answer, Errors, Fields, Page, Patient, html, refused, see_other};

type Shelf = web::Data<Latest<Library>>;

/// `GET /my/experiment`
///
/// # Errors
/// See [`AppError`].
pub async fn page(patient: Patient, page: Page, db: web::Data<Db>, house: House, library: Shelf) -> Answer {
    html(&mine(&patient, page, None, &db, &house, &library).await?)
}

async fn mine(
    patient: &Patient,
    page: Page,
    typed: Option<(Fields, Errors)>,
    db: &Db,
    house: &House,
    library: &Shelf,
) -> Result<MinePage, AppError> {
    let id = patient.id;
    let newest = db.read(move |conn| experiment::newest(conn, id)).await?;
    let view = View::new(newest, &house.get(), &library.get(), page.today()).ok_or(AppError::NotFound)?;
    let refused = if typed.is_some() { "readings" } else { "" };
    let (fields, errors) = typed.unwrap_or_default();
    Ok(MinePage { page, view, form: ReadingForm { base: "/my".to_owned(), refused, fields, errors } })
}

/// `POST /my/experiment/readings`: what was measured.
///
/// # Errors
/// 404 when no experiment runs.
pub async fn take(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>, house: House, library: Shelf) -> Answer {
    let (by, today, typed) = (By { patient: patient.id, person: patient.id.into(), now: page.now }, page.today(), fields.clone());
    let keep = move |conn: &mut Conn| {
        let running = experiment::current(conn, by.patient)?.ok_or(AppError::NotFound)?;
        experiment::take(conn, by, running.id, &form::reading(&typed, &running, today)?)
    };
    match db.write(Lock::Patient(patient.id.0), keep).await {
        Ok(()) => see_other("/my/experiment?done=reading"),
        Err(AppError::Invalid(invalid)) => refused(&mine(&patient, page, Some((fields, Errors(invalid))), &db, &house, &library).await?),
        Err(error) => Err(error),
    }
}
