//! One patient for staff: what happened, the plan, and what is decided.
//!
//! Every card has its file in `templates/reviews/patient`, a field in the page, and its group of queries in what the page reads.

mod days;
mod decided;
mod entries;
mod pages;
pub mod physio;
mod proposed;
mod read;
mod span;
