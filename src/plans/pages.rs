//! What the pages of this room show.

use askama::Template;
use chrono::NaiveDateTime;

use super::Criterion;
use super::Sketchbook;
use super::builder::PhaseView;
use super::changes::Change;
use super::cut_offs::CutOffs;
use super::domain::{Current, Draft, Publication, Slot, SnapshotPhase, State, Status};
use super::requests::Request;
use super::rules::{Checked, WarningView};
use crate::exercises::dose::Dose;
use crate::ids::PlanId;
use crate::media::Medium;
use crate::patients::{Profile, Standing};
use crate::web::{Errors, Fields, Page};

/// Dose, load, frequency and note in one line: "10 times; 3 rounds, with a light band, 3 times a week. Slowly".
#[must_use]
pub fn prescription_words(dose: &Dose, load: &str, note: &str) -> String {
    let load = if load.is_empty() { String::new() } else { format!(", with {load}") };
    let note = if note.is_empty() { String::new() } else { format!(". {note}") };
    let pace = dose.pace().map_or_else(String::new, |pace| format!(", {pace}"));
    format!("{}{pace}{load}, {}{note}", dose.sentence(), dose.frequency.words())
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
        self.flaws.is_empty() && self.standing.obstacle().is_none() || self.errors.any()
    }

    /// Whether the cut-offs of the lights differ from the table, or were refused: then they stand open.
    pub fn lights_open(&self) -> bool {
        let usual = CutOffs::TABLE;
        [("green_to", usual.green_to), ("amber_to", usual.amber_to), ("red_above", usual.red_above)]
            .iter()
            .any(|(name, usual)| self.errors.of(name).is_some() || self.fields.get(name) != usual.to_string())
    }

    /// The cut-offs of the table in words.
    pub fn usual_lights(&self) -> String {
        CutOffs::TABLE.words()
    }
}

#[derive(Template)]
#[template(path = "plans/versions.html")]
pub struct VersionsPage {
    pub page: Page,
    pub patient: Profile,
    pub plan: PlanId,
    /// Newest first.
    pub versions: Vec<VersionView>,
    /// The two versions held against each other.
    pub from: i32,
    pub to: i32,
    /// What the later one changed; nothing when one of them is not there.
    pub compared: Option<Vec<Change>>,
    /// What the plan was, who said so, newest first.
    pub history: Vec<(Status, String)>,
}

impl VersionsPage {
    /// The two that are held against each other, as far as they are there.
    pub fn pair(&self) -> Vec<&Publication> {
        let one = |number: i32| self.versions.iter().map(|view| &view.publication).find(|known| known.version == number);
        [self.from, self.to].into_iter().filter_map(one).collect()
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
    }
}
