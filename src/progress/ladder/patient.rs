//! The patient: the ladder, and writing down a run.

use actix_web::{HttpRequest, web};
use chrono::{NaiveDate, TimeDelta};

use super::pages::{RunPage, RunRow, RunsPage};
use super::read::climbing;
use crate::clock::Clock;
use crate::db::{Conn, Db, Lock};
use crate::diary::runs::{form, record_run};
use crate::diary::{self, DAYS_BACK, RunEntry, Writer};
use crate::error::{AppError, Invalid};
use crate::latest::Latest;
use crate::plans::programmes::{Level, Programmes};
use crate::plans::{self};
use crate::progress::readings;
use crate::text::Note;
use crate::web::{Answer, Errors, Fields, Page, Patient, html, refused, see_other};

/// `GET /my/runs`: the ladder and all runs.
///
/// # Errors
/// See [`AppError`].
pub async fn runs(patient: Patient, page: Page, db: web::Data<Db>, programmes: web::Data<Latest<Programmes>>) -> Answer {
    let (id, today, clock) = (patient.id, page.today(), page.clock().clone());
    let ladder = programmes.get().ladder().clone();
    let rules = ladder.clone();
    let read = db.read(move |conn| climbing(conn, id, &rules, &clock, today)).await?;
    let readings = readings(&read.record);
    let runs = read.record.sessions.iter().rev().filter_map(|session| RunRow::of(session, &readings)).collect();
    let running = read.record.course.on(today).is_some_and(|asked| asked.asks());
    let last_word = read.words.into_iter().rev().find(|word| word.level.is_some() || word.said == super::Said::Halted);
    html(&RunsPage { page, standing: read.standing, runs, running, last_word, ladder })
}

/// `GET /my/runs/new`, with `?day=` one of the last seven days.
///
/// # Errors
/// See [`AppError`].
pub async fn form(
    patient: Patient,
    page: Page,
    request: HttpRequest,
    db: web::Data<Db>,
    programmes: web::Data<Latest<Programmes>>,
) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    html(&run_page(&patient, page, asked.get("day"), None, &db, &programmes).await?)
}

/// `POST /my/runs`: the run of a day.
///
/// # Errors
/// See [`AppError`].
pub async fn log(patient: Patient, page: Page, fields: Fields, db: web::Data<Db>, programmes: web::Data<Latest<Programmes>>) -> Answer {
    let (writer, today, clock) = (Writer { patient: patient.id, now: page.now }, page.today(), page.clock().clone());
    let (typed, ladder) = (fields.clone(), programmes.get().ladder().clone());
    let saved = db
        .write(Lock::Patient(patient.id.0), move |conn| {
            let words = super::words(conn, writer.patient, |moment| clock.day_of(moment))?;
            let levels = super::domain::levels_of(&words, &ladder);
            let numbers: Vec<u16> = levels.iter().map(|level| level.level).collect();
            let entry = form::run(&typed, &numbers, writer.now)?;
            take(conn, writer, &entry, today, &clock)
        })
        .await;
    match saved {
        Ok(()) => see_other("/my/runs?done=run"),
        Err(AppError::Invalid(invalid)) => {
            let day = fields.get("day").to_owned();
            refused(&run_page(&patient, page, &day, Some((fields, Errors(invalid))), &db, &programmes).await?)
        }
        Err(error) => Err(error),
    }
}

fn take(conn: &mut Conn, writer: Writer, entry: &RunEntry, today: NaiveDate, clock: &Clock) -> Result<(), AppError> {
    diary::check_day(entry.day, 1, today)?;
    let course = plans::course(conn, writer.patient, entry.day.into(), |moment| clock.day_of(moment))?;
    let rests = "Your plan rests. Ask the clinic before you run again";
    let asked = course.on(entry.day).filter(|asked| entry.day < today || asked.asks()).ok_or_else(|| Invalid::one("day", rests))?;
    record_run(conn, writer, asked.publication.plan, asked.publication.version, entry)
}

async fn run_page(
    patient: &Patient,
    page: Page,
    day: &str,
    typed: Option<(Fields, Errors)>,
    db: &Db,
    programmes: &Latest<Programmes>,
) -> Result<RunPage, AppError> {
    let (id, today, clock) = (patient.id, page.today(), page.clock().clone());
    let day = day.parse().ok().filter(|day| diary::check_day(*day, 1, today).is_ok()).unwrap_or(today);
    let ladder = programmes.get().ladder().clone();
    let stop_above = ladder.stop_above;
    let read = db.read(move |conn| climbing(conn, id, &ladder, &clock, today)).await?;
    let levels: Vec<Level> = read.standing.as_ref().map(|standing| standing.levels.clone()).unwrap_or_default();
    let saved = read.record.sessions_of(day).find(|session| session.run.is_some()).and_then(|session| {
        let note = Note::parse(&session.note).ok()?;
        Some(RunEntry { day, run: session.run.clone()?, during: session.feeling.during, after: session.feeling.after, note })
    });
    let known = saved.is_some();
    let (fields, errors) = typed.unwrap_or_else(|| {
        let saved = saved.map(|entry| form::fields_of(&entry, !levels.is_empty()));
        (saved.unwrap_or_else(|| Fields::from_pairs([("day", day.to_string())])), Errors::default())
    });
    let days = (0..=DAYS_BACK).map(|back| today - TimeDelta::days(back)).collect();
    Ok(RunPage { page, day, days, levels, standing: read.standing, known, stop_above, fields, errors })
}
