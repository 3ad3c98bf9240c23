//! The person as a patient: sore side, goal, usual morning pain, their physio, and the red-flag screening.

mod domain;
mod form;
mod pages;
pub mod physio;
mod store;

pub use domain::{AskedIn, NewPatient, Profile, RED_FLAGS, RedFlag, Report, Screening, SoreSide, Standing, Urgency, flags_by_key};
pub use form::report;
pub use pages::Alarm;
pub use store::{
    Listed, add, add_screening, all, baseline, clear, hip, open_reports, profile, sore_side, standing, usual_pain, usual_pains,
};
