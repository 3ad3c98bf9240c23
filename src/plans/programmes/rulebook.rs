//! The rules of what is proposed: `articles/programmes/rules.toml`, read and checked. A programme may say other thresholds in a `[rules]`
//! table of its front matter.

use serde::Deserialize;

use crate::exercises::Reference;
use crate::exercises::dose::Work;
use crate::markdown::Flaw;
use crate::text::words;

/// The name of its file.
pub(super) const FILE: &str = "rules.toml";

words! {
    /// What a proposal wants, the most cautious first.
    Kind {
        /// The plan pauses.
        Pause = "pause", "Pause the plan";
        /// Back to the phase before.
        StepBack = "step-back", "Step back";
        /// A smaller dose or an easier exercise.
        Easier = "easier", "Make it easier";
        /// Begin lower after a break.
        Restart = "restart", "Begin lower after the break";
        /// The same again.
        Hold = "hold", "Hold";
        /// A week with fewer rounds.
        Deload = "deload", "An easy week";
        /// One step more.
        Progress = "progress", "Progress";
        /// A harder exercise.
        Harder = "harder", "A harder exercise";
        /// On to the next phase.
        NextPhase = "next-phase", "Next phase";
    }
}

impl Kind {
    /// Whether it asks more of the patient than now.
    #[must_use]
    pub fn is_more(self) -> bool {
        matches!(self, Self::Progress | Self::Harder | Self::NextPhase)
    }
}

words! {
    /// The rules, by their keys.
    Key {
        /// A warning sign or pain in the night.
        Stop = "stop", "warning sign";
        /// Several red days in a short time.
        Reds = "reds", "red days";
        /// A red day.
        Red = "red", "red day";
        /// Amber again.
        Ambers = "ambers", "amber again";
        /// A long time without training.
        LongGap = "long-gap", "long break";
        /// Some time without training.
        Gap = "gap", "break";
        /// Stiff, or a little worse, next morning.
        Hold = "hold", "hold light";
        /// Amber once.
        Amber = "amber", "amber light";
        /// The easy week.
        Deload = "deload", "easy week";
        /// After the easy week.
        DeloadOver = "deload-over", "after the easy week";
        /// A step of the dose.
        Step = "step", "step of the dose";
        /// A step of the load.
        Load = "load", "step of the load";
        /// A harder exercise.
        Harder = "harder", "harder exercise";
        /// All that must be reached.
        NextPhase = "next-phase", "criteria of the phase";
    }
}

impl Key {
    /// What a rule with this key proposes.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Stop => Kind::Pause,
            Self::Reds => Kind::StepBack,
            Self::Red | Self::Ambers => Kind::Easier,
            Self::LongGap | Self::Gap => Kind::Restart,
            Self::Hold | Self::Amber => Kind::Hold,
            Self::Deload => Kind::Deload,
            Self::DeloadOver | Self::Step | Self::Load => Kind::Progress,
            Self::Harder => Kind::Harder,
            Self::NextPhase => Kind::NextPhase,
        }
    }
}

/// What one rule says, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// Which rule.
    pub key: Key,
    /// What it proposes.
    pub kind: Kind,
    /// The rule in a sentence.
    pub words: String,
    /// What it rests on; what nobody published is said to be ours.
    pub source: String,
}

/// How much one step of a dose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Repetitions.
    pub reps: u16,
    /// Seconds of a hold.
    pub hold: u16,
    /// Seconds of going on.
    pub time: u16,
    /// Metres.
    pub distance: u16,
    /// Breaths.
    pub breaths: u16,
}

impl Step {
    /// The step of this kind of work, in its unit.
    #[must_use]
    pub fn of(self, work: Work) -> u16 {
        match work {
            Work::Reps => self.reps,
            Work::Hold => self.hold,
            Work::Time => self.time,
            Work::Distance => self.distance,
            Work::Breaths => self.breaths,
        }
    }
}

/// Where the rules begin to speak. Days are days of the calendar, shares are percent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Green days in a row before anything grows.
    pub greens: u16,
    /// Red days that are too many …
    pub reds: u16,
    /// … within so many days.
    pub reds_days: u16,
    /// Amber days in a row before a dose shrinks.
    pub ambers: u16,
    /// Percent to take off a dose, from and to.
    pub less: (u16, u16),
    /// Every so many weeks one with fewer rounds; 0 for never.
    pub deload_every: u16,
    /// Percent of rounds it has fewer, from and to.
    pub deload_less: (u16, u16),
    /// More days without training than these: one step lower.
    pub restart_days: u16,
    /// More days without training than these: test again, and the phase anew.
    pub retest_days: u16,
    /// Percent a load grows, from and to.
    pub load: (u16, u16),
    /// How strong bands are called, the weakest first.
    pub bands: Vec<String>,
    /// One step of a dose.
    pub step: Step,
}

impl Thresholds {
    fn flaw(&self) -> Option<(&'static str, &'static str)> {
        let span = |(from, to): (u16, u16)| from == 0 || from > to || to > 90;
        let none = [self.step.reps, self.step.hold, self.step.time, self.step.distance, self.step.breaths].contains(&0);
        [
            (self.greens < 2, "greens", "one green day is too few to ask more: write 2 or more"),
            (self.reds == 0 || self.reds_days == 0, "reds", "reds and reds_days are 1 or more"),
            (self.ambers == 0, "ambers", "ambers is 1 or more"),
            (span(self.less), "less", "two percents in order, from 1 to 90"),
            (span(self.deload_less), "deload_less", "two percents in order, from 1 to 90"),
            (span(self.load), "load", "two percents in order, from 1 to 90"),
            (self.deload_every == 1, "deload_every", "not every week can be an easy one: write 0 or 2 and more"),
            (self.restart_days == 0 || self.retest_days <= self.restart_days, "restart_days", "restart_days comes before retest_days"),
            (none, "step", "a step is 1 or more"),
        ]
        .into_iter()
        .find_map(|(wrong, key, reason)| wrong.then_some((key, reason)))
    }
}

