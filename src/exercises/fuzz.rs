//! Whatever stands in a file of an exercise or of a collection: nothing panics, what is taken can be written and read again, and what is
//! refused is told in one line.
//!
//! Mutates real files and records for `FUZZ_SECONDS` (1 unless told) and says how many it tried. A failure prints its input and its
//! seed; `FUZZ_SEED` begins with that seed again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant};

use super::collection::{self, Format};
use super::file::{self, Whose};
use super::{Exercise, Library};

/// Pieces of the files, whole, half and wrong.
#[rustfmt::skip]
const OF_FILES: &[&str] = &[
    "\n", "+++\n", "+++", "[start]\n", "[end]\n", "[dose]\n", "[source]\n", "[[references]]\n", "key = \"a\"\n", "media = [1, -2]\n", "media = [",
    "number = 7\n", "number = 4294967296\n", "copied_from = \"hip-bridge\"\n", "sides = \"each\"\n", "stage = \"late\"\n", "gate = \"Z\"\n",
    "pose = \"side | trunk +90 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"\n", "pose = \"front | roll +90\"\n", "1e400",
    "-1", "99999", "[8, 10]", "[10, 8]", "[]", "{}", "{ kind = \"reps\", amount = 8 }", "\"", "'", "'''", "\"\"\"", "\\u0000", "\\", "\\n",
    "1. Stand.\n", "2) Sit.\n", "0. x\n", "999999999. x\n", "- x\n", "    x\n", "> x\n", "# x\n", "***\n", "```\n", "[x](y)", "![x](y)", "<b>", "&amp;",
    "&#0;", "*", "_", "`", "~~", "|", "licence = \"CC0\"\n", "name = \"wger\"\n", "url = \"javascript:x\"\n", "for = [\"runners\"]\n",
    "equipment = [\"mat, (\"]\n", "mat or wall, 15 cm (later)", "\r\n", "\u{feff}", "\u{0}", "\u{202e}", "\u{2028}", "\u{a0}", "\u{85}", "é", "🦵",
];

/// Pieces of the records, whole, half and wrong.
#[rustfmt::skip]
const OF_RECORDS: &[&str] = &[
    "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-1", "1e999", "18446744073709551616", "\"\"", "\"id\": 1,", "\"name\": \"x\",",
    "\"uuid\": \"\",", "\"license\": null,", "\"language\": 2,", "\"translations\": [],", "\"results\": ", "\"count\": 9,", "\"\\u0000\"", "\"\\ud800\"",
    "\\u202e", "\\n", "<p>", "</p>", "<li>", "<br>", "<script>", "</script", "<!--", "-->", "&lt;", "&#60;", "&#x110000;", "&nbsp;", "&", "<", ">",
    "1. ", "- ", "• ", "abdominals", "body only", "strength", "CC0", "\u{feff}", "\u{a0}", "\u{2028}", "🦵", " ", "\n", "{\"a\":{\"a\":{\"a\":1}}}",
    "[[[[[[[[[[[[[[[[", "0.0000000000001", "\"images\": [1, 2],", "https://example.org/a", "javascript:x",
];

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end.max(1)
    }

    /// A place in a text where it may be cut.
    fn place(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        whole_letters(text, at)
    }
}

/// The border of a letter at or before this place.
fn whole_letters(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutate(text: &mut String, other: &str, pieces: &[&str], random: &mut Random) {
    let at = random.place(text);
    let some = |random: &mut Random, text: &str, at: usize| whole_letters(text, text.len().min(at + random.below(80)));
    match random.below(9) {
        0..=2 => text.insert_str(at, pieces[random.below(pieces.len())]),
        3 => {
            let to = some(random, text, at);
            text.replace_range(at..to, "");
        }
        4 => {
            let to = some(random, text, at);
            text.replace_range(at..to, pieces[random.below(pieces.len())]);
        }
        5 => {
            let to = some(random, text, at);
            let again = text[at..to].to_owned();
            let place = random.place(text);
            text.insert_str(place, &again);
        }
        6 => {
            let from = random.place(other);
            let to = some(random, other, from);
            text.insert_str(at, &other[from..to]);
        }
        7 if random.below(4) == 0 => text.truncate(at),
        _ => {
            let wide = text[at..].chars().next().map_or(0, char::len_utf8);
            text.replace_range(at..at + wide, &char::from(u8::try_from(32 + random.below(95)).unwrap()).to_string());
        }
    }
}

/// Prints what was tried when a test ends badly.
struct Trying<'a> {
    text: &'a str,
    seed: u64,
}

