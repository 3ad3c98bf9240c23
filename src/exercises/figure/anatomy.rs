//! The body in layers: which part lies over which, limb by limb, and the tint of the muscles that work.

use super::Area;
use super::body::{Bone, FAR, NEAR};
use super::drawing::{Item, MOMENTS, Placement, Tone};
use super::place::Part;
use super::posture::View;
use super::scene::Scene;
use super::shape::Shape;
use super::skeleton::{Point, Skeleton};

/// Whether it stands on a leg at the end; of a body that flies there, at the start.
pub fn stands_on(half: usize, start: &Scene, end: &Scene) -> bool {
    let scene = if end.contacts.is_empty() { start } else { end };
    scene.contacts.iter().any(|place| matches!(place.part, Part::Foot | Part::Forefoot) && place.halves[half])
}

/// A step of the order of drawing.
pub enum Layer {
    Limb(fn(usize) -> [Bone; 4], usize),
    Bone(Bone),
    Areas(usize),
}

fn leg(half: usize) -> [Bone; 4] {
    [Bone::Thigh(half), Bone::Shank(half), Bone::Foot(half), Bone::Toes(half)]
}

fn arm(half: usize) -> [Bone; 4] {
    [Bone::UpperArm(half), Bone::Forearm(half), Bone::Hand(half), Bone::Hand(half)]
}

/// The parts of the body from back to front.
pub fn order(scene: &Scene) -> Vec<Layer> {
    use Layer::{Areas, Bone as One, Limb};
    let posture = &scene.posture;
    let rolled = posture.roll.abs() > 0.8;
    let seated = [NEAR, FAR].iter().any(|half| posture.seen[Bone::Thigh(*half).place()] < 0.8);
    match posture.view {
        View::Side => {
            vec![
                Limb(arm, FAR),
                Limb(leg, FAR),
                Areas(FAR),
                One(Bone::Head),
                One(Bone::Trunk),
                Limb(leg, NEAR),
                Areas(NEAR),
                Limb(arm, NEAR),
            ]
        }
        _ if rolled => {
            // The half it lies on, and the half on top.
            let (below, above) = if posture.roll > 0.0 { (NEAR, FAR) } else { (FAR, NEAR) };
            vec![
                Limb(arm, below),
                Limb(leg, below),
                One(Bone::Head),
                One(Bone::Trunk),
                Areas(below),
                Limb(leg, above),
                Areas(above),
                Limb(arm, above),
            ]
        }
        _ if seated => vec![
            One(Bone::Head),
            One(Bone::Trunk),
            Limb(arm, NEAR),
            Limb(arm, FAR),
            Limb(leg, FAR),
            Areas(FAR),
            Limb(leg, NEAR),
            Areas(NEAR),
        ],
        _ => vec![
            Limb(leg, FAR),
            Limb(leg, NEAR),
            One(Bone::Head),
            One(Bone::Trunk),
            Areas(FAR),
            Areas(NEAR),
            Limb(arm, NEAR),
            Limb(arm, FAR),
        ],
    }
}

fn tone(half: usize, view: View) -> Tone {
    if half == FAR && view == View::Side { Tone::Far } else { Tone::Near }
}

pub fn limb(bones: fn(usize) -> [Bone; 4], half: usize, view: View, skeletons: &[Skeleton; MOMENTS], items: &mut Vec<Item>) {
    let number = items.last().map_or(0, |item| item.limb) + 1;
    let [first, rest @ ..] = bones(half);
    // A knee that points towards the viewer lies before the shank.
    let seen = skeletons[0].length(first) / first.length(view);
    let ahead = matches!(first, Bone::Thigh(_)) && (0.3..0.8).contains(&seen);
    if !ahead {
        body(first, view, skeletons, number, items);
    }
    let mut last = None;
    for bone in rest {
        if last != Some(bone) {
            body(bone, view, skeletons, number, items);
        }
        last = Some(bone);
    }
    if ahead {
        body(first, view, skeletons, number + 1, items);
    }
}

