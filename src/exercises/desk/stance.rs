//! A position of the figure as a form asks for it: angle by angle, contact by contact, and as the text it is kept in.

use super::super::{Pose, View};
use crate::error::Invalid;
use crate::web::Fields;

/// Which of the two positions of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The one it begins with.
    Start,
    /// The one it ends with.
    End,
}

/// A part of the figure, with the angles it has.
pub struct Limb {
    /// What it is called in the notation.
    pub name: &'static str,
    /// What it is called on the page.
    pub label: &'static str,
    /// Each angle with its name, and its lowest and highest value in degrees.
    pub angles: &'static [(&'static str, i16, i16)],
    /// Whether it is written only when it is not nought.
    spare: bool,
}

const fn limb(name: &'static str, label: &'static str, angles: &'static [(&'static str, i16, i16)]) -> Limb {
    Limb { name, label, angles, spare: false }
}

const fn spare(name: &'static str, label: &'static str, angles: &'static [(&'static str, i16, i16)]) -> Limb {
    Limb { name, label, angles, spare: true }
}

/// The limits are those of the drawings; beyond them a joint would break.
const LEG: &[(&str, i16, i16)] = &[("hip", -32, 135), ("knee", -3, 155), ("ankle", -95, 42)];
const ARM: &[(&str, i16, i16)] = &[("shoulder", -62, 190), ("elbow", -5, 155)];
const LEG_IN_FRONT: &[(&str, i16, i16)] = &[("out", -35, 85), ("bend", -95, 150)];
const ARM_IN_FRONT: &[(&str, i16, i16)] = &[("out", -30, 190), ("elbow", -155, 155)];

const FROM_SIDE: &[Limb] = &[
    limb("trunk", "Trunk", &[("angle", -200, 200)]),
    limb("near leg", "Near leg (right)", LEG),
    limb("far leg", "Far leg (left)", LEG),
    limb("near arm", "Near arm (right)", ARM),
    limb("far arm", "Far arm (left)", ARM),
    spare("neck", "Neck", &[("angle", -50, 50)]),
];
const FROM_FRONT: &[Limb] = &[
    spare("roll", "Whole body", &[("roll", -200, 200)]),
    spare("lean", "Trunk", &[("lean", -200, 200)]),
    spare("pelvis", "Pelvis", &[("tilt", -45, 45)]),
    limb("right leg", "Right leg", LEG_IN_FRONT),
    limb("left leg", "Left leg", LEG_IN_FRONT),
    limb("right arm", "Right arm", ARM_IN_FRONT),
    limb("left arm", "Left arm", ARM_IN_FRONT),
    spare("neck", "Neck", &[("tilt", -50, 50)]),
];

/// What usually touches the ground or a prop, seen from the side.
const TOUCHES_FROM_SIDE: &[&str] = &[
    "both feet",
    "near foot",
    "far foot",
    "near heel",
    "far heel",
    "near forefoot",
    "far forefoot",
    "near knee",
    "far knee",
    "near shin",
    "far shin",
    "both hands",
    "near hand",
    "far hand",
    "forearms",
    "arms",
    "buttocks",
    "back",
    "shoulders",
    "shoulder blades",
    "head",
    "belly",
    "chest",
    "whole front",
    "calves",
];
/// The same from the front and from above.
const TOUCHES_FROM_FRONT: &[&str] = &[
    "both feet",
    "right foot",
    "left foot",
    "right knee",
    "left knee",
    "right forearm",
    "left forearm",
    "right hand",
    "left hand",
    "right hip",
    "left hip",
    "right shoulder",
    "left shoulder",
    "buttocks",
    "back",
    "head",
];

/// The parts of a figure in this view.
#[must_use]
pub fn limbs(view: View) -> &'static [Limb] {
    if view == View::Side { FROM_SIDE } else { FROM_FRONT }
}

/// What can touch in this view.
#[must_use]
pub fn touches(view: View) -> &'static [&'static str] {
    if view == View::Side { TOUCHES_FROM_SIDE } else { TOUCHES_FROM_FRONT }
}

impl When {
    /// Both.
    pub const ALL: &[Self] = &[Self::Start, Self::End];

    /// What its fields begin with.
    #[must_use]
    pub fn word(self) -> &'static str {
        if self == Self::Start { "start" } else { "end" }
    }

    /// The word on a page.
    #[must_use]
    pub fn label(self) -> &'static str {
        if self == Self::Start { "Start" } else { "End" }
    }

    /// The field of an angle.
    #[must_use]
    pub fn angle(self, limb: &Limb, angle: &str) -> String {
        format!("{}-{}-{angle}", self.word(), limb.name.replace(' ', "-"))
    }

    /// The field of the boxes of what touches in this view.
    #[must_use]
    pub fn touch(self, view: View) -> String {
        format!("{}-{}", self.word(), if view == View::Side { "touches" } else { "touches-front" })
    }

    /// Another of its fields: `other` for more that touches, `props`, `more` for the rest of the notation.
    #[must_use]
    pub fn field(self, name: &str) -> String {
        format!("{}-{name}", self.word())
    }
}

