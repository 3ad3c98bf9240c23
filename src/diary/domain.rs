//! What a diary holds, and what may be entered.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use crate::error::Invalid;
use crate::exercises::dose::Side;
use crate::ids::{PlanId, PrescriptionId, SessionId};
use crate::plans::Slot;
use crate::text::{Note, words};

/// How many days back an entry may be made or corrected.
pub const DAYS_BACK: i64 = 7;
/// Most sessions of one day.
pub const MOST_SESSIONS: i32 = 6;

words! {
    /// Which side a set was done on.
    LoggedSide {
        /// The left.
        Left = "left", "left side";
        /// The right.
        Right = "right", "right side";
        /// Both together or in turn, or the only side prescribed.
        Both = "both", "";
    }
}

impl LoggedSide {
    /// The sides a prescription is ticked on: each apart when each side works.
    #[must_use]
    pub fn of(side: Side) -> &'static [Self] {
        match side {
            Side::Each => &[Self::Left, Self::Right],
            Side::Left | Side::Right | Side::Alternating | Side::Together => &[Self::Both],
        }
    }
}

words! {
    /// Why an exercise was left out.
    SkipReason {
        /// It hurt.
        Pain = "pain", "it hurt";
        /// There was no time.
        NoTime = "no-time", "no time";
        /// Something needed was not at hand.
        Equipment = "equipment", "something I need was missing";
        /// It was not clear how to do it.
        Unclear = "unclear", "I did not understand it";
        /// Something else.
        Other = "other", "another reason";
    }
}

/// One set of a prescription as the patient left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLog {
    /// The prescription.
    pub prescription: PrescriptionId,
    /// The version it was done under.
    pub version: i32,
    /// The round, from 1.
    pub number: i32,
    /// The side.
    pub side: LoggedSide,
    /// Done, or taken back.
    pub done: bool,
    /// What was really done, in the unit of the dose, when it differed.
    pub amount: Option<i32>,
}

/// An exercise left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// The prescription.
    pub prescription: PrescriptionId,
    /// The version it was prescribed in.
    pub version: i32,
    /// Why.
    pub reason: SkipReason,
    /// More words.
    pub note: String,
}

/// How a session felt; every answer may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Feeling {
    /// Worst pain during it, 0 to 10.
    pub during: Option<i32>,
    /// Pain right after it, 0 to 10.
    pub after: Option<i32>,
    /// Effort, 0 to 10.
    pub effort: Option<i32>,
}

/// One time the patient trained.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its number.
    pub id: SessionId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The version it began under.
    pub version: i32,
    /// The day.
    pub day: NaiveDate,
    /// First, second … of that day.
    pub ordinal: i32,
    /// How it felt.
    pub feeling: Feeling,
    /// A remark.
    pub note: String,
    /// The sets, as left.
    pub sets: Vec<SetLog>,
    /// Exercises left out.
    pub skips: Vec<Skip>,
}

impl Session {
    /// Whether anything was trained: a session of nothing but skips is an entry, not a training.
    #[must_use]
    pub fn trained(&self) -> bool {
        self.sets.iter().any(|set| set.done)
    }

    /// The log of one set.
    #[must_use]
    pub fn set(&self, prescription: PrescriptionId, number: i32, side: LoggedSide) -> Option<&SetLog> {
        self.sets.iter().find(|set| set.prescription == prescription && set.number == number && set.side == side)
    }

    /// Why an exercise was left out.
    #[must_use]
    pub fn skip(&self, prescription: PrescriptionId) -> Option<&Skip> {
        self.skips.iter().find(|skip| skip.prescription == prescription)
    }

    /// How many sets of a prescription were done.
    #[must_use]
    pub fn done(&self, prescription: PrescriptionId) -> usize {
        self.sets.iter().filter(|set| set.prescription == prescription && set.done).count()
    }
}

words! {
    /// How stiff the front of the hip is next morning.
    Stiffness {
        /// Not at all.
        None = "none", "No";
        /// Somewhat.
        Some = "some", "A little";
        /// Markedly.
        Marked = "marked", "A lot";
    }
}

