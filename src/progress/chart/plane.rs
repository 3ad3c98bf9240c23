//! The ground of every drawing: days to the right, numbers upwards, and words that can hold no markup.

use std::fmt::Write;

use chrono::NaiveDate;

/// A part of a drawing, in the units of its view box.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
    /// First day, at the left edge.
    pub from: NaiveDate,
    /// Last day, at the right edge.
    pub to: NaiveDate,
    /// The number at the lower edge.
    pub low: i32,
    /// The number at the upper edge.
    pub high: i32,
}

impl Plane {
    /// Where a day stands; a single day stands in the middle.
    pub fn x(&self, day: NaiveDate) -> f64 {
        let span = (self.to - self.from).num_days();
        if span <= 0 {
            return f64::midpoint(self.left, self.right);
        }
        self.left + (self.right - self.left) * real((day - self.from).num_days()) / real(span)
    }

    /// Where a number stands; what lies outside stands at the edge.
    pub fn y(&self, number: f64) -> f64 {
        let (low, high) = (f64::from(self.low), f64::from(self.high.max(self.low + 1)));
        self.bottom - (self.bottom - self.top) * (number.clamp(low, high) - low) / (high - low)
    }

    /// Whether a day is shown.
    pub fn shows(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// How wide a day is.
    pub fn day_width(&self) -> f64 {
        (self.right - self.left) / real((self.to - self.from).num_days().max(1))
    }

    /// A line through the numbers of neighbouring days; broken where one is missing, and nothing where only one is known.
    pub fn line(&self, numbers: impl IntoIterator<Item = (NaiveDate, Option<f64>)>) -> String {
        let mut path = String::new();
        let mut pen: Option<(f64, f64)> = None;
        let mut drawn = false;
        for (day, number) in numbers {
            let Some(number) = number else {
                pen = None;
                continue;
            };
            let (x, y) = (self.x(day), self.y(number));
            if let Some((from_x, from_y)) = pen {
                let _ = if drawn { write!(path, "L{x:.1} {y:.1}") } else { write!(path, "M{from_x:.1} {from_y:.1}L{x:.1} {y:.1}") };
                drawn = true;
            } else {
                drawn = false;
            }
            pen = Some((x, y));
        }
        path
    }
}

/// A count of days as a length.
pub fn real(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}

/// Words inside a drawing.
pub fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn plane(from: u32, to: u32) -> Plane {
        Plane { left: 0.0, right: 100.0, top: 0.0, bottom: 100.0, from: day(from), to: day(to), low: 0, high: 10 }
    }

    #[test]
    fn days_go_right_and_numbers_up() {
        let plane = plane(1, 11);
        assert_eq!((plane.x(day(1)), plane.x(day(6)), plane.x(day(11))), (0.0, 50.0, 100.0));
        assert_eq!((plane.y(0.0), plane.y(5.0), plane.y(10.0), plane.y(99.0)), (100.0, 50.0, 0.0, 0.0));
    }

    #[test]
    fn one_day_and_one_number_make_no_nonsense() {
        let plane = Plane { high: 0, ..plane(3, 3) };
        assert!((plane.x(day(3)) - 50.0).abs() < f64::EPSILON);
        assert!(plane.y(0.0).is_finite() && plane.day_width().is_finite());
        assert_eq!(plane.line([(day(3), Some(1.0))]), "", "a single number is a point, not a line");
    }

    #[test]
    fn a_line_breaks_where_a_number_is_missing() {
        let numbers = [(1, Some(0.0)), (2, Some(1.0)), (3, None), (4, Some(2.0)), (5, Some(2.0)), (6, Some(3.0))];
        let path = plane(1, 11).line(numbers.map(|(number, value)| (day(number), value)));
        assert_eq!(path, "M0.0 100.0L10.0 90.0M30.0 80.0L40.0 80.0L50.0 70.0");
    }

    #[test]
    fn words_hold_no_markup() {
        assert_eq!(escaped("<b>&\"x\"</b>"), "&lt;b&gt;&amp;&quot;x&quot;&lt;/b&gt;");
    }
}
