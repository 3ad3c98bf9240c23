//! Keeping what is asked and answered.

use std::collections::{BTreeMap, HashMap};

use chrono::{Months, NaiveDateTime, TimeDelta};
use diesel::dsl::count;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Answer;
use super::domain::{About, Act, Deed, Done, NewAnswer, NewQuestion, NewRequest, Question, Request, Waiting, Writer};
use crate::db::Conn;
use crate::db::schema::{answers, appointment_replies, appointment_requests, people, questions, refusals, withdrawals};
use crate::error::AppError;
use crate::ids::{AnswerId, QuestionId, RequestId};
use crate::patients::{RedFlag, flags_by_key};
use crate::text::Reason;

/// Within this time the same words are the same message.
const TWICE: TimeDelta = TimeDelta::hours(1);
/// Months that requests, refused questions and withdrawn answers are kept after they were settled.
const KEPT_MONTHS: Months = Months::new(12);
/// How long a reader's address is kept after the question was settled.
const EMAIL_KEPT: TimeDelta = TimeDelta::days(30);
/// Most of each kind the inbox lists as done.
const MOST_DONE: i64 = 100;

/// All answered questions, the oldest answer first. Of several answers to a question the newest counts; one that has been
/// withdrawn is not shown.
///
/// # Errors
/// The database's own.
pub fn published(conn: &mut Conn) -> Result<Vec<Answer>, AppError> {
    type Row = (i64, String, String, String, NaiveDateTime, Option<i64>);
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

#[derive(QueryableByName)]
struct Counts {
    #[diesel(sql_type = BigInt)]
    requests: i64,
    #[diesel(sql_type = BigInt)]
    flagged: i64,
    #[diesel(sql_type = BigInt)]
    questions: i64,
}

/// How much waits; one statement.
///
/// # Errors
/// The database's own.
pub fn waiting(conn: &mut Conn) -> Result<Waiting, AppError> {
    const OPEN: &str = "FROM appointment_requests WHERE NOT EXISTS
        (SELECT 1 FROM appointment_replies WHERE request_id = appointment_requests.id)";
    let counts: Counts = diesel::sql_query(format!(
        "SELECT (SELECT count(*) {OPEN}) AS requests, (SELECT count(*) {OPEN} AND flags <> '') AS flagged,
            (SELECT count(*) FROM questions WHERE NOT EXISTS (SELECT 1 FROM answers WHERE question_id = questions.id)
                AND NOT EXISTS (SELECT 1 FROM refusals WHERE question_id = questions.id)) AS questions"
    ))
    .get_result(conn)?;
    Ok(Waiting { requests: counts.requests, flagged: counts.flagged, questions: counts.questions })
}

/// How many questions wait for an answer or a refusal, by the article they are about; one statement.
///
/// # Errors
/// The database's own.
pub fn waiting_by_article(conn: &mut Conn) -> Result<HashMap<String, i64>, AppError> {
    let rows: Vec<(String, i64)> = questions::table
        .left_join(answers::table)
        .left_join(refusals::table)
        .filter(answers::question_id.is_null().and(refusals::question_id.is_null()))
        .group_by(questions::article)
        .select((questions::article, count(questions::id)))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Whether the same was asked a moment ago.
///
/// # Errors
/// The database's own.
pub fn asked_before(conn: &mut Conn, new: &NewQuestion, now: NaiveDateTime) -> Result<bool, AppError> {
    let same = questions::table
        .filter(questions::article.eq(&new.article))
        .filter(questions::words.eq(new.words.as_str()))
        .filter(questions::asked_at.gt(now - TWICE));
    Ok(same.select(questions::id).first::<i64>(conn).optional()?.is_some())
}

/// Keeps a reader's question.
///
/// # Errors
/// The database's own.
pub fn ask(conn: &mut Conn, new: &NewQuestion, now: NaiveDateTime) -> Result<QuestionId, AppError> {
    let id = diesel::insert_into(questions::table)
        .values((
            questions::article.eq(&new.article),
            questions::words.eq(new.words.as_str()),
            questions::email.eq(new.email.as_ref().map_or("", |email| email.as_str())),
            questions::asked_at.eq(now),
        ))
        .returning(questions::id)
        .get_result(conn)?;
    Ok(QuestionId(id))
}

/// Whether the same was requested a moment ago.
///
/// # Errors
/// The database's own.
pub fn requested_before(conn: &mut Conn, new: &NewRequest, now: NaiveDateTime) -> Result<bool, AppError> {
    let same = appointment_requests::table
        .filter(appointment_requests::name.eq(new.name.as_str()))
        .filter(appointment_requests::telephone.eq(new.telephone.as_ref().map_or("", |number| number.as_str())))
        .filter(appointment_requests::email.eq(new.email.as_ref().map_or("", |email| email.as_str())))
        .filter(appointment_requests::about.eq(new.about.as_str()))
        .filter(appointment_requests::times.eq(&new.times))
        .filter(appointment_requests::flags.eq(keys(&new.flags)))
        .filter(appointment_requests::asked_at.gt(now - TWICE));
    Ok(same.select(appointment_requests::id).first::<i64>(conn).optional()?.is_some())
}

/// Keeps a request for an appointment.
///
/// # Errors
/// The database's own.
pub fn request(conn: &mut Conn, new: &NewRequest, now: NaiveDateTime) -> Result<RequestId, AppError> {
    let id = diesel::insert_into(appointment_requests::table)
        .values((
            appointment_requests::name.eq(new.name.as_str()),
            appointment_requests::telephone.eq(new.telephone.as_ref().map_or("", |number| number.as_str())),
            appointment_requests::email.eq(new.email.as_ref().map_or("", |email| email.as_str())),
            appointment_requests::about.eq(new.about.as_str()),
            appointment_requests::times.eq(&new.times),
            appointment_requests::flags.eq(keys(&new.flags)),
            appointment_requests::asked_at.eq(now),
        ))
        .returning(appointment_requests::id)
        .get_result(conn)?;
    Ok(RequestId(id))
}

fn keys(flags: &[&'static RedFlag]) -> String {
    flags.iter().map(|flag| flag.key).collect::<Vec<_>>().join(" ")
}

type RequestRow = (i64, String, String, String, String, String, String, NaiveDateTime);

fn to_request((id, name, telephone, email, about, times, flags, at): RequestRow) -> Request {
    Request { id: RequestId(id), name, telephone, email, about, times, flags: flags_by_key(&flags), at, replies: Vec::new() }
}

/// The requests nobody has settled, in order of need.
///
/// # Errors
/// The database's own.
pub fn open_requests(conn: &mut Conn) -> Result<Vec<Request>, AppError> {
    let rows: Vec<RequestRow> = appointment_requests::table
        .left_join(appointment_replies::table)
        .filter(appointment_replies::id.nullable().is_null())
        .select(appointment_requests::all_columns)
        .load(conn)?;
    let mut requests: Vec<Request> = rows.into_iter().map(to_request).collect();
    requests.sort_by_key(Request::rank);
    Ok(requests)
}

/// One request with its replies.
///
/// # Errors
/// The database's own.
pub fn one_request(conn: &mut Conn, id: RequestId) -> Result<Option<Request>, AppError> {
    let Some(row) = appointment_requests::table.find(id.0).first::<RequestRow>(conn).optional()? else { return Ok(None) };
    let replies = appointment_replies::table
        .inner_join(people::table.on(people::id.eq(appointment_replies::replied_by)))
        .filter(appointment_replies::request_id.eq(id.0))
        .order(appointment_replies::id)
        .select((appointment_replies::replied_at, people::name, appointment_replies::note))
        .load(conn)?;
    Ok(Some(Request { replies, ..to_request(row) }))
}

/// Keeps how a request was settled.
///
/// # Errors
/// The database's own.
pub fn reply(conn: &mut Conn, id: RequestId, note: &Reason, writer: Writer) -> Result<(), AppError> {
    diesel::insert_into(appointment_replies::table)
        .values((
            appointment_replies::request_id.eq(id.0),
            appointment_replies::note.eq(note.as_str()),
            appointment_replies::replied_by.eq(writer.by.0),
            appointment_replies::replied_at.eq(writer.now),
        ))
        .execute(conn)?;
    Ok(())
}

type QuestionRow = (i64, String, String, String, NaiveDateTime);

fn to_question((id, article, words, email, at): QuestionRow) -> Question {
    Question { id: QuestionId(id), article, words, email, at, acts: Vec::new() }
}

/// The questions nobody has answered or declined, the oldest first.
///
/// # Errors
/// The database's own.
pub fn open_questions(conn: &mut Conn) -> Result<Vec<Question>, AppError> {
    let rows: Vec<QuestionRow> = questions::table
        .left_join(answers::table)
        .left_join(refusals::table)
        .filter(answers::id.nullable().is_null())
        .filter(refusals::question_id.nullable().is_null())
        .order((questions::asked_at, questions::id))
        .select(questions::all_columns)
        .load(conn)?;
    Ok(rows.into_iter().map(to_question).collect())
}

/// One question with all that was done about it.
///
/// # Errors
/// The database's own.
pub fn one_question(conn: &mut Conn, id: QuestionId) -> Result<Option<Question>, AppError> {
    let Some(row) = questions::table.find(id.0).first::<QuestionRow>(conn).optional()? else { return Ok(None) };
    let mut question = to_question(row);
    let refused: Option<(NaiveDateTime, String, String)> = refusals::table
        .inner_join(people::table.on(people::id.eq(refusals::refused_by)))
        .filter(refusals::question_id.eq(id.0))
        .select((refusals::refused_at, people::name, refusals::reason))
        .first(conn)
        .optional()?;
    question.acts.extend(refused.map(|(at, by, reason)| Act { at, by, deed: Deed::Refused { reason } }));
    let withdrawn: Vec<(i64, NaiveDateTime, String, String)> = withdrawals::table
        .inner_join(answers::table)
        .inner_join(people::table.on(people::id.eq(withdrawals::withdrawn_by)))
        .filter(answers::question_id.eq(id.0))
        .select((answers::id, withdrawals::withdrawn_at, people::name, withdrawals::reason))
        .load(conn)?;
    let given: Vec<(i64, NaiveDateTime, String, String, String)> = answers::table
        .inner_join(people::table.on(people::id.eq(answers::answered_by)))
        .filter(answers::question_id.eq(id.0))
        .order(answers::id)
        .select((answers::id, answers::answered_at, people::name, answers::wording, answers::words))
        .load(conn)?;
    for (answer, at, by, wording, words) in given {
        question.acts.push(Act { at, by, deed: Deed::Answered { answer: AnswerId(answer), wording, words } });
        let gone = withdrawn.iter().find(|(of, ..)| *of == answer).cloned();
        question.acts.extend(gone.map(|(_, at, by, reason)| Act { at, by, deed: Deed::Withdrawn { reason } }));
    }
    Ok(Some(question))
}

/// Keeps an answer, or a correction of one.
///
/// # Errors
/// The database's own.
pub fn answer(conn: &mut Conn, id: QuestionId, new: &NewAnswer, writer: Writer) -> Result<(), AppError> {
    diesel::insert_into(answers::table)
        .values((
            answers::question_id.eq(id.0),
            answers::wording.eq(new.wording.as_str()),
            answers::words.eq(new.words.as_str()),
            answers::answered_by.eq(writer.by.0),
            answers::answered_at.eq(writer.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps that an answer is not shown any more.
///
/// # Errors
/// The database's own.
pub fn withdraw(conn: &mut Conn, id: AnswerId, reason: &Reason, writer: Writer) -> Result<(), AppError> {
    diesel::insert_into(withdrawals::table)
        .values((
            withdrawals::answer_id.eq(id.0),
            withdrawals::reason.eq(reason.as_str()),
            withdrawals::withdrawn_by.eq(writer.by.0),
            withdrawals::withdrawn_at.eq(writer.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps that a question is not published.
///
/// # Errors
/// The database's own.
pub fn refuse(conn: &mut Conn, id: QuestionId, reason: &Reason, writer: Writer) -> Result<(), AppError> {
    diesel::insert_into(refusals::table)
        .values((
            refusals::question_id.eq(id.0),
            refusals::reason.eq(reason.as_str()),
            refusals::refused_by.eq(writer.by.0),
            refusals::refused_at.eq(writer.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// What was done since a moment, the newest first; four queries.
///
/// # Errors
/// The database's own.
pub fn done(conn: &mut Conn, since: NaiveDateTime) -> Result<Vec<Done>, AppError> {
    let mut done = replied(conn, since)?;
    done.extend(acted(conn, since)?);
    done.sort_by_key(|done| std::cmp::Reverse(done.at));
    Ok(done)
}

fn replied(conn: &mut Conn, since: NaiveDateTime) -> Result<Vec<Done>, AppError> {
    let rows: Vec<(RequestRow, NaiveDateTime, String, String)> = appointment_requests::table
        .inner_join(appointment_replies::table)
        .inner_join(people::table.on(people::id.eq(appointment_replies::replied_by)))
        .filter(appointment_replies::replied_at.gt(since))
        .order(appointment_replies::id.desc())
        .limit(MOST_DONE)
        .select((appointment_requests::all_columns, appointment_replies::replied_at, people::name, appointment_replies::note))
        .load(conn)?;
    let settled = rows.into_iter().map(|(row, at, by, note)| {
        let request = Request { replies: vec![(at, by.clone(), note)], ..to_request(row) };
        Done { at, by, about: About::Request { request } }
    });
    Ok(settled.collect())
}

fn acted(conn: &mut Conn, since: NaiveDateTime) -> Result<Vec<Done>, AppError> {
    let answered: Vec<(QuestionRow, i64, NaiveDateTime, String, String, String)> = questions::table
        .inner_join(answers::table)
        .inner_join(people::table.on(people::id.eq(answers::answered_by)))
        .filter(answers::answered_at.gt(since))
        .order(answers::id.desc())
        .limit(MOST_DONE)
        .select((questions::all_columns, answers::id, answers::answered_at, people::name, answers::wording, answers::words))
        .load(conn)?;
    let withdrawn: Vec<(QuestionRow, NaiveDateTime, String, String)> = withdrawals::table
        .inner_join(answers::table.inner_join(questions::table))
        .inner_join(people::table.on(people::id.eq(withdrawals::withdrawn_by)))
        .filter(withdrawals::withdrawn_at.gt(since))
        .order(withdrawals::answer_id.desc())
        .limit(MOST_DONE)
        .select((questions::all_columns, withdrawals::withdrawn_at, people::name, withdrawals::reason))
        .load(conn)?;
    let refused: Vec<(QuestionRow, NaiveDateTime, String, String)> = questions::table
        .inner_join(refusals::table)
        .inner_join(people::table.on(people::id.eq(refusals::refused_by)))
        .filter(refusals::refused_at.gt(since))
        .order(refusals::refused_at.desc())
        .limit(MOST_DONE)
        .select((questions::all_columns, refusals::refused_at, people::name, refusals::reason))
        .load(conn)?;
    let act = |row, at, by: String, deed| {
        let question = Question { acts: vec![Act { at, by: by.clone(), deed }], ..to_question(row) };
        Done { at, by, about: About::Question { question } }
    };
    // What was withdrawn was answered before: at the same moment the withdrawal is the newer of the two.
    let mut done: Vec<Done> = withdrawn.into_iter().map(|(row, at, by, reason)| act(row, at, by, Deed::Withdrawn { reason })).collect();
    done.extend(refused.into_iter().map(|(row, at, by, reason)| act(row, at, by, Deed::Refused { reason })));
    done.extend(
        answered
            .into_iter()
            .map(|(row, answer, at, by, wording, words)| act(row, at, by, Deed::Answered { answer: AnswerId(answer), wording, words })),
    );
    Ok(done)
}

/// Deletes what need not be kept any longer: requests, declined questions and questions with a withdrawn answer twelve months
/// after they were settled, a reader's address thirty days after. Published questions stay, and so does what waits.
///
/// # Errors
/// The database's own.
pub fn clear_out(conn: &mut Conn, now: NaiveDateTime) -> Result<(), AppError> {
    let year_ago = now.checked_sub_months(KEPT_MONTHS).unwrap_or(now);
    let month_ago = now - EMAIL_KEPT;
    let settled = appointment_replies::table.filter(appointment_replies::replied_at.lt(year_ago)).select(appointment_replies::request_id);
    diesel::delete(appointment_requests::table.filter(appointment_requests::id.eq_any(settled))).execute(conn)?;
    let declined = refusals::table.filter(refusals::refused_at.lt(year_ago)).select(refusals::question_id);
    let answered = answers::table.select(answers::question_id);
    diesel::delete(questions::table.filter(questions::id.eq_any(declined)).filter(questions::id.ne_all(answered))).execute(conn)?;
    let withdrawn: Vec<(i64, i64)> = withdrawals::table
        .inner_join(answers::table)
        .filter(withdrawals::withdrawn_at.lt(year_ago))
        .select((answers::question_id, answers::id))
        .load(conn)?;
    for (question, answer) in withdrawn {
        let newer = answers::table.filter(answers::question_id.eq(question)).filter(answers::id.gt(answer)).count();
        if newer.get_result::<i64>(conn)? == 0 {
            diesel::delete(questions::table.find(question)).execute(conn)?;
        }
    }
    let answered = answers::table.filter(answers::answered_at.lt(month_ago)).select(answers::question_id);
    let declined = refusals::table.filter(refusals::refused_at.lt(month_ago)).select(refusals::question_id);
    let settled = questions::id.eq_any(answered).or(questions::id.eq_any(declined));
    diesel::update(questions::table.filter(questions::email.ne("")).filter(settled)).set(questions::email.eq("")).execute(conn)?;
    Ok(())
}
