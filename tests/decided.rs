//! What a physio decides and writes down: reviews, clinical notes and goals.

use chrono::TimeDelta;

use crate::progress::train;
use crate::support::App;

fn path(app: &App, rest: &str) -> String {
    format!("/clinic/patients/{}/{rest}", app.cast().ann.id)
}

const REVIEW: [(&str, &str); 8] = [
    ("from", "2026-11-10"),
    ("to", "2026-11-24"),
    ("seen", "Pain up since the hills"),
    ("decision", "step-back"),
    ("reason", "Red after hills"),
    ("told", "I looked at your week. We go back one step."),
    ("next", "2026-12-01"),
    ("marks", "red 2026-11-23"),
];

#[tokio::test]
async fn a_review_is_kept_told_and_copied() {
    let app = App::start().await;
    let (cleo, ann) = (app.cleo().await, app.ann().await);
    train(&app, &app.cast().ann, app.clock.today() - TimeDelta::days(1), Some(7), None);
    let form = cleo.get(&path(&app, "reviews/new")).await.is(200).says("Sessions trained: 1").form(&path(&app, "reviews"), 0);
    assert_eq!((form.value("from"), form.value("to")), ("2026-11-10", "2026-11-24"));
    assert!(form.value("marks").lines().any(|mark| mark == "red 2026-11-23"), "{}", form.value("marks"));
    assert!(form.value("told").contains("I looked at your last 2 weeks. You trained once."), "{}", form.value("told"));
    cleo.post(&path(&app, "reviews"), &REVIEW).await.goes_to(&format!("/clinic/patients/{}?done=reviewed", app.cast().ann.id));
    cleo.post(&path(&app, "reviews"), &REVIEW).await.goes_to_any();
    let list = cleo.get(&path(&app, "reviews")).await.is(200);
    assert_eq!(list.all(".entries > li").len(), 1, "twice is once");
    list.says("Step back").says("Red after hills").says("Next review on 1 December 2026");
    cleo.get(&path(&app, "reviews/1")).await.is(200).says("Pain up since the hills");
    let text = cleo.get(&path(&app, "reviews/1/text")).await.is(200);
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    for line in [
        "Review of Ann Archer",
        "Period: 10 November 2026 to 24 November 2026",
        "By: Cleo Carter",
        "Sessions trained: 1",
        "Lights: 1 red",
        "Decision: Step back",
        "Reason: Red after hills",
        "Next review: 1 December 2026",
    ] {
        assert!(text.body().contains(line), "{line}: {}", text.body());
    }
    let page = cleo.get(&format!("/clinic/patients/{}", app.cast().ann.id)).await;
    page.says("Step back").says("Next review on 1 December 2026");
    ann.get("/my/messages").await.says("What your physio saw").says("We go back one step");
}

#[tokio::test]
async fn a_decision_settles_the_light_until_its_day_or_something_new() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    train(&app, &cast.ann, app.clock.today() - TimeDelta::days(1), Some(7), None);
    assert!(cleo.get("/clinic").await.all(".queue > li")[0].contains("Red"));
    // With what the queue said when the form was opened, the proposals of that day among it.
    let review = async || {
        let marks = cleo.get(&path(&app, "reviews/new")).await.form(&path(&app, "reviews"), 0).value("marks").to_owned();
        let fields = REVIEW.map(|(name, value)| (name, if name == "marks" { marks.as_str() } else { value }));
        cleo.post(&path(&app, "reviews"), &fields).await.goes_to_any()
    };
    review().await;
    assert!(cleo.get("/clinic").await.all(".queue > li").is_empty(), "looked at, decided, and out of the queue");
    train(&app, &cast.ann, app.clock.today(), Some(8), None);
    assert!(cleo.get("/clinic").await.all(".queue > li")[0].contains("2 red lights in 7 days"), "a new one is news");
    app.clock.advance(TimeDelta::minutes(20));
    review().await;
    app.clock.advance(TimeDelta::days(7));
    cleo.sign_in("cleo@clinic.example", crate::support::PASSWORD).await;
    let queue = cleo.get("/clinic?physio=me").await.all(".queue > li");
    let row = queue[0].to_lowercase();
    assert!(row.contains("no entry for 7 days") && row.contains("review due") && !row.contains("red light"), "{queue:?}");
}

#[tokio::test]
async fn a_review_that_lacks_something_says_so_and_keeps_the_rest() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let lacking = REVIEW.map(|(name, value)| (name, if ["decision", "reason", "next"].contains(&name) { "" } else { value }));
    let page = cleo.post(&path(&app, "reviews"), &lacking).await.refused();
    assert!(page.has_error_for("decision") && page.has_error_for("reason") && !page.has_error_for("next"));
    assert!(page.body().contains("Pain up since the hills") && page.body().contains("We go back one step"));
    let silent = REVIEW.map(|(name, value)| (name, if name == "told" { "" } else { value }));
    cleo.post(&path(&app, "reviews"), &silent).await.goes_to_any();
    app.ann().await.get("/my/messages").await.says_not("What your physio saw");
}

