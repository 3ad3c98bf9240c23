//! The one place that knows what time it is.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DurationRound, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Tells the time in UTC, truncated to microseconds, and the day in the clinic's time zone; frozen in tests.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: Tz,
    frozen: Option<Arc<Mutex<NaiveDateTime>>>,
}

impl Clock {
    /// A clock that runs.
    #[must_use]
    pub fn running(zone: Tz) -> Self {
        Self { zone, frozen: None }
    }

    /// A clock that stands at `now` (UTC) until it is moved.
    #[must_use]
    pub fn frozen(zone: Tz, now: NaiveDateTime) -> Self {
        Self { zone, frozen: Some(Arc::new(Mutex::new(now))) }
    }

    /// Moves a frozen clock on; a running one cannot be moved.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(frozen) = &self.frozen {
            *frozen.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }

    /// Now, in UTC, to the microsecond (what both databases can keep).
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one home of the clock")]
    pub fn now(&self) -> NaiveDateTime {
        match &self.frozen {
            Some(frozen) => *frozen.lock().unwrap_or_else(PoisonError::into_inner),
            None => {
                let now = Utc::now().naive_utc();
                now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
            }
        }
    }

    /// The day it is at the clinic.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now())
    }

    /// The day a moment (UTC) fell on at the clinic.
    #[must_use]
    pub fn day_of(&self, moment: NaiveDateTime) -> NaiveDate {
        self.local(moment).date()
    }

    /// A moment (UTC) as the clinic's wall clock shows it.
    #[must_use]
    pub fn local(&self, moment: NaiveDateTime) -> NaiveDateTime {
        self.zone.from_utc_datetime(&moment).naive_local()
    }
}

/// A day written out: "Tuesday 24 November 2026".
#[must_use]
pub fn long_day(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// A day without its year: "Tuesday 24 November".
#[must_use]
pub fn day_and_month(day: NaiveDate) -> String {
    day.format("%A %-d %B").to_string()
}

/// A date without its weekday: "24 November 2026".
#[must_use]
pub fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// How long ago something was, as people say it: "5 minutes ago", "3 days ago".
#[must_use]
pub fn ago(span: TimeDelta) -> String {
    let count = |number: i64, unit: &str| format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" });
    match (span.num_days(), span.num_hours(), span.num_minutes()) {
        (0, 0, ..1) => "just now".to_owned(),
        (0, 0, minutes) => count(minutes, "minute"),
        (0, hours, _) => count(hours, "hour"),
        (days @ 0..14, _, _) => count(days, "day"),
        (days @ ..70, _, _) => count(days / 7, "week"),
        (days, _, _) => count(days / 30, "month"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_clinics_not_greenwichs() {
        let late = NaiveDate::from_ymd_opt(2026, 7, 1).and_then(|day| day.and_hms_opt(23, 30, 0)).unwrap_or_default();
        let clock = Clock::frozen(chrono_tz::Europe::London, late);
        assert_eq!(long_day(clock.today()), "Thursday 2 July 2026");
        clock.advance(TimeDelta::hours(-2));
        assert_eq!(day_and_month(clock.today()), "Wednesday 1 July");
    }

    #[test]
    fn an_age_is_said_in_words() {
        let cases = [(0, "just now"), (59, "just now"), (60, "1 minute ago"), (7_199, "1 hour ago"), (2 * 86_400, "2 days ago")];
        for (seconds, words) in cases.into_iter().chain([(14 * 86_400, "2 weeks ago"), (90 * 86_400, "3 months ago"), (-5, "just now")]) {
            assert_eq!(ago(TimeDelta::seconds(seconds)), words, "{seconds} s");
        }
    }
}
