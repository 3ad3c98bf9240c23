//! The arrow of a movement: the way of what moves furthest, drawn beside the body and not across it.

use super::body::{Bone, FAR, NEAR};
use super::drawing::MOMENTS;
use super::posture::View;
use super::skeleton::{ORDER, Point, Skeleton, Spot};

/// A bow from one point to another; the arrow head is at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrow {
    /// Where it begins.
    pub from: Point,
    /// The point it bends towards.
    pub control: Point,
    /// Where it points to.
    pub to: Point,
}

/// Room to be left between the arrow and the body, in units.
const CLEAR: f64 = 3.5;
/// How far from the way it shows an arrow may be put, in units; the nearest that is free.
const AWAY: [f64; 9] = [6.0, 9.0, 12.0, 15.0, 18.0, 22.0, 26.0, 30.0, 36.0];

/// With less room than this an arrow lies on the body, in units.
const TIGHT: f64 = 2.0;
/// What moves at least this share of what moves furthest may have the arrow.
const ABOUT: f64 = 0.75;
/// No arrow is shorter than this, in units.
const SHORTEST: f64 = 16.0;

impl Arrow {
    /// The arrow of a movement; nothing for one shorter than `short`, in units.
    pub fn of(skeletons: &[Skeleton; MOMENTS], short: f64) -> Option<Self> {
        let leading = leading(skeletons, short);
        let arrows: Vec<(f64, Self)> = leading.iter().map(|spot| Self::along(*spot, skeletons)).collect();
        // Where the arrow would lie on the body, another that moves about as far may have it.
        let first = arrows.first().filter(|(room, _)| *room >= TIGHT);
        let free = || arrows.iter().find(|(room, _)| *room >= CLEAR);
        first.or_else(free).or(arrows.first()).map(|(_, arrow)| *arrow)
    }

    /// The arrow along the way of a spot, as near as it has room, with the room it has.
    fn along(spot: Spot, skeletons: &[Skeleton; MOMENTS]) -> (f64, Self) {
        let [start, _, middle, _, end] = skeletons.each_ref().map(|skeleton| skeleton.point(spot));
        let last = &skeletons[MOMENTS - 1];
        let mut best = (f64::MIN, Self::beside(start, middle, end, AWAY[0]));
        for arrow in AWAY.iter().flat_map(|away| [*away, -away]).map(|away| Self::beside(start, middle, end, away)) {
            let room = arrow.room(last);
            if room >= CLEAR {
                return (room, arrow);
            }
            if room > best.0 {
                best = (room, arrow);
            }
        }
        best
    }

    /// The bow through three points, moved aside.
    fn beside(start: Point, middle: Point, end: Point, away: f64) -> Self {
        let half = start.towards(end, 0.5);
        let way = start.distance(end).max(0.1);
        let (along_x, along_y) = ((end.x - start.x) / way, (end.y - start.y) / way);
        // A short way is shown longer, or it would be all head.
        let chord = way.max(SHORTEST);
        let spare = (chord - way) / 2.0;
        let (start, end) = (start.plus(-along_x * spare, -along_y * spare), end.plus(along_x * spare, along_y * spare));
        // Outwards is where the way bows; of a straight way, up or to the left.
        let mut out = (-along_y, along_x);
        let bow = (middle.x - half.x) * out.0 + (middle.y - half.y) * out.1;
        if bow < -0.5 || (bow.abs() <= 0.5 && out.1 - 0.2 * out.0 < 0.0) {
            out = (-out.0, -out.1);
        }
        let bend = if away > 0.0 { 2.0 * bow.abs().clamp(chord * 0.1, chord * 0.45) } else { -chord * 0.2 };
        let inset = (chord * 0.14).min(6.0);
        Self {
            from: start.plus(out.0 * away + along_x * inset, out.1 * away + along_y * inset),
            control: half.plus(out.0 * (away + bend), out.1 * (away + bend)),
            to: end.plus(out.0 * away - along_x * inset, out.1 * away - along_y * inset),
        }
    }

    /// A point of the bow.
    fn at(&self, share: f64) -> Point {
        self.from.towards(self.control, share).towards(self.control.towards(self.to, share), share)
    }

    /// The two wings of the head, each as a point.
    pub fn wings(&self) -> [Point; 2] {
        let (x, y) = (self.control.x - self.to.x, self.control.y - self.to.y);
        let long = x.hypot(y).max(0.1);
        let (x, y) = (x / long * 5.5, y / long * 5.5);
        [1.0, -1.0].map(|sense| self.to.plus(x - sense * y * 0.62, y + sense * x * 0.62))
    }

    /// What has to be inside the frame.
    pub fn points(&self) -> [Point; 5] {
        [self.from, self.at(0.25), self.at(0.5), self.at(0.75), self.to]
    }

