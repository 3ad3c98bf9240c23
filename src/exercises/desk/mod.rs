//! The library as staff use it: finding an exercise in three keystrokes, favourites, and the dose one usually gives.

pub mod figures;
mod form;
pub mod own;
mod pages;
pub mod physio;
mod stance;
mod store;
mod wish;

pub use physio::Desk;
pub use store::{Habits, habits, usual_dose};
pub use wish::{Hit, ON_A_PAGE, Show, Wish};
