//! What is drawn at one place of the time line: a day, or a week when there are too many days to see.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use crate::diary::{Session, monday};
use crate::progress::{Day, Light};

/// Days from which on a point is a week.
pub const WEEKLY_FROM: i64 = 26 * 7;

/// How a day's training went, or a week's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trained {
    /// Everything entered was left out.
    Skipped,
    /// Some was left out.
    Partly,
    /// Done.
    Done,
}

/// The answers of a day, or of a week.
#[derive(Debug, Clone, Default)]
pub struct Point {
    /// Pain during sessions, each answer; oldest first.
    pub during: Vec<i32>,
    /// Whether a session of it did not say.
    pub open: bool,
    /// Pain right after.
    pub after: Vec<i32>,
    /// Pain in the mornings.
    pub morning: Vec<i32>,
    /// The lights, each with why.
    pub lights: Vec<(Light, String)>,
    /// Sessions, done or not.
    pub sessions: Vec<Trained>,
    /// Levels of the runs; a run of no ladder has none.
    pub runs: Vec<Option<i32>>,
}

impl Trained {
    /// How a session went.
    pub fn of(session: &Session) -> Self {
        match (session.trained(), session.skips.is_empty()) {
            (true, true) => Self::Done,
            (true, false) => Self::Partly,
            (false, _) => Self::Skipped,
        }
    }

    /// The word in tables and classes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Partly => "partly",
            Self::Done => "done",
        }
    }
}

impl Point {
    /// The worst light.
    pub fn light(&self) -> Option<Light> {
        self.lights.iter().map(|(light, _)| *light).max()
    }

    fn take(&mut self, day: &Day) {
        self.during.extend(day.sessions.iter().filter_map(|session| session.feeling.during));
        self.open |= day.sessions.iter().any(|session| session.feeling.during.is_none());
        self.after.extend(day.sessions.iter().filter_map(|session| session.feeling.after));
        self.morning.extend(day.check_in.as_ref().and_then(|check_in| check_in.pain));
        self.lights.extend(day.reading.as_ref().map(|reading| (reading.light, reading.because.clone())));
        self.sessions.extend(day.sessions.iter().map(Trained::of));
        self.runs.extend(day.sessions.iter().filter_map(|session| session.run.as_ref()).map(|run| run.level));
    }
}

/// A point for each day with an entry.
pub fn daily(days: &[Day]) -> BTreeMap<NaiveDate, Point> {
    grouped(days, |day| day)
}

/// A point for each week with an entry; it stands on the Thursday, the middle of the week.
pub fn weekly(days: &[Day]) -> BTreeMap<NaiveDate, Point> {
    grouped(days, |day| monday(day) + TimeDelta::days(3))
}

fn grouped(days: &[Day], place: impl Fn(NaiveDate) -> NaiveDate) -> BTreeMap<NaiveDate, Point> {
    let mut points: BTreeMap<NaiveDate, Point> = BTreeMap::new();
    for day in days {
        points.entry(place(day.day)).or_default().take(day);
    }
    points
}

/// The middle answer; of an even number the mean of the two in the middle.
pub fn median(answers: &[i32]) -> Option<f64> {
    let mut sorted = answers.to_vec();
    sorted.sort_unstable();
    let high = *sorted.get(sorted.len() / 2)?;
    let low = if sorted.len().is_multiple_of(2) { *sorted.get(sorted.len() / 2 - 1)? } else { high };
    Some(f64::from(low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_and_of_nothing_there_is_none() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[4]), Some(4.0));
        assert_eq!(median(&[9, 1, 2]), Some(2.0));
        assert_eq!(median(&[3, 0, 2, 9]), Some(2.5));
    }
}
