//! What the builder shows.

use askama::Template;

use super::super::Sketchbook;
use super::super::changes::Change;
use super::super::domain::{Current, Draft, DraftPhase, Prescription, Snapshot, session_words};
use super::super::pages::prescription_words;
use super::super::rules::Checked;
use super::bulk::{Bulk, Turned, Turning};
use super::library::LibraryView;
use super::step::{Clash, Step};
use super::{form, order, step};
use crate::error::Invalid;
use crate::exercises::dose::{Side, Work};
use crate::exercises::{Drawing, Exercise, Library, Purpose, Stage};
use crate::ids::{PhaseId, PrescriptionId};
use crate::patients::{Profile, Standing};
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "plans/builder.html")]
pub struct BuilderPage {
    pub page: Page,
    pub draft: Draft,
    pub head: Head,
    /// The draft held against the rules.
    pub checked: Checked,
    pub phases: Vec<PhaseView>,
    /// The steps that are kept, newest first.
    pub steps: Vec<Step>,
    /// What others did since the page was opened from which a change was sent, newest first.
    pub meanwhile: Vec<Step>,
    pub clash: Option<ClashView>,
    pub bulk: BulkView,
    pub library: LibraryView,
    pub sketchbook: Sketchbook,
    pub typed: Fields,
    pub errors: Errors,
}

/// What the draft is of.
pub enum Head {
    /// A patient's plan.
    Plan(Box<PlanHead>),
    /// A programme, by its name.
    Programme(String),
}

/// The patient beside the draft of their plan.
pub struct PlanHead {
    pub patient: Profile,
    pub standing: Standing,
    pub current: Option<Current>,
    /// The number of the version they see; 0 before the first.
    pub version: i32,
    pub changes: Vec<Change>,
    /// What the patient would get, without phases that are empty.
    pub preview: Option<Snapshot>,
}

/// What somebody else did, beside what was typed.
pub struct ClashView {
    /// Where the form goes.
    pub action: String,
    /// What was typed.
    pub fields: Fields,
    /// What somebody else did.
    pub clash: Clash,
    /// What it was about, in a heading.
    pub name: String,
}

/// The change of many doses that is asked for, and what it would make of them.
pub struct BulkView {
    pub fields: Fields,
    pub preview: Option<Vec<Turned>>,
    pub errors: Errors,
}

/// A phase as the builder shows it.
pub struct PhaseView {
    pub id: PhaseId,
    pub name: String,
    pub in_words: String,
    pub many: bool,
    pub first: bool,
    pub last: bool,
    pub stage: Option<Stage>,
    pub entry: Vec<String>,
    pub exit: Vec<String>,
    pub rows: Vec<RowView>,
    pub fields: Fields,
    pub errors: Errors,
}

/// A prescription as the builder shows it.
pub struct RowView {
    pub prescription: Prescription,
    pub name: String,
    /// "A1" where it is done in turn with others.
    pub label: String,
    pub fields: Fields,
    pub errors: Errors,
    pub first: bool,
    pub last: bool,
}

impl BuilderPage {
    pub fn plan(&self) -> Option<&PlanHead> {
        if let Head::Plan(plan) = &self.head { Some(plan) } else { None }
    }

    /// "Draft of version 2", or the name of the programme.
    pub fn heading(&self) -> String {
        match &self.head {
            Head::Plan(plan) => format!("Draft of version {}", plan.version + 1),
            Head::Programme(name) => name.clone(),
        }
    }

