//! Follows every link and sends every search, as every kind of person: nothing leads nowhere, nothing breaks, nothing leaves.

use std::collections::{BTreeSet, VecDeque};

use crate::progress::train;
use crate::support::{App, Person};

/// Whether an address may stand on a page although it leads elsewhere: a source, a telephone, a letter.
fn may_leave(link: &str) -> bool {
    ["https://", "tel:", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
}

/// The address without the place on the page.
fn page_of(link: &str) -> &str {
    link.split('#').next().unwrap_or_default()
}

/// Opens everything that can be reached from `start`; hands on the addresses.
async fn crawl(app: &App, person: &Person, start: &[&str]) -> BTreeSet<String> {
    let mut open: VecDeque<String> = start.iter().map(|path| (*path).to_owned()).collect();
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut places: Vec<(String, String)> = Vec::new();
    let mut ids: BTreeSet<(String, String)> = BTreeSet::new();
    while let Some(path) = open.pop_front() {
        assert!(seen.len() < 2000, "the site has no end: {:?}", seen.iter().rev().take(20).collect::<Vec<_>>());
        let page = person.get(&path).await;
        assert!(matches!(page.status, 200 | 303 | 308), "{path} answers {}", page.status);
        let mut targets: Vec<String> = Vec::new();
        if page.status != 200 {
            targets.push(page.header("location").to_owned());
        } else if page.is_html() {
            targets.extend(page.links());
            let searches = page.forms().into_iter().filter(|form| form.method() == "get");
            targets.extend(searches.map(|form| form.address()));
            ids.extend(page.ids().into_iter().map(|id| (path.clone(), id)));
        }
        for target in targets {
            let target = target.strip_prefix(&app.base).map_or(target.clone(), str::to_owned);
            if !target.starts_with('/') && !target.starts_with('#') {
                assert!(may_leave(&target), "{path} leads to {target}");
                continue;
            }
            let full = if target.starts_with('#') { format!("{path}{target}") } else { target };
            if let Some((page, place)) = full.split_once('#') {
                places.push((page.to_owned(), place.to_owned()));
            }
            // Signing out is a form, and nothing else ends the visit.
            if seen.insert(page_of(&full).to_owned()) {
                open.push_back(page_of(&full).to_owned());
            }
        }
    }
    for (page, place) in places {
        assert!(place.is_empty() || ids.contains(&(page.clone(), place.clone())), "nothing has the id {place} on {page}");
    }
    seen
}

#[tokio::test]
async fn a_visitor_finds_everything_public_and_nothing_broken() {
    let app = App::start().await;
    let seen = crawl(&app, &app.visitor(), &["/"]).await;
    for path in [
        "/articles/iliopsoas-syndrome",
        "/articles/categories/running",
        "/articles/tags/hip-flexors",
        "/glossary",
        "/exercises/hip-bridge",
        "/privacy",
        "/sign-in",
        "/feed.atom",
        "/feed.json",
    ] {
        assert!(seen.contains(path), "nothing leads to {path}");
    }
    assert!(seen.iter().filter(|path| path.starts_with("/exercises/")).count() > 60);
    assert!(!seen.iter().any(|path| path.starts_with("/my") || path.starts_with("/clinic")), "a private page is named in public");
}

#[tokio::test]
async fn a_patient_gets_everywhere_from_today() {
    let app = App::start().await;
    let today = app.clock.today();
    for back in 0..30 {
        train(&app, &app.cast().ann, today - chrono::TimeDelta::days(back), Some(3), Some(2));
    }
    let seen = crawl(&app, &app.ann().await, &["/my/today"]).await;
    for path in ["/my/plan", "/my/progress", "/my/messages", "/my/something-wrong", "/my/today?ordinal=2", "/exercises/hip-bridge"] {
        assert!(seen.contains(path), "nothing leads to {path}: {seen:?}");
    }
    assert!(seen.contains("/account"), "nothing leads to one's own account");
}

#[tokio::test]
async fn staff_get_everywhere_from_the_queue() {
    let app = App::start().await;
    let (cast, today) = (app.cast(), app.clock.today());
    for back in 1..30 {
        train(&app, &cast.ann, today - chrono::TimeDelta::days(back), Some(5), Some(4));
    }
    for person in [app.cleo().await, app.olu().await] {
        let seen = crawl(&app, &person, &["/clinic"]).await;
        let reached = [
            format!("/clinic/patients/{}", cast.ann.id),
            format!("/clinic/patients/{}/screening", cast.ann.id),
            format!("/clinic/patients/{}/messages", cast.ann.id),
            "/clinic/messages".to_owned(),
            format!("/clinic/plans/{}", cast.ann.plan),
            format!("/clinic/plans/{}/publication", cast.ann.plan),
            "/clinic/patients/new".to_owned(),
            "/account".to_owned(),
        ];
        for path in reached {
            assert!(seen.contains(&path), "nothing leads to {path}");
        }
    }
}
