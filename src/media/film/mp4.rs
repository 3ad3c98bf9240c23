//! MP4: boxes in boxes (ISO/IEC 14496-12). Each begins with its length and four letters.

use std::io::{Read, Seek};

use super::source::{Flaw, Source, number};
use super::{Blank, Film};

/// Longest table of contents, in bytes; one of five minutes has less than one.
const LONGEST_TABLE: u64 = 8 << 20;
/// Brands of the family that browsers show.
const BRANDS: [&[u8]; 16] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV",
    b"3gp4",
];

/// What may stay in a box; everything else in it is blanked. An empty list: nothing in it is looked at.
fn kept_in(kind: &[u8; 4]) -> &'static [&'static [u8; 4]] {
    match kind {
        b"moov" => &[b"mvhd", b"trak", b"mvex", b"iods"],
        b"trak" => &[b"tkhd", b"edts", b"mdia", b"tref"],
        b"mdia" => &[b"mdhd", b"hdlr", b"minf", b"elng"],
        b"minf" => &[b"vmhd", b"smhd", b"nmhd", b"dinf", b"stbl"],
        b"stbl" => &[
            b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stsh", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sdtp", b"sgpd", b"sbgp",
            b"subs",
        ],
        b"moof" => &[b"mfhd", b"traf"],
        b"traf" => &[b"tfhd", b"tfdt", b"trun", b"sdtp", b"sgpd", b"sbgp", b"subs"],
        _ => &[],
    }
}

/// What may stand side by side in the file; everything else is blanked.
const KEPT_IN_FILE: [&[u8; 4]; 8] = [b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"ssix", b"mfra"];

/// One box: where it begins, where what is in it begins, and where it ends.
#[derive(Debug, Clone, Copy)]
struct Part {
    kind: [u8; 4],
    at: u64,
    body: u64,
    end: u64,
}

impl Part {
    fn length(&self) -> u64 {
        self.end - self.body
    }

    /// Becomes a free place with nothing in it.
    fn blank(&self) -> Blank {
        let length = u32::try_from(self.end - self.at);
        let mut head = length.unwrap_or(0).to_be_bytes().to_vec();
        head.extend(b"free");
        Blank { at: self.at, zeros: (self.end - self.at).saturating_sub(8), head }
    }
}

/// Walks the file.
pub fn look<F: Read + Seek>(source: &mut Source<'_, F>) -> Result<Film, Flaw> {
    let parts = parts(source, 0, source.length)?;
    let (first, rest) = parts.split_first().ok_or_else(Flaw::broken)?;
    brand(source, first)?;
    let mut walk = Walk { blanks: Vec::new(), strange: false };
    let mut tables = rest.iter().filter(|part| &part.kind == b"moov");
    let (Some(table), None) = (tables.next(), tables.next()) else { return Err(Flaw::broken()) };
    if table.length() > LONGEST_TABLE || !rest.iter().any(|part| &part.kind == b"mdat" && part.length() > 0) {
        return Err(Flaw::broken());
    }
    for part in rest {
        if !KEPT_IN_FILE.contains(&&part.kind) || &part.kind == b"ftyp" {
            walk.blanks.push(part.blank());
        } else if &part.kind == b"moof" {
            walk.weed(source, part)?;
        }
    }
    let seen = walk.table(source, table, rest)?;
    Ok(Film { width: seen.width, height: seen.height, seconds: seen.seconds, blanks: walk.blanks })
}

fn brand<F: Read + Seek>(source: &mut Source<'_, F>, first: &Part) -> Result<(), Flaw> {
    if &first.kind != b"ftyp" || !(8..=512).contains(&first.length()) {
        return Err(Flaw::broken());
    }
    let body = source.take(first.body, first.length())?;
    let (major, others) = (body.get(..4), body.get(8..).unwrap_or_default());
    if major.into_iter().chain(others.chunks_exact(4)).any(|brand| BRANDS.contains(&brand)) {
        return Ok(());
    }
    Err(Flaw::words("This is not an MP4 film that browsers show. Save it as an MP4 with H.264, then choose that"))
}

