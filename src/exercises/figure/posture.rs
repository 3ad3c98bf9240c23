//! Postures: the joint angles of one position of the body, read from their notation.

use super::body::{BONES, Bone, FAR, JOINTS, Joint, NEAR};

/// Where a figure is seen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// From its right side; it faces the right edge.
    Side,
    /// From the front; its right half is on the left.
    Front,
    /// From above; its head is at the top.
    Top,
}

/// One position of the body: an angle in radians for each joint. [`Joint::X`] and [`Joint::Y`] are units.
#[derive(Debug, Clone, PartialEq)]
pub struct Posture {
    /// Where it is seen from.
    pub view: View,
    /// The angles, in the order of [`Joint::ALL`].
    pub joints: [f64; JOINTS],
    /// The share of its length at which each bone is seen, because it points towards the viewer.
    pub seen: [f64; BONES],
    /// The whole figure turned anti-clockwise, in radians.
    pub roll: f64,
    /// The pelvis tipped, its right side up, in radians.
    pub pelvis: f64,
}

/// The widest number the notation may hold, in degrees.
const MOST: f64 = 200.0;

impl Posture {
    /// Standing upright.
    pub fn upright(view: View) -> Self {
        Self { view, joints: [0.0; JOINTS], seen: [1.0; BONES], roll: 0.0, pelvis: 0.0 }
    }

    /// The angle of a joint in radians, or units for X and Y.
    pub fn get(&self, joint: Joint) -> f64 {
        self.joints[joint.place()]
    }

    /// The angle of a joint in whole degrees.
    pub fn degrees(&self, joint: Joint) -> f64 {
        self.get(joint).to_degrees()
    }

    /// Sets the angle of a joint in radians, or units for X and Y.
    pub fn set(&mut self, joint: Joint, value: f64) {
        self.joints[joint.place()] = value;
    }

