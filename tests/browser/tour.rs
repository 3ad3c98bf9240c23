//! Every kind of page of every role, in the demo's clinic: what is looked at by `pages` and pictured by `pictures`.

use chrono::TimeDelta;
use hip_clinic::commands::demo::PASSWORD;
use hip_clinic::patients::RED_FLAGS;

use super::driver::{Browser, Driver};
use crate::support::{App, Person, samples};

/// The demo's clinic, with a draft that waits to be published.
pub async fn clinic() -> App {
    let app = App::demo();
    let cleo = staff(&app).await;
    let patient = cleo.get(&patient_path(&cleo, "Ann Example").await).await.is(200);
    let plan = patient.links().into_iter().find(|link| link.starts_with("/clinic/plans/")).unwrap();
    let builder = cleo.get(&plan).await.is(200);
    let dose = builder.forms().into_iter().find(|form| form.fields().any(|(name, _)| name == "sets")).unwrap();
    cleo.post("/clinic/programmes", &[("name", "Our way with runners"), ("shared", "yes")]).await.goes_to("/clinic/programmes/1");
    cleo.send(&dose.with("sets", "4").with("note", "Breathe out on the way up.")).await.is(200);
    app
}

async fn staff(app: &App) -> Person {
    let cleo = app.visitor();
    cleo.sign_in("cleo@example.org", PASSWORD).await.goes_to("/clinic");
    cleo
}

/// Where the page of a patient is, found by name.
async fn patient_path(cleo: &Person, name: &str) -> String {
    let found = cleo.get(&format!("/clinic/patients?q={}", name.replace(' ', "+"))).await.is(200);
    let ids = found.links().into_iter().filter(|link| link.strip_prefix("/clinic/patients/").is_some_and(|id| id.parse::<i64>().is_ok()));
    let ids: Vec<String> = ids.collect();
    assert_eq!(ids.len(), 1, "{name}: {ids:?}");
    ids[0].clone()
}

/// A link by which someone chooses a password.
async fn invitation(app: &App) -> String {
    let cleo = staff(app).await;
    let patient = patient_path(&cleo, "Ned Nobody").await;
    let page = cleo.post(&format!("{patient}/invitations"), &[]).await.is(200);
    page.all("code").remove(0)
}

/// The pages of someone without an account.
pub async fn visitor(driver: &Driver, app: &App, look: &mut impl AsyncFnMut(&Browser, &str)) {
    let browser = driver.open(&app.base).await;
    for (name, path) in [
        ("home", "/"),
        ("articles", "/articles"),
        ("article", "/articles/iliopsoas-syndrome"),
        ("article-running", "/articles/hip-flexor-pain-running"),
        ("article-tight", "/articles/tight-hip-flexors"),
        ("article-plan", "/articles/tight-hip-flexors-test-train-retest"),
        ("article-thomas", "/articles/thomas-test-at-home"),
        ("category", "/articles/categories/mobility"),
        ("tag", "/articles/tags/for-runners"),
        ("glossary", "/glossary"),
        ("exercises", "/exercises"),
        ("exercises-found", "/exercises?for=runners&q=hip&stage=late"),
        ("exercises-nothing", "/exercises?for=desk-workers&q=copenhagen"),
        ("exercise", "/exercises/hip-bridge"),
        ("guide", "/guides/strong-hips-for-runners"),
        ("privacy", "/privacy"),
        ("search", "/search"),
        ("search-found", "/search?q=hip&page=2"),
        ("search-mended", "/search?q=posas+strech"),
        ("search-urgent", "/search?q=can%27t+walk"),
        ("search-nothing", "/search?q=xylofone"),
        ("not-found", "/no-such-page"),
        ("not-found-but-meant", "/articles/iliopsoas-syndrom"),
        ("question", "/questions/new?about=iliopsoas-syndrome"),
        ("question-sent", "/questions/sent?about=iliopsoas-syndrome"),
        ("sign-in", "/sign-in"),
    ] {
        browser.open(path).await;
        look(&browser, name).await;
    }
    browser.open("/questions/new?about=iliopsoas-syndrome").await;
    browser.fill("Your question", "Swim?").await;
    browser.press("Send the question").await;
    look(&browser, "question-refused").await;
    appointment(&browser, app, look).await;
    browser.open("/sign-in").await;
    browser.press("Sign in").await;
    look(&browser, "sign-in-refused").await;

    let link = invitation(app).await;
    browser.open(&link).await;
    look(&browser, "invitation").await;
    browser.fill("Password", "short").await;
    browser.press("Save the password and start").await;
    look(&browser, "invitation-refused").await;
    browser.open("/invitations/0000").await;
    look(&browser, "invitation-gone").await;
}

