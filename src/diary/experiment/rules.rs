//! What counts, which two become the pair, what to do today, and whether it helped. The numbers come with the programme's file
//! (`articles/programmes/tight-test-train-retest.md`), which names their sources.

use chrono::NaiveDate;

use super::domain::{Experiment, Moment, Reading};

/// Most pain in daily life, 0 to 10, with which an experiment may begin: our proposal.
pub const MOST_PAIN: i32 = 2;
/// The days after day 0 on which everything is tested again.
const FORTNIGHT: i64 = 14;
const FINAL: i64 = 28;

/// From what change on a difference counts, and what wins a tie.
#[derive(Debug, Clone, Copy)]
pub struct Yard<'a> {
    /// Degrees of the thigh.
    pub angle: i32,
    /// Points of tightness; and of pain.
    pub tightness: i32,
    /// The keys of the probes that win a tie, the first before the second.
    pub usual: &'a [String],
}

/// What a probe did, measured before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeResult {
    /// Its key.
    pub probe: String,
    /// By how many degrees the thigh hangs lower; missing where an angle is missing or the back moved.
    pub angle: Option<i32>,
    /// By how many points it feels less tight.
    pub tightness: Option<i32>,
}

impl ProbeResult {
    /// How much of it counts: what is less than counts is chance, and chance is nothing. In tenths of the product of both yards.
    fn score(&self, yard: Yard<'_>) -> i32 {
        let counted = |change: Option<i32>, counts: i32| change.filter(|change| change.abs() >= counts).unwrap_or(0);
        counted(self.angle, yard.angle) * yard.tightness + counted(self.tightness, yard.tightness) * yard.angle
    }

    /// Whether it helped by more than chance.
    #[must_use]
    pub fn helped(&self, yard: Yard<'_>) -> bool {
        self.score(yard) > 0
    }
}

/// What is to be done today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The first test.
    Baseline,
    /// The probe with this key: which of how many, and whether the test before it is done.
    Probe {
        /// Its key.
        probe: String,
        /// Which of them, from 1.
        number: usize,
        /// Of how many.
        of: usize,
        /// Whether the test before it is done today.
        before: bool,
    },
    /// Today's probe is done; the next one comes another day.
    Tomorrow,
    /// All probes are done, and the physio chooses the pair.
    Wait,
    /// The pair is trained until this day.
    Train(NaiveDate),
    /// Everything is tested again.
    Retest(Moment),
    /// The physio decides how it goes on.
    Decide,
    /// It is over.
    Ended,
}

/// Whether it helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Better by more than chance, and held the next day.
    Better,
    /// Better, and whether it holds is not tested yet.
    NotYetHeld,
    /// Better on the day, and not the next.
    Lost,
    /// No change that counts.
    Unchanged,
    /// More pain in daily life.
    MorePain,
    /// Numbers are missing.
    Unknown,
}

impl Experiment {
    /// What a probe did; nothing where it was not tested before and after. Not done is missing, and never nought.
    #[must_use]
    pub fn result(&self, probe: &str) -> Option<ProbeResult> {
        let before = self.at(&Moment::Before(probe.to_owned()))?;
        let after = self.at(&Moment::After(probe.to_owned()))?;
        let (angle, tightness) = self.gains(before, after);
        (angle.is_some() || tightness.is_some()).then(|| ProbeResult { probe: probe.to_owned(), angle, tightness })
    }

    /// How much better a later reading is: degrees and points, where both readings have them.
    fn gains(&self, before: &Reading, after: &Reading) -> (Option<i32>, Option<i32>) {
        let angle = before.angle(self.side).zip(after.angle(self.side)).map(|(before, after)| before - after);
        (angle, before.tightness.zip(after.tightness).map(|(before, after)| before - after))
    }

    /// What the probes did, in their order; those not done are missing.
    #[must_use]
    pub fn results(&self) -> Vec<ProbeResult> {
        self.probes.iter().filter_map(|probe| self.result(probe)).collect()
    }

    /// The probes from the best to the least; a tie goes to the usual ones, then to the order of the programme's list.
    #[must_use]
    pub fn ranked(&self, yard: Yard<'_>) -> Vec<ProbeResult> {
        let mut results = self.results();
        let usual = |result: &ProbeResult| yard.usual.iter().position(|key| *key == result.probe).unwrap_or(usize::MAX);
        results.sort_by(|a, b| b.score(yard).cmp(&a.score(yard)).then(usual(a).cmp(&usual(b))).then(a.probe.cmp(&b.probe)));
        results
    }

