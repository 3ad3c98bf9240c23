//! The clinic's own exercises in the database: files and their revisions. Writes need [`Lock::Clinic`](crate::db::Lock::Clinic), so
//! that their numbers grow in the order in which they are seen.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::file::{self, Whose};
use super::{Deed, Exercise, Library, Origin, Own};
use crate::db::Conn;
use crate::db::schema::{exercise_archivals, exercise_revisions, own_exercises, people};
use crate::error::{AppError, Invalid};
use crate::ids::{OwnExerciseId, PersonId};
use crate::text::slug;

/// What a person who has left is called.
const GONE: &str = "someone who has left";
/// What stands for a person where a command has written.
const IMPORT: &str = "an import";
/// The longest slug that is made of a name, in bytes.
const LONGEST_SLUG: usize = 60;
/// The largest file of an own exercise, in bytes.
const LARGEST_FILE: usize = 64 * 1024;

/// Tells one state of the own exercises from the next: it changes with everything that is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    revision: i64,
    archival: i64,
}

impl Stamp {
    /// Whether something was written after the other.
    #[must_use]
    pub fn is_after(self, other: Self) -> bool {
        self != other && self.revision >= other.revision && self.archival >= other.archival
    }
}

/// The stamp as it is now; one statement.
///
/// # Errors
/// The database's own.
pub fn stamp(conn: &mut Conn) -> Result<Stamp, AppError> {
    let revision = exercise_revisions::table.select(diesel::dsl::max(exercise_revisions::id)).single_value();
    let archival = exercise_archivals::table.select(diesel::dsl::max(exercise_archivals::id)).single_value();
    let (revision, archival): (Option<i64>, Option<i64>) = diesel::select((revision, archival)).first(conn)?;
    Ok(Stamp { revision: revision.unwrap_or(0), archival: archival.unwrap_or(0) })
}

/// An own exercise as it is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its name in addresses.
    pub slug: String,
    /// What it says now: a file.
    pub text: String,
    /// Who wrote it and when.
    pub own: Own,
}

/// Number, slug, text, revision, and who wrote it when.
type NewestRow = (i64, String, String, i32, Option<i64>, Option<String>, NaiveDateTime);
/// Number, who wrote it when, and the text.
type RevisionRow = (i32, Option<i64>, Option<String>, NaiveDateTime, String);

impl Kept {
    /// What it says now, if it can be read.
    #[must_use]
    pub fn read(&self) -> Option<Exercise> {
        file::read(&self.slug, &self.text, Whose::Own).ok()
    }
}

fn deed(by: Option<i64>, name: Option<String>, at: NaiveDateTime) -> Deed {
    let nobody = if by.is_some() { GONE } else { IMPORT };
    Deed { by: name.unwrap_or_else(|| nobody.to_owned()), at }
}

/// All own exercises with what they say now, in the order they were made; three statements.
///
/// # Errors
/// The database's own.
pub fn kept(conn: &mut Conn) -> Result<Vec<Kept>, AppError> {
    let mut archived = archived(conn)?;
    let revisions = exercise_revisions::table
        .inner_join(own_exercises::table)
        .left_join(people::table.on(people::id.nullable().eq(exercise_revisions::written_by)));
    let made: Vec<(i64, Option<i64>, Option<String>, NaiveDateTime)> = revisions
        .filter(exercise_revisions::number.eq(1))
        .select((own_exercises::id, exercise_revisions::written_by, people::name.nullable(), exercise_revisions::written_at))
        .load(conn)?;
    let mut made: HashMap<i64, Deed> = made.into_iter().map(|(id, by, name, at)| (id, deed(by, name, at))).collect();
    let newer = diesel::alias!(exercise_revisions as newer);
    let newest = newer
        .filter(newer.field(exercise_revisions::exercise_id).eq(own_exercises::id))
        .select(diesel::dsl::max(newer.field(exercise_revisions::number)));
    let rows: Vec<NewestRow> = revisions
        .filter(exercise_revisions::number.nullable().eq(newest.single_value()))
        .order(own_exercises::id)
        .select((
            own_exercises::id,
            own_exercises::slug,
            exercise_revisions::text,
            exercise_revisions::number,
            exercise_revisions::written_by,
            people::name.nullable(),
            exercise_revisions::written_at,
        ))
        .load(conn)?;
    let kept = rows.into_iter().map(|(id, slug, text, revision, by, name, at)| {
        let revised = deed(by, name, at);
        let made = made.remove(&id).unwrap_or_else(|| revised.clone());
        Kept { slug, text, own: Own { id: OwnExerciseId(id), revision, made, revised, archived: archived.remove(&id) } }
    });
    Ok(kept.collect())
}

