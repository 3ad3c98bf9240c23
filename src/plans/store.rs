//! Plans, drafts, versions and states in the database. Writes need the patient's lock.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::course::Course;
use super::domain::{Current, Draft, DraftPhase, Of, Prescription, Publication, Snapshot, State, Status, Subject};
use crate::db::schema::{people, phases, plan_states, plans, prescriptions, programmes, publications};
use crate::db::{Conn, Lock};
use crate::error::AppError;
use crate::exercises::dose::{Dose, Every, Frequency, Side, Weekdays, Work};
use crate::exercises::{DoseChange, Stage};
use crate::ids::{MediumId, PatientId, PersonId, PhaseId, PlanId, PrescriptionId, ProgrammeId};
use crate::media::Use;

/// What a new plan's first phase is called until the physio gives it a name.
pub(super) const FIRST_PHASE: &str = "Phase 1";

/// Begins a plan with one empty phase, or finds the one that was begun and never published (a double tap makes one plan).
///
/// # Errors
/// The database's own.
pub fn create(conn: &mut Conn, patient: PatientId, by: PersonId, now: NaiveDateTime) -> Result<PlanId, AppError> {
    let begun = plans::table
        .left_join(publications::table.on(publications::plan_id.eq(plans::id)))
        .filter(plans::patient_id.eq(patient.0))
        .filter(publications::id.is_null())
        .order(plans::id.desc())
        .select(plans::id)
        .first::<i64>(conn)
        .optional()?;
    if let Some(id) = begun {
        return Ok(PlanId(id));
    }
    let id = diesel::insert_into(plans::table)
        .values((plans::patient_id.eq(patient.0), plans::created_by.eq(by.0), plans::created_at.eq(now)))
        .returning(plans::id)
        .get_result(conn)?;
    add_phase(conn, PlanId(id), FIRST_PHASE, "", "")?;
    Ok(PlanId(id))
}

/// A patient's plans, newest first, with their newest version's number; 0 for a plan never published.
///
/// # Errors
/// The database's own.
pub fn plans_of(conn: &mut Conn, patient: PatientId) -> Result<Vec<(PlanId, i32)>, AppError> {
    let rows: Vec<(i64, Option<i32>)> = plans::table
        .left_join(publications::table.on(publications::plan_id.eq(plans::id)))
        .filter(plans::patient_id.eq(patient.0))
        .group_by(plans::id)
        .order(plans::id.desc())
        .select((plans::id, diesel::dsl::max(publications::version.nullable())))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, version)| (PlanId(id), version.unwrap_or(0))).collect())
}

impl Subject {
    /// What a change of it holds alone.
    #[must_use]
    pub fn lock(self) -> Lock {
        match self {
            Self::Plan(_, patient) => Lock::Patient(patient.0),
            Self::Programme(programme) => Lock::Programme(programme.0),
        }
    }
}

#[derive(Queryable)]
struct PrescriptionRow {
    id: i64,
    phase_id: i64,
    exercise: String,
    sets: i32,
    work: String,
    amount: i32,
    hold: Option<i32>,
    rest: Option<i32>,
    side: String,
    times: i32,
    per: String,
    weekdays: String,
    tempo: Option<String>,
    load: String,
    note: String,
    with_previous: bool,
}

impl PrescriptionRow {
    fn into_prescription(self) -> Result<Prescription, AppError> {
        let wrong = || AppError::Internal(format!("prescription {} cannot be read", self.id));
        let small = |number: i32| u16::try_from(number).map_err(|_| wrong());
        let dose = Dose {
            sets: small(self.sets)?,
            work: Work::from_word(&self.work).ok_or_else(wrong)?,
            amount: small(self.amount)?,
            hold: self.hold.map(small).transpose()?,
            rest: self.rest.map(small).transpose()?,
            side: Side::from_word(&self.side).ok_or_else(wrong)?,
            frequency: Frequency::told(
                small(self.times)?,
                Every::from_word(&self.per).ok_or_else(wrong)?,
                Weekdays::read(&self.weekdays).ok_or_else(wrong)?,
            ),
            tempo: self.tempo.as_deref().map(str::parse).transpose().map_err(|_| wrong())?,
        };
        Ok(Prescription {
            id: PrescriptionId(self.id),
            exercise: self.exercise,
            dose,
            load: self.load,
            note: self.note,
            with_previous: self.with_previous,
        })
    }
}

