//! Settling: a described posture is moved as little as possible until what should touch touches, nothing sinks into the floor, and no joint
//! bends further than it can.
//!
//! The angles of a description are rounded and know nothing of how thick a limb is; feet, hands and knees would float or sink by some
//! centimetres. Each contact is an equation for the height of one spot; together they are solved by Newton's method with the smallest change of
//! the angles, in which some joints give way more readily than others ([`Joint::give`]).

use super::body::{Bone, JOINTS, Joint, depth};
use super::posture::{Posture, View};
use super::skeleton::{Skeleton, Spot};

/// What a settled figure must fulfil.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Demands {
    /// Spots at a height above the ground, in units.
    pub heights: Vec<(Spot, f64)>,
    /// Spots at a place from left to right, in units.
    pub pins: Vec<(Spot, f64)>,
    /// The rise of the ground to the right, as a share.
    pub rise: f64,
    /// Whether there is a ground to sink into.
    pub ground: bool,
}

/// Rounds of Newton's method; four or five are enough for all of the library.
const ROUNDS: usize = 14;
/// As good as touching, in units: a fifth of a millimetre.
const DONE: f64 = 0.02;
/// No joint turns further in one round, in radians.
const STEP: f64 = 0.3;
/// Keeps the equations solvable where two of them say the same.
const DAMPING: f64 = 0.5;

/// The spots that must not sink into the ground, with the depth of the body around them.
fn sinking(view: View) -> Vec<(Spot, f64)> {
    let mut spots = vec![(Spot::end(Bone::Head), depth::HEAD)];
    let side = view == View::Side;
    if side {
        spots.extend([(Spot::start(Bone::Trunk), depth::PELVIS), (Spot::end(Bone::Trunk), depth::CHEST)]);
    }
    for half in [0, 1] {
        spots.extend([
            (Spot::heel(half, view), 0.0),
            (Spot::ball(half, view), 0.0),
            (Spot::end(Bone::Thigh(half)), depth::KNEE),
            (Spot::end(Bone::Shank(half)), depth::ANKLE),
            (Spot::end(Bone::UpperArm(half)), depth::ELBOW),
            (Spot::end(Bone::Forearm(half)), depth::WRIST),
            (Spot::end(Bone::Hand(half)), depth::FINGERS),
        ]);
        if side {
            spots.push((Spot::end(Bone::Toes(half)), depth::TOES));
        } else {
            spots.extend([(Spot::start(Bone::Thigh(half)), depth::HIP), (Spot::end(Bone::Girdle(half)), depth::SHOULDER)]);
        }
    }
    spots
}

/// One equation: how the value changes with each joint, and how far it is off.
type Row = ([f64; JOINTS], f64);

impl Demands {
    /// The height of a spot above the ground.
    fn above(&self, skeleton: &Skeleton, spot: Spot) -> f64 {
        let point = skeleton.point(spot);
        (point.y - self.rise * point.x) / self.rise.hypot(1.0)
    }

    fn height_row(&self, skeleton: &Skeleton, spot: Spot, height: f64) -> Row {
        let scale = self.rise.hypot(1.0);
        let moves = skeleton.moves(spot);
        (moves.map(|(x, y)| (y - self.rise * x) / scale), self.above(skeleton, spot) - height)
    }

    /// Moves the posture until it fulfils all this, or as nearly as it can.
    pub fn settle(&self, posture: &Posture) -> Posture {
        let mut posture = posture.clone();
        let sinking = if self.ground { sinking(posture.view) } else { Vec::new() };
        let mut held = vec![false; sinking.len()];
        let mut bound = [None; JOINTS];
        self.put_down(&mut posture);
        for round in 0..ROUNDS {
            let skeleton = Skeleton::of(&posture);
            let mut rows: Vec<Row> = self.heights.iter().map(|(spot, height)| self.height_row(&skeleton, *spot, *height)).collect();
            rows.extend(self.pins.iter().map(|(spot, x)| (skeleton.moves(*spot).map(|(x, _)| x), skeleton.point(*spot).x - x)));
            for ((spot, depth), held) in sinking.iter().zip(&mut held) {
                // At first the body may still be on its way down or up.
                if *held || (round > 1 && self.above(&skeleton, *spot) < depth - 2.0 * DONE) {
                    *held = true;
                    rows.push(self.height_row(&skeleton, *spot, *depth));
                }
            }
            for joint in Joint::ALL {
                let (low, high) = joint.limits(posture.view);
                let now = posture.get(joint);
                let place = joint.place();
                if round > 1 && place > Joint::Y.place() && (now < low.to_radians() - 1e-3 || now > high.to_radians() + 1e-3) {
                    bound[place] = Some(now.clamp(low.to_radians(), high.to_radians()));
                }
                if let Some(limit) = bound[place] {
                    let mut row = [0.0; JOINTS];
                    // A radian is worth as much as a unit fifty units away.
                    row[place] = 50.0;
                    rows.push((row, 50.0 * (now - limit)));
                }
            }
            if round > 1 && rows.iter().all(|(_, off)| off.abs() < DONE) {
                break;
            }
            let change = smallest_change(&rows);
            for (joint, change) in Joint::ALL.iter().zip(change) {
                let change = if joint.place() > Joint::Y.place() { change.clamp(-STEP, STEP) } else { change.clamp(-500.0, 500.0) };
                posture.set(*joint, posture.get(*joint) + change);
            }
        }
        posture
    }

