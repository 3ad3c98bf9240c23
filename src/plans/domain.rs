//! What a plan is, and how a draft becomes a version.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::criteria::Criterion;
use super::cut_offs::CutOffs;
use crate::error::Invalid;
use crate::exercises::dose::Dose;
use crate::exercises::{Exercise, Library, Sketch, Stage};
use crate::ids::{MediumId, PatientId, PhaseId, PlanId, PrescriptionId, ProgrammeId};
use crate::text::words;

/// What a draft may be of, as its address says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// A patient's plan.
    Plans,
    /// A programme of the clinic's own.
    Programmes,
}

/// What a draft is of: a patient's plan, or a programme of the clinic's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A plan, and whose it is.
    Plan(PlanId, PatientId),
    /// A programme.
    Programme(ProgrammeId),
}

impl Subject {
    /// The address of its builder.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Plan(plan, _) => format!("/clinic/plans/{plan}"),
            Self::Programme(programme) => format!("/clinic/programmes/{programme}"),
        }
    }

    /// As its address says it.
    #[must_use]
    pub fn named(self) -> (Of, i64) {
        match self {
            Self::Plan(plan, _) => (Of::Plans, plan.0),
            Self::Programme(programme) => (Of::Programmes, programme.0),
        }
    }

    /// The number of its plan, or of its programme.
    #[must_use]
    pub fn numbers(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Plan(plan, _) => (Some(plan.0), None),
            Self::Programme(programme) => (None, Some(programme.0)),
        }
    }

    /// Whose plan it is; nobody's when it is a programme.
    #[must_use]
    pub fn patient(self) -> Option<PatientId> {
        match self {
            Self::Plan(_, patient) => Some(patient),
            Self::Programme(_) => None,
        }
    }
}

/// A plan or a programme as the physio edits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is of.
    pub of: Subject,
    /// How many steps it was built in so far.
    pub revision: i32,
    /// Its parts, in order; never empty.
    pub phases: Vec<DraftPhase>,
}

/// A part of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPhase {
    /// Its number, kept in every version.
    pub id: PhaseId,
    /// Its name.
    pub name: String,
    /// Why this phase, in words for the patient.
    pub purpose: String,
    /// What must be reached to leave it, in words for the patient.
    pub exit_criteria: String,
    /// The stage of recovery it is for, where that is known.
    pub stage: Option<Stage>,
    /// What must be true to begin it.
    pub entry: Vec<Criterion>,
    /// What must be reached to leave it.
    pub exit: Vec<Criterion>,
    /// The programme of the house and the phase of it that it was taken from, as slug/key; empty where there is none.
    #[serde(default)]
    pub programme: String,
    /// Its exercises, in order.
    pub prescriptions: Vec<Prescription>,
}

/// One exercise in a phase, with its dose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prescription {
    /// Its number, kept in every version.
    pub id: PrescriptionId,
    /// The slug of the exercise.
    pub exercise: String,
    /// How much.
    pub dose: Dose,
    /// Against what: "light band", "4 kg"; may be empty.
    pub load: String,
    /// A word to the patient; may be empty.
    pub note: String,
    /// Whether it is done in turn with the exercise above, round by round.
    #[serde(default)]
    pub with_previous: bool,
}

impl Draft {
    /// The phase with this number, if it is part of this draft.
    #[must_use]
    pub fn phase(&self, id: PhaseId) -> Option<&DraftPhase> {
        self.phases.iter().find(|phase| phase.id == id)
    }

    /// The prescription with this number, if it is part of this draft.
    #[must_use]
    pub fn prescription(&self, id: PrescriptionId) -> Option<&Prescription> {
        self.prescriptions().find(|prescription| prescription.id == id)
    }

    /// Whether it asks just what a version asks, whatever the library says of the exercises by now: nothing waits to be published.
    #[must_use]
    pub fn asks_as(&self, version: &Snapshot) -> bool {
        let same_exercise = |one: &Prescription, slot: &Slot| {
            (one.id, &one.exercise, one.dose, &one.load, &one.note, one.with_previous)
                == (slot.id, &slot.exercise, slot.dose, &slot.load, &slot.note, slot.with_previous)
        };
        let same = |one: &DraftPhase, then: &SnapshotPhase| {
            let words = (one.id, &one.name, &one.purpose, &one.exit_criteria, one.stage, &one.entry, &one.exit);
            words == (then.id, &then.name, &then.purpose, &then.exit_criteria, then.stage, &then.entry, &then.exit)
                && one.prescriptions.len() == then.slots.len()
                && one.prescriptions.iter().zip(&then.slots).all(|(one, slot)| same_exercise(one, slot))
        };
        self.phases.len() == version.phases.len() && self.phases.iter().zip(&version.phases).all(|(one, then)| same(one, then))
    }

