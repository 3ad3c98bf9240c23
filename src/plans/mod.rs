//! A patient's own plan: an editable draft, immutable versions, and states as rows with who and when.

pub mod builder;
mod changes;
mod course;
mod criteria;
mod cut_offs;
mod domain;
mod form;
pub mod handout;
mod pages;
pub mod patient;
pub mod physio;
pub mod programmes;
pub mod requests;
pub mod rules;
mod sketchbook;
mod store;

pub use builder::{Act, recorded, rewrite, steps};
pub use changes::{Change, Kind, changes};
#[cfg(test)]
pub(crate) use course::tests as courses;
pub use course::{Asked, Course, Milestones};
pub use criteria::{Comparator, Criterion, Metric, Sides, Situation, Than, all_words};
pub use cut_offs::CutOffs;
#[cfg(test)]
pub(crate) use domain::tests::{clamshell, dose};
pub use domain::{
    Current, Draft, DraftPhase, Of, Prescription, Publication, Slot, Snapshot, SnapshotPhase, State, Status, Subject, minutes,
    session_words,
};
pub use form::Announcement;
pub use pages::prescription_words;
pub use physio::publication::publish_draft;
pub use sketchbook::{Sketchbook, former_picture};
pub use store::{
    NewPrescription, NewStatus, add_phase, add_prescription, change_prescription, course, courses, create, current, draft, plans_of,
    publication, publications, publish, remove_phase, running, set_status, statuses, that_show,
};