/// The answers of a morning; every one of them may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// The morning.
    pub day: NaiveDate,
    /// Pain now, 0 to 10.
    pub pain: Option<i32>,
    /// Stiffness at the front of the hip.
    pub stiffness: Option<Stiffness>,
    /// Whether what the last session stirred up has settled.
    pub settled: Option<bool>,
    /// Whether they limp.
    pub limp: Option<bool>,
    /// Whether it hurt in the night.
    pub night_pain: Option<bool>,
    /// A remark.
    pub note: String,
}

impl CheckIn {
    /// A morning nobody said anything about.
    #[must_use]
    pub fn nothing() -> Self {
        let day = NaiveDate::default();
        Self { day, pain: None, stiffness: None, settled: None, limp: None, night_pain: None, note: String::new() }
    }
}

/// A set as the patient wants it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetChange {
    /// The round, from 1.
    pub number: i32,
    /// The side.
    pub side: LoggedSide,
    /// Done, or taken back.
    pub done: bool,
    /// What was really done, when it differed.
    pub amount: Option<i32>,
}

/// What a patient says of one exercise of one session. The day and version are those it was done under: it may arrive a day
/// later from a phone without network.
#[derive(Debug, Clone)]
pub struct SetEntry {
    /// The plan.
    pub plan: PlanId,
    /// The version.
    pub version: i32,
    /// The day.
    pub day: NaiveDate,
    /// First, second … session of that day.
    pub ordinal: i32,
    /// The prescription.
    pub prescription: PrescriptionId,
    /// Sets that differ from what the form showed.
    pub changes: Vec<SetChange>,
    /// A skip set (with its remark) or taken back, when it differs from what the form showed.
    pub skip: Option<Option<(SkipReason, Note)>>,
}

impl SetEntry {
    /// Holds an entry against the slot it is for.
    ///
    /// # Errors
    /// What to show beside the fields.
    pub fn check(&self, slot: &Slot, today: NaiveDate) -> Result<(), Invalid> {
        check_day(self.day, self.ordinal, today)?;
        let mut invalid = Invalid::default();
        let sides = LoggedSide::of(slot.dose.side);
        for change in &self.changes {
            if change.number < 1 || change.number > i32::from(slot.dose.sets) || !sides.contains(&change.side) {
                invalid.add("done", format!("This exercise has {} rounds; choose among them", slot.dose.sets));
            }
            let most = i32::from(slot.dose.work.most());
            if change.amount.is_some_and(|amount| !(0..=most).contains(&amount)) {
                let field = format!("amount-{}-{}", change.side.word(), change.number);
                invalid.add(field, format!("Enter a whole number from 0 to {most}"));
            }
        }
        if invalid.is_empty() { Ok(()) } else { Err(invalid) }
    }
}

/// Holds a day against the days that may be entered: today and [`DAYS_BACK`] days back.
///
/// # Errors
/// On the field `day` or `ordinal`.
pub fn check_day(day: NaiveDate, ordinal: i32, today: NaiveDate) -> Result<(), Invalid> {
    if day > today {
        return Err(Invalid::one("day", "This day has not begun yet; choose today or an earlier day"));
    }
    if today - day > TimeDelta::days(DAYS_BACK) {
        return Err(Invalid::one("day", format!("Only the last {DAYS_BACK} days can be entered; tell your physio about earlier ones")));
    }
    if !(1..=MOST_SESSIONS).contains(&ordinal) {
        return Err(Invalid::one("ordinal", format!("A day has at most {MOST_SESSIONS} sessions")));
    }
    Ok(())
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()))
}

/// How far a patient is in the week of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Sessions trained from Monday to that day.
    pub done: usize,
    /// Sessions asked for.
    pub asked: usize,
}

impl Week {
    /// Counts the sessions of the week of `day`, leaving out one that is being looked at.
    #[must_use]
    pub fn of(sessions: &[Session], day: NaiveDate, ordinal: i32, asked: usize) -> Self {
        let monday = monday(day);
        let in_week = |session: &&Session| session.day >= monday && session.day <= day && session.trained();
        let done = sessions.iter().filter(in_week).filter(|session| (session.day, session.ordinal) != (day, ordinal)).count();
        Self { done, asked }
    }

