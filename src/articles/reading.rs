//! How hard a text is to read: the Flesch–Kincaid grade, the year of an American school that reads it easily.
//!
//! `0.39 × words per sentence + 11.8 × syllables per word − 15.59`, from Kincaid, Fishburne, Rogers and Chissom, "Derivation of new
//! readability formulas for Navy enlisted personnel", Research Branch Report 8-75, 1975. It measures running text alone: paragraphs and
//! the items of lists, each of which ends a sentence. Ages 11 and 12 are the grades 6 and 7; no page may be above 8.
//!
//! Syllables are counted by rules for English and a list of words that do not keep to them; numbers count as one.

/// The highest grade a page may have.
pub const HIGHEST_GRADE: f64 = 8.0;

/// What a text consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Its words.
    pub words: u32,
    /// Its sentences.
    pub sentences: u32,
    /// The syllables of its words.
    pub syllables: u32,
}

impl Reading {
    /// Counts the pieces of a running text; a piece ends a sentence.
    #[must_use]
    pub fn of(pieces: &[String]) -> Self {
        let mut reading = Self::default();
        for piece in pieces {
            let mut open = false;
            let tokens: Vec<&str> = piece.split([' ', '\n', '\u{a0}', '–', '—', '/']).filter(|token| !token.is_empty()).collect();
            for (place, token) in tokens.iter().enumerate() {
                if token.chars().any(char::is_alphanumeric) {
                    open = true;
                    reading.words += 1;
                    reading.syllables += syllables(token);
                }
                if open && ends_sentence(token, tokens.get(place + 1).copied()) {
                    open = false;
                    reading.sentences += 1;
                }
            }
            reading.sentences += u32::from(open);
        }
        reading
    }

    /// The Flesch–Kincaid grade; 0 for a text without words.
    #[must_use]
    pub fn grade(&self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let (words, sentences, syllables) = (f64::from(self.words), f64::from(self.sentences.max(1)), f64::from(self.syllables));
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    }

    /// Whether it is harder than a page may be.
    #[must_use]
    pub fn is_too_hard(&self) -> bool {
        self.grade() > HIGHEST_GRADE
    }
}

/// Titles, whose full stop ends no sentence.
const TITLES: [&str; 6] = ["dr.", "mr.", "mrs.", "ms.", "prof.", "st."];

/// Whether a sentence ends with this token. A full stop before a small letter is one of "e.g." or "approx.".
fn ends_sentence(token: &str, next: Option<&str>) -> bool {
    let bare = token.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    if bare.ends_with(['!', '?', '…']) {
        return true;
    }
    let goes_on = next.is_some_and(|next| next.trim_start_matches(['"', '\'', '“', '‘', '(', '[']).starts_with(char::is_lowercase));
    bare.ends_with('.') && !goes_on && !TITLES.contains(&bare.to_lowercase().as_str())
}

/// How many syllables a token has; the parts of a compound count each.
fn syllables(token: &str) -> u32 {
    token.split(['-', '‑']).filter(|part| part.chars().any(char::is_alphanumeric)).map(word).sum()
}

fn word(part: &str) -> u32 {
    let letters: String = part.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.is_empty() || part.chars().any(|c| c.is_ascii_digit()) {
        return 1;
    }
    let count = letters.chars().count();
    if count <= 4 && count > 1 && letters.chars().all(char::is_uppercase) {
        // Spoken letter by letter: MRI.
        return letters.chars().map(|letter| if letter == 'W' { 3 } else { 1 }).sum();
    }
    let lower = letters.to_lowercase().replace(['à', 'á', 'â'], "a").replace(['è', 'é', 'ê'], "e");
    let is_negation = ["n't", "n’t"].iter().any(|ending| part.to_lowercase().ends_with(ending));
    if is_negation {
        return negation(&lower);
    }
    known(&lower).unwrap_or_else(|| by_rule(&lower))
}

