//! The diary in the database. Writes need the patient's lock; the same entry twice is one.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::actual::Actual;
use super::corrections::{MORNING as THE_MORNING, Place, correct};
use super::domain::{CheckIn, ExerciseNote, Feeling, LoggedSide, Session, SetChange, SetEntry, SetLog, Skip, SkipReason, Stiffness};
use super::form::{SessionEntry, Told};
use super::runs::store::{RUN, RunRow};
use crate::db::Conn;
use crate::db::schema::{check_ins as mornings, exercise_notes, runs, sessions as trainings, set_logs, skips};
use crate::error::AppError;
use crate::ids::{PatientId, PlanId, PrescriptionId, SessionId};
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
            notes: Vec::new(),
            run: None,
        }
    }
}

/// Prescription, version, round, side, done, amount, hold, load.
type SetRow = (i64, i32, i32, String, bool, Option<i32>, Option<i32>, Option<String>);
type SetColumns = (
    set_logs::prescription_id,
    set_logs::version,
    set_logs::set_number,
    set_logs::side,
    set_logs::done,
    set_logs::amount,
    set_logs::hold,
    set_logs::load,
);
const SET: SetColumns = (
    set_logs::prescription_id,
    set_logs::version,
    set_logs::set_number,
    set_logs::side,
    set_logs::done,
    set_logs::amount,
    set_logs::hold,
    set_logs::load,
);

/// Prescription, version, reason, note.
type SkipRow = (i64, i32, String, String);
/// Prescription, version, words, pain.
type NoteRow = (i64, i32, String, Option<i32>);

fn to_set((prescription, version, number, side, done, amount, hold, load): SetRow) -> Option<SetLog> {
    let side = LoggedSide::from_word(&side)?;
    Some(SetLog { prescription: PrescriptionId(prescription), version, number, side, done, actual: Actual { amount, hold, load } })
}

fn to_skip((prescription, version, reason, note): SkipRow) -> Option<Skip> {
    Some(Skip { prescription: PrescriptionId(prescription), version, reason: SkipReason::from_word(&reason)?, note })
}

fn to_note((prescription, version, words, pain): NoteRow) -> ExerciseNote {
    ExerciseNote { prescription: PrescriptionId(prescription), version, words, pain }
}

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

