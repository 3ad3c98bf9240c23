//! Props: what a figure lies, sits or stands on, and what it holds.

use super::body::HEIGHT;
use super::place::{Part, Place};
use super::posture::{View, shown};

/// A thing drawn with the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Prop {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub at: At,
    /// Its measure in units, where one is given: a height, or the radius of a ball.
    pub size: Option<f64>,
}

/// What a prop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A mat on the floor.
    Mat,
    /// A chair with a back.
    Chair,
    /// A bench, couch or box.
    Bench,
    /// A bed or treatment table.
    Bed,
    /// A step.
    Step,
    /// A foam roller, seen from its end.
    Roller,
    /// A foam roller, seen from its long side.
    LongRoller,
    /// A ball.
    Ball,
    /// A pillow.
    Pillow,
    /// A slider or sock.
    Slider,
    /// A band or strap.
    Band,
    /// A loop of band round two parts.
    Loop,
    /// A weight.
    Weight,
    /// A wall.
    Wall,
    /// A rail or the back of a chair to hold on to.
    Rail,
    /// A bar to hang from.
    Bar,
    /// Ground that rises to the right; its size is the rise in percent.
    Slope,
    /// An arrow that shows which way one presses where nothing moves.
    Press,
}

/// Where a prop is.
#[derive(Debug, Clone, PartialEq)]
pub enum At {
    /// On the floor, below everything.
    Floor,
    /// Below these places of the body, which rest on it.
    Under(Vec<Place>),
    /// At this place of the body.
    On(Place),
    /// Pressed against this place from outside: from the right or left, seen from the side from behind.
    Against(Place),
    /// Between two places.
    Between(Place, Place),
    /// From a place to the edge of the picture: −1 to the left, 1 to the right, at this height as a share of the body height.
    Edge(Place, f64, f64),
    /// Pressing on a place or, where the flag is set, away from it; the direction in degrees: 0 to the right of the picture, 90 up.
    Pressing(Place, f64, bool),
    /// Beside the figure: −1 to its left in the picture, 1 to its right.
    Beside(f64),
}

const KINDS: [(&str, Kind); 21] = [
    ("mat", Kind::Mat),
    ("chair", Kind::Chair),
    ("bench", Kind::Bench),
    ("couch", Kind::Bench),
    ("box", Kind::Bench),
    ("bed", Kind::Bed),
    ("step", Kind::Step),
    ("roller", Kind::Roller),
    ("long roller", Kind::LongRoller),
    ("ball", Kind::Ball),
    ("pillow", Kind::Pillow),
    ("slider", Kind::Slider),
    ("band", Kind::Band),
    ("strap", Kind::Band),
    ("loop", Kind::Loop),
    ("weight", Kind::Weight),
    ("wall", Kind::Wall),
    ("rail", Kind::Rail),
    ("bar", Kind::Bar),
    ("slope", Kind::Slope),
    ("press", Kind::Press),
];

