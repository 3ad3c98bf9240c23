//! Reading a film here and there, never more of it than a little, and never without end.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

/// Most parts of a film that are looked at: five minutes of it have less than 50,000.
const MOST_PARTS: u32 = 400_000;

/// Why a film is not taken.
#[derive(Debug)]
pub enum Flaw {
    /// The words beside the field.
    Words(String),
    /// It could not be read.
    Io(std::io::Error),
}

impl Flaw {
    /// It says one thing and holds another.
    pub fn broken() -> Self {
        Self::words("This film is damaged or not complete. Save it again on your device, then choose that")
    }

    /// Another reason.
    pub fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }
}

impl From<std::io::Error> for Flaw {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == ErrorKind::UnexpectedEof { Self::broken() } else { Self::Io(error) }
    }
}

/// A film that is read.
pub struct Source<'a, F> {
    film: &'a mut F,
    /// Its length in bytes.
    pub length: u64,
    left: u32,
}

impl<'a, F: Read + Seek> Source<'a, F> {
    /// From its first byte.
    pub fn new(film: &'a mut F) -> Result<Self, Flaw> {
        let length = film.seek(SeekFrom::End(0))?;
        Ok(Self { film, length, left: MOST_PARTS })
    }

    /// Counts a part that is looked at.
    pub fn count(&mut self) -> Result<(), Flaw> {
        self.left = self.left.checked_sub(1).ok_or_else(Flaw::broken)?;
        Ok(())
    }

    /// As many bytes as there are from a place on, up to `most`.
    pub fn peek(&mut self, at: u64, most: usize) -> Result<Vec<u8>, Flaw> {
        let there = self.length.saturating_sub(at).min(most as u64);
        self.take(at, there)
    }

    /// So many bytes from a place on; the caller bounds how many.
    pub fn take(&mut self, at: u64, length: u64) -> Result<Vec<u8>, Flaw> {
        if at.checked_add(length).is_none_or(|end| end > self.length) {
            return Err(Flaw::broken());
        }
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| Flaw::broken())?];
        self.film.seek(SeekFrom::Start(at))?;
        self.film.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// A whole number from its bytes, the highest first; at most eight of them.
pub fn number(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
