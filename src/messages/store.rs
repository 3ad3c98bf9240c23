//! Keeping what is asked and answered.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::Answer;
use crate::db::Conn;
use crate::db::schema::{answers, questions, withdrawals};
use crate::error::AppError;

/// All answered questions, the oldest answer first. Of several answers to a question the newest counts; one that has been
/// withdrawn is not shown.
///
/// # Errors
/// The database's own.
pub fn published(conn: &mut Conn) -> Result<Vec<Answer>, AppError> {
    type Row = (i64, String, String, String, chrono::NaiveDateTime, Option<i64>);
    let rows: Vec<Row> = answers::table
        .inner_join(questions::table)
        .left_join(withdrawals::table)
        .select((
            questions::id,
            questions::article,
            answers::wording,
            answers::words,
            answers::answered_at,
            withdrawals::answer_id.nullable(),
        ))
        .order(answers::id)
        .load(conn)?;
    let newest: BTreeMap<i64, Row> = rows.into_iter().map(|row| (row.0, row)).collect();
    let standing = newest.into_values().filter(|row| row.5.is_none());
    let mut shown: Vec<Answer> = standing.map(|(_, article, question, words, at, _)| Answer { article, question, words, at }).collect();
    shown.sort_by_key(|answer| answer.at);
    Ok(shown)
}
