//! What happened besides training: numbered on the drawing, in words in the list below it.

use std::fmt::Write;

use chrono::{NaiveDate, NaiveDateTime};

use super::axis::width;
use super::plane::Plane;
use crate::plans::{Course, State};
use crate::text::words;

words! {
    /// What a mark on the time line is about; of several at one place the first of these gives its look.
    MarkKind {
        /// A warning sign was reported.
        Flag = "flag", "Warning sign";
        /// A version of the plan was published.
        Version = "version", "Version";
        /// The plan paused, went on or ended.
        State = "state", "Plan";
        /// Another phase of the plan began.
        Phase = "phase", "Phase";
        /// The physio looked and decided.
        Review = "review", "Review";
        /// Something was measured.
        Measured = "measured", "Measured";
        /// The physio wrote a note.
        Note = "note", "Note";
        /// A message was written.
        Message = "message", "Message";
    }
}

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub day: NaiveDate,
    /// What it is about.
    pub kind: MarkKind,
    /// What happened, in one line: "Version 2: one round more".
    pub words: String,
}

/// What happened on one day, under one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// 1 for the oldest that is shown.
    pub number: usize,
    /// The day.
    pub day: NaiveDate,
    /// What happened.
    pub marks: Vec<&'a Mark>,
}

/// A label above the plot.
#[derive(Debug, Clone, PartialEq)]
struct Label {
    /// Where the days of its first number stand.
    x: f64,
    left: f64,
    right: f64,
    row: usize,
    kind: MarkKind,
    first: usize,
    last: usize,
}

/// How high a row of labels is.
pub const ROW: f64 = 27.0;
/// Most rows of labels.
const MOST_ROWS: usize = 3;
/// Empty space between labels.
const GAP: f64 = 4.0;

impl Mark {
    /// A mark of this kind.
    #[must_use]
    pub fn new(day: NaiveDate, kind: MarkKind, words: impl Into<String>) -> Self {
        Self { day, kind, words: words.into() }
    }
}

/// The versions, states and phases of a course, oldest first. `day_of` says on which day at the clinic a moment fell.
#[must_use]
pub fn of_course(course: &Course, day_of: impl Fn(NaiveDateTime) -> NaiveDate) -> Vec<Mark> {
    let with_reason =
        |what: String, reason: &str| if reason.is_empty() { what } else { format!("{what}: {}", reason.trim_end_matches('.')) };
    let mut marks: Vec<Mark> = course
        .publications()
        .iter()
        .map(|version| {
            Mark::new(day_of(version.at), MarkKind::Version, with_reason(format!("Version {}", version.version), &version.reason))
        })
        .collect();
    let mut before = None;
    for (day, publication, status) in course.turns() {
        let known = before.replace((status.plan, status.state, status.phase));
        let begins = known.is_none_or(|(plan, ..)| plan != status.plan);
        if status.state != known.map_or(State::Running, |(_, state, _)| state) && !(begins && status.state == State::Running) {
            marks.push(Mark::new(day, MarkKind::State, with_reason(format!("Plan {}", status.state.word()), &status.reason)));
        }
        if !begins && known.is_some_and(|(.., phase)| phase != status.phase) {
            let name = publication.snapshot.phase(status.phase).map_or("", |phase| phase.name.as_str());
            marks.push(Mark::new(day, MarkKind::Phase, with_reason(format!("Phase “{name}”"), &status.reason)));
        }
    }
    marks
}

/// The marks of the shown days by day, oldest first, numbered.
pub fn numbered(marks: &[Mark], shows: impl Fn(NaiveDate) -> bool) -> Vec<Numbered<'_>> {
    let mut shown: Vec<&Mark> = marks.iter().filter(|mark| shows(mark.day)).collect();
    shown.sort_by_key(|mark| (mark.day, mark.kind));
    let days = shown.chunk_by(|one, other| one.day == other.day);
    days.zip(1..).filter_map(|(marks, number)| Some(Numbered { number, day: marks.first()?.day, marks: marks.to_vec() })).collect()
}

