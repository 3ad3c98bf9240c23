//! Return to running: where a patient stands on the run–walk ladder, and why. The physio opens it and says when it goes on after a
//! stop; in between the levels follow from the runs and their lights. No plan changes by it.
//!
//! Sources: the levels and what a light does are data (`articles/programmes/ladder.toml`). That a run on the day after a run, a run
//! shorter than its level, and one that was walked home do not count, is our proposal.

mod climb;
mod domain;
mod store;

#[cfg(test)]
mod tests;

pub use domain::{Done, LadderStanding, Next, Said, Word, standing};
pub use store::{NewWord, say, words, words_of};
