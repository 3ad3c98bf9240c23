//! What the pages of this room show.

use askama::Template;
use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::domain::Need;
use crate::clock;
use crate::diary::{CheckIn, Correction, LoggedSide, Session};
use crate::ids::PlanId;
use crate::messages::Waiting;
use crate::patients::{Alarm, Listed, Profile, Standing};
use crate::plans::requests::Request;
use crate::plans::rules::Override;
use crate::plans::{Change, Course, Current, Publication, Slot, SnapshotPhase, State, Status, prescription_words};
use crate::progress::{Adherence, Day, Light, WeekCount, unlogged_exercises};
use crate::web::{Html, Page};

#[derive(Template)]
#[template(path = "reviews/queue.html")]
pub struct QueuePage {
    pub page: Page,
    pub rows: Vec<QueueRow>,
    pub mine: bool,
    pub total: usize,
    /// What people outside wrote and nobody has answered.
    pub inbox: Waiting,
}

/// A person in the queue.
pub struct QueueRow {
    pub patient: Listed,
    pub need: Need,
}

impl QueuePage {
    /// "2 people need you, 14 are on track."
    pub fn in_words(&self) -> String {
        let people = |count: usize, one: &str, more: &str| match count {
            0 => format!("Nobody {one}"),
            1 => format!("1 person {one}"),
            count => format!("{count} people {more}"),
        };
        match (self.total, self.rows.len()) {
            (0, _) => "Nobody is in treatment yet.".to_owned(),
            (total, needing) if total == needing => format!("{}.", people(needing, "needs you", "need you")),
            (total, needing) => {
                let rest = total - needing;
                format!("{}; {rest} {} on track.", people(needing, "needs you", "need you"), if rest == 1 { "is" } else { "are" })
            }
        }
    }
}

impl QueueRow {
    /// Where one press leads: to the message that waits, else to the patient.
    pub fn place(&self) -> String {
        match self.need.thread {
            Some(thread) => format!("/clinic/messages/{thread}#newest"),
            None => format!("/clinic/patients/{}", self.patient.id),
        }
    }

    /// Whether a light is the reason: silent and new patients have none.
    pub fn has_light(&self) -> bool {
        self.need.light != Light::Unknown
    }
}

#[derive(Template)]
#[template(path = "reviews/patient.html")]
pub struct PatientPage {
    pub page: Page,
    pub patient: Profile,
    pub standing: Standing,
    pub current: Option<Current>,
    pub plans: Vec<(PlanId, i32)>,
    /// What they ask to be otherwise in their plan, the oldest first.
    pub asks: Vec<Request>,
    pub chart: Html,
    pub entries: Vec<TimeLineEntry>,
    pub weeks: Vec<WeekCount>,
    pub this_week: Adherence,
    pub four_weeks: Adherence,
    pub looks: Vec<Look>,
    /// How many of their messages wait for an answer.
    pub messages: usize,
    pub span: i64,
}

/// An entry of the audit trail: when, who, did what, with which detail.
pub type Look = (NaiveDateTime, String, String, String);

/// Something that happened, on the time line; newest first.
pub enum TimeLineEntry {
    Day(DayView),
    Version { at: NaiveDateTime, day: NaiveDate, publication: Publication, changes: Vec<Change>, overrides: Vec<Override> },
    Status { at: NaiveDateTime, day: NaiveDate, status: Status },
}

impl TimeLineEntry {
    pub fn day(&self) -> NaiveDate {
        match self {
            Self::Day(view) => view.day.day,
            Self::Version { day, .. } | Self::Status { day, .. } => *day,
        }
    }

    /// The moment it happened; a day of the diary has none.
    pub fn at(&self) -> Option<NaiveDateTime> {
        match self {
            Self::Day(_) => None,
            Self::Version { at, .. } | Self::Status { at, .. } => Some(*at),
        }
    }
}

/// What comes next for a patient, until they train.
pub enum Step {
    /// A red flag is open.
    Clear,
    /// The screening questions have not been asked.
    Screen,
    /// There is no plan.
    Begin,
    /// A plan is begun and not published.
    Publish(PlanId),
    /// They have no password.
    Invite,
    /// They are under way with this plan.
    Change(PlanId),
}

fn answer(answer: Option<i32>) -> String {
    answer.map_or("not answered".to_owned(), |answer| answer.to_string())
}

fn yes_no(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not answered",
    }
}

/// A day of the diary with the words of the versions its entries belong to.
pub struct DayView {
    pub day: Day,
    pub sessions: Vec<SessionView>,
    pub corrections: Vec<Correction>,
}

impl DayView {
    /// Pain during each session of the day, for the table.
    pub fn during(&self) -> String {
        self.of_sessions(|session| session.feeling.during)
    }

    /// Pain after each session of the day, for the table.
    pub fn after(&self) -> String {
        self.of_sessions(|session| session.feeling.after)
    }

    fn of_sessions(&self, of: impl Fn(&Session) -> Option<i32>) -> String {
        match self.sessions.as_slice() {
            [] => "no session".to_owned(),
            sessions => sessions.iter().map(|view| answer(of(&view.session))).collect::<Vec<_>>().join(", "),
        }
    }

