//! The strips below the plot: the light, what was trained, the level run, and the weeks against what they asked for.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{NaiveDate, TimeDelta};

use super::plane::Plane;
use super::points::{Point, Trained};
use crate::progress::{Light, WeekCount};

/// The points of a drawing and how wide one may be.
pub type Points = BTreeMap<NaiveDate, Point>;

/// A light as a shape of its own: circle, split circle, triangle, diamond, octagon; dashed where it is not known.
pub fn light(out: &mut String, light: Light, x: f64, y: f64, size: f64) {
    let (r, word) = (size / 2.0, light.word());
    let _ = match light {
        Light::Green => write!(out, "<circle class=\"sign sign-{word}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"/>"),
        Light::Unknown => write!(out, "<circle class=\"sign sign-{word}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"/>", r * 0.8),
        Light::Hold => {
            let (bar, gap) = (r * 0.7, r * 0.3);
            write!(
                out,
                "<path class=\"sign sign-{word}\" d=\"M{:.1} {:.1}h{bar:.1}v{size:.1}h-{bar:.1}zM{:.1} {:.1}h{bar:.1}v{size:.1}h-{bar:.1}z\"/>",
                x - gap - bar,
                y - r,
                x + gap,
                y - r
            )
        }
        Light::Amber => write!(out, "<path class=\"sign sign-{word}\" d=\"M{x:.1} {:.1}l{r:.1} {size:.1}h-{size:.1}z\"/>", y - r),
        Light::Red => {
            write!(out, "<path class=\"sign sign-{word}\" d=\"M{x:.1} {:.1}l{r:.1} {r:.1}l-{r:.1} {r:.1}l-{r:.1} -{r:.1}z\"/>", y - r)
        }
        Light::Stop => {
            let (side, cut) = (size * 0.42, size * 0.29);
            write!(
                out,
                "<path class=\"sign sign-{word}\" d=\"M{:.1} {:.1}h{side:.1}l{cut:.1} {cut:.1}v{side:.1}l-{cut:.1} {cut:.1}h-{side:.1}l-{cut:.1} -{cut:.1}v-{side:.1}z\"/>",
                x - side / 2.0,
                y - r
            )
        }
    };
}

/// The light of each point; of a week the worst.
pub fn lights(out: &mut String, plane: &Plane, points: &Points, y: f64, size: f64) {
    for (day, point) in points.iter().filter(|(day, _)| plane.shows(**day)) {
        if let Some(worst) = point.light() {
            light(out, worst, plane.x(*day), y, size);
        }
    }
}

/// A square for each day: done, partly done, left out. Of several sessions the fullest counts.
pub fn sessions(out: &mut String, plane: &Plane, points: &Points, top: f64) {
    let wide = (plane.day_width() * 0.8).clamp(2.0, 12.0);
    for (day, point) in points.iter().filter(|(day, _)| plane.shows(**day)) {
        let Some(most) = point.sessions.iter().max() else { continue };
        let some_left = *most == Trained::Done && point.sessions.iter().any(|session| *session != Trained::Done);
        let word = if some_left { Trained::Partly } else { *most }.word();
        let _ = write!(
            out,
            "<rect class=\"day-{word}\" x=\"{:.1}\" y=\"{top}\" width=\"{wide:.1}\" height=\"13\"/>",
            plane.x(*day) - wide / 2.0
        );
    }
}

/// A bar for each day with a run, as high as the level; the number where it changes and has room.
pub fn runs(out: &mut String, plane: &Plane, points: &Points, top: f64, height: f64) {
    let most = f64::from(points.values().flat_map(|point| &point.runs).flatten().copied().max().unwrap_or(0).max(5));
    let wide = (plane.day_width() * 0.6).clamp(2.0, 9.0);
    let (mut said, mut free) = (None, f64::NEG_INFINITY);
    let bottom = top + height;
    for (day, point) in points.iter().filter(|(day, point)| plane.shows(**day) && !point.runs.is_empty()) {
        let x = plane.x(*day);
        let Some(level) = point.runs.iter().flatten().max() else {
            let _ = write!(out, "<circle class=\"run\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"2.5\"/>", bottom - 3.0);
            continue;
        };
        let tall = (height - 20.0) * f64::from((*level).max(0)) / most + 3.0;
        let _ = write!(
            out,
            "<rect class=\"run\" x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{tall:.1}\"/>",
            x - wide / 2.0,
            bottom - tall
        );
        if said != Some(*level) && x - 16.0 >= free {
            let _ = write!(
                out,
                "<text class=\"axis-text\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{level}</text>",
                bottom - tall - 3.0
            );
            (said, free) = (Some(*level), x + 16.0);
        }
    }
}

/// A bar for each week: the outline is what was asked, the filled part what was done.
pub fn weeks(out: &mut String, plane: &Plane, weeks: &[WeekCount], top: f64, height: f64) {
    let most = weeks.iter().map(|week| week.asked.max(week.done)).max().unwrap_or(0).max(1);
    let tall = |count: usize| height * f64::from(u32::try_from(count).unwrap_or(0)) / f64::from(u32::try_from(most).unwrap_or(1));
    let half = plane.day_width() / 2.0;
    for week in weeks {
        let left = (plane.x(week.monday) - half).max(plane.left);
        let right = (plane.x(week.monday + TimeDelta::days(6)) + half).min(plane.right);
        let gap = if right - left > 20.0 { 3.0 } else { 0.5 };
        let wide = right - left - 2.0 * gap;
        if wide <= 0.0 || week.monday > plane.to {
            continue;
        }
        for (class, count) in [("week-done", week.done), ("week-asked", week.asked)] {
            let of = tall(count);
            if count > 0 {
                let _ = write!(
                    out,
                    "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{of:.1}\"/>",
                    left + gap,
                    top + height - of
                );
            }
        }
    }
}