#[derive(Queryable)]
struct PhaseRow {
    id: i64,
    name: String,
    purpose: String,
    exit_criteria: String,
    stage: Option<String>,
    entry: String,
    exit: String,
    programme: String,
}

impl PhaseRow {
    fn into_phase(self) -> Result<DraftPhase, AppError> {
        let wrong = || AppError::Internal(format!("phase {} cannot be read", self.id));
        let criteria = |text: &str| serde_json::from_str(text).map_err(|_| wrong());
        Ok(DraftPhase {
            id: PhaseId(self.id),
            stage: self.stage.as_deref().map(|word| Stage::from_word(word).ok_or_else(wrong)).transpose()?,
            entry: criteria(&self.entry)?,
            exit: criteria(&self.exit)?,
            name: self.name,
            purpose: self.purpose,
            exit_criteria: self.exit_criteria,
            programme: self.programme,
            prescriptions: Vec::new(),
        })
    }
}

/// The draft of a plan. Four queries.
///
/// # Errors
/// The database's own.
pub fn draft(conn: &mut Conn, plan: PlanId) -> Result<Option<Draft>, AppError> {
    let patient: Option<i64> = plans::table.find(plan.0).select(plans::patient_id).first(conn).optional()?;
    patient.map(|patient| draft_of(conn, Subject::Plan(plan, PatientId(patient)))).transpose()
}

/// The draft of a plan or of a programme. Three queries.
///
/// # Errors
/// The database's own.
pub fn draft_of(conn: &mut Conn, of: Subject) -> Result<Draft, AppError> {
    let (plan, programme) = of.numbers();
    // Nothing has the number 0.
    let own = || phases::plan_id.eq(plan.unwrap_or(0)).or(phases::programme_id.eq(programme.unwrap_or(0)));
    let parts: Vec<PhaseRow> = phases::table
        .filter(own())
        .order((phases::position, phases::id))
        .select((
            phases::id,
            phases::name,
            phases::purpose,
            phases::exit_criteria,
            phases::stage,
            phases::entry,
            phases::exit,
            phases::programme,
        ))
        .load(conn)?;
    let rows: Vec<PrescriptionRow> = prescriptions::table
        .inner_join(phases::table.on(phases::id.eq(prescriptions::phase_id)))
        .filter(own())
        .order((prescriptions::position, prescriptions::id))
        .select((
            prescriptions::id,
            prescriptions::phase_id,
            prescriptions::exercise,
            prescriptions::sets,
            prescriptions::work,
            prescriptions::amount,
            prescriptions::hold,
            prescriptions::rest,
            prescriptions::side,
            prescriptions::times,
            prescriptions::per,
            prescriptions::weekdays,
            prescriptions::tempo,
            prescriptions::load,
            prescriptions::note,
            prescriptions::with_previous,
        ))
        .load(conn)?;
    let revision = super::builder::revision(conn, of)?;
    let mut draft = Draft { of, revision, phases: Vec::with_capacity(parts.len()) };
    for part in parts {
        draft.phases.push(part.into_phase()?);
    }
    for row in rows {
        let phase = PhaseId(row.phase_id);
        if let Some(part) = draft.phases.iter_mut().find(|part| part.id == phase) {
            part.prescriptions.push(row.into_prescription()?);
        }
    }
    Ok(draft)
}

