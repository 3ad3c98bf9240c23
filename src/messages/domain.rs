//! What is asked, and what is answered.

use chrono::NaiveDateTime;

/// A reader's question as it is published, without a name, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Slug of the article it was asked about.
    pub article: String,
    /// The question as it is published.
    pub question: String,
    /// The answer, as it was typed.
    pub words: String,
    /// When it was answered, in UTC.
    pub at: NaiveDateTime,
}
