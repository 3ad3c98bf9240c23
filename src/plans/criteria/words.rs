//! A criterion as a sentence for the patient.

use super::{Comparator, Criterion, Metric, Than};
use crate::exercises::Unit;
use crate::exercises::dose::Work;
use crate::text::{capitalised, lowered};

impl Criterion {
    /// What must be reached, as a sentence without its full stop: "Hold the single-leg bridge for at least 30 seconds on each side,
    /// twice within 7 days".
    #[must_use]
    pub fn words(&self) -> String {
        let mut sentence = self.alone();
        for other in &self.or {
            sentence.push_str("; or ");
            sentence.push_str(&lowered(&other.words()));
        }
        sentence
    }

    /// Without its alternatives.
    fn alone(&self) -> String {
        let what = match self.metric {
            Metric::Pain => self.pain(&self.situation_words()),
            Metric::PainIn => self.pain(&format!("in this exercise: {}", lowered(&self.named()))),
            Metric::Greens if self.value == 1 => "1 green session".to_owned(),
            Metric::Greens => format!("{} green sessions in a row", self.value),
            Metric::GreenShare => self.share(),
            Metric::Dose => format!("{}: {}", self.named(), self.dose()),
            Metric::Test => self.test(),
            Metric::Tested if self.value == 0 => format!("Do this test again: {}", lowered(&self.named())),
            Metric::Tested => format!("Do this test again on day {}: {}", self.value, lowered(&self.named())),
            Metric::Walking => format!("Walk for {} minutes", self.value),
            Metric::Running => format!("Run for {} minutes in one go", self.value),
            Metric::Ladder => format!("Reach level R{} of the run–walk ladder", self.value),
            Metric::Confidence => format!("You trust your hip: {} of 10 or more", self.value),
            Metric::Screening => "Your screening shows no warning signs".to_owned(),
            Metric::NotIrritable => "Your hip is not easily stirred up".to_owned(),
            Metric::Finished => format!("You have finished “{}”", self.named()),
            Metric::Statement => self.of.trim_end_matches('.').to_owned(),
        };
        let sides = self.sides.map(|sides| format!(" {}", sides.label())).unwrap_or_default();
        let note = if self.note.is_empty() { String::new() } else { format!(", {}", self.note) };
        let often = if self.metric == Metric::GreenShare { String::new() } else { self.often() };
        format!("{what}{sides}{note}{often}")
    }

    fn named(&self) -> String {
        if self.name.is_empty() { capitalised(&self.of.replace('-', " ")) } else { self.name.clone() }
    }

    fn situation_words(&self) -> String {
        let words = self.situation().map_or(self.of.as_str(), |situation| situation.label());
        self.minutes.map_or_else(|| words.to_owned(), |minutes| format!("{words} for {minutes} minutes"))
    }

    fn pain(&self, when: &str) -> String {
        match (self.comparator, self.value) {
            (Comparator::AtMost, 0) => format!("No pain {when}"),
            (Comparator::AtMost, most) => format!("Pain of {most} of 10 or less {when}"),
            (Comparator::AtLeast, least) => format!("Pain of {least} of 10 or more {when}"),
            (Comparator::MoreThan, 0) => format!("Pain {when}"),
            (Comparator::MoreThan, limit) => format!("Pain above {limit} of 10 {when}"),
        }
    }

    fn share(&self) -> String {
        let share = match (self.comparator, self.value) {
            (_, 100) => "Every session green".to_owned(),
            (Comparator::MoreThan, 50) => "More than half of your sessions green".to_owned(),
            (comparator, percent) => format!("{} {percent} percent of your sessions green", capitalised(comparator.label())),
        };
        self.within.map_or(share.clone(), |days| format!("{share} for {}", span(days)))
    }

