//! The dose of every exercise of the library, read aloud: English, with its numbers and their words in agreement.

use hip_clinic::exercises::Library;
use hip_clinic::exercises::dose::{Dose, Recommended, Side};

/// What a number is counted in, one and several.
const UNITS: [(&str, &str); 6] =
    [("second", "seconds"), ("minute", "minutes"), ("round", "rounds"), ("metre", "metres"), ("breath", "breaths"), ("time", "times")];

/// What would make a listener stop; nothing when it reads well.
fn stumbles(sentence: &str) -> Option<String> {
    let wrong = |what: &str| Some(format!("{what}: \"{sentence}\""));
    if sentence.is_empty() || sentence.trim() != sentence || sentence.contains("  ") {
        return wrong("spaces");
    }
    if [" ,", " ;", ",,", ",;", ";,", "..", "None", "{", "}"].iter().any(|sign| sentence.contains(sign)) {
        return wrong("signs");
    }
    let words: Vec<&str> = sentence.split_whitespace().map(|word| word.trim_matches([',', ';', '.'])).collect();
    if words.windows(2).any(|pair| pair[0] == pair[1]) {
        return wrong("a word twice");
    }
    for (place, word) in words.iter().enumerate().filter(|(_, word)| word.starts_with(|letter: char| letter.is_ascii_digit())) {
        let after = words.iter().skip(place + 1).find(|word| **word != "slow").copied().unwrap_or_default();
        match UNITS.iter().find(|(one, several)| after == *one || after == *several) {
            None => return wrong("a number of nothing"),
            Some((_, several)) if *word == "1" && after == *several => return wrong("one of several"),
            Some((one, _)) if *word != "1" && after == *one => return wrong("several of one"),
            Some(("time", _)) if matches!(*word, "1" | "2") => return wrong("once and twice have words"),
            Some(_) if *word == "0" => return wrong("nothing of something"),
            Some(_) => {}
        }
    }
    None
}

#[test]
fn a_sentence_that_stumbles_is_heard() {
    for wrong in [
        "1 times; 3 rounds",
        "2 times",
        "10 times; 1 rounds",
        "hold for 30 second",
        "hold for 30 seconds seconds",
        "10 times , rest 60 seconds",
        "10  times",
        "0 metres",
        "10 on each side",
        "",
    ] {
        assert!(stumbles(wrong).is_some(), "{wrong}");
    }
    assert_eq!(stumbles("10–15 times, hold each for 1 second, rest 60–90 seconds; 2–3 rounds on each side"), None);
}

#[test]
fn every_dose_of_the_library_reads_aloud_as_english() {
    let library = Library::load().unwrap();
    assert_eq!(library.all().len(), 67);
    let mut heard = 0;
    for exercise in library.all() {
        let mut said = Vec::new();
        for side in Side::ALL {
            let dose = Dose { side: *side, ..exercise.to_begin() };
            said.extend([Some(dose.sentence()), Some(dose.frequency.words()), dose.pace(), Some(dose.one_set(dose.amount))]);
            let usual = exercise.recommended.as_ref();
            said.extend([usual.map(|usual| usual.sentence(*side)), usual.and_then(Recommended::frequency)]);
        }
        for sentence in said.into_iter().flatten() {
            assert_eq!(stumbles(&sentence), None, "{}", exercise.slug);
            heard += 1;
        }
    }
    assert!(heard > 67 * 15, "{heard} sentences");
}
