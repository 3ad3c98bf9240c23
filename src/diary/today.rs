//! What today's page reads, and how it is put together.

use chrono::{NaiveDate, TimeDelta};

use super::book::Book;
use super::corrections::{Correction, corrections};
use super::domain::{self, DAYS_BACK, MOST_SESSIONS, Session, Week};
use super::due::{Due, Past, look_back, sessions_of_week};
use super::pages::{Advise, CheckInView, ExerciseView, Refused, TodayPage, WorkView, feeling_fields, histories};
use super::record::Record;
use super::runs::{DueRun, RunsDue};
use super::store;
use crate::clock::Clock;
use crate::db::Conn;
use crate::error::AppError;
use crate::exercises::Stock;
use crate::ids::{PatientId, PrescriptionId};
use crate::media;
use crate::patients;
use crate::plans::{self, Asked, Publication, Sketchbook, Slot};
use crate::web::{Errors, Fields, Page, Patient};

/// The day and session a page is about.
#[derive(Clone, Copy)]
pub struct When {
    /// The day.
    pub day: NaiveDate,
    /// First, second … session of it.
    pub ordinal: i32,
}

impl When {
    /// What the address or a form asks for, if it can be entered; else today's first session.
    pub fn asked(fields: &Fields, today: NaiveDate) -> Self {
        let day = fields.get("day").parse().unwrap_or(today);
        let ordinal = fields.get("ordinal").parse().unwrap_or(1);
        if domain::check_day(day, ordinal, today).is_ok() { Self { day, ordinal } } else { Self { day: today, ordinal: 1 } }
    }

    /// The address of that session.
    pub fn path(self, today: NaiveDate, done: &str, place: &str) -> String {
        let ordinal = if self.ordinal == 1 { String::new() } else { format!("&ordinal={}", self.ordinal) };
        let day = if self.day == today { String::new() } else { format!("&day={}", self.day) };
        format!("/my/today?done={done}{day}{ordinal}{place}")
    }

    fn is(self, session: &Session) -> bool {
        (session.day, session.ordinal) == (self.day, self.ordinal)
    }
}

/// What the page reads from the database.
struct Read {
    record: Record,
    corrections: Vec<Correction>,
    reports: Vec<patients::Screening>,
    /// Only while there is something to show.
    sketchbook: Option<Sketchbook>,
    run: Option<DueRun>,
}

impl Read {
    /// What the page is about: today while the plan runs, an earlier day in any case.
    fn asked(&self, when: When, today: NaiveDate) -> Option<Asked<'_>> {
        self.record.course.on(when.day).filter(|asked| self.reports.is_empty() && (when.day < today || asked.asks()))
    }

    /// The exercises of the day's phase with their version, and after them those the session already speaks of.
    fn slots<'a>(&'a self, asked: &Asked<'a>, session: Option<&Session>) -> Vec<(&'a Publication, &'a Slot)> {
        let mut slots: Vec<(&Publication, &Slot)> = asked.phase.slots.iter().map(|slot| (asked.publication, slot)).collect();
        for (prescription, version) in session.map(Session::prescriptions).unwrap_or_default() {
            let known = |publication: &&Publication| {
                Some(publication.plan) == session.map(|session| session.plan) && publication.version == version
            };
            let elsewhere = self.record.course.publications().iter().find(known);
            let slot = elsewhere.and_then(|publication| Some((publication, publication.snapshot.slot(prescription)?)));
            slots.extend(slot.filter(|(_, slot)| slots.iter().all(|(_, shown)| shown.id != slot.id)));
        }
        slots
    }
}

fn read(conn: &mut Conn, stock: &Stock, clock: &Clock, patient: PatientId, when: When, today: NaiveDate) -> Result<Read, AppError> {
    let from = look_back(when.day).min(today - TimeDelta::days(DAYS_BACK + 6));
    let course = plans::course(conn, patient, from.into(), |moment| clock.day_of(moment))?;
    // What staff found stops the day as what the patient reports does, whatever the plan is.
    let ground = patients::ground(conn, patient)?;
    let reports = if ground.stopped { patients::open_reports(conn, Some(patient))? } else { Vec::new() };
    let record = Record { course, usual: ground.usual_pain.into_iter().collect(), ..Record::default() };
    let mut read = Read { record, corrections: Vec::new(), reports, sketchbook: None, run: None };
    if read.asked(when, today).is_none() {
        return Ok(read);
    }
    read.record.sessions = store::sessions(conn, patient, from, today)?;
    read.record.check_ins = store::check_ins(conn, patient, from, today)?;
    read.corrections = corrections(conn, patient, today - TimeDelta::days(DAYS_BACK))?;
    let session = read.record.sessions.iter().find(|session| when.is(session));
    let slots: Vec<&Slot> =
        read.asked(when, today).map(|asked| read.slots(&asked, session)).into_iter().flatten().map(|(_, slot)| slot).collect();
    let library = stock.of(conn, slots.iter().map(|slot| slot.exercise.as_str()))?;
    let sketchbook = Sketchbook::new(library, ground.sore);
    let shown = media::some(conn, &sketchbook.media_for(slots))?;
    read.sketchbook = Some(sketchbook.with_media(shown));
    Ok(read)
}

