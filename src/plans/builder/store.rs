//! Drafts and their steps in the database. Writes need the lock of what the draft is of.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::domain::{Draft, DraftPhase, Prescription, Subject};
use super::super::store::dose_columns;
use super::step::{KEPT, Step};
use crate::db::Conn;
use crate::db::schema::{people, phases, prescriptions, programmes, steps};
use crate::error::AppError;
use crate::ids::{PersonId, PhaseId, PrescriptionId};

/// Makes the rows of a draft say what `new` says; `old` is what they say now. What has a number below 1 is given one, what has one that
/// is gone gets it back. Hands on the draft with the numbers given.
pub fn save(conn: &mut Conn, old: &Draft, new: &Draft) -> Result<Draft, AppError> {
    let mut saved = new.clone();
    for (phase, position) in saved.phases.iter_mut().zip(1..) {
        let known = old.phases.iter().zip(1..).find(|(known, _)| known.id == phase.id);
        phase.id = match known {
            Some((known, place)) if place == position && same_words(known, phase) => phase.id,
            Some(_) => change_phase(conn, phase, position)?,
            None => add_phase(conn, old.of, phase, position)?,
        };
        for (prescription, position) in phase.prescriptions.iter_mut().zip(1..) {
            let known = old.phases.iter().find_map(|known| {
                let place = known.prescriptions.iter().position(|row| row.id == prescription.id)?;
                Some((known.id, place + 1, &known.prescriptions[place]))
            });
            prescription.id = match known {
                Some((part, place, row)) if part == phase.id && place == position && row == prescription => prescription.id,
                Some(_) => change_prescription(conn, phase.id, prescription, position)?,
                None => add_prescription(conn, phase.id, prescription, position)?,
            };
        }
    }
    let gone: Vec<i64> = old.prescriptions().map(|known| known.id).filter(|id| saved.prescription(*id).is_none()).map(|id| id.0).collect();
    if !gone.is_empty() {
        diesel::delete(prescriptions::table.filter(prescriptions::id.eq_any(gone))).execute(conn)?;
    }
    let gone: Vec<i64> = old.phases.iter().map(|phase| phase.id).filter(|id| saved.phase(*id).is_none()).map(|id| id.0).collect();
    if !gone.is_empty() {
        diesel::delete(phases::table.filter(phases::id.eq_any(gone))).execute(conn)?;
    }
    Ok(saved)
}

fn same_words(one: &DraftPhase, other: &DraftPhase) -> bool {
    DraftPhase { prescriptions: Vec::new(), ..one.clone() } == DraftPhase { prescriptions: Vec::new(), ..other.clone() }
}

type PhaseColumns<'a> = (
    diesel::dsl::Eq<phases::position, i32>,
    diesel::dsl::Eq<phases::name, &'a str>,
    diesel::dsl::Eq<phases::purpose, &'a str>,
    diesel::dsl::Eq<phases::exit_criteria, &'a str>,
    diesel::dsl::Eq<phases::stage, Option<&'static str>>,
    diesel::dsl::Eq<phases::entry, String>,
    diesel::dsl::Eq<phases::exit, String>,
    diesel::dsl::Eq<phases::programme, &'a str>,
);

fn phase_columns(phase: &DraftPhase, position: usize) -> Result<PhaseColumns<'_>, AppError> {
    let json =
        |criteria| serde_json::to_string(criteria).map_err(|error| AppError::Internal(format!("criteria cannot be written: {error}")));
    Ok((
        phases::position.eq(number(position)),
        phases::name.eq(phase.name.as_str()),
        phases::purpose.eq(phase.purpose.as_str()),
        phases::exit_criteria.eq(phase.exit_criteria.as_str()),
        phases::stage.eq(phase.stage.map(crate::exercises::Stage::word)),
        phases::entry.eq(json(&phase.entry)?),
        phases::exit.eq(json(&phase.exit)?),
        phases::programme.eq(phase.programme.as_str()),
    ))
}

