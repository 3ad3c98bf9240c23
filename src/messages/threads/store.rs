//! Threads, their messages and who has read them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamp};

use super::domain::{Kind, Listed, Mark, Message, NewMessage, TWICE, Thread, Waiting};
use crate::db::Conn;
use crate::db::schema::{message_readings, messages, people, threads};
use crate::error::AppError;
use crate::ids::{MessageId, PatientId, PersonId, ThreadId};

/// Counts what waits for one of `people`: a patient's unread messages, or the threads the clinic has not answered.
pub const WAITING: &str = "CASE people.role WHEN 'patient' THEN
    (SELECT count(*) FROM threads JOIN messages ON messages.thread_id = threads.id
     WHERE threads.patient_id = people.id AND messages.kind <> 'patient' AND NOT EXISTS (SELECT 1 FROM message_readings
        WHERE message_readings.thread_id = threads.id AND person_id = people.id AND message_id >= messages.id))
    ELSE (SELECT count(*) FROM threads WHERE waits_since IS NOT NULL) END";

/// Most threads a list shows besides those that wait.
const MOST_LISTED: i64 = 100;

/// Begins a thread with its first message, and says whether it is new: the same beginning a moment ago is that thread. Hold the
/// patient's lock.
///
/// # Errors
/// The database's own.
pub fn begin(conn: &mut Conn, patient: PatientId, subject: &str, first: &NewMessage<'_>) -> Result<(ThreadId, bool), AppError> {
    let same: Option<i64> = threads::table
        .inner_join(messages::table)
        .filter(threads::patient_id.eq(patient.0).and(threads::subject.eq(subject)))
        .filter(messages::written_by.eq(first.by.0).and(messages::words.eq(first.words)))
        .filter(messages::written_at.gt(first.now - TWICE))
        .select(threads::id)
        .first(conn)
        .optional()?;
    if let Some(known) = same {
        return Ok((ThreadId(known), false));
    }
    let id = diesel::insert_into(threads::table)
        .values((threads::patient_id.eq(patient.0), threads::subject.eq(subject), threads::begun_at.eq(first.now)))
        .returning(threads::id)
        .get_result(conn)?;
    add(conn, ThreadId(id), first)?;
    Ok((ThreadId(id), true))
}

/// Adds a message. With a patient's the thread waits, with an answer or a closing it waits no longer. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn add(conn: &mut Conn, thread: ThreadId, new: &NewMessage<'_>) -> Result<MessageId, AppError> {
    let id = diesel::insert_into(messages::table)
        .values((
            messages::thread_id.eq(thread.0),
            messages::kind.eq(new.kind.word()),
            messages::words.eq(new.words),
            messages::written_by.eq(new.by.0),
            messages::written_at.eq(new.now),
        ))
        .returning(messages::id)
        .get_result(conn)?;
    let known = threads::table.find(thread.0);
    match new.kind {
        Kind::Patient => {
            diesel::update(known).filter(threads::waits_since.is_null()).set(threads::waits_since.eq(new.now)).execute(conn)?;
        }
        Kind::Answer | Kind::Closing => {
            diesel::update(known).set(threads::waits_since.eq(None::<NaiveDateTime>)).execute(conn)?;
        }
        Kind::Notice => {}
    }
    Ok(MessageId(id))
}

/// Tells a patient of something that was done at the clinic, in their thread about such things: "Your plan". It is unread until they
/// open it, and what waits in the thread goes on waiting. The same words a moment ago are once. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn tell(
    conn: &mut Conn,
    patient: PatientId,
    from: PersonId,
    subject: &str,
    words: &str,
    now: NaiveDateTime,
) -> Result<ThreadId, AppError> {
    let notice = NewMessage { kind: Kind::Notice, words, by: from, now };
    // A thread somebody began by hand may be called the same: notices stand among notices.
    let known: Option<i64> = threads::table
        .inner_join(messages::table)
        .filter(threads::patient_id.eq(patient.0).and(threads::subject.eq(subject)))
        .filter(messages::kind.eq(Kind::Notice.word()))
        .order(threads::id.desc())
        .select(threads::id)
        .first(conn)
        .optional()?;
    let Some(thread) = known.map(ThreadId) else { return Ok(begin(conn, patient, subject, &notice)?.0) };
    let newest: Option<(String, NaiveDateTime)> = messages::table
        .filter(messages::thread_id.eq(thread.0).and(messages::kind.eq(Kind::Notice.word())))
        .order(messages::id.desc())
        .select((messages::words, messages::written_at))
        .first(conn)
        .optional()?;
    if newest.is_none_or(|(known, at)| known != words || now - at >= TWICE) {
        add(conn, thread, &notice)?;
    }
    Ok(thread)
}

