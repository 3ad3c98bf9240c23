//! Words as people type them: British or American, with a letter wrong, or not finished.

use std::collections::HashMap;

use crate::text::canonical;

/// From how many letters on one letter may be wrong, and from how many two.
const ONE_WRONG: usize = 4;
const TWO_WRONG: usize = 8;

/// How many words at most one that is not finished may stand for.
const BEGINNINGS: usize = 6;

/// Words that join others: they find nothing by themselves.
#[rustfmt::skip]
const JOINING: &[&str] = &[
    
    "a", "about", "after", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by", "can", "cant", "could", "d",
    "did", "do", "does", "doing", "dont", "for", "from", "get", "getting", "had", "has", "have", "having", "he", "help", "her", "his",
    "how", "i", "if", "in", "into", "is", "isnt", "it", "its", "ive", "ll", "m", "me", "my", "of", "on", "or", "our", "re", "s", "she",
    "should", "so", "t", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "too", "us", "ve", "was",
    "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you", "your",
];

/// The same sound, spelt in Britain and in America. Every pair works both ways; only spellings that are known are used.
#[rustfmt::skip]
const SPELLINGS: &[(&str, &str)] = &[
    ("our", "or"), ("tre", "ter"), ("bre", "ber"), ("is", "iz"), ("ys", "yz"), ("ae", "e"), ("oe", "e"), ("ll", "l"), ("ogue", "og"),
    ("mme", "m"), ("ce", "se"), ("grey", "gray"), ("sceptic", "skeptic"), ("ph", "f"), ("mould", "mold"), ("plough", "plow"),
    ("yre", "ire"),
];
/// What people say for what the pages say, beside the other words of the glossary.
pub(super) const EVERYDAY: &[&[&str]] = &[
    &["psoas", "iliopsoas"],
    &["physiotherapy", "physical therapy", "physio"],
    &["physiotherapist", "physical therapist", "physio"],
    &["buttock", "glute", "gluteal", "bum", "bottom"],
    &["quadriceps", "quad", "front of the thigh"],
    &["belly", "abdomen", "abdominal", "tummy", "abs"],
    &["jog", "jogging", "run"],
    &["exercise", "workout", "exercises"],
    &["doctor", "gp"],
    &["ache", "pain", "hurt"],
];

/// Shorter words are not respelt: "rice" is no "rise".
const RESPELT: usize = 5;

