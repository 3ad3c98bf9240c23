//! The library at the desk: found, marked, dosed, and given to a patient.

use crate::support::samples::png;
use crate::support::{App, Form, Page, Person};

const LIST: &str = "/clinic/exercises";

/// The names in the list, in order.
fn names(page: &Page) -> Vec<String> {
    page.all(".shelf h3")
}

/// The form of the stars, with the button of this exercise pressed.
async fn press_star(person: &Person, list: &Page, slug: &str, wanted: &str) -> String {
    let from = list.form_with(&list.path, "place", "list").value("from").to_owned();
    let fields = [("place", "list"), ("from", &from), ("favourite", wanted)];
    person.post(&format!("{LIST}/{slug}/favourite"), &fields).await.goes_to_any()
}

#[tokio::test]
async fn words_and_filters_find_exercises_without_a_script() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let all = cleo.get(LIST).await.is(200);
    assert!(names(&all).len() >= 67);
    assert_eq!(all.heading(), "Exercises");
    let search = all.form(LIST, 0).with("q", "bri");
    let found = cleo.send(&search).await.is(200);
    assert_eq!(names(&found)[..2], ["Bridge march", "Hip bridge"]);
    assert_eq!(found.form(LIST, 0).value("q"), "bri", "what was typed stays");
    found.says(&format!("{} exercises", names(&found).len()));
    let found = cleo.send(&search.with("q", "SLB")).await;
    assert_eq!(names(&found)[0], "Single-leg bridge");
    let search = all.form(LIST, 0).with("purpose", "balance").with("stage", "late").with("position", "standing");
    assert!(!names(&cleo.send(&search).await).is_empty());
    let none = cleo.send(&all.form(LIST, 0).with("q", "xylophone")).await.is(200);
    none.says("No exercise fits. Try fewer letters or fewer filters.");
    // A filter nobody offers is as good as none.
    assert_eq!(names(&cleo.get("/clinic/exercises?stage=soon&page=900&show=%00").await.is(200)).len(), names(&all).len());
}

#[tokio::test]
async fn a_favourite_is_ones_own_and_marked_once() {
    let app = App::start().await;
    let (cleo, dan) = (app.cleo().await, app.dan().await);
    let found = cleo.get("/clinic/exercises?q=hip+bridge&stage=early").await.is(200);
    let back = press_star(&cleo, &found, "hip-bridge", "yes").await;
    assert_eq!(back, "/clinic/exercises?q=hip+bridge&stage=early#hip-bridge", "back to the same list");
    press_star(&cleo, &found, "hip-bridge", "yes").await;
    assert_eq!(names(&cleo.get("/clinic/exercises?show=favourites").await), ["Hip bridge"]);
    assert_eq!(names(&cleo.get(LIST).await)[0], "Hip bridge", "favourites come first");
    assert!(names(&dan.get("/clinic/exercises?show=favourites").await).is_empty(), "Dan has his own");
    press_star(&cleo, &found, "hip-bridge", "no").await;
    press_star(&cleo, &found, "hip-bridge", "no").await;
    assert!(names(&cleo.get("/clinic/exercises?show=favourites").await).is_empty());
    // What comes with the form cannot lead elsewhere.
    let fields = [("place", "list"), ("from", "//evil.example/?q=x"), ("favourite", "yes")];
    let to = cleo.post("/clinic/exercises/hip-bridge/favourite", &fields).await.goes_to_any();
    assert!(to.starts_with("/clinic/exercises"), "{to}");
}

