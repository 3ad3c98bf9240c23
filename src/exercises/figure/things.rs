//! Things around the body: what stands still, and what is held, tied or rolled and moves with it.

use super::anatomy::along;
use super::body::{Bone, FAR, HEIGHT};
use super::drawing::{Item, MOMENTS, Placement, Tone};
use super::place::{Part, Place};
use super::posture::View;
use super::prop::{At, Kind, Prop};
use super::scene::Scene;
use super::shape::Shape;
use super::skeleton::{ORDER, Point, Skeleton};

/// Length of an arrow that shows which way one presses, in units.
const POINTER: f64 = 17.0;

/// What stands still: the mat, furniture, walls. It is placed by the position that names it, the start before the end.
pub fn furniture(start: &Scene, end: &Scene, items: &mut Vec<Item>) {
    let mut kinds: Vec<Kind> = Vec::new();
    for (scene, other) in [(start, end), (end, start)] {
        for prop in &scene.props {
            if kinds.contains(&prop.kind)
                && (std::ptr::eq(scene, end) || scene.props.iter().filter(|known| known.kind == prop.kind).count() < 2)
            {
                continue;
            }
            if let Some((shape, at)) = standing(prop, scene, other) {
                kinds.push(prop.kind);
                let place = Placement { at, turned: 0.0, scale: (1.0, 1.0) };
                items.push(Item { shape, tone: Tone::Behind, places: [place; MOMENTS], limb: 0 });
            }
        }
    }
}

/// The height of the skin under a place.
fn under(place: &Place, skeleton: &Skeleton) -> f64 {
    let lowest = place.touches(skeleton.view).into_iter().map(|touch| skeleton.point(touch.spot).y - touch.depth);
    lowest.fold(f64::MAX, f64::min)
}

/// From the leftmost to the rightmost spot of the places.
fn span(places: &[Place], skeleton: &Skeleton) -> (f64, f64) {
    let points = places.iter().flat_map(|place| place.touches(skeleton.view)).map(|touch| skeleton.point(touch.spot).x);
    points.fold((f64::MAX, f64::MIN), |(left, right), x| (left.min(x), right.max(x)))
}

fn standing(prop: &Prop, scene: &Scene, other: &Scene) -> Option<(Shape, Point)> {
    let skeleton = &scene.skeleton;
    let floor = Point::default();
    match (prop.kind, &prop.at) {
        (Kind::Mat, _) => {
            let (left, right) = extent(skeleton);
            Some((Shape::block(left - 6.0, 0.0, right - left + 12.0, 2.4, 1.2), floor))
        }
        (Kind::Chair | Kind::Bench | Kind::Bed | Kind::Step, At::Under(places)) => {
            let top = prop.size.or_else(|| places.first().map(|place| under(place, skeleton)))?;
            let (left, right) = span(places, skeleton);
            let foot = places.iter().any(|place| matches!(place.part, Part::Foot | Part::Forefoot | Part::Toes));
            Some(match prop.kind {
                Kind::Chair => (
                    chair(top, places.iter().any(|place| place.part == Part::Calf), scene.posture.view),
                    Point::new(f64::midpoint(left, right), 0.0),
                ),
                Kind::Step => (Shape::block(left - 8.0, -top, right - left + if foot { 16.0 } else { 30.0 }, top, 1.0), floor),
                Kind::Bed => (table(left - 26.0, right + 4.0, top), floor),
                _ if foot => (Shape::block(left - 14.0, -top, right - left + 22.0, top, 2.0), floor),
                _ => (table(left - 17.0, right + 17.0, top), floor),
            })
        }
        (Kind::Chair, At::Beside(side)) => {
            let (left, right) = extent(skeleton);
            let x = if *side < 0.0 { left - 14.0 } else { right + 20.0 };
            Some((chair(44.0, *side > 0.0, scene.posture.view), Point::new(x, 0.0)))
        }
        (Kind::Wall, At::Beside(side)) => {
            let (first, last) = (extent(skeleton), extent(&other.skeleton));
            let beside = if *side < 0.0 { first.0.min(last.0) } else { first.1.max(last.1) + 3.0 };
            // What is pressed against the body is pressed by the wall.
            let pressed = scene.props.iter().find(|prop| matches!(prop.at, At::Against(_)));
            let edge = pressed.and_then(|prop| Some(tied(prop, skeleton)?.0.x + side * prop.radius()));
            let x = edge.map_or(beside, |edge| if *side < 0.0 { edge } else { edge + 3.0 });
            Some((Shape::block(x - 3.0, -190.0, 3.0, 190.0, 0.0), floor))
        }
        (Kind::Rail, At::On(place)) => {
            let at = place.middle(skeleton);
            let post = Shape::block(-1.3, 0.0, 2.6, at.y.max(5.0), 0.0);
            Some((
                Shape::together(&[post, Shape::block(-7.0, -1.8, 14.0, 3.4, 1.7), Shape::block(-9.0, at.y.max(5.0) - 2.0, 18.0, 2.0, 1.0)]),
                at,
            ))
        }
        (Kind::Bar, At::On(place)) => {
            let at = place.middle(skeleton);
            Some((
                Shape::together(&[Shape::disc(2.0), Shape::block(-1.0, -16.0, 2.0, 16.0, 0.0), Shape::block(-16.0, -18.0, 32.0, 2.6, 1.0)]),
                at,
            ))
        }
        _ => None,
    }
}