/// "isn't" has one more than "is", "don't" no more than "do".
fn negation(lower: &str) -> u32 {
    let verb = lower.strip_suffix("nt").unwrap_or(lower);
    let alone = matches!(verb, "do" | "ca" | "wo" | "are" | "were");
    by_rule(verb).max(1) + u32::from(!alone)
}

/// Words that do not keep to the rules, in order. A plural counts like its word.
const KNOWN: &[(&str, u32)] = &[
    ("ache", 1),
    ("area", 3),
    ("baseline", 2),
    ("being", 2),
    ("beyond", 2),
    ("centimetre", 4),
    ("cushion", 2),
    ("diet", 2),
    ("dr", 2),
    ("drawer", 1),
    ("everybody", 4),
    ("everyday", 3),
    ("familiar", 3),
    ("fluid", 2),
    ("forehead", 2),
    ("friend", 1),
    ("gluteal", 3),
    ("glutei", 3),
    ("gluteus", 3),
    ("guideline", 2),
    ("idea", 3),
    ("iliopsoas", 5),
    ("lifetime", 2),
    ("minute", 2),
    ("mr", 2),
    ("nausea", 3),
    ("notebook", 2),
    ("people", 2),
    ("psoas", 2),
    ("quiet", 2),
    ("react", 2),
    ("reassure", 3),
    ("recreational", 5),
    ("rhythm", 2),
    ("ruin", 2),
    ("safety", 2),
    ("sideways", 2),
    ("spasm", 2),
    ("trial", 2),
    ("whoever", 3),
];

fn known(lower: &str) -> Option<u32> {
    let listed = |word: &str| KNOWN.binary_search_by_key(&word, |(known, _)| known).ok().map(|place| KNOWN[place].1);
    listed(lower).or_else(|| lower.strip_suffix('s').and_then(listed))
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Groups of vowels, less the silent ones, plus those that stand together and are spoken apart.
fn by_rule(word: &str) -> u32 {
    let letters: Vec<char> = word.chars().collect();
    let starts = letters.iter().enumerate().filter(|(at, letter)| is_vowel(**letter) && !(*at > 0 && is_vowel(letters[at - 1])));
    let groups = u32::try_from(starts.count()).unwrap_or(u32::MAX);
    (groups + apart(word)).saturating_sub(u32::from(ends_silent(&letters)) + silent_within(word)).max(1)
}

/// Whether the vowel at the end is not spoken: "scale", "scales", "scaled"; but "table", "metre", "settled", "places", "rested".
fn ends_silent(letters: &[char]) -> bool {
    let back = |places: usize| letters.len().checked_sub(places).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
    let consonant = |letter: char| letter.is_alphabetic() && !is_vowel(letter);
    // An l or r after one of these makes a syllable of its own.
    let heavy = |letter: char| "bcdfgkptz".contains(letter);
    match (back(2), back(1)) {
        ('u', 'e') => matches!(back(3), 'g' | 'q'),
        ('l', 'e') => !consonant(back(3)),
        ('r', 'e') => !matches!(back(3), 'b' | 't'),
        (before, 'e') => consonant(before),
        ('e', 's') => match back(3) {
            's' | 'x' | 'z' | 'c' | 'g' => false,
            'h' => !matches!(back(4), 'c' | 's'),
            'l' => !consonant(back(4)),
            'r' => !matches!(back(4), 'b' | 't'),
            before => consonant(before),
        },
        ('e', 'd') => match back(3) {
            't' | 'd' => false,
            'l' => !heavy(back(4)),
            before => consonant(before),
        },
        _ => false,
    }
}

/// Vowels within that are not spoken, because a word ended there before another was put to it: "movement", "rarely", "something".
fn silent_within(word: &str) -> u32 {
    let bare = word.strip_suffix('s').unwrap_or(word);
    let after_e = ["ement", "ely", "eful", "eness", "eless"].iter().find_map(|ending| bare.strip_suffix(ending));
    let stem = after_e.is_some_and(|stem| stem.chars().count() > 1 && !stem.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'l']));
    let front = ["some", "fore"].iter().find_map(|front| word.strip_prefix(front));
    u32::from(stem) + u32::from(front.is_some_and(|rest| rest.len() > 1 && !rest.starts_with(is_vowel)))
}

