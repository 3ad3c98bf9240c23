//! A patient's way out: done with an exercise or with the plan, too hard, too easy, or not for them. It is kept and told to the physio,
//! who settles it with a word; the plan itself is changed by nothing but a new version.

mod domain;
mod form;
mod pages;
pub mod patient;
pub mod physio;
mod store;

pub use domain::{Matter, NewRequest, Request, Settled};
pub use store::{add, of, open, settle};
