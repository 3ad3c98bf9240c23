//! Who needs me, and what happened: the queue and the patient's page. The one room that sees all the others below it.

mod domain;
mod pages;
pub mod patient;
pub mod physio;

pub use domain::{Need, Situation};
