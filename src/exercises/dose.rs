//! How much of an exercise: sets, work, rest, side and frequency, and the one plain sentence that says it.

use std::fmt;

use crate::error::Invalid;
use crate::text::words;

pub use super::frequency::{Every, Frequency, WEEK, Weekdays};
pub use super::pace::Tempo;

words! {
    /// What one set consists of; the amount counts in the unit given here.
    Work {
        /// Repetitions.
        Reps = "reps", "repetitions";
        /// One hold, in seconds.
        Hold = "hold", "seconds to hold";
        /// Going on, in seconds.
        Time = "time", "seconds";
        /// Going on, in metres.
        Distance = "distance", "metres";
        /// Slow breaths.
        Breaths = "breaths", "breaths";
    }
}

impl Work {
    /// The largest sensible amount of one set.
    #[must_use]
    pub fn most(self) -> u16 {
        match self {
            Self::Reps => 200,
            Self::Hold => 600,
            Self::Time => 7200,
            Self::Distance => 20_000,
            Self::Breaths => 100,
        }
    }
}

words! {
    /// Which side works.
    Side {
        /// Both sides, one after the other.
        Each = "each", "each side";
        /// The left side only.
        Left = "left", "left side only";
        /// The right side only.
        Right = "right", "right side only";
        /// Left and right in turn.
        Alternating = "alternating", "changing sides";
        /// Both sides at once, or no side at all.
        Together = "together", "both sides together";
    }
}

words! {
    /// What the usual frequency of an exercise is counted in.
    Per {
        /// Times a day.
        Day = "day", "day";
        /// Times a week, on any days.
        Week = "week", "week";
    }
}

/// A number, or a span of numbers ("10–15").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The lower end.
    pub low: u16,
    /// The upper end; the same for one number.
    pub high: u16,
}

impl Span {
    /// One number.
    #[must_use]
    pub fn exactly(number: u16) -> Self {
        Self { low: number, high: number }
    }

    fn is(self, number: u16) -> bool {
        self.low == number && self.high == number
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high { write!(f, "{}", self.low) } else { write!(f, "{}–{}", self.low, self.high) }
    }
}

/// The dose of one prescription: exact numbers within the limits of [`Dose::check`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Dose {
    /// Rounds, 1 to 20.
    pub sets: u16,
    /// What a set consists of.
    pub work: Work,
    /// How much of it, in the unit of `work`.
    pub amount: u16,
    /// Seconds each repetition is held; only with repetitions.
    pub hold: Option<u16>,
    /// Seconds between sets.
    pub rest: Option<u16>,
    /// Which side works.
    pub side: Side,
    /// How often.
    #[serde(flatten)]
    pub frequency: Frequency,
    /// How fast; only with repetitions that are not held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tempo: Option<Tempo>,
}

impl Dose {
    /// Most sets of one exercise.
    pub const MOST_SETS: u16 = 20;
    /// Longest hold of one repetition, in seconds.
    pub const LONGEST_HOLD: u16 = 120;
    /// Longest rest, in seconds.
    pub const LONGEST_REST: u16 = 900;
    /// Most times a day.
    pub const MOST_TIMES_A_DAY: u16 = 10;

    /// Most times in this span.
    #[must_use]
    pub fn most_times(every: Every) -> u16 {
        if every == Every::Day { Self::MOST_TIMES_A_DAY } else { 7 }
    }