#[tokio::test]
async fn the_builder_begins_with_the_usual_dose_of_who_adds() {
    let app = App::start().await;
    let (cleo, dan) = (app.cleo().await, app.dan().await);
    let path = "/clinic/exercises/dead-bug";
    let action = format!("{path}/usual-dose");
    let page = cleo.get(path).await.is(200);
    page.says("You have none yet.");
    let wrong = page.form(&action, 0).with("sets", "four").with("load", "light band");
    let refused = cleo.submit(&wrong).await.refused();
    assert!(refused.has_error_for("sets"));
    assert_eq!(refused.form(&action, 0).value("load"), "light band");
    let good = wrong.with("sets", "4").with("amount", "6").with("note", "Low back stays down");
    let kept = cleo.send(&good).await.is(200);
    kept.says("You begin with: 6 ").says("4 rounds").says("with light band");
    cleo.submit(&good).await.goes_to(path);
    cleo.get("/clinic/exercises?show=dosed").await.says("1 exercise").says("My dose");
    dan.get(path).await.says("You have none yet.");

    let plan = format!("/clinic/plans/{}", app.cast().ann.plan);
    let fields = [("phase", app.cast().ann.phases[1].to_string()), ("exercise", "dead-bug".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let added = cleo.post(&format!("{plan}/prescriptions"), &fields).await;
    let builder = cleo.follow(&added).await.is(200);
    builder.says("The exercise is in the draft, with your usual dose.");
    builder.says("4 rounds, with light band").says("Low back stays down");
    // Another physio adds it as the library has it.
    let fields = [("phase", app.cast().ben.phases[0].to_string()), ("exercise", "dead-bug".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let added = dan.post(&format!("/clinic/plans/{}/prescriptions", app.cast().ben.plan), &fields).await;
    dan.follow(&added).await.says("The exercise is in the draft.").says_not("Low back stays down");

    cleo.post(&format!("{action}/removal"), &[]).await.goes_to(path);
    cleo.post(&format!("{action}/removal"), &[]).await.goes_to(path);
    cleo.get(path).await.says("You have none yet.");
}

#[tokio::test]
async fn the_list_asks_the_same_number_of_queries_however_much_is_kept() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let ask = async || {
        let before = app.db.queries();
        cleo.get(LIST).await.is(200);
        app.db.queries() - before
    };
    let bare = ask().await;
    for slug in ["hip-bridge", "clamshell", "dead-bug"] {
        cleo.post(&format!("{LIST}/{slug}/favourite"), &[("favourite", "yes")]).await;
    }
    assert_eq!(ask().await, bare);
    assert!(bare <= 4, "{bare} queries");
}

/// The form of an own exercise, sent with the button that saves.
fn saved(form: Form) -> Form {
    form.with("next", "save")
}

#[tokio::test]
async fn an_own_exercise_goes_from_the_form_to_the_patients_day() {
    let app = App::start().await;
    let (cleo, dan) = (app.cleo().await, app.dan().await);
    let said = [("words", "The ball lies between the knees"), ("patient", ""), ("still", "")];
    cleo.upload("/clinic/media", &said, &[("ball.png", &png(60, 40))]).await.goes_to_any();
    let form = cleo.get("/clinic/exercises/hip-bridge/copies").await.is(200).form("/clinic/exercises/hip-bridge/copies", 0);
    let form = saved(form.with("name", "Bridge with a ball").with("steps", "1. Hold a ball between your knees.\n2. Lift your hips."));
    let form = form.with("media", "1");
    let page = cleo.send(&form).await.is(200);
    assert_eq!(page.heading(), "Bridge with a ball");
    page.says("Saved. The exercise is in the library").says("Hold a ball between your knees.").says("Copied from Hip bridge.");
    assert!(page.body().contains("/drawings/bridge-with-a-ball-right-card."), "it has a drawing of its own");
    // A double tap makes one; a colleague finds it, the public does not.
    cleo.submit(&form).await.goes_to("/clinic/exercises/bridge-with-a-ball");
    assert_eq!(names(&dan.get("/clinic/exercises?show=own").await), ["Bridge with a ball"]);
    dan.get("/clinic/exercises?q=bwab").await.says("Bridge with a ball").says("Our own").says("Cleo Carter");
    app.visitor().get("/exercises/bridge-with-a-ball").await.is(404);

    let (plan, phase) = (format!("/clinic/plans/{}", app.cast().ann.plan), app.cast().ann.phases[0].to_string());
    let found = cleo.get(&format!("{plan}?q=ball&phase={phase}")).await.is(200);
    found.says("Bridge with a ball");
    let add = format!("{plan}/prescriptions");
    let added = cleo.post(&add, &[("phase", &phase), ("exercise", "bridge-with-a-ball")]).await;
    cleo.follow(&added).await.says("The exercise is in the draft.");
    let path = format!("{plan}/publication");
    cleo.submit(&cleo.get(&path).await.form(&path, 0).with("reason", "A ball keeps the knees apart")).await.goes_to_any();
    let ann = app.ann().await;
    for path in ["/my/today", "/my/plan"] {
        let page = ann.get(path).await;
        page.says("Bridge with a ball").says("The ball lies between the knees");
        let photo = page.body().split("/media/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        ann.get(&format!("/media/{photo}")).await.is(200);
    }
    ann.get("/my/today").await.says("Hold a ball between your knees.");

    // Put away: nobody finds it, the plan keeps it, and it comes back.
    let away = "/clinic/exercises/bridge-with-a-ball/archival";
    let page = cleo.get("/clinic/exercises/bridge-with-a-ball").await.is(200);
    cleo.send(&page.form(away, 0).with("archived", "yes")).await.says("The exercise is put away.").says("Put away by Cleo Carter");
    assert!(names(&cleo.get("/clinic/exercises?q=bwab").await).is_empty());
    assert_eq!(names(&cleo.get("/clinic/exercises?show=archived").await), ["Bridge with a ball"]);
    assert!(cleo.get(&format!("{plan}?q=bwab")).await.all(".picks > li").is_empty());
    app.ann().await.get("/my/today").await.says("Bridge with a ball");
    cleo.post(away, &[("archived", "no")]).await.goes_to("/clinic/exercises/bridge-with-a-ball");
    assert_eq!(names(&cleo.get("/clinic/exercises?q=bwab").await), ["Bridge with a ball"]);
    cleo.post("/clinic/exercises/hip-bridge/archival", &[("archived", "yes")]).await.is(404);
    cleo.get("/clinic/exercises/hip-bridge/text").await.is(404);
}

#[tokio::test]
async fn a_refused_exercise_keeps_everything_and_says_why_beside_the_fields() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let form = cleo.get("/clinic/exercises/new").await.is(200).form_with(LIST, "drawn", "no");
    let typed = form
        .with("name", " ")
        .with("summary", "Lift.")
        .with("steps", "Lift\nLower")
        .with("purpose", "strength")
        .with("equipment", "minni band")
        .with("amount", "10-8")
        .with("region", "iliacus")
        .with("drawn", "yes")
        .with("start-near-leg-knee", "200");
    let page = cleo.submit(&saved(typed.clone())).await.refused();
    for field in ["name", "equipment", "amount", "start-near-leg-knee"] {
        assert!(page.has_error_for(field), "{field}");
    }
    page.says("did you mean \"mini band\"?").says("enter a number from −3 to 155");
    let again = page.form_with(LIST, "drawn", "yes");
    for (name, value) in typed.fields() {
        assert!(again.says(name, value), "{name}={value} is kept");
    }
    // Positions are taken from another exercise without losing what was typed, and shown.
    let taken = cleo.submit(&again.with("pose_of", "side-plank").with("next", "take")).await.is(200);
    let again = taken.form_with(LIST, "drawn", "yes");
    assert_eq!((again.value("view"), again.value("summary")), ("front", "Lift."));
    assert!(taken.body().contains("/clinic/exercises/figures/preview?"));
    let odd = cleo.get("/clinic/exercises/figures/preview?view=side&start-props=spaceship").await.is(204);
    assert!(odd.header("x-flaws").contains("spaceship"), "{}", odd.header("x-flaws"));
    let drawn = cleo.get("/clinic/exercises/figures/preview?view=side").await.is(200);
    assert!(drawn.header("content-type") == "image/svg+xml" && drawn.body().starts_with("<svg"));
}

#[tokio::test]
async fn two_who_change_an_exercise_lose_nothing() {
    let app = App::start().await;
    let (cleo, dan) = (app.cleo().await, app.dan().await);
    let form = cleo.get("/clinic/exercises/clamshell/copies").await.form("/clinic/exercises/clamshell/copies", 0);
    cleo.submit(&saved(form.with("name", "Our clamshell"))).await.goes_to("/clinic/exercises/our-clamshell");
    let path = "/clinic/exercises/our-clamshell/text";
    let (first, second) = (cleo.get(path).await.form(path, 0), dan.get(path).await.form(path, 0));
    cleo.submit(&saved(first.with("summary", "Open the knee."))).await.goes_to("/clinic/exercises/our-clamshell");
    let refused = dan.submit(&saved(second.with("summary", "Open the knees."))).await.refused();
    refused.says("Somebody else has changed this exercise");
    assert_eq!(refused.form(path, 0).value("summary"), "Open the knees.");
    let page = cleo.get("/clinic/exercises/our-clamshell").await;
    page.says("Open the knee.");
    assert_eq!(page.all(".writings li").len(), 2);
}

#[tokio::test]
async fn all_drawings_are_on_one_page_and_have_no_flaws() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let page = cleo.get("/clinic/exercises/figures").await.is(200);
    assert!(page.all(".sheet > li").len() >= 80, "exercises and tests");
    cleo.get("/clinic/exercises/figures?flaws=yes").await.says("Nothing to mend");
}

#[tokio::test]
async fn the_builders_library_has_pages_and_favourites_first() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    cleo.post("/clinic/exercises/step-up/favourite", &[("favourite", "yes")]).await;
    let plan = format!("/clinic/plans/{}", app.cast().ann.plan);
    let first = cleo.get(&plan).await.is(200);
    let picks = |page: &Page| page.all(".picks > li");
    assert!(picks(&first)[0].contains("Step-up") && picks(&first).len() == 12, "{:?}", picks(&first));
    let more = first.links().into_iter().find(|link| link.contains("page=2")).unwrap();
    let second = cleo.get(more.split('#').next().unwrap()).await.is(200);
    assert_eq!(picks(&second).len(), 12);
    assert!(picks(&second).iter().all(|pick| !picks(&first).contains(pick)));
    let mine = cleo.send(&first.form(&plan, 0).with("show", "favourites")).await;
    assert_eq!(picks(&mine).len(), 1);
}
