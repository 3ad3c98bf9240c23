//! A test with what was found in it: rows for the table, drawings with the change that counts.

use chrono::NaiveDate;

use crate::diary::LoggedSide;
use crate::diary::measurements::{BoneStress, Measurement};
use crate::exercises::{Drawing, Half, Library, Measure, Test, Unit};
use crate::ids::{MeasurementId, PersonId};
use crate::patients::SoreSide;
use crate::progress::TestChart;
use crate::web::Html;

/// A measure of a test over time.
pub struct Chart {
    /// What was measured.
    pub name: String,
    /// The drawing; nothing while there is one number of a side at most.
    pub svg: Option<Html>,
    /// What it shows, in words.
    pub words: String,
    /// From what change on a difference counts.
    pub counts: Option<String>,
}

/// One time a test was done.
pub struct ResultRow {
    /// Its number.
    pub id: MeasurementId,
    /// The day.
    pub day: NaiveDate,
    /// What was found, measure by measure: "Hold: left 32 seconds, right 28 seconds".
    pub found: Vec<String>,
    /// Whether a number of it is shown but not compared.
    pub uncontrolled: bool,
    /// A remark.
    pub note: String,
    /// Who entered it.
    pub by: String,
    /// The person who entered it.
    pub person: PersonId,
    /// Why it does not count any more, by whom.
    pub struck: Option<(String, String)>,
}

/// A test with what was found in it.
pub struct TestView {
    /// The test.
    pub test: Test,
    /// How it is drawn.
    pub drawing: Option<Drawing>,
    /// Newest first.
    pub rows: Vec<ResultRow>,
    /// Its measures over time.
    pub charts: Vec<Chart>,
    /// Whether it waits for a clinician's word about the bone.
    pub waits: bool,
}

impl TestView {
    /// Puts a test beside what was found in it.
    #[must_use]
    pub fn new(test: &Test, library: &Library, sore: SoreSide, all: &[Measurement], bone: &BoneStress, today: NaiveDate) -> Self {
        let half = if sore == SoreSide::Left { Half::Left } else { Half::Right };
        let mine: Vec<&Measurement> = all.iter().filter(|known| known.found.test == test.slug).collect();
        Self {
            test: test.clone(),
            drawing: test.drawing(half, |slug| library.get(slug)).cloned(),
            rows: mine.iter().map(|known| row(test, known)).collect(),
            charts: test.measures.iter().filter_map(|measure| chart(test, measure, &mine, today)).collect(),
            waits: bone.allows(test).is_err(),
        }
    }

    /// The newest that counts.
    #[must_use]
    pub fn latest(&self) -> Option<&ResultRow> {
        self.rows.iter().find(|row| row.struck.is_none())
    }

    /// Each yardstick with where it comes from.
    #[must_use]
    pub fn yardsticks(&self) -> Vec<(&str, String)> {
        let source = |from: &str| match self.test.references.iter().find(|reference| reference.key == from) {
            Some(reference) => reference.citation(),
            None => "Our own proposal; no study has tested it.".to_owned(),
        };
        self.test.yardsticks.iter().map(|yardstick| (yardstick.words.as_str(), source(&yardstick.from))).collect()
    }

    /// What each measure needs to be compared, and from what change it counts: the name and the sentence.
    #[must_use]
    pub fn errors_of_measurement(&self) -> Vec<(&str, String)> {
        self.test.measures.iter().filter_map(|measure| Some((measure.name.as_str(), measure.error_in_words()?))).collect()
    }
}

impl TestView {
    /// Whether one of its answers says whether others may be compared.
    #[must_use]
    pub fn has_control(&self) -> bool {
        self.test.measures.iter().any(|measure| !measure.needs.is_empty())
    }

