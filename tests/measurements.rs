//! Tests and measurements: who may do which, what counts, what stays when it was wrong; what patients want to do again, and paper scores.

use chrono::TimeDelta;
use hip_clinic::db::Lock;
use hip_clinic::diary::measurements;

use crate::support::{App, Page, Person};

const HOP: &str = "/my/tests/test-hop";
const BRIDGE: &str = "/my/tests/test-bridge-hold";

fn desk(app: &App) -> String {
    format!("/clinic/patients/{}", app.cast().ann.id)
}

async fn thomas(cleo: &Person, path: &str, angle: &str, flat: &str) -> Page {
    let form = cleo.get(&format!("{path}/measurements/new?test=test-thomas")).await.is(200).form(&format!("{path}/measurements"), 0);
    cleo.submit(&form.with("thigh-angle-left", angle).with("back-flat-left", flat)).await
}

#[tokio::test]
async fn staff_measure_each_side_and_only_a_flat_back_is_compared() {
    let app = App::start().await;
    let (cleo, ann, path) = (app.cleo().await, app.ann().await, desk(&app));
    let page = cleo.get(&format!("{path}/measurements/new?test=test-thomas")).await.is(200);
    page.says("Let the tested leg").says("A change counts from 5°; less may be chance.").says("32 of 100 stiff hips").says("PeerJ");
    assert!(page.all("img").len() + page.all("svg").len() > 0);
    thomas(&cleo, &path, "12", "yes").await.goes_to(&format!("{path}/measurements?done=measured"));
    app.clock.advance(TimeDelta::days(3));
    let cleo = app.cleo().await;
    thomas(&cleo, &path, "-20", "no").await.goes_to(&path);
    app.clock.advance(TimeDelta::days(3));
    let cleo = app.cleo().await;
    thomas(&cleo, &path, "4", "yes").await.goes_to(&path);
    let page = cleo.get(&format!("{path}/measurements")).await.is(200);
    page.says("left −20° (not compared)").says("left 12°").says("left 4°").says("8 less");
    let id = app.cast().ann.id;
    let counted = app.db.read_here(|conn| measurements::measured(conn, id)).unwrap();
    let angles: Vec<i32> = counted.iter().filter(|one| one.measure == "thigh-angle").map(|one| one.value).collect();
    assert_eq!(angles, [12, 4], "what the rules read has no angle without control");
    let of_both = app.db.read_here(|conn| measurements::measured_of(conn, &[id, app.cast().ben.id])).unwrap();
    assert!(of_both.len() == counted.len() && of_both.iter().all(|(whose, _)| *whose == id));
    // The patient reads it, and a stranger does not.
    let ann = {
        ann.sign_in("ann@people.example", crate::support::PASSWORD).await;
        ann
    };
    ann.get("/my/tests/test-thomas").await.is(200).says("entered by Cleo Carter").says("left 4°").says_not("This is wrong");
    app.ben().await.get("/my/tests/test-thomas").await.is(200).says_not("left 4°");
    cleo.get(&path).await.says("Cleo Carter entered a measurement");
}

