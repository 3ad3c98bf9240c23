//! What the pages of this room show.

use askama::Template;
use chrono::NaiveDateTime;

use super::Criterion;
use super::Sketchbook;
use super::changes::Change;
use super::domain::{Current, Draft, Prescription, Publication, Slot, SnapshotPhase, State, session_words};
use super::requests::Request;
use super::rules::{Checked, WarningView};
use crate::exercises::dose::{Dose, Side, Work};
use crate::exercises::{Drawing, Exercise, Purpose, Stage};
use crate::ids::PhaseId;
use crate::media::Medium;
use crate::patients::{Profile, Standing};
use crate::web::{Errors, Fields, Page};

/// Exercises the library list of the builder shows at once.
pub const SHOWN: usize = 12;

#[derive(Template)]
#[template(path = "plans/builder.html")]
pub struct BuilderPage {
    pub page: Page,
    pub patient: Profile,
    pub standing: Standing,
    /// The draft held against the rules.
    pub checked: Checked,
    pub draft: Draft,
    pub phases: Vec<PhaseView>,
    pub current: Option<Current>,
    pub version: i32,
    pub changes: Vec<Change>,
    pub library: LibraryView,
    pub sketchbook: Sketchbook,
    pub typed: Fields,
    pub errors: Errors,
}

/// A phase as the builder shows it.
pub struct PhaseView {
    pub id: PhaseId,
    pub name: String,
    pub in_words: String,
    pub many: bool,
    pub rows: Vec<RowView>,
    pub fields: Fields,
    pub errors: Errors,
}

/// A prescription as the builder shows it.
pub struct RowView {
    pub prescription: Prescription,
    pub name: String,
    pub fields: Fields,
    pub errors: Errors,
    pub first: bool,
    pub last: bool,
}

/// What was searched for in the library, and what was found.
pub struct LibraryView {
    pub query: String,
    pub stage: String,
    pub purpose: String,
    /// Whether it shows favourites alone.
    pub favourites: bool,
    pub phase: PhaseId,
    /// The page of the list, from 1, and how many there are.
    pub page: usize,
    pub pages: usize,
    pub total: usize,
    pub found: Vec<Pick>,
}

/// An exercise to pick.
pub struct Pick {
    pub exercise: Exercise,
    pub favourite: bool,
    /// The dose it will begin with, where who adds it has a usual one.
    pub usual: Option<String>,
}

impl BuilderPage {
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

    /// Whether the library was searched.
    pub fn searched(&self) -> bool {
        let library = &self.library;
        library.favourites || !(library.query.is_empty() && library.stage.is_empty() && library.purpose.is_empty())
    }

    /// The address of another page of the library's list.
    pub fn library_page(&self, page: usize) -> String {
        let library = &self.library;
        let (phase, page) = (library.phase.to_string(), page.to_string());
        let show = if library.favourites { "favourites" } else { "" };
        let asked = [
            ("phase", phase.as_str()),
            ("q", &library.query),
            ("stage", &library.stage),
            ("purpose", &library.purpose),
            ("show", show),
            ("page", &page),
        ];
        let asked = asked.iter().filter(|(_, value)| !value.is_empty());
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
        format!("{}?{query}#exercise", self.draft.of.path())
    }

    /// Whether a form outside the draft's rows was refused that had this field; it is shown again with what was typed.
    pub fn again(&self, field: &str) -> bool {
        let no_search = !self.typed.is("exercise", self.typed.get("exercise")) && !self.typed.is("direction", self.typed.get("direction"));
        no_search && self.typed.is(field, self.typed.get(field))
    }

    /// The day the present version was published.
    pub fn published(&self) -> String {
        let day = self.current.as_ref().map(|current| self.page.clock().day_of(current.publication.at));
        day.map(|day| self.page.date(&day)).unwrap_or_default()
    }

