//! Building a plan, publishing it, and what the patient reads.

use chrono::TimeDelta;

use crate::support::{App, Page, Person};

/// The desk in front of one plan.
struct Desk<'a> {
    app: &'a App,
    cleo: Person,
    plan: String,
}

impl<'a> Desk<'a> {
    async fn of_ann(app: &'a App) -> Self {
        Self { app, cleo: app.cleo().await, plan: format!("/clinic/plans/{}", app.cast().ann.plan) }
    }

    async fn builder(&self) -> Page {
        self.cleo.get(&self.plan).await.is(200)
    }

    fn row(&self, exercise: &str) -> String {
        let id = self.app.cast().ann.prescriptions.iter().find(|(_, slug)| *slug == exercise).unwrap().0;
        format!("{}/prescriptions/{id}", self.plan)
    }

    /// Changes how many rounds of the hip bridge the draft asks for.
    async fn rounds(&self, sets: &str) -> Page {
        let row = self.row("hip-bridge");
        let form = self.builder().await.form(&row, 0).with("sets", sets);
        self.cleo.submit(&form).await
    }

    async fn publish(&self, reason: &str) -> Page {
        let path = format!("{}/publication", self.plan);
        let form = self.cleo.get(&path).await.is(200).form(&path, 0).with("reason", reason);
        self.cleo.submit(&form).await
    }

    /// The exercises of the draft, in order.
    async fn order(&self) -> Vec<String> {
        self.builder().await.all(".phase .rx-name").into_iter().map(|name| name.trim_end_matches(" New").to_owned()).collect()
    }
}

#[tokio::test]
async fn a_plan_is_begun_once() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let path = format!("/clinic/patients/{}/plans", app.cast().ann.id);
    let first = cleo.post(&path, &[]).await.goes_to_any();
    assert_ne!(first, format!("/clinic/plans/{}", app.cast().ann.plan), "a new one beside the running one");
    assert_eq!(cleo.post(&path, &[]).await.goes_to_any(), first);
    cleo.get(&first).await.is(200).says("Draft of version 1");
    app.ann().await.get("/my/plan").await.says("Version 1, from Cleo Carter");
}

#[tokio::test]
async fn the_builder_finds_exercises_and_adds_each_once() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let search = desk.builder().await.form(&desk.plan, 0).with("q", "dead bug");
    let found = desk.cleo.send(&search).await.is(200);
    let add = format!("{}/prescriptions", desk.plan);
    let form = found.form(&add, 0).with("exercise", "dead-bug");
    let added = desk.cleo.send(&form).await.is(200);
    added.says("The exercise is in the draft.");
    assert_eq!(added.form(&desk.plan, 0).value("q"), "dead bug", "the search stays");
    desk.cleo.submit(&form).await.goes_to(&desk.plan);
    assert_eq!(desk.order().await.iter().filter(|name| *name == "Dead bug").count(), 1);
    let unknown = desk.cleo.submit(&form.clone().forged("exercise", "no-such-thing")).await.refused();
    unknown.says("The library has no such exercise");
    // A phase of another plan is not there.
    let foreign = app.cast().ben.phases[0].to_string();
    desk.cleo.submit(&form.forged("phase", &foreign)).await.is(404);
    // The patient sees nothing of a draft.
    app.ann().await.get("/my/today").await.says_not("Dead bug");
}

#[tokio::test]
async fn a_dose_is_saved_and_shown_as_a_sentence() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let row = desk.row("clamshell");
    let form = desk.builder().await.form(&row, 0);
    assert_eq!((form.value("sets"), form.value("amount"), form.value("side"), form.value("per")), ("2", "12", "each", "week"));
    let form = form.with("sets", "4").with("amount", "8").with("load", " light  band ").with("note", "Slowly").with("rest", "");
    let saved = desk.cleo.send(&form).await.is(200);
    saved.says("Saved.").says("8 times; 4 rounds on each side");
    let again = saved.form(&row, 0);
    let values = ["sets", "amount", "load", "note", "rest"].map(|field| again.value(field).to_owned());
    assert_eq!(values, ["4", "8", "light band", "Slowly", ""]);
    // Twice is once.
    desk.cleo.submit(&form).await.goes_to(&desk.plan);
    assert_eq!(desk.order().await.iter().filter(|name| *name == "Clamshell").count(), 1);
}

