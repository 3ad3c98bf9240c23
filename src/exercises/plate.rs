//! Plates: positions side by side that an article shows. Each is a file in `articles/plates/`; the outcomes of a test are plates, too.

use rust_embed::RustEmbed;
use serde::Deserialize;

use super::{Picture, Pose, Region};
use crate::markdown::Flaw;

#[derive(RustEmbed)]
#[folder = "articles/plates/"]
struct Files;

/// Where the files lie, as flaws name them.
const FOLDER: &str = "articles/plates";

/// Some positions side by side.
pub(super) struct Plate {
    /// Its name, which is the name of its file.
    pub name: String,
    pub picture: Picture,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    /// Muscles and places that are tinted.
    regions: Vec<Region>,
    positions: Vec<Pose>,
}

/// Reads the plates that belong to the program.
///
/// # Errors
/// Every flaw of every file, as "articles/plates/x.toml:12: reason".
pub(super) fn load() -> Result<Vec<Plate>, Vec<String>> {
    let (mut plates, mut flaws) = (Vec::new(), Vec::new());
    for file in Files::iter() {
        let (Some(name), Some(bytes)) = (file.strip_suffix(".toml"), Files::get(&file)) else { continue };
        match read(name, &String::from_utf8_lossy(&bytes.data)) {
            Ok(plate) => plates.push(plate),
            Err(flaw) => flaws.push(flaw.in_file(&format!("{FOLDER}/{file}"))),
        }
    }
    flaws.sort();
    if flaws.is_empty() { Ok(plates) } else { Err(flaws) }
}

fn read(name: &str, text: &str) -> Result<Plate, Flaw> {
    let line_at = |place: usize| 1 + text.get(..place).unwrap_or(text).matches('\n').count();
    let front: Front = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(span.start));
        Flaw::new(line, error.message())
    })?;
    if front.positions.is_empty() {
        return Err(Flaw::new(1, "a plate shows at least one position; write [[positions]] with pose and contact"));
    }
    let poses: Vec<&Pose> = front.positions.iter().collect();
    match Picture::of_positions(name, &poses, &front.regions) {
        Ok(picture) => Ok(Plate { name: name.to_owned(), picture }),
        Err((place, reason)) => {
            let line = text.match_indices("[[positions]]").nth(place).map_or(1, |(at, _)| line_at(at));
            Err(Flaw::new(line, reason))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "regions = [\"iliopsoas\"]\n\n[[positions]]\n\
                        pose = \"side | trunk +0 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0\"\ncontact = [\"both feet\"]\n";

    #[test]
    fn every_plate_of_the_program_reads() {
        let plates = load().unwrap_or_else(|flaws| panic!("{}", flaws.join("\n")));
        assert!(plates.iter().any(|plate| plate.name == "swing-sprint"));
        for plate in plates {
            assert!(plate.picture.url.starts_with(&format!("/drawings/{}.", plate.name)) && plate.picture.width > plate.picture.height);
        }
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_line() {
        assert!(read("stand", GOOD).is_ok());
        for (good, bad, line, words) in [
            ("iliopsoas", "iliopsaos", 1, "did you mean \"iliopsoas\"?"),
            ("contact", "contacts", 5, "contacts"),
            ("trunk +0", "trunk up", 3, "no angle"),
            ("[[positions]]", "[[places]]", 3, "places"),
        ] {
            let flaw = read("stand", &GOOD.replacen(good, bad, 1)).map(|_| ()).unwrap_err();
            assert!(flaw.line == line && flaw.reason.contains(words), "{bad}: {flaw}");
        }
        assert_eq!(read("none", "regions = []\npositions = []").map(|_| ()).unwrap_err().line, 1);
    }
}
