//! Staff: programmes of the clinic's own, from nothing, from a plan, copied from another; shared or one's own; put away.

use actix_web::web;

use super::copy::{Choice, Copying};
use super::pages::AboutPage;
use super::physio::House;
use super::store::{self, About, Own};
use super::{form, into};
use crate::db::{Conn, Lock};
use crate::error::AppError;
use crate::exercises::desk::Desk;
use crate::ids::{PersonId, PhaseId, PlanId, PrescriptionId, ProgrammeId};
use crate::patients;
use crate::plans::{Draft, DraftPhase, Prescription};
use crate::web::{Answer, Errors, Fields, html, refused, see_other};

/// What is being written.
#[derive(Debug, Clone)]
pub enum Writing {
    /// A programme from nothing.
    New,
    /// A programme from a patient's plan, whose name is this.
    FromPlan(PlanId, String),
    /// What this programme says of itself.
    About(Box<Own>),
}

impl Writing {
    /// Where its form goes.
    #[must_use]
    pub fn action(&self) -> String {
        match self {
            Self::New => "/clinic/programmes".to_owned(),
            Self::FromPlan(plan, _) => format!("/clinic/plans/{plan}/copies"),
            Self::About(own) => format!("{}/about", own.path()),
        }
    }
}

/// `GET /clinic/programmes/new`
///
/// # Errors
/// See [`AppError`].
pub async fn blank(desk: Desk) -> Answer {
    html(&AboutPage { page: desk.page, writing: Writing::New, fields: Fields::default(), errors: Errors::default() })
}

/// `POST /clinic/programmes`: a programme with one empty phase.
///
/// # Errors
/// See [`AppError`].
pub async fn create(desk: Desk, fields: Fields) -> Answer {
    match form::about(&fields) {
        Ok(about) => {
            let id = desk.found_programme(about, String::new(), Vec::new()).await?;
            see_other(&format!("/clinic/programmes/{id}?done=programme"))
        }
        Err(invalid) => refused(&AboutPage { page: desk.page, writing: Writing::New, fields, errors: Errors(invalid) }),
    }
}

impl Desk {
    async fn found_programme(&self, about: About, copied_from: String, phases: Vec<DraftPhase>) -> Result<ProgrammeId, AppError> {
        let (person, now) = (self.staff.id, self.page.now);
        self.db.write(Lock::Clinic, move |conn| store::create(conn, &about, &copied_from, &phases, person, now)).await
    }
}

/// `GET /clinic/plans/{id}/copies`: a programme from the draft of a plan.
///
/// # Errors
/// See [`AppError`].
pub async fn plan_form(desk: Desk, plan: web::Path<PlanId>) -> Answer {
    let plan = *plan;
    let (_, name) = desk.db.read(move |conn| plan_of(conn, plan)).await?;
    html(&AboutPage { page: desk.page, writing: Writing::FromPlan(plan, name), fields: Fields::default(), errors: Errors::default() })
}

/// `POST /clinic/plans/{id}/copies`: notes to the patient stay out unless they are asked for.
///
/// # Errors
/// See [`AppError`].
pub async fn copy_plan(desk: Desk, plan: web::Path<PlanId>, fields: Fields) -> Answer {
    let plan = *plan;
    let (draft, name) = desk.db.read(move |conn| plan_of(conn, plan)).await?;
    match form::about(&fields) {
        Ok(about) => {
            let phases = without_patient(&draft, fields.is("notes", "yes"));
            let id = desk.found_programme(about, "the plan of a patient".to_owned(), phases).await?;
            see_other(&format!("/clinic/programmes/{id}?done=programme"))
        }
        Err(invalid) => refused(&AboutPage { page: desk.page, writing: Writing::FromPlan(plan, name), fields, errors: Errors(invalid) }),
    }
}

fn plan_of(conn: &mut Conn, plan: PlanId) -> Result<(Draft, String), AppError> {
    let draft = crate::plans::draft(conn, plan)?.ok_or(AppError::NotFound)?;
    let patient = draft.of.patient().ok_or(AppError::NotFound)?;
    let name = patients::profile(conn, patient)?.ok_or(AppError::NotFound)?.name;
    Ok((draft, name))
}

