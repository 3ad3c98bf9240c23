//! Staff: building a plan, publishing it, and moving the patient through it.

pub mod draft;
pub mod publication;
pub mod states;

use actix_web::{HttpRequest, web};
use chrono::NaiveDateTime;

use super::domain::{Current, Draft, Of, Snapshot, Subject};
use super::pages::{BuilderPage, LibraryView, PhaseView, Pick, Refused, SHOWN, prescription_words};
use super::rules::Checked;
use super::{Sketchbook, store};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::exercises::desk::{self, Desk, Habits, Hit, Show, Wish};
use crate::exercises::{Library, Purpose, Stage};
use crate::ids::{PatientId, PhaseId, PlanId, ProgrammeId};
use crate::patients::{self, Profile, Standing};
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

impl Desk {
    /// Loads the draft while nobody else can change it, does something with it, and writes down who did what.
    async fn act<T: Send + 'static>(
        &self,
        address: Address,
        verb: &'static str,
        f: impl FnOnce(&mut Conn, &Draft, Act<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let of = self.db.look(move |conn| store::subject(conn, address)).await?.ok_or(AppError::NotFound)?;
        let (staff, now) = (self.staff.clone(), self.page.now);
        self.db
            .write(of.lock(), move |conn| {
                let draft = store::draft_of(conn, of)?.ok_or(AppError::NotFound)?;
                let done = f(conn, &draft, Act { staff: &staff, now })?;
                if let Some(patient) = of.patient() {
                    note(conn, &staff, patient, now, verb)?;
                }
                Ok(done)
            })
            .await
    }

    /// The answer to a change: back to its place in the builder, or the builder with what was refused.
    async fn answer(self, outcome: Result<String, AppError>, address: Address, refusal: impl FnOnce(Errors) -> Refused) -> Answer {
        match outcome {
            Ok(place) => see_other(&format!("{}{place}", path(address))),
            Err(AppError::Invalid(invalid)) => {
                let refusal = refusal(Errors(invalid));
                refused(&self.builder_page(address, &Fields::default(), Some(refusal)).await?)
            }
            Err(error) => Err(error),
        }
    }

    async fn builder_page(self, address: Address, asked: &Fields, refused: Option<Refused>) -> Result<BuilderPage, AppError> {
        let person = self.staff.id;
        let library = self.library.clone();
        let read = move |conn: &mut Conn| Ok((load(conn, address, &library)?, desk::habits(conn, person)?));
        let (Loaded { draft, current, patient, standing, checked }, habits) = self.db.read(read).await?;
        let phases = views(&draft, &self.library, refused.as_ref());
        let changes = match (&current, Snapshot::take(&draft, &self.library)) {
            (Some(current), Ok(snapshot)) => super::changes(&current.publication.snapshot, &snapshot),
            _ => Vec::new(),
        };
        let library = found(&self.library, &habits, &draft, asked);
        let typed = refused.as_ref().map(Refused::typed).unwrap_or_default();
        let errors = refused.map(|refused| prefixed(&refused)).unwrap_or_default();
        let version = current.as_ref().map_or(0, |current| current.publication.version);
        let sketchbook = Sketchbook::new(self.library, patient.sore_side);
        let page = self.page;
        Ok(BuilderPage { page, patient, standing, checked, draft, phases, current, version, changes, library, sketchbook, typed, errors })
    }
}

/// What a draft is of, and its number there: "/clinic/plans/12".
type Address = (Of, i64);

/// The address of a builder.
fn path((of, id): Address) -> String {
    match of {
        Of::Plans => Subject::Plan(PlanId(id), PatientId(0)).path(),
        Of::Programmes => Subject::Programme(ProgrammeId(id)).path(),
    }
}

/// Who acts, and when.
#[derive(Clone, Copy)]
struct Act<'a> {
    staff: &'a Staff,
    now: NaiveDateTime,
}

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
            note(conn, &staff, patient, now, "began a plan")?;
            Ok(plan)
        })
        .await?;
    see_other(&format!("/clinic/plans/{plan}"))
}

/// `GET /clinic/{plans|programmes}/{id}`
///
/// # Errors
/// See [`AppError`].
pub async fn builder(desk: Desk, address: web::Path<Address>, request: HttpRequest) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    desk.act(*address, "looked at the plan", |_, _, _| Ok(())).await?;
    html(&desk.builder_page(*address, &asked, None).await?)
}

/// What the library shows beside the plan.
fn found(library: &Library, habits: &Habits, draft: &Draft, asked: &Fields) -> LibraryView {
    let wanted = asked.get("phase").parse().ok().filter(|id| draft.phase(*id).is_some());
    let last = draft.phases.last().map_or(PhaseId(0), |phase| phase.id);
    let wish = Wish::read(asked);
    let hits = wish.find(library, habits);
    let pages = hits.len().div_ceil(SHOWN).max(1);
    let page = wish.page.min(pages);
    let pick = |hit: &Hit<'_>| Pick {
        exercise: hit.exercise.clone(),
        favourite: hit.favourite,
        usual: habits.doses.get(&hit.exercise.slug).map(|usual| prescription_words(&usual.dose, &usual.load, "")),
    };
    LibraryView {
        query: asked.get("q").to_owned(),
        stage: wish.filter.stage.map_or("", Stage::word).to_owned(),
        purpose: wish.filter.purpose.map_or("", Purpose::word).to_owned(),
        favourites: wish.show == Some(Show::Favourites),
        phase: wanted.unwrap_or(last),
        page,
        pages,
        total: hits.len(),
        found: hits.iter().skip((page - 1) * SHOWN).take(SHOWN).map(pick).collect(),
    }
}

/// The errors of a refused form with the ids of its own fields, for the summary.
fn prefixed(refused: &Refused) -> Errors {
    let mut invalid = Invalid::default();
    for (field, words) in refused.errors().all() {
        invalid.add(format!("{}{field}", refused.prefix()), refused.in_words(field, words));
    }
    Errors(invalid)
}

/// What the builder and the publication page read.
struct Loaded {
    draft: Draft,
    /// The plan as published, when it is this one.
    current: Option<Current>,
    patient: Profile,
    standing: Standing,
    /// The draft held against the rules.
    checked: Checked,
}

fn load(conn: &mut Conn, address: Address, library: &Library) -> Result<Loaded, AppError> {
    let of = store::subject(conn, address)?.ok_or(AppError::NotFound)?;
    let draft = store::draft_of(conn, of)?.ok_or(AppError::NotFound)?;
    let patient = of.patient().ok_or(AppError::NotFound)?;
    let current = published(conn, &draft)?;
    let standing = patients::standing(conn, patient)?;
    let patient = patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
    let checked = Checked::load(conn, &draft, &standing, library)?;
    Ok(Loaded { draft, current, patient, standing, checked })
}

/// The published version of this very plan.
fn published(conn: &mut Conn, draft: &Draft) -> Result<Option<Current>, AppError> {
    let Subject::Plan(plan, patient) = draft.of else { return Ok(None) };
    Ok(store::current(conn, patient)?.filter(|current| current.publication.plan == plan))
}

fn views(draft: &Draft, library: &Library, refused: Option<&Refused>) -> Vec<PhaseView> {
    let name_of = |slug: &str| library.get(slug).map_or_else(|| slug.to_owned(), |exercise| exercise.name.clone());
    draft.phases.iter().map(|phase| PhaseView::new(phase, name_of, refused)).collect()
}

fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: NaiveDateTime, verb: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
    Ok(audit::record(conn, &entry)?)
}
