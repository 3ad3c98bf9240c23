//! The patient's page: one field for each card.

use askama::Template;
use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::days::{DayView, SessionView};
use super::decided::Decided;
use super::entries::TimeLineEntry;
use super::span::Span;
use crate::clock;
use crate::ids::PlanId;
use crate::patients::{Alarm, Profile, Standing};
use crate::plans::requests::Request;
use crate::plans::rules::Override;
use crate::plans::{Current, Publication, Slot, SnapshotPhase, State, Status, prescription_words};
use crate::progress::ladder::LadderStanding;
use crate::progress::{Adherence, Drawn, ExerciseChart, Light};
use crate::reviews::proposals::Card;
use crate::web::{Html, Page};

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
    pub drawn: Drawn,
    /// First and last day drawn.
    pub drawn_days: (NaiveDate, NaiveDate),
    /// What was done of the exercises of the current plan in that time.
    pub exercises: Vec<ExerciseChart>,
    pub entries: Vec<TimeLineEntry>,
    pub this_week: Adherence,
    pub four_weeks: Adherence,
    pub looks: Vec<Look>,
    /// How many of their messages wait for an answer.
    pub messages: usize,
    pub span: Span,
    /// Where they stand on the run–walk ladder, if it is open.
    pub running: Option<LadderStanding>,
    /// What the queue says, the newest review, goals and notes.
    pub decided: Decided,
    /// What the rules propose.
    pub proposed: Card,
}

/// An entry of the audit trail: when, who, did what, with which detail.
pub type Look = (NaiveDateTime, String, String, String);

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

    /// The spans of time that are offered: the address, the words, whether it is the one shown.
    pub fn spans(&self) -> [(String, &'static str, bool); 3] {
        self.span.offered(self.patient.id)
    }

    /// Where the time before is shown; there is none before they were a patient.
    pub fn earlier(&self) -> Option<String> {
        let (from, _) = self.span.days();
        let since = self.page.clock().day_of(self.patient.since);
        self.span.earlier(self.patient.id).filter(|_| from > since)
    }

    /// Where the time after is shown.
    pub fn later(&self) -> Option<String> {
        self.span.later(self.patient.id)
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

    /// What was done of an exercise of the plan.
    pub fn chart_of(&self, slot: &Slot) -> Option<&ExerciseChart> {
        self.exercises.iter().find(|chart| chart.prescription == slot.id)
    }

    /// The same as a drawing over the days of the time line.
    pub fn drawing_of(&self, chart: &ExerciseChart) -> Html {
        chart.svg(self.drawn_days)
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
