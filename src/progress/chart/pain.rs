//! The pain chart: server-made SVG, 0 to 10 never cut, what is missing stays missing. Colours come from the style sheet.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::progress::domain::Day;
use crate::web::Html;

/// A labelled moment on the time line: a new version, a pause.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The day.
    pub day: NaiveDate,
    /// A few letters: "v2".
    pub label: String,
}

/// Pain during, after and next morning between two days.
pub struct PainChart<'a> {
    /// First day shown.
    pub from: NaiveDate,
    /// Last day shown.
    pub to: NaiveDate,
    /// The days with entries.
    pub days: &'a [Day],
    /// Changes of the plan.
    pub marks: &'a [Mark],
}

// The plot area in the units of the view box.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 632.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 274.0;
const STRIP: f64 = 286.0;

impl PainChart<'_> {
    /// What the picture shows, in one sentence.
    #[must_use]
    pub fn title(&self) -> String {
        let answered: Vec<i32> = self.days.iter().flat_map(|day| &day.sessions).filter_map(|session| session.feeling.during).collect();
        let span = format!("from {} to {}", crate::clock::date(self.from), crate::clock::date(self.to));
        match (answered.first(), answered.last(), answered.iter().max()) {
            (Some(first), Some(last), Some(most)) => {
                format!("Pain during sessions {span}: first {first}, last {last}, at most {most} of 10, {} answers", answered.len())
            }
            _ => format!("Pain {span}: nothing has been answered yet"),
        }
    }

    /// The drawing.
    #[must_use]
    pub fn svg(&self) -> Html {
        let mut out = String::with_capacity(4096);
        let _ = write!(
            out,
            "<svg class=\"chart\" viewBox=\"0 0 640 336\" role=\"img\" aria-labelledby=\"pain-chart-title\"><title id=\"pain-chart-title\">{}</title>",
            self.title()
        );
        bands(&mut out);
        self.weeks(&mut out);
        self.marks(&mut out);
        self.line(&mut out, "after", |day| day.sessions.iter().filter_map(|session| session.feeling.after).max());
        self.line(&mut out, "during", |day| day.sessions.iter().filter_map(|session| session.feeling.during).max());
        self.dots(&mut out);
        self.strip(&mut out);
        out.push_str("</svg>");
        Html::trusted(out)
    }

    fn x(&self, day: NaiveDate) -> f64 {
        let span = (self.to - self.from).num_days().max(1);
        let at = (day - self.from).num_days();
        LEFT + (RIGHT - LEFT) * as_f64(at) / as_f64(span)
    }

    fn shows(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    fn weeks(&self, out: &mut String) {
        let span = (self.to - self.from).num_days();
        let mut day = self.from;
        let mut number = 0;
        while day <= self.to {
            if day.weekday() == chrono::Weekday::Mon {
                let x = self.x(day);
                let wide = if span > 28 && number % 2 == 1 { " wide-only" } else { "" };
                let _ = write!(
                    out,
                    "<path class=\"axis\" d=\"M{x:.1} {BOTTOM}v5\"/><text class=\"axis-text{wide}\" x=\"{x:.1}\" y=\"328\" text-anchor=\"middle\">{}</text>",
                    day.format("%-d %b")
                );
                number += 1;
            }
            day += TimeDelta::days(1);
        }
        let _ = write!(out, "<path class=\"axis\" d=\"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}\"/>");
    }

    fn marks(&self, out: &mut String) {
        for mark in self.marks.iter().filter(|mark| self.shows(mark.day)) {
            let x = self.x(mark.day);
            let _ = write!(
                out,
                "<path class=\"mark-version\" d=\"M{x:.1} {TOP}V{BOTTOM}\"/><text class=\"mark-label\" x=\"{x:.1}\" y=\"24\" text-anchor=\"middle\">{}</text>",
                mark.label
            );
        }
    }

    /// A line through the answers of neighbouring trained days; broken where a session was not answered.
    fn line(&self, out: &mut String, name: &str, answer: impl Fn(&Day) -> Option<i32>) {
        let mut path = String::new();
        let mut pen = false;
        for day in self.days.iter().filter(|day| self.shows(day.day) && !day.sessions.is_empty()) {
            match answer(day) {
                Some(pain) => {
                    let _ = write!(path, "{}{:.1} {:.1}", if pen { 'L' } else { 'M' }, self.x(day.day), y(pain));
                    pen = true;
                }
                None => pen = false,
            }
        }
        if !path.is_empty() {
            let _ = write!(out, "<path class=\"line-{name}\" d=\"{path}\"/>");
        }
    }

    fn dots(&self, out: &mut String) {
        for day in self.days.iter().filter(|day| self.shows(day.day)) {
            let x = self.x(day.day);
            for session in &day.sessions {
                if let Some(pain) = session.feeling.after {
                    let _ = write!(out, "<path class=\"dot-after\" d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\"/>", y(pain) - 5.0);
                }
                if let Some(pain) = session.feeling.during {
                    let _ = write!(out, "<circle class=\"dot-during\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4.5\"/>", y(pain));
                }
            }
            if let Some(pain) = day.check_in.as_ref().and_then(|check_in| check_in.pain) {
                let _ = write!(out, "<path class=\"dot-morning\" d=\"M{x:.1} {:.1}l5 9h-10z\"/>", y(pain) - 5.0);
            }
        }
    }

    /// One bar a day under the plot: done, partly, skipped.
    fn strip(&self, out: &mut String) {
        let days = (self.to - self.from).num_days().max(1);
        let width = ((RIGHT - LEFT) / as_f64(days) * 0.8).clamp(1.5, 12.0);
        for day in self.days.iter().filter(|day| self.shows(day.day) && !day.sessions.is_empty()) {
            let trained = day.sessions.iter().any(crate::diary::Session::trained);
            let left_out = day.sessions.iter().any(|session| !session.skips.is_empty());
            let class = match (trained, left_out) {
                (true, false) => "done",
                (true, true) => "partly",
                (false, _) => "skipped",
            };
            let _ = write!(
                out,
                "<rect class=\"day-{class}\" x=\"{:.1}\" y=\"{STRIP}\" width=\"{width:.1}\" height=\"13\"/>",
                self.x(day.day) - width / 2.0
            );
        }
    }
}

