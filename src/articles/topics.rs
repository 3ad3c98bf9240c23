//! Ways through the articles: a page for each category and one for each tag.

use std::sync::Arc;

use askama::Template;
use chrono::NaiveDate;

use super::domain::tag_path;
use super::{Article, Category};
use crate::error::AppError;
use crate::text::{canonical, capitalised};
use crate::web::{House, Leaf, Page};

/// Articles that belong together.
pub(super) struct Topic<'a> {
    /// What it is called.
    pub name: String,
    /// The address of its page.
    pub path: String,
    /// What its articles tell, in a sentence.
    pub lead: String,
    /// The parts of a series in their order, then the others, the newest first. Never empty.
    pub articles: Vec<&'a Article>,
}

/// `/articles/categories/{category}` and `/articles/tags/{tag}`.
#[derive(Template)]
#[template(path = "articles/topic.html")]
struct TopicPage<'a> {
    page: Page,
    topic: &'a Topic<'a>,
    categories: &'a [Topic<'a>],
    tags: &'a [Topic<'a>],
}

impl Topic<'_> {
    /// The day one of its pages last changed.
    pub(super) fn changed(&self) -> Option<NaiveDate> {
        self.articles.iter().map(|article| article.changed()).max()
    }
}

/// The categories that have articles.
pub(super) fn categories<'a>(shown: &[&'a Article]) -> Vec<Topic<'a>> {
    let topic = |category: &Category| Topic {
        name: category.label().to_owned(),
        path: category.path(),
        lead: category.lead().to_owned(),
        articles: sorted(shown, |article| article.front.category == *category),
    };
    Category::ALL.iter().map(topic).filter(|topic| !topic.articles.is_empty()).collect()
}

/// The tags of these articles, in the order of the alphabet.
pub(super) fn tags<'a>(shown: &[&'a Article]) -> Vec<Topic<'a>> {
    let mut tags: Vec<&str> = shown.iter().flat_map(|article| article.front.tags.iter().map(String::as_str)).collect();
    tags.sort_by_key(|tag| canonical(tag));
    tags.dedup();
    let topic = |tag: &str| Topic {
        name: capitalised(tag),
        path: tag_path(tag),
        lead: if tag.starts_with("for ") { format!("What we have written {tag}.") } else { format!("What we have written about: {tag}.") },
        articles: sorted(shown, |article| article.has_tag(tag)),
    };
    tags.into_iter().map(topic).collect()
}

/// Renders the page of each category and each tag.
pub(super) fn leaves(house: &Arc<House>, shown: &[&Article]) -> Result<Vec<(String, Leaf)>, AppError> {
    let (categories, tags) = (categories(shown), tags(shown));
    let leaf = |topic: &Topic<'_>| {
        let page = TopicPage { page: Page::public(house, &topic.path), topic, categories: &categories, tags: &tags };
        Ok((topic.path.clone(), Leaf::page(&page)?.changed_on(topic.changed())))
    };
    categories.iter().chain(&tags).map(leaf).collect()
}

fn sorted<'a>(shown: &[&'a Article], belongs: impl Fn(&Article) -> bool) -> Vec<&'a Article> {
    let mut articles: Vec<&Article> = shown.iter().copied().filter(|article| belongs(article)).collect();
    articles.sort_by(|a, b| {
        let key = |article: &&'a Article| (article.front.series.is_none(), article.front.series.clone(), article.front.part);
        key(a).cmp(&key(b))
    });
    articles
}
