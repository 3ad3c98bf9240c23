//! The records of a JSON file, each as its own piece of the text, so that what is wrong is told with the record it is wrong in.

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Reads the array at the top of a text.
///
/// # Errors
/// Which record is damaged, and how.
pub fn array(text: &str) -> Result<Vec<&RawValue>, String> {
    let count = Cell::new(0);
    let mut reader = serde_json::Deserializer::from_str(text);
    let records = Counted(&count).deserialize(&mut reader).and_then(|records| reader.end().map(|()| records));
    records.map_err(|error| match count.get() {
        0 => format!("the file is damaged: {error}"),
        records => format!("record {}: the file is damaged here: {error}", records + usize::from(!after_all(&error))),
    })
}

/// A text that is one record.
///
/// # Errors
/// How it is damaged.
pub fn array_of_one(text: &str) -> Result<Vec<&RawValue>, String> {
    serde_json::from_str(text).map(|raw| vec![raw]).map_err(|error| format!("the file is damaged: {error}"))
}

/// Whether the text goes on after its end.
fn after_all(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("trailing")
}

/// Reads one record, the `number`th of its file.
///
/// # Errors
/// The record's number, its name when it has one, and what is wrong.
pub fn one<'a, T: Deserialize<'a>>(raw: &'a RawValue, number: usize) -> Result<T, String> {
    serde_json::from_str(raw.get()).map_err(|error| {
        let name =
            serde_json::from_str::<Named>(raw.get()).map_or_else(|_| String::new(), |named| format!(" (\"{}\")", shown(&named.name)));
        let words = error.to_string();
        // The line would be counted from the beginning of the record.
        let reason = words.rsplit_once(" at line ").map_or(words.as_str(), |(reason, _)| reason);
        format!("record {number}{name}: {reason}")
    })
}

/// A name as it is shown in a sentence: short, on one line.
pub fn shown(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(80).collect()
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

struct Counted<'c>(&'c Cell<usize>);

impl<'de> DeserializeSeed<'de> for Counted<'_> {
    type Value = Vec<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Counted<'_> {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        while let Some(record) = list.next_element()? {
            records.push(record);
            self.0.set(records.len());
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_with_its_record() {
        assert_eq!(array("[{\"a\": 1}, 2]").unwrap().len(), 2);
        assert_eq!(array("[]").unwrap().len(), 0);
        for (text, words) in [
            ("", "the file is damaged: EOF"),
            ("{}", "expected a list of records"),
            ("[{\"a\": 1}, {\"b\": }]", "record 2: the file is damaged here: expected value at line 1 column 18"),
            ("[{}, {}", "record 3: the file is damaged here: EOF"),
            ("[{}, {}] []", "record 2: the file is damaged here: trailing"),
        ] {
            let reason = array(text).unwrap_err();
            assert!(reason.contains(words), "{text}: {reason}");
        }
        let records = array("[{\"name\": \"Sit\\nup\"}, {\"id\": 1}]").unwrap();
        assert_eq!(one::<Wanted>(records[0], 7).map(drop).unwrap_err(), "record 7 (\"Sit up\"): missing field `id`");
        assert_eq!(one::<Wanted>(records[1], 8).map(drop).unwrap_err(), "record 8: invalid type: integer `1`, expected a string");
    }

    #[derive(Deserialize)]
    struct Wanted {
        #[expect(dead_code)]
        id: String,
    }
}
