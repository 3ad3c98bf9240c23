use std::sync::LazyLock;

use super::*;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::load().unwrap());

fn read(toml: &str) -> Result<Criterion, String> {
    let criterion: Criterion = toml::from_str(&toml.replace("; ", "\n")).map_err(|error| error.message().to_owned())?;
    criterion.known(&LIBRARY)
}

/// Every kind of criterion as it is written, and the sentence it becomes.
const SENTENCES: &[(&str, &str)] = &[
    ("metric = 'pain'; of = 'rest'; comparator = 'at-most'; value = 2", "Pain of 2 of 10 or less at rest"),
    (
        "metric = 'pain'; of = 'sitting'; minutes = 45; comparator = 'at-most'; value = 2",
        "Pain of 2 of 10 or less when you sit for 45 minutes",
    ),
    ("metric = 'pain'; of = 'night'; comparator = 'at-most'; value = 0", "No pain at night"),
    ("metric = 'pain'; of = 'running'; comparator = 'more-than'; value = 3", "Pain above 3 of 10 when you run"),
    ("metric = 'pain'; of = 'stairs'; comparator = 'more-than'; value = 0", "Pain on stairs"),
    (
        "metric = 'pain'; of = 'daily-life'; comparator = 'at-most'; value = 1; times = 14; within = 14",
        "Pain of 1 of 10 or less in daily life, every day for 2 weeks",
    ),
    (
        "metric = 'pain-in'; of = 'hip-flexion-isometric-supine'; comparator = 'at-most'; value = 2",
        "Pain of 2 of 10 or less in this exercise: hip-flexion isometric, lying",
    ),
    ("metric = 'greens'; value = 3", "3 green sessions in a row"),
    ("metric = 'green-share'; comparator = 'more-than'; value = 50; within = 14", "More than half of your sessions green for 2 weeks"),
    ("metric = 'green-share'; value = 100; within = 28; note = 'in easy running'", "Every session green for 4 weeks, in easy running"),
    (
        "metric = 'dose'; of = 'hip-bridge'; sets = 3; value = 15; green = true; times = 2",
        "Hip bridge: 3 rounds of 15, twice in green sessions",
    ),
    (
        "metric = 'dose'; of = 'inner-core-activation'; hold = 10; value = 8; note = 'with calm breathing'",
        "Inner-core activation: 8 times, each held for 10 seconds, with calm breathing",
    ),
    ("metric = 'dose'; of = 'side-plank'; value = 30", "Side plank: 30 seconds"),
    (
        "metric = 'test'; of = 'test-bridge-hold'; measure = 'hold'; value = 30; times = 2; within = 7",
        "Hold the single-leg bridge for at least 30 seconds on each side, twice within 7 days",
    ),
    (
        "metric = 'test'; of = 'test-resisted-flexion'; measure = 'pain'; comparator = 'at-most'; value = 2",
        "Push your knee up against your hands with pain of 2 of 10 or less on each side",
    ),
    ("metric = 'test'; of = 'test-hop'; measure = 'pain'; comparator = 'at-most'; value = 0", "Hop on one leg without pain on each side"),
    ("metric = 'test'; of = 'test-step-down'; measure = 'good'; value = 10", "Step down with control 10 times on each side"),
    (
        "metric = 'test'; of = 'test-band-flexion'; measure = 'lifts'; than = 'other-side'; value = 80",
        "Lift your knee against the band on your sore side at least 80 percent as often as on the other side",
    ),
    (
        "metric = 'test'; of = 'test-thomas'; measure = 'thigh-angle'; than = 'start'; value = 5",
        "Angle of the thigh in the Thomas test: at least 5 degrees better than at the start",
    ),
    (
        "metric = 'test'; of = 'test-thomas'; measure = 'thigh-angle'; than = 'between-sides'; comparator = 'at-most'; value = 5",
        "Angle of the thigh in the Thomas test: both sides within 5 degrees",
    ),
    (
        "metric = 'test'; of = 'test-walk'; measure = 'minutes'; value = 30; times = 2; within = 2",
        "Walk briskly for at least 30 minutes, 2 days in a row",
    ),
    ("metric = 'test'; of = 'test-walk'; measure = 'limp'; comparator = 'at-most'; value = 0", "No limp on a brisk walk"),
    ("metric = 'tested'; of = 'test-thomas'; value = 14", "Do this test again on day 14: modified Thomas test"),
    ("metric = 'tested'; of = 'test-hagos'", "Do this test again: HAGOS questionnaire"),
    ("metric = 'walking'; value = 20", "Walk for 20 minutes"),
    ("metric = 'running'; value = 30; green = true; times = 2", "Run for 30 minutes in one go, twice in green sessions"),
    ("metric = 'ladder'; value = 10; green = true; times = 2", "Reach level R10 of the run–walk ladder, twice in green sessions"),
    ("metric = 'confidence'; value = 8", "You trust your hip: 8 of 10 or more"),
    ("metric = 'screening'", "Your screening shows no warning signs"),
    ("metric = 'not-irritable'", "Your hip is not easily stirred up"),
    ("metric = 'finished'; of = 'runner-early'", "You have finished “Runner early”"),
    ("metric = 'statement'; of = 'A doctor has seen you.'", "A doctor has seen you"),
    (
        "metric = 'greens'; value = 2; or = [{ metric = 'not-irritable' }]",
        "2 green sessions in a row; or your hip is not easily stirred up",
    ),
];

