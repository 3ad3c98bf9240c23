//! What must be reached, as data: what is looked at, which way, how much, how often and within how many days. The same shape stands in
//! the files of programmes (TOML) and in the database (JSON); a sentence for the patient is made from it.
//!
//! | key | meaning |
//! |---|---|
//! | `metric` | what is looked at ([`Metric`]) |
//! | `of` | of which situation, exercise, test, programme, or what the statement says |
//! | `measure` | which number of a test, by its key |
//! | `than` | what the number of a test is held against, when not a fixed value ([`Than`]) |
//! | `comparator` | `at-least` (when it does not say), `at-most`, `more-than` |
//! | `value` | how much, in the unit of what is looked at; yes and no are 1 and 0 |
//! | `minutes` | a situation that lasts so long |
//! | `sets`, `hold` | rounds of a dose; seconds each repetition is held |
//! | `green` | it counts only in sessions with a green light |
//! | `times`, `within` | how often; within so many days |
//! | `note` | a word more, at the end of the sentence |
//! | `or` | other criteria, of which one is enough instead |
//! | `name`, `unit`, `sides` | taken from the library when the criterion is read; not written by hand |

mod words;

use serde::{Deserialize, Serialize};

use crate::exercises::dose::{Side, Work};
use crate::exercises::{Library, Unit};
use crate::text::words;

words! {
    /// What a criterion looks at.
    Metric {
        /// Pain from 0 to 10 in a [`Situation`].
        Pain = "pain", "pain in a situation";
        /// Pain from 0 to 10 in an exercise.
        PainIn = "pain-in", "pain in an exercise";
        /// Sessions with a green light, one after the other.
        Greens = "greens", "green sessions in a row";
        /// The share of sessions with a green light, in percent.
        GreenShare = "green-share", "share of green sessions";
        /// The dose of an exercise.
        Dose = "dose", "dose of an exercise";
        /// A number of a test.
        Test = "test", "number of a test";
        /// A test done; the value is the day, counted from the start of the programme, or 0.
        Tested = "tested", "test done";
        /// Minutes of walking.
        Walking = "walking", "minutes of walking";
        /// Minutes of running in one go.
        Running = "running", "minutes of running";
        /// The level of the run–walk ladder.
        Ladder = "ladder", "level of the run–walk ladder";
        /// Trust in the hip, 0 to 10.
        Confidence = "confidence", "trust in the hip";
        /// The screening shows no warning sign.
        Screening = "screening", "screening clear";
        /// The patient is not irritable.
        NotIrritable = "not-irritable", "not irritable";
        /// Another programme is finished.
        Finished = "finished", "programme finished";
        /// Something a physio confirms.
        Statement = "statement", "statement a physio confirms";
    }
}

words! {
    /// When pain is asked about; the label ends a sentence.
    Situation {
        /// Walking.
        Walking = "walking", "when you walk";
        /// Stairs.
        Stairs = "stairs", "on stairs";
        /// Getting up from a chair.
        Rising = "rising", "when you get up from a chair";
        /// Sitting.
        Sitting = "sitting", "when you sit";
        /// Rest.
        Rest = "rest", "at rest";
        /// A usual day.
        DailyLife = "daily-life", "in daily life";
        /// Running.
        Running = "running", "when you run";
        /// The night.
        Night = "night", "at night";
    }
}

words! {
    /// Which way a value counts.
    Comparator {
        /// The value or more.
        AtLeast = "at-least", "at least";
        /// The value or less.
        AtMost = "at-most", "at most";
        /// More than the value.
        MoreThan = "more-than", "more than";
    }
}

words! {
    /// What the number of a test is held against.
    Than {
        /// The other side, in percent of it.
        OtherSide = "other-side", "percent of the other side";
        /// The first measurement, as a change for the better.
        Start = "start", "better than at the start";
        /// The other side, as a difference.
        BetweenSides = "between-sides", "difference between the sides";
    }
}

words! {
    /// Where a number must be reached.
    Sides {
        /// On each side.
        Each = "each", "on each side";
        /// On the sore side.
        Sore = "sore", "on your sore side";
    }
}

/// One thing that must be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What is looked at.
    pub metric: Metric,
    /// Of which situation, exercise, test or programme; or the statement itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// Which number of a test.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub measure: String,
    /// What the number of a test is held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub than: Option<Than>,
    /// Which way the value counts.
    #[serde(default = "Criterion::usual_comparator")]
    pub comparator: Comparator,
    /// How much.
    #[serde(default)]
    pub value: u16,
    /// How long the situation lasts, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Rounds of a dose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sets: Option<u16>,
    /// Seconds each repetition of a dose is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<u16>,
    /// Whether only sessions with a green light count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub green: bool,
    /// How often.
    #[serde(default = "Criterion::once")]
    pub times: u16,
    /// Within how many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<u16>,
    /// A word more.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Others of which one is enough instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<Criterion>,
    /// What it looks at, in words: the name of an exercise or a programme, or what a test asks for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The unit of the value: that of the measure or of the work.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Where it must be reached, when sides are told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Sides>,
}

impl Criterion {
    fn usual_comparator() -> Comparator {
        Comparator::AtLeast
    }

    fn once() -> u16 {
        1
    }

    /// A criterion that only a physio can confirm.
    #[must_use]
    pub fn statement(says: &str) -> Self {
        Self::new(Metric::Statement, says, 0)
    }

