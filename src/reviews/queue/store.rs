//! The queue in the database: what is kept of each patient, who looked, and who is snoozed.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamp};

use super::domain::{Part, Sighting};
use super::form::Snooze;
use super::reckoning::{Morning, Reckoned};
use crate::db::Conn;
use crate::db::schema::{needs, people, record_changes, reviews, sightings, snoozes};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId, ThreadId};
use crate::patients::SoreSide;
use crate::progress::Light;

/// Within this time the same press of the same person is one.
const TWICE: TimeDelta = TimeDelta::minutes(10);

/// Patients of whom nothing is kept, or something old: the record has changed since, the day, or the rules. One query.
///
/// # Errors
/// The database's own.
pub fn stale(conn: &mut Conn, morning: &Morning) -> Result<Vec<PatientId>, AppError> {
    let rows: Vec<NumberRow> = diesel::sql_query(format!(
        "SELECT patients.id AS id FROM patients
         LEFT JOIN needs ON needs.patient_id = patients.id
         LEFT JOIN record_changes ON record_changes.patient_id = patients.id
         WHERE needs.patient_id IS NULL OR needs.reckoned_on <> '{}' OR needs.rules <> {}
            OR needs.number <> coalesce(record_changes.number, 0)
         ORDER BY patients.id",
        morning.today,
        morning.number()
    ))
    .load(conn)?;
    Ok(rows.into_iter().map(|row| PatientId(row.id)).collect())
}

#[derive(QueryableByName)]
struct NumberRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn numbers_of(of: &[PatientId]) -> Vec<i64> {
    of.iter().map(|patient| patient.0).collect()
}

/// How often the records of these patients were changed; who is not there, never. One query.
pub fn numbers(conn: &mut Conn, of: &[PatientId]) -> Result<HashMap<PatientId, i64>, AppError> {
    let rows: Vec<(i64, i64)> = record_changes::table
        .filter(record_changes::patient_id.eq_any(numbers_of(of)))
        .select((record_changes::patient_id, record_changes::number))
        .load(conn)?;
    Ok(rows.into_iter().map(|(patient, number)| (PatientId(patient), number)).collect())
}

/// Whether these patients have a password, and since when they are here. One query.
pub fn people(conn: &mut Conn, of: &[PatientId]) -> Result<Vec<(PatientId, bool, NaiveDateTime)>, AppError> {
    let rows: Vec<(i64, bool, NaiveDateTime)> = people::table
        .filter(people::id.eq_any(numbers_of(of)))
        .select((people::id, people::password_hash.is_not_null(), people::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, has_account, came)| (PatientId(id), has_account, came)).collect())
}

