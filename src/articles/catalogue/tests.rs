//! Files that read, and files that are refused with their line.

use std::cmp::Reverse;
use std::path::Path;

use super::*;

const FILE: &str = "+++
title = \"The hip\"
slug = \"hip\"
summary = \"All about it.\"
authors = [\"The team\"]
reviewed_by = \"Cleo Marsh, physiotherapist\"
published = 2026-11-22
updated = 2026-11-23
last_reviewed = 2026-11-23
next_review = 2027-11-22
category = \"conditions\"
tags = []
related = []
exercises = [\"hip-bridge\"]
series = \"Hips\"
part = 1

[[references]]
key = \"hu-2011\"
title = \"Is it?\"
+++

It is so [@hu-2011].

## More

Words.
";

fn clinic() -> Clinic {
    Clinic::from_toml("", Path::new("clinic.toml")).unwrap()
}

fn read(files: &[(&str, &str)]) -> Result<Catalogue, Vec<String>> {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Catalogue::read(files, &Library::load().unwrap(), &clinic())
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

#[test]
fn every_article_of_the_program_reads() {
    let catalogue = Catalogue::load(&Library::load().unwrap(), &clinic()).unwrap_or_else(|flaws| panic!("{}", flaws.join("\n")));
    let today = catalogue.all().iter().map(|article| article.front.published).max().unwrap();
    for article in catalogue.all() {
        let slug = &article.front.slug;
        assert!((2..=15).contains(&article.minutes()), "{slug} takes {} minutes", article.minutes());
        assert!(article.front.series.is_none() || article.rendered.has_emergency, "{slug}");
        assert!(article.rendered.contents.len() > 3, "{slug}");
        assert_eq!(article.references().len(), article.front.references.len());
        let parts: Vec<Option<usize>> = catalogue.series(article, today).iter().map(|part| part.front.part).collect();
        let whole: Vec<Option<usize>> = (1..=parts.len()).map(Some).collect();
        assert_eq!(parts, whole, "{slug}: no part of its series is missing");
    }
    assert!(catalogue.all().is_sorted_by_key(|article| (Reverse(article.front.published), article.front.series.is_none())));
}

#[test]
fn an_article_is_shown_from_its_day_on() {
    let catalogue = read(&[("hip.md", FILE)]).unwrap();
    assert!(catalogue.shown(day(21)).is_empty() && catalogue.mentions(day(21)).is_empty());
    assert_eq!(catalogue.shown(day(22)).len(), 1);
    let mention = Mention { exercise: "hip-bridge".to_owned(), title: "The hip".to_owned(), path: "/articles/hip".to_owned() };
    assert_eq!(catalogue.mentions(day(22)), [mention]);
    assert_eq!(catalogue.get("hip").unwrap().minutes(), 1);
}

#[test]
fn a_wrong_file_is_refused_with_its_line() {
    let long = format!("\"{}\"", "x".repeat(161));
    let cases = [
        ("+++\ntitle", "title", 1, "+++"),
        ("title = \"The hip\"", "title = \" \"", 2, "title is empty"),
        ("slug = \"hip\"", "slug = \"hips\"", 3, "name of the file"),
        ("\"All about it.\"", long.as_str(), 4, "161 characters"),
        ("[\"The team\"]", "[]", 5, "authors is empty"),
        ("published = 2026-11-22", "published = \"2026-11-22\"", 7, "a date like"),
        ("published = 2026-11-22", "published = 2026-11-24", 8, "before published"),
        ("published = 2026-11-22", "published = 2026-11-22T10:00:00", 7, "a date like"),
        ("next_review = 2027", "next_review = 2025", 10, "after the last one"),
        ("\"conditions\"", "\"hips\"", 11, "hips"),
        ("tags = []", "tag = []", 12, "tag"),
        ("related = []", "related = [\"knee\"]", 13, "knee"),
        ("\"hip-bridge\"", "\"hip-brigde\"", 14, "no exercise"),
        ("part = 1", "part = 0", 16, "count from 1"),
        ("part = 1", "part = 1\nfigure = \"gone.svg\"", 17, "no such picture"),
        ("part = 1", "part = 1\nredirects_from = [\"/articles/hip\"]", 17, "former path"),
        ("key = \"hu-2011\"", "key = \"hu 2011\"", 19, "small letters"),
        ("It is so [@hu-2011].", "It is so.", 19, "never cites"),
        ("[@hu-2011]", "[@hu-2012]", 23, "no reference"),
        ("## More", "# More", 25, "begin with ##"),
        ("Words.", "<b>Words</b>", 27, "raw HTML"),
    ];
    for (good, bad, line, words) in cases {
        assert!(FILE.contains(good), "{good}");
        let flaws = read(&[("hip.md", &FILE.replacen(good, bad, 1))]).map(|_| ()).unwrap_err();
        let told = flaws.iter().any(|flaw| flaw.starts_with(&format!("articles/hip.md:{line}: ")) && flaw.contains(words));
        assert!(told, "{bad}: {flaws:?}");
    }
}

#[test]
fn two_articles_cannot_claim_the_same() {
    let other = FILE.replace("slug = \"hip\"", "slug = \"knee\"");
    let flaws = read(&[("hip.md", FILE), ("knee.md", &other)]).map(|_| ()).unwrap_err();
    assert_eq!(flaws, ["articles/knee.md: hip is the same part of the same series"]);
    let moved = other.replace("part = 1", "part = 2\nredirects_from = [\"/articles/hip\"]");
    assert!(read(&[("hip.md", FILE), ("knee.md", &moved)]).map(|_| ()).unwrap_err()[0].contains("cannot redirect"));
    let spelt = |tags: &str| FILE.replace("tags = []", tags);
    let files = [("hip.md", &*spelt("tags = [\"run–walk\"]")), ("knee.md", &*moved.replace("tags = []", "tags = [\"Run walk\"]"))];
    assert!(read(&files).map(|_| ()).unwrap_err().iter().any(|flaw| flaw.contains("is spelt \"run–walk\" in hip")));
    let moved = moved.replace("/articles/hip", "/articles/old");
    let catalogue = read(&[("hip.md", FILE), ("knee.md", &moved)]).unwrap();
    assert_eq!(catalogue.moved_to("/articles/old", day(22)).as_deref(), Some("/articles/knee"));
    assert_eq!(catalogue.moved_to("/articles/old", day(21)), None, "not before its day");
    assert_eq!(catalogue.series(catalogue.get("knee").unwrap(), day(22)).len(), 2);
}

mod fuzz;
