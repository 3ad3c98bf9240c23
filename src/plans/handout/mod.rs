//! The plan on paper: what to do, boxes to tick for a week, what the lights mean, and whom to call.

mod lights;
mod pages;
pub mod patient;
pub mod physio;
mod week;

pub use lights::{LightLine, Lights};
