//! The drawings: server-made SVG. Scales are never cut, what is missing stays missing, and each drawing has a table that says all it
//! shows. Colours and patterns come from the style sheet, so that a drawing holds in light, in dark and on paper.

mod axis;
mod exercise;
mod lanes;
mod marks;
mod plane;
mod points;
mod table;
mod test;
#[cfg(test)]
mod tests;
mod time_line;

pub use exercise::{ExerciseChart, ExerciseRow};
pub use marks::{Mark, MarkKind, Numbered, of_course};
pub use table::TimeRow;
pub use test::{TestChart, TestRow};
pub use time_line::TimeLine;