#[tokio::test]
async fn a_review_of_another_patient_is_not_found_here() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    cleo.post(&path(&app, "reviews"), &REVIEW).await.goes_to_any();
    cleo.post(&path(&app, "notes"), &[("plan", "Go on")]).await.goes_to_any();
    cleo.post(&path(&app, "goals"), &[("words", "Run 5 km")]).await.goes_to_any();
    let of_ben = |rest: &str| format!("/clinic/patients/{}/{rest}", app.cast().ben.id);
    for rest in ["reviews/1", "reviews/1/text", "notes/1"] {
        cleo.get(&path(&app, rest)).await.is(200);
        cleo.get(&of_ben(rest)).await.is(404);
        cleo.get(&path(&app, &rest.replace('1', "99"))).await.is(404);
    }
    cleo.post(&of_ben("notes/1"), &[("plan", "Go on")]).await.is(404);
    cleo.post(&of_ben("notes/1/signatures"), &[]).await.is(404);
    cleo.post(&of_ben("notes/1/addenda"), &[("words", "More")]).await.is(404);
    cleo.post(&of_ben("goals/1/endings"), &[("outcome", "reached")]).await.is(404);
}

#[tokio::test]
async fn a_note_is_a_draft_until_it_is_signed_and_gets_addenda_after() {
    let app = App::start().await;
    let (cleo, dan) = (app.cleo().await, app.dan().await);
    cleo.get(&path(&app, "notes/new")).await.is(200).says("does not change any more");
    cleo.post(&path(&app, "notes"), &[("subjective", " ")]).await.refused().has_error_for("subjective");
    let said = [("subjective", "Better since Monday"), ("plan", "Go on")];
    cleo.post(&path(&app, "notes"), &said).await.goes_to(&path(&app, "notes/1?done=note"));
    cleo.post(&path(&app, "notes"), &said).await.goes_to(&path(&app, "notes/1?done=note"));
    let form = cleo.get(&path(&app, "notes/1")).await.is(200).form(&path(&app, "notes/1"), 0);
    assert_eq!((form.value("subjective"), form.value("revision")), ("Better since Monday", "1"));
    dan.get(&path(&app, "notes/1")).await.is(200).says("Draft of Cleo Carter").says("Better since Monday");
    assert!(!dan.get(&path(&app, "notes/1")).await.has_form(&path(&app, "notes/1")), "another's draft is read only");
    dan.post(&path(&app, "notes/1"), &[("subjective", "Worse"), ("revision", "1")]).await.refused();
    dan.post(&path(&app, "notes/1/signatures"), &[]).await.refused();
    cleo.post(&path(&app, "notes/1/addenda"), &[("words", "Later")]).await.refused();
    cleo.submit(&form.clone().with("subjective", "Much better")).await.goes_to(&path(&app, "notes/1?done=note"));
    let page = cleo.submit(&form.with("subjective", "Worse")).await.refused();
    assert!(page.body().contains("Worse"), "what was typed in the other window is kept");
    page.says("changed in another window").says("Much better");
    cleo.post(&path(&app, "notes/1/signatures"), &[]).await.goes_to(&path(&app, "notes/1?done=signed"));
    cleo.post(&path(&app, "notes/1/signatures"), &[]).await.goes_to(&path(&app, "notes/1?done=signed"));
    cleo.post(&path(&app, "notes/1"), &[("subjective", "Other"), ("revision", "2")]).await.refused().says("as an addendum");
    cleo.post(&path(&app, "notes/1/addenda"), &[("words", " ")]).await.refused().has_error_for("words");
    for _ in 0..2 {
        dan.post(&path(&app, "notes/1/addenda"), &[("words", "She rang: fine")]).await.goes_to(&path(&app, "notes/1?done=addendum"));
    }
    let page = cleo.get(&path(&app, "notes/1")).await;
    page.says("Signed by Cleo Carter").says("Much better").says_not("Worse").says("She rang: fine").says("Dan Dyer");
    assert_eq!(page.all(".notes > li").len(), 1, "twice is once");
    cleo.post(&path(&app, "notes"), &[("plan", "Rest"), ("sign", "yes")]).await.goes_to(&path(&app, "notes/2?done=signed"));
    cleo.get(&path(&app, "notes")).await.says("Signed by Cleo Carter").says("1 addendum");
    cleo.get(&format!("/clinic/patients/{}", app.cast().ann.id)).await.says("2 notes").says_not("not signed");
    let ann = app.ann().await;
    for page in ["/my/progress", "/my/plan", "/my/messages"] {
        ann.get(page).await.says_not("Much better");
    }
}

#[tokio::test]
async fn a_goal_is_followed_until_it_is_reached_or_given_up() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let refused = cleo.post(&path(&app, "goals"), &[("words", " "), ("target", "2020-01-01")]).await.refused();
    assert!(refused.has_error_for("words") && refused.has_error_for("target"));
    for words in ["Run 5 km by the sea", "Run 5 km by the sea", "Climb the tower"] {
        cleo.post(&path(&app, "goals"), &[("words", words), ("target", "2027-03-01")]).await.goes_to(&path(&app, "goals?done=goal"));
    }
    let page = cleo.get(&path(&app, "goals")).await;
    assert_eq!(page.all(".entries > li").len(), 2, "twice is once");
    cleo.get(&format!("/clinic/patients/{}", app.cast().ann.id)).await.says("Run 5 km by the sea").says("by 1 March 2027");
    let end = path(&app, "goals/1/endings");
    cleo.post(&end, &[("outcome", "given-up"), ("reason", "")]).await.refused().has_error_for("reason");
    cleo.post(&end, &[("outcome", "reached"), ("reason", "")]).await.goes_to(&path(&app, "goals?done=goal-ended"));
    cleo.post(&end, &[("outcome", "given-up"), ("reason", "No")]).await.goes_to(&path(&app, "goals?done=goal-ended"));
    cleo.get(&path(&app, "goals")).await.says("Reached: Run 5 km by the sea").says_not("Given up: Run");
}
