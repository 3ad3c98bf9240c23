//! What a file is, by its first bytes: never by its name, nor by what the browser says of it.

use super::domain::Format;

/// Bytes that are enough to tell.
pub const ENOUGH: usize = 64;

/// What the file is.
///
/// # Errors
/// The words beside the field.
pub fn sniff(head: &[u8]) -> Result<Format, String> {
    match head {
        [] => Err("The file is empty. Choose another one".to_owned()),
        [0xff, 0xd8, 0xff, ..] => Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Format::Webp),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Ok(Format::Webm),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => branded(brand),
        _ => Err(not_taken(other(head))),
    }
}

/// Files of one family begin alike; their brand tells films from photos.
fn branded(brand: &[u8]) -> Result<Format, String> {
    match brand.get(..4) {
        Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"mif1" | b"msf1") => {
            Err("This is a HEIC photo, which few browsers show. Save it as a JPEG, then choose that".to_owned())
        }
        Some(b"qt  ") => Err("This is a QuickTime film (MOV), which few browsers show. Save it as an MP4, then choose that".to_owned()),
        Some(b"avif" | b"avis") => Err(not_taken("an AVIF picture")),
        Some(_) => Ok(Format::Mp4),
        None => Err(not_taken("something else")),
    }
}

fn other(head: &[u8]) -> &'static str {
    let text: String = head.iter().take(ENOUGH).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "ï»¿".contains(c));
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match head {
        _ if head.starts_with(b"GIF8") => "a GIF picture",
        _ if head.starts_with(b"%PDF") => "a PDF document",
        _ if head.starts_with(b"PK") => "a ZIP archive or an office document",
        _ if head.starts_with(b"BM") => "a BMP picture",
        _ if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") => "a TIFF picture",
        _ if head.starts_with(b"MZ") || head.starts_with(b"\x7fELF") => "a program",
        _ if starts(&["<svg"]) => "an SVG drawing",
        _ if starts(&["<!doctype", "<html", "<?xml", "<script", "<!--"]) => "a page or a drawing made of text",
        _ => "something else",
    }
}

fn not_taken(what: &str) -> String {
    format!("This file is {what}. Choose a JPEG, PNG or WebP photo, or an MP4 or WebM film")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        let cases: [(&[u8], Format); 5] = [
            (b"\xff\xd8\xff\xe0", Format::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Format::Png),
            (b"RIFF....WEBP", Format::Webp),
            (b"\0\0\0\x18ftypisom", Format::Mp4),
            (b"\x1a\x45\xdf\xa3", Format::Webm),
        ];
        for (head, format) in cases {
            assert_eq!(sniff(head), Ok(format));
        }
    }

    #[test]
    fn what_is_not_taken_is_called_by_its_name() {
        let cases: [(&[u8], &str); 14] = [
            (b"", "is empty"),
            (b"GIF89a", "a GIF"),
            (b"%PDF-1.7", "a PDF"),
            (b"PK\x03\x04", "a ZIP"),
            (b"  <SVG xmlns", "an SVG"),
            (b"\xef\xbb\xbf<?xml", "made of text"),
            (b"<!DOCTYPE html>", "made of text"),
            (b"BM", "a BMP"),
            (b"II*\0", "a TIFF"),
            (b"\x7fELF", "a program"),
            (b"\0\0\0\x18ftypheic", "a HEIC"),
            (b"\0\0\0\x18ftypqt  ", "QuickTime"),
            (b"\0\0\0\x18ftypavif", "an AVIF"),
            (b"\xff\xd8", "something else"),
        ];
        for (head, words) in cases {
            let said = sniff(head).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
    }
}
