//! Counting how often something of the shelf is read: a number for each key, and nothing about who read it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName};

/// What browsers say when they fetch a page in case somebody wants it.
const PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");

/// The counts since they were last taken. They live in memory: a program that is killed loses them.
#[derive(Default)]
pub(super) struct Tally(Mutex<HashMap<String, Arc<AtomicU64>>>);

impl Tally {
    /// The number that counts under this key; the same one for as long as the program runs.
    pub(super) fn counter(&self, key: &str) -> Arc<AtomicU64> {
        Arc::clone(self.counters().entry(key.to_owned()).or_default())
    }

    /// Takes what was counted, so that it is written once.
    pub(super) fn take(&self) -> Vec<(String, u64)> {
        let counters = self.counters();
        let taken = counters.iter().map(|(key, counter)| (key.clone(), counter.swap(0, Ordering::Relaxed)));
        taken.filter(|(_, count)| *count > 0).collect()
    }

    /// Adds what could not be written, to be taken next time.
    pub(super) fn give_back(&self, counts: &[(String, u64)]) {
        for (key, count) in counts {
            self.counter(key).fetch_add(*count, Ordering::Relaxed);
        }
    }

    /// Counts hold whatever a thread that panicked left behind.
    fn counters(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<AtomicU64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether somebody is about to read what is asked for: not a HEAD, not a page fetched in advance, not a program that says it is one.
pub(super) fn is_reader(request: &ServiceRequest) -> bool {
    request.method() == Method::GET && !request.headers().contains_key(PURPOSE) && !is_program(request.headers())
}

fn is_program(headers: &HeaderMap) -> bool {
    let agent = headers.get(header::USER_AGENT).map_or(&b""[..], |value| value.as_bytes());
    // Every reader's answer waits for this: one pass, which stops to compare only at letters that begin a word.
    agent.iter().enumerate().any(|(at, first)| match first | 0x20 {
        b'c' => begins(agent, at, b"crawler"),
        b's' => begins(agent, at, b"spider"),
        // A make of telephones is called Cubot.
        b'b' => begins(agent, at, b"bot") && !at.checked_sub(2).is_some_and(|before| begins(agent, before, b"cubot")),
        _ => false,
    })
}

fn begins(text: &[u8], at: usize, word: &[u8]) -> bool {
    text.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn people_are_counted_and_programs_are_not() {
        let asked = |name: &'static str, value: &'static str| is_reader(&TestRequest::get().insert_header((name, value)).to_srv_request());
        assert!(is_reader(&TestRequest::get().to_srv_request()));
        assert!(asked("user-agent", "Mozilla/5.0 (Linux; Android 10; CUBOT P40) Chrome/120.0 Mobile Safari/537.36"));
        for agent in ["Mozilla/5.0 (compatible; Googlebot/2.1)", "SomeCrawler/1.0", "Baiduspider", "a BOT"] {
            assert!(!asked("user-agent", agent), "{agent}");
        }
        assert!(!asked("sec-purpose", "prefetch"));
        assert!(!is_reader(&TestRequest::default().method(Method::HEAD).to_srv_request()));
    }

    #[test]
    fn what_is_taken_is_taken_once_and_can_be_given_back() {
        let tally = Tally::default();
        tally.counter("hip").fetch_add(2, Ordering::Relaxed);
        tally.counter("hip").fetch_add(1, Ordering::Relaxed);
        tally.counter("knee");
        let taken = tally.take();
        assert_eq!(taken, [("hip".to_owned(), 3)]);
        assert!(tally.take().is_empty());
        tally.counter("hip").fetch_add(1, Ordering::Relaxed);
        tally.give_back(&taken);
        assert_eq!(tally.take(), [("hip".to_owned(), 4)]);
    }
}
