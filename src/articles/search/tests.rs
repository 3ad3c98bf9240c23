//! What is found, and how.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::entry::{Entry, Kind};
use super::index::{AT_ONCE, Found, Index, Wanted};
use super::query::{Query, Synonyms};
use super::text::Section;
use crate::articles::{Catalogue, Edition};
use crate::clock::Clock;
use crate::config::Clinic;
use crate::exercises::Library;
use crate::messages::Answer;
use crate::web::{Assets, House};

/// The index of the program's own pages, on this day or on all days.
fn index_of(files: Option<Vec<(String, String)>>, today: NaiveDate, answers: &[Answer]) -> Index {
    let clinic = Clinic::from_toml("", Path::new("clinic.toml")).unwrap();
    let clock = Clock::running(clinic.time_zone);
    let house = House { clinic, clock, base_url: "https://clinic.example".parse().unwrap(), assets: Assets::load() }.into();
    let library = Library::load().unwrap();
    let catalogue = match files {
        Some(files) => Catalogue::read(files, &library, &Clinic::from_toml("", Path::new("clinic.toml")).unwrap()),
        None => Catalogue::load(&library, &Clinic::from_toml("", Path::new("clinic.toml")).unwrap()),
    };
    let catalogue = catalogue.unwrap_or_else(|flaws| panic!("{}", flaws.join("\n")));
    Index::of(&Edition { house: &house, catalogue: &catalogue, library: &library, today, answers, views: &HashMap::new() }).unwrap()
}

pub(super) fn own() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| index_of(None, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(), &[]))
}

pub(super) fn find(index: &Index, typed: &str) -> Found {
    index.find(&Wanted { query: Query::read(typed), ..Wanted::default() }).unwrap()
}

fn paths(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.path.as_str()).collect()
}

#[test]
fn the_page_that_is_about_it_comes_first() {
    for (typed, path) in [
        ("iliopsoas syndrome", "/articles/iliopsoas-syndrome"),
        ("thomas test at home", "/articles/thomas-test-at-home"),
        ("is it urgent", "/articles/is-it-urgent"),
        ("return to running", "/articles/return-to-running"),
        ("hip bridge", "/exercises/hip-bridge"),
        ("couch stretch", "/exercises/couch-stretch"),
        ("bursa", "/glossary#bursa"),
    ] {
        let found = find(own(), typed);
        assert_eq!(paths(&found)[0], path, "{typed}: {:?}", paths(&found));
    }
}

#[test]
fn every_page_is_found_by_its_own_title() {
    for entry in &own().entries {
        let found = find(own(), &entry.title);
        assert!(paths(&found).iter().take(3).any(|path| *path == entry.path), "{}: {:?}", entry.title, paths(&found));
    }
}

#[test]
fn any_form_of_a_word_finds_the_others() {
    let stretch = find(own(), "stretch");
    let same: Vec<usize> = ["stretching", "stretched", "STRETCHES"].iter().map(|typed| find(own(), typed).count(None)).collect();
    assert!(same.iter().all(|count| count.abs_diff(stretch.count(None)) <= 1), "{same:?} and {}", stretch.count(None));
    assert!(find(own(), "stretching").hits.iter().any(|hit| hit.excerpt.as_str().contains("<mark>stretch</mark>")));
}

#[test]
fn mistyped_words_are_mended_and_it_is_said() {
    for (typed, meant) in
        [("ilopsoas", "iliopsoas"), ("posas", "psoas"), ("streching", "stretching"), ("tight hip flexers", "tight hip flexors")]
    {
        let found = find(own(), typed);
        assert_eq!(found.corrected.as_deref(), Some(meant), "{typed}");
        assert!(found.count(None) > 0, "{typed}");
    }
    let wanted = Wanted { query: Query::read("ilopsoas"), exactly: true, ..Wanted::default() };
    let found = own().find(&wanted).unwrap();
    assert_eq!((found.count(None), found.corrected.as_deref(), found.guess.as_deref()), (0, None, Some("iliopsoas")));
    assert_eq!(find(own(), "iliopsoas").corrected, None);
}

