//! Shapes: the outline of each part of the mannequin and each prop, in its own coordinates.
//!
//! A bone's shape begins at its joint and runs down the page; what faces forwards in a side view is on its right (on its left for trunk and head,
//! which run up). All numbers are units; y runs down, as in SVG.

use std::fmt::Write;

use super::body::{Bone, HALF_FOOT, HEEL, SOLE};
use super::posture::View;

/// An outline and the box it fits in.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The data of an SVG path.
    pub path: String,
    /// Left, top, right, bottom.
    pub bounds: [f64; 4],
}

impl Shape {
    fn new(path: impl Into<String>, bounds: [f64; 4]) -> Self {
        Self { path: path.into(), bounds }
    }

    /// The shape of a bone seen at this length.
    pub fn of(bone: Bone, view: View, length: f64) -> Option<Self> {
        let side = view == View::Side;
        Some(match bone {
            Bone::Pelvis(_) | Bone::Girdle(_) => return None,
            Bone::Trunk if side => Self::new(
                "M-9.6-2C-10.6 6-8.6 13-8.8 20C-9 28-11.8 34-11.4 42C-11 51-6.5 57.5 0 57.5C6.5 57.5 10.4 52 10.4 44C10.4 36 7.8 30 7.4 22C7.2 14 12 9 11.4 0C10.8-7.4 6-10.4 0-10.4C-5-10.4-9-7-9.6-2Z",
                [-12.0, -10.4, 12.0, 57.5],
            ),
            Bone::Trunk => front_trunk(length),
            Bone::Head if side => Self::new(
                "M4.6-2L4.8 10C9.4 11.4 12 15.6 11.9 21C11.8 28 6.6 33 0 32.8C-6.4 32.6-10.4 28.6-10.6 23.2L-12.3 19.8Q-12.7 18.8-11 18.4L-10.9 14.4Q-10.6 11-6.8 10.8L-4.4 10.4L-4.6-2Z",
                [-12.6, -2.0, 12.0, 33.0],
            ),
            Bone::Head => Self::new(
                "M-4.6-3L-4.6 10C-8.4 12-9.8 16-9.8 21C-9.8 28-5.4 32.8 0 32.8C5.4 32.8 9.8 28 9.8 21C9.8 16 8.4 12 4.6 10L4.6-3Z",
                [-10.0, -3.0, 10.0, 33.0],
            ),
            Bone::Thigh(_) => limb(if side { [9.6, 9.4, 8.6, 6.2] } else { [8.4, 8.2, 7.8, 5.8] }, length),
            Bone::Shank(_) if side => limb([6.1, 5.0, 7.6, 3.5], length),
            Bone::Shank(_) => limb([5.7, 6.3, 6.3, 3.3], length),
            Bone::Foot(_) if side => Self::new(
                format!(
                    "M-{SOLE:.1}-3C-{SOLE:.1}-{HEEL:.1}-4-{HEEL:.1}-1.5-3.6C1.5-3.6 3.6-1.5 3.5 1.5C3 7-1 11-2.8 14.4L-{SOLE:.1} 14.4Z"
                ),
                [-SOLE - 0.5, -HEEL - 0.5, 3.6, 14.4],
            ),
            Bone::Foot(_) => Self::new(
                format!(
                    "M-3.3-1C-3.6 3-{HALF_FOOT:.1} 4-4.6 5.4C-4.8 6.6-4.2 {SOLE:.1}-3 {SOLE:.1}L3 {SOLE:.1}C4.2 {SOLE:.1} 4.8 6.6 4.6 5.4C{HALF_FOOT:.1} 4 3.6 3 3.3-1Z"
                ),
                [-4.8, -1.0, 4.8, SOLE],
            ),
            Bone::Toes(_) if side => {
                Self::new("M-1.6-2L-1.6 4.6Q-1.6 6.4 0 6.4Q1.8 6.2 1.9 3.6Q2.4 1 3-2Q0-4-1.6-2Z", [-1.7, -3.2, 3.0, 6.4])
            }
            Bone::Toes(_) => return None,
            Bone::UpperArm(_) => limb([4.9, 4.6, 4.6, 3.7], length),
            Bone::Forearm(_) => limb([3.8, 4.1, 3.9, 2.4], length),
            Bone::Hand(_) => {
                Self::new("M-2.3-1Q-3 2.6-2.6 6Q-2.2 9.4-.6 9.6Q1.4 9.6 1.8 7Q2.2 5.4 3 5.2Q3.8 4.6 3.4 3.4L2.3-1Z", [-3.0, -1.4, 3.8, 9.6])
            }
        })
    }