    /// "Session 2 of 3 this week", or that the week is done.
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.asked == 0 {
            "This phase has no set number of sessions".to_owned()
        } else if self.done >= self.asked {
            let all = if self.asked == 1 { "The session".to_owned() } else { format!("All {} sessions", self.asked) };
            let verb = if self.asked == 1 { "is" } else { "are" };
            format!("{all} of this week {verb} done. Today can be a rest day")
        } else {
            format!("Session {} of {} this week", self.done + 1, self.asked)
        }
    }
}

/// A correction of the diary, as the clinic reads it.
#[derive(Debug, Clone)]
pub struct Correction {
    /// What it is about.
    pub about: String,
    /// The day it is about.
    pub day: NaiveDate,
    /// What was said first.
    pub was: String,
    /// What is said now.
    pub became: String,
    /// When it was corrected, in UTC.
    pub at: NaiveDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::dose::{Dose, Frequency, Work};
    use crate::plans::clamshell;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn slot() -> Slot {
        let dose = Dose {
            sets: 3,
            work: Work::Reps,
            amount: 10,
            hold: None,
            rest: None,
            side: Side::Each,
            frequency: Frequency::Weekly(3),
            tempo: None,
        };
        clamshell(1, dose)
    }

    fn entry(number: i32, side: LoggedSide, amount: Option<i32>) -> SetEntry {
        SetEntry {
            plan: PlanId(1),
            version: 1,
            day: day(20),
            ordinal: 1,
            prescription: PrescriptionId(1),
            changes: vec![SetChange { number, side, done: true, amount }],
            skip: None,
        }
    }

    #[test]
    fn an_entry_fits_its_slot() {
        assert!(entry(3, LoggedSide::Left, Some(8)).check(&slot(), day(20)).is_ok());
        assert!(entry(4, LoggedSide::Left, None).check(&slot(), day(20)).is_err());
        assert!(entry(0, LoggedSide::Left, None).check(&slot(), day(20)).is_err());
        assert!(entry(1, LoggedSide::Both, None).check(&slot(), day(20)).is_err());
        let invalid = entry(2, LoggedSide::Right, Some(201)).check(&slot(), day(20)).unwrap_err();
        assert!(invalid.of("amount-right-2").is_some());
    }

    #[test]
    fn a_week_back_and_not_tomorrow() {
        assert!(entry(1, LoggedSide::Left, None).check(&slot(), day(27)).is_ok());
        assert!(entry(1, LoggedSide::Left, None).check(&slot(), day(28)).unwrap_err().of("day").is_some());
        assert!(entry(1, LoggedSide::Left, None).check(&slot(), day(19)).unwrap_err().of("day").is_some());
        assert!(check_day(day(20), 7, day(20)).is_err());
    }

    #[test]
    fn the_week_counts_what_was_trained() {
        let session = |number: u32, done: bool| Session {
            id: SessionId(i64::from(number)),
            plan: PlanId(1),
            version: 1,
            day: day(number),
            ordinal: 1,
            feeling: Feeling::default(),
            note: String::new(),
            sets: vec![SetLog { prescription: PrescriptionId(1), version: 1, number: 1, side: LoggedSide::Both, done, amount: None }],
            skips: Vec::new(),
        };
        // 2026-11-16 is a Monday.
        let sessions = [session(15, true), session(16, true), session(17, false), session(18, true), session(20, true)];
        let week = Week::of(&sessions, day(20), 1, 3);
        assert_eq!(week, Week { done: 2, asked: 3 });
        assert_eq!(week.in_words(), "Session 3 of 3 this week");
        assert_eq!(Week { done: 3, asked: 3 }.in_words(), "All 3 sessions of this week are done. Today can be a rest day");
        assert_eq!(Week { done: 1, asked: 1 }.in_words(), "The session of this week is done. Today can be a rest day");
    }
}
