//! What must be true before the first run, held against what is known: tests, mornings, lights, and what a physio has confirmed.

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::clock::day_and_month;
use crate::diary::measurements::Measured;
use crate::diary::{LoggedSide, Record};
use crate::patients::SoreSide;
use crate::plans::{Comparator, Criterion, Metric, Than};
use crate::progress::{Light, readings};
use crate::text::{slug, words};

words! {
    /// Whether an item of the list is true.
    Met {
        /// It is.
        Yes = "yes", "Met";
        /// It is not.
        No = "no", "Not met";
        /// Nobody can tell yet.
        Unknown = "unknown", "Not known";
    }
}

/// What a physio confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The item, by its key.
    pub item: String,
    /// Whether it is true.
    pub met: bool,
    /// In a few words.
    pub words: String,
    /// Who.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// On which day at the clinic.
    pub day: NaiveDate,
}

/// An item of the list with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its key.
    pub key: String,
    /// What must be true.
    pub words: String,
    /// Whether it is.
    pub met: Met,
    /// What shows it.
    pub proof: String,
    /// Whether a physio's word decides it: a statement, or something no test of ours has answered.
    pub asks: bool,
    /// Whether it is a statement that nothing but a physio's word can answer.
    pub is_statement: bool,
}

/// What is known of a patient.
pub struct Known<'a> {
    /// The diary of the last weeks.
    pub record: &'a Record,
    /// What tests found, oldest first.
    pub measured: &'a [Measured],
    /// Which side is sore.
    pub sore: SoreSide,
    /// Why nothing may begin: an open warning sign, or a screening not done.
    pub obstacle: Option<&'a str>,
    /// What physios confirmed, oldest first.
    pub ticks: &'a [Tick],
    /// Today at the clinic.
    pub today: NaiveDate,
}

/// The list, item by item.
#[must_use]
pub fn readiness(list: &[Criterion], known: &Known<'_>) -> Vec<Item> {
    list.iter().map(|criterion| item(criterion, known)).collect()
}

/// The key of an item in the record.
#[must_use]
pub fn key(criterion: &Criterion) -> String {
    let of: String = slug(&criterion.of).chars().take(40).collect();
    [criterion.metric.word(), &of, &criterion.measure].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(":")
}

fn item(criterion: &Criterion, known: &Known<'_>) -> Item {
    let (key, is_statement) = (key(criterion), criterion.metric == Metric::Statement);
    let (met, proof) = match criterion.metric {
        Metric::Test => test(criterion, known),
        Metric::Pain => pain(known),
        Metric::Greens => greens(criterion.value, known),
        Metric::Statement => (if known.obstacle.is_some() { Met::No } else { Met::Unknown }, known.obstacle.unwrap_or_default().to_owned()),
        _ => (Met::Unknown, String::new()),
    };
    let tick = known.ticks.iter().rev().find(|tick| tick.item == key);
    // A physio's word fills what is not known; it does not contradict what was found.
    let (met, proof) = match tick.filter(|_| met == Met::Unknown) {
        Some(tick) => {
            let met = if tick.met { Met::Yes } else { Met::No };
            (met, format!("{}, {}: {}", tick.by, day_and_month(tick.day), tick.words))
        }
        None => (met, proof),
    };
    let asks = known.obstacle.is_none_or(|_| !is_statement) && (tick.is_some() || met == Met::Unknown);
    Item { key, words: criterion.words(), met, proof, asks, is_statement }
}

/// Daily life and stairs are asked in no form; a bad morning says that it is too early.
fn pain(known: &Known<'_>) -> (Met, String) {
    let from = known.today - Days::new(6);
    let mornings: Vec<i32> = known.record.check_ins.iter().filter(|one| one.day >= from).filter_map(|one| one.pain).collect();
    match mornings.iter().max() {
        Some(worst) if *worst > 1 => (Met::No, format!("{worst} of 10 on a morning of the last 7 days")),
        Some(worst) => (Met::Unknown, format!("Mornings of the last 7 days: {worst} of 10 at most. Ask about the day")),
        None => (Met::Unknown, "Ask about the last 7 days".to_owned()),
    }
}

