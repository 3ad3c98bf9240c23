//! The library of the staff with its script: found as one types, starred without leaving the list; and a drawing that follows the form.

use serde_json::json;

use super::driver::{Browser, Driver};
use crate::support::{App, PASSWORD};

/// Presses keys one after the other, wherever the focus is.
async fn keys(browser: &Browser, text: &str) {
    let script = "
        for (const key of arguments[0]) {
            const at = document.activeElement;
            const free = at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            if (free && at.matches('input')) { at.value += key; at.dispatchEvent(new InputEvent('input', { bubbles: true })); }
        }";
    browser.run(script, vec![json!(text)]).await;
}

/// The names that are shown, in order.
async fn names(browser: &Browser) -> Vec<String> {
    browser.all(".shelf > li:not([hidden]) h3").await
}

#[tokio::test]
async fn three_keystrokes_find_an_exercise() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let cleo = driver.open(&app.base).await;
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    cleo.open("/clinic/exercises").await;
    keys(&cleo, "/slb").await;
    assert_eq!(names(&cleo).await[0], "Single-leg bridge", "the slash leads to the field and is not typed");
    assert_eq!(cleo.value("Find an exercise").await, "slb");
    let count = names(&cleo).await.len();
    assert_eq!(cleo.text("[data-filter-count]").await, format!("{count} exercise{}", if count == 1 { "" } else { "s" }));
    assert_eq!(cleo.address().await, "/clinic/exercises?q=slb", "the list has an address");
    // The script and the server agree.
    for typed in ["bri", "gluteus bri", "hip fl", "iliops str", "90"] {
        cleo.open("/clinic/exercises").await;
        cleo.fill("Find an exercise", typed).await;
        let here = names(&cleo).await;
        cleo.open(&cleo.address().await).await;
        assert_eq!(names(&cleo).await, here, "{typed}");
    }
    cleo.open("/clinic/exercises").await;
    cleo.fill("Find an exercise", "xyz").await;
    cleo.says("No exercise fits.").await;
    assert_eq!(cleo.console().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_filter_and_a_star_answer_without_a_new_page() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let cleo = driver.open(&app.base).await;
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    cleo.open("/clinic/exercises").await;
    let choose = "
        window.still = true;
        const stage = document.querySelector('#stage');
        stage.value = 'late';
        stage.dispatchEvent(new Event('change', { bubbles: true }));
        return new Promise((done) => {
            const look = () => document.querySelectorAll('.shelf > li').length < 50 ? done(true) : setTimeout(look, 30);
            look();
        });";
    assert_eq!(cleo.run(choose, Vec::new()).await, true);
    let late = names(&cleo).await;
    assert!(late.len() > 3 && late.contains(&"Strides (build-up runs)".to_owned()), "{late:?}");
    // The button belongs to a form, and the driver would wait for the page it leads to.
    let press = "
        document.querySelector('#strides .star').click();
        return new Promise((done) => {
            const look = () => document.querySelector('#strides .star').ariaPressed === 'true' ? done(true) : setTimeout(look, 30);
            look();
        });";
    assert_eq!(cleo.run(press, Vec::new()).await, true);
    assert_eq!(cleo.run("return window.still", Vec::new()).await, true, "the page is the same");
    cleo.open("/clinic/exercises?show=favourites").await;
    assert_eq!(names(&cleo).await, ["Strides (build-up runs)"]);
    assert_eq!(cleo.console().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_drawing_follows_the_form() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let cleo = driver.open(&app.base).await;
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    cleo.open("/clinic/exercises/hip-bridge/copies").await;
    let before = cleo.run("return document.querySelector('.preview img').src", Vec::new()).await;
    cleo.fill("knee, Near leg (right), End", "70").await;
    let changed = "
        const [before] = arguments;
        return new Promise((done) => {
            const look = () => {
                const picture = document.querySelector('.preview img');
                return picture.src !== before && picture.complete ? done(picture.naturalWidth > 0) : setTimeout(look, 30);
            };
            look();
        });";
    assert_eq!(cleo.run(changed, vec![before]).await, true);
    cleo.fill("Things drawn with the body, Start", "spaceship").await;
    cleo.says("spaceship").await;
}
