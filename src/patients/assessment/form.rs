//! The posted assessment becomes findings, all errors at once.

use super::super::condition::Flag;
use super::domain::{Findings, Irritability};
use crate::error::Invalid;
use crate::text::Note;
use crate::web::Fields;

/// The questions that may stay unanswered.
const QUESTIONS: [&str; 4] = ["painful", "lingering", "morning", "stiff"];

/// Reads the assessment; what is not answered stays unknown.
pub fn findings(fields: &Fields) -> Result<Findings, Invalid> {
    let mut invalid = Invalid::default();
    let [painful, lingering, morning, stiff] =
        QUESTIONS.map(|question| invalid.take(question, answer(fields.get(question))).unwrap_or_default());
    let note = invalid.take("note", Note::parse(fields.get("note")));
    match note {
        Some(note) if invalid.is_empty() => Ok(Findings {
            conditions: Flag::ALL.iter().copied().filter(|flag| fields.is("condition", flag.word())).collect(),
            irritability: Irritability { painful, lingering, morning },
            stiff,
            note: note.into(),
        }),
        _ => Err(invalid),
    }
}

fn answer(word: &str) -> Result<Option<bool>, String> {
    match word {
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        "" => Ok(None),
        _ => Err("Answer with yes or no, or leave it unanswered".to_owned()),
    }
}

/// The form as it was filled in.
pub fn fields_of(found: &Findings) -> Fields {
    let word = |answer: Option<bool>| answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
    let irritability = found.irritability;
    let answers = [irritability.painful, irritability.lingering, irritability.morning, found.stiff].map(word);
    let conditions = found.conditions.iter().map(|flag| ("condition", flag.word().to_owned()));
    Fields::from_pairs(conditions.chain(QUESTIONS.into_iter().zip(answers)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_fills_the_form_again() {
        let found = findings(&Fields::decode(b"condition=knee-pain&condition=pregnancy&painful=no&lingering=yes&stiff=&note=")).unwrap();
        assert_eq!(found.conditions, [Flag::Pregnancy, Flag::KneePain]);
        assert_eq!(found.irritability, Irritability { painful: Some(false), lingering: Some(true), morning: None });
        assert_eq!(findings(&fields_of(&found)).unwrap(), found);
    }

    #[test]
    fn all_errors_come_at_once() {
        let note = format!("painful=maybe&stiff=1&note={}", "x".repeat(2001));
        let invalid = findings(&Fields::decode(note.as_bytes())).unwrap_err();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["painful", "stiff", "note"]);
    }
}
