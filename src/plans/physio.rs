//! Staff: building a plan, publishing it, and moving the patient through it.

use actix_web::{HttpRequest, web};
use chrono::NaiveDateTime;

use super::domain::{Current, Draft, DraftPhase, Snapshot, State};
use super::pages::{BuilderPage, LibraryView, PhaseView, PublicationPage, Refused};
use super::store::{NewPrescription, NewStatus};
use super::{form, store};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::exercises::{Library, Purpose, Stage};
use crate::ids::{PatientId, PhaseId, PlanId, PrescriptionId};
use crate::patients::{self, Profile, Standing};
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// Exercises the library list of the builder shows at once.
pub(super) const SHOWN: usize = 12;

/// `POST /clinic/patients/{id}/plans`: begins a plan, or finds the one begun.
///
/// # Errors
/// See [`AppError`].
pub async fn create(staff: Staff, page: Page, patient: web::Path<PatientId>, db: web::Data<Db>) -> Answer {
    let (patient, now) = (*patient, page.now);
    let plan = db
        .write(Lock::Patient(patient.0), move |conn| {
            patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
            let plan = store::create(conn, patient, staff.id, now)?;
            note(conn, &staff, patient, now, "began a plan", "")?;
            Ok(plan)
        })
        .await?;
    see_other(&format!("/clinic/plans/{plan}"))
}

/// `GET /clinic/plans/{id}`
///
/// # Errors
/// See [`AppError`].
pub async fn builder(
    staff: Staff,
    page: Page,
    plan: web::Path<PlanId>,
    request: HttpRequest,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    // Coming back from a small form of the builder is no new look.
    if page.notice.is_none() {
        look(&staff, &page, *plan, &db).await?;
    }
    html(&builder_page(page, *plan, &asked, None, &db, &library).await?)
}

/// Writes down that a plan was looked at.
async fn look(staff: &Staff, page: &Page, plan: PlanId, db: &Db) -> Result<(), AppError> {
    let (staff, now) = (staff.clone(), page.now);
    change(db, plan, move |conn, draft| note(conn, &staff, draft.patient, now, "looked at the plan", "")).await
}

async fn builder_page(
    page: Page,
    plan: PlanId,
    asked: &Fields,
    refused: Option<Refused>,
    db: &Db,
    library: &Library,
) -> Result<BuilderPage, AppError> {
    let (draft, current, patient, standing) = db.read(move |conn| load(conn, plan)).await?;
    let current = current.filter(|current| current.publication.plan == plan);
    let phases = views(&draft, library, refused.as_ref());
    let changes = match (&current, Snapshot::take(&draft, library)) {
        (Some(current), Ok(snapshot)) => super::changes(&current.publication.snapshot, &snapshot),
        _ => Vec::new(),
    };
    let wanted = asked.get("phase").parse().ok().filter(|id| draft.phase(*id).is_some());
    let last = draft.phases.last().map_or(PhaseId(0), |phase| phase.id);
    let (stage, purpose) = (Stage::from_word(asked.get("stage")), Purpose::from_word(asked.get("purpose")));
    let found = library.search(asked.get("q"), stage, purpose).into_iter().take(SHOWN).cloned().collect();
    let library = LibraryView {
        query: asked.get("q").to_owned(),
        stage: stage.map_or("", Stage::word).to_owned(),
        purpose: purpose.map_or("", Purpose::word).to_owned(),
        phase: wanted.unwrap_or(last),
        found,
    };
    let typed = refused.as_ref().map(Refused::typed).unwrap_or_default();
    let errors = refused.map(|refused| prefixed(&refused)).unwrap_or_default();
    let version = current.as_ref().map_or(0, |current| current.publication.version);
    Ok(BuilderPage { page, patient, standing, draft, phases, current, version, changes, library, typed, errors })
}

/// The errors of a refused form with the ids of its own fields, for the summary.
fn prefixed(refused: &Refused) -> Errors {
    let mut invalid = Invalid::default();
    for (field, words) in refused.errors().all() {
        invalid.add(format!("{}{field}", refused.prefix()), words);
    }
    Errors(invalid)
}

type Loaded = (Draft, Option<Current>, Profile, Standing);

fn load(conn: &mut Conn, plan: PlanId) -> Result<Loaded, AppError> {
    let draft = store::draft(conn, plan)?.ok_or(AppError::NotFound)?;
    let patient = patients::profile(conn, draft.patient)?.ok_or(AppError::NotFound)?;
    let current = store::current(conn, draft.patient)?;
    let standing = patients::standing(conn, draft.patient)?;
    Ok((draft, current, patient, standing))
}