/// Who put the exercises away that are put away now.
fn archived(conn: &mut Conn) -> Result<HashMap<i64, Deed>, AppError> {
    let rows: Vec<(i64, bool, i64, Option<String>, NaiveDateTime)> = exercise_archivals::table
        .left_join(people::table.on(people::id.eq(exercise_archivals::set_by)))
        .order(exercise_archivals::id)
        .select((
            exercise_archivals::exercise_id,
            exercise_archivals::archived,
            exercise_archivals::set_by,
            people::name.nullable(),
            exercise_archivals::set_at,
        ))
        .load(conn)?;
    let mut now = HashMap::new();
    for (exercise, archived, by, name, at) in rows {
        if archived {
            now.insert(exercise, deed(Some(by), name, at));
        } else {
            now.remove(&exercise);
        }
    }
    Ok(now)
}

/// A slug for a new exercise of this name that nothing else has.
pub(super) fn free_slug(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let words = slug(name);
    let base = words.get(..LONGEST_SLUG).unwrap_or(&words).trim_matches('-');
    let base = if base.is_empty() { "exercise" } else { base };
    let numbered = (2_u32..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|slug| !taken(slug)).unwrap_or_default()
}

/// The text of an exercise's file, when it keeps to what a file says.
pub(super) fn text_of(exercise: &Exercise) -> Result<String, Invalid> {
    let text = exercise.to_file();
    if text.len() > LARGEST_FILE {
        return Err(Invalid::one(
            "text",
            format!("Shorten this exercise: its file may have {LARGEST_FILE} bytes, and it has {}", text.len()),
        ));
    }
    let read = file::read(&exercise.slug, &text, Whose::Own).map_err(|flaw| Invalid::one("text", flaw.reason))?;
    // The pictures follow from the rest, and from the slug.
    if (Exercise { drawings: exercise.drawings.clone(), ..read }) == *exercise {
        Ok(text)
    } else {
        Err(Invalid::one("text", "Write each step on one line, without spaces at its ends"))
    }
}

/// Adds an exercise under a free slug made of its name, whatever slug and number it brings, and says that slug. `library` is what there
/// is. A second exercise of the same person that says exactly what their last one does is that one: a double tap makes one.
///
/// # Errors
/// What is wrong with it, on the field `text`; the database's own.
pub fn add(conn: &mut Conn, library: &Library, exercise: &Exercise, by: PersonId, now: NaiveDateTime) -> Result<String, AppError> {
    let origin = if exercise.is_house() { Origin::Clinic } else { exercise.origin.clone() };
    let mut new = Exercise { origin, number: 0, own: None, ..exercise.clone() };
    if let Some(slug) = last_alike(conn, &new, by)? {
        return Ok(slug);
    }
    let taken: HashSet<String> = own_exercises::table.select(own_exercises::slug).load(conn)?.into_iter().collect();
    new.slug = free_slug(&new.name, |slug| library.get(slug).is_some() || library.test(slug).is_some() || taken.contains(slug));
    let text = text_of(&new)?;
    insert(conn, &new.slug, None, &text, Some(by), now)?;
    Ok(new.slug)
}

/// The slug of the person's newest exercise, when it says the same and is in use.
fn last_alike(conn: &mut Conn, new: &Exercise, by: PersonId) -> Result<Option<String>, AppError> {
    let last: Option<(i64, String, String)> = exercise_revisions::table
        .inner_join(own_exercises::table)
        .filter(exercise_revisions::written_by.eq(by.0))
        .order(exercise_revisions::id.desc())
        .select((own_exercises::id, own_exercises::slug, exercise_revisions::text))
        .first(conn)
        .optional()?;
    let Some((id, slug, text)) = last else { return Ok(None) };
    let alike = text == Exercise { slug: slug.clone(), ..new.clone() }.to_file();
    Ok((alike && !archived(conn)?.contains_key(&id)).then_some(slug))
}

