//! Staff: the versions of a plan, what each changed, any two held against each other, and what the plan was when.

use actix_web::{HttpRequest, web};

use super::super::builder::note;
use super::super::pages::{VersionView, VersionsPage};
use super::super::{changes, store};
use crate::db::Lock;
use crate::error::AppError;
use crate::exercises::desk::Desk;
use crate::ids::PlanId;
use crate::patients;
use crate::web::{Answer, Fields, html};

/// How many versions the page lists.
const VERSIONS: i64 = 200;

/// `GET /clinic/plans/{id}/versions`: `from` and `to` are the two versions held against each other; without them the newest two.
///
/// # Errors
/// See [`AppError`].
pub async fn list(desk: Desk, plan: web::Path<PlanId>, request: HttpRequest) -> Answer {
    let (plan, staff, now) = (*plan, desk.staff.clone(), desk.page.now);
    let asked = Fields::decode(request.query_string().as_bytes());
    let of = desk.db.look(move |conn| store::draft(conn, plan)).await?.and_then(|draft| draft.of.patient()).ok_or(AppError::NotFound)?;
    let read = move |conn: &mut crate::db::Conn| {
        note(conn, &staff, of, now, "looked at the versions of the plan")?;
        let patient = patients::profile(conn, of)?.ok_or(AppError::NotFound)?;
        let publications = store::publications(conn, of, VERSIONS)?.into_iter().filter(|known| known.plan == plan).collect();
        Ok((patient, VersionView::list(publications), store::history(conn, plan)?))
    };
    let (patient, versions, history) = desk.db.write(Lock::Trail, read).await?;
    let number = |name: &str, otherwise: i32| asked.get(name).parse().unwrap_or(otherwise);
    let newest = versions.first().map_or(0, |version| version.publication.version);
    let (from, to) = (number("from", newest - 1), number("to", newest));
    let one = |number: i32| versions.iter().map(|view| &view.publication).find(|known| known.version == number);
    let compared = one(from).zip(one(to)).map(|(old, new)| changes(&old.snapshot, &new.snapshot));
    html(&VersionsPage { page: desk.page, patient, plan, versions, from, to, compared, history })
}
