//! What the search shows.

use askama::Template;

use super::entry::Kind;
use super::index::{Found, Wanted};
use super::query::LONGEST;
use crate::web::Page;

/// `/search`.
#[derive(Template)]
#[template(path = "articles/search.html")]
pub(super) struct SearchPage<'a> {
    pub page: Page,
    pub wanted: Wanted,
    pub found: Found,
    /// Titles and paths to begin with.
    pub popular: &'a [(String, String)],
    /// The page for those who may be in need.
    pub urgent: Option<&'a str>,
}

impl SearchPage<'_> {
    /// What was typed.
    fn typed(&self) -> &str {
        &self.wanted.query.text
    }

    /// What was searched: as typed, or as it was understood.
    fn searched(&self) -> &str {
        self.found.corrected.as_deref().unwrap_or(self.typed())
    }

    /// How many were found of what is shown.
    fn count(&self) -> usize {
        self.found.count(self.wanted.kind)
    }

    fn longest(&self) -> usize {
        LONGEST
    }

    /// The filters: words, how many, the address, and whether it is the one in force. Kinds of which there is nothing are left out.
    fn filters(&self) -> Vec<(&'static str, usize, String, bool)> {
        let all = std::iter::once(None).chain(Kind::ALL.iter().copied().map(Some));
        all.map(|kind| (kind.map_or("All", Kind::plural), self.found.count(kind), self.address(kind, 1), kind == self.wanted.kind))
            .filter(|(_, count, _, is_chosen)| *count > 0 || *is_chosen)
            .collect()
    }

    fn previous(&self) -> Option<String> {
        (self.found.page > 1).then(|| self.address(self.wanted.kind, self.found.page - 1))
    }

    fn next(&self) -> Option<String> {
        (self.found.page < self.found.pages).then(|| self.address(self.wanted.kind, self.found.page + 1))
    }

    /// The same words as they were typed.
    fn exactly(&self) -> String {
        format!("{}&exact=1", of_words(self.typed()))
    }

    /// The address of a search for other words.
    fn instead(&self, words: &str) -> String {
        of_words(words)
    }

    fn address(&self, kind: Option<Kind>, page: usize) -> String {
        let mut address = of_words(self.typed());
        if self.wanted.exactly {
            address.push_str("&exact=1");
        }
        if let Some(kind) = kind {
            address.push_str(&format!("&kind={}", kind.word()));
        }
        if page > 1 {
            address.push_str(&format!("&page={page}"));
        }
        address
    }
}

fn of_words(words: &str) -> String {
    format!("/search?q={}", url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>())
}
