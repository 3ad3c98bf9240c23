//! What invented people outside wrote to the invented clinic.

use chrono::{NaiveDateTime, TimeDelta};

use crate::clock::Clock;
use crate::db::Conn;
use crate::error::AppError;
use crate::ids::{PersonId, QuestionId};
use crate::messages::{self, NewAnswer, NewQuestion, NewRequest, Writer};
use crate::patients::RED_FLAGS;
use crate::text::{Email, Letter, Name, Note, Reason, Telephone};

/// Writes three questions (one answered, one declined, one that waits) and two requests for an appointment (one with a red flag).
pub fn write(conn: &mut Conn, physio: PersonId, clock: &Clock) -> Result<(), AppError> {
    let (today, now) = (clock.today(), clock.now());
    let on = |days: i64, hour: u32| (today - TimeDelta::days(days)).and_hms_opt(hour, 10, 0).unwrap_or(now);
    let answered =
        ask(conn, "iliopsoas-syndrome", "May I go on swimming with this? Breaststroke pulls a bit, crawl does not.", "", on(9, 19))?;
    let answer = NewAnswer {
        wording: letter("May I go on swimming?")?,
        words: text(Note::parse(
            "Yes, if it stays calm.\n\n- Crawl with a small kick is the easier start.\n- Leave out breaststroke while the kick pulls at the \
             front of your hip.\n\nThe next morning decides: if it is **no worse than usual**, the amount was right.",
        ))?,
        seen: 0,
    };
    messages::answer(conn, answered, &answer, Writer { by: physio, now: on(8, 9) })?;
    let declined = ask(conn, "hip-flexor-pain-running", "Is it my left or my right psoas? I attach no picture, sorry!", "", on(6, 21))?;
    let reason = text(Reason::parse("About one person; only an examination can tell.", ""))?;
    messages::refuse(conn, declined, &reason, Writer { by: physio, now: on(5, 8) })?;
    let waits = "I sit at a desk all day. Is a standing desk worth it for the front of my hip?";
    ask(conn, "tight-hip-flexors", waits, "quentin.query@example.org", on(1, 20))?;
    let plain = NewRequest {
        name: text(Name::parse("Rita Request", "a name"))?,
        telephone: Some(text(Telephone::parse("01632 960801"))?),
        email: None,
        about: letter("A pinch in the groin when I get out of the car, for about six weeks.")?,
        times: "in the morning; not on Wednesdays".to_owned(),
        flags: Vec::new(),
    };
    messages::request(conn, &plain, on(2, 11))?;
    let flagged = NewRequest {
        name: text(Name::parse("Stan Standin", "a name"))?,
        telephone: Some(text(Telephone::parse("01632 960802"))?),
        email: Some(text(Email::parse("stan.standin@example.org"))?),
        about: letter("Deep ache in the groin after running. It wakes me at night now.")?,
        times: "at any time".to_owned(),
        flags: RED_FLAGS.iter().filter(|flag| ["RF7", "RF8"].contains(&flag.key)).collect(),
    };
    messages::request(conn, &flagged, now - TimeDelta::hours(2))?;
    Ok(())
}

fn ask(conn: &mut Conn, article: &str, words: &str, email: &str, at: NaiveDateTime) -> Result<QuestionId, AppError> {
    let email = if email.is_empty() { None } else { Some(text(Email::parse(email))?) };
    messages::ask(conn, &NewQuestion { article: article.to_owned(), words: letter(words)?, email }, at)
}

fn letter(words: &str) -> Result<Letter, AppError> {
    text(Letter::parse(words, 1, "A letter is empty"))
}

/// Words that are known to be good.
fn text<T>(read: Result<T, String>) -> Result<T, AppError> {
    read.map_err(AppError::Internal)
}
