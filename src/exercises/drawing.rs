//! The drawings of an exercise: pictures of its figure, each with an address that changes when the picture does.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::dose::Side;
use super::figure::{self, Described, Figure, PoseLimits, Svg, Tempo};
use super::{Area, Exercise, Pose, Region};
use crate::patients::SoreSide;
use crate::web;

/// The half of the body that works in a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Half {
    /// The right half, as figures are described.
    Right,
    /// The left half: the same figure, mirrored.
    Left,
}

impl Half {
    /// The half to show for a side: the one that is named, otherwise the sore one, otherwise the right.
    #[must_use]
    pub fn of(side: Side, sore: Option<SoreSide>) -> Self {
        match (side, sore) {
            (Side::Right, _) => Self::Right,
            (Side::Left, _) | (_, Some(SoreSide::Left)) => Self::Left,
            _ => Self::Right,
        }
    }

    /// The other half.
    #[must_use]
    pub fn other(self) -> Self {
        if self == Self::Right { Self::Left } else { Self::Right }
    }

    /// "right" or "left".
    #[must_use]
    pub fn word(self) -> &'static str {
        if self == Self::Right { "right" } else { "left" }
    }
}

/// One picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its address: `/drawings/hip-bridge-left-card.3fa2b1c4d5e6.svg`.
    pub url: String,
    /// Its width in units of the drawing; only the proportion to the height counts.
    pub width: u16,
    /// Its height.
    pub height: u16,
    /// The picture itself, with its colours for light and dark.
    pub svg: Arc<str>,
}

/// The pictures of an exercise with one half of the body at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What they show, in words.
    pub words: String,
    /// The end over a pale ghost of the start.
    pub card: Picture,
    /// Start and end side by side.
    pub still: Picture,
    /// The movement.
    pub moving: Picture,
}

/// The drawings of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawings {
    right: Arc<Drawing>,
    left: Arc<Drawing>,
    /// What is wrong with the figure, for those who describe it; empty in the library.
    pub flaws: Vec<String>,
    /// How far the movement takes the working hip.
    pub limits: PoseLimits,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The name in the addresses: the slug.
    pub name: &'a str,
    /// The position it starts in.
    pub start: &'a Pose,
    /// The position it ends in.
    pub end: &'a Pose,
    /// Muscles and places it works on.
    pub regions: &'a [Region],
    /// Which side works.
    pub side: Side,
    /// How fast it goes.
    pub tempo: &'a str,
    /// How the body lies, sits or stands.
    pub position: &'a str,
}

/// What an exercise's figure is made of, to be kept where the exercise may change or go: the same pictures can be drawn from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// The position it starts in.
    pub start: Pose,
    /// The position it ends in.
    pub end: Pose,
    /// Muscles and places it works on.
    pub regions: Vec<Region>,
    /// Which side works.
    pub side: Side,
    /// How fast it goes.
    pub tempo: String,
    /// How the body lies, sits or stands.
    pub position: String,
}

impl Sketch {
    /// The sketch of an exercise; nothing without positions.
    #[must_use]
    pub fn of(exercise: &Exercise) -> Option<Self> {
        let kept = |pose: &Pose| Pose { note: String::new(), ..pose.clone() };
        Some(Self {
            start: kept(exercise.start.as_ref()?),
            end: kept(exercise.end.as_ref()?),
            regions: exercise.regions.clone(),
            side: exercise.side,
            tempo: exercise.recommended.as_ref().map(|dose| dose.tempo.clone()).unwrap_or_default(),
            position: exercise.position.clone(),
        })
    }

    /// The pictures, under the name of the exercise; nothing when the notation has changed so that it cannot be read any more.
    #[must_use]
    pub fn drawings(&self, name: &str) -> Option<Arc<Drawings>> {
        let Self { start, end, regions, side, tempo, position } = self;
        Drawings::of(&Subject { name, start, end, regions, side: *side, tempo, position }).ok()
    }
}

/// Drawings made since the start, by what is drawn: the same description is drawn once.
static MADE: LazyLock<Mutex<HashMap<String, Arc<Drawings>>>> = LazyLock::new(Mutex::default);
/// More than this many are not kept; each has about 60 kB.
const KEPT: usize = 600;

