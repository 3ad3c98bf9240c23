//! Photos made by hand: how they are kept, what is refused, and what is not there any more afterwards.

use super::*;
use crate::media::samples::{self, SECRET, glass_png, holds, jpeg, phone_jpeg, png, png_bomb, webp};

fn kept(bytes: &[u8], format: Format) -> Photo {
    let photo = develop(bytes, format).unwrap();
    for file in [&photo.bytes, &photo.thumbnail] {
        assert!(!holds(file, SECRET.as_bytes()) && !holds(file, b"Exif") && !holds(file, b"<script>") && !holds(file, b"ICC_PROFILE"));
    }
    photo
}

fn again(bytes: &[u8]) -> image::RgbImage {
    image::load_from_memory(bytes).unwrap().into_rgb8()
}

#[test]
fn nothing_of_a_photo_is_kept_but_its_picture_and_it_stands_upright() {
    // Orientation, then where the red of the top and the blue of the bottom are found: from the first to the second.
    for (orientation, red, blue) in [(1, (0, 0), (0, 59)), (3, (0, 59), (0, 0)), (6, (59, 0), (0, 0)), (8, (0, 0), (59, 0))] {
        let bytes = phone_jpeg(80, 60, orientation);
        assert!(holds(&bytes, SECRET.as_bytes()));
        let photo = kept(&bytes, Format::Jpeg);
        let size = if orientation < 5 { (80, 60) } else { (60, 80) };
        assert_eq!((photo.format, (photo.width, photo.height)), (Format::Jpeg, size), "{orientation}");
        let picture = again(&photo.bytes);
        assert_eq!(picture.dimensions(), size);
        let (red, blue) = (picture.get_pixel(red.0, red.1), picture.get_pixel(blue.0, blue.1));
        assert!(red[0] > 180 && red[2] < 80 && blue[2] > 180 && blue[0] < 80, "{orientation}: {red:?} {blue:?}");
    }
}

#[test]
fn a_large_photo_becomes_small_and_a_small_one_stays() {
    let photo = kept(&jpeg(4000, 3000), Format::Jpeg);
    assert_eq!((photo.width, photo.height), (1600, 1200));
    assert_eq!(again(&photo.bytes).dimensions(), (1600, 1200));
    assert_eq!(again(&photo.thumbnail).dimensions(), (400, 300));
    let photo = kept(&jpeg(30, 20), Format::Jpeg);
    assert_eq!((photo.width, photo.height, again(&photo.thumbnail).dimensions()), (30, 20, (30, 20)));
    let strip = kept(&png(8000, 2), Format::Png);
    assert_eq!((strip.width, strip.height), (1600, 1));
}

#[test]
fn what_can_be_seen_through_stays_so_and_webp_becomes_something_else() {
    let glass = kept(&glass_png(60, 40), Format::Png);
    assert_eq!(glass.format, Format::Png);
    assert!(image::load_from_memory(&glass.bytes).unwrap().into_rgba8().pixels().any(|pixel| pixel[3] < 255));
    let photo = kept(&webp(300, 200), Format::Webp);
    assert!(matches!(photo.format, Format::Jpeg | Format::Png) && (photo.width, photo.height) == (300, 200));
    assert_eq!(kept(&png(300, 200), Format::Png).width, 300);
}

#[test]
fn a_photo_that_is_not_whole_is_refused_wherever_it_ends() {
    for (whole, format) in [(jpeg(48, 32), Format::Jpeg), (png(48, 32), Format::Png), (webp(48, 32), Format::Webp)] {
        // The last twelve bytes of a PNG say only that it has ended.
        for length in 0..whole.len() - 12 {
            assert_eq!(develop(&whole[..length], format).map(drop), Err(UNREADABLE.to_owned()), "{format:?} {length}");
        }
    }
}

#[test]
fn a_photo_that_would_take_too_much_memory_is_refused_before_it_takes_any() {
    let said = develop(&png_bomb(50_000, 50_000), Format::Png).unwrap_err();
    assert!(said.contains("2500 megapixels") && said.contains("40 are the most"), "{said}");
    assert!(develop(&png_bomb(u32::MAX, u32::MAX), Format::Png).unwrap_err().contains("megapixels"));
    assert_eq!(develop(&png_bomb(0, 10), Format::Png).map(drop), Err(UNREADABLE.to_owned()));
    assert_eq!(develop(&png_bomb(3000, 3000), Format::Png).map(drop), Err(UNREADABLE.to_owned()));
    // A JPEG that says it is larger than it is.
    let mut large = jpeg(48, 32);
    let at = large.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    large[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
    assert!(develop(&large, Format::Jpeg).unwrap_err().contains("4295 megapixels"));
}

#[test]
fn a_photo_that_is_something_else_inside_is_refused() {
    assert_eq!(develop(b"\xff\xd8\xff\xe0<html><script>alert(1)</script>", Format::Jpeg).map(drop), Err(UNREADABLE.to_owned()));
    assert_eq!(develop(&png(20, 20), Format::Jpeg).map(drop), Err(UNREADABLE.to_owned()));
    assert_eq!(develop(&jpeg(20, 20), Format::Mp4).map(drop), Err(UNREADABLE.to_owned()));
    assert!(develop(&samples::moving_webp(), Format::Webp).unwrap_err().contains("moves"));
}

#[test]
fn photos_are_taken_however_they_are_written() {
    for (bytes, format, becomes, size) in [
        (samples::progressive_jpeg(), Format::Jpeg, Format::Jpeg, (24, 16)),
        (samples::cmyk_jpeg(), Format::Jpeg, Format::Jpeg, (16, 8)),
        (samples::palette_png(), Format::Png, Format::Png, (24, 16)),
        (samples::glass_webp(), Format::Webp, Format::Png, (16, 16)),
    ] {
        let photo = kept(&bytes, format);
        assert_eq!((photo.format, (photo.width, photo.height)), (becomes, size), "{format:?}");
    }
    let photo = kept(&samples::lossy_webp(), Format::Webp);
    let picture = again(&photo.bytes);
    assert!(picture.get_pixel(0, 0)[0] > 180 && picture.get_pixel(0, 15)[2] > 180);
}