    /// Pain in the morning of the day, for the table.
    pub fn morning(&self) -> String {
        self.day.check_in.as_ref().map_or("no check-in".to_owned(), |check_in| answer(check_in.pain))
    }

    /// What was said in the morning: the question and its answer.
    pub fn check_in(&self) -> Option<[(&'static str, String); 5]> {
        self.day.check_in.as_ref().map(|CheckIn { pain, stiffness, settled, limp, night_pain, .. }| {
            let stiffness = stiffness.map_or("not answered".to_owned(), |stiffness| stiffness.label().to_lowercase());
            [
                ("pain", answer(*pain)),
                ("stiffness", stiffness),
                ("settled", yes_no(*settled).to_owned()),
                ("limp", yes_no(*limp).to_owned()),
                ("night pain", yes_no(*night_pain).to_owned()),
            ]
        })
    }
}

/// A session, exercise by exercise.
pub struct SessionView {
    pub session: Session,
    pub exercises: Vec<LoggedExercise>,
    pub silent: Vec<String>,
}

/// What was logged of one exercise, set by set.
pub struct LoggedExercise {
    pub name: String,
    pub version: i32,
    pub dose: String,
    pub sets: Vec<String>,
    pub done: usize,
    pub asked: usize,
    pub skipped: Option<String>,
    pub note: Option<String>,
}

impl SessionView {
    /// Puts a session beside the version it was done under. What the version asked for and nothing was said about is named.
    pub fn new(session: &Session, course: &Course, sessions: &[Session]) -> Self {
        let version_of = |version: i32| course.publications().iter().find(|known| known.plan == session.plan && known.version == version);
        let exercises = session.prescriptions().into_iter().filter_map(|(id, version)| {
            let slot = version_of(version)?.snapshot.slot(id)?;
            let sets = session.sets.iter().filter(|set| set.prescription == id).map(|set| {
                let side = if set.side == LoggedSide::Both { String::new() } else { format!("{} ", set.side.word()) };
                match (set.done, set.actual.words(&slot.dose)) {
                    (false, _) => format!("{side}{}: taken back", set.number),
                    (true, None) => format!("{side}{}: as prescribed", set.number),
                    (true, Some(words)) => format!("{side}{}: {words}", set.number),
                }
            });
            let skipped = session.skip(id).map(|skip| {
                if skip.note.is_empty() { skip.reason.label().to_owned() } else { format!("{} ({})", skip.reason.label(), skip.note) }
            });
            Some(LoggedExercise {
                name: slot.name.clone(),
                version,
                dose: slot.dose.sentence(),
                sets: sets.collect(),
                done: session.done(id),
                asked: usize::from(slot.dose.sets) * LoggedSide::of(slot.dose.side).len(),
                skipped,
                note: session.note_of(id).map(str::to_owned),
            })
        });
        let silent = unlogged_exercises(session, course, sessions);
        Self {
            exercises: exercises.collect(),
            silent: silent.into_iter().map(|slot| slot.name.clone()).collect(),
            session: session.clone(),
        }
    }
}

impl SessionView {
    /// "Session done, 3 of 3 exercises".
    pub fn in_words(&self) -> String {
        let asked = self.exercises.len() + self.silent.len();
        let done = self.exercises.iter().filter(|exercise| exercise.done > 0).count();
        let fewer = self.exercises.iter().filter(|exercise| exercise.done > 0 && exercise.done < exercise.asked).count();
        match (self.exercises.is_empty(), done, fewer) {
            (true, ..) => "Felt, but no exercise entered".to_owned(),
            (false, 0, _) => "Session left out".to_owned(),
            (false, done, 0) if done == asked => format!("Session done, {done} of {asked} exercises"),
            (false, done, fewer) if done == asked => format!("Session done, {fewer} of {asked} exercises with fewer rounds"),
            (false, done, _) => format!("Session partly done, {done} of {asked} exercises"),
        }
    }

    /// Exercises left out, with their reason.
    pub fn left_out(&self) -> Vec<(&str, &str)> {
        self.exercises.iter().filter_map(|exercise| Some((exercise.name.as_str(), exercise.skipped.as_deref()?))).collect()
    }

    /// How it felt: the question and its answer.
    pub fn feelings(&self) -> [(&'static str, String); 3] {
        let feeling = self.session.feeling;
        [("pain during", answer(feeling.during)), ("after", answer(feeling.after)), ("effort", answer(feeling.effort))]
    }
}

impl PatientPage {
    /// The name an exercise has in a version.
    pub fn name_in(&self, version: &Publication, given: &Override) -> String {
        version.snapshot.slot(given.prescription).map_or_else(|| given.exercise.clone(), |slot| slot.name.clone())
    }

