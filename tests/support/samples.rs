//! Photos and films made by hand, sound and unsound ones, with things in them that must not be kept.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

/// What stands in the samples where cameras write places, names and days.
pub const SECRET: &str = "N51.5007-W000.1246";

/// A picture: red at its top, blue at its bottom.
pub fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let down = u8::try_from(y * 255 / height.max(1)).unwrap_or(255);
        Rgb([255 - down, u8::try_from(x % 200).unwrap_or(0), down])
    })
}

/// A plain JPEG.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new(&mut bytes).encode_image(&picture(width, height)).unwrap();
    bytes
}

/// A JPEG as a phone writes it, held on its side: turned by its orientation, with a place in EXIF, in XMP and in a comment, and with
/// a page behind its end.
pub fn phone_jpeg(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let plain = jpeg(width, height);
    let mut bytes = plain[..2].to_vec();
    bytes.extend(segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat()));
    bytes.extend(segment(0xe1, format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{SECRET}</x:xmpmeta>").as_bytes()));
    bytes.extend(segment(0xe2, format!("ICC_PROFILE\0\x01\x01{SECRET}").as_bytes()));
    bytes.extend(segment(0xfe, format!("<script>alert('{SECRET}')</script>").as_bytes()));
    bytes.extend(&plain[2..]);
    bytes.extend(format!("<html><script>alert('{SECRET}')</script></html>").as_bytes());
    bytes
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), body].concat()
}

/// EXIF with an orientation, the name of a camera and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let length = u32::try_from(SECRET.len()).unwrap();
    // Three entries from byte 8 on, then the place's two, then the words.
    let (places, words) = (8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 2 + 2 * 12 + 4);
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(entry(0x010f, 2, length, words));
    tiff.extend(entry(0x0112, 3, 1, orientation.into()));
    tiff.extend(entry(0x8825, 4, 1, places));
    tiff.extend([0; 4]);
    tiff.extend(b"\x02\0");
    tiff.extend(entry(1, 2, 2, u32::from(b'N')));
    tiff.extend(entry(0x1b, 7, length, words));
    tiff.extend([0; 4]);
    tiff.extend(SECRET.as_bytes());
    tiff
}

/// A PNG with words in it.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(picture(width, height).as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    with_chunk(&bytes, b"tEXt", format!("Location\0{SECRET}").as_bytes())
}

/// A PNG one can see through in part.
pub fn glass_png(width: u32, height: u32) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, _| Rgba([200, 30, 30, if x % 2 == 0 { 255 } else { 40 }]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG that says it is this large, and holds next to nothing.
pub fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &head));
    bytes.extend(chunk(b"IDAT", b"\x78\x9c\x63\x00\x00\x00\x01\x00\x01"));
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

fn with_chunk(png: &[u8], kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    // The head of a PNG and its signature are 33 bytes.
    [&png[..33], &chunk(kind, body), &png[33..]].concat()
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let said = [kind.as_slice(), body].concat();
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [length.as_slice(), &said, &crc(&said).to_be_bytes()].concat()
}

/// The sum behind a chunk of a PNG.
pub fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// A WebP.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes).encode(picture(width, height).as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// One box of an MP4.
pub fn boxed(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes(), kind.as_slice(), &body].concat()
}

/// What an MP4 is made of.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that may be wrong")]
pub struct Mp4 {
    /// The letters of how its picture is written.
    pub codec: &'static [u8; 4],
    /// Its length.
    pub seconds: u32,
    /// Whether it is shown turned by a quarter.
    pub turned: bool,
    /// Whether its data are in this file.
    pub here: bool,
    /// Whether it has a picture.
    pub picture: bool,
    /// Whether the camera kept in a track of its own where it was.
    pub places: bool,
    /// Added to where its data begin.
    pub off: u32,
}

impl Default for Mp4 {
    fn default() -> Self {
        Self { codec: b"avc1", seconds: 12, turned: false, here: true, picture: true, places: true, off: 0 }
    }
}

impl Mp4 {
    /// The file: 640 by 360, with places in all corners.
    pub fn bytes(self) -> Vec<u8> {
        let (film, sound, walk) = ([0x11; 300], [0x22; 100], format!("walk {SECRET} walk {SECRET}"));
        let first = boxed(b"ftyp", &[b"isom\0\0\x02\0isomiso2avc1mp41"]);
        let data = boxed(b"mdat", &[&film, &sound, walk.as_bytes()]);
        let begin = u32::try_from(first.len() + 8).unwrap() + self.off;
        let place = boxed(b"udta", &[&boxed(b"\xa9xyz", &[SECRET.as_bytes()])]);
        let meta = boxed(b"meta", &[&[0; 4], &boxed(b"ilst", &[SECRET.as_bytes()])]);
        let head = boxed(b"mvhd", &[&[0; 12], &1000_u32.to_be_bytes(), &(self.seconds * 1000).to_be_bytes(), &[0; 80]]);
        let kind = if self.picture { b"vide" } else { b"soun" };
        let shown = self.track(kind, self.codec, begin, &[150, 150], &place);
        let heard = self.track(b"soun", b"mp4a", begin + 300, &[100], b"");
        let half = u32::try_from(walk.len() / 2).unwrap();
        let walked = if self.places { self.track(b"meta", b"mebx", begin + 400, &[half, half], b"") } else { Vec::new() };
        let table = boxed(b"moov", &[&head, &shown, &heard, &walked, &place, &meta]);
        let hidden = boxed(b"uuid", &[b"0123456789abcdef", SECRET.as_bytes()]);
        let free = boxed(b"free", &[b"<script>", SECRET.as_bytes()]);
        [first, data, hidden, table, free].concat()
    }

