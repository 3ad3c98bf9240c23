//! Posted strings become a dose, all errors at once.

use super::dose::{Dose, Every, Frequency, Side, Tempo, Weekdays, Work};
use crate::error::Invalid;
use crate::text::Note;
use crate::web::Fields;

/// Longest words about a load, in characters.
const LONGEST_LOAD: usize = 60;

/// A dose with its load and note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoseChange {
    /// How much.
    pub dose: Dose,
    /// Against what.
    pub load: String,
    /// A word to the patient.
    pub note: Note,
}

/// Reads the form of a dose.
///
/// # Errors
/// All that is wrong, by the name of its field.
pub fn dose_change(fields: &Fields) -> Result<DoseChange, Invalid> {
    let mut invalid = Invalid::default();
    let number = |field: &str, low: u16, high: u16| {
        fields.number(field, low.into(), high.into()).map(|number| number.and_then(|number| u16::try_from(number).ok()))
    };
    let needed = |field: &str, high: u16, ask: &str| number(field, 1, high).and_then(|number| number.ok_or_else(|| ask.to_owned()));
    let work = Work::from_word(fields.get("work"));
    let sets = invalid.take("sets", needed("sets", Dose::MOST_SETS, "Enter the number of rounds"));
    let amount = invalid.take("amount", needed("amount", work.map_or(u16::MAX, Work::most), "Enter how much one round is"));
    let work = invalid.take("work", work.ok_or_else(|| "Choose what one round consists of".to_owned()));
    let hold = invalid.take("hold", number("hold", 1, Dose::LONGEST_HOLD));
    let rest = invalid.take("rest", number("rest", 0, Dose::LONGEST_REST));
    let side = invalid.take("side", Side::from_word(fields.get("side")).ok_or_else(|| "Choose the side".to_owned()));
    let frequency = frequency(fields, &mut invalid);
    let tempo = invalid.take("tempo", tempo(fields));
    let load = invalid.take("load", load(fields)).unwrap_or_default();
    let note = invalid.take("note", Note::parse(fields.get("note")));
    match (sets, work, amount, hold, rest, side, frequency, tempo, note) {
        (Some(sets), Some(work), Some(amount), Some(hold), Some(rest), Some(side), Some(frequency), Some(tempo), Some(note))
            if invalid.is_empty() =>
        {
            let dose = Dose { sets, work, amount, hold, rest, side, frequency, tempo }.check()?;
            Ok(DoseChange { dose, load, note })
        }
        _ => Err(invalid),
    }
}

/// Against what: a few words, or none.
///
/// # Errors
/// The words to show beside the field.
pub fn load(fields: &Fields) -> Result<String, String> {
    let load = fields.get("load").split_whitespace().collect::<Vec<_>>().join(" ");
    if load.chars().count() > LONGEST_LOAD { Err(format!("Shorten this to {LONGEST_LOAD} characters or fewer")) } else { Ok(load) }
}

/// How often: the number counts only where times are counted, the days only where days are chosen. What is wrong goes to `invalid`.
pub fn frequency(fields: &Fields, invalid: &mut Invalid) -> Option<Frequency> {
    let every = Every::from_word(fields.get("per"));
    let most = i32::from(every.map_or(Dose::MOST_TIMES_A_DAY, Dose::most_times));
    let times = match every {
        Some(Every::Weekdays | Every::OtherDay) => Some(1),
        _ => invalid.take("times", fields.needed_number("times", 1, most, "Enter how often")).and_then(|times| u16::try_from(times).ok()),
    };
    let chosen: Vec<&str> = fields.pairs().filter(|(name, _)| *name == "weekday").map(|(_, day)| day).collect();
    let days = invalid.take("weekday", Weekdays::read(&chosen.join(" ")).ok_or_else(|| "Choose days from the list".to_owned()));
    let every = invalid.take("per", every.ok_or_else(|| "Choose how often it is done".to_owned()));
    match (times, every, days) {
        (Some(times), Some(every), Some(days)) => Some(Frequency::told(times, every, days)),
        _ => None,
    }
}

fn tempo(fields: &Fields) -> Result<Option<Tempo>, String> {
    match fields.get("tempo").trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(str::to_owned),
    }
}

/// The dose form filled from what is saved.
#[must_use]
pub fn dose_fields(dose: &Dose, load: &str, note: &str) -> Fields {
    let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    let frequency = dose.frequency;
    let fields = [
        ("sets", dose.sets.to_string()),
        ("work", dose.work.word().to_owned()),
        ("amount", dose.amount.to_string()),
        ("hold", number(dose.hold)),
        ("rest", number(dose.rest)),
        ("side", dose.side.word().to_owned()),
        ("times", frequency.times().to_string()),
        ("per", frequency.every().word().to_owned()),
        ("tempo", dose.tempo.map(|tempo| tempo.to_string()).unwrap_or_default()),
        ("load", load.to_owned()),
        ("note", note.to_owned()),
    ];
    let keys = frequency.days().keys();
    Fields::from_pairs(fields.into_iter().chain(keys.split_whitespace().map(|day| ("weekday", day.to_owned()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_comes_back_as_it_was_typed() {
        let typed = Fields::decode(b"sets=3&work=reps&amount=10&hold=&rest=60&side=each&times=3&per=week&load=+light++band&note=Slowly");
        let change = dose_change(&typed).unwrap();
        assert_eq!(change.dose.sentence(), "10 times, rest 60 seconds; 3 rounds on each side");
        assert_eq!(change.load, "light band");
        let again = dose_change(&dose_fields(&change.dose, &change.load, change.note.as_str())).unwrap();
        assert_eq!(again.dose, change.dose);
    }

    #[test]
    fn chosen_days_and_a_tempo_come_back_too() {
        let typed = Fields::decode(b"sets=3&work=reps&amount=10&side=each&per=weekdays&weekday=fri&weekday=mon&tempo=3-1-3&times=");
        let change = dose_change(&typed).unwrap();
        assert_eq!(change.dose.frequency.words(), "on Monday and Friday");
        assert_eq!(dose_change(&dose_fields(&change.dose, "", "")).unwrap().dose, change.dose);
        let every_other = dose_change(&Fields::decode(b"sets=3&work=reps&amount=10&side=each&per=other-day&weekday=fri")).unwrap();
        assert_eq!(every_other.dose.frequency, Frequency::EveryOtherDay);
        let wrong = dose_change(&Fields::decode(b"sets=3&work=reps&amount=10&side=each&per=weekdays&tempo=fast")).unwrap_err();
        assert!(wrong.of("tempo").is_some_and(|words| words.contains("3-1-3")));
        let none = dose_change(&Fields::decode(b"sets=3&work=reps&amount=10&side=each&per=weekdays")).unwrap_err();
        assert_eq!(none.of("weekday"), Some("Choose at least one day of the week"));
    }

    #[test]
    fn words_in_number_fields_lose_nothing_else() {
        let invalid = dose_change(&Fields::decode(b"sets=three&work=reps&amount=10&rest=x&side=each&times=3&per=week")).err().unwrap();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["sets", "rest"]);
        assert_eq!(invalid.of("rest"), Some("Enter a whole number from 0 to 900"));
        let invalid = dose_change(&Fields::decode(b"sets=0&work=reps&amount=999&side=each&times=9&per=week")).err().unwrap();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["sets", "amount", "times"]);
        let invalid = dose_change(&Fields::decode(b"sets=99&work=reps&amount=10&hold=x&side=each&times=3&per=week")).err().unwrap();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["sets", "hold"]);
    }
}
