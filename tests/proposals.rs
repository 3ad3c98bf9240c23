//! What the rules propose, answered by a physio: taken over, edited first, dismissed; and what stands against it.

use chrono::{NaiveDate, TimeDelta};
use hip_clinic::db::Lock;
use hip_clinic::diary::{self, Actual, CheckIn, LoggedSide, SessionEntry, SetChange, SetEntry, Told, Writer};
use hip_clinic::ids::{PhaseId, PrescriptionId};
use hip_clinic::patients::{self, Findings, Flag};
use hip_clinic::plans::{self, Criterion, Publication, Snapshot, State};

use crate::support::{App, Form, Page, Person};

/// Writes a day of Ann with all rounds of one exercise done, the pain during it, and an easy next morning.
fn train(app: &App, slug: &str, version: i32, day: NaiveDate, during: i32) {
    let ann = &app.cast().ann;
    let writer = Writer { patient: ann.id, now: app.clock.now() };
    let prescription = exercise(app, slug);
    app.db
        .write_here(Lock::Patient(ann.id.0), |conn| {
            let publication = plans::publication(conn, ann.id, ann.plan, version)?.unwrap();
            let slot = publication.snapshot.slot(prescription).unwrap();
            let rounds =
                (1..=i32::from(slot.dose.sets)).flat_map(|number| LoggedSide::of(slot.dose.side).iter().map(move |side| (number, *side)));
            let changes = rounds.map(|(number, side)| SetChange { number, side, done: true, actual: Actual::default() }).collect();
            let plan = ann.plan;
            let sets = SetEntry { plan, version, day, ordinal: 1, prescription, changes, skip: None, note: None, pain: None };
            diary::record_sets(conn, writer, &sets, slot)?;
            let during = Some(Told { value: Some(during) });
            diary::record_feeling(
                conn,
                writer,
                &SessionEntry { plan, version, day, ordinal: 1, during, after: None, effort: None, note: None },
            )?;
            diary::record_check_in(conn, writer, &CheckIn { day: day + TimeDelta::days(1), pain: Some(1), ..CheckIn::nothing() })
        })
        .unwrap();
}

fn exercise(app: &App, slug: &str) -> PrescriptionId {
    app.cast().ann.prescriptions.iter().find(|(_, exercise)| *exercise == slug).unwrap().0
}

/// A clinic in which Ann did one exercise on two green days, and it is the day after the second.
async fn two_greens(slug: &str) -> App {
    let app = App::start().await;
    let first = app.clock.today();
    app.clock.advance(TimeDelta::days(3));
    for day in [first, first + TimeDelta::days(2)] {
        train(&app, slug, 1, day, 1);
    }
    app
}

fn patient(app: &App) -> String {
    format!("/clinic/patients/{}", app.cast().ann.id)
}

fn acceptance(app: &App, page: &Page) -> Form {
    page.form(&format!("{}/proposals/acceptances", patient(app)), 0)
}

fn dismissal(app: &App, page: &Page) -> Form {
    page.form(&format!("{}/proposals/dismissals", patient(app)), 0)
}

fn versions(app: &App) -> Vec<Publication> {
    app.db.read_here(|conn| plans::publications(conn, app.cast().ann.id, 10)).unwrap()
}

async fn proposed(app: &App, cleo: &Person) -> bool {
    cleo.get(&patient(app)).await.is(200).has_form(&format!("{}/proposals/acceptances", patient(app)))
}

#[tokio::test]
async fn one_press_makes_the_next_version_and_tells_the_patient() {
    let app = two_greens("hip-bridge").await;
    let cleo = app.cleo().await;
    let page = cleo.get(&patient(&app)).await.is(200);
    page.says("Progress").says("2 green days with every round done: Tuesday 24 November and Thursday 26 November.");
    page.says("Hip bridge: 12 times, rest 60 seconds; 3 rounds instead of 10 times, rest 60 seconds; 3 rounds.").says("Double progression");
    let form = acceptance(&app, &page);
    let done = cleo.submit(&form).await;
    done.goes_to(&patient(&app));
    cleo.follow(&done).await.says("Done. The patient sees it from now on");
    let known = versions(&app);
    let slot = known[0].snapshot.slot(app.cast().ann.bridge).unwrap();
    assert_eq!((known.len(), known[0].version, slot.dose.amount, slot.dose.sets), (2, 2, 12, 3));
    assert_eq!(known[0].by, "Cleo Carter");
    assert!(known[0].reason.starts_with("2 green days"), "{}", known[0].reason);
    app.ann().await.get("/my/plan").await.says("12 times");
    assert!(app.ann().await.get("/my/messages").await.links().iter().any(|link| link.starts_with("/my/messages/")));
    // The same press again, and a colleague's, change nothing more.
    cleo.submit(&form).await.goes_to(&patient(&app));
    app.dan().await.submit(&form).await.goes_to(&patient(&app));
    assert_eq!(versions(&app).len(), 2);
    assert!(!proposed(&app, &cleo).await, "the new dose has no green days yet");
    let list = cleo.get(&format!("{}/proposals", patient(&app))).await.is(200);
    list.says("The rules propose nothing today.").says("Hip bridge accepted").says("Cleo Carter");
    cleo.get(&patient(&app)).await.says("Cleo Carter took over a proposal");
}

