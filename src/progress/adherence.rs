//! How much of what was asked for was done, exercise by exercise, for any span of days.
//!
//! Only days on which the plan ran ask for anything. The day that is not over counts only what is done on it, and the week that is not
//! over counts as missed only what can no longer be done in it. More than was asked for is told beside, never added.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::diary::due::share;
use crate::diary::{Session, monday};
use crate::exercises::dose::Frequency;
use crate::ids::PrescriptionId;
use crate::plans::{Asked, Course};

/// How often something was asked for and done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// How often it was asked for.
    pub asked: usize,
    /// How often of these it was done, at least one round of it.
    pub done: usize,
    /// How often it was done besides.
    pub extra: usize,
}

/// One exercise of a span.
#[derive(Debug, Clone)]
pub struct KeptExercise {
    /// The prescription.
    pub prescription: PrescriptionId,
    /// Its name, as it was told last.
    pub name: String,
    /// How often it is asked for, as it was told last.
    pub often: String,
    /// How much of it was kept.
    pub kept: Kept,
}

/// All exercises of a span.
#[derive(Debug, Clone, Default)]
pub struct Adherence {
    /// Each exercise the span asked for, in the order of the plan.
    pub exercises: Vec<KeptExercise>,
}

impl Kept {
    fn plus(self, other: Self) -> Self {
        Self { asked: self.asked + other.asked, done: self.done + other.done, extra: self.extra + other.extra }
    }

    /// In hundredths of what was asked for; nothing when nothing was.
    #[must_use]
    pub fn percent(&self) -> Option<usize> {
        (self.done * 100).checked_div(self.asked)
    }

    /// "9 of 12", "9 of 12, and 1 more", "nothing asked".
    #[must_use]
    pub fn words(&self) -> String {
        match (self.asked, self.extra) {
            (0, 0) => "nothing asked".to_owned(),
            (0, extra) => format!("nothing asked, {extra} done"),
            (asked, 0) => format!("{} of {asked}", self.done),
            (asked, extra) => format!("{} of {asked}, and {extra} more", self.done),
        }
    }
}

impl Adherence {
    /// All exercises together.
    #[must_use]
    pub fn whole(&self) -> Kept {
        self.exercises.iter().fold(Kept::default(), |sum, exercise| sum.plus(exercise.kept))
    }

    /// How many sessions were asked for: as many as of the exercise that was asked for most.
    #[must_use]
    pub fn sessions(&self) -> usize {
        self.exercises.iter().map(|exercise| exercise.kept.asked).max().unwrap_or(0)
    }

    /// What was kept of one exercise.
    #[must_use]
    pub fn of(&self, prescription: &PrescriptionId) -> Option<Kept> {
        self.exercises.iter().find(|exercise| exercise.prescription == *prescription).map(|exercise| exercise.kept)
    }
}

/// Days of a span on which an exercise was asked for as often as this, one after the other.
struct Stretch {
    frequency: Frequency,
    days: Vec<NaiveDate>,
}

