//! What the pages of this room show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use super::domain::Need;
use crate::diary::{Correction, LoggedSide, Session};
use crate::patients::{Listed, Profile, Standing};
use crate::plans::{Change, Current, Publication, State, Status};
use crate::progress::{Day, Light, WeekCount, unlogged_exercises};
use crate::web::{Html, Page};

#[derive(Template)]
#[template(path = "reviews/queue.html")]
pub struct QueuePage {
    pub page: Page,
    pub rows: Vec<QueueRow>,
    pub mine: bool,
    pub total: usize,
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
    pub plans: Vec<(crate::ids::PlanId, i32)>,
    pub chart: Html,
    pub entries: Vec<TimeLineEntry>,
    pub weeks: Vec<WeekCount>,
    pub looks: Vec<(NaiveDateTime, String, String, String)>,
    pub span: i64,
}

/// Something that happened, on the time line; newest first.
pub enum TimeLineEntry {
    Day(DayView),
    Version { at: NaiveDateTime, day: NaiveDate, publication: Publication, changes: Vec<Change> },
    Status { at: NaiveDateTime, day: NaiveDate, status: Status },
}

impl TimeLineEntry {
    pub fn day(&self) -> NaiveDate {
        match self {
            Self::Day(view) => view.day.day,
            Self::Version { day, .. } | Self::Status { day, .. } => *day,
        }
    }
}

/// A day of the diary with the words of the versions its entries belong to.
pub struct DayView {
    pub day: Day,
    pub sessions: Vec<SessionView>,
    pub corrections: Vec<Correction>,
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
}

impl SessionView {
    /// Puts a session beside the version it was done under. What the version asked for and nothing was said about is named.
    pub fn new(session: &Session, publications: &[Publication]) -> Self {
        let version_of = |version: i32| publications.iter().find(|known| known.plan == session.plan && known.version == version);
        let mut ids: Vec<_> = session.sets.iter().map(|set| (set.prescription, set.version)).collect();
        ids.extend(session.skips.iter().map(|skip| (skip.prescription, skip.version)));
        ids.sort_unstable();
        ids.dedup_by_key(|(id, _)| *id);
        let exercises = ids.into_iter().filter_map(|(id, version)| {
            let slot = version_of(version)?.snapshot.slot(id)?;
            let sets = session.sets.iter().filter(|set| set.prescription == id).map(|set| {
                let side = if set.side == LoggedSide::Both { String::new() } else { format!("{} ", set.side.word()) };
                let amount = set.amount.and_then(|amount| u16::try_from(amount).ok());
                match (set.done, amount) {
                    (false, _) => format!("{side}{}: taken back", set.number),
                    (true, None) => format!("{side}{}: as prescribed", set.number),
                    (true, Some(amount)) => format!("{side}{}: {}", set.number, slot.dose.one_set(amount)),
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
            })
        });
        let silent = version_of(session.version).map(|publication| unlogged_exercises(session, publication)).unwrap_or_default();
        Self {
            exercises: exercises.collect(),
            silent: silent.into_iter().map(|slot| slot.name.clone()).collect(),
            session: session.clone(),
        }
    }
}

impl PatientPage {
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
    pub fn unpublished(&self) -> Option<crate::ids::PlanId> {
        self.plans.iter().find(|(_, version)| *version == 0).map(|(plan, _)| *plan)
    }
}
