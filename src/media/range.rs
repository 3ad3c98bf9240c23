//! A part of a file, as players of films ask for it (RFC 9110, section 14), read from the disk while it is sent.

use std::fs::File;
use std::future::Future;
use std::io::{self, Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Bytes;
use tokio::task::JoinHandle;

/// What is read at once, in bytes.
const PIECE: u64 = 64 << 10;

/// What is asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing: it is known already.
    Nothing,
    /// All of it.
    Whole,
    /// From one byte to another, both sent.
    Part(u64, u64),
    /// What is not in it.
    Beyond,
}

/// Reads what is asked of a file with this tag (quotation marks in it) and length. What cannot be understood asks for all of it, and
/// so does a list of parts.
pub fn asked(headers: &HeaderMap, tag: &str, length: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let names = |list: &str| list.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag);
    if text(header::IF_NONE_MATCH).is_some_and(names) {
        return Asked::Nothing;
    }
    let still_the_same = text(header::IF_RANGE).is_none_or(|known| known.trim() == tag);
    text(header::RANGE).filter(|_| still_the_same).and_then(|range| part(range, length)).unwrap_or(Asked::Whole)
}

fn part(range: &str, length: u64) -> Option<Asked> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    let number =
        |digits: &str| -> Option<u64> { if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None } };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = match (first.trim(), last.trim()) {
        ("", last) => (length.saturating_sub(number(last)?), if number(last)? == 0 { return Some(Asked::Beyond) } else { u64::MAX }),
        (first, "") => (number(first)?, u64::MAX),
        (first, last) => (number(first)?, number(last)?),
    };
    if first > last {
        return None;
    }
    Some(if first < length { Asked::Part(first, last.min(length - 1)) } else { Asked::Beyond })
}

/// Some bytes of a file, sent piece by piece.
pub struct Piece {
    left: u64,
    state: State,
}

enum State {
    Rests(Option<File>),
    Reads(JoinHandle<io::Result<(File, Vec<u8>)>>),
}

impl Piece {
    /// So many bytes from a place on.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn of(mut file: File, from: u64, length: u64) -> io::Result<Self> {
        if from > 0 {
            file.seek(SeekFrom::Start(from))?;
        }
        Ok(Self { left: length, state: State::Rests(Some(file)) })
    }
}

fn read(mut file: File, length: u64) -> io::Result<(File, Vec<u8>)> {
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    file.read_exact(&mut bytes)?;
    Ok((file, bytes))
}

impl MessageBody for Piece {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.left)
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match &mut self.state {
                State::Rests(file) => {
                    let Some(file) = file.take() else { return Poll::Ready(None) };
                    let next = self.left.min(PIECE);
                    if next == 0 {
                        return Poll::Ready(None);
                    }
                    self.state = State::Reads(tokio::task::spawn_blocking(move || read(file, next)));
                }
                State::Reads(reading) => {
                    let done = ready!(Pin::new(reading).poll(context)).map_err(io::Error::other).flatten();
                    return Poll::Ready(Some(done.map(|(file, bytes)| {
                        self.left -= bytes.len() as u64;
                        self.state = State::Rests(Some(file));
                        Bytes::from(bytes)
                    })));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    const TAG: &str = "\"abc\"";

    fn of(pairs: &[(HeaderName, &str)], length: u64) -> Asked {
        let headers = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect();
        asked(&headers, TAG, length)
    }

    #[test]
    fn a_range_is_read_as_players_write_it() {
        let cases = [
            ("bytes=0-", Asked::Part(0, 99)),
            ("bytes=10-19", Asked::Part(10, 19)),
            ("bytes=10-10", Asked::Part(10, 10)),
            ("bytes=90-500", Asked::Part(90, 99)),
            ("bytes=-10", Asked::Part(90, 99)),
            ("bytes=-500", Asked::Part(0, 99)),
            ("Bytes = 5 - 6", Asked::Part(5, 6)),
            ("bytes=100-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=0-18446744073709551615", Asked::Part(0, 99)),
            ("bytes=0-18446744073709551616", Asked::Whole),
            ("bytes=20-10", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("bytes=--1", Asked::Whole),
            ("lines=1-2", Asked::Whole),
            ("bytes", Asked::Whole),
            ("", Asked::Whole),
        ];
        for (range, asked) in cases {
            assert_eq!(of(&[(header::RANGE, range)], 100), asked, "{range}");
        }
        assert_eq!(of(&[(header::RANGE, "bytes=0-")], 0), Asked::Beyond);
        assert_eq!(of(&[], 100), Asked::Whole);
    }

    #[test]
    fn what_is_known_is_not_sent_and_a_part_of_another_file_neither() {
        let range = (header::RANGE, "bytes=1-2");
        for (known, asked) in
            [("\"abc\"", Asked::Nothing), ("*", Asked::Nothing), ("W/\"abc\", \"x\"", Asked::Nothing), ("\"x\"", Asked::Whole)]
        {
            assert_eq!(of(&[(header::IF_NONE_MATCH, known)], 100), asked, "{known}");
        }
        for (same, asked) in [
            ("\"abc\"", Asked::Part(1, 2)),
            ("\"x\"", Asked::Whole),
            ("W/\"abc\"", Asked::Whole),
            ("Tue, 24 Nov 2026 09:30:00 GMT", Asked::Whole),
        ] {
            assert_eq!(of(&[range.clone(), (header::IF_RANGE, same)], 100), asked, "{same}");
        }
    }
}