/// Asking for an appointment, with a warning sign and without.
async fn appointment(browser: &Browser, app: &App, look: &mut impl AsyncFnMut(&Browser, &str)) {
    browser.open("/appointment").await;
    look(browser, "appointment").await;
    browser.press("Send the request").await;
    look(browser, "appointment-refused").await;
    for (name, sign) in [("none", "None of these"), ("emergency", RED_FLAGS[0].question), ("urgent", RED_FLAGS[7].question)] {
        browser.open("/appointment").await;
        browser.answer("Do you have any of these signs?", sign).await;
        browser.fill("Your name", "Uma Unreal").await;
        browser.fill("Telephone number", "01632 960803").await;
        browser.fill("What is it about?", "A pinch in the groin.").await;
        browser.answer("When can you come?", "Morning").await;
        app.clock.advance(TimeDelta::seconds(5));
        browser.press("Send the request").await;
        look(browser, &format!("appointment-sent-{name}")).await;
    }
}

/// What people outside asked.
async fn inbox(cleo: &Browser, look: &mut impl AsyncFnMut(&Browser, &str)) {
    cleo.open("/clinic/inbox").await;
    look(cleo, "inbox").await;
    cleo.open("/clinic/inbox").await;
    cleo.press("Settle the request of Stan Standin, 2 hours ago").await;
    cleo.press("Settle the request of Stan Standin").await;
    look(cleo, "inbox-refused").await;
    for (name, number) in [("question-published", 1), ("question-declined", 2), ("question-waiting", 3)] {
        cleo.open(&format!("/clinic/questions/{number}")).await;
        look(cleo, name).await;
    }
    cleo.open("/clinic/questions/3").await;
    cleo.fill("Your answer", "- *Move* now and then.").await;
    cleo.press("See how it looks").await;
    look(cleo, "question-preview").await;
    cleo.fill("Your answer", " ").await;
    cleo.press("Publish the answer").await;
    look(cleo, "question-answer-refused").await;
}

/// The pages of patients in every situation.
pub async fn patients(driver: &Driver, app: &App, look: &mut impl AsyncFnMut(&Browser, &str)) {
    for (who, pages) in [
        (
            "ann",
            &[
                "today",
                "plan",
                "plan/handout",
                "plan/requests/new?about=plan",
                "progress",
                "progress?weeks=all",
                "something-wrong",
                "tests",
                "tests/test-thomas",
                "tests/test-hop",
            ][..],
        ),
        ("ben", &["today"]),
        ("hana", &["tests", "tests/test-bridge-hold", "experiment"]),
        ("eve", &["today", "plan", "progress"]),
        ("ivo", &["today", "progress", "runs", "runs/new"]),
        ("mia", &["runs"]),
        ("jo", &["today", "plan"]),
        ("kim", &["today", "messages"]),
        ("lou", &["today", "plan", "messages/4"]),
        ("pat", &["plan"]),
    ] {
        let browser = driver.open(&app.base).await;
        browser.sign_in(&format!("{who}@example.org"), PASSWORD).await;
        for page in pages {
            browser.open(&format!("/my/{page}")).await;
            look(&browser, &format!("{who}-{}", page.replace(['/', '?', '='], "-"))).await;
        }
        if who == "ann" {
            ann(&browser, look).await;
        }
    }
}

