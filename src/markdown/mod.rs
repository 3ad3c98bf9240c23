//! Markdown in one place: the files of the library, the dialect of the articles, and the little that people may type.
//!
//! # The dialect of the articles
//!
//! This is its only definition; whatever does not keep to it is refused with file, line and what is expected.
//!
//! A file is front matter in TOML between two lines of `+++` ([`Document`]), then common Markdown with tables and footnotes, and:
//!
//! | written | becomes |
//! |---|---|
//! | `## Heading`, `### Heading` | a heading with an id made from its words (`#what-helps-first`), levels in order; those with `##` stand in the contents. No `#`: the title is one already. It has words, no links, no citations, and stands outside lists and boxes |
//! | `[@key]` | a citation of the reference with this key in the front matter, numbered in order of first use; every reference is cited |
//! | `[words](/articles/slug)`, `[words](/articles/slug#place)`, `[words](#place)` | a link to another article, or to a place |
//! | `[words](exercise:slug)` | a link to an exercise; alone in a paragraph, a card with the exercise's usual dose |
//! | `[words](term:slug)` | a link to a term of the glossary, which then names the article |
//! | `![what it shows](figures/x.svg "caption")` | a figure, in a paragraph of its own; what it shows is said for those who do not see it |
//! | `![what it shows](plate:name "caption")` | the same with positions of the body drawn: a file of `articles/plates`, a test (`plate:test-thomas`), or how it may turn out (`plate:test-thomas-2`) |
//! | `word[^1]` and, below, `[^1]: note` | a footnote; each is named in the text, and each that is named is there |
//! | `> [!CAUTION]`, `> [!WARNING]`, `> [!IMPORTANT]` | a care card: emergency, urgent, ask a physio. The first paragraph is its heading and ends in "if:", a list follows, and the last line is made from the clinic's numbers. The emergency card has no links |
//! | `> [!DO]`, `> [!DONT]` | what to do, what not to do: one list each |
//! | `> [!NOTE]` | a side note |
//! | `> [!TIP]` | a box with something to try; words in bold at its beginning are its heading |
//! | a table | its first row and its first column are headings |
//!
//! Boxes stand in no boxes. Links lead to pages of this site only, other sites belong in the references. Raw HTML and program code
//! (lines that begin with four spaces) are refused. Punctuation stays as written: the files hold curly quotes and dashes already.
//!
//! # What people type
//!
//! [`strict`]: paragraphs, emphasis and lists; everything else is shown as it was typed.

mod article;
mod boxes;
mod document;
mod drawing;
mod links;
mod prose;
mod strict;

pub use article::{Card, Heading, Illustration, Picture, Rendered, Surroundings, article};
pub use document::{Document, Flaw};
pub use prose::prose;
pub use strict::strict;

/// Text made safe for markup and for attributes in double quotes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
pub(crate) mod tests;