/// The boxes between two places, which they must fill.
fn parts<F: Read + Seek>(source: &mut Source<'_, F>, from: u64, end: u64) -> Result<Vec<Part>, Flaw> {
    let (mut at, mut parts) = (from, Vec::new());
    while at < end {
        source.count()?;
        let head = source.peek(at, 16)?;
        let (Some(length), Some(kind)) = (head.get(..4).and_then(number), head.get(4..8).and_then(|kind| kind.try_into().ok())) else {
            return Err(Flaw::broken());
        };
        let (length, begins) = match length {
            // To the end of the file.
            0 if end == source.length => (end - at, 8),
            1 => (head.get(8..16).and_then(number).ok_or_else(Flaw::broken)?, 16),
            length => (length, 8),
        };
        let ends = at.checked_add(length).filter(|ends| *ends <= end && length >= begins).ok_or_else(Flaw::broken)?;
        parts.push(Part { kind, at, body: at + begins, end: ends });
        at = ends;
    }
    Ok(parts)
}

/// The one box of a kind.
fn one(parts: &[Part], kind: &[u8; 4]) -> Result<Part, Flaw> {
    let mut found = parts.iter().filter(|part| &part.kind == kind);
    match (found.next(), found.next()) {
        (Some(part), None) => Ok(*part),
        _ => Err(Flaw::broken()),
    }
}

struct Walk {
    blanks: Vec<Blank>,
    /// Whether there is a track that is neither picture nor sound.
    strange: bool,
}

#[derive(Default)]
struct Seen {
    width: u32,
    height: u32,
    seconds: Option<u32>,
}

impl Walk {
    /// Blanks what may not stay in a box and in the boxes in it; hands on those that stay.
    fn weed<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, part: &Part) -> Result<Vec<Part>, Flaw> {
        let kept = kept_in(&part.kind);
        if kept.is_empty() {
            return Ok(Vec::new());
        }
        let (stays, goes): (Vec<Part>, Vec<Part>) =
            parts(source, part.body, part.end)?.into_iter().partition(|part| kept.contains(&&part.kind));
        self.blanks.extend(goes.iter().map(Part::blank));
        for inner in &stays {
            // A track is looked at on its own: it may go as a whole.
            if &inner.kind != b"trak" {
                self.weed(source, inner)?;
            }
        }
        Ok(stays)
    }

    fn table<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, table: &Part, file: &[Part]) -> Result<Seen, Flaw> {
        let kept = self.weed(source, table)?;
        let mut seen = Seen { seconds: length(source, &one(&kept, b"mvhd")?)?, ..Seen::default() };
        for track in kept.iter().filter(|part| &part.kind == b"trak") {
            let parts = parts(source, track.body, track.end)?;
            let media = inside(source, &one(&parts, b"mdia")?)?;
            match &handler(source, &one(&media, b"hdlr")?)? {
                b"vide" => {
                    (seen.width, seen.height) = self.track(source, track)?.ok_or_else(Flaw::broken)?;
                }
                b"soun" => {
                    self.track(source, track)?;
                }
                _ => {
                    // What cameras keep besides, such as where they were: the table goes, and what it leads to.
                    self.strange = true;
                    let inner = inside(source, &one(&media, b"minf")?)?;
                    let tables = inside(source, &one(&inner, b"stbl")?)?;
                    self.blanks.extend(samples(source, &tables, file)?);
                    self.blanks.push(track.blank());
                }
            }
        }
        if self.strange && file.iter().any(|part| &part.kind == b"moof") {
            return Err(Flaw::words("This film holds more than picture and sound. Save it again without the rest, then choose that"));
        }
        if seen.width == 0 {
            return Err(Flaw::words("There is no picture in this film. Choose another one"));
        }
        Ok(seen)
    }

    /// A track that stays: everything it plays is in this file. Of one with a picture, its size as it is shown.
    fn track<F: Read + Seek>(&mut self, source: &mut Source<'_, F>, track: &Part) -> Result<Option<(u32, u32)>, Flaw> {
        let kept = self.weed(source, track)?;
        let media = inside(source, &one(&kept, b"mdia")?)?;
        let inner = inside(source, &one(&media, b"minf")?)?;
        let places_of_data = inside(source, &one(&inner, b"dinf")?)?;
        references(source, &one(&places_of_data, b"dref")?)?;
        let tables = inside(source, &one(&inner, b"stbl")?)?;
        for place in places(source, &tables)? {
            if place >= source.length {
                return Err(Flaw::broken());
            }
        }
        let size = picture(source, &one(&tables, b"stsd")?)?;
        let lies = lies_on_its_side(source, &one(&kept, b"tkhd")?)?;
        Ok(size.map(|(width, height)| if lies { (height, width) } else { (width, height) }))
    }
}

