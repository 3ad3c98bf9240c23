//! Staff: the queue, and one patient's page.

use std::collections::HashMap;

use actix_web::{HttpRequest, web};
use chrono::{NaiveDate, TimeDelta};

use super::domain::Situation;
use super::pages::{DayView, PatientPage, QueuePage, QueueRow, SessionView, TimeLineEntry};
use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::db::{Conn, Db, Lock};
use crate::diary::{self, Correction, Record};
use crate::error::AppError;
use crate::ids::PatientId;
use crate::messages::{self, threads};
use crate::patients::{self, Listed, Profile, Standing};
use crate::plans::rules::Override;
use crate::plans::{self, Course, Current, Publication, Status, requests};
use crate::progress::{Mark, PainChart, adherences, days, readings, weeks};
use crate::web::{Answer, Fields, Page, Staff, html};

/// Days of the diary the queue reads.
const QUEUE_DAYS: i64 = 15;
/// Weeks the patient's page shows unless asked for others.
const USUAL_WEEKS: i64 = 8;
/// Most weeks it can be asked for.
const MOST_WEEKS: i64 = 104;

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

/// What the patient's page reads from the database.
struct Read {
    patient: Profile,
    standing: Standing,
    current: Option<Current>,
    plans: Vec<(crate::ids::PlanId, i32)>,
    publications: Vec<Publication>,
    statuses: Vec<Status>,
    overrides: Vec<Override>,
    asks: Vec<requests::Request>,
    record: Record,
    corrections: Vec<Correction>,
    looks: Vec<(chrono::NaiveDateTime, String, String, String)>,
    messages: Vec<threads::Waiting>,
}

fn read(conn: &mut Conn, id: PatientId, (from, to): (NaiveDate, NaiveDate), clock: &Clock) -> Result<Read, AppError> {
    let plans = plans::plans_of(conn, id)?;
    let numbers: Vec<crate::ids::PlanId> = plans.iter().map(|(plan, _)| *plan).collect();
    Ok(Read {
        patient: patients::profile(conn, id)?.ok_or(AppError::NotFound)?,
        standing: patients::standing(conn, id)?,
        current: plans::current(conn, id)?,
        plans,
        publications: plans::publications(conn, id, 200)?,
        statuses: plans::statuses(conn, id)?,
        overrides: plans::rules::overrides(conn, &numbers)?,
        asks: requests::open(conn, Some(id))?,
        record: diary::record(conn, id, (from, to), |moment| clock.day_of(moment))?,
        corrections: diary::corrections(conn, id, from)?,
        looks: audit::of_subject(conn, id.into(), 10)?,
        messages: threads::waiting(conn, Some(id))?,
    })
}

/// `GET /clinic/patients/{id}`: the time line and the plan; `?weeks=` says how far back.
///
/// # Errors
/// See [`AppError`].
pub async fn patient(staff: Staff, page: Page, id: web::Path<PatientId>, request: HttpRequest, db: web::Data<Db>) -> Answer {
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

/// Days, versions and states of the plan, newest first.
fn time_line(page: &Page, read: &Read, course: &Course, days: Vec<crate::progress::Day>, from: NaiveDate) -> Vec<TimeLineEntry> {
    let mut entries: Vec<TimeLineEntry> = days
        .into_iter()
        .map(|day| {
            let sessions = day.sessions.iter().map(|session| SessionView::new(session, course, &read.record.sessions)).collect();
            let corrections = read.corrections.iter().filter(|correction| correction.place.day == day.day).cloned().collect();
            TimeLineEntry::Day(DayView { day, sessions, corrections })
        })
        .collect();
    for (place, publication) in read.publications.iter().enumerate() {
        let older = read.publications.get(place + 1).filter(|older| older.plan == publication.plan);
        let changes = older.map(|older| plans::changes(&older.snapshot, &publication.snapshot)).unwrap_or_default();
        let day = page.clock().day_of(publication.at);
        let overrides = read.overrides.iter().filter(|given| given.is_of(publication)).cloned().collect();
        entries.push(TimeLineEntry::Version { at: publication.at, day, publication: publication.clone(), changes, overrides });
    }
    for status in &read.statuses {
        let day = page.clock().day_of(status.since);
        entries.push(TimeLineEntry::Status { at: status.since, day, status: status.clone() });
    }
    entries.retain(|entry| entry.day() >= from);
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.day(), entry.at().is_none(), entry.at())));
    entries
}
