//! Activities, felt changes and paper scores in the database. Writes need the patient's lock.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::domain::{Activity, FeltChange, MOST, NewPaperScore, PaperScore, Score, Step};
use crate::db::Conn;
use crate::db::schema::{activities as chosen, activity_ends as ends, activity_scores as scores, felt_changes as felt};
use crate::db::schema::{paper_scores as paper, struck_paper_scores as struck};
use crate::diary::measurements::{By, ONE_PRESS, Struck, name_of, names};
use crate::error::{AppError, Invalid};
use crate::ids::{ActivityId, PaperScoreId, PatientId, PersonId};
use crate::text::{Caption, Note, Reason};

/// What a patient wants to do again with every score, oldest first; those that are not scored any more too. Two queries.
///
/// # Errors
/// The database's own.
pub fn activities(conn: &mut Conn, patient: PatientId) -> Result<Vec<Activity>, AppError> {
    let rows: Vec<(i64, String, Option<String>)> = chosen::table
        .left_join(ends::table)
        .filter(chosen::patient_id.eq(patient.0))
        .order(chosen::id)
        .select((chosen::id, chosen::words, ends::reason.nullable()))
        .load(conn)?;
    let given: Vec<(i64, NaiveDate, i32, i64)> = scores::table
        .inner_join(chosen::table)
        .filter(chosen::patient_id.eq(patient.0))
        .order((scores::scored_on, scores::id))
        .select((scores::activity_id, scores::scored_on, scores::score, scores::scored_by))
        .load(conn)?;
    let mut activities: Vec<Activity> =
        rows.into_iter().map(|(id, words, ended)| Activity { id: ActivityId(id), words, scores: Vec::new(), ended }).collect();
    for (id, day, value, by) in given {
        let Some(activity) = activities.iter_mut().find(|activity| activity.id.0 == id) else { continue };
        let score = Score { day, value, by_patient: by == PersonId::from(patient).0 };
        match activity.scores.last_mut() {
            Some(last) if last.day == day => *last = score,
            _ => activity.scores.push(score),
        }
    }
    Ok(activities)
}