/// Today's page, or that of an earlier day or another session; with what was refused, if anything was.
pub async fn today_page(patient: &Patient, page: Page, when: When, refusal: Option<Refused>, book: &Book) -> Result<TodayPage, AppError> {
    let (id, today) = (patient.id, page.today());
    let (stock, clock) = (book.stock.clone(), page.clock().clone());
    let runs = book.runs.clone();
    let read = book
        .db
        .read(move |conn| {
            let mut read = read(conn, &stock, &clock, id, when, today)?;
            if when.day == today && read.asked(when, today).is_some() {
                let RunsDue(due) = &**runs;
                read.run = due(conn, id, today)?;
            }
            Ok(read)
        })
        .await?;
    let work = read.asked(when, today).map(|asked| work_view(&read, &asked, when, refusal.as_ref(), &page));
    let check_in = check_in_view(&read, when.day, refusal.as_ref());
    let Advise(rule) = **book.advise;
    let advice = rule(&read.record, today);
    let errors = refusal.map(|refusal| refusal.summary(work.as_ref())).unwrap_or_default();
    Ok(TodayPage {
        page,
        day: when.day,
        ordinal: when.ordinal,
        current: read.record.course.current(),
        work,
        check_in,
        advice,
        reports: read.reports,
        sketchbook: read.sketchbook,
        run: read.run,
        errors,
    })
}

fn work_view(read: &Read, asked: &Asked<'_>, when: When, refusal: Option<&Refused>, page: &Page) -> WorkView {
    let session = read.record.sessions.iter().find(|session| when.is(session)).cloned();
    let exercises = exercise_views(read, asked, when, session.as_ref(), refusal);
    let (feeling, feeling_errors) = match refusal {
        Some(Refused::Feeling(fields, errors)) => (fields.clone(), errors.clone()),
        _ => (feeling_fields(session.as_ref()), Errors::default()),
    };
    let of_session = |correction: &&Correction| (correction.place.day, correction.place.ordinal) == (when.day, Some(when.ordinal));
    let felt: Vec<&Correction> =
        read.corrections.iter().filter(of_session).filter(|correction| correction.place.prescription.is_none()).collect();
    let of_day =
        read.record.sessions_of(when.day).map(|known| known.ordinal).filter(|ordinal| *ordinal <= MOST_SESSIONS).max().unwrap_or(0);
    let age = page.today() - page.clock().day_of(asked.publication.at);
    let asked_before = domain::monday(when.day).iter_days().take_while(|day| *day < when.day);
    let asked_before = asked_before.filter(|day| read.record.course.on(*day).is_some_and(|asked| asked.asks())).count();
    WorkView {
        week: Week::of(&read.record.sessions, when.day, when.ordinal, sessions_of_week(&asked.phase.slots, asked_before, when.day)),
        new_version: asked.publication.version > 1 && age <= TimeDelta::days(DAYS_BACK),
        sessions_of_day: of_day.clamp(1, MOST_SESSIONS),
        asks: asked.asks(),
        publication: asked.publication.clone(),
        phase: asked.phase.clone(),
        exercises,
        session,
        feeling,
        feeling_errors,
        history: histories(&felt, ""),
    }
}

fn exercise_views(read: &Read, asked: &Asked<'_>, when: When, session: Option<&Session>, refusal: Option<&Refused>) -> Vec<ExerciseView> {
    let of_session = |correction: &&Correction| (correction.place.day, correction.place.ordinal) == (when.day, Some(when.ordinal));
    let corrections: Vec<&Correction> = read.corrections.iter().filter(of_session).collect();
    let typed = |id: PrescriptionId| match refusal {
        Some(Refused::Sets(refused, fields, errors)) if *refused == id => Some((fields, errors)),
        _ => None,
    };
    let (from, before) = (look_back(when.day), (when.day, when.ordinal));
    let due = |slot: &Slot| {
        let past = Past::of(&read.record.course, &read.record.sessions, slot.id, from, before);
        // What only an earlier version had is shown to be corrected, not to be done.
        let asks = asked.asks() && asked.phase.slots.iter().any(|known| known.id == slot.id);
        asks.then(|| Due::of(slot.dose.frequency, &past, when.day))
    };
    let slots = read.slots(asked, session);
    let of = slots.len();
    let view = |(number, (publication, slot)): (usize, (&Publication, &Slot))| {
        let view =
            ExerciseView::new(number, slot, session, typed(slot.id)).under(publication).with_due(due(slot)).with_history(&corrections);
        ExerciseView { of, ..view }
    };
    (1..).zip(slots).map(view).collect()
}

/// Asked on the morning after a session, and on earlier days as long as they can be entered.
fn check_in_view(read: &Read, day: NaiveDate, refusal: Option<&Refused>) -> CheckInView {
    let about = read.record.sessions.iter().rev().find(|session| session.day < day && session.trained()).map(|session| session.day);
    let answered = read.record.check_ins.iter().find(|check_in| check_in.day == day).cloned();
    let due = about.is_some_and(|about| day - about <= TimeDelta::days(1)) || answered.is_some();
    let (fields, errors) = match refusal {
        Some(Refused::CheckIn(fields, errors)) => (fields.clone(), errors.clone()),
        _ => (answered.as_ref().map(CheckInView::fields_of).unwrap_or_default(), Errors::default()),
    };
    let of_morning = |correction: &&Correction| correction.place.day == day && correction.of_morning();
    let history = histories(&read.corrections.iter().filter(of_morning).collect::<Vec<_>>(), "");
    // Where nothing but a run was done, the morning is asked about the run.
    let ran = about.is_some_and(|about| read.record.sessions_of(about).filter(|session| session.trained()).all(|one| one.run.is_some()));
    CheckInView { day, due, answered, about, after: if ran { "run" } else { "session" }, fields, errors, history }
}
