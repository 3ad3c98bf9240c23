//! A patient's way out: done with an exercise or with the plan, told to the physio, settled with a word.

use crate::support::{App, Page, Person};

const NEW: &str = "/my/plan/requests/new";
const ASK: &str = "/my/plan/requests";

async fn too_hard(app: &App, ann: &Person) -> Page {
    let about = app.cast().ann.bridge.to_string();
    let form = ann.get(&format!("{NEW}?about={about}")).await.is(200).form(ASK, 0);
    assert_eq!((form.value("about"), form.value("matter")), (about.as_str(), ""), "what it is about is chosen, and nothing else");
    ann.submit(&form.with("matter", "too-hard").with("words", "My back hurts")).await
}

fn reply_form(page: &Page) -> crate::support::Form {
    let action = page.forms().into_iter().map(|form| form.action().to_owned()).find(|action| action.starts_with("/clinic/requests/"));
    page.form(&action.unwrap(), 0)
}

#[tokio::test]
async fn what_does_not_suit_is_told_and_settled_and_changes_no_plan() {
    let app = App::start().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    let plan = ann.get("/my/plan").await.is(200);
    let way = format!("{NEW}?about={}", app.cast().ann.bridge);
    assert!(plan.links().contains(&way) && plan.links().contains(&format!("{NEW}?about=plan")));
    let before = ann.get("/my/today").await.text();
    let told = too_hard(&app, &ann).await;
    told.goes_to("/my/plan?done=told");
    let plan = ann.follow(&told).await.is(200);
    plan.says("Thank you. Your physio will read it").says("You told us: “Hip bridge” is too hard").says("My back hurts");
    plan.says("Waits for Cleo Carter");
    assert_eq!(ann.get("/my/today").await.text(), before, "the plan is as it was");
    // The physio has it in the queue and on the page until it is answered.
    let queue = cleo.get("/clinic").await.is(200).all(".queue > li");
    assert!(queue.len() == 1 && queue[0].contains("Asks for a change of the plan"), "{queue:?}");
    assert!(queue[0].contains("Finds “Hip bridge” too hard: My back hurts"), "{queue:?}");
    let patient = format!("/clinic/patients/{}", app.cast().ann.id);
    let page = cleo.get(&patient).await.is(200);
    page.says("Finds “Hip bridge” too hard").says("Ann Archer asked for a change of the plan");
    let form = reply_form(&page);
    let refused = cleo.submit(&form).await.refused();
    assert!(refused.has_error_for("reason"));
    refused.says("10 times, rest 60 seconds; 3 rounds").says("My back hurts");
    let again = reply_form(&refused);
    let answer = cleo.submit(&again.with("reason", "Two rounds from now on")).await;
    answer.goes_to(&patient);
    cleo.follow(&answer).await.says("Your answer is kept").says_not("Finds “Hip bridge” too hard");
    cleo.get("/clinic").await.says("All is well");
    let plan = ann.get("/my/plan").await.is(200);
    plan.says("Cleo Carter answered").says("Two rounds from now on").says_not("Waits for");
}

#[tokio::test]
async fn twice_is_once_and_so_is_the_answer() {
    let app = App::start().await;
    let (ann, cleo, dan) = (app.ann().await, app.cleo().await, app.dan().await);
    too_hard(&app, &ann).await.goes_to("/my/plan");
    too_hard(&app, &ann).await.goes_to("/my/plan");
    let path = format!("/clinic/patients/{}", app.cast().ann.id);
    let page = cleo.get(&path).await;
    assert_eq!(page.forms().iter().filter(|form| form.action().starts_with("/clinic/requests/")).count(), 1);
    let form = reply_form(&page).with("reason", "We shall look at it");
    cleo.submit(&form).await.goes_to(&path);
    cleo.submit(&form).await.goes_to(&path);
    let late = dan.submit(&form.forged("reason", "Do less")).await.is(422);
    late.says("Cleo Carter has answered already").says("We shall look at it").says("Do less");
    ann.get("/my/plan").await.says("We shall look at it").says_not("Do less");
    // Settled, the same may be asked again.
    too_hard(&app, &ann).await.goes_to("/my/plan");
    cleo.get("/clinic").await.says("Asks for a change");
}

#[tokio::test]
async fn bad_input_is_kept_and_says_why() {
    let app = App::start().await;
    let ann = app.ann().await;
    let form = ann.get(NEW).await.is(200).form(ASK, 0).with("about", "plan");
    let refused = ann.submit(&form.clone()).await.refused();
    assert!(refused.has_error_for("matter"));
    let refused = ann.submit(&form.clone().with("matter", "other")).await.refused();
    assert!(refused.has_error_for("words"));
    let again = refused.form(ASK, 0);
    assert_eq!((again.value("about"), again.value("matter")), ("plan", "other"));
    ann.submit(&again.with("words", "I move house")).await.goes_to("/my/plan");
    ann.get("/my/plan").await.says("something else about the whole plan").says("I move house");
    // What stands in another's plan is not there.
    let foreign = app.cast().ben.bridge.to_string();
    ann.post(ASK, &[("about", &foreign), ("matter", "too-easy")]).await.is(404);
    ann.post(ASK, &[("about", "x"), ("matter", "too-easy")]).await.is(422);
    for number in 0..25 {
        ann.post(ASK, &[("about", "plan"), ("matter", "other"), ("words", &format!("Thing {number}"))]).await;
    }
    ann.post(ASK, &[("about", "plan"), ("matter", "finished")]).await.is(422).says("wait for your physio already");
    app.ben().await.get("/my/plan").await.says_not("I move house");
}

#[tokio::test]
async fn without_a_plan_there_is_nothing_to_be_done_with() {
    let app = App::demo();
    let eve = app.visitor();
    eve.sign_in("eve@example.org", hip_clinic::commands::demo::PASSWORD).await.goes_to("/my/today");
    eve.get(NEW).await.goes_to("/my/plan");
    eve.post(ASK, &[("about", "plan"), ("matter", "finished")]).await.is(404);
    eve.get("/my/plan").await.is(200).says("Your plan is being made").says_not("Done with it");
}
