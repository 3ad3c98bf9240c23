use std::sync::LazyLock;

use super::*;
use crate::exercises::Library;
use crate::exercises::dose::{Frequency, Work};
use crate::patients::SoreSide;
use crate::plans::{Criterion, DraftPhase, Metric};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::load().unwrap());
static PROGRAMMES: LazyLock<Programmes> =
    LazyLock::new(|| Programmes::load(&LIBRARY).unwrap_or_else(|flaws| panic!("{}", flaws.join("\n"))));

fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/articles/programmes");
    let read = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    read.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap())).collect()
}

/// The programmes with one text in one file replaced.
fn with(file: &str, good: &str, bad: &str) -> Result<Programmes, Vec<String>> {
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
    assert!(text.contains(good), "{file} has no {good}");
    *text = text.replacen(good, bad, 1);
    Programmes::read(&files, &LIBRARY)
}

fn copied(slug: &str, phases: &[&str], probes: &[&str], sore: Option<SoreSide>) -> Vec<DraftPhase> {
    let choice = Choice {
        phases: phases.iter().map(|key| (*key).to_owned()).collect(),
        probes: probes.iter().map(|key| (*key).to_owned()).collect(),
    };
    Copying { programmes: &PROGRAMMES, library: &LIBRARY, sore }.phases(PROGRAMMES.get(slug).unwrap(), &choice)
}

#[test]
fn the_house_has_seven_programmes() {
    let phases: Vec<(&str, usize)> = PROGRAMMES.all().iter().map(|one| (one.slug.as_str(), one.phases.len())).collect();
    assert_eq!(
        phases,
        [
            ("iliopsoas-desk-worker", 5),
            ("runner-early", 2),
            ("runner-mid", 2),
            ("runner-late-return", 4),
            ("tight-test-train-retest", 4),
            ("sprint-and-hill-addon", 8),
            ("maintenance-15", 1),
        ]
    );
    for programme in PROGRAMMES.all() {
        assert!(!programme.references.is_empty() && !programme.notes.is_empty(), "{}", programme.slug);
        for phase in &programme.phases {
            assert!(!phase.items.is_empty() || phase.probes.is_some(), "{}: {}", programme.slug, phase.key);
            assert!(phase.step == Step::Keep || !phase.exit.is_empty(), "{}: {} has no way out", programme.slug, phase.key);
        }
    }
}

#[test]
fn every_dose_begins_inside_its_span_and_reads_as_a_sentence() {
    for programme in PROGRAMMES.all() {
        for item in programme.items() {
            for sore in [Side::Left, Side::Right, Side::Each] {
                let dose = item.to_begin(None, sore);
                assert!(dose.check().is_ok() && highest(item).check().is_ok(), "{}: {}", programme.slug, item.exercise);
                let inside = |span: Span, number: u16| (span.low..=span.high).contains(&number);
                assert!(inside(item.dose.sets, dose.sets) && inside(item.dose.amount, dose.amount));
                assert!(item.side == Whose::Sore || dose.side != Side::Left, "{}", item.exercise);
            }
            let sentence = format!(" {}", item.sentence());
            let wrong = ["  ", " 1 rounds", " 1 times", " ,", " ;", "your left"];
            assert!(!wrong.iter().any(|wrong| sentence.contains(wrong)), "{}: {sentence}", item.exercise);
        }
    }
}

#[test]
fn every_criterion_of_the_house_reads_as_a_sentence() {
    let phases = PROGRAMMES.all().iter().flat_map(|programme| &programme.phases);
    let all: Vec<&Criterion> = phases.flat_map(|phase| phase.entry.iter().chain(&phase.exit)).collect();
    assert!(all.len() > 50);
    for criterion in all {
        let words = criterion.words();
        let wrong = ["  ", " 1 minutes", "..", " ,", "test-", "{}"];
        assert!(words.starts_with(char::is_uppercase) || words.starts_with(char::is_numeric), "{words}");
        assert!(!words.ends_with('.') && !wrong.iter().any(|wrong| words.contains(wrong)), "{words}");
        let kept = serde_json::to_string(criterion).unwrap();
        assert_eq!(serde_json::from_str::<Criterion>(&kept).unwrap(), *criterion);
    }
}

#[test]
fn the_ladder_grows_by_half_minutes_to_half_an_hour() {
    let ladder = PROGRAMMES.ladder();
    for level in &ladder.levels[..9] {
        assert_eq!(level.running(), Some(format!("{} minutes", level.level * 2)));
        assert_eq!((level.blocks, level.sessions, level.dose(Frequency::EveryOtherDay).unwrap().amount), (4, 2, 300));
    }
    let dose =
        |number: u16| ladder.level(number).and_then(|level| level.dose(Frequency::EveryOtherDay)).map(|dose| (dose.sets, dose.amount));
    assert_eq!(
        (dose(1), dose(10), dose(11), dose(12), dose(13)),
        (Some((4, 300)), Some((1, 1200)), Some((1, 1500)), Some((1, 1800)), None)
    );
    assert_eq!(ladder.level(1).unwrap().words(), "Walk 4 minutes 30 seconds, run 30 seconds, 4 times.");
    assert_eq!(ladder.level(10).unwrap().words(), "Run 20 minutes in one go.");
    assert_eq!(ladder.readiness.len(), 15);
    let steps: Vec<(&str, i16)> = ladder.rules.iter().map(|rule| (rule.light.as_str(), rule.levels)).collect();
    assert_eq!(steps, [("green", 1), ("hold", 0), ("amber", 0), ("red", -2)]);
}

