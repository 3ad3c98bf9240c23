//! What the pages of this room show.

use askama::Template;
use chrono::{NaiveDate, TimeDelta};

use super::domain::{CheckIn, DAYS_BACK, LoggedSide, Session, SkipReason, Stiffness, Week};
use crate::exercises::dose::Work;
use crate::ids::PrescriptionId;
use crate::patients::{RED_FLAGS, RedFlag, Screening, Urgency};
use crate::plans::{Current, Publication, Slot, SnapshotPhase};
use crate::web::{Errors, Fields, Page};

/// What a room above reads out of the last sessions: words on top of today's page. The server hands it down.
pub struct Advise(pub Rule);

/// Sessions, mornings, usual morning pain and today: what today's page should say first.
pub type Rule = fn(&[Session], &[CheckIn], Option<i32>, NaiveDate) -> Option<Advice>;

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
    pub errors: Errors,
}

/// The day's training.
pub struct WorkView {
    pub publication: Publication,
    pub phase: SnapshotPhase,
    pub week: Week,
    pub exercises: Vec<ExerciseView>,
    pub session: Option<Session>,
    pub feeling: Fields,
    pub feeling_errors: Errors,
    pub new_version: bool,
    pub sessions_of_day: i32,
}

/// One exercise of the day, with what has been logged of it.
pub struct ExerciseView {
    pub slot: Slot,
    pub number: usize,
    pub rounds: Vec<RoundView>,
    pub done: usize,
    pub fields: Fields,
    pub shown: Fields,
    pub errors: Errors,
    pub skipped: Option<SkipReason>,
}

/// One round on one side.
pub struct RoundView {
    pub name: String,
    pub side: LoggedSide,
    pub number: i32,
    pub done: bool,
    pub was_done: bool,
    pub amount: String,
    pub was_amount: String,
}

impl RoundView {
    /// "Left side, round 2", or "Round 2".
    pub fn label(&self) -> String {
        match self.side {
            LoggedSide::Both => format!("Round {}", self.number),
            LoggedSide::Left => format!("Left side, round {}", self.number),
            LoggedSide::Right => format!("Right side, round {}", self.number),
        }
    }
}

impl ExerciseView {
    /// What is saved of the exercise, or what was typed when it was refused.
    pub fn new(number: usize, slot: &Slot, session: Option<&Session>, typed: Option<(&Fields, &Errors)>) -> Self {
        let skip = session.and_then(|session| session.skip(slot.id));
        let shown = Fields::from_pairs([
            ("skip", skip.map_or("", |skip| skip.reason.word()).to_owned()),
            ("skip_note", skip.map(|skip| skip.note.clone()).unwrap_or_default()),
        ]);
        let mut rounds = Vec::new();
        for side in LoggedSide::of(slot.dose.side) {
            for number in 1..=i32::from(slot.dose.sets) {
                rounds.push(round(*side, number, slot, session, typed.map(|(fields, _)| fields)));
            }
        }
        let done = session.map_or(0, |session| session.done(slot.id));
        let skipped = skip.map(|skip| skip.reason);
        let (fields, errors) =
            typed.map_or_else(|| (shown.clone(), Errors::default()), |(fields, errors)| (fields.clone(), errors.clone()));
        Self { slot: slot.clone(), number, rounds, done, fields, shown, errors, skipped }
    }

    pub fn all_done(&self) -> bool {
        self.done == self.rounds.len()
    }

    pub fn two_sided(&self) -> bool {
        self.rounds.iter().any(|round| round.side != LoggedSide::Both)
    }

    /// The rounds of one side.
    pub fn rounds_of(&self, side: &str) -> Vec<&RoundView> {
        self.rounds.iter().filter(|round| round.side.word() == side).collect()
    }

    /// What an amount is counted in: "Times", "Seconds" …
    pub fn unit(&self) -> &'static str {
        match self.slot.dose.work {
            Work::Reps => "Times",
            Work::Hold | Work::Time => "Seconds",
            Work::Distance => "Metres",
            Work::Breaths => "Breaths",
        }
    }

    pub fn skip_reasons(&self) -> [SkipReason; 5] {
        SkipReason::ALL
    }
}

fn round(side: LoggedSide, number: i32, slot: &Slot, session: Option<&Session>, typed: Option<&Fields>) -> RoundView {
    let name = format!("{}-{number}", side.word());
    let saved = session.and_then(|session| session.set(slot.id, number, side));
    let was_done = saved.is_some_and(|set| set.done);
    let was_amount = saved.and_then(|set| set.amount).map(|amount| amount.to_string()).unwrap_or_default();
    let (done, amount) = match typed {
        Some(fields) => (fields.is("done", &name), fields.get(&format!("amount-{name}")).to_owned()),
        None => (was_done, was_amount.clone()),
    };
    RoundView { name, side, number, done, was_done, amount, was_amount }
}

/// The morning's questions: asked, answered, or not due.
pub struct CheckInView {
    pub due: bool,
    pub answered: Option<CheckIn>,
    pub about: Option<NaiveDate>,
    pub fields: Fields,
    pub errors: Errors,
}

impl CheckInView {
    pub fn stiffnesses(&self) -> [Stiffness; 3] {
        Stiffness::ALL
    }

    /// The form filled from what is saved.
    pub fn fields_of(check_in: &CheckIn) -> Fields {
        let yes_no = |answer: Option<bool>| answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
        Fields::from_pairs([
            ("pain", check_in.pain.map(|pain| pain.to_string()).unwrap_or_default()),
            ("stiffness", check_in.stiffness.map_or("", Stiffness::word).to_owned()),
            ("settled", yes_no(check_in.settled)),
            ("limp", yes_no(check_in.limp)),
            ("night_pain", yes_no(check_in.night_pain)),
            ("note", check_in.note.clone()),
        ])
    }
}

impl TodayPage {
    /// "Session 2 of 3 this week · about 12 minutes"
    pub fn truth(&self) -> String {
        match &self.work {
            Some(work) => format!("{} · about {} minutes", work.week.in_words(), work.phase.minutes()),
            None => String::new(),
        }
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
}

impl WorkView {
    pub fn finished(&self) -> bool {
        self.exercises.iter().all(|exercise| exercise.all_done() || exercise.skipped.is_some())
    }
}

/// How a session felt, as the form shows it.
pub fn feeling_fields(session: Option<&Session>) -> Fields {
    let number = |answer: Option<i32>| answer.map(|number| number.to_string()).unwrap_or_default();
    let (feeling, note) = session.map(|session| (session.feeling, session.note.clone())).unwrap_or_default();
    Fields::from_pairs([
        ("during", number(feeling.during)),
        ("after", number(feeling.after)),
        ("effort", number(feeling.effort)),
        ("note", note),
    ])
}

/// Which form of the page was refused, and with what.
pub enum Refused {
    Sets(PrescriptionId, Fields, Errors),
    Feeling(Fields, Errors),
    CheckIn(Fields, Errors),
}

impl Refused {
    /// The errors with the ids that the fields have on the page.
    pub fn summary(&self) -> Errors {
        let (prefix, errors) = match self {
            Self::Sets(id, _, errors) => (format!("rx{id}-"), errors),
            Self::Feeling(_, errors) => (String::new(), errors),
            Self::CheckIn(_, errors) => ("morning-".to_owned(), errors),
        };
        let mut invalid = crate::error::Invalid::default();
        for (field, words) in errors.all() {
            invalid.add(format!("{prefix}{field}"), words);
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