    /// Holds a dose to its limits.
    ///
    /// # Errors
    /// Every number that is out of bounds, by the name of its field.
    pub fn check(self) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let mut between = |field: &str, number: u16, low: u16, high: u16| {
            if !(low..=high).contains(&number) {
                invalid.add(field, format!("Enter a whole number from {low} to {high}"));
            }
        };
        between("sets", self.sets, 1, Self::MOST_SETS);
        between("amount", self.amount, 1, self.work.most());
        between("hold", self.hold.unwrap_or(1), 1, Self::LONGEST_HOLD);
        between("rest", self.rest.unwrap_or(0), 0, Self::LONGEST_REST);
        self.frequency.check(&mut invalid);
        if self.hold.is_some() && self.work != Work::Reps {
            invalid.add("hold", "Leave this empty: only repetitions are held one by one");
        }
        if self.tempo.is_some() && (self.work != Work::Reps || self.hold.is_some()) {
            invalid.add("tempo", "Leave this empty: only repetitions that are not held have a tempo");
        }
        if invalid.is_empty() { Ok(self) } else { Err(invalid) }
    }

    /// The dose in one sentence: "10 times, rest 60 seconds; 3 rounds on each side".
    #[must_use]
    pub fn sentence(&self) -> String {
        Recommended::from(*self).sentence(self.side)
    }

    /// How fast, in words: "3 seconds up, 1 second still, 3 seconds down"; nothing where it does not matter.
    #[must_use]
    pub fn pace(&self) -> Option<String> {
        self.tempo.map(Tempo::words)
    }

    /// One set in words, as the diary names it: "10 times", "30 seconds".
    #[must_use]
    pub fn one_set(&self, amount: u16) -> String {
        work(self.work, Span::exactly(amount))
    }

    /// About how long it takes, in seconds: the tempo or 4 s a repetition besides its hold, 8 s a breath, walking pace for metres,
    /// twice for two sides, rests between sets, and 20 s to get ready. An estimate of ours, for the sum of a session.
    #[must_use]
    pub fn seconds(&self) -> u32 {
        let amount = u32::from(self.amount);
        let one_side = match self.work {
            Work::Reps => amount * u32::from(self.tempo.map_or(4, Tempo::seconds) + self.hold.unwrap_or(0)),
            Work::Hold | Work::Time => amount,
            Work::Distance => amount * 10 / 14,
            Work::Breaths => amount * 8,
        };
        let sides = if matches!(self.side, Side::Each | Side::Alternating) { 2 } else { 1 };
        let sets = u32::from(self.sets);
        20 + sets * one_side * sides + (sets - 1) * u32::from(self.rest.unwrap_or(0))
    }
}

/// The dose an exercise usually begins with: numbers or spans of numbers, and words for what no number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommended {
    /// Rounds.
    pub sets: Span,
    /// What a set consists of.
    pub work: Work,
    /// How much of it.
    pub amount: Span,
    /// Seconds each repetition is held.
    pub hold: Option<Span>,
    /// Seconds between sets.
    pub rest: Option<Span>,
    /// How often; exercises tied to an occasion have none.
    pub frequency: Option<(Span, Per)>,
    /// How fast, as physios write it.
    pub tempo: String,
    /// Whatever else belongs to the dose.
    pub note: String,
}

impl From<Dose> for Recommended {
    fn from(dose: Dose) -> Self {
        Self {
            sets: Span::exactly(dose.sets),
            work: dose.work,
            amount: Span::exactly(dose.amount),
            hold: dose.hold.map(Span::exactly),
            rest: dose.rest.map(Span::exactly),
            frequency: None,
            tempo: String::new(),
            note: String::new(),
        }
    }
}

impl Recommended {
    /// A prescription to begin with: the lower end of every span, three times a week unless the library says otherwise.
    #[must_use]
    pub fn to_begin(&self, side: Side) -> Dose {
        let frequency = match self.frequency {
            Some((times, Per::Day)) => Frequency::Daily(times.low),
            Some((times, Per::Week)) => Frequency::Weekly(times.low),
            None => Frequency::Weekly(3),
        };
        let paced = self.work == Work::Reps && self.hold.is_none();
        Dose {
            sets: self.sets.low,
            work: self.work,
            amount: self.amount.low,
            hold: self.hold.map(|span| span.low),
            rest: self.rest.map(|span| span.low),
            side,
            frequency,
            tempo: Tempo::in_words_of(&self.tempo).filter(|_| paced),
        }
    }

