//! Requests and what was said to them in the database. Writes need the patient's lock.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::domain::{Matter, NewRequest, Request, Settled};
use crate::db::Conn;
use crate::db::schema::{change_answers, change_requests, people, plans};
use crate::error::AppError;
use crate::ids::{ChangeRequestId, PatientId, PersonId, PlanId, PrescriptionId};

/// What a person who has left is called.
const GONE: &str = "someone who has left";

type RequestColumns = (i64, i64, i64, i32, Option<i64>, String, String, String, NaiveDateTime);
type Row = (RequestColumns, Option<String>, Option<NaiveDateTime>, Option<String>);

/// Every request with its answer, to be narrowed down.
macro_rules! rows {
    () => {
        change_requests::table
            .inner_join(plans::table.on(plans::id.eq(change_requests::plan_id)))
            .left_join(change_answers::table.on(change_answers::request_id.eq(change_requests::id)))
            .left_join(people::table.on(people::id.eq(change_answers::answered_by)))
            .select((
                (
                    change_requests::id,
                    plans::patient_id,
                    change_requests::plan_id,
                    change_requests::version,
                    change_requests::prescription_id,
                    change_requests::about,
                    change_requests::matter,
                    change_requests::words,
                    change_requests::asked_at,
                ),
                change_answers::words.nullable(),
                change_answers::answered_at.nullable(),
                people::name.nullable(),
            ))
    };
}

fn to_request((columns, said, answered_at, by): Row) -> Result<Request, AppError> {
    let (id, patient, plan, version, prescription, about, matter, words, at) = columns;
    let matter = Matter::from_word(&matter).ok_or_else(|| AppError::Internal(format!("request {id} has the unknown matter {matter}")))?;
    Ok(Request {
        id: ChangeRequestId(id),
        patient: PatientId(patient),
        plan: PlanId(plan),
        version,
        prescription: prescription.map(PrescriptionId),
        about,
        matter,
        words,
        at,
        settled: said.zip(answered_at).map(|(words, at)| Settled { words, by: by.unwrap_or_else(|| GONE.to_owned()), at }),
    })
}

/// The newest requests of a patient, newest first. One query.
///
/// # Errors
/// The database's own.
pub fn of(conn: &mut Conn, patient: PatientId, most: i64) -> Result<Vec<Request>, AppError> {
    let rows: Vec<Row> = rows!().filter(plans::patient_id.eq(patient.0)).order(change_requests::id.desc()).limit(most).load(conn)?;
    rows.into_iter().map(to_request).collect()
}

/// The requests of all patients, or of one, that wait for a word; the oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn open(conn: &mut Conn, whose: Option<PatientId>) -> Result<Vec<Request>, AppError> {
    let waiting = rows!().filter(change_answers::request_id.is_null()).order(change_requests::id);
    let rows: Vec<Row> = match whose {
        Some(patient) => waiting.filter(plans::patient_id.eq(patient.0)).load(conn)?,
        None => waiting.load(conn)?,
    };
    rows.into_iter().map(to_request).collect()
}

/// One request. One query.
pub fn one(conn: &mut Conn, id: ChangeRequestId) -> Result<Option<Request>, AppError> {
    rows!().filter(change_requests::id.eq(id.0)).first::<Row>(conn).optional()?.map(to_request).transpose()
}

/// Keeps a request.
///
/// # Errors
/// The database's own.
pub fn add(conn: &mut Conn, new: &NewRequest, now: NaiveDateTime) -> Result<ChangeRequestId, AppError> {
    let id = diesel::insert_into(change_requests::table)
        .values((
            change_requests::plan_id.eq(new.plan.0),
            change_requests::version.eq(new.version),
            change_requests::prescription_id.eq(new.prescription.map(|id| id.0)),
            change_requests::about.eq(&new.about),
            change_requests::matter.eq(new.matter.word()),
            change_requests::words.eq(new.words.as_str()),
            change_requests::asked_at.eq(now),
        ))
        .returning(change_requests::id)
        .get_result(conn)?;
    Ok(ChangeRequestId(id))
}

/// Settles a request with a word.
///
/// # Errors
/// The database's own; a request that is settled already.
pub fn settle(conn: &mut Conn, id: ChangeRequestId, words: &str, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::insert_into(change_answers::table)
        .values((
            change_answers::request_id.eq(id.0),
            change_answers::words.eq(words),
            change_answers::answered_by.eq(by.0),
            change_answers::answered_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
