//! Pages of `/api/v2/exerciseinfo/` of wger (<https://wger.de>): pages with `results`, arrays of records, or single records. The English
//! text of a record is taken, under the licence and with the author of that text.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::super::{Exercise, Need, Origin, Source};
use super::free_exercise_db::slug_of;
use super::{Collection, NamedText, Record, Remarks, plain, records, vocabulary};

/// What the collection is called.
const NAME: &str = "wger";
/// The number of English among its languages.
const ENGLISH: i64 = 2;
/// Where a record is found that says no address of its own.
const ADDRESS: &str = "https://wger.de/api/v2/exerciseinfo/";
/// Its licences by number, as its own tables have them.
const LICENCES: [(i64, &str); 4] = [(1, "CC-BY-SA 3"), (2, "CC-BY-SA 4"), (3, "CC0"), (4, "CC-BY 4")];

#[derive(Deserialize)]
struct Page<'a> {
    count: Option<usize>,
    #[serde(borrow)]
    results: Option<&'a RawValue>,
    translations: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Entry {
    id: i64,
    uuid: String,
    category: Option<Named>,
    muscles: Vec<Muscle>,
    muscles_secondary: Vec<Muscle>,
    equipment: Vec<Named>,
    license: Option<Licence>,
    license_author: Option<String>,
    translations: Vec<Translation>,
    #[serde(default)]
    images: Vec<IgnoredAny>,
    #[serde(default)]
    videos: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Muscle {
    name: String,
    #[serde(default)]
    name_en: String,
}

#[derive(Deserialize)]
struct Licence {
    id: i64,
    short_name: String,
}

#[derive(Deserialize)]
struct Translation {
    name: String,
    description: String,
    language: i64,
    license: Option<i64>,
    license_author: Option<String>,
    #[serde(default)]
    license_object_url: Option<String>,
    #[serde(default)]
    notes: Vec<Note>,
}

#[derive(Deserialize)]
struct Note {
    comment: String,
}

pub fn read(files: &[NamedText]) -> Result<Collection, String> {
    let mut collection = Collection::default();
    let (mut there, mut whole) = (0, 0);
    for (file, text) in files {
        let wrong = |reason: String| format!("{file}: {reason}");
        let (raws, count) = pieces(text).map_err(wrong)?;
        there += raws.len();
        whole = whole.max(count);
        for (number, raw) in (1..).zip(raws) {
            let entry: Entry = records::one(raw, number).map_err(|reason| wrong(with_name(reason, raw, number)))?;
            if entry.uuid.trim().is_empty() {
                return Err(wrong(format!("record {number}: its uuid is empty")));
            }
            if let Some(exercise) = exercise(&entry, &mut collection.remarks) {
                collection.records.push(Record {
                    identity: (NAME.to_owned(), entry.uuid),
                    place: format!("{file}: record {number}"),
                    exercise,
                });
            }
        }
    }
    if whole > there {
        let note = format!("The collection has {whole} records and these files {there}: get the other pages, too, with ?limit=999");
        collection.remarks.notes.push(note);
    }
    Ok(collection)
}

/// The records of a file, and how many the whole collection has.
fn pieces(text: &str) -> Result<(Vec<&RawValue>, usize), String> {
    if text.trim_start().starts_with('{') {
        let page: Page<'_> = serde_json::from_str(text).map_err(|error| format!("the file is damaged: {error}"))?;
        return match (page.results, page.translations) {
            (Some(results), _) => Ok((records::array(results.get())?, page.count.unwrap_or(0))),
            (None, Some(_)) => Ok((records::array_of_one(text)?, 0)),
            (None, None) => Err("this is no page of exerciseinfo: it has neither results nor translations".to_owned()),
        };
    }
    let mut all = Vec::new();
    let mut count = 0;
    for raw in records::array(text)? {
        match serde_json::from_str::<Page<'_>>(raw.get()) {
            Ok(Page { results: Some(results), count: whole, .. }) => {
                all.extend(records::array(results.get())?);
                count = count.max(whole.unwrap_or(0));
            }
            _ => all.push(raw),
        }
    }
    Ok((all, count))
}

