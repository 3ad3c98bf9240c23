//! Test, train, test again: from the first test to the pair in the draft, a probe a day, what is missing, and how it ends.

use chrono::TimeDelta;
use hip_clinic::db::Lock;
use hip_clinic::diary::measurements;

use crate::support::{App, PASSWORD, Page, Person};

const MINE: &str = "/my/experiment";
const READINGS: &str = "/my/experiment/readings";

fn desk(app: &App) -> String {
    format!("/clinic/patients/{}/experiment", app.cast().ann.id)
}

async fn begin(app: &App, cleo: &Person, ordering: &str) -> Page {
    let form = cleo.get(&desk(app)).await.is(200).form(&desk(app), 0);
    cleo.submit(&form.with("pain", "2").with("side", "left").with("ordering", ordering).with("words", "Tight for months")).await
}

/// A new day: whoever was signed in signs in again.
async fn days(app: &App, people: &[(&Person, &str)], days: i64) {
    app.clock.advance(TimeDelta::days(days));
    for (person, email) in people {
        person.sign_in(email, PASSWORD).await.goes_to_any();
    }
}

async fn measure(ann: &Person, angle: &str, tightness: &str) {
    let form = ann.get(MINE).await.is(200).form(READINGS, 0);
    let filled = form.with("left_angle", angle).with("right_angle", "2").with("back_flat", "yes").with("tightness", tightness);
    for _ in 0..2 {
        ann.submit(&filled).await.goes_to(MINE);
    }
}

#[tokio::test]
async fn it_begins_only_with_little_pain_and_a_clear_screening_and_runs_alone() {
    let app = App::start().await;
    let (cleo, ann, path) = (app.cleo().await, app.ann().await, desk(&app));
    ann.get(MINE).await.is(200).says("No experiment is planned for you");
    ann.post(READINGS, &[("moment", "baseline"), ("tightness", "4")]).await.is(404);
    cleo.post(&format!("{path}/pairs"), &[("probe", "core"), ("probe", "glutes"), ("words", "x")]).await.is(404);
    cleo.post(&format!("{path}/ends"), &[("outcome", "stopped"), ("reason", "x")]).await.is(404);
    let form = cleo.get(&path).await.is(200).form(&path, 0);
    let refused = cleo.submit(&form).await.refused();
    for field in ["pain", "side", "ordering", "words"] {
        assert!(refused.has_error_for(field), "{field}");
    }
    let refused = cleo.submit(&form.clone().with("pain", "3").with("words", "Tight")).await.refused();
    assert!(refused.error_for("pain").is_some_and(|words| words.contains("2 of 10 at most")));
    assert_eq!(refused.form(&path, 0).value("words"), "Tight");
    ann.post("/my/something-wrong", &[("RF8", "yes")]).await.goes_to("/my/today");
    let open = begin(&app, &cleo, "fixed").await.refused();
    assert!(open.error_for("pain").is_some_and(|words| words.contains("Record a clearance first")));
    cleo.post(&format!("/clinic/patients/{}/clearances", app.cast().ann.id), &[("reason", "Seen")]).await.goes_to_any();
    for _ in 0..2 {
        begin(&app, &cleo, "fixed").await.goes_to(&format!("{path}?done=experiment"));
        if cleo.get(&path).await.has_form(&format!("{path}/pairs")) {
            break;
        }
    }
    let again = [("pain", "1"), ("side", "left"), ("ordering", "fixed"), ("words", "Tight for months")];
    cleo.post(&path, &again).await.goes_to(&path);
    let other = [("pain", "1"), ("side", "right"), ("ordering", "fixed"), ("words", "The other side")];
    cleo.post(&path, &other).await.is(422).says("An experiment runs already");
    app.ben().await.get(MINE).await.says("No experiment is planned for you");
}

