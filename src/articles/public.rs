//! The public pages of the articles, made once and put on the shelf.

use std::sync::Arc;

use chrono::NaiveDate;

use super::catalogue::Place;
use super::pages::{self, ArticlePage, Group, ListPage};
use super::{Article, Catalogue, feed};
use crate::error::AppError;
use crate::exercises::Library;
use crate::web::{House, Html, Leaf, Page};

/// Renders `/articles`, `/articles/{slug}` and `/feed.atom` as readers see them on `today`.
///
/// # Errors
/// [`AppError::Internal`] when a page cannot be rendered.
pub fn leaves(house: &Arc<House>, catalogue: &Catalogue, library: &Library, today: NaiveDate) -> Result<Vec<(String, Leaf)>, AppError> {
    let shown = catalogue.shown(today);
    let list = ListPage { page: Page::public(house, "/articles"), groups: groups(&shown) };
    let mut leaves = vec![("/articles".to_owned(), Leaf::page(&list)?)];
    for article in &shown {
        leaves.push((article.path(), Leaf::page(&article_page(house, catalogue, library, article, today)?)?));
    }
    leaves.push((feed::PATH.to_owned(), feed::leaf(house, catalogue, library, &shown)?));
    Ok(leaves)
}

fn article_page<'a>(
    house: &Arc<House>,
    catalogue: &'a Catalogue,
    library: &Library,
    article: &'a Article,
    today: NaiveDate,
) -> Result<ArticlePage<'a>, AppError> {
    let page = Page::public(house, &article.path());
    let place = Place { base: "", own: "", icons: Some(page.asset("icons.svg")), image: &|name| Some(page.asset(name).to_owned()) };
    let rendered = catalogue.render(article, library, page.clinic(), &place).map_err(AppError::Internal)?;
    let related = article.front.related.iter().filter_map(|slug| catalogue.get(slug)).filter(|other| other.is_shown(today)).collect();
    let figure = article.front.figure.as_ref().map(|figure| page.absolute(page.asset(figure)));
    let data = Html::json(&pages::structured(&page, article));
    Ok(ArticlePage { rendered, article, parts: catalogue.series(article, today), related, figure, data, page })
}

/// Series first, then what belongs to none, by category.
fn groups<'a>(shown: &[&'a Article]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for article in shown {
        let (heading, is_series) = match &article.front.series {
            Some(series) => (series.clone(), true),
            None => (article.front.category.label().to_owned(), false),
        };
        match groups.iter_mut().find(|group| group.heading == heading && group.is_series == is_series) {
            Some(group) => group.articles.push(article),
            None => groups.push(Group { heading, is_series, articles: vec![article] }),
        }
    }
    groups.sort_by_key(|group| !group.is_series);
    for group in groups.iter_mut().filter(|group| group.is_series) {
        group.articles.sort_by_key(|article| article.front.part);
    }
    groups
}
