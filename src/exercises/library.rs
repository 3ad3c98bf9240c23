//! All exercises, read from their files.

use std::collections::HashMap;
use std::sync::Arc;

use rust_embed::RustEmbed;

use super::file::{self, Whose};
use super::plate::Plate;
use super::store::Kept;
use super::words::{Query, Words};
use super::{Area, Equipment, Exercise, Half, Picture, Purpose, Stage, Test, plate, test};
use crate::folder::Folder;
use crate::markdown::{Document, Flaw};

#[derive(RustEmbed)]
#[folder = "articles/exercises/"]
struct Files;

/// Where the files lie in the library.
const UNDER: &str = "exercises/";

/// What the number of an own exercise begins at, so that the house comes first.
const OWN_NUMBERS: u32 = 100_000;

/// All exercises: those of the house in order of their number, then the clinic's own in the order they were made, then the own ones
/// that were put away.
pub struct Library {
    exercises: Vec<Exercise>,
    /// How many are of the house.
    house: usize,
    /// How many are of the house, or own and in use.
    in_use: usize,
    places: HashMap<String, usize>,
    /// The words each exercise is found by, in the same order.
    words: Vec<Words>,
    tests: Arc<Vec<Test>>,
    plates: Arc<Vec<Plate>>,
    /// Own exercises that cannot be read, and why.
    unread: Vec<String>,
}

/// What an exercise must be to be found; what is `None` does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Belongs to this stage.
    pub stage: Option<Stage>,
    /// Is good for this.
    pub purpose: Option<Purpose>,
    /// Works on this part of the body.
    pub area: Option<Area>,
    /// Uses this thing.
    pub equipment: Option<Equipment>,
}

impl Filter {
    /// Whether this exercise is as wanted.
    #[must_use]
    pub fn lets(self, exercise: &Exercise) -> bool {
        self.stage.is_none_or(|stage| exercise.stage == Some(stage))
            && self.purpose.is_none_or(|purpose| exercise.purposes.contains(&purpose))
            && self.area.is_none_or(|area| exercise.works_on(area))
            && self.equipment.is_none_or(|thing| exercise.uses(thing))
    }
}

impl Library {
    /// Reads the files that belong to the program.
    ///
    /// # Errors
    /// Every flaw of every file, as "articles/exercises/x.md:12: reason".
    pub fn load() -> Result<Self, Vec<String>> {
        Self::with(&Folder::default())
    }

