//! The map of the house.

pub mod articles;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod exercises;
pub mod ids;
pub mod markdown;
pub mod site;
pub mod text;
pub mod web;
