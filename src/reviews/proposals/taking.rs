//! Taking a proposal over, in one press: the change in the draft, the checks of publishing, the version or the state, and word to the
//! patient. All of it or nothing, under the patient's lock.

use chrono::NaiveDateTime;

use super::form::Asked;
use super::store::{self, NewAnswer};
use crate::clock::Clock;
use crate::db::Conn;
use crate::error::{AppError, Invalid};
use crate::ids::{PatientId, PhaseId, PlanId, PrescriptionId};
use crate::messages::threads;
use crate::patients::{self, Standing};
use crate::plans::rules::Checked;
use crate::plans::{self, Act, Announcement, Current, Draft, NewStatus, State};
use crate::progress::proposals::{Answer, Proposal, Rules, evidence, proposals};
use crate::text::Reason;

/// Longest reason a version may have, in characters.
const LONGEST_REASON: usize = 500;

/// What an answer is given with.
pub struct Answering<'a> {
    /// The patient.
    pub patient: PatientId,
    /// The rules, with exercises and programmes as they are.
    pub rules: &'a Rules,
    /// The clock of the clinic.
    pub clock: &'a Clock,
    /// Who answers, and when.
    pub act: Act<'a>,
}

fn refuse<T>(words: impl Into<String>) -> Result<T, AppError> {
    Err(Invalid::one("proposal", words).into())
}

