//! The exercises as everyone reads them: the list and what it can be asked, and the pages.

use scraper::{Html, Selector};

use crate::support::{App, Page};

/// Addresses of the exercises a list shows, in order.
fn shown(page: &Page) -> Vec<String> {
    let html = Html::parse_document(page.body());
    let links = Selector::parse(".listing-exercises h3 a").unwrap();
    html.select(&links).map(|link| link.attr("href").unwrap().to_owned()).collect()
}

async fn list(app: &App, query: &str) -> Page {
    app.visitor().get(&format!("/exercises{query}")).await.is(200)
}

#[tokio::test]
async fn the_list_can_be_asked_and_every_answer_has_an_address() {
    let app = App::start().await;
    let before = app.db.queries();
    let all = list(&app, "").await;
    assert!(shown(&all).len() >= 67, "{:?}", shown(&all));
    assert!(all.header("etag").len() > 8, "the plain list stands ready");

    let runners = app.visitor().get("/exercises?for=runners").await.is(200);
    assert!(all.links().contains(&"/exercises?for=runners".to_owned()), "{:?}", all.links());
    assert!(shown(&runners).contains(&"/exercises/strides".to_owned()) && !shown(&runners).contains(&"/exercises/bird-dog".to_owned()));
    assert_eq!(runners.header("etag"), "", "what is asked is made on the spot");
    let desk = list(&app, "?for=desk-workers").await;
    assert!(shown(&desk).contains(&"/exercises/standing-hip-reset".to_owned()) && !shown(&desk).contains(&"/exercises/strides".to_owned()));
    assert!(shown(&desk).len() < shown(&runners).len() && shown(&runners).len() < shown(&all).len());

    // The form keeps whom the list is for.
    let form = runners.form("/exercises", 0).with("purpose", "strength").with("stage", "late");
    assert!(form.address().contains("for=runners") && form.address().contains("purpose=strength"), "{}", form.address());
    let strong = app.visitor().get(&form.address()).await.is(200);
    strong.says("For runners").says("Get stronger").says("Late stage").says(&format!("{} exercises", shown(&strong).len()));
    assert_eq!(strong.title(), "Exercises – For runners, Get stronger, Late stage – The Test Clinic");
    assert!(shown(&strong).iter().all(|path| shown(&runners).contains(path)) && !shown(&strong).is_empty());
    // Each thing asked can be taken away by its link.
    for without in
        ["/exercises?purpose=strength&stage=late", "/exercises?for=runners&stage=late", "/exercises?for=runners&purpose=strength"]
    {
        assert!(strong.links().contains(&without.to_owned()), "{without}: {:?}", strong.links());
        let more = shown(&app.visitor().get(without).await.is(200));
        assert!(shown(&strong).iter().all(|path| more.contains(path)), "{without}");
    }
    assert_eq!(app.db.queries(), before, "the list asks nothing of the clinic's database");
}

#[tokio::test]
async fn words_find_the_best_first_and_nothing_found_says_what_to_do() {
    let app = App::start().await;
    assert_eq!(shown(&list(&app, "?q=hip+bri").await).first().map(String::as_str), Some("/exercises/hip-bridge"));
    let nothing = list(&app, "?q=copenhagen&for=desk-workers").await;
    assert!(shown(&nothing).is_empty());
    nothing.says("No exercise fits").says("1 without it");
    for way in ["/exercises?q=copenhagen", "/exercises?for=desk-workers", "/exercises", "/search?q=copenhagen", "/appointment"] {
        assert!(nothing.links().contains(&way.to_owned()), "{way}: {:?}", nothing.links());
    }
    assert_eq!(nothing.form("/exercises", 0).value("q"), "copenhagen", "what was typed stays in the field");
}

#[tokio::test]
async fn questions_that_mean_nothing_show_everything() {
    let app = App::start().await;
    let all = shown(&list(&app, "").await);
    for query in ["?for=swimmers", "?utm_source=mail", "?q=&purpose=&stage=", "?stage=%00", "?&&=&"] {
        let mut those = shown(&list(&app, query).await);
        assert_eq!(those.len(), all.len(), "{query}");
        those.sort();
        those.dedup();
        assert_eq!(those.len(), all.len(), "{query}");
    }
    let hostile = list(&app, "?q=%3Cscript%3Ealert(1)%3C/script%3E%22onload=x").await;
    assert!(!hostile.body().contains("<script>alert"), "what is typed is text");
}