    pub fn stages(&self) -> &'static [Stage] {
        Stage::ALL
    }

    pub fn purposes(&self) -> &'static [Purpose] {
        Purpose::ALL
    }

    pub fn works(&self) -> &'static [Work] {
        Work::ALL
    }

    pub fn sides(&self) -> &'static [Side] {
        Side::ALL
    }

    pub fn turnings(&self) -> &'static [Turning] {
        Turning::ALL
    }

    /// Whether the sore side can be chosen, and becomes the side that is sore.
    pub fn knows_sore_side(&self) -> bool {
        form::knows_sore_side(self.draft.of)
    }

    /// Name of the phase an exercise would be added to.
    pub fn phase_name(&self) -> &str {
        self.draft.phase(self.library.phase).map_or("", |phase| &phase.name)
    }

    /// Whether the phase has this exercise already.
    pub fn has(&self, exercise: &Exercise) -> bool {
        self.draft.phase(self.library.phase).is_some_and(|phase| phase.prescriptions.iter().any(|known| known.exercise == exercise.slug))
    }

    /// Whether a phase is still empty, so that nothing can be published.
    pub fn is_unready(&self) -> bool {
        self.phases.iter().any(|phase| phase.rows.is_empty())
    }

    /// The address of another page of the library's list.
    pub fn library_page(&self, page: usize) -> String {
        format!("{}?{}#exercise", self.draft.of.path(), self.library.page_query(page))
    }

    /// Whether a form outside the draft's rows was refused that had this field; it is shown again with what was typed.
    pub fn again(&self, field: &str) -> bool {
        let no_search = !self.typed.is("exercise", self.typed.get("exercise")) && !self.typed.is("direction", self.typed.get("direction"));
        no_search && self.typed.is(field, self.typed.get(field))
    }

    /// The step that would be taken back next.
    pub fn top(&self) -> Option<&Step> {
        step::top(&self.steps)
    }

    /// Who did a step, as the one who looks reads it: "You" or their name.
    pub fn who<'a>(&self, step: &'a Step) -> &'a str {
        let own = self.page.viewer.as_ref().is_some_and(|viewer| viewer.id == step.by);
        if own { "You" } else { &step.name }
    }

    /// Whether a step is taken back, or takes one back.
    pub fn is_undone(&self, step: &Step) -> bool {
        self.steps.iter().any(|other| other.undoes == Some(step.revision))
    }

    /// Whether a prescription is new since the published version.
    pub fn is_new(&self, row: &RowView) -> bool {
        let current = self.plan().and_then(|plan| plan.current.as_ref());
        current.is_some_and(|current| current.publication.snapshot.slot(row.prescription.id).is_none())
    }
}

impl PlanHead {
    /// The day the present version was published.
    pub fn published(&self, page: &Page) -> String {
        let day = self.current.as_ref().map(|current| page.clock().day_of(current.publication.at));
        day.map(|day| page.date(&day)).unwrap_or_default()
    }
}

impl BulkView {
    /// What the address, or a form that was refused, asks for.
    pub fn read(asked: &Fields, draft: &Draft, library: &Library) -> Self {
        let asked_for = !asked.get("turn").is_empty();
        let bulk: Option<Result<Bulk, Invalid>> = asked_for.then(|| form::bulk(asked));
        let (preview, errors) = match bulk {
            Some(Ok(bulk)) => (Some(bulk.preview(draft, library)), Errors::default()),
            Some(Err(invalid)) => (None, Errors(invalid)),
            None => (None, Errors::default()),
        };
        Self { fields: asked.clone(), preview, errors }
    }

    /// What was chosen in the form that led here, to be sent with the change.
    pub fn chosen(&self) -> Vec<(&str, &str)> {
        let names = ["turn", "of", "in", "times", "per", "weekday", "rest", "load"];
        self.fields.pairs().filter(|(name, _)| names.contains(name)).collect()
    }
}

impl ClashView {
    /// Whether a dose was typed.
    pub fn is_dose(&self) -> bool {
        self.fields.is("amount", self.fields.get("amount"))
    }

    /// Whether words of a phase were typed.
    pub fn is_words(&self) -> bool {
        self.fields.is("name", self.fields.get("name"))
    }

    /// What a form without fields of its own carries.
    pub fn carried(&self) -> Vec<(&str, &str)> {
        self.fields.pairs().filter(|(name, _)| !["seen", "again"].contains(name)).collect()
    }
}

impl RowView {
    /// Its drawing, with the patient's sore side at work.
    pub fn drawing<'a>(&self, sketchbook: &'a Sketchbook) -> Option<&'a Drawing> {
        sketchbook.draw(&self.prescription.exercise, self.prescription.dose.side)
    }

    /// Dose, frequency, load and note in one line.
    pub fn in_words(&self) -> String {
        prescription_words(&self.prescription.dose, &self.prescription.load, &self.prescription.note)
    }

    /// The id of one of its fields.
    pub fn id(&self, field: &str) -> String {
        format!("rx{}-{field}", self.prescription.id)
    }
}

impl PhaseView {
    /// The id of one of its fields.
    pub fn field(&self, field: &str) -> String {
        format!("phase{}-{field}", self.id)
    }

