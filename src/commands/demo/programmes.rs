//! What the invented patients were given: a few exercises of phases of the programmes of the house.

/// A phase of a programme: its key, and the exercises that were taken of it.
pub struct Taken {
    pub key: &'static str,
    pub exercises: &'static [&'static str],
}

/// A programme and what was taken of it.
pub struct Given {
    pub programme: &'static str,
    pub phases: &'static [Taken],
}

/// For a desk worker with a stiff, not irritable hip.
pub const DESK_WORKER: Given = Given {
    programme: "iliopsoas-desk-worker",
    phases: &[
        Taken { key: "loosen", exercises: &["half-kneeling-hip-flexor-stretch", "glute-squeeze-prone", "inner-core-activation"] },
        Taken { key: "strengthen", exercises: &["prone-leg-lift", "hip-bridge", "seated-knee-lift", "adductor-squeeze"] },
        Taken { key: "load", exercises: &["single-leg-bridge", "band-hip-flexion-straight-leg", "sit-to-stand-squat", "side-plank"] },
    ],
};

/// For a runner with an irritable hip.
pub const RUNNER_EARLY: Given = Given {
    programme: "runner-early",
    phases: &[
        Taken { key: "calm", exercises: &["hip-flexion-isometric-supine", "inner-core-activation", "adductor-squeeze"] },
        Taken { key: "first-loading", exercises: &["seated-knee-lift", "band-hip-flexion-bent-knee", "sit-to-stand-squat", "calf-raise"] },
    ],
};

/// For a runner on the way back.
pub const RUNNER_LATE: Given = Given {
    programme: "runner-late-return",
    phases: &[Taken { key: "start", exercises: &["lunge-to-knee-drive", "single-leg-bridge", "lateral-step-down", "run-walk"] }],
};