    /// Puts the whole body up or down, and left or right, to where it belongs on the average, before any joint turns.
    fn put_down(&self, posture: &mut Posture) {
        let skeleton = Skeleton::of(posture);
        let mean = |sum: f64, many: usize| if many == 0 { 0.0 } else { sum / many as f64 };
        let across = self.pins.iter().map(|(spot, x)| x - skeleton.point(*spot).x).sum();
        let up = self.heights.iter().map(|(spot, height)| height - self.above(&skeleton, *spot)).sum();
        posture.set(Joint::X, posture.get(Joint::X) + mean(across, self.pins.len()));
        posture.set(Joint::Y, posture.get(Joint::Y) + mean(up, self.heights.len()));
    }

    /// The height demands that are not fulfilled, with how far they are off in units.
    pub fn missed(&self, skeleton: &Skeleton, tolerance: f64) -> Vec<(Spot, f64)> {
        let off = self.heights.iter().map(|(spot, height)| (*spot, self.above(skeleton, *spot) - height));
        off.filter(|(_, off)| off.abs() > tolerance).collect()
    }

    /// The spots that have sunk into the ground, with how deep in units.
    pub fn sunk(&self, skeleton: &Skeleton, tolerance: f64) -> Vec<(Spot, f64)> {
        if !self.ground {
            return Vec::new();
        }
        let sunk = sinking(skeleton.view).into_iter().map(|(spot, depth)| (spot, depth - self.above(skeleton, spot)));
        sunk.filter(|(_, deep)| *deep > tolerance).collect()
    }
}

/// The change of the joints that fulfils all rows with the least turning, weighted by how readily each joint gives way.
fn smallest_change(rows: &[Row]) -> [f64; JOINTS] {
    let count = rows.len();
    let gives = Joint::ALL.map(Joint::give);
    let mut matrix = vec![0.0; count * count];
    for (one, (left, _)) in rows.iter().enumerate() {
        for (other, (right, _)) in rows.iter().enumerate().take(one + 1) {
            let product: f64 = (0..JOINTS).map(|joint| left[joint] * gives[joint] * right[joint]).sum();
            matrix[one * count + other] = product + if one == other { DAMPING } else { 0.0 };
        }
    }
    let mut solution: Vec<f64> = rows.iter().map(|(_, off)| -off).collect();
    cholesky(&mut matrix, &mut solution);
    let mut change = [0.0; JOINTS];
    for ((row, _), value) in rows.iter().zip(&solution) {
        for joint in 0..JOINTS {
            change[joint] += gives[joint] * row[joint] * value;
        }
    }
    change
}

/// Solves a symmetric positive equation in place; the lower half of the matrix is given.
fn cholesky(matrix: &mut [f64], right: &mut [f64]) {
    let count = right.len();
    for row in 0..count {
        for column in 0..=row {
            let mut sum = matrix[row * count + column];
            for inner in 0..column {
                sum -= matrix[row * count + inner] * matrix[column * count + inner];
            }
            matrix[row * count + column] = if row == column { sum.max(1e-9).sqrt() } else { sum / matrix[column * count + column] };
        }
    }
    for row in 0..count {
        for inner in 0..row {
            right[row] -= matrix[row * count + inner] * right[inner];
        }
        right[row] /= matrix[row * count + row];
    }
    for row in (0..count).rev() {
        for inner in row + 1..count {
            right[row] -= matrix[inner * count + row] * right[inner];
        }
        right[row] /= matrix[row * count + row];
    }
}
