//! The rules of the ladder, one run after the other.

use chrono::{Days, NaiveDate};

use super::domain::{Done, LadderStanding, Next, Said, Word};
use crate::clock::day_and_month;
use crate::diary::Run;
use crate::plans::programmes::{Ladder, Level, Stressor};
use crate::progress::{Light, Reading};

/// Days between runs after which the next one is a level lower.
const LONG_GAP: i64 = 7;
/// Days between runs after which a physio decides.
const TOO_LONG: i64 = 21;
/// Red lights so many days apart at most are two in a week.
const WEEK: i64 = 7;
/// How much less running after amber where no rule says it, in percent.
const LESS: (u16, u16) = (20, 30);
/// Runs come every other day.
const EVERY_OTHER: u64 = 2;
/// Tenths of a percent from which a run is uphill.
const UPHILL: i32 = 20;

/// The way so far.
pub(super) struct Climb<'a> {
    ladder: &'a Ladder,
    /// In the order they are climbed.
    levels: Vec<Level>,
    /// The place of the level that comes next.
    at: usize,
    greens: u16,
    /// After amber: the level again, with so many percent less running, from and to.
    less: Option<(u16, u16)>,
    /// Waits for a physio.
    waits: bool,
    because: String,
    fast: bool,
    only_green: bool,
    /// The last run, or the last word that begins anew.
    last: NaiveDate,
    last_run: Option<NaiveDate>,
    /// Days from one run to the next: every other day, and one more day of rest after red.
    apart: u64,
    reds: Vec<NaiveDate>,
    /// On which day each stressor was new, and last run.
    stress: Vec<(Stressor, NaiveDate, NaiveDate)>,
    longest: Vec<(NaiveDate, i32)>,
    done: Vec<Done>,
}

impl<'a> Climb<'a> {
    pub(super) fn new(opened: &Word, ladder: &'a Ladder) -> Self {
        Self {
            ladder,
            levels: if opened.levels.is_empty() { ladder.levels.clone() } else { opened.levels.clone() },
            at: 0,
            greens: 0,
            less: None,
            waits: false,
            because: String::new(),
            fast: false,
            only_green: true,
            last: opened.day,
            last_run: None,
            apart: EVERY_OTHER,
            reds: Vec::new(),
            stress: Vec::new(),
            longest: Vec::new(),
            done: Vec::new(),
        }
    }

    fn level(&self) -> Option<&Level> {
        self.levels.get(self.at)
    }

    fn name(&self) -> String {
        self.level().map(Level::name).unwrap_or_default()
    }

    fn place_of(&self, number: u16) -> Option<usize> {
        self.levels.iter().position(|level| level.level == number)
    }

    /// What the physio says holds from here on.
    pub(super) fn hear(&mut self, word: &Word) {
        match word.said {
            Said::Opened | Said::Placed | Said::Resumed => {
                self.at = word.level.and_then(|level| self.place_of(level)).unwrap_or(if word.said == Said::Opened { 0 } else { self.at });
                (self.greens, self.less, self.waits, self.apart) = (0, None, false, EVERY_OTHER);
                self.reds.clear();
                self.last = word.day;
                self.because = format!("{} {} {} on {}.", word.by, word.said.label(), self.name(), day_and_month(word.day));
            }
            Said::Halted => self.wait(format!("{} halted the ladder on {}.", word.by, day_and_month(word.day))),
            Said::FastTrack => self.fast = true,
            Said::EachLevel => self.fast = false,
            Said::StridesFirst => self.order(Stressor::Speed),
            Said::HillsFirst => self.order(Stressor::Hills),
            Said::Ended => {}
        }
    }

