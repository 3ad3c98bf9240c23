//! What a programme of the house is: phases with criteria and doses, and what its file says besides.

use super::rulebook::Thresholds;
use crate::exercises::dose::{Dose, Frequency, Per, Recommended, Side, Span, Weekdays};
use crate::exercises::{Audience, Reference, Stage};
use crate::plans::Criterion;
use crate::text::words;

words! {
    /// How far along a phase is.
    Step {
        /// Calm down, first loading.
        Early = "early", "Early";
        /// Strength, and range bit by bit.
        Mid = "mid", "Middle";
        /// Full range, speed, running.
        Late = "late", "Late";
        /// Afterwards.
        Keep = "keep", "Keep up";
    }
}

impl Step {
    /// The stage whose rules hold: who keeps up has the late stage behind them.
    #[must_use]
    pub fn stage(self) -> Stage {
        match self {
            Self::Early => Stage::Early,
            Self::Mid => Stage::Mid,
            Self::Late | Self::Keep => Stage::Late,
        }
    }

    /// Whether the sore side gets one round more than the other (our proposal): from the middle stage until all is well.
    #[must_use]
    pub fn favours_sore_side(self) -> bool {
        matches!(self, Self::Mid | Self::Late)
    }
}

words! {
    /// The part of a week or a session an exercise belongs to.
    Part {
        /// Right before a run.
        Drills = "drills", "Drills, right before a run";
        /// The day of fast running.
        Speed = "speed", "Speed day";
        /// The day of hills.
        Hill = "hill", "Hill day";
        /// The first of two sessions that take turns.
        DayOne = "day-1", "Day 1";
        /// The second of them.
        DayTwo = "day-2", "Day 2";
    }
}

words! {
    /// Which probes of the experiment a phase is made of.
    Probes {
        /// All of them, one on each day.
        OneADay = "one-a-day", "one probe a day";
        /// The two that helped most.
        BestTwo = "best-two", "the two probes that helped most";
        /// The two that come next.
        NextTwo = "next-two", "the next two probes";
    }
}

/// Which side an exercise of a programme is done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// This one, for everyone.
    Side(Side),
    /// The patient's sore side.
    Sore,
}

/// How often, as a programme says it: a span has to be settled by the physio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Often {
    /// So many times.
    Times(Span, Per),
    /// On these days of the week.
    On(Weekdays),
    /// Every other day.
    OtherDay,
}

impl Often {
    /// What a plan begins with: the lower end.
    #[must_use]
    pub fn to_begin(self) -> Frequency {
        match self {
            Self::Times(times, Per::Day) => Frequency::Daily(times.low),
            Self::Times(times, Per::Week) => Frequency::Weekly(times.low),
            Self::On(days) => Frequency::On(days),
            Self::OtherDay => Frequency::EveryOtherDay,
        }
    }

    /// In words: "3–4 times a week".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Times(times, per) if times.low != times.high => format!("{times} times a {}", per.word()),
            _ => self.to_begin().words(),
        }
    }
}

/// One exercise of a programme, with its dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The slug of the exercise.
    pub exercise: String,
    /// How much, with spans.
    pub dose: Recommended,
    /// Which side.
    pub side: Whose,
    /// How often, when it differs from its phase.
    pub often: Option<Often>,
    /// The part of the week or session it belongs to.
    pub part: Option<Part>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Against what; may be empty.
    pub load: String,
    /// A word to the patient; may be empty.
    pub note: String,
    /// What comes after it when it has become easy.
    pub then: Option<Box<Item>>,
    /// What may be given in its place.
    pub or: Option<Box<Item>>,
}

impl Item {
    /// The dose a plan begins with, for a patient whose sore side is done with `sore`.
    #[must_use]
    pub fn to_begin(&self, phase: Option<Often>, sore: Side) -> Dose {
        let side = match self.side {
            Whose::Side(side) => side,
            Whose::Sore => sore,
        };
        let dose = self.dose.to_begin(side);
        match self.often.or(phase) {
            Some(often) => Dose { frequency: often.to_begin(), ..dose },
            None => dose,
        }
    }

    /// The dose in a sentence, with spans where it has them.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.side {
            Whose::Side(side) => self.dose.sentence(side),
            Whose::Sore => self.dose.sentence(Side::Left).replace("your left side", "the sore side"),
        }
    }

    /// How often, in words, in a phase that says `phase` of all its exercises; nothing when that goes without saying.
    #[must_use]
    pub fn frequency(&self, phase: Option<Often>) -> Option<String> {
        match (self.often, phase) {
            (Some(often), phase) if Some(often) != phase => Some(often.words()),
            (None, None) => self.dose.frequency(),
            _ => None,
        }
    }
}

/// How long a phase lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many weeks.
    Weeks(Span),
    /// So many days.
    Days(Span),
}

