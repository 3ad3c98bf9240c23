//! Posted strings become messages, all errors at once.

use crate::error::Invalid;
use crate::ids::MessageId;
use crate::text::{Name, Note, Reason};
use crate::web::Fields;

/// The beginning of a thread.
#[derive(Debug)]
pub struct Beginning {
    /// What it is about.
    pub subject: Name,
    /// The first message; never empty.
    pub words: Note,
}

/// Reads the beginning of a thread.
pub fn beginning(fields: &Fields) -> Result<Beginning, Invalid> {
    let mut invalid = Invalid::default();
    let subject = invalid.take("subject", Name::parse(fields.get("subject"), "what it is about"));
    match (subject, invalid.take("words", words(fields))) {
        (Some(subject), Some(words)) => Ok(Beginning { subject, words }),
        _ => Err(invalid),
    }
}

/// Reads a message, and the newest one its writer had before them.
pub fn message(fields: &Fields) -> Result<(Note, MessageId), Invalid> {
    Ok((words(fields).map_err(|words| Invalid::one("words", words))?, seen(fields)))
}

/// Reads whom to contact from now on, and the newest message its writer had before them.
pub fn closing(fields: &Fields) -> Result<(Reason, MessageId), Invalid> {
    let contact =
        Reason::parse(fields.get("contact"), "Say whom to contact from now on").map_err(|words| Invalid::one("contact", words))?;
    Ok((contact, seen(fields)))
}

fn words(fields: &Fields) -> Result<Note, String> {
    let words = Note::parse(fields.get("words"))?;
    if words.as_str().is_empty() { Err("Write your message".to_owned()) } else { Ok(words) }
}

fn seen(fields: &Fields) -> MessageId {
    MessageId(fields.get("seen").parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(body: &str) -> Fields {
        Fields::decode(body.as_bytes())
    }

    #[test]
    fn a_beginning_says_all_that_is_missing() {
        let refused = beginning(&decoded("subject=+&words=%0A")).unwrap_err();
        assert_eq!(refused.iter().collect::<Vec<_>>(), [("subject", "Enter what it is about"), ("words", "Write your message")]);
        let read = beginning(&decoded("subject=+The+stairs&words=May+I%3F")).unwrap();
        assert_eq!((read.subject.as_str(), read.words.as_str()), ("The stairs", "May I?"));
    }

    #[test]
    fn a_message_has_a_length_and_a_closing_a_contact() {
        assert!(message(&decoded(&format!("words={}", "x".repeat(2000)))).is_ok());
        let refused = message(&decoded(&format!("words={}", "x".repeat(2001)))).unwrap_err();
        assert_eq!(refused.of("words"), Some("Shorten this to 2000 characters or fewer; it has 2001"));
        assert_eq!(message(&decoded("words=a&seen=7")).unwrap().1, MessageId(7));
        assert_eq!(message(&decoded("words=a&seen=x")).unwrap().1, MessageId(0));
        assert_eq!(closing(&decoded("contact=")).unwrap_err().of("contact"), Some("Say whom to contact from now on"));
    }
}
