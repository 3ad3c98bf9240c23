//! `check`: the content and the settings, without serving.

use std::path::Path;

use crate::articles::{self, Catalogue};
use crate::config::Config;
use crate::exercises::Library;

/// Reads everything and says what is wrong.
///
/// # Errors
/// Every flaw, a line each, as file, line and reason.
pub fn check(config: &Config, clinic_file: &Path) -> Result<(), String> {
    let mut flaws = Vec::new();
    if let Err(flaw) = config.clinic.require_numbers(clinic_file) {
        flaws.push(flaw);
    }
    let mut counts = (0, 0);
    match Library::load() {
        Ok(library) => {
            counts.1 = library.all().len();
            match Catalogue::load(&library, &config.clinic) {
                Ok(catalogue) => {
                    counts.0 = catalogue.all().len();
                    flaws.extend(articles::guide_flaws(&catalogue, &library, &config.clinic));
                }
                Err(found) => flaws.extend(found),
            }
        }
        Err(found) => flaws.extend(found),
    }
    if !flaws.is_empty() {
        return Err(flaws.join("\n"));
    }
    println!("All is well: {} articles, {} exercises, settings complete.", counts.0, counts.1);
    Ok(())
}
