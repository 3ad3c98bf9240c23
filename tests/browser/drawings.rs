//! Drawings in a browser: still until somebody plays them, with either side, without motion for those who want none, and on paper.
//! The page has no script of its own: all of it is done by the style sheet.

use super::driver::{Browser, Driver};
use crate::support::App;

/// File names of the pictures of the stage that are shown, without their hash: "clamshell-right-card".
async fn shown(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.stage img')].filter(shown).map((one) => (one.currentSrc || one.src).split('/').pop().split('.')[0])";
    let names = browser.run(script, Vec::new()).await;
    names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Waits until the pictures of the stage that are shown have come.
async fn has_come(browser: &Browser) {
    browser.wait("return [...document.querySelectorAll('.stage img')].filter(shown).every((one) => one.complete && one.naturalWidth > 0) || null").await;
}

#[tokio::test]
async fn a_drawing_plays_and_stands_still_again_without_a_script() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let browser = driver.open(&app.base).await;
    browser.open("/exercises/clamshell").await;
    let scripts = browser.run("return document.querySelectorAll('script[src]').length", Vec::new()).await;
    assert_eq!(scripts, 0, "the page needs none");
    assert_eq!(shown(&browser).await, ["clamshell-right-card"]);
    let asked = "return performance.getEntriesByType('resource').filter((one) => one.name.includes('-moving.')).length";
    assert_eq!(browser.run(asked, Vec::new()).await, 0, "what does not move is not fetched");

    browser.click(".is-right .stage-play input").await;
    assert_eq!(shown(&browser).await, ["clamshell-right-moving"]);
    assert_eq!(browser.text(".is-right .stage-play").await, "Pause the movement of the right side");
    browser.click(".is-right .stage-play input").await;
    assert_eq!(shown(&browser).await, ["clamshell-right-card"]);
    assert_eq!(browser.text(".is-right .stage-play").await, "Play the movement of the right side");

    browser.answer("The side that works in the drawing", "Left side").await;
    assert_eq!(shown(&browser).await, ["clamshell-left-card"]);
    browser.run("document.querySelector('.is-left .stage-play input').focus()", Vec::new()).await;
    browser.keys(".is-left .stage-play input", " ").await;
    assert_eq!(shown(&browser).await, ["clamshell-left-moving"], "the space bar plays, too");
    has_come(&browser).await;

    // What moves both sides at once has no other side.
    browser.open("/exercises/hip-bridge").await;
    assert_eq!(shown(&browser).await, ["hip-bridge-right-card"]);
    assert!(browser.all(".sides").await.is_empty());
}

#[tokio::test]
async fn who_wants_no_motion_sees_start_and_end_side_by_side() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let browser = driver.open(&app.base).await;
    browser.prefers("light").await;
    browser.open("/exercises/clamshell").await;
    assert_eq!(shown(&browser).await, ["clamshell-right-still"]);
    browser.click(".is-right .stage-play input").await;
    assert_eq!(shown(&browser).await, ["clamshell-right-moving"], "asked for, it moves all the same");
}

#[tokio::test]
async fn on_paper_start_and_end_stand_side_by_side_on_one_sheet() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let browser = driver.open(&app.base).await;
    for (path, still) in [("/exercises/hip-bridge", "hip-bridge-right-still"), ("/exercises/clamshell", "clamshell-right-still")] {
        browser.open(path).await;
        let pdf = browser.print().await;
        assert_eq!(super::paper::sheets(&pdf), 1, "{path}");
        browser.medium("print").await;
        assert_eq!(shown(&browser).await, [still]);
        has_come(&browser).await;
        browser.medium("").await;
    }
}
