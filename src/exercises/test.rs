//! Tests: measurements that can be repeated. Each is a file in `articles/tests/`. A test has no dose and no stage, but it says what to
//! write down, in which unit, and what the number may be held against, so it is a kind of its own and no exercise.

use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Deserialize;

use super::dose::Side;
use super::{Drawing, Drawings, Exercise, Flag, Half, Need, Picture, Pose, Reference, Region, Subject};
use crate::markdown::{Document, Flaw};
use crate::text::words;

#[derive(RustEmbed)]
#[folder = "articles/tests/"]
struct Files;

/// Where the files lie, as flaws name them.
const FOLDER: &str = "articles/tests";
/// What a yardstick rests on when no source has it.
const PROPOSAL: &str = "proposal";

words! {
    /// What a measure counts.
    Unit {
        /// An angle.
        Degrees = "degrees", "degrees";
        /// Pain or a feeling, from none to the worst.
        ZeroToTen = "0-10", "0 to 10";
        /// How long.
        Seconds = "seconds", "seconds";
        /// How long, in minutes.
        Minutes = "minutes", "minutes";
        /// How often.
        Times = "times", "times";
        /// A questionnaire, from the worst to no trouble.
        Score = "score", "0 to 100";
        /// Yes or no.
        YesNo = "yes-no", "yes or no";
        /// A few words.
        Words = "words", "in words";
    }
}

impl Unit {
    /// The lowest and the highest number that can be meant; `None` where no number is written.
    #[must_use]
    pub fn range(self) -> Option<(i16, i16)> {
        match self {
            Self::Degrees => Some((-90, 180)),
            Self::ZeroToTen => Some((0, 10)),
            Self::Seconds => Some((0, 600)),
            Self::Minutes => Some((0, 240)),
            Self::Times | Self::Score => Some((0, 100)),
            Self::YesNo | Self::Words => None,
        }
    }
}

/// One thing to write down.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What it is called in records: small letters and hyphens.
    pub key: String,
    /// What it is called on a page: "Angle of the thigh, minus below the level".
    pub name: String,
    /// What it counts.
    pub unit: Unit,
    /// What one does to reach a number of it, as the beginning of a sentence: "Hold the single-leg bridge"; empty where it is words.
    #[serde(default)]
    pub reach: String,
    /// From what change on a difference is more than chance, in its unit; nothing where no sheet says.
    #[serde(default)]
    pub counts_from: Option<i32>,
    /// From what change on it counts whichever of several measures it is, where sources give a span.
    #[serde(default)]
    pub counts_for_sure: Option<i32>,
    /// Whether less of it is better: pain, or a thigh that hangs lower.
    #[serde(default)]
    pub less_is_better: bool,
    /// The highest number there is, where that is less than its unit allows: ten good ones of ten.
    #[serde(default)]
    pub most: Option<i16>,
    /// The yes-or-no measure without which this one cannot be compared; empty where it stands alone.
    #[serde(default)]
    pub needs: String,
}

impl Measure {
    /// The lowest and the highest number that can be meant; `None` where no number is written.
    #[must_use]
    pub fn range(&self) -> Option<(i16, i16)> {
        self.unit.range().map(|(low, high)| (low, self.most.unwrap_or(high)))
    }

    /// A number of it in words: "−4°", "3 of 10", "32 seconds", "yes".
    #[must_use]
    pub fn words(&self, value: i32) -> String {
        let many = |one: &str, many: &str| format!("{value} {}", if value == 1 { one } else { many });
        match self.unit {
            Unit::Degrees if value < 0 => format!("−{}°", value.abs()),
            Unit::Degrees => format!("{value}°"),
            Unit::ZeroToTen => format!("{value} of 10"),
            Unit::Seconds => many("second", "seconds"),
            Unit::Minutes => many("minute", "minutes"),
            Unit::Times => self.most.map_or_else(|| many("time", "times"), |most| format!("{value} of {most}")),
            Unit::Score => format!("{value} of 100"),
            Unit::YesNo => if value == 0 { "no" } else { "yes" }.to_owned(),
            Unit::Words => value.to_string(),
        }
    }

    /// "A change counts from 5°."; nothing where no sheet says.
    #[must_use]
    pub fn error_in_words(&self) -> Option<String> {
        let unit = match self.unit {
            Unit::Degrees => "°",
            Unit::ZeroToTen | Unit::Score => " points",
            _ => "",
        };
        match (self.counts_from?, self.counts_for_sure) {
            (from, Some(sure)) => Some(format!("A change below {from}{unit} may be chance; from {sure}{unit} on it counts.")),
            (from, None) => Some(format!("A change counts from {from}{unit}; less may be chance.")),
        }
    }
}

