//! Drawings: what is drawn in which order, and where each part is at every moment between start and end.

use super::Area;
use super::anatomy::{Layer, body, limb, muscles, order, stands_on};
use super::arrow::Arrow;
use super::body::{FAR, NEAR};
use super::posture::View;
use super::prop::Kind;
use super::scene::Scene;
use super::shape::Shape;
use super::skeleton::{Point, Skeleton};
use super::things::{furniture, held};

/// Moments at which a movement is known: start, three between, end.
pub const MOMENTS: usize = 5;

/// Where a shape lies at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Its origin, y upwards.
    pub at: Point,
    /// Turned anti-clockwise, in degrees.
    pub turned: f64,
    /// Stretched along its x and y.
    pub scale: (f64, f64),
}

/// How a part is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What stands behind: floor, mat, furniture.
    Behind,
    /// The far side of the body.
    Far,
    /// The near side.
    Near,
    /// The working muscle.
    Work,
    /// Things that are held, or lie before the body.
    Before,
    /// Bands.
    Band,
    /// Arrows that show which way one presses.
    Push,
}

/// A shape with its places.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its outline.
    pub shape: Shape,
    /// Its colour.
    pub tone: Tone,
    /// Where it lies at each moment; of what stands still, all the same.
    pub places: [Placement; MOMENTS],
    /// Parts of one limb are outlined together, not each on its own.
    pub limb: u8,
}

impl Item {
    /// Whether it moves so that one can see it.
    pub fn moves(&self) -> bool {
        let first = self.places[0];
        self.places.iter().any(|place| {
            place.at.distance(first.at) > 0.3
                || (place.turned - first.turned).abs() > 0.5
                || (place.scale.0 - first.scale.0).abs() > 0.02
                || (place.scale.1 - first.scale.1).abs() > 0.02
        })
    }

    /// Ends a band at the edge of the frame.
    fn cut(&mut self, frame: Frame) {
        for place in &mut self.places {
            let across = place.scale.0 * place.turned.to_radians().cos();
            let edge = if across > 0.0 { frame.left + frame.width } else { frame.left };
            let share = if across.abs() < 0.1 { 1.0 } else { (edge - place.at.x) / across };
            if (0.0..1.0).contains(&share) {
                place.scale.0 *= share;
            }
        }
    }
}

/// The left, bottom, right and top of what is drawn, y upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Lower edge.
    pub bottom: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Everything that is drawn of a figure, from back to front.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The parts, from back to front.
    pub items: Vec<Item>,
    /// The line of the ground: its height at the left and at the right edge; nothing seen from above.
    pub ground: Option<(f64, f64)>,
    /// The way of what moves furthest, from start to end.
    pub arrow: Option<Arrow>,
    /// What is to be seen of it.
    pub frame: Frame,
}

/// Room around the drawing, in units.
const ROOM: f64 = 7.0;
/// A movement shorter than this gets no arrow, in units.
const SHORT_WAY: f64 = 9.0;
/// The narrowest frame, in units.
const NARROW: f64 = 190.0;

impl Drawing {
    /// The drawing of a movement.
    pub fn new(start: &Scene, end: &Scene, areas: &[Area], both: bool) -> Self {
        let skeletons =
            [start.skeleton.clone(), start.between(end, 0.25), start.between(end, 0.5), start.between(end, 0.75), end.skeleton.clone()];
        Self::of(start, end, &skeletons, areas, both)
    }

    /// The drawing of one position.
    pub fn still(scene: &Scene, areas: &[Area]) -> Self {
        let skeletons = [(); MOMENTS].map(|()| scene.skeleton.clone());
        Self::of(scene, scene, &skeletons, areas, false)
    }

    fn of(start: &Scene, end: &Scene, skeletons: &[Skeleton; MOMENTS], areas: &[Area], both: bool) -> Self {
        let view = start.posture.view;
        // The calf works in the leg that stands.
        let stands_on_far = !stands_on(NEAR, start, end) && stands_on(FAR, start, end);
        let mut items = Vec::with_capacity(32);
        furniture(start, end, &mut items);
        for part in order(start) {
            match part {
                Layer::Limb(bones, half) => limb(bones, half, view, skeletons, &mut items),
                Layer::Bone(bone) => body(bone, view, skeletons, 0, &mut items),
                Layer::Areas(half) => {
                    let shown = |area: &&Area| match view {
                        View::Side => (half == FAR) == (**area == Area::Calf && stands_on_far),
                        _ => half == NEAR || both,
                    };
                    let areas: Vec<Area> = areas.iter().filter(shown).copied().collect();
                    muscles(&areas, half, view, skeletons, &mut items);
                }
            }
        }
        held(start, end, skeletons, &mut items);
        // Where arrows show what one presses, a short way needs none of its own.
        let presses = end.props.iter().any(|prop| prop.kind == Kind::Press);
        let arrow = Arrow::of(skeletons, if presses { 2.0 * SHORT_WAY } else { SHORT_WAY });
        let bounds = bounds(&items, arrow.as_ref());
        let frame = Frame::around(bounds, view);
        items.iter_mut().filter(|item| item.tone == Tone::Band).for_each(|item| item.cut(frame));
        let rise = start.demands.rise;
        let ground = (view != View::Top).then_some((rise * frame.left, rise * (frame.left + frame.width)));
        Self { items, ground, arrow, frame }
    }
}

fn bounds(items: &[Item], arrow: Option<&Arrow>) -> [f64; 4] {
    let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    let mut take = |x: f64, y: f64| bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
    for item in items {
        if item.tone == Tone::Band {
            continue;
        }
        let [left, top, right, bottom] = item.shape.bounds;
        for place in [&item.places[0], &item.places[2], &item.places[MOMENTS - 1]] {
            let (sin, cos) = place.turned.to_radians().sin_cos();
            for (x, y) in [(left, top), (left, bottom), (right, top), (right, bottom)] {
                let (x, y) = (x * place.scale.0, -y * place.scale.1);
                take(place.at.x + x * cos - y * sin, place.at.y + x * sin + y * cos);
            }
        }
    }
    arrow.map(Arrow::points).into_iter().flatten().for_each(|point| take(point.x, point.y));
    bounds
}

impl Frame {
    /// The frame of four to three around these bounds; a figure on the floor has more room above it than below.
    fn around([left, bottom, right, top]: [f64; 4], view: View) -> Self {
        let (wide, high) = (right - left + 2.0 * ROOM, top - bottom + 2.0 * ROOM);
        let width = wide.max(high * 4.0 / 3.0).max(NARROW);
        let height = width * 0.75;
        let spare = height - high;
        let share = if view == View::Top { 0.5 } else { 0.3 };
        Self { left: f64::midpoint(left, right) - width / 2.0, bottom: bottom - ROOM - spare * share, width, height }
    }
}
