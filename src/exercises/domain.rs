//! What an exercise is.

use std::sync::Arc;

use super::dose::{Dose, Frequency, Recommended, Side, Work};
use super::figure::PoseLimits;
use super::{Area, Drawing, Drawings, Equipment, Flag, Half, Need, Origin, Own, Reference, Region};
use crate::text::words;

words! {
    /// The stage of recovery an exercise belongs to.
    Stage {
        /// While the hip is easily irritated.
        Early = "early", "Early";
        /// While strength and range come back.
        Mid = "mid", "Middle";
        /// Before and during the return to sport.
        Late = "late", "Late";
    }
}

words! {
    /// When a physio may give this exercise; shown to staff only.
    Gate {
        /// In every stage.
        A = "A", "in every stage";
        /// Early only in the reduced form of the stage rule, in full from the middle stage.
        B = "B", "early only in its reduced form";
        /// From the middle stage; earlier only where the stage rule says so.
        C = "C", "from the middle stage";
        /// In the late stage only.
        D = "D", "in the late stage only";
    }
}

words! {
    /// Where the drawing is seen from.
    View {
        /// From the side.
        Side = "side", "from the side";
        /// From the front.
        Front = "front", "from the front";
        /// From above.
        Top = "top", "from above";
    }
}

words! {
    /// What an exercise is good for, in the order of a course of treatment.
    Purpose {
        /// Calms tense tissue.
        Release = "soft-tissue release", "Ease tense spots";
        /// Learns to breathe low.
        Breathing = "breathing", "Breathe";
        /// Finds a muscle again.
        Activation = "activation", "Wake muscles up";
        /// Wins movement.
        Mobility = "mobility", "Move further";
        /// Wins control.
        Control = "control", "Move with control";
        /// Wins balance.
        Balance = "balance", "Keep your balance";
        /// Wins strength.
        Strength = "strength", "Get stronger";
        /// Learns to land and spring.
        Plyometric = "plyometric", "Hop and spring";
        /// Practises parts of running.
        RunningDrill = "running drill", "Practise running";
        /// Runs.
        Running = "running", "Run again";
        /// Shows where you stand.
        Test = "test", "Test yourself";
    }
}

words! {
    /// What carries the resistance.
    Load {
        /// Nothing to speak of.
        None = "none", "no load";
        /// One's own weight.
        Body = "body", "body weight";
        /// A band.
        Band = "band", "band";
        /// A weight.
        Weight = "weight", "weight";
    }
}

words! {
    /// How hard feet meet the ground.
    Impact {
        /// Not at all.
        None = "none", "no impact";
        /// A little.
        Low = "low", "low impact";
        /// As in running and jumping.
        High = "high", "high impact";
    }
}

words! {
    /// Whom an exercise suits above others: those in whose programmes it stands.
    Audience {
        /// People who run.
        Runners = "runners", "runners";
        /// People who sit at work.
        DeskWorkers = "desk-workers", "desk workers";
    }
}

/// One position of the body, in the notation of the drawings.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pose {
    /// View and joint angles: "side | trunk +0 | near leg 0/90/-90 | …". Never empty.
    pub pose: String,
    /// What touches the ground or a prop.
    pub contact: Vec<String>,
    /// Things drawn with the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<String>,
    /// What the notation does not say; for those who draw, never shown.
    #[serde(default, skip_serializing)]
    pub note: String,
}

/// One exercise of the library. Those of the house say everything; one that was imported may lack what its collection does not say:
/// nothing is invented for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Its number in the library, which gives the order of lists: those of the house come first.
    pub number: u32,
    /// Its name in addresses and links; the name of its file.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// One sentence: what you do and what it is good for.
    pub summary: String,
    /// How to do it, step by step. Empty only where a collection has none.
    pub steps: Vec<String>,
    /// What to say to yourself.
    pub cues: Vec<String>,
    /// Common mistakes.
    pub mistakes: Vec<String>,
    /// With what to be careful.
    pub precautions: String,
    /// When to stop; empty when the precautions say it all.
    pub when_to_stop: String,
    /// Muscles and places it works on.
    pub regions: Vec<Region>,
    /// What it is good for; the first is the main one. Empty only where a collection does not say it.
    pub purposes: Vec<Purpose>,
    /// What kind of exercise it is, where one word helps; empty otherwise.
    pub kind: String,
    /// The stage it belongs to.
    pub stage: Option<Stage>,
    /// What must be true before it is given; for staff.
    pub gate: Option<Gate>,
    /// The rule of its stage in words; for staff.
    pub stage_rule: String,
    /// What one needs.
    pub equipment: Vec<Need>,
    /// How the body lies, sits or stands.
    pub position: String,
    /// Whether it belongs to the few that most plans begin with.
    pub core: bool,
    /// Which side works, unless a plan says otherwise.
    pub side: Side,
    /// Slugs of easier exercises.
    pub easier: Vec<String>,
    /// Slugs of harder exercises.
    pub harder: Vec<String>,
    /// Conditions with which it needs a second thought.
    pub flags: Vec<Flag>,
    /// What carries the resistance.
    pub load: Option<Load>,
    /// How hard feet meet the ground.
    pub impact: Option<Impact>,
    /// Whom it suits above others; empty when that is everyone or nobody in particular.
    pub audiences: Vec<Audience>,
    /// What the exercise and its dose rest on, in one sentence.
    pub basis: String,
    /// Where the drawing is seen from.
    pub view: View,
    /// The position it starts in.
    pub start: Option<Pose>,
    /// The position it ends in.
    pub end: Option<Pose>,
    /// How it is drawn; nothing without positions.
    pub drawings: Option<Arc<Drawings>>,
    /// The dose to begin with; doses are never invented.
    pub recommended: Option<Recommended>,
    /// What has been written about it.
    pub references: Vec<Reference>,
    /// Where it comes from.
    pub origin: Origin,
    /// Photos and films that show it, by their numbers.
    pub media: Vec<i64>,
    /// The slug of the exercise it was copied from.
    pub copied_from: Option<String>,
    /// Who wrote it and when; the files of the house do not say it.
    pub own: Option<Own>,
}

