//! Scenes: a settled posture with what it touches and the props around it.

use super::body::{Bone, CLOSE, Joint};
use super::place::{Part, Place};
use super::posture::{Posture, View};
use super::prop::{At, Kind, Prop};
use super::settle::Demands;
use super::skeleton::{Skeleton, Spot};

/// How far off the floor a body flies that touches nothing, in units.
const FLIGHT: f64 = 9.0;
/// How much settling may turn a hip, knee, shoulder or the trunk away from what is described before it counts as a flaw, in degrees.
const TURNED: f64 = 16.0;

/// One position as a file gives it.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// View and joint angles.
    pub pose: &'a str,
    /// What touches.
    pub contact: &'a [String],
    /// What is drawn with the body.
    pub props: &'a [String],
}

/// A settled posture with its props.
#[derive(Debug, Clone)]
pub struct Scene {
    /// As it was described.
    pub described: Posture,
    /// As it settled.
    pub posture: Posture,
    /// Its bones.
    pub skeleton: Skeleton,
    /// What touches.
    pub contacts: Vec<Place>,
    /// What is around it.
    pub props: Vec<Prop>,
    /// What it had to fulfil.
    pub demands: Demands,
}

impl Scene {
    /// Reads a description, and settles it; with another scene, so that what touches in both stays where it is.
    ///
    /// # Errors
    /// A sentence about what cannot be read.
    pub fn read(described: Described<'_>, before: Option<&Self>) -> Result<Self, String> {
        let posture = Posture::read(described.pose)?;
        if before.is_some_and(|before| before.posture.view != posture.view) {
            return Err("start and end are seen from the same side".to_owned());
        }
        let contacts = described.contact.iter().map(|text| Place::read(text, posture.view)).collect::<Result<Vec<_>, _>>()?;
        let props = described.props.iter().map(|text| Prop::read(text, posture.view)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::settled(posture, contacts, props, before))
    }

    fn settled(described: Posture, contacts: Vec<Place>, props: Vec<Prop>, before: Option<&Self>) -> Self {
        let view = described.view;
        let mut begun = described.clone();
        for place in contacts.iter().filter(|place| place.part == Part::Hand && !is_held(place, &props)) {
            place.each().for_each(|half| lay_hand(&mut begun, half));
        }
        for place in contacts.iter().filter(|place| matches!(place.part, Part::Foot | Part::Forefoot)) {
            place.each().for_each(|half| lay_toes(&mut begun, half));
        }
        let mut demands = Demands { rise: rise(&props), ground: view != View::Top, ..Demands::default() };
        if view != View::Top {
            demands.heights = heights(&contacts, &props, view);
            if let Some(before) = before {
                demands.pins = pins(before, &contacts);
                demands.heights.extend(holds(before, &contacts, &props));
            }
        }
        if demands.heights.is_empty() && view != View::Top {
            fly(&mut begun);
        }
        let posture = demands.settle(&begun);
        Self { described, skeleton: Skeleton::of(&posture), posture, contacts, props, demands }
    }

    /// The skeleton on the way from this scene to another; what touches in both goes on touching.
    pub fn between(&self, other: &Self, share: f64) -> Skeleton {
        let begun = self.posture.towards(&other.posture, share);
        let mut demands = Demands { rise: self.demands.rise, ground: self.demands.ground, ..Demands::default() };
        demands.heights = self.demands.heights.iter().filter(|height| other.demands.heights.contains(height)).copied().collect();
        demands.pins.clone_from(&other.demands.pins);
        Skeleton::of(&demands.settle(&begun))
    }

    /// What is wrong with the position, in words for those who describe it.
    pub fn flaws(&self) -> Vec<String> {
        let mut flaws = Vec::new();
        for (spot, off) in self.demands.missed(&self.skeleton, CLOSE) {
            flaws.push(format!("{:?} is {off:.1} cm away from what it should touch", spot.bone));
        }
        for (spot, deep) in self.demands.sunk(&self.skeleton, CLOSE) {
            flaws.push(format!("{:?} is {deep:.1} cm in the ground", spot.bone));
        }
        for joint in Joint::ALL {
            if matches!(joint, Joint::X | Joint::Y) {
                continue;
            }
            let (low, high) = joint.limits(self.posture.view);
            let (now, meant) = (self.posture.degrees(joint), self.described.degrees(joint));
            if now < low - 0.5 || now > high + 0.5 {
                flaws.push(format!("{joint:?} is at {now:.0}°, beyond {low:.0}…{high:.0}°"));
            }
            let free = matches!(joint, Joint::Ankle(_) | Joint::Toes(_) | Joint::Wrist(_) | Joint::Neck);
            if !free && (now - meant).abs() > TURNED {
                flaws.push(format!("{joint:?} had to turn from {meant:.0}° to {now:.0}°"));
            }
        }
        flaws
    }
}

