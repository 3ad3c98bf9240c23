//! Staff: the builder, and its small forms, each of which saves one change of the draft.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::super::domain::{Draft, Of};
use super::super::form::phase;
use super::change::{Act, Address, Done, Outcome, path};
use super::edit::Edit;
use super::pages::Refused;
use super::{form, store};
use crate::db::Conn;
use crate::error::{AppError, Invalid};
use crate::exercises::DoseChange;
use crate::exercises::desk::{self, Desk};
use crate::ids::{PhaseId, PrescriptionId};
use crate::patients;
use crate::text::Note;
use crate::web::{Answer, Errors, Fields, html, refused, see_other, with_status};

/// `GET /clinic/{plans|programmes}/{id}`
///
/// # Errors
/// See [`AppError`].
pub async fn builder(desk: Desk, address: web::Path<Address>, request: HttpRequest) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    desk.look(*address).await?;
    html(&desk.builder_page(*address, &asked, None).await?)
}

/// `POST /clinic/{plans|programmes}/{id}/phases`
///
/// # Errors
/// See [`AppError`].
pub async fn add_phase(desk: Desk, address: web::Path<Address>, fields: Fields) -> Answer {
    let edit = phase(&fields).map(Edit::AddPhase);
    let place = |done: &Done| new_phase(done).map_or_else(|| "?done=saved".to_owned(), |id| format!("?phase={id}&done=saved#phase{id}"));
    desk.make(*address, edit, &fields, place, Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/phases/{phase}`
///
/// # Errors
/// See [`AppError`].
pub async fn change_phase(desk: Desk, at: web::Path<(Of, i64, PhaseId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    let edit = phase(&fields).map(|words| Edit::ChangePhase(id, words));
    desk.make((of, number), edit, &fields, |_| format!("?done=saved#phase{id}"), |fields, errors| Refused::Phase(id, fields, errors)).await
}

/// `POST /clinic/{plans|programmes}/{id}/phases/{phase}/position`
///
/// # Errors
/// See [`AppError`].
pub async fn move_phase(desk: Desk, at: web::Path<(Of, i64, PhaseId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    let edit = form::phase_position(&fields).map(|direction| Edit::MovePhase(id, direction));
    desk.make((of, number), edit, &fields, |_| format!("?done=saved#phase{id}"), Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/phases/{phase}/copies`
///
/// # Errors
/// See [`AppError`].
pub async fn copy_phase(desk: Desk, at: web::Path<(Of, i64, PhaseId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    let place = |done: &Done| new_phase(done).map_or_else(|| "?done=saved".to_owned(), |id| format!("?phase={id}&done=copied#phase{id}"));
    desk.make((of, number), Ok(Edit::CopyPhase(id)), &fields, place, Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/phases/{phase}/removal`: the last phase cannot be removed; one that is gone already is no
/// error.
///
/// # Errors
/// See [`AppError`].
pub async fn remove_phase(desk: Desk, at: web::Path<(Of, i64, PhaseId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    desk.make((of, number), Ok(Edit::RemovePhase(id)), &fields, |_| "?done=removed".to_owned(), Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions`: an exercise that is in the phase already is not added twice. The search it
/// was found with stays.
///
/// # Errors
/// See [`AppError`].
pub async fn add(desk: Desk, address: web::Path<Address>, fields: Fields) -> Answer {
    let search = search(&fields);
    let (phase, slug, dose) = match form::addition(&fields, &desk.library) {
        Ok(addition) => addition,
        Err(invalid) => return desk.refuse(*address, Refused::Other(fields, Errors(invalid))).await,
    };
    let person = desk.staff.id;
    let wanted = slug.clone();
    let usual = desk.db.look(move |conn| desk::usual_dose(conn, person, &wanted)).await?;
    let done = if usual.is_some() { "added-usual" } else { "added" };
    let note = Note::parse("").map_err(AppError::Internal)?;
    let dose = usual.unwrap_or(DoseChange { dose, load: String::new(), note });
    let place = |made: &Done| {
        let part = made.after.phase(phase).map(|phase| phase.prescriptions.as_slice()).unwrap_or_default();
        let row = part.iter().find(|row| row.exercise == slug).map_or_else(String::new, |row| format!("#rx{}", row.id));
        format!("?phase={phase}&done={done}{search}{row}")
    };
    desk.make(*address, Ok(Edit::Add(phase, slug.clone(), dose)), &fields, place, Refused::Other).await
}

/// The search of the library a form came with, to go on with in an address.
fn search(fields: &Fields) -> String {
    going_on(fields, &["q", "stage", "purpose", "show", "page"])
}

fn going_on(fields: &Fields, names: &[&str]) -> String {
    let given = names.iter().map(|name| (*name, fields.get(name))).filter(|(_, value)| !value.is_empty());
    let search = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    if search.is_empty() { search } else { format!("&{search}") }
}

/// The search that stands beside a form that is sent without leaving the page: all of it in one field.
fn beside(fields: &Fields) -> Fields {
    Fields::decode(fields.get("search").as_bytes())
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}`: the dose. One that was taken out meanwhile comes back where
/// that is wanted.
///
/// # Errors
/// See [`AppError`].
pub async fn change_dose(desk: Desk, at: web::Path<(Of, i64, PrescriptionId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    let typed = fields.clone();
    let again = fields.is("again", "yes");
    let edit = move |conn: &mut Conn, draft: &Draft, _: Act<'_>| {
        let sore = draft.of.patient().map(|patient| patients::sore_side(conn, patient)).transpose()?;
        let dose = form::dose(&typed, sore)?;
        if draft.prescription(id).is_some() {
            return Ok(Edit::Dose(id, dose));
        }
        let (phase, lost) = store::lost(conn, draft, id)?.ok_or(AppError::NotFound)?;
        if !again {
            return Ok(Edit::Dose(id, dose));
        }
        let phase = draft.phase(phase).or(draft.phases.first()).map_or(phase, |phase| phase.id);
        let note = dose.note.as_str().to_owned();
        Ok(Edit::Restore(phase, super::super::domain::Prescription { dose: dose.dose, load: dose.load, note, ..lost }))
    };
    let outcome = desk.change((of, number), form::seen(&fields), edit).await;
    let place = |_: &Done| format!("?done=saved#rx{id}");
    desk.answer((of, number), outcome, &fields, place, |fields, errors| Refused::Prescription(id, fields, errors)).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}/position`
///
/// # Errors
/// See [`AppError`].
pub async fn reorder(desk: Desk, at: web::Path<(Of, i64, PrescriptionId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    desk.make((of, number), form::position(&fields, id), &fields, |_| format!("?done=saved#rx{id}"), Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}/copies`
///
/// # Errors
/// See [`AppError`].
pub async fn copy(desk: Desk, at: web::Path<(Of, i64, PrescriptionId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    let place = |done: &Done| {
        let new = done.after.prescriptions().find(|row| done.before.prescription(row.id).is_none());
        format!("?done=copied#rx{}", new.map_or(id, |row| row.id))
    };
    desk.make((of, number), Ok(Edit::Copy(id)), &fields, place, Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}/superset`: `joined` is yes or no.
///
/// # Errors
/// See [`AppError`].
pub async fn join(desk: Desk, at: web::Path<(Of, i64, PrescriptionId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    let edit = Edit::Join(id, !fields.is("joined", "no"));
    desk.make((of, number), Ok(edit), &fields, |_| format!("?done=saved#rx{id}"), Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/prescriptions/{prescription}/removal`: pressed twice, it is gone already, which is what was
/// wanted.
///
/// # Errors
/// See [`AppError`].
pub async fn remove(desk: Desk, at: web::Path<(Of, i64, PrescriptionId)>, fields: Fields) -> Answer {
    let (of, number, id) = at.into_inner();
    desk.make((of, number), Ok(Edit::Remove(id)), &fields, |_| "?done=removed".to_owned(), Refused::Other).await
}

/// `POST /clinic/{plans|programmes}/{id}/doses`: the same change of many doses.
///
/// # Errors
/// See [`AppError`].
pub async fn turn(desk: Desk, address: web::Path<Address>, fields: Fields) -> Answer {
    let edit = form::bulk(&fields).map(Edit::Bulk);
    desk.make(*address, edit, &fields, |_| "?done=saved#plan".to_owned(), Refused::Bulk).await
}

/// `POST /clinic/{plans|programmes}/{id}/undos`: takes back the step with the number `step`.
///
/// # Errors
/// See [`AppError`].
pub async fn undo(desk: Desk, address: web::Path<Address>, fields: Fields) -> Answer {
    let step = fields.get("step").parse().map_err(|_| AppError::from(Invalid::one("plan", "Choose the step to take back")));
    let undone = match step {
        Ok(step) => desk.undo(*address, step).await,
        // What is not there is not found before anything else is said.
        Err(error) => desk.saw(*address, "looked at the plan").await.and(Err(error)),
    };
    match undone {
        Ok(()) => see_other(&format!("{}?done=undone#plan", path(*address))),
        Err(AppError::Invalid(invalid)) => desk.refuse(*address, Refused::Other(Fields::default(), Errors(invalid))).await,
        Err(error) => Err(error),
    }
}

/// The phase that is new in a draft.
fn new_phase(done: &Done) -> Option<PhaseId> {
    done.after.phases.iter().map(|phase| phase.id).find(|id| done.before.phase(*id).is_none())
}

impl Desk {
    /// Makes a change that was read from a form, and answers.
    async fn make(
        self,
        address: Address,
        edit: Result<Edit, Invalid>,
        fields: &Fields,
        place: impl FnOnce(&Done) -> String,
        refusal: impl FnOnce(Fields, Errors) -> Refused,
    ) -> Answer {
        let outcome = self.change(address, form::seen(fields), move |_, _, _| Ok(edit?)).await;
        self.answer(address, outcome, fields, place, refusal).await
    }

    /// The answer to a change: back to its place in the builder, or the builder with what was refused, or with what somebody else did.
    async fn answer(
        self,
        address: Address,
        outcome: Result<Outcome, AppError>,
        fields: &Fields,
        place: impl FnOnce(&Done) -> String,
        refusal: impl FnOnce(Fields, Errors) -> Refused,
    ) -> Answer {
        match outcome {
            Ok(Outcome::Done(done)) => {
                let search = going_on(&beside(fields), &["q", "stage", "purpose", "show", "page", "phase"]);
                let since = done.since.map_or_else(String::new, |since| format!("&since={since}"));
                see_other(&format!("{}{}", path(address), with_query(&place(&done), &format!("{since}{search}"))))
            }
            Ok(Outcome::Clash(clash)) => {
                let action = self.page.path.clone();
                let refused = Refused::Clash(action, fields.clone(), clash);
                with_status(StatusCode::CONFLICT, &self.builder_page(address, &beside(fields), Some(refused)).await?)
            }
            Err(AppError::Invalid(invalid)) => self.refuse(address, refusal(fields.clone(), Errors(invalid))).await,
            Err(error) => Err(error),
        }
    }

    /// The builder with a form that was refused.
    pub(in super::super) async fn refuse(self, address: Address, refusal: Refused) -> Answer {
        refused(&self.builder_page(address, &Fields::default(), Some(refusal)).await?)
    }
}

/// A place in the builder with more in its query; what it says itself comes first, and the first counts.
fn with_query(place: &str, more: &str) -> String {
    let (query, fragment) = place.split_once('#').map_or((place, String::new()), |(query, id)| (query, format!("#{id}")));
    format!("{query}{more}{fragment}")
}
