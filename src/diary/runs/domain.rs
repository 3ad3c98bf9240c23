//! What is said of a run: it is part of a session, which holds how it felt.

use chrono::NaiveDateTime;

use crate::text::words;

words! {
    /// What was run on.
    Surface {
        /// A road or pavement.
        Road = "road", "Road or pavement";
        /// A path of earth, gravel or bark.
        Path = "path", "Path, gravel or bark";
        /// A track of a sports ground.
        Track = "track", "Running track";
        /// A treadmill.
        Treadmill = "treadmill", "Treadmill";
        /// Grass.
        Grass = "grass", "Grass";
        /// Sand.
        Sand = "sand", "Sand";
        /// Rough ground.
        Trail = "trail", "Trail, uneven";
    }
}

/// One run, as it was done; what was not said is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The level of the ladder it was meant to be, if any.
    pub level: Option<i32>,
    /// Seconds of running in all.
    pub seconds: Option<i32>,
    /// Seconds of the longest stretch without walking.
    pub longest: Option<i32>,
    /// On what.
    pub surface: Option<Surface>,
    /// How steep, in tenths of a percent.
    pub incline: Option<i32>,
    /// Metres climbed.
    pub climb: Option<i32>,
    /// Seconds a kilometre, on average.
    pub pace: Option<i32>,
    /// Fast stretches.
    pub speed_reps: Option<i32>,
    /// Whether it was broken off for pain, and walked home.
    pub walked_home: bool,
    /// When it was first written down, in UTC.
    pub logged: NaiveDateTime,
}

impl Run {
    /// Whether both say the same, whenever it was written down.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        Self { logged: other.logged, ..self.clone() } == *other
    }

    /// What was run: "R3, 6 minutes, grass, 4 fast stretches".
    #[must_use]
    pub fn words(&self) -> String {
        let time = |seconds: i32| format!("{} min", super::form::minutes(seconds));
        let parts = [
            self.level.map(|level| format!("R{level}")),
            self.seconds.map(|seconds| format!("{} of running", time(seconds))),
            self.longest.map(|seconds| format!("longest {}", time(seconds))),
            self.surface.map(|surface| crate::text::lowered(surface.label())),
            self.incline.map(|tenths| format!("{}.{} % uphill", tenths / 10, tenths % 10)),
            self.climb.map(|metres| format!("{metres} m climbed")),
            self.pace.map(|seconds| format!("{} a kilometre", time(seconds))),
            self.speed_reps.filter(|fast| *fast > 0).map(|fast| format!("{fast} fast stretch{}", if fast == 1 { "" } else { "es" })),
            self.walked_home.then(|| "walked home".to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
