//! What a day asks for, exercise by exercise. A missed day waits and does not vanish; nobody is asked twice.
//!
//! Weeks run from Monday to Sunday. The rules are ours: any days mean that an exercise is due until its number is reached, at most
//! once a day; a chosen weekday that was missed waits until Sunday; after a day with an exercise of every other day comes one without.

use chrono::{Datelike, Days, NaiveDate};

use super::domain::{Session, monday};
use crate::exercises::dose::Frequency;
use crate::ids::PrescriptionId;
use crate::plans::{Course, Slot};

/// What is known of one exercise before a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// The days that asked for it, oldest first: the plan ran, and the exercise was in its phase.
    pub asked: Vec<NaiveDate>,
    /// The day of each session it was done in, oldest first.
    pub done: Vec<NaiveDate>,
}

/// In which span of time a turn is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// So many a day.
    Day,
    /// So many a week.
    Week,
    /// One after the other, without a count.
    Open,
}

/// One time an exercise is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// First, second …
    pub nth: usize,
    /// Of so many.
    pub of: usize,
    /// Counted in what.
    pub within: Within,
    /// The earlier day it has been waiting from.
    pub since: Option<NaiveDate>,
}

/// What a day asks of one exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// To be done.
    Now(Turn),
    /// All that is asked for the day or the week is done.
    Done {
        /// For the day, or for the week.
        within: Within,
        /// The day it comes again.
        next: NaiveDate,
    },
    /// Not on this day.
    Rest {
        /// The day it comes again.
        next: NaiveDate,
    },
}

impl Past {
    /// What is known of a prescription before a session of a day, looking back to `from`.
    #[must_use]
    pub fn of(course: &Course, sessions: &[Session], prescription: PrescriptionId, from: NaiveDate, before: (NaiveDate, i32)) -> Self {
        let asks = |day: &NaiveDate| {
            let asked = course.on(*day).filter(crate::plans::Asked::asks);
            asked.is_some_and(|asked| asked.phase.slots.iter().any(|slot| slot.id == prescription))
        };
        let earlier = sessions.iter().filter(|session| (session.day, session.ordinal) < before && session.did(course, prescription));
        Self {
            asked: from.iter_days().take_while(|day| *day <= before.0).filter(asks).collect(),
            done: earlier.map(|session| session.day).filter(|day| *day >= from).collect(),
        }
    }

    /// The days of the week of `day` on which it was done, each once.
    fn days_of_week(&self, day: NaiveDate) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.done.iter().copied().filter(|done| *done >= monday(day) && *done <= day).collect();
        days.dedup();
        days
    }
}

/// How much of a number a week a part of the week asks for: as many sevenths as it has days, rounded, never more than one a day.
#[must_use]
pub fn share(times: u16, days: usize) -> usize {
    ((usize::from(times) * days * 2 + 7) / 14).min(days)
}

impl Due {
    /// What `day` asks of an exercise.
    #[must_use]
    pub fn of(frequency: Frequency, past: &Past, day: NaiveDate) -> Self {
        match frequency {
            Frequency::Daily(times) => Self::daily(times, past, day),
            Frequency::Weekly(times) => Self::weekly(times, past, day),
            Frequency::On(_) => Self::on(frequency, past, day),
            Frequency::EveryOtherDay => Self::every_other_day(past, day),
        }
    }

    fn daily(times: u16, past: &Past, day: NaiveDate) -> Self {
        let (done, of) = (past.done.iter().filter(|done| **done == day).count(), usize::from(times));
        if done < of {
            Self::Now(Turn { nth: done + 1, of, within: Within::Day, since: None })
        } else {
            Self::Done { within: Within::Day, next: day + Days::new(1) }
        }
    }