impl Prop {
    /// Reads "bench 0.25 under shoulder blades", "roller under near thigh 0.8", "band from near ankle to far ankle", "wall ahead".
    ///
    /// # Errors
    /// A sentence about what cannot be read.
    pub fn read(text: &str, view: View) -> Result<Self, String> {
        let text = text.trim();
        let known = KINDS.iter().filter(|(word, _)| text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
        let Some((word, kind)) = known.max_by_key(|(word, _)| word.len()) else {
            let words: Vec<&str> = KINDS.iter().map(|(word, _)| *word).collect();
            return Err(format!("\"{}\" is no prop; begin with one of {}", shown(text), words.join(", ")));
        };
        let mut rest = text.get(word.len()..).unwrap_or_default().trim();
        let mut size = None;
        if let Some((first, more)) = rest.split_once(' ').or(if rest.is_empty() { None } else { Some((rest, "")) })
            && let Ok(number) = first.parse::<f64>()
        {
            size = Some(measure(*kind, number)?);
            rest = more.trim();
        }
        let at = Self::at(*kind, rest, view)?;
        if *kind == Kind::Slope && size.is_none() {
            return Err("slope needs its rise in percent, such as slope 6".to_owned());
        }
        Ok(Self { kind: *kind, at, size })
    }

    fn at(kind: Kind, rest: &str, view: View) -> Result<At, String> {
        let place = |words: &str| Place::read(words, view);
        if rest.is_empty() {
            return match kind {
                Kind::Mat | Kind::Slope => Ok(At::Floor),
                _ => Err("say where it is: under, on, against, between, from … to …, ahead, behind, right or left".to_owned()),
            };
        }
        let (how, what) = rest.split_once(' ').unwrap_or((rest, ""));
        if kind == Kind::Press {
            return pressing(how, what, view);
        }
        match how {
            "ahead" | "left" if view == View::Side && how == "left" => Err("seen from the side, things are ahead or behind".to_owned()),
            "ahead" => Ok(At::Beside(1.0)),
            "behind" => Ok(At::Beside(-1.0)),
            // The figure faces the viewer: its right is on the left of the picture.
            "right" => Ok(At::Beside(-1.0)),
            "left" => Ok(At::Beside(1.0)),
            "under" => what.split(" and ").map(place).collect::<Result<Vec<_>, _>>().map(At::Under),
            "on" | "in" | "at" | "over" => place(what).map(At::On),
            "against" => place(what).map(At::Against),
            "between" | "from" | "round" => {
                let (one, other) = what
                    .split_once(" and ")
                    .or_else(|| what.split_once(" to "))
                    .ok_or_else(|| format!("{how} needs two places, such as \"{how} near ankle and far ankle\""))?;
                let one = place(one)?;
                if let Some((edge, height)) = edge(other) {
                    return Ok(At::Edge(one, edge, height));
                }
                Ok(At::Between(one, place(other)?))
            }
            _ => Err(format!(
                "\"{}\" does not say where it is; write under, on, against, between, from … to …, ahead or behind",
                shown(rest)
            )),
        }
    }

    /// The height of its top where it holds the body up at a given height, in units.
    pub fn top(&self) -> Option<f64> {
        match (self.kind, self.size) {
            (Kind::Chair | Kind::Bench | Kind::Bed | Kind::Step, Some(size)) => Some(size),
            (Kind::Roller, _) => Some(2.0 * self.radius()),
            // It sinks in.
            (Kind::Ball, _) => Some(1.3 * self.radius()),
            (Kind::Pillow, _) => Some(5.0),
            (Kind::Slider, _) => Some(2.2),
            _ => None,
        }
    }

    /// The radius of what is round, in units.
    pub fn radius(&self) -> f64 {
        match self.kind {
            Kind::Roller | Kind::LongRoller => 7.0,
            _ => self.size.unwrap_or(4.0),
        }
    }

    /// Whether a part of the body rests on it.
    pub fn carries(&self, place: &Place) -> bool {
        match &self.at {
            At::Under(places) => places.iter().any(|under| {
                let halves = place.each().all(|half| under.halves[half]);
                halves
                    && (under.part == place.part
                        || matches!(
                            (under.part, place.part),
                            (Part::Foot, Part::Forefoot | Part::Heel | Part::Toes)
                                | (Part::Heel, Part::Foot)
                                | (Part::Back, Part::Shoulders)
                        ))
            }),
            _ => false,
        }
    }
}

/// "down on belly", "up from near thigh 0.8".
fn pressing(direction: &str, what: &str, view: View) -> Result<At, String> {
    let direction = match (direction, view) {
        ("up", _) => 90.0,
        ("down", _) => -90.0,
        ("ahead", View::Side) | ("left", View::Front | View::Top) => 0.0,
        ("back", View::Side) | ("right", View::Front | View::Top) => 180.0,
        _ => return Err(format!("\"{}\" is no direction here; write press up, press down, or a side", shown(direction))),
    };
    match what.split_once(' ') {
        Some(("on", place)) => Ok(At::Pressing(Place::read(place, view)?, direction, false)),
        Some(("from", place)) => Ok(At::Pressing(Place::read(place, view)?, direction, true)),
        _ => Err("say where it presses, such as \"press down on belly\" or \"press up from near thigh\"".to_owned()),
    }
}

/// "right edge", "left edge 0.1": where a band is anchored beside the picture.
fn edge(words: &str) -> Option<(f64, f64)> {
    let words = words.trim();
    let (words, height) = match words.rsplit_once(' ') {
        Some((words, height)) if height.parse::<f64>().is_ok() => (words, height.parse().unwrap_or(0.0)),
        _ => (words, -1.0),
    };
    match words {
        "right edge" => Some((1.0, height)),
        "left edge" => Some((-1.0, height)),
        _ => None,
    }
}

fn measure(kind: Kind, number: f64) -> Result<f64, String> {
    match kind {
        Kind::Slope if (0.0..=15.0).contains(&number) => Ok(number),
        Kind::Slope => Err("a slope rises 0 to 15 percent".to_owned()),
        _ if (0.01..=0.6).contains(&number) => Ok(number * HEIGHT),
        _ => Err("a measure is a share of the body height between 0.01 and 0.6".to_owned()),
    }
}
