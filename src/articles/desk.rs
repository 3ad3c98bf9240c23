//! The editor's view of the library: every page with its review, its reading grade, and who reads and asks.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use super::{Article, Catalogue, Reading, guide};

/// Days before a review is due from which on it is called soon.
const SOON: i64 = 30;
/// Weeks of views that are shown.
pub const WEEKS: usize = 12;

/// A page of the library that somebody has to look after.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What its views are counted under: the slug of an article, or the path of a guide without its first slash.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub path: String,
    /// Its file in the library.
    pub file: String,
    /// The first day it is shown; a guide always is.
    pub published: Option<NaiveDate>,
    /// The day it was last checked.
    pub reviewed: NaiveDate,
    /// The day by which it must be checked again.
    pub due: NaiveDate,
    /// How hard it is to read.
    pub reading: Reading,
    /// All its words.
    pub words: usize,
    /// Minutes it takes to read.
    pub minutes: usize,
}

impl Entry {
    fn of(article: &Article) -> Self {
        let front = &article.front;
        Self {
            key: front.slug.clone(),
            title: front.title.clone(),
            path: article.path(),
            file: format!("{}.md", front.slug),
            published: Some(front.published),
            reviewed: front.last_reviewed,
            due: front.next_review,
            reading: article.reading,
            words: article.rendered.words,
            minutes: article.minutes(),
        }
    }

    /// Whether readers see it on this day.
    #[must_use]
    pub fn is_shown(&self, today: NaiveDate) -> bool {
        self.first_day() <= today
    }

    /// The first day readers see it.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        self.published.unwrap_or(self.reviewed)
    }

    /// How it stands with its review on this day.
    #[must_use]
    pub fn review(&self, today: NaiveDate) -> Review {
        let days = (self.due - today).num_days();
        match days {
            ..0 => Review::Overdue(-days),
            0..=SOON => Review::Soon(days),
            _ => Review::Later(days),
        }
    }
}

/// How it stands with the review of a page, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// It should have been checked so many days ago.
    Overdue(i64),
    /// It is due within a month.
    Soon(i64),
    /// There is time.
    Later(i64),
}

impl Review {
    /// The picture beside its words.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Overdue(_) => "warning",
            Self::Soon(_) => "clock",
            Self::Later(_) => "check",
        }
    }

    /// What it is called in a style sheet.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue(_) => "overdue",
            Self::Soon(_) => "soon",
            Self::Later(_) => "later",
        }
    }

    /// "due in 12 days"
    #[must_use]
    pub fn in_words(self) -> String {
        let days = |days: i64| match days {
            1 => "1 day".to_owned(),
            2..60 => format!("{days} days"),
            _ => format!("{} months", days / 30),
        };
        match self {
            Self::Overdue(late) => format!("overdue by {}", days(late)),
            Self::Soon(0) => "due today".to_owned(),
            Self::Soon(left) | Self::Later(left) => format!("due in {}", days(left)),
        }
    }
}

/// Every page that has a review date: the articles and the guides.
#[must_use]
pub fn entries(catalogue: &Catalogue) -> Vec<Entry> {
    catalogue.all().iter().map(Entry::of).chain(guide::entries()).collect()
}

/// How often a page was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Views {
    /// In the last seven days, today among them.
    pub week: i64,
    /// In the last thirty.
    pub month: i64,
    /// Ever.
    pub all: i64,
    /// In each of the last twelve weeks, the oldest first; the last one ends today.
    pub weeks: [i64; WEEKS],
}

/// The first day of the weeks that are shown.
#[must_use]
pub fn first_day(today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(i64::try_from(WEEKS * 7).unwrap_or(0) - 1)
}