    /// The two that helped most; nothing before two were tested.
    #[must_use]
    pub fn best(&self, yard: Yard<'_>) -> Option<[String; 2]> {
        match self.ranked(yard).as_slice() {
            [first, second, ..] => Some([first.probe.clone(), second.probe.clone()]),
            _ => None,
        }
    }

    /// What is to be done on a day.
    #[must_use]
    pub fn task(&self, today: NaiveDate) -> Task {
        if self.ended.is_some() {
            return Task::Ended;
        }
        let Some(baseline) = self.at(&Moment::Baseline) else { return Task::Baseline };
        if self.decision.is_none() {
            return self.probe_of(today, baseline.day);
        }
        let day = |days| baseline.day + chrono::TimeDelta::days(days);
        for (due, moment, held) in [(FORTNIGHT, Moment::Fortnight, Moment::FortnightHeld), (FINAL, Moment::Final, Moment::FinalHeld)] {
            match self.at(&moment) {
                None if today < day(due) => return Task::Train(day(due)),
                None if due == FORTNIGHT && today >= day(FINAL) => {}
                None => return Task::Retest(moment),
                Some(tested) if today > tested.day && self.at(&held).is_none() && today <= tested.day + chrono::TimeDelta::days(2) => {
                    return Task::Retest(held);
                }
                Some(_) => {}
            }
        }
        Task::Decide
    }

    /// Whether a moment may be measured on a day: it is due, or it was measured before and is corrected.
    #[must_use]
    pub fn lets(&self, moment: &Moment, today: NaiveDate) -> bool {
        self.at(moment).is_some()
            || match (self.task(today), moment) {
                (Task::Baseline, Moment::Baseline) => true,
                (Task::Probe { probe, .. }, Moment::Before(key)) => probe == *key,
                (Task::Probe { probe, before, .. }, Moment::After(key)) => before && probe == *key,
                (Task::Retest(due), moment) => due == *moment,
                _ => false,
            }
    }

    fn probe_of(&self, today: NaiveDate, baseline: NaiveDate) -> Task {
        let tested_today = self.readings.iter().any(|reading| matches!(reading.moment, Moment::After(_)) && reading.day == today);
        let next = self.probes.iter().position(|probe| self.at(&Moment::After(probe.clone())).is_none());
        match next {
            None => Task::Wait,
            Some(_) if tested_today || baseline == today => Task::Tomorrow,
            Some(place) => {
                let probe = self.probes[place].clone();
                // A test before that was done on another day is no test before this probe.
                let before = self.at(&Moment::Before(probe.clone())).is_some_and(|reading| reading.day == today);
                Task::Probe { probe, number: place + 1, of: self.probes.len(), before }
            }
        }
    }

    /// Whether it helped, at the test of day 14 or, when that is done, of day 28.
    #[must_use]
    pub fn verdict(&self, moment: &Moment, yard: Yard<'_>) -> Verdict {
        let held = if *moment == Moment::Final { Moment::FinalHeld } else { Moment::FortnightHeld };
        let (Some(start), Some(test)) = (self.at(&Moment::Baseline), self.at(moment)) else { return Verdict::Unknown };
        if start.pain.zip(test.pain).is_some_and(|(before, now)| now - before >= yard.tightness) {
            return Verdict::MorePain;
        }
        match (self.better(start, test, yard), self.at(&held)) {
            (None, _) => Verdict::Unknown,
            (Some(false), _) => Verdict::Unchanged,
            (Some(true), None) => Verdict::NotYetHeld,
            (Some(true), Some(next_day)) => match self.better(start, next_day, yard) {
                Some(true) => Verdict::Better,
                Some(false) => Verdict::Lost,
                None => Verdict::NotYetHeld,
            },
        }
    }

    /// Whether one of both is better by what counts; nothing where neither can be compared.
    fn better(&self, start: &Reading, later: &Reading, yard: Yard<'_>) -> Option<bool> {
        let (angle, tightness) = self.gains(start, later);
        let known = angle.is_some() || tightness.is_some();
        known.then(|| angle.is_some_and(|angle| angle >= yard.angle) || tightness.is_some_and(|points| points >= yard.tightness))
    }
}