fn views(draft: &Draft, library: &Library, refused: Option<&Refused>) -> Vec<PhaseView> {
    let name_of = |slug: &str| library.get(slug).map_or_else(|| slug.to_owned(), |exercise| exercise.name.clone());
    draft.phases.iter().map(|phase| PhaseView::new(phase, name_of, refused)).collect()
}

/// Loads the draft under its patient's lock and changes it.
async fn change<T: Send + 'static>(
    db: &Db,
    plan: PlanId,
    f: impl FnOnce(&mut Conn, &Draft) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let patient = db.look(move |conn| store::patient_of(conn, plan)).await?.ok_or(AppError::NotFound)?;
    db.write(Lock::Patient(patient.0), move |conn| {
        let draft = store::draft(conn, plan)?.ok_or(AppError::NotFound)?;
        f(conn, &draft)
    })
    .await
}

/// A change of the draft's answer: back to its place in the builder, or the builder with what was refused.
async fn answer(
    outcome: Result<String, AppError>,
    page: Page,
    plan: PlanId,
    refusal: impl FnOnce(Errors) -> Refused,
    db: &Db,
    library: &Library,
) -> Answer {
    match outcome {
        Ok(place) => see_other(&format!("/clinic/plans/{plan}{place}")),
        Err(AppError::Invalid(invalid)) => {
            let refusal = refusal(Errors(invalid));
            refused(&builder_page(page, plan, &Fields::default(), Some(refusal), db, library).await?)
        }
        Err(error) => Err(error),
    }
}

