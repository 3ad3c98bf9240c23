//! Skeletons: where the bones of a posture lie.

use super::body::{BONES, Bone, HALF_FOOT, HEEL, JOINTS, Joint, SOLE, depth};
use super::posture::{Posture, View};

/// A point of the picture in units, y upwards from the floor.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

impl Point {
    /// A point.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point this far away.
    pub fn plus(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y }
    }

    /// The distance to another.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point between this and another.
    pub fn towards(self, other: Self, share: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * share, y: self.y + (other.y - self.y) * share }
    }
}

/// A place of the body: so far along a bone, and so far across it, towards the sole, the front of a leg being the other side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// The bone.
    pub bone: Bone,
    /// Along it, as a share of its length.
    pub along: f64,
    /// Beyond that along it, in units.
    pub beyond: f64,
    /// Across it, in units.
    pub across: f64,
}

impl Spot {
    /// The end of a bone.
    pub const fn end(bone: Bone) -> Self {
        Self { bone, along: 1.0, beyond: 0.0, across: 0.0 }
    }

    /// The beginning of a bone.
    pub const fn start(bone: Bone) -> Self {
        Self { bone, along: 0.0, beyond: 0.0, across: 0.0 }
    }

    /// Part of the way along a bone.
    pub const fn on(bone: Bone, along: f64) -> Self {
        Self { bone, along, beyond: 0.0, across: 0.0 }
    }

    /// Under the heel.
    pub const fn heel(half: usize, view: View) -> Self {
        match view {
            View::Side => Self { bone: Bone::Foot(half), along: 0.0, beyond: -HEEL, across: SOLE },
            View::Front | View::Top => Self { bone: Bone::Foot(half), along: 0.0, beyond: SOLE, across: HALF_FOOT },
        }
    }

    /// Under the ball of the foot.
    pub const fn ball(half: usize, view: View) -> Self {
        match view {
            View::Side => Self { bone: Bone::Foot(half), along: 1.0, beyond: 0.0, across: SOLE },
            View::Front | View::Top => Self { bone: Bone::Foot(half), along: 0.0, beyond: SOLE, across: -HALF_FOOT },
        }
    }
}

/// Where every bone of a figure begins, and which way it points.
#[derive(Debug, Clone, PartialEq)]
pub struct Skeleton {
    /// Where it is seen from.
    pub view: View,
    begins: [Point; BONES],
    /// The direction of each bone: 0 is down, a quarter turn to the right, a half turn up.
    turned: [f64; BONES],
    lengths: [f64; BONES],
    units: [(f64, f64); BONES],
}

/// Where a bone is joined to another; nothing for those that begin in the middle of the hips.
const fn joined_at(bone: Bone) -> Option<Spot> {
    Some(Spot::end(match bone {
        Bone::Trunk | Bone::Pelvis(_) => return None,
        Bone::Head | Bone::Girdle(_) => Bone::Trunk,
        Bone::Thigh(half) => Bone::Pelvis(half),
        Bone::Shank(half) => Bone::Thigh(half),
        Bone::Foot(half) => Bone::Shank(half),
        // Toes bend just above the sole.
        Bone::Toes(half) => return Some(Spot { across: SOLE - depth::TOES, ..Spot::end(Bone::Foot(half)) }),
        Bone::UpperArm(half) => Bone::Girdle(half),
        Bone::Forearm(half) => Bone::UpperArm(half),
        Bone::Hand(half) => Bone::Forearm(half),
    }))
}

/// All bones, each after the one it hangs on.
pub const ORDER: [Bone; BONES] = [
    Bone::Trunk,
    Bone::Head,
    Bone::Pelvis(0),
    Bone::Thigh(0),
    Bone::Shank(0),
    Bone::Foot(0),
    Bone::Toes(0),
    Bone::Girdle(0),
    Bone::UpperArm(0),
    Bone::Forearm(0),
    Bone::Hand(0),
    Bone::Pelvis(1),
    Bone::Thigh(1),
    Bone::Shank(1),
    Bone::Foot(1),
    Bone::Toes(1),
    Bone::Girdle(1),
    Bone::UpperArm(1),
    Bone::Forearm(1),
    Bone::Hand(1),
];

