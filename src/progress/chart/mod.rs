//! The drawings: server-made SVG. Scales are never cut, what is missing stays missing, and each drawing has a table that says all it
//! shows. Colours and patterns come from the style sheet, so that a drawing holds in light, in dark and on paper.

mod axis;
mod pain;
mod plane;
mod test;

pub use pain::{Mark, PainChart};
pub use test::{TestChart, TestRow};
