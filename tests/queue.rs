//! The queue of a clinic: its order, what was seen, who is snoozed, whose patients are shown, and that what is kept is what is true.

use std::sync::{Arc, LazyLock};

use chrono::{NaiveDate, TimeDelta};
use hip_clinic::db::Lock;
use hip_clinic::diary::{self, CheckIn, Writer};
use hip_clinic::exercises::Library;
use hip_clinic::ids::PatientId;
use hip_clinic::messages::threads::{self, Kind, NewMessage};
use hip_clinic::patients;
use hip_clinic::plans::programmes::Programmes;
use hip_clinic::progress::proposals::Rules;
use hip_clinic::reviews::queue::{Keeper, Morning, Reckoned, kept, reckon, stale};

use crate::progress::train;
use crate::support::{App, Case, Page, Person};

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let library = Arc::new(Library::load().unwrap());
    Rules { programmes: Arc::new(Programmes::load(&library).unwrap()), library }
});

/// The keeper of a clinic that calls patients silent after so many days.
fn keeper_after(app: &App, days: u16) -> Keeper {
    Keeper::new(app.db.clone(), app.clock.clone(), days, || RULES.clone())
}

fn keeper(app: &App) -> Keeper {
    keeper_after(app, 7)
}

fn morning(app: &App) -> Morning {
    Morning::of(&app.clock, 7, RULES.clone())
}

async fn rows(person: &Person, path: &str) -> Vec<String> {
    person.get(path).await.is(200).all(".queue > li")
}

fn days_ago(app: &App, days: i64) -> NaiveDate {
    app.clock.today() - TimeDelta::days(days)
}

fn write(app: &App, case: &Case, words: &str) {
    let (id, now) = (case.id, app.clock.now());
    let first = NewMessage { kind: Kind::Patient, words, by: id.into(), now };
    app.db.write_here(Lock::Patient(id.0), |conn| threads::begin(conn, id, "The stairs", &first)).unwrap();
}

/// Presses the button of a row.
async fn press(person: &Person, page: &Page, action: &str) -> Page {
    person.submit(&page.form(action, 0)).await
}

#[tokio::test]
async fn what_a_patient_enters_is_in_the_queue_at_the_next_look() {
    let app = App::start().await;
    let (cleo, ann, case) = (app.cleo().await, app.ann().await, &app.cast().ann);
    assert!(rows(&cleo, "/clinic").await.is_empty());
    train(&app, case, days_ago(&app, 1), Some(7), None);
    let queue = rows(&cleo, "/clinic").await;
    assert!(queue.len() == 1 && queue[0].contains("Red") && queue[0].contains("7 of 10 during hip bridge"), "{queue:?}");
    let felt = [("plan", &*case.plan.to_string()), ("version", "1"), ("day", "2026-11-23"), ("ordinal", "1"), ("during", "2")];
    ann.post("/my/sessions", &felt).await.goes_to_any();
    assert!(rows(&cleo, "/clinic").await.is_empty(), "corrected, and out of the queue");
    write(&app, case, "May I climb?");
    assert!(rows(&cleo, "/clinic").await[0].contains("A message nobody has read"));
    ann.post("/my/something-wrong", &[("RF8", "yes")]).await.goes_to("/my/today");
    let queue = rows(&cleo, "/clinic").await;
    assert!(queue[0].contains("Reported a red flag") && queue[0].contains("also: a message nobody has read"), "{queue:?}");
}

#[tokio::test]
async fn looking_makes_nothing_old() {
    let app = App::start().await;
    let (cleo, case) = (app.cleo().await, &app.cast().ann);
    keeper(&app).refresh().unwrap();
    for path in ["", "/profile", "/screening", "/assessment", "/messages", "/snoozes"] {
        cleo.get(&format!("/clinic/patients/{}{path}", case.id)).await.is(200);
    }
    for path in ["", "/versions", "/handout", "/publication"] {
        cleo.get(&format!("/clinic/plans/{}{path}", case.plan)).await.is(200);
    }
    cleo.get("/clinic/patients").await.is(200);
    assert_eq!(keeper(&app).refresh().unwrap(), 0, "a look is an entry of the audit trail and no change of a record");
    cleo.post(&format!("/clinic/patients/{}/clearances", case.id), &[("reason", "All clear")]).await.goes_to_any();
    assert_eq!(keeper(&app).refresh().unwrap(), 1);
}