/// Keeps that a person has read a thread up to a message; once they have read further, nothing changes.
///
/// # Errors
/// The database's own.
pub fn mark_read(conn: &mut Conn, thread: ThreadId, up_to: MessageId, person: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let known: i64 = message_readings::table
        .filter(message_readings::thread_id.eq(thread.0).and(message_readings::person_id.eq(person.0)))
        .filter(message_readings::message_id.ge(up_to.0))
        .count()
        .get_result(conn)?;
    if known == 0 {
        diesel::insert_into(message_readings::table)
            .values((
                message_readings::thread_id.eq(thread.0),
                message_readings::person_id.eq(person.0),
                message_readings::message_id.eq(up_to.0),
                message_readings::read_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// One thread with all its messages and marks; asked for by a patient, only their own. Three queries.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn one(conn: &mut Conn, id: ThreadId, of: Option<PatientId>) -> Result<Thread, AppError> {
    let (patient, subject, waits_since, name): (i64, String, Option<NaiveDateTime>, String) = threads::table
        .inner_join(people::table.on(people::id.eq(threads::patient_id)))
        .filter(threads::id.eq(id.0))
        .select((threads::patient_id, threads::subject, threads::waits_since, people::name))
        .first(conn)?;
    if of.is_some_and(|of| of.0 != patient) {
        return Err(AppError::NotFound);
    }
    let rows: Vec<MessageRow> = messages::table
        .inner_join(people::table.on(people::id.eq(messages::written_by)))
        .filter(messages::thread_id.eq(id.0))
        .order(messages::id)
        .select((messages::id, messages::kind, messages::words, messages::written_by, people::name, messages::written_at))
        .load(conn)?;
    let marks: Vec<(i64, i64, NaiveDateTime)> = message_readings::table
        .filter(message_readings::thread_id.eq(id.0))
        .order((message_readings::read_at, message_readings::message_id))
        .select((message_readings::person_id, message_readings::message_id, message_readings::read_at))
        .load(conn)?;
    let mark = |(person, message, at)| Mark { person: PersonId(person), message: MessageId(message), at };
    Ok(Thread {
        id,
        patient: PatientId(patient),
        name,
        subject,
        waits_since,
        messages: rows.into_iter().map(to_message).collect::<Result<_, _>>()?,
        marks: marks.into_iter().map(mark).collect(),
    })
}

/// Whose thread it is.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn patient_of(conn: &mut Conn, id: ThreadId) -> Result<PatientId, AppError> {
    Ok(PatientId(threads::table.find(id.0).select(threads::patient_id).first(conn)?))
}

type MessageRow = (i64, String, String, i64, String, NaiveDateTime);

fn to_message((id, kind, words, by, name, at): MessageRow) -> Result<Message, AppError> {
    let kind = Kind::from_word(&kind).ok_or_else(|| AppError::Internal(format!("message {id} is of the unknown kind {kind}")))?;
    Ok(Message { id: MessageId(id), kind, words, by: PersonId(by), name, at })
}

#[derive(QueryableByName)]
struct ListedRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    patient_id: i64,
    #[diesel(sql_type = Text)]
    patient_name: String,
    #[diesel(sql_type = Text)]
    physio_name: String,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Nullable<Timestamp>)]
    waits_since: Option<NaiveDateTime>,
    #[diesel(sql_type = BigInt)]
    unread: i64,
    #[diesel(sql_type = Bool)]
    closed: bool,
    #[diesel(sql_type = BigInt)]
    message_id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = BigInt)]
    written_by: i64,
    #[diesel(sql_type = Text)]
    writer: String,
    #[diesel(sql_type = Timestamp)]
    written_at: NaiveDateTime,
}

/// Which side looks at a list: what it has not read is what the other side wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The patient whose threads they are.
    Patient,
    /// Anybody of the clinic: what one has read, all have.
    Clinic,
}

