//! Words people type, as types that cannot be invalid.

use std::fmt;

/// A choice among words: each variant with the word kept in files, forms and the database, and the words on a page.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {$(
            $(#[$variant_doc])*
            #[serde(rename = $word)]
            $variant,
        )+}

        impl $name {
            /// All of them, in their natural order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word kept in files, forms and the database.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The words on a page.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// Reads the word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}
pub(crate) use words;

macro_rules! text {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    )+};
}

text! {
    /// A person's or a phase's name: one line, 1 to 100 characters.
    Name,
    /// An e-mail address in lower case, at most 254 characters.
    Email,
    /// A remark: may be empty, at most 2,000 characters, several lines.
    Note,
    /// A reason: a remark that may not be empty, at most 500 characters.
    Reason,
    /// What someone writes to the clinic: at most 1,000 characters, several lines.
    Letter,
    /// What a picture shows, for those who do not see it: one line, 1 to 200 characters.
    Caption,
    /// A telephone number as it was typed: at least 6 digits, and what stands between them.
    Telephone,
}

impl Name {
    /// Longest name, in characters.
    pub const LONGEST: usize = 100;

    /// Reads a name; white space at the ends and repeated inside is dropped.
    ///
    /// # Errors
    /// The words to show beside the field, which is called `what` ("the patient's name").
    pub fn parse(text: &str, what: &str) -> Result<Self, String> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(format!("Enter {what}"));
        }
        if name.chars().count() > Self::LONGEST {
            return Err(format!("Shorten {what} to {} characters or fewer", Self::LONGEST));
        }
        if name.chars().any(char::is_control) {
            return Err(format!("Enter {what} without control characters"));
        }
        Ok(Self(name))
    }

    /// The form lists are sorted by: case and accents do not separate what people read as equal.
    #[must_use]
    pub fn sort_key(&self) -> String {
        canonical(&self.0)
    }
}

impl Email {
    /// Reads an address: something, an @, and a domain with a dot; letters become lower case.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn parse(text: &str) -> Result<Self, String> {
        let email = text.trim().to_lowercase();
        if email.is_empty() {
            return Err("Enter an e-mail address".to_owned());
        }
        let well_formed = email.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && local.len() <= 64
                && domain.split('.').count() >= 2
                && domain.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
        });
        if !well_formed || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err("Enter an e-mail address in the form name@example.com".to_owned());
        }
        Ok(Self(email))
    }
}

impl Note {
    /// Longest remark, in characters.
    pub const LONGEST: usize = 2000;

    /// Reads a remark, which may be empty.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn parse(text: &str) -> Result<Self, String> {
        several_lines(text, Self::LONGEST).map(Self)
    }
}

impl Reason {
    /// Longest reason, in characters.
    pub const LONGEST: usize = 500;

    /// Reads a reason, which must say something; `ask` is the sentence shown when it does not.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn parse(text: &str, ask: &str) -> Result<Self, String> {
        let text = several_lines(text, Self::LONGEST)?;
        if text.is_empty() { Err(ask.to_owned()) } else { Ok(Self(text)) }
    }
}

impl Letter {
    /// Longest letter, in characters.
    pub const LONGEST: usize = 1000;

    /// Reads a letter of at least `least` characters; `ask` is the sentence shown when it is shorter.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn parse(text: &str, least: usize, ask: &str) -> Result<Self, String> {
        let text = several_lines(text, Self::LONGEST)?;
        if text.chars().count() < least { Err(ask.to_owned()) } else { Ok(Self(text)) }
    }
}

impl Caption {
    /// Longest caption, in characters.
    pub const LONGEST: usize = 200;

    /// Reads a caption; white space at the ends and repeated inside is dropped.
    ///
    /// # Errors
    /// The words to show beside the field; `ask` when it is empty.
    pub fn parse(text: &str, ask: &str) -> Result<Self, String> {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = words.chars().count();
        match length {
            0 => Err(ask.to_owned()),
            _ if length > Self::LONGEST => Err(format!("Shorten this to {} characters or fewer; it has {length}", Self::LONGEST)),
            _ if words.chars().any(char::is_control) => Err("Remove the control characters from this text".to_owned()),
            _ => Ok(Self(words)),
        }
    }
}

impl Telephone {
    /// Reads a number.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn parse(text: &str) -> Result<Self, String> {
        let number = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let sound = number.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c));
        if !sound || !(6..=20).contains(&digits) || number.len() > 40 {
            return Err("Enter a telephone number with its area code, like 01632 960123".to_owned());
        }
        Ok(Self(number))
    }
}

fn several_lines(text: &str, longest: usize) -> Result<String, String> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let length = text.chars().count();
    if length > longest {
        return Err(format!("Shorten this to {longest} characters or fewer; it has {length}"));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err("Remove the control characters from this text".to_owned());
    }
    Ok(text)
}

