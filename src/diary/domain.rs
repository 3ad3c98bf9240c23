//! What a diary holds, and what may be entered.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::actual::Actual;
use super::form::Told;
use super::runs::Run;
use crate::error::Invalid;
use crate::exercises::dose::Side;
use crate::ids::{PlanId, PrescriptionId, SessionId};
use crate::plans::{Course, Slot};
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
    /// What was really done, where it differed.
    pub actual: Actual,
}

/// A remark about one exercise, done or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseNote {
    /// The prescription.
    pub prescription: PrescriptionId,
    /// The version it was prescribed in.
    pub version: i32,
    /// The remark; may be empty.
    pub words: String,
    /// How much this exercise hurt, 0 to 10.
    pub pain: Option<i32>,
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
    /// Remarks about exercises, and how much they hurt.
    pub notes: Vec<ExerciseNote>,
    /// The run it was, or that was part of it.
    pub run: Option<Run>,
}

impl Session {
    /// Whether anything was trained: a session of nothing but skips is an entry, not a training.
    #[must_use]
    pub fn trained(&self) -> bool {
        self.run.is_some() || self.sets.iter().any(|set| set.done)
    }

    /// The most any answer says it hurt while training, 0 to 10: the session's own, or that of one exercise; with that exercise.
    #[must_use]
    pub fn worst(&self) -> Option<(i32, Option<PrescriptionId>)> {
        let exercises = self.notes.iter().filter_map(|note| Some((note.pain?, Some(note.prescription))));
        let most = exercises.max_by_key(|(pain, _)| *pain);
        match (self.feeling.during, most) {
            (Some(during), Some((pain, _))) if during > pain => Some((during, None)),
            (_, Some(most)) => Some(most),
            (during, None) => during.map(|during| (during, None)),
        }
    }

    /// How much one exercise hurt, where that was said.
    #[must_use]
    pub fn pain_in(&self, prescription: PrescriptionId) -> Option<i32> {
        self.notes.iter().find(|note| note.prescription == prescription).and_then(|note| note.pain)
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

    /// What was remarked about an exercise.
    #[must_use]
    pub fn note_of(&self, prescription: PrescriptionId) -> Option<&str> {
        self.notes.iter().find(|note| note.prescription == prescription).map(|note| note.words.as_str()).filter(|words| !words.is_empty())
    }

    /// Whether anything was said of a prescription: a set, a skip or a remark.
    #[must_use]
    pub fn says_of(&self, prescription: PrescriptionId) -> bool {
        self.sets.iter().any(|set| set.prescription == prescription)
            || self.skip(prescription).is_some()
            || self.notes.iter().any(|note| note.prescription == prescription)
    }

    /// The prescriptions it speaks of, each with the version of its first entry.
    #[must_use]
    pub fn prescriptions(&self) -> Vec<(PrescriptionId, i32)> {
        let sets = self.sets.iter().map(|set| (set.prescription, set.version));
        let skips = self.skips.iter().map(|skip| (skip.prescription, skip.version));
        let notes = self.notes.iter().map(|note| (note.prescription, note.version));
        let mut all: Vec<_> = sets.chain(skips).chain(notes).collect();
        all.sort_unstable();
        all.dedup_by_key(|(prescription, _)| *prescription);
        all
    }

    /// Whether exercises were done: a run alone is none of the sessions a week that a plan asks for.
    #[must_use]
    pub fn exercised(&self) -> bool {
        self.sets.iter().any(|set| set.done)
    }

    /// Whether a prescription was done: a round of it, or, where it is the run–walk session, a run.
    #[must_use]
    pub fn did(&self, course: &Course, prescription: PrescriptionId) -> bool {
        let is_run = || course.publications().iter().any(|version| version.snapshot.slot(prescription).is_some_and(Slot::is_run));
        self.done(prescription) > 0 || self.run.is_some() && is_run()
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

    /// Whether any question was answered.
    #[must_use]
    pub fn says_anything(&self) -> bool {
        let yes_no = [self.settled, self.limp, self.night_pain];
        self.pain.is_some() || self.stiffness.is_some() || yes_no.iter().any(Option::is_some) || !self.note.is_empty()
    }
}

/// A set as the patient wants it to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetChange {
    /// The round, from 1.
    pub number: i32,
    /// The side.
    pub side: LoggedSide,
    /// Done, or taken back.
    pub done: bool,
    /// What was really done, where it differed.
    pub actual: Actual,
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
    /// A remark about the exercise, when it differs from what the form showed; empty when it is taken back.
    pub note: Option<Note>,
    /// How much this exercise hurt, when that differs from what the form showed; no number when it is taken back.
    pub pain: Option<Told<Option<i32>>>,
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
            change.actual.check(slot, &format!("{}-{}", change.side.word(), change.number), &mut invalid);
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
    /// Sessions asked for, where the week has a number of them.
    pub asked: Option<usize>,
    /// The day of the last one.
    pub last: Option<NaiveDate>,
}

impl Week {
    /// Counts the sessions of the week of `day`, leaving out one that is being looked at.
    #[must_use]
    pub fn of(sessions: &[Session], day: NaiveDate, ordinal: i32, asked: Option<usize>) -> Self {
        let monday = monday(day);
        let in_week = |session: &&Session| session.day >= monday && session.day <= day && session.exercised();
        let others = sessions.iter().filter(in_week).filter(|session| (session.day, session.ordinal) != (day, ordinal));
        let last = others.clone().next_back().map(|session| session.day);
        Self { done: others.count(), asked, last }
    }

    /// Whether all that the week asks for is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.asked.is_some_and(|asked| self.done >= asked)
    }

    /// "Session 2 of 3 this week", or that the week is done.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self.asked {
            None => format!("Session {} this week", self.done + 1),
            Some(1) if self.is_done() => "The session of this week is done".to_owned(),
            Some(asked) if self.is_done() => format!("All {asked} sessions of this week are done"),
            Some(asked) => format!("Session {} of {asked} this week", self.done + 1),
        }
    }
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
            changes: vec![SetChange { number, side, done: true, actual: Actual { amount, ..Actual::default() } }],
            skip: None,
            note: None,
            pain: None,
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
            sets: vec![SetLog {
                prescription: PrescriptionId(1),
                version: 1,
                number: 1,
                side: LoggedSide::Both,
                done,
                actual: Actual::default(),
            }],
            skips: Vec::new(),
            notes: Vec::new(),
            run: None,
        };
        // 2026-11-16 is a Monday.
        let sessions = [session(15, true), session(16, true), session(17, false), session(18, true), session(20, true)];
        let week = Week::of(&sessions, day(20), 1, Some(3));
        assert_eq!(week, Week { done: 2, asked: Some(3), last: Some(day(18)) });
        assert_eq!(week.in_words(), "Session 3 of 3 this week");
        let words = |done, asked| Week { done, asked, last: None }.in_words();
        assert_eq!(words(3, Some(3)), "All 3 sessions of this week are done");
        assert_eq!(words(1, Some(1)), "The session of this week is done");
        assert_eq!(words(1, None), "Session 2 this week");
    }
}