/// Sums up what was counted, by what it was counted under: `all` of all days, `days` since [`first_day`].
#[must_use]
pub fn views(all: &HashMap<String, i64>, days: &[(String, NaiveDate, i64)], today: NaiveDate) -> HashMap<String, Views> {
    let mut views: HashMap<String, Views> = all.iter().map(|(key, all)| (key.clone(), Views { all: *all, ..Views::default() })).collect();
    for (key, day, times) in days {
        let Ok(ago) = usize::try_from((today - *day).num_days()) else { continue };
        let views = views.entry(key.clone()).or_default();
        views.week += if ago < 7 { *times } else { 0 };
        views.month += if ago < 30 { *times } else { 0 };
        if let Some(week) = (WEEKS - 1).checked_sub(ago / 7) {
            views.weeks[week] += times;
        }
    }
    views
}

/// A page with all that is known of it.
#[derive(Debug, Clone)]
pub struct Row {
    /// The page.
    pub entry: Entry,
    /// How it stands with its review.
    pub review: Review,
    /// How often it was read.
    pub views: Views,
    /// Questions about it that wait for an answer.
    pub questions: i64,
}

impl Row {
    /// What was counted in each of the weeks that begin on these days; nothing for one that was over before the page was there.
    pub fn weeks(&self, weeks: &[NaiveDate]) -> Vec<Option<i64>> {
        let was_there = |week: NaiveDate| self.entry.published.is_none_or(|published| published < week + TimeDelta::weeks(1));
        weeks.iter().zip(self.views.weeks).map(|(week, count)| (count > 0 || was_there(*week)).then_some(count)).collect()
    }
}

/// How many pages there are, and how many of them want something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// All of them.
    pub pages: usize,
    /// Those whose review is overdue.
    pub overdue: usize,
    /// Those whose review is due within a month.
    pub soon: usize,
    /// Questions that wait.
    pub questions: i64,
    /// Those that are harder to read than they may be.
    pub hard: usize,
}

impl Total {
    /// Counts them.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let count = |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
        Self {
            pages: rows.len(),
            overdue: count(|row| matches!(row.review, Review::Overdue(_))),
            soon: count(|row| matches!(row.review, Review::Soon(_))),
            questions: rows.iter().map(|row| row.questions).sum(),
            hard: count(|row| row.entry.reading.is_too_hard()),
        }
    }
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// What must be checked first.
    Due,
    /// What was read most in the last thirty days.
    Views,
    /// What is hardest to read.
    Grade,
    /// By title.
    Title,
}

/// What the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Every page.
    All,
    /// Pages whose review is overdue.
    Overdue,
    /// Pages somebody has a question about.
    Questions,
}

/// A choice that stands in an address as a word.
macro_rules! choice {
    ($type:ident, $default:ident, $($variant:ident $word:literal $label:literal),+) => {
        impl $type {
            /// All of them, in the order they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in an address.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The words on the page.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The one with this word; the usual one for any other.
            #[must_use]
            pub fn from_word(word: &str) -> Self {
                Self::ALL.iter().copied().find(|choice| choice.word() == word).unwrap_or(Self::$default)
            }
        }
    };
}

choice!(Sort, Due, Due "due" "Review", Views "views" "Views", Grade "grade" "Grade", Title "title" "Title");
choice!(Show, All, All "all" "All pages", Overdue "overdue" "Overdue", Questions "questions" "With questions");

impl Show {
    fn has(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Overdue => matches!(row.review, Review::Overdue(_)),
            Self::Questions => row.questions > 0,
        }
    }
}