/// The rules with their usual thresholds.
#[derive(Debug, Clone, PartialEq)]
pub struct Rulebook {
    /// The thresholds of programmes that say nothing else.
    pub usual: Thresholds,
    /// Every rule once.
    pub rules: Vec<RuleText>,
    /// What has been written about them.
    pub references: Vec<Reference>,
    table: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    thresholds: toml::Table,
    rules: Vec<RuleText>,
    references: Vec<Reference>,
}

impl Rulebook {
    /// What a rule says; every key has one.
    #[must_use]
    pub fn rule(&self, key: Key) -> Option<&RuleText> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    /// The usual thresholds with what a programme says in their place.
    ///
    /// # Errors
    /// The key that is wrong, and why.
    pub(super) fn with(&self, own: &toml::Table) -> Result<Thresholds, (String, String)> {
        let mut table = self.table.clone();
        table.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
        thresholds(table, own.keys().find(|key| !self.table.contains_key(*key)))
    }
}

fn thresholds(table: toml::Table, unknown: Option<&String>) -> Result<Thresholds, (String, String)> {
    if let Some(key) = unknown {
        return Err((key.clone(), format!("there is no threshold \"{key}\"")));
    }
    let thresholds: Thresholds =
        table.try_into().map_err(|error: toml::de::Error| ("thresholds".to_owned(), error.message().to_owned()))?;
    match thresholds.flaw() {
        Some((key, reason)) => Err((key.to_owned(), format!("{key}: {reason}"))),
        None => Ok(thresholds),
    }
}

/// Reads the file.
pub(super) fn read(text: &str) -> Result<Rulebook, Flaw> {
    let line_at = |place: usize| 1 + text.get(..place).unwrap_or(text).matches('\n').count();
    let line_of = |start: &str| text.lines().position(|line| line.trim_start().starts_with(start)).map_or(1, |index| index + 1);
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(span.start));
        Flaw::new(line, error.message())
    })?;
    let usual = thresholds(file.thresholds.clone(), None).map_err(|(key, reason)| Flaw::new(line_of(&key), reason))?;
    for key in Key::ALL {
        let mut of_key = file.rules.iter().filter(|rule| rule.key == *key);
        let line = line_of(&format!("key = \"{}\"", key.word()));
        match (of_key.next(), of_key.next()) {
            (None, _) => return Err(Flaw::new(1, format!("the rule \"{}\" is missing", key.word()))),
            (_, Some(_)) => return Err(Flaw::new(line, format!("the rule \"{}\" stands twice", key.word()))),
            (Some(rule), None) if rule.kind != key.kind() => {
                return Err(Flaw::new(line, format!("the rule \"{}\" is of the kind {}", key.word(), key.kind().word())));
            }
            (Some(rule), None) if rule.words.trim().is_empty() || rule.source.trim().is_empty() => {
                return Err(Flaw::new(line, "words and source are written in words"));
            }
            _ => {}
        }
    }
    if let Some(reason) = file.references.iter().find_map(Reference::flaw) {
        return Err(Flaw::new(line_of("[[references]]"), reason));
    }
    Ok(Rulebook { usual, rules: file.rules, references: file.references, table: file.thresholds })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../articles/programmes/rules.toml");

    #[test]
    fn the_rules_of_the_house_are_read() {
        let book = read(TEXT).unwrap();
        assert_eq!(book.rules.len(), Key::ALL.len());
        assert_eq!((book.usual.greens, book.usual.less, book.usual.step.reps), (2, (20, 30), 2));
        assert!(book.rule(Key::Load).unwrap().words.contains("load"));
        assert!(Kind::Pause < Kind::Easier && Kind::Hold < Kind::Progress && Kind::Harder < Kind::NextPhase);
    }

    #[test]
    fn a_programme_says_other_thresholds() {
        let book = read(TEXT).unwrap();
        let own = |text: &str| book.with(&text.parse().unwrap());
        assert_eq!(own("deload_every = 0").unwrap(), Thresholds { deload_every: 0, ..book.usual.clone() });
        assert_eq!(own("greens = 3\nstep = { reps = 1, hold = 2, time = 10, distance = 2, breaths = 1 }").unwrap().step.hold, 2);
        assert_eq!(own("green = 3").unwrap_err().0, "green");
        assert_eq!(own("greens = 1").unwrap_err().0, "greens");
        assert_eq!(own("greens = \"two\"").unwrap_err().0, "thresholds");
    }

    #[test]
    fn a_flaw_is_told_with_its_line() {
        let line = |from: &str, to: &str| read(&TEXT.replacen(from, to, 1)).unwrap_err();
        let begin = |start: &str| TEXT.lines().position(|line| line.starts_with(start)).unwrap() + 1;
        assert_eq!(line("reds = 2", "reds = 0").line, begin("reds = 2"));
        assert_eq!(line("kind = \"pause\"", "kind = \"hold\"").line, begin("key = \"stop\""));
        assert_eq!(line("key = \"gap\"", "key = \"red\"").line, 1 + TEXT.lines().position(|line| line == "key = \"red\"").unwrap());
        assert_eq!(line("greens = 2", "greens = = 2").line, begin("greens = 2"));
    }
}
