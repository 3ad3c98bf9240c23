//! Staff: the proposals about a patient, and the answers to them.

use actix_web::web;

use super::form;
use super::pages::{Card, ProposalsPage};
use super::store;
use super::taking::Answering;
use crate::audit::{self, Entry};
use crate::db::{Conn, Lock};
use crate::error::{AppError, Invalid};
use crate::exercises::desk::Desk;
use crate::ids::PatientId;
use crate::plans::Act;
use crate::plans::programmes::House;
use crate::progress::proposals::{Rules, confirmable, evidence, to_reach};
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};
use crate::{patients, plans};

/// How many answers the page tells.
const ANSWERS: i64 = 20;

/// The rules as they are at the moment.
pub(in crate::reviews) fn rules(desk: &Desk, house: &House) -> Rules {
    Rules { programmes: house.get(), library: desk.library.clone() }
}

fn note(conn: &mut Conn, (staff, page): (&Staff, &Page), patient: PatientId, verb: &str) -> Result<(), AppError> {
    let entry = Entry { at: page.now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
    Ok(audit::record(conn, &entry)?)
}

/// `GET /clinic/patients/{id}/proposals`
///
/// # Errors
/// See [`AppError`].
pub async fn list(desk: Desk, id: web::Path<PatientId>, house: House) -> Answer {
    let (id, staff, page) = (*id, desk.staff.clone(), desk.page.clone());
    let shown = proposals_page(&desk, id, &house, Fields::default(), Errors::default()).await?;
    desk.db.write(Lock::Patient(id.0), move |conn| note(conn, (&staff, &page), id, "looked at the proposals")).await?;
    html(&shown)
}

async fn proposals_page(desk: &Desk, id: PatientId, house: &House, fields: Fields, errors: Errors) -> Result<ProposalsPage, AppError> {
    let (rules, clock, today) = (rules(desk, house), desk.page.clock().clone(), desk.page.today());
    let read = move |conn: &mut Conn| {
        let patient = patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
        let evidence = evidence(conn, id, today, |moment| clock.day_of(moment))?;
        Ok((patient, Card::of(&evidence, &rules), store::given(conn, id, ANSWERS)?))
    };
    let (patient, card, given) = desk.db.read(read).await?;
    let dismissed = fields.get("fingerprint").to_owned();
    let dismissing = card.proposals.iter().find(|one| errors.of("reason").is_some() && one.fingerprint == dismissed).cloned();
    Ok(ProposalsPage { page: desk.page.clone(), patient, card, given, dismissing, fields, errors })
}

/// Answers a proposal while nobody else can change the patient's plan.
async fn answer<T: Send + 'static>(
    desk: &Desk,
    (id, house, verb): (PatientId, &House, &'static str),
    f: impl FnOnce(&mut Conn, &Answering<'_>) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let (rules, clock, staff, page) = (rules(desk, house), desk.page.clock().clone(), desk.staff.clone(), desk.page.clone());
    desk.db
        .write(Lock::Patient(id.0), move |conn| {
            let act = Act { staff: &staff, now: page.now };
            let done = f(conn, &Answering { patient: id, rules: &rules, clock: &clock, act })?;
            note(conn, (&staff, &page), id, verb)?;
            Ok(done)
        })
        .await
}

/// Back to the patient, or the proposals as they are with what was refused.
async fn back(desk: &Desk, id: PatientId, house: &House, fields: Fields, outcome: Result<String, AppError>) -> Answer {
    match outcome {
        Ok(path) => see_other(&path),
        Err(AppError::Invalid(invalid)) => refused(&proposals_page(desk, id, house, fields, Errors(invalid)).await?),
        Err(error) => Err(error),
    }
}

/// `POST /clinic/patients/{id}/proposals/acceptances`: the change, its checks, and the new version, in one press.
///
/// # Errors
/// See [`AppError`].
pub async fn accept(desk: Desk, id: web::Path<PatientId>, fields: Fields, house: House) -> Answer {
    let id = *id;
    let outcome = match form::asked(&fields) {
        Ok(asked) => answer(&desk, (id, &house, "took over a proposal"), move |conn, by| by.accept(conn, &asked)).await,
        Err(invalid) => Err(invalid.into()),
    };
    back(&desk, id, &house, fields, outcome.map(|()| format!("/clinic/patients/{id}?done=proposal-taken#plan"))).await
}

/// `POST /clinic/patients/{id}/proposals/edits`: the change in the draft, to go on with.
///
/// # Errors
/// See [`AppError`].
pub async fn edit(desk: Desk, id: web::Path<PatientId>, fields: Fields, house: House) -> Answer {
    let id = *id;
    let outcome = match form::asked(&fields) {
        Ok(asked) => answer(&desk, (id, &house, "put a proposal into the draft"), move |conn, by| by.edit(conn, &asked)).await,
        Err(invalid) => Err(invalid.into()),
    };
    let place = outcome.map(|(plan, phase)| match phase {
        Some(phase) => format!("/clinic/plans/{plan}?phase={phase}&done=proposal-in-draft#phase{phase}"),
        None => format!("/clinic/plans/{plan}?done=proposal-in-draft"),
    });
    back(&desk, id, &house, fields, place).await
}

/// `POST /clinic/patients/{id}/proposals/dismissals`: not now, and why. It stays away until there is new evidence.
///
/// # Errors
/// See [`AppError`].
pub async fn dismiss(desk: Desk, id: web::Path<PatientId>, fields: Fields, house: House) -> Answer {
    let id = *id;
    let outcome = match form::dismissal(&fields) {
        Ok((asked, reason)) => {
            let dismissed = move |conn: &mut Conn, by: &Answering<'_>| by.dismiss(conn, &asked, &reason);
            answer(&desk, (id, &house, "dismissed a proposal"), dismissed).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    back(&desk, id, &house, fields, outcome.map(|()| format!("/clinic/patients/{id}?done=proposal-dismissed#plan"))).await
}

/// `POST /clinic/patients/{id}/confirmations`: a criterion that the diary cannot know holds, or does not.
///
/// # Errors
/// See [`AppError`].
pub async fn confirm(desk: Desk, id: web::Path<PatientId>, fields: Fields, house: House) -> Answer {
    let id = *id;
    let outcome = match form::confirming(&fields) {
        Ok(said) => {
            let confirmed = move |conn: &mut Conn, by: &Answering<'_>| {
                patients::profile(conn, id)?.ok_or(AppError::NotFound)?;
                let today = by.clock.day_of(by.act.now);
                let known = to_reach(&evidence(conn, id, today, |moment| by.clock.day_of(moment))?);
                let current = plans::current(conn, id)?.filter(|current| current.status.phase == said.phase);
                let asks = known.iter().any(|(criterion, _)| confirmable(criterion) && criterion.words() == said.criterion);
                match current {
                    Some(current) if asks => store::confirm(conn, (id, current.publication.plan), &said, by.act.staff.id, by.act.now),
                    _ => Err(Invalid::one("criterion", "The phase no longer asks for this. Nothing was changed.").into()),
                }
            };
            answer(&desk, (id, &house, "confirmed a criterion"), confirmed).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    back(&desk, id, &house, fields, outcome.map(|()| format!("/clinic/patients/{id}?done=criterion-confirmed#plan"))).await
}
