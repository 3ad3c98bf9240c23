//! Entries from a phone that was without network: each is saved once, an ended sign-in loses nothing, and what differs is asked.

use chrono::TimeDelta;
use hip_clinic::db::Lock;
use hip_clinic::diary;
use hip_clinic::ids::{PatientId, PersonId, PrescriptionId};
use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderName};
use serde_json::{Value, json};

use crate::support::{App, Form, Page, Person};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const OF: HeaderName = HeaderName::from_static("diary-of");

fn key(number: u32) -> String {
    format!("0f8fad5b-d9cb-469f-a165-{number:012}")
}

/// Sends what a phone kept of a form, under a key.
async fn deliver(person: &Person, patient: PatientId, form: &Form, key: &str) -> Page {
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form.fields()).finish();
    let of = PersonId::from(patient).to_string();
    let headers = [(ACCEPT, "application/json"), (CONTENT_TYPE, "application/x-www-form-urlencoded"), (KEY, key), (OF, of.as_str())];
    person.bring(Method::POST, form.action(), &headers, body.into_bytes()).await
}

fn said(page: &Page) -> Value {
    assert_eq!(page.header("content-type"), "application/json", "{}", page.body());
    serde_json::from_str(page.body()).unwrap()
}

async fn sets(ann: &Person, prescription: PrescriptionId) -> Form {
    ann.get("/my/today").await.is(200).form_with("/my/sets", "prescription", &prescription.to_string())
}

fn diary_of(app: &App) -> Vec<diary::Session> {
    let today = app.clock.today();
    app.db.read_here(|conn| diary::sessions(conn, app.cast().ann.id, today - TimeDelta::days(60), today)).unwrap()
}

fn corrections(app: &App) -> usize {
    let from = app.clock.today() - TimeDelta::days(60);
    app.db.read_here(|conn| diary::corrections(conn, app.cast().ann.id, from)).unwrap().len()
}

#[tokio::test]
async fn an_entry_is_saved_once_however_often_it_arrives() {
    let app = App::start().await;
    let (ann, id, bridge) = (app.ann().await, app.cast().ann.id, app.cast().ann.bridge);
    let form = sets(&ann, bridge).await.with("done", "both-1");
    let place = format!("/my/today?done=sets#rx{bridge}");
    for _ in 0..3 {
        let answer = deliver(&ann, id, &form, &key(1)).await.is(200);
        assert_eq!(said(&answer), json!({ "key": key(1), "saved": true, "place": place }));
    }
    assert_eq!(diary_of(&app)[0].sets.len(), 1);
    // It was taken back meanwhile: the same key does not bring it back.
    let page = sets(&ann, bridge).await.without("done", "both-1");
    ann.submit(&page).await.goes_to("/my/today");
    deliver(&ann, id, &form, &key(1)).await.is(200);
    assert!(!diary_of(&app)[0].sets[0].done);
    // Also when the day cannot be entered any more: it is in the diary already.
    app.clock.advance(TimeDelta::days(9));
    deliver(&ann, id, &form, &key(1)).await.is(200);
    let late = said(&deliver(&ann, id, &form, &key(2)).await.is(422));
    assert_eq!((late["problem"].as_str(), late["fields"][0]["field"].as_str()), (Some("invalid"), Some("day")));
}

#[tokio::test]
async fn receipts_are_kept_for_thirty_days() {
    let app = App::start().await;
    let (ann, id, bridge) = (app.ann().await, app.cast().ann.id, app.cast().ann.bridge);
    let form = sets(&ann, bridge).await.with("done", "both-1");
    deliver(&ann, id, &form, &key(1)).await.is(200);
    let forget = |app: &App| {
        let now = app.clock.now();
        app.db.write_here(Lock::Clinic, |conn| diary::forget_receipts(conn, now)).unwrap();
    };
    app.clock.advance(TimeDelta::days(29));
    forget(&app);
    deliver(&ann, id, &form, &key(1)).await.is(200);
    app.clock.advance(TimeDelta::days(1));
    forget(&app);
    let ann = app.ann().await;
    deliver(&ann, id, &form, &key(1)).await.is(422);
}

#[tokio::test]
async fn an_ended_sign_in_and_another_person_leave_the_entry_with_the_phone() {
    let app = App::start().await;
    let (ann, id, bridge) = (app.ann().await, app.cast().ann.id, app.cast().ann.bridge);
    let form = sets(&ann, bridge).await.with("done", "both-1");
    let answer = deliver(&app.visitor(), id, &form, &key(1)).await.is(401);
    assert_eq!(said(&answer)["problem"], "sign-in");
    let ben = app.ben().await;
    assert_eq!(said(&deliver(&ben, id, &form, &key(1)).await.is(401))["problem"], "sign-in");
    let morning = Form::clone(&form);
    assert!(diary_of(&app).is_empty());
    deliver(&ann, id, &morning, &key(1)).await.is(200);
    assert_eq!(diary_of(&app).len(), 1);
}

