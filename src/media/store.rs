//! Photos and films in the database. Hold [`crate::db::Lock::Clinic`] for every change.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::domain::{self, File, Format, Medium, NewMedium, Said};
use crate::db::Conn;
use crate::db::schema::{media, people};
use crate::error::AppError;
use crate::ids::{MediumId, PatientId, PersonId};

type FileColumns = (i64, String, String, i32, Option<String>, i32);
type OtherColumns = (i32, i32, Option<i32>, String, Option<i64>, Option<i64>, NaiveDateTime);
type Row = (FileColumns, OtherColumns, String, Option<String>);

/// Every row with the names that belong to it, to be narrowed down.
macro_rules! rows {
    () => {{
        let whose = diesel::alias!(people as whose);
        media::table
            .inner_join(people::table.on(people::id.eq(media::added_by)))
            .left_join(whose.on(whose.field(people::id).nullable().eq(media::patient_id)))
            .select((
                (media::id, media::format, media::file, media::bytes, media::thumbnail, media::thumbnail_bytes),
                (media::width, media::height, media::seconds, media::words, media::patient_id, media::still_id, media::added_at),
                people::name,
                whose.field(people::name).nullable(),
            ))
    }};
}

fn positive(number: i32) -> u32 {
    number.unsigned_abs()
}

fn to_medium(((id, format, file, bytes, thumbnail, small), rest, by, whose): Row) -> Medium {
    let (width, height, seconds, words, patient, still, at) = rest;
    let format = Format::from_word(&format).unwrap_or(Format::Jpeg);
    Medium {
        id: MediumId(id),
        file: File { hash: file, format, bytes: positive(bytes).into() },
        thumbnail: thumbnail.map(|hash| File { hash, format, bytes: positive(small).into() }),
        width: positive(width),
        height: positive(height),
        seconds: seconds.map(positive),
        words,
        patient: patient.map(|id| (PatientId(id), whose.unwrap_or_default())),
        still: still.map(|id| (MediumId(id), String::new())),
        by,
        at,
    }
}

/// Gives films the address of the photo that stands for them. One query, when there are such films.
fn with_stills(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Medium>, AppError> {
    let mut found: Vec<Medium> = rows.into_iter().map(to_medium).collect();
    let wanted: Vec<i64> = found.iter().filter_map(|medium| medium.still.as_ref().map(|(id, _)| id.0)).collect();
    if wanted.is_empty() {
        return Ok(found);
    }
    let stills: Vec<(i64, String, String)> =
        media::table.filter(media::id.eq_any(wanted)).select((media::id, media::format, media::file)).load(conn)?;
    let path = |(id, format, hash): (i64, String, String)| {
        let file = File { hash, format: Format::from_word(&format).unwrap_or(Format::Jpeg), bytes: 0 };
        (id, domain::path(MediumId(id), &file))
    };
    let stills: HashMap<i64, String> = stills.into_iter().map(path).collect();
    for medium in &mut found {
        if let Some((id, path)) = &mut medium.still {
            *path = stills.get(&id.0).cloned().unwrap_or_default();
        }
    }
    Ok(found)
}

/// All photos and films of the library, or of one patient; the newest first.
///
/// # Errors
/// The database's own.
pub fn all(conn: &mut Conn, of: Option<PatientId>) -> Result<Vec<Medium>, AppError> {
    let rows: Vec<Row> = match of {
        Some(patient) => rows!().filter(media::patient_id.eq(patient.0)).order(media::id.desc()).load(conn)?,
        None => rows!().filter(media::patient_id.is_null()).order(media::id.desc()).load(conn)?,
    };
    with_stills(conn, rows)
}

/// How many there are of patients, by patient, in the order of their names.
///
/// # Errors
/// The database's own.
pub fn of_patients(conn: &mut Conn) -> Result<Vec<(PatientId, String, i64)>, AppError> {
    let rows: Vec<(i64, String, i64)> = media::table
        .inner_join(people::table.on(people::id.nullable().eq(media::patient_id)))
        .group_by((people::id, people::name, people::name_sort))
        .order((people::name_sort, people::id))
        .select((people::id, people::name, diesel::dsl::count(media::id)))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name, count)| (PatientId(id), name, count)).collect())
}

/// Some by their numbers, in this order; those that are not there are left out.
///
/// # Errors
/// The database's own.
pub fn some(conn: &mut Conn, ids: &[MediumId]) -> Result<Vec<Medium>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = rows!().filter(media::id.eq_any(numbers)).load(conn)?;
    let mut found = with_stills(conn, rows)?;
    found.sort_by_key(|medium| ids.iter().position(|id| *id == medium.id));
    Ok(found)
}

