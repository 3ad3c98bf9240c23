//! A film is kept as it is, since nothing here can decode one: its container is walked from end to end, what is not a sound film
//! for browsers is refused, and whatever may tell where or by whom it was made is blanked in place.

mod mp4;
mod source;
mod webm;

use std::io::{Read, Seek, SeekFrom, Write};

pub use source::Flaw;
use source::Source;

use super::domain::{Format, LONGEST_FILM};

/// Widest and highest film, in pixels.
const MOST_PIXELS: u32 = 8192;

/// What was seen of a film.
#[derive(Debug, PartialEq, Eq)]
pub struct Film {
    /// In pixels, as it is shown.
    pub width: u32,
    /// In pixels, as it is shown.
    pub height: u32,
    /// Its length, when it says so.
    pub seconds: Option<u32>,
    blanks: Vec<Blank>,
}

/// A place that is written over: some bytes, and zeros behind them.
#[derive(Debug, PartialEq, Eq)]
struct Blank {
    at: u64,
    head: Vec<u8>,
    zeros: u64,
}

/// Walks a film.
///
/// # Errors
/// Why it is not taken, or that it could not be read.
pub fn look(film: &mut (impl Read + Seek), format: Format) -> Result<Film, Flaw> {
    let mut source = Source::new(film)?;
    let film = match format {
        Format::Mp4 => mp4::look(&mut source)?,
        Format::Webm => webm::look(&mut source)?,
        Format::Jpeg | Format::Png | Format::Webp => return Err(Flaw::broken()),
    };
    if !(1..=MOST_PIXELS).contains(&film.width) || !(1..=MOST_PIXELS).contains(&film.height) {
        return Err(Flaw::broken());
    }
    if film.seconds.is_some_and(|seconds| seconds > LONGEST_FILM) {
        return Err(Flaw::words(format!("This film is longer than {} minutes. Cut it shorter, then choose that", LONGEST_FILM / 60)));
    }
    Ok(film)
}

impl Film {
    /// Takes out of the file what does not belong to the film. Its length and all places in it stay as they are.
    ///
    /// # Errors
    /// That it could not be written.
    pub fn blank(&self, film: &mut (impl Write + Seek)) -> std::io::Result<()> {
        let zeros = [0; 16 << 10];
        for blank in &self.blanks {
            film.seek(SeekFrom::Start(blank.at))?;
            film.write_all(&blank.head)?;
            let mut left = blank.zeros;
            while left > 0 {
                let now = left.min(zeros.len() as u64);
                film.write_all(zeros.get(..usize::try_from(now).unwrap_or(0)).unwrap_or(&zeros))?;
                left -= now;
            }
        }
        film.flush()
    }
}

#[cfg(test)]
mod tests;
