//! The time line and its table, held against the diary they are drawn from.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::marks::Mark;
use super::table;
use super::time_line::{LEFT, PLOT, RIGHT, TimeLine};
use crate::diary::{Actual, CheckIn, Feeling, LoggedSide, Record, Run, Session, SetLog};
use crate::ids::{PlanId, PrescriptionId, SessionId};
use crate::plans::CutOffs;
use crate::progress::{Light, MarkKind, days, weeks};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn back(days: i64) -> NaiveDate {
    today() - TimeDelta::days(days)
}

/// A session so many days ago, with pain during and after.
fn session(ago: i64, during: Option<i32>, after: Option<i32>) -> Session {
    let set =
        SetLog { prescription: PrescriptionId(1), version: 1, number: 1, side: LoggedSide::Both, done: true, actual: Actual::default() };
    Session {
        id: SessionId(1),
        plan: PlanId(1),
        version: 1,
        day: back(ago),
        ordinal: 1,
        feeling: Feeling { during, after, effort: None },
        note: String::new(),
        sets: vec![set],
        skips: Vec::new(),
        notes: Vec::new(),
        run: None,
    }
}

fn morning(ago: i64, pain: Option<i32>) -> CheckIn {
    CheckIn { day: back(ago), pain, ..CheckIn::nothing() }
}

fn record(mut sessions: Vec<Session>, mut check_ins: Vec<CheckIn>) -> Record {
    sessions.sort_by_key(|session| session.day);
    check_ins.sort_by_key(|check_in| check_in.day);
    Record { sessions, check_ins, usual: vec![(back(900), 1)], ..Record::default() }
}

/// The drawing and its table.
fn drawn(record: &Record, span: i64, marks: &[Mark], cut_offs: &[(NaiveDate, CutOffs)]) -> (String, Vec<table::TimeRow>) {
    let (days, weeks) = (days(record), weeks(&record.course, &record.sessions, today()));
    let line = TimeLine { from: back(span), to: today(), days: &days, weeks: &weeks, cut_offs, marks };
    (line.svg("pain").to_string(), line.rows())
}

/// All values of an attribute, as numbers.
fn numbers(svg: &str, class: &str, attribute: &str) -> Vec<f64> {
    let tags = svg.split('<').filter(|tag| tag.contains(&format!("class=\"{class}\"")));
    tags.filter_map(|tag| tag.split_once(&format!("{attribute}=\""))?.1.split('"').next()?.parse().ok()).collect()
}

#[test]
fn none_and_one_are_pictures_too() {
    let (svg, rows) = drawn(&record(Vec::new(), Vec::new()), 42, &[], &[]);
    assert!(svg.contains("nothing has been answered yet") && !svg.contains("NaN") && rows.is_empty());
    let (svg, rows) = drawn(&record(vec![session(3, Some(4), None)], Vec::new()), 42, &[], &[]);
    assert_eq!((svg.matches("dot-during").count(), svg.matches("line-during").count()), (1, 0), "one point is a point");
    assert!(!svg.contains("dot-after"), "what was not answered is not drawn");
    assert_eq!((rows.len(), &*rows[0].during, &*rows[0].after), (1, "4", "not answered"));
}

