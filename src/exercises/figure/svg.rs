//! Pictures: a drawing written as SVG, still or moving.
//!
//! Each shape stands once among the definitions and is placed wherever it is needed. Parts of one limb are outlined together first and filled
//! afterwards, so that a limb is one silhouette and only what crosses it is set apart. Colours are classes of the style sheet for drawings.

use std::fmt::Write;

use super::drawing::{Drawing, Item, MOMENTS, Placement, Tone};
use super::shape::Short;
use super::skeleton::Point;
use super::tempo::Tempo;

/// Room between two panels, in units.
const GAP: f64 = 6.0;

/// A picture: its text and its size in units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svg {
    /// The document.
    pub text: String,
    /// Width in units, rounded.
    pub width: u16,
    /// Height in units, rounded.
    pub height: u16,
}

struct Writer<'a> {
    out: String,
    shapes: Vec<&'a str>,
}

/// What is painted of a drawing.
#[derive(Clone, Copy)]
enum Paint {
    /// The position at one moment.
    At(usize),
    /// The whole movement.
    Moving,
}

/// The end over a pale ghost of the start, with an arrow.
pub fn card(drawing: &Drawing, mirrored: bool) -> Svg {
    let (mut writer, size) = Writer::begin(&[drawing], 1);
    writer.panel(drawing, mirrored, 0.0, |writer| {
        writer.behind(drawing);
        writer.ghost(drawing);
        writer.body(drawing, Paint::At(MOMENTS - 1));
        writer.arrow(drawing);
    });
    writer.end(size)
}

/// Start and end side by side.
pub fn still(drawing: &Drawing, mirrored: bool) -> Svg {
    let (mut writer, size) = Writer::begin(&[drawing], 2);
    for (number, moment) in [0, MOMENTS - 1].into_iter().enumerate() {
        writer.panel(drawing, mirrored, number as f64 * (drawing.frame.width + GAP), |writer| {
            writer.behind(drawing);
            writer.body(drawing, Paint::At(moment));
            if number == 1 {
                writer.arrow(drawing);
            }
        });
    }
    writer.end(size)
}

/// One position, or several positions side by side in frames of the same size.
pub fn row(drawings: &[&Drawing], mirrored: bool) -> Svg {
    let (mut writer, size) = Writer::begin(drawings, drawings.len());
    let mut left = 0.0;
    for drawing in drawings {
        writer.panel(drawing, mirrored, left, |writer| {
            writer.behind(drawing);
            writer.body(drawing, Paint::At(0));
        });
        left += drawing.frame.width + GAP;
    }
    writer.end(size)
}

/// The movement from start to end and back, again and again; still where less motion is wished.
pub fn moving(drawing: &Drawing, mirrored: bool, tempo: &Tempo) -> Svg {
    let (mut writer, size) = Writer::begin(&[drawing], 1);
    writer.frames(drawing, tempo);
    writer.panel(drawing, mirrored, 0.0, |writer| {
        writer.behind(drawing);
        writer.body(drawing, Paint::Moving);
    });
    writer.end(size)
}

impl<'a> Writer<'a> {
    /// Begins a document with room for so many panels, and defines the shapes.
    fn begin(drawings: &[&'a Drawing], panels: usize) -> (Self, (f64, f64)) {
        let frames = drawings.iter().map(|drawing| drawing.frame);
        let wide: f64 = if drawings.len() == panels {
            frames.clone().map(|frame| frame.width).sum()
        } else {
            frames.clone().map(|frame| frame.width).sum::<f64>() * panels as f64
        };
        let width = wide + GAP * (panels.max(1) - 1) as f64;
        let height = frames.map(|frame| frame.height).fold(0.0, f64::max);
        let mut shapes: Vec<&str> = Vec::with_capacity(20);
        for item in drawings.iter().flat_map(|drawing| &drawing.items) {
            if !shapes.contains(&item.shape.path.as_str()) {
                shapes.push(&item.shape.path);
            }
        }
        let mut out = String::with_capacity(4096);
        let _ = write!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\"><defs>", Short(width), Short(height));
        for (number, path) in shapes.iter().enumerate() {
            let _ = write!(out, "<path id=\"{}\" d=\"{path}\"/>", id(number));
        }
        out.push_str("</defs>");
        (Self { out, shapes }, (width, height))
    }

    fn end(mut self, (width, height): (f64, f64)) -> Svg {
        self.out.push_str("</svg>\n");
        Svg { text: self.out, width: width.round() as u16, height: height.round() as u16 }
    }

    /// Draws into a frame of its own, `left` units from the edge; mirrored within it.
    fn panel(&mut self, drawing: &'a Drawing, mirrored: bool, left: f64, draw: impl FnOnce(&mut Self)) {
        let frame = drawing.frame;
        let top = frame.bottom + frame.height;
        if mirrored {
            let _ = write!(self.out, "<g transform=\"matrix(-1 0 0 1 {} {})\">", Short(left + frame.width + frame.left), Short(top));
        } else {
            let _ = write!(self.out, "<g transform=\"translate({} {})\">", Short(left - frame.left), Short(top));
        }
        draw(self);
        self.out.push_str("</g>");
    }

    /// The ground, and what stands behind the body.
    fn behind(&mut self, drawing: &'a Drawing) {
        let frame = drawing.frame;
        if let Some((left, right)) = drawing.ground {
            let _ = write!(
                self.out,
                "<path class=\"m-line\" d=\"M{} {}L{} {}\"/>",
                Short(frame.left),
                Short(0.8 - left),
                Short(frame.left + frame.width),
                Short(0.8 - right)
            );
        }
        let standing: Vec<&Item> = drawing.items.iter().filter(|item| item.tone == Tone::Behind).collect();
        if !standing.is_empty() {
            self.out.push_str("<g class=\"m-behind\">");
            standing.into_iter().for_each(|item| self.put(item, 0));
            self.out.push_str("</g>");
        }
    }

