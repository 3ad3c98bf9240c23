//! The clinic in one story: a plan is made, followed, changed, interrupted and taken up again.

use chrono::TimeDelta;
use hip_clinic::patients::{CONTRAINDICATIONS, RED_FLAGS};

use super::driver::{Browser, Driver};
use crate::support::{App, PASSWORD};

const PIA: &str = "Pia Porter";
const PIAS_EMAIL: &str = "pia@people.example";
const PIAS_PASSWORD: &str = "a kite over the bay";
const NIGHT_PAIN: &str = "Does it hurt at night, at rest, or all the time however you move?";

#[tokio::test]
async fn a_plan_from_the_first_question_to_the_second_start() {
    let Some(driver) = Driver::start() else { return };
    let app = App::start().await;
    let cleo = driver.open(&app.base).await;
    let pia = driver.open(&app.base).await;

    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    takes_pia_on(&cleo).await;
    builds_the_plan(&cleo).await;
    let link = publishes_and_invites(&cleo).await;

    chooses_a_password(&pia, &link).await;
    trains(&pia).await;

    // From Tuesday half past nine to Wednesday half past eight.
    app.clock.advance(TimeDelta::hours(23));
    answers_in_the_morning(&pia).await;

    // Staff sign in anew every day.
    cleo.open("/clinic").await;
    assert_eq!(cleo.heading().await, "Sign in");
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    reads_the_diary(&cleo).await;
    publishes_fewer_rounds(&cleo).await;

    sees_what_changed(&pia).await;
    the_old_log_keeps_its_version(&cleo, &pia).await;

    reports_a_red_flag(&pia).await;
    clears_and_resumes(&cleo).await;
    trains_again(&pia).await;

    for browser in [&cleo, &pia] {
        assert_eq!(browser.console().await, Vec::<String>::new());
    }
}

async fn takes_pia_on(cleo: &Browser) {
    assert_eq!(cleo.heading().await, "Queue");
    cleo.press("Add a patient").await;
    cleo.fill("Full name", PIA).await;
    cleo.fill("E-mail address", PIAS_EMAIL).await;
    cleo.answer("Sore side", "Left hip").await;
    cleo.fill("What does the patient want to do again? (optional)", "Swim in the sea").await;
    cleo.answer("Usual pain in the morning", "2").await;
    assert_eq!(cleo.value("Who looks after this patient?").await, cleo_herself(cleo).await);
    cleo.press("Add the patient").await;

    assert_eq!(cleo.heading().await, "Screening of Pia Porter");
    cleo.says("No plan begins before all 19 questions are answered").await;
    for question in RED_FLAGS.iter().map(|flag| flag.question).chain(CONTRAINDICATIONS.iter().map(|found| found.question)) {
        cleo.answer(question, "No").await;
    }
    cleo.press("Save the screening").await;
    assert_eq!(cleo.heading().await, PIA);
    cleo.says("The screening is saved.").await;
}

/// The value by which the list of staff names Cleo.
async fn cleo_herself(cleo: &Browser) -> String {
    let script = "return [...field(arguments[0]).options].find((option) => option.text === 'Cleo Carter').value";
    cleo.run(script, vec!["Who looks after this patient?".into()]).await.as_str().unwrap().to_owned()
}

async fn builds_the_plan(cleo: &Browser) {
    cleo.press("Begin a plan").await;
    assert_eq!(cleo.heading().await, "Draft of version 1");
    let phase = cleo.text(".phase h2").await;
    for (search, exercise) in [("bridge", "Hip bridge"), ("clam", "Clamshell"), ("bird", "Bird dog")] {
        cleo.fill("Find an exercise", search).await;
        cleo.press("Find exercises").await;
        cleo.press(&format!("Add {exercise} to {phase}")).await;
        cleo.says("The exercise is in the draft.").await;
    }
    assert_eq!(draft(cleo).await, ["Hip bridge", "Clamshell", "Bird dog"]);

    cleo.press(&format!("{}. Change the dose of Clamshell", cleo.text(".phase .rx:nth-child(2) .rx-edit span").await)).await;
    cleo.fill("One round is, Clamshell", "15").await;
    cleo.fill("A word to the patient, Clamshell (optional)", "Slowly on the way down").await;
    cleo.press("Save the dose of Clamshell").await;
    cleo.says("15 times, rest 45 seconds; 2 rounds on each side, 2 seconds up, 1 second still, 3 seconds down, 3 times a week. Slowly on the way down").await;

    cleo.press("Up: Clamshell").await;
    assert_eq!(draft(cleo).await, ["Clamshell", "Hip bridge", "Bird dog"]);
    cleo.press("Down: Clamshell").await;
    assert_eq!(draft(cleo).await, ["Hip bridge", "Clamshell", "Bird dog"]);

    cleo.press("Remove Bird dog").await;
    cleo.says("Removed from the draft.").await;
    cleo.fill("Find an exercise", "dead bug").await;
    cleo.press("Find exercises").await;
    cleo.press(&format!("Add Dead bug to {phase}")).await;
    assert_eq!(draft(cleo).await, ["Hip bridge", "Clamshell", "Dead bug"]);
}

