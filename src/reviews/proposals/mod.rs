//! What the rules propose, answered by a physio: taken over, edited first, or dismissed. Nothing changes by itself, and each answer is a
//! row with who, when and why.

mod form;
mod pages;
pub mod physio;
mod store;
mod taking;

pub use pages::Card;
pub use store::{Given, given};
