//! How often an exercise is done: so many times a day or a week, on chosen weekdays, or every other day.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::dose::Dose;
use crate::error::Invalid;
use crate::text::words;

words! {
    /// What a frequency is counted in.
    Every {
        /// Times a day, every day.
        Day = "day", "a day";
        /// Times a week, on any days.
        Week = "week", "a week, on any days";
        /// On chosen weekdays.
        Weekdays = "weekdays", "on chosen weekdays";
        /// On one day, not on the next.
        OtherDay = "other-day", "every other day";
    }
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Told", into = "Told")]
pub enum Frequency {
    /// So many times every day, 1 to 10.
    Daily(u16),
    /// So many times a week, on any days, 1 to 7.
    Weekly(u16),
    /// Once on each of these days of the week; never none.
    On(Weekdays),
    /// Once on a day, and not on the day after.
    EveryOtherDay,
}

/// Some of the seven days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weekdays(u8);

/// The seven days from Monday, each with the word that is kept.
pub const WEEK: [(Weekday, &str, &str); 7] = [
    (Weekday::Mon, "mon", "Monday"),
    (Weekday::Tue, "tue", "Tuesday"),
    (Weekday::Wed, "wed", "Wednesday"),
    (Weekday::Thu, "thu", "Thursday"),
    (Weekday::Fri, "fri", "Friday"),
    (Weekday::Sat, "sat", "Saturday"),
    (Weekday::Sun, "sun", "Sunday"),
];

impl Weekdays {
    /// Reads "mon wed fri"; nothing when a word is not one of the seven.
    #[must_use]
    pub fn read(words: &str) -> Option<Self> {
        words.split_whitespace().try_fold(Self::default(), |days, word| {
            let (day, ..) = WEEK.iter().find(|(_, known, _)| *known == word)?;
            Some(days.with(*day))
        })
    }

    /// These days and one more.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << day.num_days_from_monday())
    }

    /// Whether this day is among them.
    #[must_use]
    pub fn has(self, day: Weekday) -> bool {
        self.0 & 1 << day.num_days_from_monday() != 0
    }

    /// How many they are.
    #[must_use]
    pub fn count(self) -> u16 {
        u16::try_from(self.0.count_ones()).unwrap_or(0)
    }

    /// As they are kept: "mon wed fri".
    #[must_use]
    pub fn keys(self) -> String {
        self.each(|(_, key, _)| key).join(" ")
    }

    /// "Monday, Wednesday and Friday".
    #[must_use]
    pub fn words(self) -> String {
        let names = self.each(|(.., name)| name);
        match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        }
    }

    fn each(self, say: fn((Weekday, &'static str, &'static str)) -> &'static str) -> Vec<&'static str> {
        WEEK.into_iter().filter(|(day, ..)| self.has(*day)).map(say).collect()
    }
}

impl Frequency {
    /// Puts together what a form, a file or a row says; `times` is read only where it counts.
    #[must_use]
    pub fn told(times: u16, every: Every, days: Weekdays) -> Self {
        match every {
            Every::Day => Self::Daily(times),
            Every::Week => Self::Weekly(times),
            Every::Weekdays => Self::On(days),
            Every::OtherDay => Self::EveryOtherDay,
        }
    }

    /// What it is counted in.
    #[must_use]
    pub fn every(self) -> Every {
        match self {
            Self::Daily(_) => Every::Day,
            Self::Weekly(_) => Every::Week,
            Self::On(_) => Every::Weekdays,
            Self::EveryOtherDay => Every::OtherDay,
        }
    }

    /// How many times; 1 where that goes without saying.
    #[must_use]
    pub fn times(self) -> u16 {
        if let Self::Daily(times) | Self::Weekly(times) = self { times } else { 1 }
    }

    /// The chosen days of the week; none where any will do.
    #[must_use]
    pub fn days(self) -> Weekdays {
        if let Self::On(days) = self { days } else { Weekdays::default() }
    }