#[test]
fn other_words_for_a_thing_find_it() {
    assert!(paths(&find(own(), "bursae")).contains(&"/glossary#bursa"));
    let found = find(own(), "step rate");
    assert_eq!(paths(&found)[0], "/glossary#cadence");
    assert!(found.count(Some(Kind::Article)) > 0, "articles that say cadence");
    let found = find(own(), "psoas stretch");
    assert!(found.count(Some(Kind::Exercise)) > 1 && found.count(Some(Kind::Article)) > 1, "{:?}", paths(&found));
}

#[test]
fn a_word_that_is_not_finished_is_found() {
    assert!(paths(&find(own(), "ilio")).contains(&"/articles/iliopsoas-syndrome"));
    assert_eq!(find(own(), "ilio").corrected, None);
}

#[test]
fn a_question_in_whole_sentences_is_answered() {
    let found = find(own(), "Why does the front of my hip hurt when I'm running?");
    assert!(found.count(Some(Kind::Article)) > 0);
    // Not all of these words stand on one page.
    let found = find(own(), "psoas trampoline");
    assert!(found.only_some && found.count(None) > 0);
}

#[test]
fn nothing_is_found_for_what_is_not_there() {
    for typed in ["xylophone", "zzzz qqqq", "🙂", "\u{0}", "\"\"", "()", "what is it"] {
        let found = find(own(), typed);
        assert_eq!((found.count(None), found.hits.len(), found.pages), (0, 0, 1), "{typed}");
    }
}

#[test]
fn the_best_section_of_an_article_is_shown() {
    let found = find(own(), "iliopsoas bursitis");
    let hit = found.hits.iter().find(|hit| hit.section.is_some()).unwrap();
    let (heading, place) = hit.section.clone().unwrap();
    assert!(place.starts_with(&format!("{}#", hit.path)) && !heading.is_empty());
    assert!(hit.excerpt.as_str().contains("<mark>"), "{}", hit.excerpt);
}

#[test]
fn results_come_in_pages_and_kinds() {
    let first = find(own(), "hip");
    assert!(first.pages > 2 && first.hits.len() == AT_ONCE);
    let page = |page, kind| own().find(&Wanted { query: Query::read("hip"), page, kind, exactly: false }).unwrap();
    let mut seen: Vec<String> = (1..=first.pages).flat_map(|number| page(number, None).hits).map(|hit| hit.path).collect();
    assert_eq!(seen.len(), first.count(None));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), first.count(None), "none stands twice");
    assert_eq!((page(0, None).page, page(9999, None).page), (1, first.pages));
    let exercises = page(1, Some(Kind::Exercise));
    assert!(exercises.hits.iter().all(|hit| hit.kind == Kind::Exercise) && exercises.count(None) == first.count(None));
}

fn invented(title: &str, text: &str) -> Index {
    let entry = Entry {
        kind: Kind::Article,
        slug: "made-up".to_owned(),
        path: "/articles/made-up".to_owned(),
        title: title.to_owned(),
        names: String::new(),
        summary: String::new(),
        sections: vec![Section { id: "place".to_owned(), heading: "Place".to_owned(), text: text.to_owned() }],
    };
    Index::made_of(vec![entry], Synonyms::default(), Vec::new(), None).unwrap()
}

#[test]
fn what_stands_in_a_text_is_never_markup() {
    let found = find(&invented("T", "a <script>alert(1)</script> & \"fibre\""), "script fibre");
    assert_eq!(
        found.hits[0].excerpt.as_str(),
        "a &lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; &quot;<mark>fibre</mark>&quot;"
    );
}

#[test]
fn british_and_american_spellings_find_each_other() {
    for (written, typed) in
        [("fibres", "fibers"), ("tumor", "tumour"), ("centre", "center"), ("orthopaedic", "orthopedic"), ("mobilize", "mobilise")]
    {
        let found = find(&invented("T", written), typed);
        assert_eq!((found.count(None), found.corrected), (1, None), "{typed}");
        assert!(found.hits[0].excerpt.as_str().contains("<mark>"));
    }
}