    /// Reads the files that belong to the program, and those of the clinic beside them or in their place.
    ///
    /// # Errors
    /// Every flaw of every file, with its file and line.
    pub fn with(own: &Folder) -> Result<Self, Vec<String>> {
        let files = Files::iter().filter(|name| name.ends_with(".md")).filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        });
        let mut library = Self::gather(own.beside(files, UNDER), own)?;
        library.tests = Arc::new(test::load(|slug| library.get(slug).is_some())?);
        library.plates = Arc::new(plate::load()?);
        Ok(library)
    }

    /// Whether the program brings a file of this name.
    #[must_use]
    pub fn brings(name: &str) -> bool {
        Files::get(name).is_some()
    }

    /// Reads files given as name and text.
    ///
    /// # Errors
    /// As [`Library::load`].
    pub fn read(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, Vec<String>> {
        Self::gather(files, &Folder::default())
    }

    fn gather(files: impl IntoIterator<Item = (String, String)>, own: &Folder) -> Result<Self, Vec<String>> {
        let mut flaws = Vec::new();
        let mut exercises = Vec::new();
        let mut texts = HashMap::new();
        for (name, text) in files {
            let path = own.place(&format!("{UNDER}{name}"));
            match file::read(name.trim_end_matches(".md"), &text, Whose::House) {
                Ok(exercise) => {
                    texts.insert(exercise.slug.clone(), (path, text));
                    exercises.push(exercise);
                }
                Err(flaw) => flaws.push(flaw.in_file(&path)),
            }
        }
        exercises.sort_by(|a, b| (a.number, &a.slug).cmp(&(b.number, &b.slug)));
        // A file that could not be read must not make every link to it look broken, too.
        if flaws.is_empty() {
            flaws.extend(exercises.iter().flat_map(|exercise| {
                texts.get(&exercise.slug).map(|(path, text)| link_flaws(exercise, &exercises, text, path)).unwrap_or_default()
            }));
        }
        flaws.sort();
        if flaws.is_empty() { Ok(Self::of(exercises)) } else { Err(flaws) }
    }

    fn of(exercises: Vec<Exercise>) -> Self {
        let places = exercises.iter().enumerate().map(|(place, exercise)| (exercise.slug.clone(), place)).collect();
        let words = exercises.iter().map(Words::of).collect();
        let count = exercises.len();
        Self { exercises, house: count, in_use: count, places, words, tests: Arc::default(), plates: Arc::default(), unread: Vec::new() }
    }

    /// This house with the clinic's own exercises. What has not been written since `before` is taken from there. An own exercise whose
    /// slug the house has taken since keeps it: plans that name it go on meaning it.
    pub(super) fn with_own(&self, kept: &[Kept], before: &Self) -> Self {
        let mut unread = Vec::new();
        let mut own: Vec<(Exercise, Words)> = Vec::with_capacity(kept.len());
        for kept in kept {
            match before.known(kept).map_or_else(|| own_exercise(kept), Ok) {
                Ok((exercise, words)) => own.push((Exercise { own: Some(kept.own.clone()), ..exercise }, words)),
                Err(flaw) => unread.push(flaw.in_file(&kept.slug)),
            }
        }
        own.sort_by_key(|(exercise, _)| (exercise.is_archived(), exercise.number));
        let in_use = self.house + own.iter().filter(|(exercise, _)| !exercise.is_archived()).count();
        let of_house = self.all().iter().cloned().zip(self.words.iter().cloned());
        let (exercises, words): (Vec<Exercise>, Vec<Words>) = of_house.chain(own).unzip();
        let places = exercises.iter().enumerate().map(|(place, exercise)| (exercise.slug.clone(), place)).collect();
        Self {
            exercises,
            house: self.house,
            in_use,
            places,
            words,
            tests: Arc::clone(&self.tests),
            plates: Arc::clone(&self.plates),
            unread,
        }
    }

    /// The very revision, when it has been read already.
    fn known(&self, kept: &Kept) -> Option<(Exercise, Words)> {
        let place = *self.places.get(&kept.slug)?;
        let exercise = self.exercises.get(place)?;
        let same = exercise.own.as_ref().is_some_and(|own| (own.id, own.revision) == (kept.own.id, kept.own.revision));
        same.then(|| exercise.clone()).zip(self.words.get(place).cloned())
    }

    /// The name of the exercise with this slug; the slug itself where the library no longer has it.
    #[must_use]
    pub fn name_of(&self, slug: &str) -> String {
        self.get(slug).map_or(slug, |exercise| &exercise.name).to_owned()
    }

    /// The exercise with this slug.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&Exercise> {
        self.places.get(slug).and_then(|place| self.exercises.get(*place))
    }

    /// All exercises of the house, in order of their number: what the public sees.
    #[must_use]
    pub fn all(&self) -> &[Exercise] {
        self.exercises.get(..self.house).unwrap_or_default()
    }

    /// The picture with this file name, of an exercise or of a test.
    #[must_use]
    pub fn picture(&self, file_name: &str) -> Option<&Picture> {
        // "hip-bridge-left-card.3fa2b1c4d5e6.svg" belongs to hip-bridge: few exercises begin a name like this.
        let of_exercises = self.exercises.iter().filter(|exercise| file_name.starts_with(&exercise.slug));
        let drawings = of_exercises.filter_map(|exercise| exercise.drawings.as_ref());
        let of_tests = self.tests.iter().filter(|test| file_name.starts_with(&test.slug));
        let more = of_tests.flat_map(|test| {
            let outcomes = test.outcomes.iter().filter_map(|outcome| outcome.picture.as_ref());
            test.drawings.iter().flat_map(|drawings| drawings.pictures()).chain(outcomes)
        });
        drawings
            .flat_map(|drawings| drawings.pictures())
            .chain(more)
            .chain(self.plates.iter().map(|plate| &plate.picture))
            .find(|picture| picture.file_name() == file_name)
    }

    /// The picture of positions with this name: a file of `articles/plates`, a test from start to end, or how it may turn out (the
    /// name of the test and a number, "test-thomas-2").
    #[must_use]
    pub fn plate(&self, name: &str) -> Option<&Picture> {
        let plate = self.plates.iter().find(|plate| plate.name == name).map(|plate| &plate.picture);
        plate.or_else(|| self.test(name)?.drawing(Half::Right, |slug| self.get(slug)).map(|drawing| &drawing.still)).or_else(|| {
            let (slug, number) = name.rsplit_once('-')?;
            self.test(slug)?.outcomes.get(number.parse::<usize>().ok()?.checked_sub(1)?)?.picture.as_ref()
        })
    }

    /// All tests, in order of their number.
    #[must_use]
    pub fn tests(&self) -> &[Test] {
        &self.tests
    }

    /// The test with this slug.
    #[must_use]
    pub fn test(&self, slug: &str) -> Option<&Test> {
        self.tests.iter().find(|test| test.slug == slug)
    }

    /// All exercises staff can give: those of the house, then the clinic's own.
    #[must_use]
    pub fn in_use(&self) -> &[Exercise] {
        self.exercises.get(..self.in_use).unwrap_or_default()
    }

    /// The own exercises that were put away.
    #[must_use]
    pub fn archived(&self) -> &[Exercise] {
        self.exercises.get(self.in_use..).unwrap_or_default()
    }

    /// Own exercises that cannot be read, each with its slug and the reason; none unless their rules have changed under them.
    #[must_use]
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// All exercises in use with the words they are found by, in order of their number.
    pub fn with_words(&self) -> impl Iterator<Item = (&Exercise, &Words)> {
        self.in_use().iter().zip(&self.words)
    }

    /// The own exercises that were put away, with the words they are found by.
    pub fn archived_with_words(&self) -> impl Iterator<Item = (&Exercise, &Words)> {
        self.archived().iter().zip(self.words.iter().skip(self.in_use))
    }

    /// The exercises in use that fit `query` (see [`super::Fit`]), and which the filter lets through. Best first.
    #[must_use]
    pub fn search(&self, query: &str, filter: Filter) -> Vec<&Exercise> {
        let query = Query::read(query);
        let mut found: Vec<_> = self
            .with_words()
            .filter(|(exercise, _)| filter.lets(exercise))
            .filter_map(|(exercise, words)| Some((words.fit(&query)?, exercise)))
            .collect();
        found.sort_by_key(|(fit, exercise)| (*fit, exercise.number));
        found.into_iter().map(|(_, exercise)| exercise).collect()
    }
}

