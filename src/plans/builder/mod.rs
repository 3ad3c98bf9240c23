//! Building a draft: each change is one small form, kept as a step that can be taken back; two people in the same draft lose nothing.

mod bulk;
mod change;
mod desk;
mod edit;
mod form;
mod library;
mod order;
mod pages;
pub mod physio;
mod step;
mod store;

#[cfg(test)]
mod tests;

pub use change::{Act, recorded, rewrite};
pub use step::Step;
pub use store::{revision, steps};

pub(super) use change::{copy, note};
pub(super) use pages::{PhaseView, Refused};
