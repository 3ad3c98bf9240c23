//! `check`: the content and the settings, without serving.

use std::path::Path;

use chrono::NaiveDate;

use crate::articles::{self, Catalogue, Entry, HIGHEST_GRADE, Review};
use crate::clock::Clock;
use crate::config::Config;
use crate::exercises::Library;
use crate::folder::Folder;
use crate::plans::programmes::Programmes;

/// Reads everything, prints how each page stands, and says what is wrong. A review that is overdue is printed; it is wrong only when
/// `strict`, so that a check of the program does not fail one day because a day has passed.
///
/// # Errors
/// Every flaw, a line each, as file, line and reason.
pub fn check(config: &Config, clinic_file: &Path, strict: bool) -> Result<(), String> {
    let mut flaws = Vec::new();
    if let Err(flaw) = config.clinic.require_numbers(clinic_file) {
        flaws.push(flaw);
    }
    match config.own_articles().and_then(|own| read(&own, config)) {
        Ok(pages) => {
            let today = Clock::running(config.clinic.time_zone).today();
            print!("{}", table(&pages.entries, today));
            let overdue = pages.entries.iter().filter(|entry| matches!(entry.review(today), Review::Overdue(_)));
            let overdue: Vec<String> = overdue
                .map(|entry| format!("{}: the review is {}", pages.own.place(&entry.file), entry.review(today).in_words()))
                .collect();
            flaws.extend(pages.entries.iter().filter(|entry| entry.reading.is_too_hard()).map(|entry| too_hard(entry, &pages.own)));
            if strict {
                flaws.extend(overdue);
            } else {
                for line in &overdue {
                    println!("Note: {line}");
                }
            }
            if flaws.is_empty() {
                println!("All is well: {} articles, {} exercises, settings complete.", pages.articles, pages.exercises);
            }
        }
        Err(found) => flaws.extend(found),
    }
    if flaws.is_empty() { Ok(()) } else { Err(flaws.join("\n")) }
}

/// What was read without a flaw.
struct Pages {
    own: Folder,
    entries: Vec<Entry>,
    articles: usize,
    exercises: usize,
}

fn read(own: &Folder, config: &Config) -> Result<Pages, Vec<String>> {
    let library = Library::with(own)?;
    let catalogue = Catalogue::with(own, &library, &config.clinic)?;
    let flaws = articles::guide_flaws(&catalogue, &library, &config.clinic);
    if !flaws.is_empty() {
        return Err(flaws);
    }
    Programmes::with(own, &library)?;
    let entries = articles::entries(&catalogue);
    Ok(Pages { own: own.clone(), entries, articles: catalogue.all().len(), exercises: library.all().len() })
}

fn too_hard(entry: &Entry, own: &Folder) -> String {
    let grade = entry.reading.grade();
    format!(
        "{}: the reading grade is {grade:.1}, and {HIGHEST_GRADE:.0} is the highest; shorten sentences and use shorter words",
        own.place(&entry.file)
    )
}

/// A line a page.
fn table(entries: &[Entry], today: NaiveDate) -> String {
    let wide = entries.iter().map(|entry| entry.path.len()).max().unwrap_or(0).max("page".len());
    let mut table = format!("{:<wide$}  grade  words  minutes  last reviewed  next due\n", "page");
    for entry in entries {
        let (grade, review) = (entry.reading.grade(), entry.review(today).in_words());
        table.push_str(&format!(
            "{:<wide$}  {grade:>5.1}  {:>5}  {:>7}  {:<13}  {} ({review})\n",
            entry.path, entry.words, entry.minutes, entry.reviewed, entry.due
        ));
    }
    table
}
