//! Finding things: the page of results, and pages that are offered for an address that leads nowhere.

use chrono::TimeDelta;
use reqwest::Method;
use scraper::{Html, Selector};

use crate::support::{App, Page};

/// Titles and addresses of what was found, in order.
fn hits(page: &Page) -> Vec<(String, String)> {
    let html = Html::parse_document(page.body());
    let links = Selector::parse(".results h3 a").unwrap();
    html.select(&links).map(|link| (link.text().collect(), link.attr("href").unwrap().to_owned())).collect()
}

async fn search(app: &App, query: &str) -> Page {
    app.visitor().get(&format!("/search?{query}")).await.is(200)
}

#[tokio::test]
async fn what_is_looked_for_is_found_and_shown() {
    let app = App::start().await;
    let before = app.db.queries();
    let page = search(&app, "q=iliopsoas+bursitis").await;
    assert_eq!((page.heading(), page.title()), ("Search".to_owned(), "iliopsoas bursitis – Search – The Test Clinic".to_owned()));
    assert_eq!(page.form("/search", 0).value("q"), "iliopsoas bursitis");
    assert!(page.body().contains("noindex") && page.body().contains("<mark>"));
    assert!(hits(&page).iter().any(|(_, path)| path == "/articles/iliopsoas-syndrome"), "{:?}", hits(&page));
    // Every hit, and every section named with one, is there.
    let visitor = app.visitor();
    for link in page.links().iter().filter(|link| link.contains('#') && link.starts_with("/articles/")) {
        let (path, place) = link.split_once('#').unwrap();
        assert!(visitor.get(path).await.is(200).ids().contains(&place.to_owned()), "{link}");
    }
    assert_eq!(app.db.queries(), before, "searching asks nothing of the clinic's database");
}

