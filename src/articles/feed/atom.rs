//! Atom: <https://www.rfc-editor.org/rfc/rfc4287>.

use std::fmt::Write;

use chrono::NaiveDate;

use super::{Item, moment};
use crate::articles::tag_path;
use crate::markdown::escape;
use crate::web::Page;

/// Where the feed is.
pub(super) const PATH: &str = "/feed.atom";

pub(super) fn feed(page: &Page, items: &[Item<'_>], changed: Option<NaiveDate>) -> String {
    let mut feed =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n");
    let _ = write!(
        feed,
        "<title>{name}</title>\n<subtitle>{motto}</subtitle>\n<id>{home}</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n<updated>{updated}</updated>\n\
         <author><name>{name}</name><uri>{site}</uri></author>\n",
        name = escape(&page.clinic().name),
        motto = escape(&page.clinic().motto),
        home = escape(&page.absolute("/articles")),
        own = escape(&page.absolute(PATH)),
        site = escape(&page.absolute("/")),
        updated = moment(changed.unwrap_or_else(|| page.today())),
    );
    for item in items {
        feed.push_str(&entry(page, item));
    }
    feed.push_str("</feed>\n");
    feed
}

fn entry(page: &Page, item: &Item<'_>) -> String {
    let front = &item.article.front;
    let authors: String = front.authors.iter().map(|author| format!("<author><name>{}</name></author>", escape(author))).collect();
    format!(
        "<entry>\n<title>{title}</title>\n<id>{address}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
         <published>{published}</published>\n<updated>{updated}</updated>\n{authors}\n{categories}\
         <summary>{summary}</summary>\n<content type=\"html\">{text}</content>\n</entry>\n",
        title = escape(&front.title),
        address = escape(&item.address),
        published = moment(front.published),
        updated = moment(item.article.changed()),
        categories = categories(page, item),
        summary = escape(&front.summary),
        text = escape(&item.text),
    )
}

/// The category and the tags: each scheme is the address below which the term has a page.
fn categories(page: &Page, item: &Item<'_>) -> String {
    let front = &item.article.front;
    let category = (front.category.path(), front.category.label());
    let tags = front.tags.iter().map(|tag| (tag_path(tag), tag.as_str()));
    let element = |(path, label): (String, &str)| {
        let (scheme, term) = path.rsplit_once('/').unwrap_or(("", &path));
        let scheme = escape(&page.absolute(scheme));
        format!("<category term=\"{}\" scheme=\"{scheme}\" label=\"{}\"/>\n", escape(term), escape(label))
    };
    [category].into_iter().chain(tags).map(element).collect()
}