    fn weekly(times: u16, past: &Past, day: NaiveDate) -> Self {
        let (trained, next_monday) = (past.days_of_week(day), monday(day) + Days::new(7));
        let to_come = 7 - usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
        let before = past.asked.iter().filter(|asked| **asked >= monday(day) && **asked < day).count();
        let of = share(times, before + to_come).max(1);
        let next = day + Days::new(1);
        if trained.len() >= of {
            Self::Done { within: Within::Week, next: next_monday }
        } else if trained.last() == Some(&day) {
            Self::Done { within: Within::Day, next }
        } else {
            Self::Now(Turn { nth: trained.len() + 1, of, within: Within::Week, since: None })
        }
    }

    fn on(frequency: Frequency, past: &Past, day: NaiveDate) -> Self {
        let trained = past.days_of_week(day);
        let is_chosen = |of_week: &NaiveDate| frequency.days().has(of_week.weekday());
        let asked = |of_week: &NaiveDate| is_chosen(of_week) && (*of_week >= day || past.asked.contains(of_week));
        let chosen: Vec<NaiveDate> = monday(day).iter_days().take(7).filter(asked).collect();
        // What was done ahead stands for the next chosen day.
        let open = chosen.get(trained.len()).copied();
        let next_week = (monday(day) + Days::new(7)).iter_days().take(7).find(is_chosen).unwrap_or(day + Days::new(7));
        let next = chosen.iter().skip(trained.len()).copied().find(|chosen| *chosen > day).unwrap_or(next_week);
        if trained.last() == Some(&day) {
            return Self::Done { within: Within::Day, next };
        }
        match open.filter(|open| *open <= day) {
            Some(open) => {
                let since = Some(open).filter(|open| *open < day);
                Self::Now(Turn { nth: trained.len() + 1, of: chosen.len(), within: Within::Week, since })
            }
            None => Self::Rest { next },
        }
    }

    fn every_other_day(past: &Past, day: NaiveDate) -> Self {
        let last = past.done.last().copied();
        match last.map(|last| (day - last).num_days()) {
            Some(..=0) => Self::Done { within: Within::Day, next: day + Days::new(2) },
            Some(1) => Self::Rest { next: day + Days::new(1) },
            _ => {
                let from = last.map_or(NaiveDate::MIN, |last| last + Days::new(2));
                let waiting = past.asked.iter().copied().find(|asked| *asked >= from);
                Self::Now(Turn { nth: 1, of: 1, within: Within::Open, since: waiting.filter(|since| *since < day) })
            }
        }
    }

    /// Whether it is to be done.
    #[must_use]
    pub fn is_now(&self) -> bool {
        matches!(self, Self::Now(_))
    }

    /// The day it comes again, when it is not to be done on this one.
    #[must_use]
    pub fn next(&self) -> Option<NaiveDate> {
        match self {
            Self::Now(_) => None,
            Self::Done { next, .. } | Self::Rest { next } => Some(*next),
        }
    }

    /// "Second of 3 this week, waiting since Monday", "Done for this week. Next: Monday 30 November"; empty where nothing needs saying.
    #[must_use]
    pub fn words(&self, day: NaiveDate) -> String {
        match self {
            Self::Now(turn) => turn.words(day),
            Self::Done { within: Within::Week, next } => format!("Done for this week. Next: {}", day_words(*next, day)),
            Self::Done { next, .. } => format!("Done for the day. Next: {}", day_words(*next, day)),
            Self::Rest { next } => format!("Not today. Next: {}", day_words(*next, day)),
        }
    }
}

impl Turn {
    fn words(self, day: NaiveDate) -> String {
        let count = match (self.within, self.of) {
            (Within::Open, _) | (Within::Day, 1) => String::new(),
            (Within::Day, of) => format!("{} of {of} today", ordinal_word(self.nth)),
            (Within::Week, 1) => "Once this week".to_owned(),
            (Within::Week, of) => format!("{} of {of} this week", ordinal_word(self.nth)),
        };
        // An exercise nobody has done for more than a week does not wait from a day; it is simply due.
        let since = self.since.filter(|since| (day - *since).num_days() < 7).map(|since| format!("waiting since {}", since.format("%A")));
        match (count.is_empty(), since) {
            (_, None) => count,
            (true, Some(since)) => crate::text::sentence(since),
            (false, Some(since)) => format!("{count}, {since}"),
        }
    }
}

