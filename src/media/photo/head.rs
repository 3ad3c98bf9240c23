//! What a photo says of itself before anything of it is decoded: its size, and what decoding it will cost.

use super::super::domain::Format;

/// The size of a photo, and bytes of memory its decoder needs for each pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Bytes for each pixel while it is decoded.
    pub cost: u64,
    /// Where the photo ends; what is behind is no part of it.
    pub end: usize,
}

/// Most passes a JPEG is drawn in; honest ones have about ten, and each costs time.
const MOST_SCANS: usize = 60;

/// Reads the head; nothing when it is broken, or when a JPEG ends early.
pub fn read(bytes: &[u8], format: Format) -> Option<Head> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
        Format::Mp4 | Format::Webm => None,
    }
}

/// Walks the segments of a JPEG to its end. One whose passes come one after the other is kept whole while it is decoded: two bytes
/// more for each value of each pixel.
fn jpeg(bytes: &[u8]) -> Option<Head> {
    let (mut at, mut head, mut scans) = (2, None, 0);
    loop {
        // Between segments there may be any number of 0xff.
        let marker = loop {
            match (bytes.get(at)?, bytes.get(at + 1)?) {
                (0xff, 0xff) => at += 1,
                (0xff, marker) => break *marker,
                _ => return None,
            }
        };
        at += 2;
        match marker {
            0xd9 => return head.map(|head| Head { end: at, ..head }),
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let body = bytes.get(at + 2..at + length.max(2))?;
        at += length.max(2);
        match marker {
            0xc0..=0xc2 => {
                let [_, h1, h0, w1, w0, parts, ..] = *body else { return None };
                let cost = if marker == 0xc2 { 3 + 2 * u64::from(parts) } else { 3 };
                let (width, height) = (u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into());
                if head.replace(Head { width, height, cost, end: 0 }).is_some() {
                    return None;
                }
            }
            0xda => {
                scans += 1;
                let known = head.as_mut().filter(|_| scans <= MOST_SCANS)?;
                if *body.first()? < 3 && scans > 1 {
                    // A second pass: nothing was interleaved.
                    known.cost = known.cost.max(9);
                }
                at = end_of_scan(bytes, at)?;
            }
            _ => {}
        }
    }
}

/// Where the next segment after a scan begins.
fn end_of_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

fn png(bytes: &[u8]) -> Option<Head> {
    let head = bytes.get(8..33)?;
    let (length, rest) = head.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (width, rest) = rest.split_first_chunk::<4>()?;
    let (height, rest) = rest.split_first_chunk::<4>()?;
    let [depth, colours, ..] = *rest else { return None };
    if u32::from_be_bytes(*length) != 13 || kind != b"IHDR" {
        return None;
    }
    // A palette may hold colours one can see through.
    let values = match colours {
        0 | 4 => 2,
        2 | 3 | 6 => 4,
        _ => return None,
    };
    let cost = values * if depth == 16 { 2 } else { 1 };
    Some(Head { width: u32::from_be_bytes(*width), height: u32::from_be_bytes(*height), cost, end: bytes.len() })
}

/// Walks the chunks of a `WebP`: each must be in the file, and every picture as large as the whole says it is. The decoder takes the
/// word of the first for what the second needs.
fn webp(bytes: &[u8]) -> Option<Head> {
    let end = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?.checked_add(8)?;
    let whole = bytes.get(..end)?;
    let (mut at, mut size) = (12, None);
    while at < end {
        let kind = whole.get(at..at + 4)?;
        let length = usize::try_from(u32::from_le_bytes(*whole.get(at + 4..)?.first_chunk()?)).ok()?;
        let body = whole.get(at + 8..(at + 8).checked_add(length)?)?;
        let said = match kind {
            b"VP8X" => Some(canvas(body)?),
            b"VP8 " => Some(lossy(body)?),
            b"VP8L" => Some(lossless(body)?),
            _ => None,
        };
        if size.is_some() && said.is_some() && size != said || size.or(said).is_none() {
            return None;
        }
        size = size.or(said);
        // Chunks begin at even places.
        at += 8 + length + length % 2;
    }
    let (width, height) = size.filter(|(width, height)| *width.max(height) <= WIDEST_WEBP)?;
    Some(Head { width, height, cost: 11, end })
}

/// Widest and highest `WebP` there is, in pixels.
const WIDEST_WEBP: u32 = 1 << 14;

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)))
}

