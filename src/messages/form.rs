//! Posted strings become commands, all errors at once.

use chrono::NaiveDateTime;

use super::domain::{NewAnswer, NewQuestion, NewRequest, TimeOfDay};
use super::trap;
use crate::error::Invalid;
use crate::patients::{RED_FLAGS, RedFlag};
use crate::text::{Email, Letter, Name, Note, Reason, Telephone};
use crate::web::Fields;

/// Fewest characters of a question.
pub const SHORTEST: usize = 10;
/// What is ticked when no red flag fits.
pub const NONE: &str = "none";
/// Longest remark on days and times, in characters.
pub const LONGEST_DAYS: usize = 200;

/// Reads a reader's question.
pub fn question(fields: &Fields, now: NaiveDateTime) -> Result<NewQuestion, Invalid> {
    let mut invalid = Invalid::default();
    let ask = format!("Write your question in at least {SHORTEST} characters");
    let words = invalid.take("words", Letter::parse(fields.get("words"), SHORTEST, &ask));
    let email = invalid.take("email", optional(fields.get("email"), Email::parse));
    trap::check(fields, now, &mut invalid);
    match (words, email) {
        (Some(words), Some(email)) if invalid.is_empty() => Ok(NewQuestion { article: fields.get("about").to_owned(), words, email }),
        _ => Err(invalid),
    }
}

/// Reads a request for an appointment.
pub fn request(fields: &Fields, now: NaiveDateTime) -> Result<NewRequest, Invalid> {
    let mut invalid = Invalid::default();
    let flags = invalid.take("flag", flags(fields));
    let name = invalid.take("name", Name::parse(fields.get("name"), "your name"));
    let telephone = invalid.take("telephone", optional(fields.get("telephone"), Telephone::parse));
    let email = invalid.take("email", optional(fields.get("email"), Email::parse));
    if matches!((&telephone, &email), (Some(None), Some(None))) {
        invalid.add("telephone", "Enter a telephone number or an e-mail address, so that we can answer");
    }
    let about = invalid.take("matter", Letter::parse(fields.get("matter"), 1, "Say in a few words what it is about"));
    let times = invalid.take("days", times(fields));
    trap::check(fields, now, &mut invalid);
    match (flags, name, telephone, email, about, times) {
        (Some(flags), Some(name), Some(telephone), Some(email), Some(about), Some(times)) if invalid.is_empty() => {
            Ok(NewRequest { name, telephone, email, about, times, flags })
        }
        _ => Err(invalid),
    }
}

fn optional<T>(text: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some) }
}

/// The signs that were ticked; that there are none must be said, too.
fn flags(fields: &Fields) -> Result<Vec<&'static RedFlag>, String> {
    let flags: Vec<&RedFlag> = RED_FLAGS.iter().filter(|flag| fields.is("flag", flag.key)).collect();
    match (flags.is_empty(), fields.is("flag", NONE)) {
        (true, false) => Err("Tick the signs you have, or “None of these”".to_owned()),
        (false, true) => Err("You ticked a sign and also “None of these”. Take one of the two back".to_owned()),
        _ => Ok(flags),
    }
}

/// When somebody can come, as one sentence.
fn times(fields: &Fields) -> Result<String, String> {
    let ticked: Vec<&str> = TimeOfDay::ALL.iter().filter(|time| fields.is("time", time.word())).map(|time| time.label()).collect();
    let days = fields.get("days").split_whitespace().collect::<Vec<_>>().join(" ");
    if days.chars().count() > LONGEST_DAYS || days.chars().any(char::is_control) {
        return Err(format!("Shorten this to {LONGEST_DAYS} characters or fewer"));
    }
    let ticked = match ticked.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    };
    Ok(match (ticked.is_empty(), days.is_empty()) {
        (true, true) => "at any time".to_owned(),
        (true, false) => days,
        (false, true) => ticked,
        (false, false) => format!("{ticked}; {days}"),
    })
}

