//! The queue: who needs someone, in order of need, with the reason in words.
//!
//! Why a patient needs someone is reckoned from their record and kept (`needs`), so that the queue of a thousand patients is read in a
//! few queries. Every write that holds the patient's lock makes what was reckoned old; whoever looks next reckons it again, and so does
//! [`Keeper`], which looks every few seconds and after midnight. What is kept can be thrown away at any time.

mod domain;
mod form;
mod keeper;
mod pages;
pub mod physio;
mod reckoning;
mod store;
mod watch;

pub use domain::{Kind, Need, Part, Situation};
pub use keeper::Keeper;
pub(super) use physio::next;
pub use reckoning::{Morning, Reckoned, reckon};
pub use store::{kept, marks_of, stale};
pub(super) use store::{one, see};
pub use watch::Watch;