    /// Reads "side | trunk +0 | near leg 0/90/-90 | far leg 90/90/0 | near arm -20/80 | far arm -20/80".
    ///
    /// # Errors
    /// A sentence about the first part that cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut parts = text.split('|').map(str::trim);
        let view = match parts.next() {
            Some("side") => View::Side,
            Some("front") => View::Front,
            Some("top") => View::Top,
            other => return Err(format!("begin with side, front or top, not \"{}\"", shown(other.unwrap_or_default()))),
        };
        let mut posture = Self::upright(view);
        let mut known: Vec<&str> = Vec::new();
        for part in parts {
            let name = posture.take(part)?;
            if known.contains(&name) {
                return Err(format!("{name} stands there twice"));
            }
            known.push(name);
        }
        let needed: [&str; 4] = match view {
            View::Side => ["near leg", "far leg", "near arm", "far arm"],
            View::Front | View::Top => ["right leg", "left leg", "right arm", "left arm"],
        };
        match needed.iter().find(|name| !known.contains(*name)) {
            Some(missing) => Err(format!("{missing} is missing")),
            None => Ok(posture),
        }
    }

    /// Takes one part and gives back its name.
    fn take(&mut self, part: &str) -> Result<&'static str, String> {
        let side = self.view == View::Side;
        let halves: [(&'static str, &'static str, usize); 2] = if side {
            [("near leg", "near arm", NEAR), ("far leg", "far arm", FAR)]
        } else {
            [("right leg", "right arm", NEAR), ("left leg", "left arm", FAR)]
        };
        for (leg, arm, half) in halves {
            if let Some(numbers) = part.strip_prefix(leg) {
                let joints: &[Joint] =
                    if side { &[Joint::Hip(half), Joint::Knee(half), Joint::Ankle(half)] } else { &[Joint::Hip(half), Joint::Knee(half)] };
                self.turn(leg, joints, numbers)?;
                return Ok(leg);
            }
            if let Some(numbers) = part.strip_prefix(arm) {
                self.turn(arm, &[Joint::Shoulder(half), Joint::Elbow(half)], numbers)?;
                return Ok(arm);
            }
        }
        if let Some(list) = part.strip_prefix("foreshorten ") {
            self.foreshorten(list)?;
            return Ok("foreshorten");
        }
        let Some((name, value)) = part.split_once(' ') else { return Err(format!("\"{}\" has no number", shown(part))) };
        let value = number(value)?;
        match (name, side) {
            ("trunk", true) => self.set(Joint::Trunk, value),
            ("lean", false) => self.set(Joint::Trunk, value),
            ("neck", _) => self.set(Joint::Neck, value),
            ("roll", false) => self.roll = value,
            ("pelvis", false) => self.pelvis = value,
            _ => return Err(format!("\"{}\" is no part of a figure seen from here", shown(name))),
        }
        Ok(match name {
            "trunk" => "trunk",
            "lean" => "lean",
            "neck" => "neck",
            "roll" => "roll",
            _ => "pelvis",
        })
    }

    fn turn(&mut self, name: &str, joints: &[Joint], numbers: &str) -> Result<(), String> {
        let given: Vec<&str> = numbers.trim().split('/').collect();
        if given.len() != joints.len() {
            return Err(format!(
                "{name} needs {} numbers with a / between them, such as {}",
                joints.len(),
                if joints.len() == 3 { "0/90/0" } else { "0/90" }
            ));
        }
        for (joint, given) in joints.iter().zip(given) {
            self.set(*joint, number(given)?);
        }
        Ok(())
    }

    fn foreshorten(&mut self, list: &str) -> Result<(), String> {
        for entry in list.split(',').map(str::trim) {
            let Some((name, share)) = entry.rsplit_once(' ') else {
                return Err(format!("foreshorten needs a share after \"{}\", such as 0.7", shown(entry)));
            };
            let share: f64 = share.parse().map_err(|_| format!("\"{}\" is no share of a length; write one such as 0.7", shown(share)))?;
            if !(0.05..=1.0).contains(&share) {
                return Err("a foreshortened part keeps 0.05 to 1 of its length".to_owned());
            }
            let bones = self.bones(name.trim())?;
            for bone in bones {
                self.seen[bone.place()] = share;
            }
        }
        Ok(())
    }

    fn bones(&self, name: &str) -> Result<Vec<Bone>, String> {
        if name == "trunk" {
            return Ok(vec![Bone::Trunk]);
        }
        let unknown = || format!("\"{}\" cannot be foreshortened; name trunk, or a thigh, shank, leg or arm with its side", shown(name));
        let (half, part) = name.split_once(' ').ok_or_else(unknown)?;
        let half = half_named(half, self.view).ok_or_else(unknown)?;
        match part {
            "thigh" => Ok(vec![Bone::Thigh(half)]),
            "shank" => Ok(vec![Bone::Shank(half)]),
            "foot" => Ok(vec![Bone::Foot(half), Bone::Toes(half)]),
            "leg" => Ok(vec![Bone::Thigh(half), Bone::Shank(half)]),
            "upper arm" => Ok(vec![Bone::UpperArm(half)]),
            "forearm" => Ok(vec![Bone::Forearm(half)]),
            "arm" => Ok(vec![Bone::UpperArm(half), Bone::Forearm(half)]),
            _ => Err(unknown()),
        }
    }

    /// The posture between two others; `share` 0 is this one, 1 the other.
    pub fn towards(&self, other: &Self, share: f64) -> Self {
        let mix = |from: f64, to: f64| from + (to - from) * share;
        let mut between = self.clone();
        for (value, to) in between.joints.iter_mut().zip(other.joints) {
            *value = mix(*value, to);
        }
        for (value, to) in between.seen.iter_mut().zip(other.seen) {
            *value = mix(*value, to);
        }
        between.roll = mix(self.roll, other.roll);
        between.pelvis = mix(self.pelvis, other.pelvis);
        between
    }
}

/// Which half of the body a word names in a view.
pub fn half_named(word: &str, view: View) -> Option<usize> {
    match (word, view) {
        ("near", View::Side) | ("right", View::Front | View::Top) => Some(NEAR),
        ("far", View::Side) | ("left", View::Front | View::Top) => Some(FAR),
        _ => None,
    }
}

/// An angle in degrees, read as radians.
fn number(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let degrees: f64 = text.parse().map_err(|_| format!("\"{}\" is no angle in degrees", shown(text)))?;
    if degrees.is_finite() && degrees.abs() <= MOST {
        Ok(degrees.to_radians())
    } else {
        Err(format!("an angle lies between −{MOST} and {MOST} degrees"))
    }
}

/// What was written, short enough for a message.
pub fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
