//! Building a draft: each change is a step that can be taken back, supersets, copies, many doses at once, and two people at one draft.

use hip_clinic::plans;

use crate::support::{App, Form, Page, Person};

/// The builder of Ann's plan in front of somebody.
struct Desk<'a> {
    app: &'a App,
    who: Person,
    plan: String,
}

impl<'a> Desk<'a> {
    async fn of_cleo(app: &'a App) -> Self {
        Self { app, who: app.cleo().await, plan: format!("/clinic/plans/{}", app.cast().ann.plan) }
    }

    async fn of_dan(app: &'a App) -> Self {
        Self { app, who: app.dan().await, plan: format!("/clinic/plans/{}", app.cast().ann.plan) }
    }

    async fn page(&self) -> Page {
        self.who.get(&self.plan).await.is(200)
    }

    fn row(&self, exercise: &str) -> String {
        let id = self.app.cast().ann.prescriptions.iter().find(|(_, slug)| *slug == exercise).unwrap().0;
        format!("{}/prescriptions/{id}", self.plan)
    }

    /// Presses the button of a small form of a row.
    async fn press(&self, exercise: &str, what: &str, with: &[(&str, &str)]) -> Page {
        let form = self.page().await.form(&format!("{}/{what}", self.row(exercise)), 0);
        let form = with.iter().fold(form, |form, (name, value)| form.with(name, value));
        self.who.send(&form).await.is(200)
    }

    async fn undo(&self) -> Page {
        let form = self.page().await.form(&format!("{}/undos", self.plan), 0);
        self.who.send(&form).await.is(200)
    }

    async fn names(&self) -> Vec<String> {
        self.page().await.all(".phase .rx-name")
    }
}

/// The draft of Ann's plan as it is kept.
fn kept(app: &App) -> plans::Draft {
    app.db.read_here(|conn| plans::draft(conn, app.cast().ann.plan)).unwrap().unwrap()
}

#[tokio::test]
async fn each_change_is_a_step_that_is_taken_back_with_the_numbers_it_had() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    let first = kept(&app);
    desk.page().await.says_not("Undo");
    let row = desk.row("hip-bridge");
    let dose = desk.page().await.form(&row, 0).with("sets", "5").with("note", "Slowly");
    desk.who.send(&dose).await.is(200).says("Undo: changed the dose of Hip bridge");
    let second = kept(&app);
    desk.press("clamshell", "removal", &[]).await.says("Undo: removed Clamshell");
    let phase = format!("{}/phases/{}/removal", desk.plan, app.cast().ann.phases[1]);
    let form = desk.page().await.form(&phase, 0);
    desk.who.send(&form).await.says("Undo: removed the phase Build");
    assert_eq!(kept(&app).phases.len(), 1);

    // Dan sees who did it, and takes it back.
    let dan = Desk::of_dan(&app).await;
    dan.page().await.says("Undo: Cleo Carter removed the phase Build");
    dan.undo().await.says("Taken back");
    dan.undo().await.says("Clamshell");
    assert_eq!(kept(&app).phases, second.phases, "with the numbers they had");
    desk.undo().await;
    assert_eq!(kept(&app).phases, first.phases);
    let page = desk.page().await;
    page.says_not("Undo:").says("Dan Dyer took back: removed the phase Build");
    assert_eq!(kept(&app).revision, 6, "a step back is a step");

    // The numbers are the same ones, so the version and the diary still find them.
    app.ann().await.get("/my/today").await.says("Clamshell");
    page.says("Nothing has changed since version 1");
}

#[tokio::test]
async fn a_step_is_taken_back_once_and_only_while_it_is_the_newest() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    desk.press("clamshell", "position", &[("direction", "up")]).await;
    let undos = format!("{}/undos", desk.plan);
    let undo = desk.page().await.form(&undos, 0);
    desk.press("clamshell", "copies", &[]).await.says("Copied.");
    desk.who.submit(&undo).await.is(422).says("The draft was changed since");
    desk.undo().await;
    desk.who.submit(&undo).await.goes_to(&desk.plan);
    let there = kept(&app);
    desk.who.submit(&undo).await.goes_to(&desk.plan);
    assert_eq!(kept(&app), there, "pressed twice is once");
    desk.who.post(&undos, &[("step", "x")]).await.is(422).says("Choose the step to take back");
    desk.who.post(&undos, &[("step", "77")]).await.is(422);
}