#[tokio::test]
async fn everything_that_can_go_wrong_is_said_in_json() {
    let app = App::start().await;
    let (ann, id, bridge) = (app.ann().await, app.cast().ann.id, app.cast().ann.bridge);
    let form = sets(&ann, bridge).await;
    deliver(&ann, id, &form, "not-a-key").await.is(400);
    let foreign = form.clone().forged("plan", "999999").with("done", "both-1");
    assert_eq!(said(&deliver(&ann, id, &foreign, &key(1)).await.is(404))["problem"], "not-found");
    let wrong = form.clone().with("amount-both-2", "eight");
    let answer = said(&deliver(&ann, id, &wrong, &key(1)).await.is(422));
    assert_eq!(answer["fields"][0]["field"], "amount-both-2");
    assert!(answer["fields"][0]["words"].as_str().unwrap().contains("whole number"));
    let cleo = app.cleo().await;
    let hers = PatientId(app.cast().cleo.0);
    assert_eq!(said(&deliver(&cleo, hers, &form, &key(1)).await.is(403))["problem"], "forbidden");
    // Nothing of this has used up the key.
    deliver(&ann, id, &form.with("done", "both-1"), &key(1)).await.is(200);
    assert_eq!(diary_of(&app)[0].sets.len(), 1);
}

#[tokio::test]
async fn what_the_diary_says_by_now_is_asked_before_it_is_changed() {
    let app = App::start().await;
    let (ann, id, bridge) = (app.ann().await, app.cast().ann.id, app.cast().ann.bridge);
    let stale = sets(&ann, bridge).await;
    ann.submit(&stale.clone().with("done", "both-1").with("done", "both-2").with("amount-both-2", "8")).await.goes_to("/my/today");

    // The same, or about another round: no conflict.
    deliver(&ann, id, &stale.clone().with("done", "both-1"), &key(1)).await.is(200);
    deliver(&ann, id, &stale.clone().with("done", "both-3"), &key(2)).await.is(200);
    assert_eq!((diary_of(&app)[0].sets.len(), corrections(&app)), (3, 0));

    let other = stale.with("done", "both-2").with("amount-both-2", "10");
    let answer = said(&deliver(&ann, id, &other, &key(3)).await.is(409));
    let conflict = &answer["conflicts"][0];
    assert_eq!((answer["problem"].as_str(), conflict["about"].as_str()), (Some("conflict"), Some("Hip bridge: round 2")));
    assert_eq!((conflict["yours"].as_str(), conflict["diary"].as_str()), (Some("done, 10 times"), Some("done, 8 times")));
    assert_eq!(corrections(&app), 0, "nothing is changed before it is decided");

    // Decided for the phone: the same entry, which has now seen what the diary says.
    let decided = other.forged("shown", "both-2").forged("shown-amount-both-2", "8");
    deliver(&ann, id, &decided, &key(3)).await.is(200);
    assert_eq!(diary_of(&app)[0].sets[1].actual.amount, Some(10));
    assert_eq!(corrections(&app), 1, "with its history");
}

#[tokio::test]
async fn feelings_and_mornings_are_asked_answer_by_answer() {
    let app = App::start().await;
    let (ann, id, bridge) = (app.ann().await, app.cast().ann.id, app.cast().ann.bridge);
    let felt = ann.get("/my/today").await.form("/my/sessions", 0);
    ann.submit(&felt.clone().with("during", "3")).await.goes_to("/my/today");
    let answer = said(&deliver(&ann, id, &felt.clone().with("during", "5").with("after", "2"), &key(1)).await.is(409));
    assert_eq!(answer["conflicts"].as_array().unwrap().len(), 1);
    deliver(&ann, id, &felt.with("after", "2"), &key(2)).await.is(200);
    let known = diary_of(&app)[0].feeling;
    assert_eq!((known.during, known.after), (Some(3), Some(2)), "what was not said stays");

    let form = sets(&ann, bridge).await.with("done", "both-1");
    ann.submit(&form).await.goes_to("/my/today");
    app.clock.advance(TimeDelta::days(1));
    let morning = ann.get("/my/today").await.form("/my/check-ins/2026-11-25", 0);
    ann.submit(&morning.clone().with("pain", "2").with("limp", "no")).await.goes_to("/my/today");
    deliver(&ann, id, &morning.clone().with("stiffness", "some"), &key(3)).await.is(200);
    let answer = said(&deliver(&ann, id, &morning.with("limp", "yes"), &key(4)).await.is(409));
    assert_eq!(answer["conflicts"][0]["diary"], "no");
    let day = app.clock.today();
    let known = app.db.read_here(|conn| diary::check_ins(conn, id, day, day)).unwrap().remove(0);
    assert_eq!((known.pain, known.stiffness, known.limp), (Some(2), Some(diary::Stiffness::Some), Some(false)));
}
