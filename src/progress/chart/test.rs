//! The numbers of a test over time: left and right apart, the change that counts around the first number, and the yardstick.

use std::fmt::Write;

use chrono::NaiveDate;

use super::axis::{self, at_least_two_weeks};
use super::plane::{Plane, escaped};
use crate::clock;
use crate::diary::LoggedSide;
use crate::web::Html;

/// What is drawn of one measure of a test.
#[derive(Debug, Clone, Copy)]
pub struct TestChart<'a> {
    /// A name of its own on the page: small letters, numbers and hyphens.
    pub key: &'a str,
    /// What was measured: "Single-leg bridge hold".
    pub name: &'a str,
    /// What a number counts, as it is said after it: "seconds", "of 10".
    pub unit: &'a str,
    /// The numbers with their day and side, in any order.
    pub values: &'a [(NaiveDate, LoggedSide, i32)],
    /// The lowest and highest number there can be, where the scale is always drawn whole: (0, 10).
    pub scale: Option<(i32, i32)>,
    /// The change from which on it counts as one, where that is known.
    pub counts_from: Option<i32>,
    /// A number to hold it against, with its words: (30, "30 seconds to begin the next phase").
    pub yardstick: Option<(i32, &'a str)>,
    /// The last day drawn.
    pub to: NaiveDate,
}

/// A line of the table beside the drawing, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRow {
    /// The day.
    pub day: NaiveDate,
    /// "Left", "Right", or empty where the test has no sides.
    pub side: &'static str,
    /// "12 seconds"
    pub value: String,
}

const SIDES: [LoggedSide; 3] = [LoggedSide::Left, LoggedSide::Right, LoggedSide::Both];
/// The lowest and highest words beside the last numbers keep this distance.
const APART: f64 = 26.0;

fn side_word(side: LoggedSide) -> &'static str {
    match side {
        LoggedSide::Left => "Left",
        LoggedSide::Right => "Right",
        LoggedSide::Both => "",
    }
}

