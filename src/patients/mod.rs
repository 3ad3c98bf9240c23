//! The person as a patient: sore side, goal, usual morning pain, their physio, the screening, and what an assessment found.

pub mod assessment;
mod condition;
mod domain;
mod form;
mod pages;
pub mod physio;
mod screening;
mod standing;
mod store;

pub use assessment::{Assessment, Findings, Irritability};
pub use condition::Flag;
pub use domain::{NewPatient, Profile, SoreSide};
pub use form::report;
pub use pages::Alarm;
pub use screening::{
    Answered, AskedIn, CONTRAINDICATIONS, Clearance, Contraindication, RED_FLAGS, RedFlag, Report, Screening, Urgency, add_screening,
    clear, contraindications_by_key, flags_by_key, open_reports, reports, screenings,
};
pub use standing::Standing;
pub use store::{Ground, Listed, add, all, baseline, baselines, ground, profile, sore_side, standing, standings, usual_pain};