/// What Ann and the clinic write to each other; the second conversation is hers from now on.
async fn messages(browser: &Browser, look: &mut impl AsyncFnMut(&Browser, &str)) {
    browser.open("/my/messages").await;
    look(browser, "ann-messages").await;
    browser.press("The half-kneeling stretch").await;
    look(browser, "ann-conversation").await;
    browser.fill("Your message", " ").await;
    browser.press("Send the message").await;
    look(browser, "ann-conversation-refused").await;
    browser.open("/my/messages").await;
    browser.fill("Your message", "- up\n- down").await;
    browser.press("Send the message").await;
    look(browser, "ann-messages-refused").await;
    browser.fill("What is it about?", "The stairs").await;
    browser.press("Send the message").await;
    look(browser, "ann-message-sent").await;
}

async fn ann(browser: &Browser, look: &mut impl AsyncFnMut(&Browser, &str)) {
    messages(browser, look).await;
    browser.open("/account").await;
    look(browser, "ann-account").await;
    browser.press("Save the new password").await;
    look(browser, "ann-account-refused").await;
    browser.open("/clinic").await;
    look(browser, "ann-forbidden").await;
    browser.open("/my/today?day=2026-11-22").await;
    look(browser, "ann-earlier-day").await;

    browser.open("/my/today").await;
    browser.press_here("Start guided session").await;
    look(browser, "ann-guided").await;
    browser.press_here("Skip").await;
    look(browser, "ann-guided-skip").await;
    browser.press_here("I do not skip it").await;
    browser.press_here("Stop").await;
    browser.open("/my/today").await;
    let exercise = browser.text(".ex h2").await;
    browser.press(&format!("Did it differ? {exercise}")).await;
    let amount = browser.run("return name(document.querySelector('.set-row label'))", Vec::new()).await;
    browser.fill(amount.as_str().unwrap(), "lots").await;
    browser.press(&format!("Save this exercise: {exercise}")).await;
    look(browser, "ann-today-refused").await;
    browser.open("/my/something-wrong").await;
    browser.press("Send to the clinic").await;
    look(browser, "ann-something-wrong-refused").await;
    browser.answer(RED_FLAGS[13].question, "Yes").await;
    browser.press("Send to the clinic").await;
    look(browser, "ann-reported").await;
}

/// What is found out about a patient: the assessment, the ladder, tests and the experiment.
async fn tested(cleo: &Browser, looks_up: &Person, look: &mut impl AsyncFnMut(&Browser, &str)) {
    cleo.open(&format!("{}/assessment", patient_path(looks_up, "Pat Pretend").await)).await;
    look(cleo, "assessment").await;
    for (name, who) in [("ladder", "Ivo Template"), ("ladder-gate", "Mia Madeup")] {
        cleo.open(&format!("{}/ladder", patient_path(looks_up, who).await)).await;
        look(cleo, name).await;
    }
    cleo.press("Open the ladder").await;
    look(cleo, "ladder-refused").await;
    let pat = patient_path(looks_up, "Pat Pretend").await;
    let hana = patient_path(looks_up, "Hana Specimen").await;
    for (name, path) in [
        ("measurements", format!("{hana}/measurements")),
        ("experiment", format!("{hana}/experiment")),
        ("experiment-new", format!("{pat}/experiment")),
    ] {
        cleo.open(&path).await;
        look(cleo, name).await;
    }
    cleo.press("Begin the experiment").await;
    look(cleo, "experiment-refused").await;
    cleo.open(&format!("{pat}/measurements/new?test=test-thomas")).await;
    look(cleo, "measurement").await;
    cleo.press("Save the measurement").await;
    look(cleo, "measurement-refused").await;
    cleo.open(&format!("{pat}/assessment")).await;
    cleo.run("document.getElementById('note').value = 'x'.repeat(2001)", Vec::new()).await;
    cleo.press("Save the assessment").await;
    look(cleo, "assessment-refused").await;
}