    /// Puts the first level of hills and that of speed in this order.
    fn order(&mut self, first: Stressor) {
        let only = |stressor: Stressor| self.levels.iter().position(|level| level.adds == [stressor]);
        if let (Some(hills), Some(speed)) = (only(Stressor::Hills), only(Stressor::Speed)) {
            let is_so = (hills < speed) == (first == Stressor::Hills);
            if !is_so {
                let number = self.level().map(|level| level.level);
                self.levels.swap(hills, speed);
                // Who has not begun with either begins with what is first now.
                let begun = number.is_some_and(|number| self.done.iter().any(|done| done.level == Some(number)));
                if begun && let Some(place) = number.and_then(|number| self.place_of(number)) {
                    self.at = place;
                }
            }
        }
    }

    fn wait(&mut self, because: String) {
        (self.waits, self.because) = (true, because);
    }

    fn down(&mut self, levels: usize) {
        self.at = self.at.saturating_sub(levels);
        self.greens = 0;
    }

    /// A day without a run: only a stop and red lights say something about running.
    pub(super) fn see(&mut self, reading: &Reading) {
        match reading.light {
            Light::Stop => self.stop(reading),
            Light::Red => {
                self.only_green = false;
                self.red(reading);
            }
            _ => {}
        }
    }

    /// A run and the light of its day.
    pub(super) fn run(&mut self, run: &Run, reading: &Reading) {
        let day = reading.day;
        let gap = self.gap(day);
        let level = run.level.and_then(|level| u16::try_from(level).ok());
        let counted = self.take(run, level, reading);
        self.remember(run, level, day);
        if let (Some(gap), false) = (gap, self.waits) {
            self.because = format!("{} {gap}", self.because);
        }
        self.done.push(Done { day, level, light: reading.light, because: reading.because.clone(), counted });
    }

    /// What a break before a day does.
    fn gap(&mut self, day: NaiveDate) -> Option<String> {
        let days = (day - self.last).num_days();
        if days > TOO_LONG {
            self.down(1);
            self.wait(format!("There was no run for {days} days. After more than {TOO_LONG} days your physio says where to begin again."));
            None
        } else if days > LONG_GAP && self.at > 0 {
            self.down(1);
            Some(format!("After {days} days without a run it goes on one level lower, at {}.", self.name()))
        } else {
            None
        }
    }

    /// Whether it counts, after the level has followed from it.
    fn take(&mut self, run: &Run, level: Option<u16>, reading: &Reading) -> bool {
        let why = format!("{} on {}: {}", reading.light.label(), day_and_month(reading.day), reading.because);
        self.apart = EVERY_OTHER + u64::from(reading.light >= Light::Red);
        self.only_green &= reading.light == Light::Green;
        match reading.light {
            Light::Green => return self.green(run, level, reading.day),
            Light::Unknown => self.say(format!("Not counted yet. {why}. {} again.", self.name())),
            Light::Hold => {
                self.greens = 0;
                self.say(format!("{why}. {} again.", self.name()));
            }
            Light::Amber => {
                (self.greens, self.less) = (0, Some(self.rule_less()));
                let less = self.less_words().map(|words| format!(": {words}")).unwrap_or_default();
                self.say(format!("{why}. {} again with less running{less}.", self.name()));
            }
            Light::Red => {
                if let Some(place) = level.and_then(|level| self.place_of(level)) {
                    self.at = self.at.min(place);
                }
                self.down(self.rule_down());
                self.less = None;
                self.say(format!("{why}. Two levels down, to {}, after an extra rest day.", self.name()));
                self.red(reading);
            }
            Light::Stop => {
                self.down(self.rule_down());
                self.stop(reading);
            }
        }
        false
    }

    /// While it waits, the reason to wait stays.
    fn say(&mut self, because: String) {
        if !self.waits {
            self.because = because;
        }
    }

    fn rule_down(&self) -> usize {
        let red = self.ladder.rules.iter().find(|rule| rule.light == Light::Red.word());
        red.map_or(2, |rule| usize::from(rule.levels.unsigned_abs()))
    }

    fn stop(&mut self, reading: &Reading) {
        self.only_green = false;
        let day = day_and_month(reading.day);
        self.wait(format!("Stop on {day}: {}. No running until your physio says that it goes on.", reading.because));
    }