/// A patient's sessions from one day to another, oldest first, with their sets, skips and remarks. Two queries.
///
/// # Errors
/// The database's own.
pub fn sessions(conn: &mut Conn, patient: PatientId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Session>, AppError> {
    Ok(sessions_of(conn, &[patient], from, to)?.into_iter().map(|(_, session)| session).collect())
}

/// The same of several patients. Two queries.
pub(super) fn sessions_of(
    conn: &mut Conn,
    patients: &[PatientId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(PatientId, Session)>, AppError> {
    let whose: Vec<i64> = patients.iter().map(|patient| patient.0).collect();
    let rows: Vec<(i64, SessionRow, Option<SetRow>, Option<RunRow>)> = trainings::table
        .left_join(set_logs::table.on(set_logs::session_id.eq(trainings::id)))
        .left_join(runs::table.on(runs::session_id.eq(trainings::id)))
        .filter(trainings::patient_id.eq_any(&whose))
        .filter(trainings::done_on.between(from, to))
        .order((trainings::patient_id, trainings::done_on, trainings::ordinal, set_logs::prescription_id, set_logs::set_number))
        .select((trainings::patient_id, SESSION, SET.nullable(), RUN.nullable()))
        .load(conn)?;
    let mut sessions: Vec<(PatientId, Session)> = Vec::new();
    for (patient, session, set, run) in rows {
        if sessions.last().is_none_or(|(_, last)| last.id.0 != session.id) {
            sessions.push((PatientId(patient), Session { run: run.map(Into::into), ..session.into() }));
        }
        if let (Some((_, session)), Some(set)) = (sessions.last_mut(), set.and_then(to_set)) {
            session.sets.push(set);
        }
    }
    add_words(conn, &whose, (from, to), &mut sessions)?;
    Ok(sessions)
}

/// The sessions of one patient with the rounds of an exercise as one that was done and one that was not: enough to count and to draw
/// years. Three queries.
pub(super) fn outlines_of(conn: &mut Conn, patient: PatientId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Session>, AppError> {
    let rows: Vec<(SessionRow, Option<RunRow>)> = trainings::table
        .left_join(runs::table.on(runs::session_id.eq(trainings::id)))
        .filter(trainings::patient_id.eq(patient.0))
        .filter(trainings::done_on.between(from, to))
        .order((trainings::done_on, trainings::ordinal))
        .select((SESSION, RUN.nullable()))
        .load(conn)?;
    let session = |(row, run): (SessionRow, Option<RunRow>)| (patient, Session { run: run.map(Into::into), ..row.into() });
    let mut sessions: Vec<(PatientId, Session)> = rows.into_iter().map(session).collect();
    let rounds: Vec<(i64, i64, i32, bool)> = trainings::table
        .inner_join(set_logs::table.on(set_logs::session_id.eq(trainings::id)))
        .filter(trainings::patient_id.eq(patient.0))
        .filter(trainings::done_on.between(from, to))
        .select((trainings::id, set_logs::prescription_id, set_logs::version, set_logs::done))
        .distinct()
        .load(conn)?;
    let place = places(&sessions);
    for (session, prescription, version, done) in rounds {
        let Some((_, session)) = place.get(&session).and_then(|place| sessions.get_mut(*place)) else { continue };
        let (prescription, side) = (PrescriptionId(prescription), LoggedSide::Both);
        session.sets.push(SetLog { prescription, version, number: 1, side, done, actual: Actual::default() });
    }
    add_words(conn, &[patient.0], (from, to), &mut sessions)?;
    Ok(sessions.into_iter().map(|(_, session)| session).collect())
}

/// Where each session stands.
fn places(sessions: &[(PatientId, Session)]) -> std::collections::HashMap<i64, usize> {
    sessions.iter().enumerate().map(|(place, (_, session))| (session.id.0, place)).collect()
}

/// Adds what was left out and remarked. One query.
fn add_words(
    conn: &mut Conn,
    whose: &[i64],
    (from, to): (NaiveDate, NaiveDate),
    sessions: &mut [(PatientId, Session)],
) -> Result<(), AppError> {
    // A session has a few skips and a few remarks: each with each is still a few rows, and one query.
    let said: Vec<(i64, Option<SkipRow>, Option<NoteRow>)> = trainings::table
        .left_join(skips::table.on(skips::session_id.eq(trainings::id)))
        .left_join(exercise_notes::table.on(exercise_notes::session_id.eq(trainings::id)))
        .filter(trainings::patient_id.eq_any(whose))
        .filter(trainings::done_on.between(from, to))
        .filter(skips::id.is_not_null().or(exercise_notes::id.is_not_null()))
        .order((skips::id, exercise_notes::id))
        .select((
            trainings::id,
            (skips::prescription_id, skips::version, skips::reason, skips::note).nullable(),
            (exercise_notes::prescription_id, exercise_notes::version, exercise_notes::words, exercise_notes::pain).nullable(),
        ))
        .load(conn)?;
    let place = places(sessions);
    for (session, skip, note) in said {
        let Some((_, session)) = place.get(&session).and_then(|place| sessions.get_mut(*place)) else { continue };
        session.skips.extend(skip.and_then(to_skip).filter(|skip| session.skip(skip.prescription).is_none()));
        let new = |note: &ExerciseNote| session.notes.iter().all(|known| known.prescription != note.prescription);
        let note = note.map(to_note).filter(new);
        session.notes.extend(note);
    }
    Ok(())
}

/// The session of a day, made if it is not there yet.
pub(super) fn session_of(
    conn: &mut Conn,
    writer: Writer,
    plan: PlanId,
    version: i32,
    day: NaiveDate,
    ordinal: i32,
) -> Result<i64, AppError> {
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
    if entry.changes.is_empty() && entry.skip.is_none() && entry.note.is_none() && entry.pain.is_none() {
        return Ok(());
    }
    let session = session_of(conn, writer, entry.plan, entry.version, entry.day, entry.ordinal)?;
    for change in &entry.changes {
        record_set(conn, writer, session, entry, slot, change)?;
    }
    if let Some(skip) = &entry.skip {
        record_skip(conn, writer, session, entry, slot, skip.as_ref().map(|(reason, note)| (*reason, note.as_str())))?;
    }
    record_remark(conn, writer, session, entry, slot)
}

/// Where a correction of this entry belongs.
fn place_of(entry: &SetEntry) -> Place {
    Place { day: entry.day, ordinal: Some(entry.ordinal), prescription: Some(entry.prescription) }
}

fn record_set(conn: &mut Conn, writer: Writer, session: i64, entry: &SetEntry, slot: &Slot, change: &SetChange) -> Result<(), AppError> {
    type Known = (i64, bool, Option<i32>, Option<i32>, Option<String>);
    let known: Option<Known> = set_logs::table
        .filter(set_logs::session_id.eq(session))
        .filter(set_logs::prescription_id.eq(slot.id.0))
        .filter(set_logs::set_number.eq(change.number))
        .filter(set_logs::side.eq(change.side.word()))
        .select((set_logs::id, set_logs::done, set_logs::amount, set_logs::hold, set_logs::load))
        .first(conn)
        .optional()?;
    let Actual { amount, hold, load } = &change.actual;
    let said = (
        set_logs::done.eq(change.done),
        set_logs::amount.eq(amount),
        set_logs::hold.eq(hold),
        set_logs::load.eq(load),
        set_logs::logged_at.eq(writer.now),
    );
    let Some((id, done, amount, hold, load)) = known else {
        if change.done {
            let key = (
                set_logs::session_id.eq(session),
                set_logs::prescription_id.eq(slot.id.0),
                set_logs::plan_id.eq(entry.plan.0),
                set_logs::version.eq(entry.version),
                set_logs::set_number.eq(change.number),
                set_logs::side.eq(change.side.word()),
            );
            diesel::insert_into(set_logs::table).values((key, said)).execute(conn)?;
        }
        return Ok(());
    };
    let was = Actual { amount, hold, load };
    if done == change.done && was == change.actual {
        return Ok(());
    }
    diesel::update(set_logs::table.find(id)).set(said).execute(conn)?;
    let side = if change.side == LoggedSide::Both { String::new() } else { format!("{} side, ", change.side.word()) };
    let about = format!("{}: {side}round {}", slot.name, change.number);
    correct(conn, writer, place_of(entry), &about, &set_words(slot, done, &was), &set_words(slot, change.done, &change.actual))
}

pub(super) fn set_words(slot: &Slot, done: bool, actual: &Actual) -> String {
    match (done, actual.words(&slot.dose)) {
        (false, _) => "not done".to_owned(),
        (true, None) => "done".to_owned(),
        (true, Some(words)) => format!("done, {words}"),
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
        correct(conn, writer, place_of(entry), &slot.name, &words(&was, &was_note), &became)?;
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

/// Keeps what was remarked about an exercise, and how much it hurt.
fn record_remark(conn: &mut Conn, writer: Writer, session: i64, entry: &SetEntry, slot: &Slot) -> Result<(), AppError> {
    let of_slot =
        exercise_notes::table.filter(exercise_notes::session_id.eq(session)).filter(exercise_notes::prescription_id.eq(slot.id.0));
    let known: Option<(i64, String, Option<i32>)> =
        of_slot.select((exercise_notes::id, exercise_notes::words, exercise_notes::pain)).first(conn).optional()?;
    let (was, pain_was) = known.as_ref().map(|(_, words, pain)| (words.clone(), *pain)).unwrap_or_default();
    let words = entry.note.as_ref().map_or_else(|| was.clone(), |note| note.as_str().to_owned());
    let pain = entry.pain.map_or(pain_was, |told| told.value);
    if (&words, pain) == (&was, pain_was) {
        return Ok(());
    }
    let said = (exercise_notes::words.eq(&words), exercise_notes::pain.eq(pain), exercise_notes::written_at.eq(writer.now));
    let Some((id, ..)) = known else {
        let key = (
            exercise_notes::session_id.eq(session),
            exercise_notes::prescription_id.eq(slot.id.0),
            exercise_notes::plan_id.eq(entry.plan.0),
            exercise_notes::version.eq(entry.version),
        );
        diesel::insert_into(exercise_notes::table).values((key, said)).execute(conn)?;
        return Ok(());
    };
    diesel::update(exercise_notes::table.find(id)).set(said).execute(conn)?;
    if words != was && !was.is_empty() {
        correct(conn, writer, place_of(entry), &format!("{}: note", slot.name), &note_words(&was), &note_words(&words))?;
    }
    if pain != pain_was && pain_was.is_some() {
        correct(conn, writer, place_of(entry), &format!("{}: pain", slot.name), &answer_words(pain_was), &answer_words(pain))?;
    }
    Ok(())
}

/// A remark as a correction tells it. A remark taken back is told as such.
pub(super) fn note_words(note: &str) -> String {
    if note.is_empty() { "no note".to_owned() } else { format!("“{note}”") }
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
    let (was, was_note) = known.map(Session::from).map(|session| (session.feeling, session.note)).unwrap_or_default();
    let place = Place { day: entry.day, ordinal: Some(entry.ordinal), prescription: None };
    let mut say = |about: &str, told: &Option<Told<Option<i32>>>, was: Option<i32>| -> Result<Option<i32>, AppError> {
        let Some(told) = told else { return Ok(was) };
        if was.is_some() && was != told.value {
            correct(conn, writer, place, about, &answer_words(was), &answer_words(told.value))?;
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
    if let Some(told) = entry.note.as_ref().filter(|told| told.value.as_str() != was_note) {
        if !was_note.is_empty() {
            correct(conn, writer, place, "note", &note_words(&was_note), &note_words(told.value.as_str()))?;
        }
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
            let place = Place { day: check_in.day, ordinal: None, prescription: None };
            correct(conn, writer, place, THE_MORNING, &morning_words(&was), &morning_words(check_in))?;
        }
    }
    Ok(())
}

fn morning_words(check_in: &CheckIn) -> String {
    let word = |answer: Option<bool>| yes_no(answer).unwrap_or("not answered");
    let note = if check_in.note.is_empty() { String::new() } else { format!(", {}", note_words(&check_in.note)) };
    format!(
        "pain {}, stiffness {}, settled {}, limp {}, night pain {}{note}",
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
    Ok(check_ins_of(conn, &[patient], from, to)?.into_iter().map(|(_, check_in)| check_in).collect())
}

/// The same of several patients. One query.
pub(super) fn check_ins_of(
    conn: &mut Conn,
    patients: &[PatientId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(PatientId, CheckIn)>, AppError> {
    let rows: Vec<(i64, MorningRow)> = mornings::table
        .filter(mornings::patient_id.eq_any(patients.iter().map(|patient| patient.0)))
        .filter(mornings::asked_on.between(from, to))
        .order((mornings::patient_id, mornings::asked_on))
        .select((mornings::patient_id, MORNING))
        .load(conn)?;
    Ok(rows.into_iter().map(|(patient, row)| (PatientId(patient), to_check_in(row))).collect())
}

/// The last day each of these patients entered a session; who never did is left out. One query.
///
/// # Errors
/// The database's own.
pub fn last_entries(conn: &mut Conn, of: &[PatientId]) -> Result<Vec<(PatientId, NaiveDate)>, AppError> {
    let rows: Vec<(i64, Option<NaiveDate>)> = trainings::table
        .filter(trainings::patient_id.eq_any(of.iter().map(|patient| patient.0)))
        .group_by(trainings::patient_id)
        .select((trainings::patient_id, diesel::dsl::max(trainings::done_on)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(patient, day)| Some((PatientId(patient), day?))).collect())
}
