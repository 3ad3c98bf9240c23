//! Posted strings become what is kept, all errors at once.

use chrono::NaiveDate;

use super::domain::{NewPaperScore, Step};
use crate::diary::measurements::form::day;
use crate::error::Invalid;
use crate::ids::ActivityId;
use crate::text::{Caption, Name, Note, Reason};
use crate::web::Fields;

/// The highest score any questionnaire may have, in points.
const HIGHEST: i32 = 1000;

/// Reads what the patient wants to do again.
///
/// # Errors
/// On the field `words`.
pub fn activity(fields: &Fields) -> Result<Caption, Invalid> {
    Caption::parse(fields.get("words"), "Say what you want to do again, like: walk up the stairs at work")
        .map_err(|words| Invalid::one("words", words))
}

/// Reads how well an activity goes: which, on which day, 0 to 10.
///
/// # Errors
/// All that is wrong, field by field.
pub fn score(fields: &Fields, today: NaiveDate) -> Result<(ActivityId, NaiveDate, i32), Invalid> {
    let mut invalid = Invalid::default();
    let activity = invalid.take("activity", fields.get("activity").parse().map_err(|_| "Reload the page and try again".to_owned()));
    let score = invalid.take("score", fields.needed_number("score", 0, 10, "Choose a number from 0 to 10"));
    let day = invalid.take("day", day(fields, today));
    match (activity, day, score) {
        (Some(activity), Some(day), Some(score)) => Ok((activity, day, score)),
        _ => Err(invalid),
    }
}

/// Reads which activity is not scored any more, and why.
///
/// # Errors
/// On the fields `activity` and `reason`.
pub fn end(fields: &Fields) -> Result<(ActivityId, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let activity = invalid.take("activity", fields.get("activity").parse().map_err(|_| "Reload the page and try again".to_owned()));
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say in a few words why another takes its place"));
    match (activity, reason) {
        (Some(activity), Some(reason)) => Ok((activity, reason)),
        _ => Err(invalid),
    }
}

/// Reads how things are, compared with the start.
///
/// # Errors
/// All that is wrong, field by field.
pub fn felt(fields: &Fields, today: NaiveDate) -> Result<(NaiveDate, Step, Note), Invalid> {
    let mut invalid = Invalid::default();
    let step = invalid.take("step", Step::from_word(fields.get("step")).ok_or_else(|| "Choose one of the seven answers".to_owned()));
    let words = invalid.take("words", Note::parse(fields.get("words")));
    let day = invalid.take("day", day(fields, today));
    match (day, step, words) {
        (Some(day), Some(step), Some(words)) => Ok((day, step, words)),
        _ => Err(invalid),
    }
}

/// Reads the score of a questionnaire done on paper.
///
/// # Errors
/// All that is wrong, field by field.
pub fn paper_score(fields: &Fields, today: NaiveDate) -> Result<NewPaperScore, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", Name::parse(fields.get("name"), "the name of the questionnaire"));
    let part = match fields.get("part").trim() {
        "" => Some(String::new()),
        part => invalid.take("part", Name::parse(part, "the part")).map(String::from),
    };
    let points = invalid.take("points", tenths(fields.get("points"), "the score"));
    let most = invalid.take("most", tenths(fields.get("most"), "the highest score there is"));
    if points.zip(most).is_some_and(|(points, most)| most == 0 || points > most) {
        invalid.add("points", "The score is not above the highest there is");
    }
    let day = invalid.take("day", day(fields, today));
    match (name, part, points, most, day) {
        (Some(name), Some(part), Some(tenths), Some(most), Some(day)) if invalid.is_empty() => {
            Ok(NewPaperScore { name: name.into(), part, day, tenths, most })
        }
        _ => Err(invalid),
    }
}

/// Points with at most one place after the point, in tenths.
fn tenths(text: &str, what: &str) -> Result<i32, String> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Err(format!("Enter {what}"));
    }
    let (whole, rest) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |part: &str| (!part.is_empty() && part.chars().all(|c| c.is_ascii_digit())).then(|| part.parse::<i32>().ok()).flatten();
    match (digits(whole), digits(rest)) {
        (Some(whole @ 0..=HIGHEST), Some(rest @ 0..=9)) if rest == 0 || text.len() - text.find('.').unwrap_or(0) == 2 => {
            Ok(whole * 10 + rest)
        }
        _ => Err(format!("Enter {what} as a number from 0 to {HIGHEST}, like 62 or 62.5")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[test]
    fn points_have_at_most_one_place() {
        for (text, read) in
            [("62", Some(620)), (" 62,5 ", Some(625)), ("0", Some(0)), ("62.55", None), ("-1", None), ("1001", None), ("", None)]
        {
            assert_eq!(tenths(text, "it").ok(), read, "{text}");
        }
        let fields = Fields::decode(b"name=Our+own&part=&points=81&most=80&day=2026-11-24");
        assert!(paper_score(&fields, today()).unwrap_err().of("points").is_some());
        let nothing = paper_score(&Fields::default(), today()).unwrap_err();
        assert_eq!(nothing.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "points", "most", "day"]);
    }

    #[test]
    fn a_score_is_chosen_and_never_presumed() {
        let read = |rest: &str| score(&Fields::decode(format!("activity=1&day=2026-11-24&{rest}").as_bytes()), today());
        assert_eq!(read("score=0").unwrap().2, 0);
        assert!(read("score=").unwrap_err().of("score").is_some() && read("score=11").is_err());
        assert!(felt(&Fields::decode(b"step=4&day=2026-11-24"), today()).unwrap_err().of("step").is_some());
        assert_eq!(felt(&Fields::decode(b"step=-1&day=2026-11-24"), today()).unwrap().1, Step::LittleWorse);
    }
}