impl Exercise {
    /// An exercise of the clinic that says nothing yet but its name; [`add`](super::add) gives it its slug.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            number: 0,
            slug: String::new(),
            name: name.to_owned(),
            summary: String::new(),
            steps: Vec::new(),
            cues: Vec::new(),
            mistakes: Vec::new(),
            precautions: String::new(),
            when_to_stop: String::new(),
            regions: Vec::new(),
            purposes: Vec::new(),
            kind: String::new(),
            stage: None,
            gate: None,
            stage_rule: String::new(),
            equipment: Vec::new(),
            position: String::new(),
            core: false,
            side: Side::Together,
            easier: Vec::new(),
            harder: Vec::new(),
            flags: Vec::new(),
            load: None,
            impact: None,
            audiences: Vec::new(),
            basis: String::new(),
            view: View::Side,
            start: None,
            end: None,
            drawings: None,
            recommended: None,
            references: Vec::new(),
            origin: Origin::Clinic,
            media: Vec::new(),
            copied_from: None,
            own: None,
        }
    }

    /// A copy for the clinic to change; it says what it was copied from.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self { origin: Origin::Clinic, number: 0, core: false, copied_from: Some(self.slug.clone()), own: None, ..self.clone() }
    }

    /// The drawing with this half of the body at work.
    #[must_use]
    pub fn drawing(&self, half: Half) -> Option<&Drawing> {
        self.drawings.as_ref().map(|drawings| drawings.with(half).as_ref())
    }

    /// How far it takes the working hip, as its positions say; nothing is known of an exercise without positions.
    #[must_use]
    pub fn limits(&self) -> PoseLimits {
        self.drawings.as_ref().map(|drawings| drawings.limits).unwrap_or_default()
    }

    /// The usual dose as one sentence: "8–10 times, rest 60 seconds; 2–3 rounds on each side".
    #[must_use]
    pub fn dose_sentence(&self) -> String {
        self.recommended.as_ref().map(|dose| dose.sentence(self.side)).unwrap_or_default()
    }

    /// How often it is usually done, in words: "3 times a week".
    #[must_use]
    pub fn frequency(&self) -> Option<String> {
        self.recommended.as_ref().and_then(Recommended::frequency)
    }

    /// The dose a prescription begins with. Where the exercise has none of its own, it is the one an empty form holds, and not from its
    /// source.
    #[must_use]
    pub fn to_begin(&self) -> Dose {
        let empty = Dose {
            sets: 2,
            work: Work::Reps,
            amount: 10,
            hold: None,
            rest: None,
            side: self.side,
            frequency: Frequency::Weekly(3),
            tempo: None,
        };
        self.recommended.as_ref().map_or(empty, |dose| dose.to_begin(self.side))
    }

    /// The main thing it is good for.
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose> {
        self.purposes.first().copied()
    }

    /// The words for its stage; empty when it has none.
    #[must_use]
    pub fn stage_words(&self) -> &'static str {
        self.stage.map_or("", Stage::label)
    }

    /// Whether it belongs to the house, so that the public sees it.
    #[must_use]
    pub fn is_house(&self) -> bool {
        self.origin == Origin::House
    }

    /// Whether it has been put away: plans that name it keep it, nobody finds it any more.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.archived.is_some())
    }

    /// What it works on, in words: "front of the hip (iliopsoas), buttock (gluteus maximus)".
    #[must_use]
    pub fn works(&self) -> String {
        self.regions.iter().map(|region| region.label()).collect::<Vec<_>>().join(", ")
    }

    /// What one needs, in words: "mat, weight (later)"; empty when nothing.
    #[must_use]
    pub fn needs(&self) -> String {
        Need::all(&self.equipment)
    }

    /// Whether it works on this area.
    #[must_use]
    pub fn works_on(&self, area: Area) -> bool {
        self.regions.iter().any(|region| region.area() == area)
    }

    /// Whether this thing is of use for it.
    #[must_use]
    pub fn uses(&self, thing: Equipment) -> bool {
        self.equipment.iter().any(|need| need.any.contains(&thing))
    }

    /// The address of its public page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/exercises/{}", self.slug)
    }
}

/// An article that names an exercise; given by the articles, shown on the page of the exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Slug of the exercise.
    pub exercise: String,
    /// Title of the article.
    pub title: String,
    /// Path of the article.
    pub path: String,
}