/// A chair seen from the side, its back to the left or to the right; from the front its back is behind.
fn chair(top: f64, turned: bool, view: View) -> Shape {
    if view != View::Side {
        return Shape::together(&[
            Shape::block(-21.0, -top - 42.0, 42.0, 42.0, 4.0),
            Shape::block(-22.0, -top, 44.0, 4.0, 1.5),
            Shape::block(-21.0, 4.0 - top, 3.0, top - 4.0, 0.0),
            Shape::block(18.0, 4.0 - top, 3.0, top - 4.0, 0.0),
        ]);
    }
    let back = if turned { 19.0 } else { -22.0 };
    Shape::together(&[
        Shape::block(-22.0, -top, 44.0, 4.0, 1.5),
        Shape::block(back, -top - 42.0, 3.0, 44.0, 1.5),
        Shape::block(-21.0, 4.0 - top, 3.0, top - 4.0, 0.0),
        Shape::block(18.0, 4.0 - top, 3.0, top - 4.0, 0.0),
    ])
}

/// A bed or bench from its left to its right end.
fn table(left: f64, right: f64, top: f64) -> Shape {
    let thick = if top > 20.0 { 7.0 } else { top / 2.0 };
    Shape::together(&[
        Shape::block(left, -top, right - left, thick, 2.5),
        Shape::block(left + 6.0, thick - top, 3.4, (top - thick).max(0.1), 0.0),
        Shape::block(right - 9.4, thick - top, 3.4, (top - thick).max(0.1), 0.0),
    ])
}

/// From the leftmost to the rightmost joint.
fn extent(skeleton: &Skeleton) -> (f64, f64) {
    let ends = ORDER.iter().flat_map(|bone| [skeleton.start(*bone).x, skeleton.end(*bone).x]);
    ends.fold((f64::MAX, f64::MIN), |(left, right), x| (left.min(x), right.max(x)))
}

