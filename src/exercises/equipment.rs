//! What an exercise needs: known things, each with the words that say which one and when.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use crate::text::{nearest, words};

words! {
    /// A thing one needs; also what the library is filtered by.
    Equipment {
        /// To lie or kneel on.
        Mat = "mat", "mat";
        /// A cushion or pillow.
        Cushion = "cushion", "cushion";
        /// To sit on, or to rest the calves on.
        Chair = "chair", "chair";
        /// A sofa.
        Couch = "couch", "couch";
        /// A firm bed or table.
        Bed = "bed", "firm bed";
        /// A bench.
        Bench = "bench", "bench";
        /// A wall.
        Wall = "wall", "wall";
        /// A wall, rail, table or chair back for the hand.
        Support = "support", "something to hold on to";
        /// A step or stair.
        Step = "step", "step";
        /// A foam roller.
        Roller = "foam roller", "foam roller";
        /// A ball to press into a muscle.
        MassageBall = "massage ball", "massage ball";
        /// A ball to squeeze.
        Ball = "ball", "soft ball";
        /// A sock or a slider on a smooth floor.
        Slider = "slider", "slider or sock";
        /// A strap or a towel.
        Strap = "strap", "strap or towel";
        /// A stick.
        Stick = "stick", "stick";
        /// A short closed band.
        MiniBand = "mini band", "mini band";
        /// A long band in a loop.
        LoopBand = "loop band", "loop band";
        /// A long band tied to something that holds.
        AnchoredBand = "anchored band", "anchored band";
        /// A dumb-bell, kettlebell or bag.
        Weight = "weight", "weight";
        /// A weight for the ankle.
        AnkleWeight = "ankle weight", "ankle weight";
        /// A bar to hang from.
        Bar = "pull-up bar", "pull-up bar";
        /// Level ground to hop or run on.
        Ground = "flat ground", "flat ground";
        /// A gentle hill.
        Hill = "hill", "gentle hill";
        /// A treadmill.
        Treadmill = "treadmill", "treadmill";
        /// A band of any kind, where a collection does not say which.
        Band = "band", "band of any kind";
        /// A large ball to sit or lie on.
        ExerciseBall = "exercise ball", "large exercise ball";
        /// A cable with weights.
        Cable = "cable", "cable machine";
        /// A machine of a gym.
        Machine = "machine", "gym machine";
    }
}

impl Equipment {
    /// What only exercises of public collections ask for.
    pub const OF_COLLECTIONS: [Self; 4] = [Self::Band, Self::ExerciseBall, Self::Cable, Self::Machine];
}

/// One line of what is needed: "step, 15–30 cm", "couch or wall", "weight (later)".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The things of which one is enough. Never empty.
    pub any: Vec<Equipment>,
    /// Which one, or how it lies: "15–30 cm"; empty when any will do.
    pub detail: String,
    /// When it is needed, when not from the beginning: "later"; empty otherwise.
    pub when: String,
}

impl Need {
    /// Reads "thing or thing, detail (when)".
    ///
    /// # Errors
    /// What is wrong, with the word that was probably meant.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (rest, when) = match text.trim().strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
            Some((rest, when)) => (rest, when.trim()),
            None => (text.trim(), ""),
        };
        let (things, detail) = rest.split_once(", ").unwrap_or((rest, ""));
        let any = things.split(" or ").map(thing).collect::<Result<_, _>>()?;
        Ok(Self { any, detail: detail.trim().to_owned(), when: when.to_owned() })
    }

    /// The line as a file has it, from which it is read again.
    #[must_use]
    pub fn written(&self) -> String {
        let things: Vec<&str> = self.any.iter().map(|thing| thing.word()).collect();
        let detail = if self.detail.is_empty() { String::new() } else { format!(", {}", self.detail) };
        let when = if self.when.is_empty() { String::new() } else { format!(" ({})", self.when) };
        format!("{}{detail}{when}", things.join(" or "))
    }

    /// All needs in words: "mat, weight (later)"; empty when nothing.
    #[must_use]
    pub fn all(needs: &[Self]) -> String {
        // A semicolon keeps things apart whose words hold a comma.
        let needs: Vec<String> = needs.iter().map(ToString::to_string).collect();
        needs.join(if needs.iter().any(|need| need.contains(", ")) { "; " } else { ", " })
    }

    /// Whether one cannot begin without it.
    #[must_use]
    pub fn at_once(&self) -> bool {
        self.when.is_empty()
    }
}

impl fmt::Display for Need {
    /// The words on a page.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, thing) in self.any.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { " or " }, thing.label())?;
        }
        if !self.detail.is_empty() {
            write!(f, ", {}", self.detail)?;
        }
        if self.when.is_empty() { Ok(()) } else { write!(f, " ({})", self.when) }
    }
}

fn thing(word: &str) -> Result<Equipment, String> {
    Equipment::from_word(word.trim()).ok_or_else(|| {
        let meant = nearest(word, Equipment::ALL.iter().map(|thing| thing.word()));
        let meant = meant.map_or_else(
            || "write a thing the library knows, then a comma and which one: \"step, 15 cm\"".to_owned(),
            |near| format!("did you mean \"{near}\"?"),
        );
        format!("unknown equipment \"{word}\"; {meant}")
    })
}

impl<'de> Deserialize<'de> for Need {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Words)
    }
}

struct Words;

impl Visitor<'_> for Words {
    type Value = Need;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a thing and which one, like \"step, 15–30 cm\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Need, E> {
        Need::parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_reads_and_shows() {
        let cases: [(&str, &[Equipment], &str); 5] = [
            ("mat", &[Equipment::Mat], "mat"),
            ("step, 15–30 cm", &[Equipment::Step], "step, 15–30 cm"),
            ("couch or wall", &[Equipment::Couch, Equipment::Wall], "couch or wall"),
            ("weight (later)", &[Equipment::Weight], "weight (later)"),
            ("support, wall or rail (if unsteady)", &[Equipment::Support], "something to hold on to, wall or rail (if unsteady)"),
        ];
        for (text, any, shown) in cases {
            let need = Need::parse(text).unwrap();
            assert_eq!((need.any.as_slice(), need.to_string().as_str()), (any, shown));
            assert_eq!(need.at_once(), !text.contains('('));
        }
        assert_eq!(Need::parse("minni band"), Err("unknown equipment \"minni band\"; did you mean \"mini band\"?".to_owned()));
        assert!(Need::parse("").unwrap_err().contains("write a thing"));
    }
}
