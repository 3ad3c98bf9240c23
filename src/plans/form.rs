//! Posted strings become commands, all errors at once.

use super::domain::State;
use crate::error::Invalid;
use crate::exercises::dose::{Dose, Per, Side, Work};
use crate::ids::PhaseId;
use crate::text::{Name, Note, Reason};
use crate::web::Fields;

/// Longest words about a load, in characters.
const LONGEST_LOAD: usize = 60;

/// A dose with its load and note.
pub struct DoseChange {
    /// How much.
    pub dose: Dose,
    /// Against what.
    pub load: String,
    /// A word to the patient.
    pub note: Note,
}

/// Reads the dose form of one prescription.
pub fn dose(fields: &Fields) -> Result<DoseChange, Invalid> {
    let mut invalid = Invalid::default();
    let number = |field: &str, most: i32| fields.number(field, 0, most).map(|number| number.and_then(|number| u16::try_from(number).ok()));
    let needed = |field: &str, ask: &str| number(field, 65_535).and_then(|number| number.ok_or_else(|| ask.to_owned()));
    let sets = invalid.take("sets", needed("sets", "Enter the number of rounds"));
    let work = invalid.take("work", Work::from_word(fields.get("work")).ok_or_else(|| "Choose what one round consists of".to_owned()));
    let amount = invalid.take("amount", needed("amount", "Enter how much one round is"));
    let hold = invalid.take("hold", number("hold", 65_535));
    let rest = invalid.take("rest", number("rest", 65_535));
    let side = invalid.take("side", Side::from_word(fields.get("side")).ok_or_else(|| "Choose the side".to_owned()));
    let times = invalid.take("times", needed("times", "Enter how often"));
    let per = invalid.take("per", Per::from_word(fields.get("per")).ok_or_else(|| "Choose a day or a week".to_owned()));
    let load = fields.get("load").split_whitespace().collect::<Vec<_>>().join(" ");
    if load.chars().count() > LONGEST_LOAD {
        invalid.add("load", format!("Shorten this to {LONGEST_LOAD} characters or fewer"));
    }
    let note = invalid.take("note", Note::parse(fields.get("note")));
    match (sets, work, amount, hold, rest, side, times, per, note) {
        (Some(sets), Some(work), Some(amount), Some(hold), Some(rest), Some(side), Some(times), Some(per), Some(note))
            if invalid.is_empty() =>
        {
            let dose = Dose { sets, work, amount, hold, rest, side, times, per }.check()?;
            Ok(DoseChange { dose, load, note })
        }
        _ => Err(invalid),
    }
}

/// The dose form filled from what is saved.
pub fn dose_fields(dose: &Dose, load: &str, note: &str) -> Fields {
    let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    Fields::from_pairs([
        ("sets", dose.sets.to_string()),
        ("work", dose.work.word().to_owned()),
        ("amount", dose.amount.to_string()),
        ("hold", number(dose.hold)),
        ("rest", number(dose.rest)),
        ("side", dose.side.word().to_owned()),
        ("times", dose.times.to_string()),
        ("per", dose.per.word().to_owned()),
        ("load", load.to_owned()),
        ("note", note.to_owned()),
    ])
}

/// The words about a phase.
pub struct PhaseWords {
    pub name: Name,
    pub purpose: Note,
    pub exit_criteria: Note,
}

/// Reads the form of a phase.
pub fn phase(fields: &Fields) -> Result<PhaseWords, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", Name::parse(fields.get("name"), "the phase's name"));
    let purpose = invalid.take("purpose", Note::parse(fields.get("purpose")));
    let exit_criteria = invalid.take("exit_criteria", Note::parse(fields.get("exit_criteria")));
    match (name, purpose, exit_criteria) {
        (Some(name), Some(purpose), Some(exit_criteria)) => Ok(PhaseWords { name, purpose, exit_criteria }),
        _ => Err(invalid),
    }
}

/// An exercise to add, and the phase it is for.
pub fn addition(fields: &Fields) -> Result<(PhaseId, String), Invalid> {
    let mut invalid = Invalid::default();
    let phase = invalid.take("phase", fields.get("phase").parse().map_err(|_| "Choose the phase".to_owned()));
    let slug = fields.get("exercise").trim().to_owned();
    if slug.is_empty() {
        invalid.add("exercise", "Choose an exercise");
    }
    match phase {
        Some(phase) if invalid.is_empty() => Ok((phase, slug)),
        _ => Err(invalid),
    }
}

/// One place up or down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Reads which way to move.
pub fn direction(fields: &Fields) -> Result<Direction, Invalid> {
    match fields.get("direction") {
        "up" => Ok(Direction::Up),
        "down" => Ok(Direction::Down),
        _ => Err(Invalid::one("direction", "Choose up or down")),
    }
}

/// Reads why a version is published.
pub fn reason(fields: &Fields) -> Result<Reason, Invalid> {
    Reason::parse(fields.get("reason"), "Say in a sentence why, for the patient and for your colleagues")
        .map_err(|words| Invalid::one("reason", words))
}

/// Reads a new state and its reason.
pub fn state(fields: &Fields) -> Result<(State, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let state = invalid.take("state", State::from_word(fields.get("state")).ok_or_else(|| "Choose what the plan should be".to_owned()));
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say why; the patient can read it"));
    state.zip(reason).ok_or(invalid)
}

/// Reads the phase a patient moves to and why.
pub fn phase_start(fields: &Fields) -> Result<(PhaseId, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let phase = invalid.take("phase", fields.get("phase").parse().map_err(|_| "Choose the phase".to_owned()));
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say why; the patient can read it"));
    phase.zip(reason).ok_or(invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_comes_back_as_it_was_typed() {
        let typed = Fields::decode(b"sets=3&work=reps&amount=10&hold=&rest=60&side=each&times=3&per=week&load=+light++band&note=Slowly");
        let change = dose(&typed).unwrap();
        assert_eq!(change.dose.sentence(), "10 times, rest 60 seconds; 3 rounds on each side");
        assert_eq!(change.load, "light band");
        let again = dose(&dose_fields(&change.dose, &change.load, change.note.as_str())).unwrap();
        assert_eq!(again.dose, change.dose);
    }

    #[test]
    fn words_in_number_fields_lose_nothing_else() {
        let invalid = dose(&Fields::decode(b"sets=three&work=reps&amount=10&rest=x&side=each&times=3&per=week")).err().unwrap();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["sets", "rest"]);
        let invalid = dose(&Fields::decode(b"sets=0&work=reps&amount=999&side=each&times=9&per=week")).err().unwrap();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["sets", "amount", "times"]);
    }
}
