//! What can go wrong, and which to use where.
//!
//! * [`AppError::NotFound`]: there is no such thing, *or it is another person's*: both look the same from outside.
//! * [`AppError::Forbidden`]: the page is for another role than the viewer's.
//! * [`AppError::Invalid`]: what was typed, or what the rules of the clinic refuse; shown beside the fields.
//! * [`AppError::Busy`]: too much at once; the same request works in a moment.
//! * [`AppError::SignIn`]: the page needs a person.
//! * [`AppError::Refused`]: a request no page of ours would send (wrong origin, too large, too many tries).
//! * [`AppError::Internal`]: our fault; the words go to the log, never to the page.

use std::fmt;

/// A failure on the way of a request.
#[derive(Debug)]
pub enum AppError {
    /// No such thing for this viewer: 404.
    NotFound,
    /// For another role: 403.
    Forbidden,
    /// Answers to mend, by field: 422.
    Invalid(Invalid),
    /// Try again in a moment: 503.
    Busy,
    /// Needs a person: to the sign-in page and back to the path given.
    SignIn(String),
    /// Refused before it was read: status and words for the page.
    Refused(u16, &'static str),
    /// Our fault: 500.
    Internal(String),
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Forbidden => f.write_str("for another role"),
            Self::Invalid(invalid) => write!(f, "refused: {invalid}"),
            Self::Busy => f.write_str("busy"),
            Self::SignIn(_) => f.write_str("needs a person"),
            Self::Refused(_, words) => f.write_str(words),
            Self::Internal(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for AppError {}

/// What is wrong with a posted form: field name and words, in the order of the form. Never empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invalid(Vec<(String, String)>);

impl Invalid {
    /// One field's problem.
    pub fn one(field: impl Into<String>, words: impl Into<String>) -> Self {
        Self(vec![(field.into(), words.into())])
    }

    /// Adds a field's problem.
    pub fn add(&mut self, field: impl Into<String>, words: impl Into<String>) {
        self.0.push((field.into(), words.into()));
    }

    /// Takes a field's value, or notes why there is none.
    pub fn take<T>(&mut self, field: &str, outcome: Result<T, String>) -> Option<T> {
        outcome.map_err(|words| self.add(field, words)).ok()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fields and words, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, words)| (field.as_str(), words.as_str()))
    }

    /// The words beside one field, if it has a problem.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == field).map(|(_, words)| words)
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (field, words)) in self.iter().enumerate() {
            write!(f, "{}{field}: {words}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl From<Invalid> for AppError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}
