//! A photo is made anew: decoded within limits, turned upright, made smaller and written without anything but its picture. Where it
//! was taken, by whom and with what goes, and so does whatever else was hidden in the file.

mod head;

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType as Filter, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits};

use super::domain::{Format, KEPT_PIXELS, MOST_MEGAPIXELS, THUMBNAIL_PIXELS};

/// Most memory a photo may take while it is decoded, in bytes: 40 megapixels of an ordinary JPEG need 120 MB.
const MOST_MEMORY: u64 = 192 << 20;
/// Most memory for what a PNG holds besides its picture, in bytes.
const MOST_BESIDE: u64 = 32 << 20;
/// How finely a JPEG is written, of 100.
const QUALITY: u8 = 85;

const UNREADABLE: &str = "This photo is damaged or not complete. Open it on your device, save it again, then choose that";

/// A photo as it is kept.
#[derive(Debug)]
pub struct Photo {
    /// How both files are written.
    pub format: Format,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
    /// The small picture.
    pub thumbnail: Vec<u8>,
}

/// Makes a photo as it is kept of one that arrived.
///
/// # Errors
/// The words beside the field.
pub fn develop(bytes: &[u8], format: Format) -> Result<Photo, String> {
    let (image, orientation) = decode(bytes, format)?;
    let mut image = plain(shrink(image, KEPT_PIXELS));
    image.apply_orientation(orientation);
    let thumbnail = shrink(image.clone(), THUMBNAIL_PIXELS);
    let (format, bytes) = write(&image, format)?;
    let thumbnail = if format == Format::Png { png(&thumbnail)? } else { jpeg(&thumbnail)? };
    Ok(Photo { format, width: image.width(), height: image.height(), bytes, thumbnail })
}

fn decode(bytes: &[u8], format: Format) -> Result<(DynamicImage, Orientation), String> {
    let head = head::read(bytes, format).ok_or(UNREADABLE)?;
    let pixels = u64::from(head.width) * u64::from(head.height);
    if pixels == 0 {
        return Err(UNREADABLE.to_owned());
    }
    let most = (MOST_MEGAPIXELS * 1_000_000).min(MOST_MEMORY / head.cost);
    if pixels > most {
        let (is, most) = (pixels.div_ceil(1_000_000), most / 1_000_000);
        return Err(format!("This photo has {is} megapixels; {most} are the most a photo of its kind may have. Save it smaller"));
    }
    let size = (head.width, head.height);
    let bytes = bytes.get(..head.end).unwrap_or(bytes);
    match format {
        Format::Png => {
            let mut limits = Limits::no_limits();
            limits.max_alloc = Some(MOST_BESIDE);
            picture(PngDecoder::with_limits(Cursor::new(bytes), limits), size)
        }
        Format::Webp => match WebPDecoder::new(Cursor::new(bytes)) {
            Ok(moving) if moving.has_animation() => Err("This WebP moves. Choose a photo, or an MP4 or WebM film".to_owned()),
            still => picture(still, size),
        },
        Format::Jpeg => picture(JpegDecoder::new(Cursor::new(bytes)), size),
        Format::Mp4 | Format::Webm => Err(UNREADABLE.to_owned()),
    }
}

/// Decodes, if the decoder sees the size that was seen before.
fn picture(decoder: image::ImageResult<impl ImageDecoder>, size: (u32, u32)) -> Result<(DynamicImage, Orientation), String> {
    let mut decoder = decoder.map_err(|_| UNREADABLE)?;
    if decoder.dimensions() != size || decoder.total_bytes() > MOST_MEMORY {
        return Err(UNREADABLE.to_owned());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|_| UNREADABLE)?;
    Ok((image, orientation))
}

/// Makes it fit into a square. The first step of a long way is coarse, so that it needs no memory to speak of.
fn shrink(mut image: DynamicImage, most: u32) -> DynamicImage {
    if image.width().max(image.height()) > 2 * most {
        image = image.thumbnail(2 * most, 2 * most);
    }
    if image.width().max(image.height()) > most { image.resize(most, most, FilterType::CatmullRom) } else { image }
}

/// Eight bits a value, and no more of them than it needs.
fn plain(image: DynamicImage) -> DynamicImage {
    if image.color().has_alpha() {
        let image = image.into_rgba8();
        if image.pixels().any(|pixel| pixel.0[3] != u8::MAX) {
            return image.into();
        }
        return DynamicImage::from(image).into_rgb8().into();
    }
    image.into_rgb8().into()
}

/// What can be seen through stays PNG; a drawing does where that is smaller; all else becomes JPEG.
fn write(image: &DynamicImage, arrived: Format) -> Result<(Format, Vec<u8>), String> {
    if image.color().has_alpha() {
        return Ok((Format::Png, png(image)?));
    }
    let photo = jpeg(image)?;
    if arrived != Format::Jpeg {
        let drawing = png(image)?;
        if drawing.len() <= photo.len() {
            return Ok((Format::Png, drawing));
        }
    }
    Ok((Format::Jpeg, photo))
}

fn jpeg(image: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map_err(|_| UNREADABLE)?;
    Ok(bytes)
}

fn png(image: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, Filter::Adaptive);
    image.write_with_encoder(encoder).map_err(|_| UNREADABLE)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
