//! The time line: days, versions and states of the plan, newest first.

use chrono::{NaiveDate, NaiveDateTime};

use super::days::{DayView, SessionView};
use super::read::Read;
use crate::plans::rules::Override;
use crate::plans::{self, Change, Course, Publication, Status};
use crate::progress::Day;
use crate::web::Page;

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

/// Days, versions and states of the plan, newest first.
pub fn time_line(page: &Page, read: &Read, course: &Course, days: Vec<Day>, (from, to): (NaiveDate, NaiveDate)) -> Vec<TimeLineEntry> {
    let mut entries: Vec<TimeLineEntry> = days
        .into_iter()
        .map(|day| {
            let sessions = day.sessions.iter().map(|session| SessionView::new(session, course, &read.record.sessions)).collect();
            let corrections = read.corrections.iter().filter(|correction| correction.place.day == day.day).cloned().collect();
            TimeLineEntry::Day(DayView { day, sessions, corrections })
        })
        .collect();
    for (place, publication) in read.publications.iter().enumerate() {
        let older = read.publications.get(place + 1).filter(|older| older.plan == publication.plan);
        let changes = older.map(|older| plans::changes(&older.snapshot, &publication.snapshot)).unwrap_or_default();
        let day = page.clock().day_of(publication.at);
        let overrides = read.overrides.iter().filter(|given| given.is_of(publication)).cloned().collect();
        entries.push(TimeLineEntry::Version { at: publication.at, day, publication: publication.clone(), changes, overrides });
    }
    for status in &read.statuses {
        let day = page.clock().day_of(status.since);
        entries.push(TimeLineEntry::Status { at: status.since, day, status: status.clone() });
    }
    entries.retain(|entry| (from..=to).contains(&entry.day()));
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.day(), entry.at().is_none(), entry.at())));
    entries
}
