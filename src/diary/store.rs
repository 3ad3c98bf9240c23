//! The diary in the database. Writes need the patient's lock; the same entry twice is one.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::domain::{CheckIn, Correction, Feeling, LoggedSide, Session, SetEntry, SetLog, Skip, SkipReason, Stiffness};
use super::form::{SessionEntry, Told};
use crate::db::Conn;
use crate::db::schema::{check_ins as mornings, corrections as corrected, sessions as trainings, set_logs, skips};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId, PlanId, PrescriptionId, SessionId};
use crate::plans::Slot;

/// Whose entry it is, by whom and when it is written.
#[derive(Clone, Copy)]
pub struct Writer {
    /// Whose diary.
    pub patient: PatientId,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

#[derive(Queryable)]
struct SessionRow {
    id: i64,
    plan_id: i64,
    version: i32,
    done_on: NaiveDate,
    ordinal: i32,
    during: Option<i32>,
    after: Option<i32>,
    effort: Option<i32>,
    note: String,
}

type SessionColumns = (
    trainings::id,
    trainings::plan_id,
    trainings::version,
    trainings::done_on,
    trainings::ordinal,
    trainings::pain_during,
    trainings::pain_after,
    trainings::effort,
    trainings::note,
);
const SESSION: SessionColumns = (
    trainings::id,
    trainings::plan_id,
    trainings::version,
    trainings::done_on,
    trainings::ordinal,
    trainings::pain_during,
    trainings::pain_after,
    trainings::effort,
    trainings::note,
);

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        Self {
            id: SessionId(row.id),
            plan: PlanId(row.plan_id),
            version: row.version,
            day: row.done_on,
            ordinal: row.ordinal,
            feeling: Feeling { during: row.during, after: row.after, effort: row.effort },
            note: row.note,
            sets: Vec::new(),
            skips: Vec::new(),
        }
    }
}

/// Session, prescription, version, round, side, done, amount.
type SetRow = (i64, i64, i32, i32, String, bool, Option<i32>);
/// Day, pain, stiffness, settled, limp, night pain, note.
type MorningRow = (NaiveDate, Option<i32>, Option<String>, Option<String>, Option<String>, Option<String>, String);
type MorningColumns =
    (mornings::asked_on, mornings::pain, mornings::stiffness, mornings::settled, mornings::limp, mornings::night_pain, mornings::note);
const MORNING: MorningColumns =
    (mornings::asked_on, mornings::pain, mornings::stiffness, mornings::settled, mornings::limp, mornings::night_pain, mornings::note);

fn to_check_in((day, pain, stiffness, settled, limp, night_pain, note): MorningRow) -> CheckIn {
    let is_yes = |answer: Option<String>| answer.map(|word| word == "yes");
    CheckIn {
        day,
        pain,
        stiffness: stiffness.as_deref().and_then(Stiffness::from_word),
        settled: is_yes(settled),
        limp: is_yes(limp),
        night_pain: is_yes(night_pain),
        note,
    }
}

/// Sessions and mornings of many patients.
type Recent = (Vec<(PatientId, Session)>, Vec<(PatientId, CheckIn)>);

