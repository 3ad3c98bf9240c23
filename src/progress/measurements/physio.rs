//! Staff: a patient's tests and measurements.

use actix_web::{HttpRequest, web};

use super::command::Form;
use super::pages::{Goals, NewPage, OverviewPage, Typed};
use super::sheet::sheet;
use super::view::TestView;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::diary::measurements::{self, By, form};
use crate::error::AppError;
use crate::exercises::Library;
use crate::ids::PatientId;
use crate::latest::Latest;
use crate::patients::{self, Profile};
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

type House = web::Data<Latest<Library>>;

fn known(conn: &mut Conn, id: PatientId) -> Result<Profile, AppError> {
    patients::profile(conn, id)?.ok_or(AppError::NotFound)
}

fn note(conn: &mut Conn, staff: &Staff, by: By, verb: &str, detail: &str) -> Result<(), AppError> {
    let entry = Entry { at: by.now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(by.patient.into()), detail };
    Ok(audit::record(conn, &entry)?)
}

async fn look(staff: Staff, page: &Page, id: PatientId, verb: &'static str, db: &Db) -> Result<(), AppError> {
    let by = By { patient: id, person: staff.id, now: page.now };
    db.write(Lock::Patient(id.0), move |conn| {
        known(conn, id)?;
        note(conn, &staff, by, verb, "")
    })
    .await
}

/// `GET /clinic/patients/{id}/measurements`: what was measured, scored and said.
///
/// # Errors
/// See [`AppError`].
pub async fn overview(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>, library: House) -> Answer {
    look(staff, &page, *id, "looked at the tests and measurements", &db).await?;
    html(&overview_page(page, *id, Typed::default(), &db, &library).await?)
}

async fn overview_page(page: Page, id: PatientId, typed: Typed, db: &Db, library: &House) -> Result<OverviewPage, AppError> {
    let (patient, sheet) = db.read(move |conn| Ok((known(conn, id)?, sheet(conn, id)?))).await?;
    let (library, today, sore) = (library.get(), page.today(), patient.sore_side);
    let views = library.tests().iter().map(|test| TestView::new(test, &library, sore, &sheet.measurements, &sheet.bone, today));
    let tests = views.collect();
    let goals = Goals { base: format!("/clinic/patients/{id}"), staff: true, sheet, typed, today: today.to_string() };
    Ok(OverviewPage { page, patient, goals, tests })
}

/// `GET /clinic/patients/{id}/measurements/new?test=`: how the test is done, and its form.
///
/// # Errors
/// 404 for what is no test.
pub async fn new(staff: Staff, page: Page, id: web::Path<PatientId>, request: HttpRequest, db: web::Data<Db>, library: House) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let slug = Some(asked.get("test")).filter(|slug| !slug.is_empty()).unwrap_or("test-thomas").to_owned();
    look(staff, &page, *id, "looked at the tests and measurements", &db).await?;
    let fields = Fields::from_pairs([("day", page.today().to_string())]);
    html(&new_page(page, *id, &slug, (fields, Errors::default()), &db, &library).await?)
}

async fn new_page(
    page: Page,
    id: PatientId,
    slug: &str,
    (fields, errors): (Fields, Errors),
    db: &Db,
    library: &House,
) -> Result<NewPage, AppError> {
    let library = library.get();
    let test = library.test(slug).ok_or(AppError::NotFound)?;
    let read = move |conn: &mut Conn| Ok((known(conn, id)?, measurements::all(conn, id)?, measurements::bone_stress(conn, id)?));
    let (patient, all, bone) = db.read(read).await?;
    let view = TestView::new(test, &library, patient.sore_side, &all, &bone, page.today());
    Ok(NewPage { page, patient, view, fields, errors })
}

/// `POST /clinic/patients/{id}/measurements`
///
/// # Errors
/// 404 for what is no test.
pub async fn enter(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
    let (id, latest) = (*id, library.get());
    let test = latest.test(fields.get("test")).ok_or(AppError::NotFound)?.clone();
    let by = By { patient: id, person: staff.id, now: page.now };
    let slug = test.slug.clone();
    let outcome = match form::measurement(&fields, &test, page.today()) {
        Ok(new) => {
            let keep = move |conn: &mut Conn| {
                known(conn, id)?;
                measurements::bone_stress(conn, id)?.allows(&test)?;
                measurements::add(conn, by, &new)?;
                note(conn, &staff, by, "entered a measurement", &format!("{}, {}", test.name, new.day))
            };
            db.write(Lock::Patient(id.0), keep).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(()) => see_other(&format!("/clinic/patients/{id}/measurements?done=measured#{slug}")),
        Err(AppError::Invalid(invalid)) => refused(&new_page(page, id, &slug, (fields, Errors(invalid)), &db, &library).await?),
        Err(error) => Err(error),
    }
}

async fn post(staff: Staff, page: Page, id: PatientId, form: Form, fields: Fields, db: &Db, library: &House) -> Answer {
    let by = By { patient: id, person: staff.id, now: page.now };
    let outcome = match form.read(&fields, page.today()) {
        Ok(command) => {
            let carry_out = move |conn: &mut Conn| {
                known(conn, id)?;
                command.take(conn, by)?;
                note(conn, &staff, by, form.verb(), "")
            };
            db.write(Lock::Patient(id.0), carry_out).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(()) => see_other(&format!("/clinic/patients/{id}/measurements?done={}", form.done())),
        Err(AppError::Invalid(invalid)) => {
            let typed = Typed { form: Some(form), fields, errors: Errors(invalid) };
            refused(&overview_page(page, id, typed, db, library).await?)
        }
        Err(error) => Err(error),
    }
}

macro_rules! posts {
    ($($(#[$doc:meta])* $name:ident = $form:expr;)+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// See [`AppError`].
        pub async fn $name(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
            post(staff, page, *id, $form, fields, &db, &library).await
        }
    )+};
}

posts! {
    /// `POST /clinic/patients/{id}/strikes`: a measurement that is wrong.
    strike = Form::Strikes;
    /// `POST /clinic/patients/{id}/bone-stress`: whether a stress injury of the bone is ruled out.
    bone_stress = Form::BoneStress;
    /// `POST /clinic/patients/{id}/activities`: one more thing the patient wants to do again.
    choose = Form::Activities;
    /// `POST /clinic/patients/{id}/activity-scores`: how well it goes.
    score = Form::Scores;
    /// `POST /clinic/patients/{id}/activity-ends`: another takes its place.
    end = Form::Ends;
    /// `POST /clinic/patients/{id}/felt-changes`: how things are compared with the start.
    feel = Form::Felt;
    /// `POST /clinic/patients/{id}/paper-scores`: a questionnaire done on paper.
    paper = Form::Paper;
    /// `POST /clinic/patients/{id}/paper-strikes`: a score that is wrong.
    strike_paper = Form::PaperStrikes;
}
