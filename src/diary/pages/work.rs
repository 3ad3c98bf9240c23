//! The training of a day: what is due now, what is not, and how far the week is.

use chrono::NaiveDate;

use super::exercise::ExerciseView;
use super::history::History;
use crate::diary::domain::{Feeling, MOST_SESSIONS, Session, Week};
use crate::diary::due::{day_words, ordinal_word};
use crate::exercises::dose::Frequency;
use crate::plans::{self, Publication, SnapshotPhase};
use crate::web::{Errors, Fields};

/// The day's training.
pub struct WorkView {
    pub publication: Publication,
    pub phase: SnapshotPhase,
    /// Whether the plan asked for anything on this day.
    pub asks: bool,
    pub week: Week,
    pub exercises: Vec<ExerciseView>,
    pub session: Option<Session>,
    pub feeling: Fields,
    pub feeling_errors: Errors,
    pub history: Vec<History>,
    pub new_version: bool,
    /// Sessions the day has so far.
    pub sessions_of_day: i32,
}

impl WorkView {
    /// What is to be done now, in order; exercises done in turn stand together.
    pub fn groups(&self) -> Vec<Vec<&ExerciseView>> {
        let mut groups: Vec<Vec<&ExerciseView>> = Vec::new();
        let mut last = None;
        for (place, exercise) in self.exercises.iter().enumerate().filter(|(_, exercise)| exercise.is_now()) {
            let follows = place > 0 && last == Some(place - 1);
            match groups.last_mut().filter(|_| exercise.slot.with_previous && follows) {
                Some(group) => group.push(exercise),
                None => groups.push(vec![exercise]),
            }
            last = Some(place);
        }
        groups
    }

    /// What is not to be done now, and can be written down all the same.
    pub fn later(&self) -> Vec<&ExerciseView> {
        self.exercises.iter().filter(|exercise| !exercise.is_now()).collect()
    }

    /// "1 exercise, next on Wednesday 25 November", in few words.
    pub fn later_words(&self) -> String {
        match self.later().as_slice() {
            [one] => one.slot.name.clone(),
            several => format!("{} exercises", several.len()),
        }
    }

    /// The day on which something comes again, when nothing is due now.
    pub fn next(&self) -> Option<NaiveDate> {
        self.exercises.iter().filter_map(|exercise| exercise.due?.next()).min()
    }

    /// Whether this is a day without exercises: nothing is due, and nothing was begun.
    pub fn is_free(&self) -> bool {
        !self.exercises.iter().any(ExerciseView::is_now)
    }

    /// Whether each exercise of now is done or skipped.
    pub fn all_settled(&self) -> bool {
        !self.is_free() && self.exercises.iter().filter(|exercise| exercise.is_now()).all(ExerciseView::settled)
    }

    /// How many sessions the day asks for.
    pub fn asked_today(&self) -> i32 {
        let a_day = self.phase.slots.iter().map(|slot| match slot.dose.frequency {
            Frequency::Daily(times) => i32::from(times),
            _ => 1,
        });
        if self.asks { a_day.max().unwrap_or(1).min(MOST_SESSIONS) } else { 1 }
    }

    /// The sessions of the day, asked for or begun, by number.
    pub fn sessions(&self) -> Vec<i32> {
        (1..=self.asked_today().max(self.sessions_of_day)).collect()
    }

    /// "First session", with the time of day it is for where two or three are asked.
    pub fn session_name(&self, ordinal: &i32) -> String {
        let place = usize::try_from(*ordinal).unwrap_or(1);
        let times: &[&str] = match self.asked_today() {
            2 => &["morning", "evening"],
            3 => &["morning", "midday", "evening"],
            _ => &[],
        };
        let time = times.get(place - 1).map(|time| format!(" ({time})")).unwrap_or_default();
        format!("{} session{time}", ordinal_word(place))
    }

    /// How much is to be done, how long it takes, and how far the week is.
    pub fn truth(&self, day: NaiveDate, ordinal: i32) -> String {
        let next = self.next().map(|next| day_words(next, day));
        if self.is_free() {
            return match (self.week.is_done(), next) {
                (true, Some(next)) => format!("{}. Next: {next}.", self.week.in_words()),
                (false, Some(next)) if self.trained_today(day) => format!("All of today is done. Next: {next}."),
                (_, Some(next)) => format!("Rest day. Next: {next}."),
                (_, None) => "Nothing is asked for today.".to_owned(),
            };
        }
        if self.all_settled() {
            let more =
                if ordinal < self.asked_today() { "This session is saved. One more is asked for today." } else { "All of today is saved." };
            let felt = if self.felt().is_none() { " Now say how it felt." } else { "" };
            return format!("{more}{felt}");
        }
        let minutes = plans::minutes(self.exercises.iter().filter(|exercise| exercise.is_now()).map(|exercise| &exercise.slot.dose));
        let left = self.exercises.iter().filter(|exercise| exercise.is_now() && !exercise.settled()).count();
        let far = match self.asked_today() {
            // As many sessions as were asked for, and not each exercise in each of them.
            1 if self.week.is_done() => format!("{left} exercise{} left this week", if left == 1 { "" } else { "s" }),
            1 => self.week.in_words(),
            of => format!("{} of {of} sessions today", ordinal_word(usize::try_from(ordinal).unwrap_or(1))),
        };
        format!("{far} · about {minutes} minute{}", if minutes == 1 { "" } else { "s" })
    }

    fn trained_today(&self, day: NaiveDate) -> bool {
        self.week.last == Some(day)
    }

    /// What is saved of how the session felt, as its fields carry it: what the form shows as known.
    pub fn saved(&self, field: &str) -> String {
        feeling_fields(self.session.as_ref()).get(field).to_owned()
    }

    /// What is saved of how the session felt, in one line; nothing when nothing was said.
    pub fn felt(&self) -> Option<String> {
        let session = self.session.as_ref()?;
        let feeling = session.feeling;
        if feeling == Feeling::default() && session.note.is_empty() {
            return None;
        }
        let said = |name: &str, answer: Option<i32>| match answer {
            Some(number) => format!("{name} {number} of 10"),
            None => format!("{name} not answered"),
        };
        let parts = [said("pain during", feeling.during), said("pain after", feeling.after), said("effort", feeling.effort)];
        Some(parts.join(" · "))
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
