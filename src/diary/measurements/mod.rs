//! Tests that were done, and what was found: by the clinic, or by the patient where that is safe. A mistake is struck out and entered
//! anew; both stay.

mod domain;
mod store;

pub use domain::Measured;
pub use store::{measured, measured_of};
