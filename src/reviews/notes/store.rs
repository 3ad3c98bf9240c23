//! Clinical notes in the database.

use std::collections::HashMap;

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::domain::{By, ClinicalNote, Parts};
use crate::db::Conn;
use crate::db::schema::{clinical_notes, note_addenda, note_signatures, people};
use crate::error::AppError;
use crate::ids::{ClinicalNoteId, PatientId, PersonId};

/// Within this time the same note of the same person is one.
const TWICE: TimeDelta = TimeDelta::minutes(10);

#[derive(Queryable)]
struct Row {
    id: i64,
    subjective: String,
    objective: String,
    assessment: String,
    plan: String,
    by: i64,
    at: NaiveDateTime,
    revision: i32,
    name: String,
    signed: Option<(i64, NaiveDateTime)>,
}

macro_rules! rows {
    () => {
        clinical_notes::table
            .inner_join(people::table.on(people::id.eq(clinical_notes::written_by)))
            .left_join(note_signatures::table.on(note_signatures::note_id.eq(clinical_notes::id)))
            .select((
                clinical_notes::id,
                clinical_notes::subjective,
                clinical_notes::objective,
                clinical_notes::assessment,
                clinical_notes::plan,
                clinical_notes::written_by,
                clinical_notes::changed_at,
                clinical_notes::revision,
                people::name,
                (note_signatures::signed_by, note_signatures::signed_at).nullable(),
            ))
    };
}

/// Begins a note; the same one of a moment ago is that one. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn add(conn: &mut Conn, patient: PatientId, parts: &Parts, by: PersonId, now: NaiveDateTime) -> Result<ClinicalNoteId, AppError> {
    let newest: Option<Row> =
        rows!().filter(clinical_notes::patient_id.eq(patient.0)).order(clinical_notes::id.desc()).first(conn).optional()?;
    if let Some(newest) = newest.filter(|newest| newest.by == by.0 && now - newest.at < TWICE && newest.parts() == *parts) {
        return Ok(ClinicalNoteId(newest.id));
    }
    let id = diesel::insert_into(clinical_notes::table)
        .values((
            clinical_notes::patient_id.eq(patient.0),
            said(parts),
            clinical_notes::written_by.eq(by.0),
            clinical_notes::written_at.eq(now),
            clinical_notes::changed_at.eq(now),
            clinical_notes::revision.eq(1),
        ))
        .returning(clinical_notes::id)
        .get_result(conn)?;
    Ok(ClinicalNoteId(id))
}

type Said<'a> = (
    diesel::dsl::Eq<clinical_notes::subjective, &'a str>,
    diesel::dsl::Eq<clinical_notes::objective, &'a str>,
    diesel::dsl::Eq<clinical_notes::assessment, &'a str>,
    diesel::dsl::Eq<clinical_notes::plan, &'a str>,
);

fn said(parts: &Parts) -> Said<'_> {
    (
        clinical_notes::subjective.eq(parts.subjective.as_str()),
        clinical_notes::objective.eq(parts.objective.as_str()),
        clinical_notes::assessment.eq(parts.assessment.as_str()),
        clinical_notes::plan.eq(parts.plan.as_str()),
    )
}

/// Changes a draft. Hold the patient's lock.
pub fn change(conn: &mut Conn, note: &ClinicalNote, parts: &Parts, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::update(clinical_notes::table.find(note.id.0))
        .set((said(parts), clinical_notes::changed_at.eq(now), clinical_notes::revision.eq(note.revision + 1)))
        .execute(conn)?;
    Ok(())
}

/// Signs a note, once: from then on it does not change. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn sign(conn: &mut Conn, id: ClinicalNoteId, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let known: i64 = note_signatures::table.filter(note_signatures::note_id.eq(id.0)).count().get_result(conn)?;
    if known == 0 {
        diesel::insert_into(note_signatures::table)
            .values((note_signatures::note_id.eq(id.0), note_signatures::signed_by.eq(by.0), note_signatures::signed_at.eq(now)))
            .execute(conn)?;
    }
    Ok(())
}