/// Keeps what was reckoned in the place of what was kept. Hold [`crate::db::Lock::Queue`].
pub fn keep(conn: &mut Conn, reckoned: &[Reckoned], morning: &Morning) -> Result<(), AppError> {
    let whose: Vec<i64> = reckoned.iter().map(|one| one.patient.0).collect();
    diesel::delete(needs::table.filter(needs::patient_id.eq_any(whose))).execute(conn)?;
    for one in reckoned {
        diesel::insert_into(needs::table)
            .values((
                (
                    needs::patient_id.eq(one.patient.0),
                    needs::part.eq(one.part.number()),
                    needs::rank.eq(one.rank),
                    needs::since.eq(one.since),
                    needs::light.eq(one.light.word()),
                    needs::reason.eq(&one.reason),
                    needs::proof.eq(&one.proof),
                    needs::thread_id.eq(one.thread.map(|thread| thread.0)),
                ),
                (
                    needs::others.eq(one.others.join("\n")),
                    needs::marks.eq(one.marks.join("\n")),
                    needs::seen_by.eq(one.seen.as_ref().map_or("", |(by, _)| by)),
                    needs::seen_at.eq(one.seen.as_ref().map(|(_, at)| *at)),
                    needs::snoozed_until.eq(one.snoozed_until),
                    needs::number.eq(one.number),
                    needs::reckoned_on.eq(morning.today),
                    needs::rules.eq(morning.number()),
                ),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// A row of the queue.
#[derive(Debug, Clone)]
pub struct Row {
    /// The name of the patient.
    pub name: String,
    /// Where it hurts.
    pub sore_side: SoreSide,
    /// What they want to do again.
    pub goal: String,
    /// The name of who looks after them.
    pub physio: String,
    /// What is kept of them.
    pub kept: Reckoned,
}

#[derive(QueryableByName)]
struct KeptRow {
    #[diesel(sql_type = BigInt)]
    patient_id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sore_side: String,
    #[diesel(sql_type = Text)]
    goal: String,
    #[diesel(sql_type = Text)]
    physio: String,
    #[diesel(sql_type = Integer)]
    part: i32,
    #[diesel(sql_type = Integer)]
    rank: i32,
    #[diesel(sql_type = Date)]
    since: NaiveDate,
    #[diesel(sql_type = Text)]
    light: String,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    proof: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    thread_id: Option<i64>,
    #[diesel(sql_type = Text)]
    others: String,
    #[diesel(sql_type = Text)]
    marks: String,
    #[diesel(sql_type = Text)]
    seen_by: String,
    #[diesel(sql_type = Nullable<Timestamp>)]
    seen_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Date>)]
    snoozed_until: Option<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

impl From<KeptRow> for Row {
    fn from(row: KeptRow) -> Self {
        let kept = Reckoned {
            patient: PatientId(row.patient_id),
            part: Part::from_number(row.part),
            rank: row.rank,
            since: row.since,
            light: Light::from_word(&row.light).unwrap_or(Light::Unknown),
            reason: row.reason,
            proof: row.proof,
            thread: row.thread_id.map(ThreadId),
            others: lines(&row.others),
            marks: lines(&row.marks),
            seen: row.seen_at.map(|at| (row.seen_by, at)),
            snoozed_until: row.snoozed_until,
            number: row.number,
        };
        let sore_side = SoreSide::from_word(&row.sore_side).unwrap_or(SoreSide::Both);
        Self { name: row.name, sore_side, goal: row.goal, physio: row.physio, kept }
    }
}

/// Rows of which `such` (SQL, without anything a person typed) is true.
fn rows(conn: &mut Conn, such: &str) -> Result<Vec<Row>, AppError> {
    let rows: Vec<KeptRow> = diesel::sql_query(format!(
        "SELECT needs.*, people.name AS name, patients.sore_side AS sore_side, patients.goal AS goal, physio.name AS physio
         FROM needs
         JOIN patients ON patients.id = needs.patient_id
         JOIN people ON people.id = needs.patient_id
         JOIN people physio ON physio.id = patients.physio_id
         {such}"
    ))
    .load(conn)?;
    Ok(rows.into_iter().map(Row::from).collect())
}

fn of_physio(physio: Option<PersonId>) -> String {
    physio.map_or_else(String::new, |physio| format!("AND patients.physio_id = {physio}"))
}

/// The order of the queue.
const IN_ORDER: &str = "ORDER BY needs.part, needs.rank, needs.since, people.name_sort, needs.patient_id";

/// Those who wait, and after them those who were seen today: so many, from a place on. One query.
pub fn waiting(conn: &mut Conn, physio: Option<PersonId>, from: i64, most: i64) -> Result<Vec<Row>, AppError> {
    let (seen, whose) = (Part::Seen.number(), of_physio(physio));
    rows(conn, &format!("WHERE needs.part <= {seen} {whose} {IN_ORDER} LIMIT {most} OFFSET {from}"))
}

/// The snoozed, the first to come back first. One query.
pub fn snoozed(conn: &mut Conn, physio: Option<PersonId>, most: i64) -> Result<Vec<Row>, AppError> {
    let (part, whose) = (Part::Snoozed.number(), of_physio(physio));
    rows(conn, &format!("WHERE needs.part = {part} {whose} ORDER BY needs.snoozed_until, people.name_sort LIMIT {most}"))
}

/// The first who waits, other than one. One query.
pub fn first(conn: &mut Conn, physio: Option<PersonId>, but: PatientId) -> Result<Option<PatientId>, AppError> {
    let (part, whose) = (Part::Waits.number(), of_physio(physio));
    let first = rows(conn, &format!("WHERE needs.part = {part} AND needs.patient_id <> {but} {whose} {IN_ORDER} LIMIT 1"))?;
    Ok(first.first().map(|row| row.kept.patient))
}

/// What is kept of one patient. One query.
pub fn one(conn: &mut Conn, patient: PatientId) -> Result<Option<Reckoned>, AppError> {
    Ok(rows(conn, &format!("WHERE needs.patient_id = {patient}"))?.pop().map(|row| row.kept))
}

/// All that is kept, by patient. One query.
///
/// # Errors
/// The database's own.
pub fn kept(conn: &mut Conn) -> Result<Vec<Reckoned>, AppError> {
    Ok(rows(conn, "ORDER BY needs.patient_id")?.into_iter().map(|row| row.kept).collect())
}

/// What the queue says of a patient now, one mark a line: see [`super::Need::marks`]. One query.
///
/// # Errors
/// The database's own.
pub fn marks_of(conn: &mut Conn, patient: PatientId) -> Result<String, AppError> {
    Ok(needs::table.find(patient.0).select(needs::marks).first(conn).optional()?.unwrap_or_default())
}

/// How many patients there are in each part of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// They wait.
    pub waiting: i64,
    /// They were seen today.
    pub seen: i64,
    /// They are snoozed.
    pub snoozed: i64,
    /// They are on track.
    pub well: i64,
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = Integer)]
    part: i32,
    #[diesel(sql_type = BigInt)]
    times: i64,
}