    /// How a field of a measure is filled in.
    #[must_use]
    pub fn hint(&self, measure: &Measure) -> String {
        let range = match (measure.unit, measure.range()) {
            (Unit::Degrees, _) if measure.less_is_better => "In degrees, with a minus when it hangs below the level, like −8.".to_owned(),
            (Unit::Degrees, _) => "In degrees.".to_owned(),
            (Unit::Score, _) => "0 to 100.".to_owned(),
            (Unit::Times, Some((low, high))) => format!("{low} to {high}."),
            (Unit::Seconds | Unit::Minutes, Some((_, high))) => format!("In {}, {high} at most.", measure.unit.label()),
            _ => String::new(),
        };
        [range, measure.error_in_words().unwrap_or_default()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

fn side_words(side: LoggedSide) -> &'static str {
    match side {
        LoggedSide::Left => "left ",
        LoggedSide::Right => "right ",
        LoggedSide::Both => "",
    }
}

fn row(test: &Test, known: &Measurement) -> ResultRow {
    let found = test.measures.iter().filter_map(|measure| {
        let sides = LoggedSide::of(test.side).iter().filter_map(|side| {
            let value = known.value(&measure.key, *side)?;
            let words = value.value.map_or_else(|| value.words.clone(), |number| measure.words(number));
            let mark = if value.counts { "" } else { " (not compared)" };
            Some(format!("{}{words}{mark}", side_words(*side)))
        });
        let sides: Vec<String> = sides.collect();
        (!sides.is_empty()).then(|| format!("{}: {}", measure.name, sides.join(", ")))
    });
    ResultRow {
        id: known.id,
        day: known.found.day,
        found: found.collect(),
        uncontrolled: known.has_uncontrolled(),
        note: known.found.note.clone(),
        by: known.by_name.clone(),
        person: known.by,
        struck: known.struck.as_ref().map(|struck| (struck.reason.clone(), struck.by.clone())),
    }
}

/// A measure over time, when any number of it may be compared.
fn chart(test: &Test, measure: &Measure, mine: &[&Measurement], today: NaiveDate) -> Option<Chart> {
    let (unit, scale) = match measure.unit {
        Unit::Degrees => ("degrees", None),
        Unit::ZeroToTen => ("of 10", Some((0, 10))),
        Unit::Seconds => ("seconds", None),
        Unit::Minutes => ("minutes", None),
        Unit::Times => ("times", measure.most.map(|most| (0, i32::from(most)))),
        Unit::Score => ("of 100", Some((0, 100))),
        Unit::YesNo | Unit::Words => return None,
    };
    let counted = mine.iter().filter(|known| known.struck.is_none()).flat_map(|known| {
        let values = known.found.values.iter().filter(|value| value.measure == measure.key && value.counts);
        values.filter_map(|value| Some((known.found.day, value.side, value.value?)))
    });
    let values: Vec<(NaiveDate, LoggedSide, i32)> = counted.collect();
    if values.is_empty() {
        return None;
    }
    let key = format!("{}-{}", test.slug, measure.key);
    let counts_from = measure.counts_for_sure.or(measure.counts_from);
    let chart = TestChart { key: &key, name: &measure.name, unit, values: &values, scale, counts_from, yardstick: None, to: today };
    let repeated = LoggedSide::ALL.iter().any(|side| values.iter().filter(|(_, known, _)| known == side).count() > 1);
    Some(Chart { name: measure.name.clone(), svg: repeated.then(|| chart.svg()), words: chart.words(), counts: measure.error_in_words() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::measurements::{NewMeasurement, Struck, Value};

    fn measurement(id: i64, day: u32, left: i32, flat: bool, struck: bool) -> Measurement {
        let value = |measure: &str, value, counts| Value {
            measure: measure.to_owned(),
            side: LoggedSide::Left,
            value: Some(value),
            words: String::new(),
            counts,
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let values = vec![value("thigh-angle", left, flat), value("back-flat", i32::from(flat), true)];
        let strike = Struck { reason: "Wrong leg".to_owned(), by: "Cleo".to_owned(), at: chrono::NaiveDateTime::default() };
        Measurement {
            id: MeasurementId(id),
            found: NewMeasurement { test: "test-thomas".to_owned(), day, values, note: String::new() },
            by: PersonId(1),
            by_name: "Cleo".to_owned(),
            at: chrono::NaiveDateTime::default(),
            struck: struck.then_some(strike),
        }
    }

    #[test]
    fn an_angle_with_a_moving_back_or_a_line_through_it_is_shown_and_never_compared() {
        let library = Library::load().unwrap();
        let all = [
            measurement(4, 20, 4, true, false),
            measurement(3, 12, -30, true, true),
            measurement(2, 8, -20, false, false),
            measurement(1, 1, 12, true, false),
        ];
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let thomas = library.test("test-thomas").unwrap();
        let view = TestView::new(thomas, &library, SoreSide::Left, &all, &BoneStress::default(), today);
        assert_eq!(view.rows.len(), 4);
        assert!(view.rows[2].uncontrolled && view.rows[2].found[0].contains("left −20° (not compared)"), "{:?}", view.rows[2].found);
        assert_eq!(view.latest().unwrap().id, MeasurementId(4));
        let angle = &view.charts[0];
        assert!(angle.words.contains("12 degrees") && angle.words.contains("8 less"), "{}", angle.words);
        assert!(!angle.words.contains("20 d") && angle.svg.is_some());
        let alone = TestView::new(thomas, &library, SoreSide::Left, &all[2..3], &BoneStress::default(), today);
        assert!(alone.charts.is_empty() && !alone.waits);
        let hop = library.test("test-hop").unwrap();
        assert!(TestView::new(hop, &library, SoreSide::Left, &all, &BoneStress::default(), today).waits);
    }
}