#[tokio::test]
async fn a_refused_dose_keeps_the_rest_and_says_why_beside_the_field() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let row = desk.row("hip-bridge");
    let form = desk.builder().await.form(&row, 0).with("sets", "three").with("rest", "901").with("load", "4 kg").with("note", "Breathe");
    let page = desk.cleo.submit(&form).await.refused();
    assert!(page.has_error_for("sets"));
    let again = page.form(&row, 0);
    for (name, value) in form.fields() {
        assert_eq!(again.value(name), value, "{name} is kept");
    }
    let form = desk.builder().await.form(&row, 0).with("sets", "21").with("times", "0").with("rest", "901");
    let page = desk.cleo.submit(&form).await.refused();
    assert!(page.has_error_for("sets") && page.has_error_for("times") && page.has_error_for("rest"));
    // The others show what is saved.
    let clamshell = page.form(&desk.row("clamshell"), 0);
    assert_eq!(clamshell.value("sets"), "2");
    desk.builder().await.says("10 times, rest 60 seconds; 3 rounds");
}

#[tokio::test]
async fn exercises_move_one_place_and_stop_at_the_ends() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let position = format!("{}/position", desk.row("clamshell"));
    let first = desk.order().await;
    assert_eq!(first[..2], ["Hip bridge", "Clamshell"]);
    let up = desk.builder().await.form(&position, 0).with("direction", "up");
    desk.cleo.submit(&up).await.goes_to(&desk.plan);
    let second = desk.order().await;
    assert_eq!(second[..2], ["Clamshell", "Hip bridge"]);
    desk.cleo.submit(&up.clone().forged("direction", "up")).await.goes_to(&desk.plan);
    assert_eq!(desk.order().await, second, "the first stays first");
    desk.cleo.submit(&up.forged("direction", "sideways")).await.is(422).says("Choose up or down");
}

#[tokio::test]
async fn an_exercise_is_removed_and_twice_is_once() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let removal = format!("{}/removal", desk.row("clamshell"));
    let form = desk.builder().await.form(&removal, 0);
    desk.cleo.send(&form).await.is(200).says("Removed from the draft.");
    desk.cleo.submit(&form).await.goes_to(&desk.plan);
    assert!(!desk.order().await.contains(&"Clamshell".to_owned()));
    app.ann().await.get("/my/today").await.says("Clamshell");
    // A prescription of another plan is not there.
    let foreign = app.cast().ben.bridge;
    desk.cleo.post(&format!("{}/prescriptions/{foreign}/position", desk.plan), &[("direction", "up")]).await.is(404);
    desk.cleo.post(&format!("{}/prescriptions/{foreign}/removal", desk.plan), &[]).await;
    app.dan().await.get(&format!("/clinic/plans/{}", app.cast().ben.plan)).await.says("Hip bridge");
}

#[tokio::test]
async fn phases_are_added_named_and_removed_but_never_the_last() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let phases = format!("{}/phases", desk.plan);
    let form = desk.builder().await.form(&phases, 0);
    let refused = desk.cleo.submit(&form.clone().with("purpose", "To run again")).await.refused();
    assert!(refused.has_error_for("name"));
    assert_eq!(refused.form(&phases, 0).value("purpose"), "To run again");
    let added = desk.cleo.send(&form.with("name", "Return").with("purpose", "To run again")).await.is(200);
    added.says("Return");
    let words = format!("{phases}/{}", app.cast().ann.phases[1]);
    let form = added.form(&words, 0);
    let refused = desk.cleo.submit(&form.clone().with("name", "").with("exit_criteria", "Ten bridges")).await.refused();
    assert!(refused.has_error_for("name"));
    assert_eq!(refused.form(&words, 0).value("exit_criteria"), "Ten bridges");
    let saved = desk.cleo.send(&form.with("name", "Strengthen")).await.is(200);
    assert_eq!(saved.form(&words, 0).value("name"), "Strengthen");
    let removals: Vec<String> = saved
        .forms()
        .iter()
        .map(|form| form.action().to_owned())
        .filter(|action| action.starts_with(&phases) && action.ends_with("/removal"))
        .collect();
    assert_eq!(removals.len(), 3);
    for action in &removals[1..] {
        desk.cleo.post(action, &[]).await.goes_to(&desk.plan);
        desk.cleo.post(action, &[]).await.goes_to(&desk.plan);
    }
    let last = desk.cleo.post(&removals[0], &[]).await.is(422);
    last.says("A plan needs at least one phase");
    // A phase of another plan stays.
    desk.cleo.post(&format!("{phases}/{}/removal", app.cast().ben.phases[0]), &[]).await;
    app.dan().await.get(&format!("/clinic/plans/{}", app.cast().ben.plan)).await.says("Hip bridge");
}

