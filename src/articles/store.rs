//! How often the articles are read.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::views;
use crate::error::AppError;

/// How often each article, by its slug, was read before this day.
///
/// # Errors
/// The database's own.
pub fn views_before(conn: &mut Conn, day: NaiveDate) -> Result<HashMap<String, i64>, AppError> {
    let rows: Vec<(String, i64)> = views::table.filter(views::day.lt(day)).select((views::article, views::times)).load(conn)?;
    let mut sums = HashMap::new();
    for (article, times) in rows {
        *sums.entry(article).or_insert(0) += times;
    }
    Ok(sums)
}