    /// The dose in one sentence, with spans where it has them.
    #[must_use]
    pub fn sentence(&self, side: Side) -> String {
        let mut words = work(self.work, self.amount);
        if side == Side::Alternating {
            words.push_str(" on each side, changing sides each time");
        }
        if let Some(hold) = self.hold {
            words.push_str(&format!(", hold each for {}", seconds(hold)));
        }
        let place = match side {
            Side::Each => " on each side",
            Side::Left => " on your left side",
            Side::Right => " on your right side",
            Side::Alternating | Side::Together => "",
        };
        if self.sets.is(1) {
            return match self.hold {
                Some(_) if !place.is_empty() => format!("{words};{place}"),
                _ => format!("{words}{place}"),
            };
        }
        if let Some(rest) = self.rest.filter(|rest| !rest.is(0)) {
            words.push_str(&format!(", rest {}", seconds(rest)));
        }
        format!("{words}; {} rounds{place}", self.sets)
    }

    /// How often, in words, when the library says so.
    #[must_use]
    pub fn frequency(&self) -> Option<String> {
        self.frequency.map(|(times, per)| frequency(times, per))
    }
}

fn work(work: Work, amount: Span) -> String {
    match work {
        Work::Reps if amount.is(1) => "once".to_owned(),
        Work::Reps if amount.is(2) => "twice".to_owned(),
        Work::Reps => format!("{amount} times"),
        Work::Hold => format!("hold for {}", seconds(amount)),
        Work::Time => format!("go on for {}", seconds(amount)),
        Work::Distance if amount.is(1) => "1 metre".to_owned(),
        Work::Distance => format!("{amount} metres"),
        Work::Breaths if amount.is(1) => "1 slow breath".to_owned(),
        Work::Breaths => format!("{amount} slow breaths"),
    }
}

fn seconds(span: Span) -> String {
    let whole_minutes = |number: u16| number >= 120 && number.is_multiple_of(60);
    if whole_minutes(span.low) && whole_minutes(span.high) {
        return format!("{} minutes", Span { low: span.low / 60, high: span.high / 60 });
    }
    if span.low == span.high && span.low > 120 {
        let rest = span.low % 60;
        return format!("{} minutes {rest} second{}", span.low / 60, if rest == 1 { "" } else { "s" });
    }
    format!("{span} second{}", if span.is(1) { "" } else { "s" })
}

