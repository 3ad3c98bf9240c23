//! What the forms of the queue say.

use chrono::{NaiveDate, TimeDelta};

use crate::error::Invalid;
use crate::ids::PersonId;
use crate::text::Note;
use crate::web::Fields;

/// Longest a patient can be snoozed, in days.
const LONGEST: i64 = 92;

/// Whose patients are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// One's own.
    Mine,
    /// Those of a colleague.
    Of(PersonId),
}

impl Whose {
    /// Reads `physio=`: "me", a number, or nothing.
    pub fn asked(fields: &Fields) -> Self {
        match fields.get("physio") {
            "me" => Self::Mine,
            number => number.parse().map_or(Self::All, Self::Of),
        }
    }

    /// The physio whose patients these are; nobody when they are everybody's.
    pub fn physio(self, viewer: PersonId) -> Option<PersonId> {
        match self {
            Self::All => None,
            Self::Mine => Some(viewer),
            Self::Of(physio) => Some(physio),
        }
    }

    /// What the address of a page says of it.
    pub fn word(self) -> String {
        match self {
            Self::All => String::new(),
            Self::Mine => "me".to_owned(),
            Self::Of(physio) => physio.to_string(),
        }
    }

    /// The queue's address with this choice, and a page of it.
    pub fn path(self, page: i64) -> String {
        let physio = Some(self.word()).filter(|word| !word.is_empty()).map(|word| format!("physio={word}"));
        let page = (page > 1).then(|| format!("page={page}"));
        let asked: Vec<String> = physio.into_iter().chain(page).collect();
        if asked.is_empty() { "/clinic".to_owned() } else { format!("/clinic?{}", asked.join("&")) }
    }
}

/// Which page of the queue is asked for, from 1.
pub fn page_number(fields: &Fields) -> i64 {
    fields.get("page").parse().unwrap_or(1).clamp(1, 1000)
}

/// Until when a patient need not be looked at, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snooze {
    /// The day they come back into the queue; today when a snooze ends.
    pub until: NaiveDate,
    /// Why; may be empty.
    pub reason: Note,
}

/// Reads a snooze: a number of days or a day, the day when both are there.
pub fn snooze(fields: &Fields, today: NaiveDate) -> Result<Snooze, Invalid> {
    let mut invalid = Invalid::default();
    let day = match (fields.get("until").trim(), fields.get("days").trim()) {
        ("", "") => None,
        ("", days) => days.parse().ok().map(|days| today + TimeDelta::days(days_of(days))),
        (day, _) => day.parse::<NaiveDate>().ok(),
    };
    let day = day.filter(|day| (0..=LONGEST).contains(&(*day - today).num_days()));
    let until = invalid.take("until", day.ok_or_else(|| "Choose a day within the next three months".to_owned()));
    let reason = invalid.take("reason", Note::parse(fields.get("reason")));
    match (until, reason) {
        (Some(until), Some(reason)) => Ok(Snooze { until, reason }),
        _ => Err(invalid),
    }
}

/// A number of days no calendar breaks at.
fn days_of(days: i64) -> i64 {
    days.clamp(-1, LONGEST + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Snooze, Invalid> {
        snooze(&Fields::decode(body.as_bytes()), NaiveDate::from_ymd_opt(2026, 11, 24).unwrap())
    }

    #[test]
    fn a_snooze_ends_on_a_day() {
        let until = |body| read(body).map(|snooze| snooze.until.to_string());
        assert_eq!(until("days=7"), Ok("2026-12-01".to_owned()));
        assert_eq!(until("days=7&until=2026-11-30"), Ok("2026-11-30".to_owned()), "a day that was typed is meant");
        assert_eq!(until("until=2026-11-24"), Ok("2026-11-24".to_owned()), "today ends a snooze");
        for wrong in ["", "days=soon", "days=93", "days=-1", "until=2026-11-23", "until=2027-06-01", "until=tomorrow", "days=99999999999"] {
            assert!(read(wrong).unwrap_err().of("until").is_some(), "{wrong}");
        }
        assert!(read(&format!("days=7&reason={}", "x".repeat(2001))).unwrap_err().of("reason").is_some());
    }

    #[test]
    fn the_address_holds_the_choice() {
        for (body, path) in [("", "/clinic"), ("physio=me", "/clinic?physio=me"), ("physio=7&page=2", "/clinic?physio=7&page=2")] {
            let fields = Fields::decode(body.as_bytes());
            assert_eq!(Whose::asked(&fields).path(page_number(&fields)), path);
        }
        assert_eq!(Whose::asked(&Fields::decode(b"physio=nobody")), Whose::All);
    }
}
