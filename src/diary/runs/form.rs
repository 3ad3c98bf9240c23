//! The posted run becomes an entry, all errors at once. Nothing is inferred: what is empty is not known.

use chrono::{NaiveDate, NaiveDateTime};

use super::domain::{Run, Surface};
use crate::error::Invalid;
use crate::text::Note;
use crate::web::Fields;

/// Longest time that can be meant, in seconds: four hours.
const LONGEST: i32 = 4 * 3600;

/// A run as the patient tells it.
#[derive(Debug, Clone)]
pub struct RunEntry {
    /// The day.
    pub day: NaiveDate,
    /// What was run.
    pub run: Run,
    /// Worst pain during it, 0 to 10.
    pub during: Option<i32>,
    /// Pain right after it, 0 to 10.
    pub after: Option<i32>,
    /// A remark.
    pub note: Note,
}

/// Reads the form. `levels` are those of the patient's ladder, if there is one; "0" is a run that was none of them.
///
/// # Errors
/// What to show beside the fields.
pub fn run(fields: &Fields, levels: &[u16], now: NaiveDateTime) -> Result<RunEntry, Invalid> {
    let mut invalid = Invalid::default();
    let day = invalid.take("day", fields.get("day").parse().map_err(|_| "Choose a day".to_owned()));
    let level = invalid.take("level", level(fields.get("level"), levels));
    let seconds = invalid
        .take("minutes", time(fields.get("minutes")).and_then(|time| time.ok_or("Enter the minutes you ran, like 6 or 6:30".to_owned())));
    let longest = invalid.take("longest", time(fields.get("longest")));
    if let (Some(seconds), Some(Some(longest))) = (seconds, longest)
        && longest > seconds
    {
        invalid.add("longest", "The longest stretch cannot be longer than all of the running");
    }
    let surface = invalid.take("surface", surface(fields.get("surface")));
    let incline = invalid.take("incline", tenths(fields.get("incline")));
    let climb = invalid.take("climb", fields.number("climb", 0, 5000));
    let pace = invalid.take("pace", pace(fields.get("pace")));
    let speed_reps = invalid.take("speed_reps", fields.number("speed_reps", 0, 99));
    let during = invalid.take("during", fields.number("during", 0, 10));
    let after = invalid.take("after", fields.number("after", 0, 10));
    let note = invalid.take("note", Note::parse(fields.get("note")));
    let (Some(day), Some(level), Some(note), true) = (day, level, note, invalid.is_empty()) else { return Err(invalid) };
    let run = Run {
        level,
        seconds,
        longest: longest.flatten(),
        surface: surface.flatten(),
        incline: incline.flatten(),
        climb: climb.flatten(),
        pace: pace.flatten(),
        speed_reps: speed_reps.flatten(),
        walked_home: fields.is("walked_home", "yes"),
        logged: now,
    };
    Ok(RunEntry { day, run, during: during.flatten(), after: after.flatten(), note })
}

fn level(word: &str, levels: &[u16]) -> Result<Option<i32>, String> {
    match word.parse::<u16>() {
        Ok(0) => Ok(None),
        Ok(level) if levels.contains(&level) => Ok(Some(i32::from(level))),
        _ if levels.is_empty() => Ok(None),
        _ => Err("Choose the level you ran, or that it was another run".to_owned()),
    }
}

/// Minutes as people write them: "6", "6.5" or "6:30"; nothing when it is empty.
fn time(text: &str) -> Result<Option<i32>, String> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let ask = || "Enter minutes, like 6 or 6:30".to_owned();
    let seconds = match text.split_once(':') {
        Some((minutes, seconds)) => {
            let seconds = seconds.parse::<i32>().ok().filter(|seconds| seconds_of_a_minute(*seconds));
            minutes.parse::<i32>().ok().zip(seconds).and_then(|(minutes, seconds)| minutes.checked_mul(60)?.checked_add(seconds))
        }
        None => tenths_of(&text).and_then(|tenths| tenths.checked_mul(6)),
    };
    seconds.filter(|seconds| (1..=LONGEST).contains(seconds)).map(Some).ok_or_else(ask)
}

fn seconds_of_a_minute(seconds: i32) -> bool {
    (0..60).contains(&seconds)
}

/// A number with one decimal at most, in tenths: "2.5" is 25.
fn tenths_of(text: &str) -> Option<i32> {
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let tenth = Some(tenth).filter(|tenth| tenth.len() == 1)?.parse::<u8>().ok()?;
    whole.parse::<u16>().ok().map(|whole| i32::from(whole) * 10 + i32::from(tenth))
}

