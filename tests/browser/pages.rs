//! Every page of every role: nothing found by axe-core in light and dark, no scrolling sideways on the narrowest phone, no word
//! of the console, and nothing loaded from elsewhere.

use serde_json::{Value, json};

use super::driver::{Browser, Driver};
use super::tour;
use crate::support::App;

const AXE: &str = include_str!("axe.min.js");
/// WCAG 2.2 up to AA, and what axe-core calls good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/// The narrowest screen, in CSS pixels: 1280 at a zoom of 400 %.
const NARROW: u32 = 320;

#[tokio::test]
async fn pages_for_everyone_are_sound() {
    let Some(driver) = Driver::start() else { return };
    let (app, mut seen) = (tour::clinic().await, Seen::default());
    tour::visitor(&driver, &app, &mut async |browser, name| seen.take(browser, name).await).await;
    let parts = ["/sign-in", "/invitations", "/search", "/questions", "/appointment", "/exercises"];
    seen.is_all_of(|path| parts.iter().any(|start| path.starts_with(start)));
}

#[tokio::test]
async fn pages_of_patients_are_sound() {
    let Some(driver) = Driver::start() else { return };
    let (app, mut seen) = (tour::clinic().await, Seen::default());
    tour::patients(&driver, &app, &mut async |browser, name| seen.take(browser, name).await).await;
    seen.is_all_of(|path| path.starts_with("/my/") || path.starts_with("/account"));
}

#[tokio::test]
async fn pages_of_staff_are_sound() {
    let Some(driver) = Driver::start() else { return };
    let (app, mut seen) = (tour::clinic().await, Seen::default());
    tour::staff_pages(&driver, &app, &mut async |browser, name| seen.take(browser, name).await).await;
    // The preview is a picture, and a review's text is text: both are looked at on the page that shows them.
    let no_page = |path: &str| path.ends_with("/preview") || path.ends_with("/reviews/{review:[0-9]+}/text");
    seen.is_all_of(|path| (path.starts_with("/clinic") && !no_page(path)) || path.starts_with("/account"));
}

/// What a cold page may ask for, itself and the icon of the tab included but not the drawings of exercises, which come when they are
/// near; and how many bytes may come over the wire, those drawings among them.
const REQUESTS: u64 = 6;
const BYTES: u64 = 60_000;

#[tokio::test]
async fn an_article_asks_for_little() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    for slug in ["iliopsoas-syndrome", "hip-flexor-pain-running", "tight-hip-flexors"] {
        let browser = driver.open(&app.base).await;
        browser.open(&format!("/articles/{slug}")).await;
        let asked = "const near = (one) => one.name.includes('/drawings/');
            const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .filter(one => !one.name.includes('/favicon.'));
            return [all.filter((one) => !near(one)).length, all.reduce((sum, one) => sum + one.transferSize, 0), document.querySelectorAll('figure svg').length, all.map(one => one.name)]";
        let asked = browser.run(asked, Vec::new()).await;
        let [others, bytes, drawings] = [0, 1, 2].map(|at| asked[at].as_u64().unwrap());
        assert!(others < REQUESTS, "{slug} asks for the icon of the tab and {}", asked[3]);
        assert!(bytes <= BYTES && bytes > 10_000, "{slug}: {bytes} bytes");
        assert!(drawings > 0, "{slug} has no drawing");
    }
}

/// The pages a tour has led to.
#[derive(Default)]
struct Seen {
    paths: Vec<String>,
    flaws: Vec<String>,
}

impl Seen {
    async fn take(&mut self, browser: &Browser, name: &str) {
        self.paths.push(browser.address().await.split('?').next().unwrap().to_owned());
        self.flaws.extend(flaws(browser, name).await);
    }

    /// Holds that nothing was wrong, and that no page of this part of the table of addresses was left out.
    fn is_all_of(&self, part: impl Fn(&str) -> bool) {
        let table = include_str!("../../src/routes.rs");
        let lines = table.lines().filter_map(|line| line.trim().strip_prefix("at!(to, \"")?.split_once("\", get "));
        let pages: Vec<&str> = lines.map(|(path, _)| path).filter(|path| part(path)).collect();
        assert!(!pages.is_empty(), "the table of addresses is written differently now");
        let left_out: Vec<_> = pages.iter().filter(|page| !self.paths.iter().any(|path| is_one_of(path, page))).collect();
        assert!(left_out.is_empty(), "the tour does not lead to {left_out:?}");
        assert!(self.flaws.is_empty(), "{} flaws:\n{}", self.flaws.len(), self.flaws.join("\n"));
    }
}

/// Whether a path is one of those a line of the table stands for.
fn is_one_of(path: &str, line: &str) -> bool {
    let (path, line): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), line.split('/').collect());
    path.len() == line.len() && path.iter().zip(line).all(|(part, asked)| part == &asked || asked.starts_with('{'))
}

/// What is wrong with the page a browser shows, unfolded, wide and narrow, light and dark.
async fn flaws(browser: &Browser, name: &str) -> Vec<String> {
    let title = browser.title().await;
    assert_eq!(name.ends_with("-refused"), title.starts_with("Error:"), "{name} is called {title}");
    let mut found = browser.console().await;
    let loaded = browser.run("return performance.getEntriesByType('resource').map((entry) => entry.name)", Vec::new()).await;
    let elsewhere = strings(&loaded).filter(|address| !address.starts_with(browser.base()));
    found.extend(elsewhere.map(|address| format!("loads {address}")));
    browser.run("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })", Vec::new()).await;
    browser.run(AXE, Vec::new()).await;
    for width in [1280, NARROW] {
        browser.resize(width, 900).await;
        let needed = browser.run("return document.documentElement.scrollWidth", Vec::new()).await;
        if needed.as_u64() > Some(width.into()) {
            found.push(format!("{needed} px wide on {width}"));
        }
        for scheme in ["light", "dark"] {
            browser.prefers(scheme).await;
            found.extend(strings(&axe(browser).await).map(|flaw| format!("{scheme}, {width} px: {flaw}")));
        }
    }
    found.extend(browser.console().await);
    browser.resize(1280, 900).await;
    println!("looked at {name}");
    found.into_iter().map(|flaw| format!("{name}: {flaw}")).collect()
}

async fn axe(browser: &Browser) -> Value {
    let script = "
        const found = await axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] });
        if (found.passes.length < 10) throw new Error('axe-core did not look');
        return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 200)} ${tidy(node.failureSummary)}`));
    ";
    let script = format!("return (async function () {{ {script} }})(...arguments)");
    browser.run(&script, vec![json!(RULES)]).await
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap())
}
