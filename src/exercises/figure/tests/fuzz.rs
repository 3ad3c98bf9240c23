//! Whatever stands in a description: nothing panics, what is read can be drawn, and what cannot be read is said.
//!
//! Mutates the descriptions of the library and makes up others from pieces of the notation, for `FUZZ_SECONDS` (2 unless told), and says
//! how many it tried. A failure prints its input.

use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant};

use super::super::*;
use crate::exercises::Library;

/// Pieces of the notation, whole, half and wrong.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "side", "front", "top", " | ", "|", "trunk ", "trunk +90", "lean ", "roll +90", "neck -8", "pelvis 4", "near leg ", "far leg 0/0/0",
    "right leg 5/0", "left arm ", "near arm 0/0", "foreshorten ", "foreshorten near leg 0.05", "right thigh 0.7, ", "trunk 0.35", "0/0/0",
    "-90", "+200", "1e308", "NaN", "inf", "-0", "", " ", "/", "//", "/0", ",", ".5", "near foot", "both knees", "moved ", "feet", "back", "head",
    "whole front", "near thigh 0.8", "near thigh 2", "far shin 1", "roller under ", "bench 0.25 under ", "bed 0.6 under back and head", " and ",
    "band from near hand to right edge 0.6", "loop from ", " to ", "ball 0.05 between ", "weight in hands", "wall ahead", "rail at near hand",
    "bar over hands", "slope 6", "slope 15", "slider under near heel", "step 0.12 under near foot", "é", "🦵", "\u{0}", "\u{202e}", "°",
];

struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap()
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end.max(1)
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Another angle in the place of one.
fn turn(text: &mut String, random: &mut Random) {
    let numbers: Vec<(usize, &str)> = text.match_indices(|c: char| c.is_ascii_digit()).collect();
    if numbers.is_empty() {
        return;
    }
    let (at, _) = numbers[random.below(numbers.len())];
    let end = text[at..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(text.len(), |length| at + length);
    text.replace_range(at..end, &random.below(200).to_string());
}

fn mutate(text: &mut String, random: &mut Random) {
    let at = random.place(text);
    if random.below(4) > 0 {
        return turn(text, random);
    }
    match random.below(5) {
        0 => text.insert_str(at, PIECES[random.below(PIECES.len())]),
        1 => text.truncate(at),
        2 => {
            let number = i64::try_from(random.below(500)).unwrap() - 250;
            text.insert_str(at, &number.to_string());
        }
        3 => {
            let end = random.place(text);
            text.replace_range(at.min(end)..at.max(end), "");
        }
        _ => {
            let parts: Vec<&str> = text.split('|').collect();
            let one = parts[random.below(parts.len())].to_owned();
            text.push('|');
            text.push_str(&one);
        }
    }
}

/// One position as text: pose, contacts, props.
type Written = (String, Vec<String>, Vec<String>);

fn written() -> Vec<(Written, Written)> {
    let library = Library::load().unwrap();
    let poses = library.all().iter().filter_map(|exercise| exercise.start.clone().zip(exercise.end.clone()));
    poses.map(|(start, end)| ((start.pose, start.contact, start.props), (end.pose, end.contact, end.props))).collect()
}

fn described(written: &Written) -> Described<'_> {
    Described { pose: &written.0, contact: &written.1, props: &written.2 }
}

fn change(written: &mut Written, random: &mut Random) {
    match random.below(4) {
        0 | 1 => mutate(&mut written.0, random),
        2 => {
            if random.below(3) == 0 {
                written.1.push(PIECES[random.below(PIECES.len())].to_owned());
            } else if let Some(contact) = written.1.first_mut() {
                mutate(contact, random);
            }
        }
        _ => {
            let prop = format!("{}{}", PIECES[random.below(PIECES.len())], PIECES[random.below(PIECES.len())]);
            written.2.push(prop);
        }
    }
}

fn seconds() -> u64 {
    std::env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(2)
}

#[test]
fn no_description_breaks_the_engine() {
    let known = written();
    let seed = std::collections::hash_map::RandomState::new().build_hasher().finish() | 1;
    let mut random = Random(seed);
    let until = Instant::now() + Duration::from_secs(seconds());
    let (mut tried, mut drawn) = (0_u64, 0_u64);
    while Instant::now() < until {
        let (mut start, mut end) = known[random.below(known.len())].clone();
        for _ in 0..=random.below(4) {
            change(if random.below(2) == 0 { &mut start } else { &mut end }, &mut random);
        }
        let outcome = std::panic::catch_unwind(|| {
            let figure = Figure::read(described(&start), described(&end), &[Area::FrontHip, Area::Belly], true, Tempo::default())?;
            let pictures = [figure.card(true), figure.still(false), figure.moving(false)];
            for svg in &pictures {
                assert!(svg.text.len() < 40_000, "{} bytes", svg.text.len());
                assert!(!["NaN", "inf)", "inf,", "inf ", "<script", "]]>"].iter().any(|wrong| svg.text.contains(wrong)), "{}", svg.text);
            }
            let words = figure.words("lying", true);
            assert!(words.len() < 1000);
            Ok::<_, (bool, String)>(figure.flaws().len())
        });
        tried += 1;
        match outcome {
            Ok(Ok(_)) => drawn += 1,
            Ok(Err((_, reason))) => assert!(!reason.is_empty() && reason.len() < 600, "{reason}"),
            Err(panicked) => panic!("{panicked:?}; start: {start:?}\nend: {end:?}"),
        }
    }
    println!("{tried} descriptions, {drawn} of them drawn");
    assert!(drawn > 0 && drawn < tried);
}