impl Drop for Trying<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("FUZZ_SEED={}:\n{}\n(as written: {:?})", self.seed, self.text, self.text);
        }
    }
}

/// Tries mutations of these texts for as long as is asked; `attempt` says whether an input was taken.
fn run(texts: &[String], pieces: &[&str], attempt: impl Fn(&str) -> bool) {
    let asked = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let first = asked("FUZZ_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    let (begun, long) = (Instant::now(), Duration::from_secs(asked("FUZZ_SECONDS").unwrap_or(1)));
    let (mut tried, mut taken, mut seed) = (0_u64, 0_u64, first);
    while begun.elapsed() < long {
        let mut random = Random(seed | 1);
        let mut text = texts[random.below(texts.len())].clone();
        let other = &texts[random.below(texts.len())];
        for _ in 0..random.below(6) {
            mutate(&mut text, other, pieces, &mut random);
        }
        let _trying = Trying { text: &text, seed };
        tried += 1;
        taken += u64::from(attempt(&text));
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    }
    println!("{tried} inputs in {} s, {taken} of them taken, from seed {first} on", begun.elapsed().as_secs());
    assert!(tried > 20 && taken > 0, "only {tried} inputs tried, {taken} taken");
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/collections").join(name)).unwrap()
}

#[test]
fn fuzz_files_of_exercises() {
    let library = Library::load().unwrap();
    let mut texts: Vec<String> = library.all().iter().map(Exercise::to_file).collect();
    texts.extend(library.all().iter().map(|exercise| exercise.copied().to_file()));
    for (format, name) in [(Format::FreeExerciseDb, "free-exercise-db.json"), (Format::Wger, "wger.json")] {
        let read = collection::read(format, &[(name.to_owned(), fixture(name))]).unwrap();
        texts.extend(read.records.iter().map(|record| record.exercise.to_file()));
    }
    run(&texts, OF_FILES, |text| {
        let last = text.split('\n').count();
        let stem = text.lines().find_map(|line| line.strip_prefix("slug = \"")?.strip_suffix('"')).unwrap_or("x");
        let mut taken = false;
        for whose in [Whose::House, Whose::Own] {
            match file::read(stem, text, whose) {
                Ok(exercise) => {
                    taken = true;
                    let written = exercise.to_file();
                    assert_eq!(file::read(stem, &written, whose).as_ref(), Ok(&exercise), "{written}");
                }
                Err(flaw) => {
                    assert!((1..=last).contains(&flaw.line), "{flaw} lies outside the {last} lines of the file");
                    assert!(!flaw.reason.trim().is_empty() && !flaw.reason.contains('\n'), "{flaw:?}");
                }
            }
        }
        taken
    });
}

fn collections(format: Format, name: &str) {
    run(&[fixture(name)], OF_RECORDS, |text| match collection::read(format, &[(name.to_owned(), text.to_owned())]) {
        Ok(collection) => {
            assert!(!collection.remarks.to_string().contains('\u{0}'));
            for record in &collection.records {
                let exercise = &record.exercise;
                assert!(exercise.steps.iter().all(|step| !step.is_empty() && !step.chars().any(char::is_control)), "{exercise:?}");
                assert_eq!(file::read(&exercise.slug, &exercise.to_file(), Whose::Own).as_ref(), Ok(exercise));
            }
            true
        }
        Err(reason) => {
            assert!(reason.starts_with(name) && !reason.contains('\n') && reason.len() < 1000, "{reason}");
            false
        }
    });
}

#[test]
fn fuzz_free_exercise_db() {
    collections(Format::FreeExerciseDb, "free-exercise-db.json");
}

#[test]
fn fuzz_wger() {
    collections(Format::Wger, "wger.json");
}
