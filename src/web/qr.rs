//! An address as a picture that a telephone's camera reads.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light around the dark squares that cameras need, in squares.
const MARGIN: i32 = 4;

/// A QR code, to be drawn as one path in squares of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// What it says.
    pub text: String,
    /// Its width and height with the light around it, in squares.
    pub size: i32,
    /// The dark squares, row by row, as the path of an SVG.
    pub path: String,
}

impl Qr {
    /// The code of a text; nothing when the text is too long for one. A quarter of it may be smudged.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Quartile).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
                let run = i32::try_from(run).ok()?;
                if run > 0 {
                    path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN));
                }
                x += run.max(1);
            }
        }
        Some(Self { text: text.to_owned(), size: code.size() + 2 * MARGIN, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares that a path fills.
    fn squares(path: &str) -> Vec<(usize, usize)> {
        let runs = path.split_terminator('z').map(|run| {
            let numbers: Vec<usize> = run.split(['M', ' ', 'h', 'v', '-']).filter_map(|number| number.parse().ok()).collect();
            (numbers[0], numbers[1], numbers[2])
        });
        runs.flat_map(|(x, y, length)| (x..x + length).map(move |x| (x, y))).collect()
    }

    #[test]
    fn a_camera_reads_the_address() {
        for address in ["https://clinic.example/my/plan", "http://127.0.0.1:8080/my/plan"] {
            let code = Qr::of(address).unwrap();
            let dark = squares(&code.path);
            let scale = 6;
            let size = usize::try_from(code.size).unwrap() * scale;
            let shade = |x: usize, y: usize| if dark.contains(&(x / scale, y / scale)) { 0 } else { 255 };
            let mut seen = rqrr::PreparedImage::prepare_from_greyscale(size, size, shade);
            let found = seen.detect_grids();
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].decode().unwrap().1, address);
        }
    }

    #[test]
    fn what_no_code_holds_has_none() {
        assert_eq!(Qr::of(&"x".repeat(4000)), None);
    }
}
