//! Twelve weeks of invented readers: more in the evening of the year, fewer at weekends, one page that a link elsewhere made known.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::history::Dice;
use crate::articles;
use crate::db::Conn;
use crate::error::AppError;

/// Days of history.
const DAYS: i64 = 84;

/// Pages, and how often each is read on a usual day at the beginning and at the end of the history.
const PAGES: &[(&str, i32, i32)] = &[
    ("iliopsoas-syndrome", 22, 34),
    ("tight-hip-flexors", 14, 31),
    ("tight-hip-flexors-stretch-or-strengthen", 6, 12),
    ("tight-hip-flexors-test-train-retest", 4, 9),
    ("hip-flexor-pain-running", 18, 16),
    ("is-it-urgent", 8, 11),
    ("thomas-test-at-home", 5, 12),
    ("return-to-running", 9, 7),
    ("how-we-write-and-review", 0, 2),
    ("guides/strong-hips-for-runners", 0, 9),
];
/// The page a magazine named, and so many days ago.
const NAMED: (&str, i64) = ("thomas-test-at-home", 31);

/// Writes the views of every day before today.
pub fn write(conn: &mut Conn, today: NaiveDate) -> Result<(), AppError> {
    let mut dice = Dice::of("readers");
    for ago in (1..=DAYS).rev() {
        let day = today - TimeDelta::days(ago);
        let counts: Vec<(String, u64)> = PAGES
            .iter()
            .map(|(page, first, last)| {
                let since = i32::try_from(DAYS - ago).unwrap_or(0);
                let usual = first + (last - first) * since / i32::try_from(DAYS).unwrap_or(1);
                let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                let usual = if weekend { usual * 2 / 3 } else { usual };
                let named = if (*page, ago) == NAMED || (*page, ago + 1) == NAMED { 120 } else { 0 };
                let times = (usual + dice.roll(usual / 2 + 2) - usual / 4 + named).max(0);
                ((*page).to_owned(), u64::try_from(times).unwrap_or(0))
            })
            .filter(|(_, times)| *times > 0)
            .collect();
        articles::add_views(conn, day, &counts)?;
    }
    Ok(())
}
