//! The pages of the site itself: home, privacy, the files for search engines, and whether the program is well.
//!
//! Stands on the articles; every part of the home page comes from the clinic's settings and is left out when they are silent.

mod health;
mod pages;
mod public;
mod store;

pub use health::health;
pub use public::leaves;