/// What is held, tied or rolled: it moves with the body.
pub fn held(start: &Scene, end: &Scene, skeletons: &[Skeleton; MOMENTS], items: &mut Vec<Item>) {
    for (number, prop) in start.props.iter().enumerate() {
        // The same prop at the end, in the same row.
        let later = end.props.get(number).filter(|later| later.kind == prop.kind).unwrap_or(prop);
        let points = |which: fn(&Prop, &Skeleton) -> Option<(Point, Point)>| -> Option<[(Point, Point); MOMENTS]> {
            let mut row = [(Point::default(), Point::default()); MOMENTS];
            for (moment, (entry, skeleton)) in row.iter_mut().zip(skeletons).enumerate() {
                let share = moment as f64 / (MOMENTS - 1) as f64;
                let (one, two) = (which(prop, skeleton)?, which(later, skeleton)?);
                *entry = (one.0.towards(two.0, share), one.1.towards(two.1, share));
            }
            Some(row)
        };
        let Some((shape, tone, stretched)) = carried(prop) else { continue };
        let Some(ends) = points(tied) else { continue };
        let places = ends.map(|ends| held_at(ends, stretched));
        let limb = items.last().map_or(0, |item| item.limb) + 1;
        let item = Item { shape, tone, places, limb };
        // What lies under the body lies behind it, and so does a band that is tied to something beside it.
        match &prop.at {
            At::Under(_) => items.insert(0, item),
            At::Edge(place, _, _) if place.part == Part::Ankle => {
                items.insert(0, item);
                place.each().for_each(|half| items.push(cuff(half, skeletons, limb)));
            }
            _ => items.push(item),
        }
    }
    for (number, prop) in end.props.iter().enumerate() {
        let before = start.props.get(number).is_some_and(|before| before.kind == Kind::Press);
        if prop.kind == Kind::Press && !before {
            grow(prop, skeletons, items);
        }
    }
}

/// An arrow of pressing that is not there at the start grows on the way.
fn grow(prop: &Prop, skeletons: &[Skeleton; MOMENTS], items: &mut Vec<Item>) {
    let (Some((shape, tone, stretched)), Some(ends)) = (carried(prop), tied(prop, &skeletons[MOMENTS - 1])) else { return };
    let mut places = [held_at(ends, stretched); MOMENTS];
    for (moment, (place, skeleton)) in places.iter_mut().zip(skeletons).enumerate() {
        if let Some((from, to)) = tied(prop, skeleton) {
            let share = moment as f64 / (MOMENTS - 1) as f64;
            *place = held_at((from, to), stretched);
            place.scale = (place.scale.0 * share.max(0.01), share.max(0.01));
        }
    }
    let limb = items.last().map_or(0, |item| item.limb) + 1;
    items.push(Item { shape, tone, places, limb });
}

/// Where a thing lies between its ends.
fn held_at((from, to): (Point, Point), stretched: bool) -> Placement {
    if stretched {
        let long = from.distance(to).max(0.1);
        Placement { at: from, turned: (to.y - from.y).atan2(to.x - from.x).to_degrees(), scale: (long, 1.0) }
    } else {
        Placement { at: from, turned: 0.0, scale: (1.0, 1.0) }
    }
}

/// The end of a band round an ankle.
fn cuff(half: usize, skeletons: &[Skeleton; MOMENTS], limb: u8) -> Item {
    let bone = Bone::Shank(half);
    let shape = Shape::block(-4.4, skeletons[0].length(bone) - 3.4, 8.8, 2.6, 1.0);
    Item { shape, tone: Tone::Band, places: along(bone, skeletons), limb }
}

/// The shape of what moves with the body, its colour, and whether it is stretched between two points.
fn carried(prop: &Prop) -> Option<(Shape, Tone, bool)> {
    let radius = prop.radius();
    Some(match prop.kind {
        Kind::Roller => (Shape::ring(radius, 2.4), Tone::Before, false),
        Kind::LongRoller => (Shape::block(-radius, -22.0, 2.0 * radius, 44.0, 4.0), Tone::Before, false),
        Kind::Ball => (Shape::disc(radius), Tone::Before, false),
        Kind::Pillow => (Shape::block(-17.0, -3.4, 34.0, 7.0, 3.5), Tone::Before, false),
        Kind::Slider => (Shape::block(-10.0, -1.1, 20.0, 2.2, 1.1), Tone::Band, false),
        Kind::Weight if matches!(&prop.at, At::On(place) if place.part == Part::Ankle) => {
            (Shape::block(-5.6, -8.0, 11.2, 8.6, 3.0), Tone::Before, false)
        }
        Kind::Weight => (Shape::together(&[Shape::disc(6.0), Shape::block(-3.4, -8.6, 6.8, 4.0, 1.8)]), Tone::Before, false),
        Kind::Band | Kind::Loop => (Shape::new_band(), Tone::Band, true),
        Kind::Press => (Shape::pointer(), Tone::Push, true),
        _ => return None,
    })
}

