//! What the rules say.

use super::super::domain::Draft;
use crate::exercises::{Exercise, Gate, Impact, Library, Purpose, Stage};
use crate::ids::{PhaseId, PrescriptionId};
use crate::patients::{Flag, Standing};

/// The smallest angle of an irritable hip in an early phase, in degrees: no further back than in line with the trunk.
const LEAST_HIP: i32 = 0;
/// The widest an irritable straight hip goes outwards in an early phase, in degrees.
const WIDEST_STRAIGHT: i32 = 10;
/// The same with a bent hip.
const WIDEST_BENT: i32 = 30;

/// What may warn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Early only in its reduced form.
    GateB,
    /// From the middle stage; mobility earlier where stiffness leads.
    GateC,
    /// In the late stage only.
    GateD,
    /// Early and irritable: no extension beyond neutral.
    EarlyExtension,
    /// Early and irritable: hardly any abduction with a straight hip.
    EarlyAbduction,
    /// Early and irritable: little abduction with a bent hip.
    EarlyFlexedAbduction,
    /// No running, hopping or springing before the readiness list.
    Running,
    /// A condition of the patient.
    Condition(Flag),
}

impl Rule {
    /// The word kept in forms and in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::GateB => "gate-b",
            Self::GateC => "gate-c",
            Self::GateD => "gate-d",
            Self::EarlyExtension => "early-extension",
            Self::EarlyAbduction => "early-abduction",
            Self::EarlyFlexedAbduction => "early-flexed-abduction",
            Self::Running => "running",
            Self::Condition(flag) => flag.word(),
        }
    }

    /// What it is called on a page.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::GateB => "gate B",
            Self::GateC => "gate C",
            Self::GateD => "gate D",
            Self::EarlyExtension | Self::EarlyAbduction | Self::EarlyFlexedAbduction => "early-stage rule",
            Self::Running => "running rule",
            Self::Condition(_) => "condition",
        }
    }

    /// What it rests on, in one sentence. Limits and lists that nobody published are said to be ours.
    #[must_use]
    pub fn source(self) -> &'static str {
        match self {
            Self::GateB | Self::GateD => "The stages and gates are our proposal.",
            Self::GateC => {
                "The stages and gates are our proposal; to begin with release and stretching where stiffness leads is usual practice."
            }
            Self::EarlyExtension | Self::EarlyAbduction | Self::EarlyFlexedAbduction => {
                "Advice of physiotherapists who treat runners: the tendon may be pressed against the bone there, which is plausible and not \
                 tested (Cook and Purdam 2012; Lewis and others 2007); the limits in degrees are our proposal."
            }
            Self::Running => {
                "Advice of physiotherapists who treat runners; the readiness list is our proposal, after published criteria (Int J Sports \
                 Phys Ther 2022, PhysioAdvisor, Louw)."
            }
            Self::Condition(_) => "Usual clinical caution; which exercises it concerns is our proposal.",
        }
    }
}

/// What one rule says of an exercise in a phase of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The stage it was held against; nothing where the stage does not matter.
    pub stage: Option<Stage>,
    /// The reason, for the physio.
    pub words: String,
}

/// What a rule says of a part of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The exercise of the draft it is about.
    pub prescription: PrescriptionId,
    /// The slug of that exercise.
    pub exercise: String,
    /// The phase that exercise is in.
    pub phase: PhaseId,
    /// What is said, and by which rule.
    pub finding: Finding,
}

/// Everything the rules say of a draft for a patient who stands like this, in the order of the draft. A phase without a stage is held
/// against conditions alone; an exercise the library no longer has is not held against anything.
#[must_use]
pub fn warnings(draft: &Draft, standing: &Standing, library: &Library) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for phase in &draft.phases {
        for prescription in &phase.prescriptions {
            let Some(exercise) = library.get(&prescription.exercise) else { continue };
            warnings.extend(findings(exercise, phase.stage, standing).into_iter().map(|finding| Warning {
                prescription: prescription.id,
                exercise: exercise.slug.clone(),
                phase: phase.id,
                finding,
            }));
        }
    }
    warnings
}

