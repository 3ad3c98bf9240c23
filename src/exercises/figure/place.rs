//! Places of the body as words name them: "near foot", "both knees", "back".

use super::body::{Bone, FAR, NEAR, depth};
use super::posture::{View, half_named, shown};
use super::skeleton::{Point, Skeleton, Spot};

/// A part of the body that can touch something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The whole sole.
    Foot,
    /// Ball and toes.
    Forefoot,
    /// The tips of the toes.
    Toes,
    /// The heel.
    Heel,
    /// The ankle.
    Ankle,
    /// The knee.
    Knee,
    /// The front of the shank: knee and ankle.
    Shin,
    /// The back of the shank.
    Calf,
    /// The thigh.
    Thigh,
    /// The whole leg, stretched out.
    Leg,
    /// The hip.
    Hip,
    /// The palm.
    Hand,
    /// The wrist.
    Wrist,
    /// Elbow to wrist.
    Forearm,
    /// The elbow.
    Elbow,
    /// The whole arm, stretched out.
    Arm,
    /// The shoulder of one side.
    Shoulder,
    /// Hips and upper back.
    Back,
    /// The upper back.
    Shoulders,
    /// The lower edge of the shoulder blades.
    ShoulderBlades,
    /// The head.
    Head,
    /// The chest.
    Chest,
    /// The belly or the front of the pelvis.
    Belly,
    /// Between the lowest rib and the pelvis.
    Waist,
    /// What one sits on.
    Buttocks,
    /// Hips and chest.
    Trunk,
    /// Chest, pelvis and the far leg.
    Front,
}

/// The words for the parts that come in pairs, singular and plural.
const PAIRED: [(&str, &str, Part); 17] = [
    ("foot", "feet", Part::Foot),
    ("forefoot", "forefeet", Part::Forefoot),
    ("toes", "toes", Part::Toes),
    ("heel", "heels", Part::Heel),
    ("ankle", "ankles", Part::Ankle),
    ("knee", "knees", Part::Knee),
    ("shin", "shins", Part::Shin),
    ("calf", "calves", Part::Calf),
    ("thigh", "thighs", Part::Thigh),
    ("leg", "legs", Part::Leg),
    ("hip", "hips", Part::Hip),
    ("hand", "hands", Part::Hand),
    ("wrist", "wrists", Part::Wrist),
    ("forearm", "forearms", Part::Forearm),
    ("elbow", "elbows", Part::Elbow),
    ("arm", "arms", Part::Arm),
    ("shoulder", "both shoulders", Part::Shoulder),
];

/// The words for the parts there is one of.
const SINGLE: [(&str, Part); 10] = [
    ("back", Part::Back),
    ("shoulders", Part::Shoulders),
    ("shoulder blades", Part::ShoulderBlades),
    ("head", Part::Head),
    ("chest", Part::Chest),
    ("belly", Part::Belly),
    ("waist", Part::Waist),
    ("buttocks", Part::Buttocks),
    ("trunk", Part::Trunk),
    ("whole front", Part::Front),
];

/// A place: a part of one half of the body or of both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The part.
    pub part: Part,
    /// Which halves, near (right) first.
    pub halves: [bool; 2],
    /// How far along the bone, as a share of its length; the usual place where nothing is said.
    pub along: Option<f64>,
    /// Whether it has come there from elsewhere, although something touches before and after.
    pub moved: bool,
}

/// A spot that touches, and how deep the skin lies beneath it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Touch {
    /// The spot.
    pub spot: Spot,
    /// Its distance to the skin, in units.
    pub depth: f64,
}

