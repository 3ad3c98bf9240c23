//! The posted goal, and how one ends.

use chrono::NaiveDate;

use super::domain::{NewGoal, Outcome};
use crate::error::Invalid;
use crate::text::{Caption, Note};
use crate::web::Fields;

/// Days ahead within which a goal may be reached.
const LATEST: i64 = 3 * 366;

/// Reads a goal.
pub fn goal(fields: &Fields, today: NaiveDate) -> Result<NewGoal, Invalid> {
    let mut invalid = Invalid::default();
    let words = invalid.take("words", Caption::parse(fields.get("words"), "Write the goal in a few words"));
    let target = match fields.get("target").trim() {
        "" => Ok(None),
        day => day.parse::<NaiveDate>().ok().filter(|day| (0..=LATEST).contains(&(*day - today).num_days())).map(Some).ok_or(()),
    };
    let target =
        invalid.take("target", target.map_err(|()| "Choose a day from today on, within three years, or leave it empty".to_owned()));
    match (words, target) {
        (Some(words), Some(target)) => Ok(NewGoal { words: words.into(), target }),
        _ => Err(invalid),
    }
}

/// Reads how a goal ended: reached needs no reason, given up does.
pub fn ending(fields: &Fields) -> Result<(Outcome, String), Invalid> {
    let mut invalid = Invalid::default();
    let outcome = Outcome::from_word(fields.get("outcome")).ok_or_else(|| "Choose how the goal ended".to_owned());
    let outcome = invalid.take("outcome", outcome);
    let reason = invalid.take("reason", Note::parse(fields.get("reason")));
    if outcome == Some(Outcome::GivenUp) && reason.as_ref().is_some_and(|reason| reason.as_str().is_empty()) {
        invalid.add("reason", "Say why it is given up; the patient can read it");
    }
    match (outcome, reason) {
        (Some(outcome), Some(reason)) if invalid.is_empty() => Ok((outcome, reason.into())),
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_has_words_and_perhaps_a_day() {
        let read = |body: &str| goal(&Fields::decode(body.as_bytes()), NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
        assert_eq!(read("words=Run+5+km&target=").map(|goal| goal.target), Ok(None));
        assert!(read("words=Run&target=2027-03-01").is_ok_and(|goal| goal.target.is_some()));
        let invalid = read("words=+&target=2026-11-23").unwrap_err();
        assert!(invalid.of("words").is_some() && invalid.of("target").is_some());
    }

    #[test]
    fn who_gives_up_says_why() {
        let read = |body: &str| ending(&Fields::decode(body.as_bytes()));
        assert_eq!(read("outcome=reached&reason="), Ok((Outcome::Reached, String::new())));
        assert!(read("outcome=given-up&reason=+").unwrap_err().of("reason").is_some());
        assert!(read("outcome=lost&reason=x").unwrap_err().of("outcome").is_some());
    }
}
