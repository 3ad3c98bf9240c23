//! What of a programme enters a plan or another programme: phases of their own, with the lower end of every span. Nothing leads back.

use super::Programmes;
use super::domain::{Item, Part, Phase, Probes, Programme, Step};
use crate::exercises::Library;
use crate::exercises::dose::{Dose, Frequency, Side, WEEK, Weekdays};
use crate::ids::{PhaseId, PrescriptionId};
use crate::patients::SoreSide;
use crate::plans::{DraftPhase, Prescription};

/// What of a programme is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The keys of its phases; all that are for everyone when it is empty.
    pub phases: Vec<String>,
    /// The keys of the probes that helped most; the usual pair when it is empty.
    pub probes: Vec<String>,
}

/// Who the copy is for.
#[derive(Clone, Copy)]
pub struct Copying<'a> {
    /// All programmes, with the ladder.
    pub programmes: &'a Programmes,
    /// The exercises.
    pub library: &'a Library,
    /// The patient's sore side; nothing when it is for nobody in particular.
    pub sore: Option<SoreSide>,
}

impl Copying<'_> {
    /// The phases of a programme that are taken, without numbers yet.
    #[must_use]
    pub fn phases(self, programme: &Programme, choice: &Choice) -> Vec<DraftPhase> {
        let wanted = |phase: &&Phase| {
            if choice.phases.is_empty() { phase.only_if.is_empty() } else { choice.phases.contains(&phase.key) }
        };
        programme.phases.iter().filter(wanted).map(|phase| self.phase(programme, phase, choice)).collect()
    }

    fn phase(self, programme: &Programme, phase: &Phase, choice: &Choice) -> DraftPhase {
        let mut prescriptions = self.probes(programme, phase, choice);
        prescriptions.extend(phase.items.iter().map(|item| self.prescription(phase, item)));
        prescriptions.extend(self.run(phase));
        let words: Vec<&str> = [&phase.purpose, &phase.warm_up].into_iter().chain(&phase.also).map(String::as_str).collect();
        DraftPhase {
            id: PhaseId(0),
            name: phase.name.clone(),
            purpose: words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" "),
            exit_criteria: String::new(),
            stage: Some(phase.step.stage()),
            entry: phase.entry.clone(),
            exit: phase.exit.clone(),
            programme: format!("{}/{}", programme.slug, phase.key),
            prescriptions,
        }
    }

    /// The sore side, where one side is; both in turn otherwise.
    fn sore_side(self) -> Side {
        match self.sore {
            Some(SoreSide::Left) => Side::Left,
            Some(SoreSide::Right) => Side::Right,
            _ => Side::Each,
        }
    }

    fn prescription(self, phase: &Phase, item: &Item) -> Prescription {
        let dose = item.to_begin(phase.often, self.sore_side());
        Prescription {
            id: PrescriptionId(0),
            exercise: item.exercise.clone(),
            dose,
            load: item.load.clone(),
            note: self.note(phase.step, item, dose.side),
            with_previous: false,
        }
    }

    /// The word to the patient: when, what the programme says, the extra round, and that it may be left out.
    fn note(self, step: Step, item: &Item, side: Side) -> String {
        let when = match item.part {
            Some(Part::Drills) => "Right before a run.",
            Some(Part::Speed) => "On your speed day.",
            Some(Part::Hill) => "On your hill day.",
            Some(Part::DayOne) => "On day 1 if you take turns.",
            Some(Part::DayTwo) => "On day 2 if you take turns.",
            None => "",
        };
        let strength = side == Side::Each && item.part.is_none_or(|part| matches!(part, Part::DayOne | Part::DayTwo));
        let extra = match (step.favours_sore_side() && strength, self.sore) {
            (true, Some(SoreSide::Left)) => "One round more on your left side.",
            (true, Some(SoreSide::Right)) => "One round more on your right side.",
            _ => "",
        };
        let optional = if item.optional { "You may leave this out." } else { "" };
        [when, &item.note, extra, optional].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The exercises of the probes a phase asks for.
    fn probes(self, programme: &Programme, phase: &Phase, choice: &Choice) -> Vec<Prescription> {
        let (Some(experiment), Some(probes)) = (&programme.experiment, phase.probes) else { return Vec::new() };
        let best = if choice.probes.is_empty() { &experiment.usual_pair } else { &choice.probes };
        let mut taken = Vec::new();
        match probes {
            Probes::OneADay => {
                for (probe, (day, ..)) in experiment.probes.iter().zip(WEEK) {
                    for item in &probe.items {
                        let planned = self.prescription(phase, item);
                        let dose = Dose { frequency: Frequency::On(Weekdays::default().with(day)), ..planned.dose };
                        let note = format!("{}: test before and after.", probe.name);
                        taken.push(Prescription { dose, note, ..planned });
                    }
                }
            }
            Probes::BestTwo => {
                let chosen = experiment.probes.iter().filter(|probe| best.contains(&probe.key));
                taken.extend(chosen.flat_map(|probe| &probe.items).map(|item| self.in_full(phase, item)));
            }
            Probes::NextTwo => {
                let others = experiment.probes.iter().filter(|probe| !best.contains(&probe.key)).take(2);
                taken.extend(others.flat_map(|probe| &probe.items).map(|item| self.in_full(phase, item)));
            }
        }
        // What everyone gets anyway is not given twice.
        taken.retain(|one| !phase.items.iter().any(|item| item.exercise == one.exercise));
        taken
    }

    /// A probe's exercise in the full dose of the library.
    fn in_full(self, phase: &Phase, item: &Item) -> Prescription {
        let planned = self.prescription(phase, item);
        let full = self.library.get(&item.exercise).map_or(planned.dose, crate::exercises::Exercise::to_begin);
        Prescription { dose: Dose { frequency: planned.dose.frequency, side: planned.dose.side, ..full }, ..planned }
    }

    /// The run–walk session of the first level a phase has.
    fn run(self, phase: &Phase) -> Option<Prescription> {
        let running = phase.running?;
        let level = self.programmes.ladder().level(running.from)?;
        let usual = self.library.get("run-walk")?.to_begin();
        let dose = level.dose(running.often.map_or(usual.frequency, super::Often::to_begin))?;
        let note = format!("Level {} of {}. {}", level.name(), running.to, level.words());
        Some(Prescription { id: PrescriptionId(0), exercise: "run-walk".to_owned(), dose, load: String::new(), note, with_previous: false })
    }
}
