//! The time line: pain on bands of light, the light of each day, what was trained and run, the weeks against what they asked for, and
//! what happened besides, all over the same days.

use std::fmt::Write;

use chrono::NaiveDate;

use super::lanes::{self, Points};
use super::marks::{self, Mark, Numbered};
use super::plane::{Plane, escaped};
use super::points::{self, median};
use super::{axis, table};
use crate::clock;
use crate::plans::CutOffs;
use crate::progress::{Day, WeekCount};
use crate::web::Html;

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct TimeLine<'a> {
    /// First day shown.
    pub from: NaiveDate,
    /// Last day shown.
    pub to: NaiveDate,
    /// The days with entries, oldest first.
    pub days: &'a [Day],
    /// What each week asked for and what was done, oldest first.
    pub weeks: &'a [WeekCount],
    /// Where the lights begin and end, each from a day on; oldest first. Before the first it holds too.
    pub cut_offs: &'a [(NaiveDate, CutOffs)],
    /// What happened besides.
    pub marks: &'a [Mark],
}

pub(super) const LEFT: f64 = 64.0;
pub(super) const RIGHT: f64 = 604.0;
/// Height of the plot.
pub(super) const PLOT: f64 = 190.0;
/// Height of the strip of lights, of sessions, of runs, of weeks.
const LANES: [f64; 4] = [28.0, 24.0, 46.0, 46.0];

/// Where each part of the drawing stands.
struct Layout {
    plane: Plane,
    lights: f64,
    sessions: f64,
    runs: Option<f64>,
    weeks: f64,
    height: f64,
}