#[tokio::test]
async fn a_patient_enters_sees_and_strikes_out_what_is_their_own() {
    let app = App::start().await;
    let (ann, ben, cleo) = (app.ann().await, app.ben().await, app.cleo().await);
    let form = ann.get(BRIDGE).await.is(200).form(BRIDGE, 0);
    assert_eq!((form.value("day"), form.value("hold-left"), form.value("pain-left")), ("2026-11-24", "", ""), "nothing is preset");
    let refused = ann.submit(&form.clone().with("hold-left", "ten").with("hold-right", "601").with("note", "Cold room")).await.refused();
    assert!(refused.has_error_for("hold-left") && refused.has_error_for("hold-right"));
    let again = refused.form(BRIDGE, 0);
    assert_eq!((again.value("hold-left"), again.value("note")), ("ten", "Cold room"));
    let filled = again.with("hold-left", "32").with("hold-right", "28").with("pain-right", "0");
    for _ in 0..2 {
        ann.submit(&filled).await.goes_to(&format!("{BRIDGE}?done=measured"));
    }
    let page = ann.get(BRIDGE).await;
    page.says("left 32 seconds, right 28 seconds").says("Pain: right 0 of 10").says("Cold room").says("entered by you");
    assert_eq!(page.all(".results > li").len(), 1, "twice is once");
    ann.get("/my/tests").await.is(200).says("left 32 seconds");
    for (day, words) in [("2026-11-25", "not begun"), ("2025-11-22", "last year"), ("", "Choose the day")] {
        let refused = ann.submit(&filled.clone().with("day", day)).await.refused();
        assert!(refused.error_for("day").is_some_and(|said| said.contains(words)), "{day}");
    }
    let strike = page.form(&format!("{BRIDGE}/strikes"), 0);
    assert!(ann.submit(&strike).await.refused().has_error_for("reason"));
    ben.post(&format!("{BRIDGE}/strikes"), &[("of", strike.value("of")), ("reason", "no")]).await.is(404);
    for _ in 0..2 {
        ann.submit(&strike.clone().with("reason", "The wrong leg")).await.goes_to(&format!("{BRIDGE}?done=struck"));
    }
    ann.get(BRIDGE).await.says("Struck out by Ann Archer: The wrong leg").says("left 32 seconds");
    let id = app.cast().ann.id;
    assert_eq!(app.db.read_here(|conn| measurements::measured(conn, id)).unwrap(), [], "what is struck out counts no more");
    // Entered anew after the strike, it stands again.
    ann.submit(&filled).await.goes_to(BRIDGE);
    assert_eq!(ann.get(BRIDGE).await.all(".results > li").len(), 2);
    cleo.get(&format!("{}/measurements", desk(&app))).await.says("entered by Ann Archer").says("The wrong leg");
    // What is for staff alone, and what is no test.
    ann.get("/my/tests/test-hagos").await.is(404);
    ann.post("/my/tests/test-hagos", &[("day", "2026-11-24"), ("pain-both", "80")]).await.is(404);
    ann.get("/my/tests/hip-bridge").await.is(404);
}

#[tokio::test]
async fn a_patient_does_not_strike_out_what_the_clinic_measured() {
    let app = App::start().await;
    let (ann, cleo, path) = (app.ann().await, app.cleo().await, desk(&app));
    thomas(&cleo, &path, "12", "yes").await.goes_to(&path);
    let page = cleo.get(&format!("{path}/measurements")).await;
    let form = page.form(&format!("{path}/strikes"), 0);
    ann.post("/my/tests/test-thomas/strikes", &[("of", form.value("of")), ("reason", "I like 5")])
        .await
        .is(422)
        .says("The clinic measured this");
    assert!(cleo.submit(&form).await.refused().has_error_for("reason"));
    let other = format!("/clinic/patients/{}/strikes", app.cast().ben.id);
    cleo.post(&other, &[("of", form.value("of")), ("reason", "no")]).await.is(404);
    cleo.submit(&form.with("reason", "Read it wrongly")).await.goes_to(&path);
    ann.get("/my/tests/test-thomas").await.says("Struck out by Cleo Carter: Read it wrongly");
}

#[tokio::test]
async fn nobody_hops_before_a_clinician_has_ruled_out_bone_stress_and_a_warning_takes_it_back() {
    let app = App::start().await;
    let (ann, cleo, path) = (app.ann().await, app.cleo().await, desk(&app));
    let hops = [("day", "2026-11-24"), ("test", "test-hop"), ("pain-left", "0"), ("hops-left", "10")];
    let page = ann.get(HOP).await.is(200);
    page.says("Do not do this test yet").says("stress injury");
    assert!(!page.has_form(HOP));
    ann.post(HOP, &hops).await.is(422).says("must rule out");
    let form = cleo.get(&format!("{path}/measurements/new?test=test-hop")).await.is(200);
    form.says("First: is a stress injury of the bone ruled out?");
    assert!(!form.has_form(&format!("{path}/measurements")));
    cleo.post(&format!("{path}/measurements"), &hops).await.is(422).says("must rule out");
    let said = cleo.get(&format!("{path}/measurements")).await.is(200).form(&format!("{path}/bone-stress"), 0);
    let refused = cleo.submit(&said).await.refused();
    assert!(refused.has_error_for("excluded") && refused.has_error_for("words"));
    cleo.submit(&said.clone().with("excluded", "no").with("words", "Still to be imaged")).await.goes_to(&path);
    ann.post(HOP, &hops).await.is(422);
    cleo.submit(&said.clone().with("excluded", "yes").with("words", "Scan is clear")).await.goes_to(&path);
    ann.submit(&ann.get(HOP).await.is(200).form(HOP, 0).with("pain-left", "0").with("hops-left", "10")).await.goes_to(HOP);
    ann.get(HOP).await.says("left 10 of 10");
    // A warning sign after it: not ruled out any more, by its date.
    app.clock.advance(TimeDelta::minutes(20));
    ann.post("/my/something-wrong", &[("RF8", "yes")]).await.goes_to("/my/today");
    ann.get(HOP).await.says("Do not do this test yet").says("left 10 of 10");
    ann.post(HOP, &hops).await.is(422);
    cleo.get(&format!("{path}/measurements")).await.says("Was ruled out, and must be looked at again").says("Night, rest or constant pain");
    app.clock.advance(TimeDelta::minutes(20));
    cleo.submit(&said.clone().with("excluded", "yes").with("words", "Seen again, scan is clear")).await.goes_to(&path);
    ann.get(HOP).await.says_not("Do not do this test yet");
    app.clock.advance(TimeDelta::minutes(20));
    ann.post("/my/check-ins/2026-11-24", &[("night_pain", "yes")]).await.goes_to("/my/today");
    ann.get(HOP).await.says("Do not do this test yet");
}

