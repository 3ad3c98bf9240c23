//! The clinic's own programmes in the database, and what enters a draft from a programme. Writes need the lock of what they change.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{people, phases, plans, programme_archivals, programmes};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId, PhaseId, PlanId, PrescriptionId, ProgrammeId};
use crate::plans::store::{self, FIRST_PHASE};
use crate::plans::{Draft, DraftPhase, NewPrescription, Prescription, Subject};

/// A programme of the clinic's own, without its phases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Its number.
    pub id: ProgrammeId,
    /// Its name.
    pub name: String,
    /// For whom it is; may be empty.
    pub audience: String,
    /// What it is for; may be empty.
    pub purpose: String,
    /// Whether everyone at the clinic may use and change it, or only who made it.
    pub shared: bool,
    /// What it was copied from, in words; empty when from nothing.
    pub copied_from: String,
    /// Who made it.
    pub by: PersonId,
    /// Their name.
    pub by_name: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Whether it was put away.
    pub archived: bool,
}

impl Own {
    /// The address of its builder.
    #[must_use]
    pub fn path(&self) -> String {
        Subject::Programme(self.id).path()
    }
}

/// What a programme says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub name: String,
    /// For whom it is.
    pub audience: String,
    /// What it is for.
    pub purpose: String,
    /// Whether everyone at the clinic may use it.
    pub shared: bool,
}

type Row = (i64, String, String, String, bool, String, i64, Option<String>, NaiveDateTime);

fn rows(conn: &mut Conn, viewer: PersonId, only: Option<ProgrammeId>) -> Result<Vec<Own>, AppError> {
    let mut query = programmes::table
        .left_join(people::table.on(people::id.eq(programmes::created_by)))
        .filter(programmes::shared.eq(true).or(programmes::created_by.eq(viewer.0)))
        .order((programmes::name, programmes::id))
        .select((
            programmes::id,
            programmes::name,
            programmes::audience,
            programmes::purpose,
            programmes::shared,
            programmes::copied_from,
            programmes::created_by,
            people::name.nullable(),
            programmes::created_at,
        ))
        .into_boxed();
    if let Some(id) = only {
        query = query.filter(programmes::id.eq(id.0));
    }
    let found: Vec<Row> = query.load(conn)?;
    let away = archived(conn)?;
    let own = |(id, name, audience, purpose, shared, copied_from, by, by_name, at): Row| Own {
        id: ProgrammeId(id),
        name,
        audience,
        purpose,
        shared,
        copied_from,
        by: PersonId(by),
        by_name: by_name.unwrap_or_else(|| "someone who has left".to_owned()),
        at,
        archived: away.get(&id).copied().unwrap_or(false),
    };
    Ok(found.into_iter().map(own).collect())
}

