//! The patient: my tests, what I want to do again, and how things are compared with the start.

use actix_web::web;

use super::command::Form;
use super::pages::{Goals, MinePage, TestPage, Typed};
use super::sheet::sheet;
use super::view::TestView;
use crate::db::{Conn, Db, Lock};
use crate::diary::experiment;
use crate::diary::measurements::{self, By, form};
use crate::error::AppError;
use crate::exercises::Library;
use crate::latest::Latest;
use crate::patients;
use crate::web::{Answer, Errors, Fields, Page, Patient, html, refused, see_other};

type House = web::Data<Latest<Library>>;

/// `GET /my/tests`
///
/// # Errors
/// See [`AppError`].
pub async fn list(patient: Patient, page: Page, db: web::Data<Db>, library: House) -> Answer {
    html(&mine(patient, page, Typed::default(), &db, &library).await?)
}

async fn mine(patient: Patient, page: Page, typed: Typed, db: &Db, library: &House) -> Result<MinePage, AppError> {
    let id = patient.id;
    let read = move |conn: &mut Conn| Ok((sheet(conn, id)?, patients::sore_side(conn, id)?, experiment::current(conn, id)?.is_some()));
    let (sheet, sore, experiment) = db.read(read).await?;
    let (library, today) = (library.get(), page.today());
    let views = library.tests().iter().map(|test| TestView::new(test, &library, sore, &sheet.measurements, &sheet.bone, today));
    let tests = views.filter(|view| view.test.patient || !view.rows.is_empty()).collect();
    let goals = Goals { base: "/my".to_owned(), staff: false, sheet, typed, today: today.to_string() };
    Ok(MinePage { page, goals, tests, experiment })
}

/// `GET /my/tests/{slug}`: how it is done, the form, and what I found before.
///
/// # Errors
/// 404 for what is no test, or none of this patient's to see.
pub async fn test(patient: Patient, page: Page, slug: web::Path<String>, db: web::Data<Db>, library: House) -> Answer {
    let fields = Fields::from_pairs([("day", page.today().to_string())]);
    html(&test_page(&patient, page, &slug, (fields, Errors::default()), &db, &library).await?)
}

async fn test_page(
    patient: &Patient,
    page: Page,
    slug: &str,
    (fields, errors): (Fields, Errors),
    db: &Db,
    library: &House,
) -> Result<TestPage, AppError> {
    let (id, library) = (patient.id, library.get());
    let test = library.test(slug).ok_or(AppError::NotFound)?;
    let read =
        move |conn: &mut Conn| Ok((measurements::all(conn, id)?, measurements::bone_stress(conn, id)?, patients::sore_side(conn, id)?));
    let (all, bone, sore) = db.read(read).await?;
    let view = TestView::new(test, &library, sore, &all, &bone, page.today());
    if !test.patient && view.rows.is_empty() {
        return Err(AppError::NotFound);
    }
    let striking = fields.get("of").to_owned();
    Ok(TestPage { page, view, fields, errors, striking })
}

/// `POST /my/tests/{slug}`
///
/// # Errors
/// 404 for what is no test, or none for patients.
pub async fn enter(patient: Patient, page: Page, slug: web::Path<String>, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
    let latest = library.get();
    let test = latest.test(&slug).filter(|test| test.patient).ok_or(AppError::NotFound)?.clone();
    let by = By { patient: patient.id, person: patient.id.into(), now: page.now };
    let outcome = match form::measurement(&fields, &test, page.today()) {
        Ok(new) => {
            let keep = move |conn: &mut Conn| {
                measurements::bone_stress(conn, by.patient)?.allows(&test)?;
                measurements::add(conn, by, &new)
            };
            db.write(Lock::Patient(patient.id.0), keep).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(()) => see_other(&format!("/my/tests/{slug}?done=measured#results")),
        Err(AppError::Invalid(invalid)) => refused(&test_page(&patient, page, &slug, (fields, Errors(invalid)), &db, &library).await?),
        Err(error) => Err(error),
    }
}

/// `POST /my/tests/{slug}/strikes`: what the patient entered wrongly.
///
/// # Errors
/// 404 for another's.
pub async fn strike(patient: Patient, page: Page, slug: web::Path<String>, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
    match act(&patient, &page, Form::Strikes, &fields, &db).await {
        Ok(()) => see_other(&format!("/my/tests/{slug}?done=struck#results")),
        Err(AppError::Invalid(invalid)) => refused(&test_page(&patient, page, &slug, (fields, Errors(invalid)), &db, &library).await?),
        Err(error) => Err(error),
    }
}

/// Carries out what a form asks for.
async fn act(patient: &Patient, page: &Page, form: Form, fields: &Fields, db: &Db) -> Result<(), AppError> {
    let command = form.read(fields, page.today())?;
    let by = By { patient: patient.id, person: patient.id.into(), now: page.now };
    db.write(Lock::Patient(patient.id.0), move |conn| command.take(conn, by)).await
}

async fn post(patient: Patient, page: Page, form: Form, fields: Fields, db: &Db, library: &House) -> Answer {
    match act(&patient, &page, form, &fields, db).await {
        Ok(()) => see_other(&format!("/my/tests?done={}", form.done())),
        Err(AppError::Invalid(invalid)) => {
            let typed = Typed { form: Some(form), fields, errors: Errors(invalid) };
            refused(&mine(patient, page, typed, db, library).await?)
        }
        Err(error) => Err(error),
    }
}

/// `POST /my/activities`: one more thing to do again.
///
/// # Errors
/// See [`AppError`].
pub async fn choose(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
    post(patient, page, Form::Activities, fields, &db, &library).await
}

/// `POST /my/activity-scores`: how well it goes.
///
/// # Errors
/// See [`AppError`].
pub async fn score(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
    post(patient, page, Form::Scores, fields, &db, &library).await
}

/// `POST /my/activity-ends`: another takes its place.
///
/// # Errors
/// See [`AppError`].
pub async fn end(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
    post(patient, page, Form::Ends, fields, &db, &library).await
}

/// `POST /my/felt-changes`: how things are compared with the start.
///
/// # Errors
/// See [`AppError`].
pub async fn feel(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>, library: House) -> Answer {
    post(patient, page, Form::Felt, fields, &db, &library).await
}
