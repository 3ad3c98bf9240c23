//! Goals: what a patient and their physio work towards, and how it ended.

mod domain;
mod form;
mod pages;
pub mod physio;
mod store;

pub use domain::{Ending, Goal, NewGoal, Outcome};
pub use store::{add, end, of};