impl Answering<'_> {
    fn now(&self) -> NaiveDateTime {
        self.act.now
    }

    /// The proposal as the diary makes it at this moment; nothing when it was answered like this already.
    fn find(&self, conn: &mut Conn, asked: &Asked, answer: Answer) -> Result<Option<Proposal>, AppError> {
        patients::profile(conn, self.patient)?.ok_or(AppError::NotFound)?;
        if store::has(conn, self.patient, &asked.fingerprint, answer)? {
            return Ok(None);
        }
        let evidence = evidence(conn, self.patient, self.clock.day_of(self.now()), |moment| self.clock.day_of(moment))?;
        let found = proposals(&evidence, self.rules).into_iter().find(|proposal| proposal.fingerprint == asked.fingerprint);
        match found {
            Some(proposal) if proposal.version == asked.version => Ok(Some(proposal)),
            Some(_) => refuse("A colleague published a version meanwhile. Look at the proposal again: nothing was changed."),
            None => refuse("This proposal no longer stands: the diary or the plan has changed since. Nothing was changed."),
        }
    }

    fn keep(&self, conn: &mut Conn, proposal: &Proposal, answer: Answer, reason: &str) -> Result<(), AppError> {
        let new = NewAnswer { patient: self.patient, proposal, answer, reason };
        store::keep(conn, &new, self.act.staff.id, self.now())
    }

    /// Takes a proposal over.
    pub fn accept(&self, conn: &mut Conn, asked: &Asked) -> Result<(), AppError> {
        patients::profile(conn, self.patient)?.ok_or(AppError::NotFound)?;
        let standing = patients::standing(conn, self.patient)?;
        let Some(proposal) = self.find(conn, asked, Answer::Accepted).or_else(|error| Self::blocked(&standing, error))? else {
            return Ok(());
        };
        let current = plans::current(conn, self.patient)?.filter(|current| current.publication.plan == proposal.plan);
        let current = current.ok_or(AppError::NotFound)?;
        if let Some(obstacle) = standing.obstacle().filter(|_| !proposal.turn.pause) {
            return refuse(obstacle);
        }
        if proposal.turn.changes_plan() {
            self.publish(conn, &proposal, &current, &standing)?;
        }
        self.set_state(conn, &proposal, &current, &standing)?;
        self.keep(conn, &proposal, Answer::Accepted, "")
    }

    /// Where a proposal is gone because something stands against every plan, that is what is said.
    fn blocked(standing: &Standing, error: AppError) -> Result<Option<Proposal>, AppError> {
        match standing.obstacle() {
            Some(obstacle) if matches!(error, AppError::Invalid(_)) => refuse(obstacle),
            _ => Err(error),
        }
    }

    /// The change in the draft, held against the rules, and published.
    fn publish(&self, conn: &mut Conn, proposal: &Proposal, current: &Current, standing: &Standing) -> Result<(), AppError> {
        let draft = plans::draft(conn, proposal.plan)?.ok_or(AppError::NotFound)?;
        if !draft.asks_as(&current.publication.snapshot) {
            return refuse("The draft of the next version has changes that nobody has published. Publish them or take them back first.");
        }
        let new = self.change(conn, &draft, proposal)?;
        let fresh = |id: PrescriptionId| draft.prescription(id).is_none();
        let more = proposal.kind.is_more();
        self.check(conn, &new, standing, |id| fresh(id) || more && proposal.turn.touches(id))?;
        let snapshot = &current.publication.snapshot;
        let reason =
            Reason::parse(&shortened(&proposal.evidence), "").map_err(|words| AppError::Invalid(Invalid::one("proposal", words)))?;
        let said = Announcement { reason, review_on: snapshot.review_on, cut_offs: snapshot.cut_offs };
        plans::publish_draft(conn, &new, &self.rules.library, Some(proposal.version + 1), &said, self.act)
    }

    /// Puts the change into the draft.
    fn change(&self, conn: &mut Conn, draft: &Draft, proposal: &Proposal) -> Result<Draft, AppError> {
        let new = proposal.turn.apply(draft);
        if new == *draft {
            return refuse("The draft no longer has this exercise. Nothing was changed.");
        }
        let words = format!("took over a proposal: {}", proposal.name);
        plans::rewrite(conn, &new, (&words, self.act.staff.id, self.now()))
    }

    /// A warning that nobody has overridden stops what one press would do.
    fn check(
        &self,
        conn: &mut Conn,
        draft: &Draft,
        standing: &Standing,
        concerns: impl Fn(PrescriptionId) -> bool,
    ) -> Result<(), AppError> {
        let checked = Checked::load(conn, draft, standing, &self.rules.library)?;
        let open = checked.open();
        match open.iter().find(|view| concerns(view.warning.prescription)) {
            Some(view) => {
                let name = self.rules.library.name_of(&view.warning.exercise);
                refuse(format!("{name}: {} Edit first, and say why it is given all the same.", view.words()))
            }
            None => Ok(()),
        }
    }

    /// Another phase, or a pause, where the proposal wants one; the patient is told.
    fn set_state(&self, conn: &mut Conn, proposal: &Proposal, current: &Current, standing: &Standing) -> Result<(), AppError> {
        let turn = &proposal.turn;
        let (state, phase) = match (turn.pause, turn.phase) {
            (true, _) => (State::Paused, current.status.phase),
            (false, Some(phase)) => (current.status.state, phase),
            (false, None) => return Ok(()),
        };
        if proposal.kind.is_more() {
            let draft = plans::draft(conn, proposal.plan)?.ok_or(AppError::NotFound)?;
            let inside = |id: PrescriptionId| draft.phase(phase).is_some_and(|phase| phase.prescriptions.iter().any(|one| one.id == id));
            self.check(conn, &draft, standing, inside)?;
        }
        let reason = shortened(&proposal.evidence);
        plans::set_status(conn, &NewStatus { plan: proposal.plan, state, phase, reason: &reason }, self.act.staff.id, self.now())?;
        let words = news(state, phase, current);
        threads::tell(conn, self.patient, self.act.staff.id, "Your plan", &format!("{words}\n\n{reason}"), self.now()).map(drop)
    }

    /// Puts the change into the draft for the physio to go on with; says where that is.
    pub fn edit(&self, conn: &mut Conn, asked: &Asked) -> Result<(PlanId, Option<PhaseId>), AppError> {
        let Some(proposal) = self.find(conn, asked, Answer::Edited)? else {
            let current = plans::current(conn, self.patient)?.ok_or(AppError::NotFound)?;
            return Ok((current.publication.plan, Some(current.status.phase)));
        };
        let draft = plans::draft(conn, proposal.plan)?.ok_or(AppError::NotFound)?;
        if proposal.turn.changes_plan() {
            self.change(conn, &draft, &proposal)?;
        }
        self.keep(conn, &proposal, Answer::Edited, "")?;
        let now = plans::current(conn, self.patient)?.map(|current| current.status.phase);
        Ok((proposal.plan, proposal.turn.phase.or(now)))
    }

    /// Dismisses a proposal.
    pub fn dismiss(&self, conn: &mut Conn, asked: &Asked, reason: &Reason) -> Result<(), AppError> {
        match self.find(conn, asked, Answer::Dismissed)? {
            Some(proposal) => self.keep(conn, &proposal, Answer::Dismissed, reason.as_str()),
            None => Ok(()),
        }
    }
}

/// What the patient is told of another phase or a pause.
fn news(state: State, phase: PhaseId, current: &Current) -> String {
    if state == State::Paused {
        return "Your plan rests for now. Today shows whom to call. Do not wait for the clinic if it gets worse.".to_owned();
    }
    let snapshot = &current.publication.snapshot;
    let place = |id: PhaseId| snapshot.phases.iter().position(|phase| phase.id == id);
    let name = snapshot.phases.iter().find(|known| known.id == phase).map_or("", |known| known.name.as_str());
    match place(phase).cmp(&place(current.status.phase)) {
        std::cmp::Ordering::Greater => format!("You move on: “{name}” begins today. Plan shows what is new."),
        std::cmp::Ordering::Less => format!("You go back to “{name}” for now. Plan shows what to do."),
        std::cmp::Ordering::Equal => format!("“{name}” begins anew today. Plan shows what to do."),
    }
}

/// No longer than a reason may be.
fn shortened(words: &str) -> String {
    if words.chars().count() <= LONGEST_REASON { words.to_owned() } else { words.chars().take(LONGEST_REASON - 1).chain(['…']).collect() }
}