async fn draft(cleo: &Browser) -> Vec<String> {
    cleo.all(".phase .rx-name").await
}

async fn publishes_and_invites(cleo: &Browser) -> String {
    cleo.press("Look at what changes and publish").await;
    assert_eq!(cleo.heading().await, "Publish version 1?");
    cleo.says("Pia Porter sees it at once.").await;
    cleo.fill("Why?", "To begin with").await;
    cleo.press("Publish version 1").await;
    cleo.says("The new version is published.").await;
    cleo.says("The plan is published, but Pia Porter has no password yet and cannot see it.").await;
    cleo.press("Make an invitation link").await;
    assert_eq!(cleo.heading().await, "Invitation for Pia Porter");
    cleo.value("Link to copy").await
}

async fn chooses_a_password(pia: &Browser, link: &str) {
    pia.open(link).await;
    assert_eq!(pia.heading().await, "Welcome, Pia Porter. Choose your password");
    pia.says(PIAS_EMAIL).await;
    pia.fill("Password", PIAS_PASSWORD).await;
    pia.press("Save the password and start").await;
    assert_eq!(pia.heading().await, "Today");
}

async fn trains(pia: &Browser) {
    pia.says("Tuesday 24 November 2026").await;
    pia.says("Session 1 of 3 this week").await;
    assert_eq!(pia.all(".ex h2").await, ["Hip bridge", "Clamshell", "Dead bug"]);
    let doses = pia.all(".ex .dose").await;
    assert_eq!(
        doses[..2],
        ["10 times, rest 60 seconds; 3 rounds".to_owned(), "15 times, rest 45 seconds; 2 rounds on each side".to_owned()],
        "{doses:?}"
    );
    pia.says("From your physio: Slowly on the way down").await;

    for round in ["Round 1", "Round 2", "Round 3"] {
        pia.answer("Tick each round you did: Hip bridge", round).await;
    }
    pia.press("Did it differ? Hip bridge").await;
    pia.fill("Times, Round 2", "8").await;
    pia.press("Save this exercise: Hip bridge").await;
    pia.says("Saved. Well done for keeping your diary.").await;
    pia.answer("Tick each round you did: Clamshell", "Left side, round 1").await;
    pia.press("Save this exercise: Clamshell").await;
    let counts = pia.all(".ex .ex-count").await;
    assert_eq!(counts, ["Saved · Exercise 1 of 3", "Partly done: 1 of 4 rounds saved · Exercise 2 of 3", "Exercise 3 of 3"]);

    pia.answer("Worst pain during the exercises", "3").await;
    pia.answer("Pain right after", "2").await;
    pia.press("Save how it felt").await;
    pia.says("Saved: pain during 3 of 10 · pain after 2 of 10 · effort not answered").await;
}

async fn answers_in_the_morning(pia: &Browser) {
    pia.open("/my/today").await;
    pia.says("Wednesday 25 November 2026").await;
    assert_eq!(pia.text("main h2").await, "How is your hip this morning?");
    pia.says("After your session yesterday.").await;
    pia.answer("Pain now", "2").await;
    pia.answer("Is the front of your hip stiffer than usual?", "A little").await;
    pia.answer("Do you limp?", "No").await;
    pia.press("Save this morning").await;
    pia.says("Thank you. Your morning check-in is saved.").await;
    pia.says("Pain 2 of 10 · a little stiff · settled not answered · no limp · pain in the night not answered").await;
}

async fn reads_the_diary(cleo: &Browser) {
    cleo.press("Patients").await;
    cleo.press(PIA).await;
    assert_eq!(cleo.heading().await, PIA);
    let morning = on_time_line(cleo, "Wednesday 25 November").await;
    let said = "Morning check-in pain 2 stiffness a little settled not answered limp no night pain not answered";
    assert!(morning.contains(said), "{morning}");
    cleo.press("Set by set, Tuesday 24 November").await;
    let session = on_time_line(cleo, "Tuesday 24 November").await;
    for said in [
        "Session partly done, 2 of 3 exercises version 1",
        "pain during 3 after 2 effort not answered",
        "Nothing entered: Dead bug",
        "Hip bridge 3 of 3 rounds Asked: 10 times, rest 60 seconds; 3 rounds 1: as prescribed 2: 8 times 3: as prescribed",
        "Clamshell 1 of 4 rounds Asked: 15 times, rest 45 seconds; 2 rounds on each side left 1: as prescribed",
        "Dead bug nothing entered",
    ] {
        assert!(session.contains(said), "“{said}” is not in {session}");
    }
}