impl TimeLine<'_> {
    /// Whether a point is a week: there are too many days to see.
    #[must_use]
    pub fn is_weekly(&self) -> bool {
        (self.to - self.from).num_days() > points::WEEKLY_FROM
    }

    pub(super) fn points(&self) -> Points {
        let first = self.days.partition_point(|day| day.day < self.from);
        let end = self.days.partition_point(|day| day.day <= self.to);
        let shown = &self.days[first..end];
        if self.is_weekly() { points::weekly(shown) } else { points::daily(shown) }
    }

    /// What happened besides, by day, with the numbers on the drawing.
    #[must_use]
    pub fn numbered(&self) -> Vec<Numbered<'_>> {
        marks::numbered(self.marks, |day| (self.from..=self.to).contains(&day))
    }

    /// The table that says all the drawing shows, newest first.
    #[must_use]
    pub fn rows(&self) -> Vec<table::TimeRow> {
        table::rows(self)
    }

    /// What the drawing shows, in one sentence.
    #[must_use]
    pub fn title(&self) -> String {
        let shown = self.days.iter().filter(|day| (self.from..=self.to).contains(&day.day));
        let answered: Vec<i32> = shown.flat_map(|day| &day.sessions).filter_map(|session| session.feeling.during).collect();
        let span = format!("from {} to {}", clock::date(self.from), clock::date(self.to));
        match (answered.first(), answered.last(), answered.iter().max()) {
            (Some(first), Some(last), Some(most)) => {
                let answers = if answered.len() == 1 { "1 answer".to_owned() } else { format!("{} answers", answered.len()) };
                format!("Pain during sessions {span}: first {first}, last {last}, at most {most} of 10, {answers}")
            }
            _ => format!("Pain {span}: nothing has been answered yet"),
        }
    }

    fn layout(&self, numbered: &[Numbered<'_>], points: &Points) -> Layout {
        let flat = Plane { left: LEFT, right: RIGHT, top: 0.0, bottom: 0.0, from: self.from, to: self.to, low: 0, high: 10 };
        let rows = f64::from(u32::try_from(marks::rows(&flat, numbered)).unwrap_or(0));
        let top = 12.0 + rows * marks::ROW;
        let bottom = top + PLOT;
        let [light, session, run, week] = LANES;
        let sessions = bottom + 6.0 + light;
        let after_sessions = sessions + if self.is_weekly() { 0.0 } else { session };
        let ran = points.values().any(|point| !point.runs.is_empty());
        let weeks = after_sessions + if ran { run } else { 0.0 };
        let plane = Plane { top, bottom, ..flat };
        let runs = ran.then_some(after_sessions);
        Layout { plane, lights: bottom + 6.0 + light / 2.0, sessions, runs, weeks, height: weeks + week + 34.0 }
    }

    /// The drawing; `key` is a name of its own on the page.
    #[must_use]
    pub fn svg(&self, key: &str) -> Html {
        let (points, numbered) = (self.points(), self.numbered());
        let layout = self.layout(&numbered, &points);
        let plane = &layout.plane;
        let mut out = String::with_capacity(16 * 1024);
        let _ = write!(
            out,
            "<svg class=\"chart time-line\" viewBox=\"0 0 640 {:.0}\" role=\"img\" aria-labelledby=\"{key}-title\" aria-describedby=\"{key}-desc\">\
             <title id=\"{key}-title\">{}</title><desc id=\"{key}-desc\">{}</desc>",
            layout.height,
            escaped(&self.title()),
            self.description(numbered.len()),
        );
        self.bands(&mut out, plane);
        marks::draw(&mut out, plane, &numbered);
        self.pain(&mut out, plane, &points);
        self.strips(&mut out, &layout, &points);
        out.push_str("</svg>");
        Html::trusted(out)
    }

    fn description(&self, numbers: usize) -> String {
        let point = if self.is_weekly() { "Each point is the middle answer of a week" } else { "Each point is an answer" };
        let marked = if numbers == 0 { "" } else { " Numbers above stand for what the list below tells." };
        format!("{point}; what was not answered is a gap.{marked} The table below says all that is drawn.")
    }

    /// Bands of light behind the plot, with the cut-offs of each time.
    fn bands(&self, out: &mut String, plane: &Plane) {
        let mut turns: Vec<(NaiveDate, CutOffs)> = self.cut_offs.iter().copied().filter(|(day, _)| *day <= self.to).collect();
        turns.dedup_by_key(|(_, cut_offs)| *cut_offs);
        if turns.is_empty() {
            turns.push((self.from, CutOffs::TABLE));
        }
        for (place, (day, cut_offs)) in turns.iter().enumerate() {
            let end = turns.get(place + 1).map_or(plane.right, |(next, _)| plane.x((*next).max(self.from)));
            let start = if place == 0 { plane.left } else { plane.x((*day).max(self.from)) };
            let CutOffs { green_to, amber_to, .. } = *cut_offs;
            for (class, high, low) in [("red", 10, amber_to), ("amber", amber_to, green_to), ("green", green_to, 0)] {
                let (top, foot) = (plane.y(f64::from(high)), plane.y(f64::from(low)));
                if end > start && foot > top {
                    let _ = write!(
                        out,
                        "<rect class=\"band-{class}\" x=\"{start:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>\
                         <path class=\"band-edge\" d=\"M{start:.1} {foot:.1}H{end:.1}\"/>",
                        end - start,
                        foot - top
                    );
                }
            }
        }
        axis::numbers(out, plane, 5);
    }

    fn pain(&self, out: &mut String, plane: &Plane, points: &Points) {
        let weekly = self.is_weekly();
        let most = |answers: &[i32]| answers.iter().max().map(|most| f64::from(*most));
        let one = |answers: &[i32]| if weekly { median(answers) } else { most(answers) };
        if weekly {
            for (day, point) in points {
                if let Some((low, high)) = point.during.iter().min().zip(point.during.iter().max()) {
                    let (x, low, high) = (plane.x(*day), plane.y(f64::from(*low)), plane.y(f64::from(*high)));
                    let _ = write!(out, "<path class=\"range\" d=\"M{x:.1} {low:.1}V{high:.1}\"/>");
                }
            }
        }
        // A day without a session is no gap; a week without an answer is one.
        let trained = points.iter().filter(|(_, point)| weekly || !point.sessions.is_empty());
        let trained: Vec<_> = trained.collect();
        let after = plane.line(gaps(weekly, trained.iter().map(|(day, point)| (**day, one(&point.after)))));
        let during = plane.line(gaps(weekly, trained.iter().map(|(day, point)| (**day, one(&point.during)))));
        for (class, path) in [("after", after), ("during", during)] {
            if !path.is_empty() {
                let _ = write!(out, "<path class=\"line-{class}\" d=\"{path}\"/>");
            }
        }
        for (day, point) in points {
            let x = plane.x(*day);
            let places = |answers: &[i32]| -> Vec<f64> {
                if weekly { median(answers).into_iter().collect() } else { answers.iter().map(|pain| f64::from(*pain)).collect() }
            };
            dots(out, plane, x, weekly, [places(&point.after), places(&point.during), places(&point.morning)]);
        }
    }

    fn strips(&self, out: &mut String, layout: &Layout, points: &Points) {
        let Layout { plane, lights, sessions, runs, weeks, .. } = layout;
        let size = if self.is_weekly() { (plane.day_width() * 6.0).clamp(4.0, 12.0) } else { 12.0 };
        lanes::lights(out, plane, points, *lights, size);
        let mut names = vec![("light", *lights)];
        if !self.is_weekly() {
            lanes::sessions(out, plane, points, *sessions);
            names.push(("session", *sessions + 6.0));
        }
        if let Some(top) = runs {
            lanes::runs(out, plane, points, *top, LANES[2] - 6.0);
            names.push(("run", *top + LANES[2] - 14.0));
        }
        lanes::weeks(out, plane, self.weeks, *weeks, LANES[3] - 6.0);
        names.push(("week", *weeks + LANES[3] - 20.0));
        for (name, y) in names {
            let _ = write!(
                out,
                "<text class=\"axis-text wide-only\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>",
                LEFT - 8.0,
                y + 5.0
            );
        }
        let foot = Plane { top: plane.top, bottom: *weeks + LANES[3] - 6.0, ..*plane };
        axis::days(out, &foot, foot.bottom + 26.0, 640.0);
    }
}

/// Weeks that have no point at all are gaps too.
fn gaps(weekly: bool, numbers: impl Iterator<Item = (NaiveDate, Option<f64>)>) -> Vec<(NaiveDate, Option<f64>)> {
    let mut all = Vec::new();
    let mut last: Option<NaiveDate> = None;
    for (day, number) in numbers {
        if weekly && last.is_some_and(|last| (day - last).num_days() > 7) {
            all.push((day, None));
        }
        last = Some(day);
        all.push((day, number));
    }
    all
}

/// The marks of one place: after, during, morning.
fn dots(out: &mut String, plane: &Plane, x: f64, small: bool, [after, during, morning]: [Vec<f64>; 3]) {
    let r = if small { 3.0 } else { 5.0 };
    for pain in after {
        let _ = write!(out, "<path class=\"dot-after\" d=\"M{x:.1} {:.1}l{r} {r}l-{r} {r}l-{r} -{r}z\"/>", plane.y(pain) - r);
    }
    for pain in during {
        let _ = write!(out, "<circle class=\"dot-during\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"{}\"/>", plane.y(pain), r - 0.5);
    }
    for pain in morning {
        let _ = write!(out, "<path class=\"dot-morning\" d=\"M{x:.1} {:.1}l{r} {:.1}h-{:.1}z\"/>", plane.y(pain) - r, r * 1.8, r * 2.0);
    }
}
