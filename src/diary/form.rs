//! Posted strings become commands, all errors at once. Only what differs from what the form showed is taken as said, so that
//! two open tabs do not undo each other.

use chrono::NaiveDate;

use super::actual::Actual;
use super::domain::{CheckIn, LoggedSide, SetChange, SetEntry, SkipReason, Stiffness};
use crate::error::Invalid;
use crate::ids::PlanId;
use crate::text::Note;
use crate::web::Fields;

/// A value the patient changed from `shown` to `value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<T> {
    /// What is said now; nothing when the answer is taken back.
    pub value: T,
}

/// How a session felt, as far as the patient said something new.
#[derive(Debug, Clone)]
pub struct SessionEntry {
    /// The plan.
    pub plan: PlanId,
    /// The version.
    pub version: i32,
    /// The day.
    pub day: NaiveDate,
    /// First, second … session of that day.
    pub ordinal: i32,
    /// Worst pain during it.
    pub during: Option<Told<Option<i32>>>,
    /// Pain right after it.
    pub after: Option<Told<Option<i32>>>,
    /// Effort.
    pub effort: Option<Told<Option<i32>>>,
    /// A remark.
    pub note: Option<Told<Note>>,
}

/// Plan, version, day and ordinal: hidden fields that every form of a session carries.
struct Key {
    plan: PlanId,
    version: i32,
    day: NaiveDate,
    ordinal: i32,
}

fn key(fields: &Fields) -> Result<Key, Invalid> {
    let mut invalid = Invalid::default();
    let reload = "Reload the page and try again";
    let plan = invalid.take("plan", fields.get("plan").parse().map_err(|_| reload.to_owned()));
    let version = invalid.take("version", fields.get("version").parse().map_err(|_| reload.to_owned()));
    let day = invalid.take("day", fields.get("day").parse().map_err(|_| "Choose a day".to_owned()));
    let ordinal = invalid.take("ordinal", fields.get("ordinal").parse().map_err(|_| reload.to_owned()));
    match (plan, version, day, ordinal) {
        (Some(plan), Some(version), Some(day), Some(ordinal)) => Ok(Key { plan, version, day, ordinal }),
        _ => Err(invalid),
    }
}

/// Most rounds times sides a form can carry.
const MOST_ROUNDS: i32 = 20;

/// Reads the form of one exercise.
pub fn sets(fields: &Fields) -> Result<SetEntry, Invalid> {
    let key = key(fields)?;
    let mut invalid = Invalid::default();
    let prescription = fields.get("prescription").parse().map_err(|_| Invalid::one("prescription", "Reload the page and try again"))?;
    let mut changes = Vec::new();
    for side in [LoggedSide::Left, LoggedSide::Right, LoggedSide::Both] {
        for number in 1..=MOST_ROUNDS {
            let name = format!("{}-{number}", side.word());
            let (done, was_done) = (fields.is("done", &name), fields.is("shown", &name));
            let Some((actual, differs)) = actual(fields, &name, &mut invalid) else { continue };
            if done != was_done || differs {
                // A number says that the round was done, ticked or not.
                changes.push(SetChange { number, side, done: done || actual.tells_of_work(), actual });
            }
        }
    }
    let skip_note = invalid.take("skip_note", Note::parse(fields.get("skip_note")));
    let note = new_note(fields, &mut invalid);
    let pain = told(fields, "pain", &mut invalid);
    let differs = fields.get("skip") != fields.get("shown-skip") || fields.get("skip_note").trim() != fields.get("shown-skip-note").trim();
    let reason = SkipReason::from_word(fields.get("skip"));
    if reason.is_none() && !fields.get("skip").is_empty() {
        invalid.add("skip", "Choose a reason from the list");
    }
    match (skip_note, note) {
        (Some(skip_note), Some(note)) if invalid.is_empty() => {
            let skip = differs.then(|| reason.map(|reason| (reason, skip_note)));
            let Key { plan, version, day, ordinal } = key;
            Ok(SetEntry { plan, version, day, ordinal, prescription, changes, skip, note, pain })
        }
        _ => Err(invalid),
    }
}