fn change_phase(conn: &mut Conn, phase: &DraftPhase, position: usize) -> Result<PhaseId, AppError> {
    diesel::update(phases::table.find(phase.id.0)).set(phase_columns(phase, position)?).execute(conn)?;
    Ok(phase.id)
}

fn add_phase(conn: &mut Conn, of: Subject, phase: &DraftPhase, position: usize) -> Result<PhaseId, AppError> {
    let (plan, programme) = of.numbers();
    let columns = (phase_columns(phase, position)?, phases::plan_id.eq(plan), phases::programme_id.eq(programme));
    let insert = diesel::insert_into(phases::table);
    let id = if phase.id.0 > 0 {
        insert.values((columns, phases::id.eq(phase.id.0))).returning(phases::id).get_result(conn)?
    } else {
        insert.values(columns).returning(phases::id).get_result(conn)?
    };
    Ok(PhaseId(id))
}

fn change_prescription(conn: &mut Conn, phase: PhaseId, row: &Prescription, position: usize) -> Result<PrescriptionId, AppError> {
    diesel::update(prescriptions::table.find(row.id.0))
        .set((
            prescriptions::phase_id.eq(phase.0),
            prescriptions::position.eq(number(position)),
            prescriptions::exercise.eq(&row.exercise),
            dose_columns(&row.dose),
            prescriptions::load.eq(&row.load),
            prescriptions::note.eq(&row.note),
            prescriptions::with_previous.eq(row.with_previous),
        ))
        .execute(conn)?;
    Ok(row.id)
}

fn add_prescription(conn: &mut Conn, phase: PhaseId, row: &Prescription, position: usize) -> Result<PrescriptionId, AppError> {
    let columns = (
        prescriptions::phase_id.eq(phase.0),
        prescriptions::position.eq(number(position)),
        prescriptions::exercise.eq(&row.exercise),
        dose_columns(&row.dose),
        prescriptions::load.eq(&row.load),
        prescriptions::note.eq(&row.note),
        prescriptions::with_previous.eq(row.with_previous),
    );
    let insert = diesel::insert_into(prescriptions::table);
    let id = if row.id.0 > 0 {
        insert.values((columns, prescriptions::id.eq(row.id.0))).returning(prescriptions::id).get_result(conn)?
    } else {
        insert.values(columns).returning(prescriptions::id).get_result(conn)?
    };
    Ok(PrescriptionId(id))
}