/// The phases of a draft for nobody in particular: one side becomes both in turn.
fn without_patient(draft: &Draft, notes: bool) -> Vec<DraftPhase> {
    use crate::exercises::dose::{Dose, Side};
    let prescription = |one: &Prescription| Prescription {
        id: PrescriptionId(0),
        dose: Dose { side: if matches!(one.dose.side, Side::Left | Side::Right) { Side::Each } else { one.dose.side }, ..one.dose },
        note: if notes { one.note.clone() } else { String::new() },
        ..one.clone()
    };
    let phase = |phase: &DraftPhase| DraftPhase {
        id: PhaseId(0),
        prescriptions: phase.prescriptions.iter().map(prescription).collect(),
        ..phase.clone()
    };
    draft.phases.iter().map(phase).collect()
}

/// `POST /clinic/programmes/{slug}/copies`: a programme of the house or an own one, to be changed; at first one's own.
///
/// # Errors
/// See [`AppError`].
pub async fn copy(desk: Desk, slug: web::Path<String>, house: House) -> Answer {
    let programmes = house.get();
    let (about, phases) = if let Some(programme) = programmes.get(&slug) {
        let copying = Copying { programmes: &programmes, library: &desk.library, sore: None };
        let all = Choice { phases: programme.phases.iter().map(|phase| phase.key.clone()).collect(), ..Choice::default() };
        let about =
            About { name: programme.name.clone(), audience: programme.who.clone(), purpose: programme.summary.clone(), shared: false };
        (about, copying.phases(programme, &all))
    } else {
        let (id, person) = (slug.parse::<ProgrammeId>().map_err(|_| AppError::NotFound)?, desk.staff.id);
        let (own, draft) = desk.db.read(move |conn| into::own(conn, person, id)).await?;
        let about = About { name: own.name, audience: own.audience, purpose: own.purpose, shared: false };
        (about, without_patient(&draft, true))
    };
    let copied_from = about.name.clone();
    let id = desk.found_programme(about, copied_from, phases).await?;
    see_other(&format!("/clinic/programmes/{id}?done=programme-copied"))
}

/// `GET /clinic/programmes/{id}/about`
///
/// # Errors
/// See [`AppError`].
pub async fn about(desk: Desk, id: web::Path<ProgrammeId>) -> Answer {
    let own = known(&desk, *id).await?;
    let about = About { name: own.name.clone(), audience: own.audience.clone(), purpose: own.purpose.clone(), shared: own.shared };
    let fields = form::about_fields(&about);
    html(&AboutPage { page: desk.page, writing: Writing::About(Box::new(own)), fields, errors: Errors::default() })
}

/// `POST /clinic/programmes/{id}/about`: name, for whom, what for, shared or one's own. Only who made it can make it their own again.
///
/// # Errors
/// See [`AppError`].
pub async fn change(desk: Desk, id: web::Path<ProgrammeId>, fields: Fields) -> Answer {
    let own = known(&desk, *id).await?;
    let (id, mine) = (own.id, own.by == desk.staff.id);
    match form::about(&fields) {
        Ok(about) => {
            let about = About { shared: about.shared || !mine, ..about };
            desk.db.write(Lock::Programme(id.0), move |conn| store::change(conn, id, &about)).await?;
            see_other(&format!("/clinic/programmes/{id}?done=saved"))
        }
        Err(invalid) => refused(&AboutPage { page: desk.page, writing: Writing::About(Box::new(own)), fields, errors: Errors(invalid) }),
    }
}

/// `POST /clinic/programmes/{id}/archival`: puts it away, or takes it out again (`archived` is yes or no). Twice is once.
///
/// # Errors
/// See [`AppError`].
pub async fn archive(desk: Desk, id: web::Path<ProgrammeId>, fields: Fields) -> Answer {
    let own = known(&desk, *id).await?;
    let (person, now, away) = (desk.staff.id, desk.page.now, !fields.is("archived", "no"));
    desk.db.write(Lock::Programme(own.id.0), move |conn| store::set_archived(conn, own.id, away, person, now)).await?;
    see_other(&format!("/clinic/programmes?done={}", if away { "programme-away" } else { "programme-back" }))
}

async fn known(desk: &Desk, id: ProgrammeId) -> Result<Own, AppError> {
    let person: PersonId = desk.staff.id;
    desk.db.read(move |conn| store::one(conn, person, id)?.ok_or(AppError::NotFound)).await
}