#[tokio::test]
async fn a_new_version_says_to_both_what_changed_and_why() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let ann = app.ann().await;
    desk.rounds("2").await.goes_to(&desk.plan);
    ann.get("/my/today").await.says("10 times, rest 60 seconds; 3 rounds");
    let preview = desk.cleo.get(&format!("{}/publication", desk.plan)).await.is(200);
    preview.says("Publish version 2?").says("3 rounds").says("2 rounds");
    let answer = desk.publish("Two rounds until the mornings are calm").await;
    answer.goes_to(&format!("/clinic/patients/{}", app.cast().ann.id));
    desk.cleo.follow(&answer).await.says("The new version is published.").says("Version 2").says("Two rounds until the mornings are calm");
    let today = ann.get("/my/today").await;
    today.says("Your plan has changed").says("Two rounds until the mornings are calm").says("10 times, rest 60 seconds; 2 rounds");
    let plan = ann.get("/my/plan").await.is(200);
    plan.says("Version 2, from Cleo Carter").says("Version 1").says("Changed").says("now: 10 times, rest 60 seconds; 2 rounds");
}

#[tokio::test]
async fn publishing_twice_is_once_and_nothing_new_is_no_version() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    desk.rounds("2").await.goes_to(&desk.plan);
    let path = format!("{}/publication", desk.plan);
    let form = desk.cleo.get(&path).await.form(&path, 0);
    let refused = desk.cleo.submit(&form).await.refused();
    assert!(refused.has_error_for("reason"));
    let form = form.with("reason", "Fewer rounds");
    desk.cleo.submit(&form).await.goes_to("/clinic/patients/");
    desk.cleo.submit(&form).await.goes_to("/clinic/patients/");
    app.ann().await.get("/my/plan").await.says("Version 2").says_not("Version 3");
    desk.cleo.get(&path).await.is(200).says("Nothing has changed");
    let nothing = desk.cleo.post(&path, &[("reason", "again"), ("version", "3")]).await.is(422);
    nothing.says("Nothing has changed since the last version");
    // Two physios, one draft: the slower one looks again before publishing.
    desk.rounds("4").await.goes_to(&desk.plan);
    let slower = desk.cleo.post(&path, &[("reason", "mine"), ("version", "2")]).await.is(422);
    slower.says("A colleague published a version meanwhile");
}

#[tokio::test]
async fn an_empty_phase_is_not_published() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    desk.cleo.post(&format!("{}/phases", desk.plan), &[("name", "Later")]).await.goes_to(&desk.plan);
    let path = format!("{}/publication", desk.plan);
    desk.cleo.get(&path).await.is(200).says("The draft is not ready").says("Add at least one exercise to \"Later\"");
    desk.cleo.post(&path, &[("reason", "go"), ("version", "2")]).await.is(422).says("Add at least one exercise");
    app.ann().await.get("/my/plan").await.says_not("Later");
}