/// `POST /clinic/plans/{id}/phases`
///
/// # Errors
/// See [`AppError`].
pub async fn add_phase(
    _: Staff,
    page: Page,
    plan: web::Path<PlanId>,
    fields: Fields,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let plan = *plan;
    let outcome = match form::phase(&fields) {
        Ok(words) => {
            change(&db, plan, move |conn, _| {
                let id = store::add_phase(conn, plan, words.name.as_str(), words.purpose.as_str(), words.exit_criteria.as_str())?;
                Ok(format!("?phase={id}#phase{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    answer(outcome, page, plan, |errors| Refused::Other(fields, errors), &db, &library).await
}

/// `POST /clinic/plans/{id}/phases/{phase}`
///
/// # Errors
/// See [`AppError`].
pub async fn change_phase(
    _: Staff,
    page: Page,
    path: web::Path<(PlanId, PhaseId)>,
    fields: Fields,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let (plan, phase) = path.into_inner();
    let outcome = match form::phase(&fields) {
        Ok(words) => {
            change(&db, plan, move |conn, draft| {
                draft.phase(phase).ok_or(AppError::NotFound)?;
                store::change_phase(conn, phase, &words)?;
                Ok(format!("?done=saved#phase{phase}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    answer(outcome, page, plan, |errors| Refused::Phase(phase, fields, errors), &db, &library).await
}

/// `POST /clinic/plans/{id}/phases/{phase}/removal`: the last phase cannot be removed.
///
/// # Errors
/// See [`AppError`].
pub async fn remove_phase(
    _: Staff,
    page: Page,
    path: web::Path<(PlanId, PhaseId)>,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let (plan, phase) = path.into_inner();
    let outcome = change(&db, plan, move |conn, draft| {
        draft.phase(phase).ok_or(AppError::NotFound)?;
        if draft.phases.len() == 1 {
            return Err(Invalid::one("plan", "A plan needs at least one phase; rename this one instead").into());
        }
        store::remove_phase(conn, phase)?;
        Ok("?done=removed".to_owned())
    })
    .await;
    answer(outcome, page, plan, |errors| Refused::Other(Fields::default(), errors), &db, &library).await
}

/// `POST /clinic/plans/{id}/prescriptions`: an exercise that is in the phase already is not added twice. The search it was
/// found with stays.
///
/// # Errors
/// See [`AppError`].
pub async fn add(_: Staff, page: Page, plan: web::Path<PlanId>, fields: Fields, db: web::Data<Db>, library: web::Data<Library>) -> Answer {
    let (plan, search) = (*plan, search(&fields));
    let outcome = match addition(&fields, &library) {
        Ok((phase, slug, dose)) => {
            change(&db, plan, move |conn, draft| {
                let part = draft.phase(phase).ok_or(AppError::NotFound)?;
                let known = part.prescriptions.iter().find(|known| known.exercise == slug).map(|known| known.id);
                let id = match known {
                    Some(id) => id,
                    None => store::add_prescription(conn, &NewPrescription { phase, exercise: &slug, dose, load: "", note: "" })?,
                };
                Ok(format!("?phase={phase}&done=added{search}#rx{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    answer(outcome, page, plan, |errors| Refused::Other(fields, errors), &db, &library).await
}

/// The search of the library a form came with, to go on with in an address.
fn search(fields: &Fields) -> String {
    let given = ["q", "stage", "purpose"].into_iter().map(|name| (name, fields.get(name))).filter(|(_, value)| !value.is_empty());
    let search = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    if search.is_empty() { search } else { format!("&{search}") }
}

fn addition(fields: &Fields, library: &Library) -> Result<(PhaseId, String, crate::exercises::dose::Dose), Invalid> {
    let (phase, slug) = form::addition(fields)?;
    let exercise = library.get(&slug).ok_or_else(|| Invalid::one("exercise", "The library has no such exercise"))?;
    Ok((phase, slug, exercise.recommended.to_begin(exercise.side)))
}

/// `POST /clinic/plans/{id}/prescriptions/{prescription}`: the dose.
///
/// # Errors
/// See [`AppError`].
pub async fn change_dose(
    _: Staff,
    page: Page,
    path: web::Path<(PlanId, PrescriptionId)>,
    fields: Fields,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let (plan, id) = path.into_inner();
    let outcome = match form::dose(&fields) {
        Ok(dose) => {
            change(&db, plan, move |conn, draft| {
                draft.prescription(id).ok_or(AppError::NotFound)?;
                store::change_prescription(conn, id, &dose)?;
                Ok(format!("?done=saved#rx{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    answer(outcome, page, plan, |errors| Refused::Prescription(id, fields, errors), &db, &library).await
}

/// `POST /clinic/plans/{id}/prescriptions/{prescription}/position`
///
/// # Errors
/// See [`AppError`].
pub async fn reorder(
    _: Staff,
    page: Page,
    path: web::Path<(PlanId, PrescriptionId)>,
    fields: Fields,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let (plan, id) = path.into_inner();
    let outcome = match form::direction(&fields) {
        Ok(direction) => {
            change(&db, plan, move |conn, draft| {
                let holds = |phase: &&DraftPhase| phase.prescriptions.iter().any(|known| known.id == id);
                let phase = draft.phases.iter().find(holds).ok_or(AppError::NotFound)?;
                store::move_prescription(conn, phase, id, direction)?;
                Ok(format!("#rx{id}"))
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    answer(outcome, page, plan, |errors| Refused::Other(fields, errors), &db, &library).await
}

/// `POST /clinic/plans/{id}/prescriptions/{prescription}/removal`
///
/// # Errors
/// See [`AppError`].
pub async fn remove(_: Staff, path: web::Path<(PlanId, PrescriptionId)>, db: web::Data<Db>) -> Answer {
    let (plan, id) = path.into_inner();
    change(&db, plan, move |conn, draft| {
        // Pressed twice: it is gone already, and that is what was wanted.
        if draft.prescription(id).is_some() { store::remove_prescription(conn, id) } else { Ok(()) }
    })
    .await?;
    see_other(&format!("/clinic/plans/{plan}?done=removed"))
}

/// `GET /clinic/plans/{id}/publication`: what would change.
///
/// # Errors
/// See [`AppError`].
pub async fn publication(_: Staff, page: Page, plan: web::Path<PlanId>, db: web::Data<Db>, library: web::Data<Library>) -> Answer {
    html(&publication_page(page, *plan, Fields::default(), Errors::default(), &db, &library).await?)
}

async fn publication_page(
    page: Page,
    plan: PlanId,
    fields: Fields,
    errors: Errors,
    db: &Db,
    library: &Library,
) -> Result<PublicationPage, AppError> {
    let (draft, current, patient, standing) = db.read(move |conn| load(conn, plan)).await?;
    let current = current.filter(|current| current.publication.plan == plan);
    let next = current.as_ref().map_or(0, |current| current.publication.version) + 1;
    let (changes, flaws) = match Snapshot::take(&draft, library) {
        Ok(snapshot) => {
            let changes = current.map(|current| super::changes(&current.publication.snapshot, &snapshot)).unwrap_or_default();
            (changes, Vec::new())
        }
        Err(invalid) => (Vec::new(), invalid.iter().map(|(_, words)| words.to_owned()).collect()),
    };
    let phases = views(&draft, library, None);
    Ok(PublicationPage { page, patient, draft, standing, next, changes, phases, flaws, fields, errors })
}

/// `POST /clinic/plans/{id}/publication`
///
/// # Errors
/// See [`AppError`].
pub async fn publish(
    staff: Staff,
    page: Page,
    plan: web::Path<PlanId>,
    fields: Fields,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let (plan, now, texts) = (*plan, page.now, library.clone());
    let expected = fields.get("version").parse::<i32>().ok();
    let outcome = match form::reason(&fields) {
        Ok(reason) => {
            change(&db, plan, move |conn, draft| {
                publish_draft(conn, draft, &texts, expected, reason.as_str(), &staff, now)?;
                Ok(draft.patient)
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(patient) => see_other(&format!("/clinic/patients/{patient}?done=published")),
        Err(AppError::Invalid(invalid)) => refused(&publication_page(page, plan, fields, Errors(invalid), &db, &library).await?),
        Err(error) => Err(error),
    }
}

/// Publishes unless something stands against it. `expected` is the version number the form offered: pressed twice, or in two
/// tabs, the second press finds its version published and adds none.
fn publish_draft(
    conn: &mut Conn,
    draft: &Draft,
    library: &Library,
    expected: Option<i32>,
    reason: &str,
    staff: &Staff,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    if let Some(obstacle) = patients::standing(conn, draft.patient)?.obstacle() {
        return Err(Invalid::one("plan", obstacle).into());
    }
    let snapshot = Snapshot::take(draft, library)?;
    let published = store::current(conn, draft.patient)?.filter(|current| current.publication.plan == draft.plan);
    if let Some(current) = published {
        if current.publication.snapshot == snapshot {
            let repeated = expected == Some(current.publication.version);
            return if repeated { Ok(()) } else { Err(Invalid::one("plan", "Nothing has changed since the last version").into()) };
        }
        if expected.is_some_and(|expected| expected <= current.publication.version) {
            let words = "A colleague published a version meanwhile. Look at what changes now and publish again.";
            return Err(Invalid::one("plan", words).into());
        }
    }
    let version = store::publish(conn, draft, &snapshot, reason, staff.id, now)?;
    note(conn, staff, draft.patient, now, "published a plan", &format!("version {version}: {reason}"))
}

/// `POST /clinic/plans/{id}/states`: pause, resume or finish, with a reason.
///
/// # Errors
/// See [`AppError`].
pub async fn set_state(
    staff: Staff,
    page: Page,
    plan: web::Path<PlanId>,
    fields: Fields,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let (plan, now) = (*plan, page.now);
    let outcome = match form::state(&fields) {
        Ok((state, reason)) => {
            change(&db, plan, move |conn, draft| {
                let phase = follow(conn, draft, state)?;
                store::set_status(conn, &NewStatus { plan, state, phase, reason: reason.as_str() }, staff.id, now)?;
                note(conn, &staff, draft.patient, now, "changed the plan's state", &format!("{}: {}", state.word(), reason.as_str()))?;
                Ok(draft.patient)
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(patient) => see_other(&format!("/clinic/patients/{patient}?done=state")),
        Err(error) => answer(Err(error), page, plan, |errors| Refused::Other(fields, errors), &db, &library).await,
    }
}

/// Whether the plan may become this; says the phase the patient stays in.
fn follow(conn: &mut Conn, draft: &Draft, state: State) -> Result<PhaseId, AppError> {
    let current = store::current(conn, draft.patient)?.filter(|current| current.publication.plan == draft.plan);
    let Some(current) = current else { return Err(Invalid::one("state", "This plan has not been published yet").into()) };
    if !state.may_follow(current.status.state) {
        let words = format!("The plan is {} already; it cannot become {} from there", current.status.state.word(), state.word());
        return Err(Invalid::one("state", words).into());
    }
    match patients::standing(conn, draft.patient)?.obstacle() {
        Some(obstacle) if state == State::Running => Err(Invalid::one("state", obstacle).into()),
        _ => Ok(current.status.phase),
    }
}

/// `POST /clinic/plans/{id}/phase-starts`: moves the patient into a phase, with a reason.
///
/// # Errors
/// See [`AppError`].
pub async fn start_phase(
    staff: Staff,
    page: Page,
    plan: web::Path<PlanId>,
    fields: Fields,
    db: web::Data<Db>,
    library: web::Data<Library>,
) -> Answer {
    let (plan, now) = (*plan, page.now);
    let outcome = match form::phase_start(&fields) {
        Ok((phase, reason)) => {
            change(&db, plan, move |conn, draft| {
                let current = store::current(conn, draft.patient)?.filter(|current| current.publication.plan == plan);
                let holds = |current: &Current| current.publication.snapshot.phases.iter().any(|part| part.id == phase);
                let Some(current) = current.filter(holds) else {
                    return Err(Invalid::one("phase", "Choose a phase of the published version").into());
                };
                let state = current.status.state;
                store::set_status(conn, &NewStatus { plan, state, phase, reason: reason.as_str() }, staff.id, now)?;
                note(conn, &staff, draft.patient, now, "moved the patient to another phase", reason.as_str())?;
                Ok(draft.patient)
            })
            .await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(patient) => see_other(&format!("/clinic/patients/{patient}?done=phase")),
        Err(error) => answer(Err(error), page, plan, |errors| Refused::Other(fields, errors), &db, &library).await,
    }
}

fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: NaiveDateTime, verb: &str, detail: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail };
    Ok(audit::record(conn, &entry)?)
}