    fn track(self, kind: &[u8; 4], codec: &[u8; 4], begin: u32, sizes: &[u32], more: &[u8]) -> Vec<u8> {
        let turn: [u32; 9] = if self.turned {
            [0, 0x1_0000, 0, 0xffff_0000, 0, 0, 0, 0, 0x4000_0000]
        } else {
            [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000]
        };
        let matrix: Vec<u8> = turn.iter().flat_map(|number| number.to_be_bytes()).collect();
        let head = boxed(b"tkhd", &[&[0; 40], &matrix, &640_u32.to_be_bytes(), &360_u32.to_be_bytes()]);
        let entry = boxed(codec, &[&[0; 6], &[0, 1], &[0; 16], &640_u16.to_be_bytes(), &360_u16.to_be_bytes(), &[0; 50]]);
        let whole = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
        let count = u32::try_from(sizes.len()).unwrap();
        let tables = boxed(
            b"stbl",
            &[
                &boxed(b"stsd", &[&whole(&[0, 1]), &entry]),
                &boxed(b"stts", &[&whole(&[0, 1, count, 40])]),
                &boxed(b"stsc", &[&whole(&[0, 1, 1, count, 1])]),
                &boxed(b"stsz", &[&whole(&[0, 0, count]), &whole(sizes)]),
                &boxed(b"stco", &[&whole(&[0, 1, begin])]),
            ],
        );
        let reference = boxed(b"dref", &[&whole(&[0, 1]), &boxed(b"url ", &[&whole(&[u32::from(self.here)])])]);
        let inner = boxed(b"minf", &[&boxed(b"vmhd", &[&[0; 12]]), &boxed(b"dinf", &[&reference]), &tables]);
        let handler = boxed(b"hdlr", &[&[0; 8], kind, &[0; 13]]);
        let media = boxed(b"mdia", &[&boxed(b"mdhd", &[&[0; 24]]), &handler, &inner]);
        boxed(b"trak", &[&head, &media, more])
    }
}

/// One element of a `WebM`.
pub fn element(name: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = (0x1000_0000 | u32::try_from(body.len()).unwrap()).to_be_bytes();
    [name, length.as_slice(), &body].concat()
}

/// What a `WebM` is made of.
#[derive(Debug, Clone, Copy)]
pub struct Webm {
    /// What it says it is.
    pub kind: &'static str,
    /// How its picture is written.
    pub codec: &'static str,
    /// Its length.
    pub seconds: u32,
    /// 1 for a picture, 2 for sound, 17 for words.
    pub track: u8,
    /// Whether its length stands nowhere, as when a browser records it.
    pub open: bool,
}

impl Default for Webm {
    fn default() -> Self {
        Self { kind: "webm", codec: "V_VP9", seconds: 12, track: 1, open: false }
    }
}

