//! Staff: a published version on paper, as the patient gets it.

use actix_web::{HttpRequest, web};

use super::lights::Lights;
use super::pages::{Handout, HandoutPage};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::AppError;
use crate::exercises::Stock;
use crate::ids::{PatientId, PlanId};
use crate::patients;
use crate::plans::{self, Of, Publication, Status, Subject, store};
use crate::web::{Answer, Fields, Page, Staff, html};

/// `GET /clinic/plans/{id}/handout`: the newest version, or with `?version=` another one; of the phase the patient is in, or with
/// `?phase=` another one, counted from 1.
///
/// # Errors
/// See [`AppError`]; a plan or version that was never published is not there.
pub async fn handout(
    staff: Staff,
    page: Page,
    plan: web::Path<PlanId>,
    request: HttpRequest,
    db: web::Data<Db>,
    stock: web::Data<Stock>,
    lights: web::Data<Lights>,
) -> Answer {
    let (plan, now, by) = (*plan, page.now, staff.id);
    let asked = Fields::decode(request.query_string().as_bytes());
    let (version, phase) = (asked.get("version").parse::<i32>().ok(), asked.get("phase").parse::<usize>().ok());
    let handout = db
        .read(move |conn| {
            let patient = store::subject(conn, (Of::Plans, plan.0), by)?.and_then(Subject::patient).ok_or(AppError::NotFound)?;
            let publication = wanted(conn, patient, plan, version)?.ok_or(AppError::NotFound)?;
            let profile = patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
            let number = match phase {
                Some(number) => number,
                None => place(&publication, &plans::statuses(conn, patient)?),
            };
            Handout::of(conn, &stock, profile, publication, number)
        })
        .await?;
    let patient = handout.patient.id;
    db.write(Lock::Trail, move |conn| {
        let verb = "looked at the plan on paper";
        let entry = Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
        Ok(audit::record(conn, &entry)?)
    })
    .await?;
    html(&HandoutPage::new(page, handout, &lights, true))
}

fn wanted(conn: &mut Conn, patient: PatientId, plan: PlanId, version: Option<i32>) -> Result<Option<Publication>, AppError> {
    match version {
        Some(version) => plans::publication(conn, patient, plan, version),
        None => store::newest(conn, plan),
    }
}

/// The place of the phase the patient is, or was last, in; the first where the version leaves that one out.
fn place(publication: &Publication, statuses: &[Status]) -> usize {
    let last = statuses.iter().rfind(|status| status.plan == publication.plan);
    let phases = &publication.snapshot.phases;
    last.and_then(|last| phases.iter().position(|phase| phase.id == last.phase)).unwrap_or(0) + 1
}
