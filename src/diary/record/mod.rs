//! What is known of a patient over a span of days, put together for the rules that only read.

mod store;

use chrono::{NaiveDate, TimeDelta};

use super::domain::{CheckIn, Session};
use crate::ids::PrescriptionId;
use crate::plans::{Course, CutOffs};

pub use store::{outline, record, records};

/// A span of a patient's diary with the plan it belongs to, and what its answers are read against.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// What the plans asked, day by day.
    pub course: Course,
    /// Sessions, oldest first.
    pub sessions: Vec<Session>,
    /// Mornings, oldest first.
    pub check_ins: Vec<CheckIn>,
    /// Answers about usual next-morning pain (0 to 10) with the day they were asked, oldest first.
    pub usual: Vec<(NaiveDate, i32)>,
    /// Warning signs and the like that the patient reported: the day, and what, in words; oldest first.
    pub reported: Vec<(NaiveDate, String)>,
}

impl Record {
    /// The usual next-morning pain that answers of a day are held against: the last one asked by the next morning, else the first.
    #[must_use]
    pub fn usual_on(&self, day: NaiveDate) -> Option<i32> {
        let morning = day + TimeDelta::days(1);
        let known = self.usual.iter().rev().find(|(asked, _)| *asked <= morning).or_else(|| self.usual.first());
        known.map(|(_, pain)| *pain)
    }

    /// The cut-offs of the lights on a day: those of the version that was valid then.
    #[must_use]
    pub fn cut_offs_on(&self, day: NaiveDate) -> CutOffs {
        self.course.on(day).map(|asked| asked.publication.snapshot.cut_offs).unwrap_or_default()
    }

    /// What was reported as wrong on a day.
    #[must_use]
    pub fn reported_on(&self, day: NaiveDate) -> Option<&str> {
        self.reported.iter().rev().find(|(reported, _)| *reported == day).map(|(_, words)| words.as_str())
    }

    /// The morning after a day.
    #[must_use]
    pub fn morning_after(&self, day: NaiveDate) -> Option<&CheckIn> {
        let morning = day + TimeDelta::days(1);
        self.check_ins.binary_search_by_key(&morning, |check_in| check_in.day).ok().map(|place| &self.check_ins[place])
    }

    /// The sessions of a day.
    pub fn sessions_of(&self, day: NaiveDate) -> impl Iterator<Item = &Session> {
        let first = self.sessions.partition_point(|session| session.day < day);
        self.sessions[first..].iter().take_while(move |session| session.day == day)
    }

    /// The name an exercise had when a session speaks of it.
    #[must_use]
    pub fn name_of(&self, session: &Session, prescription: PrescriptionId) -> Option<&str> {
        let versions = self.course.publications().iter().filter(|known| known.plan == session.plan);
        versions.filter_map(|version| version.snapshot.slot(prescription)).map(|slot| slot.name.as_str()).next()
    }
}
