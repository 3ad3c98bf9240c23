//! A form with a file, as it comes in: piece by piece, the file to the disk and never as a whole into memory, each with its limit.

use std::future::poll_fn;
use std::io::Write;
use std::pin::Pin;
use std::time::{Duration, Instant};

use actix_multipart::{Field, Multipart, MultipartError};
use futures_core::Stream;

use super::cabinet::{Beside, Cabinet, failed};
use super::domain::{Format, Kind, LARGEST_FILM, LARGEST_PHOTO, size_in_words};
use super::sniff;
use crate::error::AppError;
use crate::web::Fields;

/// Longest text of a field, in bytes.
const LONGEST_TEXT: usize = 16 << 10;
/// Most parts of a form; ours has four.
const MOST_PARTS: usize = 20;
/// What is gathered before it is written.
const PIECE: usize = 256 << 10;
/// What is read of a file that is too large, so that its person sees why; who sends more than this sees less.
const LAST_BYTE: u64 = 256 << 20;
/// A phone on a bad line gets this long for the next piece, and for all of them.
const NEXT_PIECE: Duration = Duration::from_secs(30);
const ALL_PIECES: Duration = Duration::from_mins(15);

const NOT_WHOLE: &str = "The file did not arrive whole. Choose it and send it again";

/// A form as it was sent: its fields, and its file or what is wrong with it.
pub struct Posted {
    /// All but the file.
    pub fields: Fields,
    /// The file, or the words beside its field.
    pub file: Result<Arrival, String>,
}

/// A file that has arrived.
pub struct Arrival {
    /// What its first bytes say it is.
    pub format: Format,
    /// Where it is.
    pub beside: Beside,
}

/// Reads a form to its end.
///
/// # Errors
/// What is no form of ours; a file far too large, or far too slow; a disk that does not write.
pub async fn receive(mut form: Multipart, cabinet: &Cabinet) -> Result<Posted, AppError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut file: Option<Result<Arrival, String>> = None;
    let mut clock = Patience { until: Instant::now() + ALL_PIECES, bytes: 0 };
    let broken = loop {
        let mut part = match clock.next(&mut form).await? {
            None => break false,
            Some(Ok(part)) => part,
            Some(Err(error)) if is_no_form(&error) => {
                return Err(AppError::Refused(415, "This address takes a form of this site, and nothing else."));
            }
            Some(Err(_)) => break true,
        };
        if pairs.len() >= MOST_PARTS {
            return Err(AppError::Refused(400, "The form has more parts than one of ours. Please open the page and fill it in again."));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = name == "file" || part.content_disposition().is_some_and(|said| said.get_filename().is_some());
        let read = if is_file {
            let read = arrive(&mut part, cabinet, &mut clock).await?;
            read.map(|arrived| file = another(file.take(), arrived))
        } else {
            text(&mut part, &mut clock).await?.map(|text| pairs.push((name, text)))
        };
        if read.is_none() {
            break true;
        }
    };
    let file = match file {
        _ if broken => Err(NOT_WHOLE.to_owned()),
        Some(file) => file,
        None => Err("Choose a photo or a film".to_owned()),
    };
    Ok(Posted { fields: Fields::from_pairs(pairs), file })
}

fn is_no_form(error: &MultipartError) -> bool {
    matches!(error, MultipartError::ContentTypeMissing | MultipartError::ContentTypeParse | MultipartError::ContentTypeIncompatible)
}

/// A form takes one file; a field that was left empty is none.
fn another(before: Option<Result<Arrival, String>>, now: Option<Result<Arrival, String>>) -> Option<Result<Arrival, String>> {
    match (before, now) {
        (Some(_), Some(_)) => Some(Err("Choose one file at a time".to_owned())),
        (before, now) => now.or(before),
    }
}

/// How long, and how much, a form is waited for.
struct Patience {
    until: Instant,
    bytes: u64,
}

impl Patience {
    async fn next<S: Stream + Unpin>(&mut self, stream: &mut S) -> Result<Option<S::Item>, AppError> {
        let patience = NEXT_PIECE.min(self.until.saturating_duration_since(Instant::now()));
        let next = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        let slow = AppError::Refused(408, "The file took too long to arrive. Please send it again where the connection is better.");
        tokio::time::timeout(patience, next).await.map_err(|_| slow)
    }