/// What a number may be held against. It orients; nobody passes or fails.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yardstick {
    /// The sentence.
    pub words: String,
    /// The key of the reference it comes from, or "proposal" where it is ours.
    pub from: String,
}

impl Yardstick {
    /// Whether it is the clinic's own proposal and no source has it.
    #[must_use]
    pub fn is_proposal(&self) -> bool {
        self.from == PROPOSAL
    }
}

/// How a test may turn out, with its drawing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What one sees and what it suggests.
    pub words: String,
    /// The position that shows it.
    pub pose: Pose,
    /// How it is drawn.
    #[serde(skip)]
    pub picture: Option<Picture>,
}

/// What a drawing of a test shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// Nothing to draw: a questionnaire.
    None,
    /// The movement of an exercise, by its slug.
    Of(String),
    /// A movement of its own.
    Own {
        /// The position it starts in.
        start: Pose,
        /// The position it ends in.
        end: Pose,
    },
}

/// One test.
#[derive(Debug, Clone)]
pub struct Test {
    /// Its number, which gives the order of lists.
    pub number: u16,
    /// Its name in addresses and links; the name of its file.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// One sentence: what you do and what it shows.
    pub summary: String,
    /// How to do it, step by step. Never empty.
    pub steps: Vec<String>,
    /// What to write down. Never empty.
    pub measures: Vec<Measure>,
    /// What the numbers may be held against.
    pub yardsticks: Vec<Yardstick>,
    /// With what to be careful, and when to leave it out.
    pub precautions: String,
    /// Muscles and places it looks at.
    pub regions: Vec<Region>,
    /// What one needs.
    pub equipment: Vec<Need>,
    /// How the body lies, sits or stands.
    pub position: String,
    /// Whether each side is measured.
    pub side: Side,
    /// Whether patients may do it and enter it alone.
    pub patient: bool,
    /// Whether it strikes the bone: never before a clinician has ruled out a stress injury and said so.
    pub impact: bool,
    /// Conditions with which it needs a second thought.
    pub flags: Vec<Flag>,
    /// What its drawing shows.
    pub movement: Movement,
    /// How it is drawn, when its movement is its own.
    pub drawings: Option<Arc<Drawings>>,
    /// How it may turn out, where a drawing tells.
    pub outcomes: Vec<Outcome>,
    /// What has been written about it.
    pub references: Vec<Reference>,
}

impl Test {
    /// The first and the last position of its movement; `exercise` finds one by its slug.
    pub fn poses<'a>(&'a self, exercise: impl FnOnce(&str) -> Option<&'a Exercise>) -> Option<(&'a Pose, &'a Pose)> {
        match &self.movement {
            Movement::None => None,
            Movement::Of(slug) => exercise(slug).and_then(|exercise| exercise.start.as_ref().zip(exercise.end.as_ref())),
            Movement::Own { start, end } => Some((start, end)),
        }
    }

    /// The drawing with this half of the body at work; `exercise` finds one by its slug.
    pub fn drawing<'a>(&'a self, half: Half, exercise: impl FnOnce(&str) -> Option<&'a Exercise>) -> Option<&'a Drawing> {
        match &self.movement {
            Movement::None => None,
            Movement::Of(slug) => exercise(slug).and_then(|exercise| exercise.drawing(half)),
            Movement::Own { .. } => self.drawings.as_ref().map(|drawings| drawings.with(half).as_ref()),
        }
    }

    /// The address of its public page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/exercises/{}", self.slug)
    }

    /// What one needs, in words; empty when nothing.
    #[must_use]
    pub fn needs(&self) -> String {
        Need::all(&self.equipment)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    name: String,
    slug: String,
    number: u16,
    summary: String,
    regions: Vec<Region>,
    equipment: Vec<Need>,
    position: String,
    sides: Side,
    patient: bool,
    #[serde(default)]
    impact: bool,
    precautions: String,
    flags: Vec<Flag>,
    #[serde(default)]
    poses: String,
    start: Option<Pose>,
    end: Option<Pose>,
    measures: Vec<Measure>,
    yardsticks: Vec<Yardstick>,
    #[serde(default)]
    outcomes: Vec<Outcome>,
    #[serde(default)]
    references: Vec<Reference>,
}

/// Reads the tests that belong to the program, in order of their number; `is_exercise` says whether there is an exercise of this name.
pub(super) fn load(is_exercise: impl Fn(&str) -> bool) -> Result<Vec<Test>, Vec<String>> {
    let (mut tests, mut flaws) = (Vec::new(), Vec::new());
    for name in Files::iter().filter(|name| name.ends_with(".md")) {
        let Some(file) = Files::get(&name) else { continue };
        match read(name.trim_end_matches(".md"), &String::from_utf8_lossy(&file.data), &is_exercise) {
            Ok(test) => tests.push(test),
            Err(flaw) => flaws.push(flaw.in_file(&format!("{FOLDER}/{name}"))),
        }
    }
    tests.sort_by_key(|test: &Test| test.number);
    if let Some(pair) = tests.windows(2).find(|pair| pair[0].number == pair[1].number) {
        flaws.push(format!("{FOLDER}/{}.md: {} has number {}, too", pair[1].slug, pair[0].slug, pair[0].number));
    }
    flaws.sort();
    if flaws.is_empty() { Ok(tests) } else { Err(flaws) }
}