/// "tomorrow", or "Wednesday 25 November".
#[must_use]
pub fn day_words(next: NaiveDate, day: NaiveDate) -> String {
    if next == day + Days::new(1) { "tomorrow".to_owned() } else { crate::clock::day_and_month(next) }
}

/// "First", "Second" …
#[must_use]
pub fn ordinal_word(number: usize) -> &'static str {
    const WORDS: [&str; 10] = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];
    WORDS.get(number.saturating_sub(1)).copied().unwrap_or("Next")
}

/// How many sessions the week of `day` asks for: as many as its most frequent exercise, for the days on which the plan runs. Nothing
/// where that is every other day, which no week divides.
#[must_use]
pub fn sessions_of_week(slots: &[Slot], asked_before: usize, day: NaiveDate) -> Option<usize> {
    let most = slots.iter().map(|slot| slot.dose.frequency).max_by_key(|frequency| frequency.per_week())?;
    let days = asked_before + 7 - usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    match most {
        Frequency::Daily(times) => Some(usize::from(times) * days),
        Frequency::Weekly(times) => Some(share(times, days).max(1)),
        Frequency::On(chosen) => Some(usize::from(chosen.count())),
        Frequency::EveryOtherDay => None,
    }
}

/// The exercises of a day's phase that a session of that day was asked for.
#[must_use]
pub fn due_slots<'a>(course: &'a Course, sessions: &[Session], day: NaiveDate, ordinal: i32) -> Vec<&'a Slot> {
    let Some(asked) = course.on(day).filter(crate::plans::Asked::asks) else { return Vec::new() };
    let from = look_back(day);
    let is_due = |slot: &&Slot| Due::of(slot.dose.frequency, &Past::of(course, sessions, slot.id, from, (day, ordinal)), day).is_now();
    asked.phase.slots.iter().filter(is_due).collect()
}

