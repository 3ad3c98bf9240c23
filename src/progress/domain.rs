//! Days and weeks as the diary tells them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::light::{self, Reading};
use crate::diary::{CheckIn, Session};
use crate::plans::{Publication, Slot, SnapshotPhase};

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

/// Puts sessions and mornings together by day, oldest first; days without an entry are not made up.
#[must_use]
pub fn days(sessions: &[Session], check_ins: &[CheckIn], usual: Option<i32>) -> Vec<Day> {
    let empty = |day| Day { day, sessions: Vec::new(), check_in: None, reading: None };
    let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
    for session in sessions {
        days.entry(session.day).or_insert_with(|| empty(session.day)).sessions.push(session.clone());
    }
    for check_in in check_ins {
        days.entry(check_in.day).or_insert_with(|| empty(check_in.day)).check_in = Some(check_in.clone());
    }
    for reading in light::readings(sessions, check_ins, usual) {
        if let Some(day) = days.get_mut(&reading.day) {
            day.reading = Some(reading);
        }
    }
    days.into_values().collect()
}

/// Exercises of the phase a session belongs to about which nothing was said: neither a set nor a skip.
#[must_use]
pub fn unlogged_exercises<'a>(session: &Session, publication: &'a Publication) -> Vec<&'a Slot> {
    let said = |slot: &&Slot| session.says_of(slot.id);
    // The phase is the one most of the entries belong to, the earlier of two that are equal; none when nothing was said at all.
    let entries = |phase: &&SnapshotPhase| phase.slots.iter().filter(said).count();
    let phase = publication.snapshot.phases.iter().rev().max_by_key(entries).filter(|phase| entries(phase) > 0);
    phase.map(|phase| phase.slots.iter().filter(|slot| !said(slot)).collect()).unwrap_or_default()
}

/// How much of a week was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekCount {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Sessions trained.
    pub done: usize,
    /// Mean of the pain answers during sessions, in tenths of a point; nothing when none was answered.
    pub pain: Option<i32>,
}

/// Counts the weeks from the first session to `today`, oldest first; a week without a session counts 0.
#[must_use]
pub fn weeks(sessions: &[Session], today: NaiveDate) -> Vec<WeekCount> {
    let monday_of = |day: NaiveDate| day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()));
    let Some(first) = sessions.iter().map(|session| session.day).min() else { return Vec::new() };
    let mut monday = monday_of(first);
    let mut weeks = Vec::new();
    while monday <= today {
        let next = monday + TimeDelta::days(7);
        let of_week = || sessions.iter().filter(|session| session.day >= monday && session.day < next);
        let pains: Vec<i32> = of_week().filter_map(|session| session.feeling.during).collect();
        let count = i32::try_from(pains.len()).unwrap_or(i32::MAX);
        let pain = (count > 0).then(|| (pains.iter().sum::<i32>() * 10 + count / 2) / count);
        weeks.push(WeekCount { monday, done: of_week().filter(|session| session.trained()).count(), pain });
        monday = next;
    }
    weeks
}

impl WeekCount {
    /// The mean as shown: "2.5", or that nothing was answered.
    #[must_use]
    pub fn pain_words(&self) -> String {
        self.pain.map_or("not answered".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
    }
}

#[cfg(test)]
mod tests {
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
        }
    }

    #[test]
    fn a_week_without_an_entry_is_there_and_empty() {
        let sessions = [session(2, true, Some(4)), session(4, true, Some(3)), session(17, true, None), session(18, false, None)];
        let weeks = weeks(&sessions, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        let counted: Vec<_> = weeks.iter().map(|week| (week.monday.day(), week.done, week.pain_words())).collect();
        assert_eq!(counted, [(2, 2, "3.5".to_owned()), (9, 0, "not answered".to_owned()), (16, 1, "not answered".to_owned())]);
    }

    #[test]
    fn days_are_not_made_up() {
        let days = days(&[session(2, true, Some(2)), session(5, true, None)], &[], Some(0));
        assert_eq!(days.iter().map(|day| day.day.day()).collect::<Vec<_>>(), [2, 5]);
    }
}
