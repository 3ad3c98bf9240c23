//! What the clinic is built from: licences, sources and bans.
//!
//! This takes the place of `cargo deny`, which takes longer to build than this whole suite to run. The advisory database of `RustSec`
//! lives on the network and is not asked here; `cargo audit` does that by hand.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Licences that may be mixed into a program under the MIT licence.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What must not come in, and why.
const BANNED: &[(&str, &str)] = &[
    ("openssl", "the feature postgres-tls alone may bring it"),
    ("openssl-sys", "the feature postgres-tls alone may bring it"),
    ("native-tls", "nothing here speaks TLS but PostgreSQL's own library"),
    ("rustls", "nothing here speaks TLS but PostgreSQL's own library"),
    ("ring", "nothing here needs it, and it is slow to build"),
    ("aws-lc-sys", "needs cmake"),
    ("async-std", "the clinic runs on tokio"),
    ("sqlx", "queries are diesel's"),
    ("cmake", "a C compiler must be enough"),
    ("bindgen", "needs libclang"),
];

/// The kind of machine this is: packages for others need not have been downloaded.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    words.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// Everything the program and its tests are built from on this kind of machine.
fn packages() -> Vec<Value> {
    metadata()["packages"].as_array().unwrap().clone()
}

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

/// Whether one way of reading the expression is allowed: "A OR B" needs one of them, "A AND B" both.
fn is_allowed(licence: &str) -> bool {
    let licence = licence.replace('/', " OR ");
    let licence = licence.trim();
    if let Some(inner) = licence.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && !inner.contains(['(', ')'])
    {
        return is_allowed(inner);
    }
    let split = |word: &str| split_outside(licence, word);
    let and = split(" AND ");
    if and.len() > 1 {
        return and.iter().all(|part| is_allowed(part));
    }
    let or = split(" OR ");
    if or.len() > 1 {
        return or.iter().any(|part| is_allowed(part));
    }
    LICENCES.contains(&licence)
}

/// Splits at a word that stands outside all brackets.
fn split_outside(text: &str, word: &str) -> Vec<String> {
    let (mut parts, mut depth, mut from, mut at) = (Vec::new(), 0_i32, 0, 0);
    while at < text.len() {
        match text.as_bytes()[at] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ if depth == 0 && text[at..].starts_with(word) => {
                parts.push(text[from..at].to_owned());
                at += word.len();
                from = at;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(text[from..].to_owned());
    parts
}

#[test]
fn every_licence_may_be_mixed_with_ours() {
    let packages = packages();
    assert!(packages.len() > 100, "only {} packages", packages.len());
    let strange: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(text(package, "license")))
        .map(|package| format!("{} {}: \"{}\"", text(package, "name"), text(package, "version"), text(package, "license")))
        .collect();
    assert!(strange.is_empty(), "licences to look at:\n{}", strange.join("\n"));
}

#[test]
fn licences_are_read_as_they_are_written() {
    assert!(is_allowed("MIT OR Apache-2.0") && is_allowed("MIT/Apache-2.0") && is_allowed("GPL-3.0 OR MIT"));
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0") && is_allowed("(GPL-2.0 OR MIT) AND (ISC)"));
    assert!(!is_allowed("GPL-3.0") && !is_allowed("") && !is_allowed("MIT AND GPL-3.0") && !is_allowed("(MIT OR ISC) AND AGPL-3.0"));
}

#[test]
fn everything_comes_from_the_registry() {
    for package in packages() {
        let ours = text(&package, "name") == "hip-clinic";
        let source = package["source"].as_str();
        let fits = if ours { source.is_none() } else { source == Some("registry+https://github.com/rust-lang/crates.io-index") };
        assert!(fits, "{} comes from {source:?}", text(&package, "name"));
    }
}

#[test]
fn nothing_unwanted_came_in() {
    // What the metadata resolves for the features as they are by default.
    let metadata = metadata();
    let used: BTreeSet<&str> = metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|node| text(node, "id")).collect();
    let names: BTreeSet<&str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| used.contains(text(package, "id")))
        .map(|package| text(package, "name"))
        .collect();
    assert!(names.contains("diesel"), "the list is read");
    for (name, why) in BANNED {
        assert!(!names.contains(name), "{name} came in: {why}");
    }
}