#[test]
fn every_criterion_is_a_sentence() {
    for (toml, sentence) in SENTENCES {
        let criterion = read(toml).unwrap_or_else(|flaw| panic!("{toml}: {flaw}"));
        assert_eq!(criterion.words(), *sentence, "{toml}");
    }
    for metric in Metric::ALL {
        let written = format!("metric = '{}'", metric.word());
        assert!(SENTENCES.iter().any(|(toml, _)| toml.split("; ").next() == Some(&written)), "{written} has no sentence");
    }
}

#[test]
fn what_is_kept_is_read_again() {
    for (toml, _) in SENTENCES {
        let criterion = read(toml).unwrap();
        let kept = serde_json::to_string(&criterion).unwrap();
        assert_eq!(serde_json::from_str::<Criterion>(&kept).unwrap(), criterion, "{kept}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for (toml, words) in [
        ("metric = 'luck'; value = 3", "luck"),
        ("metric = 'greens'; value = 3; colour = 1", "colour"),
        ("metric = 'pain'; of = 'flying'; value = 3", "no situation"),
        ("metric = 'pain'; of = 'rest'; value = 11", "more than 10"),
        ("metric = 'greens'; of = 'rest'; value = 3", "has no \"of\""),
        ("metric = 'dose'; value = 3", "needs \"of\""),
        ("metric = 'dose'; of = 'hip-brigde'; value = 3", "no exercise"),
        ("metric = 'dose'; of = 'side-plank'; hold = 5; value = 3", "held one by one"),
        ("metric = 'test'; of = 'test-moon'; measure = 'hold'; value = 3", "no test"),
        ("metric = 'test'; of = 'test-thomas'; measure = 'weight'; value = 3", "no measure"),
        ("metric = 'test'; of = 'test-thomas'; measure = 'place'; value = 3", "is words"),
        ("metric = 'test'; of = 'test-thomas'; measure = 'drift'; value = 2", "more than 1"),
        ("metric = 'test'; of = 'test-plank'; measure = 'hold'; than = 'other-side'; value = 90", "sides apart"),
        ("metric = 'ladder'; value = 18", "more than 17"),
        ("metric = 'walking'; value = 18; minutes = 3", "has no \"minutes\""),
        ("metric = 'walking'; value = 18; times = 0", "times"),
        ("metric = 'greens'; value = 2; or = [{ metric = 'dose', of = 'x', value = 1 }]", "no exercise \"x\""),
    ] {
        let flaw = read(toml).unwrap_err();
        assert!(flaw.contains(words), "{toml}: {flaw}");
    }
}