fn canvas(body: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(1 + (word(body, at)? | u32::from(*body.get(at + 2)?) << 16));
    Some((side(4)?, side(7)?))
}

fn lossy(body: &[u8]) -> Option<(u32, u32)> {
    Some((word(body, 6)? & 0x3fff, word(body, 8)? & 0x3fff))
}

fn lossless(body: &[u8]) -> Option<(u32, u32)> {
    let bits = word(body, 1)? | word(body, 3)? << 16;
    Some((1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG that has a head and an end and nothing to see.
    fn jpeg_of(frame: u8, parts: u8, scans: usize) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, 0, 4, 0xff, 0xd9, 0xff, frame, 0, 9, 8, 0x12, 0x34, 0x43, 0x21, parts, 0];
        for _ in 0..scans {
            bytes.extend([0xff, 0xda, 0, 3, 1, 0x55, 0xff, 0x00, 0xff, 0xd3, 0x55]);
        }
        bytes.extend([0xff, 0xff, 0xd9, b'<', b'h']);
        bytes
    }

    #[test]
    fn the_head_of_a_jpeg_tells_size_and_cost() {
        let of = |frame, parts, scans| jpeg(&jpeg_of(frame, parts, scans));
        let head = |cost, scans: usize| Some(Head { width: 0x4321, height: 0x1234, cost, end: 22 + 11 * scans });
        assert_eq!(of(0xc0, 3, 1), head(3, 1));
        assert_eq!(of(0xc2, 3, 1), head(9, 1));
        assert_eq!(of(0xc2, 4, 1), head(11, 1));
        assert_eq!(of(0xc0, 3, 3), head(9, 3));
        assert_eq!(of(0xc0, 3, 61), None);
        let whole = jpeg_of(0xc0, 3, 1);
        for length in 0..whole.len() - 2 {
            assert_eq!(jpeg(&whole[..length]), None, "{length}");
        }
    }

    #[test]
    fn a_png_tells_its_size_and_cost() {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x06\0\0\0____".to_vec();
        assert_eq!(png(&bytes), Some(Head { width: 50_000, height: 50_000, cost: 4, end: bytes.len() }));
        bytes[24] = 16;
        assert_eq!(png(&bytes).map(|head| head.cost), Some(8));
        bytes[12] = b'x';
        assert_eq!(png(&bytes), None);
    }

    #[test]
    fn a_webp_tells_one_size_in_all_its_parts() {
        let part = |kind: &[u8], body: &[u8]| [kind, &u32::try_from(body.len()).unwrap().to_le_bytes(), body].concat();
        let of = |parts: &[Vec<u8>]| {
            let inside = parts.concat();
            webp(&[b"RIFF", &u32::try_from(inside.len() + 4).unwrap().to_le_bytes()[..], b"WEBP", &inside, b"<html>"].concat())
        };
        let (whole, wide) = (part(b"VP8X", b"\0\0\0\0\x03\0\0\x02\0\0"), part(b"VP8X", b"\0\0\0\0\x03\0\x01\x02\0\0"));
        let (lossy, lossless) = (part(b"VP8 ", b"......\x04\0\x03\0"), part(b"VP8L", b"\x2f\x03\x80\0\0....."));
        for parts in [vec![lossy.clone()], vec![lossless.clone()], vec![whole.clone(), lossy.clone()], vec![whole.clone(), lossless]] {
            let end = 12 + parts.iter().map(Vec::len).sum::<usize>();
            assert_eq!(of(&parts), Some(Head { width: 4, height: 3, cost: 11, end }));
        }
        let (large, long) = (part(b"VP8 ", b"......\xff\x3f\xff\x3f"), b"EXIF\0\0\xe0\x0f".to_vec());
        for parts in
            [vec![whole.clone(), large], vec![wide], vec![whole, lossy.clone(), long], vec![part(b"ALPH", b".."), lossy], Vec::new()]
        {
            assert_eq!(of(&parts), None, "{parts:?}");
        }
    }
}