/// Keeps a new exercise; `source` is the collection it comes from and its key there.
pub(super) fn insert(
    conn: &mut Conn,
    slug: &str,
    source: Option<(&str, &str)>,
    text: &str,
    by: Option<PersonId>,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let id: i64 = diesel::insert_into(own_exercises::table)
        .values((
            own_exercises::slug.eq(slug),
            own_exercises::source.eq(source.map(|(name, _)| name)),
            own_exercises::source_key.eq(source.map(|(_, key)| key)),
        ))
        .returning(own_exercises::id)
        .get_result(conn)?;
    add_revision(conn, (OwnExerciseId(id), 1), text, by, now)
}

/// Keeps what an exercise says from now on.
pub(super) fn add_revision(
    conn: &mut Conn,
    (id, number): (OwnExerciseId, i32),
    text: &str,
    by: Option<PersonId>,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    diesel::insert_into(exercise_revisions::table)
        .values((
            exercise_revisions::exercise_id.eq(id.0),
            exercise_revisions::number.eq(number),
            exercise_revisions::text.eq(text),
            exercise_revisions::written_by.eq(by.map(|by| by.0)),
            exercise_revisions::written_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Says an own exercise anew, under the slug it has. `seen` is the number of the revision the writer began from.
///
/// # Errors
/// [`AppError::NotFound`] where there is no such own exercise; on the field `text` what is wrong with it, or that somebody else has
/// written it since; the database's own.
pub fn revise(conn: &mut Conn, exercise: &Exercise, seen: i32, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let (id, number, known) = newest(conn, &exercise.slug)?.ok_or(AppError::NotFound)?;
    let text = text_of(&Exercise { own: None, number: 0, ..exercise.clone() })?;
    if text == known {
        return Ok(());
    }
    if number != seen {
        return Err(Invalid::one("text", "Somebody else has changed this exercise since you began. Look at it again, then save").into());
    }
    add_revision(conn, (id, number + 1), &text, Some(by), now)
}

fn newest(conn: &mut Conn, slug: &str) -> Result<Option<(OwnExerciseId, i32, String)>, AppError> {
    let newest: Option<(i64, i32, String)> = exercise_revisions::table
        .inner_join(own_exercises::table)
        .filter(own_exercises::slug.eq(slug))
        .order(exercise_revisions::number.desc())
        .select((own_exercises::id, exercise_revisions::number, exercise_revisions::text))
        .first(conn)
        .optional()?;
    Ok(newest.map(|(id, number, text)| (OwnExerciseId(id), number, text)))
}

/// Puts an own exercise away, so that nobody finds it any more, or takes it out again; plans that name it keep it. Twice is once.
///
/// # Errors
/// [`AppError::NotFound`] where there is no such own exercise; the database's own.
pub fn set_archived(conn: &mut Conn, slug: &str, archive: bool, by: PersonId, now: NaiveDateTime) -> Result<(), AppError> {
    let (id, ..) = newest(conn, slug)?.ok_or(AppError::NotFound)?;
    if archived(conn)?.contains_key(&id.0) == archive {
        return Ok(());
    }
    diesel::insert_into(exercise_archivals::table)
        .values((
            exercise_archivals::exercise_id.eq(id.0),
            exercise_archivals::archived.eq(archive),
            exercise_archivals::set_by.eq(by.0),
            exercise_archivals::set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// One writing of an own exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// 1, 2, 3 …
    pub number: i32,
    /// Who wrote it, and when.
    pub written: Deed,
    /// What it said: a file.
    pub text: String,
}

/// Everything an own exercise has said, the newest first; none where there is no such own exercise. One statement.
///
/// # Errors
/// The database's own.
pub fn revisions(conn: &mut Conn, slug: &str) -> Result<Vec<Revision>, AppError> {
    let rows: Vec<RevisionRow> = exercise_revisions::table
        .inner_join(own_exercises::table)
        .left_join(people::table.on(people::id.nullable().eq(exercise_revisions::written_by)))
        .filter(own_exercises::slug.eq(slug))
        .order(exercise_revisions::number.desc())
        .select((
            exercise_revisions::number,
            exercise_revisions::written_by,
            people::name.nullable(),
            exercise_revisions::written_at,
            exercise_revisions::text,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(number, by, name, at, text)| Revision { number, written: deed(by, name, at), text }).collect())
}
