//! The queries of the search: `SQLite`'s full-text index FTS5, in memory, made anew whenever the shelf is filled.
//!
//! Two tables. `pages` says which pages have the words, best first; `sections` says where on a page they stand, and shows them.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Double, Text};
use diesel::sqlite::SqliteConnection;

use super::entry::Entry;
use super::words;
use crate::articles::public::URGENT;
use crate::error::AppError;

/// Stand before and after each word that was found; private characters, which no text of ours keeps.
pub(super) const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// `porter` finds "stretch" by "stretching"; `unicode61` makes letters small and takes accents away. The text of a page is kept once,
/// in its sections.
const TABLES: &str = "PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY;
    CREATE VIRTUAL TABLE pages USING fts5(title, names, summary, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE sections USING fts5(page, heading, text, tokenize = 'porter unicode61 remove_diacritics 2');";

/// A word in the title counts most, then other names of the thing, then the summary.
const RANKED: &str = "SELECT rowid AS place, -bm25(pages, 12.0, 6.0, 4.0, 1.0) AS score FROM pages WHERE pages MATCH ?";
const TITLED: &str = "SELECT rowid AS place, 0.0 AS score FROM pages WHERE pages MATCH ?";
const IN_SECTIONS: &str =
    "SELECT rowid AS place, -bm25(sections, 0.0, 3.0, 1.0) AS score FROM sections WHERE sections MATCH ? ORDER BY score DESC, rowid";
/// At most 32 words of a section, the ones with the most of what was looked for. The plus sign keeps `SQLite` from asking the index
/// anew for every row.
const SHOWN: &str = "SELECT rowid AS place, snippet(sections, 2, char(57344), char(57345), '…', 32) AS words
    FROM sections WHERE sections MATCH ? AND +rowid IN (SELECT value FROM json_each(?))";

/// A heading that so many sections have says little of any of them.
const COMMON: usize = 3;

/// Where the words of a query stand on one page.
pub(super) struct Spot {
    /// Which section of the page; none is its summary.
    pub section: Option<usize>,
    /// Words from there, with [`MARKS`] round those that were looked for.
    pub words: String,
}

/// The index of one day. One reader at a time: a search takes less than a millisecond.
pub(super) struct Store {
    conn: Mutex<SqliteConnection>,
    /// What is behind each row of `sections`.
    rows: Vec<Row>,
}

struct Row {
    page: usize,
    /// Which section of the page; none is its summary.
    section: Option<usize>,
    /// Not under a heading that many pages have, as care cards do: they belong to the page about what is urgent.
    of_own: bool,
}

#[derive(QueryableByName)]
struct Ranked {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Double)]
    score: f64,
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    words: String,
}

impl Store {
    /// The index of these pages.
    ///
    /// # Errors
    /// The database's own.
    pub(super) fn of(entries: &[Entry]) -> Result<Self, AppError> {
        let mut conn = SqliteConnection::establish(":memory:").map_err(|error| AppError::Internal(format!("search: {error}")))?;
        conn.batch_execute(TABLES)?;
        let mut rows = Vec::new();
        let common = common_headings(entries);
        conn.transaction(|conn| {
            for (place, entry) in entries.iter().enumerate() {
                add(conn, place, entry, &common, &mut rows)?;
            }
            conn.batch_execute("INSERT INTO pages (pages) VALUES ('optimize'); INSERT INTO sections (sections) VALUES ('optimize');")
        })?;
        Ok(Self { conn: Mutex::new(conn), rows })
    }

    /// Whether some page has this word, in any of its forms.
    pub(super) fn knows(&self, word: &str) -> Result<bool, AppError> {
        let found: Vec<Ranked> = sql_query("SELECT rowid AS place, 0.0 AS score FROM pages WHERE pages MATCH ? LIMIT 1")
            .bind::<Text, _>(words::quoted(word))
            .load(&mut *self.reader())?;
        Ok(!found.is_empty())
    }

    /// The places of all pages that match, and how well.
    pub(super) fn ranked(&self, matching: &str) -> Result<Vec<(usize, f64)>, AppError> {
        let found: Vec<Ranked> = sql_query(RANKED).bind::<Text, _>(matching).load(&mut *self.reader())?;
        Ok(found.into_iter().map(|row| (from_row(row.place), row.score)).collect())
    }

