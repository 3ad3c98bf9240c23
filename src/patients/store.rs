//! Patients and baselines in the database.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::domain::{NewPatient, Profile, SoreSide};
use super::standing::Standing;
use super::{assessment, screening};
use crate::accounts::{self, NewPerson};
use crate::db::schema::{baselines, clearances, patients, people, screenings};
use crate::db::{Conn, record_changed};
use crate::error::{AppError, Invalid};
use crate::ids::{PatientId, PersonId};
use crate::text::canonical;
use crate::web::Role;

/// Adds a patient with their account (still without a password). Hold [`crate::db::Lock::People`].
///
/// # Errors
/// [`AppError::Invalid`] when the address is taken or the physio is not one.
pub fn add(conn: &mut Conn, new: &NewPatient, by: PersonId, today: NaiveDate, now: NaiveDateTime) -> Result<PatientId, AppError> {
    check_physio(conn, new.physio)?;
    let person = accounts::add_person(conn, &NewPerson { name: &new.name, email: &new.email, role: Role::Patient }, now)?;
    diesel::insert_into(patients::table)
        .values((
            patients::id.eq(person.0),
            patients::physio_id.eq(new.physio.0),
            patients::sore_side.eq(new.sore_side.word()),
            patients::goal.eq(new.goal.as_str()),
            patients::created_by.eq(by.0),
            patients::created_at.eq(now),
        ))
        .execute(conn)?;
    let id = PatientId(person.0);
    if let Some(pain) = new.morning_pain {
        baseline(conn, id, pain, by, today, now)?;
    }
    Ok(id)
}

fn check_physio(conn: &mut Conn, id: PersonId) -> Result<(), AppError> {
    match accounts::person(conn, id)? {
        Some(person) if person.role.is_staff() => Ok(()),
        _ => Err(Invalid::one("physio", "Choose who looks after this patient").into()),
    }
}

/// Says a patient's particulars anew; another answer about morning pain is added with its day. Hold [`crate::db::Lock::People`].
///
/// # Errors
/// [`AppError::Invalid`] when the address is taken or the physio is not one.
pub fn change(
    conn: &mut Conn,
    before: &Profile,
    now_said: &NewPatient,
    by: PersonId,
    today: NaiveDate,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    check_physio(conn, now_said.physio)?;
    accounts::rename(conn, before.id.into(), &now_said.name, &now_said.email)?;
    diesel::update(patients::table.find(before.id.0))
        .set((
            patients::physio_id.eq(now_said.physio.0),
            patients::sore_side.eq(now_said.sore_side.word()),
            patients::goal.eq(now_said.goal.as_str()),
        ))
        .execute(conn)?;
    record_changed(conn, before.id.0)?;
    match now_said.morning_pain {
        Some(pain) if Some(pain) != before.baseline.map(|(pain, _)| pain) => baseline(conn, before.id, pain, by, today, now),
        _ => Ok(()),
    }
}

