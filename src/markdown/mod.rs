//! Markdown in one place: the files of the library, the dialect of the articles, and the little that people may type.
//!
//! The dialect is common Markdown with tables and footnotes, and:
//!
//! * `## Heading` gets an id from its words and a line in the contents; there is no `# Heading`, the title is one already;
//! * `[@key]` cites a reference of the front matter, numbered in order of first use;
//! * `[words](exercise:slug)` links an exercise; alone in a paragraph it becomes a card with the exercise's dose;
//! * `> [!CAUTION]`, `> [!WARNING]`, `> [!IMPORTANT]` are care cards (emergency, urgent, ask a physio): the first paragraph is
//!   the heading and ends in "if:", the last line is made from the clinic's numbers;
//! * `> [!DO]` and `> [!DONT]` are lists of what to do and what not to do;
//! * `[words](term:slug)` links a term of the glossary;
//! * `> [!NOTE]` is a side note, `> [!TIP]` a box with something to try;
//! * `![what it shows](figures/hip.svg "caption")` alone in a paragraph is a figure; a drawing goes into the page itself;
//! * links lead to pages of this site only, other sites belong in the references; raw HTML is refused.
//!
//! Punctuation stays as written: the files hold curly quotes and dashes already.

mod article;
mod boxes;
mod document;
mod drawing;
mod links;
mod prose;
mod strict;

pub use article::{Card, Heading, Picture, Rendered, Surroundings, article};
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
