//! How much may be sent from one address, and by everybody together. It is counted in memory, by numbers made of the addresses
//! that mean nothing after the program has ended; no address is kept anywhere.
//!
//! Each copy of the program counts for itself.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{NaiveDateTime, TimeDelta};

/// Most messages from one address in an hour: a family behind one line, each with a question.
const AN_HOUR: usize = 5;
/// Most readers' questions in a day: more than a clinic can answer.
const QUESTIONS_A_DAY: usize = 60;
/// Most requests for an appointment in a day. High, so that a flood does not shut out people in pain.
const REQUESTS_A_DAY: usize = 200;

/// What is counted for each of the two forms; the server hands it down.
pub struct Throttles {
    /// Readers' questions.
    pub(super) questions: Throttle,
    /// Requests for an appointment.
    pub(super) requests: Throttle,
}

impl Default for Throttles {
    fn default() -> Self {
        Self { questions: Throttle::new(QUESTIONS_A_DAY), requests: Throttle::new(REQUESTS_A_DAY) }
    }
}

/// What was sent through one form in the last day.
pub(super) struct Throttle {
    a_day: usize,
    seed: RandomState,
    sent: Mutex<VecDeque<(NaiveDateTime, u64)>>,
}

impl Throttle {
    fn new(a_day: usize) -> Self {
        Self { a_day, seed: RandomState::new(), sent: Mutex::default() }
    }

    /// Counts a message from this address.
    ///
    /// # Errors
    /// How long to wait until the next one is taken; nothing is counted then.
    pub(super) fn take(&self, address: &str, now: NaiveDateTime) -> Result<(), TimeDelta> {
        let (hour, day) = (TimeDelta::hours(1), TimeDelta::days(1));
        let from = self.seed.hash_one(neighbourhood(address));
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        while sent.front().is_some_and(|(at, _)| *at + day <= now) {
            sent.pop_front();
        }
        if let Some((oldest, _)) = sent.front().filter(|_| sent.len() >= self.a_day) {
            return Err(*oldest + day - now);
        }
        let lately: Vec<NaiveDateTime> = sent.iter().filter(|(at, who)| *who == from && *at + hour > now).map(|(at, _)| *at).collect();
        if let Some(oldest) = lately.first().filter(|_| lately.len() >= AN_HOUR) {
            return Err(*oldest + hour - now);
        }
        sent.push_back((now, from));
        Ok(())
    }
}

/// One household: an address of the old kind, or the first half of one of the new kind.
fn neighbourhood(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => format!("{:?}", &address.segments()[..4]),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(minutes: i64) -> NaiveDateTime {
        NaiveDateTime::default() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn five_an_hour_from_one_household() {
        let throttle = Throttle::new(100);
        for minute in 0..5 {
            assert_eq!(throttle.take("192.0.2.1", after(minute)), Ok(()));
        }
        assert_eq!(throttle.take("192.0.2.1", after(20)), Err(TimeDelta::minutes(40)));
        assert_eq!(throttle.take("192.0.2.2", after(20)), Ok(()), "others are not held up");
        assert_eq!(throttle.take("192.0.2.1", after(60)), Ok(()), "the first is an hour ago");
        assert_eq!(throttle.take("192.0.2.1", after(60)), Err(TimeDelta::minutes(1)));
        for minute in 0..5 {
            assert_eq!(throttle.take(&format!("2001:db8::{minute}"), after(70)), Ok(()));
        }
        assert!(throttle.take("2001:db8::ffff", after(70)).is_err() && throttle.take("2001:db8:0:1::1", after(70)).is_ok());
    }

    #[test]
    fn everybody_together_has_a_limit_and_the_next_day_is_new() {
        let throttle = Throttle::new(3);
        for place in 0..3 {
            assert_eq!(throttle.take(&format!("192.0.2.{place}"), after(place)), Ok(()));
        }
        assert_eq!(throttle.take("192.0.2.9", after(60)), Err(TimeDelta::minutes(23 * 60)));
        assert_eq!(throttle.take("192.0.2.9", after(24 * 60)), Ok(()));
        assert_eq!(throttle.sent.lock().unwrap().len(), 3, "what is older than a day is forgotten");
    }
}