/// Chooses one more; the same words again are a second press.
///
/// # Errors
/// On the field `words` when there are three already.
pub fn choose(conn: &mut Conn, by: By, words: &Caption) -> Result<(), AppError> {
    let known: Vec<Activity> = activities(conn, by.patient)?.into_iter().filter(|activity| activity.ended.is_none()).collect();
    if known.iter().any(|activity| activity.words == words.as_str()) {
        return Ok(());
    }
    if known.len() >= MOST {
        return Err(Invalid::one("words", "There are three already. Let one of them go first").into());
    }
    diesel::insert_into(chosen::table)
        .values((
            chosen::patient_id.eq(by.patient.0),
            chosen::words.eq(words.as_str()),
            chosen::chosen_by.eq(by.person.0),
            chosen::chosen_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

fn running(conn: &mut Conn, patient: PatientId, id: ActivityId) -> Result<Activity, AppError> {
    activities(conn, patient)?.into_iter().find(|activity| activity.id == id).ok_or(AppError::NotFound)
}

/// Scores an activity on a day; another score of the day is a correction, and the last counts.
///
/// # Errors
/// [`AppError::NotFound`] for another patient's; on the field `score` when it is not scored any more.
pub fn score(conn: &mut Conn, by: By, id: ActivityId, day: NaiveDate, value: i32) -> Result<(), AppError> {
    let activity = running(conn, by.patient, id)?;
    if activity.ended.is_some() {
        return Err(Invalid::one("score", "This activity is not scored any more").into());
    }
    if activity.scores.iter().any(|score| score.day == day && score.value == value && score.by_patient == by.is_patient()) {
        return Ok(());
    }
    diesel::insert_into(scores::table)
        .values((
            scores::activity_id.eq(id.0),
            scores::scored_on.eq(day),
            scores::score.eq(value),
            scores::scored_by.eq(by.person.0),
            scores::scored_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Lets an activity go; its scores stay. Twice is once.
///
/// # Errors
/// [`AppError::NotFound`] for another patient's.
pub fn end(conn: &mut Conn, by: By, id: ActivityId, reason: &Reason) -> Result<(), AppError> {
    if running(conn, by.patient, id)?.ended.is_some() {
        return Ok(());
    }
    diesel::insert_into(ends::table)
        .values((ends::activity_id.eq(id.0), ends::reason.eq(reason.as_str()), ends::ended_by.eq(by.person.0), ends::ended_at.eq(by.now)))
        .execute(conn)?;
    Ok(())
}

/// Keeps how things are compared with the start. The same of the same day is a second press.
///
/// # Errors
/// The database's own.
pub fn feel(conn: &mut Conn, by: By, day: NaiveDate, step: Step, words: &Note) -> Result<(), AppError> {
    let new = FeltChange { day, step, words: words.as_str().to_owned(), by_patient: by.is_patient() };
    if felt_changes(conn, by.patient)?.iter().rev().find(|known| known.day == day).is_some_and(|known| *known == new) {
        return Ok(());
    }
    diesel::insert_into(felt::table)
        .values((
            felt::patient_id.eq(by.patient.0),
            felt::felt_on.eq(day),
            felt::step.eq(step.number()),
            felt::words.eq(words.as_str()),
            felt::said_by.eq(by.person.0),
            felt::said_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// How things were compared with the start, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn felt_changes(conn: &mut Conn, patient: PatientId) -> Result<Vec<FeltChange>, AppError> {
    let rows: Vec<(NaiveDate, i32, String, i64)> = felt::table
        .filter(felt::patient_id.eq(patient.0))
        .order((felt::felt_on, felt::id))
        .select((felt::felt_on, felt::step, felt::words, felt::said_by))
        .load(conn)?;
    let change = |(day, step, words, by): (NaiveDate, i32, String, i64)| {
        let step = Step::from_word(&step.to_string())?;
        Some(FeltChange { day, step, words, by_patient: by == PersonId::from(patient).0 })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}

/// Keeps the score of a questionnaire done on paper; the same again at once is a second press.
///
/// # Errors
/// The database's own.
pub fn add_paper_score(conn: &mut Conn, by: By, new: &NewPaperScore) -> Result<(), AppError> {
    let again = paper::table
        .left_join(struck::table)
        .filter(struck::paper_score_id.is_null())
        .filter(paper::patient_id.eq(by.patient.0))
        .filter(paper::name.eq(&new.name))
        .filter(paper::part.eq(&new.part))
        .filter(paper::done_on.eq(new.day))
        .filter(paper::tenths.eq(new.tenths))
        .filter(paper::most_tenths.eq(new.most))
        .filter(paper::entered_at.gt(by.now - ONE_PRESS))
        .count()
        .get_result::<i64>(conn)?;
    if again > 0 {
        return Ok(());
    }
    diesel::insert_into(paper::table)
        .values((
            paper::patient_id.eq(by.patient.0),
            paper::name.eq(&new.name),
            paper::part.eq(&new.part),
            paper::done_on.eq(new.day),
            paper::tenths.eq(new.tenths),
            paper::most_tenths.eq(new.most),
            paper::entered_by.eq(by.person.0),
            paper::entered_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The scores of questionnaires done on paper, newest first, those struck out too. Two queries.
///
/// # Errors
/// The database's own.
pub fn paper_scores(conn: &mut Conn, patient: PatientId) -> Result<Vec<PaperScore>, AppError> {
    type Row = (i64, String, String, NaiveDate, i32, i32, i64, Option<(String, i64, NaiveDateTime)>);
    let rows: Vec<Row> = paper::table
        .left_join(struck::table)
        .filter(paper::patient_id.eq(patient.0))
        .order((paper::done_on.desc(), paper::id.desc()))
        .select((
            paper::id,
            paper::name,
            paper::part,
            paper::done_on,
            paper::tenths,
            paper::most_tenths,
            paper::entered_by,
            (struck::reason, struck::struck_by, struck::struck_at).nullable(),
        ))
        .load(conn)?;
    let who = names(conn, rows.iter().flat_map(|row| [Some(row.6), row.7.as_ref().map(|(_, by, _)| *by)]).flatten())?;
    let score = |(id, name, part, day, tenths, most, by, struck): Row| PaperScore {
        id: PaperScoreId(id),
        score: NewPaperScore { name, part, day, tenths, most },
        by: name_of(&who, by),
        struck: struck.map(|(reason, by, at)| Struck { reason, by: name_of(&who, by), at }),
    };
    Ok(rows.into_iter().map(score).collect())
}

/// Strikes a score out; it stays to be read. Twice is once.
///
/// # Errors
/// [`AppError::NotFound`] for another patient's.
pub fn strike_paper_score(conn: &mut Conn, by: By, id: PaperScoreId, reason: &Reason) -> Result<(), AppError> {
    let known = paper_scores(conn, by.patient)?.into_iter().find(|score| score.id == id).ok_or(AppError::NotFound)?;
    if known.struck.is_some() {
        return Ok(());
    }
    diesel::insert_into(struck::table)
        .values((
            struck::paper_score_id.eq(id.0),
            struck::reason.eq(reason.as_str()),
            struck::struck_by.eq(by.person.0),
            struck::struck_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}
