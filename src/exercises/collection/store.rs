//! What an import does to the clinic's own exercises. The writing needs the clinic's lock.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::file::{self, Whose};
use super::super::store::{add_revision, free_slug, insert, text_of};
use super::super::{Exercise, Library};
use super::folder;
use super::{Collection, Record};
use crate::db::Conn;
use crate::db::schema::{exercise_revisions, own_exercises};
use crate::error::AppError;
use crate::ids::OwnExerciseId;

/// What an import does, or would do: the slugs and names of the exercises.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// New here.
    pub new: Vec<String>,
    /// Said anew, because the collection has changed them.
    pub changed: Vec<String>,
    /// Already here, as they are.
    pub unchanged: usize,
    /// Written by somebody of the clinic since they were read last: left as they are.
    pub kept: Vec<String>,
}

impl Outcome {
    /// Whether nothing is written.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }
}

/// What [`take`] would do; writes nothing.
///
/// # Errors
/// The database's own.
pub fn check(conn: &mut Conn, collection: &Collection) -> Result<Outcome, AppError> {
    let known = Known::load(conn)?;
    let mut outcome = Outcome::default();
    for record in &collection.records {
        known.judge(record, collection.own_files)?.count(record, &mut outcome);
    }
    Ok(outcome)
}

/// Takes a collection into the clinic's own exercises; `house` has the slugs that are taken, `done` hears how many records are done.
///
/// # Errors
/// The database's own; then nothing should be kept.
pub fn take(
    conn: &mut Conn,
    house: &Library,
    collection: &Collection,
    now: NaiveDateTime,
    mut done: impl FnMut(usize),
) -> Result<Outcome, AppError> {
    let known = Known::load(conn)?;
    let mut taken: HashSet<String> = known.own.iter().map(|own| own.slug.clone()).collect();
    let mut outcome = Outcome::default();
    for (number, record) in (1..).zip(&collection.records) {
        let judgement = known.judge(record, collection.own_files)?;
        match &judgement {
            Judgement::New => {
                let is_taken = |slug: &str| house.get(slug).is_some() || house.test(slug).is_some() || taken.contains(slug);
                let slug = free_slug(&record.exercise.slug, is_taken);
                taken.insert(slug.clone());
                let exercise = Exercise { slug, ..record.exercise.clone() };
                let (source, key) = &record.identity;
                insert(conn, &exercise.slug, Some((source, key)), &text_of(&exercise)?, None, now)?;
            }
            Judgement::Changed(own, text) => add_revision(conn, (OwnExerciseId(own.id), own.newest + 1), text, None, now)?,
            Judgement::Unchanged | Judgement::Kept => {}
        }
        judgement.count(record, &mut outcome);
        done(number);
    }
    Ok(outcome)
}

enum Judgement<'a> {
    New,
    Changed(&'a OwnRow, String),
    Unchanged,
    Kept,
}

impl Judgement<'_> {
    fn count(&self, record: &Record, outcome: &mut Outcome) {
        let name = record.exercise.name.clone();
        match self {
            Self::New => outcome.new.push(name),
            Self::Changed(..) => outcome.changed.push(name),
            Self::Unchanged => outcome.unchanged += 1,
            Self::Kept => outcome.kept.push(name),
        }
    }
}

/// An own exercise with all it has said, the oldest first.
struct OwnRow {
    id: i64,
    slug: String,
    newest: i32,
    /// Text, and whether an import wrote it.
    said: Vec<(String, bool)>,
}

/// The clinic's own exercises, and how a collection finds them.
struct Known {
    own: Vec<OwnRow>,
    by_identity: HashMap<(String, String), usize>,
    by_slug: HashMap<String, usize>,
}

impl Known {
    fn load(conn: &mut Conn) -> Result<Self, AppError> {
        let rows: Vec<(i64, String, Option<String>, Option<String>)> = own_exercises::table
            .order(own_exercises::id)
            .select((own_exercises::id, own_exercises::slug, own_exercises::source, own_exercises::source_key))
            .load(conn)?;
        let said: Vec<(i64, i32, String, Option<i64>)> = exercise_revisions::table
            .order((exercise_revisions::exercise_id, exercise_revisions::number))
            .select((exercise_revisions::exercise_id, exercise_revisions::number, exercise_revisions::text, exercise_revisions::written_by))
            .load(conn)?;
        let mut known = Self { own: Vec::new(), by_identity: HashMap::new(), by_slug: HashMap::new() };
        let mut places = HashMap::new();
        for (id, slug, source, key) in rows {
            let place = known.own.len();
            places.insert(id, place);
            known.by_slug.insert(slug.clone(), place);
            if let Some(identity) = source.zip(key) {
                known.by_identity.insert(identity, place);
            }
            known.own.push(OwnRow { id, slug, newest: 0, said: Vec::new() });
        }
        for (id, number, text, by) in said {
            if let Some(own) = places.get(&id).and_then(|place| known.own.get_mut(*place)) {
                own.newest = number;
                own.said.push((text, by.is_none()));
            }
        }
        Ok(known)
    }

    /// The exercise a record is here. One of the clinic's own that was written here is known by its slug.
    fn find(&self, record: &Record) -> Option<&OwnRow> {
        let by_slug = || self.by_slug.get(&record.exercise.slug).filter(|_| record.identity.0 == folder::NAME);
        self.by_identity.get(&record.identity).or_else(by_slug).and_then(|place| self.own.get(*place))
    }

    fn judge(&self, record: &Record, own_files: bool) -> Result<Judgement<'_>, AppError> {
        let Some(own) = self.find(record) else { return Ok(Judgement::New) };
        let newest = own.said.last().map_or("", |(text, _)| text);
        let mut exercise = Exercise { slug: own.slug.clone(), ..record.exercise.clone() };
        if own_files {
            // A file does not say which photos and films stand beside the exercise here.
            exercise.media = file::read(&own.slug, newest, Whose::Own).map(|now| now.media).unwrap_or_default();
        }
        let text = text_of(&exercise)?;
        if newest == text {
            return Ok(Judgement::Unchanged);
        }
        if own_files {
            let older = own.said.iter().any(|(said, _)| *said == text);
            return Ok(if older { Judgement::Kept } else { Judgement::Changed(own, text) });
        }
        let by_person = own.said.last().is_some_and(|(_, import)| !import);
        match own.said.iter().rev().find(|(_, import)| *import) {
            // The collection says what it said last time: whatever stands here now was written here.
            Some((imported, _)) if *imported == text => Ok(Judgement::Unchanged),
            _ if by_person => Ok(Judgement::Kept),
            _ => Ok(Judgement::Changed(own, text)),
        }
    }
}