/// What the time line says of a day's diary.
async fn on_time_line(cleo: &Browser, day: &str) -> String {
    let days = cleo.all(".days > li:not(.is-version)").await;
    days.iter().find(|text| text.starts_with(day)).unwrap_or_else(|| panic!("{day} is not in {days:?}")).clone()
}

async fn publishes_fewer_rounds(cleo: &Browser) {
    cleo.press("Change the plan").await;
    assert_eq!(cleo.heading().await, "Draft of version 2");
    cleo.press(&format!("{}. Change the dose of Hip bridge", cleo.text(".phase .rx-edit span").await)).await;
    cleo.fill("Rounds, Hip bridge", "2").await;
    cleo.press("Save the dose of Hip bridge").await;
    cleo.press("Look at what changes and publish").await;
    assert_eq!(cleo.heading().await, "Publish version 2?");
    cleo.says("before: 10 times, rest 60 seconds; 3 rounds").await;
    cleo.press("Publish version 2").await;
    cleo.says("There is a problem").await;
    cleo.fill("Why?", "The second round was hard").await;
    cleo.press("Publish version 2").await;
    cleo.says("The new version is published.").await;
    cleo.says("Version 2, running").await;
}

async fn sees_what_changed(pia: &Browser) {
    pia.open("/my/today").await;
    pia.says("Your plan has changed").await;
    pia.says("The second round was hard").await;
    assert_eq!(pia.text(".ex .dose").await, "10 times, rest 60 seconds; 2 rounds");
    pia.press("See what is new in version 2").await;
    assert_eq!(pia.heading().await, "Your plan");
    pia.says("Version 2, from Cleo Carter, since Wednesday 25 November 2026").await;
    let newest = pia.text(".days > li").await;
    for said in ["Version 2", "The second round was hard", "Hip bridge", "before: 10 times, rest 60 seconds; 3 rounds", "2 rounds"] {
        assert!(newest.contains(said), "“{said}” is not in {newest}");
    }
}

async fn the_old_log_keeps_its_version(cleo: &Browser, pia: &Browser) {
    let session = on_time_line(cleo, "Tuesday 24 November").await;
    assert!(session.contains("2 of 3 exercises version 1"), "{session}");
    pia.press("Today").await;
    pia.press("Write down an earlier day, or correct it").await;
    pia.press("Yesterday").await;
    assert_eq!(pia.heading().await, "Tuesday 24 November");
    assert_eq!(pia.text(".ex .dose").await, "10 times, rest 60 seconds; 3 rounds");
    assert_eq!(pia.text(".ex .ex-count").await, "Saved · Exercise 1 of 3");
}

async fn reports_a_red_flag(pia: &Browser) {
    pia.press("Something is wrong").await;
    pia.answer(NIGHT_PAIN, "Yes").await;
    pia.press("Send to the clinic").await;
    assert_eq!(pia.heading().await, "Your plan is paused");
    pia.says("See a doctor within days").await;
    pia.says("Clinic +44 20 7946 0000").await;
    pia.says("In an emergency call 999").await;
    pia.says(NIGHT_PAIN).await;
    pia.says_not("Save this exercise").await;
}

async fn clears_and_resumes(cleo: &Browser) {
    cleo.press("Queue").await;
    let first = cleo.text(".queue > li").await;
    for said in [PIA, "Reported a red flag", "night, rest or constant pain"] {
        assert!(first.contains(said), "“{said}” is not in {first}");
    }
    cleo.press("Open Pia Porter").await;
    cleo.says("Pia Porter has nothing to do today and sees whom to call.").await;
    cleo.fill("What you found, and why the plan may go on", "Examined, no bone pain; a new mattress").await;
    cleo.press("Record the clearance").await;
    cleo.says("The clearance is recorded.").await;
    cleo.says("The plan is paused").await;
    cleo.fill("Why does the plan go on?", "Examined and clear").await;
    cleo.press("Resume the plan").await;
    cleo.says("The plan's state is changed and recorded.").await;
    cleo.says("Version 2, running").await;
}

async fn trains_again(pia: &Browser) {
    pia.open("/my/today").await;
    assert_eq!(pia.heading().await, "Today");
    assert_eq!(pia.all(".ex h2").await, ["Hip bridge", "Clamshell", "Dead bug"]);
}