    /// How many sessions a full week asks for at most: every other day is four in one week and three in the next.
    #[must_use]
    pub fn per_week(self) -> u16 {
        match self {
            Self::Daily(times) => times * 7,
            Self::Weekly(times) => times,
            Self::On(days) => days.count(),
            Self::EveryOtherDay => 4,
        }
    }

    /// In words: "twice a day", "3 times a week", "on Monday and Thursday", "every other day".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Daily(1) | Self::Weekly(7) => "every day".to_owned(),
            Self::Daily(times) => format!("{} a day", count(times)),
            Self::Weekly(times) => format!("{} a week", count(times)),
            Self::On(days) if days.count() == 7 => "every day".to_owned(),
            Self::On(days) => format!("on {}", days.words()),
            Self::EveryOtherDay => "every other day".to_owned(),
        }
    }

    /// Holds it to its limits.
    pub(super) fn check(self, invalid: &mut Invalid) {
        let most = match self.every() {
            Every::Day => Dose::MOST_TIMES_A_DAY,
            _ => 7,
        };
        if !(1..=most).contains(&self.times()) {
            invalid.add("times", format!("Enter a whole number from 1 to {most}"));
        }
        if self == Self::On(Weekdays::default()) {
            invalid.add("weekday", "Choose at least one day of the week");
        }
    }
}

fn count(times: u16) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{times} times"),
    }
}

/// A frequency as a version keeps it.
#[derive(Serialize, Deserialize)]
struct Told {
    times: u16,
    per: Every,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    weekdays: String,
}

impl From<Frequency> for Told {
    fn from(frequency: Frequency) -> Self {
        Self { times: frequency.times(), per: frequency.every(), weekdays: frequency.days().keys() }
    }
}

impl TryFrom<Told> for Frequency {
    type Error = String;

    fn try_from(told: Told) -> Result<Self, String> {
        let days = Weekdays::read(&told.weekdays).ok_or_else(|| format!("\"{}\" are not days of the week", told.weekdays))?;
        Ok(Self::told(told.times, told.per, days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_word_by_word() {
        let on = |days| Frequency::On(Weekdays::read(days).unwrap());
        let cases = [
            (Frequency::Daily(1), "every day", 7),
            (Frequency::Daily(2), "twice a day", 14),
            (Frequency::Daily(3), "3 times a day", 21),
            (Frequency::Weekly(1), "once a week", 1),
            (Frequency::Weekly(2), "twice a week", 2),
            (Frequency::Weekly(3), "3 times a week", 3),
            (Frequency::Weekly(7), "every day", 7),
            (on("mon"), "on Monday", 1),
            (on("fri mon wed"), "on Monday, Wednesday and Friday", 3),
            (on("mon tue wed thu fri sat sun"), "every day", 7),
            (Frequency::EveryOtherDay, "every other day", 4),
        ];
        for (frequency, words, a_week) in cases {
            assert_eq!((frequency.words().as_str(), frequency.per_week()), (words, a_week));
            let kept = serde_json::to_string(&frequency).unwrap();
            assert_eq!(serde_json::from_str::<Frequency>(&kept).unwrap(), frequency, "{kept}");
        }
    }

    #[test]
    fn limits_are_told_by_field() {
        let wrong = |frequency: Frequency| {
            let mut invalid = Invalid::default();
            frequency.check(&mut invalid);
            invalid.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(wrong(Frequency::Daily(10)), [""; 0]);
        assert_eq!(wrong(Frequency::Daily(11)), ["times"]);
        assert_eq!(wrong(Frequency::Weekly(8)), ["times"]);
        assert_eq!(wrong(Frequency::Weekly(0)), ["times"]);
        assert_eq!(wrong(Frequency::On(Weekdays::default())), ["weekday"]);
        assert_eq!(Weekdays::read("mon noday"), None);
    }
}
