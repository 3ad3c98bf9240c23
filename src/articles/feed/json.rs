//! JSON Feed 1.1: <https://www.jsonfeed.org/version/1.1/>.

use serde_json::{Value, json};

use super::{Item, moment};
use crate::text::capitalised;
use crate::web::Page;

/// Where the feed is.
pub(super) const PATH: &str = "/feed.json";

pub(super) fn feed(page: &Page, items: &[Item<'_>]) -> String {
    let clinic = page.clinic();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": clinic.name,
        "description": clinic.motto,
        "home_page_url": page.absolute("/articles"),
        "feed_url": page.absolute(PATH),
        "favicon": page.absolute("/favicon.ico"),
        "language": "en-GB",
        "authors": [{ "name": clinic.name, "url": page.absolute("/") }],
        "items": items.iter().map(entry).collect::<Vec<_>>(),
    });
    feed.to_string()
}

fn entry(item: &Item<'_>) -> Value {
    let front = &item.article.front;
    json!({
        "id": item.address,
        "url": item.address,
        "title": front.title,
        "summary": front.summary,
        "content_html": item.text,
        "date_published": moment(front.published),
        "date_modified": moment(item.article.changed()),
        "authors": front.authors.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "tags": front.tags.iter().map(|tag| capitalised(tag)).collect::<Vec<_>>(),
        "image": item.image,
        "language": "en-GB",
    })
}
