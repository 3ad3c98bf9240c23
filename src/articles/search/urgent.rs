//! Queries that speak of an emergency: the page answers them with where to find help before it answers them with reading.

use crate::text::canonical;

/// Words that go with the red flags of the screening ([`crate::patients::RED_FLAGS`], RF1 to RF14), and words of people in need. All words
/// of a line must be there; a star stands for any ending.
#[rustfmt::skip]
const SIGNS: &[&str] = &[
    // RF1
    "cant walk*", "cannot walk*", "unable walk*", "cant stand", "cannot stand", "cant weight", "cannot weight", "weight bear*",
    "put weight", "fell", "after fall", "bad fall", "accident*", "broke*", "fractur*", "leg short*", "hip disloc*", "dislocat*",
    "deform*",
    // RF2
    "fever*", "chills", "shiver*", "high temperature", "infect*", "sepsis", "septic", "hot red", "feel* ill",
    // RF3
    "lump*", "hernia*", "vomit*", "feel* sick", "nausea",
    // RF4
    "numb*", "bladder", "bowel*", "incontinen*", "cauda equina", "saddle area", "leg weak*", "paraly*", "cant pee", "wet myself",
    "wetting",
    // RF5
    "cold leg", "cold foot", "pale leg", "clot", "clots", "dvt", "thrombosis", "swollen calf", "breathless*", "short* breath",
    "chest pain",
    // RF6
    "testic*", "scrot*",
    // RF7, RF8
    "stress fracture*", "pain night", "hurt* night", "night pain", "wakes night", "constant pain", "pain rest", "hurt* rest",
    // RF9, RF10
    "missed period*", "eating disorder*", "weight loss", "los* weight", "night sweat*", "sweat* night", "cancer*", "tumour*",
    "tumor*",
    // RF11
    "steroid*",
    // RF12 to RF14
    "heard pop", "felt pop", "sudden pop", "lock*", "giv* way", "blood urine", "blood pee",
    // In need
    "emergenc*", "ambulance", "999", "112", "911", "hospital", "urgent*", "unbearable", "agony", "severe", "worst pain",
];

/// Whether a text has the words of a sign.
pub(super) fn speaks_of_emergency(text: &str) -> bool {
    // "can't" is one word here.
    let text = canonical(text).replace('\'', "");
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |part: &str| words.iter().any(|word| part.strip_suffix('*').map_or(*word == part, |start| word.starts_with(start)));
    SIGNS.iter().any(|sign| sign.split(' ').all(has))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_emergency_are_heard_and_others_are_not() {
        for text in [
            "can't walk",
            "I can’t walk since yesterday",
            "cannot put weight on leg",
            "hip pain and FEVER",
            "numb between the legs",
            "numbness",
            "lump in my groin",
            "hip hurts at night",
            "swollen calf",
            "testicle pain",
            "is it urgent",
            "stress fracture",
        ] {
            assert!(speaks_of_emergency(text), "{text}");
        }
        for text in ["", "psoas stretch", "walking", "hip flexor pain running", "weights", "bridge", "can i run", "tight hips sitting"] {
            assert!(!speaks_of_emergency(text), "{text}");
        }
    }
}
