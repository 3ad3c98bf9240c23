//! Gates, stage rules and conditions, held against what a draft gives: warnings with their reason and source, which a physio may
//! override with a word of reason. They never block.
//!
//! [`findings`] asks about one exercise, for a programme as for a plan: with `Standing::default()` for nobody in particular.
//! [`warnings`] asks about a whole draft. An override is a row that outlives its exercise: the record of a version is the overrides
//! made before it was published.

mod domain;
mod form;
mod pages;
pub mod physio;
mod store;

#[cfg(test)]
mod tests;

pub use domain::{Finding, Rule, Warning, findings, warnings};
pub use pages::{Checked, WarningView};
pub use store::{Override, overrides};