/// The first day that what is due on `day` can hang on: the week, and some days before it.
#[must_use]
pub fn look_back(day: NaiveDate) -> NaiveDate {
    monday(day) - Days::new(7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::dose::Weekdays;
    use crate::plans::{State, clamshell, courses, dose};

    /// 2026-11-16 is a Monday.
    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn past(asked: std::ops::RangeInclusive<u32>, done: &[u32]) -> Past {
        Past { asked: asked.map(day).collect(), done: done.iter().copied().map(day).collect() }
    }

    fn words(frequency: Frequency, on: u32, asked_from: u32, done: &[u32]) -> String {
        Due::of(frequency, &past(asked_from..=on, done), day(on)).words(day(on))
    }

    #[test]
    fn so_many_a_day() {
        assert_eq!(words(Frequency::Daily(2), 18, 2, &[17]), "First of 2 today");
        assert_eq!(words(Frequency::Daily(2), 18, 2, &[17, 18]), "Second of 2 today");
        assert_eq!(words(Frequency::Daily(2), 18, 2, &[18, 18]), "Done for the day. Next: tomorrow");
        assert_eq!(words(Frequency::Daily(1), 18, 2, &[]), "");
    }

    #[test]
    fn so_many_a_week_on_any_days_and_at_most_one_a_day() {
        let thrice = Frequency::Weekly(3);
        assert_eq!(words(thrice, 16, 2, &[11, 12, 13, 14]), "First of 3 this week");
        assert_eq!(words(thrice, 18, 2, &[16]), "Second of 3 this week");
        assert_eq!(words(thrice, 18, 2, &[16, 18]), "Done for the day. Next: tomorrow");
        assert_eq!(words(thrice, 18, 2, &[16, 17, 18]), "Done for this week. Next: Monday 23 November");
        assert_eq!(words(thrice, 22, 2, &[16, 16, 17]), "Third of 3 this week", "two sessions of a day are one day");
        assert_eq!(words(Frequency::Weekly(1), 17, 2, &[]), "Once this week");
        // The plan begins on a Thursday: four days of seven ask for two of three.
        assert_eq!(words(thrice, 19, 19, &[]), "First of 2 this week");
        assert_eq!(words(thrice, 22, 22, &[]), "Once this week");
    }

    #[test]
    fn a_chosen_day_that_was_missed_waits_until_sunday() {
        let chosen = Frequency::On(Weekdays::read("mon wed fri").unwrap());
        assert_eq!(words(chosen, 16, 2, &[]), "First of 3 this week");
        assert_eq!(words(chosen, 17, 2, &[]), "First of 3 this week, waiting since Monday");
        assert_eq!(words(chosen, 17, 2, &[16]), "Not today. Next: tomorrow");
        assert_eq!(words(chosen, 18, 2, &[17]), "Second of 3 this week");
        assert_eq!(words(chosen, 21, 2, &[16]), "Second of 3 this week, waiting since Wednesday");
        assert_eq!(words(chosen, 22, 2, &[16, 18, 20]), "Not today. Next: tomorrow");
        assert_eq!(words(chosen, 23, 2, &[]), "First of 3 this week", "a new week begins without the old one");
        // Done a day ahead: Wednesday is free.
        assert_eq!(words(chosen, 18, 2, &[16, 17]), "Not today. Next: Friday 20 November");
        // The plan began on Tuesday: Monday was never asked for.
        assert_eq!(words(chosen, 17, 17, &[]), "Not today. Next: tomorrow");
    }

    #[test]
    fn a_day_of_rest_follows_each_session_of_every_other_day() {
        let other = Frequency::EveryOtherDay;
        assert_eq!(words(other, 16, 16, &[]), "");
        assert_eq!(words(other, 18, 16, &[18]), "Done for the day. Next: Friday 20 November");
        assert_eq!(words(other, 19, 16, &[18]), "Not today. Next: tomorrow");
        assert_eq!(words(other, 20, 16, &[18]), "");
        assert_eq!(words(other, 22, 16, &[18]), "Waiting since Friday");
        assert_eq!(words(other, 18, 16, &[]), "Waiting since Monday");
        // A week and more ago: it is due, and nobody counts the days.
        assert_eq!(words(other, 30, 16, &[18]), "");
    }

    #[test]
    fn a_pause_is_not_waited_from() {
        let past = Past { asked: vec![day(9), day(19), day(20)], done: Vec::new() };
        let chosen = Frequency::On(Weekdays::read("mon thu").unwrap());
        assert_eq!(Due::of(chosen, &past, day(20)).words(day(20)), "Once this week, waiting since Thursday");
    }

    #[test]
    fn what_is_known_of_an_exercise_leaves_out_pauses_and_what_comes_later() {
        let version = courses::version(1, 1, 16, &[(1, vec![clamshell(5, dose(3, 10))])]);
        let states = [(State::Running, 16), (State::Paused, 18), (State::Running, 20)];
        let states: Vec<_> = states.into_iter().map(|(state, day)| courses::status(1, state, 1, day)).collect();
        let course = courses::course(vec![version], &states);
        let past = Past::of(&course, &[], PrescriptionId(5), day(2), (day(21), 1));
        assert_eq!(past, Past { asked: vec![day(16), day(17), day(20), day(21)], done: Vec::new() });
        assert_eq!(Past::of(&course, &[], PrescriptionId(6), day(2), (day(21), 1)).asked, []);
        assert_eq!(due_slots(&course, &[], day(19), 1).len(), 0);
        assert_eq!(due_slots(&course, &[], day(21), 1).len(), 1);
    }

    #[test]
    fn a_part_of_a_week_asks_for_its_part() {
        let shares = [(3, 7, 3), (3, 4, 2), (3, 2, 1), (3, 1, 0), (7, 3, 3), (1, 4, 1), (1, 3, 0), (5, 7, 5), (7, 7, 7)];
        for (times, days, asked) in shares {
            assert_eq!(share(times, days), asked, "{times} a week in {days} days");
        }
    }
}
