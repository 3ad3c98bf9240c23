//! What people outside ask the clinic: readers' questions about an article, and requests for an appointment; and the inbox in
//! which staff answer them. What patients and the clinic write to each other stands in [`threads`].
//!
//! Nobody needs an account to ask. Programs that fill in forms are told from people by `trap`, and [`Throttles`] counts how much
//! comes from where; whoever is refused finds the form as it was filled in. An answer is published with the article: the handler
//! has the shelf filled again. Every state is a row with its who and when: an answer, its correction, its withdrawal, a refusal,
//! a reply. What need not be kept goes by itself: [`clear_out`], each day and whenever the inbox is opened.

mod domain;
mod form;
mod letter;
mod pages;
pub mod physio;
pub mod public;
mod store;
pub mod threads;
mod throttle;
mod trap;

pub use domain::{Answer, NewAnswer, NewQuestion, NewRequest, TimeOfDay, Waiting, Writer};
pub use pages::Titles;
pub use store::{answer, ask, clear_out, published, refuse, reply, request, waiting, waiting_by_article};
pub use throttle::Throttles;