#[tokio::test]
async fn three_activities_are_scored_by_patient_and_staff_and_one_may_go() {
    let app = App::start().await;
    let (ann, ben, cleo, path) = (app.ann().await, app.ben().await, app.cleo().await, desk(&app));
    let add = ann.get("/my/tests").await.is(200).form("/my/activities", 0);
    assert!(ann.submit(&add).await.refused().has_error_for("words"));
    for words in ["Climb the stairs", "Climb the stairs", "Tie my shoes", "Run for the bus"] {
        ann.submit(&add.clone().with("words", words)).await.goes_to("/my/tests?done=activity");
    }
    let page = ann.get("/my/tests").await;
    assert_eq!(page.all(".activity").len(), 3, "twice is once");
    assert!(!page.has_form("/my/activities"));
    ann.post("/my/activities", &[("words", "A fourth")]).await.is(422).says("There are three already");
    let form = page.form("/my/activity-scores", 0);
    assert_eq!((form.value("score"), form.value("day")), ("", "2026-11-24"));
    let refused = ann.submit(&form).await.refused();
    assert!(refused.has_error_for("score"));
    ann.submit(&refused.form("/my/activity-scores", 0).with("score", "3").with("day", "2026-11-20")).await.goes_to("/my/tests");
    for score in ["6", "7", "7"] {
        ann.submit(&form.clone().with("score", score)).await.goes_to("/my/tests");
    }
    ann.get("/my/tests").await.says("3 of 10 at first, 7 of 10 now: 4 points better");
    let of = form.value("activity").to_owned();
    ben.post("/my/activity-scores", &[("activity", &of), ("score", "9"), ("day", "2026-11-24")]).await.is(404);
    ben.post("/my/activity-ends", &[("activity", &of), ("reason", "no")]).await.is(404);
    let form = cleo.get(&format!("{path}/measurements")).await.is(200).form(&format!("{path}/activity-scores"), 0);
    cleo.submit(&form.with("score", "5")).await.goes_to(&path);
    ann.get("/my/tests").await.says("3 of 10 at first, 5 of 10 now: 2 points better").says("entered by the clinic");
    let end = ann.get("/my/tests").await.form("/my/activity-ends", 0);
    assert!(ann.submit(&end).await.refused().has_error_for("reason"));
    for _ in 0..2 {
        ann.submit(&end.clone().with("reason", "I can do it")).await.goes_to("/my/tests");
    }
    let page = ann.get("/my/tests").await;
    assert!(page.all(".activity").len() == 2 && page.has_form("/my/activities"));
    page.says("Climb the stairs: 3 of 10 at first, 5 of 10 now").says("I can do it");
    ann.post("/my/activity-scores", &[("activity", &of), ("score", "9"), ("day", "2026-11-24")]).await.is(422);
    cleo.post(&format!("{path}/activities"), &[("words", "Sit through a film")]).await.goes_to(&path);
    ann.get("/my/tests").await.says("Sit through a film");
}

