//! What people outside ask the clinic: readers' questions about an article, and requests for an appointment.

mod domain;
mod store;

pub use domain::Answer;
pub use store::published;
