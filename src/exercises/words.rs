//! The words an exercise is found by, and how well it fits what somebody types.

use super::{Exercise, Purpose, Test};
use crate::text::canonical;

/// What somebody types into a field to find an exercise.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The words, in lower case, with one space between them.
    text: String,
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed; any text is a query.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let words = split(typed);
        Self { text: words.join(" "), words }
    }
}

/// How well an exercise fits a query; the better, the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Its name begins as typed, or nothing was typed.
    Name,
    /// The first letters of its name begin as typed: "slb" is the single-leg bridge.
    Initials,
    /// Every word begins a word of its name.
    Words,
    /// Every word begins one of its other words: regions, purposes, what one needs.
    Elsewhere,
}

/// The words an exercise is found by.
#[derive(Debug, Clone)]
pub struct Words {
    /// Its name in lower case, with one space between the words.
    pub name: String,
    /// Its other words, with one space between them.
    pub others: String,
    initials: String,
}

impl Words {
    /// The words of an exercise.
    #[must_use]
    pub fn of(exercise: &Exercise) -> Self {
        let purposes = exercise.purposes.iter().flat_map(|purpose| [purpose.word(), purpose.label()]);
        let regions = exercise.regions.iter().flat_map(|region| [region.word(), region.label(), region.area().label()]);
        let needs = exercise.needs();
        let texts = [exercise.slug.as_str()].into_iter().chain(regions).chain(purposes);
        let texts = texts.chain([needs.as_str(), exercise.position.as_str()]);
        Self::from_texts(&exercise.name, texts)
    }

    /// The words of a test.
    #[must_use]
    pub fn of_test(test: &Test) -> Self {
        let needs = test.needs();
        let regions = test.regions.iter().flat_map(|region| [region.word(), region.label(), region.area().label()]);
        let texts = [test.slug.as_str(), Purpose::Test.label(), needs.as_str(), test.position.as_str()];
        Self::from_texts(&test.name, texts.into_iter().chain(regions))
    }

    fn from_texts<'a>(name: &str, texts: impl Iterator<Item = &'a str>) -> Self {
        let name = split(name);
        let mut others: Vec<String> = Vec::new();
        for word in texts.flat_map(split) {
            if !name.contains(&word) && !others.contains(&word) {
                others.push(word);
            }
        }
        let initials = name.iter().filter_map(|word| word.chars().next()).collect();
        Self { name: name.join(" "), others: others.join(" "), initials }
    }

    /// How well the exercise fits, if it does.
    #[must_use]
    pub fn fit(&self, query: &Query) -> Option<Fit> {
        let begin = |words: &str, start: &str| words.split(' ').any(|word| word.starts_with(start));
        if self.name.starts_with(&query.text) {
            Some(Fit::Name)
        } else if query.text.len() > 1 && self.initials.starts_with(&query.text) {
            Some(Fit::Initials)
        } else if query.words.iter().all(|start| begin(&self.name, start)) {
            Some(Fit::Words)
        } else {
            query.words.iter().all(|start| begin(&self.name, start) || begin(&self.others, start)).then_some(Fit::Elsewhere)
        }
    }
}

fn split(text: &str) -> Vec<String> {
    canonical(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Filter, Library};
    use super::*;

    fn fit(slug: &str, typed: &str) -> Option<Fit> {
        Words::of(Library::load().unwrap().get(slug).unwrap()).fit(&Query::read(typed))
    }

    #[test]
    fn a_name_fits_better_than_a_region() {
        assert_eq!(fit("hip-bridge", ""), Some(Fit::Name));
        assert_eq!(fit("hip-bridge", " HIP  bri"), Some(Fit::Name));
        assert_eq!(fit("single-leg-bridge", "slb"), Some(Fit::Initials));
        assert_eq!(fit("hip-bridge", "bridge h"), Some(Fit::Words));
        assert_eq!(fit("hip-bridge", "bridge glut"), Some(Fit::Elsewhere));
        assert_eq!((fit("hip-bridge", "bridge squat"), fit("hip-bridge", "idge")), (None, None));
    }

    /// The promise to physios: there is a word or a row of initials that brings each exercise among the first three.
    #[test]
    fn three_letters_find_each_exercise() {
        let library = Library::load().unwrap();
        for exercise in library.all() {
            let words = Words::of(exercise);
            let starts = words.name.split(' ').chain([words.initials.as_str()]);
            let starts: Vec<String> = starts.map(|word| word.chars().take(3).collect()).collect();
            let place = |start: &String| library.search(start, Filter::default()).iter().position(|found| found.slug == exercise.slug);
            let best = starts.iter().filter_map(place).min();
            assert!(best.is_some_and(|place| place < 3), "{}: place {best:?} with {starts:?}", exercise.slug);
        }
    }
}
