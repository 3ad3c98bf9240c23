//! `export exercises`: the clinic's own exercises as files, with the photos and films they show.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::config::Config;
use crate::db::Db;
use crate::exercises::{self, Kept};
use crate::ids::MediumId;
use crate::media::{self, Cabinet, Medium};
use crate::text::slug;

/// Writes each own exercise into a file of its own in the folder, which is made when it is not there, and the library's photos and films
/// they show into `media/` beside them. A file that says something else is not overwritten.
///
/// # Errors
/// One sentence that names what is wrong.
pub fn export_exercises(config: &Config, folder: &Path) -> Result<(), String> {
    let db = Db::open(&config.database_url)?;
    let (kept, shown) = db
        .read_here(|conn| {
            let kept = exercises::kept(conn)?;
            let shown = media::some(conn, &named(&kept))?;
            Ok((kept, shown))
        })
        .map_err(|error| error.to_string())?;
    let wrong = |path: &Path, error: &io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| wrong(folder, &error))?;
    let file = |kept: &Kept| folder.join(format!("{}.md", kept.slug));
    let other = |kept: &&Kept| fs::read(file(kept)).is_ok_and(|known| known != kept.text.as_bytes());
    if let Some(kept) = kept.iter().find(other) {
        return Err(format!("{}: this file says something else; name an empty folder", file(kept).display()));
    }
    for exercise in &kept {
        let path = file(exercise);
        fs::write(&path, &exercise.text).map_err(|error| wrong(&path, &error))?;
    }
    let archived = kept.iter().filter(|exercise| exercise.own.archived.is_some()).count();
    println!("{} exercises written to {}, {archived} of them archived.", kept.len(), folder.display());
    // What belongs to one patient does not leave with the library.
    let shown: Vec<Medium> = shown.into_iter().filter(|medium| medium.patient.is_none()).collect();
    if !shown.is_empty() {
        let beside = folder.join("media");
        fs::create_dir_all(&beside).map_err(|error| wrong(&beside, &error))?;
        let cabinet = Cabinet::open(&config.data_dir, config.media_quota)?;
        shown.iter().try_for_each(|medium| copy(&cabinet, medium, &beside))?;
        println!("{} photos and films they show written to {}, each named by its number.", shown.len(), beside.display());
    }
    Ok(())
}

/// The numbers of the photos and films the exercises name.
fn named(kept: &[Kept]) -> Vec<MediumId> {
    let numbers: BTreeSet<i64> = kept.iter().filter_map(Kept::read).flat_map(|exercise| exercise.media).collect();
    numbers.into_iter().map(MediumId).collect()
}

/// Copies a photo or film as "7-knee-to-wall.jpg".
fn copy(cabinet: &Cabinet, medium: &Medium, folder: &Path) -> Result<(), String> {
    let words: String = slug(&medium.words).chars().take(60).collect();
    let path = folder.join(format!("{}-{words}.{}", medium.id, medium.file.format.ending()));
    let mut kept = cabinet.fetch(&medium.file).map_err(|error| format!("medium {}: {error}", medium.id))?;
    let written = File::create(&path).and_then(|mut file| io::copy(&mut kept, &mut file));
    written.map(drop).map_err(|error| format!("{}: {error}", path.display()))
}