    /// Two red lights in a week wait for a physio.
    fn red(&mut self, reading: &Reading) {
        let before = self.reds.iter().any(|day| (reading.day - *day).num_days() < WEEK);
        self.reds.push(reading.day);
        if before {
            self.wait(format!(
                "Two red lights within 7 days, the last on {}: {}. No running until your physio says where it goes on.",
                day_and_month(reading.day),
                reading.because
            ));
        }
    }

    fn green(&mut self, run: &Run, level: Option<u16>, day: NaiveDate) -> bool {
        let (name, when) = (self.name(), day_and_month(day));
        if let Some(why) = self.not_counted(run, level, day) {
            self.say(format!("Green on {when}, but not counted: {why}. {name} again."));
            return false;
        }
        if self.waits {
            return false;
        }
        self.less = None;
        self.greens += 1;
        let needed = self.level().map_or(1, Level::needed);
        if self.greens < needed {
            self.say(format!("{name} was green on {when}: {} of the {needed} green sessions it needs.", self.greens));
        } else if self.at + 1 >= self.levels.len() {
            self.say(format!("{name} was green on {when}. It is the last level."));
        } else {
            self.at += self.step();
            let so_often = if self.greens == 1 { String::new() } else { format!(" {} times", self.greens) };
            self.greens = 0;
            self.say(format!("{name} was green{so_often}, the last time on {when}. On to {}.", self.name()));
        }
        true
    }

    /// One level, or two on the fast track.
    fn step(&self) -> usize {
        let may = self.fast && self.only_green;
        let two = self.levels.get(self.at + 2).is_some_and(|level| level.level <= self.ladder.fast_track.up_to);
        if may && two { 2 } else { 1 }
    }

    /// Why a green run is no green session of its level.
    fn not_counted(&mut self, run: &Run, level: Option<u16>, day: NaiveDate) -> Option<String> {
        let asked = self.level()?.clone();
        let seconds = asked.run_seconds();
        let short = seconds.zip(run.seconds).is_some_and(|(asked, run)| run * 10 < asked * 9);
        let early = asked.level < self.ladder.hills_and_speed_from
            && (run.speed_reps.is_some_and(|fast| fast > 0) || run.incline.is_some_and(|incline| incline >= UPHILL));
        if level.is_none() {
            Some("it was no level of the ladder".to_owned())
        } else if level != Some(asked.level) {
            Some(format!("{} was asked", asked.name()))
        } else if run.walked_home {
            Some("it was walked home".to_owned())
        } else if self.last_run.is_some_and(|last| day - last < chrono::TimeDelta::days(2)) {
            Some("there was no rest day before it".to_owned())
        } else if early {
            Some("hills and speed come after R12".to_owned())
        } else if short {
            self.less = None;
            Some("it was shorter than the level".to_owned())
        } else if !asked.adds.is_empty() && self.newest_of_others(&asked).is_some_and(|new| new + Days::new(7) > day) {
            Some("another new kind of load began less than a week before".to_owned())
        } else if asked.weeks > 0 && self.last_hard().is_some_and(|last| last + Days::new(7) > day) {
            Some("this level comes once a week".to_owned())
        } else {
            None
        }
    }

    /// The last day on which a stressor that this level does not have was new.
    fn newest_of_others(&self, asked: &Level) -> Option<NaiveDate> {
        let others = self.stress.iter().filter(|(stressor, ..)| !asked.adds.contains(stressor));
        others.map(|(_, new, _)| *new).max()
    }

    /// The last run with hills or speed.
    fn last_hard(&self) -> Option<NaiveDate> {
        self.stress.iter().map(|(_, _, last)| *last).max()
    }