/// Which programmes were ever put away, and whether they still are.
fn archived(conn: &mut Conn) -> Result<HashMap<i64, bool>, AppError> {
    let rows: Vec<(i64, bool)> = programme_archivals::table
        .order(programme_archivals::id)
        .select((programme_archivals::programme_id, programme_archivals::archived))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The clinic's own programmes this member of staff may use, those put away as well. Two queries.
///
/// # Errors
/// The database's own.
pub fn own(conn: &mut Conn, viewer: PersonId) -> Result<Vec<Own>, AppError> {
    rows(conn, viewer, None)
}

/// One of them. Two queries.
///
/// # Errors
/// The database's own.
pub fn one(conn: &mut Conn, viewer: PersonId, id: ProgrammeId) -> Result<Option<Own>, AppError> {
    Ok(rows(conn, viewer, Some(id))?.pop())
}

/// Makes a programme of these phases, or of one empty phase.
///
/// # Errors
/// The database's own.
pub fn create(
    conn: &mut Conn,
    about: &About,
    copied_from: &str,
    phases: &[DraftPhase],
    by: PersonId,
    now: NaiveDateTime,
) -> Result<ProgrammeId, AppError> {
    let id: i64 = diesel::insert_into(programmes::table)
        .values((
            programmes::name.eq(&about.name),
            programmes::audience.eq(&about.audience),
            programmes::purpose.eq(&about.purpose),
            programmes::shared.eq(about.shared),
            programmes::copied_from.eq(copied_from),
            programmes::created_by.eq(by.0),
            programmes::created_at.eq(now),
        ))
        .returning(programmes::id)
        .get_result(conn)?;
    let of = Subject::Programme(ProgrammeId(id));
    if phases.is_empty() {
        insert(conn, of, 1, &named(FIRST_PHASE))?;
    }
    for (position, phase) in (1..).zip(phases) {
        insert(conn, of, position, phase)?;
    }
    Ok(ProgrammeId(id))
}

fn named(name: &str) -> DraftPhase {
    DraftPhase {
        id: PhaseId(0),
        name: name.to_owned(),
        purpose: String::new(),
        exit_criteria: String::new(),
        stage: None,
        entry: Vec::new(),
        exit: Vec::new(),
        programme: String::new(),
        prescriptions: Vec::new(),
    }
}

/// Says anew what a programme says of itself.
///
/// # Errors
/// The database's own.
pub fn change(conn: &mut Conn, id: ProgrammeId, about: &About) -> Result<(), AppError> {
    diesel::update(programmes::table.find(id.0))
        .set((
            programmes::name.eq(&about.name),
            programmes::audience.eq(&about.audience),
            programmes::purpose.eq(&about.purpose),
            programmes::shared.eq(about.shared),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts a programme away, or takes it out again. Twice is once.
///
/// # Errors
/// The database's own.
pub fn set_archived(conn: &mut Conn, id: ProgrammeId, away: bool, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    if archived(conn)?.get(&id.0).copied().unwrap_or(false) == away {
        return Ok(());
    }
    diesel::insert_into(programme_archivals::table)
        .values((
            programme_archivals::programme_id.eq(id.0),
            programme_archivals::archived.eq(away),
            programme_archivals::set_by.eq(by.0),
            programme_archivals::set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts phases at the end of a draft; what is there stays as it is. A draft that is nothing but the empty phase it began with has it
/// used up; phases that stand at its end already are not put there twice. Says the number of the first one.
///
/// # Errors
/// The database's own.
pub fn append(conn: &mut Conn, draft: &Draft, phases: &[DraftPhase]) -> Result<Option<PhaseId>, AppError> {
    if let Some(known) = at_the_end(draft, phases) {
        return Ok(Some(known));
    }
    let last: Option<i32> = match draft.of {
        Subject::Plan(plan, _) => {
            phases::table.filter(phases::plan_id.eq(plan.0)).select(diesel::dsl::max(phases::position)).first(conn)?
        }
        Subject::Programme(id) => {
            phases::table.filter(phases::programme_id.eq(id.0)).select(diesel::dsl::max(phases::position)).first(conn)?
        }
    };
    let mut first = None;
    for (position, phase) in (last.unwrap_or(0) + 1..).zip(phases) {
        let id = insert(conn, draft.of, position, phase)?;
        first.get_or_insert(id);
    }
    if let [begun] = draft.phases.as_slice()
        && first.is_some()
        && is_untouched(begun)
    {
        store::remove_phase(conn, begun.id)?;
    }
    Ok(first)
}

/// Where these phases stand at the end of the draft already, word for word: pressed twice, they are put in once.
fn at_the_end(draft: &Draft, phases: &[DraftPhase]) -> Option<PhaseId> {
    let begin = draft.phases.len().checked_sub(phases.len())?;
    let last = draft.phases.get(begin..)?;
    let same = last.iter().zip(phases).all(|(known, new)| unnumbered(known) == *new);
    last.first().filter(|_| same).map(|phase| phase.id)
}

fn unnumbered(phase: &DraftPhase) -> DraftPhase {
    let prescriptions = phase.prescriptions.iter().map(|one| Prescription { id: PrescriptionId(0), ..one.clone() }).collect();
    DraftPhase { id: PhaseId(0), prescriptions, ..phase.clone() }
}

/// Whether a phase is as a new plan begins with it.
fn is_untouched(phase: &DraftPhase) -> bool {
    *phase == DraftPhase { id: phase.id, ..named(FIRST_PHASE) }
}

fn insert(conn: &mut Conn, of: Subject, position: i32, phase: &DraftPhase) -> Result<PhaseId, AppError> {
    let text = |criteria: &[crate::plans::Criterion]| {
        serde_json::to_string(criteria).map_err(|error| AppError::Internal(format!("criteria cannot be written: {error}")))
    };
    let (plan, programme) = match of {
        Subject::Plan(plan, _) => (Some(plan.0), None),
        Subject::Programme(id) => (None, Some(id.0)),
    };
    let id: i64 = diesel::insert_into(phases::table)
        .values((
            phases::plan_id.eq(plan),
            phases::programme_id.eq(programme),
            phases::position.eq(position),
            phases::name.eq(&phase.name),
            phases::purpose.eq(&phase.purpose),
            phases::exit_criteria.eq(&phase.exit_criteria),
            phases::stage.eq(phase.stage.map(crate::exercises::Stage::word)),
            phases::entry.eq(text(&phase.entry)?),
            phases::exit.eq(text(&phase.exit)?),
            phases::programme.eq(&phase.programme),
        ))
        .returning(phases::id)
        .get_result(conn)?;
    for one in &phase.prescriptions {
        let new = NewPrescription {
            phase: PhaseId(id),
            exercise: &one.exercise,
            dose: one.dose,
            load: &one.load,
            note: &one.note,
            with_previous: one.with_previous,
        };
        store::add_prescription(conn, &new)?;
    }
    Ok(PhaseId(id))
}

/// The newest plan of each patient who has one. One query.
///
/// # Errors
/// The database's own.
pub fn newest_plans(conn: &mut Conn) -> Result<HashMap<PatientId, PlanId>, AppError> {
    let rows: Vec<(i64, Option<i64>)> =
        plans::table.group_by(plans::patient_id).select((plans::patient_id, diesel::dsl::max(plans::id))).load(conn)?;
    Ok(rows.into_iter().filter_map(|(patient, plan)| Some((PatientId(patient), PlanId(plan?)))).collect())
}
