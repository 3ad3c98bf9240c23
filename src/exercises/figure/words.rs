//! Words for a figure: what moves from start to end, for those who cannot see the drawing.

use super::body::{Bone, FAR, Joint, NEAR};
use super::posture::View;
use super::prop::At;
use super::scene::Scene;
use super::skeleton::{Skeleton, Spot};

/// A turn of a joint smaller than this is not worth a word, in degrees.
const SMALL: f64 = 9.0;
/// A shift shorter than this is not worth a word, in units.
const SHORT: f64 = 4.0;
/// At most so many movements are told.
const TOLD: usize = 3;

/// What moves, in one sentence without a full stop: "the right knee lifts until the thigh is level". Mirrored, left and right are exchanged.
pub fn movement(start: &Scene, end: &Scene, mirrored: bool) -> String {
    let teller = Teller { start, end, mirrored };
    let mut told: Vec<(f64, String)> = Vec::new();
    teller.trunk(&mut told);
    teller.legs(&mut told);
    teller.arms(&mut told);
    teller.presses(&mut told);
    teller.towards_viewer(&mut told);
    told.sort_by(|one, other| other.0.total_cmp(&one.0));
    told.truncate(TOLD);
    let words: Vec<String> = told.into_iter().map(|(_, words)| words).collect();
    match words.as_slice() {
        [] => "the position is held".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

struct Teller<'a> {
    start: &'a Scene,
    end: &'a Scene,
    mirrored: bool,
}

impl Teller<'_> {
    fn side(&self, half: usize) -> &'static str {
        if (half == NEAR) == self.mirrored { "left" } else { "right" }
    }

    /// How far a joint turns, in degrees.
    fn turn(&self, joint: Joint) -> f64 {
        self.end.posture.degrees(joint) - self.start.posture.degrees(joint)
    }

    fn shift(&self, spot: Spot) -> (f64, f64) {
        let (from, to) = (self.start.skeleton.point(spot), self.end.skeleton.point(spot));
        (to.x - from.x, to.y - from.y)
    }

    fn is_side(&self) -> bool {
        self.start.posture.view == View::Side
    }

    fn trunk(&self, told: &mut Vec<(f64, String)>) {
        if self.start.posture.view == View::Top {
            return;
        }
        let (across, up) = self.shift(Spot::start(Bone::Trunk));
        let lean = self.turn(Joint::Trunk);
        if up.abs() > SHORT {
            let words = if up > 0.0 { "the hips lift" } else { "the hips lower" };
            told.push((up.abs() * 1.6, words.to_owned()));
        }
        if self.is_side() && lean.abs() > SMALL && up.abs() <= 1.5 * SHORT.max(across.abs()) {
            let words = if lean > 0.0 { "the trunk leans forwards" } else { "the trunk comes up" };
            told.push((lean.abs(), words.to_owned()));
        }
        if across.abs() > SHORT && up.abs() <= across.abs() {
            told.push((across.abs() * 1.2, self.glide(across).to_owned()));
        }
    }

    /// Where the hips go when they go to the right of the picture, or, below nought, to its left.
    fn glide(&self, across: f64) -> &'static str {
        let roll = self.start.posture.roll;
        match (self.is_side(), across > 0.0) {
            (true, true) => "the hips glide forwards",
            (true, false) => "the hips move back",
            // Lying on the right side, the head is on the left of the picture.
            (false, right) if roll.abs() > 0.8 => {
                if right == (roll > 0.0) {
                    "the body glides towards the feet"
                } else {
                    "the body glides towards the head"
                }
            }
            (false, right) => {
                if right == self.mirrored {
                    "the hips move to the right"
                } else {
                    "the hips move to the left"
                }
            }
        }
    }

    /// What is pressed where nothing moves.
    fn presses(&self, told: &mut Vec<(f64, String)>) {
        let on_back = self.end.posture.degrees(Joint::Trunk) < -60.0;
        for prop in &self.end.props {
            let At::Pressing(place, direction, _) = &prop.at else { continue };
            let towards = match (*direction as i32, self.is_side()) {
                (90, _) => "up",
                (-90, _) => "down",
                (0, true) if on_back => "towards the feet",
                (180, true) if on_back => "towards the head",
                (0, true) => "forwards",
                (180, true) => "back",
                (0, false) => {
                    if self.mirrored {
                        "to the right"
                    } else {
                        "to the left"
                    }
                }
                _ => {
                    if self.mirrored {
                        "to the left"
                    } else {
                        "to the right"
                    }
                }
            };
            let (name, many) = place.words();
            let named = match place.each().collect::<Vec<_>>().as_slice() {
                _ if place.is_single() => format!("the {name}"),
                [half] => format!("the {} {name}", self.side(*half)),
                _ => format!("both {many}"),
            };
            let verb = if named.starts_with("both") || name == "buttocks" { "press" } else { "presses" };
            told.push((15.0, format!("{named} {verb} {towards}")));
        }
    }

    /// Who lies on the back draws a thigh in towards those who look from above.
    fn towards_viewer(&self, told: &mut Vec<(f64, String)>) {
        for half in [NEAR, FAR] {
            let thigh = Bone::Thigh(half).place();
            let less = self.start.posture.seen[thigh] - self.end.posture.seen[thigh];
            if self.start.posture.view == View::Top && less > 0.3 {
                told.push((30.0, format!("the {} thigh comes up towards the chest", self.side(half))));
            }
        }
    }

    fn legs(&self, told: &mut Vec<(f64, String)>) {
        let both = [NEAR, FAR].map(|half| (self.turn(Joint::Hip(half)), self.turn(Joint::Knee(half)), self.turn(Joint::Ankle(half))));
        let moves = [NEAR, FAR].map(|half| {
            let (across, up) = self.shift(Spot::start(Bone::Foot(half)));
            across.hypot(up) >= SHORT
        });
        let alike = moves[0] == moves[1] && (both[0].0 - both[1].0).abs() < 4.0 && (both[0].1 - both[1].1).abs() < 4.0;
        let halves: &[usize] = if alike { &[NEAR] } else { &[NEAR, FAR] };
        for half in halves {
            let (hip, knee, ankle) = both[*half];
            let (one, verb) = if alike { ("both".to_owned(), "") } else { (format!("the {}", self.side(*half)), "s") };
            let many = if alike { "s" } else { "" };
            let straight = self.end.posture.degrees(Joint::Knee(*half)).abs() < 30.0;
            let weight = hip.abs().max(knee.abs());
            let foot = self.shift(Spot::start(Bone::Foot(*half)));
            if !self.is_side() {
                if hip.abs() > SMALL {
                    let words = if hip > 0.0 {
                        format!("{one} leg{many} open{verb} to the side")
                    } else {
                        format!("{one} leg{many} come{verb} towards the middle")
                    };
                    told.push((weight, words));
                } else if knee.abs() > SMALL {
                    let words = if knee > 0.0 { format!("{one} foot moves inwards") } else { format!("{one} foot moves outwards") };
                    told.push((weight, words));
                }
                continue;
            }
            // Legs that stand or kneel carry the movement of the trunk, which is told already.
            let way = foot.0.hypot(foot.1);
            if ankle < -2.0 * SMALL && knee.abs() < SMALL && hip.abs() < SMALL && way < 3.0 * SHORT {
                told.push((ankle.abs(), if alike { "both heels lift".to_owned() } else { format!("{one} heel lifts") }));
                continue;
            }
            if way < SHORT {
                continue;
            }
            let bends = knee.abs() > 2.5 * hip.abs();
            let words = match (hip > SMALL && !bends, hip < -SMALL && !bends, straight) {
                (true, _, true) => format!("{one} straight leg{many} lift{verb}{}", self.until(*half)),
                (true, _, false) => format!("{one} knee{many} lift{verb}{}", self.until(*half)),
                (_, true, true) => format!("{one} leg{many} stretch{} away{}", if alike { "" } else { "es" }, self.until(*half)),
                (_, true, false) => format!("{one} leg{many} move{verb} back{}", self.until(*half)),
                _ if knee > SMALL => format!("{one} knee{many} bend{verb}"),
                _ if knee < -SMALL => format!("{one} knee{many} straighten{verb}"),
                // It goes where the trunk tips it.
                _ if foot.0 < -8.0 * SHORT => format!("{one} leg{many} reach{} back", if alike { "" } else { "es" }),
                _ => continue,
            };
            told.push((if way > 8.0 * SHORT { weight.max(40.0) } else { weight }, words));
        }
    }

    /// Where a thigh ends up, when that is easy to say.
    fn until(&self, half: usize) -> &'static str {
        let thigh = direction(&self.end.skeleton, Bone::Thigh(half));
        let trunk = direction(&self.end.skeleton, Bone::Trunk);
        if (thigh.abs() - 90.0).abs() < 8.0 {
            " until the thigh is level"
        } else if thigh.abs() > 172.0 {
            " until the thigh points straight up"
        } else if ((thigh - trunk).abs() - 180.0).abs() < 5.0 && self.start.posture.degrees(Joint::Hip(half)).abs() > 20.0 {
            " until it is in line with the trunk"
        } else {
            ""
        }
    }

    fn arms(&self, told: &mut Vec<(f64, String)>) {
        let both = [NEAR, FAR].map(|half| self.turn(Joint::Shoulder(half)));
        let alike = (both[0] - both[1]).abs() < 4.0;
        let halves: &[usize] = if alike { &[NEAR] } else { &[NEAR, FAR] };
        for half in halves {
            let turn = both[*half];
            let forearm = Bone::Forearm(*half).place();
            if self.start.posture.seen[forearm] - self.end.posture.seen[forearm] > 0.25 {
                told.push((
                    20.0,
                    if alike { "both arms press forwards".to_owned() } else { format!("the {} arm presses forwards", self.side(*half)) },
                ));
                continue;
            }
            let hand = self.shift(Spot::end(Bone::Forearm(*half)));
            if turn.abs() < 30.0 || hand.0.hypot(hand.1) < 4.0 * SHORT {
                continue;
            }
            // Arms that hang go on hanging, however far the trunk leans.
            let upper = Bone::UpperArm(*half);
            if self.is_side() && [self.start, self.end].iter().all(|scene| direction(&scene.skeleton, upper).abs() < 25.0) {
                continue;
            }
            let (one, verb) = if alike { ("both arms".to_owned(), "") } else { (format!("the {} arm", self.side(*half)), "es") };
            let end = self.end.posture.degrees(Joint::Shoulder(*half));
            let words = match (turn > 0.0, end > 140.0, alike) {
                (true, true, _) => format!("{one} reach{verb} overhead"),
                (true, false, _) => format!("{one} reach{verb} forwards"),
                (false, _, true) => format!("{one} come down"),
                (false, _, false) => format!("{one} comes down"),
            };
            // Arms are told last.
            told.push((turn.abs() * 0.3, words));
        }
    }
}

/// The direction of a bone in degrees between −180 and 180.
fn direction(skeleton: &Skeleton, bone: Bone) -> f64 {
    let turned = skeleton.turned(bone).to_degrees();
    (turned + 180.0).rem_euclid(360.0) - 180.0
}
