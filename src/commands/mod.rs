//! What the program can be told to do, one small file a command.

mod backup;
mod check;
pub mod demo;
mod export;
mod import;
mod serve;
mod staff;

pub use backup::backup;
pub use check::check;
pub use demo::demo;
pub use export::export_exercises;
pub use import::{format, import_exercises};
pub use serve::serve;
pub use staff::add_staff;
