//! Both feeds of all articles, read as a feed reader would.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::*;
use crate::clock::Clock;
use crate::config::Clinic;
use crate::web::Assets;

/// The feeds of all articles by their paths, and the articles' slugs.
fn written() -> (BTreeMap<String, String>, Vec<String>) {
    let clinic = Clinic::from_toml("name = \"A & B\"", Path::new("clinic.toml")).unwrap();
    let house = House {
        clock: Clock::running(clinic.time_zone),
        base_url: "https://clinic.example".parse().unwrap(),
        assets: Assets::load(),
        clinic,
    };
    let library = Library::load().unwrap();
    let catalogue = Catalogue::load(&library, &house.clinic).unwrap();
    let shown: Vec<&Article> = catalogue.all().iter().collect();
    let leaves = leaves(&Arc::new(house), &catalogue, &library, &shown).unwrap();
    let texts = leaves.into_iter().map(|(path, leaf)| (path, String::from_utf8(leaf.bytes().to_vec()).unwrap()));
    (texts.collect(), shown.iter().map(|article| article.front.slug.clone()).collect())
}

/// Fails unless every element is closed in order and every `&` begins an entity of XML.
fn assert_well_formed(xml: &str) {
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n").unwrap();
    let mut open = Vec::new();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        let name = tag.trim_matches('/').split(' ').next().unwrap();
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name)),
            (false, false) => open.push(name),
            (false, true) => {}
        }
        for entity in format!("{tag}{text}").split('&').skip(1) {
            assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| entity.starts_with(known)), "&{entity}");
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// What stands in every element of this name that has no attributes.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(open.as_str()).skip(1).map(|rest| rest.split(close.as_str()).next().unwrap()).collect()
}

#[test]
fn atom_is_well_formed_and_whole() {
    let (feeds, slugs) = written();
    let feed = &feeds[atom::PATH];
    assert_well_formed(feed);
    assert_eq!(feed.matches("<entry>").count(), slugs.len());
    assert!(feed.contains("<title>A &amp; B</title>"));
    assert!(feed.contains("<link rel=\"self\" type=\"application/atom+xml\" href=\"https://clinic.example/feed.atom\"/>"));
    let ids = elements(feed, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), slugs.len() + 1, "every id is its own: {ids:?}");
    assert!(ids.iter().all(|id| id.starts_with("https://clinic.example/articles")));
    let updated = elements(feed, "updated");
    assert_eq!(updated.len(), slugs.len() + 1);
    assert!(updated.iter().all(|moment| chrono::DateTime::parse_from_rfc3339(moment).is_ok()), "{updated:?}");
    assert_eq!(updated[0], *updated[1..].iter().max().unwrap(), "the feed is as new as its newest entry");
    assert!(feed.contains("<category term=\"running\" scheme=\"https://clinic.example/articles/categories\" label=\"Running\"/>"));
    assert!(feed.contains("<category term=\"for-runners\" scheme=\"https://clinic.example/articles/tags\" label=\"for runners\"/>"));
    assert!(!feed.contains("href=&quot;/"), "every address is whole");
    assert!(!feed.contains("href=&quot;#"), "every place in a text has the address of its page");
}

#[test]
fn the_json_feed_says_the_same() {
    let (feeds, slugs) = written();
    let feed: Value = serde_json::from_str(&feeds[json::PATH]).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://clinic.example/feed.json");
    assert_eq!((feed["title"].as_str(), feed["language"].as_str()), (Some("A & B"), Some("en-GB")));
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), slugs.len());
    for (item, slug) in items.iter().zip(&slugs) {
        let address = format!("https://clinic.example/articles/{slug}");
        assert_eq!((item["id"].as_str(), item["url"].as_str()), (Some(&*address), Some(&*address)));
        let text = item["content_html"].as_str().unwrap();
        assert!(text.contains("Page last reviewed:") && !text.contains("href=\"/") && !text.contains("src=\"/"), "{slug}");
        for date in ["date_published", "date_modified"] {
            assert!(chrono::DateTime::parse_from_rfc3339(item[date].as_str().unwrap()).is_ok(), "{slug}: {item}");
        }
        assert!(item["authors"][0]["name"].is_string() && item["tags"].is_array() && item["summary"].is_string(), "{slug}");
        assert!(feeds[atom::PATH].contains(&escape(text)), "{slug}: both feeds carry the same text");
    }
}
