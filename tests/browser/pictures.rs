//! Pictures of every kind of page, for people to look at: `tests/screenshots FOLDER`.

use std::path::Path;

use super::driver::{Browser, Driver};
use super::tour;

/// A phone and a desk, in CSS pixels.
const WIDTHS: [u32; 2] = [360, 1280];
/// Pages that are made to be printed.
const ON_PAPER: [&str; 3] = ["ann-plan", "article", "guide"];

#[tokio::test]
async fn pictures_are_taken_when_a_folder_is_named() {
    let Ok(folder) = std::env::var("SCREENSHOTS") else {
        println!("no pictures: SCREENSHOTS names no folder");
        return;
    };
    let folder = Path::new(&folder);
    let driver = Driver::start().expect("pictures need chromedriver");
    let app = tour::clinic().await;
    tour::visitor(&driver, &app, &mut async |browser, name| take(browser, name, folder).await).await;
    tour::patients(&driver, &app, &mut async |browser, name| take(browser, name, folder).await).await;
    tour::staff_pages(&driver, &app, &mut async |browser, name| take(browser, name, folder).await).await;
}

async fn take(browser: &Browser, name: &str, folder: &Path) {
    for scheme in ["light", "dark"] {
        browser.prefers(scheme).await;
        for width in WIDTHS {
            std::fs::write(folder.join(format!("{name}-{width}-{scheme}.png")), browser.picture(width).await).unwrap();
        }
    }
    if ON_PAPER.contains(&name) {
        browser.prefers("light").await;
        std::fs::write(folder.join(format!("{name}.pdf")), browser.print().await).unwrap();
    }
    browser.resize(1280, 900).await;
}