impl Webm {
    /// The file: 640 by 360, with places in all corners.
    pub fn bytes(self) -> Vec<u8> {
        let head = element(b"\x1a\x45\xdf\xa3", &[&element(b"\x42\x86", &[&[1]]), &element(b"\x42\x82", &[self.kind.as_bytes()])]);
        let length = (f64::from(self.seconds) * 1000.0).to_be_bytes();
        let facts = element(
            b"\x15\x49\xa9\x66",
            &[
                &element(b"\x2a\xd7\xb1", &[&1_000_000_u32.to_be_bytes()]),
                &element(b"\x44\x89", &[&length]),
                &element(b"\x4d\x80", &[b"test"]),
                &element(b"\x57\x41", &[b"test"]),
                &element(b"\x7b\xa9", &[SECRET.as_bytes()]),
                // The shortest there is: a name, a length, and a byte.
                b"\xbf\x81\x07",
            ],
        );
        let size = element(b"\xe0", &[&element(b"\xb0", &[&640_u16.to_be_bytes()]), &element(b"\xba", &[&360_u16.to_be_bytes()])]);
        let track = element(
            b"\xae",
            &[
                &element(b"\xd7", &[&[1]]),
                &element(b"\x83", &[&[self.track]]),
                &element(b"\x53\x6e", &[SECRET.as_bytes()]),
                &element(b"\x86", &[self.codec.as_bytes()]),
                &size,
            ],
        );
        let tracks = element(b"\x16\x54\xae\x6b", &[&track]);
        let pieces = [element(b"\xe7", &[&[0]]), element(b"\xa3", &[&[0x81, 0, 0, 0x80], &[0x33; 200]])].concat();
        let cluster =
            if self.open { [b"\x1f\x43\xb6\x75\xff", pieces.as_slice()].concat() } else { element(b"\x1f\x43\xb6\x75", &[&pieces]) };
        let tags = element(b"\x12\x54\xc3\x67", &[&element(b"\x73\x73", &[SECRET.as_bytes()])]);
        let attached = element(b"\x19\x41\xa4\x69", &[SECRET.as_bytes()]);
        let void = element(b"\xec", &[SECRET.as_bytes()]);
        let inside = [facts, void, tracks, tags, cluster, attached].concat();
        let segment = if self.open {
            [b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff", inside.as_slice()].concat()
        } else {
            element(b"\x18\x53\x80\x67", &[&inside])
        };
        [head, segment].concat()
    }
}

/// Whether one is in the other.
pub fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// What no encoder at hand writes, in hexadecimal digits.
fn written(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// A JPEG drawn in several passes, 24 by 16.
pub fn progressive_jpeg() -> Vec<u8> {
    written(
        "ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17202e293130\
         2e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffdb0043010e0e0e131113261515264f352d354f4f\
         4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4fffc20011080010\
         001803012200021101031101ffc40017000003010000000000000000000000000000040503ffc400150101010000000000000000000000\
         0000000403ffda000c0301000210031000000141a9cd55544c0313ffc400161000030000000000000000000000000000000102ffda0008\
         010100010502964b2592c964b3ffc40017110003010000000000000000000000000000010403ffda0008010301013f01d2c1d87fffc400\
         17110003010000000000000000000000000000010402ffda0008010201013f01dc2384ffc4001410010000000000000000000000000000\
         0020ffda0008010100063f025fffc40014100100000000000000000000000000000020ffda0008010100013f214001ffda000c03010002\
         000300000010cfefffc40017110100030000000000000000000000000000213161ffda0008010301013f10d135bfffc400171101000300\
         00000000000000000000000000213161ffda0008010201013f10c1353fffc400161001010100000000000000000000000000003121ffda\
         0008010100013f108a3a8a3a8ea2ffd9",
    )
}

/// A JPEG in the colours of printers, 16 by 8.
pub fn cmyk_jpeg() -> Vec<u8> {
    written(
        "ffd8ffee000e41646f626500640000000000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c2e243249404c4b4740\
         4645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffc000140800080010044311004d11005911004b1100ff\
         c40017000003010000000000000000000000000000030605ffc40019100002030100000000000000000000000000160462a141ffda000e\
         0443004d0059004b00003f00733df4968dc10b14c2cc19efa6b46e02c5300fffd9",
    )
}

/// A `WebP` as cameras write it, 24 by 16.
pub fn lossy_webp() -> Vec<u8> {
    written(
        "524946466800000057454250565038205c0000007004009d012a180010003ed15aa64bbfa5a3a1b00803f01a096c009d32847737a48030\
         13765feb0e3ce39c2000feb9dc81a79395e1dbe0b8f97d51d255bfff8e71a557fcf0d86b2798697c87c925ca8c54669e490d94f8fdb500\
         0000",
    )
}

/// A `WebP` one can see through in part, 16 by 16.
pub fn glass_webp() -> Vec<u8> {
    written(
        "524946468c00000057454250565038580a000000100000000f00000f0000414c504826000000017f40a46d9b3a1c2c7c44c422e2ee6016\
         001a93140a2e8514824a614cfb23fa1fea3183ff025650382040000000d002009d012a1000100002c04c25b002746680fc01fa00050b82\
         047422ce0000fee344fed511ceae50ba17bafccdbffc7b868029ffcf617bfb90c5c428c00000",
    )
}

/// A `WebP` that moves, 16 by 16.
pub fn moving_webp() -> Vec<u8> {
    written(
        "52494646dc00000057454250565038580a000000020000000f00000f0000414e494d06000000000000000000414e4d4652000000000000\
         0000000f00000f000000000002565038203a0000005001009d012a1000100004006825b00004740000fee90ffbfe993fe362fabffd6f94\
         6fe431fc5982233c8fffff1ce353f823e7fa70d600000000414e4d46560000000000000000000f00000f000000000000565038203e0000\
         005401009d012a1000100000006825b00004740000fee90fe37ed6efbf67f0dde2f355e1544dd5e7eeeffcbb1fd7ce9876734b4fffe52b\
         2f2d3fa9ac691c00",
    )
}

/// A PNG with a palette, one colour of which can be seen through, 24 by 16.
pub fn palette_png() -> Vec<u8> {
    written(
        "89504e470d0a1a0a0000000d4948445200000018000000100403000000fe0aa2a600000030504c5445e0971fe07e1f988c67e05f1f985f\
         67588ca7208cdf585fa7205fdfe0351f983567e00e1f980e675835a72035df400ebf976c479a0000000174524e530040e6d86600000052\
         49444154789c8dcbb10d80300c44d18f9505ac2c10b1016261f6600c7a940d22b72e0c25a6cb5577d2bde5243a7e70331052264751c270\
         65eb3a6d502a7e111564ffddd6968db4cff098ba120685914ceabcefd114c7f6cfd5660000000049454e44ae426082",
    )
}