#[tokio::test]
async fn a_paused_plan_stops_today_and_only_staff_resume_it() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let ann = app.ann().await;
    let states = format!("{}/states", desk.plan);
    let patient = format!("/clinic/patients/{}", app.cast().ann.id);
    let page = desk.cleo.get(&patient).await;
    let pause = page.form_with(&states, "state", "paused");
    let refused = desk.cleo.submit(&pause).await.refused();
    assert!(refused.has_error_for("reason"));
    assert_eq!(refused.form(&states, 0).value("state"), "paused", "the choice is kept");
    desk.cleo.send(&pause.clone().with("reason", "A week at the sea")).await.is(200).says("The plan's state is changed");
    let today = ann.get("/my/today").await.is(200);
    today.says("A week at the sea").says("Do not wait for the clinic if it gets worse").says_not("Hip bridge");
    assert!(!today.has_form("/my/sets"));
    ann.get("/my/plan").await.says("This plan is paused");
    // Pressed twice in another tab: it is paused already.
    desk.cleo.submit(&pause.with("reason", "A week at the sea")).await.is(422).says("The plan is paused already");
    ann.post(&states, &[("state", "running"), ("reason", "I feel fine")]).await.is(403);
    let resume = desk.cleo.get(&patient).await.form_with(&states, "state", "running").with("reason", "Back home");
    desk.cleo.submit(&resume).await.goes_to(&patient);
    ann.get("/my/today").await.says("Hip bridge");
    desk.cleo.post(&states, &[("state", "replaced"), ("reason", "x")]).await.is(422);
    desk.cleo.get(&patient).await.says("Plan paused").says("Plan running").says("Back home");
}

#[tokio::test]
async fn the_patient_moves_to_another_phase_with_a_reason() {
    let app = App::start().await;
    let desk = Desk::of_ann(&app).await;
    let patient = format!("/clinic/patients/{}", app.cast().ann.id);
    let starts = format!("{}/phase-starts", desk.plan);
    let form = desk.cleo.get(&patient).await.form(&starts, 0);
    let refused = desk.cleo.submit(&form).await.refused();
    assert_eq!(refused.form(&starts, 0).value("phase"), app.cast().ann.phases[1].to_string());
    desk.cleo.submit(&form.clone().with("reason", "Calm for a week")).await.goes_to(&patient);
    app.ann().await.get("/my/today").await.says("Single-leg bridge").says_not("Clamshell");
    desk.cleo.get(&patient).await.says("Calm for a week");
    let foreign = app.cast().ben.phases[0].to_string();
    desk.cleo.submit(&form.with("reason", "x").forged("phase", &foreign)).await.refused();
}

#[tokio::test]
async fn a_new_plan_takes_the_place_of_the_old_one_when_it_is_published() {
    let app = App::start().await;
    let (cleo, ann) = (app.cleo().await, app.ann().await);
    let path = cleo.post(&format!("/clinic/patients/{}/plans", app.cast().ann.id), &[]).await.goes_to_any();
    let add = format!("{path}/prescriptions");
    let phase = cleo.get(&path).await.form(&add, 0).value("phase").to_owned();
    cleo.post(&add, &[("phase", &phase), ("exercise", "dead-bug")]).await.goes_to(&path);
    let publication = format!("{path}/publication");
    app.clock.advance(TimeDelta::minutes(5));
    let form = cleo.get(&publication).await.form(&publication, 0).with("reason", "A fresh start");
    cleo.submit(&form).await.goes_to("/clinic/patients/");
    ann.get("/my/today").await.says("Dead bug").says_not("Clamshell");
    let plan = ann.get("/my/plan").await;
    plan.says("A fresh start").says("of an earlier plan");
    let old = format!("/clinic/plans/{}/states", app.cast().ann.plan);
    cleo.post(&old, &[("state", "running"), ("reason", "x")]).await.is(422);
}

#[tokio::test]
async fn without_a_plan_the_patient_reads_that_one_is_being_made() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let fields = [("name", "Zoë"), ("email", "zoe@people.example"), ("sore_side", "left"), ("physio", &app.cast().cleo.to_string())];
    let id = cleo.post("/clinic/patients", &fields).await.goes_to_any().split('/').nth(3).unwrap().to_owned();
    let link =
        cleo.post(&format!("/clinic/patients/{id}/invitations"), &[]).await.all("code")[0].strip_prefix(&app.base).unwrap().to_owned();
    let zoe = app.visitor();
    zoe.post(&link, &[("password", crate::support::PASSWORD)]).await.goes_to("/my/today");
    for path in ["/my/today", "/my/plan"] {
        zoe.get(path).await.is(200).says("Your plan is being made");
    }
    zoe.get("/my/progress").await.is(200).says("Nothing is logged yet");
}
