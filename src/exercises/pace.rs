//! How fast one repetition is: seconds up, still, and down.

use std::fmt;
use std::str::FromStr;

/// The seconds of one repetition's parts, as physios write it: "3-1-3".
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tempo {
    /// On the way, 0 to 20.
    pub up: u16,
    /// At its end, 0 to 20.
    pub still: u16,
    /// On the way back, 0 to 20.
    pub down: u16,
}

impl Tempo {
    /// Longest part, in seconds.
    pub const LONGEST: u16 = 20;

    /// The tempo a library's words begin with: "2-1-3, slowly"; nothing where they say it without numbers.
    #[must_use]
    pub fn in_words_of(words: &str) -> Option<Self> {
        words.split([' ', ',', ';', '(']).next().and_then(|first| first.parse().ok())
    }

    /// One repetition, in seconds.
    #[must_use]
    pub fn seconds(self) -> u16 {
        self.up + self.still + self.down
    }

    /// "3 seconds up, 1 second still, 3 seconds down".
    #[must_use]
    pub fn words(self) -> String {
        let parts = [(self.up, "up"), (self.still, "still"), (self.down, "down")];
        let said = parts.into_iter().filter(|(seconds, _)| *seconds > 0).map(|(seconds, part)| match seconds {
            1 => format!("1 second {part}"),
            _ => format!("{seconds} seconds {part}"),
        });
        said.collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Tempo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.up, self.still, self.down)
    }
}

impl FromStr for Tempo {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "Enter three numbers of seconds from 0 to 20, like 3-1-3: up, still, down";
        let parts: Option<Vec<u16>> =
            text.trim().split(['-', '–', '/']).map(|part| part.trim().parse().ok().filter(|seconds| *seconds <= Self::LONGEST)).collect();
        match parts.as_deref() {
            Some([up, still, down]) if up + down > 0 => Ok(Self { up: *up, still: *still, down: *down }),
            _ => Err(wrong),
        }
    }
}

impl From<Tempo> for String {
    fn from(tempo: Tempo) -> Self {
        tempo.to_string()
    }
}

impl TryFrom<String> for Tempo {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tempo_is_read_and_said() {
        let tempo: Tempo = "3-1–4".parse().unwrap();
        assert_eq!((tempo.to_string().as_str(), tempo.seconds()), ("3-1-4", 8));
        assert_eq!(tempo.words(), "3 seconds up, 1 second still, 4 seconds down");
        assert_eq!("2-0-2".parse::<Tempo>().unwrap().words(), "2 seconds up, 2 seconds down");
        for wrong in ["", "3", "3-1", "3-1-21", "a-b-c", "0-5-0", "3-1-3-1"] {
            assert!(wrong.parse::<Tempo>().is_err(), "{wrong}");
        }
        assert_eq!(Tempo::in_words_of("2-1-2, without haste"), "2-1-2".parse().ok());
        assert_eq!(Tempo::in_words_of("slow"), None);
    }
}
