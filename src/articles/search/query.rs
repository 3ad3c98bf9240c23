//! What someone looks for: the words as they were typed, and what is made of them.

use super::words::{Vocabulary, joins, quoted, respelt, split};

/// Longest text that is looked for, in characters; what comes after is left out, and the page says so.
pub const LONGEST: usize = 200;
/// From how many letters on the last word may be the beginning of a longer one.
const BEGINNING: usize = 2;

/// A text to look for, tidied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// The text on one line, at most [`LONGEST`] characters.
    pub text: String,
    /// Its words.
    pub words: Vec<String>,
    /// Whether more was typed than is looked for.
    pub shortened: bool,
}

impl Query {
    /// Reads what was typed; any text is a query.
    pub(super) fn read(typed: &str) -> Self {
        let line = typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let text: String = line.chars().take(LONGEST).collect();
        let shortened = text.len() < line.len();
        Self { words: split(&text), text: text.trim_end().to_owned(), shortened }
    }
}

/// One thing to look for: any of these ways to say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term(Vec<Way>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// All of these words, anywhere.
    Words(Vec<String>),
    /// These words in a row.
    Phrase(Vec<String>),
}

/// What has all terms, or any of them, in the language of the index. Every word is quoted: nothing typed is part of that language.
pub(super) fn matching(terms: &[Term], all: bool) -> String {
    let way = |way: &Way| match way {
        Way::Words(words) => format!("({})", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" AND ")),
        Way::Phrase(words) => quoted(&words.join(" ")),
    };
    let term = |Term(ways): &Term| format!("({})", ways.iter().map(way).collect::<Vec<_>>().join(" OR "));
    terms.iter().map(term).collect::<Vec<_>>().join(if all { " AND " } else { " OR " })
}

/// What is known of words: those of the index, and which mean the same.
pub(super) struct Knowledge<'a> {
    pub vocabulary: &'a Vocabulary,
    pub synonyms: &'a Synonyms,
    /// Whether the index finds a word in any of its forms.
    pub finds: &'a dyn Fn(&str) -> bool,
}

/// A query as it was understood.
pub(super) struct Understood {
    pub terms: Vec<Term>,
    /// Its words as they were meant.
    pub words: Vec<String>,
    /// Whether some were taken for mistyped.
    pub corrected: bool,
}

impl Understood {
    /// Makes terms of the words of a query; `exactly` leaves mistyped words as they are.
    pub(super) fn of(query: &Query, exactly: bool, known: &Knowledge<'_>) -> Self {
        let last = query.words.len().saturating_sub(1);
        let corrected: Vec<Option<&str>> = query
            .words
            .iter()
            .enumerate()
            .map(|(at, word)| if exactly || known.understands(word, at == last) { None } else { known.vocabulary.nearest(word) })
            .collect();
        let is_corrected = corrected.iter().any(Option::is_some);
        let words: Vec<String> = query.words.iter().zip(&corrected).map(|(word, meant)| meant.unwrap_or(word).to_owned()).collect();
        Self { terms: terms(&words, known), corrected: is_corrected, words }
    }
}

impl Knowledge<'_> {
    fn understands(&self, word: &str, is_last: bool) -> bool {
        joins(word) || self.has(word) || respelt(word).iter().any(|other| self.has(other)) || (is_last && !self.completed(word).is_empty())
    }

    fn has(&self, word: &str) -> bool {
        self.vocabulary.has(word) || (self.finds)(word)
    }

    /// What a word may become that is none yet.
    fn completed(&self, word: &str) -> Vec<&str> {
        if word.chars().count() < BEGINNING || self.has(word) { Vec::new() } else { self.vocabulary.beginning(word) }
    }
}

/// Words that mean the same are one term; words that only join others are none.
fn terms(words: &[String], known: &Knowledge<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (length, others) = known.synonyms.of(&words[at..]).unwrap_or((1, Vec::new()));
        let meant = &words[at..at + length];
        at += length;
        if length == 1 && joins(&meant[0]) {
            continue;
        }
        let mut ways = vec![Way::Words(meant.to_vec())];
        if let [word] = meant {
            ways.extend(respelt(word).into_iter().filter(|other| known.has(other)).map(|other| Way::Phrase(vec![other])));
            if at == words.len() {
                ways.extend(known.completed(word).into_iter().map(|whole| Way::Phrase(vec![whole.to_owned()])));
            }
        }
        ways.extend(others.into_iter().map(Way::Phrase));
        terms.push(Term(ways));
    }
    terms
}

