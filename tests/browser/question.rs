//! What people outside ask, in one story: a reader asks, a physio answers, the article shows it; somebody with a warning sign asks
//! for an appointment and is told what to do before anything is sent.

use chrono::TimeDelta;
use hip_clinic::patients::RED_FLAGS;

use super::driver::{Browser, Driver};
use crate::support::{App, PASSWORD};

const ARTICLE: &str = "/articles/iliopsoas-syndrome";

#[tokio::test]
async fn a_question_is_asked_answered_and_shown() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let reader = driver.open(&app.base).await;
    let cleo = driver.open(&app.base).await;

    reader.open("/questions/new?about=iliopsoas-syndrome").await;
    reader.says("We cannot answer what is urgent here").await;
    let size = reader.run(
        "const box = document.querySelector('#homepage').parentElement.getBoundingClientRect(); return box.width * box.height",
        Vec::new(),
    );
    assert_eq!(size.await, 1, "nobody sees the bait");
    reader.fill("Your question", "May I swim?").await;
    reader.fill("E-mail address (optional)", "ann@people.example").await;
    // The clock of the clinic stands still: for it, this was quick.
    reader.press("Send the question").await;
    assert!(reader.title().await.starts_with("Error:"));
    reader.says("That was very quick").await;
    app.clock.advance(TimeDelta::seconds(5));
    reader.press("Send the question").await;
    assert_eq!(reader.heading().await, "Your question is with us");

    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    cleo.press("1 question waits in the inbox").await;
    cleo.press("Answer question 1").await;
    cleo.says("May I swim?").await;
    let question = cleo.address().await;
    cleo.press("Iliopsoas syndrome: pain at the front of the hip").await;
    cleo.says_not("May I swim?").await;
    cleo.open(&question).await;
    cleo.fill("Your answer", "Yes, while it stays **calm**.").await;
    cleo.press("See how it looks").await;
    cleo.says("Nothing is published yet.").await;
    assert_eq!(cleo.text(".prose strong").await, "calm");
    cleo.press("Publish the answer").await;
    cleo.says("The answer is published.").await;
    cleo.says("Send the answer to ann@people.example").await;

    reader.open(ARTICLE).await;
    reader.says("May I swim?").await;
    reader.says("Yes, while it stays calm.").await;
    reader.says_not("ann@people.example").await;

    cleo.press("See it on the page").await;
    cleo.says("Yes, while it stays calm.").await;
    cleo.open(&question).await;
    cleo.fill("Why is it not shown any more?", "Asked twice").await;
    cleo.press("Withdraw the answer").await;
    cleo.says("The answer is withdrawn.").await;
    // Browsers keep a public page for five minutes.
    let other = driver.open(&app.base).await;
    other.open(ARTICLE).await;
    other.says_not("May I swim?").await;
    quiet(&[&reader, &cleo, &other]).await;
}

#[tokio::test]
async fn a_warning_sign_is_answered_before_the_form_is_sent() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let zoe = driver.open(&app.base).await;
    zoe.open("/appointment").await;
    let advice = "Call 999 or go to an emergency department now. The form can wait.";
    zoe.says_not(advice).await;
    zoe.answer("Do you have any of these signs?", RED_FLAGS[1].question).await;
    zoe.says(advice).await;
    zoe.fill("Your name", "Zoë Zimmer").await;
    zoe.fill("Telephone number", "01632 960804").await;
    zoe.fill("What is it about?", "It is hot").await;
    app.clock.advance(TimeDelta::seconds(5));
    zoe.press("Send the request").await;
    let first = zoe.text("main :is(h1, h2)").await;
    assert!(first.starts_with("Emergency advice") && first.ends_with("Call 999 or go to an emergency department now"), "{first}");
    zoe.says("Thank you, Zoë Zimmer.").await;
    quiet(&[&zoe]).await;
}

async fn quiet(browsers: &[&Browser]) {
    for browser in browsers {
        assert_eq!(browser.console().await, Vec::<String>::new());
    }
}