/// Threads with their newest message; `such` says which, in what order and how many.
fn listed(conn: &mut Conn, side: Side, such: &str) -> Result<Vec<Listed>, AppError> {
    let (of_others, own) = match side {
        Side::Patient => ("<>", "="),
        Side::Clinic => ("=", "<>"),
    };
    let rows: Vec<ListedRow> = diesel::sql_query(format!(
        "SELECT threads.id AS id, threads.patient_id AS patient_id, patient.name AS patient_name, physio.name AS physio_name,
            threads.subject AS subject, threads.waits_since AS waits_since,
            (SELECT count(*) FROM messages unread WHERE unread.thread_id = threads.id AND unread.kind {of_others} 'patient'
                AND NOT EXISTS (SELECT 1 FROM message_readings mark WHERE mark.thread_id = threads.id
                    AND mark.person_id {own} threads.patient_id AND mark.message_id >= unread.id)) AS unread,
            EXISTS (SELECT 1 FROM messages closing WHERE closing.thread_id = threads.id AND closing.kind = 'closing'
                AND NOT EXISTS (SELECT 1 FROM messages later WHERE later.thread_id = threads.id
                    AND later.id > closing.id AND later.kind <> 'notice')) AS closed,
            newest.id AS message_id, newest.kind AS kind, newest.words AS words, newest.written_by AS written_by,
            writer.name AS writer, newest.written_at AS written_at
        FROM threads
        JOIN messages newest ON newest.id = (SELECT max(id) FROM messages WHERE messages.thread_id = threads.id)
        JOIN people writer ON writer.id = newest.written_by
        JOIN people patient ON patient.id = threads.patient_id
        JOIN patients ON patients.id = threads.patient_id
        JOIN people physio ON physio.id = patients.physio_id
        {such}"
    ))
    .load(conn)?;
    rows.into_iter().map(to_listed).collect()
}

fn to_listed(row: ListedRow) -> Result<Listed, AppError> {
    Ok(Listed {
        id: ThreadId(row.id),
        patient: PatientId(row.patient_id),
        patient_name: row.patient_name,
        physio_name: row.physio_name,
        subject: row.subject,
        waits_since: row.waits_since,
        unread: row.unread,
        closed: row.closed,
        last: to_message((row.message_id, row.kind, row.words, row.written_by, row.writer, row.written_at))?,
    })
}

/// The threads of one patient as a side sees them, the newest message first. One query.
///
/// # Errors
/// The database's own.
pub fn of_patient(conn: &mut Conn, patient: PatientId, side: Side) -> Result<Vec<Listed>, AppError> {
    listed(conn, side, &format!("WHERE threads.patient_id = {patient} ORDER BY newest.written_at DESC, newest.id DESC"))
}

/// What a patient and the clinic wrote to each other since a moment, oldest first: when, what it is to its thread, and the thread's
/// subject. One query.
///
/// # Errors
/// The database's own.
pub fn written(conn: &mut Conn, patient: PatientId, since: NaiveDateTime) -> Result<Vec<(NaiveDateTime, Kind, String)>, AppError> {
    let rows: Vec<(NaiveDateTime, String, String)> = messages::table
        .inner_join(threads::table.on(threads::id.eq(messages::thread_id)))
        .filter(threads::patient_id.eq(patient.0))
        .filter(messages::written_at.ge(since))
        .order(messages::id)
        .select((messages::written_at, messages::kind, threads::subject))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(at, kind, subject)| Some((at, Kind::from_word(&kind)?, subject))).collect())
}

/// The threads of all patients, or of one physio's, as the clinic sees them: those that wait, the longest first, then the others, the
/// newest message first. Two queries.
///
/// # Errors
/// The database's own.
pub fn all(conn: &mut Conn, of: Option<PersonId>) -> Result<(Vec<Listed>, Vec<Listed>), AppError> {
    let whose = of.map_or_else(String::new, |physio| format!("AND patients.physio_id = {physio}"));
    let waiting = format!("WHERE threads.waits_since IS NOT NULL {whose} ORDER BY threads.waits_since, threads.id");
    let others = format!("WHERE threads.waits_since IS NULL {whose} ORDER BY newest.written_at DESC, newest.id DESC LIMIT {MOST_LISTED}");
    Ok((listed(conn, Side::Clinic, &waiting)?, listed(conn, Side::Clinic, &others)?))
}

/// The threads that wait for an answer of the clinic, of one patient or of all, the longest first. One query.
///
/// # Errors
/// The database's own.
pub fn waiting(conn: &mut Conn, of: Option<PatientId>) -> Result<Vec<Waiting>, AppError> {
    let whose = of.map_or_else(String::new, |patient| format!("AND threads.patient_id = {patient}"));
    let such = format!("WHERE threads.waits_since IS NOT NULL {whose} ORDER BY threads.waits_since, threads.id");
    let waiting = listed(conn, Side::Clinic, &such)?.into_iter().filter_map(|listed| {
        let Listed { id, patient, subject, waits_since, unread, .. } = listed;
        Some(Waiting { thread: id, patient, subject, since: waits_since?, unread: unread > 0 })
    });
    Ok(waiting.collect())
}
