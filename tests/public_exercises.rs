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

/// What the attribute of each element says that a selector finds.
fn attributes(page: &Page, what: &str, name: &str) -> Vec<String> {
    let html = Html::parse_document(page.body());
    let found = Selector::parse(what).unwrap();
    html.select(&found).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
}

#[tokio::test]
async fn an_exercise_is_shown_from_both_sides_with_what_comes_before_and_after() {
    let app = App::start().await;
    let page = app.visitor().get("/exercises/clamshell").await.is(200);
    page.says("Usual dose").says("How to do it").says("Say to yourself").says("Common mistakes").says("Take care");
    let pictures = attributes(&page, ".stage img", "src");
    for picture in ["right-card", "right-moving", "right-still", "left-card", "left-moving", "left-still"] {
        let start = format!("/drawings/clamshell-{picture}.");
        let url = pictures.iter().find(|url| url.starts_with(&start)).unwrap_or_else(|| panic!("{picture}: {pictures:?}"));
        let drawing = app.visitor().get(url).await.is(200);
        assert_eq!(drawing.header("content-type"), "image/svg+xml");
        assert!(drawing.header("cache-control").contains("immutable") && drawing.body().starts_with("<svg"), "{url}");
    }
    assert_eq!(attributes(&page, ".stage source", "media"), ["(prefers-reduced-motion: reduce)"; 2]);
    assert_eq!(page.all(".ladder .rung"), ["Easier", "You are here", "Harder", "Harder"]);
    assert_eq!(attributes(&page, ".ladder img", "src").len(), 4, "each rung is drawn");
    let other = app.visitor().get("/exercises/hip-bridge").await.is(200);
    assert!(attributes(&other, "input[type=radio]", "name").is_empty(), "both sides work at once: there is nothing to choose");
    other.says("Read more");
    assert!(other.links().contains(&"/articles/iliopsoas-syndrome".to_owned()), "an article that names it: {:?}", other.links());
}

#[tokio::test]
async fn a_test_says_what_to_note_and_what_its_numbers_rest_on() {
    let app = App::start().await;
    let page = app.visitor().get("/exercises/test-thomas").await.is(200);
    page.says("What to do").says("What to note").says("Bend of the hanging knee").says("Nobody passes or fails");
    page.says("This is our own proposal; no study has tested it.").says("Source 1");
    assert!(page.ids().contains(&"ref-1".to_owned()) && page.links().contains(&"#ref-1".to_owned()));
    assert_eq!(attributes(&page, ".outcomes img", "src").len(), 3, "each way it may turn out is drawn");
    // A questionnaire has nothing to draw.
    assert!(attributes(&app.visitor().get("/exercises/test-hagos").await.is(200), "main img", "src").is_empty());
    let plank = app.visitor().get("/exercises/test-side-plank").await.is(200);
    assert!(plank.links().contains(&"/exercises/side-plank".to_owned()), "it leads to the exercise: {:?}", plank.links());
    for link in attributes(&page, "nav a", "href").iter().filter(|link| link.starts_with('/')) {
        app.visitor().get(link).await.is(200);
    }
}

#[tokio::test]
async fn the_sore_side_works_in_what_a_patient_sees() {
    let app = App::start().await;
    // Her bridge works both sides, and her stretch the left one, whatever hurts.
    let bridge = |half: &str| format!("/drawings/hip-bridge-{half}-");
    let side = |page: &Page, half: &str| attributes(page, "img", "src").iter().filter(|url| url.starts_with(&bridge(half))).count();
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    let before = (ann.get("/my/today").await.is(200), ann.get("/my/plan").await.is(200));
    let profile = cleo.get(&format!("/clinic/patients/{}/profile", app.cast().ann.id)).await.is(200);
    let form = profile.form(&format!("/clinic/patients/{}/profile", app.cast().ann.id), 0);
    let (was, becomes) = ("left", "right");
    cleo.send(&form.with("sore_side", becomes)).await.is(200);
    for (path, before) in [("/my/today", before.0), ("/my/plan", before.1)] {
        assert!(side(&before, was) > 0 && side(&before, becomes) == 0, "{path}: {:?}", attributes(&before, "img", "src"));
        let after = ann.get(path).await.is(200);
        assert!(side(&after, becomes) > 0 && side(&after, was) == 0, "{path}: {:?}", attributes(&after, "img", "src"));
        assert!(attributes(&after, "img", "src").iter().any(|url| url.starts_with("/drawings/half-kneeling-hip-flexor-stretch-left-")));
    }
    let builder = cleo.get(&format!("/clinic/plans/{}", app.cast().ann.plan)).await.is(200);
    assert!(attributes(&builder, ".rx img", "src").iter().any(|url| url.starts_with(&bridge(becomes))));
}
