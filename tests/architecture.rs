//! The arrows of the house, held by reading it: who may name whom, and what stands nowhere.

use std::path::{Path, PathBuf};

/// The rooms from the ground up; a room may name those before its own step and none of its own step or above.
const STEPS: &[&[&str]] = &[
    &["audit"],
    &["accounts"],
    &["patients"],
    &["messages"],
    &["media"],
    &["exercises"],
    &["articles", "plans"],
    &["diary"],
    &["progress"],
    &["reviews"],
    &["records"],
];
/// The room on top of the articles, beside the rest.
const SITE: (&str, &[&str]) = ("site", &["articles", "exercises"]);
/// What all rooms stand on, and which names no room.
const GROUND: &[&str] = &[
    "clock.rs",
    "config.rs",
    "error.rs",
    "folder.rs",
    "ids.rs",
    "latest.rs",
    "log.rs",
    "text.rs",
    "db",
    "web",
    "mail",
    "markdown.rs",
    "markdown",
];

struct Source {
    path: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut open = vec![root().join(folder)];
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
                found.push(path);
            }
        }
    }
    found.sort();
    let sources = found.into_iter().map(|path| Source {
        text: std::fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(root()).unwrap().display().to_string(),
    });
    sources.collect()
}

fn sources() -> Vec<Source> {
    let sources = files("src", &["rs"]);
    assert!(sources.len() > 50, "only {} files found", sources.len());
    sources
}

/// The lines that are code of the program: no comments, no tests.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let whole = !source.path.ends_with("/tests.rs") && !source.path.ends_with("/fuzz.rs") && !source.path.contains("/tests/");
    let lines = source.text.lines().enumerate().take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    lines.filter(move |(_, line)| whole && !line.trim_start().starts_with("//")).map(|(number, line)| (number + 1, line))
}

fn names(line: &str, word: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].chars().next_back().is_some_and(letter) && !line[at + word.len()..].chars().next().is_some_and(letter))
}

#[track_caller]
fn nowhere(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

fn lines_where(sources: &[Source], wrong: impl Fn(&Source, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in code(source) {
            if wrong(source, line) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    found
}

#[test]
fn queries_live_in_the_stores_alone() {
    let allowed = |path: &str| path.starts_with("src/db/") || path.ends_with("/store.rs");
    let found =
        lines_where(&sources(), |source, line| !allowed(&source.path) && (names(line, "diesel") || names(line, "diesel_migrations")));
    nowhere("diesel outside src/db and store.rs", &found);
}

#[test]
fn rules_forms_and_stores_know_no_web_server() {
    let quiet = |path: &str| {
        !path.starts_with("src/web/") && ["domain.rs", "form.rs", "store.rs"].iter().any(|name| path.ends_with(&format!("/{name}")))
    };
    let found = lines_where(&sources(), |source, line| quiet(&source.path) && (names(line, "actix_web") || names(line, "actix_rt")));
    nowhere("actix_web in a domain, form or store", &found);
    let found =
        lines_where(&sources(), |source, line| source.path.ends_with("/domain.rs") && line.contains("Clock") && !line.contains("use "));
    nowhere("a domain with a clock of its own", &found);
}

/// Which rooms a room may name.
fn below(room: &str) -> Vec<&'static str> {
    if room == SITE.0 {
        return SITE.1.to_vec();
    }
    STEPS.iter().take_while(|step| !step.contains(&room)).flat_map(|step| step.iter().copied()).collect()
}

fn rooms() -> Vec<&'static str> {
    STEPS.iter().flat_map(|step| step.iter().copied()).chain([SITE.0]).collect()
}

/// The rooms a line names, as `crate::diary`, `use crate::{diary, …}` or `hip_clinic::diary`.
fn rooms_in(line: &str) -> Vec<&'static str> {
    let crate_wide = line.contains("crate::") || line.contains("hip_clinic::");
    rooms().into_iter().filter(|room| crate_wide && (line.contains(&format!("crate::{room}")) || named_in_braces(line, room))).collect()
}

fn named_in_braces(line: &str, room: &str) -> bool {
    let inside = line.split_once("crate::{").map_or("", |(_, rest)| rest);
    inside.split([',', '{', '}', ';']).any(|part| part.trim().split("::").next() == Some(room))
}

