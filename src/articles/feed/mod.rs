//! The feeds of articles: full text, addresses that work outside this site; the same items as Atom and as JSON Feed.

mod atom;
mod json;

use std::fmt::Write;
use std::sync::Arc;

use chrono::NaiveDate;

use super::catalogue::Place;
use super::pages::preview;
use super::{Article, Catalogue};
use crate::error::AppError;
use crate::exercises::Library;
use crate::markdown::{Picture, escape};
use crate::web::{House, Leaf, Page};

/// One article as an item of a feed.
struct Item<'a> {
    article: &'a Article,
    /// The full address of its page, which is also what names it for ever.
    address: String,
    /// Its text with its references, as markup.
    text: String,
    /// The full address of its picture.
    image: String,
}

/// Both feeds of these articles, the newest first.
pub(super) fn leaves(
    house: &Arc<House>,
    catalogue: &Catalogue,
    library: &Library,
    shown: &[&Article],
) -> Result<Vec<(String, Leaf)>, AppError> {
    let page = Page::public(house, "/articles");
    let items: Vec<Item<'_>> = shown.iter().map(|article| item(house, &page, catalogue, library, article)).collect::<Result<_, _>>()?;
    let changed = items.iter().map(|item| item.article.changed()).max();
    let leaf = |kind: &str, text: String| Leaf::new(kind, text.into_bytes()).changed_on(changed);
    Ok(vec![
        (atom::PATH.to_owned(), leaf("application/atom+xml; charset=utf-8", atom::feed(&page, &items, changed))),
        (json::PATH.to_owned(), leaf("application/feed+json; charset=utf-8", json::feed(&page, &items))),
    ])
}

fn item<'a>(house: &House, page: &Page, catalogue: &Catalogue, library: &Library, article: &'a Article) -> Result<Item<'a>, AppError> {
    let address = page.absolute(&article.path());
    let text = full_text(page, catalogue, library, article, &address)?;
    let image = page.absolute(page.asset(&preview(&house.assets, article)));
    Ok(Item { article, address, text, image })
}

/// The text and its references as markup for a reader of feeds.
fn full_text(page: &Page, catalogue: &Catalogue, library: &Library, article: &Article, address: &str) -> Result<String, AppError> {
    let base = page.absolute("");
    let place = Place { base: &base, own: address, icons: None, image: &|name| Some(Picture::Address(page.asset(name).to_owned())) };
    let rendered = catalogue.render(article, library, page.clinic(), &place).map_err(AppError::Internal)?;
    let mut text = rendered.html.to_string();
    let references = article.references();
    if !references.is_empty() {
        text.push_str("<h2>References</h2>\n<ol>\n");
    }
    for reference in &references {
        let link = reference.link().map(|(url, words)| format!(" <a href=\"{}\">{}</a>", escape(&url), escape(&words))).unwrap_or_default();
        let _ = writeln!(text, "<li>{}{link}</li>", escape(&reference.citation()));
    }
    if !references.is_empty() {
        text.push_str("</ol>\n");
    }
    let (reviewed, reviewer) = (page.date(&article.front.last_reviewed), escape(&article.front.reviewed_by));
    let _ = write!(text, "<p>Page last reviewed: {reviewed} by {reviewer}</p>");
    Ok(text)
}

/// The beginning of a day, as feeds write it.
fn moment(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

#[cfg(test)]
mod tests;
