//! Posted strings become what is said of a photo or film, all errors at once.

use super::domain::Said;
use crate::error::Invalid;
use crate::ids::{MediumId, PatientId};
use crate::text::Caption;
use crate::web::Fields;

/// Reads what is said of a photo or film.
pub fn said(fields: &Fields) -> Result<Said, Invalid> {
    let mut invalid = Invalid::default();
    let ask = "Say what it shows, for people who do not see it";
    let words = invalid.take("words", Caption::parse(fields.get("words"), ask));
    let whose = number(fields.get("patient"), "Choose whom it is for from the list").map(|id| id.map(PatientId));
    let patient = invalid.take("patient", whose);
    let photo = number(fields.get("still"), "Choose the photo from the list").map(|id| id.map(MediumId));
    let still = invalid.take("still", photo);
    match (words, patient, still) {
        (Some(words), Some(patient), Some(still)) => Ok(Said { words, patient, still }),
        _ => Err(invalid),
    }
}

fn number(text: &str, ask: &str) -> Result<Option<i64>, String> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ask.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_needed_and_the_rest_is_not() {
        let read = said(&Fields::decode(b"words=A+knee&patient=&still=")).unwrap();
        assert_eq!((read.words.as_str(), read.patient, read.still), ("A knee", None, None));
        let read = said(&Fields::decode(b"words=A+knee&patient=4&still=2")).unwrap();
        assert_eq!((read.patient, read.still), (Some(PatientId(4)), Some(MediumId(2))));
        let invalid = said(&Fields::decode(b"words=+&patient=Ann&still=x")).unwrap_err();
        assert_eq!(invalid.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["words", "patient", "still"]);
    }
}