#[test]
fn the_arrows_between_the_rooms_point_downwards() {
    let sources = sources();
    let mut found = Vec::new();
    for room in rooms() {
        let own = format!("src/{room}/");
        let may = below(room);
        let of_room: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with(&own)).collect();
        for source in of_room {
            for (number, line) in code(source) {
                let above = rooms_in(line).into_iter().filter(|named| *named != room && !may.contains(named));
                found.extend(above.map(|named| format!("{}:{number}: {room} names {named}: {}", source.path, line.trim())));
            }
        }
    }
    nowhere("an arrow that points up", &found);
    // The test itself sees what it is there to see.
    assert_eq!(rooms_in("use crate::diary::Session;"), ["diary"]);
    assert_eq!(rooms_in("use crate::{accounts, web as kit};"), ["accounts"]);
    assert!(below("plans").contains(&"exercises") && !below("plans").contains(&"articles") && !below("plans").contains(&"diary"));
}

#[test]
fn every_room_has_its_place_in_the_order() {
    let known = rooms();
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let elsewhere = ["db", "web", "mail", "markdown", "commands"].contains(&name.as_str());
        assert!(!path.is_dir() || elsewhere || known.contains(&name.as_str()), "src/{name} has no place in the order of the rooms");
    }
}

#[test]
fn the_ground_names_no_room() {
    let is_ground = |path: &str| GROUND.iter().any(|name| path == format!("src/{name}") || path.starts_with(&format!("src/{name}/")));
    let found = lines_where(&sources(), |source, line| is_ground(&source.path) && !rooms_in(line).is_empty());
    nowhere("a room named below the rooms", &found);
    let found = lines_where(&sources(), |source, line| source.path.starts_with("src/web/") && line.contains("crate::db"));
    nowhere("web knows no database", &found);
    let found = lines_where(&sources(), |source, line| {
        source.path.starts_with("src/db/") && (line.contains("crate::web") || names(line, "actix_web"))
    });
    nowhere("the database knows no web", &found);
}

#[test]
fn nothing_gives_up_at_run_time() {
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("];
    let found = lines_where(&sources(), |_, line| words.iter().any(|word| line.contains(word)));
    nowhere("code that may give up", &found);
}

#[test]
fn templates_escape_everything_and_leave_style_and_behaviour_to_files() {
    let templates = files("templates", &["html", "xml", "svg", "txt"]);
    assert!(templates.len() > 20);
    let mut found = Vec::new();
    for template in &templates {
        for (number, line) in template.text.lines().enumerate() {
            let compact: String = line.split_whitespace().collect::<String>().to_lowercase();
            let script = compact.contains("<script") && !compact.contains("type=\"application/ld+json\"") && !compact.contains("src=");
            let handler = line.split_whitespace().any(|word| word.to_lowercase().starts_with("on") && word.contains("=\""));
            if compact.contains("|safe") || compact.contains("style=") || compact.contains("<style") || script || handler {
                found.push(format!("{}:{}: {}", template.path, number + 1, line.trim()));
            }
        }
    }
    nowhere("a template with |safe, a style, an inline script or a handler", &found);
}

#[test]
fn no_sheet_or_script_asks_another_site_for_anything() {
    let mut found = Vec::new();
    for file in files("static", &["css", "js", "mjs", "svg", "webmanifest"]) {
        for (number, line) in file.text.lines().enumerate() {
            let line = line.replace("http://www.w3.org/", "");
            if line.contains("http://") || line.contains("https://") || line.contains("url(//") || line.contains("@import") {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    nowhere("another site", &found);
}

#[test]
fn the_top_of_the_house_is_tidy() {
    let fixed =
        ["Cargo.toml", "Cargo.lock", "README.md", "LICENSE", "src", "templates", "articles", "migrations", "static", "tests", "target"];
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        // What .gitignore names may lie about: data and databases of a running clinic.
        let ignored = ["data", "demo"].contains(&name.as_str()) || name.contains(".db");
        assert!(name.starts_with('.') || ignored || fixed.contains(&name.as_str()), "{name} has no place at the top");
    }
}
