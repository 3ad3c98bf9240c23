//! The run–walk ladder and the readiness list: `articles/programmes/ladder.toml`, read and checked.

use serde::{Deserialize, Serialize};

use crate::exercises::dose::{Dose, Frequency, Side, Work};
use crate::exercises::{Library, Reference};
use crate::markdown::Flaw;
use crate::plans::{Criterion, Metric};

/// The name of its file.
pub(super) const FILE: &str = "ladder.toml";
/// The last level.
const LEVELS: usize = 17;

/// The ladder, with its rules and with what must be true before its first level.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Minutes of walking before.
    pub warm_up: u16,
    /// Minutes of walking afterwards.
    pub cool_down: u16,
    /// How fast and where, for the patient.
    pub pace: String,
    /// Pain of 0 to 10 above which a run ends.
    pub stop_above: u16,
    /// The first level with hills or speed.
    pub hills_and_speed_from: u16,
    /// What it rests on.
    pub basis: String,
    /// Its levels, from the first; never empty.
    pub levels: Vec<Level>,
    /// What a light does, for each light that counts.
    pub rules: Vec<Rule>,
    /// More rules, in words.
    pub more: Vec<String>,
    /// Who may leave out every second level.
    pub fast_track: FastTrack,
    /// What must be true before the first level.
    pub readiness: Vec<Criterion>,
    /// What has been written about it.
    pub references: Vec<Reference>,
}

/// What a level adds to easy running on the flat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stressor {
    /// Running uphill.
    Hills,
    /// Running fast.
    Speed,
}

/// One level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its number, from 1.
    pub level: u16,
    /// Minutes of walking in each block.
    #[serde(default)]
    pub walk: f64,
    /// Minutes of running in each block; 0 where words say what is done.
    #[serde(default)]
    pub run: f64,
    /// How many blocks.
    #[serde(default)]
    pub blocks: u16,
    /// How many sessions it takes at least; 0 where it is counted in weeks.
    #[serde(default)]
    pub sessions: u16,
    /// How many weeks it takes at least, with one session a week; 0 where it is counted in sessions.
    #[serde(default)]
    pub weeks: u16,
    /// What it adds.
    #[serde(default)]
    pub adds: Vec<Stressor>,
    /// What is done, where it is no block of walking and running.
    #[serde(default)]
    pub does: String,
    /// The exercise it is done with, when it is not the run–walk session.
    #[serde(default)]
    pub exercise: String,
    /// A word more.
    #[serde(default)]
    pub note: String,
}

/// What a light does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The word of the light.
    pub light: String,
    /// Levels up, or down when below nought.
    pub levels: i16,
    /// Percent of running to take off, from and to.
    pub less: Option<(u16, u16)>,
    /// In words.
    pub words: String,
}

/// Who may leave out every second level: runners after a short break with nothing but green.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FastTrack {
    /// The break was shorter than so many weeks.
    pub break_weeks: u16,
    /// Up to this level.
    pub up_to: u16,
}

impl Ladder {
    /// The level with this number.
    #[must_use]
    pub fn level(&self, number: u16) -> Option<&Level> {
        self.levels.iter().find(|level| level.level == number)
    }
}

impl Level {
    /// "R7"
    #[must_use]
    pub fn name(&self) -> String {
        format!("R{}", self.level)
    }

    /// How many green sessions it takes at least before the next one.
    #[must_use]
    pub fn needed(&self) -> u16 {
        self.sessions.max(self.weeks).max(1)
    }

    /// Seconds of running in all; nothing where the clock does not say it.
    #[must_use]
    pub fn run_seconds(&self) -> Option<i32> {
        self.is_timed().then(|| seconds(self.run * f64::from(self.blocks)).map(i32::from)).flatten()
    }