/// Adds a phase at the end.
///
/// # Errors
/// The database's own.
pub fn add_phase(conn: &mut Conn, plan: PlanId, name: &str, purpose: &str, exit_criteria: &str) -> Result<PhaseId, AppError> {
    let last: Option<i32> = phases::table.filter(phases::plan_id.eq(plan.0)).select(diesel::dsl::max(phases::position)).first(conn)?;
    let id = diesel::insert_into(phases::table)
        .values((
            phases::plan_id.eq(plan.0),
            phases::position.eq(last.unwrap_or(0) + 1),
            phases::name.eq(name),
            phases::purpose.eq(purpose),
            phases::exit_criteria.eq(exit_criteria),
        ))
        .returning(phases::id)
        .get_result(conn)?;
    Ok(PhaseId(id))
}

/// Removes a phase with its prescriptions from the draft. Versions keep theirs.
///
/// # Errors
/// The database's own.
pub fn remove_phase(conn: &mut Conn, phase: PhaseId) -> Result<(), AppError> {
    diesel::delete(phases::table.find(phase.0)).execute(conn)?;
    Ok(())
}

/// An exercise to be put at the end of a phase.
pub struct NewPrescription<'a> {
    /// The phase.
    pub phase: PhaseId,
    /// The slug of the exercise.
    pub exercise: &'a str,
    /// How much.
    pub dose: Dose,
    /// Against what.
    pub load: &'a str,
    /// A word to the patient.
    pub note: &'a str,
    /// Whether it is done in turn with the exercise above.
    pub with_previous: bool,
}

/// Adds an exercise at the end of a phase.
///
/// # Errors
/// The database's own.
pub fn add_prescription(conn: &mut Conn, new: &NewPrescription<'_>) -> Result<PrescriptionId, AppError> {
    let last: Option<i32> = prescriptions::table
        .filter(prescriptions::phase_id.eq(new.phase.0))
        .select(diesel::dsl::max(prescriptions::position))
        .first(conn)?;
    let id = diesel::insert_into(prescriptions::table)
        .values((
            prescriptions::phase_id.eq(new.phase.0),
            prescriptions::position.eq(last.unwrap_or(0) + 1),
            prescriptions::exercise.eq(new.exercise),
            dose_columns(&new.dose),
            prescriptions::load.eq(new.load),
            prescriptions::note.eq(new.note),
            prescriptions::with_previous.eq(new.with_previous),
        ))
        .returning(prescriptions::id)
        .get_result(conn)?;
    Ok(PrescriptionId(id))
}

pub(super) type DoseColumns = (
    diesel::dsl::Eq<prescriptions::sets, i32>,
    diesel::dsl::Eq<prescriptions::work, &'static str>,
    diesel::dsl::Eq<prescriptions::amount, i32>,
    diesel::dsl::Eq<prescriptions::hold, Option<i32>>,
    diesel::dsl::Eq<prescriptions::rest, Option<i32>>,
    diesel::dsl::Eq<prescriptions::side, &'static str>,
    diesel::dsl::Eq<prescriptions::times, i32>,
    diesel::dsl::Eq<prescriptions::per, &'static str>,
    diesel::dsl::Eq<prescriptions::weekdays, String>,
    diesel::dsl::Eq<prescriptions::tempo, Option<String>>,
);

pub(super) fn dose_columns(dose: &Dose) -> DoseColumns {
    (
        prescriptions::sets.eq(i32::from(dose.sets)),
        prescriptions::work.eq(dose.work.word()),
        prescriptions::amount.eq(i32::from(dose.amount)),
        prescriptions::hold.eq(dose.hold.map(i32::from)),
        prescriptions::rest.eq(dose.rest.map(i32::from)),
        prescriptions::side.eq(dose.side.word()),
        prescriptions::times.eq(i32::from(dose.frequency.times())),
        prescriptions::per.eq(dose.frequency.every().word()),
        prescriptions::weekdays.eq(dose.frequency.days().keys()),
        prescriptions::tempo.eq(dose.tempo.map(|tempo| tempo.to_string())),
    )
}

