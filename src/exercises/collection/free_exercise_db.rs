//! `exercises.json` of <https://github.com/yuhonas/free-exercise-db>: one array of records, all in the public domain.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::{Exercise, Need, Origin, Purpose, Source};
use super::{Collection, NamedText, Record, Remarks, plain, records, vocabulary};
use crate::text::slug;

/// What the collection is called.
const NAME: &str = "free-exercise-db";
/// The licence of all of it: <https://unlicense.org>.
const LICENCE: &str = "Unlicense (public domain)";
/// Where a record is found.
const ADDRESS: &str = "https://github.com/yuhonas/free-exercise-db/blob/main/exercises/";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: String,
    name: String,
    force: Option<String>,
    level: Option<String>,
    mechanic: Option<String>,
    equipment: Option<String>,
    primary_muscles: Vec<String>,
    secondary_muscles: Vec<String>,
    instructions: Vec<String>,
    category: String,
    #[serde(default)]
    images: Vec<IgnoredAny>,
    #[serde(flatten)]
    others: BTreeMap<String, serde_json::Value>,
}

pub fn read(files: &[NamedText]) -> Result<Collection, String> {
    let mut collection = Collection::default();
    for (file, text) in files {
        let wrong = |reason: String| format!("{file}: {reason}");
        for (number, raw) in (1..).zip(records::array(text).map_err(wrong)?) {
            let entry: Entry = records::one(raw, number).map_err(wrong)?;
            let exercise = exercise(&entry, &mut collection.remarks);
            if exercise.name.is_empty() || entry.id.trim().is_empty() {
                let field = if exercise.name.is_empty() { "name" } else { "id" };
                return Err(wrong(format!("record {number} (\"{}\"): its {field} is empty", records::shown(&entry.name))));
            }
            collection.records.push(Record { identity: (NAME.to_owned(), entry.id), place: format!("{file}: record {number}"), exercise });
        }
    }
    Ok(collection)
}

fn exercise(entry: &Entry, remarks: &mut Remarks) -> Exercise {
    let name = plain::one_line(&entry.name);
    let mut exercise = Exercise { slug: slug_of(&name), ..Exercise::named(&name) };
    exercise.steps = entry.instructions.iter().map(|step| plain::lines(step).join(" ")).filter(|step| !step.is_empty()).collect();
    for word in entry.primary_muscles.iter().chain(&entry.secondary_muscles) {
        match vocabulary::muscle(word) {
            Some(region) if exercise.regions.contains(&region) => {}
            Some(region) => exercise.regions.push(region),
            None => remarks.unknown("muscle", word),
        }
    }
    match vocabulary::purpose(&entry.category) {
        Some(purpose) => exercise.purposes.push(purpose),
        None => remarks.unknown("category", &entry.category),
    }
    match entry.equipment.as_deref().map(|word| (word, vocabulary::equipment(word))) {
        Some((_, Some(thing))) => {
            exercise.equipment.extend(Need::parse(thing.need).ok());
            exercise.load = thing.load.filter(|_| is_loaded(&exercise));
        }
        Some((word, None)) => remarks.unknown("equipment", word),
        None => remarks.unknown("equipment", "none given"),
    }
    for (field, value) in [("level", &entry.level), ("force", &entry.force), ("mechanic", &entry.mechanic)] {
        if value.is_some() {
            remarks.unused(field);
        }
    }
    entry.others.keys().for_each(|key| remarks.unknown("field", key));
    remarks.pictures += entry.images.len();
    let (name, licence, url) = (NAME.to_owned(), LICENCE.to_owned(), format!("{ADDRESS}{}.json", percent(&entry.id)));
    exercise.origin = Origin::Imported(Source { name, key: entry.id.clone(), author: String::new(), licence, url });
    exercise
}

/// Whether what is used carries the resistance: in a stretch it only helps.
fn is_loaded(exercise: &Exercise) -> bool {
    exercise.purposes.iter().any(|purpose| matches!(purpose, Purpose::Strength | Purpose::Plyometric))
}

/// The slug a name asks for.
pub(super) fn slug_of(name: &str) -> String {
    let wish = slug(name);
    if wish.is_empty() { "exercise".to_owned() } else { wish }
}

/// A key as a part of an address.
fn percent(key: &str) -> String {
    url::form_urlencoded::byte_serialize(key.as_bytes()).collect::<String>().replace('+', "%20")
}