/// Keeps an answer about usual next-morning pain (0 to 10) with its day.
///
/// # Errors
/// The database's own.
pub fn baseline(conn: &mut Conn, id: PatientId, pain: i32, by: PersonId, asked_on: NaiveDate, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::insert_into(baselines::table)
        .values((
            baselines::patient_id.eq(id.0),
            baselines::asked_on.eq(asked_on),
            baselines::pain.eq(pain),
            baselines::recorded_by.eq(by.0),
            baselines::recorded_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable)]
struct ProfileRow {
    id: i64,
    name: String,
    email: String,
    sore_side: String,
    goal: String,
    physio_id: i64,
    physio_name: String,
    password_hash: Option<String>,
    created_at: NaiveDateTime,
}

/// One patient, with their newest baseline. Two queries.
///
/// # Errors
/// The database's own.
pub fn profile(conn: &mut Conn, id: PatientId) -> Result<Option<Profile>, AppError> {
    let physio = diesel::alias!(people as physio);
    let row: Option<ProfileRow> = patients::table
        .inner_join(people::table.on(people::id.eq(patients::id)))
        .inner_join(physio.on(physio.field(people::id).eq(patients::physio_id)))
        .filter(patients::id.eq(id.0))
        .select((
            patients::id,
            people::name,
            people::email,
            patients::sore_side,
            patients::goal,
            patients::physio_id,
            physio.field(people::name),
            people::password_hash,
            patients::created_at,
        ))
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let newest = baselines::table
        .filter(baselines::patient_id.eq(id.0))
        .order((baselines::asked_on.desc(), baselines::id.desc()))
        .select((baselines::pain, baselines::asked_on))
        .first(conn)
        .optional()?;
    Ok(Some(Profile {
        id: PatientId(row.id),
        name: row.name,
        email: row.email,
        sore_side: SoreSide::from_word(&row.sore_side).unwrap_or(SoreSide::Both),
        goal: row.goal,
        physio: PersonId(row.physio_id),
        physio_name: row.physio_name,
        has_account: row.password_hash.is_some(),
        since: row.created_at,
        baseline: newest,
    }))
}

/// A patient in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Their number.
    pub id: PatientId,
    /// Their name.
    pub name: String,
    /// Where it hurts.
    pub sore_side: SoreSide,
    /// What they want to do again.
    pub goal: String,
    /// Who looks after them.
    pub physio: PersonId,
    /// That person's name.
    pub physio_name: String,
    /// Whether they have chosen a password yet.
    pub has_account: bool,
    /// Since when they are a patient here.
    pub since: NaiveDateTime,
}

/// All patients by name; only one physio's, and only those whose name has `word` in it, when given. One query.
///
/// # Errors
/// The database's own.
pub fn all(conn: &mut Conn, of: Option<PersonId>, word: &str) -> Result<Vec<Listed>, AppError> {
    type Row = (i64, String, String, String, i64, String, Option<String>, NaiveDateTime);
    let physio = diesel::alias!(people as physio);
    let pattern = format!("%{}%", canonical(word.trim()).replace(['%', '_', '\\'], ""));
    let owner = of.map_or(0, |id| id.0);
    let rows: Vec<Row> = patients::table
        .inner_join(people::table.on(people::id.eq(patients::id)))
        .inner_join(physio.on(physio.field(people::id).eq(patients::physio_id)))
        .filter(people::name_sort.like(pattern))
        .filter(patients::physio_id.eq(owner).or(diesel::dsl::sql::<diesel::sql_types::Bool>(if of.is_none() { "1 = 1" } else { "1 = 0" })))
        .order((people::name_sort, patients::id))
        .select((
            patients::id,
            people::name,
            patients::sore_side,
            patients::goal,
            patients::physio_id,
            physio.field(people::name),
            people::password_hash,
            patients::created_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, side, goal, physio_id, physio_name, hash, since)| Listed {
            id: PatientId(id),
            name,
            sore_side: SoreSide::from_word(&side).unwrap_or(SoreSide::Both),
            goal,
            physio: PersonId(physio_id),
            physio_name,
            has_account: hash.is_some(),
            since,
        })
        .collect())
}

/// How a patient stands before a plan. Three queries.
///
/// # Errors
/// The database's own.
pub fn standing(conn: &mut Conn, patient: PatientId) -> Result<Standing, AppError> {
    let (screened, open) = (screening::last_screened(conn, patient)?, screening::open_reports(conn, Some(patient))?);
    let Some((found, at)) = assessment::newest(conn, patient)? else { return Ok(Standing { screened, open, ..Standing::default() }) };
    let (irritable, stiffness_route) = (found.irritability.verdict(), found.stiffness_route());
    Ok(Standing { screened, open, assessed: Some(at), conditions: found.conditions, irritable, stiffness_route })
}