/// The pages of a physio.
pub async fn staff_pages(driver: &Driver, app: &App, look: &mut impl AsyncFnMut(&Browser, &str)) {
    let cleo = driver.open(&app.base).await;
    cleo.sign_in("cleo@example.org", PASSWORD).await;
    for (name, path) in [
        ("queue", "/clinic"),
        ("patients", "/clinic/patients"),
        ("patients-nobody", "/clinic/patients?q=zzz"),
        ("new-patient", "/clinic/patients/new"),
        ("exercises-of-staff", "/clinic/exercises"),
        ("exercises-of-staff-found", "/clinic/exercises?q=iliopsoas&region=front-of-hip"),
        ("exercises-of-staff-nothing", "/clinic/exercises?q=xylophone"),
        ("exercise-of-staff", "/clinic/exercises/hip-bridge"),
        ("exercise-new", "/clinic/exercises/new"),
        ("exercise-copy", "/clinic/exercises/side-plank/copies"),
        ("figures", "/clinic/exercises/figures"),
        ("library", "/clinic/library"),
        ("programmes", "/clinic/programmes"),
        ("programmes-none", "/clinic/programmes?for=desk-workers&stage=late"),
        ("programme", "/clinic/programmes/runner-late-return"),
        ("programme-experiment", "/clinic/programmes/tight-test-train-retest"),
        ("programme-weeks", "/clinic/programmes/sprint-and-hill-addon"),
        ("programme-new", "/clinic/programmes/new"),
        ("programme-own", "/clinic/programmes/1"),
        ("programme-about", "/clinic/programmes/1/about"),
        ("programme-for-whom", "/clinic/programmes/tight-test-train-retest/plans"),
        ("programme-choose", "/clinic/plans/1/programmes"),
        ("programme-phases", "/clinic/plans/1/programmes?programme=iliopsoas-desk-worker"),
        ("programme-from-plan", "/clinic/plans/1/copies"),
        ("library-overdue", "/clinic/library?show=overdue"),
        ("handout-of-staff", "/clinic/plans/1/handout"),
        ("proposals", "/clinic/patients/4/proposals"),
        ("change-asked-for", "/clinic/requests/2"),
        ("change-settled", "/clinic/requests/1"),
        ("staff-account", "/account"),
        ("staff-not-found", "/clinic/patients/999"),
        ("staff-forbidden", "/my/today"),
    ] {
        cleo.open(path).await;
        look(&cleo, name).await;
    }
    cleo.open("/clinic/patients/new").await;
    cleo.press("Add the patient").await;
    look(&cleo, "new-patient-refused").await;

    exercises(&cleo, look).await;

    let looks_up = staff(app).await;
    for (name, who) in [
        ("patient", "Ann Example"),
        ("patient-flaring-up", "Ben Sample"),
        ("patient-without-plan", "Eve Placeholder"),
        ("patient-not-screened", "Finn Fictional"),
        ("patient-finished", "Jo Dummy"),
        ("patient-red-flag", "Kim Mockup"),
        ("patient-paused", "Lou Nowhere"),
        ("patient-not-invited", "Ned Nobody"),
    ] {
        cleo.open(&patient_path(&looks_up, who).await).await;
        look(&cleo, name).await;
    }
    cleo.press("Make an invitation link").await;
    look(&cleo, "invitation-made").await;

    cleo.open(&format!("{}/screening", patient_path(&looks_up, "Finn Fictional").await)).await;
    look(&cleo, "screening").await;
    cleo.press("Save the screening").await;
    look(&cleo, "screening-refused").await;
    cleo.open(&format!("{}/screening", patient_path(&looks_up, "Kim Mockup").await)).await;
    look(&cleo, "screening-red-flag").await;

    tested(&cleo, &looks_up, look).await;
    cleo.open(&format!("{}/profile", patient_path(&looks_up, "Finn Fictional").await)).await;
    look(&cleo, "profile").await;
    cleo.fill("Full name", " ").await;
    cleo.press("Save the particulars").await;
    look(&cleo, "profile-refused").await;

    decided(&cleo, &patient_path(&looks_up, "Ben Sample").await, &patient_path(&looks_up, "Ann Example").await, look).await;
    inbox(&cleo, look).await;
    conversations(&cleo, &patient_path(&looks_up, "Ann Example").await, look).await;
    media(&cleo, app, &patient_path(&looks_up, "Ann Example").await, look).await;
    builder(&cleo, &patient_path(&looks_up, "Ann Example").await, look).await;
    cleo.open(&patient_path(&looks_up, "Eve Placeholder").await).await;
    cleo.press("Begin a plan").await;
    look(&cleo, "builder-empty").await;
}

