//! The time line as pages show it: the drawing, what its numbers mean, and the table that says the same.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::chart::{Mark, MarkKind, TimeLine, TimeRow, of_course};
use super::domain::{Day, WeekCount};
use crate::diary::Record;
use crate::plans::CutOffs;
use crate::web::Html;

/// A drawn time line; templates show it with `progress/time_line.html`.
#[derive(Debug)]
pub struct Drawn {
    /// The drawing.
    pub svg: Html,
    /// Whether each point is a week.
    pub weekly: bool,
    /// What the numbers above the drawing stand for, oldest first.
    pub numbers: Vec<(usize, NaiveDate, Vec<Mark>)>,
    /// The table, newest first.
    pub rows: Vec<TimeRow>,
    /// The weeks, oldest first.
    pub weeks: Vec<WeekCount>,
    /// Whether a run is shown.
    pub ran: bool,
    /// The beginning of the address that shows a week of the table day by day, up to its last day; empty where there is none.
    pub weeks_at: String,
}

impl Drawn {
    /// Draws a record from one day to another with what happened besides; `key` is a name of its own on the page.
    #[must_use]
    pub fn new(
        key: &str,
        record: &Record,
        (from, to): (NaiveDate, NaiveDate),
        days: &[Day],
        weeks: Vec<WeekCount>,
        marks: &[Mark],
    ) -> Self {
        let cut_offs: Vec<(NaiveDate, CutOffs)> =
            record.course.turns().map(|(day, publication, _)| (day, publication.snapshot.cut_offs)).collect();
        let line = TimeLine { from, to, days, weeks: &weeks, cut_offs: &cut_offs, marks };
        let numbers = line.numbered().into_iter().map(|one| (one.number, one.day, one.marks.into_iter().cloned().collect())).collect();
        let (svg, rows, weekly) = (line.svg(key), line.rows(), line.is_weekly());
        let ran = rows.iter().any(|row| !row.runs.is_empty());
        Self { svg, weekly, numbers, rows, weeks, ran, weeks_at: String::new() }
    }

    /// With links from the weeks of the table to their days.
    #[must_use]
    pub fn with_weeks_at(self, address: String) -> Self {
        Self { weeks_at: address, ..self }
    }

    /// Where a week of the table is shown day by day.
    #[must_use]
    pub fn week_address(&self, row: &TimeRow) -> Option<String> {
        (self.weekly && !self.weeks_at.is_empty()).then(|| format!("{}{}", self.weeks_at, row.day + TimeDelta::days(6)))
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many numbers there are above which they are listed on request only.
    #[must_use]
    pub fn has_many_numbers(&self) -> bool {
        self.numbers.len() > 6
    }
}

/// What a record tells besides training: versions, pauses, phases, and what was reported as wrong.
#[must_use]
pub fn marks_of(record: &Record, day_of: impl Fn(NaiveDateTime) -> NaiveDate) -> Vec<Mark> {
    let mut marks = of_course(&record.course, day_of);
    marks.extend(record.reported.iter().map(|(day, words)| Mark::new(*day, MarkKind::Flag, format!("Reported: {words}"))));
    marks
}