    /// Whether a prescription is new since the published version.
    pub fn is_new(&self, row: &RowView) -> bool {
        self.current.as_ref().is_some_and(|current| current.publication.snapshot.slot(row.prescription.id).is_none())
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

/// Dose, load, frequency and note in one line: "10 times; 3 rounds, with a light band, 3 times a week. Slowly".
#[must_use]
pub fn prescription_words(dose: &Dose, load: &str, note: &str) -> String {
    let load = if load.is_empty() { String::new() } else { format!(", with {load}") };
    let note = if note.is_empty() { String::new() } else { format!(". {note}") };
    format!("{}{load}, {}{note}", dose.sentence(), dose.frequency.words())
}

impl PhaseView {
    /// The id of one of its fields.
    pub fn field(&self, field: &str) -> String {
        format!("phase{}-{field}", self.id)
    }

    pub fn new(phase: &super::DraftPhase, name_of: impl Fn(&str) -> String, refused: Option<&Refused>) -> Self {
        let count = phase.prescriptions.len();
        let rows = phase.prescriptions.iter().enumerate().map(|(index, prescription)| {
            let saved = || crate::exercises::dose_fields(&prescription.dose, &prescription.load, &prescription.note);
            let (fields, errors) = match refused {
                Some(Refused::Prescription(id, fields, errors)) if *id == prescription.id => (fields.clone(), errors.clone()),
                _ => (saved(), Errors::default()),
            };
            RowView {
                name: name_of(&prescription.exercise),
                prescription: prescription.clone(),
                fields,
                errors,
                first: index == 0,
                last: index + 1 == count,
            }
        });
        let words = [("name", &phase.name), ("purpose", &phase.purpose), ("exit_criteria", &phase.exit_criteria)];
        let (fields, errors) = match refused {
            Some(Refused::Phase(id, fields, errors)) if *id == phase.id => (fields.clone(), errors.clone()),
            _ => (Fields::from_pairs(words.map(|(field, text)| (field, text.clone()))), Errors::default()),
        };
        Self {
            id: phase.id,
            name: phase.name.clone(),
            in_words: session_words(phase.prescriptions.iter().map(|prescription| &prescription.dose)),
            many: count > 4,
            rows: rows.collect(),
            fields,
            errors,
        }
    }
}

/// A form of the builder that was refused: it is shown again with what was typed.
pub enum Refused {
    /// The dose of a prescription.
    Prescription(crate::ids::PrescriptionId, Fields, Errors),
    /// The words of a phase.
    Phase(PhaseId, Fields, Errors),
    /// Anything else.
    Other(Fields, Errors),
}

impl Refused {
    pub fn errors(&self) -> Errors {
        match self {
            Self::Prescription(_, _, errors) | Self::Phase(_, _, errors) | Self::Other(_, errors) => errors.clone(),
        }
    }

    /// What was typed into a form that belongs to no row and no phase.
    pub fn typed(&self) -> Fields {
        if let Self::Other(fields, _) = self { fields.clone() } else { Fields::default() }
    }

    /// A problem as the summary says it, away from its field: a number is named.
    pub fn in_words(&self, field: &str, problem: &str) -> String {
        let name = match (self, field) {
            (Self::Prescription(..), "sets") => "Rounds: ",
            (Self::Prescription(..), "amount") => "One round: ",
            (Self::Prescription(..), "hold") => "Hold: ",
            (Self::Prescription(..), "rest") => "Rest: ",
            (Self::Prescription(..), "times") => "How many times: ",
            _ => "",
        };
        format!("{name}{problem}")
    }

    /// What the ids of the refused form's fields begin with.
    pub fn prefix(&self) -> String {
        match self {
            Self::Prescription(id, ..) => format!("rx{id}-"),
            Self::Phase(id, ..) => format!("phase{id}-"),
            Self::Other(..) => String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "plans/publication.html")]
pub struct PublicationPage {
    pub page: Page,
    pub patient: Profile,
    pub draft: Draft,
    pub standing: Standing,
    /// The draft held against the rules.
    pub checked: Checked,
    pub next: i32,
    pub changes: Vec<Change>,
    pub phases: Vec<PhaseView>,
    pub flaws: Vec<String>,
    pub sketchbook: Sketchbook,
    pub fields: Fields,
    pub errors: Errors,
}

impl PublicationPage {
    /// The name of the exercise a warning is about.
    pub fn name_of(&self, view: &WarningView) -> &str {
        let rows = self.phases.iter().flat_map(|phase| &phase.rows);
        rows.into_iter().find(|row| row.prescription.id == view.warning.prescription).map_or("", |row| &row.name)
    }

    /// Whether the form is worth showing: nothing stands against it, or something typed would be lost.
    pub fn may_publish(&self) -> bool {
        let ready = self.flaws.is_empty() && self.standing.obstacle().is_none() && (self.next == 1 || !self.changes.is_empty());
        ready || self.errors.any()
    }
}

/// A version with what it changed.
pub struct VersionView {
    pub publication: Publication,
    pub changes: Vec<Change>,
}

impl VersionView {
    /// Versions, newest first, each with what it changed against the one before it.
    pub fn list(publications: Vec<Publication>) -> Vec<Self> {
        let older: Vec<_> = publications.iter().skip(1).map(|older| Some((older.plan, older.snapshot.clone()))).chain([None]).collect();
        publications
            .into_iter()
            .zip(older)
            .map(|(publication, older)| {
                let changes = older
                    .filter(|(plan, _)| *plan == publication.plan)
                    .map(|(_, snapshot)| super::changes(&snapshot, &publication.snapshot))
                    .unwrap_or_default();
                Self { publication, changes }
            })
            .collect()
    }
}

#[derive(Template)]
#[template(path = "plans/plan.html")]
pub struct PlanPage {
    pub page: Page,
    pub current: Option<Current>,
    pub versions: Vec<VersionView>,
    pub sketchbook: Sketchbook,
    /// Photos and films made for this patient.
    pub media: Vec<Medium>,
    /// What they asked for, newest first.
    pub told: Vec<Request>,
    /// Who looks after them.
    pub physio: String,
}

/// A phase of the plan as the patient reads it.
pub struct PhasePlace<'a> {
    pub number: usize,
    pub phase: &'a SnapshotPhase,
    pub here: bool,
    pub behind: bool,
}

impl PhasePlace<'_> {
    /// Where it lies from the phase the patient is in.
    pub fn when(&self) -> &'static str {
        if self.behind { "Behind you" } else { "Still to come" }
    }
}