#[test]
fn a_missing_answer_breaks_the_line_and_is_never_nought() {
    let sessions = vec![session(9, Some(4), None), session(7, Some(2), None), session(5, None, None), session(3, Some(1), None)];
    let (svg, rows) = drawn(&record(sessions, Vec::new()), 14, &[], &[]);
    let line = svg.split("class=\"line-during\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!((line.matches('M').count(), line.matches('L').count()), (1, 1), "{line}");
    assert_eq!(svg.matches("dot-during").count(), 3);
    assert_eq!(rows.iter().map(|row| row.during.as_str()).collect::<Vec<_>>(), ["1", "not answered", "2", "4"]);
}

#[test]
fn the_bands_follow_the_cut_offs_of_each_version() {
    let strict = CutOffs { green_to: 2, amber_to: 4, red_above: 2 };
    let all = record(vec![session(3, Some(4), None)], Vec::new());
    let (svg, _) = drawn(&all, 20, &[], &[(back(60), CutOffs::TABLE), (back(10), strict)]);
    let heights = numbers(&svg, "band-green", "height");
    assert_eq!(heights.iter().map(|height| (height * 10.0 / PLOT).round()).collect::<Vec<_>>(), [3.0, 2.0]);
    let (starts, widths) = (numbers(&svg, "band-green", "x"), numbers(&svg, "band-green", "width"));
    assert!((starts[0] - LEFT).abs() < 0.1 && (starts[1] - f64::midpoint(LEFT, RIGHT)).abs() < 0.2);
    assert!((widths.iter().sum::<f64>() - (RIGHT - LEFT)).abs() < 0.3, "no day is without a band");
}

#[test]
fn runs_lights_and_weeks_are_drawn_and_told() {
    let run = Run {
        level: Some(4),
        seconds: None,
        longest: None,
        surface: None,
        incline: None,
        climb: None,
        pace: None,
        speed_reps: None,
        walked_home: false,
        logged: today().and_hms_opt(12, 0, 0).unwrap(),
    };
    let ran = Session { run: Some(run), ..session(3, Some(6), None) };
    let marks = [Mark::new(back(5), MarkKind::Review, "Looked <at> the week")];
    let (svg, rows) = drawn(&record(vec![ran], vec![morning(2, Some(1))]), 14, &marks, &[]);
    for class in ["sign sign-red", "class=\"run\"", "week-done", "day-done", "mark-review", "dot-morning"] {
        assert!(svg.contains(class), "{class}: {svg}");
    }
    let told: Vec<_> = rows.iter().map(|row| (row.light, row.runs.as_str(), row.morning.as_str(), row.marks.len())).collect();
    assert_eq!(told, [(None, "", "1", 0), (Some(Light::Red), "level 4", "", 0), (None, "", "", 1)]);
}

#[test]
fn two_years_are_weeks_with_their_range() {
    let sessions: Vec<Session> =
        (0..730).filter(|day| day % 7 < 3 && !(200..300).contains(day)).map(|day| session(day, Some((day % 7) as i32), None)).collect();
    let (svg, rows) = drawn(&record(sessions, Vec::new()), 730, &[], &[]);
    let points = svg.matches("dot-during").count();
    assert!((85..=95).contains(&points), "{points}");
    assert!(svg.contains("class=\"range\"") && !svg.contains("class=\"day-done\"") && !svg.contains("NaN"));
    let line = svg.split("class=\"line-during\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(line.matches('M').count(), 2, "a hundred days without a session are a gap");
    assert!(rows[0].label.starts_with("Week from") && rows.iter().any(|row| row.during == "1, from 0 to 2"), "{rows:?}");
    assert!(svg.len() < 120_000, "{} bytes", svg.len());
}

fn answers() -> impl Strategy<Value = Option<i32>> {
    prop_oneof![Just(None), (0_i32..=10).prop_map(Some)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_table_says_all_that_is_drawn(
        entries in prop::collection::btree_map(0_i64..60, (answers(), answers()), 0..30),
        mornings in prop::collection::btree_map(0_i64..60, answers(), 0..30),
    ) {
        let sessions = entries.iter().map(|(ago, (during, after))| session(*ago, *during, *after)).collect();
        let check_ins = mornings.iter().map(|(ago, pain)| morning(*ago, *pain)).collect();
        let (svg, rows) = drawn(&record(sessions, check_ins), 42, &[], &[]);
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
        let told = |of: fn(&table::TimeRow) -> &String| -> Vec<f64> {
            rows.iter().rev().filter_map(|row| of(row).parse().ok()).collect()
        };
        let said: Vec<f64> = entries.iter().rev().filter(|(ago, _)| **ago <= 42).filter_map(|(_, (during, _))| *during).map(f64::from).collect();
        prop_assert_eq!(told(|row| &row.during), said.clone());
        let bottom = numbers(&svg, "band-green", "y")[0] + numbers(&svg, "band-green", "height")[0];
        let drawn: Vec<f64> = numbers(&svg, "dot-during", "cy").into_iter().map(|y| ((bottom - y) * 10.0 / PLOT).round()).collect();
        prop_assert_eq!(drawn, said);
        prop_assert_eq!(svg.matches("dot-after").count(), told(|row| &row.after).len());
        prop_assert_eq!(svg.matches("dot-morning").count(), told(|row| &row.morning).len());
        prop_assert_eq!(svg.matches("class=\"sign ").count(), rows.iter().filter(|row| row.light.is_some()).count());
    }
}