/// What was really done of one round, and whether that differs from what the form showed.
fn actual(fields: &Fields, round: &str, invalid: &mut Invalid) -> Option<(Actual, bool)> {
    let mut whole = |field: &str| {
        let name = format!("{field}-{round}");
        invalid.take(&name, fields.number(&name, 0, i32::MAX).map_err(|_| "Enter a whole number, like 8".to_owned()))
    };
    let (amount, hold) = (whole("amount"), whole("hold"));
    let load = fields.get(&format!("load-{round}")).split_whitespace().collect::<Vec<_>>().join(" ");
    let differs = ["amount", "hold", "load"].iter().any(|field| {
        let name = format!("{field}-{round}");
        fields.get(&name).trim() != fields.get(&format!("shown-{name}"))
    });
    Some((Actual { amount: amount?, hold: hold?, load: Some(load).filter(|load| !load.is_empty()) }, differs))
}

fn told(fields: &Fields, name: &str, invalid: &mut Invalid) -> Option<Told<Option<i32>>> {
    let value = invalid.take(name, fields.number(name, 0, 10))?;
    (fields.get(name).trim() != fields.get(&format!("shown-{name}"))).then_some(Told { value })
}

/// A remark, when it differs from what the form showed.
#[expect(clippy::option_option, reason = "nothing readable, nothing new, or something new")]
fn new_note(fields: &Fields, invalid: &mut Invalid) -> Option<Option<Note>> {
    let note = invalid.take("note", Note::parse(fields.get("note")))?;
    let shown = Note::parse(fields.get("shown-note")).map(String::from).unwrap_or_default();
    Some((note.as_str() != shown).then_some(note))
}

/// Reads how a session felt.
pub fn feeling(fields: &Fields) -> Result<SessionEntry, Invalid> {
    let Key { plan, version, day, ordinal } = key(fields)?;
    let mut invalid = Invalid::default();
    let during = told(fields, "during", &mut invalid);
    let after = told(fields, "after", &mut invalid);
    let effort = told(fields, "effort", &mut invalid);
    let note = new_note(fields, &mut invalid);
    match note {
        Some(note) if invalid.is_empty() => {
            let note = note.map(|value| Told { value });
            Ok(SessionEntry { plan, version, day, ordinal, during, after, effort, note })
        }
        _ => Err(invalid),
    }
}