    /// How far it stays from the body and above the floor.
    fn room(&self, skeleton: &Skeleton) -> f64 {
        let [one, other] = self.wings();
        let points = self.points().into_iter().chain([one, other]);
        // A little below the line of the floor is still beside the foot.
        let floor = |point: Point| if skeleton.view == View::Top { f64::MAX } else { point.y + CLEAR + 5.0 };
        points.map(|point| room_at(point, skeleton).min(floor(point))).fold(f64::MAX, f64::min)
    }
}

/// The spots that move furthest, among hands, feet, knees, hips and head, and the furthest first.
fn leading(skeletons: &[Skeleton; MOMENTS], short: f64) -> Vec<Spot> {
    let hips = Spot::start(Bone::Trunk);
    let mut spots = vec![Spot::end(Bone::Head), hips, Spot::end(Bone::Trunk)];
    for half in [NEAR, FAR] {
        spots.extend([Spot::end(Bone::Thigh(half)), Spot::start(Bone::Foot(half)), Spot::end(Bone::Hand(half))]);
    }
    let way = |spot: Spot| skeletons.windows(2).map(|pair| pair[0].point(spot).distance(pair[1].point(spot))).sum::<f64>();
    let mut weighed: Vec<(f64, Spot)> = spots.into_iter().map(|spot| (way(spot) * weight(spot, way(hips), skeletons), spot)).collect();
    weighed.retain(|(weight, spot)| *weight > 0.0 && way(*spot) >= short);
    weighed.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let most = weighed.first().map_or(0.0, |(weight, _)| *weight);
    weighed.into_iter().filter(|(weight, _)| *weight >= ABOUT * most).map(|(_, spot)| spot).collect()
}

/// What the way of a spot counts beside that of the hips. Hands count for less: where a leg moves, the leg is what is trained. The head goes
/// where the trunk goes, the trunk where the hips go, and where a body jumps, a leg is carried along. Of two legs that change places the one
/// that lifts or steps ahead shows the way; what turns towards the viewer goes another way than it seems.
fn weight(spot: Spot, hips: f64, skeletons: &[Skeleton; MOMENTS]) -> f64 {
    let from_hips = |skeleton: &Skeleton| {
        let (point, hips) = (skeleton.point(spot), skeleton.start(Bone::Trunk));
        Point::new(point.x - hips.x, point.y - hips.y)
    };
    let own: f64 = skeletons.windows(2).map(|pair| from_hips(&pair[0]).distance(from_hips(&pair[1]))).sum();
    let (first, last) = (skeletons[0].point(spot), skeletons[MOMENTS - 1].point(spot));
    let leads = last.y - first.y + 0.5 * (last.x - first.x) > 0.0;
    match spot.bone {
        Bone::Hand(half) if !is_seen_alike(&[Bone::UpperArm(half), Bone::Forearm(half)], skeletons) => 0.0,
        Bone::Hand(_) => 0.3,
        Bone::Head => 0.6,
        Bone::Trunk if spot.along > 0.5 => 0.75,
        Bone::Trunk => 1.0,
        Bone::Foot(half) if !is_seen_alike(&[Bone::Thigh(half), Bone::Shank(half)], skeletons) => 0.3,
        _ if own < 0.75 * hips => 0.5,
        _ if leads => 1.05,
        _ => 0.8,
    }
}

/// Whether bones are seen at the same length at the end as at the start.
fn is_seen_alike(bones: &[Bone], skeletons: &[Skeleton; MOMENTS]) -> bool {
    bones.iter().all(|bone| {
        let (first, last) = (skeletons[0].length(*bone), skeletons[MOMENTS - 1].length(*bone));
        (first - last).abs() <= 0.25 * first.max(last)
    })
}

/// The distance from a point to the skin of the nearest part.
fn room_at(point: Point, skeleton: &Skeleton) -> f64 {
    let mut room = f64::MAX;
    for bone in ORDER {
        let deep = match bone {
            Bone::Trunk => 11.0,
            Bone::Head => 12.0,
            Bone::Thigh(_) => 8.5,
            Bone::Shank(_) => 6.0,
            Bone::Foot(_) => 5.0,
            Bone::UpperArm(_) | Bone::Forearm(_) => 4.4,
            Bone::Hand(_) | Bone::Toes(_) => 3.0,
            Bone::Pelvis(_) | Bone::Girdle(_) => continue,
        };
        let (start, end) = (skeleton.start(bone), skeleton.end(bone));
        // The head is round its middle.
        let start = if matches!(bone, Bone::Head) { end } else { start };
        let (x, y) = (end.x - start.x, end.y - start.y);
        let long = (x * x + y * y).max(0.01);
        let share = (((point.x - start.x) * x + (point.y - start.y) * y) / long).clamp(0.0, 1.0);
        room = room.min(point.distance(start.towards(end, share)) - deep);
    }
    room
}
