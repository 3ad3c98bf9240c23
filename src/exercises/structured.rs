//! A public exercise as search engines read it: <https://schema.org/ExercisePlan>. What a patient was given is told to nobody.

use serde_json::{Value, json};

use super::dose::{Recommended, Span, Work};
use super::{Drawing, Exercise, Half, Purpose, Test};
use crate::text::capitalised;
use crate::web::Page;

/// The exercise with its usual dose.
pub(super) fn exercise(page: &Page, exercise: &Exercise) -> Value {
    let url = page.absolute(&exercise.path());
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "ExercisePlan",
        "@id": url,
        "url": url,
        "name": exercise.name,
        "description": exercise.summary,
        "inLanguage": "en-GB",
        "isAccessibleForFree": true,
        "publisher": { "@type": "MedicalClinic", "@id": page.absolute("/#clinic"), "name": page.clinic().name, "url": page.absolute("/") },
        "exerciseType": exercise.purpose().map(Purpose::label),
        "associatedAnatomy": exercise.regions.iter().map(|region| json!({ "@type": "AnatomicalStructure", "name": region.anatomy() })).collect::<Vec<_>>(),
        "additionalVariable": capitalised(&exercise.dose_sentence()),
        "intensity": "Pain at 3 out of 10 or less",
    });
    if let Some(drawing) = exercise.drawing(Half::Right) {
        data["image"] = json!(page.absolute(&drawing.card.url));
    }
    if let Some(category) = exercise.purpose().and_then(category) {
        data["category"] = json!(category);
    }
    if let Some(dose) = &exercise.recommended {
        add_dose(&mut data, dose);
    }
    data
}

fn add_dose(data: &mut Value, dose: &Recommended) {
    match dose.work {
        Work::Reps => data["repetitions"] = number(dose.amount, None),
        Work::Hold | Work::Time => data["activityDuration"] = duration(dose.amount),
        Work::Distance | Work::Breaths => {}
    }
    if let Some(often) = dose.frequency() {
        data["activityFrequency"] = json!(often);
    }
    if let Some(rest) = dose.rest.filter(|rest| rest.high > 0) {
        data["restPeriods"] = json!(format!("{rest} seconds"));
    }
}

/// The test as search engines read it: <https://schema.org/MedicalTest>.
pub(super) fn test(page: &Page, test: &Test, drawing: Option<&Drawing>) -> Value {
    let url = page.absolute(&test.path());
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "MedicalTest",
        "@id": url,
        "url": url,
        "name": test.name,
        "description": test.summary,
    });
    if let Some(drawing) = drawing {
        data["image"] = json!(page.absolute(&drawing.card.url));
    }
    data
}

/// The kind of activity, where one of <https://schema.org/PhysicalActivityCategory> fits.
fn category(purpose: Purpose) -> Option<&'static str> {
    match purpose {
        Purpose::Strength | Purpose::Activation | Purpose::Control => Some("https://schema.org/StrengthTraining"),
        Purpose::Mobility | Purpose::Release => Some("https://schema.org/Flexibility"),
        Purpose::Balance => Some("https://schema.org/Balance"),
        Purpose::Plyometric => Some("https://schema.org/AnaerobicActivity"),
        Purpose::RunningDrill | Purpose::Running => Some("https://schema.org/AerobicActivity"),
        Purpose::Breathing | Purpose::Test => None,
    }
}

/// A number, or the two ends of a span, in the unit of this UN/CEFACT code.
fn number(span: Span, unit: Option<&str>) -> Value {
    if span.low == span.high && unit.is_none() {
        return json!(span.low);
    }
    let mut value = json!({ "@type": "QuantitativeValue", "minValue": span.low, "maxValue": span.high });
    if let Some(unit) = unit {
        value["unitCode"] = json!(unit);
    }
    value
}

fn duration(span: Span) -> Value {
    if span.low == span.high { json!(format!("PT{}S", span.low)) } else { number(span, Some("SEC")) }
}