    /// Every exercise of every phase, in order.
    pub fn prescriptions(&self) -> impl Iterator<Item = &Prescription> {
        self.phases.iter().flat_map(|phase| &phase.prescriptions)
    }
}

/// A published version: everything the patient is told, as it was on that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Its parts, in order; never empty.
    pub phases: Vec<SnapshotPhase>,
    /// The day physio and patient look at it together, where one is agreed.
    #[serde(default)]
    pub review_on: Option<NaiveDate>,
    /// Where the lights begin and end.
    #[serde(default)]
    pub cut_offs: CutOffs,
}

/// A part of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotPhase {
    /// The number it has in the draft.
    pub id: PhaseId,
    /// Its name.
    pub name: String,
    /// Why this phase.
    pub purpose: String,
    /// What must be reached to leave it, in words.
    pub exit_criteria: String,
    /// The stage of recovery it is for, where that is known.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// What must be true to begin it.
    #[serde(default)]
    pub entry: Vec<Criterion>,
    /// What must be reached to leave it.
    #[serde(default)]
    pub exit: Vec<Criterion>,
    /// The programme of the house and the phase of it that it was taken from, as slug/key; empty where there is none.
    #[serde(default)]
    pub programme: String,
    /// Its exercises, in order; never empty.
    pub slots: Vec<Slot>,
}

/// One exercise of a version, with its text, poses and dose as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The number it has in the draft: logs hang on it.
    pub id: PrescriptionId,
    /// The slug of the exercise.
    pub exercise: String,
    /// Its name.
    pub name: String,
    /// How to do it.
    pub steps: Vec<String>,
    /// What to say to yourself.
    pub cues: Vec<String>,
    /// With what to be careful.
    pub precautions: String,
    /// When to stop.
    pub when_to_stop: String,
    /// The pose it starts in; empty when it has no drawing.
    pub start: String,
    /// The pose it ends in; empty when it has no drawing.
    pub end: String,
    /// What it is drawn from. Versions of the first days say the poses alone.
    #[serde(default)]
    pub sketch: Option<Sketch>,
    /// The photos and films that show it. Versions of the first days do not say them.
    #[serde(default)]
    pub media: Option<Vec<MediumId>>,
    /// How much.
    pub dose: Dose,
    /// Against what.
    pub load: String,
    /// A word to the patient.
    pub note: String,
    /// Whether it is done in turn with the exercise above, round by round.
    #[serde(default)]
    pub with_previous: bool,
}

impl Snapshot {
    /// Takes the draft as it is, with the texts of the library as they are.
    ///
    /// # Errors
    /// A phase without exercises, an exercise the library no longer has or has no steps of: all of them, on the field `plan`.
    pub fn take(draft: &Draft, library: &Library) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let phases = draft.phases.iter().map(|phase| SnapshotPhase::take(phase, library, &mut invalid)).collect();
        if invalid.is_empty() { Ok(Self { phases, review_on: None, cut_offs: CutOffs::TABLE }) } else { Err(invalid) }
    }

    /// With the day it is looked at together.
    #[must_use]
    pub fn reviewed_on(self, day: Option<NaiveDate>) -> Self {
        Self { review_on: day, ..self }
    }

    /// With the cut-offs of the lights.
    #[must_use]
    pub fn with_cut_offs(self, cut_offs: CutOffs) -> Self {
        Self { cut_offs, ..self }
    }

    /// The phase with this number, or the first if this version leaves it out.
    #[must_use]
    pub fn phase(&self, id: PhaseId) -> Option<&SnapshotPhase> {
        self.phases.iter().find(|phase| phase.id == id).or_else(|| self.phases.first())
    }

    /// The slot with this number, if it is part of this version.
    #[must_use]
    pub fn slot(&self, id: PrescriptionId) -> Option<&Slot> {
        self.phases.iter().flat_map(|phase| &phase.slots).find(|slot| slot.id == id)
    }
}

