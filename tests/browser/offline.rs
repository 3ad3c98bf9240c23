//! A phone without network: what is written down on it is kept, sent once, and never put over what the diary says by now.

use hip_clinic::diary;

use super::driver::{Browser, Driver};
use super::line::Line;
use crate::support::{App, PASSWORD};

const ANN: &str = "ann@people.example";
const BRIDGE: &str = "Tick each round you did: Hip bridge";
const SAVE_BRIDGE: &str = "Save this exercise: Hip bridge";

/// Ann on her phone, her pages kept on it.
async fn ann(driver: &Driver, line: &Line) -> Browser {
    let ann = driver.open(&line.base).await;
    ann.sign_in(ANN, PASSWORD).await;
    for page in ["/my/today", "/my/plan"] {
        ann.wait(&format!("return caches.match('{page}').then((kept) => (kept && navigator.serviceWorker.controller ? true : null))"))
            .await;
    }
    ann
}

/// Saves a form that stays on the phone, and waits until the page has come to rest.
async fn save_without(ann: &Browser, words: &str) {
    ann.press_here(words).await;
    ann.wait("return document.querySelector('.waits:not([hidden])') && !document.querySelector('form[aria-busy=true]') || null").await;
}

async fn cut(ann: &Browser, line: &Line, cut: bool) {
    line.cut(cut);
    ann.network(!cut).await;
}

fn diary_of(app: &App) -> Vec<diary::Session> {
    let today = app.clock.today();
    app.db.read_here(|conn| diary::sessions(conn, app.cast().ann.id, today, today)).unwrap()
}

#[tokio::test]
async fn a_whole_session_without_network_is_sent_once_when_it_is_back() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let line = Line::to(&app.base).await;
    let ann = ann(&driver, &line).await;

    cut(&ann, &line, true).await;
    ann.open("/my/today").await;
    ann.says("You are offline").await;
    ann.says("This is what you had on").await;
    for round in ["Round 1", "Round 2", "Round 3"] {
        ann.answer(BRIDGE, round).await;
    }
    save_without(&ann, SAVE_BRIDGE).await;
    ann.says("1 entry waits to be sent").await;
    ann.answer("Tick each round you did: Clamshell", "Left side, round 1").await;
    save_without(&ann, "Save this exercise: Clamshell").await;
    ann.says("2 entries wait to be sent").await;
    ann.answer("Worst pain during the exercises", "3").await;
    save_without(&ann, "Save how it felt").await;
    ann.says("3 entries wait to be sent").await;
    // The plan is there, too, and what waits is said on it.
    ann.open("/my/plan").await;
    assert_eq!(ann.heading().await, "Your plan");
    ann.says("3 entries wait to be sent").await;
    assert!(diary_of(&app).is_empty());

    // Closed and opened again, still without network: what waits is ticked, and one round is taken back.
    ann.open("about:blank").await;
    ann.open("/my/today").await;
    ann.says("Kept on this phone, waits to be sent").await;
    assert_eq!(ann.run("return document.querySelectorAll('.tick.is-waiting').length", Vec::new()).await, 4);
    ann.answer(BRIDGE, "Round 3").await;
    save_without(&ann, SAVE_BRIDGE).await;
    ann.says("4 entries wait to be sent").await;

    cut(&ann, &line, false).await;
    ann.wait("return document.querySelector('.waits:not([hidden])') || document.body.dataset.kept ? null : true").await;
    ann.says("2 of 3 rounds saved").await;
    let [session] = &diary_of(&app)[..] else { panic!("one session") };
    let done: Vec<i32> =
        session.sets.iter().filter(|set| set.prescription == app.cast().ann.bridge && set.done).map(|set| set.number).collect();
    assert_eq!((done, session.sets.len(), session.feeling.during, session.version), (vec![1, 2], 4, Some(3), 1));
}

