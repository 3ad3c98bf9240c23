//! The guided session: one round a screen, clocks that come through a reload, each round written down at once.

use hip_clinic::diary;

use super::driver::{Browser, Driver};
use crate::support::{App, PASSWORD};

fn diary_of(app: &App) -> Vec<diary::Session> {
    let today = app.clock.today();
    app.db.read_here(|conn| diary::sessions(conn, app.cast().ann.id, today, today)).unwrap()
}

fn rounds(app: &App) -> usize {
    diary_of(app).first().map_or(0, |session| session.sets.iter().filter(|set| set.done).count())
}

async fn shows(ann: &Browser, what: &str, words: &str) {
    let script = format!("return read(document.querySelector('dialog.coach {what}')).includes({words:?}) || null");
    ann.wait(&script).await;
}

async fn written(ann: &Browser, app: &App, number: usize) {
    for _ in 0..100 {
        if rounds(app) == number {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{} of {number} rounds are written; the page says: {}", rounds(app), ann.text("body").await);
}

#[tokio::test]
async fn two_exercises_with_a_reload_in_the_middle_of_a_hold() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let ann = driver.open(&app.base).await;
    ann.sign_in("ann@people.example", PASSWORD).await;
    ann.press_here("Start guided session").await;
    shows(&ann, ".coach-where", "Round 1").await;
    shows(&ann, "h2", "Hip bridge").await;
    assert_eq!(ann.run("return document.activeElement.textContent", Vec::new()).await, "Start now", "the focus is on the main control");
    for round in 1..=3 {
        shows(&ann, ".coach-where", &format!("Round {round}")).await;
        ann.press_here("Start now").await;
        shows(&ann, ".coach-word", "10 times").await;
        ann.press_here("Done").await;
        written(&ann, &app, round).await;
        if round < 3 {
            shows(&ann, ".coach-word", "Rest").await;
            ann.press_here("Start now").await;
            ann.press_here("Back").await;
            ann.press_here("Skip").await;
            ann.press_here("Only this round").await;
        }
    }
    // The clamshell is left out, with its reason.
    shows(&ann, "h2", "Clamshell").await;
    ann.press_here("Skip").await;
    ann.press_here("No time").await;
    shows(&ann, "h2", "Half-kneeling").await;
    shows(&ann, ".coach-side", "Left side").await;

    // The clock of the hold goes on through a reload, and nothing counts by itself.
    ann.press_here("Start now").await;
    shows(&ann, ".coach-word", "Hold").await;
    shows(&ann, ".coach-count", "28").await;
    ann.open("/my/today").await;
    shows(&ann, "h2", "Half-kneeling").await;
    shows(&ann, ".coach-word", "Hold").await;
    let left = ann.text("dialog.coach .coach-count").await.parse::<u32>().unwrap();
    assert!((1..=28).contains(&left), "{left} seconds are left");
    ann.press_here("Pause").await;
    shows(&ann, ".coach-word", "Paused").await;
    ann.press_here("Go on").await;
    ann.press_here("Done").await;
    written(&ann, &app, 4).await;
    ann.press_here("Start now").await;
    ann.press_here("Done").await;
    written(&ann, &app, 5).await;

    shows(&ann, "h2", "That was everything for now").await;
    ann.press_here("Say how it felt").await;
    assert_eq!(ann.run("return document.activeElement.id", Vec::new()).await, "felt");
    assert_eq!(ann.run("return document.querySelectorAll('#felt :checked').length", Vec::new()).await, 0, "nothing is preset");
    ann.answer("Worst pain during the exercises", "2").await;
    ann.press("Save how it felt").await;
    ann.says("Saved: pain during 2 of 10").await;
    let session = diary_of(&app).remove(0);
    assert_eq!((session.sets.len(), session.skips.len(), session.feeling.during), (5, 1, Some(2)));
    assert_eq!(ann.console().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_session_that_was_left_goes_on_where_it_was() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let ann = driver.open(&app.base).await;
    ann.sign_in("ann@people.example", PASSWORD).await;
    ann.press_here("Start guided session").await;
    ann.press_here("Start now").await;
    ann.press_here("Done").await;
    written(&ann, &app, 1).await;
    ann.keys("dialog.coach button", "\u{e00c}").await;
    ann.wait("return document.querySelector('dialog.coach') ? null : true").await;
    ann.open("/my/today").await;
    ann.says("1 of 3 rounds saved").await;
    ann.press_here("Go on with the guided session").await;
    shows(&ann, ".coach-where", "Round 2").await;
}