fn inside<F: Read + Seek>(source: &mut Source<'_, F>, part: &Part) -> Result<Vec<Part>, Flaw> {
    parts(source, part.body, part.end)
}

/// All of a table; what is around it is small enough.
fn body<F: Read + Seek>(source: &mut Source<'_, F>, part: &Part) -> Result<Vec<u8>, Flaw> {
    source.take(part.body, part.length().min(LONGEST_TABLE))
}

fn at(body: &[u8], from: usize, length: usize) -> Result<u64, Flaw> {
    body.get(from..from + length).and_then(number).ok_or_else(Flaw::broken)
}

/// How long the film is, rounded up; films cut into pieces do not say.
fn length<F: Read + Seek>(source: &mut Source<'_, F>, header: &Part) -> Result<Option<u32>, Flaw> {
    let body = body(source, header)?;
    let (scale, length) = match body.first() {
        Some(0) => (at(&body, 12, 4)?, at(&body, 16, 4)?),
        Some(1) => (at(&body, 20, 4)?, at(&body, 24, 8)?),
        _ => return Err(Flaw::broken()),
    };
    if scale == 0 {
        return Err(Flaw::broken());
    }
    let unknown = length == 0 || length == u64::from(u32::MAX) || length == u64::MAX;
    Ok((!unknown).then(|| u32::try_from(length.div_ceil(scale)).unwrap_or(u32::MAX)))
}

fn handler<F: Read + Seek>(source: &mut Source<'_, F>, part: &Part) -> Result<[u8; 4], Flaw> {
    let body = body(source, part)?;
    body.get(8..12).and_then(|kind| kind.try_into().ok()).ok_or_else(Flaw::broken)
}

/// Everything is in this file: an entry that leads elsewhere has no such mark.
fn references<F: Read + Seek>(source: &mut Source<'_, F>, part: &Part) -> Result<(), Flaw> {
    let from = part.body.checked_add(8).filter(|from| *from <= part.end).ok_or_else(Flaw::broken)?;
    for entry in parts(source, from, part.end)? {
        let marks = at(&body(source, &entry)?, 0, 4)?;
        if marks & 1 == 0 {
            return Err(Flaw::words("Parts of this film are in another file. Save it as one file, then choose that"));
        }
    }
    Ok(())
}

