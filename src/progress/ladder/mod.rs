//! Return to running: where a patient stands on the run–walk ladder, and why. The physio opens it and says when it goes on after a
//! stop; in between the levels follow from the runs and their lights. No plan changes by it.
//!
//! Sources: the levels and what a light does are data (`articles/programmes/ladder.toml`). That a run on the day after a run, a run
//! shorter than its level, and one that was walked home do not count, is our proposal.

mod climb;
mod domain;
mod gate;
mod pages;
pub mod patient;
pub mod physio;
mod read;
mod readiness;
mod store;

#[cfg(test)]
mod tests;

pub use domain::{Done, LadderStanding, Next, Said, Word, standing};
pub use pages::Place;
pub use read::{Climbing, climbing, due, standing_of};
pub use readiness::{Item, Known, Met, Tick, key, readiness};
pub use store::{NewWord, say, tick, ticks, words, words_of};
