//! The posted note becomes its parts.

use super::domain::Parts;
use crate::error::Invalid;
use crate::text::Note;
use crate::web::Fields;

/// Reads the four parts; one of them says something.
pub fn parts(fields: &Fields) -> Result<Parts, Invalid> {
    let mut invalid = Invalid::default();
    let mut part = |name: &str| invalid.take(name, Note::parse(fields.get(name))).map(String::from).unwrap_or_default();
    let parts = Parts { subjective: part("subjective"), objective: part("objective"), assessment: part("assessment"), plan: part("plan") };
    if invalid.is_empty() && parts == Parts::default() {
        invalid.add("subjective", "Write something into one of the four parts");
    }
    if invalid.is_empty() { Ok(parts) } else { Err(invalid) }
}

/// The revision of the draft that was shown.
pub fn revision(fields: &Fields) -> i32 {
    fields.get("revision").parse().unwrap_or(0)
}

/// Reads an addendum.
pub fn addendum(fields: &Fields) -> Result<Note, Invalid> {
    let words = Note::parse(fields.get("words")).map_err(|words| Invalid::one("words", words))?;
    if words.as_str().is_empty() { Err(Invalid::one("words", "Write what is to be added")) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_enough_and_none_is_not() {
        let read = |body: &str| parts(&Fields::decode(body.as_bytes()));
        assert_eq!(read("plan=Go+on").map(|parts| parts.plan), Ok("Go on".to_owned()));
        assert!(read("subjective=+&plan=").unwrap_err().of("subjective").is_some());
        assert!(read(&format!("objective={}", "x".repeat(2001))).unwrap_err().of("objective").is_some());
    }
}
