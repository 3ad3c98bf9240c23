//! The map of the house.
//!
//! **A room per feature, every room of the same shape, arrows only downwards.**
//!
//! ```text
//! main → commands → server → routes → rooms → web, db → config, clock, error
//!
//! audit ← accounts ← patients ← messages ← media ← exercises ← {articles, plans} ← diary ← progress ← reviews        site stands on articles
//! ```
//!
//! A room holds `domain` (types and rules: no queries, no web, no clock), `form` (posted strings → commands, all errors at once),
//! `store` (the only file with queries), `pages` (what templates show) and handlers: `patient` under `/my`, `physio` under
//! `/clinic`, `public` for everyone. A room uses those to its left, through their `mod.rs`, and none to its right.
//!
//! # What happens when a patient logs a set
//!
//! `POST /my/sets` finds its line in [`routes`]. [`web::same_origin`] sees that the form comes from a page of ours.
//! [`accounts::know_viewer`] reads the cookie and puts a [`web::Viewer`] into the request; [`web::Patient`] takes it out, and who is
//! not a patient gets no further. [`web::Fields`] reads the form as strings, `diary::form` makes a [`diary::SetEntry`] of them or says
//! all that is wrong. [`db::Db::write`] locks the patient, loads the version *by patient*, finds the slot, lets the domain check
//! the entry, and the store saves it by its natural key: twice is once, other values are a correction with its history. The answer
//! is a redirect back to the page, or the same page with what was typed and the words beside the fields.
//!
//! With a script the phone keeps the form first (`static/js/queue.js`) and sends it under a key when there is a network;
//! `diary::delivery` saves each key once, and asks where the diary says something else by now. `/sw.js` keeps the pages meanwhile.

pub mod accounts;
pub mod articles;
pub mod audit;
pub mod clock;
pub mod commands;
pub mod config;
pub mod db;
pub mod diary;
pub mod error;
pub mod exercises;
pub mod folder;
pub mod ids;
pub mod latest;
pub mod log;
pub mod markdown;
pub mod media;
pub mod messages;
pub mod patients;
pub mod plans;
pub mod progress;
pub mod reviews;
pub mod routes;
pub mod server;
pub mod site;
pub mod text;
pub mod web;