/// Words as they begin a sentence. Askama's own filter would make all other letters small: "Wednesday 18 november".
#[must_use]
pub fn sentence(words: impl AsRef<str>) -> String {
    let mut letters = words.as_ref().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Lower case without the accents of Latin letters: for sorting and searching.
#[must_use]
pub fn canonical(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|c| match c {
            'à'..='å' => 'a',
            'ç' => 'c',
            'è'..='ë' => 'e',
            'ì'..='ï' => 'i',
            'ñ' => 'n',
            'ò'..='ö' | 'ø' => 'o',
            'ù'..='ü' => 'u',
            'ý' | 'ÿ' => 'y',
            '’' => '\'',
            '–' | '—' => '-',
            other => other,
        })
        .collect()
}

/// Words as they stand in an address or an id: "How long it takes" becomes `how-long-it-takes`; empty when there is no letter in them.
#[must_use]
pub fn slug(text: &str) -> String {
    let canonical = canonical(text).replace('\'', "");
    let words: Vec<&str> = canonical.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The known word that was probably meant: one that holds what was written as words of its own, else the one with the fewest letters
/// wrong, a third of them at most.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = canonical(written);
    let allowed = written.chars().count() / 3;
    let distance = |word: &str| match strsim::osa_distance(&written, word) {
        _ if !written.is_empty() && word.split(' ').any(|part| part == written) => 0,
        distance => distance,
    };
    let near = known.into_iter().map(|word| (distance(&canonical(word)), word));
    near.filter(|(distance, _)| *distance <= allowed && allowed > 0).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// The same words with a capital first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// With a small first letter, unless the word goes on in capitals.
#[must_use]
pub fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(std::iter::once(second)).chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital_and_keeps_the_others() {
        assert_eq!(sentence("what I need on Wednesday"), "What I need on Wednesday");
        assert_eq!((sentence("éclair").as_str(), sentence("").as_str()), ("Éclair", ""));
    }

    #[test]
    fn a_name_is_one_tidy_line() {
        assert_eq!(Name::parse("  Ann\t Example ", "a name").map(String::from), Ok("Ann Example".to_owned()));
        assert_eq!(Name::parse("  ", "the patient's name"), Err("Enter the patient's name".to_owned()));
        assert!(Name::parse(&"x".repeat(101), "a name").is_err());
        assert_eq!(Name::parse("Zoë Ångström", "a name").map(|name| name.sort_key()), Ok("zoe angstrom".to_owned()));
    }

    #[test]
    fn an_address_has_a_name_an_at_and_a_domain() {
        assert_eq!(Email::parse(" Ann@Example.ORG ").map(String::from), Ok("ann@example.org".to_owned()));
        for wrong in ["", "ann", "ann@", "@example.org", "ann@example", "a b@example.org", "ann@exa..mple.org", "ann@exam ple.org"] {
            assert!(Email::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_reason_says_something_and_a_note_need_not() {
        assert_eq!(Reason::parse(" \n ", "Say why"), Err("Say why".to_owned()));
        assert_eq!(Note::parse("\r\nfirst\r\nsecond "), Ok(Note("first\nsecond".to_owned())));
        assert!(Note::parse("bell \u{7}").is_err());
        assert!(Note::parse(&"x".repeat(2001)).is_err());
    }

    #[test]
    fn words_become_addresses() {
        assert_eq!(slug("How long it’s been: run–walk, “Zoë”"), "how-long-its-been-run-walk-zoe");
        assert_eq!(slug("—?"), "");
    }

    #[test]
    fn a_letter_has_a_length_and_a_number_has_digits() {
        assert_eq!(Letter::parse(" too short ", 10, "Write more"), Err("Write more".to_owned()));
        assert_eq!(Letter::parse(" long enough\r\n ", 10, "Write more"), Ok(Letter("long enough".to_owned())));
        assert!(Letter::parse(&"x".repeat(1000), 10, "").is_ok() && Letter::parse(&"x".repeat(1001), 10, "").is_err());
        assert_eq!(Telephone::parse(" +44 (0)1632  960-123 "), Ok(Telephone("+44 (0)1632 960-123".to_owned())));
        for wrong in ["", "12345", "call me", "01632 960123 ext 5", "0".repeat(21).as_str()] {
            assert!(Telephone::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_caption_is_one_line_that_says_something() {
        assert_eq!(Caption::parse(" Knee\r\n over  foot ", "Say"), Ok(Caption("Knee over foot".to_owned())));
        assert_eq!(Caption::parse(" ", "Say what it shows"), Err("Say what it shows".to_owned()));
        assert!(Caption::parse(&"x".repeat(200), "").is_ok() && Caption::parse(&"x".repeat(201), "").is_err());
        assert!(Caption::parse("bell \u{7}", "").is_err());
    }

    #[test]
    fn only_the_first_letter_grows() {
        assert_eq!(capitalised("mat, TFL ball"), "Mat, TFL ball");
        assert_eq!(capitalised("8–10 times"), "8–10 times");
        assert_eq!(capitalised(""), "");
    }
}