fn greens(wanted: u16, known: &Known<'_>) -> (Met, String) {
    let lights = readings(known.record);
    let last: Vec<_> = lights.iter().rev().take(usize::from(wanted)).collect();
    let words = last.iter().map(|one| format!("{}: {}", day_and_month(one.day), one.light.label())).collect::<Vec<_>>().join("; ");
    let met = match last.iter().map(|one| one.light).max() {
        Some(light) if light > Light::Green => Met::No,
        Some(_) if last.len() == usize::from(wanted) && last.iter().all(|one| one.light == Light::Green) => Met::Yes,
        _ => Met::Unknown,
    };
    (met, words)
}

/// A number of a test, on the last days it was done: as often as is asked for, within so many days.
fn test(criterion: &Criterion, known: &Known<'_>) -> (Met, String) {
    let of = |measured: &&Measured| measured.test == criterion.of && measured.measure == criterion.measure;
    let found: Vec<&Measured> = known.measured.iter().filter(of).collect();
    let mut days: Vec<NaiveDate> = found.iter().map(|measured| measured.day).collect();
    days.sort_unstable();
    days.dedup();
    let times = usize::from(criterion.times.max(1));
    let last: Vec<NaiveDate> = days.iter().rev().take(times).rev().copied().collect();
    let (Some(first), Some(newest)) = (last.first(), last.last()) else { return (Met::Unknown, "Not measured yet".to_owned()) };
    let on = |day: NaiveDate| found.iter().filter(|measured| measured.day == day).copied().collect::<Vec<_>>();
    let words: Vec<String> = last.iter().map(|day| format!("{}: {}", day_and_month(*day), values(criterion, &on(*day)))).collect();
    let proof = words.join("; ");
    let verdicts: Vec<Option<bool>> = last.iter().map(|day| reached(criterion, &on(*day), known.sore)).collect();
    let span = criterion.within.is_none_or(|within| (*newest - *first).num_days() < i64::from(within.max(1)));
    let met = match verdicts.last().copied().flatten() {
        Some(false) => Met::No,
        _ if verdicts.contains(&None) || last.len() < times => Met::Unknown,
        _ if verdicts.iter().all(|verdict| *verdict == Some(true)) && span => Met::Yes,
        _ => Met::No,
    };
    (met, proof)
}

fn values(criterion: &Criterion, of_day: &[&Measured]) -> String {
    let value = |measured: &&Measured| match (measured.side, criterion.unit.as_str()) {
        (LoggedSide::Both, "yes-no") => if measured.value == 1 { "yes" } else { "no" }.to_owned(),
        (LoggedSide::Both, _) => measured.value.to_string(),
        (side, _) => format!("{} {}", side.word(), measured.value),
    };
    of_day.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// Whether the numbers of one day reach what is asked; nothing when a side is missing.
fn reached(criterion: &Criterion, of_day: &[&Measured], sore: SoreSide) -> Option<bool> {
    let last = |side| of_day.iter().rev().find(|measured| measured.side == side).map(|measured| measured.value);
    let wanted = i32::from(criterion.value);
    let enough = |value: i32| match criterion.comparator {
        Comparator::AtLeast => value >= wanted,
        Comparator::AtMost => value <= wanted,
        Comparator::MoreThan => value > wanted,
    };
    if let Some(both) = last(LoggedSide::Both) {
        return criterion.than.is_none().then(|| enough(both));
    }
    let (left, right) = (last(LoggedSide::Left), last(LoggedSide::Right));
    match criterion.than {
        Some(Than::OtherSide) => {
            let (left, right) = (left?, right?);
            let (weak, strong) = match sore {
                SoreSide::Left => (left, right),
                SoreSide::Right => (right, left),
                SoreSide::Both => (left.min(right), left.max(right)),
            };
            Some(i64::from(weak) * 100 >= i64::from(strong) * i64::from(wanted))
        }
        Some(_) => None,
        None => match (left, right) {
            (Some(left), Some(right)) => Some(enough(left) && enough(right)),
            (Some(one), None) | (None, Some(one)) if !enough(one) => Some(false),
            _ => None,
        },
    }
}
