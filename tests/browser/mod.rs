//! What only a browser shows: the story of the clinic through its real pages, and every page held against the rules of access.

mod builder;
mod drawings;
mod driver;
mod guided;
mod library;
mod line;
mod morning;
mod offline;
mod pages;
mod paper;
mod pictures;
mod question;
mod share;
mod sheets;
mod story;
mod tour;
