//! What staff find out about a patient that changes what is safe: conditions, irritability, and whether stiffness leads.

mod domain;
mod form;
mod pages;
pub mod physio;
mod store;

pub use domain::{Assessment, Findings, Irritability};
pub use store::{add, history, newest, newest_of};