fn number(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

/// A step to be kept.
pub struct NewStep<'a> {
    /// What was done, after a name.
    pub words: &'a str,
    /// The revision of the page it was done on.
    pub seen: Option<i32>,
    /// The step it takes back.
    pub undoes: Option<i32>,
    /// Who did it.
    pub by: PersonId,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// Keeps a step, with the draft as it was before; hands on the revision it made. The oldest goes when there are more than are kept.
pub fn keep(conn: &mut Conn, before: &Draft, new: &NewStep<'_>) -> Result<i32, AppError> {
    let revision = before.revision + 1;
    let (plan, programme) = before.of.numbers();
    let text = serde_json::to_string(&before.phases).map_err(|error| AppError::Internal(format!("a draft cannot be written: {error}")))?;
    diesel::insert_into(steps::table)
        .values((
            steps::plan_id.eq(plan),
            steps::programme_id.eq(programme),
            steps::revision.eq(revision),
            steps::words.eq(new.words),
            steps::before.eq(text),
            steps::seen.eq(new.seen),
            steps::undoes.eq(new.undoes),
            steps::made_by.eq(new.by.0),
            steps::made_at.eq(new.at),
        ))
        .execute(conn)?;
    let (plan, programme) = keys(before.of);
    let own = steps::plan_id.eq(plan).or(steps::programme_id.eq(programme));
    diesel::delete(steps::table.filter(own).filter(steps::revision.le(revision - KEPT))).execute(conn)?;
    Ok(revision)
}

/// The numbers a draft's steps have in their two columns; nothing has the number 0.
fn keys(of: Subject) -> (i64, i64) {
    let (plan, programme) = of.numbers();
    (plan.unwrap_or(0), programme.unwrap_or(0))
}

/// The number of the newest step of a draft; 0 before the first. One query.
///
/// # Errors
/// The database's own.
pub fn revision(conn: &mut Conn, of: Subject) -> Result<i32, AppError> {
    let (plan, programme) = keys(of);
    let own = steps::plan_id.eq(plan).or(steps::programme_id.eq(programme));
    let last: Option<i32> = steps::table.filter(own).select(diesel::dsl::max(steps::revision)).first(conn)?;
    Ok(last.unwrap_or(0))
}

type StepRow = (i32, String, Option<i32>, i64, Option<String>, NaiveDateTime);

/// The steps kept of a draft, newest first. One query.
///
/// # Errors
/// The database's own.
pub fn steps(conn: &mut Conn, of: Subject) -> Result<Vec<Step>, AppError> {
    let (plan, programme) = keys(of);
    let own = steps::plan_id.eq(plan).or(steps::programme_id.eq(programme));
    let rows: Vec<StepRow> = steps::table
        .left_join(people::table.on(people::id.eq(steps::made_by)))
        .filter(own)
        .order(steps::revision.desc())
        .select((steps::revision, steps::words, steps::undoes, steps::made_by, people::name.nullable(), steps::made_at))
        .load(conn)?;
    let step = |(revision, words, undoes, by, name, at): StepRow| {
        let name = name.unwrap_or_else(|| "Someone who has left".to_owned());
        Step { revision, words, undoes, by: PersonId(by), name, at }
    };
    Ok(rows.into_iter().map(step).collect())
}

/// Whether a person did this on a page of this revision already: a form sent twice.
pub fn is_repeated(conn: &mut Conn, of: Subject, by: PersonId, seen: i32, words: &str) -> Result<bool, AppError> {
    let (plan, programme) = keys(of);
    let own = steps::plan_id.eq(plan).or(steps::programme_id.eq(programme));
    let same = steps::table.filter(own).filter(steps::seen.eq(seen)).filter(steps::made_by.eq(by.0)).filter(steps::words.eq(words));
    let count: i64 = same.count().get_result(conn)?;
    Ok(count > 0)
}

/// The draft as it was at a revision, as long as the step after it is kept; the draft itself where it is at it.
pub fn as_of(conn: &mut Conn, now: &Draft, revision: i32) -> Result<Option<Draft>, AppError> {
    if revision >= now.revision {
        return Ok(Some(now.clone()));
    }
    let (plan, programme) = keys(now.of);
    let own = steps::plan_id.eq(plan).or(steps::programme_id.eq(programme));
    let text: Option<String> =
        steps::table.filter(own).filter(steps::revision.eq(revision + 1)).select(steps::before).first(conn).optional()?;
    text.map(|text| read(now, revision, &text)).transpose()
}

/// An exercise as it last was before it was taken out, with its phase.
pub fn lost(conn: &mut Conn, now: &Draft, id: PrescriptionId) -> Result<Option<(PhaseId, Prescription)>, AppError> {
    let (plan, programme) = keys(now.of);
    let own = steps::plan_id.eq(plan).or(steps::programme_id.eq(programme));
    let texts: Vec<(i32, String)> =
        steps::table.filter(own).order(steps::revision.desc()).select((steps::revision, steps::before)).load(conn)?;
    for (revision, text) in texts {
        let then = read(now, revision - 1, &text)?;
        let found = then.phases.iter().find_map(|phase| Some((phase.id, phase.prescriptions.iter().find(|known| known.id == id)?.clone())));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn read(now: &Draft, revision: i32, text: &str) -> Result<Draft, AppError> {
    let phases = serde_json::from_str(text)
        .map_err(|error| AppError::Internal(format!("step {} of {} cannot be read: {error}", revision + 1, now.of.path())))?;
    Ok(Draft { of: now.of, revision, phases })
}

/// The name of a programme.
pub fn programme(conn: &mut Conn, of: Subject) -> Result<String, AppError> {
    let (_, id) = keys(of);
    Ok(programmes::table.find(id).select(programmes::name).first(conn)?)
}
