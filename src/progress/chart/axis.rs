//! The axes: days below, numbers beside, in steps that leave room for their words.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::plane::Plane;

/// Steps between the days that are named.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// So many weeks, on Mondays.
    Weeks(i64),
    /// So many months, on the first.
    Months(u32),
}

/// From fine to coarse.
const STEPS: [Step; 9] = [
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Weeks(3),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(4),
    Step::Months(6),
    Step::Months(12),
];

/// How wide a letter of a label is at its largest, on a phone.
pub const LETTER: f64 = 12.5;

impl Step {
    fn days(self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let all = from.iter_days().take_while(|day| *day <= to);
        match self {
            Self::Weeks(weeks) => {
                let mondays = all.filter(|day| day.weekday() == chrono::Weekday::Mon);
                mondays.filter(|day| (*day - NaiveDate::default()).num_days().div_euclid(7).rem_euclid(weeks) == 0).collect()
            }
            Self::Months(months) => all.filter(|day| day.day() == 1 && (day.month() - 1) % months == 0).collect(),
        }
    }

    /// "16 Nov"; by months "Nov 2026".
    fn label(self, day: NaiveDate) -> String {
        match self {
            Self::Weeks(_) => day.format("%-d %b").to_string(),
            Self::Months(_) => day.format("%b %Y").to_string(),
        }
    }
}

/// The named days of a span this wide, in the finest step whose words have room beside each other even when they are largest.
fn named(plane: &Plane) -> Vec<(NaiveDate, String)> {
    let of = |step: Step| -> Vec<(NaiveDate, String)> {
        step.days(plane.from, plane.to).into_iter().map(|day| (day, step.label(day))).collect()
    };
    let fits = |days: &[(NaiveDate, String)]| {
        days.windows(2).all(|pair| {
            let letters = pair.iter().map(|(_, label)| label.len()).max().unwrap_or(0);
            plane.x(pair[1].0) - plane.x(pair[0].0) >= width(letters) + 8.0
        })
    };
    let fitting = STEPS.into_iter().map(of).find(|days| fits(days)).unwrap_or_default();
    // A span of few days may have no Monday: then its first day is named.
    if fitting.is_empty() { vec![(plane.from, Step::Weeks(1).label(plane.from))] } else { fitting }
}

/// How wide so many letters are.
pub fn width(letters: usize) -> f64 {
    f64::from(u32::try_from(letters).unwrap_or(u32::MAX)) * LETTER
}

/// The axis of days at the lower edge; `label_y` is where its words stand.
pub fn days(out: &mut String, plane: &Plane, label_y: f64, most_right: f64) {
    let Plane { left, right, top, bottom, .. } = *plane;
    for (day, label) in named(plane) {
        let x = plane.x(day);
        let _ = write!(out, "<path class=\"axis\" d=\"M{x:.1} {bottom}v5\"/>");
        if x + width(label.len()) / 2.0 <= most_right {
            let _ = write!(out, "<text class=\"axis-text\" x=\"{x:.1}\" y=\"{label_y}\" text-anchor=\"middle\">{label}</text>");
        }
    }
    let _ = write!(out, "<path class=\"axis\" d=\"M{left} {top}V{bottom}H{right}\"/>");
}

/// Lines across at round numbers, with the number beside.
pub fn numbers(out: &mut String, plane: &Plane, step: i32) {
    let Plane { left, right, low, high, .. } = *plane;
    let first = low.div_euclid(step) * step;
    let mut number = if first < low { first + step } else { first };
    while number <= high {
        let y = plane.y(f64::from(number));
        let _ = write!(
            out,
            "<path class=\"grid-line\" d=\"M{left} {y:.1}H{right}\"/><text class=\"axis-text\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{number}</text>",
            left - 8.0,
            y + 5.0
        );
        number += step;
    }
}

/// A round step that gives at most five lines.
pub fn step(low: i32, high: i32) -> i32 {
    [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000]
        .into_iter()
        .find(|step| high.saturating_sub(low) / step <= 4)
        .unwrap_or(100_000)
}

/// The span of days a drawing of these days has: at least two weeks up to `to`.
pub fn at_least_two_weeks(first: NaiveDate, to: NaiveDate) -> NaiveDate {
    first.min(to - TimeDelta::days(14))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(days: i64) -> Plane {
        let to = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        Plane { left: 40.0, right: 632.0, top: 0.0, bottom: 100.0, from: to - TimeDelta::days(days), to, low: 0, high: 10 }
    }

    #[test]
    fn the_words_of_the_axis_never_touch() {
        for days in 0..=1500 {
            let plane = plane(days);
            let named = named(&plane);
            assert!(!named.is_empty(), "{days} days name none");
            for pair in named.windows(2) {
                let need = f64::midpoint(width(pair[0].1.len()), width(pair[1].1.len()));
                assert!(plane.x(pair[1].0) - plane.x(pair[0].0) > need, "{days} days: {pair:?}");
            }
        }
    }

    #[test]
    fn the_lines_across_are_few_and_round() {
        assert_eq!([(0, 10), (0, 5), (0, 44), (-20, 30), (0, 100)].map(|(low, high)| step(low, high)), [5, 2, 10, 20, 25]);
        let mut out = String::new();
        numbers(&mut out, &Plane { low: -10, high: 20, ..plane(7) }, 10);
        assert_eq!(out.matches("<text").count(), 4);
    }
}
