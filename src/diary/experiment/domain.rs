//! What an experiment holds.

use chrono::{NaiveDate, NaiveDateTime};

use crate::diary::LoggedSide;
use crate::ids::ExperimentId;
use crate::text::words;

words! {
    /// In which order the probes come.
    Ordering {
        /// That of the programme.
        Fixed = "fixed", "in the order of the programme";
        /// Drawn by lot, and kept as it was drawn.
        Shuffled = "shuffled", "drawn by lot";
    }
}

words! {
    /// How an experiment ended.
    Outcome {
        /// It helped.
        KeepUp = "keep-up", "It is better: on to the keep-up plan";
        /// Nothing changed.
        Review = "review", "Unchanged: a review of training load, sitting and other causes";
        /// Pain went up.
        Assessment = "assessment", "Pain went up: the early stage, or an examination";
        /// It was left off.
        Stopped = "stopped", "Left off before its end";
    }
}

/// When something is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// Day 0.
    Baseline,
    /// Before the probe with this key.
    Before(String),
    /// Within two minutes after it.
    After(String),
    /// Day 14.
    Fortnight,
    /// The day after day 14: whether it held.
    FortnightHeld,
    /// Day 28.
    Final,
    /// The day after day 28: whether it held.
    FinalHeld,
}

impl Moment {
    /// The word kept in forms and the database.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Baseline => "baseline".to_owned(),
            Self::Before(probe) => format!("before-{probe}"),
            Self::After(probe) => format!("after-{probe}"),
            Self::Fortnight => "day-14".to_owned(),
            Self::FortnightHeld => "day-15".to_owned(),
            Self::Final => "day-28".to_owned(),
            Self::FinalHeld => "day-29".to_owned(),
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "baseline" => Some(Self::Baseline),
            "day-14" => Some(Self::Fortnight),
            "day-15" => Some(Self::FortnightHeld),
            "day-28" => Some(Self::Final),
            "day-29" => Some(Self::FinalHeld),
            _ => {
                let before = word.strip_prefix("before-").map(|probe| Self::Before(probe.to_owned()));
                before.or_else(|| word.strip_prefix("after-").map(|probe| Self::After(probe.to_owned())))
            }
        }
    }

    /// Whether the holds are timed besides the Thomas test: on day 0 and at the tests of days 14 and 28.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Baseline | Self::Fortnight | Self::Final)
    }

    /// "Day 14"
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Baseline => "Day 0".to_owned(),
            Self::Before(_) => "Before".to_owned(),
            Self::After(_) => "After".to_owned(),
            Self::Fortnight => "Day 14".to_owned(),
            Self::FortnightHeld => "The day after day 14".to_owned(),
            Self::Final => "Day 28".to_owned(),
            Self::FinalHeld => "The day after day 28".to_owned(),
        }
    }
}

/// What was measured at one moment; every number may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// When.
    pub moment: Moment,
    /// The day.
    pub day: NaiveDate,
    /// Angle of the left thigh to the level, in degrees, minus below it.
    pub left_angle: Option<i32>,
    /// Angle of the right thigh.
    pub right_angle: Option<i32>,
    /// Whether the low back stayed flat; without it the angles are not compared.
    pub back_flat: Option<bool>,
    /// How tight it feels, 0 to 10.
    pub tightness: Option<i32>,
    /// Pain in daily life, 0 to 10.
    pub pain: Option<i32>,
    /// Single-leg bridge, left and right, in seconds.
    pub bridge: (Option<i32>, Option<i32>),
    /// Side plank, left and right, in seconds.
    pub plank: (Option<i32>, Option<i32>),
}

impl Reading {
    /// The angle of a side, where it may be compared.
    #[must_use]
    pub fn angle(&self, side: LoggedSide) -> Option<i32> {
        let angle = if side == LoggedSide::Right { self.right_angle } else { self.left_angle };
        angle.filter(|_| self.back_flat == Some(true))
    }
}

/// What a physio decided on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The keys of the two probes that become the personal pair.
    pub pair: Vec<String>,
    /// Why.
    pub words: String,
    /// Who.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// With what.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// A guided experiment.
#[derive(Debug, Clone)]
pub struct Experiment {
    /// Its number.
    pub id: ExperimentId,
    /// The side it is judged by.
    pub side: LoggedSide,
    /// How the order of the probes came about.
    pub ordering: Ordering,
    /// The keys of the probes, in their order.
    pub probes: Vec<String>,
    /// The day it was begun.
    pub begun: NaiveDate,
    /// What was measured, the newest of each moment, oldest first.
    pub readings: Vec<Reading>,
    /// The personal pair, once a physio has decided.
    pub decision: Option<Decision>,
    /// How it ended; nothing while it runs.
    pub ended: Option<End>,
}

impl Experiment {
    /// What was measured at a moment.
    #[must_use]
    pub fn at(&self, moment: &Moment) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.moment == *moment)
    }

    /// "Day 4 of the experiment: 3 of 5 tried"
    #[must_use]
    pub fn in_words(&self, today: NaiveDate) -> String {
        format!("Day {} of the experiment: {} of {} tried", self.day(today), self.results().len(), self.probes.len())
    }

    /// Days since day 0, which is the day of the first test.
    #[must_use]
    pub fn day(&self, today: NaiveDate) -> i64 {
        (today - self.at(&Moment::Baseline).map_or(today, |reading| reading.day)).num_days()
    }
}
