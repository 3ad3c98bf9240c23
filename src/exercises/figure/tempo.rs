//! Tempo: how long a movement takes on its way there, at its end, and on its way back.

use std::fmt::Write;

use super::drawing::MOMENTS;
use super::shape::Short;

/// Seconds of the parts of one repetition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tempo {
    /// On the way.
    pub there: f64,
    /// At the end.
    pub hold: f64,
    /// On the way back.
    pub back: f64,
    /// At the start, before the next.
    pub rest: f64,
}

impl Default for Tempo {
    /// Unhurried: two seconds there, one held, two back.
    fn default() -> Self {
        Self { there: 2.0, hold: 1.0, back: 2.0, rest: 0.8 }
    }
}

impl Tempo {
    /// From words such as "2-1-3" (seconds there, held, back), "static", "brisk"; unhurried where they say nothing of the kind.
    #[must_use]
    pub fn read(words: &str) -> Self {
        let first = words.split([' ', ',', ';', '(']).next().unwrap_or_default();
        let numbers: Vec<f64> =
            first.split(['-', '–']).filter_map(|part| part.parse().ok()).filter(|seconds| (0.0..=20.0).contains(seconds)).collect();
        let lower = words.to_lowercase();
        let says = |any: &[&str]| any.iter().any(|word| lower.contains(word));
        match numbers.as_slice() {
            [there, hold, back] => Self { there: there.clamp(0.4, 6.0), hold: hold.clamp(0.2, 4.0), back: back.clamp(0.4, 6.0), rest: 0.8 },
            _ if says(&["static", "hold"]) => Self { there: 2.0, hold: 3.0, back: 2.0, rest: 1.0 },
            _ if says(&["fast", "quick", "spring", "bounc", "sprint"]) => Self { there: 0.35, hold: 0.05, back: 0.35, rest: 0.05 },
            _ if says(&["brisk", "rhythm", "running", "lively", "easy swing", "relaxed"]) => {
                Self { there: 0.7, hold: 0.1, back: 0.7, rest: 0.1 }
            }
            _ if says(&["slow"]) => Self { there: 3.0, hold: 1.0, back: 3.0, rest: 0.8 },
            _ => Self::default(),
        }
    }

    /// One repetition, in seconds.
    #[must_use]
    pub fn whole(&self) -> f64 {
        self.there + self.hold + self.back + self.rest
    }

    /// When each known moment is met, in percent of a repetition: on the way and on the way back; it begins and ends slowly.
    pub(super) fn moments(&self) -> [String; MOMENTS] {
        let whole = self.whole();
        let mut moments: [String; MOMENTS] = std::array::from_fn(|_| String::new());
        for (number, text) in moments.iter_mut().enumerate() {
            let share = number as f64 / (MOMENTS - 1) as f64;
            // Half a cosine: the share of the time at which this share of the way is done.
            let time = (1.0 - 2.0 * share).acos() / std::f64::consts::PI;
            let (there, back) = (self.rest + self.there * time, self.rest + self.there + self.hold + self.back * (1.0 - time));
            let percent = |seconds: f64| Short(seconds / whole * 100.0);
            let _ = if number == 0 {
                write!(text, "0%,{}%,to", percent(there))
            } else {
                write!(text, "{}%,{}%", percent(there), percent(back))
            };
        }
        moments
    }
}
