//! The builder from the keyboard alone: a phase from a programme, two doses, one more exercise, published; in few presses and requests.

use serde_json::Value;

use super::driver::{Browser, Driver};
use crate::support::{App, PASSWORD};

/// Keys that are pressed besides what is typed, and what they ask of the server.
struct Keys<'a> {
    browser: &'a Browser,
    presses: usize,
    requests: u64,
    page: (Value, u64),
}

impl Keys<'_> {
    async fn press(&mut self, key: &str) {
        self.presses += 1;
        self.browser.wait("return arrived() || null").await;
        let focused = self.browser.run("return document.activeElement !== document.body", Vec::new()).await == true;
        self.browser.keys(if focused { ":focus" } else { "body" }, key).await;
        self.browser.wait("return arrived() || null").await;
        self.count().await;
    }

    /// Goes on from control to control until one is called so.
    async fn reach(&mut self, words: &str) {
        for _ in 0..12 {
            let at = self
                .browser
                .run("const at = document.activeElement; return at.tabIndex < 0 ? '' : name(at.labels?.[0] ?? at)", Vec::new())
                .await;
            if at.as_str().is_some_and(|at| at.contains(words)) {
                return;
            }
            self.press(TAB).await;
        }
        panic!("{words} is not reached from the keyboard");
    }

    /// Goes back from control to control until one is called so.
    async fn back_to(&mut self, words: &str) {
        for _ in 0..6 {
            self.press(BACK_TAB).await;
            if self.browser.run("return name(document.activeElement)", Vec::new()).await == words {
                return;
            }
        }
        panic!("{words} is not reached from the keyboard");
    }

    /// Goes on to the dose of the exercise at this place of the first phase.
    async fn reach_sentence(&mut self, place: usize) {
        let script = format!("return document.querySelectorAll('.phase .rx-edit > summary')[{place}] === document.activeElement");
        for _ in 0..8 {
            if self.browser.run(&script, Vec::new()).await == true {
                return;
            }
            self.press(TAB).await;
        }
        panic!("the dose of exercise {place} is not reached from the keyboard");
    }

    /// Follows a link or sends a form with the Enter key, and waits for the page it leads to.
    async fn enter(&mut self) {
        let from = self.page.0.clone();
        self.press(ENTER).await;
        self.browser.wait(&format!("return performance.timeOrigin !== {from} && arrived() || null")).await;
        self.count().await;
    }

    /// The link that leads past the header.
    async fn skip(&mut self) {
        self.press(TAB).await;
        self.press(ENTER).await;
    }

    async fn type_in(&self, words: &str) {
        self.browser.run("document.activeElement.select?.()", Vec::new()).await;
        self.browser.keys(":focus", words).await;
    }

    /// Every page opened and every question a script asked, each redirect counted as one more.
    async fn count(&mut self) {
        let script = "const asked = performance.getEntriesByType('resource').filter((entry) => entry.initiatorType === 'fetch'); \
             const [opened] = performance.getEntriesByType('navigation'); \
             return [performance.timeOrigin, asked.reduce((sum, entry) => sum + (entry.redirectStart > 0 ? 2 : 1), 0), 1 + opened.redirectCount]";
        let told = self.browser.run(script, Vec::new()).await;
        let (origin, asked, opened) = (told[0].clone(), told[1].as_u64().unwrap(), told[2].as_u64().unwrap());
        if self.page.0 == origin {
            self.requests += asked - self.page.1;
        } else {
            self.requests += opened + asked;
        }
        self.page = (origin, asked);
    }
}

const ENTER: &str = "\u{e007}";
const BACK_TAB: &str = "\u{e008}\u{e004}\u{e000}";
const TAB: &str = "\u{e004}";

#[tokio::test]
async fn a_plan_is_built_and_published_from_the_keyboard_in_sixty_presses() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let cleo = driver.open(&app.base).await;
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    let plan = app.cleo().await.post(&format!("/clinic/patients/{}/plans", app.cast().ann.id), &[]).await.goes_to_any();
    cleo.open(&plan).await;
    let mut keys = Keys { browser: &cleo, presses: 0, requests: 0, page: (Value::Null, 0) };
    keys.count().await;

    // A phase of seven exercises, from a programme.
    keys.skip().await;
    keys.reach("Put in a programme").await;
    keys.enter().await;
    keys.skip().await;
    keys.reach("Iliopsoas syndrome, desk worker").await;
    keys.enter().await;
    keys.skip().await;
    keys.reach("2 weeks").await;
    keys.enter().await;
    let first = "return document.querySelector('.phase').querySelectorAll('.rx-name').length";
    assert_eq!(cleo.run(first, Vec::new()).await, 7);

    // Two doses changed, each from its sentence, to which the focus goes back.
    for (at, rounds) in ["2", "3"].into_iter().enumerate() {
        keys.reach_sentence(at).await;
        keys.press(ENTER).await;
        keys.reach("Rounds").await;
        keys.type_in(rounds).await;
        keys.press(ENTER).await;
        cleo.wait("return document.activeElement.matches('.rx-edit > summary') || null").await;
        cleo.says("Undo: changed the dose").await;
    }

    // One exercise added; the focus stays in the search.
    keys.press("/").await;
    keys.type_in("bird").await;
    keys.press(ENTER).await;
    cleo.wait("return [...document.querySelectorAll('.phase .rx-name')].some((row) => read(row).startsWith('Bird dog')) || null").await;
    assert_eq!(cleo.run("return document.activeElement.id", Vec::new()).await, "q");

    // Published: back to the way to the end of the page, over what changes, with a reason.
    keys.back_to("Publish").await;
    keys.press(ENTER).await;
    keys.reach("Look at what changes and publish").await;
    keys.enter().await;
    keys.skip().await;
    keys.reach("Why?").await;
    keys.type_in("A new start, as we said.").await;
    keys.reach("Review on").await;
    keys.enter().await;
    cleo.says("The new version is published").await;

    assert!(keys.presses <= 60, "{} presses", keys.presses);
    assert!(keys.requests <= 20, "{} requests", keys.requests);
    assert_eq!(cleo.console().await, Vec::<String>::new());
    let today = app.ann().await.get("/my/plan").await.is(200);
    today.says("Standing hip reset").says("Bird dog").says("A new start, as we said.");
}
