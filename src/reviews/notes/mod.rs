//! Clinical notes: subjective, objective, assessment, plan. A draft until it is signed; after that it gets addenda and no edits.
//! Patients do not see them here.

mod domain;
mod form;
mod pages;
pub mod physio;
mod store;

pub use domain::{ClinicalNote, Parts};
pub use store::{add, add_addendum, counts, sign};
