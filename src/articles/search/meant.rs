//! What may have been meant by an address that leads nowhere.

use super::entry::Entry;
use super::index::Index;
use super::query::Query;
use super::words::split;
use crate::error::AppError;
use crate::web::{Meant, Suggestion};

/// Pages offered at most.
const OFFERED: usize = 5;
/// Parts of addresses that name no page.
const EMPTY: &[&str] = &[
    "article",
    "articles",
    "exercise",
    "exercises",
    "glossary",
    "search",
    "blog",
    "post",
    "posts",
    "page",
    "pages",
    "html",
    "htm",
    "php",
    "asp",
    "aspx",
    "index",
    "www",
    "en",
    "gb",
    "amp",
    "wp",
    "tag",
    "tags",
    "category",
    "categories",
    "feed",
];

/// The words of a path that may name a page.
pub(super) fn words_of(path: &str) -> String {
    // The path as a form would send it is decoded the same way.
    let decoded: String = url::form_urlencoded::parse(path.as_bytes()).map(|(name, value)| format!("{name} {value}")).collect();
    let words = split(&decoded);
    let telling = words.iter().filter(|word| !EMPTY.contains(&word.as_str()) && !word.chars().all(|c| c.is_ascii_digit()));
    telling.map(String::as_str).collect::<Vec<_>>().join(" ")
}

impl Index {
    /// Pages whose name is nearly the one in the path, then those that have its words.
    ///
    /// # Errors
    /// The database's own.
    pub(super) fn meant(&self, path: &str) -> Result<Meant, AppError> {
        let words = words_of(path);
        if words.is_empty() {
            return Ok(Meant::default());
        }
        let name = words.replace(' ', "-");
        let mut near: Vec<(usize, &Entry)> = self.entries.iter().filter_map(|entry| Some((nearly(&name, &entry.slug)?, entry))).collect();
        near.sort_by_key(|(distance, _)| *distance);
        let mut offered: Vec<&Entry> = near.into_iter().map(|(_, entry)| entry).collect();
        for entry in self.best(&Query::read(&words), OFFERED)? {
            if !offered.iter().any(|other| other.path == entry.path) {
                offered.push(entry);
            }
        }
        let suggestion = |entry: &Entry| Suggestion { title: entry.title.clone(), path: entry.path.clone(), kind: entry.kind.label() };
        let pages: Vec<Suggestion> = offered.into_iter().take(OFFERED).map(suggestion).collect();
        Ok(Meant { words: if pages.is_empty() { String::new() } else { words }, pages })
    }
}

/// How many letters are wrong in a name, if it is still to be recognised.
fn nearly(name: &str, slug: &str) -> Option<usize> {
    let allowed = slug.chars().count() / 4;
    if name.chars().count().abs_diff(slug.chars().count()) > allowed {
        return None;
    }
    Some(strsim::osa_distance(name, slug)).filter(|distance| *distance <= allowed.min(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_path_are_read() {
        for (path, words) in [
            ("/articles/iliopsoas-syndrom", "iliopsoas syndrom"),
            ("/blog/2024/05/Hip%20Flexor_pain.html", "hip flexor pain"),
            ("/", ""),
            ("/articles/", ""),
            ("/%00%ff", ""),
        ] {
            assert_eq!(words_of(path), words, "{path}");
        }
    }

    #[test]
    fn a_name_with_a_wrong_letter_is_recognised() {
        assert_eq!(nearly("hip-brigde", "hip-bridge"), Some(1));
        assert_eq!(nearly("bursa", "bursa"), Some(0));
        assert_eq!(nearly("hip-thrust", "hip-bridge"), None);
        assert_eq!(nearly("set", "sat"), None);
    }
}
