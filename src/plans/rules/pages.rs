//! What pages show of warnings.

use askama::Template;

use super::super::domain::{Draft, DraftPhase, Subject};
use super::domain::{Warning, warnings};
use super::store::{self, Override};
use crate::db::Conn;
use crate::error::AppError;
use crate::exercises::{Library, Stage};
use crate::ids::{PhaseId, PlanId, PrescriptionId};
use crate::patients::{Profile, Standing};
use crate::web::{Errors, Fields, Page};

/// A warning beside its exercise, with the override that holds for it.
#[derive(Debug, Clone)]
pub struct WarningView {
    /// The warning.
    pub warning: Warning,
    /// Who overrode it, when and why.
    pub overridden: Option<Override>,
}

impl WarningView {
    /// The word of its rule, for the form.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.warning.finding.rule.word()
    }

    /// What its rule is called.
    #[must_use]
    pub fn label(&self) -> String {
        crate::text::sentence(self.warning.finding.rule.label())
    }

    /// The reason.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.warning.finding.words
    }

    /// What the rule rests on.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.warning.finding.rule.source()
    }
}

/// A draft held against the rules.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// All warnings in the order of the draft.
    pub warnings: Vec<WarningView>,
    /// Phases that have no stage, so that gates and stage rules say nothing of them.
    pub unstaged: Vec<PhaseId>,
    /// Whether an early phase waits for an assessment of irritability, without which the early-stage rule says nothing.
    pub irritability_unknown: bool,
}

impl Checked {
    /// Holds a draft against the rules.
    #[must_use]
    pub fn new(draft: &Draft, standing: &Standing, library: &Library, overrides: &[Override]) -> Self {
        let view = |warning: Warning| {
            let overridden = overrides.iter().find(|known| known.covers(&warning)).cloned();
            WarningView { warning, overridden }
        };
        let early = |phase: &DraftPhase| phase.stage == Some(Stage::Early) && !phase.prescriptions.is_empty();
        let patient = draft.of.patient().is_some();
        Self {
            warnings: warnings(draft, standing, library).into_iter().map(view).collect(),
            unstaged: draft.phases.iter().filter(|phase| phase.stage.is_none()).map(|phase| phase.id).collect(),
            irritability_unknown: patient && standing.irritable.is_none() && draft.phases.iter().any(early),
        }
    }

    /// Loads the overrides and holds a draft against the rules. One query for a plan, none for a programme.
    ///
    /// # Errors
    /// The database's own.
    pub fn load(conn: &mut Conn, draft: &Draft, standing: &Standing, library: &Library) -> Result<Self, AppError> {
        let overrides = match draft.of {
            Subject::Plan(plan, _) => store::overrides(conn, &[plan])?,
            Subject::Programme(_) => Vec::new(),
        };
        Ok(Self::new(draft, standing, library, &overrides))
    }

    /// The warnings about one exercise of the draft.
    #[must_use]
    pub fn of(&self, prescription: &PrescriptionId) -> Vec<&WarningView> {
        self.warnings.iter().filter(|view| view.warning.prescription == *prescription).collect()
    }

    /// Those of them that nobody has overridden.
    #[must_use]
    pub fn open_of(&self, prescription: &PrescriptionId) -> Vec<&WarningView> {
        self.of(prescription).into_iter().filter(|view| view.overridden.is_none()).collect()
    }

    /// The warnings nobody has overridden, an exercise at a time.
    #[must_use]
    pub fn open_by_exercise(&self) -> Vec<Vec<&WarningView>> {
        let same = |one: &&WarningView, next: &&WarningView| one.warning.prescription == next.warning.prescription;
        self.open().chunk_by(same).map(<[_]>::to_vec).collect()
    }

    /// The warnings nobody has overridden.
    #[must_use]
    pub fn open(&self) -> Vec<&WarningView> {
        self.warnings.iter().filter(|view| view.overridden.is_none()).collect()
    }
}

#[derive(Template)]
#[template(path = "plans/override.html")]
pub struct OverridePage {
    pub page: Page,
    pub patient: Profile,
    pub plan: PlanId,
    pub id: PrescriptionId,
    /// The name of the exercise.
    pub name: String,
    pub warnings: Vec<WarningView>,
    pub fields: Fields,
    pub errors: Errors,
}

impl OverridePage {
    /// Whether a warning is open.
    pub fn is_open(&self) -> bool {
        self.warnings.iter().any(|view| view.overridden.is_none())
    }
}
