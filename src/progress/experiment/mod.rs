//! The guided experiment on pages: what to do today, which exercise helps this person, and what the physio makes of it.

mod bars;
mod pages;
pub mod patient;
pub mod physio;
mod view;
