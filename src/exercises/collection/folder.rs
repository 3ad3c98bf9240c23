//! The clinic's own exercises as files, each named by its slug, as they are exported.

use super::super::file::{self, Whose};
use super::super::{Exercise, Origin};
use super::{Collection, NamedText, Record};

/// What exercises of the clinic's own are kept under, so that they are found again: here they have no other source.
pub const NAME: &str = "hip-clinic";

pub fn read(files: &[NamedText]) -> Result<Collection, String> {
    let mut collection = Collection { own_files: true, ..Collection::default() };
    for (path, text) in files {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let text = text.replace("\r\n", "\n");
        let exercise = file::read(name.trim_end_matches(".md"), &text, Whose::Own).map_err(|flaw| flaw.in_file(path))?;
        let identity = match &exercise.origin {
            Origin::Imported(source) => (source.name.clone(), source.key.clone()),
            _ => (NAME.to_owned(), exercise.slug.clone()),
        };
        collection.remarks.pictures += exercise.media.len();
        // Elsewhere the numbers of photos and films mean other ones.
        collection.records.push(Record { identity, place: path.clone(), exercise: Exercise { media: Vec::new(), number: 0, ..exercise } });
    }
    Ok(collection)
}
