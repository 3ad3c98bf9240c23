//! Films made by hand: what is taken, what is refused, and what is not there any more afterwards.

use std::io::Cursor;

use super::*;
use crate::media::samples::{Mp4, SECRET, Webm, boxed, element, holds};

fn seen(bytes: &[u8], format: Format) -> Film {
    look(&mut Cursor::new(bytes), format).unwrap()
}

#[track_caller]
fn refused(bytes: &[u8], format: Format) -> String {
    match look(&mut Cursor::new(bytes), format) {
        Err(Flaw::Words(words)) => words,
        other => panic!("{other:?}"),
    }
}

/// The film with what must go taken out of it; nothing has moved.
fn blanked(bytes: &[u8], format: Format) -> Vec<u8> {
    let film = seen(bytes, format);
    let mut kept = Cursor::new(bytes.to_vec());
    film.blank(&mut kept).unwrap();
    let kept = kept.into_inner();
    assert_eq!(kept.len(), bytes.len());
    let again = seen(&kept, format);
    assert_eq!((again.width, again.height, again.seconds), (film.width, film.height, film.seconds));
    kept
}

#[test]
fn an_mp4_tells_its_size_and_length() {
    let film = seen(&Mp4::default().bytes(), Format::Mp4);
    assert_eq!((film.width, film.height, film.seconds), (640, 360, Some(12)));
    let upright = seen(&Mp4 { turned: true, ..Mp4::default() }.bytes(), Format::Mp4);
    assert_eq!((upright.width, upright.height), (360, 640));
    assert_eq!(seen(&Mp4 { seconds: 0, ..Mp4::default() }.bytes(), Format::Mp4).seconds, None);
}

#[test]
fn no_place_stays_in_an_mp4_and_its_picture_and_sound_do() {
    let bytes = Mp4::default().bytes();
    assert!(holds(&bytes, SECRET.as_bytes()));
    let kept = blanked(&bytes, Format::Mp4);
    assert!(!holds(&kept, SECRET.as_bytes()) && !holds(&kept, b"walk") && !holds(&kept, b"<script>"));
    for gone in [b"udta".as_slice(), b"meta", b"uuid", b"mebx"] {
        assert!(!holds(&kept, gone), "{gone:?}");
    }
    assert!(holds(&kept, &[0x11; 300]) && holds(&kept, &[0x22; 100]) && holds(&kept, b"avc1") && holds(&kept, b"mp4a"));
}

#[test]
fn an_mp4_that_is_not_whole_is_refused_wherever_it_ends() {
    let whole = Mp4 { places: false, ..Mp4::default() }.bytes();
    // Behind the table there is only an empty place: without it the film is whole.
    let free = boxed(b"free", &[b"<script>", SECRET.as_bytes()]).len();
    for length in (0..whole.len()).filter(|length| *length != whole.len() - free) {
        refused(&whole[..length], Format::Mp4);
    }
}

#[test]
fn an_mp4_that_says_more_than_it_holds_is_refused() {
    let whole = Mp4::default().bytes();
    for kind in [b"ftyp", b"mdat", b"moov", b"mvhd", b"trak", b"tkhd", b"mdia", b"stbl", b"stsz", b"stco", b"dref", b"url "] {
        let at = whole.windows(4).position(|window| window == kind).unwrap();
        for length in [1_u32, 4, 7, 0x7fff_ffff, u32::MAX] {
            let mut wrong = whole.clone();
            wrong[at - 4..at].copy_from_slice(&length.to_be_bytes());
            refused(&wrong, Format::Mp4);
        }
    }
    assert!(refused(&Mp4 { off: 100_000, ..Mp4::default() }.bytes(), Format::Mp4).contains("damaged"));
}

#[test]
fn an_mp4_is_one_file_with_a_picture_that_browsers_show() {
    let of = |film: Mp4| refused(&film.bytes(), Format::Mp4);
    assert!(of(Mp4 { here: false, ..Mp4::default() }).contains("in another file"));
    assert!(of(Mp4 { picture: false, codec: b"mp4a", ..Mp4::default() }).contains("no picture"));
    assert!(of(Mp4 { codec: b"hvc1", ..Mp4::default() }).contains("HEVC"));
    assert!(of(Mp4 { codec: b"mp4v", ..Mp4::default() }).contains("H.264"));
    assert!(of(Mp4 { codec: b"xxxx", ..Mp4::default() }).contains("damaged"));
    assert!(of(Mp4 { seconds: 301, ..Mp4::default() }).contains("longer than 5 minutes"));
    let whole = Mp4::default().bytes();
    let table = whole.windows(4).position(|window| window == b"moov").unwrap() - 4;
    let twice = [whole.as_slice(), &whole[table..]].concat();
    refused(&twice, Format::Mp4);
    let first = boxed(b"ftyp", &[b"isom\0\0\x02\0isomiso2avc1mp41"]).len();
    let other = [&boxed(b"ftyp", &[b"mjp2\0\0\0\0mjp2"]), &whole[first..]].concat();
    assert!(refused(&other, Format::Mp4).contains("not an MP4 film that browsers show"));
}

#[test]
fn a_webm_tells_its_size_and_length() {
    for open in [false, true] {
        let film = seen(&Webm { open, ..Webm::default() }.bytes(), Format::Webm);
        assert_eq!((film.width, film.height, film.seconds), (640, 360, Some(12)), "{open}");
    }
}

#[test]
fn no_place_stays_in_a_webm_and_its_picture_does() {
    for open in [false, true] {
        let bytes = Webm { open, ..Webm::default() }.bytes();
        let kept = blanked(&bytes, Format::Webm);
        assert!(holds(&bytes, SECRET.as_bytes()) && !holds(&kept, SECRET.as_bytes()));
        assert!(holds(&kept, &[0x33; 200]) && holds(&kept, b"V_VP9"));
        assert!(!holds(&kept, b"\x12\x54\xc3\x67") && !holds(&kept, b"\x19\x41\xa4\x69") && !holds(&kept, b"\xbf\x81\x07"));
    }
}

#[test]
fn a_webm_that_is_not_whole_is_refused_wherever_it_ends() {
    let whole = Webm::default().bytes();
    for length in 0..whole.len() {
        refused(&whole[..length], Format::Webm);
    }
}

#[test]
fn a_webm_has_a_picture_and_is_no_other_film() {
    let of = |film: Webm| refused(&film.bytes(), Format::Webm);
    assert!(of(Webm { kind: "matroska", ..Webm::default() }).contains("Matroska"));
    assert!(of(Webm { codec: "V_MPEG4/ISO/AVC", ..Webm::default() }).contains("Browsers do not show"));
    assert!(of(Webm { track: 2, ..Webm::default() }).contains("no picture"));
    assert!(of(Webm { track: 17, ..Webm::default() }).contains("more than picture and sound"));
    assert!(of(Webm { seconds: 301, ..Webm::default() }).contains("longer than 5 minutes"));
    let whole = Webm::default().bytes();
    refused(&[whole.as_slice(), b"<html>"].concat(), Format::Webm);
    let only_a_head = element(b"\x1a\x45\xdf\xa3", &[&element(b"\x42\x82", &[b"webm"])]);
    refused(&only_a_head, Format::Webm);
}
