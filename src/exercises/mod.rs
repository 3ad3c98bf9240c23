//! The exercise library: what an exercise is, its dose and the sentence that says it, the tests, and the public pages.
//!
//! An exercise is a file in `articles/exercises/`. [`Library::load`] reads them all once, at start, and names every flaw with
//! its file and line. Plans copy what they prescribe, so a file may change without changing what a patient was given.

mod asked;
mod domain;
pub mod dose;
mod equipment;
mod file;
mod library;
mod pages;
mod posture;
pub mod public;
mod reference;
mod region;
mod structured;
mod test;
mod words;

pub use domain::{Audience, Exercise, Flag, Gate, Impact, Load, Mention, Pose, Purpose, Stage, View};
pub use equipment::{Equipment, Need};
pub use library::{Filter, Library};
pub use posture::Posture;
pub use public::leaves;
pub use reference::Reference;
pub use region::{Area, Region};
pub use test::{Measure, Movement, Outcome, Test, Unit, Yardstick};
pub use words::{Fit, Query, Words};
