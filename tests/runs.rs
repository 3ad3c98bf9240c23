//! Return to running: the list before it, the ladder, and the runs written down.

use chrono::TimeDelta;

use crate::support::{App, Page, Person};

fn ladder(app: &App) -> String {
    format!("/clinic/patients/{}/ladder", app.cast().ann.id)
}

async fn said(app: &App, staff: &Person, word: &str, level: &str, reason: &str) -> Page {
    staff.post(&format!("{}/words", ladder(app)), &[("word", word), ("level", level), ("reason", reason)]).await
}

/// What only a physio can confirm is confirmed.
async fn confirmed(app: &App, cleo: &Person) {
    let page = cleo.get(&ladder(app)).await.is(200);
    let form = page.form(&format!("{}/confirmations", ladder(app)), 0);
    cleo.submit(&form.with("met", "yes").with("words", "Bone stress unlikely")).await.goes_to(&ladder(app));
}

async fn opened(app: &App, level: &str) -> Person {
    let cleo = app.cleo().await;
    confirmed(app, &cleo).await;
    said(app, &cleo, "opened", level, "Walks well").await.goes_to(&ladder(app));
    cleo
}

fn form(page: &Page) -> crate::support::Form {
    page.form("/my/runs", 0)
}

#[tokio::test]
async fn the_gate_opens_by_a_physio_with_a_reason() {
    let app = App::start().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    ann.get("/my/runs").await.is(200).says("begins when your physio opens it");
    let page = cleo.get(&ladder(&app)).await.is(200);
    page.says("Running cannot begin now").says("bone stress").says("Not measured yet");
    // Before bone stress is excluded no reason opens it.
    let refused = said(&app, &cleo, "opened", "1", "She wants to").await.refused();
    refused.says("Confirm this first").says("She wants to");
    confirmed(&app, &cleo).await;
    cleo.get(&ladder(&app)).await.says("Cleo Carter").says("Bone stress unlikely").says_not("Running cannot begin now");
    // The rest of the list is not met: only with a reason.
    let refused = said(&app, &cleo, "opened", "1", "").await.refused();
    assert!(refused.has_error_for("reason"));
    assert!(said(&app, &cleo, "opened", "99", "Now").await.refused().has_error_for("level"));
    said(&app, &cleo, "resumed", "1", "Now").await.refused().says("This cannot be said now");
    for _ in 0..2 {
        said(&app, &cleo, "opened", "1", "Walks an hour").await.goes_to(&ladder(&app));
    }
    let page = cleo.get(&ladder(&app)).await.is(200);
    assert_eq!(page.text().matches("Opened at R1").count(), 1, "twice is once");
    ann.get("/my/runs").await.says("Today: level R1").says("Walk 4 minutes 30 seconds, run 30 seconds, 4 times").says("Walks an hour");
    ann.get("/my/today").await.says("Run today: level R1");
    ann.get("/my/progress").await.says("Level R1 of 17");
    cleo.get(&format!("/clinic/patients/{}", app.cast().ann.id)).await.says("Level R1");
}

#[tokio::test]
async fn a_run_is_saved_shown_again_and_corrected() {
    let app = App::start().await;
    let cleo = opened(&app, "3").await;
    let ann = app.ann().await;
    let page = ann.get("/my/runs/new").await.is(200);
    let empty = form(&page);
    assert_eq!((empty.value("level"), empty.value("during"), empty.value("after")), ("", "", ""), "nothing is preset");
    let run = empty.with("level", "3").with("minutes", "6").with("during", "2").with("surface", "grass").with("note", "Fine");
    for _ in 0..2 {
        ann.submit(&run).await.goes_to("/my/runs");
    }
    let page = ann.get("/my/runs").await.is(200);
    page.says("R3, 6 min of running, grass").says("Fine").says("Not known").says("Next run on");
    ann.get("/my/today").await.says("Today’s run is written down").says("Session 1 of");
    let again = form(ann.get("/my/runs/new").await.says("Correct your run"));
    assert_eq!((again.value("minutes"), again.value("during"), again.value("after")), ("6", "2", ""));
    ann.submit(&again.with("minutes", "5:30").with("during", "4")).await.goes_to("/my/runs");
    let page = ann.get("/my/runs").await;
    page.says("R3, 5:30 min of running").says("Amber").says("4 of 10");
    assert_eq!(page.all("table tbody tr").len(), 1, "a day has one run");
    // What was said first stays beside it, for the clinic too.
    let patient = cleo.get(&format!("/clinic/patients/{}", app.cast().ann.id)).await;
    patient.says("R3, 6 min of running").says("2 of 10");
}

