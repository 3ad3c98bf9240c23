//! One change of a draft on its way: what somebody else did meanwhile, the rows, the step, the audit trail.

use chrono::{NaiveDateTime, TimeDelta};

use super::super::domain::{Draft, Of, Subject};
use super::super::store as drafts;
use super::edit::{Edit, Touch};
use super::step::{self, Clash};
use super::store::{self, NewStep};
use crate::audit::{self, Entry};
use crate::db::{Conn, Lock};
use crate::error::{AppError, Invalid};
use crate::exercises::Library;
use crate::exercises::desk::Desk;
use crate::ids::{PatientId, PersonId, PhaseId, PlanId, PrescriptionId, ProgrammeId};
use crate::web::Staff;

/// What the audit trail says of every change here.
pub const CHANGED: &str = "changed the draft of the plan";

/// What it says of opening the builder.
const LOOKED: &str = "looked at the plan";

/// What a draft is of, and its number there: "/clinic/plans/12".
pub type Address = (Of, i64);

/// The address of a builder.
pub fn path((of, id): Address) -> String {
    match of {
        Of::Plans => Subject::Plan(PlanId(id), PatientId(0)).path(),
        Of::Programmes => Subject::Programme(ProgrammeId(id)).path(),
    }
}

/// Who acts, and when.
#[derive(Clone, Copy)]
pub struct Act<'a> {
    /// Who.
    pub staff: &'a Staff,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

/// What became of a change.
pub enum Outcome {
    /// It is made.
    Done(Box<Done>),
    /// Somebody else changed the very same meanwhile.
    Clash(Clash),
}

/// A change that was made.
pub struct Done {
    /// The draft as it was.
    pub before: Draft,
    /// The draft as it is.
    pub after: Draft,
    /// The revision of the page it was made on, when others did something since.
    pub since: Option<i32>,
}

impl Desk {
    /// Loads the draft while nobody else can change it, does something with it, and writes down who did what.
    pub(in super::super) async fn act<T: Send + 'static>(
        &self,
        address: Address,
        verb: &'static str,
        f: impl FnOnce(&mut Conn, &Draft, Act<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let of = self.subject(address).await?;
        let (staff, now) = (self.staff.clone(), self.page.now);
        self.db
            .write(of.lock(), move |conn| {
                let draft = drafts::draft_of(conn, of)?;
                let done = f(conn, &draft, Act { staff: &staff, now })?;
                if let Some(patient) = of.patient() {
                    note(conn, &staff, patient, now, verb)?;
                }
                Ok(done)
            })
            .await
    }

    async fn subject(&self, address: Address) -> Result<Subject, AppError> {
        let person = self.staff.id;
        self.db.look(move |conn| drafts::subject(conn, address, person)).await?.ok_or(AppError::NotFound)
    }

    /// Writes down that somebody looked, which changes nothing of the draft.
    pub(in super::super) async fn saw(&self, address: Address, verb: &'static str) -> Result<(), AppError> {
        let Some(patient) = self.subject(address).await?.patient() else { return Ok(()) };
        let (staff, now) = (self.staff.clone(), self.page.now);
        self.db.write(Lock::Trail, move |conn| note(conn, &staff, patient, now, verb)).await
    }

    /// Writes down that somebody looked, unless they did a moment ago: a search beside the draft opens it again and again.
    pub(in super::super) async fn look(&self, address: Address) -> Result<(), AppError> {
        let (person, since) = (self.staff.id, self.page.now - TimeDelta::minutes(10));
        let seen = move |conn: &mut Conn| {
            let of = drafts::subject(conn, address, person)?.ok_or(AppError::NotFound)?;
            let Some(patient) = of.patient() else { return Ok(true) };
            Ok(audit::did_since(conn, person, LOOKED, patient.into(), since)?)
        };
        if self.db.read(seen).await? { Ok(()) } else { self.saw(address, LOOKED).await }
    }

