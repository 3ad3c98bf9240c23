//! Staff: the small forms of the builder, each of which saves one change of the draft.

use actix_web::web;

use super::super::domain::{DraftPhase, Of, Subject};
use super::super::form;
use super::super::pages::Refused;
use super::super::store::{self, NewPrescription};
use super::{Address, Desk, path};
use crate::error::{AppError, Invalid};
use crate::exercises::dose::Dose;
use crate::exercises::{self, Library};
use crate::ids::{PhaseId, PrescriptionId};
use crate::web::{Answer, Fields, see_other};

/// What the audit trail says of every change here.
const CHANGED: &str = "changed the draft of the plan";

/// `POST /clinic/{plans|programmes}/{id}/phases`
///
/// # Errors
/// See [`AppError`].
pub async fn add_phase(desk: Desk, address: web::Path<Address>, fields: Fields) -> Answer {
    let address = *address;
    let outcome = match form::phase(&fields) {
        Ok(words) => {
            desk.act(address, CHANGED, move |conn, draft, _| {
                let Subject::Plan(plan, _) = draft.of else { return Err(AppError::NotFound) };
                let id = store::add_phase(conn, plan, words.name.as_str(), words.purpose.as_str(), words.exit_criteria.as_str())?;
                Ok(format!("?phase={id}&done=saved#phase{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    desk.answer(outcome, address, |errors| Refused::Other(fields, errors)).await
}

/// `POST /clinic/{plans|programmes}/{id}/phases/{phase}`
///
/// # Errors
/// See [`AppError`].
pub async fn change_phase(desk: Desk, path: web::Path<(Of, i64, PhaseId)>, fields: Fields) -> Answer {
    let (of, id, phase) = path.into_inner();
    let address = (of, id);
    let outcome = match form::phase(&fields) {
        Ok(words) => {
            desk.act(address, CHANGED, move |conn, draft, _| {
                draft.phase(phase).ok_or(AppError::NotFound)?;
                store::change_phase(conn, phase, &words)?;
                Ok(format!("?done=saved#phase{phase}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    desk.answer(outcome, address, |errors| Refused::Phase(phase, fields, errors)).await
}

/// `POST /clinic/{plans|programmes}/{id}/phases/{phase}/removal`: the last phase cannot be removed; one that is gone already is no error.
///
/// # Errors
/// See [`AppError`].
pub async fn remove_phase(desk: Desk, path: web::Path<(Of, i64, PhaseId)>) -> Answer {
    let (of, id, phase) = path.into_inner();
    let address = (of, id);
    let outcome = desk
        .act(address, CHANGED, move |conn, draft, _| {
            if draft.phase(phase).is_some() {
                if draft.phases.len() == 1 {
                    return Err(Invalid::one("plan", "A plan needs at least one phase; rename this one instead").into());
                }
                store::remove_phase(conn, phase)?;
            }
            Ok("?done=removed".to_owned())
        })
        .await;
    desk.answer(outcome, address, |errors| Refused::Other(Fields::default(), errors)).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions`: an exercise that is in the phase already is not added twice. The search it was
/// found with stays.
///
/// # Errors
/// See [`AppError`].
pub async fn add(desk: Desk, address: web::Path<Address>, fields: Fields) -> Answer {
    let (address, search) = (*address, search(&fields));
    let outcome = match addition(&fields, &desk.library) {
        Ok((phase, slug, dose)) => {
            desk.act(address, CHANGED, move |conn, draft, act| {
                let part = draft.phase(phase).ok_or(AppError::NotFound)?;
                if let Some(known) = part.prescriptions.iter().find(|known| known.exercise == slug) {
                    return Ok(format!("?phase={phase}&done=added{search}#rx{}", known.id));
                }
                let usual = exercises::desk::usual_dose(conn, act.staff.id, &slug)?;
                let done = if usual.is_some() { "added-usual" } else { "added" };
                let (dose, load, note) =
                    usual.map_or((dose, String::new(), String::new()), |usual| (usual.dose, usual.load, usual.note.into()));
                let id = store::add_prescription(
                    conn,
                    &NewPrescription { phase, exercise: &slug, dose, load: &load, note: &note, with_previous: false },
                )?;
                Ok(format!("?phase={phase}&done={done}{search}#rx{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    desk.answer(outcome, address, |errors| Refused::Other(fields, errors)).await
}

/// The search of the library a form came with, to go on with in an address.
fn search(fields: &Fields) -> String {
    let given =
        ["q", "stage", "purpose", "show", "page"].into_iter().map(|name| (name, fields.get(name))).filter(|(_, value)| !value.is_empty());
    let search = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    if search.is_empty() { search } else { format!("&{search}") }
}

fn addition(fields: &Fields, library: &Library) -> Result<(PhaseId, String, Dose), Invalid> {
    let (phase, slug) = form::addition(fields)?;
    let exercise = library.get(&slug).ok_or_else(|| Invalid::one("exercise", "The library has no such exercise"))?;
    Ok((phase, slug, exercise.to_begin()))
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}`: the dose.
///
/// # Errors
/// See [`AppError`].
pub async fn change_dose(desk: Desk, path: web::Path<(Of, i64, PrescriptionId)>, fields: Fields) -> Answer {
    let (of, number, id) = path.into_inner();
    let address = (of, number);
    let outcome = match exercises::dose_change(&fields) {
        Ok(dose) => {
            desk.act(address, CHANGED, move |conn, draft, _| {
                draft.prescription(id).ok_or(AppError::NotFound)?;
                store::change_prescription(conn, id, &dose)?;
                Ok(format!("?done=saved#rx{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    desk.answer(outcome, address, |errors| Refused::Prescription(id, fields, errors)).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}/position`
///
/// # Errors
/// See [`AppError`].
pub async fn reorder(desk: Desk, path: web::Path<(Of, i64, PrescriptionId)>, fields: Fields) -> Answer {
    let (of, number, id) = path.into_inner();
    let address = (of, number);
    let outcome = match form::direction(&fields) {
        Ok(direction) => {
            desk.act(address, CHANGED, move |conn, draft, _| {
                let holds = |phase: &&DraftPhase| phase.prescriptions.iter().any(|known| known.id == id);
                let phase = draft.phases.iter().find(holds).ok_or(AppError::NotFound)?;
                store::move_prescription(conn, phase, id, direction)?;
                Ok(format!("?done=saved#rx{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    desk.answer(outcome, address, |errors| Refused::Other(fields, errors)).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}/removal`: pressed twice, it is gone already, which is what was wanted.
///
/// # Errors
/// See [`AppError`].
pub async fn remove(desk: Desk, place: web::Path<(Of, i64, PrescriptionId)>) -> Answer {
    let (of, number, id) = place.into_inner();
    let address = (of, number);
    desk.act(
        address,
        CHANGED,
        move |conn, draft, _| {
            if draft.prescription(id).is_some() { store::remove_prescription(conn, id) } else { Ok(()) }
        },
    )
    .await?;
    see_other(&format!("{}?done=removed", path(address)))
}
