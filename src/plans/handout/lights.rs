//! What the lights mean, as the room that reads them says it.

use crate::plans::CutOffs;

/// One light: when it shows, and what to do then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightLine {
    /// Its word, by which it gets its shape: "green".
    pub word: &'static str,
    /// Its name: "Green".
    pub label: &'static str,
    /// When it shows, as a sentence.
    pub when: String,
    /// What to do then, as a sentence.
    pub then: &'static str,
}

/// Says all lights with their cut-offs, the mildest first. The server hands it down from where they are read.
pub struct Lights(pub fn(CutOffs) -> Vec<LightLine>);
