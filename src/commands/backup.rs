//! `backup`: a consistent copy of the embedded database, also while the clinic runs.

use std::path::Path;

use crate::config::Config;
use crate::db::Db;

/// Writes the copy.
///
/// # Errors
/// One sentence that says why there is none.
pub fn backup(config: &Config, file: &Path) -> Result<(), String> {
    Db::open(&config.database_url)?.backup(file)?;
    println!("Copied to {}.", file.display());
    Ok(())
}
