//! Pages for everyone: ready-made, in every encoding, the same for all.

use std::io::Read;

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, IF_MODIFIED_SINCE, IF_NONE_MATCH};

use crate::support::{App, Page};

const PAGES: &[&str] = &[
    "/",
    "/articles",
    "/articles/iliopsoas-syndrome",
    "/articles/categories/running",
    "/articles/tags/for-runners",
    "/glossary",
    "/exercises",
    "/exercises/hip-bridge",
    "/privacy",
];
const FILES: &[&str] = &["/feed.atom", "/feed.json", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"];

#[tokio::test]
async fn they_stand_ready_for_everyone_and_set_no_cookie() {
    let app = App::start().await;
    let (visitor, ann) = (app.visitor(), app.ann().await);
    let before = app.db.queries();
    for path in PAGES.iter().chain(FILES) {
        let page = visitor.get(path).await.is(200);
        assert_eq!(page.header("set-cookie"), "", "{path}");
        assert_eq!(page.header("vary"), "Accept-Encoding", "{path}");
        assert!(page.header("cache-control").starts_with("public"), "{path}");
        assert_eq!(ann.get(path).await.bytes, page.bytes, "{path} is the same for all");
    }
    assert_eq!(app.db.queries(), before, "no public page asks the database");
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let app = App::start().await;
    let visitor = app.visitor();
    for path in PAGES.iter().chain(FILES) {
        let tag = visitor.get(path).await.header("etag").to_owned();
        assert!(tag.len() > 8, "{path}: {tag}");
        let again = visitor.ask(Method::GET, path, &[(IF_NONE_MATCH, &tag)]).await.is(304);
        assert!(again.bytes.is_empty());
        assert_eq!(again.header("etag"), tag, "{path}");
        visitor.ask(Method::GET, path, &[(IF_NONE_MATCH, "\"other\"")]).await.is(200);
        let head = visitor.ask(Method::HEAD, path, &[]).await.is(200);
        assert_eq!((head.bytes.len(), head.header("etag")), (0, &*tag), "{path}");
    }
}

fn unpacked(page: &Page) -> Vec<u8> {
    let mut bytes = Vec::new();
    match page.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut page.bytes.as_slice(), &mut bytes).unwrap(),
        "zstd" => bytes = zstd::stream::decode_all(page.bytes.as_slice()).unwrap(),
        "gzip" => drop(flate2::read::GzDecoder::new(page.bytes.as_slice()).read_to_end(&mut bytes).unwrap()),
        other => panic!("{}: encoding {other:?}", page.path),
    }
    bytes
}

#[tokio::test]
async fn every_encoding_unpacks_to_the_same_page() {
    let app = App::start().await;
    let visitor = app.visitor();
    for path in PAGES {
        let plain = visitor.get(path).await.is(200);
        assert_eq!(plain.header("content-encoding"), "");
        let mut tags = vec![plain.header("etag").to_owned()];
        for encoding in ["br", "zstd", "gzip"] {
            let packed = visitor.ask(Method::GET, path, &[(ACCEPT_ENCODING, encoding)]).await.is(200);
            assert_eq!(packed.header("content-encoding"), encoding, "{path}");
            assert_eq!(packed.header("vary"), "Accept-Encoding", "{path}");
            assert!(packed.bytes.len() < plain.bytes.len(), "{path} in {encoding}");
            assert!(unpacked(&packed) == plain.bytes, "{path} in {encoding}");
            tags.push(packed.header("etag").to_owned());
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 4, "{path}: a tag names one encoding");
        let refused = visitor.ask(Method::GET, path, &[(ACCEPT_ENCODING, "br;q=0, gzip")]).await;
        assert_eq!(refused.header("content-encoding"), "gzip");
    }
}

#[tokio::test]
async fn private_pages_are_packed_too_and_say_that_they_differ() {
    let app = App::start().await;
    let ann = app.ann().await;
    let packed = ann.ask(Method::GET, "/my/today", &[(ACCEPT_ENCODING, "gzip")]).await.is(200);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
    assert!(unpacked(&packed).starts_with(b"<!doctype html>"));
}

