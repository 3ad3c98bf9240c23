//! The queue each morning, and one patient's page.

use chrono::TimeDelta;
use hip_clinic::db::Lock;
use hip_clinic::patients::{self, NewPatient, SoreSide};
use hip_clinic::text::{Email, Name, Note};

use crate::progress::train;
use crate::support::App;

#[tokio::test]
async fn the_queue_is_empty_when_all_is_well() {
    let app = App::start().await;
    let page = app.cleo().await.get("/clinic").await.is(200);
    assert_eq!(page.heading(), "Queue");
    page.says("Tuesday 24 November 2026").says("All is well").says("Nobody needs you this morning");
}

#[tokio::test]
async fn those_who_need_someone_stand_in_order_with_the_reason() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    train(&app, &cast.ben, app.clock.today() - TimeDelta::days(1), Some(7), None);
    app.clock.advance(TimeDelta::days(7));
    app.clock.advance(TimeDelta::days(-1));
    let cleo = {
        cleo.sign_in("cleo@clinic.example", crate::support::PASSWORD).await;
        cleo
    };
    let queue = cleo.get("/clinic").await.is(200).all(".queue > li");
    assert_eq!(queue.len(), 2, "{queue:?}");
    assert!(queue[0].contains("Ben Bell") && queue[0].contains("Red") && queue[0].contains("7 of 10 during hip bridge"), "{queue:?}");
    assert!(queue[1].contains("Ann Archer") && queue[1].contains("No entry for 7 days"), "{queue:?}");
    app.ann().await.post("/my/something-wrong", &[("RF8", "yes")]).await.goes_to("/my/today");
    let queue = cleo.get("/clinic").await.all(".queue > li");
    assert!(queue[0].contains("Ann Archer"), "a red flag comes before a red light: {queue:?}");
    let mine = cleo.get("/clinic?physio=me").await.all(".queue > li");
    assert!(mine.len() == 1 && mine[0].contains("Ann Archer"), "{mine:?}");
}

#[tokio::test]
async fn a_patients_page_shows_the_time_line_set_by_set() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    train(&app, &cast.ann, app.clock.today() - TimeDelta::days(1), Some(5), Some(2));
    let page = cleo.get(&format!("/clinic/patients/{}", cast.ann.id)).await.is(200);
    assert_eq!(page.heading(), "Ann Archer");
    page.says("Amber").says("5 of 10 during hip bridge, back to usual next morning").says("Hip bridge").says("1: as prescribed");
    page.says("Version 1").says("To begin with").says("Plan running").says("2 of 10");
    // Exercises nobody spoke of are named, not counted as skipped.
    page.says("Clamshell");
    assert_eq!(page.all("svg[role=img]").len(), 2, "the time line, and the exercise that was done");
    let year = cleo.get(&format!("/clinic/patients/{}?weeks=52", cast.ann.id)).await.is(200);
    year.says("Amber").says("1 amber").says("each point is a week").says("Version 1");
    let all = cleo.get(&format!("/clinic/patients/{}?weeks=all", cast.ann.id)).await.is(200);
    all.says("Amber").says("Day by day, pain 0 to 10");
    let before = cleo.get(&format!("/clinic/patients/{}?weeks=2&until=2026-03-01", cast.ann.id)).await.is(200);
    before.says("Nothing has been entered in this time").says("Later");
    cleo.get(&format!("/clinic/patients/{}?weeks=many", cast.ann.id)).await.is(200);
    cleo.get(&format!("/clinic/patients/{}?weeks=99999999999", cast.ann.id)).await.is(200);
}

#[tokio::test]
async fn each_look_is_written_down() {
    let app = App::start().await;
    let (cleo, dan, cast) = (app.cleo().await, app.dan().await, app.cast());
    let path = format!("/clinic/patients/{}", cast.ann.id);
    dan.get(&path).await.is(200);
    cleo.get(&path).await.says("Dan Dyer looked at the patient page");
    dan.get(&format!("/clinic/plans/{}", cast.ann.plan)).await.is(200);
    dan.get(&format!("{path}/screening")).await.is(200);
    cleo.get(&path).await.says("Dan Dyer looked at the plan").says("Dan Dyer looked at the screening");
    cleo.get(&format!("/clinic/patients/{}", cast.ben.id)).await.says_not("Dan Dyer looked");
}

#[tokio::test]
async fn the_queue_costs_the_same_for_two_patients_as_for_sixty() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    let now = app.clock.now();
    cleo.get("/clinic").await.is(200);
    let cost = async |path: &str| {
        let before = app.db.queries();
        cleo.get(path).await.is(200);
        app.db.queries() - before
    };
    let paths = ["/clinic", "/clinic?physio=me", "/clinic/patients"];
    let mut few = Vec::new();
    for path in paths {
        few.push(cost(path).await);
    }
    app.db
        .write_here(Lock::People, |conn| {
            for number in 0..58 {
                let new = NewPatient {
                    name: Name::parse(&format!("Patient {number}"), "a name").unwrap(),
                    email: Email::parse(&format!("patient{number}@people.example")).unwrap(),
                    sore_side: SoreSide::Both,
                    goal: Note::parse("").unwrap(),
                    morning_pain: Some(1),
                    physio: cast.cleo,
                };
                patients::add(conn, &new, cast.cleo, now.date(), now)?;
            }
            Ok(())
        })
        .unwrap();
    let first = cost("/clinic").await;
    for (path, few) in paths.into_iter().zip(few) {
        // The snoozed stand on the last page alone.
        assert!((few - 1..=few).contains(&cost(path).await), "{path}");
        assert!((2..=10).contains(&few), "{path} asks {few} times");
    }
    assert!(first <= 100, "reckoned for 58 new patients at once, not one by one: {first}");
    assert_eq!(cleo.get("/clinic").await.all(".queue > li").len(), 50);
    assert_eq!(cleo.get("/clinic?page=2").await.says("51 to 58 of 58").all(".queue > li").len(), 8);
}
