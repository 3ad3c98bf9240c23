//! The file of an exercise: its front matter and steps, read and checked.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, SeqAccess, Visitor};

use super::dose::{Per, Recommended, Side, Span, Work};
use super::{Audience, Exercise, Flag, Gate, Impact, Load, Need, Pose, Purpose, Reference, Region, Stage, View};
use crate::markdown::{Document, Flaw};

/// The front matter, key by key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    name: String,
    slug: String,
    number: u16,
    summary: String,
    regions: Vec<Region>,
    purposes: Vec<Purpose>,
    #[serde(default)]
    kind: String,
    stage: Stage,
    gate: Gate,
    stage_rule: String,
    view: View,
    equipment: Vec<Need>,
    position: String,
    #[serde(default)]
    core: bool,
    sides: Side,
    cues: Vec<String>,
    mistakes: Vec<String>,
    easier: Vec<String>,
    harder: Vec<String>,
    precautions: String,
    #[serde(default)]
    when_to_stop: String,
    flags: Vec<Flag>,
    load: Load,
    impact: Impact,
    #[serde(default, rename = "for")]
    audiences: Vec<Audience>,
    basis: String,
    start: Pose,
    end: Pose,
    dose: DoseFront,
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

/// Reads one file; `stem` is its name without the ending.
pub(super) fn read(stem: &str, file: &str) -> Result<Exercise, Flaw> {
    let document = Document::part(file)?;
    let front: Front = document.front()?;
    check(&document, &front, stem)?;
    let steps = document.steps()?;
    let recommended = front.dose.recommended();
    if let Err(invalid) = recommended.to_begin(front.sides).check() {
        return Err(Flaw::new(document.line_of("dose"), format!("the dose is out of bounds: {invalid}")));
    }
    Ok(Exercise {
        number: front.number,
        slug: front.slug,
        name: front.name,
        summary: front.summary,
        steps,
        cues: front.cues,
        mistakes: front.mistakes,
        precautions: front.precautions,
        when_to_stop: front.when_to_stop,
        regions: front.regions,
        purposes: front.purposes,
        kind: front.kind,
        stage: front.stage,
        gate: front.gate,
        stage_rule: front.stage_rule,
        equipment: front.equipment,
        position: front.position,
        core: front.core,
        side: front.sides,
        easier: front.easier,
        harder: front.harder,
        flags: front.flags,
        load: front.load,
        impact: front.impact,
        audiences: front.audiences,
        basis: front.basis,
        view: front.view,
        start: front.start,
        end: front.end,
        recommended,
        references: front.references,
    })
}

/// What the types cannot say.
fn check(document: &Document<'_>, front: &Front, stem: &str) -> Result<(), Flaw> {
    if front.slug != stem {
        return Err(Flaw::new(document.line_of("slug"), format!("the slug is the name of the file, \"{stem}\", not \"{}\"", front.slug)));
    }
    let texts = [("name", &front.name), ("summary", &front.summary), ("position", &front.position), ("precautions", &front.precautions)];
    if let Some((key, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(Flaw::new(document.line_of(key), format!("{key} is empty; write it in words")));
    }
    if front.purposes.is_empty() {
        return Err(Flaw::new(document.line_of("purposes"), "name at least one purpose"));
    }
    if front.regions.is_empty() {
        return Err(Flaw::new(document.line_of("regions"), "name at least one region"));
    }
    for (key, pose) in [("start", &front.start), ("end", &front.end)] {
        if pose.pose.trim().is_empty() {
            return Err(Flaw::new(document.line_of(key), format!("the pose of [{key}] is empty")));
        }
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