impl SnapshotPhase {
    fn take(phase: &DraftPhase, library: &Library, invalid: &mut Invalid) -> Self {
        if phase.prescriptions.is_empty() {
            invalid.add("plan", format!("Add at least one exercise to \"{}\", or remove this phase", phase.name));
        }
        let slots = phase.prescriptions.iter().filter_map(|prescription| {
            let Some(exercise) = library.get(&prescription.exercise) else {
                invalid.add("plan", format!("Remove \"{}\": the library no longer has this exercise", prescription.exercise));
                return None;
            };
            if exercise.steps.is_empty() {
                let words = format!("Write the steps of \"{}\" in the library, or remove it: its collection has none", exercise.name);
                invalid.add("plan", words);
            }
            Some(Slot::take(prescription, exercise))
        });
        Self {
            id: phase.id,
            name: phase.name.clone(),
            purpose: phase.purpose.clone(),
            exit_criteria: phase.exit_criteria.clone(),
            stage: phase.stage,
            entry: phase.entry.clone(),
            exit: phase.exit.clone(),
            programme: phase.programme.clone(),
            slots: slots.collect(),
        }
    }

    /// How many sessions a week this phase asks for: as many as its most frequent exercise.
    #[must_use]
    pub fn sessions_per_week(&self) -> u16 {
        self.slots.iter().map(|slot| slot.dose.frequency.per_week()).max().unwrap_or(0)
    }

    /// "3 exercises, about 12 minutes".
    #[must_use]
    pub fn in_words(&self) -> String {
        session_words(self.slots.iter().map(|slot| &slot.dose))
    }

    /// About how long one session takes, in minutes.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        minutes(self.slots.iter().map(|slot| &slot.dose))
    }
}

impl Slot {
    fn take(prescription: &Prescription, exercise: &Exercise) -> Self {
        Self {
            id: prescription.id,
            exercise: exercise.slug.clone(),
            name: exercise.name.clone(),
            steps: exercise.steps.clone(),
            cues: exercise.cues.clone(),
            precautions: exercise.precautions.clone(),
            when_to_stop: exercise.when_to_stop.clone(),
            start: exercise.start.as_ref().map(|pose| pose.pose.clone()).unwrap_or_default(),
            end: exercise.end.as_ref().map(|pose| pose.pose.clone()).unwrap_or_default(),
            sketch: Sketch::of(exercise),
            media: Some(exercise.media.iter().map(|id| MediumId(*id)).collect()),
            dose: prescription.dose,
            load: prescription.load.clone(),
            note: prescription.note.clone(),
            with_previous: prescription.with_previous,
        }
    }

    /// Whether it is the run–walk session, which is written down as a run.
    #[must_use]
    pub fn is_run(&self) -> bool {
        self.exercise == "run-walk"
    }

    /// Whether it is drawn otherwise than `other`, as far as both say it.
    #[must_use]
    pub fn looks_different(&self, other: &Self) -> bool {
        match (&self.sketch, &other.sketch) {
            (Some(one), Some(another)) => one != another,
            _ => (&self.start, &self.end) != (&other.start, &other.end),
        }
    }

    /// Whether other photos and films show it than `other`, as far as both say it.
    #[must_use]
    pub fn is_shown_by_others(&self, other: &Self) -> bool {
        self.media.as_ref().zip(other.media.as_ref()).is_some_and(|(one, another)| one != another)
    }
}

/// About how long these doses take together, in whole minutes, rounded up.
pub fn minutes<'a>(doses: impl Iterator<Item = &'a Dose>) -> u32 {
    doses.map(Dose::seconds).sum::<u32>().div_ceil(60)
}

/// "3 exercises, about 12 minutes".
pub fn session_words<'a>(doses: impl Iterator<Item = &'a Dose> + Clone) -> String {
    match (doses.clone().count(), minutes(doses)) {
        (0, _) => "no exercises yet".to_owned(),
        (1, 1) => "1 exercise, about 1 minute".to_owned(),
        (1, minutes) => format!("1 exercise, about {minutes} minutes"),
        (count, minutes) => format!("{count} exercises, about {minutes} minutes"),
    }
}

words! {
    /// What a plan is at the moment.
    State {
        /// The patient follows it.
        Running = "running", "running";
        /// Halted; only staff resume it.
        Paused = "paused", "paused";
        /// Done.
        Finished = "finished", "finished";
        /// Another plan has taken its place.
        Replaced = "replaced", "replaced";
    }
}

impl State {
    /// Whether staff may set this state by hand while the plan is in `now`.
    #[must_use]
    pub fn may_follow(self, now: Self) -> bool {
        matches!(
            (now, self),
            (Self::Running, Self::Paused | Self::Finished)
                | (Self::Paused, Self::Running | Self::Finished)
                | (Self::Finished, Self::Running)
        )
    }
}

/// A state with its reason and when it began.
#[derive(Debug, Clone)]
pub struct Status {
    /// The plan.
    pub plan: PlanId,
    /// What it is.
    pub state: State,
    /// The phase the patient is in.
    pub phase: PhaseId,
    /// Why.
    pub reason: String,
    /// Since when, in UTC.
    pub since: NaiveDateTime,
}