/// Reads a morning's answers. The form shows all of them, so what is empty is unanswered.
pub fn check_in(fields: &Fields, day: NaiveDate) -> Result<CheckIn, Invalid> {
    let mut invalid = Invalid::default();
    let pain = invalid.take("pain", fields.number("pain", 0, 10));
    let stiffness = match fields.get("stiffness") {
        "" => None,
        word => invalid.take("stiffness", Stiffness::from_word(word).ok_or_else(|| "Choose one of the answers, or none".to_owned())),
    };
    let mut yes_no = |name: &str| match fields.get(name) {
        "yes" => Some(true),
        "no" => Some(false),
        "" => None,
        _ => {
            invalid.add(name, "Choose yes or no, or leave it unanswered");
            None
        }
    };
    let (settled, limp, night_pain) = (yes_no("settled"), yes_no("limp"), yes_no("night_pain"));
    let note = invalid.take("note", Note::parse(fields.get("note")));
    match (pain, note) {
        (Some(pain), Some(note)) if invalid.is_empty() => {
            Ok(CheckIn { day, pain, stiffness, settled, limp, night_pain, note: note.into() })
        }
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "plan=1&version=2&day=2026-11-20&ordinal=1&";

    fn read(rest: &str) -> Result<SetEntry, Invalid> {
        sets(&Fields::decode(format!("{KEY}prescription=5&{rest}").as_bytes()))
    }

    #[test]
    fn only_what_differs_from_the_form_is_said() {
        let entry = read("done=left-1&done=left-2&shown=left-1&shown=right-1&amount-left-1=&shown-amount-left-1=").unwrap();
        let said: Vec<_> = entry.changes.iter().map(|change| (change.side, change.number, change.done)).collect();
        assert_eq!(said, [(LoggedSide::Left, 2, true), (LoggedSide::Right, 1, false)]);
        assert_eq!(entry.skip, None);
    }

    #[test]
    fn a_number_says_that_the_round_was_done() {
        let entry = read("amount-both-2=8").unwrap();
        assert_eq!(entry.changes, [SetChange { number: 2, side: LoggedSide::Both, done: true, actual: Actual::amount(8) }]);
        assert!(read("amount-both-2=eight").unwrap_err().of("amount-both-2").is_some());
    }

    #[test]
    fn what_was_held_and_against_what_is_told_apart() {
        let entry = read("hold-both-1=4&load-both-2=+6++kg&shown-load-both-3=a+band&done=both-3&shown=both-3").unwrap();
        let said: Vec<_> = entry.changes.iter().map(|change| (change.number, change.done, change.actual.clone())).collect();
        let load = Some("6 kg".to_owned());
        assert_eq!(
            said,
            [
                (1, true, Actual { hold: Some(4), ..Actual::default() }),
                (2, true, Actual { load, ..Actual::default() }),
                (3, true, Actual::default()),
            ]
        );
        assert!(read("hold-both-1=long").unwrap_err().of("hold-both-1").is_some());
    }

    #[test]
    fn a_remark_stands_on_its_own() {
        assert_eq!(read("note=Left+clicks").unwrap().note.map(String::from).as_deref(), Some("Left clicks"));
        assert_eq!(read("note=Left+clicks&shown-note=Left+clicks").unwrap().note, None);
        assert_eq!(read("note=&shown-note=Left+clicks").unwrap().note.map(String::from).as_deref(), Some(""));
    }

    #[test]
    fn how_much_one_exercise_hurt_is_said_apart() {
        assert_eq!(read("pain=0").unwrap().pain, Some(Told { value: Some(0) }));
        assert_eq!(read("pain=4&shown-pain=4").unwrap().pain, None);
        assert_eq!(read("pain=&shown-pain=4").unwrap().pain, Some(Told { value: None }));
        assert!(read("pain=11").unwrap_err().of("pain").is_some());
    }

    #[test]
    fn a_skip_is_set_and_taken_back() {
        assert_eq!(read("skip=pain&shown-skip=").unwrap().skip.map(|skip| skip.map(|(reason, _)| reason)), Some(Some(SkipReason::Pain)));
        assert_eq!(read("skip=&shown-skip=pain").unwrap().skip, Some(None));
        assert!(read("skip=lazy").unwrap_err().of("skip").is_some());
    }

    #[test]
    fn not_answered_is_not_nought() {
        let felt = |rest: &str| feeling(&Fields::decode(format!("{KEY}{rest}").as_bytes()));
        let entry = felt("during=0&after=&note=").unwrap();
        assert_eq!(entry.during, Some(Told { value: Some(0) }));
        assert_eq!((entry.after, entry.effort, entry.note), (None, None, None));
        assert_eq!(felt("during=&shown-during=4").unwrap().during, Some(Told { value: None }));
        assert!(felt("during=11").is_err());
    }

    #[test]
    fn a_morning_may_stay_unanswered() {
        let day = NaiveDate::default();
        let nothing = check_in(&Fields::default(), day).unwrap();
        assert_eq!((nothing.pain, nothing.stiffness, nothing.limp), (None, None, None));
        let some = check_in(&Fields::decode(b"pain=2&stiffness=some&settled=no&limp=no&night_pain=yes"), day).unwrap();
        assert_eq!((some.pain, some.settled, some.limp, some.night_pain), (Some(2), Some(false), Some(false), Some(true)));
        assert!(check_in(&Fields::decode(b"pain=2&limp=maybe&stiffness=x"), day).unwrap_err().iter().count() == 2);
    }
}
