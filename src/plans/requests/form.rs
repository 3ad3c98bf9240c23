//! Posted strings become commands, all errors at once.

use super::domain::Matter;
use crate::error::Invalid;
use crate::ids::PrescriptionId;
use crate::text::{Note, Reason};
use crate::web::Fields;

/// What a patient typed.
pub struct Asked {
    /// The exercise; nothing for the whole plan.
    pub about: Option<PrescriptionId>,
    pub matter: Matter,
    pub words: Note,
}

/// Reads the form of the patient.
pub fn asked(fields: &Fields) -> Result<Asked, Invalid> {
    let mut invalid = Invalid::default();
    let about = match fields.get("about") {
        "plan" => Some(None),
        exercise => invalid.take("about", exercise.parse().map(Some).map_err(|_| "Choose what it is about".to_owned())),
    };
    let matter = invalid.take("matter", Matter::from_word(fields.get("matter")).ok_or_else(|| "Choose what is the matter".to_owned()));
    let words = invalid.take("words", Note::parse(fields.get("words")));
    if matter == Some(Matter::Other) && words.as_ref().is_some_and(|words| words.as_str().is_empty()) {
        invalid.add("words", "Write in a few words what it is");
    }
    match (about, matter, words) {
        (Some(about), Some(matter), Some(words)) if invalid.is_empty() => Ok(Asked { about, matter, words }),
        _ => Err(invalid),
    }
}

/// Reads what a physio says to it.
pub fn reply(fields: &Fields) -> Result<Reason, Invalid> {
    Reason::parse(fields.get("reason"), "Say in a sentence what you did or what you advise; the patient reads it")
        .map_err(|words| Invalid::one("reason", words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_missing_is_said_at_once() {
        let refused = |pairs: &[(&'static str, &'static str)]| {
            let invalid = asked(&Fields::from_pairs(pairs.iter().copied())).err().unwrap();
            invalid.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(refused(&[]), ["about", "matter"]);
        assert_eq!(refused(&[("about", "x"), ("matter", "other"), ("words", "  ")]), ["about", "words"]);
        let read = asked(&Fields::from_pairs([("about", "plan"), ("matter", "finished")])).ok().unwrap();
        assert!(read.about.is_none() && read.matter == Matter::Finished && read.words.as_str().is_empty());
    }
}