#[tokio::test]
async fn two_physios_at_once_make_one_version() {
    let app = two_greens("hip-bridge").await;
    let (cleo, dan) = (app.cleo().await, app.dan().await);
    let form = acceptance(&app, &cleo.get(&patient(&app)).await);
    let (one, other) = tokio::join!(cleo.submit(&form), dan.submit(&form));
    one.goes_to(&patient(&app));
    other.goes_to(&patient(&app));
    assert_eq!(versions(&app).len(), 2);
}

#[tokio::test]
async fn dismissed_with_a_reason_it_stays_away_until_there_is_new_evidence() {
    let app = two_greens("hip-bridge").await;
    let cleo = app.cleo().await;
    let form = dismissal(&app, &cleo.get(&patient(&app)).await);
    let refused = cleo.submit(&form.clone().with("reason", " ")).await.refused();
    assert!(refused.has_error_for("reason"));
    refused.says("Dismiss: Progress, Hip bridge");
    let form = form.with("reason", "A race on Sunday");
    cleo.submit(&form).await.goes_to(&patient(&app));
    cleo.submit(&form).await.goes_to(&patient(&app));
    assert!(!proposed(&app, &cleo).await);
    app.clock.advance(TimeDelta::days(1));
    let cleo = app.cleo().await;
    assert!(!proposed(&app, &cleo).await, "a day later it is the same evidence");
    cleo.get(&format!("{}/proposals", patient(&app))).await.says("A race on Sunday").says("dismissed");
    train(&app, "hip-bridge", 1, app.clock.today(), 1);
    app.clock.advance(TimeDelta::days(1));
    let cleo = app.cleo().await;
    assert!(proposed(&app, &cleo).await, "another green day is new evidence");
    assert_eq!(versions(&app).len(), 1);
}

#[tokio::test]
async fn edited_first_it_waits_in_the_draft_and_nothing_else_is_published_past_it() {
    let app = two_greens("hip-bridge").await;
    let cleo = app.cleo().await;
    let first = app.clock.today() - TimeDelta::days(3);
    train(&app, "clamshell", 1, first, 1);
    train(&app, "clamshell", 1, first + TimeDelta::days(2), 1);
    let page = cleo.get(&patient(&app)).await.is(200);
    let edits = format!("{}/proposals/edits", patient(&app));
    let edit = page.form(&edits, 0);
    let done = cleo.submit(&edit).await;
    done.goes_to(&format!("/clinic/plans/{}", app.cast().ann.plan));
    cleo.follow(&done).await.says("The proposal is in the draft");
    let draft = app.db.read_here(|conn| plans::draft(conn, app.cast().ann.plan)).unwrap().unwrap();
    assert_eq!((draft.prescription(app.cast().ann.bridge).unwrap().dose.amount, versions(&app).len()), (12, 1));
    cleo.submit(&edit).await.goes_to("/clinic/plans/");
    let accept = page.form(&format!("{}/proposals/acceptances", patient(&app)), 1);
    let refused = cleo.submit(&accept).await.refused();
    refused.says("has changes that nobody has published");
    assert!(refused.links().contains(&format!("/clinic/plans/{}", app.cast().ann.plan)));
    assert_eq!(versions(&app).len(), 1);
}

#[tokio::test]
async fn a_condition_a_red_flag_and_new_pain_stop_what_one_press_would_do() {
    let app = two_greens("clamshell").await;
    let cleo = app.cleo().await;
    let form = {
        let page = cleo.get(&patient(&app)).await.is(200);
        page.says("Clamshell: 14 times");
        acceptance(&app, &page)
    };
    let (ann, by, now) = (app.cast().ann.id, app.cast().cleo, app.clock.now());
    let found = Findings { conditions: vec![Flag::HipReplacement], ..Findings::default() };
    app.db.write_here(Lock::Patient(ann.0), |conn| patients::assessment::add(conn, ann, &found, by, now)).unwrap();
    let refused = cleo.submit(&form).await.refused();
    refused.says("Clamshell: With").says("Edit first, and say why it is given all the same.");
    let draft = app.db.read_here(|conn| plans::draft(conn, app.cast().ann.plan)).unwrap().unwrap();
    assert!(draft.asks_as(&versions(&app)[0].snapshot), "what was refused leaves no trace in the draft");
    app.ann().await.post("/my/something-wrong", &[("RF8", "yes")]).await.goes_to("/my/today");
    cleo.submit(&form).await.refused().says("Record a clearance first.");
    assert!(!proposed(&app, &cleo).await && versions(&app).len() == 1, "a plan that rests is left alone");
}