/// Changes the dose, load and note of a prescription.
///
/// # Errors
/// The database's own.
pub fn change_prescription(conn: &mut Conn, id: PrescriptionId, change: &DoseChange) -> Result<(), AppError> {
    diesel::update(prescriptions::table.find(id.0))
        .set((dose_columns(&change.dose), prescriptions::load.eq(&change.load), prescriptions::note.eq(change.note.as_str())))
        .execute(conn)?;
    Ok(())
}

/// Publishes the next version. The first one starts the plan and its first phase; the patient's other plan is replaced.
///
/// # Errors
/// The database's own.
pub fn publish(
    conn: &mut Conn,
    draft: &Draft,
    snapshot: &Snapshot,
    reason: &str,
    by: PersonId,
    now: NaiveDateTime,
) -> Result<i32, AppError> {
    let Subject::Plan(plan, patient) = draft.of else { return Err(AppError::NotFound) };
    let last: Option<i32> =
        publications::table.filter(publications::plan_id.eq(plan.0)).select(diesel::dsl::max(publications::version)).first(conn)?;
    let version = last.unwrap_or(0) + 1;
    let other = if version == 1 { current(conn, patient)? } else { None };
    let content = serde_json::to_string(snapshot).map_err(|error| AppError::Internal(format!("a version cannot be written: {error}")))?;
    diesel::insert_into(publications::table)
        .values((
            publications::plan_id.eq(plan.0),
            publications::version.eq(version),
            publications::content.eq(content),
            publications::reason.eq(reason),
            publications::published_by.eq(by.0),
            publications::published_at.eq(now),
        ))
        .execute(conn)?;
    if version == 1 {
        if let Some(Status { plan: old, phase, .. }) =
            other.map(|other| other.status).filter(|status| matches!(status.state, State::Running | State::Paused))
        {
            let replaced = NewStatus { plan: old, state: State::Replaced, phase, reason: "A new plan has taken its place." };
            set_status(conn, &replaced, by, now)?;
        }
        let first = snapshot.phases.first().map_or(PhaseId(0), |phase| phase.id);
        let begun = NewStatus { plan, state: State::Running, phase: first, reason: "The plan begins." };
        set_status(conn, &begun, by, now)?;
    }
    Ok(version)
}

/// What a plan becomes, and why.
pub struct NewStatus<'a> {
    /// The plan.
    pub plan: PlanId,
    /// What it becomes.
    pub state: State,
    /// The phase the patient is in from now on.
    pub phase: PhaseId,
    /// Why.
    pub reason: &'a str,
}