#[tokio::test]
async fn the_light_of_the_next_morning_moves_the_ladder() {
    let app = App::start().await;
    opened(&app, "3").await;
    let ann = app.ann().await;
    let run = form(&ann.get("/my/runs/new").await).with("level", "3").with("minutes", "6").with("during", "1").with("after", "0");
    ann.submit(&run).await.goes_to("/my/runs");
    ann.get("/my/runs").await.says("Not counted yet");
    app.clock.advance(TimeDelta::days(1));
    let today = ann.get("/my/today").await.is(200);
    today.says("After your run yesterday");
    let morning = today.forms().into_iter().find(|form| form.action().starts_with("/my/check-ins/")).unwrap();
    ann.submit(&morning.with("pain", "0").with("stiffness", "none")).await.goes_to("/my/today");
    ann.get("/my/runs").await.says("1 of 2 green sessions at R3").says("Next run tomorrow: level R3");
}

#[tokio::test]
async fn bad_input_keeps_the_rest_and_says_why() {
    let app = App::start().await;
    opened(&app, "1").await;
    let ann = app.ann().await;
    let empty = form(&ann.get("/my/runs/new").await);
    let refused = ann.submit(&empty.with("minutes", "soon").with("note", "Kept").with("pace", "1")).await.refused();
    for field in ["level", "minutes", "pace"] {
        assert!(refused.has_error_for(field), "{field}");
    }
    refused.says("Kept");
    let today = app.clock.today();
    for (day, words) in [(today + TimeDelta::days(1), "has not begun"), (today - TimeDelta::days(8), "last 7 days")] {
        let form = form(&refused).forged("day", &day.to_string()).with("level", "1").with("minutes", "2").with("pace", "");
        ann.submit(&form).await.refused().says(words);
    }
    ann.get("/my/runs").await.says("No run is written down yet");
}

#[tokio::test]
async fn without_a_plan_that_runs_nothing_is_written_and_nothing_opened() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    confirmed(&app, &cleo).await;
    let ann = app.ann().await;
    // A run without a ladder is a run all the same.
    let page = ann.get("/my/runs/new").await.is(200);
    page.says("Your ladder is not open yet");
    ann.submit(&form(&page).with("minutes", "20").with("during", "1")).await.goes_to("/my/runs");
    ann.get("/my/runs").await.says("20 min of running");
    let states = format!("/clinic/plans/{}/states", app.cast().ann.plan);
    cleo.post(&states, &[("state", "paused"), ("reason", "Holiday")]).await;
    said(&app, &cleo, "opened", "1", "Now").await.refused().says("There is no plan that runs");
    let form = form(&ann.get("/my/runs/new").await).with("minutes", "22");
    ann.submit(&form).await.refused().says("Your plan rests");
}

#[tokio::test]
async fn halting_resuming_and_ending_are_words() {
    let app = App::start().await;
    let cleo = opened(&app, "5").await;
    let ann = app.ann().await;
    assert!(said(&app, &cleo, "halted", "", "").await.refused().has_error_for("reason"));
    said(&app, &cleo, "halted", "", "A cold").await.goes_to(&ladder(&app));
    ann.get("/my/runs").await.says("No running for now").says("A cold");
    ann.get("/my/today").await.says("No running for now");
    said(&app, &cleo, "placed", "4", "Now").await.refused();
    said(&app, &cleo, "resumed", "4", "Well again").await.goes_to(&ladder(&app));
    ann.get("/my/runs").await.says("Today: level R4").says("Well again");
    said(&app, &cleo, "fast-track", "", "Short break").await.goes_to(&ladder(&app));
    cleo.get(&ladder(&app)).await.says("fast track").says("Take the fast track back");
    said(&app, &cleo, "ended", "", "Runs as before").await.goes_to(&ladder(&app));
    ann.get("/my/runs").await.says("begins when your physio opens it");
    cleo.get(&ladder(&app)).await.says("Open the ladder").says("Runs as before");
}