/// Adds to a signed note; the same words of the same person a moment ago are once. Hold the patient's lock.
///
/// # Errors
/// The database's own.
pub fn add_addendum(conn: &mut Conn, id: ClinicalNoteId, words: &str, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let same: i64 = note_addenda::table
        .filter(note_addenda::note_id.eq(id.0).and(note_addenda::added_by.eq(by.0)))
        .filter(note_addenda::words.eq(words).and(note_addenda::added_at.gt(now - TWICE)))
        .count()
        .get_result(conn)?;
    if same == 0 {
        diesel::insert_into(note_addenda::table)
            .values((
                note_addenda::note_id.eq(id.0),
                note_addenda::words.eq(words),
                note_addenda::added_by.eq(by.0),
                note_addenda::added_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

impl Row {
    fn parts(&self) -> Parts {
        let Self { subjective, objective, assessment, plan, .. } = self;
        Parts { subjective: subjective.clone(), objective: objective.clone(), assessment: assessment.clone(), plan: plan.clone() }
    }
}

/// The notes of a patient, newest first. Three queries.
pub fn of(conn: &mut Conn, patient: PatientId, most: i64) -> Result<Vec<ClinicalNote>, AppError> {
    let rows: Vec<Row> =
        rows!().filter(clinical_notes::patient_id.eq(patient.0)).order(clinical_notes::id.desc()).limit(most).load(conn)?;
    whole(conn, rows)
}

/// One note of this patient. Three queries.
pub fn one(conn: &mut Conn, patient: PatientId, id: ClinicalNoteId) -> Result<Option<ClinicalNote>, AppError> {
    let rows: Vec<Row> = rows!().filter(clinical_notes::patient_id.eq(patient.0)).filter(clinical_notes::id.eq(id.0)).load(conn)?;
    Ok(whole(conn, rows)?.pop())
}

/// Puts signatures and addenda to the notes.
fn whole(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<ClinicalNote>, AppError> {
    let added: Vec<(i64, String, i64, NaiveDateTime, String)> = note_addenda::table
        .inner_join(people::table.on(people::id.eq(note_addenda::added_by)))
        .filter(note_addenda::note_id.eq_any(rows.iter().map(|row| row.id)))
        .order(note_addenda::id)
        .select((note_addenda::note_id, note_addenda::words, note_addenda::added_by, note_addenda::added_at, people::name))
        .load(conn)?;
    let signers: Vec<i64> = rows.iter().filter_map(|row| row.signed.map(|(by, _)| by)).collect();
    let names: Vec<(i64, String)> = people::table.filter(people::id.eq_any(signers)).select((people::id, people::name)).load(conn)?;
    let names: HashMap<i64, String> = names.into_iter().collect();
    let note = |row: Row| ClinicalNote {
        id: ClinicalNoteId(row.id),
        parts: row.parts(),
        signed: row.signed.map(|(by, at)| By { person: PersonId(by), name: names.get(&by).cloned().unwrap_or_default(), at }),
        addenda: added
            .iter()
            .filter(|(note, ..)| *note == row.id)
            .map(|(_, words, by, at, name)| (By { person: PersonId(*by), name: name.clone(), at: *at }, words.clone()))
            .collect(),
        written: By { person: PersonId(row.by), name: row.name, at: row.at },
        revision: row.revision,
    };
    Ok(rows.into_iter().map(note).collect())
}

/// How many notes a patient has, and how many of them are not signed yet. One query.
///
/// # Errors
/// The database's own.
pub fn counts(conn: &mut Conn, patient: PatientId) -> Result<(i64, i64), AppError> {
    let rows: Vec<Option<i64>> = clinical_notes::table
        .left_join(note_signatures::table.on(note_signatures::note_id.eq(clinical_notes::id)))
        .filter(clinical_notes::patient_id.eq(patient.0))
        .select(note_signatures::note_id.nullable())
        .load(conn)?;
    let (all, open) = (rows.len(), rows.iter().filter(|signed| signed.is_none()).count());
    Ok((i64::try_from(all).unwrap_or(i64::MAX), i64::try_from(open).unwrap_or(i64::MAX)))
}
