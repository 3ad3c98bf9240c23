//! The file of an exercise: its front matter and steps, read and checked, and written.
//!
//! # The format
//!
//! A file is front matter in TOML between two lines of `+++`, then the steps as one numbered list of plain sentences. The files of the
//! house have it, the clinic's own exercises are kept in it, and export and import speak it. In a file of the house every key stands
//! but those marked *may*; an own exercise needs `name`, `slug`, `summary`, `purposes` and steps; one of a public collection, which has
//! `[source]`, needs `name` and `slug`: what its collection does not say is left out, never invented.
//!
//! | key | meaning |
//! |---|---|
//! | `name`, `slug` | what it is called; its name in addresses, which is the name of the file |
//! | `number` | its place in the library; the house only |
//! | `summary` | one sentence: what you do and what it is good for |
//! | `regions` | muscles and places it works on ([`Region`]) |
//! | `purposes` | what it is good for, the main one first ([`Purpose`]) |
//! | `kind` | may: one word for the kind of exercise |
//! | `stage`, `gate`, `stage_rule` | the stage it belongs to ([`Stage`]), when it may be given ([`Gate`]), and the rule in words |
//! | `view` | where the drawing is seen from ([`View`]) |
//! | `equipment`, `position` | what one needs ([`Need`]); how the body lies, sits or stands |
//! | `core` | may: `true` for the few that most plans begin with |
//! | `sides` | which side works ([`Side`]); both together when it does not say |
//! | `cues`, `mistakes` | what to say to yourself; common mistakes |
//! | `easier`, `harder` | slugs of other exercises |
//! | `precautions`, `when_to_stop` | with what to be careful; may: when to stop |
//! | `flags` | conditions with which it needs a second thought ([`Flag`]) |
//! | `load`, `impact` | what carries the resistance ([`Load`]); how hard feet meet the ground ([`Impact`]) |
//! | `for` | may: whom it suits above others ([`Audience`]) |
//! | `basis` | what exercise and dose rest on, in one sentence |
//! | `copied_from` | may: the slug of the exercise it is a changed copy of |
//! | `media` | may: numbers of photos and films of the clinic |
//! | `[start]`, `[end]` | `pose` in the notation of the drawings, `contact`, may: `props`, `note` |
//! | `[dose]` | `sets`, `work = { kind, amount }`, may: `hold`, `rest`, `tempo`, `frequency = { times, per }`, `note`; a number or a span `[8, 10]` |
//! | `[source]` | the record of a public collection: `name`, `key`, `licence`, may: `author`, `url` |
//! | `[[references]]` | may: what has been written about it |

mod write;

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{self, SeqAccess, Visitor};

use super::dose::{Per, Recommended, Side, Span, Work};
use super::{
    Audience, Drawings, Exercise, Flag, Gate, Impact, Load, Need, Origin, Pose, Purpose, Reference, Region, Source, Stage, Subject, View,
};
use crate::markdown::{Document, Flaw};

