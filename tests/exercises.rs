//! The library at the desk: found, marked, dosed, and given to a patient.

use crate::support::{App, Page, Person};

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
