//! The pages of the site itself: home, privacy, the files for search engines, and whether the program is well.
//!
//! Stands on the articles; every part of the home page comes from the clinic's settings and is left out when they are silent.

mod health;
mod hours;
mod icons;
mod machines;
mod pages;
mod public;
mod store;
mod structured;
mod worker;

pub use health::health;
pub use machines::map;
pub use public::leaves;
