//! What is made for paper fits it.

use fantoccini::wd::PrintSize;
use hip_clinic::commands::demo::PASSWORD;

use super::driver::Driver;
use crate::support::App;

#[tokio::test]
async fn the_guide_is_four_sheets() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let browser = driver.open(&app.base).await;
    browser.open("/guides/strong-hips-for-runners").await;
    assert_eq!(sheets(&browser.print().await), 4);
}

#[tokio::test]
async fn a_plan_of_four_exercises_is_three_sheets_on_either_paper() {
    let Some(driver) = Driver::start() else { return };
    let app = App::demo();
    let browser = driver.open(&app.base).await;
    browser.sign_in("ann@example.org", PASSWORD).await;
    browser.open("/my/plan").await;
    browser.press("Plan on paper").await;
    assert_eq!(browser.all(".paper-ex").await.len(), 4);
    let drawn = "return [...document.querySelectorAll('.paper img')].every(image => image.complete && image.naturalWidth > 0) || null";
    browser.wait(drawn).await;
    assert_eq!(sheets(&browser.print().await), 3, "A4");
    assert_eq!(sheets(&browser.print_on(PrintSize::US_LETTER).await), 3, "US letter");
    // Nothing of the page around it is printed, and what stands on each sheet is.
    browser.medium("print").await;
    let shown = |what: &str| format!("return getComputedStyle(document.querySelector('{what}')).display");
    for what in [".site-header", ".page-head", ".site-footer"] {
        assert_eq!(browser.run(&shown(what), Vec::new()).await, "none", "{what}");
    }
    assert_eq!(browser.run(&shown(".paper-top"), Vec::new()).await, "table-header-group");
    assert_eq!(browser.run(&shown(".handout"), Vec::new()).await, "table");
}

/// How many pages a PDF has: each is an object of its own.
pub fn sheets(pdf: &[u8]) -> usize {
    let mark: &[u8] = b"/Type /Page";
    pdf.windows(mark.len() + 1).filter(|window| window.starts_with(mark) && !window[mark.len()].is_ascii_alphabetic()).count()
}