/// Vowels side by side that are spoken apart.
fn apart(word: &str) -> u32 {
    let count = |parts: &[&str]| parts.iter().map(|part| word.matches(part).count()).sum::<usize>();
    let but = |part: &str, not: &[&str]| count(&[part]).saturating_sub(count(not));
    let pairs = but("ia", &["cia", "tia", "gia", "riage"])
        + count(&["ciat", "tiat"])
        + but("io", &["tion", "sion", "cion", "cious", "tious", "gion", "gious", "xious", "nion", "llion", "xion"])
        + but("ual", &["qual"])
        + but("iet", &["piet"])
        + but("uat", &["quat"])
        + but("uence", &["quence"])
        + but("uity", &["quity"])
        + count(&["iu", "uous", "uing", "teo", "deo", "reo", "aor", "coor", "eing", "oing", "ying", "ayer", "oyer"])
        + count(&["rien", "scien", "clien", "ism"]);
    let comparative = word.len() > 5 && ["ier", "iest"].iter().any(|ending| word.ends_with(ending));
    u32::try_from(pairs).unwrap_or(0) + u32::from(comparative)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(pieces: &[&str]) -> Reading {
        Reading::of(&pieces.iter().map(|piece| (*piece).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn samples_counted_by_hand() {
        for (pieces, words, sentences, syllables) in [
            (&["The cat sat on the mat."][..], 6, 1, 6),
            (&["The hip flexors lift the thigh. They also bend the trunk."], 11, 2, 13),
            (&["Walk for approx. ten minutes.", "Is it urgent?!"], 8, 2, 11),
            (&["Dr. Marsh (a physiotherapist) isn’t worried: pain of 3.5 after a run is fine."], 14, 1, 23),
            (&["“Go home.” She went – slowly – to the well-known MRI room"], 10, 2, 14),
            (&["warm skin", "a fever", "you feel ill"], 7, 3, 8),
            (&["…", ""], 0, 0, 0),
        ] {
            assert_eq!(reading(pieces), Reading { words, sentences, syllables }, "{pieces:?}");
        }
    }

    #[test]
    fn the_formula_is_that_of_1975() {
        let near = |reading: Reading, grade: f64| (reading.grade() - grade).abs() < 0.005;
        assert!(near(reading(&["The cat sat on the mat."]), -1.45));
        // 0.39 × 11 / 2 + 11.8 × 13 / 11 − 15.59
        assert!(near(reading(&["The hip flexors lift the thigh. They also bend the trunk."]), 0.50));
        assert!(near(Reading { words: 100, sentences: 5, syllables: 135 }, 8.14) && near(Reading::default(), 0.0));
        assert!(Reading { words: 100, sentences: 5, syllables: 135 }.is_too_hard());
        assert!(!Reading { words: 100, sentences: 6, syllables: 135 }.is_too_hard());
    }

    #[test]
    fn syllables_of_words_of_the_clinic() {
        assert!(KNOWN.is_sorted());
        for (count, words) in [
            (1, "hip pain stretched scale scales knees tongue squat ache aches through don't I a 30° 3.5"),
            (2, "muscle muscles table settled rested places fibre metres flexor psoas movement rarely something forefoot lying isn't GP"),
            (3, "iliac easier completely bursitis exercise adductor femoris idea physio tendinous MRI NHS glutei hip-flexors"),
            (4, "iliacus diagnosis experience television centimetre everybody"),
            (5, "iliopsoas tendinopathy physiology recreational"),
            (6, "physiotherapist physiotherapy osteoporosis"),
            (7, "femoroacetabular"),
        ] {
            for word in words.split(' ') {
                assert_eq!(syllables(word), count, "{word}");
            }
        }
    }
}
