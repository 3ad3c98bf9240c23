//! Tests and measurements on pages: how a test is done, what was found over time with the change that counts, what a patient wants to
//! do again, how things are compared with the start, and scores from paper.

mod command;
mod pages;
pub mod patient;
pub mod physio;
mod sheet;
mod view;

pub use sheet::{Sheet, sheet};
pub use view::{Chart, ResultRow, TestView};
