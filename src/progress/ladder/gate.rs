//! Which word a physio may say now, and what it needs.

use super::domain::{LadderStanding, Said};
use super::readiness::{Item, Met};
use crate::error::Invalid;
use crate::plans::programmes::Level;
use crate::text::Reason;
use crate::web::Fields;

/// What a physio wants to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The word.
    pub said: Said,
    /// At which level, where that belongs to it.
    pub level: Option<u16>,
    /// Why; empty only where nothing has to be explained.
    pub reason: String,
}

/// What stands before the ladder.
pub struct Gate<'a> {
    /// Where the patient stands; nothing while no ladder is open.
    pub standing: Option<&'a LadderStanding>,
    /// The readiness list.
    pub items: &'a [Item],
    /// Why nothing may begin, if anything stands against it.
    pub obstacle: Option<&'a str>,
    /// The levels of the ladder that is open, or is to be opened.
    pub levels: &'a [Level],
}

impl Gate<'_> {
    /// Why running may not begin or go on at all, whatever the reason.
    #[must_use]
    pub fn closed(&self) -> Option<String> {
        if let Some(obstacle) = self.obstacle {
            return Some(obstacle.to_owned());
        }
        // Where bone stress is possible, no impact before a clinician has excluded it and said so.
        let open = self.items.iter().find(|item| item.is_statement && item.met != Met::Yes).filter(|_| self.standing.is_none());
        open.map(|item| format!("Confirm this first: {}.", item.words))
    }

    /// Whether every item of the list is met.
    #[must_use]
    pub fn all_met(&self) -> bool {
        self.items.iter().all(|item| item.met == Met::Yes)
    }

    /// The words that may be said now.
    #[must_use]
    pub fn may(&self) -> Vec<Said> {
        match self.standing {
            None => vec![Said::Opened],
            Some(standing) if standing.waits_for_physio => vec![Said::Resumed, Said::Ended],
            Some(standing) => {
                let track = if standing.fast_track { Said::EachLevel } else { Said::FastTrack };
                let order = if standing.strides_first { Said::HillsFirst } else { Said::StridesFirst };
                vec![Said::Placed, Said::Halted, track, order, Said::Ended]
            }
        }
    }

    /// Reads what a physio wants to say, and holds it against what may be said now.
    ///
    /// # Errors
    /// What to show beside the fields.
    pub fn read(&self, fields: &Fields) -> Result<Command, Invalid> {
        let said = Said::from_word(fields.get("word")).filter(|said| self.may().contains(said));
        let said = said.ok_or_else(|| Invalid::one("word", "This cannot be said now. Look at how the ladder stands"))?;
        let mut invalid = Invalid::default();
        if matches!(said, Said::Opened | Said::Resumed | Said::Placed)
            && let Some(closed) = self.closed()
        {
            invalid.add("word", closed);
        }
        let mut level = None;
        if matches!(said, Said::Opened | Said::Resumed | Said::Placed) {
            let known = |number: &u16| self.levels.iter().any(|level| level.level == *number);
            level = invalid.take("level", fields.get("level").parse().ok().filter(known).ok_or_else(|| "Choose a level".to_owned()));
        }
        let free = said == Said::Opened && self.all_met() && level == self.levels.first().map(|level| level.level);
        let ask = if said == Said::Opened { "Say why the ladder is opened this way" } else { "Say why" };
        let reason = match fields.get("reason").trim() {
            "" if free => Some(String::new()),
            text => invalid.take("reason", Reason::parse(text, ask)).map(String::from),
        };
        match reason {
            Some(reason) if invalid.is_empty() => Ok(Command { said, level, reason }),
            _ => Err(invalid),
        }
    }
}
