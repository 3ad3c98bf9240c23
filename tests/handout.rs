//! The plan on paper: everything the patient needs without a screen, of the version they have.

use chrono::TimeDelta;

use crate::support::App;

/// Where Ann's plan is, and its publication.
fn plan(app: &App) -> (String, String) {
    let plan = format!("/clinic/plans/{}", app.cast().ann.plan);
    let publication = format!("{plan}/publication");
    (plan, publication)
}

#[tokio::test]
async fn the_paper_says_what_to_do_and_whom_to_call() {
    let app = App::start().await;
    let ann = app.ann().await;
    assert!(ann.get("/my/plan").await.links().contains(&"/my/plan/handout".to_owned()));
    let paper = ann.get("/my/plan/handout").await.is(200);
    paper.says("Ann Archer").says("Cleo Carter").says("The Test Clinic").says("1, 23 November 2026, from Cleo Carter");
    paper.says("Phase 1 of 2: Phase 1").says("10 times, rest 60 seconds; 3 rounds; 3 times a week").says("Take care:");
    paper.says("Pain 3 or less while you train").says("Pain 4 to 5 while you train").says("Take an extra rest day");
    paper.says("Call 999 or go to an emergency department now").says("Ring the clinic, too: +44 20 7946 0000");
    paper.says("Phase 2: Build").says_not("Single-leg bridge");
    let exercises = paper.all(".paper-ex h3");
    assert_eq!((exercises.len(), exercises[0].as_str()), (3, "1. Hip bridge"));
    assert_eq!(paper.all(".paper-ex img").len() + paper.all("svg.qr").len(), 4, "a drawing each, and the code");
    // Three rounds a day of the bridge; two on each side of the clamshell; the stretch is for the left side alone; pain three times.
    let rows: Vec<String> = paper.all(".paper-week tbody tr").into_iter().map(|row| row.replace('\n', " ")).collect();
    assert_eq!(rows.len(), 1 + 2 + 1 + 3, "{rows:?}");
    assert_eq!(paper.all(".paper-box").len(), 7 * (3 + 2 + 2 + 2));
    let address = app.base.trim_start_matches("http://");
    paper.says(&format!("{address}/my/plan"));
}

#[tokio::test]
async fn staff_print_the_version_they_choose_and_it_is_written_down() {
    let app = App::start().await;
    let (cleo, (plan, publication)) = (app.cleo().await, plan(&app));
    let row = format!("{plan}/prescriptions/{}", app.cast().ann.bridge);
    let form = cleo.get(&plan).await.form(&row, 0).with("sets", "5");
    cleo.submit(&form).await.goes_to(&plan);
    let form = cleo.get(&publication).await.form(&publication, 0).with("reason", "More");
    cleo.submit(&form).await.goes_to("/clinic/patients/");
    let newest = cleo.get(&format!("{plan}/handout")).await.is(200);
    newest.says("Ann Archer").says("Version2, 24 November 2026").says("5 rounds");
    let first = cleo.get(&format!("{plan}/handout?version=1")).await.is(200);
    first.says("3 rounds").says_not("5 rounds");
    cleo.get(&format!("{plan}/handout?phase=2")).await.is(200).says("Phase 2 of 2: Build").says("Single-leg bridge");
    for wrong in ["version=3", "version=0", "phase=3", "phase=99"] {
        cleo.get(&format!("{plan}/handout?{wrong}")).await.is(404);
    }
    let patient = cleo.get(&format!("/clinic/patients/{}", app.cast().ann.id)).await;
    patient.says("Cleo Carter looked at the plan on paper");
    assert!(patient.links().contains(&format!("{plan}/handout")));
}

#[tokio::test]
async fn a_plan_that_was_never_published_has_no_paper() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let draft = cleo.post(&format!("/clinic/patients/{}/plans", app.cast().ann.id), &[]).await.goes_to_any();
    cleo.get(&format!("{draft}/handout")).await.is(404);
    let demo = App::demo();
    let eve = demo.visitor();
    eve.sign_in("eve@example.org", hip_clinic::commands::demo::PASSWORD).await.goes_to("/my/today");
    eve.get("/my/plan/handout").await.goes_to("/my/plan");
}

#[tokio::test]
async fn the_review_is_agreed_when_a_version_is_published() {
    let app = App::start().await;
    let (cleo, ann, (plan, publication)) = (app.cleo().await, app.ann().await, plan(&app));
    ann.get("/my/plan/handout").await.says("not set yet");
    let row = format!("{plan}/prescriptions/{}", app.cast().ann.bridge);
    let form = cleo.get(&plan).await.form(&row, 0).with("sets", "2");
    cleo.submit(&form).await.goes_to(&plan);
    let form = cleo.get(&publication).await.form(&publication, 0).with("reason", "Less");
    for wrong in ["2026-11-23", "2028-01-01", "soon"] {
        let refused = cleo.submit(&form.clone().with("review_on", wrong)).await.refused();
        assert!(refused.has_error_for("review_on"), "{wrong}");
        let again = refused.form(&publication, 0);
        assert_eq!((again.value("review_on"), again.value("reason")), (wrong, "Less"), "what was typed is kept");
    }
    cleo.submit(&form.with("review_on", "2026-12-08")).await.goes_to("/clinic/patients/");
    for path in ["/my/plan", "/my/plan/handout"] {
        ann.get(path).await.is(200).says("Tuesday 8 December 2026");
    }
    ann.get("/my/plan").await.says("no day set");
    // It stands there again for the next version, until it has passed.
    let form = cleo.get(&plan).await.form(&row, 0).with("sets", "4");
    cleo.submit(&form).await.goes_to(&plan);
    assert_eq!(cleo.get(&publication).await.form(&publication, 0).value("review_on"), "2026-12-08");
    app.clock.advance(TimeDelta::days(20));
    cleo.sign_in("cleo@clinic.example", crate::support::PASSWORD).await;
    assert_eq!(cleo.get(&publication).await.form(&publication, 0).value("review_on"), "");
}
