//! `export exercises`: the clinic's own exercises as files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::Config;
use crate::db::Db;
use crate::exercises::{self, Kept};

/// Writes each own exercise into a file of its own in the folder, which is made when it is not there. A file that says something else is
/// not overwritten.
///
/// # Errors
/// One sentence that names what is wrong; nothing is written then.
pub fn export_exercises(config: &Config, folder: &Path) -> Result<(), String> {
    let db = Db::open(&config.database_url)?;
    let kept = db.read_here(exercises::kept).map_err(|error| error.to_string())?;
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(wrong)?;
    let file = |kept: &Kept| folder.join(format!("{}.md", kept.slug));
    let other = |kept: &&Kept| std::fs::read(file(kept)).is_ok_and(|known| known != kept.text.as_bytes());
    if let Some(kept) = kept.iter().find(other) {
        return Err(format!("{}: this file says something else; name an empty folder", file(kept).display()));
    }
    for exercise in &kept {
        std::fs::write(file(exercise), &exercise.text).map_err(|error| format!("{}: {error}", file(exercise).display()))?;
    }
    let archived = kept.iter().filter(|exercise| exercise.own.archived.is_some()).count();
    println!("{} exercises written to {}, {archived} of them archived.", kept.len(), folder.display());
    let media = media(&kept);
    if !media.is_empty() {
        let numbers: Vec<String> = media.iter().map(ToString::to_string).collect();
        println!("Photos and films they show, by number: {}.", numbers.join(", "));
    }
    Ok(())
}

/// The numbers of the photos and films the exercises name.
fn media(kept: &[Kept]) -> BTreeSet<i64> {
    kept.iter().filter_map(Kept::read).flat_map(|exercise| exercise.media).collect()
}