/// The queue with people seen and snoozed, reviews, clinical notes and goals.
async fn decided(cleo: &Browser, ben: &str, ann: &str, look: &mut impl AsyncFnMut(&Browser, &str)) {
    cleo.open(&format!("{ben}/snoozes")).await;
    look(cleo, "snooze").await;
    cleo.press("Snooze").await;
    look(cleo, "snooze-refused").await;
    cleo.open("/clinic").await;
    cleo.press("Seen: Ben Sample").await;
    look(cleo, "queue-seen").await;
    let pat = "return [...document.querySelectorAll('.queue .who a')].find(a => a.textContent === 'Pat Pretend').getAttribute('href')";
    let pat = cleo.run(pat, Vec::new()).await.as_str().unwrap().to_owned();
    cleo.open(&format!("{pat}/snoozes")).await;
    cleo.answer("Back in the queue", "In 3 days").await;
    cleo.press("Snooze").await;
    look(cleo, "queue-snoozed").await;
    cleo.open(&format!("{ben}/reviews/new")).await;
    look(cleo, "review-new").await;
    cleo.press("Save the review").await;
    look(cleo, "review-refused").await;
    for (name, path) in
        [("reviews", "reviews"), ("review", "reviews/1"), ("notes", "notes"), ("note-signed", "notes/1"), ("goals", "goals")]
    {
        cleo.open(&format!("{ann}/{path}")).await;
        look(cleo, name).await;
    }
    cleo.press("Set this goal").await;
    look(cleo, "goals-refused").await;
    cleo.open(&format!("{ann}/notes/1")).await;
    cleo.press("Add it").await;
    look(cleo, "note-addendum-refused").await;
    cleo.open(&format!("{ann}/notes/new")).await;
    look(cleo, "note-new").await;
    cleo.press("Save the draft").await;
    look(cleo, "note-refused").await;
    cleo.fill("Plan", "Go on for a week.").await;
    cleo.press("Save the draft").await;
    look(cleo, "note-draft").await;
}

/// What patients and the clinic write to each other.
async fn conversations(cleo: &Browser, patient: &str, look: &mut impl AsyncFnMut(&Browser, &str)) {
    for (name, path) in
        [("messages", "/clinic/messages"), ("conversation-closed", "/clinic/messages/4"), ("conversation", "/clinic/messages/2")]
    {
        cleo.open(path).await;
        look(cleo, name).await;
    }
    cleo.press("Send the answer").await;
    look(cleo, "conversation-refused").await;
    cleo.fill("Last words", " ").await;
    cleo.press("Close the conversation").await;
    look(cleo, "conversation-closing-refused").await;
    cleo.open(&format!("{patient}/messages")).await;
    look(cleo, "messages-with-patient").await;
    cleo.press("Send the message").await;
    look(cleo, "messages-with-patient-refused").await;
}

/// What staff keep of an exercise.
async fn exercises(cleo: &Browser, look: &mut impl AsyncFnMut(&Browser, &str)) {
    cleo.open("/clinic/exercises/clamshell").await;
    cleo.press("Set my usual dose").await;
    cleo.fill("Rounds, my usual dose", "many").await;
    cleo.press("Save my usual dose").await;
    look(cleo, "usual-dose-refused").await;
    cleo.fill("Rounds, my usual dose", "4").await;
    cleo.press("Save my usual dose").await;
    cleo.press("Favourite: Clamshell").await;
    look(cleo, "exercise-of-staff-kept").await;
    cleo.open("/clinic/exercises?show=favourites").await;
    look(cleo, "exercises-of-staff-favourites").await;
    cleo.open("/clinic/exercises/hip-bridge/copies").await;
    cleo.fill("Name", " ").await;
    cleo.fill("knee, Near leg (right), Start", "300").await;
    cleo.run("document.querySelector('.writing').noValidate = true", Vec::new()).await;
    cleo.press("Save the exercise").await;
    look(cleo, "exercise-copy-refused").await;
    cleo.fill("Name", "Bridge with a ball").await;
    cleo.fill("knee, Near leg (right), Start", "100").await;
    cleo.press("Save the exercise").await;
    look(cleo, "exercise-own").await;
    cleo.press("Change it").await;
    look(cleo, "exercise-text").await;
    cleo.open("/clinic/exercises/bridge-with-a-ball").await;
    cleo.press("Put this exercise away").await;
    look(cleo, "exercise-archived").await;
}