impl TestChart<'_> {
    /// The numbers of a side, oldest first; of several on a day the last.
    fn of(&self, side: LoggedSide) -> Vec<(NaiveDate, i32)> {
        let mut values: Vec<(NaiveDate, i32)> =
            self.values.iter().filter(|(_, known, _)| *known == side).map(|(day, _, value)| (*day, *value)).collect();
        values.sort_by_key(|(day, _)| *day);
        values
    }

    fn with_unit(&self, value: i32) -> String {
        if self.unit.is_empty() { value.to_string() } else { format!("{value} {}", self.unit) }
    }

    /// What the drawing shows, a sentence for each side: "Left: 12 seconds on 3 November 2026, 20 on 24 November 2026: 8 more, which is
    /// above the 5 that count as a change."
    #[must_use]
    pub fn words(&self) -> String {
        let sentences = SIDES.into_iter().filter_map(|side| {
            let values = self.of(side);
            let (&(first_day, first), &(last_day, last)) = (values.first()?, values.last()?);
            let start = if side == LoggedSide::Both { String::new() } else { format!("{}: ", side_word(side)) };
            if values.len() == 1 {
                return Some(format!("{start}{} on {}, measured once.", self.with_unit(first), clock::date(first_day)));
            }
            let change = change_words(last - first, self.counts_from);
            Some(format!("{start}{} on {}, {last} on {}: {change}.", self.with_unit(first), clock::date(first_day), clock::date(last_day)))
        });
        let sentences: Vec<String> = sentences.collect();
        if sentences.is_empty() { "Nothing has been measured yet.".to_owned() } else { sentences.join(" ") }
    }

    /// The table beside the drawing, newest first.
    #[must_use]
    pub fn rows(&self) -> Vec<TestRow> {
        let mut rows: Vec<TestRow> = self
            .values
            .iter()
            .map(|(day, side, value)| TestRow { day: *day, side: side_word(*side), value: self.with_unit(*value) })
            .collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.day), row.side));
        rows
    }

    /// The drawing.
    #[must_use]
    pub fn svg(&self) -> Html {
        let mut out = String::with_capacity(2048);
        let (key, name) = (escaped(self.key), escaped(self.name));
        let _ = write!(
            out,
            "<svg class=\"chart\" viewBox=\"0 0 640 250\" role=\"img\" aria-labelledby=\"{key}-title\" aria-describedby=\"{key}-desc\">\
             <title id=\"{key}-title\">{name}</title><desc id=\"{key}-desc\">{}</desc>",
            escaped(&self.words())
        );
        let plane = self.plane();
        axis::numbers(&mut out, &plane, axis::step(plane.low, plane.high));
        self.held_against(&mut out, &plane);
        axis::days(&mut out, &plane, 238.0, 640.0);
        self.lines(&mut out, &plane);
        out.push_str("</svg>");
        Html::trusted(out)
    }

    fn plane(&self) -> Plane {
        let first = self.values.iter().map(|(day, ..)| *day).min().unwrap_or(self.to);
        let to = self.values.iter().map(|(day, ..)| *day).max().map_or(self.to, |last| last.max(self.to));
        let (low, high) = self.scale.unwrap_or_else(|| {
            let first_values = SIDES.into_iter().filter_map(|side| self.of(side).first().map(|(_, value)| *value));
            let counted = first_values.flat_map(|value| self.counts_from.into_iter().flat_map(move |by| [value - by, value + by]));
            let shown: Vec<i32> =
                self.values.iter().map(|(.., value)| *value).chain(self.yardstick.map(|(at, _)| at)).chain(counted).collect();
            let negative = self.values.iter().any(|(.., value)| *value < 0) || self.yardstick.is_some_and(|(at, _)| at < 0);
            let low = if negative { shown.iter().min().copied().unwrap_or(0).min(0) } else { 0 };
            let high = shown.iter().max().copied().unwrap_or(0).max(low + 1);
            let step = axis::step(low, high);
            (low.div_euclid(step) * step, (high + step - 1).div_euclid(step) * step)
        });
        Plane { left: 56.0, right: 516.0, top: 16.0, bottom: 206.0, from: at_least_two_weeks(first, to), to, low, high }
    }

    /// The change that counts as a band around the first number of each side, and the yardstick as a line with its words in the desc.
    fn held_against(&self, out: &mut String, plane: &Plane) {
        for side in SIDES {
            let Some((by, first)) = self.counts_from.zip(self.of(side).first().map(|(_, value)| *value)) else { continue };
            let (top, low) = (plane.y(f64::from(first + by)), plane.y(f64::from(first - by)));
            let _ = write!(
                out,
                "<rect class=\"band-change\" x=\"{}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                plane.left,
                plane.right - plane.left,
                low - top
            );
        }
        if let Some((at, words)) = self.yardstick {
            let y = plane.y(f64::from(at));
            let _ =
                write!(out, "<path class=\"target\" d=\"M{} {y:.1}H{}\"><title>{}</title></path>", plane.left, plane.right, escaped(words));
        }
    }

    /// A line and marks for each side, and the last number in words beside them.
    fn lines(&self, out: &mut String, plane: &Plane) {
        let mut last: Vec<(f64, String)> = Vec::new();
        for side in SIDES {
            let values = self.of(side);
            let class = if side == LoggedSide::Right { "after" } else { "during" };
            let path = plane.line(values.iter().map(|(day, value)| (*day, Some(f64::from(*value)))));
            if !path.is_empty() {
                let _ = write!(out, "<path class=\"line-{class}\" d=\"{path}\"/>");
            }
            for (day, value) in &values {
                let (x, y) = (plane.x(*day), plane.y(f64::from(*value)));
                let _ = if side == LoggedSide::Right {
                    write!(out, "<path class=\"dot-after\" d=\"M{x:.1} {:.1}l6 6l-6 6l-6 -6z\"/>", y - 6.0)
                } else {
                    write!(out, "<circle class=\"dot-during\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>")
                };
            }
            if let Some((_, value)) = values.last() {
                let words = format!("{} {value}", side_word(side).to_lowercase());
                last.push((plane.y(f64::from(*value)), words.trim().to_owned()));
            }
        }
        for (y, words) in apart(last) {
            let _ = write!(out, "<text class=\"mark-label\" x=\"{:.1}\" y=\"{:.1}\">{words}</text>", plane.right + 14.0, y + 5.0);
        }
    }
}