impl Place {
    /// Reads "near foot", "both knees", "feet", "back", "near thigh 0.8".
    ///
    /// # Errors
    /// A sentence that says which words are known.
    pub fn read(text: &str, view: View) -> Result<Self, String> {
        let text = text.trim();
        let (moved, text) = text.strip_prefix("moved ").map_or((false, text), |text| (true, text));
        let (words, along) = match text.rsplit_once(' ').map(|(words, last)| (words, last.parse::<f64>())) {
            Some((words, Ok(along))) if (0.0..=1.0).contains(&along) => (words.trim(), Some(along)),
            Some((_, Ok(_))) => return Err(format!("how far along \"{}\" is a share between 0 and 1", shown(text))),
            _ => (text, None),
        };
        if let Some((_, part)) = SINGLE.iter().find(|(word, _)| *word == words) {
            return Ok(Self { part: *part, halves: [true, true], along, moved });
        }
        if let Some((_, _, part)) = PAIRED.iter().find(|(_, many, _)| words == *many || words.strip_prefix("both ") == Some(*many)) {
            return Ok(Self { part: *part, halves: [true, true], along, moved });
        }
        let named = words.split_once(' ').and_then(|(half, word)| {
            let half = half_named(half, view)?;
            let (_, _, part) = PAIRED.iter().find(|(one, many, _)| word == *one || word == *many)?;
            Some((half, *part))
        });
        match named {
            Some((half, part)) => Ok(Self { part, halves: [half == NEAR, half == FAR], along, moved }),
            None => {
                let halves = if view == View::Side { "near, far" } else { "right, left" };
                Err(format!(
                    "\"{}\" is no place of the body here; write {halves} or both and a part such as foot, knee or hand, or back, head, chest, belly, waist, buttocks",
                    shown(words)
                ))
            }
        }
    }

    /// Its word, for one half of the body and for both.
    pub fn words(self) -> (&'static str, &'static str) {
        let single = SINGLE.iter().find(|(_, part)| *part == self.part).map(|(word, _)| (*word, *word));
        let paired = || PAIRED.iter().find(|(_, _, part)| *part == self.part).map(|(one, many, _)| (*one, *many));
        single.or_else(paired).unwrap_or_default()
    }

    /// Whether there is only one of it.
    pub fn is_single(self) -> bool {
        SINGLE.iter().any(|(_, part)| *part == self.part)
    }

    /// Which halves it names.
    pub fn each(self) -> impl Iterator<Item = usize> {
        [NEAR, FAR].into_iter().filter(move |half| self.halves[*half])
    }

    /// The spots with which it touches what is below.
    pub fn touches(self, view: View) -> Vec<Touch> {
        use Bone::{Foot, Forearm, Girdle, Hand, Head, Shank, Thigh, Toes, Trunk, UpperArm};
        let touch = |spot: Spot, depth: f64| Touch { spot, depth };
        let side = view == View::Side;
        let hips = |depth: f64| touch(Spot::start(Trunk), depth);
        let chest = touch(Spot::end(Trunk), depth::CHEST);
        match self.part {
            Part::Back | Part::Trunk => return vec![hips(depth::PELVIS), chest],
            Part::Shoulders | Part::Chest => return vec![chest],
            Part::ShoulderBlades => return vec![touch(Spot::on(Trunk, 0.8), depth::CHEST)],
            Part::Head => return vec![touch(Spot::end(Head), depth::HEAD)],
            Part::Belly => return vec![hips(depth::PELVIS)],
            Part::Waist => return vec![touch(Spot::on(Trunk, 0.36), depth::WAIST)],
            Part::Buttocks => return vec![hips(depth::PELVIS)],
            Part::Front => return vec![hips(depth::PELVIS), chest, touch(Spot::end(Thigh(FAR)), depth::KNEE)],
            _ => {}
        }
        let mut touches = Vec::with_capacity(4);
        for half in self.each() {
            let along = |usual: f64| self.along.unwrap_or(usual);
            match self.part {
                Part::Foot => {
                    touches.push(touch(Spot::heel(half, view), 0.0));
                    touches.push(touch(Spot::ball(half, view), 0.0));
                    if side {
                        touches.push(touch(Spot::end(Toes(half)), depth::TOES));
                    }
                }
                Part::Forefoot if side => touches.extend([touch(Spot::ball(half, view), 0.0), touch(Spot::end(Toes(half)), depth::TOES)]),
                Part::Toes if side => touches.push(touch(Spot::end(Toes(half)), depth::TOES)),
                Part::Forefoot | Part::Toes => touches.push(touch(Spot::ball(half, view), 0.0)),
                Part::Heel => touches.push(touch(Spot::heel(half, view), 0.0)),
                Part::Ankle => touches.push(touch(Spot::start(Foot(half)), depth::ANKLE)),
                Part::Knee => touches.push(touch(Spot::end(Thigh(half)), depth::KNEE)),
                Part::Shin | Part::Leg => {
                    touches.extend([touch(Spot::end(Thigh(half)), depth::KNEE), touch(Spot::end(Shank(half)), depth::ANKLE)]);
                }
                Part::Calf => touches.push(touch(Spot::on(Shank(half), along(0.5)), depth::CALF)),
                Part::Thigh => {
                    let along = along(0.5);
                    touches.push(touch(Spot::on(Thigh(half), along), 9.6 - 3.6 * along));
                }
                Part::Hip => touches.push(touch(Spot::start(Thigh(half)), depth::HIP)),
                Part::Hand => touches.extend([touch(Spot::end(Forearm(half)), depth::WRIST), touch(Spot::end(Hand(half)), depth::FINGERS)]),
                Part::Wrist => touches.push(touch(Spot::end(Forearm(half)), depth::WRIST)),
                Part::Forearm => {
                    touches.extend([touch(Spot::end(UpperArm(half)), depth::ELBOW), touch(Spot::end(Forearm(half)), depth::WRIST)]);
                }
                Part::Elbow => touches.push(touch(Spot::end(UpperArm(half)), depth::ELBOW)),
                Part::Arm => {
                    touches.extend([touch(Spot::end(UpperArm(half)), depth::ELBOW), touch(Spot::end(Forearm(half)), depth::WRIST)]);
                }
                Part::Shoulder => touches.push(touch(Spot::end(Girdle(half)), depth::SHOULDER)),
                _ => {}
            }
        }
        touches
    }