fn tenths(text: &str) -> Result<Option<i32>, String> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    tenths_of(&text).filter(|tenths| *tenths <= 400).map(Some).ok_or_else(|| "Enter percent from 0 to 40, like 1.5".to_owned())
}

fn pace(text: &str) -> Result<Option<i32>, String> {
    match time(text) {
        Ok(Some(seconds)) if !(120..=1800).contains(&seconds) => Err("Enter minutes a kilometre from 2 to 30, like 6:30".to_owned()),
        Ok(pace) => Ok(pace),
        Err(_) => Err("Enter minutes a kilometre, like 6:30".to_owned()),
    }
}

fn surface(word: &str) -> Result<Option<Surface>, String> {
    if word.is_empty() { Ok(None) } else { Surface::from_word(word).map(Some).ok_or_else(|| "Choose one from the list".to_owned()) }
}

/// The form as it was filled in.
#[must_use]
pub fn fields_of(entry: &RunEntry, on_a_ladder: bool) -> Fields {
    let RunEntry { day, run, during, after, note } = entry;
    let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    let clock = |seconds: Option<i32>| seconds.map(minutes).unwrap_or_default();
    let level = if on_a_ladder { run.level.unwrap_or(0).to_string() } else { String::new() };
    Fields::from_pairs([
        ("day", day.to_string()),
        ("level", level),
        ("minutes", clock(run.seconds)),
        ("longest", clock(run.longest)),
        ("surface", run.surface.map_or("", Surface::word).to_owned()),
        ("incline", run.incline.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)).unwrap_or_default()),
        ("climb", number(run.climb)),
        ("pace", clock(run.pace)),
        ("speed_reps", number(run.speed_reps)),
        ("during", number(*during)),
        ("after", number(*after)),
        ("walked_home", if run.walked_home { "yes" } else { "" }.to_owned()),
        ("note", note.as_str().to_owned()),
    ])
}

/// "6" or "6:30"
#[must_use]
pub fn minutes(seconds: i32) -> String {
    if seconds % 60 == 0 { (seconds / 60).to_string() } else { format!("{}:{:02}", seconds / 60, seconds % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<RunEntry, Invalid> {
        run(&Fields::decode(text.as_bytes()), &[1, 2, 3], NaiveDateTime::default())
    }

    #[test]
    fn what_is_read_fills_the_form_again() {
        let text = "day=2026-11-20&level=3&minutes=6&longest=1:30&surface=grass&incline=1.5&climb=20&pace=6:40&speed_reps=0&during=2&after=1&walked_home=yes&note=Wet";
        let entry = read(text).unwrap();
        assert_eq!((entry.run.level, entry.run.seconds, entry.run.longest, entry.run.incline), (Some(3), Some(360), Some(90), Some(15)));
        assert_eq!((entry.run.pace, entry.during, entry.after, entry.run.walked_home), (Some(400), Some(2), Some(1), true));
        let again = run(&fields_of(&entry, true), &[1, 2, 3], NaiveDateTime::default()).unwrap();
        assert_eq!((again.run, again.during, again.note.as_str()), (entry.run, Some(2), "Wet"));
    }

    #[test]
    fn nothing_is_inferred() {
        let entry = read("day=2026-11-20&level=0&minutes=12.5").unwrap();
        assert_eq!((entry.run.level, entry.run.seconds, entry.run.longest, entry.run.climb), (None, Some(750), None, None));
        assert_eq!((entry.during, entry.after, entry.run.walked_home), (None, None, false));
    }

    #[test]
    fn all_errors_come_at_once() {
        let invalid = read("day=&level=9&minutes=fast&longest=1:75&surface=moon&incline=50&climb=-1&pace=1&speed_reps=x&during=11&after=a")
            .unwrap_err();
        let fields: Vec<_> = invalid.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["day", "level", "minutes", "longest", "surface", "incline", "climb", "pace", "speed_reps", "during", "after"]);
        assert!(read("day=2026-11-20&level=&minutes=6").unwrap_err().of("level").is_some());
        assert!(read("day=2026-11-20&level=1&minutes=6&longest=7").unwrap_err().of("longest").is_some());
        assert!(read("day=2026-11-20&level=1&minutes=").unwrap_err().of("minutes").is_some());
    }
}