const FILE: &str = "+++\ntitle = \"Zeppelins\"\nslug = \"later\"\nsummary = \"Zanzibar.\"\nauthors = [\"A\"]\nreviewed_by = \"B\"\n\
                    published = 2026-11-24\nupdated = 2026-11-24\nlast_reviewed = 2026-11-24\nnext_review = 2027-01-01\ncategory = \"running\"\n\
                    tags = [\"walking\"]\nrelated = []\nexercises = []\n+++\n\nFirst.\n\n## Where it is\n\nA zebra.\n";

#[test]
fn an_article_is_found_from_its_day_on() {
    let on = |day| index_of(Some(vec![("later.md".to_owned(), FILE.to_owned())]), NaiveDate::from_ymd_opt(2026, 11, day).unwrap(), &[]);
    for typed in ["zanzibar", "zebra", "zeppelin"] {
        assert_eq!(find(&on(23), typed).count(Some(Kind::Article)), 0, "{typed}");
        assert_eq!(paths(&find(&on(24), typed)), ["/articles/later"], "{typed}");
    }
    assert!(on(23).meant("/articles/later").unwrap().pages.iter().all(|page| page.path != "/articles/later"));
    let found = find(&on(24), "zebras");
    assert_eq!(found.hits[0].section, Some(("Where it is".to_owned(), "/articles/later#where-it-is".to_owned())));
}

#[test]
fn answers_to_readers_are_found_below_their_article() {
    let answer = Answer {
        article: "later".to_owned(),
        question: "May I <b>skate</b>?".to_owned(),
        words: "Yes, on *smooth* ice.".to_owned(),
        at: chrono::NaiveDateTime::default(),
    };
    let files = vec![("later.md".to_owned(), FILE.to_owned())];
    let index = index_of(Some(files), NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(), &[answer]);
    for typed in ["skating", "smooth ice"] {
        let found = find(&index, typed);
        assert_eq!(found.hits[0].section, Some(("Readers’ questions".to_owned(), "/articles/later#questions".to_owned())), "{typed}");
        assert!(!found.hits[0].excerpt.as_str().contains("<b>"));
    }
}

#[test]
fn an_address_with_a_mistake_finds_its_page_first() {
    for (path, meant) in [
        ("/articles/iliopsoas-syndrom", "/articles/iliopsoas-syndrome"),
        ("/article/iliopsoas-syndrome", "/articles/iliopsoas-syndrome"),
        ("/articles/hip-flexor-pain-runing.html", "/articles/hip-flexor-pain-running"),
        ("/exercises/hip_brigde", "/exercises/hip-bridge"),
        ("/glossary/bursa", "/glossary#bursa"),
        ("/Is-It-Urgent", "/articles/is-it-urgent"),
        ("/blog/2024/05/stretching-the-psoas", "/"),
    ] {
        let found = own().meant(path).unwrap().pages;
        assert!(found[0].path.starts_with(meant), "{path}: {found:?}");
        assert!(found.len() <= 5);
    }
    assert!(own().meant("/").unwrap().pages.is_empty() && own().meant("/%00").unwrap().pages.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_may_be_looked_for(typed in prop_oneof!["\\PC{0,80}", "[\"'*():^{}+\\-a-z ]{0,60}", "(hip|NEAR|AND|OR|NOT|psoas|\\*|\"|\\(|\\)|-|:| ){0,30}"], exactly: bool, page in 0..30usize) {
        let wanted = Wanted { query: Query::read(&typed), exactly, kind: None, page };
        let found = own().find(&wanted).unwrap();
        prop_assert!(found.page >= 1 && found.page <= found.pages && found.hits.len() <= AT_ONCE);
        for hit in &found.hits {
            let plain = hit.excerpt.as_str().replace("<mark>", "").replace("</mark>", "");
            prop_assert!(!plain.contains(['<', '>', '"']), "{plain}");
        }
    }

    #[test]
    fn any_path_may_lead_nowhere(path in "/\\PC{0,60}") {
        prop_assert!(own().meant(&path).unwrap().pages.len() <= 5);
    }
}
