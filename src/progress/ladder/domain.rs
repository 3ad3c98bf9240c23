//! What the physio said, what was run, and where that leads.

use chrono::{NaiveDate, NaiveDateTime};

use super::climb::Climb;
use crate::diary::Record;
use crate::plans::programmes::{Ladder, Level};
use crate::progress::{Light, readings};
use crate::text::words;

words! {
    /// What a physio may say of a patient's ladder.
    Said {
        /// Running may begin, at this level.
        Opened = "opened", "opened";
        /// From here on this level.
        Placed = "placed", "placed";
        /// No running for now.
        Halted = "halted", "halted";
        /// It goes on after a stop, at this level.
        Resumed = "resumed", "resumed";
        /// The ladder is done with.
        Ended = "ended", "ended";
        /// After a short break and with nothing but green, every second level may be left out.
        FastTrack = "fast-track", "fast track allowed";
        /// Level after level.
        EachLevel = "each-level", "each level again";
        /// Strides come before hills.
        StridesFirst = "strides-first", "strides before hills";
        /// Hills come before strides.
        HillsFirst = "hills-first", "hills before strides";
    }
}

/// One word of a physio.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// What was said.
    pub said: Said,
    /// At which level, where that belongs to it.
    pub level: Option<u16>,
    /// The name of the ladder that was opened; empty with other words.
    pub ladder: String,
    /// Its levels as they were when it was opened; empty with other words.
    pub levels: Vec<Level>,
    /// Why.
    pub reason: String,
    /// Who said it.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// On which day at the clinic.
    pub day: NaiveDate,
}

/// A run as the ladder sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The day.
    pub day: NaiveDate,
    /// The level it was meant to be.
    pub level: Option<u16>,
    /// The light of its day.
    pub light: Light,
    /// Why it is that light.
    pub because: String,
    /// Whether it counted as one of the green sessions that its level needs.
    pub counted: bool,
}

/// The run that comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// The level.
    pub level: Level,
    /// What to do, in sentences for the patient.
    pub words: String,
    /// The first day for it.
    pub on: NaiveDate,
}

/// Where a patient stands on the ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderStanding {
    /// The name of the ladder.
    pub ladder: String,
    /// The day it was opened.
    pub opened: NaiveDate,
    /// Its levels, in the order they are climbed.
    pub levels: Vec<Level>,
    /// The number of the level that comes next.
    pub level: u16,
    /// What comes next; nothing while the ladder waits for a physio.
    pub next: Option<Next>,
    /// Why, in one sentence.
    pub because: String,
    /// Whether no run is due before a physio has said so.
    pub waits_for_physio: bool,
    /// Green sessions that count at this level.
    pub greens_at_level: u16,
    /// Green sessions that this level needs.
    pub needed: u16,
    /// Whether every second level may be left out.
    pub fast_track: bool,
    /// Whether strides come before hills.
    pub strides_first: bool,
    /// Runs since the opening, oldest first.
    pub runs: Vec<Done>,
}

impl LadderStanding {
    /// Whether a run is due on this day.
    #[must_use]
    pub fn asks_on(&self, day: NaiveDate) -> bool {
        self.next.as_ref().is_some_and(|next| next.on <= day)
    }

    /// How many green sessions counted at a level since the opening.
    #[must_use]
    pub fn greens_of(&self, level: u16) -> usize {
        self.runs.iter().filter(|run| run.counted && run.level == Some(level)).count()
    }
}

/// What happened, in the order it counts.
enum Event<'a> {
    Word(&'a Word),
    Run(NaiveDate),
    Other(NaiveDate),
}

/// The words of the ladder that is open, its opening first; nothing while none is.
fn since_opening(words: &[Word]) -> Option<&[Word]> {
    let opening = words.iter().rposition(|word| word.said == Said::Opened)?;
    let words = &words[opening..];
    words.iter().all(|word| word.said != Said::Ended).then_some(words)
}

/// The day the ladder was opened; nothing while none is open.
pub(super) fn open_since(words: &[Word]) -> Option<NaiveDate> {
    since_opening(words)?.first().map(|word| word.day)
}

/// The levels of the ladder that is open; none while none is.
pub(super) fn levels_of(words: &[Word], house: &Ladder) -> Vec<Level> {
    let opened = since_opening(words).and_then(<[Word]>::first);
    opened.map(|word| if word.levels.is_empty() { house.levels.clone() } else { word.levels.clone() }).unwrap_or_default()
}

/// Where a patient stands; nothing while no ladder is open. The words are in the order they were said; the record reaches back to the
/// opening.
#[must_use]
pub fn standing(record: &Record, words: &[Word], ladder: &Ladder, today: NaiveDate) -> Option<LadderStanding> {
    let words = since_opening(words)?;
    let opened = words.first()?;
    let readings = readings(record);
    let mut climb = Climb::new(opened, ladder);
    for event in in_order(record, words, readings.iter().map(|reading| reading.day), today) {
        let reading = |day| readings.iter().find(|reading| reading.day == day);
        match event {
            Event::Word(word) => climb.hear(word),
            Event::Run(day) => {
                if let (Some(run), Some(reading)) = (run_of(record, day), reading(day)) {
                    climb.run(run, reading);
                }
            }
            Event::Other(day) => reading(day).into_iter().for_each(|reading| climb.see(reading)),
        }
    }
    Some(climb.standing(opened, today))
}

/// The run of a day.
fn run_of(record: &Record, day: NaiveDate) -> Option<&crate::diary::Run> {
    record.sessions_of(day).filter_map(|session| session.run.as_ref()).last()
}

/// Words and days one after the other. A day comes before a word of a later day. A run of the day of a word comes before it when it was
/// written down before, unless only the next morning made it a bad one: that came after the word.
fn in_order<'a>(record: &Record, words: &'a [Word], read: impl Iterator<Item = NaiveDate>, today: NaiveDate) -> Vec<Event<'a>> {
    let from = words.first().map_or(today, |word| word.day);
    let heard_first = |day: NaiveDate, word: &Word| {
        let Some(run) = run_of(record, day).filter(|_| day == word.day) else { return word.day <= day };
        let worst = record.sessions_of(day).filter_map(|session| session.worst().max(session.feeling.after.map(|pain| (pain, None)))).max();
        let bad_at_once = worst.is_none_or(|(pain, _)| pain > record.cut_offs_on(day).green_to);
        run.logged >= word.at || !bad_at_once && word.said != Said::Opened
    };
    let mut events = Vec::new();
    let mut left = words.iter().peekable();
    for day in read.filter(|day| *day >= from && *day <= today) {
        while let Some(word) = left.next_if(|word| heard_first(day, word)) {
            events.push(Event::Word(word));
        }
        events.push(if run_of(record, day).is_some() { Event::Run(day) } else { Event::Other(day) });
    }
    events.extend(left.map(Event::Word));
    events
}
