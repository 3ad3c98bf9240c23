//! What the pages of the articles show.

use std::fmt::Write;
use std::sync::Arc;

use askama::Template;
use chrono::{Days, NaiveDate};

use super::desk::{self, Row, Show, Sort, Total};
use super::topics::Topic;
use super::{Article, GuideLink, Term, Trouble};
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

/// `/clinic/library`.
#[derive(Template)]
#[template(path = "articles/desk.html")]
pub(super) struct DeskPage {
    pub page: Page,
    pub rows: Vec<Row>,
    pub total: Total,
    pub sort: Sort,
    pub show: Show,
    pub trouble: Arc<Option<Trouble>>,
    pub brought: Brought,
}

/// What the library has beside the pages with a review date.
pub(super) struct Brought {
    /// How many exercises.
    pub exercises: usize,
    /// Whether the clinic has a folder of its own files.
    pub folder: bool,
    /// How many there are.
    pub own: usize,
    /// Those in the place of a file of the program.
    pub replaced: Vec<String>,
}

impl DeskPage {
    /// "12 pages: 1 review is overdue, 2 are due within a month, 3 questions wait."
    fn in_words(&self) -> String {
        let Total { pages, overdue, soon, questions, hard } = self.total;
        let count = |count: usize, one: &str, more: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {more}")),
        };
        let questions = usize::try_from(questions).unwrap_or(0);
        let wants = [
            count(overdue, "review is overdue", "reviews are overdue"),
            count(soon, "review is due within a month", "reviews are due within a month"),
            count(questions, "question waits", "questions wait"),
            count(hard, "page is hard to read", "pages are hard to read"),
        ];
        let wants: Vec<String> = wants.into_iter().flatten().collect();
        let wants = if wants.is_empty() { "all reviews are in time".to_owned() } else { wants.join(", ") };
        format!("{}: {wants}.", count(pages, "page", "pages").unwrap_or_else(|| "No page".to_owned()))
    }

    /// The address with another order or another part of the list.
    fn address(&self, sort: &Sort, show: &Show) -> String {
        let words = [("sort", sort.word(), *sort == Sort::ALL[0]), ("show", show.word(), *show == Show::ALL[0])];
        let asked: Vec<String> = words.iter().filter(|(.., usual)| !usual).map(|(name, word, _)| format!("{name}={word}")).collect();
        if asked.is_empty() { "/clinic/library".to_owned() } else { format!("/clinic/library?{}", asked.join("&")) }
    }

    /// The direction a column is sorted in, as browsers are told; nothing for the others.
    fn sorted(&self, by: &str) -> &'static str {
        match self.sort {
            sort if sort.word() != by => "",
            Sort::Due | Sort::Title => "ascending",
            Sort::Views | Sort::Grade => "descending",
        }
    }

    /// The flaws as place and reason.
    fn flaws(&self) -> Vec<(&str, &str)> {
        let flaws = self.trouble.as_ref().as_ref().map(|trouble| trouble.flaws.as_slice()).unwrap_or_default();
        flaws.iter().map(|flaw| flaw.split_once(": ").unwrap_or(("", flaw))).collect()
    }

    /// The days the weeks begin on, the oldest first.
    fn weeks(&self) -> Vec<NaiveDate> {
        let first = desk::first_day(self.page.today());
        (0..desk::WEEKS).map(|week| first + Days::new(7 * week as u64)).collect()
    }

    /// "3.6"
    fn grade(&self, row: &Row) -> String {
        format!("{:.1}", row.entry.reading.grade().max(0.0))
    }

    /// A number of views.
    fn count(&self, views: &i64) -> String {
        thousands(*views)
    }

    fn words(&self, words: &usize) -> String {
        thousands(i64::try_from(*words).unwrap_or(i64::MAX))
    }

    fn bars(&self, row: &Row) -> Html {
        bars(row, &self.weeks())
    }

    /// What was counted week by week; nothing for a week that was over before the page was there.
    fn by_week(&self, row: &Row) -> Vec<String> {
        row.weeks(&self.weeks()).into_iter().map(|count| count.map(thousands).unwrap_or_default()).collect()
    }
}

/// Twelve bars, a week each, the highest as high as the picture; a week before the page was there stays empty, one without readers
/// has a line.
fn bars(row: &Row, weeks: &[NaiveDate]) -> Html {
    let most = row.views.weeks.iter().copied().max().unwrap_or(0).max(1);
    let mut out = format!(
        "<svg class=\"chart spark\" viewBox=\"0 0 120 28\" role=\"img\" aria-label=\"{} views in 12 weeks, at most {} in one\">",
        thousands(row.views.weeks.iter().sum()),
        thousands(row.views.weeks.iter().copied().max().unwrap_or(0)),
    );
    for (place, count) in row.weeks(weeks).into_iter().enumerate() {
        let (Some(count), x) = (count, place * 10 + 1) else { continue };
        let _ = write!(out, "<path class=\"axis\" d=\"M{x} 27.5h8\"/>");
        if count > 0 {
            let height = (26 * count / most).max(2);
            let _ = write!(out, "<rect class=\"bar\" x=\"{x}\" y=\"{}\" width=\"8\" height=\"{height}\"/>", 27 - height);
        }
    }
    out.push_str("</svg>");
    Html::trusted(out)
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