#[tokio::test]
async fn an_ended_sign_in_keeps_what_waits_until_the_next() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let line = Line::to(&app.base).await;
    let ann = ann(&driver, &line).await;
    ann.answer(BRIDGE, "Round 1").await;
    app.ann().await.post("/account/sign-outs", &[]).await.goes_to("/sign-in");
    save_without(&ann, SAVE_BRIDGE).await;
    ann.says("You were signed out. Sign in, and they are sent.").await;
    assert!(diary_of(&app).is_empty());

    // Somebody else on the same phone sees nothing of it but that it is there.
    ann.sign_in("ben@people.example", PASSWORD).await;
    ann.says("1 entry of somebody else waits here, and goes when they sign in.").await;
    assert_eq!(
        ann.run("return caches.keys().then((names) => names.filter((name) => name.startsWith('kept-')).length)", Vec::new()).await,
        1
    );
    ann.press("Sign out").await;
    assert!(diary_of(&app).is_empty());
}

#[tokio::test]
async fn signing_in_again_sends_what_waits() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let line = Line::to(&app.base).await;
    let ann = ann(&driver, &line).await;
    ann.answer(BRIDGE, "Round 1").await;
    app.ann().await.post("/account/sign-outs", &[]).await.goes_to("/sign-in");
    save_without(&ann, SAVE_BRIDGE).await;
    ann.press("Sign in").await;
    ann.fill("E-mail address", ANN).await;
    ann.fill("Password", PASSWORD).await;
    ann.press("Sign in").await;
    ann.says("1 of 3 rounds saved").await;
    assert_eq!(diary_of(&app)[0].sets.len(), 1);
    ann.wait("return document.querySelector('.waits').hidden || null").await;
}

#[tokio::test]
async fn what_the_diary_says_by_now_is_shown_and_decided() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let line = Line::to(&app.base).await;
    let ann = ann(&driver, &line).await;
    cut(&ann, &line, true).await;
    ann.answer(BRIDGE, "Round 1").await;
    ann.press("Did it differ? Hip bridge").await;
    ann.fill("Times, Round 1", "10").await;
    save_without(&ann, SAVE_BRIDGE).await;
    ann.says("1 entry waits to be sent").await;

    let tablet = app.ann().await;
    let form = tablet.get("/my/today").await.form_with("/my/sets", "prescription", &app.cast().ann.bridge.to_string());
    tablet.submit(&form.with("done", "both-1").with("amount-both-1", "8")).await.goes_to("/my/today");

    cut(&ann, &line, false).await;
    ann.says("Your diary says something else by now").await;
    ann.says("Hip bridge: round 1: which is right?").await;
    assert_eq!(diary_of(&app)[0].sets[0].actual.amount, Some(8), "nothing is changed before it is decided");
    ann.answer("Hip bridge: round 1: which is right?", "On this phone: done, 10 times").await;
    ann.press_here("Keep what I chose: Hip bridge").await;
    ann.wait("return document.querySelector('.waits').hidden || null").await;
    assert_eq!(diary_of(&app)[0].sets[0].actual.amount, Some(10));
    let history = app.db.read_here(|conn| diary::corrections(conn, app.cast().ann.id, app.clock.today())).unwrap();
    assert_eq!((history[0].was.as_str(), history[0].became.as_str()), ("done, 8 times", "done, 10 times"));
}

#[tokio::test]
async fn leaving_with_what_waits_asks_twice() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let line = Line::to(&app.base).await;
    let ann = ann(&driver, &line).await;
    cut(&ann, &line, true).await;
    ann.answer(BRIDGE, "Round 1").await;
    save_without(&ann, SAVE_BRIDGE).await;
    ann.says("1 entry waits to be sent").await;
    ann.press_here("Sign out").await;
    ann.wait("return document.querySelector('dialog.ask[open]') ? true : null").await;
    assert!(ann.text("dialog").await.contains("1 entry has not been sent"));
    ann.press_here("Sign out all the same").await;
    assert!(ann.text("dialog").await.contains("Discard 1 entry for good?"));
    ann.press_here("No, stay signed in").await;
    ann.says("1 entry waits to be sent").await;
    cut(&ann, &line, false).await;
    ann.says("1 of 3 rounds saved").await;
    assert_eq!(diary_of(&app)[0].sets.len(), 1);
    ann.press("Sign out").await;
    ann.says("You are signed out.").await;
    assert_eq!(
        ann.run("return caches.keys().then((names) => names.filter((name) => name.startsWith('kept-')).length)", Vec::new()).await,
        0
    );
}