    /// The spots that stay where they are from start to end when the place touches in both.
    pub fn pins(self, view: View) -> Vec<Spot> {
        match self.part {
            Part::Back | Part::Shoulders | Part::ShoulderBlades | Part::Chest | Part::Trunk | Part::Front => vec![Spot::end(Bone::Trunk)],
            Part::Buttocks | Part::Belly => vec![Spot::start(Bone::Trunk)],
            Part::Head => Vec::new(),
            Part::Foot | Part::Forefoot => self.each().map(|half| Spot::ball(half, view)).collect(),
            Part::Toes if view == View::Side => self.each().map(|half| Spot::end(Bone::Toes(half))).collect(),
            Part::Shin | Part::Leg => self.each().map(|half| Spot::end(Bone::Thigh(half))).collect(),
            Part::Hand => self.each().map(|half| Spot::end(Bone::Forearm(half))).collect(),
            Part::Forearm | Part::Arm => self.each().map(|half| Spot::end(Bone::UpperArm(half))).collect(),
            _ => self.touches(view).into_iter().map(|touch| touch.spot).collect(),
        }
    }

    /// Its middle in a skeleton, where things are tied or held.
    pub fn middle(self, skeleton: &Skeleton) -> Point {
        let spots: Vec<Spot> = match self.part {
            Part::Hand => self.each().map(|half| Spot::on(Bone::Hand(half), 0.45)).collect(),
            Part::Forearm => self.each().map(|half| Spot::on(Bone::Forearm(half), self.along.unwrap_or(0.5))).collect(),
            Part::Foot => self.each().map(|half| Spot::on(Bone::Foot(half), 0.5)).collect(),
            Part::Forefoot => self.each().map(|half| Spot::end(Bone::Foot(half))).collect(),
            Part::Shin => self.each().map(|half| Spot::on(Bone::Shank(half), self.along.unwrap_or(0.5))).collect(),
            _ => self.touches(skeleton.view).into_iter().map(|touch| touch.spot).collect(),
        };
        let many = spots.len().max(1) as f64;
        let sum = spots.iter().fold(Point::default(), |sum, spot| {
            let point = skeleton.point(*spot);
            sum.plus(point.x, point.y)
        });
        Point::new(sum.x / many, sum.y / many)
    }
}