/// Words that would stand on each other are moved apart, in their order.
fn apart(mut words: Vec<(f64, String)>) -> Vec<(f64, String)> {
    words.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    for place in 1..words.len() {
        let above = words[place - 1].0;
        words[place].0 = words[place].0.max(above + APART);
    }
    words
}

/// "8 more, above the 5 that count as a change", "no change".
fn change_words(change: i32, counts_from: Option<i32>) -> String {
    let size = change.abs();
    let how = match change {
        0 => return "no change".to_owned(),
        1.. => format!("{size} more"),
        _ => format!("{size} less"),
    };
    match counts_from {
        None => how,
        Some(from) if size >= from => format!("{how}, and {from} or more count as a change"),
        Some(from) => format!("{how}, within what measuring alone can differ by (less than {from})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn chart(values: &[(NaiveDate, LoggedSide, i32)]) -> TestChart<'_> {
        TestChart {
            key: "hold",
            name: "Bridge <hold>",
            unit: "seconds",
            values,
            scale: None,
            counts_from: Some(5),
            yardstick: Some((30, "30 seconds")),
            to: day(24),
        }
    }

    #[test]
    fn each_side_has_its_marks_and_its_words() {
        let values = [
            (day(3), LoggedSide::Left, 12),
            (day(24), LoggedSide::Left, 20),
            (day(3), LoggedSide::Right, 18),
            (day(24), LoggedSide::Right, 20),
        ];
        let chart = chart(&values);
        let svg = chart.svg().to_string();
        assert_eq!((svg.matches("dot-during").count(), svg.matches("dot-after").count(), svg.matches("band-change").count()), (2, 2, 2));
        assert!(svg.contains("left 20") && svg.contains("right 20") && svg.contains("Bridge &lt;hold&gt;"), "{svg}");
        assert!(chart.words().contains("Left: 12 seconds on 3 November 2026, 20 on 24 November 2026: 8 more, and 5 or more count"));
        assert!(chart.words().contains("2 more, within what measuring alone"));
        let rows = chart.rows();
        assert_eq!(rows.len(), values.len(), "the table says all that is drawn");
        assert_eq!((rows[0].day, rows[0].side, &*rows[0].value), (day(24), "Left", "20 seconds"));
    }

    #[test]
    fn the_words_of_two_sides_that_end_alike_stand_apart() {
        let words = apart(vec![(50.0, "left 20".to_owned()), (50.0, "right 20".to_owned()), (40.0, "x".to_owned())]);
        assert!(words.windows(2).all(|pair| pair[1].0 - pair[0].0 >= APART), "{words:?}");
    }

    #[test]
    fn one_number_is_a_point_and_none_is_said() {
        let one = [(day(10), LoggedSide::Both, 7)];
        let svg = chart(&one).svg().to_string();
        assert!(svg.contains("<circle") && !svg.contains("line-during") && !svg.contains("NaN"), "{svg}");
        assert!(chart(&one).words().contains("measured once"));
        let none = chart(&[]).svg().to_string();
        assert!(none.contains("Nothing has been measured yet") && !none.contains("NaN") && !none.contains("<circle"));
    }

    #[test]
    fn what_may_lie_below_nought_and_a_whole_scale_are_drawn_so() {
        let values = [(day(3), LoggedSide::Both, -12), (day(9), LoggedSide::Both, 4)];
        let plane = chart(&values).plane();
        assert!(plane.low <= -17 && plane.high >= 30);
        let whole = TestChart { scale: Some((0, 10)), ..chart(&[(day(3), LoggedSide::Both, 2)]) }.plane();
        assert_eq!((whole.low, whole.high), (0, 10));
    }
}
