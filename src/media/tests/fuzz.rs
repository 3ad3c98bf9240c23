//! Whatever stands in a file: nothing panics, what is taken is sound, and what is refused is told in words.
//!
//! Changes sound photos and films here and there, for `FUZZ_SECONDS` (2 unless told), and says how many it tried and how much memory
//! that took. A failure prints its seed; `FUZZ_SEED` begins with that seed again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::Cursor;
use std::time::{Duration, Instant};

use super::super::domain::{KEPT_PIXELS, Kind, THUMBNAIL_PIXELS};
use super::super::film::{self, Flaw};
use super::super::samples::{self, Mp4, SECRET, Webm, holds};
use super::super::{photo, sniff};

/// Most memory a run on its own may take, in kB.
const MOST_MEMORY: u64 = 256 << 10;

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Prints the seed when a test ends badly.
struct Trying(u64);

impl Drop for Trying {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("FUZZ_SEED={}", self.0);
        }
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![
        samples::phone_jpeg(40, 30, 6),
        samples::jpeg(200, 150),
        samples::progressive_jpeg(),
        samples::cmyk_jpeg(),
        samples::png(40, 30),
        samples::glass_png(20, 20),
        samples::palette_png(),
        samples::png_bomb(5000, 5000),
        samples::webp(40, 30),
        samples::lossy_webp(),
        samples::glass_webp(),
        samples::moving_webp(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(),
        b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
    ];
    let mp4 = Mp4::default();
    seeds.extend(
        [mp4, Mp4 { places: false, ..mp4 }, Mp4 { turned: true, codec: b"vp09", ..mp4 }, Mp4 { codec: b"hvc1", ..mp4 }].map(Mp4::bytes),
    );
    let webm = Webm::default();
    seeds.extend([webm, Webm { open: true, ..webm }, Webm { track: 2, ..webm }].map(Webm::bytes));
    seeds
}

/// Numbers that lie at an edge.
const EDGES: [u32; 14] = [0, 1, 2, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x0100_0000, 0x7fff_ffff, 0x8000_0000, u32::MAX];

fn mutate(bytes: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len());
    let end = (at + 1 + random.below(64)).min(bytes.len());
    match random.below(11) {
        0..=2 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
        3 if !bytes.is_empty() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
        4 | 5 if at + 4 <= bytes.len() => {
            let edge = random.one(&EDGES);
            let edge = if random.below(2) == 0 { edge.to_be_bytes() } else { edge.to_le_bytes() };
            let wide = *random.one(&[1, 2, 4]);
            bytes[at..at + wide].copy_from_slice(&edge[4 - wide..]);
        }
        6 if at < end => {
            bytes.drain(at..end);
        }
        7 if at < end => {
            let twice = bytes[at..end].to_vec();
            bytes.splice(at..at, twice);
        }
        8 => bytes.truncate(at),
        9 => {
            let other = random.one(others);
            let from = random.below(other.len());
            let piece = other[from..(from + random.below(200)).min(other.len())].to_vec();
            bytes.splice(at..end.max(at), piece);
        }
        _ => bytes.extend((0..random.below(40)).map(|place| u8::try_from(place * 7 % 256).unwrap())),
    }
}

/// Makes the sums in a PNG right again: else nothing behind the first wrong one would be looked at.
fn mend(bytes: &mut [u8]) {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 4) {
        let length = u32::from_be_bytes(head.try_into().unwrap()) as usize;
        let Some(said) = bytes.get(at + 4..at + 8 + length) else { return };
        let sum = samples::crc(said).to_be_bytes();
        let Some(place) = bytes.get_mut(at + 8 + length..at + 12 + length) else { return };
        place.copy_from_slice(&sum);
        at += 12 + length;
    }
}

/// Looks into a file as an upload does; says whether it was taken.
fn try_one(bytes: &[u8]) -> bool {
    let told = |words: &str| {
        assert!(words.len() > 20 && words.len() < 200 && !words.ends_with('.'), "{words}");
        false
    };
    let format = match sniff::sniff(&bytes[..bytes.len().min(sniff::ENOUGH)]) {
        Ok(format) => format,
        Err(words) => return told(&words),
    };
    if format.kind() == Kind::Photo {
        return match photo::develop(bytes, format) {
            Ok(kept) => {
                assert!(kept.width.max(kept.height) <= KEPT_PIXELS && kept.width.min(kept.height) > 0);
                for (file, most) in [(&kept.bytes, kept.width.max(kept.height)), (&kept.thumbnail, THUMBNAIL_PIXELS)] {
                    assert_eq!(sniff::sniff(file), Ok(kept.format));
                    assert!(!holds(file, SECRET.as_bytes()));
                    let again = photo::develop(file, kept.format).unwrap();
                    assert!(again.width.max(again.height) <= most);
                }
                true
            }
            Err(words) => told(&words),
        };
    }
    let mut file = Cursor::new(bytes.to_vec());
    match film::look(&mut file, format) {
        Ok(seen) => {
            seen.blank(&mut file).unwrap();
            let kept = file.get_ref().clone();
            assert_eq!(kept.len(), bytes.len());
            // What was blanked may have been part of what stays: then it is refused now, but never anything worse.
            if let Ok(again) = film::look(&mut file, format) {
                again.blank(&mut file).unwrap();
                assert!(*file.get_ref() == kept, "what is blank stays as it is");
            }
            true
        }
        Err(Flaw::Words(words)) => told(&words),
        Err(Flaw::Io(error)) => panic!("{error}"),
    }
}

/// The most memory this program has taken, in kB, where that can be known.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
fn whatever_is_in_a_file_does_no_harm_and_is_taken_or_refused_in_words() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seeds = seeds();
    let first = asked("FUZZ_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    let (begun, long) = (Instant::now(), Duration::from_secs(asked("FUZZ_SECONDS").unwrap_or(2)));
    let (mut tried, mut taken, mut seed) = (0_u64, 0_u64, first);
    println!("from seed {first} on");
    while begun.elapsed() < long {
        let _trying = Trying(seed);
        let random = &mut Random(seed | 1);
        let mut bytes = random.one(&seeds).clone();
        for _ in 0..random.below(6) {
            mutate(&mut bytes, &seeds, random);
        }
        if bytes.starts_with(b"\x89PNG") && random.below(4) > 0 {
            mend(&mut bytes);
        }
        tried += 1;
        taken += u64::from(try_one(&bytes));
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    }
    let memory = memory();
    println!("{tried} inputs in {} s, {taken} of them taken, from seed {first} on, {memory:?} kB", begun.elapsed().as_secs());
    assert!(tried > 20 && taken > 0, "only {tried} inputs tried, {taken} taken");
    // With other tests beside it, the memory is not its own.
    if asked("FUZZ_SECONDS").is_some() {
        assert!(memory.is_none_or(|memory| memory < MOST_MEMORY), "{memory:?} kB");
    }
}