#[test]
fn a_wrong_file_is_refused_with_its_line() {
    let early = "runner-early.md";
    let mut wrong = Vec::new();
    // What is changed to what, the beginning of the line that is named, and words of the reason.
    for (file, good, bad, place, words) in [
        (early, "slug = \"runner-early\"", "slug = \"runner\"", "slug", "the name of the file"),
        (early, "number = 2", "number = \"two\"", "number", "invalid type"),
        (early, "number = 2", "number = 1", "number", "iliopsoas-desk-worker has number"),
        (early, "for = [\"runners\"]", "for = [\"swimmers\"]", "for", "swimmers"),
        (early, "weeks = [1, 3]", "weeks = [3, 1]", "weeks", "two in order"),
        (early, "weeks = [1, 3]", "weeks = [1, 3]\ncolour = 1", "colour", "colour"),
        (early, "stage = \"early\"", "stage = \"soon\"", "stage", "soon"),
        (early, "often = { times = 1, per = \"day\" }", "often = { times = 1 }", "often", "other-day"),
        (early, "metric = \"screening\"", "metric = \"luck\"", "  { metric = \"luck\"", "luck"),
        (
            early,
            "of = \"hip-flexion-isometric-supine\", comparator",
            "of = \"hip-flexion\", comparator",
            "  { metric = \"pain-in\"",
            "no exercise",
        ),
        (early, "exercise = \"breathing-90-90\"", "exercise = \"breathing\"", "exercise = \"breathing\"", "no exercise \"breathing\""),
        (early, "amount = 5\n\n", "amount = 500\n\n", "exercise = \"breathing-90-90\"", "out of bounds"),
        (early, "exercise = \"calf-raise\"", "exercise = \"calf-raise\"\nside = \"bad\"", "exercise = \"calf-raise\"", "no side"),
        (early, "exercise = \"breathing-90-90\"", "exercise = \"copenhagen-plank\"", "key = \"calm\"", "gate D"),
        (early, "exercise = \"breathing-90-90\"", "exercise = \"half-kneeling-hip-flexor-stretch\"", "key = \"calm\"", "gate C"),
        (early, "note = \"On your knees, hips bent a little.\"", "optional = true", "key = \"first-loading\"", "reduced form"),
        ("runner-mid.md", "of = \"runner-early\"", "of = \"runner\"", "entry = [{ metric = \"finished\"", "no such programme"),
        (
            "runner-late-return.md",
            "to = \"runner-mid/open-range\"",
            "to = \"runner-mid/open\"",
            "to = \"runner-mid",
            "no such programme or phase",
        ),
        ("tight-test-train-retest.md", "test = \"test-thomas\"", "test = \"test-tomas\"", "test = ", "no test"),
        ("ladder.toml", "level = 3,", "level = 4,", "  { level = 4,", "3 comes here"),
        ("ladder.toml", "exercise = \"hill-run\"", "exercise = \"hills\"", "  { level = 14,", "no exercise"),
        ("ladder.toml", "stop_above = 3", "stop = 3", "stop", "stop"),
    ] {
        let flaws = with(file, good, bad).map(drop).unwrap_err();
        let text = files().into_iter().find(|(name, _)| name == file).unwrap().1.replacen(good, bad, 1);
        let line = text.lines().position(|line| line.starts_with(place)).unwrap() + 1;
        let begin = format!("articles/programmes/{file}:{line}: ");
        if flaws.len() != 1 || !flaws[0].starts_with(&begin) || !flaws[0].contains(words) {
            wrong.push(format!("{bad} should be {begin}… {words}: {flaws:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_stiffness_route_opens_mobility_alone() {
    assert!(with("iliopsoas-desk-worker.md", "stiffness_route = ", "stiffness_route = \"\" # ").is_err());
    let strength = with("iliopsoas-desk-worker.md", "exercise = \"iliopsoas-ball-release\"", "exercise = \"single-leg-bridge\"");
    assert!(strength.map(drop).unwrap_err()[0].contains("gate C"));
}

#[test]
fn a_copy_is_for_this_patient_and_takes_what_was_chosen() {
    let calm = &copied("runner-early", &["calm"], &[], Some(SoreSide::Right))[0];
    assert_eq!((calm.name.as_str(), calm.stage, calm.exit.len()), ("Calm", Some(crate::exercises::Stage::Early), 4));
    assert!(calm.purpose.contains("easily stirred up") && calm.purpose.contains("easy walking") && calm.purpose.contains("Running rests."));
    let press = &calm.prescriptions[0];
    assert_eq!((press.dose.side, press.dose.hold, press.dose.frequency), (Side::Right, Some(20), Frequency::Daily(1)));
    assert_eq!(press.note, "", "no extra round in the early stage");
    assert!(calm.prescriptions[6].note.ends_with("You may leave this out."));
    let strong = &copied("runner-mid", &["safe-window"], &[], Some(SoreSide::Left))[0];
    assert_eq!(strong.prescriptions[0].note, "One round more on your left side.");
    assert_eq!(copied("runner-mid", &["safe-window"], &[], Some(SoreSide::Both))[0].prescriptions[0].note, "");
    // What is only for some has to be chosen.
    let names = |phases: Vec<DraftPhase>| phases.into_iter().map(|phase| phase.name).collect::<Vec<_>>();
    assert_eq!(names(copied("iliopsoas-desk-worker", &[], &[], None))[0], "Loosen and notice");
    assert_eq!(names(copied("iliopsoas-desk-worker", &["settle", "keep"], &[], None)), ["Settle first", "Keep it up"]);
    assert_eq!(names(copied("iliopsoas-desk-worker", &["no-such"], &[], None)), [""; 0]);
}

#[test]
fn runs_begin_at_their_level() {
    let run = copied("runner-late-return", &["start"], &[], None)[0].prescriptions.pop().unwrap();
    assert_eq!((run.exercise.as_str(), run.dose.sets, run.dose.amount, run.dose.work), ("run-walk", 4, 300, Work::Time));
    assert_eq!(run.dose.frequency, Frequency::EveryOtherDay);
    assert_eq!(run.note, "Level R1 of 10. Walk 4 minutes 30 seconds, run 30 seconds, 4 times.");
    let long = copied("runner-late-return", &["continuous"], &[], None)[0].prescriptions.pop().unwrap();
    assert_eq!((long.dose.sets, long.dose.amount, long.dose.frequency), (1, 1500, Frequency::Weekly(3)));
    let fast = &copied("runner-late-return", &["hills-and-speed"], &[], None)[0];
    assert!(fast.prescriptions.iter().all(|one| one.exercise != "run-walk"));
}

#[test]
fn probes_become_days_or_a_pair() {
    let slugs = |phase: &DraftPhase| phase.prescriptions.iter().map(|one| one.exercise.clone()).collect::<Vec<_>>();
    let days = &copied("tight-test-train-retest", &["experiment"], &[], None)[0];
    assert_eq!(days.prescriptions.len(), 9);
    let when: Vec<String> = days.prescriptions.iter().map(|one| one.dose.frequency.words()).collect();
    assert_eq!((when[0].as_str(), when[2].as_str(), when[8].as_str()), ("on Monday", "on Tuesday", "on Friday"));
    let usual = &copied("tight-test-train-retest", &["pair"], &[], None)[0];
    let everyone = ["band-hip-flexion-bent-knee", "side-plank"];
    assert_eq!(slugs(usual), [&["inner-core-activation", "dead-bug", "hip-bridge", "glute-squeeze-prone"][..], &everyone[..]].concat());
    assert!(usual.prescriptions.iter().all(|one| one.dose.frequency == Frequency::Weekly(4)));
    let full = LIBRARY.get("dead-bug").unwrap().to_begin();
    assert_eq!((usual.prescriptions[1].dose.sets, usual.prescriptions[1].dose.amount), (full.sets, full.amount));
    let other = &copied("tight-test-train-retest", &["pair"], &["stretch", "flexor-load"], None)[0];
    assert_eq!(slugs(other)[..2], ["half-kneeling-hip-flexor-stretch", "hip-flexion-isometric-supine"]);
    assert_eq!(slugs(other).iter().filter(|slug| *slug == "band-hip-flexion-bent-knee").count(), 1);
    let next = &copied("tight-test-train-retest", &["switch"], &["core", "glutes"], None)[0];
    assert_eq!(slugs(next)[0], "iliopsoas-ball-release");
}

#[test]
fn speed_and_hills_never_rise_in_the_same_week() {
    let addon = PROGRAMMES.get("sprint-and-hill-addon").unwrap();
    let part = |phase: &Phase, part: Part| -> Vec<Item> { phase.items.iter().filter(|item| item.part == Some(part)).cloned().collect() };
    for pair in addon.phases.windows(2) {
        let [speed, hill] = [Part::Speed, Part::Hill].map(|one| part(&pair[0], one) != part(&pair[1], one));
        assert!(!(speed && hill), "{} changes both", pair[1].name);
    }
    let names = addon.phases[0].entry.iter().find(|one| one.metric == Metric::Finished).map(Criterion::words);
    assert_eq!(names.as_deref(), Some("You have finished “Runner, late stage and return to running: Run without a break”"));
}