/// Everything the rules say of one exercise in a phase of this stage.
#[must_use]
pub fn findings(exercise: &Exercise, stage: Option<Stage>, standing: &Standing) -> Vec<Finding> {
    let of_stage = stage.map(|stage| stage_findings(exercise, stage, standing)).unwrap_or_default();
    let conditions = exercise.flags.iter().filter(|flag| standing.conditions.contains(flag)).map(|flag| Finding {
        rule: Rule::Condition(*flag),
        stage: None,
        words: format!("With {}: {}.", flag.label(), flag.caution()),
    });
    of_stage.into_iter().chain(conditions).collect()
}

fn stage_findings(exercise: &Exercise, stage: Stage, standing: &Standing) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(gate(exercise, stage, standing));
    if stage == Stage::Early && standing.irritable == Some(true) {
        found.extend(early(exercise));
    }
    found.extend(running(exercise, stage));
    found.into_iter().map(|(rule, words)| Finding { rule, stage: Some(stage), words }).collect()
}

fn gate(exercise: &Exercise, stage: Stage, standing: &Standing) -> Option<(Rule, String)> {
    let says = |words: &str| {
        let rule = exercise.stage_rule.trim();
        if rule.is_empty() { format!("{words}.") } else { format!("{words}. Its stage rule: {rule}") }
    };
    match (exercise.gate?, stage) {
        (Gate::B, Stage::Early) => Some((Rule::GateB, says("In an early phase only in a reduced form"))),
        (Gate::C, Stage::Early) if is_mobility(exercise) && standing.stiffness_route => None,
        (Gate::C, Stage::Early) if is_mobility(exercise) => {
            let words = "For the middle stage on, and this phase is early; sooner only where stiffness leads and the hip is not irritable";
            Some((Rule::GateC, says(words)))
        }
        (Gate::C, Stage::Early) => Some((Rule::GateC, says("For the middle stage on, and this phase is early"))),
        (Gate::D, Stage::Early) => Some((Rule::GateD, says("For the late stage only, and this phase is early"))),
        (Gate::D, Stage::Mid) => Some((Rule::GateD, says("For the late stage only, and this phase is of the middle stage"))),
        _ => None,
    }
}

/// Whether it wins movement, and no strength: what the stiffness route lets in.
fn is_mobility(exercise: &Exercise) -> bool {
    exercise.purposes.contains(&Purpose::Mobility) && !exercise.purposes.contains(&Purpose::Strength)
}

/// The early-stage rule of an irritable hip, held against the positions of the drawing.
fn early(exercise: &Exercise) -> Vec<(Rule, String)> {
    let limits = exercise.limits();
    let back = limits.min_hip.filter(|angle| *angle < LEAST_HIP).map(|angle| {
        let words =
            format!("An irritable hip stays in front of the trunk in an early phase; this movement takes the thigh {}° behind it.", -angle);
        (Rule::EarlyExtension, words)
    });
    let wide = |found: Option<i32>, widest: i32, rule: Rule, how: &str| {
        found.filter(|angle| *angle > widest).map(|angle| {
            let words =
                format!("An irritable hip opens {widest}° at most with {how} in an early phase; this movement takes it {angle}° out.");
            (rule, words)
        })
    };
    let straight = wide(limits.max_abduction_straight, WIDEST_STRAIGHT, Rule::EarlyAbduction, "the hip straight");
    let bent = wide(limits.max_abduction_flexed, WIDEST_BENT, Rule::EarlyFlexedAbduction, "the hip bent");
    [back, straight, bent].into_iter().flatten().collect()
}

fn running(exercise: &Exercise, stage: Stage) -> Option<(Rule, String)> {
    let runs = exercise.purposes.contains(&Purpose::Running);
    let springs = exercise.impact == Some(Impact::High) || exercise.purposes.contains(&Purpose::Plyometric);
    if stage == Stage::Late || !(runs || springs) {
        return None;
    }
    let words = if runs {
        "No running before the readiness list is met, which belongs to the late stage; only easy, flat running that never had to stop may go \
         on, without speed and hills."
    } else {
        "No hopping and no springing before the readiness list is met, which belongs to the late stage."
    };
    Some((Rule::Running, words.to_owned()))
}
