//! Who did or saw what, and when. Entries are only ever added. Knows no room: it keeps numbers and words.

mod store;

pub use store::{Entry, did_since, last_of, of_subject, record};
