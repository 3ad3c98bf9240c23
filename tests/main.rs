//! All tests of the whole clinic in one binary, a module a room, as in `src/`.
//!
//! Every test starts the real server on a port of its own, with a database of its own and a clock that stands still, and speaks to
//! it as a person would: `ann.get("/my/today")`. `TEST_DATABASE` names a `PostgreSQL` server to run on; without it they run on `SQLite`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod accounts;
mod architecture;
mod browser;
mod builder;
mod cases;
mod commands;
mod crawl;
mod database;
mod decided;
mod delivery;
mod demo;
mod dependencies;
mod diary;
mod exercises;
mod experiment;
mod facts;
mod handout;
mod import;
mod library;
mod measurements;
mod media;
mod messages;
mod own;
mod patients;
mod plans;
mod programmes;
mod progress;
mod proposals;
mod public;
mod public_exercises;
mod queue;
mod requests;
mod reviews;
mod routes;
mod rules;
mod runs;
mod search;
mod sentences;
mod sequences;
mod support;
mod threads;
mod together;
mod two_years;
mod versions;
