//! Staff: setting goals with a patient, and saying how they ended.

use actix_web::web;

use super::pages::GoalsPage;
use super::{form, store};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::{GoalId, PatientId};
use crate::patients;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// `GET /clinic/patients/{id}/goals`
///
/// # Errors
/// See [`AppError`].
pub async fn list(staff: Staff, page: Page, id: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (id, now) = (*id, page.now);
    db.write(Lock::Trail, move |conn| {
        patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        note(conn, &staff, id, now, "looked at the goals")
    })
    .await?;
    html(&goals_page(page, id, &db, None, Fields::default(), Errors::default()).await?)
}

async fn goals_page(
    page: Page,
    id: PatientId,
    db: &Db,
    ending: Option<GoalId>,
    fields: Fields,
    errors: Errors,
) -> Result<GoalsPage, AppError> {
    let read = move |conn: &mut Conn| Ok((patients::profile(conn, id)?.ok_or(AppError::NotFound)?, store::of(conn, id)?));
    let (patient, goals) = db.read(read).await?;
    Ok(GoalsPage { page, patient, goals, ending, fields, errors })
}

/// `POST /clinic/patients/{id}/goals`: sets a goal.
///
/// # Errors
/// See [`AppError`].
pub async fn create(staff: Staff, page: Page, id: web::Path<PatientId>, fields: Fields, db: web::Data<Db>) -> Answer {
    let (id, now, read) = (*id, page.now, form::goal(&fields, page.today()));
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
            store::add(conn, id, &read?, staff.id, now)?;
            note(conn, &staff, id, now, "set a goal")
        })
        .await;
    back(outcome, page, id, "goal", None, fields, &db).await
}

/// `POST /clinic/patients/{id}/goals/{goal}/endings`: the goal is reached, or given up with a reason.
///
/// # Errors
/// See [`AppError`].
pub async fn end(staff: Staff, page: Page, path: web::Path<(PatientId, GoalId)>, fields: Fields, db: web::Data<Db>) -> Answer {
    let ((id, goal), now, read) = (path.into_inner(), page.now, form::ending(&fields));
    let outcome = db
        .write(Lock::Patient(id.0), move |conn| {
            store::of(conn, id)?.iter().find(|known| known.id == goal).ok_or(AppError::NotFound)?;
            let (outcome, reason) = read?;
            store::end(conn, id, goal, (outcome, &reason), staff.id, now)?;
            note(conn, &staff, id, now, "ended a goal")
        })
        .await;
    back(outcome, page, id, "goal-ended", Some(goal), fields, &db).await
}

/// Back to the goals, or the page of the goals with what was refused.
async fn back(
    outcome: Result<(), AppError>,
    page: Page,
    id: PatientId,
    done: &str,
    ending: Option<GoalId>,
    fields: Fields,
    db: &Db,
) -> Answer {
    match outcome {
        Ok(()) => see_other(&format!("/clinic/patients/{id}/goals?done={done}")),
        Err(AppError::Invalid(invalid)) => refused(&refusal(page, id, db, ending, fields, invalid).await?),
        Err(error) => Err(error),
    }
}

async fn refusal(
    page: Page,
    id: PatientId,
    db: &Db,
    ending: Option<GoalId>,
    fields: Fields,
    invalid: Invalid,
) -> Result<GoalsPage, AppError> {
    goals_page(page, id, db, ending, fields, Errors(invalid)).await
}

fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: chrono::NaiveDateTime, verb: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
    Ok(audit::record(conn, &entry)?)
}