    /// The next piece of a part; nothing in it when the part has ended, nothing at all when the form is broken.
    async fn piece(&mut self, part: &mut Field) -> Result<Option<Option<actix_web::web::Bytes>>, AppError> {
        match self.next(part).await? {
            Some(Ok(bytes)) => {
                self.bytes += bytes.len() as u64;
                if self.bytes > LAST_BYTE {
                    let words = "A photo may have 10 MB and a film 40 MB. This file has far more. Please go back and choose another one.";
                    return Err(AppError::Refused(413, words));
                }
                Ok(Some(Some(bytes)))
            }
            Some(Err(_)) => Ok(None),
            None => Ok(Some(None)),
        }
    }
}

/// The text of a field, to its limit; nothing when the form is broken.
async fn text(part: &mut Field, clock: &mut Patience) -> Result<Option<String>, AppError> {
    let mut text = Vec::new();
    loop {
        match clock.piece(part).await? {
            Some(Some(bytes)) => {
                let room = LONGEST_TEXT.saturating_sub(text.len());
                text.extend(bytes.iter().take(room));
            }
            Some(None) => return Ok(Some(String::from_utf8_lossy(&text).into_owned())),
            None => return Ok(None),
        }
    }
}

/// What has arrived of a file: itself, or why it is not taken; nothing inside when none was chosen, nothing when the form is broken.
type Arrived = Option<Option<Result<Arrival, String>>>;

/// Reads a file to its end, but writes no more of it than may be taken.
async fn arrive(part: &mut Field, cabinet: &Cabinet, clock: &mut Patience) -> Result<Arrived, AppError> {
    let named = part.content_disposition().and_then(|said| said.get_filename()).is_some_and(|name| !name.is_empty());
    let (mut gathered, mut total, mut taking) = (Vec::new(), 0_u64, Taking::Head);
    loop {
        let piece = clock.piece(part).await?;
        let Some(piece) = piece else { return Ok(None) };
        let ended = piece.is_none();
        if let Some(bytes) = piece {
            total += bytes.len() as u64;
            if !matches!(taking, Taking::Refused(_)) {
                gathered.extend_from_slice(&bytes);
            }
        }
        if matches!(taking, Taking::Head) && (ended || gathered.len() >= sniff::ENOUGH) {
            if total == 0 && !named {
                return Ok(Some(None));
            }
            taking = match sniff::sniff(&gathered) {
                Ok(format) => Taking::File(Arrival { format, beside: cabinet.beside()? }),
                Err(words) => Taking::Refused(words),
            };
        }
        taking = match taking {
            Taking::File(arrival) if total > arrival.format.largest() => Taking::Refused(too_large(arrival.format)),
            Taking::File(arrival) if gathered.len() >= PIECE || ended => Taking::File(write(arrival, std::mem::take(&mut gathered)).await?),
            other => other,
        };
        if matches!(taking, Taking::Refused(_)) {
            gathered = Vec::new();
        }
        if ended {
            return Ok(Some(match taking {
                Taking::Head => None,
                Taking::File(arrival) => Some(Ok(arrival)),
                Taking::Refused(words) => Some(Err(words)),
            }));
        }
    }
}

/// How far a file is.
enum Taking {
    /// Too little is there to know what it is.
    Head,
    /// It is written.
    File(Arrival),
    /// The rest is read and forgotten.
    Refused(String),
}

async fn write(mut arrival: Arrival, bytes: Vec<u8>) -> Result<Arrival, AppError> {
    let written = tokio::task::spawn_blocking(move || {
        arrival.beside.file().write_all(&bytes).map_err(|error| failed(&error))?;
        Ok(arrival)
    });
    written.await.unwrap_or_else(|error| Err(AppError::Internal(format!("writing a file ended early: {error}"))))
}

fn too_large(format: Format) -> String {
    match format.kind() {
        Kind::Photo => format!("This photo has more than {}. Save it smaller, then choose that", size_in_words(LARGEST_PHOTO)),
        Kind::Film => {
            format!("This film has more than {}. Cut it shorter or save it smaller, then choose that", size_in_words(LARGEST_FILM))
        }
    }
}