/// A published version with when, why and by whom.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The plan.
    pub plan: PlanId,
    /// 1, 2, 3 …
    pub version: i32,
    /// What it says.
    pub snapshot: Snapshot,
    /// Why it was made.
    pub reason: String,
    /// Who made it.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// The plan a patient has now.
#[derive(Debug, Clone)]
pub struct Current {
    /// The newest version.
    pub publication: Publication,
    /// The version before it.
    pub previous: Option<Publication>,
    /// What the plan is, and the phase the patient is in.
    pub status: Status,
}

impl Current {
    /// The phase the patient is in: the one begun last, or the first if the version left that one out.
    #[must_use]
    pub fn phase(&self) -> Option<&SnapshotPhase> {
        self.publication.snapshot.phase(self.status.phase)
    }

    /// The place of that phase, from 1.
    #[must_use]
    pub fn phase_number(&self) -> usize {
        self.publication.snapshot.phases.iter().position(|phase| phase.id == self.status.phase).unwrap_or(0) + 1
    }

    /// Whether the patient has anything to do.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.status.state == State::Running
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::exercises::dose::{Frequency, Side, Work};

    /// A slot with hardly any words.
    pub fn clamshell(id: i64, dose: Dose) -> Slot {
        Slot {
            id: PrescriptionId(id),
            exercise: "clamshell".to_owned(),
            name: "Clamshell".to_owned(),
            steps: Vec::new(),
            cues: Vec::new(),
            precautions: String::new(),
            when_to_stop: String::new(),
            start: String::new(),
            end: String::new(),
            sketch: None,
            media: None,
            dose,
            load: String::new(),
            note: String::new(),
            with_previous: false,
        }
    }

    pub fn dose(sets: u16, amount: u16) -> Dose {
        Dose {
            sets,
            work: Work::Reps,
            amount,
            hold: None,
            rest: Some(60),
            side: Side::Together,
            frequency: Frequency::Weekly(3),
            tempo: None,
        }
    }

    pub fn draft(exercises: &[(&str, Dose)]) -> Draft {
        let prescriptions = exercises.iter().enumerate().map(|(index, (slug, dose))| Prescription {
            id: PrescriptionId(i64::try_from(index).unwrap() + 1),
            exercise: (*slug).to_owned(),
            dose: *dose,
            load: String::new(),
            note: String::new(),
            with_previous: false,
        });
        let phase = DraftPhase {
            id: PhaseId(1),
            name: "Calm".to_owned(),
            purpose: String::new(),
            exit_criteria: String::new(),
            stage: None,
            entry: Vec::new(),
            exit: Vec::new(),
            programme: String::new(),
            prescriptions: prescriptions.collect(),
        };
        Draft { of: Subject::Plan(PlanId(1), PatientId(1)), revision: 0, phases: vec![phase] }
    }

    #[test]
    fn a_version_takes_the_librarys_words_along() {
        let library = Library::load().unwrap();
        let snapshot = Snapshot::take(&draft(&[("hip-bridge", dose(3, 10))]), &library).unwrap();
        let slot = snapshot.slot(PrescriptionId(1)).unwrap();
        assert_eq!(slot.name, library.get("hip-bridge").unwrap().name);
        assert!(!slot.steps.is_empty() && slot.start.starts_with("side"));
        let text = serde_json::to_string(&snapshot).unwrap();
        assert_eq!(serde_json::from_str::<Snapshot>(&text).unwrap(), snapshot);
    }

    #[test]
    fn an_empty_phase_and_an_unknown_exercise_are_refused_together() {
        let library = Library::load().unwrap();
        let mut draft = draft(&[("no-such-thing", dose(1, 1))]);
        draft.phases.push(DraftPhase { id: PhaseId(2), prescriptions: Vec::new(), ..draft.phases[0].clone() });
        assert_eq!(Snapshot::take(&draft, &library).unwrap_err().iter().count(), 2);
    }

    #[test]
    fn a_session_sums_itself_up() {
        assert_eq!(session_words([].iter()), "no exercises yet");
        assert_eq!(session_words([dose(1, 10)].iter()), "1 exercise, about 1 minute");
        assert_eq!(session_words([dose(3, 10), dose(3, 10)].iter()), "2 exercises, about 9 minutes");
    }

    #[test]
    fn a_replaced_plan_stays_replaced() {
        assert!(State::Paused.may_follow(State::Running) && State::Running.may_follow(State::Paused));
        assert!(!State::Running.may_follow(State::Replaced) && !State::Replaced.may_follow(State::Running));
        assert!(!State::Running.may_follow(State::Running));
    }
}