/// The probes in an order drawn by lot.
#[must_use]
pub fn shuffled(probes: &[String], seed: u64) -> Vec<String> {
    let (mut drawn, mut state) = (probes.to_vec(), seed);
    for place in (1..drawn.len()).rev() {
        // SplitMix64: a number from the moment is chance enough to order five exercises.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let other = usize::try_from((mixed ^ (mixed >> 31)) % (place as u64 + 1)).unwrap_or(0);
        drawn.swap(place, other);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDateTime, TimeDelta};

    use super::super::domain::{Decision, Ordering};
    use super::*;
    use crate::diary::LoggedSide;
    use crate::ids::ExperimentId;

    const PROBES: [&str; 5] = ["release", "stretch", "core", "glutes", "flexor-load"];

    fn usual() -> Vec<String> {
        vec!["core".to_owned(), "glutes".to_owned()]
    }

    fn yard(usual: &[String]) -> Yard<'_> {
        Yard { angle: 5, tightness: 2, usual }
    }

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + TimeDelta::days(number)
    }

    fn reading(moment: Moment, on: i64, angle: Option<i32>, tightness: Option<i32>) -> Reading {
        Reading {
            moment,
            day: day(on),
            left_angle: angle,
            right_angle: None,
            back_flat: Some(true),
            tightness,
            pain: Some(1),
            bridge: (None, None),
            plank: (None, None),
        }
    }

    fn experiment(readings: Vec<Reading>) -> Experiment {
        Experiment {
            id: ExperimentId(1),
            side: LoggedSide::Left,
            ordering: Ordering::Fixed,
            probes: PROBES.map(str::to_owned).to_vec(),
            begun: day(0),
            readings,
            decision: None,
            ended: None,
        }
    }

    fn tried(changes: &[(&str, i32, i32)]) -> Experiment {
        let readings = changes.iter().zip(1..).flat_map(|((probe, angle, tightness), on)| {
            let before = reading(Moment::Before((*probe).to_owned()), on, Some(10), Some(6));
            [before, reading(Moment::After((*probe).to_owned()), on, Some(10 - angle), Some(6 - tightness))]
        });
        experiment(std::iter::once(reading(Moment::Baseline, 0, Some(10), Some(6))).chain(readings).collect())
    }

    #[test]
    fn the_two_that_count_most_become_the_pair_and_less_is_chance() {
        let usual = usual();
        let best = |changes: &[(&str, i32, i32)]| tried(changes).best(yard(&usual)).map(|pair| pair.join(" "));
        assert_eq!(
            best(&[("release", 7, 0), ("stretch", 9, 0), ("core", 4, 1), ("glutes", 0, 0), ("flexor-load", 0, 0)]).unwrap(),
            "stretch release"
        );
        assert_eq!(best(&[("release", 0, 3), ("stretch", 4, 1), ("core", 4, 1), ("glutes", 0, 0)]).unwrap(), "release core");
        assert_eq!(
            best(&[("release", 4, 1), ("stretch", 3, 1), ("core", 0, 0), ("glutes", 2, 1), ("flexor-load", 4, 1)]).unwrap(),
            "core glutes"
        );
        assert_eq!(best(&[("release", 5, 0), ("glutes", 5, 0), ("core", 5, 0)]).unwrap(), "core glutes", "a tie goes to core and buttocks");
        assert_eq!(
            best(&[("release", -6, 0), ("stretch", 0, 0), ("flexor-load", 1, 0)]).unwrap(),
            "flexor-load stretch",
            "worse is behind chance"
        );
        assert_eq!(best(&[("release", 9, 0)]), None, "one is no pair");
    }

    #[test]
    fn what_is_missing_is_never_nought() {
        let usual = usual();
        let mut tried = tried(&[("release", 0, 0), ("stretch", 6, 0)]);
        assert_eq!(tried.results().len(), 2);
        tried.readings.retain(|reading| reading.moment != Moment::Before("stretch".to_owned()));
        assert_eq!(tried.result("stretch"), None);
        assert_eq!(tried.best(yard(&usual)), None);
        let mut moved = experiment(vec![
            reading(Moment::Before("core".to_owned()), 1, Some(10), None),
            reading(Moment::After("core".to_owned()), 1, Some(0), None),
        ]);
        assert_eq!(moved.result("core").unwrap().angle, Some(10));
        moved.readings[1].back_flat = Some(false);
        assert_eq!(moved.result("core"), None, "an angle without a flat back is no angle");
    }

    #[test]
    fn one_probe_a_day_and_a_day_may_be_skipped() {
        let mut run = experiment(Vec::new());
        assert_eq!(run.task(day(0)), Task::Baseline);
        run.readings.push(reading(Moment::Baseline, 0, Some(10), Some(6)));
        assert_eq!(run.task(day(0)), Task::Tomorrow);
        let probe = |number: usize, before| Task::Probe { probe: PROBES[number - 1].to_owned(), number, of: 5, before };
        assert_eq!(run.task(day(3)), probe(1, false), "skipped days lose nothing");
        run.readings.push(reading(Moment::Before("release".to_owned()), 3, Some(10), Some(6)));
        assert_eq!((run.task(day(3)), run.task(day(4))), (probe(1, true), probe(1, false)));
        run.readings.push(reading(Moment::After("release".to_owned()), 3, Some(9), Some(6)));
        assert_eq!((run.task(day(3)), run.task(day(4))), (Task::Tomorrow, probe(2, false)));
        let (before, after) = (|key: &str| Moment::Before(key.to_owned()), |key: &str| Moment::After(key.to_owned()));
        assert!(run.lets(&before("stretch"), day(4)) && !run.lets(&after("stretch"), day(4)) && !run.lets(&before("core"), day(4)));
        assert!(run.lets(&after("release"), day(4)), "a mistake may be corrected");
        assert!(!run.lets(&before("stretch"), day(3)) && !run.lets(&Moment::Fortnight, day(3)));
    }

    #[test]
    fn after_the_pair_come_training_two_tests_and_the_decision() {
        let mut run = tried(&PROBES.map(|probe| (probe, 0, 0)));
        assert_eq!(run.task(day(6)), Task::Wait);
        run.decision = Some(Decision { pair: usual(), words: String::new(), by: String::new(), at: NaiveDateTime::default() });
        assert_eq!((run.task(day(6)), run.task(day(14))), (Task::Train(day(14)), Task::Retest(Moment::Fortnight)));
        run.readings.push(reading(Moment::Fortnight, 15, Some(4), Some(6)));
        assert_eq!((run.task(day(15)), run.task(day(16))), (Task::Train(day(28)), Task::Retest(Moment::FortnightHeld)));
        assert_eq!(run.task(day(18)), Task::Train(day(28)), "not tested the next day is missing");
        assert_eq!(run.task(day(28)), Task::Retest(Moment::Final));
        run.readings.push(reading(Moment::Final, 28, Some(4), Some(6)));
        assert_eq!((run.task(day(29)), run.task(day(31))), (Task::Retest(Moment::FinalHeld), Task::Decide));
    }

    #[test]
    fn better_is_what_counts_and_holds() {
        let usual = usual();
        let verdict = |test: (Option<i32>, Option<i32>), next: Option<(Option<i32>, Option<i32>)>, pain| {
            let mut tests = vec![reading(Moment::Baseline, 0, Some(10), Some(6))];
            tests.push(Reading { pain, ..reading(Moment::Fortnight, 14, test.0, test.1) });
            tests.extend(next.map(|(angle, tightness)| reading(Moment::FortnightHeld, 15, angle, tightness)));
            experiment(tests).verdict(&Moment::Fortnight, yard(&usual))
        };
        assert_eq!(verdict((Some(5), Some(6)), Some((Some(5), Some(6))), Some(1)), Verdict::Better);
        assert_eq!(verdict((Some(10), Some(4)), Some((None, Some(4))), Some(1)), Verdict::Better);
        assert_eq!(verdict((Some(5), Some(6)), None, Some(1)), Verdict::NotYetHeld);
        assert_eq!(verdict((Some(5), Some(6)), Some((Some(6), Some(6))), Some(1)), Verdict::Lost);
        assert_eq!(verdict((Some(6), Some(5)), None, Some(1)), Verdict::Unchanged);
        assert_eq!(verdict((Some(0), Some(0)), Some((Some(0), Some(0))), Some(3)), Verdict::MorePain, "pain comes first");
        assert_eq!(verdict((None, None), None, None), Verdict::Unknown);
        assert_eq!(experiment(Vec::new()).verdict(&Moment::Final, yard(&usual)), Verdict::Unknown);
    }

    #[test]
    fn a_lot_keeps_all_and_orders_them_differently() {
        let probes = PROBES.map(str::to_owned);
        let orders: std::collections::BTreeSet<Vec<String>> = (0..50).map(|seed| shuffled(&probes, seed)).collect();
        assert!(orders.len() > 20, "{}", orders.len());
        for mut order in orders {
            order.sort();
            let mut all = probes.to_vec();
            all.sort();
            assert_eq!(order, all);
        }
    }

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        let moments = [
            Moment::Baseline,
            Moment::Before("core".to_owned()),
            Moment::After("flexor-load".to_owned()),
            Moment::Fortnight,
            Moment::FinalHeld,
        ];
        for moment in moments {
            assert_eq!(Moment::from_word(&moment.word()), Some(moment));
        }
        assert_eq!(Moment::from_word("day-3"), None);
    }
}
