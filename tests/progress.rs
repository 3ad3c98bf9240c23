//! Lights, charts and weeks as the patient sees them, and what a page costs.

use chrono::{NaiveDate, TimeDelta};
use hip_clinic::db::Lock;
use hip_clinic::diary::{self, Actual, CheckIn, LoggedSide, SessionEntry, SetChange, SetEntry, Told, Writer};
use hip_clinic::plans;

use crate::support::{App, Case};

/// Writes a session of a day with two rounds, the pain during it, and the next morning's pain.
pub fn train(app: &App, case: &Case, day: NaiveDate, during: Option<i32>, morning: Option<i32>) {
    let writer = Writer { patient: case.id, now: app.clock.now() };
    let (plan, prescription) = (case.plan, case.bridge);
    app.db
        .write_here(Lock::Patient(case.id.0), |conn| {
            let publication = plans::publication(conn, case.id, plan, 1)?.unwrap();
            let round = |number| SetChange { number, side: LoggedSide::Both, done: true, actual: Actual::default() };
            let sets =
                SetEntry { plan, version: 1, day, ordinal: 1, prescription, changes: vec![round(1), round(2)], skip: None, note: None };
            diary::record_sets(conn, writer, &sets, publication.snapshot.slot(prescription).unwrap())?;
            let during = during.map(|pain| Told { value: Some(pain) });
            let felt = SessionEntry { plan, version: 1, day, ordinal: 1, during, after: None, effort: None, note: None };
            diary::record_feeling(conn, writer, &felt)?;
            if let Some(pain) = morning {
                let day = day + TimeDelta::days(1);
                let none = (None, None, None, None);
                let (stiffness, settled, limp, night_pain) = none;
                diary::record_check_in(
                    conn,
                    writer,
                    &CheckIn { day, pain: Some(pain), stiffness, settled, limp, night_pain, note: String::new() },
                )?;
            }
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn the_chart_has_a_table_that_says_the_same() {
    let app = App::start().await;
    let (ann, today) = (app.ann().await, app.clock.today());
    train(&app, &app.cast().ann, today - TimeDelta::days(4), Some(5), Some(2));
    train(&app, &app.cast().ann, today - TimeDelta::days(2), None, None);
    let page = ann.get("/my/progress").await.is(200);
    assert_eq!(page.all("svg[role=img]").len(), 1);
    page.says("You have logged 2 sessions");
    let rows = page.all("figure table tbody tr");
    let answered = rows.iter().find(|row| row.contains("20 November")).unwrap();
    assert!(answered.contains('5') && answered.contains("Amber"), "{answered}");
    let open = rows.iter().find(|row| row.contains("22 November")).unwrap();
    assert!(open.contains("Not known") && !open.contains('0'), "what is missing is not nought: {open}");
}

#[tokio::test]
async fn the_light_of_yesterday_is_todays_advice() {
    let app = App::start().await;
    let (ann, today) = (app.ann().await, app.clock.today());
    train(&app, &app.cast().ann, today - TimeDelta::days(1), Some(6), None);
    let page = ann.get("/my/today").await.is(200);
    page.says("Take an extra rest day").says("6 of 10 during hip bridge").says("Hip bridge");
    app.cleo().await.get("/clinic").await.says("Ann Archer").says("6 of 10 during hip bridge");
}

/// How many statements a page asks of the database.
async fn queries(app: &App, ask: impl AsyncFn()) -> usize {
    ask().await;
    let before = app.db.queries();
    ask().await;
    app.db.queries() - before
}

#[tokio::test]
async fn a_page_costs_the_same_after_eight_weeks_as_after_a_day() {
    let app = App::start().await;
    let (ann, cleo, today) = (app.ann().await, app.cleo().await, app.clock.today());
    let patient = format!("/clinic/patients/{}", app.cast().ann.id);
    train(&app, &app.cast().ann, today - TimeDelta::days(1), Some(3), Some(2));
    let cost = async || {
        let today = queries(&app, async || drop(ann.get("/my/today").await.is(200))).await;
        let plan = queries(&app, async || drop(ann.get("/my/plan").await.is(200))).await;
        let progress = queries(&app, async || drop(ann.get("/my/progress").await.is(200))).await;
        let patient = queries(&app, async || drop(cleo.get(&patient).await.is(200))).await;
        [today, plan, progress, patient]
    };
    let first = cost().await;
    for back in 2..56 {
        train(&app, &app.cast().ann, today - TimeDelta::days(back), Some(3), Some(2));
    }
    assert_eq!(cost().await, first);
    assert!(first[0] <= 8, "/my/today asks {} times", first[0]);
    assert!(first.iter().all(|count| *count > 1), "they are counted: {first:?}");
}

#[tokio::test]
async fn writing_a_set_costs_the_same_however_long_the_diary_is() {
    let app = App::start().await;
    let (ann, today, case) = (app.ann().await, app.clock.today(), &app.cast().ann);
    let (plan, prescription, day) = (case.plan.to_string(), case.bridge.to_string(), today.to_string());
    let mut costs = Vec::new();
    for (round, history) in [("both-1", 0..0), ("both-2", 1..50)] {
        history.for_each(|back| train(&app, case, today - TimeDelta::days(back), Some(3), Some(2)));
        let fields =
            [("plan", &*plan), ("version", "1"), ("day", &day), ("ordinal", "1"), ("prescription", &prescription), ("done", round)];
        ann.post("/my/sets", &fields).await.goes_to("/my/today");
        let before = app.db.queries();
        ann.post("/my/sets", &fields).await.goes_to("/my/today");
        costs.push(app.db.queries() - before);
    }
    assert_eq!(costs[0], costs[1]);
    assert!((1..=8).contains(&costs[0]), "{costs:?}");
}