fn frequency(times: Span, per: Per) -> String {
    match per {
        Per::Day if times.is(1) => "every day".to_owned(),
        Per::Week if times.is(7) => "every day".to_owned(),
        _ => {
            let often = if times.is(1) {
                "once".to_owned()
            } else if times.is(2) {
                "twice".to_owned()
            } else {
                format!("{times} times")
            };
            format!("{often} a {}", per.word())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dose(sets: u16, work: Work, amount: u16) -> Dose {
        Dose { sets, work, amount, hold: None, rest: None, side: Side::Together, frequency: Frequency::Weekly(3), tempo: None }
    }

    #[test]
    fn sentences_word_by_word() {
        let cases = [
            (Dose { rest: Some(60), side: Side::Each, ..dose(3, Work::Reps, 10) }, "10 times, rest 60 seconds; 3 rounds on each side"),
            (dose(1, Work::Reps, 1), "once"),
            (Dose { side: Side::Left, ..dose(1, Work::Reps, 2) }, "twice on your left side"),
            (Dose { side: Side::Right, ..dose(2, Work::Reps, 12) }, "12 times; 2 rounds on your right side"),
            (
                Dose { rest: Some(45), side: Side::Alternating, ..dose(2, Work::Reps, 10) },
                "10 times on each side, changing sides each time, rest 45 seconds; 2 rounds",
            ),
            (
                Dose { hold: Some(5), rest: Some(45), ..dose(2, Work::Reps, 8) },
                "8 times, hold each for 5 seconds, rest 45 seconds; 2 rounds",
            ),
            (Dose { hold: Some(1), side: Side::Each, ..dose(1, Work::Reps, 8) }, "8 times, hold each for 1 second; on each side"),
            (Dose { side: Side::Each, ..dose(1, Work::Hold, 1) }, "hold for 1 second on each side"),
            (
                Dose { rest: Some(30), side: Side::Each, ..dose(2, Work::Hold, 30) },
                "hold for 30 seconds, rest 30 seconds; 2 rounds on each side",
            ),
            (dose(1, Work::Hold, 90), "hold for 90 seconds"),
            (dose(1, Work::Hold, 120), "hold for 2 minutes"),
            (dose(1, Work::Hold, 121), "hold for 2 minutes 1 second"),
            (dose(1, Work::Time, 1200), "go on for 20 minutes"),
            (Dose { rest: Some(150), ..dose(4, Work::Time, 300) }, "go on for 5 minutes, rest 2 minutes 30 seconds; 4 rounds"),
            (dose(1, Work::Distance, 1), "1 metre"),
            (Dose { rest: Some(0), ..dose(3, Work::Distance, 15) }, "15 metres; 3 rounds"),
            (dose(2, Work::Breaths, 5), "5 slow breaths; 2 rounds"),
            (dose(1, Work::Breaths, 1), "1 slow breath"),
        ];
        for (dose, sentence) in cases {
            assert_eq!(dose.check(), Ok(dose), "{sentence}");
            assert_eq!(dose.sentence(), sentence);
        }
    }

    #[test]
    fn spans_read_like_numbers() {
        let recommended = Recommended {
            sets: Span { low: 2, high: 3 },
            amount: Span { low: 10, high: 15 },
            rest: Some(Span { low: 60, high: 90 }),
            ..Recommended::from(dose(2, Work::Reps, 10))
        };
        assert_eq!(recommended.sentence(Side::Each), "10–15 times, rest 60–90 seconds; 2–3 rounds on each side");
        assert_eq!(recommended.to_begin(Side::Left).sentence(), "10 times, rest 60 seconds; 2 rounds on your left side");
    }

    #[test]
    fn usual_frequencies_word_by_word() {
        assert_eq!(frequency(Span::exactly(1), Per::Day), "every day");
        assert_eq!(frequency(Span::exactly(2), Per::Day), "twice a day");
        assert_eq!(frequency(Span::exactly(1), Per::Week), "once a week");
        assert_eq!(frequency(Span { low: 3, high: 5 }, Per::Week), "3–5 times a week");
    }

    #[test]
    fn a_version_written_before_there_were_weekdays_is_read() {
        let old = r#"{"sets":3,"work":"reps","amount":10,"hold":null,"rest":60,"side":"each","times":2,"per":"day"}"#;
        let read: Dose = serde_json::from_str(old).unwrap();
        assert_eq!((read.frequency, read.tempo, read.rest), (Frequency::Daily(2), None, Some(60)));
        let slow = Dose { tempo: "3-1-3".parse().ok(), frequency: Frequency::On(Weekdays::read("mon fri").unwrap()), ..read };
        assert_eq!(serde_json::from_str::<Dose>(&serde_json::to_string(&slow).unwrap()).unwrap(), slow);
    }

    #[test]
    fn limits_are_told_by_field() {
        let wrong =
            Dose { sets: 0, amount: 201, hold: Some(0), rest: Some(901), frequency: Frequency::Weekly(8), ..dose(1, Work::Reps, 1) };
        let invalid = wrong.check().unwrap_err();
        for field in ["sets", "amount", "hold", "rest", "times"] {
            assert!(invalid.of(field).is_some(), "{field}");
        }
        assert!(Dose { hold: Some(5), ..dose(1, Work::Hold, 30) }.check().is_err());
        assert!(Dose { hold: Some(5), tempo: "2-1-2".parse().ok(), ..dose(1, Work::Reps, 8) }.check().unwrap_err().of("tempo").is_some());
    }

    #[test]
    fn time_counts_sides_and_rests() {
        let bridge = Dose { rest: Some(60), ..dose(3, Work::Reps, 10) };
        assert_eq!(bridge.seconds(), 20 + 3 * 40 + 2 * 60);
        let stretch = Dose { rest: Some(30), side: Side::Each, ..dose(2, Work::Hold, 30) };
        assert_eq!(stretch.seconds(), 20 + 2 * 60 + 30);
        let slow = Dose { tempo: "3-1-3".parse().ok(), ..dose(1, Work::Reps, 10) };
        assert_eq!((slow.seconds(), slow.pace().as_deref()), (20 + 70, Some("3 seconds up, 1 second still, 3 seconds down")));
    }
}
