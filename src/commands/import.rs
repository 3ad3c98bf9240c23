//! `import exercises`: public collections, and exported files, taken into the clinic's own exercises.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Lock};
use crate::exercises::Library;
use crate::exercises::collection::{self, Collection, Format, Outcome};

/// How wide the bar is that shows how far the import is, in characters.
const BAR: usize = 40;

/// Reads the word for a form of files.
///
/// # Errors
/// The words there are.
pub fn format(word: &str) -> Result<Format, String> {
    Format::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
        format!("use one of {}", words.join(", "))
    })
}

/// Reads the files whole, prints what there is to say about them, and takes them in one write, unless it is a dry run.
///
/// # Errors
/// The file, the record and the reason; nothing is written then.
pub fn import_exercises(config: &Config, files: &[PathBuf], format: Format, dry_run: bool) -> Result<(), String> {
    let files = collection::files(files)?;
    let collection = collection::read(format, &files)?;
    drop(files);
    let house = Library::with(&config.own_articles().map_err(|flaws| flaws.join("\n"))?).map_err(|flaws| flaws.join("\n"))?;
    let db = Db::open(&config.database_url)?;
    let outcome = db.read_here(|conn| collection::check(conn, &collection)).map_err(|error| error.to_string())?;
    println!("{}: {} exercises", format.word(), collection.records.len());
    print!("{}", collection.remarks);
    if dry_run || outcome.is_nothing() {
        print!("{}", in_words(&outcome, "would be "));
        println!(
            "{}",
            if outcome.is_nothing() { "All of it is here already: nothing to write." } else { "A dry run: nothing was written." }
        );
        return Ok(());
    }
    let outcome = write(config, &db, &house, &collection, format)?;
    print!("{}", in_words(&outcome, ""));
    println!("Written. Staff find them at /clinic/exercises; the public does not see them.");
    Ok(())
}

fn write(config: &Config, db: &Db, house: &Library, collection: &Collection, format: Format) -> Result<Outcome, String> {
    let now = Clock::running(config.clinic.time_zone).now();
    let mut bar = Bar { all: collection.records.len(), shown: None };
    let written = db.write_here(Lock::Clinic, |conn| {
        let outcome = collection::take(conn, house, collection, now, |done| bar.show(done))?;
        let detail = format!("{}: {} new, {} changed", format.word(), outcome.new.len(), outcome.changed.len());
        let entry = Entry { at: now, actor: None, name: "the command line", verb: "imported exercises", subject: None, detail: &detail };
        audit::record(conn, &entry)?;
        Ok(outcome)
    });
    bar.end();
    written.map_err(|error| error.to_string())
}

/// What is done, or would be, a line each.
fn in_words(outcome: &Outcome, would_be: &str) -> String {
    let mut words =
        format!("{} {would_be}new, {} {would_be}changed, {} unchanged\n", outcome.new.len(), outcome.changed.len(), outcome.unchanged);
    if !outcome.kept.is_empty() {
        words.push_str(&format!("Written at the clinic since, left as they are ({}): {}\n", outcome.kept.len(), outcome.kept.join("; ")));
    }
    words
}

/// How far it is, on a terminal; elsewhere nothing.
struct Bar {
    all: usize,
    shown: Option<usize>,
}

impl Bar {
    fn show(&mut self, done: usize) {
        let full = done * BAR / self.all.max(1);
        if self.shown == Some(full) || !std::io::stderr().is_terminal() {
            return;
        }
        self.shown = Some(full);
        eprint!("\r[{}{}] {done} of {}", "#".repeat(full), " ".repeat(BAR.saturating_sub(full)), self.all);
        let _ = std::io::stderr().flush();
    }

    fn end(&self) {
        if self.shown.is_some() {
            eprintln!();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_format_is_answered_with_the_right_ones() {
        assert_eq!(format("wger"), Ok(Format::Wger));
        assert_eq!(format("csv").unwrap_err(), "use one of free-exercise-db, wger, hip-clinic");
    }
}
