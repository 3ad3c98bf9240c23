//! What a measurement holds, and what may be compared.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::super::domain::LoggedSide;
use crate::error::Invalid;
use crate::exercises::Test;
use crate::ids::{MeasurementId, PersonId};

/// How many days back a measurement may be entered.
pub const DAYS_BACK: i64 = 366;

/// One number that was found in a test, as the rules read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The test, by its slug.
    pub test: String,
    /// What was measured, by the key of the test's file.
    pub measure: String,
    /// On which side; `Both` where the test has no sides.
    pub side: LoggedSide,
    /// The day.
    pub day: NaiveDate,
    /// The number in the measure's unit; yes is 1 and no is 0.
    pub value: i32,
}

/// What was written down of one measure on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What was measured, by the key of the test's file.
    pub measure: String,
    /// On which side.
    pub side: LoggedSide,
    /// The number; nothing where words are written.
    pub value: Option<i32>,
    /// The words; empty where a number is written.
    pub words: String,
    /// Whether it may be compared: what the test asks to be kept still was kept still.
    pub counts: bool,
}

/// A test that was done, about to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeasurement {
    /// The test, by its slug.
    pub test: String,
    /// The day.
    pub day: NaiveDate,
    /// What was found. Never empty.
    pub values: Vec<Value>,
    /// More words.
    pub note: String,
}

/// A test that was done, as it was kept.
#[derive(Debug, Clone)]
pub struct Measurement {
    /// Its number.
    pub id: MeasurementId,
    /// What was kept.
    pub found: NewMeasurement,
    /// Who entered it.
    pub by: PersonId,
    /// Their name.
    pub by_name: String,
    /// When it was entered, in UTC.
    pub at: NaiveDateTime,
    /// Why it no longer counts, if it was struck out.
    pub struck: Option<Struck>,
}

/// Why something entered does not count any more. It stays to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struck {
    /// The reason.
    pub reason: String,
    /// Who struck it out.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

impl Measurement {
    /// What was written down of a measure on a side.
    #[must_use]
    pub fn value(&self, measure: &str, side: LoggedSide) -> Option<&Value> {
        self.found.values.iter().find(|value| value.measure == measure && value.side == side)
    }

    /// Whether a number of it may not be compared with others.
    #[must_use]
    pub fn has_uncontrolled(&self) -> bool {
        self.found.values.iter().any(|value| !value.counts)
    }
}

/// Holds a day against the days that may be entered: today and a year back.
///
/// # Errors
/// The words to show beside the field.
pub fn check_day(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, String> {
    if day > today {
        return Err("This day has not begun yet; choose today or an earlier day".to_owned());
    }
    if today - day > TimeDelta::days(DAYS_BACK) {
        return Err("Enter a day within the last year".to_owned());
    }
    Ok(day)
}

/// What a clinician said about a stress injury of the bone, and what was reported since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoneStress {
    /// The newest word of a clinician.
    pub said: Option<Said>,
    /// A warning sign that came after it: when, in UTC, and what.
    pub alarm: Option<(NaiveDateTime, String)>,
}

/// What a clinician said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Whether it is ruled out.
    pub excluded: bool,
    /// How they know.
    pub words: String,
    /// Who.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

impl BoneStress {
    /// Whether it is ruled out, and nothing reported since speaks against it.
    #[must_use]
    pub fn is_excluded(&self) -> bool {
        self.alarm.is_none() && self.said.as_ref().is_some_and(|said| said.excluded)
    }

    /// Holds a test against it: one that strikes the bone waits for a clinician's word.
    ///
    /// # Errors
    /// On the field `test`.
    pub fn allows(&self, test: &Test) -> Result<(), Invalid> {
        if !test.impact || self.is_excluded() {
            return Ok(());
        }
        Err(Invalid::one("test", format!("{}: a clinician must rule out a stress injury of the bone first, and say so", test.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::Library;

    fn said(excluded: bool) -> Said {
        Said { excluded, words: "No pain at night.".to_owned(), by: "Cleo".to_owned(), at: NaiveDateTime::default() }
    }

    #[test]
    fn only_a_word_without_a_later_warning_rules_bone_stress_out() {
        let library = Library::load().unwrap();
        let (hop, walk) = (library.test("test-hop").unwrap(), library.test("test-walk").unwrap());
        let alarm = Some((NaiveDateTime::default(), "night pain".to_owned()));
        let states = [
            (BoneStress::default(), false),
            (BoneStress { said: Some(said(false)), alarm: None }, false),
            (BoneStress { said: Some(said(true)), alarm: alarm.clone() }, false),
            (BoneStress { said: None, alarm }, false),
            (BoneStress { said: Some(said(true)), alarm: None }, true),
        ];
        for (state, excluded) in states {
            assert_eq!(state.is_excluded(), excluded, "{state:?}");
            assert_eq!(state.allows(hop).is_ok(), excluded, "{state:?}");
            assert!(state.allows(walk).is_ok());
        }
    }

    #[test]
    fn a_day_lies_within_the_last_year() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert!(check_day(today, today).is_ok() && check_day(today - TimeDelta::days(366), today).is_ok());
        assert!(check_day(today + TimeDelta::days(1), today).unwrap_err().contains("not begun"));
        assert!(check_day(today - TimeDelta::days(367), today).unwrap_err().contains("last year"));
    }
}
