//! Keeping what is asked and answered.

use diesel::prelude::*;

use super::Answer;
use crate::db::Conn;
use crate::db::schema::{answers, questions};
use crate::error::AppError;

/// All answered questions, the oldest answer first.
///
/// # Errors
/// The database's own.
pub fn published(conn: &mut Conn) -> Result<Vec<Answer>, AppError> {
    let rows: Vec<(String, String, String, chrono::NaiveDateTime)> = answers::table
        .inner_join(questions::table)
        .select((questions::article, answers::wording, answers::words, answers::answered_at))
        .order((answers::answered_at, answers::question_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(article, question, words, at)| Answer { article, question, words, at }).collect())
}
