//! Lights, charts and weeks as the patient sees them, and what a page costs.

use chrono::{NaiveDate, TimeDelta};
use hip_clinic::db::Lock;
use hip_clinic::diary::{self, Actual, CheckIn, LoggedSide, SessionEntry, SetChange, SetEntry, Told, Writer};
use hip_clinic::plans;

use crate::diary::sets_of;
use crate::support::{App, Case};

/// Writes a session of a day with two rounds, the pain during it, and the next morning's pain.
pub fn train(app: &App, case: &Case, day: NaiveDate, during: Option<i32>, morning: Option<i32>) {
    let writer = Writer { patient: case.id, now: app.clock.now() };
    let (plan, prescription) = (case.plan, case.bridge);
    app.db
        .write_here(Lock::Patient(case.id.0), |conn| {
            let publication = plans::publication(conn, case.id, plan, 1)?.unwrap();
            let round = |number| SetChange { number, side: LoggedSide::Both, done: true, actual: Actual::default() };
            let sets = SetEntry {
                plan,
                version: 1,
                day,
                ordinal: 1,
                prescription,
                changes: vec![round(1), round(2)],
                skip: None,
                note: None,
                pain: None,
            };
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
    assert!(first[0] <= 9, "/my/today asks {} times", first[0]);
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

#[tokio::test]
async fn how_much_one_exercise_hurt_is_kept_corrected_and_named_by_the_light() {
    let app = App::start().await;
    let (ann, cleo, case) = (app.ann().await, app.cleo().await, &app.cast().ann);
    let clamshell = case.prescriptions[1].0;
    let page = ann.get("/my/today").await;
    let form = sets_of(&page, clamshell).with("done", "left-1").with("pain", "4");
    let page = ann.send(&form).await.is(200);
    assert_eq!(sets_of(&page, clamshell).value("pain"), "4");
    assert_eq!(sets_of(&page, case.bridge).value("pain"), "", "nothing is said of the others");
    cleo.get(&format!("/clinic/patients/{}", case.id)).await.says("4 of 10 during clamshell, next morning not answered");
    let again = sets_of(&page, clamshell).with("pain", "2");
    let page = ann.send(&again).await.is(200);
    page.says("Pain: you first wrote 4 of 10; changed on 24 November 2026, 09:30 to 2 of 10");
    let refused = ann.submit(&sets_of(&page, clamshell).with("note", "ouch").forged("pain", "11")).await.refused();
    assert!(refused.has_error_for("pain"));
    assert_eq!(sets_of(&refused, clamshell).value("note"), "ouch", "what was typed is kept");
    cleo.get(&format!("/clinic/patients/{}", case.id)).await.says("pain 2 of 10");
}

#[tokio::test]
async fn the_cut_offs_of_the_lights_are_set_for_one_plan_and_stand_in_its_version() {
    let app = App::start().await;
    let (ann, cleo, case) = (app.ann().await, app.cleo().await, &app.cast().ann);
    train(&app, case, app.clock.today() - TimeDelta::days(1), Some(3), Some(2));
    let path = format!("/clinic/plans/{}/publication", case.plan);
    let form = cleo.get(&path).await.is(200).says("green up to 3, amber up to 5").form(&path, 0);
    assert_eq!(["green_to", "amber_to", "red_above"].map(|name| form.value(name).to_owned()), ["3", "5", "2"]);
    let form = form.with("reason", "Your hip is easily stirred up").with("green_to", "2");
    for (name, wrong) in [("green_to", "nine"), ("amber_to", "2"), ("red_above", "0")] {
        let refused = cleo.submit(&form.clone().with(name, wrong)).await.refused();
        assert!(refused.has_error_for(name), "{name}");
        assert_eq!(refused.form(&path, 0).value("reason"), "Your hip is easily stirred up");
    }
    cleo.submit(&form).await.goes_to("/clinic/patients/");
    ann.get("/my/plan").await.says("green up to 2, amber up to 5");
    ann.get("/my/plan/handout").await.says("Pain 2 or less while you train");
    ann.get("/my/progress").await.says("3 to 5, settled within a day");
    // The day before was read by the version of that day; a day after it is read by the new one.
    train(&app, case, app.clock.today(), Some(3), None);
    let page = cleo.get(&format!("/clinic/patients/{}", case.id)).await;
    page.says("Green: 3 of 10 during hip bridge").says("Amber: 3 of 10 during hip bridge");
}