/// Where a prop that moves with the body is, and where its other end is.
fn tied(prop: &Prop, skeleton: &Skeleton) -> Option<(Point, Point)> {
    match &prop.at {
        At::Under(places) => {
            let place = places.first()?;
            let middle = place.middle(skeleton);
            if skeleton.view == View::Top {
                return Some((middle, middle));
            }
            let height = match prop.kind {
                Kind::Slider => 1.1,
                Kind::Pillow => 3.4,
                _ => prop.radius(),
            };
            // A slider lies below the sole, wherever the foot points.
            let sole = place.touches(skeleton.view).first().map_or(middle, |touch| skeleton.point(touch.spot));
            let x = if prop.kind == Kind::Slider { sole.x } else { middle.x };
            Some((Point::new(x, height), middle))
        }
        At::On(place) => {
            let middle = place.middle(skeleton);
            let at = if prop.kind == Kind::Weight && place.part == Part::Hand { middle.plus(0.0, -6.0) } else { middle };
            Some((at, at))
        }
        At::Against(place) => {
            let touch = place.touches(skeleton.view).into_iter().next()?;
            let point = skeleton.point(touch.spot);
            let outwards = if skeleton.view != View::Side && place.halves[FAR] { 1.0 } else { -1.0 };
            // It sinks in a little.
            let at = point.plus(outwards * (touch.depth + 0.8 * prop.radius()), 0.0);
            Some((at, at))
        }
        At::Pressing(place, direction, away) => {
            let touch = place.touches(skeleton.view).into_iter().next()?;
            let (sin, cos) = direction.to_radians().sin_cos();
            let along = |far: f64| place.middle(skeleton).plus(far * cos, far * sin);
            // A finger's width off the skin.
            let near = touch.depth + 2.0;
            Some(if *away { (along(near), along(near + POINTER)) } else { (along(-near - POINTER), along(-near)) })
        }
        At::Between(one, other) => {
            let reach = [one, other].map(|place| place.touches(skeleton.view).first().map_or(3.0, |touch| touch.depth.max(3.0)));
            let (one, other) = (one.middle(skeleton), other.middle(skeleton));
            match prop.kind {
                Kind::Band => Some((one, other)),
                // It goes round both.
                Kind::Loop => {
                    let long = one.distance(other);
                    let along = if long < 0.5 { (1.0, 0.0) } else { ((other.x - one.x) / long, (other.y - one.y) / long) };
                    Some((one.plus(-along.0 * reach[0], -along.1 * reach[0]), other.plus(along.0 * reach[1], along.1 * reach[1])))
                }
                _ => Some((one.towards(other, 0.5), other)),
            }
        }
        At::Edge(place, side, height) => {
            let from = place.middle(skeleton);
            let to = Point::new(side * 120.0, if *height < 0.0 { from.y } else { height * HEIGHT });
            // Beyond every frame; it is cut at the edge.
            Some((from, from.towards(to, 4.0)))
        }
        At::Floor | At::Beside(_) => None,
    }
}

impl Shape {
    /// An arrow of unit length.
    fn pointer() -> Self {
        Self { path: "M0-1.2h.6v-3.4L1 0L.6 4.6v-3.4h-.6Z".to_owned(), bounds: [0.0, -4.6, 1.0, 4.6] }
    }

    /// A band of unit length.
    fn new_band() -> Self {
        Self { path: "M0-.9h1v1.8h-1Z".to_owned(), bounds: [0.0, -0.9, 1.0, 0.9] }
    }
}