/// Gives a plan a state and a phase, as a row with who, when and why.
///
/// # Errors
/// The database's own.
pub fn set_status(conn: &mut Conn, new: &NewStatus<'_>, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::insert_into(plan_states::table)
        .values((
            plan_states::plan_id.eq(new.plan.0),
            plan_states::state.eq(new.state.word()),
            plan_states::phase_id.eq(new.phase.0),
            plan_states::reason.eq(new.reason),
            plan_states::set_by.eq(by.0),
            plan_states::set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable)]
struct PublicationRow {
    plan_id: i64,
    version: i32,
    content: String,
    reason: String,
    by: Option<String>,
    at: NaiveDateTime,
}

type PublicationColumns = (
    publications::plan_id,
    publications::version,
    publications::content,
    publications::reason,
    diesel::dsl::Nullable<people::name>,
    publications::published_at,
);

fn publication_columns() -> PublicationColumns {
    (
        publications::plan_id,
        publications::version,
        publications::content,
        publications::reason,
        people::name.nullable(),
        publications::published_at,
    )
}

impl PublicationRow {
    fn into_publication(self) -> Result<Publication, AppError> {
        let snapshot = serde_json::from_str(&self.content)
            .map_err(|error| AppError::Internal(format!("version {} of plan {} cannot be read: {error}", self.version, self.plan_id)))?;
        let by = self.by.unwrap_or_else(|| "someone who has left".to_owned());
        Ok(Publication { plan: PlanId(self.plan_id), version: self.version, snapshot, reason: self.reason, by, at: self.at })
    }
}

/// The newest versions of a patient, newest plan and version first. One query.
///
/// # Errors
/// The database's own.
pub fn publications(conn: &mut Conn, patient: PatientId, most: i64) -> Result<Vec<Publication>, AppError> {
    let rows: Vec<PublicationRow> = publications::table
        .inner_join(plans::table.on(plans::id.eq(publications::plan_id)))
        .left_join(people::table.on(people::id.eq(publications::published_by)))
        .filter(plans::patient_id.eq(patient.0))
        .order((publications::plan_id.desc(), publications::version.desc()))
        .limit(most)
        .select(publication_columns())
        .load(conn)?;
    rows.into_iter().map(PublicationRow::into_publication).collect()
}

/// What versions say that have this exercise, the newest first; of one patient, or of everyone. One query.
pub fn snapshots_with(conn: &mut Conn, whose: Option<PatientId>, exercise: &str) -> Result<Vec<Snapshot>, AppError> {
    let named = format!("%\"exercise\":\"{exercise}\"%");
    let versions = publications::table
        .inner_join(plans::table.on(plans::id.eq(publications::plan_id)))
        .filter(publications::content.like(named))
        .order(publications::id.desc())
        .select(publications::content);
    let contents: Vec<String> = match whose {
        Some(patient) => versions.filter(plans::patient_id.eq(patient.0)).load(conn)?,
        None => versions.load(conn)?,
    };
    Ok(contents.iter().filter_map(|content| serde_json::from_str(content).ok()).collect())
}

/// The plans patients follow, running or paused, whose newest version shows this photo or film. Three queries.
///
/// # Errors
/// The database's own.
pub fn that_show(conn: &mut Conn, medium: MediumId) -> Result<Vec<Use>, AppError> {
    let named = format!("%\"media\":[%{medium}%");
    let rows: Vec<(i64, i64, i32, String, String)> = publications::table
        .inner_join(plans::table.on(plans::id.eq(publications::plan_id)))
        .inner_join(people::table.on(people::id.eq(plans::patient_id)))
        .filter(publications::content.like(named))
        .order((people::name_sort, publications::id.desc()))
        .select((publications::plan_id, plans::patient_id, publications::version, publications::content, people::name))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let newest: HashMap<i64, Option<i32>> = publications::table
        .inner_join(plan_states::table.on(plan_states::plan_id.eq(publications::plan_id)))
        .group_by(publications::plan_id)
        .select((publications::plan_id, diesel::dsl::max(publications::version)))
        .load(conn)?
        .into_iter()
        .collect();
    let followed: HashSet<i64> = running(conn)?
        .into_iter()
        .filter(|(_, status)| matches!(status.state, State::Running | State::Paused))
        .map(|(_, status)| status.plan.0)
        .collect();
    let shows = |content: &str| {
        let snapshot = serde_json::from_str::<Snapshot>(content).ok();
        let slots = snapshot.into_iter().flat_map(|snapshot| snapshot.phases).flat_map(|phase| phase.slots);
        slots.filter_map(|slot| slot.media).any(|media| media.contains(&medium))
    };
    let uses = rows.into_iter().filter(|(plan, _, version, content, _)| {
        followed.contains(plan) && newest.get(plan).copied().flatten() == Some(*version) && shows(content)
    });
    Ok(uses
        .map(|(_, patient, _, _, name)| Use { title: format!("the plan of {name}"), path: format!("/clinic/patients/{patient}") })
        .collect())
}

/// What a patient's plans asked since a moment: the versions published since, of each plan the one before, and all states. `day_of`
/// says on which day at the clinic a moment fell. Two queries.
///
/// # Errors
/// The database's own.
pub fn course(
    conn: &mut Conn,
    patient: PatientId,
    since: NaiveDateTime,
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<Course, AppError> {
    Ok(courses(conn, &[patient], since, day_of)?.remove(&patient).unwrap_or_default())
}

/// The same of several patients; who never had a plan is left out. Two queries.
///
/// # Errors
/// The database's own.
pub fn courses(
    conn: &mut Conn,
    of: &[PatientId],
    since: NaiveDateTime,
    day_of: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Result<HashMap<PatientId, Course>, AppError> {
    let whose: Vec<i64> = of.iter().map(|patient| patient.0).collect();
    let older = diesel::alias!(publications as older);
    let last_before = older
        .filter(older.field(publications::plan_id).eq(publications::plan_id))
        .filter(older.field(publications::published_at).lt(since))
        .select(diesel::dsl::max(older.field(publications::version)))
        .single_value();
    let rows: Vec<(i64, PublicationRow)> = publications::table
        .inner_join(plans::table.on(plans::id.eq(publications::plan_id)))
        .left_join(people::table.on(people::id.eq(publications::published_by)))
        .filter(plans::patient_id.eq_any(&whose))
        .filter(publications::published_at.ge(since).or(publications::version.nullable().eq(last_before).assume_not_null()))
        .order((publications::plan_id.desc(), publications::version.desc()))
        .select((plans::patient_id, publication_columns()))
        .load(conn)?;
    let mut known: HashMap<i64, (Vec<Publication>, Vec<Status>)> = HashMap::new();
    for (patient, row) in rows {
        known.entry(patient).or_default().0.push(row.into_publication()?);
    }
    let rows: Vec<(i64, StatusRow)> = plan_states::table
        .inner_join(plans::table.on(plans::id.eq(plan_states::plan_id)))
        .filter(plans::patient_id.eq_any(&whose))
        .order(plan_states::id)
        .select((plans::patient_id, STATUS))
        .load(conn)?;
    for (patient, row) in rows {
        known.entry(patient).or_default().1.push(to_status(row)?);
    }
    let course = |(patient, (publications, statuses)): (i64, (Vec<Publication>, Vec<Status>))| {
        (PatientId(patient), Course::new(publications, &statuses, &day_of))
    };
    Ok(known.into_iter().map(course).collect())
}

/// One version of one of the patient's own plans. One query.
///
/// # Errors
/// The database's own.
pub fn publication(conn: &mut Conn, patient: PatientId, plan: PlanId, version: i32) -> Result<Option<Publication>, AppError> {
    let row: Option<PublicationRow> = publications::table
        .inner_join(plans::table.on(plans::id.eq(publications::plan_id)))
        .left_join(people::table.on(people::id.eq(publications::published_by)))
        .filter(plans::patient_id.eq(patient.0))
        .filter(publications::plan_id.eq(plan.0))
        .filter(publications::version.eq(version))
        .select(publication_columns())
        .first(conn)
        .optional()?;
    row.map(PublicationRow::into_publication).transpose()
}

/// The plan a patient has now: the newest one that was ever published. Two queries.
///
/// # Errors
/// The database's own.
pub fn current(conn: &mut Conn, patient: PatientId) -> Result<Option<Current>, AppError> {
    let mut newest = publications(conn, patient, 2)?.into_iter();
    let Some(publication) = newest.next() else { return Ok(None) };
    let plan = publication.plan;
    let previous = newest.next().filter(|older| older.plan == plan);
    let status = status(conn, plan)?.ok_or_else(|| AppError::Internal(format!("plan {plan} was published and has no state")))?;
    Ok(Some(Current { publication, previous, status }))
}

type StatusRow = (i64, String, i64, String, NaiveDateTime);
const STATUS: (plan_states::plan_id, plan_states::state, plan_states::phase_id, plan_states::reason, plan_states::set_at) =
    (plan_states::plan_id, plan_states::state, plan_states::phase_id, plan_states::reason, plan_states::set_at);

fn to_status((plan, state, phase, reason, since): StatusRow) -> Result<Status, AppError> {
    let state = State::from_word(&state).ok_or_else(|| AppError::Internal(format!("plan {plan} has the unknown state {state}")))?;
    Ok(Status { plan: PlanId(plan), state, phase: PhaseId(phase), reason, since })
}

fn status(conn: &mut Conn, plan: PlanId) -> Result<Option<Status>, AppError> {
    let row: Option<StatusRow> =
        plan_states::table.filter(plan_states::plan_id.eq(plan.0)).order(plan_states::id.desc()).select(STATUS).first(conn).optional()?;
    row.map(to_status).transpose()
}

/// Every state the patient's plans have had, oldest first. One query.
///
/// # Errors
/// The database's own.
pub fn statuses(conn: &mut Conn, patient: PatientId) -> Result<Vec<Status>, AppError> {
    let rows: Vec<StatusRow> = plan_states::table
        .inner_join(plans::table.on(plans::id.eq(plan_states::plan_id)))
        .filter(plans::patient_id.eq(patient.0))
        .order(plan_states::id)
        .select(STATUS)
        .load(conn)?;
    rows.into_iter().map(to_status).collect()
}

/// Every state a plan has had with who set it, newest first. One query.
pub fn history(conn: &mut Conn, plan: PlanId) -> Result<Vec<(Status, String)>, AppError> {
    let rows: Vec<(StatusRow, Option<String>)> = plan_states::table
        .left_join(people::table.on(people::id.eq(plan_states::set_by)))
        .filter(plan_states::plan_id.eq(plan.0))
        .order(plan_states::id.desc())
        .select((STATUS, people::name.nullable()))
        .load(conn)?;
    rows.into_iter().map(|(row, by)| Ok((to_status(row)?, by.unwrap_or_else(|| "Someone who has left".to_owned())))).collect()
}

/// Of all patients who were ever given a plan: their newest plan, what it is, and since when. One query.
///
/// # Errors
/// The database's own.
pub fn running(conn: &mut Conn) -> Result<Vec<(PatientId, Status)>, AppError> {
    let newest = diesel::alias!(plan_states as newest);
    let rows: Vec<(i64, StatusRow)> = plan_states::table
        .inner_join(plans::table.on(plans::id.eq(plan_states::plan_id)))
        .filter(
            plan_states::id.nullable().eq(newest
                .filter(newest.field(plan_states::plan_id).eq(plan_states::plan_id))
                .select(diesel::dsl::max(newest.field(plan_states::id)))
                .single_value()),
        )
        .order(plans::id)
        .select((plans::patient_id, STATUS))
        .load(conn)?;
    rows.into_iter().map(|(patient, row)| Ok((PatientId(patient), to_status(row)?))).collect()
}

/// The newest version of a plan. One query.
pub fn newest(conn: &mut Conn, plan: PlanId) -> Result<Option<Publication>, AppError> {
    let row: Option<PublicationRow> = publications::table
        .left_join(people::table.on(people::id.eq(publications::published_by)))
        .filter(publications::plan_id.eq(plan.0))
        .order(publications::version.desc())
        .select(publication_columns())
        .first(conn)
        .optional()?;
    row.map(PublicationRow::into_publication).transpose()
}

/// What the draft with this number is of, if this member of staff may see it. One query.
pub fn subject(conn: &mut Conn, (of, id): (Of, i64), by: PersonId) -> Result<Option<Subject>, AppError> {
    Ok(match of {
        Of::Plans => {
            let patient: Option<i64> = plans::table.find(id).select(plans::patient_id).first(conn).optional()?;
            patient.map(|patient| Subject::Plan(PlanId(id), PatientId(patient)))
        }
        Of::Programmes => {
            let theirs = programmes::shared.eq(true).or(programmes::created_by.eq(by.0));
            let known: Option<i64> = programmes::table.find(id).filter(theirs).select(programmes::id).first(conn).optional()?;
            known.map(|id| Subject::Programme(ProgrammeId(id)))
        }
    })
}
