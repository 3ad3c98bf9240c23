//! Staff: the queue.

use std::collections::HashMap;

use actix_web::{HttpRequest, web};
use chrono::{NaiveDate, TimeDelta};

use super::domain::Situation;
use super::pages::{QueuePage, QueueRow};
use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::db::{Conn, Db, Lock};
use crate::diary;
use crate::error::AppError;
use crate::ids::PatientId;
use crate::messages::{self, threads};
use crate::patients::{self, Listed};
use crate::plans::{self, Status, requests};
use crate::progress::readings;
use crate::web::{Answer, Fields, Page, Staff, html};

/// Days of the diary the queue reads.
const QUEUE_DAYS: i64 = 15;

/// `GET /clinic`: everyone who needs someone, in order of need; `?physio=me` for one's own patients.
///
/// # Errors
/// See [`AppError`].
pub async fn queue(staff: Staff, page: Page, request: HttpRequest, db: web::Data<Db>) -> Answer {
    let mine = Fields::decode(request.query_string().as_bytes()).is("physio", "me");
    let (of, today) = (mine.then_some(staff.id), page.today());
    let zone = page.clock().clone();
    let ((total, mut rows), inbox) = db.read(move |conn| Ok((waiting(conn, of, today, &zone)?, messages::waiting(conn)?))).await?;
    let now = page.now;
    db.write(Lock::Clinic, move |conn| {
        let verb = "looked at the queue";
        Ok(audit::record(conn, &Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: None, detail: "" })?)
    })
    .await?;
    rows.sort_by_key(|row| row.need.rank);
    html(&QueuePage { page, rows, mine, total, inbox })
}

/// Nine queries, however many patients there are.
fn waiting(conn: &mut Conn, of: Option<crate::ids::PersonId>, today: NaiveDate, clock: &Clock) -> Result<(usize, Vec<QueueRow>), AppError> {
    let listed = patients::all(conn, of, "")?;
    let mut open = grouped(patients::open_reports(conn, None)?.into_iter().map(|report| (report.patient, report)));
    // Of several plans the newest counts, and it comes last.
    let mut statuses: HashMap<PatientId, Status> = plans::running(conn)?.into_iter().collect();
    let last: HashMap<PatientId, NaiveDate> = diary::last_entries(conn)?.into_iter().collect();
    let whose: Vec<PatientId> = listed.iter().map(|patient| patient.id).collect();
    let mut records = diary::records(conn, &whose, (today - TimeDelta::days(QUEUE_DAYS), today), |moment| clock.day_of(moment))?;
    let mut messages =
        grouped(threads::waiting(conn, None)?.into_iter().map(|waiting| (waiting.patient, (clock.day_of(waiting.since), waiting))));
    let mut asks = grouped(requests::open(conn, None)?.into_iter().map(|request| (request.patient, request)));
    let total = listed.len();
    let rows = listed.into_iter().filter_map(|patient: Listed| {
        let id = patient.id;
        let status = statuses.remove(&id);
        let situation = Situation {
            open: open.remove(&id).unwrap_or_default(),
            asks: asks.remove(&id).unwrap_or_default(),
            readings: readings(&records.remove(&id).unwrap_or_default()),
            last_entry: last.get(&id).copied(),
            has_account: patient.has_account,
            since: status.as_ref().map(|status| clock.day_of(status.since)),
            status,
            messages: messages.remove(&id).unwrap_or_default(),
        };
        situation.need(today).map(|need| QueueRow { patient, need })
    });
    Ok((total, rows.collect()))
}

fn grouped<T>(pairs: impl IntoIterator<Item = (PatientId, T)>) -> HashMap<PatientId, Vec<T>> {
    let mut groups: HashMap<PatientId, Vec<T>> = HashMap::new();
    for (patient, thing) in pairs {
        groups.entry(patient).or_default().push(thing);
    }
    groups
}