#[tokio::test]
async fn changes_under_other_locks_are_noticed_too() {
    let app = App::start().await;
    let (cleo, case) = (app.cleo().await, &app.cast().ann);
    keeper(&app).refresh().unwrap();
    let profile = cleo.get(&format!("/clinic/patients/{}/profile", case.id)).await.is(200);
    let form = profile.form(&format!("/clinic/patients/{}/profile", case.id), 0).with("morning_pain", "0");
    cleo.submit(&form).await.goes_to_any();
    assert_eq!(keeper(&app).refresh().unwrap(), 1, "the usual morning pain is what lights are held against");
    let new = [("name", "Zoe Zebra"), ("email", "zoe@people.example"), ("sore_side", "left"), ("physio", &*app.cast().cleo.to_string())];
    cleo.post("/clinic/patients", &new).await.goes_to_any();
    assert_eq!(keeper(&app).refresh().unwrap(), 1, "a new patient");
    let queue = rows(&cleo, "/clinic").await;
    assert!(queue[0].contains("New: no plan and no password yet"), "{queue:?}");
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(keeper(&app).refresh().unwrap(), 3, "a new day");
    assert_eq!(keeper(&app).refresh().unwrap(), 0);
    assert_eq!(keeper_after(&app, 5).refresh().unwrap(), 3, "another setting");
}

#[tokio::test]
async fn a_row_seen_today_moves_to_the_end_until_something_new_comes() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    train(&app, &cast.ann, days_ago(&app, 1), Some(7), None);
    write(&app, &cast.ben, "May I climb?");
    let page = cleo.get("/clinic").await.is(200);
    assert!(page.all(".queue > li")[0].contains("Ann Archer"));
    let action = format!("/clinic/patients/{}/sightings", cast.ann.id);
    press(&cleo, &page, &action).await.goes_to("/clinic?done=seen");
    press(&cleo, &page, &action).await.goes_to("/clinic?done=seen");
    let page = cleo.get("/clinic?done=seen").await;
    page.says("1 person needs you; 1 seen today").says("Noted.");
    let queue = page.all(".queue > li");
    assert!(queue[0].contains("Ben Bell") && queue[1].contains("Seen by Cleo Carter, 24 November 2026, 09:30"), "{queue:?}");
    assert!(!page.has_form(&action), "it is said once");
    train(&app, &cast.ann, days_ago(&app, 2), Some(8), None);
    let queue = rows(&cleo, "/clinic").await;
    assert!(queue[0].contains("Ann Archer") && queue[0].contains("2 red lights") && !queue[0].contains("Seen by"), "{queue:?}");
    press(&cleo, &cleo.get("/clinic").await, &action).await.goes_to("/clinic?done=seen");
    app.clock.advance(TimeDelta::days(1));
    cleo.sign_in("cleo@clinic.example", crate::support::PASSWORD).await;
    assert!(rows(&cleo, "/clinic").await[0].contains("Ann Archer"), "yesterday's look does not count today");
}

#[tokio::test]
async fn seen_and_on_to_the_next() {
    let app = App::start().await;
    let (cleo, dan, cast) = (app.cleo().await, app.dan().await, app.cast());
    train(&app, &cast.ann, days_ago(&app, 1), Some(7), None);
    write(&app, &cast.ben, "May I climb?");
    let see = |id: PatientId| format!("/clinic/patients/{id}/sightings");
    let marks = [("back", "next"), ("marks", "red 2026-11-23")];
    dan.post(&see(cast.ann.id), &marks).await.goes_to(&format!("/clinic/patients/{}", cast.ben.id));
    cleo.post(&see(cast.ann.id), &[("back", "next"), ("physio", "me")]).await.goes_to("/clinic?physio=me&done=queue-done");
    cleo.post(&see(cast.ann.id), &[("back", "patient")]).await.goes_to(&format!("/clinic/patients/{}?done=seen", cast.ann.id));
    cleo.get("/clinic?physio=me&done=queue-done").await.says("nobody else waits");
}

