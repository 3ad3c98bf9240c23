//! The builder from the keyboard alone: found, added, changed and published without the mouse, in few presses and few requests.

use super::driver::{Browser, Driver};
use crate::support::{App, PASSWORD};

/// Keys that are pressed besides what is typed.
struct Keys<'a> {
    browser: &'a Browser,
    presses: usize,
}

impl Keys<'_> {
    async fn press(&mut self, key: &str) {
        self.presses += 1;
        let focused = self.browser.run("return document.activeElement !== document.body", Vec::new()).await == true;
        self.browser.keys(if focused { ":focus" } else { "body" }, key).await;
        self.browser.wait("return arrived() || null").await;
    }

    async fn type_in(&self, words: &str) {
        self.browser.keys(":focus", words).await;
    }

    /// Goes on from control to control until one is called so.
    async fn reach(&mut self, words: &str) {
        for _ in 0..12 {
            let at = self.browser.run("return name(document.activeElement.labels?.[0] ?? document.activeElement)", Vec::new()).await;
            if at.as_str().is_some_and(|at| at.contains(words)) {
                return;
            }
            self.press(TAB).await;
        }
        panic!("{words} is not reached from the keyboard");
    }
}

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const ALT_UP: &str = "\u{e00a}\u{e013}\u{e000}";

#[tokio::test]
async fn a_plan_is_changed_and_published_from_the_keyboard() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let cleo = driver.open(&app.base).await;
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    cleo.open(&format!("/clinic/plans/{}?phase={}", app.cast().ann.plan, app.cast().ann.phases[0])).await;
    let mut keys = Keys { browser: &cleo, presses: 0 };

    // Found and added; the focus stays in the search.
    keys.press("/").await;
    for (word, exercise) in [("bird", "Bird dog"), ("dead", "Dead bug")] {
        keys.type_in(word).await;
        keys.press(ENTER).await;
        cleo.wait(&format!(
            "return [...document.querySelectorAll('.phase .rx-name')].some((row) => read(row).startsWith('{exercise}')) || null"
        ))
        .await;
        assert_eq!(cleo.run("return document.activeElement.id", Vec::new()).await, "q");
    }
    cleo.wait("return arrived() || null").await;

    // The dose of what was added last, from its sentence.
    cleo.run("document.querySelector('.phase .rx:last-child .rx-edit > summary').focus()", Vec::new()).await;
    keys.press(ENTER).await;
    keys.reach("Rounds").await;
    cleo.run("document.activeElement.select()", Vec::new()).await;
    keys.type_in("5").await;
    keys.press(ENTER).await;
    cleo.says("Saved.").await;
    cleo.says("Undo: changed the dose of Dead bug").await;
    let at = cleo.run("return document.activeElement.matches('.rx:last-child .rx-edit > summary')", Vec::new()).await;
    assert_eq!(at, true, "the focus goes back to the sentence");

    // One place up, and the row keeps the focus.
    keys.press(ALT_UP).await;
    cleo.says("Undo: moved Dead bug up").await;
    let order = cleo.all(".phase:first-of-type .rx-name").await;
    assert!(order[order.len() - 2].starts_with("Dead bug"), "{order:?}");

    // Requests of the builder so far: the page, two searches, two exercises, a dose and a move, each with the page after it.
    let asked = cleo
        .run("return performance.getEntriesByType('resource').filter((entry) => entry.initiatorType === 'fetch').length", Vec::new())
        .await;
    assert!(asked.as_u64().unwrap() <= 16, "{asked} requests");
    assert!(keys.presses <= 20, "{} presses", keys.presses);
    assert_eq!(cleo.console().await, Vec::<String>::new());
}