/// A reason with the name of its record, which stands among the translations.
fn with_name(reason: String, raw: &RawValue, number: usize) -> String {
    #[derive(Deserialize)]
    struct Names {
        translations: Vec<Named>,
    }
    let name = serde_json::from_str::<Names>(raw.get()).ok().and_then(|names| names.translations.into_iter().next());
    let plain = format!("record {number}: ");
    match (name, reason.strip_prefix(&plain)) {
        (Some(Named { name }), Some(rest)) => format!("record {number} (\"{}\"): {rest}", records::shown(&name)),
        _ => reason,
    }
}

/// The exercise of a record, when it may be taken.
fn exercise(entry: &Entry, remarks: &mut Remarks) -> Option<Exercise> {
    let first = entry.translations.first().map_or("", |translation| &translation.name);
    let Some(text) = entry.translations.iter().find(|translation| translation.language == ENGLISH) else {
        remarks.left_out("no English text", first);
        return None;
    };
    let name = plain::lines(&text.name).join(" ");
    let Some(licence) = licence(entry, text).filter(|_| !name.is_empty()) else {
        remarks.left_out(if name.is_empty() { "no name" } else { "no licence that is known" }, &format!("{} {}", entry.id, text.name));
        return None;
    };
    let mut exercise = Exercise { slug: slug_of(&name), ..Exercise::named(&name) };
    exercise.steps = plain::lines(&text.description);
    exercise.cues = text.notes.iter().map(|note| plain::lines(&note.comment).join(" ")).filter(|note| !note.is_empty()).collect();
    regions(entry, &mut exercise, remarks);
    for thing in &entry.equipment {
        match vocabulary::equipment(&thing.name) {
            Some(thing) => exercise.equipment.extend(Need::parse(thing.need).ok()),
            None => remarks.unknown("equipment", &thing.name),
        }
    }
    remarks.pictures += entry.images.len() + entry.videos.len();
    let author = [&text.license_author, &entry.license_author].into_iter().flatten().map(|author| plain::one_line(author));
    let author = author.into_iter().find(|author| !author.is_empty()).unwrap_or_default();
    let own = text.license_object_url.as_deref().map(str::trim).filter(|url| is_web(url));
    let url = own.map_or_else(|| format!("{ADDRESS}{}/", entry.id), str::to_owned);
    exercise.origin = Origin::Imported(Source { name: NAME.to_owned(), key: entry.uuid.clone(), author, licence, url });
    Some(exercise)
}

/// The licence of the text, or of the whole record where the text says none.
fn licence(entry: &Entry, text: &Translation) -> Option<String> {
    let whole = entry.license.as_ref();
    let number = text.license.or(whole.map(|licence| licence.id))?;
    let named = whole.filter(|licence| licence.id == number).map(|licence| plain::one_line(&licence.short_name));
    let known = LICENCES.iter().find(|(known, _)| *known == number).map(|(_, name)| (*name).to_owned());
    named.filter(|name| !name.is_empty()).or(known)
}

fn regions(entry: &Entry, exercise: &mut Exercise, remarks: &mut Remarks) {
    for muscle in entry.muscles.iter().chain(&entry.muscles_secondary) {
        match vocabulary::muscle(&muscle.name).or_else(|| vocabulary::muscle(&muscle.name_en)) {
            Some(region) if exercise.regions.contains(&region) => {}
            Some(region) => exercise.regions.push(region),
            None => remarks.unknown("muscle", &muscle.name),
        }
    }
    // The category is a part of the body: of use where no muscle is named.
    let Some(category) = entry.category.as_ref().filter(|_| exercise.regions.is_empty()) else { return };
    match vocabulary::muscle(&category.name) {
        Some(region) => exercise.regions.push(region),
        None => remarks.unknown("category", &category.name),
    }
}

fn is_web(url: &str) -> bool {
    url.len() < 500 && url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}
