//! What a patient wants to do again, in their own words and scored 0 to 10; how things are compared with the start; and scores of
//! questionnaires done on paper.

mod domain;
pub mod form;
mod store;

pub use domain::{Activity, FeltChange, MOST, NewPaperScore, PaperScore, Score, Step};
pub use store::{activities, add_paper_score, choose, end, feel, felt_changes, paper_scores, score, strike_paper_score};
