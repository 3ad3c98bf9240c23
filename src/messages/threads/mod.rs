//! Threads: what a patient and the clinic write to each other, one thing a thread.
//!
//! A thread waits from the patient's message until somebody of the clinic answers or closes it. The last message of a closed thread
//! says whom to contact from then on; an answer opens it again. Who has read what, and when, are rows. A notice ([`tell`]) is what
//! the clinic's pages write by themselves: it is unread like an answer, and answers nothing.

mod domain;
mod form;
mod pages;
pub mod patient;
pub mod physio;
mod store;

pub use domain::{Kind, Mark, Message, NewMessage, Thread, Waiting, excerpt};
pub use store::{WAITING, add, begin, mark_read, one, tell, waiting, written};
