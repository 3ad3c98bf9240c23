//! Staff: looking at what a draft changes, and publishing it.

use actix_web::web;
use chrono::NaiveDate;

use super::super::builder::{Act, PhaseView};
use super::super::domain::{Current, Draft, Of, Snapshot};
use super::super::form::Announcement;
use super::super::pages::PublicationPage;
use super::super::{Sketchbook, changes, form, store};
use super::{Loaded, load, published};
use crate::db::Conn;
use crate::error::{AppError, Invalid};
use crate::exercises::Library;
use crate::exercises::desk::Desk;
use crate::ids::PlanId;
use crate::messages::threads;
use crate::patients;
use crate::web::{Answer, Errors, Fields, html, refused, see_other};

/// `GET /clinic/plans/{id}/publication`: what would change.
///
/// # Errors
/// See [`AppError`].
pub async fn form(desk: Desk, plan: web::Path<PlanId>) -> Answer {
    desk.saw((Of::Plans, plan.0), "looked at the plan before publishing it").await?;
    html(&desk.publication_page(*plan, Fields::default(), Errors::default()).await?)
}

impl Desk {
    async fn publication_page(self, plan: PlanId, fields: Fields, errors: Errors) -> Result<PublicationPage, AppError> {
        let library = self.library.clone();
        let read = move |conn: &mut Conn| load(conn, plan, &library);
        let Loaded { draft, current, patient, standing, checked } = self.db.read(read).await?;
        let next = current.as_ref().map_or(0, |current| current.publication.version) + 1;
        let (changes, flaws) = match Snapshot::take(&draft, &self.library) {
            Ok(snapshot) => {
                let changed = |current: &Current| {
                    let before = &current.publication.snapshot;
                    changes(before, &snapshot.clone().reviewed_on(before.review_on).with_cut_offs(before.cut_offs))
                };
                let changes = current.as_ref().map(changed).unwrap_or_default();
                (changes, Vec::new())
            }
            Err(invalid) => (Vec::new(), invalid.iter().map(|(_, words)| words.to_owned()).collect()),
        };
        // What was agreed stands there again as long as it lies ahead.
        let fields = if errors.any() { fields } else { agreed_fields(current.as_ref(), self.page.today()) };
        let phases = PhaseView::all(&draft, &self.library, None);
        let sketchbook = Sketchbook::new(self.library, patient.sore_side);
        let page = self.page;
        Ok(PublicationPage { page, patient, draft, standing, checked, next, changes, phases, flaws, sketchbook, fields, errors })
    }
}

/// The day of the review and the cut-offs as they are agreed so far.
fn agreed_fields(current: Option<&Current>, today: NaiveDate) -> Fields {
    let snapshot = current.map(|current| &current.publication.snapshot);
    let review = snapshot.and_then(|snapshot| snapshot.review_on).filter(|day| *day >= today);
    let cut_offs = snapshot.map(|snapshot| snapshot.cut_offs).unwrap_or_default();
    let numbers = [("green_to", cut_offs.green_to), ("amber_to", cut_offs.amber_to), ("red_above", cut_offs.red_above)];
    let numbers = numbers.map(|(name, number)| (name, number.to_string()));
    Fields::from_pairs(review.map(|day| ("review_on", day.to_string())).into_iter().chain(numbers))
}

/// `POST /clinic/plans/{id}/publication`
///
/// # Errors
/// See [`AppError`].
pub async fn publish(desk: Desk, plan: web::Path<PlanId>, fields: Fields) -> Answer {
    let (plan, library) = (*plan, desk.library.clone());
    let expected = fields.get("version").parse::<i32>().ok();
    let outcome = match form::announcement(&fields, desk.page.today()) {
        Ok(said) => {
            desk.act((Of::Plans, plan.0), "published a version of the plan", move |conn, draft, act| {
                publish_draft(conn, draft, &library, expected, &said, act)?;
                draft.of.patient().ok_or(AppError::NotFound)
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(patient) => see_other(&format!("/clinic/patients/{patient}?done=published")),
        Err(AppError::Invalid(invalid)) => refused(&desk.publication_page(plan, fields, Errors(invalid)).await?),
        Err(error) => Err(error),
    }
}

/// Publishes unless something stands against it. `expected` is the version number the form offered: pressed twice, or in two
/// tabs, the second press finds its version published and adds none.
///
/// # Errors
/// What stands against it, on the field `plan`; the database's own.
pub fn publish_draft(
    conn: &mut Conn,
    draft: &Draft,
    library: &Library,
    expected: Option<i32>,
    said: &Announcement,
    act: Act<'_>,
) -> Result<(), AppError> {
    let patient = draft.of.patient().ok_or(AppError::NotFound)?;
    if let Some(obstacle) = patients::standing(conn, patient)?.obstacle() {
        return Err(Invalid::one("plan", obstacle).into());
    }
    let snapshot = Snapshot::take(draft, library)?.reviewed_on(said.review_on).with_cut_offs(said.cut_offs);
    if let Some(current) = published(conn, draft)? {
        if changes(&current.publication.snapshot, &snapshot).is_empty() {
            let repeated = expected == Some(current.publication.version);
            return if repeated { Ok(()) } else { Err(Invalid::one("plan", "Nothing has changed since the last version").into()) };
        }
        if expected.is_some_and(|expected| expected <= current.publication.version) {
            let words = "A colleague published a version meanwhile. Look at what changes now and publish again.";
            return Err(Invalid::one("plan", words).into());
        }
    }
    let version = store::publish(conn, draft, &snapshot, said.reason.as_str(), act.staff.id, act.now)?;
    threads::tell(conn, patient, act.staff.id, "Your plan", &news(version, said.reason.as_str()), act.now).map(drop)
}

/// What the patient is told of a new version.
fn news(version: i32, reason: &str) -> String {
    match version {
        1 => format!("Your plan is ready. You find it under Today and Plan.\n\n{reason}"),
        version => format!("Your plan has changed: version {version} is here. Plan shows what is new.\n\n{reason}"),
    }
}
