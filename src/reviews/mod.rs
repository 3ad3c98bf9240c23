//! Who needs me, what happened, and what is decided: the queue, the patient's page, reviews, clinical notes and goals. The one room that
//! sees all the others below it.

pub mod decisions;
pub mod goals;
pub mod notes;
pub mod patient;
pub mod proposals;
pub mod queue;
mod spoken;

pub use queue::{Kind, Need, Situation};
pub use spoken::spoken;