/// One of them.
///
/// # Errors
/// The database's own.
pub fn one(conn: &mut Conn, id: MediumId) -> Result<Option<Medium>, AppError> {
    Ok(some(conn, &[id])?.pop())
}

/// The same file with the same words for the same people, added before.
///
/// # Errors
/// The database's own.
pub fn same(conn: &mut Conn, new: &NewMedium) -> Result<Option<MediumId>, AppError> {
    let rows: Vec<(i64, Option<i64>)> = media::table
        .filter(media::file.eq(&new.file.hash))
        .filter(media::words.eq(new.said.words.as_str()))
        .order(media::id)
        .select((media::id, media::patient_id))
        .load(conn)?;
    let whose = new.said.patient.map(|patient| patient.0);
    Ok(rows.into_iter().find(|(_, patient)| *patient == whose).map(|(id, _)| MediumId(id)))
}

/// Adds one.
///
/// # Errors
/// The database's own.
pub fn add(conn: &mut Conn, new: &NewMedium, by: PersonId, now: NaiveDateTime) -> Result<MediumId, AppError> {
    let small = new.thumbnail.as_ref();
    let id = diesel::insert_into(media::table)
        .values((
            media::format.eq(new.file.format.word()),
            media::file.eq(&new.file.hash),
            media::bytes.eq(whole(new.file.bytes)?),
            media::thumbnail.eq(small.map(|file| file.hash.as_str())),
            media::thumbnail_bytes.eq(whole(small.map_or(0, |file| file.bytes))?),
            media::width.eq(whole(new.width)?),
            media::height.eq(whole(new.height)?),
            media::seconds.eq(new.seconds.map(whole).transpose()?),
            media::words.eq(new.said.words.as_str()),
            media::patient_id.eq(new.said.patient.map(|patient| patient.0)),
            media::still_id.eq(new.said.still.map(|still| still.0)),
            media::added_by.eq(by.0),
            media::added_at.eq(now),
        ))
        .returning(media::id)
        .get_result(conn)?;
    Ok(MediumId(id))
}

fn whole<N: TryInto<i32>>(number: N) -> Result<i32, AppError> {
    number.try_into().map_err(|_| AppError::Internal("a size that no column holds".to_owned()))
}

/// Says anew what is said of one; whose it is stays.
///
/// # Errors
/// The database's own.
pub fn change(conn: &mut Conn, id: MediumId, said: &Said) -> Result<(), AppError> {
    diesel::update(media::table.find(id.0))
        .set((media::words.eq(said.words.as_str()), media::still_id.eq(said.still.map(|still| still.0))))
        .execute(conn)?;
    Ok(())
}

/// Takes one away.
///
/// # Errors
/// The database's own.
pub fn remove(conn: &mut Conn, id: MediumId) -> Result<(), AppError> {
    diesel::delete(media::table.find(id.0)).execute(conn)?;
    Ok(())
}

/// Every file that a row names, with its length.
///
/// # Errors
/// The database's own.
pub fn files(conn: &mut Conn) -> Result<HashMap<String, u64>, AppError> {
    let rows: Vec<(String, i32, Option<String>, i32)> =
        media::table.select((media::file, media::bytes, media::thumbnail, media::thumbnail_bytes)).load(conn)?;
    let mut files = HashMap::new();
    for (file, bytes, thumbnail, small) in rows {
        files.insert(file, positive(bytes).into());
        files.extend(thumbnail.map(|file| (file, positive(small).into())));
    }
    Ok(files)
}

/// How many bytes all files have together, each counted once.
///
/// # Errors
/// The database's own.
pub fn used(conn: &mut Conn) -> Result<u64, AppError> {
    Ok(files(conn)?.values().sum())
}

/// Those of these files that no row names.
///
/// # Errors
/// The database's own.
pub fn unnamed(conn: &mut Conn, files: Vec<File>) -> Result<Vec<File>, AppError> {
    let hashes: Vec<&str> = files.iter().map(|file| file.hash.as_str()).collect();
    let as_file: Vec<String> = media::table.filter(media::file.eq_any(hashes.clone())).select(media::file).load(conn)?;
    let as_thumbnail: Vec<Option<String>> = media::table.filter(media::thumbnail.eq_any(hashes)).select(media::thumbnail).load(conn)?;
    let named: HashSet<String> = as_file.into_iter().chain(as_thumbnail.into_iter().flatten()).collect();
    Ok(files.into_iter().filter(|file| !named.contains(&file.hash)).collect())
}