fn read(stem: &str, file: &str, is_exercise: &impl Fn(&str) -> bool) -> Result<Test, Flaw> {
    let document = Document::part(file)?;
    let front: Front = document.front()?;
    let steps = document.steps()?;
    check(&document, &front, stem)?;
    let movement = match (front.poses, front.start, front.end) {
        (slug, None, None) if slug.is_empty() => Movement::None,
        (slug, None, None) if is_exercise(&slug) => Movement::Of(slug),
        (slug, None, None) => return Err(Flaw::new(document.line_of("poses"), format!("poses names \"{slug}\", which is no exercise"))),
        (slug, Some(start), Some(end)) if slug.is_empty() => Movement::Own { start, end },
        _ => {
            return Err(Flaw::new(
                2,
                "give [start] and [end], or poses and the name of an exercise, or, for a questionnaire, none of them",
            ));
        }
    };
    let drawings = match &movement {
        Movement::Own { start, end } => {
            let subject =
                Subject { name: &front.slug, start, end, regions: &front.regions, side: front.sides, tempo: "", position: &front.position };
            let drawn = Drawings::of(&subject).map_err(|(key, reason)| Flaw::new(document.line_of(key), format!("[{key}]: {reason}")));
            Some(drawn?)
        }
        _ => None,
    };
    let mut outcomes = front.outcomes;
    for (index, outcome) in outcomes.iter_mut().enumerate() {
        let picture = Picture::of_positions(&format!("{}-{}", front.slug, index + 1), &[&outcome.pose], &front.regions);
        let picture = picture.map_err(|(_, reason)| Flaw::new(document.line_of_value("pose", &outcome.pose.pose), reason))?;
        outcome.picture = Some(picture);
    }
    Ok(Test {
        number: front.number,
        slug: front.slug,
        name: front.name,
        summary: front.summary,
        steps,
        measures: front.measures,
        yardsticks: front.yardsticks,
        precautions: front.precautions,
        regions: front.regions,
        equipment: front.equipment,
        position: front.position,
        side: front.sides,
        patient: front.patient,
        impact: front.impact,
        flags: front.flags,
        movement,
        drawings,
        outcomes,
        references: front.references,
    })
}