fn own_exercise(kept: &Kept) -> Result<(Exercise, Words), Flaw> {
    let exercise = file::read(&kept.slug, &kept.text, Whose::Own)?;
    let number = OWN_NUMBERS.saturating_add(u32::try_from(kept.own.id.0).unwrap_or(u32::MAX));
    let exercise = Exercise { number, ..exercise };
    let words = Words::of(&exercise);
    Ok((exercise, words))
}

/// Links to exercises that are not there, and numbers used twice.
fn link_flaws(exercise: &Exercise, all: &[Exercise], text: &str, path: &str) -> Vec<String> {
    let Ok(document) = Document::part(text) else { return Vec::new() };
    let mut flaws = Vec::new();
    for (key, slugs) in [("easier", &exercise.easier), ("harder", &exercise.harder)] {
        for slug in slugs {
            if slug == &exercise.slug || !all.iter().any(|other| other.slug == *slug) {
                let reason = format!("{key} names \"{slug}\"; name another exercise by the name of its file");
                flaws.push(Flaw::new(document.line_of(key), reason).in_file(path));
            }
        }
    }
    if let Some(other) = all.iter().find(|other| other.number == exercise.number && other.slug < exercise.slug) {
        let reason = format!("{} has number {}, too; give each exercise a number of its own", other.slug, other.number);
        flaws.push(Flaw::new(document.line_of("number"), reason).in_file(path));
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::dose::{Side, Span};

    const FILE: &str = "+++
name = \"Bridge\"
slug = \"bridge\"
number = 1
summary = \"Lift your hips.\"
regions = [\"gluteals\"]
purposes = [\"strength\"]
stage = \"early\"
gate = \"A\"
stage_rule = \"Any stage.\"
view = \"side\"
equipment = [\"mat\"]
position = \"lying\"
sides = \"each\"
cues = []
mistakes = []
easier = []
harder = []
precautions = \"Stop when it hurts.\"
flags = [\"pregnancy\"]
load = \"body\"
impact = \"none\"
basis = \"Usual practice.\"

[start]
pose = \"side | trunk +90 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"
contact = [\"near foot\"]

[end]
pose = \"side | trunk +70 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"
contact = [\"near foot\"]

[dose]
sets = 2
work = { kind = \"reps\", amount = [8, 10] }
rest = 60
frequency = { times = 3, per = \"week\" }

[[references]]
key = \"hu-2011\"
title = \"Is it?\"
+++

1. Lie down.
2. Lift.
";

    fn read(text: &str) -> Result<Library, Vec<String>> {
        Library::read([("bridge.md".to_owned(), text.to_owned())])
    }

    #[test]
    fn every_file_of_the_library_reads() {
        let library = Library::load().unwrap_or_else(|flaws| panic!("{}", flaws.join("\n")));
        assert_eq!(library.all().len(), 67);
        assert!(library.all().is_sorted_by_key(|exercise| exercise.number));
        let stretch = library.get("half-kneeling-hip-flexor-stretch").unwrap();
        assert_eq!((stretch.side, stretch.recommended.as_ref().unwrap().sets), (Side::Each, Span { low: 2, high: 4 }));
        assert_eq!(stretch.dose_sentence(), "hold for 30 seconds, rest 15–30 seconds; 2–4 rounds on each side");
        assert_eq!(stretch.steps.len(), 4);
    }

    #[test]
    fn every_dose_reads_as_a_sentence() {
        for exercise in Library::load().unwrap().all() {
            for side in Side::ALL {
                let dose = exercise.recommended.as_ref().unwrap();
                for sentence in [dose.sentence(*side), dose.to_begin(*side).sentence()] {
                    let wrong =
                        ["  ", " 1 rounds", " 1 seconds", " 1 times", " 1 metres", " 0 seconds", " ,", " ;", ";;", "on each side on"];
                    assert!(!wrong.iter().any(|wrong| format!(" {sentence}").contains(wrong)), "{}: {sentence}", exercise.slug);
                    assert!(!sentence.ends_with([' ', ';', ',']), "{}: {sentence}", exercise.slug);
                }
            }
        }
    }

    #[test]
    fn a_good_file_reads() {
        let library = read(FILE).unwrap();
        assert_eq!(library.get("bridge").unwrap().steps, ["Lie down.", "Lift."]);
        assert!(library.get("march").is_none());
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_line() {
        let cases = [
            ("+++\nname", "++\nname", 1, "+++"),
            ("number = 1", "number = \"one\"", 4, "invalid type"),
            ("slug = \"bridge\"", "slug = \"brigde\"", 3, "the name of the file"),
            ("summary = \"Lift your hips.\"", "summary = \"\"", 5, "summary is empty"),
            ("[\"gluteals\"]", "[\"gluteal\"]", 6, "did you mean \"gluteals\"?"),
            ("[\"strength\"]", "[\"power\"]", 7, "power"),
            ("[\"strength\"]", "[]", 7, "at least one purpose"),
            ("stage = \"early\"", "stage = \"soon\"", 8, "soon"),
            ("gate = \"A\"", "gate = \"E\"", 9, "unknown variant"),
            ("[\"mat\"]", "[\"mat, thin\", \"mats\"]", 12, "did you mean \"mat\"?"),
            ("cues = []", "cues = []\ncolour = 1", 16, "colour"),
            ("easier = []", "easier = [\"march\"]", 17, "march"),
            ("harder = []", "harder = [\"bridge\"]", 18, "another exercise"),
            ("[\"pregnancy\"]", "[\"tired\"]", 20, "tired"),
            ("basis =", "for = [\"swimmers\"]\nbasis =", 23, "swimmers"),
            (
                "pose = \"side | trunk +70 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"",
                "pose = \" \"",
                29,
                "pose of [end]",
            ),
            ("sets = 2", "sets = [3, 2]", 34, "two in order"),
            ("sets = 2", "sets = 0", 33, "sets"),
            ("sets = 2", "sets = -2", 34, "whole number"),
            ("kind = \"reps\"", "kind = \"jumps\"", 35, "jumps"),
            ("hu-2011", "Hu 2011", 40, "small letters"),
            ("2. Lift.", "Then lift.\n\n## Next", 47, "numbered list"),
        ];
        for (good, bad, line, words) in cases {
            assert!(FILE.contains(good), "{good}");
            let flaws = read(&FILE.replacen(good, bad, 1)).map(|_| ()).unwrap_err();
            assert_eq!(flaws.len(), 1, "{flaws:?}");
            assert!(flaws[0].starts_with(&format!("articles/exercises/bridge.md:{line}: ")), "{bad}: {}", flaws[0]);
            assert!(flaws[0].contains(words), "{bad}: {}", flaws[0]);
        }
        let missing = read(&FILE.replace("stage = \"early\"\n", "")).map(|_| ()).unwrap_err();
        assert!(missing[0].contains("missing field `stage`"), "{missing:?}");
    }

    #[test]
    fn a_number_belongs_to_one_exercise() {
        let other = FILE.replace("slug = \"bridge\"", "slug = \"other\"");
        let flaws = Library::read([("bridge.md".to_owned(), FILE.to_owned()), ("other.md".to_owned(), other)]).map(|_| ()).unwrap_err();
        assert_eq!(flaws, ["articles/exercises/other.md:4: bridge has number 1, too; give each exercise a number of its own"]);
    }

    #[test]
    fn words_are_found_by_their_beginnings() {
        let library = Library::load().unwrap();
        let names = |query: &str| library.search(query, Filter::default()).iter().map(|exercise| exercise.slug.clone()).collect::<Vec<_>>();
        assert_eq!(names("hip bri").first().map(String::as_str), Some("hip-bridge"));
        assert!(names("ILIOPSOAS stretch").contains(&"half-kneeling-hip-flexor-stretch".to_owned()));
        assert!(names("xylophone").is_empty());
        assert_eq!(names("").len(), library.all().len());
        let late = library.search("", Filter { stage: Some(Stage::Late), purpose: Some(Purpose::Running), ..Filter::default() });
        assert!(!late.is_empty() && late.iter().all(|exercise| exercise.stage == Some(Stage::Late)));
        let rolled = library.search("", Filter { area: Some(Area::InnerThigh), equipment: Some(Equipment::Roller), ..Filter::default() });
        assert_eq!(rolled.iter().map(|exercise| exercise.slug.as_str()).collect::<Vec<_>>(), ["adductor-foam-roll"]);
        assert!(names("inner thigh squeeze").contains(&"adductor-squeeze".to_owned()));
    }
}