    fn remember(&mut self, run: &Run, level: Option<u16>, day: NaiveDate) {
        (self.last, self.last_run) = (day, Some(day));
        if let Some(seconds) = run.longest.or(run.seconds) {
            self.longest.push((day, seconds));
        }
        let adds = level.and_then(|level| self.place_of(level)).map(|place| self.levels[place].adds.clone()).unwrap_or_default();
        for stressor in adds {
            match self.stress.iter_mut().find(|(known, ..)| *known == stressor) {
                Some((_, _, last)) => *last = day,
                None => self.stress.push((stressor, day, day)),
            }
        }
    }

    /// "5 minutes 36 seconds to 6 minutes 24 seconds of running in all", or how much less; nothing when it is not less.
    fn less_words(&self) -> Option<String> {
        let (least, most) = self.less?;
        let Some(seconds) = self.level()?.run_seconds() else { return Some(format!("{least} to {most} % less")) };
        let of = |less: u16| in_words(seconds * i32::from(100_u16.saturating_sub(less)) / 100);
        Some(format!("{} to {} of running in all", of(most), of(least)))
    }

    /// How much less running after amber, in percent.
    fn rule_less(&self) -> (u16, u16) {
        let amber = self.ladder.rules.iter().find(|rule| rule.light == Light::Amber.word());
        amber.and_then(|rule| rule.less).unwrap_or(LESS)
    }

    /// A tenth more than the longest run of the last 30 days, where the level grows from it.
    fn growth(&self, today: NaiveDate) -> Option<String> {
        let level = self.level().filter(|level| !level.is_timed() && level.adds.is_empty())?;
        let longest = self.longest.iter().filter(|(day, _)| (today - *day).num_days() <= 30).map(|(_, seconds)| *seconds).max()?;
        (level.exercise.is_empty()).then(|| {
            format!("Your longest of the last 30 days was {}; now {} at most.", in_words(longest), in_words(longest + longest / 10))
        })
    }

    pub(super) fn standing(mut self, opened: &Word, today: NaiveDate) -> LadderStanding {
        if !self.waits
            && let Some(gap) = self.gap(today)
        {
            self.because = gap;
        }
        let next = self.next(today);
        let level = self.level().cloned();
        LadderStanding {
            ladder: opened.ladder.clone(),
            opened: opened.day,
            level: level.as_ref().map_or(1, |level| level.level),
            needed: level.as_ref().map_or(1, Level::needed),
            next,
            because: self.because,
            waits_for_physio: self.waits,
            greens_at_level: self.greens,
            fast_track: self.fast,
            strides_first: strides_first(&self.levels),
            levels: self.levels,
            runs: self.done,
        }
    }

    fn next(&self, today: NaiveDate) -> Option<Next> {
        let level = self.level().filter(|_| !self.waits)?.clone();
        let rested = self.last_run.map(|last| last + Days::new(self.apart));
        let weekly = self.last_hard().filter(|_| level.weeks > 0).map(|last| last + Days::new(7));
        let settled = self.newest_of_others(&level).filter(|_| !level.adds.is_empty()).map(|new| new + Days::new(7));
        let on = [rested, weekly, settled].into_iter().flatten().fold(today, NaiveDate::max);
        let less = self.less_words().map(|words| format!("This time {words}."));
        let more = less.or_else(|| self.growth(today));
        let words = more.map_or_else(|| level.words(), |more| format!("{} {more}", level.words()));
        Some(Next { level, words, on })
    }
}

/// Whether the first level of speed comes before that of hills.
fn strides_first(levels: &[Level]) -> bool {
    let only = |stressor: Stressor| levels.iter().position(|level| level.adds == [stressor]);
    only(Stressor::Speed).zip(only(Stressor::Hills)).is_some_and(|(speed, hills)| speed < hills)
}

/// "5 minutes 36 seconds"
fn in_words(seconds: i32) -> String {
    let said = |count: i32, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match (seconds / 60, seconds % 60) {
        (0, rest) => said(rest, "second"),
        (whole, 0) => said(whole, "minute"),
        (whole, rest) => format!("{} {}", said(whole, "minute"), said(rest, "second")),
    }
}