impl Length {
    /// "1–2 weeks"
    #[must_use]
    pub fn words(self) -> String {
        let (span, unit) = match self {
            Self::Weeks(span) => (span, "week"),
            Self::Days(span) => (span, "day"),
        };
        format!("{span} {unit}{}", if span.high == 1 { "" } else { "s" })
    }
}

/// The levels of the run–walk ladder that belong to a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// The first level.
    pub from: u16,
    /// The last level.
    pub to: u16,
    /// How often; nothing where the levels say it.
    pub often: Option<Often>,
}

/// A part of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Its name in addresses and files.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How far along it is.
    pub step: Step,
    /// For whom it is, when not for everyone; for staff.
    pub only_if: String,
    /// How long it lasts, when that can be said.
    pub length: Option<Length>,
    /// Why, for the patient.
    pub purpose: String,
    /// How to warm up, for the patient.
    pub warm_up: String,
    /// What belongs to it besides its exercises, for the patient.
    pub also: Vec<String>,
    /// How often its exercises are done, unless they say otherwise.
    pub often: Option<Often>,
    /// How long a session takes, in minutes.
    pub minutes: Option<Span>,
    /// What must be true to begin it; empty: the phase before is finished.
    pub entry: Vec<Criterion>,
    /// What must be reached to leave it.
    pub exit: Vec<Criterion>,
    /// Its levels of the run–walk ladder.
    pub running: Option<Running>,
    /// Its probes, where the programme has an experiment.
    pub probes: Option<Probes>,
    /// The slugs of the tests that belong to it, and when they are done.
    pub tests: (Vec<String>, String),
    /// What is new in it, in a programme that is read as a table of weeks.
    pub new: String,
    /// The slug of the programme whose first phase lends its exercises.
    pub same_as: Option<String>,
    /// Its exercises, in order.
    pub items: Vec<Item>,
}

/// One thing to try in an experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Its name in addresses and files.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What is done.
    pub items: Vec<Item>,
}

/// Test, do one thing, test again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    /// The slug of the test.
    pub test: String,
    /// The key of the measure that is compared.
    pub measure: String,
    /// From what change on it counts.
    pub counts: u16,
    /// The key of the feeling, 0 to 10, that is compared.
    pub feeling: String,
    /// From what change on it counts.
    pub feeling_counts: u16,
    /// Minutes each day takes.
    pub minutes: u16,
    /// Minutes of warming up before the first test.
    pub warm_up: u16,
    /// Minutes within which the test is done again.
    pub again_within: u16,
    /// The keys of the two probes to take when nothing else is known.
    pub usual_pair: Vec<String>,
    /// What is tried, in order.
    pub probes: Vec<Probe>,
}

impl Experiment {
    /// The probe with this key.
    #[must_use]
    pub fn probe(&self, key: &str) -> Option<&Probe> {
        self.probes.iter().find(|probe| probe.key == key)
    }
}

/// If this happens, then that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// What happens.
    pub when: String,
    /// What is done.
    pub does: String,
    /// How many levels down on the ladder.
    pub levels: Option<u16>,
    /// Where to: the slug of a programme, or slug and phase.
    pub to: Option<String>,
}

/// A programme of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its number, which gives the order of lists.
    pub number: u16,
    /// Its name in addresses; the name of its file.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// One sentence: what it does.
    pub summary: String,
    /// For whom it is.
    pub who: String,
    /// For whom it is, to filter by.
    pub audiences: Vec<Audience>,
    /// How many weeks it takes, when that can be said.
    pub weeks: Option<Span>,
    /// Whether it is read as a table of weeks.
    pub weekly: bool,
    /// Why mobility of gate C may begin in the early stage; empty when it may not.
    pub stiffness_route: String,
    /// What it rests on.
    pub basis: String,
    /// Its phases, in order; never empty.
    pub phases: Vec<Phase>,
    /// Its experiment, if it has one.
    pub experiment: Option<Experiment>,
    /// What to do when something happens.
    pub turns: Vec<Turn>,
    /// Where the rules of proposals begin to speak in it.
    pub rules: Thresholds,
    /// Notes for staff, in Markdown.
    pub notes: String,
    /// What has been written about it.
    pub references: Vec<Reference>,
}

impl Programme {
    /// The phase with this key.
    #[must_use]
    pub fn phase(&self, key: &str) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.key == key)
    }

    /// The address of its page for staff.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/clinic/programmes/{}", self.slug)
    }

    /// "6–12 weeks"; nothing where there is no end.
    #[must_use]
    pub fn duration(&self) -> Option<String> {
        self.weeks.map(|weeks| Length::Weeks(weeks).words())
    }

    /// All exercises it names, alternatives included.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let of_probes = self.experiment.iter().flat_map(|experiment| &experiment.probes).flat_map(|probe| &probe.items);
        let named = self.phases.iter().flat_map(|phase| &phase.items).chain(of_probes);
        named.flat_map(|item| [Some(item), item.then.as_deref(), item.or.as_deref()].into_iter().flatten())
    }
}