/// How each of these patients stands before a plan, and where it hurts. Four queries, however many they are.
///
/// # Errors
/// The database's own.
pub fn standings(conn: &mut Conn, of: &[PatientId]) -> Result<HashMap<PatientId, (Standing, SoreSide)>, AppError> {
    let whose: Vec<i64> = of.iter().map(|patient| patient.0).collect();
    let sides: Vec<(i64, String)> =
        patients::table.filter(patients::id.eq_any(&whose)).select((patients::id, patients::sore_side)).load(conn)?;
    let side = |word: &str| SoreSide::from_word(word).unwrap_or(SoreSide::Both);
    let mut known: HashMap<PatientId, (Standing, SoreSide)> =
        sides.into_iter().map(|(id, word)| (PatientId(id), (Standing::default(), side(&word)))).collect();
    for (patient, at) in screening::last_screened_of(conn, of)? {
        known.entry(patient).and_modify(|(standing, _)| standing.screened = Some(at));
    }
    for report in screening::open_reports(conn, None)? {
        known.entry(report.patient).and_modify(|(standing, _)| standing.open.push(report));
    }
    for (patient, found, at) in assessment::newest_of(conn, of)? {
        known.entry(patient).and_modify(|(standing, _)| {
            (standing.irritable, standing.stiffness_route) = (found.irritability.verdict(), found.stiffness_route());
            (standing.assessed, standing.conditions) = (Some(at), found.conditions);
        });
    }
    Ok(known)
}

/// Where it hurts. One query.
///
/// # Errors
/// The database's own.
pub fn sore_side(conn: &mut Conn, patient: PatientId) -> Result<SoreSide, AppError> {
    let side: Option<String> = patients::table.find(patient.0).select(patients::sore_side).first(conn).optional()?;
    Ok(side.and_then(|side| SoreSide::from_word(&side)).unwrap_or(SoreSide::Both))
}

/// What today's page must know of a patient before anything else.
#[derive(Debug, Clone, Copy)]
pub struct Ground {
    /// Where it hurts.
    pub sore: SoreSide,
    /// The newest answer about usual next-morning pain (0 to 10), after the day it was asked.
    pub usual_pain: Option<(NaiveDate, i32)>,
    /// Whether something was found or reported that nobody has cleared: [`open_reports`](super::open_reports) says what.
    pub stopped: bool,
}

/// Where it hurts, what is usual in the morning, and whether anything stops the day. One query.
///
/// # Errors
/// The database's own.
pub fn ground(conn: &mut Conn, patient: PatientId) -> Result<Ground, AppError> {
    type Row = (String, Option<(NaiveDate, i32)>, bool);
    let found = screenings::asked_in.eq("report").or(screenings::flags.ne("")).or(screenings::contraindications.ne(""));
    let open = screenings::table
        .left_join(clearances::table.on(clearances::screening_id.eq(screenings::id)))
        .filter(clearances::screening_id.is_null())
        .filter(screenings::patient_id.eq(patient.0))
        .filter(found);
    let row: Option<Row> = patients::table
        .left_join(baselines::table.on(baselines::patient_id.eq(patients::id)))
        .filter(patients::id.eq(patient.0))
        .order((baselines::asked_on.desc(), baselines::id.desc()))
        .select((patients::sore_side, (baselines::asked_on, baselines::pain).nullable(), diesel::dsl::exists(open)))
        .first(conn)
        .optional()?;
    let (side, usual_pain, stopped) = row.unwrap_or_default();
    Ok(Ground { sore: SoreSide::from_word(&side).unwrap_or(SoreSide::Both), usual_pain, stopped })
}

/// Every answer of these patients about usual next-morning pain (0 to 10) with the day it was asked, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn baselines(conn: &mut Conn, of: &[PatientId]) -> Result<Vec<(PatientId, NaiveDate, i32)>, AppError> {
    let rows: Vec<(i64, NaiveDate, i32)> = baselines::table
        .filter(baselines::patient_id.eq_any(of.iter().map(|patient| patient.0)))
        .order((baselines::asked_on, baselines::id))
        .select((baselines::patient_id, baselines::asked_on, baselines::pain))
        .load(conn)?;
    Ok(rows.into_iter().map(|(patient, asked, pain)| (PatientId(patient), asked, pain)).collect())
}

/// The newest answer about usual next-morning pain, 0 to 10. One query.
///
/// # Errors
/// The database's own.
pub fn usual_pain(conn: &mut Conn, patient: PatientId) -> Result<Option<i32>, AppError> {
    Ok(baselines::table
        .filter(baselines::patient_id.eq(patient.0))
        .order((baselines::asked_on.desc(), baselines::id.desc()))
        .select(baselines::pain)
        .first(conn)
        .optional()?)
}
