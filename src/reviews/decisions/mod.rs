//! Reviews: what a physio looked at, decided and why, and what the patient was told. Rows, which nobody changes afterwards.

mod domain;
mod form;
mod pages;
pub mod physio;
mod store;

pub use domain::{Decision, NewReview, Review, numbers, suggestion};
pub use store::{add, newest, of, told_of};