#[tokio::test]
async fn fifty_steps_are_kept() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    let row = desk.row("hip-bridge");
    let form = desk.page().await.form(&row, 0);
    for sets in 0..55_u32 {
        let sets = (sets % 19 + 1).to_string();
        desk.who.submit(&form.clone().with("sets", &sets).forged("seen", "")).await.is(303);
    }
    assert_eq!(kept(&app).revision, 55);
    let steps = app.db.read_here(|conn| plans::steps(conn, kept(&app).of)).unwrap();
    assert_eq!((steps.len(), steps[0].revision, steps[49].revision), (50, 55, 6));
    // A page older than the oldest of them is looked at again before it changes anything.
    desk.who.submit(&form.with("sets", "20")).await.is(409).says("many steps ago");
}

#[tokio::test]
async fn exercises_are_done_in_turn_and_taken_apart() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    let page = desk.press("clamshell", "superset", &[("joined", "yes")]).await;
    let names = page.all(".phase .rx-name");
    assert_eq!(names[..2], ["Done in turn: A1 Hip bridge", "Done in turn: A2 Clamshell"]);
    assert!(kept(&app).phases[0].prescriptions[1].with_previous);
    desk.press("half-kneeling-hip-flexor-stretch", "position", &[("direction", "up")]).await;
    assert_eq!(desk.names().await[1], "Done in turn: A2 Half-kneeling (lunge) hip-flexor stretch");
    desk.undo().await;
    desk.press("clamshell", "superset", &[("joined", "no")]).await;
    assert_eq!(desk.names().await[..2], ["Hip bridge", "Clamshell"]);
}

#[tokio::test]
async fn exercises_and_phases_are_copied_and_moved() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    let build = app.cast().ann.phases[1].to_string();
    let position = format!("{}/position", desk.row("clamshell"));
    let form = desk.page().await.form_with(&position, "phase", &build);
    desk.who.send(&form).await.is(200).says("Undo: moved Clamshell to Build");
    let draft = kept(&app);
    let slugs = |place: usize| draft.phases[place].prescriptions.iter().map(|row| row.exercise.clone()).collect::<Vec<_>>();
    assert_eq!(slugs(0), ["hip-bridge", "half-kneeling-hip-flexor-stretch"]);
    assert_eq!(slugs(1), ["single-leg-bridge", "clamshell"]);
    // A drop before another exercise.
    let before = app.cast().ann.bridge.to_string();
    let calm = app.cast().ann.phases[0].to_string();
    desk.who.post(&position, &[("phase", &calm), ("before", &before)]).await.goes_to(&desk.plan);
    assert_eq!(desk.names().await[0], "Clamshell");
    desk.who.post(&position, &[("phase", "999999")]).await.is(404);

    let copies = format!("{}/phases/{build}/copies", desk.plan);
    let form = desk.page().await.form(&copies, 0);
    desk.who.send(&form).await.is(200).says("Copied.").says("Build, again");
    desk.who.submit(&form).await.goes_to(&desk.plan);
    assert_eq!(kept(&app).phases.len(), 3, "pressed twice is copied once");
    let up = format!("{}/phases/{}/position", desk.plan, kept(&app).phases[2].id);
    let form = desk.page().await.form(&up, 0).with("direction", "up");
    desk.who.send(&form).await.is(200);
    assert_eq!(kept(&app).phases[1].name, "Build, again");
}

