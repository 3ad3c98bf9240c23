//! What pages show of proposals.

use askama::Template;

use super::store::Given;
use crate::ids::{PhaseId, PlanId, PrescriptionId};
use crate::patients::Profile;
use crate::plans::Criterion;
use crate::progress::proposals::{About, Evidence, Kind, Met, Proposal, Rules, confirmable, proposals, to_reach};
use crate::web::{Errors, Fields, Page};

/// The proposals about one patient, each in its place, and what must be reached to move on.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// What the rules propose, the most cautious first.
    pub proposals: Vec<Proposal>,
    /// What must be reached to leave the phase, each with how it stands.
    pub to_reach: Vec<Reached>,
    /// The plan and the phase the patient is in.
    pub place: Option<(PlanId, PhaseId)>,
}

/// A criterion and how it stands.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The criterion.
    pub criterion: Criterion,
    /// How it stands.
    pub met: Met,
}

impl Reached {
    /// The criterion in words.
    #[must_use]
    pub fn words(&self) -> String {
        self.criterion.words()
    }

    /// How it stands in a word, and the icon beside it.
    #[must_use]
    pub fn mark(&self) -> (&'static str, &'static str) {
        match self.met {
            Met::Yes(_) => ("reached", "check"),
            Met::No(_) => ("not yet", "minus"),
            Met::Unknown(_) => ("not known", "info"),
        }
    }

    /// What a physio may say of it now: the value and the words of the button.
    #[must_use]
    pub fn offers(&self) -> Option<(&'static str, &'static str)> {
        let said = |words: &str| words.starts_with("confirmed by") || words.starts_with("not yet, said");
        match &self.met {
            Met::Unknown(_) if confirmable(&self.criterion) => Some(("yes", "Confirm")),
            Met::No(words) if said(words) => Some(("yes", "Confirm")),
            Met::Yes(words) if said(words) => Some(("no", "Take back")),
            _ => None,
        }
    }
}

impl Card {
    /// Asks the rules.
    #[must_use]
    pub fn of(evidence: &Evidence, rules: &Rules) -> Self {
        let course = &evidence.record.course;
        let place = course.status().map(|status| (status.plan, status.phase));
        let to_reach = to_reach(evidence).into_iter().map(|(criterion, met)| Reached { criterion, met }).collect();
        Self { proposals: proposals(evidence, rules), to_reach, place }
    }

    /// The proposals about one exercise.
    #[must_use]
    pub fn about(&self, id: &PrescriptionId) -> Vec<&Proposal> {
        self.proposals.iter().filter(|one| one.about == About::Prescription(*id)).collect()
    }

    /// The proposals about the phase or the whole plan.
    #[must_use]
    pub fn whole(&self) -> Vec<&Proposal> {
        self.proposals.iter().filter(|one| !matches!(one.about, About::Prescription(_))).collect()
    }

    /// "2 of 4 reached"
    #[must_use]
    pub fn reached_in_words(&self) -> String {
        let reached = self.to_reach.iter().filter(|one| one.met.is_yes()).count();
        format!("{reached} of {} reached", self.to_reach.len())
    }
}

impl Proposal {
    /// What would change, a line for each thing.
    #[must_use]
    pub fn changes(&self) -> Vec<&str> {
        self.change.lines().collect()
    }

    /// The icon beside it.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.kind {
            Kind::Pause => "pause",
            Kind::StepBack | Kind::Easier | Kind::Restart | Kind::Deload => "minus",
            Kind::Hold => "check",
            Kind::Progress | Kind::Harder => "plus",
            Kind::NextPhase => "up",
        }
    }

    /// Whether there is something to edit.
    #[must_use]
    pub fn can_be_edited(&self) -> bool {
        self.turn.changes_plan() || self.turn.phase.is_some()
    }

    /// The button that takes it over.
    #[must_use]
    pub fn accept_words(&self) -> &'static str {
        match self.kind {
            Kind::Pause => "Pause the plan",
            Kind::Hold => "Accept: hold",
            _ => "Accept",
        }
    }
}

#[derive(Template)]
#[template(path = "reviews/proposals.html")]
pub struct ProposalsPage {
    pub page: Page,
    pub patient: Profile,
    pub card: Card,
    /// What was answered before, newest first.
    pub given: Vec<Given>,
    /// The proposal whose dismissal was refused.
    pub dismissing: Option<Proposal>,
    pub fields: Fields,
    pub errors: Errors,
}
