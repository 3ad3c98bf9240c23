//! What the program can be told to do, one small file a command.

mod backup;
mod check;
pub mod demo;
mod serve;
mod staff;

pub use backup::backup;
pub use check::check;
pub use demo::demo;
pub use serve::serve;
pub use staff::add_staff;
