//! What the pages of this room show.

mod exercise;
mod history;
mod morning;
mod work;

use std::sync::Arc;

use askama::Template;
use chrono::{NaiveDate, TimeDelta};

pub use exercise::{ExerciseView, RoundView};
pub use history::histories;
pub use morning::CheckInView;
pub use work::{WorkView, feeling_fields};

use super::domain::{DAYS_BACK, MOST_SESSIONS};
use super::record::Record;
use super::runs::DueRun;
use crate::exercises::Drawing;
use crate::ids::PrescriptionId;
use crate::media::Medium;
use crate::patients::{RED_FLAGS, RedFlag, Screening, Urgency};
use crate::plans::{Current, Sketchbook, State};
use crate::web::{Errors, Fields, Page};

/// What a room above reads out of the last sessions: words on top of today's page. The server hands it down.
pub struct Advise(pub Rule);

/// The last weeks and today: what today's page should say first.
pub type Rule = fn(&Record, NaiveDate) -> Option<Advice>;

/// Words on top of today's page after a session that did not go well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Whether the clinic must be asked before going on.
    pub stop: bool,
    /// The heading.
    pub heading: &'static str,
    /// What to do.
    pub words: &'static str,
    /// What it is about: "5 of 10 during the session on Monday 23 November".
    pub because: String,
}

#[derive(Template)]
#[template(path = "diary/today.html")]
pub struct TodayPage {
    pub page: Page,
    pub day: NaiveDate,
    pub ordinal: i32,
    pub current: Option<Current>,
    pub work: Option<WorkView>,
    pub check_in: CheckInView,
    pub advice: Option<Advice>,
    pub reports: Vec<Screening>,
    pub sketchbook: Option<Sketchbook>,
    /// What the day asks to run, for who is on a ladder.
    pub run: Option<DueRun>,
    pub errors: Errors,
}

impl TodayPage {
    /// The photos and films of an exercise of the day.
    pub fn media(&self, exercise: &ExerciseView) -> Vec<&Medium> {
        self.sketchbook.as_ref().map(|sketchbook| sketchbook.media_of(&exercise.slot)).unwrap_or_default()
    }

    /// The drawing of an exercise of the day.
    pub fn drawing(&self, exercise: &ExerciseView) -> Option<Arc<Drawing>> {
        self.sketchbook.as_ref()?.of(&exercise.slot)
    }

    /// What the plan is, if there is one.
    pub fn state(&self) -> Option<State> {
        self.current.as_ref().map(|current| current.status.state)
    }

    /// The heading and title.
    pub fn heading(&self) -> String {
        match (&self.work, self.state()) {
            (Some(_), _) if self.is_today() => "Today".to_owned(),
            (Some(_), _) => crate::clock::day_and_month(self.day),
            (None, Some(State::Paused)) => "Your plan is paused".to_owned(),
            (None, _) if !self.reports.is_empty() => "Have this looked at first".to_owned(),
            (None, Some(State::Finished)) => "Your plan is finished".to_owned(),
            (None, _) => "Today".to_owned(),
        }
    }

    /// "Session 2 of 3 this week · about 12 minutes"
    pub fn truth(&self) -> String {
        match &self.work {
            None => String::new(),
            Some(work) if !self.is_today() => work.phase.in_words(),
            Some(_) if self.rests() => "A rest day. Ask before your next session.".to_owned(),
            Some(work) => work.truth(self.day, self.ordinal),
        }
    }

    /// Why an earlier day is shown although the plan does not run: it is for writing down only.
    pub fn stands_still(&self) -> Option<&'static str> {
        match self.state() {
            _ if self.is_today() => None,
            Some(State::Paused) => Some("Your plan is paused now"),
            Some(State::Finished) => Some("Your plan is finished"),
            _ => None,
        }
    }

    /// Whether today is for resting: the exercises stand back, and can still be written down by someone who did them.
    pub fn rests(&self) -> bool {
        let begun = self.work.as_ref().is_some_and(|work| work.session.is_some());
        self.is_today() && self.advice.is_some() && !begun && !self.errors.any()
    }

    /// The address of a session.
    pub fn address(&self, day: &NaiveDate, ordinal: &i32) -> String {
        let day = (*day != self.page.today()).then(|| format!("day={day}"));
        let ordinal = (*ordinal > 1).then(|| format!("ordinal={ordinal}"));
        let query: Vec<String> = day.into_iter().chain(ordinal).collect();
        if query.is_empty() { "/my/today".to_owned() } else { format!("/my/today?{}", query.join("&")) }
    }

    /// The number of one more session on this day, once the ones before it have begun.
    pub fn one_more(&self) -> Option<i32> {
        let work = self.work.as_ref().filter(|work| work.session.is_some())?;
        let last = work.sessions().last().copied().unwrap_or(1);
        (last == work.sessions_of_day && last < MOST_SESSIONS).then_some(last + 1)
    }

    pub fn is_today(&self) -> bool {
        self.day == self.page.today()
    }

    /// The days that can still be entered, newest first, without the one shown.
    pub fn other_days(&self) -> Vec<NaiveDate> {
        (0..=DAYS_BACK).map(|back| self.page.today() - TimeDelta::days(back)).filter(|day| *day != self.day).collect()
    }

    pub fn emergency(&self) -> bool {
        self.reports.iter().any(Screening::is_emergency)
    }

    /// Whether any warning sign was answered with yes.
    pub fn flagged(&self) -> bool {
        self.reports.iter().any(|report| !report.flags.is_empty())
    }
}

/// Which form of the page was refused, and with what.
pub enum Refused {
    Sets(PrescriptionId, Fields, Errors),
    Feeling(Fields, Errors),
    CheckIn(Fields, Errors),
}

impl Refused {
    /// The errors with the ids that the fields have on the page, each saying which exercise and which round it is about.
    pub fn summary(&self, work: Option<&WorkView>) -> Errors {
        let (prefix, errors) = match self {
            Self::Sets(id, _, errors) => (format!("rx{id}-"), errors),
            Self::Feeling(_, errors) => (String::new(), errors),
            Self::CheckIn(_, errors) => ("morning-".to_owned(), errors),
        };
        let exercise = match self {
            Self::Sets(id, ..) => work.and_then(|work| work.exercises.iter().find(|exercise| exercise.slot.id == *id)),
            _ => None,
        };
        let mut invalid = crate::error::Invalid::default();
        for (field, words) in errors.all() {
            let about = exercise.map(|exercise| format!("{}: ", exercise.about(field))).unwrap_or_default();
            invalid.add(format!("{prefix}{field}"), format!("{about}{words}"));
        }
        Errors(invalid)
    }
}

#[derive(Template)]
#[template(path = "diary/something_wrong.html")]
pub struct SomethingWrongPage {
    pub page: Page,
    pub fields: Fields,
    pub errors: Errors,
}

impl SomethingWrongPage {
    pub fn emergencies(&self) -> Vec<&'static RedFlag> {
        RED_FLAGS.iter().filter(|flag| flag.urgency == Urgency::Emergency).collect()
    }

    pub fn urgent(&self) -> Vec<&'static RedFlag> {
        RED_FLAGS.iter().filter(|flag| flag.urgency == Urgency::Urgent).collect()
    }
}