/// Photos and films: none yet, a file that is not taken, some, and one of each.
async fn media(cleo: &Browser, app: &App, patient: &str, look: &mut impl AsyncFnMut(&Browser, &str)) {
    cleo.open("/clinic/media").await;
    look(cleo, "media-none").await;
    cleo.press("Add it").await;
    look(cleo, "media-refused").await;
    let looks_up = staff(app).await;
    let id = patient.rsplit('/').next().unwrap();
    let (photo, film) = (samples::phone_jpeg(1200, 900, 1), samples::Mp4::default().bytes());
    for (words, whose, still, file) in [
        ("Side plank on the lower knee: the hips are in line with the shoulders", "", "", &photo),
        ("Lift the hips until they are in line with the knees", "", "1", &film),
        ("Lower the hips slowly", "", "", &samples::Webm::default().bytes()),
        ("How the knee falls in, seen from the front", id, "", &photo),
    ] {
        let fields = [("words", words), ("patient", whose), ("still", still)];
        looks_up.upload("/clinic/media", &fields, &[("a", file)]).await.goes_to("/clinic/media");
    }
    for (name, path) in [("media", "/clinic/media"), ("media-photo", "/clinic/media/1"), ("media-film", "/clinic/media/2")] {
        cleo.open(path).await;
        look(cleo, name).await;
    }
    cleo.fill("What does it show?", " ").await;
    cleo.press("Save").await;
    look(cleo, "media-film-refused").await;
    cleo.open(&format!("/clinic/media?patient={id}")).await;
    look(cleo, "media-of-patient").await;
}

async fn builder(cleo: &Browser, patient: &str, look: &mut impl AsyncFnMut(&Browser, &str)) {
    cleo.open(patient).await;
    cleo.press("Change the plan").await;
    look(cleo, "builder").await;
    cleo.fill("Find an exercise", "stretch").await;
    cleo.press("Find exercises").await;
    look(cleo, "builder-search").await;
    let exercise = cleo.run("return tidy(document.querySelector('.rx-name').firstChild.textContent)", Vec::new()).await;
    let exercise = exercise.as_str().unwrap();
    cleo.open(&cleo.address().await).await;
    cleo.click(".rx-edit > summary").await;
    cleo.fill(&format!("Rounds, {exercise}"), "lots").await;
    cleo.press(&format!("Save the dose of {exercise}")).await;
    look(cleo, "builder-refused").await;
    let warned = cleo.run("return document.querySelector('.warnings form').action", Vec::new()).await;
    cleo.open(warned.as_str().unwrap().trim_start_matches(cleo.base())).await;
    look(cleo, "warnings-of-exercise").await;
    cleo.press("Override").await;
    look(cleo, "warnings-of-exercise-refused").await;
    cleo.fill("Why is it given all the same?", "With a cushion under the knee.").await;
    cleo.press("Override").await;
    look(cleo, "builder-overridden").await;
    let draft = cleo.address().await.split(['?', '#']).next().unwrap().to_owned();
    cleo.open(&format!("{draft}?turn=often&per=other-day")).await;
    look(cleo, "builder-many-doses").await;
    cleo.open(&format!("{draft}/versions")).await;
    look(cleo, "versions").await;
    cleo.open(&draft).await;
    cleo.press("Look at what changes and publish").await;
    look(cleo, "publication").await;
    cleo.press("Publish version 3").await;
    look(cleo, "publication-refused").await;
    cleo.open(patient).await;
    cleo.press("Pause the plan").await;
    cleo.fill("Why does the plan pause?", " ").await;
    cleo.press("Pause the plan").await;
    look(cleo, "state-refused").await;
}
