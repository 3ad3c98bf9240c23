//! Staff: one patient's page.

use actix_web::{HttpRequest, web};
use chrono::{NaiveDate, TimeDelta};

use super::entries::time_line;
use super::pages::PatientPage;
use super::read::{Read, read};
use crate::audit::{self, Entry};
use crate::db::{Db, Lock};
use crate::ids::PatientId;
use crate::plans::Course;
use crate::progress::{Mark, PainChart, adherences, days, weeks};
use crate::web::{Answer, Fields, Page, Staff, html};

/// Weeks the patient's page shows unless asked for others.
const USUAL_WEEKS: i64 = 8;
/// Most weeks it can be asked for.
const MOST_WEEKS: i64 = 104;

/// `GET /clinic/patients/{id}`: the time line and the plan; `?weeks=` says how far back.
///
/// # Errors
/// See [`AppError`].
pub async fn page(staff: Staff, page: Page, id: web::Path<PatientId>, request: HttpRequest, db: web::Data<Db>) -> Answer {
    let (id, now, today) = (*id, page.now, page.today());
    let asked = Fields::decode(request.query_string().as_bytes());
    let span = asked.get("weeks").parse().unwrap_or(USUAL_WEEKS).clamp(1, MOST_WEEKS);
    let from = today - TimeDelta::weeks(span);
    let clock = page.clock().clone();
    let read = db.read(move |conn| read(conn, id, (from, today), &clock)).await?;
    db.write(Lock::Patient(id.0), move |conn| {
        let verb = "looked at the patient page";
        Ok(audit::record(conn, &Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(id.into()), detail: "" })?)
    })
    .await?;
    html(&patient_page(page, read, span, from))
}

fn patient_page(page: Page, read: Read, span: i64, from: NaiveDate) -> PatientPage {
    let today = page.today();
    let days = days(&read.record);
    let marks: Vec<Mark> = read
        .publications
        .iter()
        .map(|version| Mark { day: page.clock().day_of(version.at), label: format!("v{}", version.version) })
        .collect();
    let first = days.first().map_or(from, |day| day.day).min(today - TimeDelta::weeks(2));
    let chart = PainChart { from: first.max(from), to: today, days: &days, marks: &marks }.svg();
    let course = Course::new(read.publications.clone(), &read.statuses, |moment| page.clock().day_of(moment));
    let sessions = &read.record.sessions;
    let weeks = weeks(&course, sessions, today);
    let (this_week, four_weeks) = adherences(&course, sessions, from, today);
    let entries = time_line(&page, &read, &course, days, from);
    PatientPage {
        page,
        patient: read.patient,
        standing: read.standing,
        current: read.current,
        plans: read.plans,
        asks: read.asks,
        chart,
        entries,
        weeks,
        this_week,
        four_weeks,
        looks: read.looks,
        messages: read.messages.len(),
        span,
    }
}
