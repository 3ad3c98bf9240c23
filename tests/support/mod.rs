//! What every test stands on: a clinic of its own, its people, and the pages they see.

mod app;
mod cast;
mod database;
mod page;
mod person;
mod program;
pub mod samples;

pub use app::{App, IDENTITY};
pub use cast::{CHEAP, Case, Cast, PASSWORD, now};
pub use database::{TestDatabase, server};
pub use page::{Form, Page};
pub use person::{BOUNDARY, Person, with_files};
pub use program::{Setup, path_of_link};