/// The joints that turn a bone, each with its sense; at most six.
fn turned_by(bone: Bone, view: View) -> ([(Joint, f64); 6], usize) {
    let mut row = [(Joint::X, 0.0); 6];
    let mut count = 0;
    let mut add = |joint: Joint, sense: f64| {
        row[count] = (joint, sense);
        count += 1;
    };
    let side = view == View::Side;
    // Seen from the front, what goes away from the middle turns the right half one way and the left half the other.
    let away = |half: usize| if half == 0 { -1.0 } else { 1.0 };
    match bone {
        Bone::Trunk => add(Joint::Trunk, -1.0),
        Bone::Head => {
            add(Joint::Trunk, -1.0);
            add(Joint::Neck, -1.0);
        }
        Bone::Pelvis(_) => {}
        Bone::Girdle(_) => add(Joint::Trunk, -1.0),
        Bone::Thigh(half) | Bone::Shank(half) | Bone::Foot(half) | Bone::Toes(half) => {
            let sense = if side { 1.0 } else { away(half) };
            if side {
                add(Joint::Trunk, -1.0);
            }
            add(Joint::Hip(half), sense);
            if !matches!(bone, Bone::Thigh(_)) {
                add(Joint::Knee(half), -sense);
            }
            if matches!(bone, Bone::Foot(_) | Bone::Toes(_)) {
                add(Joint::Ankle(half), sense);
            }
            if matches!(bone, Bone::Toes(_)) {
                add(Joint::Toes(half), sense);
            }
        }
        Bone::UpperArm(half) | Bone::Forearm(half) | Bone::Hand(half) => {
            let sense = if side { 1.0 } else { away(half) };
            add(Joint::Trunk, -1.0);
            add(Joint::Shoulder(half), sense);
            if !matches!(bone, Bone::UpperArm(_)) {
                add(Joint::Elbow(half), sense);
            }
            if matches!(bone, Bone::Hand(_)) {
                add(Joint::Wrist(half), sense);
            }
        }
    }
    (row, count)
}

/// The direction of a bone when all joints are at 0.
fn at_rest(bone: Bone, posture: &Posture) -> f64 {
    use std::f64::consts::{FRAC_PI_2, PI};
    if posture.view == View::Side {
        return match bone {
            Bone::Trunk | Bone::Head => PI,
            Bone::Foot(_) | Bone::Toes(_) => FRAC_PI_2,
            _ => 0.0,
        };
    }
    let away = |half: usize| if half == 0 { -FRAC_PI_2 } else { FRAC_PI_2 };
    posture.roll
        + match bone {
            Bone::Trunk | Bone::Head => PI,
            Bone::Pelvis(half) => away(half) - posture.pelvis,
            Bone::Girdle(half) => away(half),
            _ => 0.0,
        }
}

impl Skeleton {
    /// The skeleton of a posture.
    pub fn of(posture: &Posture) -> Self {
        let view = posture.view;
        let root = Point::new(posture.get(Joint::X), posture.get(Joint::Y));
        let mut skeleton = Self { view, begins: [root; BONES], turned: [0.0; BONES], lengths: [0.0; BONES], units: [(0.0, 0.0); BONES] };
        for bone in ORDER {
            let (joints, count) = turned_by(bone, view);
            let place = bone.place();
            let turned = joints[..count].iter().fold(at_rest(bone, posture), |sum, (joint, sense)| sum + sense * posture.get(*joint));
            skeleton.turned[place] = turned;
            skeleton.lengths[place] = bone.length(view) * posture.seen[place];
            skeleton.units[place] = turned.sin_cos();
            skeleton.begins[place] = joined_at(bone).map_or(root, |spot| skeleton.point(spot));
        }
        skeleton
    }

    /// Where a bone begins.
    pub fn start(&self, bone: Bone) -> Point {
        self.begins[bone.place()]
    }

    /// Where a bone ends; a foot and its toes are drawn from the ankle, so that theirs is above the sole.
    pub fn end(&self, bone: Bone) -> Point {
        self.point(Spot::end(bone))
    }

    /// The direction of a bone in radians: 0 down, a quarter turn to the right.
    pub fn turned(&self, bone: Bone) -> f64 {
        self.turned[bone.place()]
    }

    /// The length at which a bone is seen.
    pub fn length(&self, bone: Bone) -> f64 {
        self.lengths[bone.place()]
    }

    /// Where a spot lies.
    pub fn point(&self, spot: Spot) -> Point {
        let place = spot.bone.place();
        let (sin, cos) = self.units[place];
        let along = spot.along * self.lengths[place] + spot.beyond;
        // Along is (sin, −cos); across is a quarter turn before that: (−cos, −sin).
        self.begins[place].plus(along * sin - spot.across * cos, -along * cos - spot.across * sin)
    }

    /// How a spot moves when each joint turns: the change of x and y for one radian, or one unit.
    pub fn moves(&self, spot: Spot) -> [(f64, f64); JOINTS] {
        let mut moves = [(0.0, 0.0); JOINTS];
        moves[Joint::X.place()].0 = 1.0;
        moves[Joint::Y.place()].1 = 1.0;
        let mut next = Some(spot);
        while let Some(spot) = next {
            let place = spot.bone.place();
            let (sin, cos) = self.units[place];
            let along = spot.along * self.lengths[place] + spot.beyond;
            // The derivative of the point above.
            let turn = (along * cos + spot.across * sin, along * sin - spot.across * cos);
            let (joints, count) = turned_by(spot.bone, self.view);
            for (joint, sense) in &joints[..count] {
                let entry = &mut moves[joint.place()];
                entry.0 += sense * turn.0;
                entry.1 += sense * turn.1;
            }
            next = joined_at(spot.bone);
        }
        moves
    }
}