/// What was kept from one day to another; `today` is the day that is not over yet.
#[must_use]
pub fn adherence(course: &Course, sessions: &[Session], from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Adherence {
    let mut exercises: Vec<KeptExercise> = Vec::new();
    let mut stretches: BTreeMap<PrescriptionId, Vec<Stretch>> = BTreeMap::new();
    // The week that is not over is looked at to its end: until then a missed day waits.
    let end = if to >= today { to.max(monday(today) + Days::new(6)) } else { to };
    for day in from.iter_days().take_while(|day| *day <= end) {
        for slot in course.on(day).filter(Asked::asks).iter().flat_map(|asked| &asked.phase.slots) {
            let (name, often) = (slot.name.clone(), slot.dose.frequency.words());
            match exercises.iter_mut().find(|known| known.prescription == slot.id) {
                Some(known) => (known.name, known.often) = (name, often),
                None => exercises.push(KeptExercise { prescription: slot.id, name, often, kept: Kept::default() }),
            }
            let of_slot = stretches.entry(slot.id).or_default();
            match of_slot.last_mut().filter(|last| last.frequency == slot.dose.frequency) {
                Some(last) => last.days.push(day),
                None => of_slot.push(Stretch { frequency: slot.dose.frequency, days: vec![day] }),
            }
        }
    }
    for exercise in &mut exercises {
        let of_exercise = |session: &&Session| session.did(course, exercise.prescription);
        let done: Vec<NaiveDate> = sessions.iter().filter(of_exercise).map(|session| session.day).filter(|day| *day <= today).collect();
        let stretches = stretches.remove(&exercise.prescription).unwrap_or_default();
        let kept = stretches.iter().fold(Kept::default(), |sum, stretch| sum.plus(stretch.kept(&done, today)));
        // What was done on days that asked for nothing is more than was asked for.
        let in_span = done.iter().filter(|day| **day >= from && **day <= to).count();
        exercise.kept = Kept { extra: in_span.saturating_sub(kept.done), ..kept };
    }
    Adherence { exercises }
}

impl Stretch {
    /// Asked and done; what was done besides is counted by the caller.
    fn kept(&self, done: &[NaiveDate], today: NaiveDate) -> Kept {
        match self.frequency {
            Frequency::Daily(times) => self.daily(usize::from(times), done, today),
            Frequency::EveryOtherDay => self.every_other_day(done, today),
            Frequency::Weekly(_) | Frequency::On(_) => {
                let mut weeks: BTreeMap<NaiveDate, Vec<NaiveDate>> = BTreeMap::new();
                for day in &self.days {
                    weeks.entry(monday(*day)).or_default().push(*day);
                }
                weeks.values().map(|days| self.week(days, done, today)).fold(Kept::default(), Kept::plus)
            }
        }
    }

    fn daily(&self, times: usize, done: &[NaiveDate], today: NaiveDate) -> Kept {
        let of_day = |day: &NaiveDate| {
            let count = done.iter().filter(|done| *done == day).count().min(times);
            Kept { asked: if *day < today { times } else { count }, done: count, extra: 0 }
        };
        self.days.iter().filter(|day| **day <= today).map(of_day).fold(Kept::default(), Kept::plus)
    }

    /// One week, or the part of it that asked: any days count, each once.
    fn week(&self, days: &[NaiveDate], done: &[NaiveDate], today: NaiveDate) -> Kept {
        let trained = days.iter().filter(|day| done.contains(day)).count();
        let to_come = days.iter().filter(|day| **day >= today && !done.contains(day)).count();
        match self.frequency {
            Frequency::Weekly(times) => {
                let asked = share(times, days.len()).max(trained.min(usize::from(times)));
                let kept = trained.min(asked);
                Kept { asked: asked.min(kept + (asked - kept).saturating_sub(to_come)), done: kept, extra: 0 }
            }
            frequency => {
                let chosen = |day: &&NaiveDate| frequency.days().has(day.weekday());
                let all = days.iter().filter(chosen).count();
                let over = days.iter().filter(chosen).filter(|day| **day < today).count();
                let kept = trained.min(all);
                Kept { asked: over.max(kept), done: kept, extra: 0 }
            }
        }
    }

    /// Whoever comes a day late has missed nothing; whoever leaves out three days in a row has missed one time.
    fn every_other_day(&self, done: &[NaiveDate], today: NaiveDate) -> Kept {
        let Some(first) = self.days.first() else { return Kept::default() };
        let missed = |gap: i64| usize::try_from(gap / 2 - 1).unwrap_or(0);
        // Counted in days that asked: a pause is no gap. The first day is due, unless it follows a day with this exercise.
        let before: i64 = if done.contains(&(*first - Days::new(1))) { -1 } else { -2 };
        let (mut counted, mut last, mut kept) = (before, before, Kept::default());
        for (place, _) in (0_i64..).zip(&self.days).filter(|(_, day)| **day <= today && done.contains(day)) {
            // Done on a day of rest is done besides.
            let counts = usize::from(place - counted >= 2);
            kept = kept.plus(Kept { asked: counts + missed(place - last), done: counts, extra: 0 });
            counted = if counts == 1 { place } else { counted };
            last = place;
        }
        let over = i64::try_from(self.days.iter().filter(|day| **day < today).count()).unwrap_or(0);
        kept.plus(Kept { asked: missed(over - last), done: 0, extra: 0 })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diary::{Actual, Feeling, LoggedSide, SetLog};
    use crate::exercises::dose::{Dose, Weekdays};
    use crate::ids::{PlanId, SessionId};
    use crate::plans::{Slot, State, clamshell, courses, dose};

    const ID: PrescriptionId = PrescriptionId(5);

    /// 2026-11-02, 9, 16, 23 and 30 are Mondays; the days go on into December.
    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + Days::new(number - 1)
    }

    fn slot(id: i64, frequency: Frequency) -> Slot {
        clamshell(id, Dose { frequency, ..dose(3, 10) })
    }

    fn session(number: u64, ordinal: i32) -> Session {
        let set = SetLog { prescription: ID, version: 1, number: 1, side: LoggedSide::Both, done: true, actual: Actual::default() };
        Session {
            id: SessionId(1),
            plan: PlanId(1),
            version: 1,
            day: day(number),
            ordinal,
            feeling: Feeling::default(),
            note: String::new(),
            sets: vec![set],
            skips: Vec::new(),
            notes: Vec::new(),
            run: None,
        }
    }

    fn sessions(days: &[u64]) -> Vec<Session> {
        days.iter().enumerate().map(|(place, number)| session(*number, i32::try_from(place).unwrap())).collect()
    }

    /// A plan that began on a Monday, the 2nd, and ran since.
    fn running(frequency: Frequency) -> Course {
        courses::course(vec![courses::version(1, 1, 2, &[(1, vec![slot(5, frequency)])])], &[courses::status(1, State::Running, 1, 2)])
    }

    fn kept(frequency: Frequency, done: &[u64], from: u64, to: u64, today: u64) -> String {
        adherence(&running(frequency), &sessions(done), day(from), day(to), day(today)).whole().words()
    }

    #[test]
    fn each_frequency_asks_in_its_own_way() {
        let on = Frequency::On(Weekdays::read("mon wed fri").unwrap());
        // A whole week that is over.
        assert_eq!(kept(Frequency::Daily(2), &[2, 2, 3, 5, 5, 5], 2, 8, 20), "5 of 14, and 1 more");
        assert_eq!(kept(Frequency::Weekly(3), &[3, 4], 2, 8, 20), "2 of 3");
        assert_eq!(kept(Frequency::Weekly(3), &[2, 3, 4, 5], 2, 8, 20), "3 of 3, and 1 more");
        assert_eq!(kept(on, &[3, 4, 7], 2, 8, 20), "3 of 3");
        assert_eq!(kept(on, &[2], 2, 8, 20), "1 of 3");
        assert_eq!(kept(Frequency::EveryOtherDay, &[2, 4, 6, 8], 2, 8, 20), "4 of 4");
        assert_eq!(kept(Frequency::EveryOtherDay, &[2, 3, 4, 5, 6, 7, 8], 2, 8, 20), "4 of 4, and 3 more");
        assert_eq!(kept(Frequency::EveryOtherDay, &[2, 5, 8], 2, 8, 20), "3 of 3");
        assert_eq!(kept(Frequency::EveryOtherDay, &[2, 8], 2, 8, 20), "2 of 4");
    }

    #[test]
    fn the_day_and_the_week_that_are_not_over_count_what_is_done_or_lost() {
        let on = Frequency::On(Weekdays::read("mon wed fri").unwrap());
        // Wednesday the 18th.
        assert_eq!(kept(Frequency::Daily(2), &[16, 16, 17], 16, 18, 18), "3 of 4");
        assert_eq!(kept(Frequency::Daily(2), &[16, 16, 17, 18], 16, 18, 18), "4 of 5");
        assert_eq!(kept(Frequency::Weekly(3), &[16], 16, 18, 18), "1 of 1");
        assert_eq!(kept(Frequency::Weekly(7), &[16], 16, 18, 18), "1 of 2", "Tuesday is lost");
        assert_eq!(kept(on, &[], 16, 18, 18), "0 of 1");
        assert_eq!(kept(on, &[16, 18], 16, 18, 18), "2 of 2");
        assert_eq!(kept(Frequency::EveryOtherDay, &[16], 16, 18, 18), "1 of 1");
        assert_eq!(kept(Frequency::Weekly(3), &[], 2, 18, 18), "0 of 6", "two whole weeks, and the third can still be done");
    }

    #[test]
    fn a_pause_and_the_time_before_the_plan_ask_nothing() {
        let version = || vec![courses::version(1, 1, 10, &[(1, vec![slot(5, Frequency::Daily(1))])])];
        let states = [(State::Running, 10), (State::Paused, 12), (State::Running, 20)];
        let states: Vec<_> = states.into_iter().map(|(state, day)| courses::status(1, state, 1, day)).collect();
        let course = courses::course(version(), &states);
        let all = adherence(&course, &sessions(&[5, 10, 14, 20]), day(2), day(22), day(23)).whole();
        assert_eq!(all, Kept { asked: 5, done: 2, extra: 2 });
        assert_eq!(adherence(&course, &[], day(12), day(19), day(23)).whole().words(), "nothing asked");
    }

    #[test]
    fn each_version_asks_for_its_own_days() {
        let versions = vec![
            courses::version(1, 2, 9, &[(1, vec![slot(5, Frequency::Weekly(2)), slot(6, Frequency::Daily(1))])]),
            courses::version(1, 1, 2, &[(1, vec![slot(5, Frequency::Daily(1))])]),
        ];
        let course = courses::course(versions, &[courses::status(1, State::Running, 1, 2)]);
        let kept = adherence(&course, &sessions(&[2, 3, 4, 5, 6, 7, 8, 9, 11]), day(2), day(15), day(30));
        assert_eq!(kept.of(&ID), Some(Kept { asked: 9, done: 9, extra: 0 }));
        assert_eq!(kept.of(&PrescriptionId(6)), Some(Kept { asked: 7, done: 0, extra: 0 }));
        assert_eq!((kept.exercises[0].often.as_str(), kept.sessions()), ("twice a week", 9));
    }

    fn frequencies() -> impl Strategy<Value = Frequency> {
        let chosen = (1_u8..128).prop_map(|bits| {
            let week = crate::exercises::dose::WEEK;
            let days = week.iter().enumerate().filter(|(place, _)| bits & (1 << place) != 0);
            Frequency::On(days.fold(Weekdays::default(), |days, (_, (day, ..))| days.with(*day)))
        });
        prop_oneof![
            (1_u16..=10).prop_map(Frequency::Daily),
            (1_u16..=7).prop_map(Frequency::Weekly),
            chosen,
            Just(Frequency::EveryOtherDay)
        ]
    }

    /// Sessions of a day, for up to forty days.
    fn diaries() -> impl Strategy<Value = Vec<u64>> {
        prop::collection::vec(0_usize..4, 40)
            .prop_map(|counts| (1_u64..).zip(counts).flat_map(|(day, count)| std::iter::repeat_n(day, count)).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn never_more_than_all_and_nothing_done_is_lost(
            frequency in frequencies(), done in diaries(), from in 1_u64..20, length in 0_u64..25, today in 1_u64..45,
        ) {
            let (to, sessions) = (from + length, sessions(&done));
            let kept = adherence(&running(frequency), &sessions, day(from), day(to), day(today)).whole();
            prop_assert!(kept.done <= kept.asked, "{kept:?}");
            let in_span = done.iter().filter(|done| **done >= from && **done <= to && **done <= today).count();
            let asks = to >= 2;
            prop_assert!(!asks || kept.done + kept.extra == in_span, "{kept:?}, {in_span} in the span");
        }

        #[test]
        fn to_do_more_never_keeps_less(frequency in frequencies(), done in diaries(), more in 2_u64..40, today in 2_u64..45) {
            let course = running(frequency);
            let missed = |done: &[u64]| {
                let kept = adherence(&course, &sessions(done), day(2), day(today), day(today)).whole();
                kept.asked - kept.done
            };
            let mut with = done.clone();
            with.push(more);
            with.sort_unstable();
            prop_assert!(missed(&with) <= missed(&done));
        }

        #[test]
        fn who_does_what_is_due_keeps_all(frequency in frequencies(), today in 2_u64..40) {
            use crate::diary::due::due_slots;
            let course = running(frequency);
            let mut diary: Vec<Session> = Vec::new();
            for number in 2..=today {
                for ordinal in 1..=12 {
                    if !due_slots(&course, &diary, day(number), ordinal).is_empty() {
                        diary.push(session(number, ordinal));
                    }
                }
            }
            let kept = adherence(&course, &diary, day(2), day(today), day(today)).whole();
            prop_assert_eq!((kept.done, kept.extra), (kept.asked, 0));
        }
    }
}
