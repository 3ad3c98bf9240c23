//! The library from the editors' side: how often it is read.

use std::collections::HashMap;

use chrono::TimeDelta;
use hip_clinic::articles;
use hip_clinic::db::Lock;
use reqwest::Method;
use reqwest::header::{HeaderName, IF_NONE_MATCH, USER_AGENT};

use crate::support::{App, Setup, TestDatabase};

const ARTICLE: &str = "/articles/iliopsoas-syndrome";
const SLUG: &str = "iliopsoas-syndrome";
const PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");

/// What is written down of today, after what was counted has been written.
fn views(app: &App) -> HashMap<String, i64> {
    app.clinic.write_views(app.clock.today());
    app.db.read_here(|conn| articles::views_before(conn, app.clock.today() + TimeDelta::days(1))).unwrap()
}

#[tokio::test]
async fn a_reading_is_counted_once_whether_it_is_sent_or_known_already() {
    let app = App::start().await;
    let visitor = app.visitor();
    assert!(views(&app).is_empty());
    let tag = visitor.get(ARTICLE).await.is(200).header("etag").to_owned();
    visitor.ask(Method::GET, ARTICLE, &[(IF_NONE_MATCH, &tag)]).await.is(304);
    app.ann().await.get(ARTICLE).await.is(200);
    visitor.get("/articles/is-it-urgent").await.is(200);
    for path in ["/", "/articles", "/glossary", "/exercises/hip-bridge", "/articles/nowhere"] {
        visitor.get(path).await;
    }
    let expected = HashMap::from([(SLUG.to_owned(), 3), ("is-it-urgent".to_owned(), 1)]);
    assert_eq!(views(&app), expected);
    assert_eq!(views(&app), expected, "what is written is not written again");
    let yesterdays = app.db.read_here(|conn| articles::views_before(conn, app.clock.today())).unwrap();
    assert!(yesterdays.is_empty(), "today is not yet over");
}

#[tokio::test]
async fn only_who_reads_is_counted() {
    let app = App::start().await;
    let visitor = app.visitor();
    visitor.ask(Method::HEAD, ARTICLE, &[]).await.is(200);
    visitor.ask(Method::GET, ARTICLE, &[(USER_AGENT, "Mozilla/5.0 (compatible; bingbot/2.0)")]).await.is(200);
    visitor.ask(Method::GET, ARTICLE, &[(PURPOSE, "prefetch;prerender")]).await.is(200);
    visitor.ask(Method::POST, ARTICLE, &[]).await.is(405);
    assert!(views(&app).is_empty());
    visitor.ask(Method::GET, ARTICLE, &[(USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")]).await.is(200);
    assert_eq!(views(&app)[SLUG], 1);
}

#[tokio::test]
async fn counting_costs_no_query_no_cookie_and_remembers_nobody() {
    let app = App::start().await;
    let visitor = app.visitor();
    let before = app.db.queries();
    for _ in 0..20 {
        assert_eq!(visitor.get(ARTICLE).await.is(200).header("set-cookie"), "");
    }
    assert_eq!(app.db.queries(), before);
    app.clinic.write_views(app.clock.today());
    assert_eq!(app.db.queries(), before + 1, "twenty readings are one statement");
    app.clinic.write_views(app.clock.today());
    assert_eq!(app.db.queries(), before + 1, "nothing is written when nobody reads");
    // All that is kept: which article, on which day, how often.
    let kept = app.db.read_here(|conn| articles::views_since(conn, app.clock.today())).unwrap();
    assert_eq!(kept, [(SLUG.to_owned(), app.clock.today(), 20)]);
}

#[tokio::test]
async fn readings_survive_a_new_filling_of_the_shelf_and_two_programs_add_up() {
    let app = App::start().await;
    let visitor = app.visitor();
    visitor.get(ARTICLE).await.is(200);
    app.clinic.fill_shelf().unwrap();
    visitor.get(ARTICLE).await.is(200);
    assert_eq!(views(&app)[SLUG], 2);
    let (slug, today) = (SLUG.to_owned(), app.clock.today());
    let add = |times: u64| app.db.write_here(Lock::Clinic, |conn| articles::add_views(conn, today, &[(slug.clone(), times)])).unwrap();
    add(40);
    add(1);
    assert_eq!(views(&app)[SLUG], 43);
    app.clock.advance(TimeDelta::days(1));
    visitor.get(ARTICLE).await.is(200);
    assert_eq!(views(&app)[SLUG], 44);
    let yesterday = app.db.read_here(|conn| articles::views_before(conn, app.clock.today())).unwrap();
    assert_eq!(yesterday[SLUG], 43);
}

#[tokio::test]
async fn told_to_stop_it_writes_what_it_has_counted() {
    let (database, _) = TestDatabase::with_cast();
    let mut running = Setup::new(&database).serve();
    running.visitor().get(ARTICLE).await.is(200);
    running.visitor().get(ARTICLE).await.is(200);
    running.signal("TERM");
    assert!(running.wait().success());
    let end = chrono::NaiveDate::from_ymd_opt(9999, 1, 1).unwrap();
    let db = hip_clinic::db::Db::open(database.url()).unwrap();
    let views = db.read_here(|conn| articles::views_before(conn, end)).unwrap();
    assert_eq!(views[SLUG], 2);
}