#[tokio::test]
async fn what_is_nowhere_is_said_inside_the_house() {
    let app = App::start().await;
    for path in
        ["/nowhere", "/articles/nothing", "/exercises/nothing", "/assets/missing", "/my", "/clinic/", "/%00", "/articles/../nowhere"]
    {
        let page = app.visitor().get(path).await.is(404);
        assert_eq!(page.heading(), "There is no such page");
        assert!(page.links().contains(&"/".to_owned()) && page.links().contains(&"/sign-in".to_owned()), "a way back");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let page = app.visitor().post("/articles", &[]).await.is(405);
    assert_eq!(page.header("allow"), "GET, HEAD");
    // Who is signed in is led home.
    assert!(app.ann().await.get("/nowhere").await.is(404).links().contains(&"/my/today".to_owned()));
}

#[tokio::test]
async fn the_clinic_tells_whom_to_call() {
    let app = App::start().await;
    for path in PAGES {
        let page = app.visitor().get(path).await;
        for target in ["tel:+442079460000", "tel:999"] {
            assert!(page.links().contains(&target.to_owned()), "{path} has no link to {target}");
        }
    }
    let article = app.visitor().get("/articles/iliopsoas-syndrome").await;
    article.says("999");
}

#[tokio::test]
async fn the_map_names_every_public_page_and_none_that_is_private() {
    let app = App::start().await;
    let visitor = app.visitor();
    let map = visitor.get("/sitemap.xml").await;
    let named: Vec<&str> = map.body().split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect();
    assert!(named.len() > 60, "{named:?}");
    for address in &named {
        let path = address.strip_prefix(&app.base).unwrap_or_else(|| panic!("{address} is elsewhere"));
        visitor.get(path).await.is(200);
        assert!(!path.starts_with("/my") && !path.starts_with("/clinic"));
    }
    let robots = visitor.get("/robots.txt").await;
    assert!(robots.body().contains("Disallow: /clinic") && robots.body().contains("/sitemap.xml"));
    for path in ["/sign-in", "/my/today"] {
        let page = app.ann().await.get(path).await;
        assert!(page.status == 303 || page.body().contains("noindex"), "{path}");
    }
    assert!(!visitor.get("/articles").await.body().contains("noindex"));
}

#[tokio::test]
async fn the_feed_is_whole_and_names_its_own_address() {
    let app = App::start().await;
    let feed = app.visitor().get("/feed.atom").await;
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(feed.body().contains(&format!("{}/articles/iliopsoas-syndrome", app.base)), "full addresses");
    let entries = feed.body().matches("<entry>").count();
    let json: serde_json::Value = serde_json::from_str(app.visitor().get("/feed.json").await.is(200).body()).unwrap();
    assert_eq!((json["items"].as_array().unwrap().len(), &json["feed_url"]), (entries, &format!("{}/feed.json", app.base).into()));
    let map = app.visitor().get("/sitemap.xml").await;
    let articles = map.body().split("<loc>").filter(|rest| rest.split("</loc>").next().unwrap().matches('/').count() == 4);
    assert_eq!(entries, articles.filter(|rest| rest.contains("/articles/")).count());
}

#[tokio::test]
async fn pages_with_a_date_say_it_and_are_not_sent_twice() {
    let app = App::start().await;
    let visitor = app.visitor();
    for path in ["/", "/articles", "/articles/iliopsoas-syndrome", "/articles/tags/for-runners", "/feed.atom"] {
        let page = visitor.get(path).await.is(200);
        let changed = page.header("last-modified").to_owned();
        assert!(changed.ends_with("00:00:00 GMT"), "{path}: {changed:?}");
        visitor.ask(Method::GET, path, &[(IF_MODIFIED_SINCE, &changed)]).await.is(304);
    }
    let map = visitor.get("/sitemap.xml").await;
    let line = map.body().lines().find(|line| line.contains("/articles/iliopsoas-syndrome<")).unwrap();
    assert!(line.contains("<lastmod>2026-11-2"), "{line}");
}

#[tokio::test]
async fn whoever_finds_a_hole_is_told_whom_to_tell() {
    let app = App::start().await;
    let told = |page: &Page, name: &str| {
        let line = page.body().lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
        line.unwrap_or_else(|| panic!("no {name}"))
    };
    let page = app.visitor().get("/.well-known/security.txt").await.is(200);
    assert_eq!(page.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(told(&page, "Contact"), "mailto:hello@clinic.example");
    assert_eq!(told(&page, "Canonical"), format!("{}/.well-known/security.txt", app.base));
    let until = chrono::DateTime::parse_from_rfc3339(&told(&page, "Expires")).unwrap().naive_utc();
    let left = (until - app.clock.now()).num_days();
    assert!((30..365).contains(&left), "{left} days");
}

#[tokio::test]
async fn static_files_carry_their_hash_and_are_kept_for_ever() {
    let app = App::start().await;
    let visitor = app.visitor();
    let page = visitor.get("/").await;
    let sheet =
        page.body().split("href=\"").find(|rest| rest.starts_with("/assets/site.")).and_then(|rest| rest.split('"').next()).unwrap();
    let file = visitor.get(sheet).await.is(200);
    assert!(file.header("content-type").starts_with("text/css"));
    assert!(file.header("cache-control").contains("immutable"));
    visitor.get("/assets/site.css").await.is(404);
}

#[tokio::test]
async fn health_says_whether_the_database_answers() {
    let app = App::start().await;
    let health = app.visitor().get("/health").await.is(200);
    assert_eq!((health.body(), health.header("cache-control")), ("ok\n", "no-store"));
}
