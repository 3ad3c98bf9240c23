//! What tells a program that fills in forms from a person: a field nobody sees, and how long the form was open. Whoever is caught
//! finds the form as it was filled in, with words beside the button that say what to do; a person only has to press once more.

use chrono::{NaiveDateTime, TimeDelta};

use crate::error::Invalid;
use crate::web::Fields;

/// The field nobody sees.
pub const BAIT: &str = "homepage";
/// The hidden field that says when the form was opened, in seconds since 1970.
pub const BEGUN: &str = "begun";

/// Nobody reads, types and sends in less.
const QUICKEST: TimeDelta = TimeDelta::seconds(3);
/// A form that was left open longer may be about something that is over.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Adds what looks like a program's doing.
pub fn check(fields: &Fields, now: NaiveDateTime, invalid: &mut Invalid) {
    if !fields.get(BAIT).is_empty() {
        invalid.add(BEGUN, "A field that has to stay empty was filled in, perhaps by your browser. It is empty now: send the form again");
        return;
    }
    match open_for(fields, now) {
        Some(span) if span < QUICKEST => invalid.add(BEGUN, "That was very quick. Count to three and send the form again"),
        Some(span) if span <= LONGEST => {}
        _ => invalid.add(BEGUN, "This form was open for more than a day. Read it once more and send it again"),
    }
}

/// How long the form has been open; nothing when it does not say so believably.
fn open_for(fields: &Fields, now: NaiveDateTime) -> Option<TimeDelta> {
    let begun: i64 = fields.get(BEGUN).parse().ok()?;
    let span = now.and_utc().timestamp().checked_sub(begun).filter(|span| *span >= 0)?;
    TimeDelta::try_seconds(span)
}

/// The moment a form says it was opened, when it is shown (again): one that was open too long may be sent at once.
pub fn begun(fields: &Fields, now: NaiveDateTime) -> String {
    let seconds = now.and_utc().timestamp();
    match open_for(fields, now) {
        Some(span) if span <= LONGEST => fields.get(BEGUN).to_owned(),
        _ if fields.get(BEGUN).is_empty() => seconds.to_string(),
        _ => (seconds - QUICKEST.num_seconds()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caught(seconds: i64, bait: &str) -> Vec<String> {
        let now = NaiveDateTime::default() + TimeDelta::days(400);
        let begun = now.and_utc().timestamp() - seconds;
        let mut invalid = Invalid::default();
        check(&Fields::from_pairs([(BEGUN, begun.to_string()), (BAIT, bait.to_owned())]), now, &mut invalid);
        invalid.iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn a_person_takes_between_three_seconds_and_a_day() {
        for (seconds, fields) in [(0, &[BEGUN][..]), (2, &[BEGUN]), (3, &[]), (86_400, &[]), (86_401, &[BEGUN]), (-1, &[BEGUN])] {
            assert_eq!(caught(seconds, ""), fields, "{seconds} s");
        }
        assert_eq!(caught(10, "https://spam.example"), [BEGUN]);
        assert_eq!(caught(1, "x"), [BEGUN], "one thing at a time");
    }

    #[test]
    fn the_form_that_is_shown_again_can_be_sent() {
        let now = NaiveDateTime::default() + TimeDelta::days(400);
        let seconds = now.and_utc().timestamp();
        let shown = |given: &str| begun(&Fields::from_pairs([(BEGUN, given)]), now);
        assert_eq!(begun(&Fields::default(), now), seconds.to_string());
        assert_eq!(shown(&(seconds - 1).to_string()), (seconds - 1).to_string(), "who was quick waits no longer than before");
        for given in [(seconds - 90_000).to_string(), (seconds + 5).to_string(), "soon".to_owned(), i64::MIN.to_string()] {
            assert_eq!(shown(&given), (seconds - 3).to_string(), "{given}");
        }
    }
}