/// Counts the parts of the queue. One query.
pub fn counts(conn: &mut Conn, physio: Option<PersonId>) -> Result<Counts, AppError> {
    let whose = of_physio(physio);
    let rows: Vec<CountRow> = diesel::sql_query(format!(
        "SELECT needs.part AS part, count(*) AS times FROM needs JOIN patients ON patients.id = needs.patient_id
         WHERE 1 = 1 {whose} GROUP BY needs.part"
    ))
    .load(conn)?;
    let mut counts = Counts::default();
    for CountRow { part, times } in rows {
        match Part::from_number(part) {
            Part::Waits => counts.waiting += times,
            Part::Seen => counts.seen += times,
            Part::Snoozed => counts.snoozed += times,
            Part::Well => counts.well += times,
        }
    }
    Ok(counts)
}

/// Keeps that somebody looked at what a patient needs. By the same person at the same again, it is nothing. Hold the patient's lock.
pub fn see(conn: &mut Conn, patient: PatientId, marks: &str, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let newest: Option<(String, i64, NaiveDateTime)> = sightings::table
        .filter(sightings::patient_id.eq(patient.0))
        .order(sightings::id.desc())
        .select((sightings::marks, sightings::seen_by, sightings::seen_at))
        .first(conn)
        .optional()?;
    if newest.is_some_and(|(known, who, at)| known == marks && who == by.0 && now - at < TWICE) {
        return Ok(());
    }
    diesel::insert_into(sightings::table)
        .values((sightings::patient_id.eq(patient.0), sightings::marks.eq(marks), sightings::seen_by.eq(by.0), sightings::seen_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Who looked last at each of these patients. One query.
pub fn last_sightings(conn: &mut Conn, of: &[PatientId]) -> Result<HashMap<PatientId, Sighting>, AppError> {
    let later = diesel::alias!(sightings as later);
    let rows: Vec<(i64, String, String, NaiveDateTime)> = sightings::table
        .inner_join(people::table.on(people::id.eq(sightings::seen_by)))
        .filter(sightings::patient_id.eq_any(numbers_of(of)))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            later.filter(later.field(sightings::patient_id).eq(sightings::patient_id)).filter(later.field(sightings::id).gt(sightings::id)),
        )))
        .select((sightings::patient_id, sightings::marks, people::name, sightings::seen_at))
        .load(conn)?;
    let sighting =
        |(patient, marks, by, at): (i64, String, String, NaiveDateTime)| (PatientId(patient), Sighting { marks: lines(&marks), by, at });
    Ok(rows.into_iter().map(sighting).collect())
}