    /// A disc.
    pub fn disc(radius: f64) -> Self {
        Self::new(
            format!("M-{radius:.1} 0A{radius:.1} {radius:.1} 0 1 1 {radius:.1} 0A{radius:.1} {radius:.1} 0 1 1-{radius:.1} 0Z"),
            [-radius, -radius, radius, radius],
        )
    }

    /// A ring.
    pub fn ring(outer: f64, inner: f64) -> Self {
        let hole = format!("M-{inner:.1} 0A{inner:.1} {inner:.1} 0 1 0 {inner:.1} 0A{inner:.1} {inner:.1} 0 1 0-{inner:.1} 0Z");
        let mut ring = Self::disc(outer);
        ring.path.push_str(&hole);
        ring
    }

    /// An ellipse around a point.
    pub fn oval(x: f64, y: f64, across: f64, along: f64) -> Self {
        let (left, right) = (x - across, x + across);
        Self::new(
            format!(
                "M{} {}A{across:.1} {along:.1} 0 1 1 {} {}A{across:.1} {along:.1} 0 1 1 {} {}Z",
                Short(left),
                Short(y),
                Short(right),
                Short(y),
                Short(left),
                Short(y)
            ),
            [left, y - along, right, y + along],
        )
    }

    /// A box with rounded corners, from its left and top.
    pub fn block(left: f64, top: f64, width: f64, height: f64, corner: f64) -> Self {
        let corner = corner.min(width / 2.0).min(height / 2.0);
        let (across, down) = (width - 2.0 * corner, height - 2.0 * corner);
        let mut path = String::with_capacity(64);
        let _ = write!(path, "M{} {}h{}", Short(left + corner), Short(top), Short(across));
        for (x, y, line) in [
            (corner, corner, format!("v{}", Short(down))),
            (-corner, corner, format!("h{}", Short(-across))),
            (-corner, -corner, format!("v{}", Short(-down))),
        ] {
            let _ = write!(path, "a{c} {c} 0 0 1 {} {}{line}", Short(x), Short(y), c = Short(corner));
        }
        let _ = write!(path, "a{c} {c} 0 0 1 {c} {}Z", Short(-corner), c = Short(corner));
        Self::new(path, [left, top, left + width, top + height])
    }

    /// Several shapes as one.
    pub fn together(shapes: &[Self]) -> Self {
        let mut whole = Self::new("", [f64::MAX, f64::MAX, f64::MIN, f64::MIN]);
        for shape in shapes {
            whole.path.push_str(&shape.path);
            let [left, top, right, bottom] = shape.bounds;
            let known = whole.bounds;
            whole.bounds = [known[0].min(left), known[1].min(top), known[2].max(right), known[3].max(bottom)];
        }
        whole
    }
}

/// A tapered limb with round ends: the radius at its joint, the swell in front and behind, the radius at its end.
fn limb([joint, front, behind, end]: [f64; 4], length: f64) -> Shape {
    let swell = |width: f64| 2.0 * width - f64::midpoint(joint, end);
    let (fore, aft) = (swell(front), swell(behind));
    let middle = length * 0.4;
    let path = format!(
        "M-{j} 0A{j} {j} 0 0 1 {j} 0Q{} {} {e} {l}A{e} {e} 0 0 1-{e} {l}Q{} {}-{j} 0Z",
        Short(fore),
        Short(middle),
        Short(-aft),
        Short(middle),
        j = Short(joint),
        e = Short(end),
        l = Short(length),
    );
    let wide = joint.max(front).max(behind).max(end);
    Shape::new(path, [-wide, -joint, wide, length + end])
}

/// The trunk from the front: hips, waist, chest and shoulders. A foreshortened one is drawn shorter, not narrower.
fn front_trunk(length: f64) -> Shape {
    let at = |share: f64| Short(length * share);
    let path = format!(
        "M-16.4-1C-17 5-13.2 {w}-12.6 {v}C-12.4 {c}-16.6 {d}-20.4 {s}C-21.6 {t}-16 {u}-8 {t}L8 {t}C16 {u} 21.6 {t} 20.4 {s}C16.6 {d} 12.4 {c} 12.6 {v}C13.2 {w} 17 5 16.4-1C15.6-7 9-9.4 0-9.4C-9-9.4-15.6-7-16.4-1Z",
        w = at(0.22),
        v = at(0.4),
        c = at(0.6),
        d = at(0.76),
        s = at(0.94),
        t = at(1.08),
        u = at(1.09),
    );
    Shape::new(path, [-21.5, -9.4, 21.5, length * 1.1])
}

/// A number with at most one decimal, as short as it gets.
pub struct Short(pub f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
        if tenths < 0 {
            f.write_str("-")?;
        }
        match (whole, rest) {
            (whole, 0) => write!(f, "{whole}"),
            (0, rest) => write!(f, ".{rest}"),
            (whole, rest) => write!(f, "{whole}.{rest}"),
        }
    }
}
