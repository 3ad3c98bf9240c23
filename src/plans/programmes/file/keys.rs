//! The front matter of a programme, key by key.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, MapAccess, SeqAccess, Visitor};

use super::super::domain::{Often, Part, Probes, Running, Step};
use crate::exercises::dose::{Per, Span, Weekdays, Work};
use crate::exercises::{Audience, Reference};
use crate::plans::Criterion;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    pub name: String,
    pub slug: String,
    pub number: u16,
    pub summary: String,
    pub who: String,
    #[serde(rename = "for")]
    pub audiences: Vec<Audience>,
    pub weeks: Option<Number>,
    #[serde(default)]
    pub weekly: bool,
    #[serde(default)]
    pub stiffness_route: String,
    pub basis: String,
    #[serde(default)]
    pub exercises: Vec<ItemFront>,
    pub experiment: Option<ExperimentFront>,
    #[serde(default)]
    pub phases: Vec<PhaseFront>,
    #[serde(default)]
    pub turns: Vec<TurnFront>,
    #[serde(default)]
    pub rules: toml::Table,
    #[serde(default)]
    pub references: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseFront {
    pub key: String,
    pub name: String,
    pub stage: Step,
    #[serde(default)]
    pub only_if: String,
    pub weeks: Option<Number>,
    pub days: Option<Number>,
    pub purpose: String,
    #[serde(default)]
    pub warm_up: String,
    #[serde(default)]
    pub also: Vec<String>,
    pub often: Option<OftenFront>,
    pub minutes: Option<Number>,
    #[serde(default)]
    pub entry: Criteria,
    #[serde(default)]
    pub exit: Criteria,
    pub running: Option<RunningFront>,
    pub probes: Option<Probes>,
    #[serde(default)]
    pub tests: Vec<String>,
    #[serde(default)]
    pub tests_when: String,
    #[serde(default)]
    pub new: String,
    pub same_as: Option<String>,
    #[serde(default)]
    pub exercises: Vec<ItemFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFront {
    pub exercise: String,
    pub sets: Option<Number>,
    pub work: Option<Work>,
    pub amount: Option<Number>,
    pub hold: Option<Number>,
    pub rest: Option<Number>,
    pub side: Option<String>,
    pub often: Option<OftenFront>,
    pub part: Option<Part>,
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub load: String,
    #[serde(default)]
    pub note: String,
    pub then: Option<Box<ItemFront>>,
    pub or: Option<Box<ItemFront>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExperimentFront {
    pub test: String,
    pub measure: String,
    pub counts: u16,
    pub feeling: String,
    pub feeling_counts: u16,
    pub minutes: u16,
    pub warm_up: u16,
    pub again_within: u16,
    pub usual_pair: Vec<String>,
    pub probes: Vec<ProbeFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProbeFront {
    pub key: String,
    pub name: String,
    pub exercises: Vec<ItemFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnFront {
    pub when: String,
    pub does: String,
    pub levels: Option<u16>,
    pub to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunningFront {
    from: u16,
    to: u16,
    often: Option<OftenFront>,
}

impl RunningFront {
    pub fn running(self) -> Running {
        Running { from: self.from, to: self.to, often: self.often.map(|often| often.0) }
    }
}

/// One number, or two for a span.
#[derive(Clone, Copy)]
pub struct Number(pub Span);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number like 8, or two in order like [8, 10]")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Number, E> {
        let number = u16::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))?;
        Ok(Number(Span::exactly(number)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Number, A::Error> {
        match (list.next_element::<u16>()?, list.next_element::<u16>()?, list.next_element::<u16>()?) {
            (Some(low), Some(high), None) if low <= high => Ok(Number(Span { low, high })),
            _ => Err(de::Error::invalid_value(de::Unexpected::Seq, &self)),
        }
    }
}

/// How often: `"other-day"`, `{ on = "mon tue" }` or `{ times = 3, per = "week" }`.
#[derive(Clone, Copy)]
pub struct OftenFront(pub Often);

impl<'de> Deserialize<'de> for OftenFront {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OftenVisitor)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OftenKeys {
    times: Option<Number>,
    per: Option<Per>,
    on: Option<String>,
}

struct OftenVisitor;

impl<'de> Visitor<'de> for OftenVisitor {
    type Value = OftenFront;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{ times = 3, per = \"week\" }, { on = \"mon tue\" } or \"other-day\"")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<OftenFront, E> {
        if word == "other-day" { Ok(OftenFront(Often::OtherDay)) } else { Err(E::invalid_value(de::Unexpected::Str(word), &self)) }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OftenFront, A::Error> {
        let keys = OftenKeys::deserialize(MapAccessDeserializer::new(map))?;
        let days = keys.on.as_deref().map(|on| Weekdays::read(on).filter(|days| days.count() > 0));
        match (keys.times, keys.per, days) {
            (Some(times), Some(per), None) => Ok(OftenFront(Often::Times(times.0, per))),
            (None, None, Some(Some(days))) => Ok(OftenFront(Often::On(days))),
            _ => Err(de::Error::invalid_value(de::Unexpected::Map, &self)),
        }
    }
}

/// A list of criteria, or `"readiness"`.
pub enum Criteria {
    List(Vec<Criterion>),
    Readiness,
}

impl Default for Criteria {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl<'de> Deserialize<'de> for Criteria {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CriteriaVisitor)
    }
}

struct CriteriaVisitor;

impl<'de> Visitor<'de> for CriteriaVisitor {
    type Value = Criteria;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of criteria or \"readiness\"")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Criteria, E> {
        if word == "readiness" { Ok(Criteria::Readiness) } else { Err(E::invalid_value(de::Unexpected::Str(word), &self)) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Criteria, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Criteria::List)
    }
}
