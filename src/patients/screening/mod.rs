//! The questions that come before any plan: red flags and contra-indications, their answers, and clearances.

mod domain;
mod store;

pub use domain::{
    Answered, AskedIn, CONTRAINDICATIONS, Clearance, Contraindication, RED_FLAGS, RedFlag, Report, Screening, Urgency,
    contraindications_by_key, flags_by_key,
};
pub use store::{add_screening, clear, last_screened, last_screened_of, open_reports, reports, screenings};
