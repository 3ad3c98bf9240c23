//! A day of the diary as staff read it, with the words of the versions its entries belong to.

use crate::diary::{CheckIn, Correction, LoggedSide, Session};
use crate::plans::Course;
use crate::progress::{Day, unlogged_exercises};

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
    pub pain: Option<i32>,
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
                pain: session.pain_in(id),
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