    /// Whether it is walking and running by the clock.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        self.run > 0.0
    }

    /// Minutes of running in all; nothing where the clock does not say it.
    #[must_use]
    pub fn running(&self) -> Option<String> {
        self.is_timed().then(|| minutes(self.run * f64::from(self.blocks)))
    }

    /// What is done, in a sentence: "Walk 4 minutes 30 seconds, run 30 seconds, 4 times."
    #[must_use]
    pub fn words(&self) -> String {
        let text = match (self.is_timed(), self.blocks) {
            (false, _) => self.does.clone(),
            (true, 1) => format!("Run {} in one go.", minutes(self.run)),
            (true, blocks) if self.walk <= 0.0 => format!("Run {} in one go.", minutes(self.run * f64::from(blocks))),
            (true, blocks) => format!("Walk {}, run {}, {blocks} times.", minutes(self.walk), minutes(self.run)),
        };
        text.trim().to_owned()
    }

    /// The dose of its run–walk session; nothing where words say what is done.
    #[must_use]
    pub fn dose(&self, frequency: Frequency) -> Option<Dose> {
        let (sets, block) = if self.walk > 0.0 { (self.blocks, self.walk + self.run) } else { (1, self.run * f64::from(self.blocks)) };
        let amount = seconds(block).filter(|_| self.is_timed())?;
        Some(Dose { sets, work: Work::Time, amount, hold: None, rest: None, side: Side::Together, frequency, tempo: None })
    }
}

/// Minutes as seconds, when they are a whole number of seconds that a dose can hold.
fn seconds(minutes: f64) -> Option<u16> {
    let wanted = (minutes * 60.0).round();
    (1..=Work::Time.most()).find(|seconds| (f64::from(*seconds) - wanted).abs() < 0.5)
}

/// "4 minutes 30 seconds"
fn minutes(minutes: f64) -> String {
    let all = seconds(minutes).unwrap_or(0);
    let (whole, rest) = (all / 60, all % 60);
    let said = |count: u16, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match (whole, rest) {
        (0, rest) => said(rest, "second"),
        (whole, 0) => said(whole, "minute"),
        (whole, rest) => format!("{} {}", said(whole, "minute"), said(rest, "second")),
    }
}

/// Reads the file.
pub(super) fn read(text: &str, library: &Library) -> Result<Ladder, Flaw> {
    let line_at = |place: usize| 1 + text.get(..place).unwrap_or(text).matches('\n').count();
    let line_of = |start: &str| text.lines().position(|line| line.trim_start().starts_with(start)).map_or(1, |index| index + 1);
    let ladder: Ladder = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(span.start));
        Flaw::new(line, error.message())
    })?;
    for (place, level) in (1..).zip(&ladder.levels) {
        let line = line_of(&format!("{{ level = {},", level.level));
        if level.level != place {
            return Err(Flaw::new(line, format!("the levels are counted from 1: {place} comes here, not {}", level.level)));
        }
        let timed = level.is_timed() && level.blocks > 0 && level.walk >= 0.0;
        if timed != level.does.is_empty() {
            return Err(Flaw::new(line, "a level has run and blocks, or says in does what is done"));
        }
        if let Some(Err(invalid)) = level.dose(Frequency::Weekly(1)).map(Dose::check) {
            return Err(Flaw::new(line, format!("the dose is out of bounds: {invalid}")));
        }
        if !level.exercise.is_empty() && library.get(&level.exercise).is_none() {
            return Err(Flaw::new(line, format!("there is no exercise \"{}\"", level.exercise)));
        }
    }
    if ladder.levels.len() != LEVELS {
        return Err(Flaw::new(line_of("levels"), format!("the ladder has {LEVELS} levels, not {}", ladder.levels.len())));
    }
    if ladder.readiness.is_empty() {
        return Err(Flaw::new(1, "the readiness list is missing: write [[readiness]]"));
    }
    let mut lines = text.lines().enumerate().filter(|(_, line)| line.trim() == "[[readiness]]").map(|(index, _)| index + 1);
    let mut readiness = Vec::new();
    for criterion in ladder.readiness {
        let line = lines.next().unwrap_or(1);
        if criterion.metric == Metric::Finished {
            return Err(Flaw::new(line, "the readiness list names no programme"));
        }
        readiness.push(criterion.known(library).map_err(|reason| Flaw::new(line, reason))?);
    }
    if let Some(reason) = ladder.references.iter().find_map(Reference::flaw) {
        return Err(Flaw::new(line_of("[[references]]"), reason));
    }
    Ok(Ladder { readiness, ..ladder })
}
