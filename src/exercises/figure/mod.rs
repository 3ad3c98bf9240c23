//! Figures: the mannequin that shows an exercise, computed from joint angles.
//!
//! A description (view, joint angles, contacts, props) is read into a `posture`, its bones are laid out (`skeleton`), moved until what should
//! touch touches (`settle`), drawn part by part from back to front (`drawing`) and written as SVG (`svg`). Everything is a pure function of the
//! description. 1 unit is 1 cm of a person of 180 cm; positions are written to a tenth of a unit, angles to a tenth of a degree.
//!
//! # The notation of postures
//!
//! Angles in degrees. From the side: `side | trunk +0 | near leg 0/90/-90 | far leg 90/90/0 | near arm -20/80 | far arm -20/80 | neck +8`.
//! The figure faces the right edge, so the near side is its right side. Trunk: 0 upright, + leaning forward, +90 face down, −90 on the back, beyond
//! that a bridge. Legs `hip/knee/ankle`: hip 0 in line with the trunk, + bent, − stretched; knee + bent; ankle 0 at a right angle, + toes up. Arms
//! `shoulder/elbow`: 0 along the trunk, + forwards and up, 180 overhead. From the front or from above: `front | roll +90 | lean +9 | right leg 0/0 |
//! left leg 34/52 | right arm 172/0 | left arm 14/5`; legs `abduction/bend`, bend + towards the middle; lean + to its left; roll +90 lying on
//! its right side; pelvis + right side up. `foreshorten right thigh 0.7, left arm 0.6` draws shorter what points towards the viewer.
//!
//! # Contacts
//!
//! Places of the body that touch the floor, or the prop that is said to be under them: `near foot`, `both knees`, `far forefoot`, `heels`, `shins`,
//! `forearms`, `near hand`, `calves`, `right hip`, `right shoulder`, `back`, `shoulders`, `shoulder blades`, `head`, `chest`, `belly`, `waist`,
//! `buttocks`, `whole front`. What touches at start and end stays where it is, unless the end says `moved near foot`. A figure that touches nothing flies. A thigh or shank may
//! be given a share of its length from above: `near thigh 0.8`.
//!
//! # Props
//!
//! `mat` · `chair under buttocks`, `chair behind`, `chair ahead` · `bench 0.25 under shoulder blades`, `couch under near foot`, `bed 0.4
//! under back and head`, `step 0.12 under near foot` (heights as shares of the body height; without one as high as the place above it) ·
//! `roller under near thigh 0.8`, `long roller under …` · `ball 0.05 between near knee and far knee` (radius), `ball under near hip`, `ball
//! 0.03 against right hip` (a wall beside the figure presses it) · `pillow under belly` · `slider under near heel` · `loop from near ankle to
//! far ankle`, `band from near hand to right edge 0.6` (height), `strap from near ankle to near hand` · `weight in hands`, `weight on near
//! ankle` · `wall ahead`, `wall right` · `rail at near hand` · `bar over hands` · `slope 6` (percent) ·
//! `press down on waist`, `press up from near thigh 0.8`: an arrow, where one presses and nothing moves; at the end alone it grows.

// Counts and measures are small; a table reads better with all its rows.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::match_same_arms,
    clippy::needless_for_each
)]

mod anatomy;
mod arrow;
mod body;
mod drawing;
mod limits;
mod place;
mod posture;
mod prop;
mod scene;
mod settle;
mod shape;
mod skeleton;
mod svg;
mod tempo;
mod things;
mod words;

#[cfg(test)]
mod tests;

pub use limits::PoseLimits;
pub use scene::Described;
pub use svg::Svg;
pub use tempo::Tempo;

use drawing::Drawing;
use scene::Scene;

/// The part of the body in which the working muscles lie, tinted in the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The front of the hip.
    FrontHip,
    /// The front of the thigh.
    FrontThigh,
    /// The inner thigh.
    InnerThigh,
    /// The back of the thigh.
    BackThigh,
    /// The buttock.
    Buttock,
    /// The side of the hip.
    SideHip,
    /// The belly.
    Belly,
    /// The low back.
    LowBack,
    /// The calf.
    Calf,
    /// The shoulder.
    Shoulder,
    /// Somewhere that is not tinted.
    Elsewhere,
}

/// A movement from start to end, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Figure {
    start: Scene,
    end: Scene,
    drawing: Drawing,
    tempo: Tempo,
}

impl Figure {
    /// Reads start and end. `areas` are tinted, on both halves of the body when `both` work.
    ///
    /// # Errors
    /// Whether the start (`false`) or the end (`true`) is wrong, and a sentence about what cannot be read.
    pub fn read(start: Described<'_>, end: Described<'_>, areas: &[Area], both: bool, tempo: Tempo) -> Result<Self, (bool, String)> {
        let start = Scene::read(start, None).map_err(|reason| (false, reason))?;
        let end = Scene::read(end, Some(&start)).map_err(|reason| (true, reason))?;
        let drawing = Drawing::new(&start, &end, areas, both);
        Ok(Self { start, end, drawing, tempo })
    }

    /// How far it takes the working hip; both hips work when `both` do.
    #[must_use]
    pub fn limits(&self, both: bool) -> PoseLimits {
        PoseLimits::of([&self.start.described, &self.end.described], both)
    }

    /// What is wrong with the positions, in words for those who describe them: contacts missed, limits passed, angles that had to turn far.
    #[must_use]
    pub fn flaws(&self) -> Vec<String> {
        let named = |name: &str, flaws: Vec<String>| flaws.into_iter().map(move |flaw| format!("{name}: {flaw}")).collect::<Vec<_>>();
        let mut flaws = named("start", self.start.flaws());
        flaws.extend(named("end", self.end.flaws()));
        flaws
    }

    /// The end over a pale ghost of the start, with an arrow. Mirrored, it shows the left half of the body at work.
    #[must_use]
    pub fn card(&self, mirrored: bool) -> Svg {
        svg::card(&self.drawing, mirrored)
    }

    /// Start and end side by side.
    #[must_use]
    pub fn still(&self, mirrored: bool) -> Svg {
        svg::still(&self.drawing, mirrored)
    }

    /// What it shows, in words: "Lying on your back, knees bent: the hips lift". `position` says how the body lies, sits or stands.
    #[must_use]
    pub fn words(&self, position: &str, mirrored: bool) -> String {
        let movement = words::movement(&self.start, &self.end, mirrored);
        let mut position = position.trim().trim_end_matches('.').chars();
        let first: String = position.next().map(char::to_uppercase).into_iter().flatten().collect();
        if first.is_empty() { movement } else { format!("{first}{}: {movement}.", position.as_str()) }
    }

    /// The movement.
    #[must_use]
    pub fn moving(&self, mirrored: bool) -> Svg {
        svg::moving(&self.drawing, mirrored, &self.tempo)
    }
}

/// Positions side by side, each in a frame of its own.
///
/// # Errors
/// The number of the position that is wrong, from 0, and a sentence about what cannot be read.
pub fn plate(positions: &[Described<'_>], areas: &[Area], mirrored: bool) -> Result<Svg, (usize, String)> {
    let read = |(number, described): (usize, &Described<'_>)| Scene::read(*described, None).map_err(|reason| (number, reason));
    let scenes = positions.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    let drawings: Vec<Drawing> = scenes.iter().map(|scene| Drawing::still(scene, areas)).collect();
    Ok(svg::row(&drawings.iter().collect::<Vec<_>>(), mirrored))
}