    /// The places of the pages that match by their title alone.
    pub(super) fn titled(&self, matching: &str) -> Result<HashSet<usize>, AppError> {
        let titled = format!("title : ({matching})");
        let found: Vec<Ranked> = sql_query(TITLED).bind::<Text, _>(titled).load(&mut *self.reader())?;
        Ok(found.into_iter().map(|row| from_row(row.place)).collect())
    }

    /// The best spot on each of these pages; none for a page that has the words in its title or its names only.
    pub(super) fn spots(&self, matching: &str, places: &[usize]) -> Result<HashMap<usize, Spot>, AppError> {
        if places.is_empty() {
            return Ok(HashMap::new());
        }
        let pages: Vec<String> = places.iter().map(|place| words::quoted(&token(*place))).collect();
        let matching = format!("page : ({}) AND {{heading text}} : ({matching})", pages.join(" OR "));
        let conn = &mut *self.reader();
        let found: Vec<Ranked> = sql_query(IN_SECTIONS).bind::<Text, _>(&matching).load(conn)?;
        let mut best: HashMap<usize, i64> = HashMap::new();
        for of_own in [true, false] {
            for row in &found {
                if let Some(known) = self.rows.get(from_row(row.place)).filter(|known| known.of_own == of_own) {
                    best.entry(known.page).or_insert(row.place);
                }
            }
        }
        let chosen = format!("[{}]", best.values().map(ToString::to_string).collect::<Vec<_>>().join(","));
        let shown: Vec<Shown> = sql_query(SHOWN).bind::<Text, _>(matching).bind::<Text, _>(chosen).load(conn)?;
        let spots = shown.into_iter().filter_map(|row| {
            let known = self.rows.get(from_row(row.place))?;
            Some((known.page, Spot { section: known.section, words: row.words }))
        });
        Ok(spots.collect())
    }

    fn reader(&self) -> std::sync::MutexGuard<'_, SqliteConnection> {
        // A reader that panicked has changed nothing.
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The headings that many pages have.
fn common_headings(entries: &[Entry]) -> HashSet<&str> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for section in entries.iter().flat_map(|entry| &entry.sections) {
        *times.entry(&section.heading).or_default() += 1;
    }
    times.into_iter().filter(|(heading, times)| *times >= COMMON && !heading.is_empty()).map(|(heading, _)| heading).collect()
}

fn add(conn: &mut SqliteConnection, place: usize, entry: &Entry, common: &HashSet<&str>, rows: &mut Vec<Row>) -> QueryResult<()> {
    let text = entry.sections.iter().flat_map(|section| [section.heading.as_str(), section.text.as_str()]).collect::<Vec<_>>().join(" ");
    sql_query("INSERT INTO pages (rowid, title, names, summary, text) VALUES (?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(to_row(place))
        .bind::<Text, _>(&entry.title)
        .bind::<Text, _>(&entry.names)
        .bind::<Text, _>(&entry.summary)
        .bind::<Text, _>(text)
        .execute(conn)?;
    let summary = (None, "", entry.summary.as_str());
    let sections = entry.sections.iter().enumerate().map(|(at, section)| (Some(at), section.heading.as_str(), section.text.as_str()));
    for (section, heading, text) in std::iter::once(summary).chain(sections) {
        sql_query("INSERT INTO sections (rowid, page, heading, text) VALUES (?, ?, ?, ?)")
            .bind::<BigInt, _>(to_row(rows.len()))
            .bind::<Text, _>(token(place))
            .bind::<Text, _>(heading)
            .bind::<Text, _>(text)
            .execute(conn)?;
        rows.push(Row { page: place, section, of_own: !common.contains(heading) || entry.slug == URGENT });
    }
    Ok(())
}

/// The one word of the column `page`.
fn token(place: usize) -> String {
    format!("p{place}")
}

/// Rows are counted from 1.
fn to_row(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX - 1) + 1
}

fn from_row(row: i64) -> usize {
    usize::try_from(row - 1).unwrap_or(usize::MAX)
}