/// The rows that are wanted, in the order that is wanted.
#[must_use]
pub fn arranged(mut rows: Vec<Row>, sort: Sort, show: Show) -> Vec<Row> {
    rows.retain(|row| show.has(row));
    rows.sort_by(|a, b| a.entry.title.cmp(&b.entry.title));
    match sort {
        Sort::Due => rows.sort_by_key(|row| row.entry.due),
        Sort::Views => rows.sort_by_key(|row| Reverse((row.views.month, row.views.all))),
        Sort::Grade => rows.sort_by(|a, b| b.entry.reading.grade().total_cmp(&a.entry.reading.grade())),
        Sort::Title => {}
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn row(title: &str, due: NaiveDate, month: i64, questions: i64) -> Row {
        let entry = Entry {
            key: title.to_owned(),
            title: title.to_owned(),
            path: String::new(),
            file: String::new(),
            published: Some(day(20)),
            reviewed: day(1),
            due,
            reading: Reading { words: 10, sentences: 1, syllables: 10 + u32::try_from(month).unwrap() },
            words: 10,
            minutes: 1,
        };
        Row { review: entry.review(day(24)), entry, views: Views { month, ..Views::default() }, questions }
    }

    #[test]
    fn a_review_says_how_it_stands() {
        let words = |due: NaiveDate| row("a", due, 0, 0).review.in_words();
        assert_eq!(words(day(23)), "overdue by 1 day");
        assert_eq!(words(day(24)), "due today");
        assert_eq!(words(day(25)), "due in 1 day");
        assert_eq!(words(day(24) + TimeDelta::days(12)), "due in 12 days");
        assert_eq!(words(day(24) + TimeDelta::days(59)), "due in 59 days");
        assert_eq!(words(day(24) + TimeDelta::days(365)), "due in 12 months");
        assert_eq!(words(day(24) - TimeDelta::days(70)), "overdue by 2 months");
        assert_eq!(row("a", day(24) + TimeDelta::days(30), 0, 0).review, Review::Soon(30));
        assert_eq!(row("a", day(24) + TimeDelta::days(31), 0, 0).review, Review::Later(31));
    }

    #[test]
    fn views_fall_into_their_weeks() {
        let ago = |days: i64| day(24) - TimeDelta::days(days);
        let counted = |days: i64, times: i64| ("hip".to_owned(), ago(days), times);
        let days = [counted(0, 1), counted(6, 10), counted(7, 100), counted(29, 1000), counted(30, 10_000), counted(83, 100_000)];
        assert_eq!(ago(83), first_day(day(24)));
        let all = HashMap::from([("hip".to_owned(), 999_999), ("knee".to_owned(), 5)]);
        let views = views(&all, &days, day(24));
        let hip = views["hip"];
        assert_eq!((hip.week, hip.month, hip.all), (11, 1111, 999_999));
        assert_eq!(hip.weeks, [100_000, 0, 0, 0, 0, 0, 0, 11_000, 0, 0, 100, 11]);
        assert_eq!(views["knee"], Views { all: 5, ..Views::default() });
    }

    #[test]
    fn the_list_is_sorted_and_filtered() {
        let rows = || vec![row("b", day(30), 1, 2), row("c", day(20), 5, 0), row("a", day(30), 3, 0)];
        let titles = |sort: &str, show: &str| {
            let rows = arranged(rows(), Sort::from_word(sort), Show::from_word(show));
            rows.into_iter().map(|row| row.entry.title).collect::<String>()
        };
        assert_eq!(titles("due", "all"), "cab", "overdue first, then the soonest");
        assert_eq!((titles("views", ""), titles("grade", ""), titles("title", "")), ("cab".to_owned(), "cab".to_owned(), "abc".to_owned()));
        assert_eq!((titles("nonsense", "overdue"), titles("", "questions")), ("c".to_owned(), "b".to_owned()));
        let total = Total { pages: 3, overdue: 1, soon: 2, questions: 2, hard: 0 };
        assert_eq!(Total::of(&rows()), total);
        let mut new = row("a", day(30), 0, 0);
        let weeks: Vec<NaiveDate> = (0..12).map(|week| day(18) - TimeDelta::weeks(11 - week)).collect();
        assert_eq!(new.weeks(&weeks)[9..], [None, None, Some(0)], "nothing is not nought");
        new.views.weeks[10] = 3;
        assert_eq!(new.weeks(&weeks)[9..], [None, Some(3), Some(0)]);
    }
}
