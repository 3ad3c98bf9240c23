//! What is made for paper fits it.

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

/// How many pages a PDF has: each is an object of its own.
pub fn sheets(pdf: &[u8]) -> usize {
    let mark: &[u8] = b"/Type /Page";
    pdf.windows(mark.len() + 1).filter(|window| window.starts_with(mark) && !window[mark.len()].is_ascii_alphabetic()).count()
}
