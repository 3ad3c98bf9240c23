//! The posted form of a test becomes what was found, all errors at once.

use chrono::NaiveDate;

use super::super::domain::LoggedSide;
use super::domain::{NewMeasurement, Value, check_day};
use crate::error::Invalid;
use crate::exercises::{Measure, Test, Unit};
use crate::text::{Note, Reason};
use crate::web::Fields;

/// Longest words of a measure, in characters.
const LONGEST: usize = 200;

/// The name of the field of a measure on a side: "thigh-angle-left".
#[must_use]
pub fn field(measure: &Measure, side: LoggedSide) -> String {
    format!("{}-{}", measure.key, side.word())
}

/// Reads what was found in a test.
///
/// # Errors
/// All that is wrong, field by field.
pub fn measurement(fields: &Fields, test: &Test, today: NaiveDate) -> Result<NewMeasurement, Invalid> {
    let mut invalid = Invalid::default();
    let day = invalid.take("day", day(fields, today));
    let mut values = Vec::new();
    for side in LoggedSide::of(test.side) {
        for measure in &test.measures {
            let name = field(measure, *side);
            let Some(Some((value, words))) = invalid.take(&name, answer(fields, measure, &name)) else { continue };
            let controlled = measure.needs.is_empty() || fields.is(&format!("{}-{}", measure.needs, side.word()), "yes");
            values.push(Value { measure: measure.key.clone(), side: *side, value, words, counts: controlled });
        }
        for measure in test.measures.iter().filter(|measure| !measure.needs.is_empty()) {
            let control = format!("{}-{}", measure.needs, side.word());
            let given = values.iter().any(|value| value.measure == measure.key && value.side == *side);
            if given && fields.get(&control).is_empty() && invalid.of(&control).is_none() {
                invalid.add(&control, "Answer with yes or no: without it the angles of this side mean little");
            }
        }
    }
    if values.is_empty() && invalid.is_empty() {
        let first = test.measures.first().zip(LoggedSide::of(test.side).first());
        invalid.add(first.map(|(measure, side)| field(measure, *side)).unwrap_or_default(), "Enter at least one result");
    }
    let note = invalid.take("note", Note::parse(fields.get("note")));
    match (day, note) {
        (Some(day), Some(note)) if invalid.is_empty() => Ok(NewMeasurement { test: test.slug.clone(), day, values, note: note.into() }),
        _ => Err(invalid),
    }
}

/// Reads the day something was measured or said.
///
/// # Errors
/// The words to show beside the field.
pub fn day(fields: &Fields, today: NaiveDate) -> Result<NaiveDate, String> {
    let day = fields.get("day").trim().parse().map_err(|_| "Choose the day".to_owned())?;
    check_day(day, today)
}

/// A number or words; nothing when the field is empty.
fn answer(fields: &Fields, measure: &Measure, name: &str) -> Result<Option<(Option<i32>, String)>, String> {
    let text = fields.get(name).trim();
    if text.is_empty() {
        return Ok(None);
    }
    match (measure.unit, measure.range()) {
        (Unit::YesNo, _) => match text {
            "yes" => Ok(Some((Some(1), String::new()))),
            "no" => Ok(Some((Some(0), String::new()))),
            _ => Err("Answer with yes or no, or leave it unanswered".to_owned()),
        },
        (_, Some((low, high))) => {
            let number = text.replace('−', "-").parse::<i32>().ok();
            let number = number.filter(|number| (i32::from(low)..=i32::from(high)).contains(number));
            number.map(|number| Some((Some(number), String::new()))).ok_or_else(|| format!("Enter a whole number from {low} to {high}"))
        }
        _ => {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if words.chars().count() > LONGEST || words.chars().any(char::is_control) {
                return Err(format!("Shorten this to {LONGEST} characters or fewer"));
            }
            Ok(Some((None, words)))
        }
    }
}

/// Reads which entry is struck out, and why.
///
/// # Errors
/// On the fields `of` and `reason`.
pub fn strike<I: std::str::FromStr>(fields: &Fields) -> Result<(I, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let of = invalid.take("of", fields.get("of").parse().map_err(|_| "Reload the page and try again".to_owned()));
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say in a few words why it is wrong; it stays in the record"));
    match (of, reason) {
        (Some(of), Some(reason)) => Ok((of, reason)),
        _ => Err(invalid),
    }
}

/// Reads what a clinician says about a stress injury of the bone.
///
/// # Errors
/// On the fields `excluded` and `words`.
pub fn bone_stress(fields: &Fields) -> Result<(bool, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let excluded = match fields.get("excluded") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            invalid.add("excluded", "Say whether a stress injury of the bone is ruled out");
            None
        }
    };
    let words = invalid.take("words", Reason::parse(fields.get("words"), "Say how you know: what you asked, found or had imaged"));
    match (excluded, words) {
        (Some(excluded), Some(words)) => Ok((excluded, words)),
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::Library;

    fn read(slug: &str, rest: &str) -> Result<NewMeasurement, Invalid> {
        let library = Library::load().unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        measurement(&Fields::decode(format!("day=2026-11-24&{rest}").as_bytes()), library.test(slug).unwrap(), today)
    }

    #[test]
    fn sides_are_apart_and_what_is_not_measured_is_missing() {
        let found = read("test-bridge-hold", "hold-left=32&hold-right=&pain-right=0").unwrap();
        let said: Vec<_> = found.values.iter().map(|value| (value.measure.as_str(), value.side, value.value)).collect();
        assert_eq!(said, [("hold", LoggedSide::Left, Some(32)), ("pain", LoggedSide::Right, Some(0))]);
        assert!(read("test-bridge-hold", "").unwrap_err().of("hold-left").is_some_and(|words| words.contains("at least one")));
    }

    #[test]
    fn an_angle_counts_only_with_a_flat_back_and_asks_for_the_answer() {
        let found = read("test-thomas", "thigh-angle-left=%E2%88%928&back-flat-left=yes&thigh-angle-right=12&back-flat-right=no").unwrap();
        let angle = |side| found.values.iter().find(|value| value.measure == "thigh-angle" && value.side == side).unwrap();
        assert_eq!((angle(LoggedSide::Left).value, angle(LoggedSide::Left).counts), (Some(-8), true));
        assert_eq!((angle(LoggedSide::Right).value, angle(LoggedSide::Right).counts), (Some(12), false));
        let asked = read("test-thomas", "thigh-angle-left=-8").unwrap_err();
        assert!(asked.of("back-flat-left").is_some() && asked.of("back-flat-right").is_none());
        assert!(read("test-thomas", "feeling-left=3").is_ok(), "a feeling needs no pelvis");
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let invalid = read("test-step-down", "good-left=11&pain-left=11&good-right=ten").unwrap_err();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["good-left", "pain-left", "good-right"]);
        assert_eq!(invalid.of("good-left"), Some("Enter a whole number from 0 to 10"));
        let invalid = read("test-thomas", "day=2026-11-25").unwrap_err();
        assert!(invalid.of("thigh-angle-left").is_some());
        let long = format!("place-left={}", "x".repeat(201));
        assert!(read("test-thomas", &long).unwrap_err().of("place-left").is_some());
    }
}
