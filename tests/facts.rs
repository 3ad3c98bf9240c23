//! What the articles must not lose: `tests/facts/` lists, a file an article, every point it has to carry, and in which place which
//! words carry it. Whoever rewrites a passage moves the words here as well; whoever drops a point on purpose says why.

use std::collections::BTreeMap;
use std::path::Path;

use hip_clinic::articles::Catalogue;
use hip_clinic::config::Clinic;
use hip_clinic::exercises::{Exercise, Library};
use scraper::{ElementRef, Html, Node};
use serde::Deserialize;

use crate::support::IDENTITY;

/// The lists, and the points each must have: a prefix and how many.
const LISTS: &[(&str, &[(&str, usize)])] = &[
    ("iliopsoas-syndrome", &[("0-", 29)]),
    ("hip-flexor-pain-running", &[("1-", 32)]),
    ("tight-hip-flexors", &[("2-", 29), ("H", 8), ("K", 9), ("Y", 8), ("Z", 2)]),
    ("is-it-urgent", &[("RF", 16)]),
    ("return-to-running", &[("B", 10), ("R", 17)]),
];
/// Points that one of the lists must have: where the sources disagree, and what was put right.
const ANYWHERE: &[&str] = &["X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8", "X9", "A2", "A6", "C4", "C6", "D3", "G9", "W3", "Q5", "Q6"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    points: Vec<Point>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    /// Its number in the check-list.
    id: String,
    /// What it says, in short.
    #[serde(rename = "point")]
    says: String,
    /// An article and one of its headings, `slug#heading`; nothing after `#` is what stands before the first heading. Or `exercises/slug`.
    place: Option<String>,
    /// What must stand there.
    #[serde(default)]
    words: Vec<String>,
    /// Why no page carries it.
    left_out: Option<String>,
}

#[test]
fn every_point_stands_in_its_place() {
    let pages = Pages::read();
    let mut missing = Vec::new();
    for (name, points) in lists() {
        missing.extend(points.iter().filter_map(|point| pages.misses(point)).map(|why| format!("{name}: {why}")));
    }
    assert!(missing.is_empty(), "a point was lost, or its words moved:\n{}", missing.join("\n"));
}

#[test]
fn no_point_is_missing_and_none_is_there_twice() {
    let lists = lists();
    let names: Vec<&str> = lists.keys().map(String::as_str).collect();
    let unknown: Vec<&&str> = names.iter().filter(|name| !LISTS.iter().any(|(known, _)| known == *name)).collect();
    assert!(unknown.is_empty(), "nobody says what {unknown:?} must hold");
    for (name, points) in LISTS {
        let list = lists.get(*name).unwrap_or_else(|| panic!("tests/facts has no {name}: {names:?}"));
        let ids: Vec<&str> = list.iter().map(|point| point.id.as_str()).collect();
        let wanted = points.iter().flat_map(|(prefix, last)| (1..=*last).map(move |number| format!("{prefix}{number}")));
        let missing: Vec<String> = wanted.filter(|id| !ids.contains(&id.as_str())).collect();
        assert!(missing.is_empty(), "{name} has no {missing:?}");
        let twice: Vec<&&str> = ids.iter().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect();
        assert!(twice.is_empty(), "{name} has {twice:?} twice");
    }
    let is_nowhere = |id: &&&str| !lists.values().flatten().any(|point| point.id == **id);
    let nowhere: Vec<&&str> = ANYWHERE.iter().filter(is_nowhere).collect();
    assert!(nowhere.is_empty(), "no list has {nowhere:?}");
}

fn lists() -> BTreeMap<String, Vec<Point>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let lists = files.map(|file| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let list: List = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, list.points)
    });
    lists.collect()
}

/// The text of every place.
struct Pages {
    places: BTreeMap<String, String>,
}

impl Pages {
    fn read() -> Self {
        let library = Library::load().unwrap();
        let catalogue = Catalogue::load(&library, &Clinic::from_toml(IDENTITY, Path::new("clinic.toml")).unwrap()).unwrap();
        let mut places: BTreeMap<String, String> =
            library.all().iter().map(|exercise| (format!("exercises/{}", exercise.slug), words_of(exercise))).collect();
        for article in catalogue.all() {
            places.extend(sections(&article.front.slug, article.rendered.html.as_str()));
        }
        for text in places.values_mut() {
            *text = on_one_line(text);
        }
        Self { places }
    }

    /// What is wrong with a point, if anything is.
    fn misses(&self, point: &Point) -> Option<String> {
        let Point { id, says, place, words, left_out } = point;
        let told = match (place, left_out) {
            (None, Some(why)) if words.is_empty() && !why.trim().is_empty() => return None,
            (Some(place), None) if !words.is_empty() && words.iter().all(|words| !words.trim().is_empty()) => self.places.get(place),
            _ => return Some(format!("{id} ({says}) has either a place and words, or a reason why it is left out")),
        };
        let Some(text) = told else { return Some(format!("{id} ({says}): there is no place {place:?}")) };
        let gone: Vec<&String> = words.iter().filter(|words| !text.contains(&on_one_line(words))).collect();
        (!gone.is_empty()).then(|| format!("{id} ({says}): {gone:?} no longer stands in {place:?}"))
    }
}

/// An article's text, parted at its headings.
fn sections(slug: &str, markup: &str) -> BTreeMap<String, String> {
    let html = Html::parse_fragment(markup);
    let mut at = format!("{slug}#");
    let mut sections = BTreeMap::from([(at.clone(), String::new())]);
    for block in html.root_element().child_elements() {
        if let ("h2" | "h3" | "h4", Some(id)) = (block.value().name(), block.attr("id")) {
            at = format!("{slug}#{id}");
        }
        read(block, sections.entry(at.clone()).or_default());
    }
    sections
}

/// Adds the words of an element, without the marks of its citations.
fn read(element: ElementRef<'_>, text: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(words) => text.push_str(words),
            Node::Element(tag) if tag.name() != "sup" => {
                if let Some(child) = ElementRef::wrap(child) {
                    read(child, text);
                }
            }
            _ => {}
        }
    }
    if !matches!(element.value().name(), "a" | "b" | "em" | "strong" | "span") {
        text.push(' ');
    }
}

fn words_of(exercise: &Exercise) -> String {
    let Exercise { name, summary, precautions, when_to_stop, stage_rule, steps, cues, mistakes, .. } = exercise;
    let one = [name, summary, precautions, when_to_stop, stage_rule].into_iter();
    let dose = exercise.dose_sentence();
    one.chain(steps).chain(cues).chain(mistakes).chain([&dose]).map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
