//! A physio's morning with the demo's patients: from the queue to a patient, a proposal taken over, and on to the next, in a few presses.

use hip_clinic::commands::demo::PASSWORD;

use super::driver::{Browser, Driver};
use crate::support::App;

/// Most presses and requests a patient may cost without edits.
const MOST: u64 = 4;
/// Patients of the morning at most.
const PATIENTS: usize = 12;

/// How many requests the page that is shown took: itself, and the redirects before it.
async fn requests(browser: &Browser) -> u64 {
    let script = "return 1 + performance.getEntriesByType('navigation')[0].redirectCount";
    browser.run(script, Vec::new()).await.as_u64().unwrap()
}

async fn is_there(browser: &Browser, what: &str) -> bool {
    browser.run("return document.querySelector(arguments[0]) !== null", vec![what.into()]).await.as_bool().unwrap()
}

#[tokio::test]
async fn a_morning_costs_four_presses_and_four_requests_a_patient() {
    let Some(driver) = Driver::start() else { return };
    let app = tokio::task::spawn_blocking(App::demo).await.unwrap();
    let cleo = driver.open(&app.base).await;
    cleo.sign_in("cleo@example.org", PASSWORD).await;
    cleo.open("/clinic?physio=me").await;
    cleo.click(".queue .who a").await;
    let (mut seen, mut accepted) = (Vec::new(), 0);
    while seen.len() < PATIENTS && cleo.heading().await != "Queue" {
        let patient = cleo.heading().await;
        assert!(!seen.contains(&patient), "{patient} comes twice: {seen:?}");
        let (mut presses, mut asked) = (0, 0);
        if is_there(&cleo, ".proposal .button-primary").await {
            cleo.click(".proposal .button-primary").await;
            assert_eq!(cleo.heading().await, patient, "taken over, and still there");
            (presses, asked, accepted) = (presses + 1, asked + requests(&cleo).await, accepted + 1);
        }
        cleo.press("Seen, next patient").await;
        (presses, asked) = (presses + 1, asked + requests(&cleo).await);
        assert!(presses <= MOST && asked <= MOST, "{patient}: {presses} presses, {asked} requests");
        seen.push(patient);
    }
    cleo.says("nobody else waits").await;
    assert!(seen.len() > 3 && accepted > 0, "{accepted} taken over: {seen:?}");
    cleo.says("Nobody needs you").await;
    assert_eq!(cleo.console().await, Vec::<String>::new());
}