impl Drawings {
    /// Draws an exercise.
    ///
    /// # Errors
    /// `"start"` or `"end"`, whichever cannot be read, and a sentence why.
    pub fn of(subject: &Subject<'_>) -> Result<Arc<Self>, (&'static str, String)> {
        let key = format!("{subject:?}");
        if let Some(made) = MADE.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(made));
        }
        let made = Arc::new(Self::make(subject)?);
        let mut all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(key, Arc::clone(&made));
        Ok(made)
    }

    fn make(subject: &Subject<'_>) -> Result<Self, (&'static str, String)> {
        let figure = subject.figure()?;
        let draw = |half: Half| {
            let mirrored = half == Half::Left;
            let picture = |kind: &str, svg: Svg| Picture::new(&format!("{}-{}-{kind}", subject.name, half.word()), &svg);
            Arc::new(Drawing {
                words: figure.words(subject.position, mirrored),
                card: picture("card", figure.card(mirrored)),
                still: picture("still", figure.still(mirrored)),
                moving: picture("moving", figure.moving(mirrored)),
            })
        };
        let limits = figure.limits(matches!(subject.side, Side::Together | Side::Alternating));
        Ok(Self { right: draw(Half::Right), left: draw(Half::Left), flaws: figure.flaws(), limits })
    }

    /// The drawing with this half at work.
    #[must_use]
    pub fn with(&self, half: Half) -> &Arc<Drawing> {
        match half {
            Half::Right => &self.right,
            Half::Left => &self.left,
        }
    }

    /// The picture with this file name, if it has been drawn since the start and is still remembered.
    #[must_use]
    pub fn remembered(file_name: &str) -> Option<Picture> {
        let all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        all.values().flat_map(|drawings| drawings.pictures()).find(|picture| picture.file_name() == file_name).cloned()
    }

    /// The picture with this file name, if it is one of these.
    #[must_use]
    pub fn picture(&self, file_name: &str) -> Option<&Picture> {
        self.pictures().find(|picture| picture.file_name() == file_name)
    }

    /// All pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        [&self.right, &self.left].into_iter().flat_map(|drawing| [&drawing.card, &drawing.still, &drawing.moving])
    }
}

impl Subject<'_> {
    /// The figure that is drawn.
    ///
    /// # Errors
    /// `"start"` or `"end"`, whichever cannot be read, and a sentence why.
    pub fn figure(&self) -> Result<Figure, (&'static str, String)> {
        let both = self.side == Side::Together;
        let figure = Figure::read(self.start.described(), self.end.described(), &tints(self.regions), both, Tempo::read(self.tempo));
        figure.map_err(|(at_end, reason)| (if at_end { "end" } else { "start" }, reason))
    }
}

impl Picture {
    /// A picture with colours and an address of its own.
    #[must_use]
    pub fn new(name: &str, svg: &Svg) -> Self {
        let text = web::dressed(&svg.text);
        let url = format!("/drawings/{name}.{}.svg", web::short_hash(text.as_bytes()));
        Self { url, width: svg.width, height: svg.height, svg: text.into() }
    }
}

impl Picture {
    /// Positions side by side, with the right half of the body as described.
    ///
    /// # Errors
    /// The number of the position that cannot be read, from 0, and a sentence why.
    pub fn of_positions(name: &str, poses: &[&Pose], regions: &[Region]) -> Result<Self, (usize, String)> {
        let described: Vec<Described<'_>> = poses.iter().map(|pose| pose.described()).collect();
        Ok(Self::new(name, &figure::plate(&described, &tints(regions), false)?))
    }

    /// The name in a file name, which is the exercise's: "hip-bridge" of "hip-bridge-left-card.3fa2b1c4d5e6.svg".
    #[must_use]
    pub fn subject_of(file_name: &str) -> Option<&str> {
        let (named, _) = file_name.strip_suffix(".svg")?.rsplit_once('.')?;
        let (named, _kind) = named.rsplit_once('-')?;
        let (subject, half) = named.rsplit_once('-')?;
        let plain = subject.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        (plain && !subject.is_empty() && matches!(half, "left" | "right")).then_some(subject)
    }

    /// The last part of its address, by which it is found.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.url.rsplit('/').next().unwrap_or_default()
    }
}

impl Pose {
    /// The position as the engine reads it.
    #[must_use]
    pub fn described(&self) -> Described<'_> {
        Described { pose: &self.pose, contact: &self.contact, props: &self.props }
    }
}

/// The areas to tint: the first two that can be shown.
fn tints(regions: &[Region]) -> Vec<figure::Area> {
    let mut areas: Vec<figure::Area> = Vec::new();
    // What lies deep in the pelvis has no place on its outside.
    let seen = regions.iter().filter(|region| !matches!(region, Region::PelvicFloor | Region::Pelvis | Region::Diaphragm));
    for area in seen.map(|region| tint(region.area())) {
        if area != figure::Area::Elsewhere && !areas.contains(&area) && areas.len() < 2 {
            areas.push(area);
        }
    }
    areas
}

/// The tint of a broad area.
fn tint(area: Area) -> figure::Area {
    match area {
        Area::FrontOfHip => figure::Area::FrontHip,
        Area::SideOfHip => figure::Area::SideHip,
        Area::Buttock => figure::Area::Buttock,
        Area::InnerThigh => figure::Area::InnerThigh,
        Area::FrontOfThigh => figure::Area::FrontThigh,
        Area::BackOfThigh => figure::Area::BackThigh,
        Area::LowerLeg => figure::Area::Calf,
        Area::Trunk => figure::Area::Belly,
        Area::Back => figure::Area::LowBack,
        Area::Shoulders | Area::WholeBody => figure::Area::Elsewhere,
    }
}
