//! The articles: Markdown files with typed front matter, their pages, and the feed.
//!
//! [`Catalogue::load`] reads and renders every file once at start and names every flaw with its file and line; an article
//! whose day of publication lies ahead is checked but not shown before that day. [`leaves`] makes the pages.

mod catalogue;
mod desk;
mod domain;
mod feed;
mod glossary;
mod guide;
mod holdings;
mod pages;
pub mod physio;
mod public;
mod reading;
pub mod search;
mod store;
mod structured;
mod topics;

pub use catalogue::Catalogue;
pub use desk::{Entry, Review, entries};
pub use domain::{Article, Category, Subject, tag_path};
pub use glossary::{Glossary, Term};
pub use guide::{GuideLink, guide_flaws, guides};
pub use holdings::{Collection, Holdings, Trouble};
pub use public::{Edition, leaves, moved};
pub use reading::{HIGHEST_GRADE, Reading};
pub use search::Search;
pub use store::{add_views, views_before, views_since};