#[tokio::test]
async fn mistyped_words_are_mended_unless_one_insists() {
    let app = App::start().await;
    let page = search(&app, "q=ilopsoas").await;
    page.says("Showing results for iliopsoas").says("results for “iliopsoas”");
    assert_eq!(page.form("/search", 0).value("q"), "ilopsoas", "what was typed stays in the field");
    let exactly = page.links().into_iter().find(|link| link.contains("exact=1")).unwrap();
    let page = app.visitor().get(&exactly).await.is(200);
    page.says("Nothing found for “ilopsoas”").says("Did you mean iliopsoas").says("20 7946 0000");
    for path in ["/articles/is-it-urgent#emergency", "/articles", "/exercises", "/glossary", "/appointment", "/search?q=iliopsoas"] {
        assert!(page.links().contains(&path.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn results_are_chosen_by_kind_and_turned_by_page() {
    let app = App::start().await;
    let page = search(&app, "q=hip").await;
    assert_eq!(hits(&page).len(), 10);
    let next = page.links().into_iter().find(|link| link.contains("&page=2")).unwrap();
    let second = app.visitor().get(&next).await.is(200);
    assert!(hits(&second).iter().all(|hit| !hits(&page).contains(hit)));
    let exercises = search(&app, "q=hip&kind=exercise").await;
    assert!(hits(&exercises).iter().all(|(_, path)| path.starts_with("/exercises/")));
    assert!(exercises.links().contains(&"/search?q=hip&kind=exercise&page=2".to_owned()));
    // What means nothing is as good as nothing.
    for (odd, plain) in [("q=hip&page=0", "q=hip"), ("q=hip&page=-1", "q=hip"), ("q=hip&page=ten", "q=hip"), ("q=hip&kind=film", "q=hip")] {
        assert_eq!(hits(&search(&app, odd).await), hits(&search(&app, plain).await), "{odd}");
    }
    search(&app, "q=hip&page=99999999999999999999").await.says("Page 1 of");
    let last = search(&app, "q=hip&page=9999").await;
    assert!(!last.links().iter().any(|link| link.contains("rel=next")) && !hits(&last).is_empty());
}

#[tokio::test]
async fn nothing_asked_shows_where_to_begin() {
    let app = App::start().await;
    for query in ["", "q=", "q=+++", "q=%00"] {
        let page = search(&app, query).await;
        assert_eq!(page.title(), "Search – The Test Clinic", "{query}");
        page.says("Often read");
        assert!(page.links().iter().any(|link| link.starts_with("/articles/")));
    }
    assert_eq!(app.visitor().ask(Method::HEAD, "/search?q=psoas", &[]).await.is(200).bytes.len(), 0);
}

#[tokio::test]
async fn any_text_may_be_typed() {
    let app = App::start().await;
    let long = format!("q={}", "hip+".repeat(2500));
    search(&app, &long).await.says("the first 200 characters");
    for query in [
        "q=%22",
        "q=%22hip+NEAR%2F2+psoas%22*",
        "q=hip+OR+AND+NOT+(",
        "q=title%3Ahip",
        "q=%F0%9F%99%82",
        "q=%00%01%ff",
        "q=<script>alert(1)</script>",
        "q=%27%3B+DROP+TABLE+pages%3B--",
        "q=-hip",
        "q=%EE%80%80hip%EE%80%81",
    ] {
        let page = search(&app, query).await;
        assert!(!page.body().contains("<script>alert"), "{query}");
    }
}

#[tokio::test]
async fn words_of_an_emergency_lead_to_help_first() {
    let app = App::start().await;
    for query in ["q=can%27t+walk", "q=hip+pain+and+fever", "q=numb+leg", "q=feverr"] {
        let page = search(&app, query).await;
        page.says("Could it be urgent?");
        let (urgent, found) = (page.body().find("/articles/is-it-urgent"), page.body().find("class=\"results\""));
        assert!(urgent.is_some() && found.is_none_or(|found| urgent < Some(found)), "{query}");
        assert!(page.links().contains(&"tel:999".to_owned()));
    }
    search(&app, "q=stretch").await.says_not("Could it be urgent?");
}

#[tokio::test]
async fn only_what_readers_see_that_day_is_found() {
    let app = App::start().await;
    let found = hits(&search(&app, "q=iliopsoas+syndrome").await);
    assert!(found.iter().any(|(_, path)| path == "/articles/iliopsoas-syndrome"));
    // Before its day it is not there, and nothing leads to it.
    app.clock.advance(TimeDelta::days(-365));
    app.clinic.fill_shelf().unwrap();
    let found = hits(&search(&app, "q=iliopsoas+syndrome").await);
    assert!(!found.iter().any(|(_, path)| path.starts_with("/articles/")), "{found:?}");
    let missing = app.visitor().get("/articles/iliopsoas-syndrome").await.is(404);
    assert!(!missing.links().contains(&"/articles/iliopsoas-syndrome".to_owned()));
    app.clock.advance(TimeDelta::days(365));
    app.clinic.fill_shelf().unwrap();
    let found = hits(&search(&app, "q=iliopsoas+syndrome").await);
    assert!(found.iter().any(|(_, path)| path == "/articles/iliopsoas-syndrome"));
    // Nobody's record is part of it.
    let found = hits(&search(&app, "q=ann").await);
    assert!(found.iter().all(|(_, path)| !path.starts_with("/clinic") && !path.starts_with("/my")));
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_what_may_have_been_meant() {
    let app = App::start().await;
    let visitor = app.visitor();
    for (path, meant) in [
        ("/articles/iliopsoas-syndrom", "/articles/iliopsoas-syndrome"),
        ("/exercises/hip-brigde", "/exercises/hip-bridge"),
        ("/is-it-urgent", "/articles/is-it-urgent"),
        ("/glossary/bursa", "/glossary#bursa"),
    ] {
        let page = visitor.get(path).await.is(404);
        page.says("There is no such page").says("Were you looking for");
        let html = Html::parse_document(page.body());
        let first = html.select(&Selector::parse("main li a").unwrap()).next().unwrap();
        assert_eq!(first.attr("href"), Some(meant), "{path}");
        assert_eq!(visitor.ask(Method::HEAD, path, &[]).await.is(404).bytes.len(), 0);
    }
    let page = visitor.get("/articles/iliopsoas-syndrom").await.is(404);
    assert_eq!(page.form("/search", 1).value("q"), "iliopsoas syndrom");
    // What names nothing of ours gets the field alone, and files and the areas get neither.
    let page = visitor.get("/qqqq/zzzz").await.is(404);
    page.says_not("Were you looking for");
    assert!(page.all("main form").len() == 1);
    for path in ["/assets/hip-bridge", "/my/hip-bridge", "/clinic/hip-bridge"] {
        let page = visitor.get(path).await.is(404);
        page.says_not("Were you looking for");
        assert!(page.all("main form").is_empty(), "{path}");
    }
    visitor.post("/hip-bridge", &[]).await.is(404).says_not("Were you looking for");
}

#[tokio::test]
async fn every_public_page_leads_to_the_search() {
    let app = App::start().await;
    let visitor = app.visitor();
    for path in ["/", "/articles", "/articles/iliopsoas-syndrome", "/exercises/hip-bridge", "/glossary", "/privacy"] {
        let page = visitor.get(path).await.is(200);
        assert!(page.has_form("/search") && page.links().contains(&"/search".to_owned()), "{path}");
        assert!(page.body().contains("rel=\"search\""), "{path}");
    }
    let description = visitor.get("/opensearch.xml").await.is(200);
    assert!(description.header("content-type").starts_with("application/opensearchdescription+xml"));
    assert!(description.body().contains(&format!("template=\"{}/search?q={{searchTerms}}\"", app.base)), "{}", description.body());
}