fn bands(out: &mut String) {
    let width = RIGHT - LEFT;
    for (class, high, low, word) in [("red", 10, 5, "too much"), ("amber", 5, 3, "careful"), ("green", 3, 0, "fine")] {
        let (top, height) = (y(high), y(low) - y(high));
        let _ = write!(
            out,
            "<rect class=\"band-{class}\" x=\"{LEFT}\" y=\"{top:.1}\" width=\"{width}\" height=\"{height:.1}\"/>\
             <text class=\"band-word wide-only\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{word}</text>",
            RIGHT - 6.0,
            top + 16.0
        );
    }
    for pain in [0, 5, 10] {
        let at = y(pain);
        let _ = write!(
            out,
            "<path class=\"grid-line\" d=\"M{LEFT} {at:.1}H{RIGHT}\"/><text class=\"axis-text\" x=\"32\" y=\"{:.1}\" text-anchor=\"end\">{pain}</text>",
            at + 5.0
        );
    }
}

fn y(pain: i32) -> f64 {
    BOTTOM - (BOTTOM - TOP) * f64::from(pain.clamp(0, 10)) / 10.0
}

fn as_f64(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::{Feeling, Session};
    use crate::ids::{PlanId, SessionId};

    fn at(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn day(number: u32, during: Option<i32>) -> Day {
        let session = Session {
            id: SessionId(1),
            plan: PlanId(1),
            version: 1,
            day: at(number),
            ordinal: 1,
            feeling: Feeling { during, ..Feeling::default() },
            note: String::new(),
            sets: Vec::new(),
            skips: Vec::new(),
            notes: Vec::new(),
            run: None,
        };
        Day { day: at(number), sessions: vec![session], check_in: None, reading: None }
    }

    #[test]
    fn a_missing_answer_breaks_the_line_and_is_never_nought() {
        let days = [day(2, Some(4)), day(4, None), day(6, Some(2)), day(8, Some(0))];
        let chart = PainChart { from: at(1), to: at(11), days: &days, marks: &[] };
        let svg = chart.svg().to_string();
        let line = svg.split("line-during\" d=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert_eq!(line.matches('M').count(), 2, "{line}");
        assert_eq!(svg.matches("dot-during").count(), 3);
        assert!(chart.title().contains("first 4, last 0, at most 4 of 10, 3 answers"));
    }

    #[test]
    fn one_point_and_no_point_are_pictures_too() {
        for days in [vec![day(2, Some(10))], Vec::new()] {
            let chart = PainChart { from: at(2), to: at(2), days: &days, marks: &[Mark { day: at(2), label: "v1".to_owned() }] };
            let svg = chart.svg().to_string();
            assert!(svg.ends_with("</svg>") && !svg.contains("NaN") && !svg.contains("inf"));
        }
    }
}
