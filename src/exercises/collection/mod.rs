//! Public collections of exercises, and the clinic's own as files: read whole or refused whole, then taken into the database in one
//! write. A second import of the same file changes nothing; a record that has changed becomes a new revision, unless somebody of the
//! clinic has written the exercise since.
//!
//! A collection's words (muscles, equipment, categories) are translated by a table (`vocabulary`). A word that is not in it is told
//! with how often it came, and not guessed; what a collection does not say (stage, gate, dose …) is left out. Each record keeps its
//! licence and author. Markup is made into plain words; pictures are never taken along.

mod folder;
mod free_exercise_db;
mod plain;
mod records;
mod remarks;
mod store;
mod vocabulary;
mod wger;

use std::path::Path;

pub use remarks::Remarks;
pub use store::{Outcome, check, take};

use super::Exercise;
use crate::text::words;

words! {
    /// The form of the files an import reads.
    Format {
        /// `exercises.json` of <https://github.com/yuhonas/free-exercise-db>.
        FreeExerciseDb = "free-exercise-db", "free-exercise-db";
        /// Pages of `/api/v2/exerciseinfo/` of <https://wger.de>.
        Wger = "wger", "wger";
        /// Our own files, as they are exported; see the file format in `src/exercises/file.rs`.
        Own = "hip-clinic", "hip-clinic";
    }
}

/// The most that is read at once, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// The most records that are read at once.
const MOST_RECORDS: usize = 20_000;
/// The longest name of a record, in characters.
const LONGEST_NAME: usize = 200;

/// A file as it was read: its name, and its text.
pub type NamedText = (String, String);

/// What was read of a collection.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// Its records.
    pub records: Vec<Record>,
    /// What there is to say about them.
    pub remarks: Remarks,
    /// Whether they are files of ours.
    pub own_files: bool,
}

/// One exercise of a collection.
#[derive(Debug, Clone)]
pub struct Record {
    /// The collection and its key there: the same record is found again by them.
    pub identity: (String, String),
    /// The file it stands in, and its number there.
    pub place: String,
    /// What it says. Its slug is a wish.
    pub exercise: Exercise,
}

/// Reads the files of a collection, all of them or none.
///
/// # Errors
/// The file, the record and the reason.
pub fn read(format: Format, files: &[NamedText]) -> Result<Collection, String> {
    let mut collection = match format {
        Format::FreeExerciseDb => free_exercise_db::read(files)?,
        Format::Wger => wger::read(files)?,
        Format::Own => folder::read(files)?,
    };
    if collection.records.len() > MOST_RECORDS {
        return Err(format!("there are {} records; at most {MOST_RECORDS} are read at once", collection.records.len()));
    }
    let mut known = std::collections::HashSet::new();
    for record in &collection.records {
        let place = || format!("{} (\"{}\")", record.place, records::shown(&record.exercise.name));
        if !known.insert(record.identity.clone()) {
            return Err(format!("{}: another record has the key \"{}\", too", place(), record.identity.1));
        }
        sound(&record.exercise).map_err(|reason| format!("{}: {reason}", place()))?;
        collection.remarks.licensed(&record.exercise.origin);
        if record.exercise.steps.is_empty() {
            collection.remarks.without_steps.push(record.exercise.name.clone());
        }
    }
    Ok(collection)
}

/// Whether a record keeps to what a file of an own exercise says.
fn sound(exercise: &Exercise) -> Result<(), String> {
    if exercise.name.chars().count() > LONGEST_NAME {
        return Err(format!("its name is longer than {LONGEST_NAME} characters"));
    }
    super::store::text_of(exercise).map(drop).map_err(|invalid| invalid.iter().map(|(_, words)| words).collect::<Vec<_>>().join("; "))
}

/// Reads the files behind these paths: files as they are, and of a folder those that end in `.md`, in order of their names.
///
/// # Errors
/// The file and the reason.
pub fn files(paths: &[impl AsRef<Path>]) -> Result<Vec<NamedText>, String> {
    let mut files = Vec::new();
    let mut left = LARGEST;
    for path in paths {
        let path = path.as_ref();
        let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
        if std::fs::metadata(path).map_err(wrong)?.is_dir() {
            let entries: Result<Vec<_>, _> = std::fs::read_dir(path).map_err(wrong)?.map(|entry| entry.map(|entry| entry.path())).collect();
            let mut inside = entries.map_err(wrong)?;
            inside.retain(|path| path.extension().is_some_and(|ending| ending == "md") && path.is_file());
            inside.sort();
            for path in inside {
                files.push(text(&path, &mut left)?);
            }
        } else {
            files.push(text(path, &mut left)?);
        }
    }
    if files.is_empty() { Err("there is no file to read in there; exercises are files that end in .md".to_owned()) } else { Ok(files) }
}

/// Reads one file, and counts it.
fn text(path: &Path, left: &mut usize) -> Result<NamedText, String> {
    use std::io::Read;
    let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    let most = u64::try_from(*left).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path).map_err(wrong)?.take(most).read_to_end(&mut bytes).map_err(wrong)?;
    *left = left.checked_sub(bytes.len()).ok_or_else(|| {
        format!("{}: this is more than the {} megabytes that are read at once; give fewer files", path.display(), LARGEST / 1024 / 1024)
    })?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{}: this is not text in UTF-8", path.display()))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok((path.display().to_string(), text))
}
