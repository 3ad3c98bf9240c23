//! Markdown in one place: the files of the library, the dialect of the articles, and the little that people may type.

mod document;

pub use document::{Document, Flaw};
