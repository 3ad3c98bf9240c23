//! What the pages of the articles show.

use askama::Template;
use serde_json::{Value, json};

use super::{Article, Term};
use crate::markdown::Rendered;
use crate::web::{Html, Page};

/// `/articles`.
#[derive(Template)]
#[template(path = "articles/list.html")]
pub(super) struct ListPage<'a> {
    pub page: Page,
    pub groups: Vec<Group<'a>>,
}

/// `/glossary`.
#[derive(Template)]
#[template(path = "articles/glossary.html")]
pub(super) struct GlossaryPage<'a> {
    pub page: Page,
    pub terms: &'a [Term],
}

/// A series, or the articles of one category that belong to none.
pub(super) struct Group<'a> {
    pub heading: String,
    pub is_series: bool,
    pub articles: Vec<&'a Article>,
}

/// `/articles/{slug}`.
#[derive(Template)]
#[template(path = "articles/article.html")]
pub(super) struct ArticlePage<'a> {
    pub page: Page,
    pub article: &'a Article,
    pub rendered: Rendered,
    /// All parts of its series, itself among them, in order.
    pub parts: Vec<&'a Article>,
    pub related: Vec<&'a Article>,
    /// The picture for previews, with its full address.
    pub figure: Option<String>,
    pub data: Html,
}

impl ArticlePage<'_> {
    /// The part before this one in its series.
    fn previous(&self) -> Option<&Article> {
        self.place().and_then(|place| place.checked_sub(1)).and_then(|before| self.parts.get(before)).copied()
    }

    /// The part after this one in its series.
    fn next(&self) -> Option<&Article> {
        self.place().and_then(|place| self.parts.get(place + 1)).copied()
    }

    fn place(&self) -> Option<usize> {
        self.parts.iter().position(|part| part.front.slug == self.article.front.slug)
    }

    /// Who wrote it, as it reads after "By".
    fn authors(&self) -> String {
        let lower = |author: &String| author.strip_prefix("The ").map_or_else(|| author.clone(), |rest| format!("the {rest}"));
        self.article.front.authors.iter().map(lower).collect::<Vec<_>>().join(", ")
    }

    /// A link that opens a letter about this page.
    fn letter(&self) -> String {
        let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
        format!("mailto:?subject={}&body={}", encode(&self.article.front.title), encode(&self.page.absolute(&self.article.path())))
    }
}

/// The article as search engines read it: <https://schema.org/MedicalWebPage>.
pub(super) fn structured(page: &Page, article: &Article) -> Value {
    let front = &article.front;
    let clinic = json!({ "@type": "MedicalClinic", "name": page.clinic().name, "url": page.absolute("/") });
    json!({
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": page.absolute(&article.path()),
        "name": front.title,
        "headline": front.title,
        "description": front.summary,
        "inLanguage": "en-GB",
        "keywords": front.tags,
        "author": front.authors.iter().map(author).collect::<Vec<_>>(),
        "reviewedBy": { "@type": "Person", "name": front.reviewed_by },
        "publisher": clinic,
        "datePublished": front.published.to_string(),
        "dateModified": front.updated.to_string(),
        "lastReviewed": front.last_reviewed.to_string(),
    })
}

/// A team is an organisation, anyone else a person.
fn author(name: &String) -> Value {
    let kind = if name.starts_with("The ") { "Organization" } else { "Person" };
    json!({ "@type": kind, "name": name })
}