#[tokio::test]
async fn pain_in_the_night_pauses_the_plan_in_one_press() {
    let app = two_greens("hip-bridge").await;
    let ann = app.cast().ann.id;
    let night = CheckIn { day: app.clock.today(), pain: Some(3), night_pain: Some(true), ..CheckIn::nothing() };
    let writer = Writer { patient: ann, now: app.clock.now() };
    app.db.write_here(Lock::Patient(ann.0), |conn| diary::record_check_in(conn, writer, &night)).unwrap();
    let cleo = app.cleo().await;
    let page = cleo.get(&patient(&app)).await.is(200);
    page.says("Pause the plan").says("pain in the night").says_not("Hip bridge: 12 times");
    let form = acceptance(&app, &page);
    cleo.submit(&form).await.goes_to(&patient(&app));
    cleo.submit(&form).await.goes_to(&patient(&app));
    let status = app.db.read_here(|conn| plans::current(conn, ann)).unwrap().unwrap().status;
    assert_eq!((status.state, versions(&app).len()), (State::Paused, 1));
    assert_eq!(app.db.read_here(|conn| plans::statuses(conn, ann)).unwrap().len(), 2, "twice is once");
}

#[tokio::test]
async fn what_is_gone_meanwhile_changes_nothing_and_says_so() {
    let app = two_greens("hip-bridge").await;
    let cleo = app.cleo().await;
    let form = acceptance(&app, &cleo.get(&patient(&app)).await);
    train(&app, "hip-bridge", 1, app.clock.today(), 7);
    cleo.submit(&form).await.refused().says("This proposal no longer stands");
    cleo.submit(&form.clone().forged("fingerprint", "")).await.refused().says("Choose one of the proposals below");
    let page = cleo.get(&patient(&app)).await;
    page.says("Make it easier").says("7 of 10 during hip bridge");
    cleo.submit(&acceptance(&app, &page)).await.goes_to(&patient(&app));
    let newest = versions(&app).remove(0);
    let first = &newest.snapshot.phases[0].slots[0];
    assert_eq!((newest.version, first.exercise.as_str()), (2, "glute-squeeze-prone"));
    assert_ne!(first.id, app.cast().ann.bridge, "another exercise has a number of its own");
}

/// Publishes Ann's plan with things to reach in its first phase.
fn asks(app: &App, exit: &[Criterion]) {
    let (ann, by, now) = (&app.cast().ann, app.cast().cleo, app.clock.now());
    let library = hip_clinic::exercises::Library::load().unwrap();
    app.db
        .write_here(Lock::Patient(ann.id.0), |conn| {
            let mut draft = plans::draft(conn, ann.plan)?.unwrap();
            draft.phases[0].exit = exit.to_vec();
            let draft = plans::rewrite(conn, &draft, ("asked for more", by, now))?;
            let snapshot = Snapshot::take(&draft, &library)?;
            plans::publish(conn, &draft, &snapshot, "What is to be reached", by, now).map(drop)
        })
        .unwrap();
}

fn phase(app: &App) -> PhaseId {
    app.db.read_here(|conn| plans::current(conn, app.cast().ann.id)).unwrap().unwrap().status.phase
}

#[tokio::test]
async fn the_next_phase_is_proposed_when_a_physio_has_confirmed_what_the_diary_cannot_know() {
    let app = App::start().await;
    let greens: Criterion = serde_json::from_str(r#"{"metric":"greens","value":2}"#).unwrap();
    asks(&app, &[greens, Criterion::statement("Stairs are easy")]);
    let first = app.clock.today();
    app.clock.advance(TimeDelta::days(3));
    train(&app, "hip-bridge", 2, first, 1);
    train(&app, "hip-bridge", 2, first + TimeDelta::days(2), 1);
    let cleo = app.cleo().await;
    let page = cleo.get(&patient(&app)).await.is(200);
    page.says("To move on: 1 of 2 reached").says("Reached: 2 green days in a row").says_not("Next phase");
    let confirm = page.form(&format!("{}/confirmations", patient(&app)), 0);
    cleo.submit(&confirm.clone().forged("criterion", "Something else")).await.refused().says("no longer asks for this");
    cleo.submit(&confirm).await.goes_to(&patient(&app));
    cleo.submit(&confirm).await.goes_to(&patient(&app));
    let page = cleo.get(&patient(&app)).await;
    page.says("To move on: 2 of 2 reached").says("confirmed by Cleo Carter").says("All 2 things that must be reached are reached.");
    page.says("On to the phase “Build”");
    cleo.submit(&acceptance(&app, &page)).await.goes_to(&patient(&app));
    assert_eq!((phase(&app), versions(&app).len()), (app.cast().ann.phases[1], 2));
    app.ann().await.get("/my/plan").await.says("Build");
}
