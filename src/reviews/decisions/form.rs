//! The posted review becomes a command, all errors at once.

use chrono::NaiveDate;

use super::domain::{Decision, NewReview};
use crate::error::Invalid;
use crate::text::{Note, Reason};
use crate::web::Fields;

/// Days ahead within which the next review may be.
const LATEST: i64 = 366;
/// Longest list of what the queue said that a form may bring.
const LONGEST_MARKS: usize = 8_000;

/// What the queue said of the patient when the form was shown, one mark a line.
pub fn marks(fields: &Fields) -> String {
    fields.get("marks").lines().collect::<Vec<_>>().join("\n").chars().take(LONGEST_MARKS).collect()
}

/// Reads a review.
pub fn review(fields: &Fields, today: NaiveDate) -> Result<NewReview, Invalid> {
    let mut invalid = Invalid::default();
    let day = |name: &str| fields.get(name).trim().parse::<NaiveDate>().ok();
    let from = invalid.take("from", day("from").ok_or_else(|| "Choose the first day you looked at".to_owned()));
    let to = day("to").filter(|to| *to <= today && from.is_none_or(|from| from <= *to));
    let to =
        invalid.take("to", to.ok_or_else(|| "Choose the last day you looked at: not before the first, and today at the latest".to_owned()));
    let seen = Note::parse(fields.get("seen"))
        .and_then(|seen| if seen.as_str().is_empty() { Err("Say what you saw, in a sentence".to_owned()) } else { Ok(seen) });
    let seen = invalid.take("seen", seen);
    let decision = Decision::from_word(fields.get("decision")).ok_or_else(|| "Choose what you decide".to_owned());
    let decision = invalid.take("decision", decision);
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say why, in a sentence"));
    let next = match fields.get("next").trim() {
        "" => Ok(None),
        _ => day("next").filter(|day| (1..=LATEST).contains(&(*day - today).num_days())).map(Some).ok_or(()),
    };
    let next = invalid.take("next", next.map_err(|()| "Choose a day after today, within a year, or leave it empty".to_owned()));
    let told = invalid.take("told", Note::parse(fields.get("told")));
    match (from, to, seen, decision, reason, next, told) {
        (Some(from), Some(to), Some(seen), Some(decision), Some(reason), Some(next), Some(told)) => {
            let (seen, reason, told) = (seen.into(), reason.into(), told.into());
            Ok(NewReview { from, to, seen, decision, reason, told, next, marks: marks(fields) })
        }
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<NewReview, Invalid> {
        review(&Fields::decode(body.as_bytes()), NaiveDate::from_ymd_opt(2026, 11, 24).unwrap())
    }

    #[test]
    fn a_review_says_what_was_seen_and_decided() {
        let good =
            read("from=2026-11-10&to=2026-11-24&seen=Calm&decision=hold&reason=Too+early&next=2026-12-01&marks=red+1%0D%0Ared+2").unwrap();
        assert_eq!((good.decision, good.marks.as_str(), good.told.as_str()), (Decision::Hold, "red 1\nred 2", ""));
        assert_eq!(good.next.map(|day| day.to_string()).as_deref(), Some("2026-12-01"));
    }

    #[test]
    fn all_that_is_missing_is_said_at_once() {
        let invalid = read("from=&to=2026-11-30&seen=+&decision=shrug&reason=&next=2026-11-24&told=x").unwrap_err();
        let fields: Vec<&str> = invalid.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["from", "to", "seen", "decision", "reason", "next"]);
        assert!(read("from=2026-11-10&to=2026-11-09&seen=a&decision=hold&reason=b").unwrap_err().of("to").is_some());
    }
}