#[tokio::test]
async fn how_things_are_is_said_in_seven_steps_with_its_history() {
    let app = App::start().await;
    let (ann, cleo, path) = (app.ann().await, app.cleo().await, desk(&app));
    let form = ann.get("/my/tests").await.form("/my/felt-changes", 0);
    assert_eq!(form.value("step"), "", "nothing is preset");
    let refused = ann.submit(&form.clone().with("words", "The stairs")).await.refused();
    assert!(refused.has_error_for("step"));
    assert_eq!(refused.form("/my/felt-changes", 0).value("words"), "The stairs");
    for step in ["1", "1", "2"] {
        ann.submit(&form.clone().with("step", step)).await.goes_to("/my/tests?done=felt-change");
    }
    let page = ann.get("/my/tests").await;
    page.says("Better, said today");
    assert_eq!(page.all("#felt ~ details:last-of-type li").len(), 2, "twice is once, and what was said stays");
    cleo.post(&format!("{path}/felt-changes"), &[("step", "-1"), ("day", "2026-11-24")]).await.goes_to(&path);
    ann.get("/my/tests").await.says("A little worse, said today, entered by the clinic");
}

#[tokio::test]
async fn scores_from_paper_are_numbers_alone() {
    let app = App::start().await;
    let (ann, cleo, path) = (app.ann().await, app.cleo().await, desk(&app));
    let scores = format!("{path}/paper-scores");
    let form = cleo.get(&format!("{path}/measurements")).await.is(200).form(&scores, 0);
    let refused = cleo.submit(&form.clone().with("name", "Our own").with("points", "81").with("most", "80")).await.refused();
    assert!(refused.has_error_for("points"));
    let good = refused.form(&scores, 0).with("points", "62,5").with("part", "Sport");
    assert_eq!(good.value("name"), "Our own");
    for _ in 0..2 {
        cleo.submit(&good).await.goes_to(&path);
    }
    let page = cleo.get(&format!("{path}/measurements")).await;
    page.says("62.5 of 80");
    ann.get("/my/tests").await.says("Our own, Sport: 62.5 of 80");
    let strikes = format!("{path}/paper-strikes");
    assert_eq!(page.forms().iter().filter(|form| form.action() == strikes).count(), 1, "twice is once");
    let strike = page.form(&strikes, 0);
    assert!(cleo.submit(&strike).await.refused().has_error_for("reason"));
    cleo.post(&format!("/clinic/patients/{}/paper-strikes", app.cast().ben.id), &[("of", strike.value("of")), ("reason", "x")])
        .await
        .is(404);
    cleo.submit(&strike.with("reason", "Of someone else")).await.goes_to(&path);
    ann.get("/my/tests").await.says("Struck out: Of someone else");
    // HAGOS has its six scores as a test.
    let hagos = cleo.get(&format!("{path}/measurements/new?test=test-hagos")).await.is(200);
    hagos.says("A change below 18 points may be chance; from 34 points on it counts.");
    let form = hagos.form(&format!("{path}/measurements"), 0).with("symptoms-both", "55");
    cleo.submit(&form).await.goes_to(&path);
    ann.get("/my/tests").await.says("Symptoms: 55 of 100");
}

#[tokio::test]
async fn the_pages_cost_the_same_however_much_was_measured() {
    let app = App::start().await;
    let (ann, cleo, path) = (app.ann().await, app.cleo().await, desk(&app));
    let cost = async |who: &Person, path: &str| {
        let before = app.db.queries();
        who.get(path).await.is(200);
        app.db.queries() - before
    };
    let overview = format!("{path}/measurements");
    let few = (cost(&ann, "/my/tests").await, cost(&cleo, &overview).await);
    let by = measurements::By { patient: app.cast().ann.id, person: app.cast().cleo, now: app.clock.now() };
    app.db
        .write_here(Lock::Patient(by.patient.0), |conn| {
            for days in 0..40 {
                let value = measurements::Value {
                    measure: "hold".to_owned(),
                    side: hip_clinic::diary::LoggedSide::Left,
                    value: Some(20),
                    words: String::new(),
                    counts: true,
                };
                let new = measurements::NewMeasurement {
                    test: "test-bridge-hold".to_owned(),
                    day: app.clock.today() - TimeDelta::days(days),
                    values: vec![value],
                    note: String::new(),
                };
                measurements::add(conn, by, &new)?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!((cost(&ann, "/my/tests").await, cost(&cleo, &overview).await), few);
}