/// Snoozes a patient. The same again is nothing. Hold the patient's lock.
pub fn snooze(conn: &mut Conn, patient: PatientId, snooze: &Snooze, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let newest: Option<(NaiveDate, String)> = snoozes::table
        .filter(snoozes::patient_id.eq(patient.0))
        .order(snoozes::id.desc())
        .select((snoozes::until, snoozes::reason))
        .first(conn)
        .optional()?;
    if newest.is_some_and(|(until, reason)| until == snooze.until && reason == snooze.reason.as_str()) {
        return Ok(());
    }
    diesel::insert_into(snoozes::table)
        .values((
            snoozes::patient_id.eq(patient.0),
            snoozes::until.eq(snooze.until),
            snoozes::reason.eq(snooze.reason.as_str()),
            snoozes::snoozed_by.eq(by.0),
            snoozes::snoozed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Until when each of these patients is or was snoozed, by the newest snooze. One query.
pub fn last_snoozes(conn: &mut Conn, of: &[PatientId]) -> Result<HashMap<PatientId, NaiveDate>, AppError> {
    let rows: Vec<(i64, NaiveDate)> = snoozes::table
        .filter(snoozes::patient_id.eq_any(numbers_of(of)))
        .order(snoozes::id)
        .select((snoozes::patient_id, snoozes::until))
        .load(conn)?;
    // The newest comes last.
    Ok(rows.into_iter().map(|(patient, until)| (PatientId(patient), until)).collect())
}

/// A snooze as its page tells it.
pub struct Snoozed {
    /// Until when.
    pub until: NaiveDate,
    /// Why; may be empty.
    pub reason: String,
    /// Who snoozed.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// The snoozes of a patient, newest first. One query.
pub fn snoozes_of(conn: &mut Conn, patient: PatientId) -> Result<Vec<Snoozed>, AppError> {
    let rows: Vec<(NaiveDate, String, String, NaiveDateTime)> = snoozes::table
        .inner_join(people::table.on(people::id.eq(snoozes::snoozed_by)))
        .filter(snoozes::patient_id.eq(patient.0))
        .order(snoozes::id.desc())
        .limit(10)
        .select((snoozes::until, snoozes::reason, people::name, snoozes::snoozed_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(until, reason, by, at)| Snoozed { until, reason, by, at }).collect())
}

/// What the newest review of a patient says to the queue.
pub struct Decided {
    /// What the queue said then.
    pub marks: Vec<String>,
    /// The day of the next review.
    pub next_on: Option<NaiveDate>,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// The newest review of each of these patients. One query.
pub fn last_reviews(conn: &mut Conn, of: &[PatientId]) -> Result<HashMap<PatientId, Decided>, AppError> {
    let rows: Vec<(i64, String, Option<NaiveDate>, NaiveDateTime)> = reviews::table
        .filter(reviews::patient_id.eq_any(numbers_of(of)))
        .order(reviews::id)
        .select((reviews::patient_id, reviews::marks, reviews::next_on, reviews::reviewed_at))
        .load(conn)?;
    let decided = |(patient, marks, next_on, at): (i64, String, Option<NaiveDate>, NaiveDateTime)| {
        (PatientId(patient), Decided { marks: lines(&marks), next_on, at })
    };
    Ok(rows.into_iter().map(decided).collect())
}
