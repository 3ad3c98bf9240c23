//! What is chosen, scored and said.

use chrono::NaiveDate;

use crate::diary::measurements::Struck;
use crate::ids::{ActivityId, PaperScoreId};
use crate::text::words;

/// Most activities at a time.
pub const MOST: usize = 3;

/// Something a patient wants to do again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its number.
    pub id: ActivityId,
    /// What it is, in the patient's words.
    pub words: String,
    /// How well it went, oldest first; of several of one day only the last.
    pub scores: Vec<Score>,
    /// Why it is not scored any more; nothing while it is.
    pub ended: Option<String>,
}

/// How well it went on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// The day.
    pub day: NaiveDate,
    /// 0, cannot do it, to 10, as before.
    pub value: i32,
    /// Whether the patient said so, and not somebody of the clinic.
    pub by_patient: bool,
}

impl Activity {
    /// The first score and the last; nothing before the first.
    #[must_use]
    pub fn span(&self) -> Option<(Score, Score)> {
        Some((*self.scores.first()?, *self.scores.last()?))
    }

    /// "3 of 10, then 6 of 10: 3 points better"; nothing before the first score.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let (first, last) = self.span()?;
        if self.scores.len() == 1 {
            return Some(format!("{} of 10", first.value));
        }
        let points = (last.value - first.value).abs();
        let points = format!("{points} point{}", if points == 1 { "" } else { "s" });
        let change = match last.value.cmp(&first.value) {
            std::cmp::Ordering::Greater => format!("{points} better"),
            std::cmp::Ordering::Less => format!("{points} less"),
            std::cmp::Ordering::Equal => "the same".to_owned(),
        };
        Some(format!("{} of 10 at first, {} of 10 now: {change}", first.value, last.value))
    }
}

words! {
    /// How things are, compared with the start of the plan. The wording is ours.
    Step {
        /// Very bad.
        MuchWorse = "-3", "Much worse";
        /// Bad.
        Worse = "-2", "Worse";
        /// A little bad.
        LittleWorse = "-1", "A little worse";
        /// No change.
        Same = "0", "About the same";
        /// A little good.
        LittleBetter = "1", "A little better";
        /// Good.
        Better = "2", "Better";
        /// Very good.
        MuchBetter = "3", "Much better";
    }
}

impl Step {
    /// From -3, much worse, to 3, much better.
    #[must_use]
    pub fn number(self) -> i32 {
        self.word().parse().unwrap_or_default()
    }
}

/// How things were on a day, compared with the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeltChange {
    /// The day.
    pub day: NaiveDate,
    /// How much better or worse.
    pub step: Step,
    /// More words; may be empty.
    pub words: String,
    /// Whether the patient entered it, and not somebody of the clinic.
    pub by_patient: bool,
}

/// The score of a questionnaire done on paper, about to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaperScore {
    /// The questionnaire.
    pub name: String,
    /// Which of its scores; empty where it has one.
    pub part: String,
    /// The day it was filled in.
    pub day: NaiveDate,
    /// The score, in tenths of a point.
    pub tenths: i32,
    /// The highest there is, in tenths of a point.
    pub most: i32,
}

impl NewPaperScore {
    /// "62.5 of 100".
    #[must_use]
    pub fn in_words(&self) -> String {
        let points = |tenths: i32| if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
        format!("{} of {}", points(self.tenths), points(self.most))
    }
}

/// The score of a questionnaire done on paper.
#[derive(Debug, Clone)]
pub struct PaperScore {
    /// Its number.
    pub id: PaperScoreId,
    /// What was kept.
    pub score: NewPaperScore,
    /// Who entered it.
    pub by: String,
    /// Why it no longer counts, if it was struck out.
    pub struck: Option<Struck>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(values: &[i32]) -> Activity {
        let scores = values.iter().map(|value| Score { day: NaiveDate::default(), value: *value, by_patient: true }).collect();
        Activity { id: ActivityId(1), words: "Walk to the harbour".to_owned(), scores, ended: None }
    }

    #[test]
    fn scores_are_compared_with_the_first() {
        assert_eq!(activity(&[]).in_words(), None);
        assert_eq!(activity(&[3]).in_words().unwrap(), "3 of 10");
        assert_eq!(activity(&[3, 0, 6]).in_words().unwrap(), "3 of 10 at first, 6 of 10 now: 3 points better");
        assert_eq!(activity(&[3, 2]).in_words().unwrap(), "3 of 10 at first, 2 of 10 now: 1 point less");
        assert_eq!(activity(&[3, 3]).in_words().unwrap(), "3 of 10 at first, 3 of 10 now: the same");
    }

    #[test]
    fn seven_steps_from_much_worse_to_much_better() {
        assert_eq!(Step::ALL.iter().map(|step| step.number()).collect::<Vec<_>>(), [-3, -2, -1, 0, 1, 2, 3]);
        let score = |tenths, most| NewPaperScore { name: String::new(), part: String::new(), day: NaiveDate::default(), tenths, most };
        assert_eq!(score(625, 1000).in_words(), "62.5 of 100");
        assert_eq!(score(90, 100).in_words(), "9 of 10");
    }
}
