//! What the invented patients were given: phases of exercises, after the programmes of the library.

use crate::exercises::dose::{Dose, Frequency};

/// A phase: name, why, what must be reached, exercises.
pub struct Phase {
    pub name: &'static str,
    pub purpose: &'static str,
    pub exit_criteria: &'static str,
    pub exercises: &'static [(&'static str, u16, u16)],
}

/// For a desk worker with a stiff, not irritable hip: phases 1 to 3, eight weeks (exercise, rounds, amount).
pub const DESK_WORKER: &[Phase] = &[
    Phase {
        name: "Loosen and notice",
        purpose: "We ease the stiff front of your hip and you learn to feel your deep core at work.",
        exit_criteria: "Core hold 8 times 10 seconds with calm breathing; three green sessions in a row; 45 minutes of sitting at 2 of 10 or less.",
        exercises: &[("half-kneeling-hip-flexor-stretch", 2, 30), ("glute-squeeze-prone", 2, 10), ("inner-core-activation", 2, 8)],
    },
    Phase {
        name: "Activate and strengthen",
        purpose: "Now the muscles behind and in front of the hip learn to share the work.",
        exit_criteria: "Bridge 3 times 15 and band lift 2 times 15, green twice; stairs and rising from a chair at 1 of 10 or less.",
        exercises: &[("prone-leg-lift", 2, 8), ("hip-bridge", 3, 10), ("band-hip-flexion-bent-knee", 2, 12), ("adductor-squeeze", 2, 6)],
    },
    Phase {
        name: "Load and keep",
        purpose: "You build the strength that keeps the hip calm in daily life.",
        exit_criteria: "Two weeks of daily life at 1 of 10 or less, and you trust your hip at 8 of 10 or more.",
        exercises: &[("single-leg-bridge", 3, 8), ("band-hip-flexion-straight-leg", 3, 10), ("split-squat", 2, 8), ("side-plank", 2, 20)],
    },
];

/// For a runner with an irritable hip: calm, then first loading.
pub const RUNNER_EARLY: &[Phase] = &[
    Phase {
        name: "Calm",
        purpose: "The front of your hip is easily stirred up. Holding still calms it, and running rests.",
        exit_criteria: "15 minutes of walking and stairs at 2 of 10 or less; no pain in the night.",
        exercises: &[("hip-flexion-isometric-supine", 1, 5), ("inner-core-activation", 2, 8), ("adductor-squeeze", 2, 5)],
    },
    Phase {
        name: "First loading",
        purpose: "The hip flexors get their first load, with the hip bent, where they tolerate it best.",
        exit_criteria: "30 minutes of brisk walking at 1 of 10 or less; band lift 3 times 15, green twice.",
        exercises: &[
            ("seated-knee-lift", 3, 12),
            ("band-hip-flexion-bent-knee", 2, 12),
            ("sit-to-stand-squat", 3, 10),
            ("calf-raise", 3, 15),
        ],
    },
];

/// For a runner on the way back: strength, and the first run–walk sessions.
pub const RUNNER_LATE: &[Phase] = &[Phase {
    name: "Start running",
    purpose: "Your hip passed the tests. Short runs with walks between them, on alternate days, and strength to carry them.",
    exit_criteria: "20 minutes of easy running in one go, green twice.",
    exercises: &[("lunge-to-knee-drive", 3, 8), ("single-leg-bridge", 3, 12), ("lateral-step-down", 3, 8), ("run-walk", 4, 300)],
}];

/// The library's dose with the programme's rounds and amount, three times a week.
pub fn dose(usual: Dose, sets: u16, amount: u16) -> Dose {
    Dose { sets, amount, frequency: Frequency::Weekly(3), ..usual }
}
