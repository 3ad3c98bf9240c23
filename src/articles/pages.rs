//! What the pages of the articles show.

use askama::Template;
use chrono::NaiveDate;

use super::topics::Topic;
use super::{Article, GuideLink, Term};
use crate::markdown::Rendered;
use crate::text::{canonical, capitalised};
use crate::web::{Assets, Html, Page};

/// `/articles`.
#[derive(Template)]
#[template(path = "articles/list.html")]
pub(super) struct ListPage<'a> {
    pub page: Page,
    pub categories: Vec<Topic<'a>>,
    pub tags: Vec<Topic<'a>>,
    pub guides: Vec<GuideLink>,
    /// Where the signs of an emergency stand.
    pub urgent: Option<String>,
}

/// `/glossary`.
#[derive(Template)]
#[template(path = "articles/glossary.html")]
pub(super) struct GlossaryPage<'a> {
    pub page: Page,
    pub letters: Vec<Letter<'a>>,
    pub data: Html,
}

/// The terms that begin with one letter.
pub(super) struct Letter<'a> {
    pub letter: char,
    pub entries: Vec<Entry<'a>>,
}

/// A term, and the articles that link it.
pub(super) struct Entry<'a> {
    pub term: &'a Term,
    pub used_in: Vec<&'a Article>,
}

impl<'a> Letter<'a> {
    /// The entries, which stand in the order of the alphabet, by their first letters.
    pub(super) fn of(entries: impl IntoIterator<Item = Entry<'a>>) -> Vec<Self> {
        let mut letters: Vec<Self> = Vec::new();
        for entry in entries {
            let first = canonical(&entry.term.term).chars().next().unwrap_or('#').to_ascii_uppercase();
            match letters.last_mut() {
                Some(last) if last.letter == first => last.entries.push(entry),
                _ => letters.push(Self { letter: first, entries: vec![entry] }),
            }
        }
        letters
    }

    /// The id of its heading.
    fn id(&self) -> String {
        format!("letter-{}", self.letter.to_ascii_lowercase())
    }
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
    /// Readers' questions about it.
    pub questions: Vec<Question<'a>>,
    /// How often it was read before today, when that is worth telling.
    pub views: Option<String>,
    /// Whether its review is overdue.
    pub overdue: bool,
    /// The page that says how these pages are made.
    pub method: Option<String>,
    /// The picture its link is shown with, by its name in `static/`.
    pub preview: String,
    pub data: Html,
}

/// A reader's question and its answer.
pub(super) struct Question<'a> {
    pub words: &'a str,
    pub answer: Html,
    pub day: NaiveDate,
}

/// A way to pass a page on.
struct Share {
    name: &'static str,
    address: String,
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

    /// Its tags as links: words and address.
    fn tags(&self) -> Vec<(String, String)> {
        self.article.front.tags.iter().map(|tag| (capitalised(tag), super::domain::tag_path(tag))).collect()
    }

    /// A moment of the front matter's days, as previews write it.
    fn moment(day: &NaiveDate) -> String {
        format!("{day}T00:00:00Z")
    }

    /// Links that pass the page on: a letter, and the pages of other sites on which one would write; nothing of them is loaded here.
    fn shares(&self) -> Vec<Share> {
        let address = self.page.absolute(&self.article.path());
        let (title, words, url) =
            (encode(&self.article.front.title), encode(&format!("{}\n{address}", self.article.front.title)), encode(&address));
        vec![
            Share { name: "E-mail", address: format!("mailto:?subject={title}&body={words}") },
            Share { name: "WhatsApp", address: format!("https://wa.me/?text={words}") },
            Share { name: "Bluesky", address: format!("https://bsky.app/intent/compose?text={words}") },
            Share { name: "Facebook", address: format!("https://www.facebook.com/sharer/sharer.php?u={url}") },
        ]
    }
}

/// The picture a link to the article is shown with: its own, or else that of the site.
pub(super) fn preview(assets: &Assets, article: &Article) -> String {
    let own = format!("share/{}.png", article.front.slug);
    if assets.bytes(&own).is_some() { own } else { "share/site.png".to_owned() }
}

fn encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A number with its thousands apart: "1,240".
pub(super) fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_read_in_threes() {
        for (number, words) in [(0, "0"), (20, "20"), (999, "999"), (1240, "1,240"), (1_000_000, "1,000,000"), (-1240, "-1,240")] {
            assert_eq!(thousands(number), words);
        }
    }
}