#[tokio::test]
async fn many_doses_change_with_one_press_after_they_are_shown() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    let action = format!("{}#bulk", desk.plan);
    let ask = desk.page().await.form(&action, 0).with("turn", "more").with("of", "strength");
    let shown = desk.who.get(&ask.address().replace("#bulk", "")).await.is(200);
    let doses = format!("{}/doses", desk.plan);
    assert!(!shown.has_form(&format!("{doses}x")));
    let form = shown.form(&doses, 0);
    assert_eq!((form.value("turn"), form.value("of")), ("more", "strength"));
    let changed = desk.who.send(&form).await.is(200);
    changed.says("Undo: gave all strength exercises 1 more round");
    let before = kept(&app);
    desk.who.submit(&form).await.goes_to(&desk.plan);
    assert_eq!(kept(&app), before, "pressed twice is once");
    let refused = desk.who.post(&doses, &[("turn", "rest"), ("rest", "soon")]).await.is(422);
    assert!(refused.has_error_for("rest"));
    desk.who.post(&doses, &[("turn", "sideways")]).await.is(422).says("Choose what changes");
    desk.who.post(&doses, &[("turn", "often"), ("per", "other-day")]).await.goes_to(&desk.plan);
    assert!(kept(&app).prescriptions().all(|row| row.dose.frequency.words() == "every other day"));
}

/// The dose form of the hip bridge as two people have it open at once.
async fn both_open(cleo: &Desk<'_>, dan: &Desk<'_>) -> (Form, Form) {
    let row = cleo.row("hip-bridge");
    (cleo.page().await.form(&row, 0), dan.page().await.form(&row, 0))
}

#[tokio::test]
async fn who_changes_the_same_dose_sees_what_the_other_did_and_decides() {
    let app = App::start().await;
    let (cleo, dan) = (Desk::of_cleo(&app).await, Desk::of_dan(&app).await);
    let (hers, his) = both_open(&cleo, &dan).await;
    cleo.who.submit(&hers.with("sets", "5")).await.goes_to(&cleo.plan);
    let clash = dan.who.submit(&his.clone().with("sets", "2").with("note", "Two are plenty")).await.is(409);
    clash.says("Hip bridge was changed while you had it open").says("Cleo Carter changed the dose of Hip bridge");
    clash.says("when you opened it: 10 times, rest 60 seconds; 3 rounds").says("now: 10 times, rest 60 seconds; 5 rounds");
    assert_eq!(kept(&app).phases[0].prescriptions[0].dose.sets, 5, "nothing is lost");
    let mine = clash.form(&cleo.row("hip-bridge"), 0);
    assert_eq!((mine.value("sets"), mine.value("note")), ("2", "Two are plenty"), "what was typed stands beside it");
    dan.who.submit(&mine).await.goes_to(&dan.plan);
    assert_eq!(kept(&app).phases[0].prescriptions[0].dose.sets, 2);

    // The same person in two tabs, who wants to remove what they changed in the other one.
    let removal = cleo.page().await.form(&format!("{}/removal", cleo.row("clamshell")), 0);
    let dose = cleo.page().await.form(&cleo.row("clamshell"), 0).with("sets", "4");
    cleo.who.submit(&dose).await.goes_to(&cleo.plan);
    let clash = cleo.who.submit(&removal).await.is(409);
    clash.says("You changed the dose of Clamshell").says("Do it all the same");
    let form = clash.form(&format!("{}/removal", cleo.row("clamshell")), 0);
    cleo.who.submit(&form).await.goes_to(&cleo.plan);
    assert_eq!(kept(&app).phases[0].prescriptions.len(), 2);

    // What was removed meanwhile comes back with the dose that was typed, if that is wanted.
    let clash = cleo.who.submit(&dose.with("sets", "6")).await.is(409);
    clash.says("You removed Clamshell").says("not in the phase");
    cleo.who.submit(&clash.form(&cleo.row("clamshell"), 0)).await.goes_to(&cleo.plan);
    let clamshell = app.cast().ann.prescriptions.iter().find(|(_, slug)| *slug == "clamshell").unwrap().0;
    assert_eq!(kept(&app).prescription(clamshell).unwrap().dose.sets, 6, "with the number it had");
}

