//! What the pages of the site show.

use askama::Template;

use crate::articles::{Article, GuideLink};
use crate::web::{Html, Page};

/// `/`.
#[derive(Template)]
#[template(path = "site/home.html")]
pub(super) struct HomePage<'a> {
    pub page: Page,
    pub articles: Vec<&'a Article>,
    pub entries: Vec<Entry<'a>>,
    /// Where the signs of an emergency stand.
    pub urgent: Option<String>,
    pub data: Html,
}

/// A way in for readers who are alike: what to read first.
pub(super) struct Entry<'a> {
    pub name: &'static str,
    pub words: &'static str,
    /// The page with all their articles.
    pub path: String,
    pub articles: Vec<&'a Article>,
    pub guide: Option<GuideLink>,
}

/// `/privacy`.
#[derive(Template)]
#[template(path = "site/privacy.html")]
pub(super) struct PrivacyPage {
    pub page: Page,
}