impl PlanPage {
    /// The phase the patient is in first, then the others in order.
    pub fn phases(&self) -> Vec<PhasePlace<'_>> {
        let Some(current) = &self.current else { return Vec::new() };
        let now = current.phase_number();
        let mut places: Vec<_> = (1..)
            .zip(&current.publication.snapshot.phases)
            .map(|(number, phase)| PhasePlace { number, phase, here: number == now, behind: number < now })
            .collect();
        places.sort_by_key(|place| !place.here);
        places
    }

    /// The day a version was published.
    pub fn day_of(&self, publication: &Publication) -> String {
        self.page.long_day(&self.page.clock().day_of(publication.at))
    }

    /// The day of a moment.
    pub fn day_at(&self, at: &NaiveDateTime) -> String {
        self.page.long_day(&self.page.clock().day_of(*at))
    }

    /// Whether there is something to be done with: a plan that runs or pauses.
    pub fn may_ask(&self) -> bool {
        self.current.as_ref().is_some_and(|current| matches!(current.status.state, State::Running | State::Paused))
    }

    /// Whether a version belongs to the plan the patient has now.
    pub fn is_of_this_plan(&self, publication: &Publication) -> bool {
        self.current.as_ref().is_some_and(|current| current.publication.plan == publication.plan)
    }
}

impl SnapshotPhase {
    /// What must be reached to begin it, a sentence each.
    #[must_use]
    pub fn entry_lines(&self) -> Vec<String> {
        self.entry.iter().map(Criterion::words).collect()
    }

    /// What must be reached to leave it, a sentence each: in numbers first, then in the physio's own words.
    #[must_use]
    pub fn exit_lines(&self) -> Vec<String> {
        let own = self.exit_criteria.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        self.exit.iter().map(Criterion::words).chain(own).collect()
    }
}

impl Slot {
    /// The dose as a line of its own: "Hold for 30 seconds; 2 rounds on each side, with a light band".
    #[must_use]
    pub fn dose_words(&self) -> String {
        let sentence = self.dose.sentence();
        let mut letters = sentence.chars();
        let sentence: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        if self.load.is_empty() { sentence } else { format!("{sentence}, with {}", self.load) }
    }

    /// The lines of its table on paper: a line a round, or a line a side.
    #[must_use]
    pub fn rows(&self) -> Vec<String> {
        match self.dose.side {
            Side::Each => ["Left", "Right"].map(str::to_owned).to_vec(),
            _ => (1..=self.dose.sets).map(|round| format!("Round {round}")).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::exercises::dose::Side;
    use crate::plans::domain::tests::{dose, draft};
    use crate::plans::{Slot, Snapshot};

    fn slot(load: &str, side: Side) -> Slot {
        let library = crate::exercises::Library::load().unwrap();
        let snapshot = Snapshot::take(&draft(&[("hip-bridge", dose(2, 10))]), &library).unwrap();
        let slot = snapshot.phases[0].slots[0].clone();
        Slot { load: load.to_owned(), dose: crate::exercises::dose::Dose { side, ..slot.dose }, ..slot }
    }

    #[test]
    fn a_dose_stands_as_a_line_of_its_own() {
        assert_eq!(slot("", Side::Together).dose_words(), "10 times, rest 60 seconds; 2 rounds");
        assert_eq!(slot("a light band", Side::Each).dose_words(), "10 times, rest 60 seconds; 2 rounds on each side, with a light band");
        assert_eq!(slot("", Side::Together).rows(), ["Round 1", "Round 2"]);
        assert_eq!(slot("", Side::Each).rows(), ["Left", "Right"]);
    }
}