/// The front matter, key by key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    name: String,
    slug: String,
    number: Option<u32>,
    summary: Option<String>,
    regions: Option<Vec<Region>>,
    purposes: Option<Vec<Purpose>>,
    #[serde(default)]
    kind: String,
    stage: Option<Stage>,
    gate: Option<Gate>,
    stage_rule: Option<String>,
    view: Option<View>,
    equipment: Option<Vec<Need>>,
    position: Option<String>,
    #[serde(default)]
    core: bool,
    sides: Option<Side>,
    cues: Option<Vec<String>>,
    mistakes: Option<Vec<String>>,
    easier: Option<Vec<String>>,
    harder: Option<Vec<String>>,
    precautions: Option<String>,
    #[serde(default)]
    when_to_stop: String,
    flags: Option<Vec<Flag>>,
    load: Option<Load>,
    impact: Option<Impact>,
    #[serde(default, rename = "for")]
    audiences: Vec<Audience>,
    basis: Option<String>,
    copied_from: Option<String>,
    #[serde(default)]
    media: Vec<i64>,
    start: Option<Pose>,
    end: Option<Pose>,
    dose: Option<DoseFront>,
    source: Option<Source>,
    #[serde(default)]
    references: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DoseFront {
    sets: Numbers,
    work: WorkFront,
    hold: Option<Numbers>,
    rest: Option<Numbers>,
    #[serde(default)]
    tempo: String,
    frequency: Option<FrequencyFront>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkFront {
    kind: Work,
    amount: Numbers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrequencyFront {
    times: Numbers,
    per: Per,
}

/// Whose file it is; says what must stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The program's, or one of the clinic's folder.
    House,
    /// The clinic's own, written at the desk or imported.
    Own,
}

/// Reads one file; `stem` is its name without the ending.
pub(super) fn read(stem: &str, file: &str, whose: Whose) -> Result<Exercise, Flaw> {
    let document = Document::part(file)?;
    let front: Front = document.front()?;
    complete(&document, &front, whose)?;
    check(&document, &front, stem)?;
    let steps = if front.source.is_some() && document.text.trim().is_empty() { Vec::new() } else { document.steps()? };
    let recommended = front.dose.as_ref().map(DoseFront::recommended);
    let side = front.sides.unwrap_or(Side::Together);
    if let Some(Err(invalid)) = recommended.as_ref().map(|dose| dose.to_begin(side).check()) {
        return Err(Flaw::new(document.line_of("dose"), format!("the dose is out of bounds: {invalid}")));
    }
    let drawings = draw(&document, &front, side)?;
    let origin = match (front.source, whose) {
        (Some(source), _) => Origin::Imported(source),
        (None, Whose::House) => Origin::House,
        (None, Whose::Own) => Origin::Clinic,
    };
    Ok(Exercise {
        // The place of an own exercise is not its own to say.
        number: front.number.filter(|_| whose == Whose::House).unwrap_or_default(),
        slug: front.slug,
        name: front.name,
        summary: front.summary.unwrap_or_default(),
        steps,
        cues: front.cues.unwrap_or_default(),
        mistakes: front.mistakes.unwrap_or_default(),
        precautions: front.precautions.unwrap_or_default(),
        when_to_stop: front.when_to_stop,
        regions: front.regions.unwrap_or_default(),
        purposes: front.purposes.unwrap_or_default(),
        kind: front.kind,
        stage: front.stage,
        gate: front.gate,
        stage_rule: front.stage_rule.unwrap_or_default(),
        equipment: front.equipment.unwrap_or_default(),
        position: front.position.unwrap_or_default(),
        core: front.core,
        side,
        easier: front.easier.unwrap_or_default(),
        harder: front.harder.unwrap_or_default(),
        flags: front.flags.unwrap_or_default(),
        load: front.load,
        impact: front.impact,
        audiences: front.audiences,
        basis: front.basis.unwrap_or_default(),
        view: front.view.unwrap_or(View::Side),
        start: front.start,
        end: front.end,
        drawings,
        recommended,
        references: front.references,
        origin,
        media: front.media,
        copied_from: front.copied_from,
        own: None,
    })
}

/// The drawings of the positions, if there are any.
fn draw(document: &Document<'_>, front: &Front, side: Side) -> Result<Option<Arc<Drawings>>, Flaw> {
    let (Some(start), Some(end)) = (&front.start, &front.end) else { return Ok(None) };
    let subject = Subject {
        name: &front.slug,
        start,
        end,
        regions: front.regions.as_deref().unwrap_or_default(),
        side,
        tempo: front.dose.as_ref().map_or("", |dose| &dose.tempo),
        position: front.position.as_deref().unwrap_or_default(),
    };
    Drawings::of(&subject).map(Some).map_err(|(key, reason)| Flaw::new(document.line_of(key), format!("[{key}]: {reason}")))
}

/// Which keys must stand in a file of this kind.
fn complete(document: &Document<'_>, front: &Front, whose: Whose) -> Result<(), Flaw> {
    let collected = front.source.is_some();
    let needed = [
        ("summary", front.summary.is_some(), !collected),
        ("purposes", front.purposes.is_some(), !collected),
        ("number", front.number.is_some(), false),
        ("regions", front.regions.is_some(), false),
        ("stage", front.stage.is_some(), false),
        ("gate", front.gate.is_some(), false),
        ("stage_rule", front.stage_rule.is_some(), false),
        ("view", front.view.is_some(), false),
        ("equipment", front.equipment.is_some(), false),
        ("position", front.position.is_some(), false),
        ("sides", front.sides.is_some(), false),
        ("cues", front.cues.is_some(), false),
        ("mistakes", front.mistakes.is_some(), false),
        ("easier", front.easier.is_some(), false),
        ("harder", front.harder.is_some(), false),
        ("precautions", front.precautions.is_some(), false),
        ("flags", front.flags.is_some(), false),
        ("load", front.load.is_some(), false),
        ("impact", front.impact.is_some(), false),
        ("basis", front.basis.is_some(), false),
        ("start", front.start.is_some(), false),
        ("end", front.end.is_some(), false),
        ("dose", front.dose.is_some(), false),
    ];
    let house = whose == Whose::House;
    if let Some((key, ..)) = needed.iter().find(|(_, there, always)| !there && (house || *always)) {
        return Err(Flaw::new(2, format!("missing field `{key}`")));
    }
    if house && collected {
        return Err(Flaw::new(document.line_of("source"), "only an imported exercise has a [source]; name it under references"));
    }
    if front.start.is_some() != front.end.is_some() {
        let key = if front.start.is_some() { "start" } else { "end" };
        return Err(Flaw::new(document.line_of(key), "a drawing needs both [start] and [end]; write both or none"));
    }
    Ok(())
}

/// What the types cannot say.
fn check(document: &Document<'_>, front: &Front, stem: &str) -> Result<(), Flaw> {
    if front.slug != stem {
        return Err(Flaw::new(document.line_of("slug"), format!("the slug is the name of the file, \"{stem}\", not \"{}\"", front.slug)));
    }
    let texts = [
        ("name", Some(&front.name)),
        ("summary", front.summary.as_ref()),
        ("position", front.position.as_ref()),
        ("precautions", front.precautions.as_ref()),
    ];
    if let Some((key, _)) = texts.iter().find(|(_, text)| text.is_some_and(|text| text.trim().is_empty())) {
        return Err(Flaw::new(document.line_of(key), format!("{key} is empty; write it in words")));
    }
    if front.purposes.as_ref().is_some_and(Vec::is_empty) {
        return Err(Flaw::new(document.line_of("purposes"), "name at least one purpose"));
    }
    if front.regions.as_ref().is_some_and(Vec::is_empty) {
        return Err(Flaw::new(document.line_of("regions"), "name at least one region"));
    }
    for (key, pose) in [("start", &front.start), ("end", &front.end)] {
        if pose.as_ref().is_some_and(|pose| pose.pose.trim().is_empty()) {
            return Err(Flaw::new(document.line_of(key), format!("the pose of [{key}] is empty")));
        }
    }
    if let Some(reason) = front.source.as_ref().and_then(Source::flaw) {
        return Err(Flaw::new(document.line_of("source"), reason));
    }
    match front.references.iter().find_map(|reference| Some((reference, reference.flaw()?))) {
        Some((reference, reason)) => Err(Flaw::new(document.line_of_value("key", &reference.key), reason)),
        None => Ok(()),
    }
}

impl DoseFront {
    fn recommended(&self) -> Recommended {
        Recommended {
            sets: self.sets.0,
            work: self.work.kind,
            amount: self.work.amount.0,
            hold: self.hold.as_ref().map(|hold| hold.0),
            rest: self.rest.as_ref().map(|rest| rest.0),
            frequency: self.frequency.as_ref().map(|frequency| (frequency.times.0, frequency.per)),
            tempo: self.tempo.clone(),
            note: self.note.clone(),
        }
    }
}

/// One number, or two for a span.
struct Numbers(Span);

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumbersVisitor)
    }
}

struct NumbersVisitor;

impl<'de> Visitor<'de> for NumbersVisitor {
    type Value = Numbers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number like 8, or two in order like [8, 10]")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Numbers, E> {
        match u16::try_from(number) {
            Ok(number) => Ok(Numbers(Span::exactly(number))),
            Err(_) => Err(E::invalid_value(de::Unexpected::Signed(number), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Numbers, A::Error> {
        let ends = (list.next_element::<u16>()?, list.next_element::<u16>()?, list.next_element::<u16>()?);
        match ends {
            (Some(low), Some(high), None) if low <= high => Ok(Numbers(Span { low, high })),
            _ => Err(de::Error::invalid_value(de::Unexpected::Seq, &self)),
        }
    }
}