pub fn body(bone: Bone, view: View, skeletons: &[Skeleton; MOMENTS], limb: u8, items: &mut Vec<Item>) {
    let length = longest(bone, skeletons);
    let Some(shape) = Shape::of(bone, view, length) else { return };
    let half = match bone {
        Bone::Thigh(half)
        | Bone::Shank(half)
        | Bone::Foot(half)
        | Bone::Toes(half)
        | Bone::UpperArm(half)
        | Bone::Forearm(half)
        | Bone::Hand(half) => half,
        _ => NEAR,
    };
    let limb = if limb == 0 { items.last().map_or(0, |item| item.limb) + 1 } else { limb };
    items.push(Item { shape, tone: tone(half, view), places: along(bone, skeletons), limb });
}

/// The greatest length at which a bone is seen; drawn like this and shortened, the round ends stay within each other.
fn longest(bone: Bone, skeletons: &[Skeleton; MOMENTS]) -> f64 {
    skeletons.iter().map(|skeleton| skeleton.length(bone)).fold(0.0, f64::max)
}

/// Where a bone's shape lies at each moment.
pub fn along(bone: Bone, skeletons: &[Skeleton; MOMENTS]) -> [Placement; MOMENTS] {
    let length = longest(bone, skeletons).max(0.01);
    let mut places = [(); MOMENTS].map(|()| Placement { at: Point::default(), turned: 0.0, scale: (1.0, 1.0) });
    for (place, skeleton) in places.iter_mut().zip(skeletons) {
        let stretch = skeleton.length(bone) / length;
        *place = Placement {
            at: skeleton.start(bone),
            turned: skeleton.turned(bone).to_degrees(),
            scale: (1.0, if length > 0.1 { stretch } else { 1.0 }),
        };
    }
    places
}

/// The working muscles of one half as tints of the parts they lie in.
pub fn muscles(areas: &[Area], half: usize, view: View, skeletons: &[Skeleton; MOMENTS], items: &mut Vec<Item>) {
    let side = view == View::Side;
    let inwards = if half == NEAR { 1.0 } else { -1.0 };
    for area in areas {
        let (bone, x, y, across, along_bone) = match (area, side) {
            (Area::FrontHip, true) => (Bone::Thigh(half), 5.2, 3.0, 2.8, 8.0),
            (Area::FrontHip, false) => (Bone::Thigh(half), 0.8 * inwards, 1.5, 3.2, 7.5),
            (Area::FrontThigh, true) => (Bone::Thigh(half), 5.0, 21.0, 2.5, 13.0),
            (Area::FrontThigh, false) => (Bone::Thigh(half), 0.0, 21.0, 3.6, 13.0),
            (Area::InnerThigh, true) => (Bone::Thigh(half), -0.6, 18.0, 2.6, 12.0),
            (Area::InnerThigh, false) => (Bone::Thigh(half), 4.2 * inwards, 17.0, 2.4, 12.0),
            (Area::BackThigh, true) => (Bone::Thigh(half), -4.8, 22.0, 2.5, 13.0),
            (Area::Buttock, true) => (Bone::Trunk, 6.4, 0.6, 3.8, 6.6),
            (Area::Buttock | Area::SideHip, false) => (Bone::Thigh(half), -5.2 * inwards, -1.5, 2.4, 7.0),
            (Area::SideHip, true) => (Bone::Thigh(half), -1.0, -2.5, 3.6, 5.4),
            (Area::Belly, true) => (Bone::Trunk, -5.2, 16.0, 2.5, 11.0),
            (Area::Belly, false) => (Bone::Trunk, 0.0, 18.0, 5.0, 11.0),
            (Area::LowBack, true) => (Bone::Trunk, 4.2, 18.0, 2.3, 9.0),
            (Area::Calf, true) => (Bone::Shank(half), -3.2, 13.0, 2.5, 9.0),
            (Area::Calf, false) => (Bone::Shank(half), 0.0, 13.0, 3.2, 9.0),
            (Area::Shoulder, true) => (Bone::UpperArm(half), 0.0, 1.5, 3.2, 5.0),
            (Area::Shoulder, false) => (Bone::UpperArm(half), 0.0, 1.5, 3.0, 5.0),
            (Area::BackThigh | Area::LowBack, false) | (Area::Elsewhere, _) => continue,
        };
        let seen = longest(bone, skeletons) / bone.length(view).max(0.01);
        if seen < 0.4 {
            continue;
        }
        let limb = items.last().map_or(0, |item| item.limb) + 1;
        items.push(Item {
            shape: Shape::oval(x, y * seen, across, along_bone * seen),
            tone: Tone::Work,
            places: along(bone, skeletons),
            limb,
        });
    }
}
