//! What an import has to say about a collection besides its records.

use std::collections::BTreeMap;
use std::fmt;

use super::super::Origin;
use super::records::shown;

/// Most different values of a field that are counted one by one.
const MOST_VALUES: usize = 200;
/// Most values or names of one kind that are printed.
const MOST_PRINTED: usize = 12;

/// What there is to say: licences, what was not understood, what was left out.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    licences: BTreeMap<String, usize>,
    unknown: BTreeMap<&'static str, BTreeMap<String, usize>>,
    unused: BTreeMap<&'static str, usize>,
    left_out: BTreeMap<&'static str, Vec<String>>,
    /// The names of those that have no steps.
    pub without_steps: Vec<String>,
    /// Pictures and films that were not taken along.
    pub pictures: usize,
    /// Sentences for who imports.
    pub notes: Vec<String>,
}

impl Remarks {
    /// Counts a licence with its author.
    pub(super) fn licensed(&mut self, origin: &Origin) {
        if let Origin::Imported(source) = origin {
            let author = if source.author.is_empty() { "no author named".to_owned() } else { source.author.clone() };
            count(&mut self.licences, &format!("{}, {author}", source.licence));
        }
    }

    /// Counts a value of a field that has no translation.
    pub(super) fn unknown(&mut self, field: &'static str, value: &str) {
        count(self.unknown.entry(field).or_default(), value);
    }

    /// Counts a field for which there is no place here.
    pub(super) fn unused(&mut self, field: &'static str) {
        *self.unused.entry(field).or_default() += 1;
    }

    /// Keeps the name of a record that is not taken.
    pub(super) fn left_out(&mut self, reason: &'static str, name: &str) {
        self.left_out.entry(reason).or_default().push(shown(name));
    }

    /// How many values of this field had no translation.
    #[must_use]
    pub fn unknown_values(&self, field: &str) -> usize {
        self.unknown.get(field).map_or(0, |values| values.values().sum())
    }
}

fn count(values: &mut BTreeMap<String, usize>, value: &str) {
    let value = shown(value);
    let full = values.len() >= MOST_VALUES && !values.contains_key(&value);
    *values.entry(if full { "others".to_owned() } else { value }).or_default() += 1;
}

/// Values with their counts, the most frequent first.
fn counted(values: &BTreeMap<String, usize>) -> String {
    let mut values: Vec<(&String, &usize)> = values.iter().collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let words: Vec<String> = values.into_iter().map(|(value, count)| format!("{value} ({count})")).collect();
    listed(&words)
}

fn listed(words: &[String]) -> String {
    let shown = words.get(..MOST_PRINTED).unwrap_or(words).join("; ");
    match words.len().saturating_sub(MOST_PRINTED) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

impl fmt::Display for Remarks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.licences.is_empty() {
            writeln!(f, "Licence and author: {}", counted(&self.licences))?;
        }
        for (field, values) in &self.unknown {
            writeln!(f, "No word for it here, left out: {field}: {}", counted(values))?;
        }
        if !self.unused.is_empty() {
            let fields: Vec<String> = self.unused.iter().map(|(field, count)| format!("{field} ({count})")).collect();
            writeln!(f, "No place for it here, left out: {}", fields.join("; "))?;
        }
        for (reason, names) in &self.left_out {
            writeln!(f, "Not taken, {reason} ({}): {}", names.len(), listed(names))?;
        }
        if !self.without_steps.is_empty() {
            let names: Vec<String> = self.without_steps.iter().map(|name| shown(name)).collect();
            writeln!(f, "Without steps, to be written before they are given ({}): {}", names.len(), listed(&names))?;
        }
        if self.pictures > 0 {
            writeln!(f, "Pictures and films are not taken along: {}", self.pictures)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}
