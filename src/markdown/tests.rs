//! What markup of ours must be, whatever it was made from.

use std::collections::HashSet;

/// Elements that have no end.
const VOID: [&str; 3] = ["br", "hr", "img"];
/// Elements that stand in no paragraph, heading or link.
const BLOCKS: [&str; 20] = [
    "p",
    "div",
    "section",
    "aside",
    "article",
    "blockquote",
    "figure",
    "figcaption",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "pre",
    "h2",
    "h3",
    "h4",
    "hr",
];
const INLINE: [&str; 13] = ["a", "em", "strong", "code", "sup", "del", "span", "small", "br", "img", "th", "td", "input"];
/// What those may be given, besides `href` and `src`.
const GIVEN: [&str; 14] = [
    "id",
    "class",
    "role",
    "alt",
    "scope",
    "start",
    "title",
    "aria-label",
    "aria-hidden",
    "focusable",
    "width",
    "height",
    "loading",
    "decoding",
];

/// Fails unless the markup is well nested, made of known elements and attributes, leads nowhere but to pages, pictures and numbers of
/// this site, and uses no id twice. Stricter than a browser: a `<` that opens nothing known is a fault.
#[track_caller]
pub(crate) fn assert_sound(markup: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        let (tag, after) = rest[at + 1..].split_once('>').unwrap_or_else(|| panic!("a tag without an end: {markup}"));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order: {markup}");
            continue;
        }
        let closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/').trim_end();
        let (name, given) = tag.split_once(' ').unwrap_or((tag, ""));
        let drawn = name == "svg" || open.contains(&"svg");
        assert!(drawn || BLOCKS.contains(&name) || INLINE.contains(&name), "<{name}> in {markup}");
        assert!(!["script", "style", "foreignObject", "image", "a"].contains(&name) || (name == "a" && !drawn), "<{name}> in {markup}");
        let flat = |open: &&str| ["p", "h2", "h3", "h4", "a", "sup"].contains(open);
        assert!(!BLOCKS.contains(&name) || !open.iter().any(flat), "<{name}> inside {open:?}: {markup}");
        assert!(name != "a" || !open.contains(&"a"), "a link in a link: {markup}");
        for (attribute, value) in attributes(given, markup) {
            assert!(!attribute.starts_with("on") && attribute != "style", "{attribute} in {markup}");
            let address = ["href", "src"].contains(&attribute);
            assert!(drawn || address || GIVEN.contains(&attribute), "{attribute} in {markup}");
            let ours =
                ["/", "#", "tel:", "https://clinic.example"].iter().any(|start| value.starts_with(start)) && !value.starts_with("//");
            assert!(!address || ours, "{attribute}={value} in {markup}");
            assert!(attribute != "id" || ids.insert(value), "the id {value} twice in {markup}");
        }
        if !closed && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} never closed: {markup}");
}

/// Name and value of each attribute; every value stands in double quotes.
fn attributes<'a>(given: &'a str, markup: &str) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    let mut rest = given.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("{rest:?} in {markup}"));
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("{rest:?} in {markup}"));
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ':'), "{name:?} in {markup}");
        found.push((name, value));
        rest = after.trim_start();
    }
    found
}

#[test]
fn what_is_unsound_is_seen() {
    assert_sound("<p class=\"a\">One <a href=\"/b#c\">two</a><br />\n&lt;three</p>\n<ul><li><p>x</p></li></ul>");
    for wrong in [
        "<p>a",
        "<p><em>a</p></em>",
        "<script>a</script>",
        "<p onclick=\"a\">a</p>",
        "<p style=\"a\">a</p>",
        "<p class=a>a</p>",
        "<a href=\"javascript:a\">a</a>",
        "<a href=\"//a.example\">a</a>",
        "<p><div>a</div></p>",
        "<a href=\"/a\"><a href=\"/b\">a</a></a>",
        "<p id=\"a\">a</p><p id=\"a\">b</p>",
        "<p>a < b</p>",
        "<svg><script>a</script></svg>",
    ] {
        assert!(std::panic::catch_unwind(|| assert_sound(wrong)).is_err(), "{wrong}");
    }
}