/// Words and groups of words that mean the same.
#[derive(Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<Vec<String>>>,
    longest: usize,
}

impl Synonyms {
    /// Reads groups of words and phrases that mean the same.
    pub(super) fn of_groups<'a, G: IntoIterator<Item = &'a str>>(groups: impl IntoIterator<Item = G>) -> Self {
        let groups: Vec<Vec<Vec<String>>> = groups.into_iter().map(|group| group.into_iter().map(split).collect()).collect();
        let longest = groups.iter().flatten().map(Vec::len).max().unwrap_or(0);
        Self { groups, longest }
    }

    /// How many of the first words mean the same as others, and those others: the longest group of words wins.
    fn of(&self, words: &[String]) -> Option<(usize, Vec<Vec<String>>)> {
        (1..=self.longest.min(words.len())).rev().find_map(|length| {
            let is = |phrase: &[String]| phrase.len() == length && phrase.iter().zip(words).all(|(one, other)| same(one, other));
            let groups = self.groups.iter().filter(|group| group.iter().any(|phrase| is(phrase)));
            let others: Vec<Vec<String>> = groups.flatten().filter(|phrase| !phrase.is_empty() && !is(phrase)).cloned().collect();
            if others.is_empty() { None } else { Some((length, others)) }
        })
    }
}

/// Whether two words are the same but for the s of several.
fn same(one: &str, other: &str) -> bool {
    let single = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    single(one) == single(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words in one place that are quoted in another.
    fn read(typed: &str, exactly: bool) -> (String, bool) {
        let vocabulary = Vocabulary::of(["iliopsoas psoas stretch stretches fibre hip flexor flexors running rung"]);
        let synonyms = Synonyms::of_groups([["Iliopsoas", "hip flexor"]]);
        let known = Knowledge { vocabulary: &vocabulary, synonyms: &synonyms, finds: &|word| word == "stretching" };
        let understood = Understood::of(&Query::read(typed), exactly, &known);
        (matching(&understood.terms, true), understood.corrected)
    }

    #[test]
    fn every_word_is_quoted_and_mistakes_are_mended() {
        for (typed, made, corrected) in [
            ("stretching", "((\"stretching\"))", false),
            ("psoas the stretch", "((\"psoas\")) AND ((\"stretch\"))", false),
            ("posas", "((\"psoas\"))", true),
            ("ru", "((\"ru\") OR \"rung\" OR \"running\")", false),
            ("fiber psoas", "((\"fiber\") OR \"fibre\") AND ((\"psoas\"))", false),
            ("hip flexors psoas", "((\"hip\" AND \"flexors\") OR \"iliopsoas\") AND ((\"psoas\"))", false),
            ("the of", "", false),
            (
                "\"hip\" NEAR(psoas, 2) * -title:x",
                "((\"hip\")) AND ((\"near\")) AND ((\"psoas\")) AND ((\"2\")) AND ((\"title\")) AND ((\"x\"))",
                false,
            ),
        ] {
            assert_eq!(read(typed, false), (made.to_owned(), corrected), "{typed}");
        }
        assert_eq!(read("posas", true), ("((\"posas\"))".to_owned(), false));
        assert_eq!(read("🙂 \u{0}", false).0, "");
    }

    #[test]
    fn a_query_is_one_line_of_a_certain_length() {
        let query = Query::read("  hip\u{0}\n pain ");
        assert_eq!((query.text.as_str(), query.words.len(), query.shortened), ("hip pain", 2, false));
        let query = Query::read(&"hip ".repeat(2500));
        assert!(query.shortened && query.text.chars().count() <= LONGEST);
    }

    proptest! {
        #[test]
        fn nothing_typed_leaves_its_quotes(typed in "\\PC{0,60}") {
            let (made, _) = read(&typed, false);
            let outside: String = made.split('"').step_by(2).collect();
            prop_assert!(outside.replace("AND", "").replace("OR", "").chars().all(|c| " ()".contains(c)), "{made}");
        }
    }
}
