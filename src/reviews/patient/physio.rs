//! Staff: one patient's page.

use actix_web::{HttpRequest, web};
use chrono::{NaiveDate, TimeDelta};

use super::entries::time_line;
use super::pages::PatientPage;
use super::proposed::proposed;
use super::read::{Read, read};
use super::span::Span;
use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::db::{Conn, Lock};
use crate::diary::monday;
use crate::exercises::desk::Desk;
use crate::ids::PatientId;
use crate::messages::threads::Kind;
use crate::plans::programmes::House;
use crate::plans::{Course, Current};
use crate::progress::proposals::{Rules, WEEKS};
use crate::progress::{Day, Drawn, ExerciseChart, Mark, MarkKind, adherences, days, marks_of, weeks_between};
use crate::reviews::proposals::Card;
use crate::reviews::queue::Watch;
use crate::web::{Answer, Fields, Page, html};

/// `GET /clinic/patients/{id}`: the time line and the plan; `?weeks=` says how much of it, `?until=` up to when.
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn page(desk: Desk, id: web::Path<PatientId>, request: HttpRequest, house: House, watch: Watch) -> Answer {
    let rules = Rules { programmes: house.get(), library: desk.library };
    let (staff, page, db) = (desk.staff, desk.page, desk.db);
    let (id, now) = (*id, page.now);
    let span = Span::read(&Fields::decode(request.query_string().as_bytes()), page.today());
    let clock = page.clock().clone();
    let today = page.today();
    watch.refresh(&page).await?;
    let asks = move |conn: &mut Conn| {
        let read = read(conn, id, span, &clock, rules.programmes.ladder())?;
        let (from, to) = span.days();
        let covers = !span.is_outline() && from <= today - TimeDelta::weeks(WEEKS) && to >= today;
        let card = proposed(conn, &read, (today, covers), &rules, &clock)?;
        Ok((read, card))
    };
    let (read, card) = db.read(asks).await?;
    db.write(Lock::Trail, move |conn| {
        let verb = "looked at the patient page";
        Ok(audit::record(conn, &Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(id.into()), detail: "" })?)
    })
    .await?;
    html(&PatientPage { proposed: card, ..patient_page(page, read, span) })
}

fn patient_page(page: Page, read: Read, span: Span) -> PatientPage {
    let days = days(&read.record);
    let (from, to) = shown(span, &read, &days, page.clock());
    let course = Course::new(read.publications.clone(), &read.statuses, |moment| page.clock().day_of(moment));
    let sessions = &read.record.sessions;
    let weeks = weeks_between(&course, sessions, (from, to));
    let marks = marks(&read, page.clock());
    let drawn = Drawn::new("pain", &read.record, (from, to), &days, weeks, &marks).with_weeks_at(Span::week_address(read.patient.id));
    let (this_week, four_weeks) = adherences(&course, sessions, from, to);
    let exercises = exercise_charts(&read, &course, span);
    let entries = time_line(&page, &read, &course, if span.is_outline() { Vec::new() } else { days }, (from, to));
    PatientPage {
        page,
        patient: read.patient,
        standing: read.standing,
        current: read.current,
        plans: read.plans,
        asks: read.asks,
        drawn,
        drawn_days: (from, to),
        exercises,
        entries,
        this_week,
        four_weeks,
        looks: read.looks,
        messages: read.messages.len(),
        running: read.running,
        span,
        decided: read.decided,
        proposed: Card::default(),
    }
}

/// What was done of each exercise of the present phase. An outline does not say it round by round.
fn exercise_charts(read: &Read, course: &Course, span: Span) -> Vec<ExerciseChart> {
    let phase = read.current.as_ref().filter(|_| !span.is_outline()).and_then(Current::phase);
    let slots = phase.into_iter().flat_map(|phase| &phase.slots);
    slots.filter_map(|slot| ExerciseChart::of(slot, course, &read.record.sessions)).collect()
}

/// The days drawn. Of a whole history: since its first entry or version, and at least two weeks.
fn shown(span: Span, read: &Read, days: &[Day], clock: &Clock) -> (NaiveDate, NaiveDate) {
    let (from, to) = span.days();
    if span.weeks.is_some() {
        return (from, to);
    }
    let versions = read.publications.iter().map(|version| clock.day_of(version.at));
    let first = days.first().map(|day| day.day).into_iter().chain(versions).min().unwrap_or(to);
    (monday(first.max(from)).min(to - TimeDelta::weeks(2)), to)
}

/// What happened besides training.
fn marks(read: &Read, clock: &Clock) -> Vec<Mark> {
    let mut marks = marks_of(&read.record, |moment| clock.day_of(moment));
    for (at, kind, subject) in &read.written {
        let from = match kind {
            Kind::Patient => "Message from the patient",
            Kind::Answer => "Answer",
            Kind::Notice | Kind::Closing => continue,
        };
        marks.push(Mark::new(clock.day_of(*at), MarkKind::Message, format!("{from}: {subject}")));
    }
    for (day, words) in &read.measured {
        marks.push(Mark::new(*day, MarkKind::Measured, words.clone()));
    }
    // Several of one kind on a day are one line when they say the same.
    marks.sort_by_key(|mark| (mark.day, mark.kind));
    marks.dedup();
    marks
}