/// The words of a text, in small letters without accents, as the index parts them.
pub(super) fn split(text: &str) -> Vec<String> {
    canonical(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A word or a few in the language of the index, where quotes take every meaning away.
pub(super) fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// Whether a word only joins others.
pub(super) fn joins(word: &str) -> bool {
    JOINING.contains(&word)
}

/// How else a word may be spelt on the other side of the ocean.
pub(super) fn respelt(word: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if word.chars().count() < RESPELT {
        return found;
    }
    for (one, other) in SPELLINGS.iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
        for (at, _) in word.match_indices(one) {
            let spelling = format!("{}{other}{}", &word[..at], &word[at + one.len()..]);
            if !found.contains(&spelling) {
                found.push(spelling);
            }
        }
    }
    found
}

/// The words an index knows.
#[derive(Default)]
pub(super) struct Vocabulary {
    known: HashMap<String, u32>,
    /// The longer ones, by how many letters they have.
    by_length: Vec<Vec<Known>>,
    /// In the order of the alphabet.
    sorted: Vec<String>,
}

struct Known {
    word: String,
    letters: u32,
    times: u32,
}

impl Vocabulary {
    /// The words of these texts.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: HashMap<String, u32> = HashMap::new();
        for word in texts.into_iter().flat_map(split) {
            *known.entry(word).or_default() += 1;
        }
        let mut by_length: Vec<Vec<Known>> = Vec::new();
        for (word, times) in &known {
            let length = word.chars().count();
            if length + 1 >= ONE_WRONG && !word.chars().any(|c| c.is_ascii_digit()) {
                by_length.resize_with(by_length.len().max(length + 1), Vec::new);
                by_length[length].push(Known { word: word.clone(), letters: letters(word), times: *times });
            }
        }
        let mut sorted: Vec<String> = known.keys().cloned().collect();
        sorted.sort();
        Self { known, by_length, sorted }
    }

    /// Whether this very word is there.
    pub(super) fn has(&self, word: &str) -> bool {
        self.known.contains_key(word)
    }

    /// The words that begin like this, the most used first, a few of them at most.
    pub(super) fn beginning(&self, start: &str) -> Vec<&str> {
        let place = self.sorted.partition_point(|word| word.as_str() < start);
        let words = self.sorted[place..].iter().map(String::as_str).take_while(|word| word.starts_with(start));
        let mut words: Vec<&str> = words.filter(|word| !joins(word)).collect();
        words.sort_by_key(|word| u32::MAX - self.known.get(*word).copied().unwrap_or(0));
        words.truncate(BEGINNINGS);
        words
    }

    /// The known word that was probably meant: one letter wrong, missing, too many or two of them swapped; in long words two.
    pub(super) fn nearest(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        let wrong = if length >= TWO_WRONG { 2 } else { usize::from(length >= ONE_WRONG) };
        self.within(word, wrong)
    }

    /// The known word that looks most like this one, with up to a third of its letters wrong: a guess to offer, not to act on.
    pub(super) fn guess(&self, word: &str) -> Option<&str> {
        self.within(word, word.chars().count() / 3)
    }

    /// The nearest word within so many wrong letters; of several the one that begins the same, then the one used most.
    fn within(&self, word: &str, wrong: usize) -> Option<&str> {
        let (length, own) = (word.chars().count(), letters(word));
        if wrong == 0 {
            return None;
        }
        let near = self.by_length.iter().enumerate().filter(|(other, _)| other.abs_diff(length) <= wrong).flat_map(|(_, words)| words);
        // One wrong letter changes at most two of the letters a word has: most words need no closer look.
        let near = near.filter(|other| (own ^ other.letters).count_ones() as usize <= 2 * wrong);
        near.map(|other| (strsim::osa_distance(word, &other.word), other))
            .filter(|(distance, _)| *distance <= wrong)
            .min_by_key(|(distance, other)| (*distance, !same_start(word, &other.word), u32::MAX - other.times, &other.word))
            .map(|(_, other)| other.word.as_str())
    }
}

fn same_start(one: &str, other: &str) -> bool {
    one.chars().next() == other.chars().next()
}

/// Which letters a word has, a bit each; all that are not from a to z share one.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 31 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_letter_is_seen_and_a_short_word_is_left_alone() {
        let words = Vocabulary::of(["psoas iliopsoas hip hips hop tendon tendons stretch stretching bursa bursa bursae"]);
        for (typed, meant) in [
            ("posas", Some("psoas")),
            ("psaos", Some("psoas")),
            ("ilopsoas", Some("iliopsoas")),
            ("illiopsaos", Some("iliopsoas")),
            ("strech", Some("stretch")),
            ("brusa", Some("bursa")),
            ("hpi", None),
            ("xylophone", None),
            ("", None),
        ] {
            assert_eq!(words.nearest(typed), meant, "{typed}");
        }
        assert_eq!(words.guess("streching"), Some("stretching"));
        assert!(words.has("hips") && !words.has("hipst"));
        assert_eq!((words.beginning("ilio"), words.beginning("bur")), (vec!["iliopsoas"], vec!["bursa", "bursae"]));
        assert!(words.beginning("iliox").is_empty() && words.beginning("z").is_empty());
    }

    #[test]
    fn both_sides_of_the_ocean_are_understood() {
        for (typed, other) in [
            ("fiber", "fibre"),
            ("centre", "center"),
            ("tumor", "tumour"),
            ("orthopaedic", "orthopedic"),
            ("mobilise", "mobilize"),
            ("program", "programme"),
            ("edema", "oedema"),
            ("practise", "practice"),
        ] {
            assert!(respelt(typed).contains(&other.to_owned()), "{typed}: {:?}", respelt(typed));
        }
        assert!(respelt("rice").is_empty());
    }

    #[test]
    fn words_are_parted_as_the_index_parts_them() {
        assert_eq!(split("The runner’s Hip-flexor: ÉLAN 5 %"), ["the", "runner", "s", "hip", "flexor", "elan", "5"]);
    }
}
