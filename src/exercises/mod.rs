//! The exercise library: what an exercise is, its dose and the sentence that says it, the tests, and the public pages.
//!
//! An exercise of the house is a file in `articles/exercises/` or in the clinic's folder. [`Library::load`] reads them all once, at
//! start, and names every flaw with its file and line. The clinic's own exercises, written at the desk or imported, are the same files
//! kept in the database; staff see both, in the [`Stock`], and the public sees the house. Plans copy what they prescribe, so a file may
//! change without changing what a patient was given.

mod asked;
pub mod collection;
pub mod desk;
mod domain;
pub mod dose;
mod drawing;
mod equipment;
pub mod figure;
mod file;
mod form;
mod former;
mod frequency;
mod library;
mod origin;
mod pace;
mod pages;
mod plate;
mod posture;
pub mod public;
mod reference;
mod region;
mod stock;
mod store;
mod structured;
mod test;
mod words;

#[cfg(test)]
mod fuzz;

pub use domain::{Audience, Exercise, Gate, Impact, Load, Mention, Pose, Purpose, Stage, View};
pub use drawing::{Drawing, Drawings, Half, Picture, Sketch, Subject};
pub use equipment::{Equipment, Need};
pub use figure::PoseLimits;
pub use form::{DoseChange, dose_change, dose_fields, frequency, load};
pub use former::Former;
pub use library::{Filter, Library};
pub use origin::{Deed, Origin, Own, Source};
pub use posture::Posture;
pub use public::leaves;
pub use reference::Reference;
pub use region::{Area, Region};
pub use stock::Stock;
pub use store::{Kept, Revision, Stamp, add, kept, revise, revisions, set_archived, stamp};
pub use test::{Measure, Movement, Outcome, Test, Unit, Yardstick};
pub use words::{Fit, Query, Words};

pub use crate::patients::Flag;
