//! The exercise library: what an exercise is, its dose and the sentence that says it.

pub mod dose;
