//! Rules that only read the diary: lights, weeks, and the pictures and tables made of them.

mod adherence;
mod better;
mod chart;
mod domain;
mod drawn;
pub mod experiment;
pub mod ladder;
mod light;
pub mod measurements;
mod pages;
pub mod patient;
pub mod proposals;
mod spoken;
mod words;

pub use adherence::{Adherence, Kept, KeptExercise, adherence};
pub use chart::{ExerciseChart, ExerciseRow, Mark, MarkKind, Numbered, TestChart, TestRow, TimeLine, TimeRow, of_course};
pub use domain::{Day, WeekCount, adherences, days, unlogged_exercises, weeks, weeks_between};
pub use drawn::{Drawn, marks_of};
pub use light::{Answers, Light, Reading, advise, reading, readings};
pub use spoken::{Aim, Reader, Said, Speech, Spoken};
pub use words::lights_in_words;
