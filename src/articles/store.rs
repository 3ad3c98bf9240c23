//! How often the articles are read: sums by article and day, and nothing about who read them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::upsert::excluded;

use crate::db::Conn;
use crate::db::schema::views;
use crate::error::AppError;
use crate::on_each;

/// How often each article, by its slug, was read before this day. One query.
///
/// # Errors
/// The database's own.
pub fn views_before(conn: &mut Conn, day: NaiveDate) -> Result<HashMap<String, i64>, AppError> {
    // A sum of large numbers is a NUMERIC on PostgreSQL, which no column of ours is.
    let rows: Vec<(String, i64)> = views::table
        .filter(views::day.lt(day))
        .group_by(views::article)
        .select((views::article, sql::<BigInt>("CAST(SUM(times) AS BIGINT)")))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// How often each article was read on each day from this one on.
///
/// # Errors
/// The database's own.
pub fn views_since(conn: &mut Conn, day: NaiveDate) -> Result<Vec<(String, NaiveDate, i64)>, AppError> {
    Ok(views::table.filter(views::day.ge(day)).select((views::article, views::day, views::times)).load(conn)?)
}

/// Adds what was counted to the day's sums. Several programs that share a database add up.
///
/// # Errors
/// The database's own.
pub fn add_views(conn: &mut Conn, day: NaiveDate, counts: &[(String, u64)]) -> Result<(), AppError> {
    for (article, times) in counts {
        let times = i64::try_from(*times).unwrap_or(i64::MAX);
        on_each!(conn, each => diesel::insert_into(views::table)
            .values((views::article.eq(article), views::day.eq(day), views::times.eq(times)))
            .on_conflict((views::article, views::day))
            .do_update()
            .set(views::times.eq(views::times + excluded(views::times)))
            .execute(each))?;
    }
    Ok(())
}