/// What the types cannot say.
fn check(document: &Document<'_>, front: &Front, stem: &str) -> Result<(), Flaw> {
    if front.slug != stem || !stem.starts_with("test-") {
        return Err(Flaw::new(document.line_of("slug"), "the slug is the name of the file and begins with test-"));
    }
    let texts = [("name", &front.name), ("summary", &front.summary), ("precautions", &front.precautions)];
    if let Some((key, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(Flaw::new(document.line_of(key), format!("{key} is empty; write it in words")));
    }
    if front.measures.is_empty() {
        return Err(Flaw::new(document.line_of("measures"), "name at least one thing to write down in measures"));
    }
    for (index, measure) in front.measures.iter().enumerate() {
        let plain = !measure.key.is_empty() && measure.key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        if !plain || front.measures[..index].iter().any(|other| other.key == measure.key) {
            let reason = format!("the key \"{}\" of a measure has small letters and hyphens, and stands there once", measure.key);
            return Err(Flaw::new(document.line_of_value("key", &measure.key), reason));
        }
    }
    let controls = |key: &str| front.measures.iter().any(|other| other.key == key && other.unit == Unit::YesNo);
    if let Some(measure) = front.measures.iter().find(|measure| !measure.needs.is_empty() && !controls(&measure.needs)) {
        let reason = format!("needs names \"{}\"; name the key of a measure that is yes or no", measure.needs);
        return Err(Flaw::new(document.line_of_value("needs", &measure.needs), reason));
    }
    for yardstick in front.yardsticks.iter().filter(|yardstick| !yardstick.is_proposal()) {
        if !front.references.iter().any(|reference| reference.key == yardstick.from) {
            let reason = format!("from names \"{}\"; name the key of a reference below, or \"{PROPOSAL}\"", yardstick.from);
            return Err(Flaw::new(document.line_of_value("from", &yardstick.from), reason));
        }
    }
    match front.references.iter().find_map(|reference| Some((reference, reference.flaw()?))) {
        Some((reference, reason)) => Err(Flaw::new(document.line_of_value("key", &reference.key), reason)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Library;
    use super::*;

    const FILE: &str = "+++
name = \"Bridge hold\"
slug = \"test-bridge\"
number = 1
summary = \"Hold the bridge.\"
regions = [\"gluteus maximus\"]
equipment = [\"mat\"]
position = \"lying on your back\"
sides = \"each\"
patient = true
precautions = \"Stop when it hurts.\"
flags = []
poses = \"bridge\"

[[measures]]
key = \"hold\"
name = \"Hold\"
unit = \"seconds\"

[[yardsticks]]
words = \"Both sides alike.\"
from = \"proposal\"
+++

1. Lie down.
2. Lift.
";

    fn parse(file: &str) -> Result<Test, Flaw> {
        read("test-bridge", file, &|slug: &str| slug == "bridge")
    }

    #[test]
    fn every_test_of_the_library_reads() {
        let library = Library::load().unwrap_or_else(|flaws| panic!("{}", flaws.join("\n")));
        let tests = library.tests();
        assert_eq!(tests.len(), 14, "thirteen lines of the list; one of them holds both planks");
        assert!(tests.is_sorted_by_key(|test| test.number));
        let drawn = tests.iter().filter(|test| test.poses(|slug| library.get(slug)).is_some()).count();
        assert_eq!(drawn, 13, "all but the questionnaire");
        let thomas = library.test("test-thomas").unwrap();
        assert_eq!((thomas.side, thomas.outcomes.len(), thomas.measures.len()), (Side::Each, 3, 6));
        assert!(thomas.yardsticks.iter().any(Yardstick::is_proposal) && thomas.yardsticks.iter().any(|stick| !stick.is_proposal()));
    }

    #[test]
    fn patients_never_hop_unasked_and_an_angle_needs_its_control() {
        let library = Library::load().unwrap();
        let impact: Vec<&str> = library.tests().iter().filter(|test| test.impact).map(|test| test.slug.as_str()).collect();
        assert_eq!(impact, ["test-hop"]);
        let thomas = library.test("test-thomas").unwrap();
        let angle = &thomas.measures[0];
        assert_eq!((angle.counts_from, angle.needs.as_str(), angle.words(-4)), (Some(5), "back-flat", "−4°".to_owned()));
        assert_eq!(angle.error_in_words().unwrap(), "A change counts from 5°; less may be chance.");
        let hagos = library.test("test-hagos").unwrap();
        assert!(!hagos.patient && hagos.measures.iter().all(|score| score.counts_for_sure == Some(34)));
        assert_eq!(library.test("test-step-down").unwrap().measures[0].range(), Some((0, 10)));
    }

    #[test]
    fn a_good_file_reads() {
        let test = parse(FILE).unwrap();
        assert_eq!((test.movement, test.measures[0].unit.range()), (Movement::Of("bridge".to_owned()), Some((0, 600))));
        let own = FILE
            .replace("poses = \"bridge\"\n", "")
            .replace("+++\n\n1.", "[start]\npose = \"side | trunk +0 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"\ncontact = []\n[end]\npose = \"side | trunk +0 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"\ncontact = []\n+++\n\n1.");
        assert!(matches!(parse(&own).unwrap().movement, Movement::Own { .. }));
        assert_eq!(parse(&FILE.replace("poses = \"bridge\"\n", "")).unwrap().movement, Movement::None);
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_line() {
        let cases = [
            ("slug = \"test-bridge\"", "slug = \"bridge\"", 3, "begins with test-"),
            ("summary = \"Hold the bridge.\"", "summary = \"\"", 5, "summary is empty"),
            ("\"gluteus maximus\"", "\"gluteus maximis\"", 6, "did you mean \"gluteus maximus\"?"),
            ("poses = \"bridge\"", "poses = \"brigde\"", 13, "no exercise"),
            ("key = \"hold\"", "key = \"Hold it\"", 16, "small letters"),
            ("unit = \"seconds\"", "unit = \"hours\"", 18, "hours"),
            ("from = \"proposal\"", "from = \"hu-2011\"", 22, "key of a reference"),
            ("1. Lie down.", "Lie down.", 25, "numbered list"),
        ];
        for (good, bad, line, words) in cases {
            assert!(FILE.contains(good), "{good}");
            let flaw = parse(&FILE.replacen(good, bad, 1)).map(|_| ()).unwrap_err();
            assert!(flaw.line == line && flaw.reason.contains(words), "{bad}: {flaw}");
        }
        let half = FILE.replace(
            "+++\n\n1.",
            "[start]\npose = \"side | trunk +0 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"\ncontact = []\n+++\n\n1.",
        );
        assert!(parse(&half).map(|_| ()).unwrap_err().reason.contains("give [start] and [end]"));
    }
}