    fn dose(&self) -> String {
        let work = Work::from_word(&self.unit).unwrap_or(Work::Reps);
        let amount = match work {
            Work::Reps => self.value.to_string(),
            Work::Hold | Work::Time => format!("{} seconds", self.value),
            Work::Distance => format!("{} metres", self.value),
            Work::Breaths => format!("{} breaths", self.value),
        };
        let hold = self.hold.map(|seconds| format!(", each held for {seconds} seconds")).unwrap_or_default();
        match (self.sets.unwrap_or(1), work) {
            (1, Work::Reps) => format!("{amount} times{hold}"),
            (1, _) => format!("{amount}{hold}"),
            (sets, _) => format!("{sets} rounds of {amount}{hold}"),
        }
    }

    fn test(&self) -> String {
        let (name, value) = (capitalised(&self.named()), self.value);
        let unit = Unit::from_word(&self.unit).unwrap_or(Unit::Times);
        match (self.than, unit) {
            (Some(Than::OtherSide), Unit::Seconds | Unit::Minutes) => {
                format!("{name} on your sore side for at least {value} percent of the time of the other side")
            }
            (Some(Than::OtherSide), _) => format!("{name} on your sore side at least {value} percent as often as on the other side"),
            (Some(Than::Start), _) => format!("{name}: at least {} better than at the start", counted(unit, value)),
            (Some(Than::BetweenSides), _) => format!("{name}: both sides within {}", counted(unit, value)),
            (None, Unit::YesNo) if value == 0 => format!("No {}", lowered(&self.named())),
            (None, Unit::YesNo) => format!("{name}: yes"),
            (None, Unit::ZeroToTen) if value == 0 && self.comparator == Comparator::AtMost => format!("{name} without pain"),
            (None, Unit::ZeroToTen) => match self.comparator {
                Comparator::AtMost => format!("{name} with pain of {value} of 10 or less"),
                Comparator::AtLeast => format!("{name} with pain of {value} of 10 or more"),
                Comparator::MoreThan => format!("{name} with pain above {value} of 10"),
            },
            (None, Unit::Seconds | Unit::Minutes) => format!("{name} for {} {}", self.comparator.label(), counted(unit, value)),
            (None, Unit::Times) if self.comparator == Comparator::AtLeast => format!("{name} {}", counted(unit, value)),
            (None, _) => format!("{name}: {} {}", self.comparator.label(), counted(unit, value)),
        }
    }

    fn often(&self) -> String {
        let green = if self.green { " in green sessions" } else { "" };
        match (self.times, self.within) {
            (1, None) if self.green => ", in a green session".to_owned(),
            (1, None) => String::new(),
            (1, Some(days)) => format!("{}, within {}", if self.green { ", in a green session" } else { "" }, span(days)),
            (times, Some(days)) if times == days && times > 6 => format!(", every day for {}", span(days)),
            (times, Some(days)) if times == days => format!(", {times} days in a row"),
            (times, None) => format!(", {}{green}", how_often(times)),
            (times, Some(days)) => format!(", {}{green} within {}", how_often(times), span(days)),
        }
    }
}

fn how_often(times: u16) -> String {
    if times == 2 { "twice".to_owned() } else { format!("{times} times") }
}

/// Days, in weeks where that is shorter.
fn span(days: u16) -> String {
    match days {
        1 => "1 day".to_owned(),
        days if days > 7 && days.is_multiple_of(7) => format!("{} weeks", days / 7),
        days => format!("{days} days"),
    }
}

fn counted(unit: Unit, value: u16) -> String {
    let one = value == 1;
    match unit {
        Unit::Degrees => format!("{value} degree{}", if one { "" } else { "s" }),
        Unit::ZeroToTen | Unit::Score => format!("{value} point{}", if one { "" } else { "s" }),
        Unit::Seconds => format!("{value} second{}", if one { "" } else { "s" }),
        Unit::Minutes => format!("{value} minute{}", if one { "" } else { "s" }),
        Unit::Times if one => "once".to_owned(),
        Unit::Times if value == 2 => "twice".to_owned(),
        Unit::Times => format!("{value} times"),
        Unit::YesNo | Unit::Words => value.to_string(),
    }
}