    /// A criterion with nothing but what it must have: at least the value, once.
    #[must_use]
    pub fn new(metric: Metric, of: &str, value: u16) -> Self {
        Self {
            metric,
            of: of.to_owned(),
            measure: String::new(),
            than: None,
            comparator: Comparator::AtLeast,
            value,
            minutes: None,
            sets: None,
            hold: None,
            green: false,
            times: 1,
            within: None,
            note: String::new(),
            or: Vec::new(),
            name: String::new(),
            unit: String::new(),
            sides: None,
        }
    }

    /// The same with the words it needs from the library, checked.
    ///
    /// # Errors
    /// What is wrong with it, in words for whoever wrote it.
    pub fn known(mut self, library: &Library) -> Result<Self, String> {
        self.check()?;
        match self.metric {
            Metric::Dose | Metric::PainIn => {
                let exercise = library.get(&self.of).ok_or_else(|| format!("there is no exercise \"{}\"", self.of))?;
                let work = exercise.to_begin().work;
                if self.hold.is_some() && work != Work::Reps {
                    return Err(format!("\"{}\" counts {}: only repetitions are held one by one", self.of, work.label()));
                }
                (self.name, self.unit) = (exercise.name.clone(), work.word().to_owned());
            }
            Metric::Test | Metric::Tested => self.name_test(library)?,
            _ => {}
        }
        self.or = self.or.into_iter().map(|other| other.known(library)).collect::<Result<_, _>>()?;
        Ok(self)
    }

    fn name_test(&mut self, library: &Library) -> Result<(), String> {
        let test = library.test(&self.of).ok_or_else(|| format!("there is no test \"{}\"", self.of))?;
        self.name.clone_from(&test.name);
        if self.metric == Metric::Tested {
            return Ok(());
        }
        let measure = test.measures.iter().find(|measure| measure.key == self.measure);
        let measure = measure.ok_or_else(|| format!("the test {} has no measure \"{}\"", self.of, self.measure))?;
        let two_sided = test.side == Side::Each;
        if self.than.is_some_and(|than| than != Than::Start) && !two_sided {
            return Err(format!("the test {} does not tell the sides apart", self.of));
        }
        let highest = match (self.than, measure.unit) {
            (_, Unit::Words) => return Err(format!("the measure {} is words; nothing can be compared with it", self.measure)),
            (Some(Than::OtherSide), _) => 100,
            (_, Unit::YesNo) => 1,
            (_, unit) => unit.range().and_then(|(_, high)| u16::try_from(high).ok()).unwrap_or(u16::MAX),
        };
        if self.value > highest {
            return Err(format!("the value {} is more than {highest}, the highest there can be", self.value));
        }
        if !measure.reach.is_empty() {
            self.name.clone_from(&measure.reach);
        }
        measure.unit.word().clone_into(&mut self.unit);
        if two_sided && self.than.is_none() && measure.unit != Unit::YesNo {
            self.sides.get_or_insert(Sides::Each);
        }
        Ok(())
    }

    /// What the types cannot say.
    fn check(&self) -> Result<(), String> {
        let needs_of = matches!(
            self.metric,
            Metric::Pain | Metric::PainIn | Metric::Dose | Metric::Test | Metric::Tested | Metric::Finished | Metric::Statement
        );
        if needs_of == self.of.trim().is_empty() {
            let ask = if needs_of { "needs" } else { "has no" };
            return Err(format!("the metric {} {ask} \"of\"", self.metric.word()));
        }
        if self.metric == Metric::Pain && self.situation().is_none() {
            let known: Vec<&str> = Situation::ALL.iter().map(|situation| situation.word()).collect();
            return Err(format!("\"{}\" is no situation; there are {}", self.of, known.join(", ")));
        }
        let highest = match self.metric {
            Metric::Pain | Metric::PainIn | Metric::Confidence => 10,
            Metric::GreenShare => 100,
            Metric::Ladder => 17,
            _ => u16::MAX,
        };
        if self.value > highest {
            return Err(format!("the value {} is more than {highest}, the highest there can be", self.value));
        }
        let foreign = [
            ("measure", !self.measure.is_empty(), self.metric == Metric::Test),
            ("than", self.than.is_some(), self.metric == Metric::Test),
            ("minutes", self.minutes.is_some(), self.metric == Metric::Pain),
            ("sets", self.sets.is_some(), self.metric == Metric::Dose),
            ("hold", self.hold.is_some(), self.metric == Metric::Dose),
        ];
        if let Some((key, ..)) = foreign.iter().find(|(_, there, may)| *there && !may) {
            return Err(format!("the metric {} has no \"{key}\"", self.metric.word()));
        }
        if self.times == 0 || self.within.is_some_and(|days| days == 0 || self.times > days.saturating_mul(10)) {
            return Err("times is 1 or more, and within so many days that it can be".to_owned());
        }
        Ok(())
    }

    /// The situation in which pain is asked about.
    #[must_use]
    pub fn situation(&self) -> Option<Situation> {
        Situation::from_word(&self.of).filter(|_| self.metric == Metric::Pain)
    }
}

/// All of them as one text, a line each: for readers without lists.
#[must_use]
pub fn all_words(criteria: &[Criterion]) -> String {
    criteria.iter().map(|criterion| format!("{}.", criterion.words())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