#[tokio::test]
async fn a_snooze_ends_by_itself_or_by_a_red_light() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    write(&app, &cast.ann, "May I climb?");
    let path = format!("/clinic/patients/{}/snoozes", cast.ann.id);
    let queue = cleo.get("/clinic?physio=me").await.is(200);
    assert!(queue.links().iter().any(|link| link.starts_with(&path)), "{:?}", queue.links());
    let refused = cleo.post(&path, &[("days", ""), ("until", "2026-11-01"), ("reason", "On holiday")]).await.refused();
    assert!(refused.has_error_for("until") && refused.body().contains("On holiday"));
    cleo.get(&path).await.is(200).says("In the queue now: A message nobody has read");
    let week = [("days", "7"), ("reason", "On holiday"), ("physio", "me"), ("page", "1")];
    cleo.post(&path, &week).await.goes_to("/clinic?physio=me&done=snoozed");
    cleo.post(&path, &week).await.goes_to("/clinic?physio=me&done=snoozed");
    let page = cleo.get("/clinic?physio=me").await;
    page.says("Nobody needs you; 1 snoozed").says("Until Tuesday 1 December");
    assert_eq!(cleo.get(&path).await.says("Out of the queue until 1 December 2026").all(".notes > li").len(), 1, "twice is once");
    train(&app, &cast.ann, days_ago(&app, 1), Some(7), None);
    let page = cleo.get("/clinic?physio=me").await;
    assert!(
        page.all(".queue > li")[0].contains("Red") && !page.links().iter().any(|link| link.starts_with(&path)),
        "a red light never waits"
    );
    cleo.get(&path).await.says("This cannot wait");
    train(&app, &cast.ann, days_ago(&app, 1), Some(2), None);
    let felt = [("plan", &*cast.ann.plan.to_string()), ("version", "1"), ("day", "2026-11-23"), ("ordinal", "1"), ("during", "2")];
    app.ann().await.post("/my/sessions", &felt).await.goes_to_any();
    let page = cleo.get("/clinic?physio=me").await.says("1 snoozed").form(&path, 0);
    cleo.submit(&page).await.goes_to("/clinic?physio=me&done=woken");
    assert!(rows(&cleo, "/clinic?physio=me").await[0].contains("A message nobody has read"));
    cleo.post(&path, &[("days", "3")]).await.goes_to("/clinic?done=snoozed");
    app.clock.advance(TimeDelta::days(3));
    cleo.sign_in("cleo@clinic.example", crate::support::PASSWORD).await;
    assert!(rows(&cleo, "/clinic?physio=me").await[0].contains("A message nobody has read"), "the day has come");
}

#[tokio::test]
async fn the_address_says_whose_patients_are_shown() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    for case in [&cast.ann, &cast.ben] {
        train(&app, case, days_ago(&app, 1), Some(7), None);
    }
    let page = cleo.get("/clinic").await;
    assert_eq!(page.all(".queue > li").len(), 2);
    assert_eq!(page.all("nav.filters [aria-current]"), ["All patients"]);
    let of_dan = format!("/clinic?physio={}", cast.dan);
    assert!(page.links().contains(&of_dan));
    let page = cleo.get(&of_dan).await;
    page.says("1 person needs you");
    assert!(page.all(".queue > li")[0].contains("Ben Bell") && page.all("nav.filters [aria-current]")[0].starts_with("Dan Dyer"));
    assert!(cleo.get("/clinic?physio=me").await.all(".queue > li")[0].contains("Ann Archer"));
    cleo.get(&format!("/clinic?physio={}", cast.olu)).await.says("Olu Ono looks after nobody yet");
    cleo.get("/clinic?physio=nobody&page=many").await.is(200);
    cleo.get("/clinic?page=9").await.is(200).says("The queue is shorter by now");
}

/// Chances that are the same at every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// One thing that may happen to a patient on a day.
fn happen(app: &App, case: &Case, dice: &mut Dice) {
    let (id, now, today) = (case.id, app.clock.now(), app.clock.today());
    let pain = i32::try_from(dice.roll(9)).unwrap();
    match dice.roll(6) {
        0 | 1 => train(app, case, today - TimeDelta::days(i64::try_from(dice.roll(3)).unwrap()), Some(pain), None),
        2 => {
            let check_in = CheckIn { day: today, pain: Some(pain), night_pain: Some(pain > 6), ..CheckIn::nothing() };
            let writer = Writer { patient: id, now };
            app.db.write_here(Lock::Patient(id.0), |conn| diary::record_check_in(conn, writer, &check_in)).unwrap();
        }
        3 => write(app, case, &format!("Question {pain}")),
        4 => app.db.write_here(Lock::Patient(id.0), |conn| patients::baseline(conn, id, pain / 3, id.into(), today, now)).unwrap(),
        _ => {}
    }
}

#[tokio::test]
async fn what_is_kept_is_what_would_be_reckoned_over_any_history() {
    let app = App::start().await;
    let cast = app.cast();
    let whose = [cast.ann.id, cast.ben.id];
    let fresh = |number: Vec<Reckoned>| {
        let mut all = number;
        all.sort_by_key(|one| one.patient);
        all
    };
    let (mut kinds, mut dice) = (std::collections::BTreeSet::new(), Dice(7));
    for step in 0..120 {
        if dice.roll(3) == 0 {
            app.clock.advance(TimeDelta::days(i64::try_from(dice.roll(4)).unwrap()));
        }
        happen(&app, if dice.roll(2) == 0 { &cast.ann } else { &cast.ben }, &mut dice);
        keeper(&app).refresh().unwrap();
        let (kept, reckoned) = app.db.read_here(|conn| Ok((kept(conn)?, reckon(conn, &whose, &morning(&app))?))).unwrap();
        assert_eq!(kept, fresh(reckoned), "step {step}");
        assert!(app.db.read_here(|conn| stale(conn, &morning(&app))).unwrap().is_empty());
        kinds.extend(kept.iter().map(|one| one.rank));
    }
    assert!(kinds.len() >= 5, "the histories differ: {kinds:?}");
}
