//! Days and weeks as the diary tells them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::adherence::{Adherence, adherence};
use super::light::{self, Reading};
use crate::diary::due::due_slots;
use crate::diary::{CheckIn, Record, Session, monday};
use crate::plans::{Course, Slot};

/// Everything the diary says about one day.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// Its morning.
    pub check_in: Option<CheckIn>,
    /// What the light of its sessions says.
    pub reading: Option<Reading>,
}

/// Puts sessions, mornings and warning signs together by day, oldest first; days without an entry are not made up.
#[must_use]
pub fn days(record: &Record) -> Vec<Day> {
    let empty = |day| Day { day, sessions: Vec::new(), check_in: None, reading: None };
    let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
    for session in &record.sessions {
        days.entry(session.day).or_insert_with(|| empty(session.day)).sessions.push(session.clone());
    }
    for check_in in &record.check_ins {
        days.entry(check_in.day).or_insert_with(|| empty(check_in.day)).check_in = Some(check_in.clone());
    }
    for reading in light::readings(record) {
        let day = reading.day;
        days.entry(day).or_insert_with(|| empty(day)).reading = Some(reading);
    }
    days.into_values().collect()
}

/// Exercises a session was asked for and about which nothing was said: neither a set nor a skip nor a note.
#[must_use]
pub fn unlogged_exercises<'a>(session: &Session, course: &'a Course, sessions: &[Session]) -> Vec<&'a Slot> {
    if session.prescriptions().is_empty() {
        return Vec::new();
    }
    let mut slots = due_slots(course, sessions, session.day, session.ordinal);
    slots.retain(|slot| !session.says_of(slot.id));
    slots
}

/// How much of a week was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekCount {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Sessions trained.
    pub done: usize,
    /// Sessions asked for in the whole week; nothing when the plan did not run in it.
    pub asked: usize,
    /// Mean of the pain answers during sessions, in tenths of a point; nothing when none was answered.
    pub pain: Option<i32>,
}

/// This week as far as it is, and the last four weeks with it. Nothing is known of days before `since`.
#[must_use]
pub fn adherences(course: &Course, sessions: &[Session], since: NaiveDate, today: NaiveDate) -> (Adherence, Adherence) {
    let this_monday = monday(today);
    let of = |from: NaiveDate| adherence(course, sessions, from.max(since), today, today);
    (of(this_monday), of(this_monday - TimeDelta::weeks(3)))
}

/// Counts the weeks from the first session to `today`, oldest first; a week without a session counts 0.
#[must_use]
pub fn weeks(course: &Course, sessions: &[Session], today: NaiveDate) -> Vec<WeekCount> {
    let Some(first) = sessions.first().map(|session| session.day) else { return Vec::new() };
    weeks_between(course, sessions, (first, today))
}

/// Counts the weeks from that of one day to that of another, oldest first. Sessions stand oldest first.
#[must_use]
pub fn weeks_between(course: &Course, sessions: &[Session], (from, to): (NaiveDate, NaiveDate)) -> Vec<WeekCount> {
    let mut monday = monday(from);
    let mut weeks = Vec::new();
    while monday <= to {
        let next = monday + TimeDelta::days(7);
        let place = |day: NaiveDate| sessions.partition_point(|session| session.day < day);
        let of_week = &sessions[place(monday)..place(next)];
        let pains: Vec<i32> = of_week.iter().filter_map(|session| session.feeling.during).collect();
        let count = i32::try_from(pains.len()).unwrap_or(i32::MAX);
        let pain = (count > 0).then(|| (pains.iter().sum::<i32>() * 10 + count / 2) / count);
        // As if the week were over: what it asks for as a whole. The day before says whether its first day was a day of rest.
        let around = &sessions[place(monday - TimeDelta::days(1))..place(next)];
        let asked = adherence(course, around, monday, next - TimeDelta::days(1), next).sessions();
        weeks.push(WeekCount { monday, asked, done: of_week.iter().filter(|session| session.exercised()).count(), pain });
        monday = next;
    }
    weeks
}

impl WeekCount {
    /// "2 of 3", or the number alone when none was asked for.
    #[must_use]
    pub fn done_words(&self) -> String {
        if self.asked == 0 { self.done.to_string() } else { format!("{} of {}", self.done, self.asked) }
    }

    /// The mean as shown: "2.5", or that nothing was answered.
    #[must_use]
    pub fn pain_words(&self) -> String {
        self.pain.map_or("not answered".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;
    use crate::diary::{Actual, Feeling, LoggedSide, SetLog};
    use crate::ids::{PlanId, PrescriptionId, SessionId};

    fn session(day: u32, done: bool, during: Option<i32>) -> Session {
        Session {
            id: SessionId(1),
            plan: PlanId(1),
            version: 1,
            day: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
            ordinal: 1,
            feeling: Feeling { during, after: None, effort: None },
            note: String::new(),
            sets: vec![SetLog {
                prescription: PrescriptionId(1),
                version: 1,
                number: 1,
                side: LoggedSide::Both,
                done,
                actual: Actual::default(),
            }],
            skips: Vec::new(),
            notes: Vec::new(),
            run: None,
        }
    }

    #[test]
    fn a_week_without_an_entry_is_there_and_empty() {
        let sessions = [session(2, true, Some(4)), session(4, true, Some(3)), session(17, true, None), session(18, false, None)];
        let weeks = weeks(&Course::default(), &sessions, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        let counted: Vec<_> = weeks.iter().map(|week| (week.monday.day(), week.done, week.pain_words())).collect();
        assert_eq!(counted, [(2, 2, "3.5".to_owned()), (9, 0, "not answered".to_owned()), (16, 1, "not answered".to_owned())]);
    }

    #[test]
    fn days_are_not_made_up() {
        let sessions = vec![session(2, true, Some(2)), session(5, true, None)];
        let days = days(&Record { sessions, ..Record::default() });
        assert_eq!(days.iter().map(|day| day.day.day()).collect::<Vec<_>>(), [2, 5]);
    }
}