/// The rise of the ground as a share.
fn rise(props: &[Prop]) -> f64 {
    props.iter().find(|prop| prop.kind == Kind::Slope).and_then(|prop| prop.size).unwrap_or(0.0) / 100.0
}

/// Whether a part of the body holds on to something, so that it does not rest on the floor.
fn is_held(place: &Place, props: &[Prop]) -> bool {
    props
        .iter()
        .any(|prop| matches!(prop.kind, Kind::Rail | Kind::Bar | Kind::Wall) && matches!(&prop.at, At::On(on) if on.part == place.part))
}

/// A palm that lies on the floor points ahead.
fn lay_hand(posture: &mut Posture, half: usize) {
    if posture.view == View::Side {
        let skeleton = Skeleton::of(posture);
        let turn = std::f64::consts::FRAC_PI_2 - skeleton.turned(Bone::Hand(half));
        posture.set(Joint::Wrist(half), posture.get(Joint::Wrist(half)) + turn.clamp(-1.6, 1.6));
    }
}

/// Toes that stand on the ball of the foot lie flat, however steep the foot.
fn lay_toes(posture: &mut Posture, half: usize) {
    if posture.view == View::Side {
        let skeleton = Skeleton::of(posture);
        let turn = std::f64::consts::FRAC_PI_2 - skeleton.turned(Bone::Toes(half));
        posture.set(Joint::Toes(half), posture.get(Joint::Toes(half)) + turn.clamp(-0.3, 1.3));
    }
}

/// The spots that should be at a height: those that touch the floor, and those that rest on a prop.
fn heights(contacts: &[Place], props: &[Prop], view: View) -> Vec<(Spot, f64)> {
    let mut heights: Vec<(Spot, f64)> = Vec::new();
    let mut add = |place: &Place, height: f64| {
        for touch in place.touches(view) {
            if !heights.iter().any(|(spot, _)| *spot == touch.spot) {
                heights.push((touch.spot, height + touch.depth));
            }
        }
    };
    for prop in props {
        if let (At::Under(places), Some(top)) = (&prop.at, prop.top()) {
            places.iter().for_each(|place| add(place, top));
        }
    }
    for place in contacts {
        let carried = props.iter().any(|prop| prop.carries(place));
        if !carried && !is_held(place, props) {
            add(place, 0.0);
        }
    }
    heights
}

/// Where the spots stay that touch before and now; the hips where nothing does.
fn pins(before: &Scene, contacts: &[Place]) -> Vec<(Spot, f64)> {
    let view = before.posture.view;
    let earlier: Vec<Spot> = before.contacts.iter().flat_map(|place| place.pins(view)).collect();
    let mut pins: Vec<(Spot, f64)> = Vec::new();
    for spot in contacts.iter().filter(|place| !place.moved).flat_map(|place| place.pins(view)) {
        if earlier.contains(&spot) && !pins.iter().any(|(known, _)| *known == spot) {
            pins.push((spot, before.skeleton.point(spot).x));
        }
    }
    if pins.is_empty() {
        let hips = Spot::start(Bone::Trunk);
        pins.push((hips, before.skeleton.point(hips).x));
    }
    pins
}

/// Hands that hold on to a bar or rail before and now stay at its height.
fn holds(before: &Scene, contacts: &[Place], props: &[Prop]) -> Vec<(Spot, f64)> {
    let view = before.posture.view;
    let held = contacts.iter().filter(|place| is_held(place, props) && before.contacts.contains(place));
    held.flat_map(|place| place.pins(view)).map(|spot| (spot, before.skeleton.point(spot).y)).collect()
}

/// Lifts a body that touches nothing off the floor.
fn fly(posture: &mut Posture) {
    let skeleton = Skeleton::of(posture);
    let feet = [0, 1].map(|half| skeleton.point(Spot::ball(half, posture.view)).y.min(skeleton.point(Spot::heel(half, posture.view)).y));
    posture.set(Joint::Y, posture.get(Joint::Y) + FLIGHT - feet[0].min(feet[1]));
}