#[tokio::test]
async fn what_others_did_elsewhere_is_merged_and_mentioned() {
    let app = App::start().await;
    let (cleo, dan) = (Desk::of_cleo(&app).await, Desk::of_dan(&app).await);
    let (hers, _) = both_open(&cleo, &dan).await;
    let his = dan.page().await.form(&dan.row("clamshell"), 0).with("sets", "4");
    dan.who.submit(&his).await.goes_to(&dan.plan);
    let saved = cleo.who.send(&hers.clone().with("sets", "5")).await.is(200);
    saved.says("Saved.").says("Meanwhile:").says("Dan Dyer changed the dose of Clamshell");
    let draft = kept(&app);
    let sets: Vec<u16> = draft.phases[0].prescriptions.iter().map(|row| row.dose.sets).collect();
    assert_eq!(sets[..2], [5, 4]);
    // Words of the same phase.
    let words = format!("{}/phases/{}", cleo.plan, app.cast().ann.phases[0]);
    let (hers, his) = (cleo.page().await.form(&words, 0), dan.page().await.form(&words, 0));
    cleo.who.submit(&hers.with("name", "Settle")).await.goes_to(&cleo.plan);
    let clash = dan.who.submit(&his.with("purpose", "Less pain")).await.is(409);
    clash.says("Cleo Carter changed the words of the phase Phase 1").says("Settle");
    assert_eq!(clash.form(&words, 0).value("purpose"), "Less pain");
}

#[tokio::test]
async fn a_phase_has_a_stage_and_a_dose_the_sore_side() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    let words = format!("{}/phases/{}", desk.plan, app.cast().ann.phases[0]);
    let form = desk.page().await.form(&words, 0).with("stage", "early");
    let saved = desk.who.send(&form).await.is(200);
    assert_eq!(saved.form(&words, 0).value("stage"), "early");
    let row = desk.row("clamshell");
    let form = saved.form(&row, 0).with("side", "sore").with("per", "weekdays").with("weekday", "mon").with("weekday", "thu");
    let saved = desk.who.send(&form).await.is(200);
    assert_eq!(saved.form(&row, 0).value("side"), "left", "the side that is sore");
    saved.says("on your left side, on Monday and Thursday");
}

#[tokio::test]
async fn the_last_plan_is_copied_into_a_new_one_and_versions_stand_side_by_side() {
    let app = App::start().await;
    let desk = Desk::of_cleo(&app).await;
    let plans = format!("/clinic/patients/{}/plans", app.cast().ann.id);
    let new = desk.who.post(&plans, &[("from", "last")]).await.goes_to_any();
    let page = desk.who.get(&new).await.is(200);
    assert_eq!(page.all(".phase .rx-name").len(), 4, "all that the last plan has");
    page.says("Undo: copied the last plan").says("Draft of version 1");
    desk.who.post(&plans, &[("from", "last")]).await;
    assert_eq!(desk.who.get(&new).await.all(".phase .rx-name").len(), 4, "pressed twice is once");

    let position = format!("{}/position", desk.row("clamshell"));
    desk.who.post(&position, &[("phase", &app.cast().ann.phases[1].to_string())]).await.goes_to(&desk.plan);
    let path = format!("{}/publication", desk.plan);
    let form = desk.who.get(&path).await.is(200).form(&path, 0).with("reason", "Later on");
    desk.who.submit(&form).await.goes_to("/clinic/patients/");
    let versions = desk.who.get(&format!("{}/versions", desk.plan)).await.is(200);
    versions.says("Two versions side by side").says("before: in Phase 1").says("now: in Build").says("Running, Cleo Carter");
    let same = desk.who.get(&format!("{}/versions?from=1&to=1", desk.plan)).await.is(200);
    same.says("Nothing differs.");
    // The patient is told.
    app.ann().await.get("/my/messages").await.is(200).says("Your plan");
}
