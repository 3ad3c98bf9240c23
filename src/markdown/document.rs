//! A file of the library: front matter in TOML between two lines of `+++`, then Markdown.

use std::fmt;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::de::DeserializeOwned;

/// Where a file is wrong, and what is expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what is expected.
    pub reason: String,
}

impl Flaw {
    /// A flaw on a line, told on one line whatever it quotes.
    pub fn new(line: usize, reason: impl Into<String>) -> Self {
        Self { line, reason: reason.into().replace(['\n', '\r'], " ") }
    }

    /// The flaw as the writer reads it: "articles/x.md:12: reason".
    #[must_use]
    pub fn in_file(&self, file: &str) -> String {
        format!("{file}:{self}")
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.reason)
    }
}

/// The fence around the front matter.
const FENCE: &str = "+++";

/// A file in its two parts.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The front matter, which begins on line 2.
    front: &'a str,
    /// The Markdown below it.
    pub text: &'a str,
    /// The line the Markdown begins on.
    pub text_line: usize,
}

impl<'a> Document<'a> {
    /// Parts a file.
    ///
    /// # Errors
    /// The first line when it is no fence, the last when the fence is never closed.
    pub fn part(file: &'a str) -> Result<Self, Flaw> {
        // What some editors put first and at the end of lines is no part of the text.
        let begin = file.strip_prefix('\u{feff}').unwrap_or(file).strip_prefix(FENCE);
        let Some(rest) = begin.and_then(|rest| rest.strip_prefix('\r').unwrap_or(rest).strip_prefix('\n')) else {
            return Err(Flaw::new(1, format!("a file begins with a line {FENCE}, its front matter and another line {FENCE}")));
        };
        let mut start = 0;
        for line in rest.split_inclusive('\n') {
            let end = start + line.len();
            if line.trim_end() == FENCE {
                let front = &rest[..start];
                let text_line = 2 + front.matches('\n').count() + usize::from(line.ends_with('\n'));
                return Ok(Self { front, text: &rest[end..], text_line });
            }
            start = end;
        }
        Err(Flaw::new(file.lines().count().max(1), format!("the front matter is never closed; put a line {FENCE} below it")))
    }

    /// Reads the front matter; the type says which keys there are.
    ///
    /// # Errors
    /// The line and what is wrong with it.
    pub fn front<T: DeserializeOwned>(&self) -> Result<T, Flaw> {
        toml::from_str(self.front).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(self.front.len()));
            Flaw::new(2 + lines_before(self.front, at), error.message().trim().replace('\n', " "))
        })
    }

    /// The line a key stands on; the first line of the front matter when it is missing.
    #[must_use]
    pub fn line_of(&self, key: &str) -> usize {
        let is_key =
            |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')) || line == format!("[{key}]");
        2 + self.front.lines().position(is_key).unwrap_or(0)
    }

    /// The line on which a key has this text among its values.
    #[must_use]
    pub fn line_of_value(&self, key: &str, value: &str) -> usize {
        let quoted = format!("\"{value}\"");
        let has = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=') && rest.contains(&quoted));
        self.front.lines().position(has).map_or_else(|| self.line_of(key), |index| 2 + index)
    }

    /// The Markdown as one numbered list of plain sentences: the steps of an exercise.
    ///
    /// # Errors
    /// The first line that is anything else.
    pub fn steps(&self) -> Result<Vec<String>, Flaw> {
        let mut steps: Vec<String> = Vec::new();
        let mut open = false;
        for (event, span) in Parser::new_ext(self.text, Options::empty()).into_offset_iter() {
            let line = self.text_line + lines_before(self.text, span.start);
            match event {
                Event::Start(Tag::List(Some(1))) if steps.is_empty() && !open => open = true,
                Event::Start(Tag::Item) if open => steps.push(String::new()),
                Event::Text(text) if open => steps.last_mut().map_or((), |step| step.push_str(&text)),
                Event::SoftBreak if open => steps.last_mut().map_or((), |step| step.push(' ')),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Item | TagEnd::Paragraph) if open => {}
                Event::End(TagEnd::List(true)) => open = false,
                _ => {
                    return Err(Flaw::new(line, "the steps are one numbered list of plain sentences, beginning with 1., and nothing else"));
                }
            }
        }
        if steps.is_empty() || steps.iter().any(|step| step.trim().is_empty()) {
            return Err(Flaw::new(self.text_line, "the steps are missing; write them as a numbered list"));
        }
        Ok(steps)
    }
}

/// How many lines end before the byte `at`.
pub(super) fn lines_before(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Front {
        #[expect(dead_code)]
        name: String,
    }

    #[test]
    fn a_file_has_two_parts() {
        let document = Document::part("+++\nname = \"A\"\n+++\n\n1. Stand.\n2. Sit\n   down.\n").unwrap();
        assert!(document.front::<Front>().is_ok());
        assert_eq!(document.text_line, 4);
        assert_eq!(document.steps(), Ok(vec!["Stand.".to_owned(), "Sit down.".to_owned()]));
    }

    #[test]
    fn files_of_other_editors_are_read_too() {
        let document = Document::part("\u{feff}+++\r\nname = \"A\"\r\n+++\r\n\r\n1. Stand.\r\n").unwrap();
        assert!(document.front::<Front>().is_ok());
        assert_eq!((document.text_line, document.steps()), (4, Ok(vec!["Stand.".to_owned()])));
        let empty = Document::part("+++\nname = \"A\"\n+++").unwrap();
        assert_eq!(empty.steps().unwrap_err().line, 3, "a line of the file");
    }

    #[test]
    fn flaws_name_their_line() {
        assert_eq!(Flaw::new(2, "the key \"a\nb\"").to_string(), "2: the key \"a b\"");
        assert_eq!(Document::part("name = 1").unwrap_err().line, 1);
        assert_eq!(Document::part("+++\nname = 1\n").unwrap_err().line, 2);
        let wrong = Document::part("+++\nname = \"A\"\ncolour = 3\n+++\n").unwrap().front::<Front>().unwrap_err();
        assert!(wrong.line == 3 && wrong.reason.contains("colour"), "{wrong}");
        for (text, line) in [("", 4), ("\nJust words.", 5), ("1. One.\n\nMore.", 6), ("- One", 4), ("1. <b>One</b>", 4), ("1. [a](b)", 4)] {
            let file = format!("+++\nname = \"A\"\n+++\n{text}");
            assert_eq!(Document::part(&file).unwrap().steps().unwrap_err().line, line, "{text}");
        }
    }
}
