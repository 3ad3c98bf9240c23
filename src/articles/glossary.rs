//! The glossary: hard words in plain ones.

use serde::Deserialize;

use crate::markdown::Flaw;
use crate::text::canonical;

/// The file of the glossary, beside the articles.
pub(super) const FILE: &str = "glossary.toml";

/// One term, explained.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its name in addresses: `/glossary#slug`.
    pub slug: String,
    /// The word.
    pub term: String,
    /// Other words for it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it means, in a sentence or two.
    pub words: String,
}

/// All terms, in the order of the alphabet.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    terms: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    terms: Vec<toml::Spanned<Term>>,
}

impl Glossary {
    /// Reads the file.
    ///
    /// # Errors
    /// Every flaw with its line.
    pub(super) fn read(text: &str) -> Result<Self, Vec<Flaw>> {
        let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            vec![Flaw::new(line(at), error.message().trim().replace('\n', " "))]
        })?;
        let mut flaws = Vec::new();
        let mut terms: Vec<Term> = Vec::new();
        for spanned in file.terms {
            let at = line(spanned.span().start);
            let term = spanned.into_inner();
            flaws.extend(flaw(&term, &terms).map(|reason| Flaw::new(at, reason)));
            terms.push(term);
        }
        terms.sort_by_key(|term| canonical(&term.term));
        if flaws.is_empty() { Ok(Self { terms }) } else { Err(flaws) }
    }

    /// The terms, in the order of the alphabet.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether there is a term with this slug.
    #[must_use]
    pub fn explains(&self, slug: &str) -> bool {
        self.terms.iter().any(|term| term.slug == slug)
    }
}

/// What is wrong with a term that comes after these.
fn flaw(term: &Term, before: &[Term]) -> Option<String> {
    if term.slug.is_empty() || !term.slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Some(format!("the slug \"{}\" is not made of small letters, digits and hyphens", term.slug));
    }
    if term.term.trim().is_empty() || term.words.trim().is_empty() {
        return Some(format!("the term {} is not explained; write term and words", term.slug));
    }
    before.iter().any(|other| other.slug == term.slug).then(|| format!("the term {} is there twice", term.slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_stand_in_the_order_of_the_alphabet() {
        let text = "[[terms]]\nslug = \"set\"\nterm = \"Set\"\nwords = \"A round.\"\n\n[[terms]]\nslug = \"bursa\"\nterm = \"Bursa\"\nalso = [\"bursae\"]\nwords = \"A cushion.\"\n";
        let glossary = Glossary::read(text).unwrap();
        assert_eq!(glossary.terms().iter().map(|term| &*term.term).collect::<Vec<_>>(), ["Bursa", "Set"]);
        assert!(glossary.explains("bursa") && !glossary.explains("bursae"));
        for (good, bad, line, words) in [
            ("slug = \"bursa\"", "slug = \"Bursa\"", 6, "small letters"),
            ("slug = \"bursa\"", "slug = \"set\"", 6, "twice"),
            ("words = \"A round.\"", "words = \" \"", 1, "not explained"),
            ("words = \"A round.\"", "colour = 1", 4, "colour"),
        ] {
            let flaws = Glossary::read(&text.replacen(good, bad, 1)).unwrap_err();
            assert!(flaws[0].line == line && flaws[0].reason.contains(words), "{bad}: {flaws:?}");
        }
    }
}