    /// The moving parts of the body as they are at the start.
    fn ghost(&mut self, drawing: &'a Drawing) {
        let moving: Vec<&Item> = drawing.items.iter().filter(|item| matches!(item.tone, Tone::Near | Tone::Far) && item.moves()).collect();
        if !moving.is_empty() {
            self.out.push_str("<g class=\"m-ghost\">");
            moving.into_iter().for_each(|item| self.put(item, 0));
            self.out.push_str("</g>");
        }
    }

    /// The body and what moves with it, limb by limb.
    fn body(&mut self, drawing: &'a Drawing, paint: Paint) {
        let mut rest = drawing.items.as_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|item| item.limb == first.limb && item.tone == first.tone).count();
            let (limb, more) = rest.split_at(count);
            rest = more;
            if first.tone == Tone::Behind {
                continue;
            }
            if matches!(first.tone, Tone::Near | Tone::Far | Tone::Before) {
                self.out.push_str("<g class=\"m-edge\">");
                limb.iter().for_each(|item| self.paint(drawing, item, paint));
                self.out.push_str("</g>");
            }
            let _ = write!(self.out, "<g class=\"{}\">", class(first.tone));
            limb.iter().for_each(|item| self.paint(drawing, item, paint));
            self.out.push_str("</g>");
        }
    }

    fn paint(&mut self, drawing: &'a Drawing, item: &'a Item, paint: Paint) {
        match paint {
            Paint::At(moment) => self.put(item, moment),
            Paint::Moving if item.moves() => {
                let number = drawing.items.iter().position(|other| std::ptr::eq(other, item)).unwrap_or_default();
                let _ = write!(self.out, "<use href=\"#{}\" class=\"k{number}\"/>", self.shape(item));
            }
            Paint::Moving => self.put(item, 0),
        }
    }

    fn shape(&self, item: &Item) -> String {
        id(self.shapes.iter().position(|path| *path == item.shape.path).unwrap_or_default())
    }

    fn put(&mut self, item: &'a Item, moment: usize) {
        let Placement { at, turned, scale } = item.places[moment];
        let _ = write!(self.out, "<use href=\"#{}\"", self.shape(item));
        let mut transform = String::with_capacity(48);
        if at != Point::default() {
            let _ = write!(transform, "translate({} {})", Short(at.x), Short(-at.y));
        }
        if turned.abs() > 0.05 {
            let _ = write!(transform, "rotate({})", Short(-turned));
        }
        if (scale.0 - 1.0).abs() > 0.005 || (scale.1 - 1.0).abs() > 0.005 {
            let _ = write!(transform, "scale({} {:.2})", Short(scale.0), scale.1);
        }
        if !transform.is_empty() {
            let _ = write!(self.out, " transform=\"{transform}\"");
        }
        self.out.push_str("/>");
    }

    /// The rules that move the parts: the five known moments, met on the way there and on the way back.
    fn frames(&mut self, drawing: &'a Drawing, tempo: &Tempo) {
        let moments = tempo.moments();
        let moving: Vec<(usize, &Item)> = drawing.items.iter().enumerate().filter(|(_, item)| item.moves()).collect();
        self.out.push_str("<style>use[class]{animation:1s linear infinite;animation-duration:");
        let _ = write!(
            self.out,
            "{}s}}@media(prefers-reduced-motion:reduce){{use[class]{{animation-play-state:paused}}}}",
            Short(tempo.whole())
        );
        for (number, item) in moving {
            let _ = write!(self.out, ".k{number}{{animation-name:k{number}}}@keyframes k{number}{{");
            for (place, times) in item.places.iter().zip(&moments) {
                let _ = write!(
                    self.out,
                    "{times}{{transform:translate({}px,{}px)rotate({}deg)",
                    Short(place.at.x),
                    Short(-place.at.y),
                    Short(-place.turned)
                );
                if item.places.iter().any(|place| (place.scale.0 - 1.0).abs() > 0.005 || (place.scale.1 - 1.0).abs() > 0.005) {
                    let _ = write!(self.out, "scale({},{:.2})", Short(place.scale.0), place.scale.1);
                }
                self.out.push('}');
            }
            self.out.push('}');
        }
        self.out.push_str("</style>");
    }

    /// The arrow of the movement.
    fn arrow(&mut self, drawing: &'a Drawing) {
        let Some(arrow) = drawing.arrow else { return };
        let [one, other] = arrow.wings();
        self.out.push_str("<path class=\"m-way\" d=\"");
        for (mark, point) in [("M", arrow.from), ("Q", arrow.control), (" ", arrow.to), ("M", one), ("L", arrow.to), ("L", other)] {
            let _ = write!(self.out, "{mark}{} {}", Short(point.x), Short(-point.y));
        }
        self.out.push_str("\"/>");
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Behind => "m-behind",
        Tone::Far => "m-far",
        Tone::Near => "m-near",
        Tone::Work => "m-work",
        Tone::Before => "m-held",
        Tone::Band => "m-band",
        Tone::Push => "m-push",
    }
}

/// A short name: a, b, … z, a1, b1 …
fn id(number: usize) -> String {
    let letter = char::from(b'a' + (number % 26) as u8);
    if number < 26 { letter.to_string() } else { format!("{letter}{}", number / 26) }
}