    /// What comes next.
    pub fn step(&self) -> Step {
        let begun = self.unpublished();
        match (&self.current, begun) {
            _ if !self.standing.open.is_empty() => Step::Clear,
            _ if self.standing.screened.is_none() => Step::Screen,
            (None, None) => Step::Begin,
            (None, Some(plan)) => Step::Publish(plan),
            (Some(_), _) if !self.patient.has_account => Step::Invite,
            (Some(current), None) if current.status.state == State::Finished => Step::Begin,
            (Some(current), Some(plan)) if current.status.state == State::Finished => Step::Publish(plan),
            (Some(current), _) => Step::Change(current.publication.plan),
        }
    }

    /// How the card about what is open looks and begins.
    pub fn alarm(&self) -> Alarm {
        Alarm::of(&self.standing)
    }

    /// Whether the plan waits for someone to resume it.
    pub fn is_paused(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.status.state == State::Paused)
    }

    /// The day a moment fell on at the clinic.
    pub fn date_of(&self, moment: &NaiveDateTime) -> String {
        self.page.date(&self.page.clock().day_of(*moment))
    }

    /// A date, with its year when it is not this one.
    pub fn short_date(&self, day: &NaiveDate) -> String {
        if day.year() == self.page.today().year() { day.format("%-d %B").to_string() } else { clock::date(*day) }
    }

    /// A day with its weekday, and its year when it is not this one.
    pub fn day_words(&self, day: &NaiveDate) -> String {
        if day.year() == self.page.today().year() { clock::day_and_month(*day) } else { clock::long_day(*day) }
    }

    /// A session for those who hear the page: the day, and which session of it.
    pub fn session_name(&self, view: &DayView, session: &SessionView) -> String {
        let day = self.day_words(&view.day.day);
        if view.sessions.len() > 1 { format!("{day}, session {}", session.session.ordinal) } else { day }
    }

    /// How the form of a state asks for its reason.
    pub fn ask(&self, state: &str) -> &'static str {
        match state {
            "running" => "Why does the plan go on?",
            "paused" => "Why does the plan pause?",
            _ => "Why is the plan finished?",
        }
    }

    /// Whether a new plan can be begun beside the present one, other than by the next step.
    pub fn offers_new_plan(&self) -> bool {
        !matches!(self.step(), Step::Begin)
    }

    /// Whether an invitation can be made, other than by the next step.
    pub fn offers_invitation(&self) -> bool {
        !matches!(self.step(), Step::Invite)
    }

    /// The weeks that can be chosen, and their words.
    pub fn ranges(&self) -> [(i64, &'static str); 3] {
        [(2, "2 weeks"), (8, "8 weeks"), (104, "2 years")]
    }

    /// The days of the diary, newest first.
    pub fn days(&self) -> Vec<&DayView> {
        let days = self.entries.iter().map(|entry| if let TimeLineEntry::Day(view) = entry { Some(view) } else { None });
        days.flatten().collect()
    }

    /// The other phases of the plan, where the patient could be moved.
    pub fn other_phases(&self) -> Vec<&SnapshotPhase> {
        let Some(current) = &self.current else { return Vec::new() };
        current.publication.snapshot.phases.iter().filter(|phase| phase.id != current.status.phase).collect()
    }

    /// The phase a state was set with, when the plan has more than one.
    pub fn phase_of(&self, status: &Status) -> Option<&str> {
        let current = self.current.as_ref().filter(|current| current.status.plan == status.plan)?;
        let phases = &current.publication.snapshot.phases;
        phases.iter().find(|phase| phase.id == status.phase && phases.len() > 1).map(|phase| phase.name.as_str())
    }

    /// Dose, frequency, load and note of an exercise of the plan.
    pub fn dose(&self, slot: &Slot) -> String {
        prescription_words(&slot.dose, &slot.load, &slot.note)
    }

    /// Who looked at the record or changed it, newest first: the words and when; the same again and again is said once.
    pub fn looked(&self) -> Vec<(String, String)> {
        let same = |(_, name, verb, detail): &Look, (_, other, did, how): &Look| (name, verb, detail) == (other, did, how);
        let groups = self.looks.chunk_by(same).filter_map(|group| group.first().map(|newest| (newest, group.len())));
        groups
            .map(|((at, name, verb, detail), times)| {
                let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
                let times = if times == 1 { String::new() } else { format!(", {times} times") };
                (format!("{name} {verb}{detail}"), format!("{}{times}", self.page.moment(at)))
            })
            .collect()
    }

    /// What staff may make of the plan now: the word and its button.
    pub fn next_states(&self) -> Vec<(&'static str, &'static str)> {
        let Some(now) = self.current.as_ref().map(|current| current.status.state) else { return Vec::new() };
        [(State::Running, "Resume the plan"), (State::Paused, "Pause the plan"), (State::Finished, "Finish the plan")]
            .into_iter()
            .filter(|(state, _)| state.may_follow(now))
            .map(|(state, words)| (state.word(), words))
            .collect()
    }

    /// The plan begun and not yet published, if it is another than the current one.
    pub fn unpublished(&self) -> Option<PlanId> {
        self.plans.iter().find(|(_, version)| *version == 0).map(|(plan, _)| *plan)
    }
}
