//! `WebM`: elements in elements (EBML, RFC 8794; Matroska, RFC 9559). Each begins with its name and its length, both of varying width.

use std::io::{Read, Seek};

use super::source::{Flaw, Source, number};
use super::{Blank, Film};

const HEADER: u64 = 0x1a45_dfa3;
const DOC_TYPE: u64 = 0x4282;
const SEGMENT: u64 = 0x1853_8067;
const SEEK_HEAD: u64 = 0x114d_9b74;
const INFO: u64 = 0x1549_a966;
const SCALE: u64 = 0x002a_d7b1;
const DURATION: u64 = 0x4489;
const MUXING_APP: u64 = 0x4d80;
const WRITING_APP: u64 = 0x5741;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const TRACK_TYPE: u64 = 0x83;
const TRACK_NAME: u64 = 0x536e;
const CODEC: u64 = 0x86;
const VIDEO: u64 = 0xe0;
const WIDTH: u64 = 0xb0;
const HEIGHT: u64 = 0xba;
const CLUSTER: u64 = 0x1f43_b675;
const CUES: u64 = 0x1c53_bb6b;
const TAGS: u64 = 0x1254_c367;
const CHAPTERS: u64 = 0x1043_a770;
const ATTACHMENTS: u64 = 0x1941_a469;
const VOID: u64 = 0xec;

/// Names of what stands in a segment: where one of them follows, a cluster without a length has ended.
const IN_SEGMENT: [u64; 8] = [SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, TAGS, CHAPTERS, ATTACHMENTS];
/// Longest element that is read as a whole, in bytes.
const LONGEST_READ: u64 = 4096;

/// One element: where it begins, where what is in it begins, and where it ends.
#[derive(Debug, Clone, Copy)]
struct Part {
    name: u64,
    at: u64,
    body: u64,
    end: u64,
    /// Whether it does not say how long it is.
    open: bool,
}

impl Part {
    /// Becomes an empty place of the same length.
    fn blank(&self) -> Blank {
        let length = self.end - self.at;
        let head = if length >= 9 {
            let mut head = vec![0xec];
            head.extend(((1 << 56) | (length - 9)).to_be_bytes());
            head
        } else {
            vec![0xec, 0x80 | u8::try_from(length.saturating_sub(2)).unwrap_or(0)]
        };
        Blank { at: self.at, zeros: length.saturating_sub(head.len() as u64), head }
    }
}

/// Walks the file.
pub fn look<F: Read + Seek>(source: &mut Source<'_, F>) -> Result<Film, Flaw> {
    let header = element(source, 0, source.length)?;
    if header.name != HEADER || header.open {
        return Err(Flaw::broken());
    }
    let inside = parts(source, header.body, header.end)?;
    let kind = value(source, &only(&inside, DOC_TYPE)?)?;
    if kind.trim_ascii_end().strip_suffix(b"\0").unwrap_or(&kind) != b"webm" {
        return Err(Flaw::words("This is a Matroska film, which few browsers show. Save it as an MP4 or a WebM, then choose that"));
    }
    let mut walk = Walk::default();
    let mut at = header.end;
    let segment = loop {
        let part = element(source, at, source.length)?;
        match part.name {
            SEGMENT => break part,
            VOID => walk.blanks.push(part.blank()),
            _ => return Err(Flaw::broken()),
        }
        at = part.end;
    };
    walk.segment(source, &segment)?;
    walk.rest(source, segment.end)?;
    let (width, height) =
        walk.size.filter(|_| walk.clusters > 0).ok_or_else(|| Flaw::words("There is no picture in this film. Choose another one"))?;
    Ok(Film { width, height, seconds: walk.seconds, blanks: walk.blanks })
}

#[derive(Default)]
struct Walk {
    blanks: Vec<Blank>,
    size: Option<(u32, u32)>,
    seconds: Option<u32>,
    clusters: u32,
}

