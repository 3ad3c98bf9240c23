//! Tests that were done, and what was found: by the clinic, or by the patient where that is safe. A mistake is struck out and entered
//! anew; both stay. A test that strikes the bone waits for a clinician's word.

mod domain;
pub mod form;
mod store;

pub use domain::{BoneStress, Measured, Measurement, NewMeasurement, Said, Struck, Value, check_day};
pub use store::{By, add, all, bone_stress, measured, measured_of, say_bone_stress, strike};
pub(in crate::diary) use store::{ONE_PRESS, name_of, names};
