//! The demo's invented clinic: its history ends today, today and next week.

use chrono::TimeDelta;
use hip_clinic::commands::demo;
use hip_clinic::{diary, patients};

use crate::support::{App, CHEAP, Person};

/// What Cleo reads in the queue, row by row, without the dates written out.
async fn queue(app: &App) -> Vec<String> {
    let cleo: Person = app.visitor();
    cleo.sign_in("cleo@example.org", demo::PASSWORD).await;
    let rows = cleo.get("/clinic").await.is(200).all(".queue > li");
    rows.into_iter().map(|row| row.split("the last one was on").next().unwrap().split("last entry on").next().unwrap().to_owned()).collect()
}

fn entries(app: &App) -> Vec<(i64, TimeDelta)> {
    let last = app.db.read_here(|conn| {
        let everyone: Vec<_> = patients::all(conn, None, "")?.into_iter().map(|patient| patient.id).collect();
        diary::last_entries(conn, &everyone)
    });
    let last = last.unwrap();
    let mut ago: Vec<_> = last.into_iter().map(|(patient, day)| (patient.0, app.clock.today() - day)).collect();
    ago.sort_unstable();
    ago
}

#[tokio::test]
async fn a_demo_started_again_days_later_looks_as_fresh_as_on_its_first_day() {
    let app = tokio::task::spawn_blocking(App::demo).await.unwrap();
    let (first_queue, first_entries) = (queue(&app).await, entries(&app));
    assert!(first_queue.len() > 5 && first_entries.len() > 8, "{first_queue:?}");
    for days in [1, 3, 40] {
        app.clock.advance(TimeDelta::days(days));
        assert_ne!(entries(&app), first_entries, "left alone it ages");
        demo::prepare(&app.db, &app.clock, false, CHEAP).unwrap();
        assert_eq!(entries(&app), first_entries, "after {days} more days");
        demo::prepare(&app.db, &app.clock, false, CHEAP).unwrap();
        assert_eq!(entries(&app), first_entries, "a second start of the same day moves nothing");
    }
    assert_eq!(queue(&app).await, first_queue);
}

#[tokio::test]
async fn a_fresh_demo_forgets_what_was_done_in_it() {
    let app = tokio::task::spawn_blocking(App::demo).await.unwrap();
    let cleo = app.visitor();
    cleo.sign_in("cleo@example.org", demo::PASSWORD).await;
    let page = cleo.get("/clinic/patients/new").await.is(200);
    let form = page.form("/clinic/patients", 0).with("name", "Zed Fictive").with("email", "zed@example.org").with("sore_side", "left");
    cleo.submit(&form).await.goes_to_any();
    cleo.get("/clinic/patients").await.says("Zed Fictive");
    demo::prepare(&app.db, &app.clock, true, CHEAP).unwrap();
    let cleo = app.visitor();
    cleo.sign_in("cleo@example.org", demo::PASSWORD).await;
    cleo.get("/clinic/patients").await.is(200).says("Ann Example").says_not("Zed Fictive");
}
