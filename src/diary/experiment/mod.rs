//! Test, train, test again: a guided experiment that finds out which exercise helps this person. A probe that was not done is missing,
//! never nought, and the plan changes by the physio alone.

mod domain;
pub mod form;
mod rules;
mod store;

pub use domain::{Decision, End, Experiment, Moment, Ordering, Outcome, Reading};
pub use rules::{MOST_PAIN, ProbeResult, Task, Verdict, Yard};
pub use store::{begin, current, decide, end, newest, take};