impl Walk {
    fn segment<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, segment: &Part) -> Result<(), Flaw> {
        let (mut at, mut tracks) = (segment.body, 0);
        while at < segment.end {
            let mut part = element(source, at, segment.end)?;
            if part.open && part.name != CLUSTER {
                return Err(Flaw::broken());
            }
            match part.name {
                SEEK_HEAD | CUES => {}
                INFO => self.info(source, &part)?,
                TRACKS => {
                    tracks += 1;
                    self.tracks(source, &part)?;
                }
                CLUSTER => {
                    part.end = self.cluster(source, &part)?;
                    self.clusters += 1;
                }
                _ => self.blanks.push(part.blank()),
            }
            at = part.end;
        }
        if tracks == 1 { Ok(()) } else { Err(Flaw::broken()) }
    }

    /// Behind the segment there may be nothing but empty places.
    fn rest<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, from: u64) -> Result<(), Flaw> {
        let mut at = from;
        while at < source.length {
            let part = element(source, at, source.length)?;
            if part.name != VOID || part.open {
                return Err(Flaw::broken());
            }
            self.blanks.push(part.blank());
            at = part.end;
        }
        Ok(())
    }

    /// Keeps what tells how long it is; the title, the day and the names of other files go.
    fn info<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, info: &Part) -> Result<(), Flaw> {
        let (mut scale, mut duration) = (1_000_000, None);
        for part in parts(source, info.body, info.end)? {
            match part.name {
                SCALE => scale = number(&value(source, &part)?).ok_or_else(Flaw::broken)?,
                DURATION => duration = Some(float(&value(source, &part)?)?),
                MUXING_APP | WRITING_APP => {}
                _ => self.blanks.push(part.blank()),
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a length to the second")]
        let seconds = duration.map(|duration| duration * scale as f64 / 1e9);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what does not fit becomes the largest there is")]
        let whole = seconds.filter(|seconds| *seconds > 0.0).map(|seconds| seconds.ceil() as u32);
        self.seconds = whole;
        Ok(())
    }

    fn tracks<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, tracks: &Part) -> Result<(), Flaw> {
        for track in parts(source, tracks.body, tracks.end)? {
            if track.name != TRACK {
                self.blanks.push(track.blank());
                continue;
            }
            let inside = parts(source, track.body, track.end)?;
            self.blanks.extend(inside.iter().filter(|part| matches!(part.name, TRACK_NAME | VOID)).map(Part::blank));
            match number(&value(source, &only(&inside, TRACK_TYPE)?)?) {
                Some(1) => self.size = Some(picture(source, &inside)?),
                Some(2) => {}
                _ => {
                    let words = "This film holds more than picture and sound. Save it again without the rest, then choose that";
                    return Err(Flaw::words(words));
                }
            }
        }
        Ok(())
    }

    /// Goes through a cluster; says where it ends.
    fn cluster<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, cluster: &Part) -> Result<u64, Flaw> {
        let mut at = cluster.body;
        while at < cluster.end {
            let part = element(source, at, cluster.end)?;
            if cluster.open && IN_SEGMENT.contains(&part.name) {
                return Ok(at);
            }
            if part.open {
                return Err(Flaw::broken());
            }
            if part.name == VOID {
                self.blanks.push(part.blank());
            }
            at = part.end;
        }
        Ok(at)
    }
}

/// The size of the picture, in a way of writing that belongs to `WebM`.
fn picture<F: Read + Seek>(source: &mut Source<'_, F>, track: &[Part]) -> Result<(u32, u32), Flaw> {
    let codec = value(source, &only(track, CODEC)?)?;
    if ![b"V_VP8".as_slice(), b"V_VP9", b"V_AV1"].contains(&codec.as_slice()) {
        return Err(Flaw::words("Browsers do not show how this film is written. Save it as an MP4 with H.264, then choose that"));
    }
    let video = only(track, VIDEO)?;
    let parts = parts(source, video.body, video.end)?;
    let mut side = |name| -> Result<u32, Flaw> {
        let bytes = value(source, &only(&parts, name)?)?;
        number(&bytes).and_then(|side| u32::try_from(side).ok()).ok_or_else(Flaw::broken)
    };
    Ok((side(WIDTH)?, side(HEIGHT)?))
}

/// The element that begins at a place and ends before another.
fn element<F: Read + Seek>(source: &mut Source<'_, F>, at: u64, end: u64) -> Result<Part, Flaw> {
    source.count()?;
    let head = source.peek(at, 12)?;
    let width = head.first().map_or(0, |first| first.leading_zeros() as usize + 1);
    let name = head.get(..width).filter(|_| width <= 4).and_then(number).ok_or_else(Flaw::broken)?;
    let rest = head.get(width..).unwrap_or_default();
    let wide = rest.first().map_or(9, |first| first.leading_zeros() as usize + 1);
    let length = rest.get(..wide).filter(|_| wide <= 8).and_then(number).ok_or_else(Flaw::broken)?;
    let marker = 1_u64 << (7 * wide);
    let (length, open) = (length ^ marker, length == (marker << 1) - 1);
    let body = at + (width + wide) as u64;
    let ends = if open { Some(end) } else { body.checked_add(length) };
    let ends = ends.filter(|ends| body <= end && *ends <= end).ok_or_else(Flaw::broken)?;
    Ok(Part { name, at, body, end: ends, open })
}

fn parts<F: Read + Seek>(source: &mut Source<'_, F>, from: u64, end: u64) -> Result<Vec<Part>, Flaw> {
    let (mut at, mut parts) = (from, Vec::new());
    while at < end {
        let part = element(source, at, end)?;
        if part.open {
            return Err(Flaw::broken());
        }
        at = part.end;
        parts.push(part);
    }
    Ok(parts)
}

fn only(parts: &[Part], name: u64) -> Result<Part, Flaw> {
    let mut found = parts.iter().filter(|part| part.name == name);
    match (found.next(), found.next()) {
        (Some(part), None) => Ok(*part),
        _ => Err(Flaw::broken()),
    }
}

fn value<F: Read + Seek>(source: &mut Source<'_, F>, part: &Part) -> Result<Vec<u8>, Flaw> {
    let length = part.end - part.body;
    if length > LONGEST_READ { Err(Flaw::broken()) } else { source.take(part.body, length) }
}

fn float(bytes: &[u8]) -> Result<f64, Flaw> {
    let four = || Some(f64::from(f32::from_be_bytes(bytes.try_into().ok()?)));
    let eight = || Some(f64::from_be_bytes(bytes.try_into().ok()?));
    four().or_else(eight).filter(|number| number.is_finite()).ok_or_else(Flaw::broken)
}