/// A patient's sessions from one day to another, oldest first, with their sets and skips. Three queries.
///
/// # Errors
/// The database's own.
pub fn sessions(conn: &mut Conn, patient: PatientId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Session>, AppError> {
    let rows: Vec<SessionRow> = trainings::table
        .filter(trainings::patient_id.eq(patient.0))
        .filter(trainings::done_on.between(from, to))
        .order((trainings::done_on, trainings::ordinal))
        .select(SESSION)
        .load(conn)?;
    let mut sessions: Vec<Session> = rows.into_iter().map(Session::from).collect();
    let sets: Vec<SetRow> = set_logs::table
        .inner_join(trainings::table.on(trainings::id.eq(set_logs::session_id)))
        .filter(trainings::patient_id.eq(patient.0))
        .filter(trainings::done_on.between(from, to))
        .order((set_logs::session_id, set_logs::prescription_id, set_logs::set_number))
        .select((
            set_logs::session_id,
            set_logs::prescription_id,
            set_logs::version,
            set_logs::set_number,
            set_logs::side,
            set_logs::done,
            set_logs::amount,
        ))
        .load(conn)?;
    let left_out: Vec<(i64, i64, i32, String, String)> = skips::table
        .inner_join(trainings::table.on(trainings::id.eq(skips::session_id)))
        .filter(trainings::patient_id.eq(patient.0))
        .filter(trainings::done_on.between(from, to))
        .order(skips::id)
        .select((skips::session_id, skips::prescription_id, skips::version, skips::reason, skips::note))
        .load(conn)?;
    let place: std::collections::HashMap<i64, usize> = sessions.iter().enumerate().map(|(place, session)| (session.id.0, place)).collect();
    for (session, prescription, version, number, side, done, amount) in sets {
        if let (Some(place), Some(side)) = (place.get(&session), LoggedSide::from_word(&side)) {
            sessions[*place].sets.push(SetLog { prescription: PrescriptionId(prescription), version, number, side, done, amount });
        }
    }
    for (session, prescription, version, reason, note) in left_out {
        if let (Some(place), Some(reason)) = (place.get(&session), SkipReason::from_word(&reason)) {
            sessions[*place].skips.push(Skip { prescription: PrescriptionId(prescription), version, reason, note });
        }
    }
    Ok(sessions)
}

/// The session of a day, made if it is not there yet.
fn session_of(conn: &mut Conn, writer: Writer, plan: PlanId, version: i32, day: NaiveDate, ordinal: i32) -> Result<i64, AppError> {
    let known = trainings::table
        .filter(trainings::patient_id.eq(writer.patient.0))
        .filter(trainings::done_on.eq(day))
        .filter(trainings::ordinal.eq(ordinal))
        .select(trainings::id)
        .first::<i64>(conn)
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    Ok(diesel::insert_into(trainings::table)
        .values((
            trainings::patient_id.eq(writer.patient.0),
            trainings::plan_id.eq(plan.0),
            trainings::version.eq(version),
            trainings::done_on.eq(day),
            trainings::ordinal.eq(ordinal),
            trainings::note.eq(""),
            trainings::created_at.eq(writer.now),
            trainings::changed_at.eq(writer.now),
        ))
        .returning(trainings::id)
        .get_result(conn)?)
}

/// Takes an entry about one exercise: new sets are added, other values are corrections, the same again is nothing.
///
/// # Errors
/// The database's own.
pub fn record_sets(conn: &mut Conn, writer: Writer, entry: &SetEntry, slot: &Slot) -> Result<(), AppError> {
    if entry.changes.is_empty() && entry.skip.is_none() {
        return Ok(());
    }
    let session = session_of(conn, writer, entry.plan, entry.version, entry.day, entry.ordinal)?;
    for change in &entry.changes {
        let known: Option<(i64, bool, Option<i32>)> = set_logs::table
            .filter(set_logs::session_id.eq(session))
            .filter(set_logs::prescription_id.eq(slot.id.0))
            .filter(set_logs::set_number.eq(change.number))
            .filter(set_logs::side.eq(change.side.word()))
            .select((set_logs::id, set_logs::done, set_logs::amount))
            .first(conn)
            .optional()?;
        match known {
            None if !change.done => {}
            None => {
                diesel::insert_into(set_logs::table)
                    .values((
                        set_logs::session_id.eq(session),
                        set_logs::prescription_id.eq(slot.id.0),
                        set_logs::plan_id.eq(entry.plan.0),
                        set_logs::version.eq(entry.version),
                        set_logs::set_number.eq(change.number),
                        set_logs::side.eq(change.side.word()),
                        set_logs::done.eq(change.done),
                        set_logs::amount.eq(change.amount),
                        set_logs::logged_at.eq(writer.now),
                    ))
                    .execute(conn)?;
            }
            Some((_, done, amount)) if (done, amount) == (change.done, change.amount) => {}
            Some((id, done, amount)) => {
                diesel::update(set_logs::table.find(id))
                    .set((set_logs::done.eq(change.done), set_logs::amount.eq(change.amount), set_logs::logged_at.eq(writer.now)))
                    .execute(conn)?;
                let side = if change.side == LoggedSide::Both { String::new() } else { format!("{} side, ", change.side.word()) };
                let about = format!("{}: {side}round {}", slot.name, change.number);
                correct(conn, writer, &about, entry.day, &set_words(slot, done, amount), &set_words(slot, change.done, change.amount))?;
            }
        }
    }
    if let Some(skip) = &entry.skip {
        record_skip(conn, writer, session, entry, slot, skip.as_ref().map(|(reason, note)| (*reason, note.as_str())))?;
    }
    Ok(())
}

pub(super) fn set_words(slot: &Slot, done: bool, amount: Option<i32>) -> String {
    match (done, amount.and_then(|amount| u16::try_from(amount).ok())) {
        (false, _) => "not done".to_owned(),
        (true, None) => "done".to_owned(),
        (true, Some(amount)) => format!("done, {}", slot.dose.one_set(amount)),
    }
}

fn record_skip(
    conn: &mut Conn,
    writer: Writer,
    session: i64,
    entry: &SetEntry,
    slot: &Slot,
    skip: Option<(SkipReason, &str)>,
) -> Result<(), AppError> {
    let of_slot = skips::table.filter(skips::session_id.eq(session)).filter(skips::prescription_id.eq(slot.id.0));
    let known: Option<(i64, String, String)> = of_slot.select((skips::id, skips::reason, skips::note)).first(conn).optional()?;
    let words = |reason: &str, note: &str| {
        let label = SkipReason::from_word(reason).map_or("another reason", SkipReason::label);
        if note.is_empty() { format!("skipped: {label}") } else { format!("skipped: {label} ({note})") }
    };
    if let Some((id, was, was_note)) = known {
        if skip.is_some_and(|(reason, note)| reason.word() == was && note == was_note) {
            return Ok(());
        }
        diesel::delete(skips::table.find(id)).execute(conn)?;
        let became = skip.map_or("not skipped".to_owned(), |(reason, note)| words(reason.word(), note));
        correct(conn, writer, &slot.name, entry.day, &words(&was, &was_note), &became)?;
    }
    if let Some((reason, note)) = skip {
        diesel::insert_into(skips::table)
            .values((
                skips::session_id.eq(session),
                skips::prescription_id.eq(slot.id.0),
                skips::plan_id.eq(entry.plan.0),
                skips::version.eq(entry.version),
                skips::reason.eq(reason.word()),
                skips::note.eq(note),
                skips::logged_at.eq(writer.now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes how a session felt: new answers are added, other answers are corrections.
///
/// # Errors
/// The database's own.
pub fn record_feeling(conn: &mut Conn, writer: Writer, entry: &SessionEntry) -> Result<(), AppError> {
    let says_something = |told: &Option<Told<Option<i32>>>| told.as_ref().is_some_and(|told| told.value.is_some());
    let new = says_something(&entry.during)
        || says_something(&entry.after)
        || says_something(&entry.effort)
        || entry.note.as_ref().is_some_and(|told| !told.value.as_str().is_empty());
    let known: Option<SessionRow> = trainings::table
        .filter(trainings::patient_id.eq(writer.patient.0))
        .filter(trainings::done_on.eq(entry.day))
        .filter(trainings::ordinal.eq(entry.ordinal))
        .select(SESSION)
        .first(conn)
        .optional()?;
    if known.is_none() && !new {
        return Ok(());
    }
    let id = session_of(conn, writer, entry.plan, entry.version, entry.day, entry.ordinal)?;
    let was = known.map(Session::from).map_or_else(Feeling::default, |session| session.feeling);
    let mut say = |about: &str, told: &Option<Told<Option<i32>>>, was: Option<i32>| -> Result<Option<i32>, AppError> {
        let Some(told) = told else { return Ok(was) };
        if was.is_some() && was != told.value {
            correct(conn, writer, about, entry.day, &answer_words(was), &answer_words(told.value))?;
        }
        Ok(told.value)
    };
    let during = say("pain during", &entry.during, was.during)?;
    let after = say("pain after", &entry.after, was.after)?;
    let effort = say("effort", &entry.effort, was.effort)?;
    diesel::update(trainings::table.find(id))
        .set((
            trainings::pain_during.eq(during),
            trainings::pain_after.eq(after),
            trainings::effort.eq(effort),
            trainings::changed_at.eq(writer.now),
        ))
        .execute(conn)?;
    if let Some(told) = &entry.note {
        diesel::update(trainings::table.find(id)).set(trainings::note.eq(told.value.as_str())).execute(conn)?;
    }
    Ok(())
}

fn answer_words(answer: Option<i32>) -> String {
    answer.map_or("not answered".to_owned(), |number| format!("{number} of 10"))
}

fn yes_no(answer: Option<bool>) -> Option<&'static str> {
    answer.map(|yes| if yes { "yes" } else { "no" })
}

/// Takes a morning's answers; other answers than before are corrections.
///
/// # Errors
/// The database's own.
pub fn record_check_in(conn: &mut Conn, writer: Writer, check_in: &CheckIn) -> Result<(), AppError> {
    let known = check_ins(conn, writer.patient, check_in.day, check_in.day)?.pop();
    let answers = (
        mornings::pain.eq(check_in.pain),
        mornings::stiffness.eq(check_in.stiffness.map(Stiffness::word)),
        mornings::settled.eq(yes_no(check_in.settled)),
        mornings::limp.eq(yes_no(check_in.limp)),
        mornings::night_pain.eq(yes_no(check_in.night_pain)),
        mornings::note.eq(&check_in.note),
        mornings::recorded_at.eq(writer.now),
    );
    match known {
        None => {
            let key = (mornings::patient_id.eq(writer.patient.0), mornings::asked_on.eq(check_in.day));
            diesel::insert_into(mornings::table).values((key, answers)).execute(conn)?;
        }
        Some(was) if was == *check_in => {}
        Some(was) => {
            let row = mornings::table.filter(mornings::patient_id.eq(writer.patient.0)).filter(mornings::asked_on.eq(check_in.day));
            diesel::update(row).set(answers).execute(conn)?;
            correct(conn, writer, "morning check-in", check_in.day, &morning_words(&was), &morning_words(check_in))?;
        }
    }
    Ok(())
}

fn morning_words(check_in: &CheckIn) -> String {
    let word = |answer: Option<bool>| yes_no(answer).unwrap_or("not answered");
    format!(
        "pain {}, stiffness {}, settled {}, limp {}, night pain {}",
        answer_words(check_in.pain),
        check_in.stiffness.map_or("not answered", Stiffness::word),
        word(check_in.settled),
        word(check_in.limp),
        word(check_in.night_pain)
    )
}

/// The morning answers from one day to another, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn check_ins(conn: &mut Conn, patient: PatientId, from: NaiveDate, to: NaiveDate) -> Result<Vec<CheckIn>, AppError> {
    let rows: Vec<MorningRow> = mornings::table
        .filter(mornings::patient_id.eq(patient.0))
        .filter(mornings::asked_on.between(from, to))
        .order(mornings::asked_on)
        .select(MORNING)
        .load(conn)?;
    Ok(rows.into_iter().map(to_check_in).collect())
}

fn correct(conn: &mut Conn, writer: Writer, about: &str, day: NaiveDate, was: &str, became: &str) -> Result<(), AppError> {
    diesel::insert_into(corrected::table)
        .values((
            corrected::patient_id.eq(writer.patient.0),
            corrected::about.eq(about),
            corrected::about_day.eq(day),
            corrected::was.eq(was),
            corrected::became.eq(became),
            corrected::corrected_by.eq(PersonId::from(writer.patient).0),
            corrected::corrected_at.eq(writer.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// What was corrected about days since `from`, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn corrections(conn: &mut Conn, patient: PatientId, from: NaiveDate) -> Result<Vec<Correction>, AppError> {
    let rows: Vec<(String, NaiveDate, String, String, NaiveDateTime)> = corrected::table
        .filter(corrected::patient_id.eq(patient.0))
        .filter(corrected::about_day.ge(from))
        .order(corrected::id)
        .select((corrected::about, corrected::about_day, corrected::was, corrected::became, corrected::corrected_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(about, day, was, became, at)| Correction { about, day, was, became, at }).collect())
}

/// The last day each patient entered a session. One query.
///
/// # Errors
/// The database's own.
pub fn last_entries(conn: &mut Conn) -> Result<Vec<(PatientId, NaiveDate)>, AppError> {
    let rows: Vec<(i64, Option<NaiveDate>)> = trainings::table
        .group_by(trainings::patient_id)
        .select((trainings::patient_id, diesel::dsl::max(trainings::done_on)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(patient, day)| Some((PatientId(patient), day?))).collect())
}

/// Sessions (without their sets) and mornings of all patients since a day. Two queries.
///
/// # Errors
/// The database's own.
pub fn recent(conn: &mut Conn, since: NaiveDate) -> Result<Recent, AppError> {
    let trained: Vec<(i64, SessionRow)> = trainings::table
        .filter(trainings::done_on.ge(since))
        .order((trainings::done_on, trainings::ordinal))
        .select((trainings::patient_id, SESSION))
        .load(conn)?;
    let answered: Vec<(i64, MorningRow)> = mornings::table
        .filter(mornings::asked_on.ge(since))
        .order(mornings::asked_on)
        .select((mornings::patient_id, MORNING))
        .load(conn)?;
    Ok((
        trained.into_iter().map(|(patient, row)| (PatientId(patient), row.into())).collect(),
        answered.into_iter().map(|(patient, row)| (PatientId(patient), to_check_in(row))).collect(),
    ))
}