    /// The phases of a draft, one form of which may have been refused.
    pub fn all(draft: &Draft, library: &Library, refused: Option<&Refused>) -> Vec<Self> {
        let count = draft.phases.len();
        let view = |(place, phase): (usize, &DraftPhase)| {
            let view = Self::new(draft, phase, library, refused);
            Self { first: place == 0, last: place + 1 == count, ..view }
        };
        draft.phases.iter().enumerate().map(view).collect()
    }

    fn new(draft: &Draft, phase: &DraftPhase, library: &Library, refused: Option<&Refused>) -> Self {
        let count = phase.prescriptions.len();
        let labels = order::labels(&phase.prescriptions);
        let rows = phase.prescriptions.iter().zip(labels).enumerate().map(|(index, (prescription, label))| {
            let (fields, errors) = match refused {
                Some(Refused::Prescription(id, fields, errors)) if *id == prescription.id => (fields.clone(), errors.clone()),
                _ => (form::dose_fields(draft, prescription.id), Errors::default()),
            };
            RowView {
                name: library.name_of(&prescription.exercise),
                prescription: prescription.clone(),
                label,
                fields,
                errors,
                first: index == 0,
                last: index + 1 == count,
            }
        });
        let stage = phase.stage.map_or("", Stage::word).to_owned();
        let words = [("name", &phase.name), ("purpose", &phase.purpose), ("exit_criteria", &phase.exit_criteria), ("stage", &stage)];
        let (fields, errors) = match refused {
            Some(Refused::Phase(id, fields, errors)) if *id == phase.id => (fields.clone(), errors.clone()),
            _ => (Fields::from_pairs(words.map(|(field, text)| (field, text.clone()))), Errors::default()),
        };
        Self {
            id: phase.id,
            name: phase.name.clone(),
            in_words: session_words(phase.prescriptions.iter().map(|prescription| &prescription.dose)),
            many: count > 4,
            first: false,
            last: false,
            stage: phase.stage,
            entry: phase.entry.iter().map(super::super::Criterion::words).collect(),
            exit: phase.exit.iter().map(super::super::Criterion::words).collect(),
            rows: rows.collect(),
            fields,
            errors,
        }
    }
}

/// A form of the builder that was not taken: it is shown again with what was typed.
pub enum Refused {
    /// The dose of a prescription.
    Prescription(PrescriptionId, Fields, Errors),
    /// The words of a phase.
    Phase(PhaseId, Fields, Errors),
    /// A change of many doses.
    Bulk(Fields, Errors),
    /// Anything else.
    Other(Fields, Errors),
    /// A change of what somebody else changed meanwhile: its address, what was typed, and what they did.
    Clash(String, Fields, Clash),
}

impl Refused {
    pub fn errors(&self) -> Errors {
        match self {
            Self::Prescription(_, _, errors) | Self::Phase(_, _, errors) | Self::Bulk(_, errors) | Self::Other(_, errors) => errors.clone(),
            Self::Clash(..) => Errors::default(),
        }
    }

    /// The errors with the ids of the form's own fields, for the summary.
    pub fn summary(&self) -> Errors {
        let mut invalid = Invalid::default();
        for (field, words) in self.errors().all() {
            invalid.add(format!("{}{field}", self.prefix()), self.in_words(field, words));
        }
        Errors(invalid)
    }

    /// What was typed into a form that belongs to no row and no phase.
    pub fn typed(&self) -> Fields {
        if let Self::Other(fields, _) = self { fields.clone() } else { Fields::default() }
    }

    /// A problem as the summary says it, away from its field: a number is named.
    fn in_words(&self, field: &str, problem: &str) -> String {
        let name = match (self, field) {
            (Self::Prescription(..), "sets") => "Rounds: ",
            (Self::Prescription(..), "amount") => "One round: ",
            (Self::Prescription(..), "hold") => "Hold: ",
            (Self::Prescription(..) | Self::Bulk(..), "rest") => "Rest: ",
            (Self::Prescription(..) | Self::Bulk(..), "times") => "How many times: ",
            (Self::Prescription(..), "tempo") => "Tempo: ",
            _ => "",
        };
        format!("{name}{problem}")
    }

    /// What the ids of the refused form's fields begin with.
    fn prefix(&self) -> String {
        match self {
            Self::Prescription(id, ..) => format!("rx{id}-"),
            Self::Phase(id, ..) => format!("phase{id}-"),
            Self::Bulk(..) => "bulk-".to_owned(),
            Self::Other(..) | Self::Clash(..) => String::new(),
        }
    }
}
