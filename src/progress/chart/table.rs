//! The table beside the time line: it says all that is drawn, in words.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::marks::Mark;
use super::points::{Point, median};
use super::time_line::TimeLine;
use crate::clock;
use crate::diary::monday;
use crate::progress::Light;

/// A line of the table: a day, or a week where the drawing shows weeks. Empty words where nothing is known or was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeRow {
    /// The day, or the Monday of the week.
    pub day: NaiveDate,
    /// "Tuesday 24 November", "Week from 23 November"
    pub label: String,
    /// The worst light.
    pub light: Option<Light>,
    /// Why it has this light; of a week how many days had which.
    pub because: String,
    /// Pain in the morning.
    pub morning: String,
    /// Pain during.
    pub during: String,
    /// Pain after.
    pub after: String,
    /// "done", "partly done", "left out"; of a week "2 of 3".
    pub sessions: String,
    /// "level 4"
    pub runs: String,
    /// What happened besides.
    pub marks: Vec<String>,
}

/// The rows of a time line, newest first.
pub fn rows(line: &TimeLine<'_>) -> Vec<TimeRow> {
    let weekly = line.is_weekly();
    let place = |day: NaiveDate| if weekly { monday(day) } else { day };
    let mut rows: BTreeMap<NaiveDate, TimeRow> = BTreeMap::new();
    let with_year = line.from.year() != line.to.year();
    let mut row = |day: NaiveDate, write: &dyn Fn(&mut TimeRow)| {
        write(rows.entry(place(day)).or_insert_with(|| TimeRow {
            day: place(day),
            label: label(place(day), weekly, with_year),
            ..TimeRow::default()
        }));
    };
    for (day, point) in line.points() {
        row(day, &|row| told(row, &point, weekly));
    }
    for week in line.weeks.iter().filter(|week| weekly && week.monday + TimeDelta::days(6) >= line.from && week.monday <= line.to) {
        row(week.monday, &|row| row.sessions = week.done_words());
    }
    for one in line.numbered() {
        let said: Vec<String> = one.marks.iter().map(|mark| words_of(mark, weekly)).collect();
        row(one.day, &|row| row.marks.extend(said.clone()));
    }
    rows.into_values().rev().collect()
}

fn label(day: NaiveDate, weekly: bool, with_year: bool) -> String {
    match (weekly, with_year) {
        (true, true) => format!("Week from {}", clock::date(day)),
        (true, false) => format!("Week from {}", day.format("%-d %B")),
        (false, true) => clock::long_day(day),
        (false, false) => clock::day_and_month(day),
    }
}

fn words_of(mark: &Mark, weekly: bool) -> String {
    if weekly { format!("{}: {}", mark.day.format("%-d %b"), mark.words) } else { mark.words.clone() }
}

fn told(row: &mut TimeRow, point: &Point, weekly: bool) {
    row.light = point.light();
    row.because = if weekly {
        let count = |light: Light| point.lights.iter().filter(|(known, _)| *known == light).count();
        let counts = Light::ALL.iter().rev().filter(|light| count(**light) > 0);
        counts.map(|light| format!("{} {}", count(*light), light.label().to_lowercase())).collect::<Vec<_>>().join(", ")
    } else {
        point.lights.iter().map(|(_, because)| because.as_str()).collect::<Vec<_>>().join("; ")
    };
    let trained = !point.sessions.is_empty();
    row.during = answers(&point.during, weekly, trained, point.open);
    row.after = answers(&point.after, weekly, trained, false);
    row.morning = answers(&point.morning, weekly, false, false);
    if !weekly {
        let said = point.sessions.iter().map(|session| match session.word() {
            "partly" => "partly done",
            "skipped" => "left out",
            done => done,
        });
        row.sessions = said.collect::<Vec<_>>().join(", ");
    }
    let runs = point.runs.iter().map(|level| level.map_or_else(|| "a run".to_owned(), |level| format!("level {level}")));
    row.runs = runs.collect::<Vec<_>>().join(", ");
}

/// "3", "3, 4", "3 and not answered"; of a week "2.5, from 1 to 4".
fn answers(answers: &[i32], weekly: bool, asked: bool, open: bool) -> String {
    if answers.is_empty() {
        return if asked { "not answered".to_owned() } else { String::new() };
    }
    if !weekly {
        let said: Vec<String> = answers.iter().map(ToString::to_string).collect();
        let open = if open { " and not answered" } else { "" };
        return format!("{}{open}", said.join(", "));
    }
    let (low, high) = (answers.iter().min().copied().unwrap_or(0), answers.iter().max().copied().unwrap_or(0));
    let middle = median(answers).unwrap_or(0.0);
    if low == high { format!("{middle}") } else { format!("{middle}, from {low} to {high}") }
}