/// Places the labels in rows so that none touches another; where there is no room, neighbours share one.
fn placed(plane: &Plane, numbered: &[Numbered<'_>]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut ends = [f64::NEG_INFINITY; MOST_ROWS];
    for one in numbered {
        let x = plane.x(one.day);
        let wide = width(one.number.to_string().len()) + 12.0;
        let kind = one.marks.iter().map(|mark| mark.kind).min().unwrap_or(MarkKind::Message);
        let left = x - wide / 2.0;
        match ends.iter().position(|end| end + GAP <= left) {
            Some(row) => {
                ends[row] = left + wide;
                labels.push(Label { x, left, right: left + wide, row, kind, first: one.number, last: one.number });
            }
            // The last label ends its row, so that it can grow.
            None => {
                if let Some(label) = labels.last_mut() {
                    label.last = one.number;
                    label.kind = label.kind.min(kind);
                    label.right = label.left + width(label.words().chars().count()) + 12.0;
                    ends[label.row] = label.right;
                }
            }
        }
    }
    labels
}

impl Label {
    fn words(&self) -> String {
        if self.first == self.last { self.first.to_string() } else { format!("{}–{}", self.first, self.last) }
    }
}

/// How many rows of labels there are.
pub fn rows(plane: &Plane, numbered: &[Numbered<'_>]) -> usize {
    placed(plane, numbered).iter().map(|label| label.row + 1).max().unwrap_or(0)
}

/// Draws the labels above the plane and a line down from each.
pub fn draw(out: &mut String, plane: &Plane, numbered: &[Numbered<'_>]) {
    for label in placed(plane, numbered) {
        let (word, wide) = (label.kind.word(), label.right - label.left);
        let bottom = plane.top - 4.0 - ROW * f64::from(u32::try_from(label.row).unwrap_or(0));
        let corner = if label.kind == MarkKind::Flag { 2 } else { 11 };
        let _ = write!(
            out,
            "<path class=\"mark-line mark-{word}\" d=\"M{x:.1} {bottom:.1}V{foot}\"/>\
             <rect class=\"mark-box mark-{word}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{height}\" rx=\"{corner}\"/>\
             <text class=\"mark-number mark-{word}\" x=\"{middle:.1}\" y=\"{base:.1}\" text-anchor=\"middle\">{words}</text>",
            x = label.x,
            foot = plane.bottom,
            left = label.left,
            top = bottom - ROW + GAP,
            height = ROW - GAP,
            middle = f64::midpoint(label.left, label.right),
            base = bottom - ROW / 2.0 + 7.0,
            words = label.words(),
        );
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::plans::courses;

    fn plane(days: i64) -> Plane {
        let to = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        Plane { left: 64.0, right: 606.0, top: 90.0, bottom: 300.0, from: to - TimeDelta::days(days), to, low: 0, high: 10 }
    }

    fn marks(plane: &Plane, days: &[i64]) -> Vec<Mark> {
        days.iter().map(|day| Mark::new(plane.from + TimeDelta::days(*day), MarkKind::Message, "x")).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn labels_never_overlap_and_each_number_has_one(days in prop::collection::vec(0_i64..730, 0..90), span in 0_i64..730) {
            let plane = plane(span);
            let marks = marks(&plane, &days);
            let numbered = numbered(&marks, |day| plane.shows(day));
            let labels = placed(&plane, &numbered);
            for (place, one) in labels.iter().enumerate() {
                for other in &labels[place + 1..] {
                    prop_assert!(one.row != other.row || one.right <= other.left || other.right <= one.left, "{one:?} {other:?}");
                }
            }
            let said: Vec<usize> = labels.iter().flat_map(|label| label.first..=label.last).collect();
            prop_assert_eq!(said, (1..=numbered.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_happened_on_one_day_has_one_number() {
        let plane = plane(30);
        let marks = marks(&plane, &[3, 3, 5, 99]);
        let numbered = numbered(&marks, |day| plane.shows(day));
        assert_eq!(numbered.iter().map(|one| (one.number, one.marks.len())).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
    }

    #[test]
    fn versions_pauses_and_phases_of_a_course_are_marked() {
        let phases = || vec![(1, Vec::new()), (2, Vec::new())];
        let versions = vec![courses::version(1, 2, 8, &phases()), courses::version(1, 1, 2, &phases())];
        let states = [
            courses::status(1, State::Running, 1, 2),
            courses::status(1, State::Running, 2, 10),
            courses::status(1, State::Paused, 2, 12),
            courses::status(1, State::Running, 2, 15),
        ];
        let course = courses::course(versions, &states);
        let mut marks = of_course(&course, |moment| moment.date());
        marks.sort_by_key(|mark| mark.day);
        let told: Vec<&str> = marks.iter().map(|mark| mark.words.as_str()).collect();
        assert_eq!(told, ["Version 1", "Version 2", "Phase “Calm”", "Plan paused", "Plan running"]);
    }
}
