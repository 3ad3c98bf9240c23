//! The page of results, and the file by which browsers learn that they can search here.

use std::sync::Arc;

use actix_web::{HttpRequest, web};

use super::Search;
use super::entry::Kind;
use super::index::Wanted;
use super::pages::SearchPage;
use super::query::Query;
use crate::error::AppError;
use crate::markdown::escape;
use crate::web::{Answer, Fields, House, Leaf, Page, html};

/// Where browsers learn how to search.
const DESCRIPTION: &str = "/opensearch.xml";

/// `GET /search`: `q` what to look for, `kind` of which kind, `page` from 1, `exact` not to mend mistyped words. Any text is a query,
/// and a value that means nothing is as good as none.
///
/// # Errors
/// [`AppError::Internal`] when the index cannot be asked.
pub async fn results(page: Page, request: HttpRequest, search: web::Data<Search>) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let wanted = Wanted {
        query: Query::read(asked.get("q")),
        exactly: asked.is("exact", "1"),
        kind: Kind::from_word(asked.get("kind")),
        page: asked.get("page").parse().unwrap_or(1),
    };
    let index = search.index()?;
    let found = {
        let (index, wanted) = (Arc::clone(&index), wanted.clone());
        // A search takes less than a millisecond, but another may have come first.
        tokio::task::spawn_blocking(move || index.find(&wanted)).await
    };
    let found = found.map_err(|error| AppError::Internal(format!("a search ended early: {error}")))??;
    html(&SearchPage { page, wanted, found, popular: &index.popular, urgent: index.urgent.as_deref() })
}

/// The description of this search for browsers: <https://developer.mozilla.org/docs/Web/XML/Guides/OpenSearch>.
#[must_use]
pub fn leaf(house: &Arc<House>) -> (String, Leaf) {
    let page = Page::public(house, DESCRIPTION);
    let name = escape(&page.clinic().name);
    let description = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<Description>Search {name}</Description>\n<InputEncoding>UTF-8</InputEncoding>\n\
         <Image width=\"32\" height=\"32\" type=\"image/svg+xml\">{}</Image>\n\
         <Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
        escape(&short(&page.clinic().name)),
        escape(&page.absolute(page.asset("favicon.svg"))),
        escape(&page.absolute("/search")),
    );
    (DESCRIPTION.to_owned(), Leaf::new("application/opensearchdescription+xml; charset=utf-8", description.into_bytes()))
}

/// As many whole words of a name as fit into the sixteen characters the format allows; at least some letters.
fn short(name: &str) -> String {
    let mut short = String::new();
    for word in name.split_whitespace() {
        let longer = if short.is_empty() { word.to_owned() } else { format!("{short} {word}") };
        if longer.chars().count() > 16 {
            break;
        }
        short = longer;
    }
    if short.is_empty() { name.chars().take(16).collect() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_made_of_whole_words() {
        for (name, expected) in [("Harbour Hip Clinic", "Harbour Hip"), ("Hip", "Hip"), ("Physiotherapeutical Centre", "Physiotherapeuti")]
        {
            assert_eq!(short(name), expected);
        }
    }
}