/// The fields that show this position.
#[must_use]
pub fn fields(when: When, view: View, pose: &Pose) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut more = Vec::new();
    for part in pose.pose.split('|').skip(1).map(str::trim) {
        let known = limbs(view).iter().find_map(|limb| Some((limb, part.strip_prefix(limb.name)?.strip_prefix(' ')?)));
        let numbers = known.map(|(limb, numbers)| (limb, numbers.split('/').map(str::trim).collect::<Vec<_>>()));
        match numbers {
            Some((limb, numbers)) if numbers.len() == limb.angles.len() => {
                let named = limb.angles.iter().zip(numbers);
                fields.extend(named.map(|((angle, ..), number)| (when.angle(limb, angle), number.trim_start_matches('+').to_owned())));
            }
            _ => more.push(part),
        }
    }
    let (listed, others): (Vec<&str>, Vec<&str>) = pose.contact.iter().map(String::as_str).partition(|touch| touches(view).contains(touch));
    fields.extend(listed.into_iter().map(|touch| (when.touch(view), touch.to_owned())));
    fields.push((when.field("other"), others.join(", ")));
    fields.push((when.field("props"), pose.props.join("\n")));
    fields.push((when.field("more"), more.join(" | ")));
    fields
}

/// Reads a position.
///
/// # Errors
/// Every angle that is none or lies beyond its limits, by its field.
pub fn read(when: When, view: View, fields: &Fields, invalid: &mut Invalid) -> Pose {
    let mut parts = vec![view.word().to_owned()];
    for limb in limbs(view) {
        let numbers: Vec<String> = limb
            .angles
            .iter()
            .map(|(angle, low, high)| {
                let field = when.angle(limb, angle);
                number(fields.get(&field), *low, *high).unwrap_or_else(|words| {
                    invalid.add(field, format!("{}, {}, {angle}: {words}", when.label(), limb.label));
                    "0".to_owned()
                })
            })
            .collect();
        if !limb.spare || numbers.iter().any(|number| number != "0") {
            parts.push(format!("{} {}", limb.name, numbers.join("/")));
        }
    }
    let list = |text: &str, separator: &[char]| {
        text.split(separator).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    parts.extend(list(fields.get(&when.field("more")), &['|']));
    let field = when.touch(view);
    let mut contact: Vec<String> = touches(view).iter().filter(|touch| fields.is(&field, touch)).map(|touch| (*touch).to_owned()).collect();
    contact.extend(list(fields.get(&when.field("other")), &[',', '\n']));
    Pose { pose: parts.join(" | "), contact, props: list(fields.get(&when.field("props")), &['\n']), note: String::new() }
}

/// An angle in degrees, as the notation writes it; an empty field is nought.
fn number(text: &str, low: i16, high: i16) -> Result<String, String> {
    let text = text.trim().replace('−', "-");
    if text.is_empty() {
        return Ok("0".to_owned());
    }
    match text.parse::<f64>() {
        Ok(number) if (f64::from(low)..=f64::from(high)).contains(&number) => {
            let tenth = (number * 10.0).round() / 10.0;
            Ok(if tenth == 0.0 { "0".to_owned() } else { tenth.to_string() })
        }
        _ => Err(format!("enter a number from {low} to {high}").replace('-', "−")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Library;
    use super::*;

    /// The notation without what makes no difference: signs, noughts that need not stand, the order of the parts.
    fn bare(pose: &str) -> Vec<String> {
        let mut parts: Vec<String> = pose.split('|').map(|part| part.trim().replace('+', "").replace("-0/", "0/")).collect();
        parts.retain(|part| !["neck 0", "roll 0", "lean 0", "pelvis 0"].contains(&part.as_str()));
        parts.sort();
        parts
    }

    #[test]
    fn every_position_of_the_library_comes_back_from_its_fields() {
        for exercise in Library::load().unwrap().all() {
            for (when, pose) in [(When::Start, exercise.start.as_ref().unwrap()), (When::End, exercise.end.as_ref().unwrap())] {
                let mut invalid = Invalid::default();
                let again = read(when, exercise.view, &Fields::from_pairs(fields(when, exercise.view, pose)), &mut invalid);
                assert!(invalid.is_empty(), "{}: {invalid}", exercise.slug);
                assert_eq!(bare(&again.pose), bare(&pose.pose), "{}", exercise.slug);
                let sorted = |list: &[String]| {
                    let mut list = list.to_vec();
                    list.sort();
                    list
                };
                assert_eq!(sorted(&again.contact), sorted(&pose.contact), "{}", exercise.slug);
                assert_eq!(again.props, pose.props, "{}", exercise.slug);
            }
        }
    }

    #[test]
    fn an_angle_has_limits() {
        assert_eq!(number(" −12.54 ", -32, 135), Ok("-12.5".to_owned()));
        assert_eq!((number("", -1, 1), number("-0", -1, 1)), (Ok("0".to_owned()), Ok("0".to_owned())));
        assert_eq!(number("136", -32, 135), Err("enter a number from −32 to 135".to_owned()));
        assert!(number("NaN", -32, 135).is_err() && number("inf", -32, 135).is_err() && number("bent", -32, 135).is_err());
    }
}