    /// Makes one change of a draft, unless somebody else changed the same since the page was opened at revision `seen`.
    pub(in super::super) async fn change(
        &self,
        address: Address,
        seen: Option<i32>,
        edit: impl FnOnce(&mut Conn, &Draft, Act<'_>) -> Result<Edit, AppError> + Send + 'static,
    ) -> Result<Outcome, AppError> {
        let library = self.library.clone();
        self.act(address, CHANGED, move |conn, draft, act| {
            let edit = edit(conn, draft, act)?;
            change(conn, draft, &edit, seen, &library, act)
        })
        .await
    }

    /// Takes the newest step back, if it still is the one meant. Pressed twice, it is taken back already.
    pub(in super::super) async fn undo(&self, address: Address, meant: i32) -> Result<(), AppError> {
        self.act(address, CHANGED, move |conn, draft, act| {
            let steps = store::steps(conn, draft.of)?;
            if steps.iter().any(|step| step.undoes == Some(meant)) {
                return Ok(());
            }
            let Some(top) = step::top(&steps).filter(|top| top.revision == meant) else {
                let words = "The draft was changed since. Look at the newest step and take that back first.";
                return Err(Invalid::one("plan", words).into());
            };
            let then = store::as_of(conn, draft, top.revision - 1)?.ok_or(AppError::NotFound)?;
            store::save(conn, draft, &then)?;
            let words = format!("took back: {}", top.words);
            let new = NewStep { words: &words, seen: None, undoes: Some(meant), by: act.staff.id, at: act.now };
            store::keep(conn, draft, &new).map(drop)
        })
        .await
    }
}

fn change(conn: &mut Conn, draft: &Draft, edit: &Edit, seen: Option<i32>, library: &Library, act: Act<'_>) -> Result<Outcome, AppError> {
    let words = edit.words(draft, library);
    let same = |since| Outcome::Done(Box::new(Done { before: draft.clone(), after: draft.clone(), since }));
    let since = seen.filter(|seen| *seen < draft.revision);
    if let Some(seen) = since {
        if store::is_repeated(conn, draft.of, act.staff.id, seen, &words)? {
            return Ok(same(None));
        }
        if let Some(clash) = clash(conn, draft, edit, seen, library)? {
            return Ok(Outcome::Clash(clash));
        }
    }
    let new = edit.apply(draft, library)?;
    if new == *draft {
        return Ok(same(since));
    }
    let after = store::save(conn, draft, &new)?;
    let step = NewStep { words: &words, seen, undoes: None, by: act.staff.id, at: act.now };
    let revision = store::keep(conn, draft, &step)?;
    Ok(Outcome::Done(Box::new(Done { before: draft.clone(), after: Draft { revision, ..after }, since })))
}

/// What others did to the very thing this wants to change, unless it would change nothing any more.
fn clash(conn: &mut Conn, draft: &Draft, edit: &Edit, seen: i32, library: &Library) -> Result<Option<Clash>, AppError> {
    let then = store::as_of(conn, draft, seen)?;
    let touch = edit.touches(then.as_ref().unwrap_or(draft), library);
    if touch == Touch::Nothing || edit.apply(draft, library).is_ok_and(|new| new == *draft) {
        return Ok(None);
    }
    let steps: Vec<_> = store::steps(conn, draft.of)?.into_iter().filter(|step| step.revision > seen).collect();
    let turns = match &then {
        Some(then) => step::turns(&touch, then, draft, library),
        // Older than what is kept: nobody can say what changed, so it is looked at again.
        None => vec![("The draft".to_owned(), "as this page showed it, many steps ago".to_owned(), "as you see it below".to_owned())],
    };
    Ok((!turns.is_empty()).then_some(Clash { steps, turns, revision: draft.revision }))
}

/// Does something to a draft by other ways than the builder's forms, and keeps it as a step that can be taken back.
///
/// # Errors
/// The database's own; whatever `f` returns.
pub fn recorded<T>(
    conn: &mut Conn,
    of: Subject,
    (words, by, at): (&str, PersonId, NaiveDateTime),
    f: impl FnOnce(&mut Conn, &Draft) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let before = drafts::draft_of(conn, of)?;
    let done = f(conn, &before)?;
    if drafts::draft_of(conn, of)? != before {
        store::keep(conn, &before, &NewStep { words, seen: None, undoes: None, by, at })?;
    }
    Ok(done)
}

/// Makes a draft say what `new` says, as a step that can be taken back; hands on the draft with the numbers given.
///
/// # Errors
/// The database's own.
pub fn rewrite(conn: &mut Conn, new: &Draft, step: (&str, PersonId, NaiveDateTime)) -> Result<Draft, AppError> {
    let saved = recorded(conn, new.of, step, |conn, before| store::save(conn, before, new))?;
    drafts::draft_of(conn, saved.of)
}

/// Fills a draft with copies of another one's phases; what was there is gone, and can be taken back.
pub fn copy(conn: &mut Conn, into: &Draft, from: &Draft, (words, by, at): (&str, PersonId, NaiveDateTime)) -> Result<(), AppError> {
    let mut new = Draft { phases: from.phases.clone(), ..into.clone() };
    let rows = new.phases.iter_mut().flat_map(|phase| &mut phase.prescriptions);
    for (row, back) in rows.zip(0..) {
        row.id = PrescriptionId(-back);
    }
    for (phase, back) in new.phases.iter_mut().zip(0..) {
        phase.id = PhaseId(-back);
    }
    store::save(conn, into, &new)?;
    store::keep(conn, into, &NewStep { words, seen: None, undoes: None, by, at }).map(drop)
}

/// Writes into the audit trail what a member of staff did about a patient.
pub fn note(conn: &mut Conn, staff: &Staff, patient: PatientId, at: NaiveDateTime, verb: &str) -> Result<(), AppError> {
    let entry = Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(patient.into()), detail: "" };
    Ok(audit::record(conn, &entry)?)
}