#[tokio::test]
async fn a_probe_a_day_shows_what_helps_and_the_pair_goes_into_the_draft_by_the_physio() {
    let app = App::start().await;
    let (cleo, ann, path) = (app.cleo().await, app.ann().await, desk(&app));
    let both = [(&cleo, "cleo@clinic.example"), (&ann, "ann@people.example")];
    begin(&app, &cleo, "fixed").await.goes_to(&path);
    let page = ann.get(MINE).await.is(200);
    page.says("Day 0: your starting numbers").says("can jump by a few degrees by chance").says("does not have to change how you run");
    let form = page.form(READINGS, 0);
    assert!(ann.submit(&form).await.refused().has_error_for("tightness"));
    let refused = ann.submit(&form.clone().with("left_angle", "12").with("tightness", "6")).await.refused();
    assert!(refused.has_error_for("back_flat"));
    let whole = refused.form(READINGS, 0).with("back_flat", "yes").with("pain", "1").with("left_bridge", "30");
    assert_eq!((whole.value("left_angle"), whole.value("tightness")), ("12", "6"));
    ann.submit(&whole).await.goes_to(MINE);
    ann.get(MINE).await.says("Done for today").says("Thigh left 12°");
    let id = app.cast().ann.id;
    let among = app.db.read_here(|conn| measurements::measured(conn, id)).unwrap();
    assert!(among.iter().any(|one| one.test == "test-bridge-hold" && one.value == 30), "it stands among the measurements");
    assert!(among.iter().any(|one| one.measure == "thigh-angle" && one.value == 12));
    for (name, after) in [("Release", "11"), ("Stretch", "5"), ("Core", "12"), ("Buttocks", "4")] {
        days(&app, &both, 1).await;
        let page = ann.get(MINE).await;
        page.says(name).says("Walk for 3 minutes").says_not("Then test again");
        assert_eq!(page.form(READINGS, 0).value("tightness"), "", "nothing is preset");
        measure(&ann, "12", "6").await;
        ann.get(MINE).await.says("Then test again within 2 minutes");
        measure(&ann, after, "5").await;
        ann.get(MINE).await.says("Done for today");
    }
    let page = ann.get(MINE).await;
    page.says("8 degrees better, more than chance").says("1 degree better, may be chance").says("not measured");
    page.says("Buttocks and Stretch. Both helped by more than chance.");
    assert_eq!(page.all("svg.bars").len(), 2);
    // What is not due is not taken, and another's is not there.
    ann.post(READINGS, &[("moment", "day-14"), ("tightness", "1")]).await.is(422).says("not due today");
    ann.post(READINGS, &[("moment", "after-nothing"), ("tightness", "1")]).await.is(422);
    app.ben().await.post(READINGS, &[("moment", "baseline"), ("tightness", "1")]).await.is(404);
    // The physio chooses; the plan changes only when they put it in and publish.
    let before = ann.get("/my/plan").await.text();
    let page = cleo.get(&path).await.is(200);
    let pairs = page.form(&format!("{path}/pairs"), 0);
    assert!(pairs.says("probe", "glutes") && pairs.says("probe", "stretch") && !pairs.says("probe", "core"));
    assert!(cleo.submit(&pairs.clone().without("probe", "stretch").with("words", "x")).await.refused().has_error_for("probe"));
    for _ in 0..2 {
        cleo.submit(&pairs.clone().with("words", "These two moved you")).await.goes_to(&format!("{path}?done=pair"));
    }
    ann.get(MINE).await.says("Train your pair").says("These two moved you");
    let page = cleo.get(&path).await;
    let put = page.links().into_iter().find(|link| link.contains("/programmes?programme=")).unwrap();
    let choose = cleo.get(&put).await.is(200);
    let into = choose.form(&format!("/clinic/plans/{}/programmes", app.cast().ann.plan), 0);
    assert!(into.says("phase", "pair") && into.says("probe", "glutes") && into.says("probe", "stretch") && !into.says("phase", "build"));
    cleo.submit(&into).await.goes_to("/clinic/plans/");
    assert_eq!(ann.get("/my/plan").await.text(), before, "the published plan is as it was");
}

#[tokio::test]
async fn days_14_and_28_say_whether_it_held_and_the_physio_ends_it() {
    let app = App::start().await;
    let (cleo, ann, path) = (app.cleo().await, app.ann().await, desk(&app));
    let both = [(&cleo, "cleo@clinic.example"), (&ann, "ann@people.example")];
    begin(&app, &cleo, "shuffled").await.goes_to(&path);
    measure(&ann, "12", "6").await;
    for _ in 0..2 {
        days(&app, &both, 1).await;
        measure(&ann, "12", "6").await;
        measure(&ann, "6", "6").await;
    }
    let pairs = cleo.get(&path).await.form(&format!("{path}/pairs"), 0);
    cleo.submit(&pairs.with("words", "Enough is known")).await.goes_to(&path);
    days(&app, &both, 12).await;
    ann.get(MINE).await.says("Day 14: test again");
    measure(&ann, "5", "6").await;
    ann.get(MINE).await.says("Whether it holds shows the next day");
    days(&app, &both, 1).await;
    measure(&ann, "6", "6").await;
    ann.get(MINE).await.says("Better by more than chance, and it held the next day.");
    let put = cleo.get(&path).await.links().into_iter().find(|link| link.contains("/programmes?programme=")).unwrap();
    assert!(put.contains("phase=build"), "{put}");
    days(&app, &both, 13).await;
    measure(&ann, "12", "6").await;
    ann.get(MINE).await.says("No change beyond chance");
    // A correction keeps the first and counts the second.
    let correct = [("moment", "day-28"), ("left_angle", "4"), ("back_flat", "yes"), ("tightness", "6")];
    ann.post(READINGS, &correct).await.goes_to(MINE);
    days(&app, &both, 3).await;
    let page = ann.get(MINE).await;
    page.says("The four weeks are over").says("On to the keep-up plan");
    let ends = cleo.get(&path).await.form(&format!("{path}/ends"), 0);
    let refused = cleo.submit(&ends).await.refused();
    assert!(refused.has_error_for("outcome") && refused.has_error_for("reason"));
    for _ in 0..2 {
        cleo.post(&format!("{path}/ends"), &[("outcome", "keep-up"), ("reason", "It helped")]).await.goes_to(&path);
    }
    ann.get(MINE).await.says("The experiment is over").says("It helped").says("Cleo Carter");
    ann.post(READINGS, &[("moment", "baseline"), ("tightness", "4")]).await.is(404);
    let page = cleo.get(&path).await;
    page.says("Begin another");
    let id = app.cast().ann.id;
    let kept = app.db.write_here(Lock::Patient(id.0), |conn| measurements::all(conn, id)).unwrap();
    assert!(kept.iter().any(|one| one.struck.as_ref().is_some_and(|struck| struck.reason == "Corrected in the experiment")));
}