/// The size of the picture, if there is one, in a way of writing that browsers show.
fn picture<F: Read + Seek>(source: &mut Source<'_, F>, part: &Part) -> Result<Option<(u32, u32)>, Flaw> {
    let body = body(source, part)?;
    let (kind, entry) = (body.get(12..16), body.get(16..).unwrap_or_default());
    let shown: [&[u8]; 6] = [b"avc1", b"avc3", b"vp08", b"vp09", b"av01", b"avc2"];
    match kind.ok_or_else(Flaw::broken)? {
        kind if shown.contains(&kind) => {
            let side = |from| at(entry, from, 2).map(|side| u32::try_from(side).unwrap_or(0));
            Ok(Some((side(24)?, side(26)?)))
        }
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => Err(Flaw::words(
            "This film is written as HEVC, which many browsers do not show. Save it as H.264 (on an iPhone: Camera, Formats, Most Compatible)",
        )),
        b"mp4v" | b"s263" | b"jpeg" | b"encv" => {
            Err(Flaw::words("Browsers do not show how this film is written. Save it as an MP4 with H.264, then choose that"))
        }
        _ => Ok(None),
    }
}

/// Whether a film is shown turned by a quarter, as most phones write upright ones.
fn lies_on_its_side<F: Read + Seek>(source: &mut Source<'_, F>, header: &Part) -> Result<bool, Flaw> {
    let body = body(source, header)?;
    let matrix = if body.first() == Some(&1) { 52 } else { 40 };
    Ok(at(&body, matrix, 4)? == 0 && at(&body, matrix + 16, 4)? == 0 && at(&body, matrix + 4, 4)? != 0)
}

/// Where the pieces of a track begin.
fn places<F: Read + Seek>(source: &mut Source<'_, F>, tables: &[Part]) -> Result<Vec<u64>, Flaw> {
    let wide = tables.iter().any(|part| &part.kind == b"co64");
    let body = body(source, &one(tables, if wide { b"co64" } else { b"stco" })?)?;
    list(&body, 8, if wide { 8 } else { 4 }, at(&body, 4, 4)?)
}

/// So many numbers of a table, which must hold them.
fn list(body: &[u8], from: usize, wide: usize, count: u64) -> Result<Vec<u64>, Flaw> {
    let rest = body.get(from..).ok_or_else(Flaw::broken)?;
    if (rest.len() / wide) as u64 != count {
        return Err(Flaw::broken());
    }
    Ok(rest.chunks_exact(wide).filter_map(number).collect())
}

/// What a track is made of, as places to blank; each must lie in a box for such things.
fn samples<F: Read + Seek>(source: &mut Source<'_, F>, tables: &[Part], file: &[Part]) -> Result<Vec<Blank>, Flaw> {
    let places = places(source, tables)?;
    let sizes = body(source, &one(tables, b"stsz")?)?;
    let (same, count) = (at(&sizes, 4, 4)?, at(&sizes, 8, 4)?);
    let sizes = if same == 0 { list(&sizes, 12, 4, count)? } else { Vec::new() };
    let runs = body(source, &one(tables, b"stsc")?)?;
    let runs = list(&runs, 8, 4, at(&runs, 4, 4)?.saturating_mul(3))?;
    let runs: Vec<(u64, u64)> = runs.chunks_exact(3).filter_map(|run| Some((*run.first()?, *run.get(1)?))).collect();
    let (mut blanks, mut sample, mut run) = (Vec::new(), 0, 0);
    for (place, chunk) in places.into_iter().zip(1..) {
        while runs.get(run + 1).is_some_and(|(first, _)| *first <= chunk) {
            run += 1;
        }
        let samples = runs.get(run).map_or(0, |(_, samples)| *samples).min(count - sample);
        let length = if same == 0 {
            let from = usize::try_from(sample).map_err(|_| Flaw::broken())?;
            sizes.iter().skip(from).take(usize::try_from(samples).unwrap_or(0)).sum()
        } else {
            same.saturating_mul(samples)
        };
        sample += samples;
        let end = place.checked_add(length).ok_or_else(Flaw::broken)?;
        if length > 0 && !file.iter().any(|part| &part.kind == b"mdat" && part.body <= place && end <= part.end) {
            return Err(Flaw::broken());
        }
        blanks.push(Blank { at: place, head: Vec::new(), zeros: length });
    }
    Ok(blanks)
}
