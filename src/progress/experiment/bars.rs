//! What each probe did, as bars beside the band of chance.

use std::fmt::Write;

use crate::web::Html;

/// A bar: its name, and by how much it got better; missing where it was not measured.
pub type Bar = (String, Option<i32>);

const LEFT: i32 = 190;
const WIDTH: i32 = 420;
const ROW: i32 = 34;

/// Draws the bars. `counts` is where chance ends; `unit` is said after a number.
pub fn bars(key: &str, title: &str, unit: &str, counts: i32, bars: &[Bar]) -> Html {
    let most = bars.iter().filter_map(|(_, change)| *change).map(i32::abs).max().unwrap_or(0).max(counts * 2);
    let (middle, height) = (LEFT + WIDTH / 2, ROW * i32::try_from(bars.len()).unwrap_or(0) + 30);
    let x = |change: i32| middle + change * (WIDTH / 2 - 30) / most;
    let mut out = String::with_capacity(1024);
    let words: Vec<String> = bars.iter().map(|(name, change)| format!("{name}: {}", words(*change, unit, counts))).collect();
    let _ = write!(
        out,
        "<svg class=\"chart bars\" viewBox=\"0 0 640 {height}\" role=\"img\" aria-labelledby=\"{key}-title {key}-desc\"><title id=\"{key}-title\">{title}</title><desc id=\"{key}-desc\">{}.</desc>\
         <rect class=\"bar-chance\" x=\"{}\" y=\"0\" width=\"{}\" height=\"{}\"/><line class=\"bar-zero\" x1=\"{middle}\" x2=\"{middle}\" y1=\"0\" y2=\"{}\"/>",
        words.join("; "),
        x(-counts),
        x(counts) - x(-counts),
        height - 26,
        height - 26
    );
    for ((name, change), row) in bars.iter().zip(0..) {
        let top = row * ROW;
        let _ = write!(out, "<text class=\"bar-name\" x=\"0\" y=\"{}\">{name}</text>", top + 22);
        match change {
            Some(change) => {
                let class = if *change >= counts {
                    "bar-better"
                } else if *change <= -counts {
                    "bar-worse"
                } else {
                    "bar-even"
                };
                let (from, to) = (middle.min(x(*change)), middle.max(x(*change)));
                let _ = write!(
                    out,
                    "<rect class=\"{class}\" x=\"{from}\" y=\"{}\" width=\"{}\" height=\"18\" rx=\"2\"/>",
                    top + 8,
                    (to - from).max(2)
                );
                let (at, anchor) = if *change < 0 { (from - 6, "end") } else { (to + 6, "start") };
                let sign = if *change < 0 { "−" } else { "" };
                let _ = write!(
                    out,
                    "<text class=\"bar-number\" x=\"{at}\" y=\"{}\" text-anchor=\"{anchor}\">{sign}{}</text>",
                    top + 22,
                    change.abs()
                );
            }
            None => {
                let _ = write!(out, "<text class=\"bar-missing\" x=\"{}\" y=\"{}\">not measured</text>", middle + 8, top + 22);
            }
        }
    }
    let _ = write!(
        out,
        "<text class=\"bar-foot\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">worse ← chance → better, {unit}</text></svg>",
        height - 6
    );
    Html::trusted(out)
}

/// "7 degrees better, more than chance"
pub fn words(change: Option<i32>, unit: &str, counts: i32) -> String {
    match change {
        None => "not measured".to_owned(),
        Some(0) => "no change".to_owned(),
        Some(change) => {
            let way = if change > 0 { "better" } else { "worse" };
            let weight = if change.abs() >= counts { "more than chance" } else { "may be chance" };
            let unit = if change.abs() == 1 { unit.trim_end_matches('s') } else { unit };
            format!("{} {unit} {way}, {weight}", change.abs())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_said_and_missing_is_no_bar() {
        assert_eq!(words(Some(5), "degrees", 5), "5 degrees better, more than chance");
        assert_eq!(words(Some(1), "points", 2), "1 point better, may be chance");
        assert_eq!(words(Some(-4), "degrees", 5), "4 degrees worse, may be chance");
        assert_eq!((words(None, "points", 2), words(Some(0), "points", 2)), ("not measured".to_owned(), "no change".to_owned()));
        let drawn = bars("angle", "Thigh", "degrees", 5, &[("Core".to_owned(), Some(7)), ("Release".to_owned(), None)]).to_string();
        assert!(drawn.contains("bar-better") && drawn.contains("not measured") && drawn.matches("rx=\"2\"").count() == 1);
    }
}