/// Reads an answer, or a correction.
pub fn answer(fields: &Fields) -> Result<NewAnswer, Invalid> {
    let mut invalid = Invalid::default();
    let wording = invalid.take("wording", Letter::parse(fields.get("wording"), 1, "Write the question as it is to be published"));
    let words = Note::parse(fields.get("words"));
    let words = words.and_then(|words| if words.as_str().is_empty() { Err("Write the answer".to_owned()) } else { Ok(words) });
    match (wording, invalid.take("words", words)) {
        (Some(wording), Some(words)) => Ok(NewAnswer { wording, words, seen: seen(fields) }),
        _ => Err(invalid),
    }
}

/// Reads why a question is not published.
pub fn refusal(fields: &Fields) -> Result<Reason, Invalid> {
    reason(fields, "reason", "Say why the question is not published")
}

/// Reads why an answer is not shown any more.
pub fn withdrawal(fields: &Fields) -> Result<(Reason, usize), Invalid> {
    Ok((reason(fields, "reason", "Say why the answer is not shown any more")?, seen(fields)))
}

/// Reads how a request was settled.
pub fn reply(fields: &Fields) -> Result<(Reason, usize), Invalid> {
    Ok((reason(fields, "note", "Note how the request was settled")?, seen(fields)))
}

fn reason(fields: &Fields, name: &str, ask: &str) -> Result<Reason, Invalid> {
    Reason::parse(fields.get(name), ask).map_err(|words| Invalid::one(name, words))
}

/// How much had been done when the page was opened.
fn seen(fields: &Fields) -> usize {
    fields.get("seen").parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn now() -> NaiveDateTime {
        NaiveDateTime::default() + TimeDelta::seconds(60)
    }

    fn asked(body: &str) -> Result<NewRequest, Invalid> {
        request(&Fields::decode(format!("begun=0&{body}").as_bytes()), now())
    }

    fn wrong<T: std::fmt::Debug>(outcome: Result<T, Invalid>) -> Vec<String> {
        outcome.unwrap_err().iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn a_question_needs_words_and_no_address() {
        let read = |body: &str| question(&Fields::decode(body.as_bytes()), now());
        let asked = read("begun=0&about=a&words=May+I+run+").unwrap_err();
        assert_eq!(asked.of("words"), Some("Write your question in at least 10 characters"));
        let asked = read("begun=0&about=a&words=May+I+run+now%3F&email=").unwrap();
        assert_eq!((asked.article.as_str(), asked.words.as_str(), asked.email), ("a", "May I run now?", None));
        assert_eq!(wrong(read("words=&email=x&homepage=y")), ["words", "email", "begun"]);
    }

    #[test]
    fn a_request_says_all_that_is_missing() {
        assert_eq!(wrong(asked("")), ["flag", "name", "telephone", "matter"]);
        assert_eq!(wrong(asked("flag=RF1&flag=none&name=Ann&telephone=1&email=no&matter=Hip")), ["flag", "telephone", "email"]);
    }

    #[test]
    fn a_request_is_read_with_its_flags_and_times() {
        let ann = "name=Ann&email=ann@example.org&matter=My+hip";
        let request =
            asked(&format!("{ann}&flag=RF8&flag=RF1&flag=RF99&time=evening&time=morning&time=midday&days=not+on+Mondays")).unwrap();
        assert_eq!(request.flags.iter().map(|flag| flag.key).collect::<Vec<_>>(), ["RF1", "RF8"]);
        assert_eq!(request.times, "in the morning, around midday or in the evening; not on Mondays");
        assert!(request.telephone.is_none() && request.email.is_some());
        let request = asked(&format!("{ann}&flag=none&telephone=01632+960123")).unwrap();
        assert!(request.flags.is_empty() && request.times == "at any time");
        assert!(asked(&format!("{ann}&flag=none&days={}", "x".repeat(201))).is_err());
    }

    #[test]
    fn staff_say_why() {
        assert_eq!(wrong(answer(&Fields::decode(b"wording=+&words="))), ["wording", "words"]);
        assert_eq!(answer(&Fields::decode(b"wording=a&words=b&seen=2")).unwrap().seen, 2);
        assert!(refusal(&Fields::decode(b"reason=")).is_err() && reply(&Fields::decode(b"note=")).is_err());
        assert_eq!(withdrawal(&Fields::decode(b"reason=Out+of+date&seen=1")).unwrap().1, 1);
    }
}
