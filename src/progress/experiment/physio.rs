//! Staff: beginning an experiment, measuring in it, choosing the pair, ending it.

use actix_web::web;

use super::pages::{DeskPage, ReadingForm};
use super::view::View;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::diary::experiment::{self, form};
use crate::diary::measurements::By;
use crate::error::AppError;
use crate::exercises::Library;
use crate::ids::PatientId;
use crate::latest::Latest;
use crate::patients;
use crate::plans::{self, programmes::House};
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

type Shelf = web::Data<Latest<Library>>;

/// Where the pages come from.
struct Desk<'a> {
    db: &'a Db,
    house: &'a House,
    library: &'a Shelf,
}

fn note(conn: &mut Conn, staff: &Staff, by: By, verb: &str, detail: &str) -> Result<(), AppError> {
    patients::profile(conn, by.patient)?.ok_or(AppError::NotFound)?;
    let entry = Entry { at: by.now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(by.patient.into()), detail };
    Ok(audit::record(conn, &entry)?)
}

/// `GET /clinic/patients/{id}/experiment`
///
/// # Errors
/// See [`AppError`].
pub async fn page(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>, house: House, library: Shelf) -> Answer {
    let by = By { patient: *id, person: staff.id, now: page.now };
    db.write(Lock::Patient(id.0), move |conn| note(conn, &staff, by, "looked at the experiment", "")).await?;
    html(&Desk { db: &db, house: &house, library: &library }.page(page, *id, "", None).await?)
}

impl Desk<'_> {
    async fn page(&self, page: Page, id: PatientId, form: &'static str, typed: Option<(Fields, Errors)>) -> Result<DeskPage, AppError> {
        let read = move |conn: &mut Conn| {
            let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
            Ok((patient, experiment::newest(conn, id)?, plans::plans_of(conn, id)?))
        };
        let (patient, newest, plans) = self.db.read(read).await?;
        let view = View::new(newest, &self.house.get(), &self.library.get(), page.today()).ok_or(AppError::NotFound)?;
        let (fields, errors) = typed.unwrap_or_default();
        let form = ReadingForm { base: format!("/clinic/patients/{id}"), refused: form, fields, errors };
        Ok(DeskPage { page, patient, view, form, plan: plans.first().map(|(plan, _)| *plan) })
    }

    /// Carries out what a form asks for, and leads back or shows what is wrong.
    async fn post(
        &self,
        page: Page,
        id: PatientId,
        (form, done): (&'static str, &str),
        fields: Fields,
        act: impl FnOnce(&mut Conn) -> Result<(), AppError> + Send + 'static,
    ) -> Answer {
        match self.db.write(Lock::Patient(id.0), act).await {
            Ok(()) => see_other(&format!("/clinic/patients/{id}/experiment?done={done}")),
            Err(AppError::Invalid(invalid)) => refused(&self.page(page, id, form, Some((fields, Errors(invalid)))).await?),
            Err(error) => Err(error),
        }
    }
}

/// `POST /clinic/patients/{id}/experiment`: begins one, when the screening is clear and pain is little.
///
/// # Errors
/// See [`AppError`].
pub async fn begin(
    staff: Staff,
    page: Page,
    id: web::Path<PatientId>,
    fields: Fields,
    db: web::Data<Db>,
    house: House,
    library: Shelf,
) -> Answer {
    let desk = Desk { db: &db, house: &house, library: &library };
    let by = By { patient: *id, person: staff.id, now: page.now };
    let (today, typed) = (page.today(), fields.clone());
    let probes = View::new(None, &house.get(), &library.get(), today).ok_or(AppError::NotFound)?.keys();
    let act = move |conn: &mut Conn| {
        note(conn, &staff, by, "began the experiment", "")?;
        let new = form::beginning(&typed, &patients::standing(conn, by.patient)?)?;
        experiment::begin(conn, by, &new, &probes, today)
    };
    desk.post(page, *id, ("begin", "experiment"), fields, act).await
}

/// `POST /clinic/patients/{id}/experiment/readings`: what was measured.
///
/// # Errors
/// 404 when no experiment runs.
pub async fn take(
    staff: Staff,
    page: Page,
    id: web::Path<PatientId>,
    fields: Fields,
    db: web::Data<Db>,
    house: House,
    library: Shelf,
) -> Answer {
    let desk = Desk { db: &db, house: &house, library: &library };
    let (by, today, typed) = (By { patient: *id, person: staff.id, now: page.now }, page.today(), fields.clone());
    let act = move |conn: &mut Conn| {
        note(conn, &staff, by, "measured in the experiment", "")?;
        let running = experiment::current(conn, by.patient)?.ok_or(AppError::NotFound)?;
        experiment::take(conn, by, running.id, &form::reading(&typed, &running, today)?)
    };
    desk.post(page, *id, ("readings", "reading"), fields, act).await
}

/// `POST /clinic/patients/{id}/experiment/pairs`: the two that become the personal pair. The plan stays as it is.
///
/// # Errors
/// 404 when no experiment runs.
pub async fn decide(
    staff: Staff,
    page: Page,
    id: web::Path<PatientId>,
    fields: Fields,
    db: web::Data<Db>,
    house: House,
    library: Shelf,
) -> Answer {
    let desk = Desk { db: &db, house: &house, library: &library };
    let (by, typed) = (By { patient: *id, person: staff.id, now: page.now }, fields.clone());
    let act = move |conn: &mut Conn| {
        let running = experiment::current(conn, by.patient)?.ok_or(AppError::NotFound)?;
        let (pair, words) = form::pair(&typed, &running)?;
        note(conn, &staff, by, "chose the pair of the experiment", &pair.join(", "))?;
        experiment::decide(conn, by, &pair, &words)
    };
    desk.post(page, *id, ("pairs", "pair"), fields, act).await
}

/// `POST /clinic/patients/{id}/experiment/ends`
///
/// # Errors
/// 404 where there never was one.
pub async fn end(
    staff: Staff,
    page: Page,
    id: web::Path<PatientId>,
    fields: Fields,
    db: web::Data<Db>,
    house: House,
    library: Shelf,
) -> Answer {
    let desk = Desk { db: &db, house: &house, library: &library };
    let (by, typed) = (By { patient: *id, person: staff.id, now: page.now }, fields.clone());
    let act = move |conn: &mut Conn| {
        experiment::newest(conn, by.patient)?.ok_or(AppError::NotFound)?;
        let (outcome, reason) = form::end(&typed)?;
        note(conn, &staff, by, "ended the experiment", outcome.label())?;
        experiment::end(conn, by, outcome, &reason)
    };
    desk.post(page, *id, ("ends", "experiment-ended"), fields, act).await
}
