//! Photos and films of exercises, for the library or for one patient: what staff upload, how it is kept, and who may see it.
//!
//! What a file is, its first bytes say. A photo is decoded within limits and written anew, so that nothing but its picture remains; of a
//! film the container is walked and what may tell a place is blanked. Files are kept by the hash of their content in the
//! [`Cabinet`], rows say who added them, what they show and whose they are. Other rooms keep the numbers of media and show them
//! through `templates/media/shown.html`; what they show they tell through [`Uses`].

mod cabinet;
mod domain;
mod film;
mod form;
mod intake;
mod pages;
mod photo;
pub mod physio;
pub mod public;
mod range;
#[cfg(test)]
#[path = "../../tests/support/samples.rs"]
mod samples;
mod sniff;
mod store;
#[cfg(test)]
mod tests;
mod uses;

use std::path::Path;

pub use cabinet::Cabinet;
pub use domain::{File, Format, Kind, Medium};
pub use store::{all, one, some};
pub use uses::{Use, Uses};

use crate::db::{Db, Lock};

/// Opens the cabinet, and takes away the files no row names.
///
/// # Errors
/// A sentence that names the setting and what is wrong with it.
pub fn open(data_dir: &Path, quota: u64, db: &Db) -> Result<Cabinet, String> {
    let cabinet = Cabinet::open(data_dir, quota)?;
    let gone = db.write_here(Lock::Clinic, |conn| {
        let known = store::files(conn)?.into_keys().collect();
        cabinet.sweep(&known).map_err(|error| cabinet::failed(&error))
    });
    match gone {
        Ok(0) => {}
        Ok(gone) => tracing::info!(gone, "files without a row were taken away"),
        Err(error) => return Err(error.to_string()),
    }
    Ok(cabinet)
}
