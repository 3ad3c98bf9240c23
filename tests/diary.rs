//! What the patient does today and says of it. Nothing is preset, lost, doubled or inferred.

use chrono::TimeDelta;
use hip_clinic::db::Lock;
use hip_clinic::diary;
use hip_clinic::exercises::dose::{Dose, Frequency, Weekdays};
use hip_clinic::exercises::{DoseChange, Library};
use hip_clinic::ids::{PatientId, PrescriptionId};
use hip_clinic::plans::{self, NewStatus, Snapshot, State};
use hip_clinic::text::Note;

use crate::support::{App, Form, Page, Person};

pub fn sets_of(page: &Page, prescription: PrescriptionId) -> Form {
    page.form_with("/my/sets", "prescription", &prescription.to_string())
}

fn prescription(app: &App, exercise: &str) -> PrescriptionId {
    app.cast().ann.prescriptions.iter().find(|(_, slug)| *slug == exercise).unwrap().0
}

/// Everything the diary holds about a patient: day, ordinal, version begun under, and each set with its version.
fn diary_of(app: &App, patient: PatientId) -> Vec<diary::Session> {
    let today = app.clock.today();
    app.db.read_here(|conn| diary::sessions(conn, patient, today - TimeDelta::days(60), today)).unwrap()
}

fn corrections_of(app: &App, patient: PatientId) -> Vec<(String, String, String)> {
    let from = app.clock.today() - TimeDelta::days(60);
    let found = app.db.read_here(|conn| diary::corrections(conn, patient, from)).unwrap();
    found.into_iter().map(|correction| (correction.about, correction.was, correction.became)).collect()
}

async fn tick(ann: &Person, path: &str, prescription: PrescriptionId, rounds: &[&str]) -> Page {
    let form = sets_of(&ann.get(path).await.is(200), prescription);
    ann.submit(&rounds.iter().fold(form, |form, round| form.with("done", round))).await
}

#[tokio::test]
async fn today_says_what_to_do_in_plain_sentences_and_presets_nothing() {
    let app = App::start().await;
    let page = app.ann().await.get("/my/today").await.is(200);
    page.says("Tuesday 24 November 2026").says("Session 1 of 7 this week · about 11 minutes");
    page.says("Hip bridge").says("10 times, rest 60 seconds; 3 rounds").says("3 times a week");
    page.says("12 times, rest 45 seconds; 2 rounds on each side");
    page.says("old for 30 seconds, rest 15 seconds; 2 rounds on your left side").says_not("Single-leg bridge");
    page.says("Wednesday 18 November").says("Something I need was missing");
    for form in page.forms().into_iter().filter(|form| form.action().starts_with("/my/")) {
        for field in ["done", "during", "after", "effort", "pain", "stiffness", "settled", "limp", "night_pain", "skip", "note"] {
            assert_eq!(form.value(field), "", "{} presets {field}", form.action());
        }
    }
}

#[tokio::test]
async fn ticked_rounds_are_shown_again_and_counted() {
    let app = App::start().await;
    let (ann, bridge) = (app.ann().await, app.cast().ann.bridge);
    let form = sets_of(&ann.get("/my/today").await, bridge).with("done", "both-1").with("done", "both-2").with("amount-both-2", "8");
    let page = ann.send(&form).await.is(200);
    page.says("Saved.").says("2 of 3 rounds saved");
    let again = sets_of(&page, bridge);
    assert!(again.says("done", "both-1") && again.says("done", "both-2") && !again.says("done", "both-3"));
    assert_eq!((again.value("amount-both-2"), again.value("amount-both-1")), ("8", ""));
    let session = &diary_of(&app, app.cast().ann.id)[0];
    assert_eq!((session.sets.len(), session.version, session.feeling.during), (2, 1, None));
}

#[tokio::test]
async fn the_same_again_is_nothing_and_other_values_are_a_correction_with_its_history() {
    let app = App::start().await;
    let (ann, bridge, id) = (app.ann().await, app.cast().ann.bridge, app.cast().ann.id);
    let form = sets_of(&ann.get("/my/today").await, bridge).with("done", "both-1");
    for _ in 0..3 {
        ann.submit(&form).await.goes_to("/my/today?done=sets");
    }
    assert_eq!(diary_of(&app, id).iter().map(|session| session.sets.len()).collect::<Vec<_>>(), [1]);
    assert_eq!(corrections_of(&app, id), []);
    let page = ann.get("/my/today").await;
    ann.submit(&sets_of(&page, bridge).with("amount-both-1", "8")).await.goes_to("/my/today");
    let page = ann.get("/my/today").await;
    ann.submit(&sets_of(&page, bridge).without("done", "both-1").with("amount-both-1", "")).await.goes_to("/my/today");
    let (was, became): (Vec<_>, Vec<_>) = corrections_of(&app, id).into_iter().map(|(_, was, became)| (was, became)).unzip();
    assert_eq!(was, ["done", "done, 8 times"]);
    assert_eq!(became, ["done, 8 times", "not done"]);
    app.cleo().await.get(&format!("/clinic/patients/{id}")).await.says("Corrected Hip bridge: round 1").says("taken back");
}

#[tokio::test]
async fn each_side_is_ticked_apart() {
    let app = App::start().await;
    let (ann, clamshell) = (app.ann().await, prescription(&app, "clamshell"));
    tick(&ann, "/my/today", clamshell, &["left-1", "right-2"]).await.goes_to("/my/today");
    let again = sets_of(&ann.get("/my/today").await, clamshell);
    let ticked: Vec<&str> = again.fields().filter(|(name, _)| *name == "done").map(|(_, value)| value).collect();
    assert_eq!(ticked, ["left-1", "right-2"]);
}

#[tokio::test]
async fn two_open_tabs_do_not_undo_each_other() {
    let app = App::start().await;
    let (ann, bridge) = (app.ann().await, app.cast().ann.bridge);
    let stale = sets_of(&ann.get("/my/today").await, bridge);
    ann.submit(&stale.clone().with("done", "both-1")).await.goes_to("/my/today");
    ann.submit(&stale.with("done", "both-2")).await.goes_to("/my/today");
    let again = sets_of(&ann.get("/my/today").await, bridge);
    assert!(again.says("done", "both-1") && again.says("done", "both-2"));
}

#[tokio::test]
async fn a_number_that_will_not_do_keeps_the_rest_and_says_why() {
    let app = App::start().await;
    let (ann, bridge) = (app.ann().await, app.cast().ann.bridge);
    let form =
        sets_of(&ann.get("/my/today").await, bridge).with("done", "both-1").with("amount-both-2", "eight").with("skip_note", "My back");
    let page = ann.submit(&form).await.refused();
    assert!(page.error_for("amount-both-2").unwrap().contains("whole number"));
    let again = sets_of(&page, bridge);
    for (name, value) in form.fields() {
        assert!(again.says(name, value), "{name}={value} is kept");
    }
    assert!(diary_of(&app, app.cast().ann.id).is_empty(), "nothing is saved by half");
    let most = sets_of(&page, bridge).with("amount-both-2", "999999");
    assert!(ann.submit(&most).await.refused().has_error_for("amount-both-2"));
    // A round nobody prescribed.
    let page = ann.get("/my/today").await;
    ann.submit(&sets_of(&page, bridge).forged("done", "both-4")).await.is(422);
    ann.submit(&sets_of(&page, bridge).forged("done", "left-1")).await.is(422);
}

#[tokio::test]
async fn a_skip_has_a_reason_and_can_be_taken_back() {
    let app = App::start().await;
    let (ann, bridge, id) = (app.ann().await, app.cast().ann.bridge, app.cast().ann.id);
    let form = sets_of(&ann.get("/my/today").await, bridge).with("skip", "pain").with("skip_note", "In the groin");
    let page = ann.send(&form).await.is(200);
    page.says("Skipped, it hurt");
    ann.submit(&form).await.goes_to("/my/today");
    let again = sets_of(&page, bridge);
    assert_eq!((again.value("skip"), again.value("skip_note")), ("pain", "In the groin"));
    app.cleo().await.get(&format!("/clinic/patients/{id}")).await.says("it hurt (In the groin)");
    assert!(!diary_of(&app, id)[0].trained(), "a skip is no training");
    ann.submit(&again.with("skip", "").with("skip_note", "")).await.goes_to("/my/today");
    assert!(diary_of(&app, id)[0].skips.is_empty());
    assert_eq!(corrections_of(&app, id), [("Hip bridge".into(), "skipped: it hurt (In the groin)".into(), "not skipped".into())]);
    let forged = sets_of(&ann.get("/my/today").await, bridge).forged("skip", "lazy");
    assert!(ann.submit(&forged).await.refused().has_error_for("skip"));
}

#[tokio::test]
async fn how_it_felt_may_stay_open_and_nought_is_an_answer() {
    let app = App::start().await;
    let (ann, id) = (app.ann().await, app.cast().ann.id);
    let form = ann.get("/my/today").await.form("/my/sessions", 0);
    ann.submit(&form).await.goes_to("/my/today");
    assert!(diary_of(&app, id).is_empty(), "saying nothing is no session");
    let page = ann.send(&form.clone().with("during", "0").with("note", "Easy")).await.is(200);
    let felt = diary_of(&app, id)[0].clone();
    assert_eq!((felt.feeling.during, felt.feeling.after, felt.feeling.effort, felt.note.as_str()), (Some(0), None, None, "Easy"));
    let again = page.form("/my/sessions", 0);
    assert_eq!((again.value("during"), again.value("after"), again.value("note")), ("0", "", "Easy"));
    ann.submit(&form.with("during", "0").with("note", "Easy")).await.goes_to("/my/today");
    assert_eq!(corrections_of(&app, id), []);
    ann.submit(&again.clone().with("during", "")).await.goes_to("/my/today");
    assert_eq!(corrections_of(&app, id), [("pain during".into(), "0 of 10".into(), "not answered".into())]);
    let refused = ann.submit(&again.forged("after", "11").with("note", "Hard to say")).await.refused();
    assert!(refused.has_error_for("after"));
    assert_eq!(refused.form("/my/sessions", 0).value("note"), "Hard to say");
}

#[tokio::test]
async fn the_next_morning_asks_and_may_stay_unanswered() {
    let app = App::start().await;
    let (ann, bridge, id) = (app.ann().await, app.cast().ann.bridge, app.cast().ann.id);
    tick(&ann, "/my/today", bridge, &["both-1"]).await.goes_to("/my/today");
    app.clock.advance(TimeDelta::days(1));
    let page = ann.get("/my/today").await.is(200);
    page.says("How is your hip this morning?").says("After your session yesterday");
    let form = page.form("/my/check-ins/2026-11-25", 0);
    let refused = ann.submit(&form.clone().with("pain", "2").forged("limp", "maybe").with("note", "Woke early")).await.refused();
    assert!(refused.has_error_for("limp"));
    let kept = refused.form("/my/check-ins/2026-11-25", 0);
    assert_eq!((kept.value("pain"), kept.value("note")), ("2", "Woke early"));
    let answered = form.with("pain", "2").with("stiffness", "some").with("settled", "yes");
    let page = ann.send(&answered).await.is(200);
    page.says("Your morning check-in is saved.").says("This morning");
    let again = page.form("/my/check-ins/2026-11-25", 0);
    let values = ["pain", "stiffness", "settled", "limp", "night_pain"].map(|field| again.value(field).to_owned());
    assert_eq!(values, ["2", "some", "yes", "", ""]);
    ann.submit(&answered).await.goes_to("/my/today");
    assert_eq!(corrections_of(&app, id), []);
    ann.submit(&again.with("limp", "yes")).await.goes_to("/my/today");
    assert_eq!(corrections_of(&app, id).len(), 1);
    ann.get("/my/today").await.says("Take an extra rest day, and ask first").says("a limp next morning");
}

#[tokio::test]
async fn a_week_back_can_be_entered_and_not_a_day_more() {
    let app = App::start().await;
    let (ann, bridge) = (app.ann().await, app.cast().ann.bridge);
    let page = ann.get("/my/today?day=2026-11-17").await.is(200);
    page.says("An earlier day");
    let form = sets_of(&page, bridge).with("done", "both-1");
    assert_eq!(ann.submit(&form).await.goes_to_any(), format!("/my/today?done=sets&day=2026-11-17#rx{bridge}"));
    let early = ann.submit(&form.clone().forged("day", "2026-11-16")).await.is(422);
    early.says("Only the last 7 days can be entered");
    ann.submit(&form.clone().forged("day", "2026-11-25")).await.is(422).says("has not begun yet");
    ann.submit(&form.forged("ordinal", "7")).await.is(422);
    ann.post("/my/check-ins/2026-11-25", &[("pain", "1")]).await.is(422);
    ann.post("/my/check-ins/someday", &[("pain", "1")]).await.is(404);
    // An address nobody made leads to today.
    ann.get("/my/today?day=1999-01-01&ordinal=99").await.is(200).says("Tuesday 24 November 2026");
}

#[tokio::test]
async fn a_day_has_several_sessions() {
    let app = App::start().await;
    let (ann, bridge, id) = (app.ann().await, app.cast().ann.bridge, app.cast().ann.id);
    tick(&ann, "/my/today", bridge, &["both-1"]).await.goes_to("/my/today");
    let page = ann.get("/my/today").await;
    assert!(page.links().contains(&"/my/today?ordinal=2".to_owned()), "{:?}", page.links());
    tick(&ann, "/my/today?ordinal=2", bridge, &["both-1", "both-2"]).await.goes_to("/my/today?done=sets&ordinal=2");
    let counted: Vec<_> = diary_of(&app, id).iter().map(|session| (session.ordinal, session.sets.len())).collect();
    assert_eq!(counted, [(1, 1), (2, 2)]);
}

#[tokio::test]
async fn anothers_plan_version_or_prescription_is_not_there() {
    let app = App::start().await;
    let (ann, cast) = (app.ann().await, app.cast());
    let form = sets_of(&ann.get("/my/today").await, cast.ann.bridge).with("done", "both-1");
    ann.submit(&form.clone().forged("plan", &cast.ben.plan.to_string())).await.is(404);
    ann.submit(&form.clone().forged("prescription", &cast.ben.bridge.to_string())).await.is(404);
    ann.submit(&form.clone().forged("version", "2")).await.is(404);
    let felt = ann.get("/my/today").await.form("/my/sessions", 0).with("during", "3");
    ann.submit(&felt.forged("plan", &cast.ben.plan.to_string())).await.is(404);
    ann.submit(&form.forged("plan", "mine")).await.is(422);
    for patient in [cast.ann.id, cast.ben.id] {
        assert!(diary_of(&app, patient).is_empty());
    }
    app.ben().await.get("/my/today").await.says_not("Clamshell");
}

#[tokio::test]
async fn a_log_stays_with_the_version_it_was_done_under() {
    let app = App::start().await;
    let (ann, cleo, cast) = (app.ann().await, app.cleo().await, app.cast());
    let late = sets_of(&ann.get("/my/today").await, cast.ann.bridge).with("done", "both-3");
    let plan = format!("/clinic/plans/{}", cast.ann.plan);
    let row = format!("{plan}/prescriptions/{}", cast.ann.bridge);
    let form = cleo.get(&plan).await.form(&row, 0).with("sets", "2");
    cleo.submit(&form).await.goes_to(&plan);
    cleo.post(&format!("{plan}/publication"), &[("reason", "Fewer"), ("version", "2")]).await.goes_to("/clinic/patients/");
    // Done before, on a phone without network; it arrives after the new version.
    ann.submit(&late).await.goes_to("/my/today");
    tick(&ann, "/my/today", cast.ann.bridge, &["both-1"]).await.goes_to("/my/today");
    let session = &diary_of(&app, cast.ann.id)[0];
    let mut versions: Vec<_> = session.sets.iter().map(|set| (set.number, set.version)).collect();
    versions.sort_unstable();
    assert_eq!(versions, [(1, 2), (3, 1)]);
    assert_eq!(session.version, 1, "the session began under version 1");
}

#[tokio::test]
async fn a_report_stops_today_shows_whom_to_call_and_comes_first_in_the_queue() {
    let app = App::start().await;
    let (ann, cleo, cast) = (app.ann().await, app.cleo().await, app.cast());
    let page = ann.get("/my/something-wrong").await.is(200);
    assert!(page.links().contains(&"tel:999".to_owned()) && page.links().contains(&"tel:+442079460000".to_owned()));
    let form = page.form("/my/something-wrong", 0);
    let refused = ann.submit(&form).await.refused();
    assert!(refused.has_error_for("note"));
    let form = form.with("RF2", "yes").with("note", "Fever since last night");
    let today = ann.send(&form).await.is(200);
    today.says("Call 999 or go to an emergency department now").says("Fever since last night").says_not("Tick each round");
    assert!(!today.has_form("/my/sets"));
    // A double tap is one report.
    ann.submit(&form).await.goes_to("/my/today");
    let queue = cleo.get("/clinic").await.is(200);
    let first = &queue.all(".queue > li")[0];
    assert!(first.contains("Ann Archer") && first.contains("Reported a red flag") && first.contains("fever or illness"), "{first}");
    let patient = cleo.get(&format!("/clinic/patients/{}", cast.ann.id)).await;
    patient.says("to an emergency department today").says("reported that something is wrong").says("The plan is paused");
    // The plan rests until staff clear it and start it again.
    let states = format!("/clinic/plans/{}/states", cast.ann.plan);
    cleo.post(&states, &[("state", "running"), ("reason", "go")]).await.is(422).says("Record a clearance first");
    let clearance = patient.form(&format!("/clinic/patients/{}/clearances", cast.ann.id), 0).with("reason", "It was a cold");
    cleo.submit(&clearance).await.goes_to("/clinic/patients/");
    ann.get("/my/today").await.says_not("Tick each round").says("The plan rests");
    cleo.post(&states, &[("state", "running"), ("reason", "Well again")]).await.goes_to("/clinic/");
    ann.get("/my/today").await.says("Tick each round");
}

#[tokio::test]
async fn a_report_in_ones_own_words_is_enough_and_comes_back_when_refused() {
    let app = App::start().await;
    let ben = app.ben().await;
    let page = ben.get("/my/something-wrong").await;
    let long = "x".repeat(2001);
    let refused = ben.submit(&page.form("/my/something-wrong", 0).with("RF8", "no").with("note", &long)).await.refused();
    let again = refused.form("/my/something-wrong", 0);
    assert_eq!((again.value("RF8"), again.value("note").len()), ("no", 2001));
    let today = ben.send(&again.with("note", "It is worse than before")).await.is(200);
    today.says("It is worse than before").says("Do not wait for the clinic if it gets worse");
    app.dan().await.get("/clinic").await.says("Says that something is wrong");
}

/// Gives the bridge another frequency, and publishes.
fn ask_for(app: &App, frequency: Frequency, version: i32) {
    let case = &app.cast().ann;
    let now = app.clock.now();
    let library = Library::load().unwrap();
    app.db
        .write_here(Lock::Patient(case.id.0), |conn| {
            let draft = plans::draft(conn, case.plan)?.unwrap();
            for prescription in &draft.phases[0].prescriptions {
                let dose = Dose { frequency, ..prescription.dose };
                let change = DoseChange { dose, load: "a light band".to_owned(), note: Note::parse("").unwrap() };
                plans::change_prescription(conn, prescription.id, &change)?;
            }
            let draft = plans::draft(conn, case.plan)?.unwrap();
            let snapshot = Snapshot::take(&draft, &library).unwrap();
            assert_eq!(plans::publish(conn, &draft, &snapshot, "Otherwise", app.cast().cleo, now)?, version);
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn a_missed_day_waits_and_a_day_of_rest_says_so() {
    let app = App::start().await;
    let (ann, bridge) = (app.ann().await, app.cast().ann.bridge);
    // It is Tuesday the 24th; the version is of today.
    ask_for(&app, Frequency::On(Weekdays::read("tue fri").unwrap()), 2);
    ann.get("/my/today").await.says("On Tuesday and Friday · first of 2 this week").says("Session 1 of 2 this week");
    app.clock.advance(TimeDelta::days(1));
    ann.get("/my/today").await.says("waiting since Tuesday");
    for (prescription, _) in &app.cast().ann.prescriptions[..3] {
        let page = ann.get("/my/today").await;
        let form = sets_of(&page, *prescription);
        let round = if *prescription == app.cast().ann.prescriptions[1].0 { "left-1" } else { "both-1" };
        ann.submit(&form.with("done", round)).await.goes_to("/my/today");
    }
    ann.get("/my/today").await.says("Partly done: 1 of 3 rounds saved");
    app.clock.advance(TimeDelta::days(1));
    let rest = ann.get("/my/today").await.is(200);
    rest.says("Rest day. Next: tomorrow.").says("not today. Next: tomorrow");
    // It can be written down all the same.
    ann.submit(&sets_of(&rest, bridge).with("done", "both-1")).await.goes_to("/my/today");
}

#[tokio::test]
async fn several_sessions_of_a_day_have_names() {
    let app = App::start().await;
    let ann = app.ann().await;
    ask_for(&app, Frequency::Daily(2), 2);
    let page = ann.get("/my/today").await;
    page.says("First of 2 sessions today").says("first session (morning)").says("Second session (evening)").says("first of 2 today");
    tick(&ann, "/my/today", app.cast().ann.bridge, &["both-1", "both-2", "both-3"]).await.goes_to("/my/today");
    ann.get("/my/today?ordinal=2").await.says("second of 2 today").says("second session (evening)");
}

#[tokio::test]
async fn what_was_really_done_and_a_note_are_kept_and_each_change_is_told_beside_them() {
    let app = App::start().await;
    let (ann, bridge, id) = (app.ann().await, app.cast().ann.bridge, app.cast().ann.id);
    ask_for(&app, Frequency::Weekly(3), 2);
    let form = sets_of(&ann.get("/my/today").await, bridge).with("load-both-1", "6 kg").with("note", "It clicked");
    let page = ann.send(&form).await.is(200);
    let again = sets_of(&page, bridge);
    assert!(again.says("done", "both-1"), "who names a load has done the round");
    assert_eq!((again.value("load-both-1"), again.value("note")), ("6 kg", "It clicked"));
    page.says_not("What you changed");
    let page = ann.send(&again.with("load-both-1", "8 kg").with("note", "")).await.is(200);
    page.says("What you changed").says("Round 1: you first wrote done, with 6 kg; changed on 24 November 2026, 09:30 to done, with 8 kg");
    page.says("Note: you first wrote “It clicked”; changed on 24 November 2026, 09:30 to no note");
    assert_eq!(diary_of(&app, id)[0].sets[0].actual.load.as_deref(), Some("8 kg"));
    let long = sets_of(&page, bridge).with("load-both-2", &"x".repeat(61));
    assert!(ann.submit(&long).await.refused().has_error_for("load-both-2"));
    app.cleo().await.get(&format!("/clinic/patients/{id}")).await.says("1: with 8 kg");
}

#[tokio::test]
async fn an_earlier_morning_can_be_written_down_and_corrected_and_may_be_left_open() {
    let app = App::start().await;
    let ann = app.ann().await;
    tick(&ann, "/my/today?day=2026-11-20", app.cast().ann.bridge, &["both-1"]).await.goes_to("/my/today");
    let page = ann.get("/my/today?day=2026-11-21").await.is(200);
    page.says("How was your hip that morning?");
    let form = page.form("/my/check-ins/2026-11-21", 0).with("pain", "4");
    let page = ann.send(&form).await.is(200);
    page.says("That morning").says("Pain 4 of 10");
    let page = ann.send(&page.form("/my/check-ins/2026-11-21", 0).with("pain", "3")).await.is(200);
    page.says("Morning check-in: you first wrote pain 4 of 10");
    // Today's questions are left open, and not asked again.
    tick(&ann, "/my/today?day=2026-11-23", app.cast().ann.bridge, &["both-1"]).await.goes_to("/my/today");
    let page = ann.get("/my/today").await;
    page.says("How is your hip this morning?");
    ann.submit(&page.form("/my/check-ins/2026-11-24", 1)).await.goes_to("/my/today");
    ann.get("/my/today").await.says("All questions left open").says_not("How is your hip this morning?");
}

#[tokio::test]
async fn an_earlier_day_shows_the_phase_of_that_day_and_can_be_written_down_while_the_plan_rests() {
    let app = App::start().await;
    let (ann, case) = (app.ann().await, &app.cast().ann);
    app.clock.advance(TimeDelta::days(2));
    let now = app.clock.now();
    let set = |state, phase| {
        let status = NewStatus { plan: case.plan, state, phase, reason: "Because" };
        app.db.write_here(Lock::Patient(case.id.0), |conn| plans::set_status(conn, &status, app.cast().cleo, now)).unwrap();
    };
    set(State::Running, case.phases[1]);
    ann.get("/my/today").await.says("Single-leg bridge").says_not("Clamshell");
    ann.get("/my/today?day=2026-11-25").await.says("Clamshell").says_not("Single-leg bridge");
    set(State::Paused, case.phases[1]);
    let page = ann.get("/my/today").await;
    page.says("Your plan is paused").says_not("Tick each round");
    assert!(page.links().contains(&"/my/something-wrong".to_owned()));
    let earlier = ann.get("/my/today?day=2026-11-25").await.is(200);
    earlier.says("Here you can only write down what you did on this day");
    ann.submit(&sets_of(&earlier, case.bridge).with("done", "both-1")).await.goes_to("/my/today");
    assert_eq!(diary_of(&app, case.id).len(), 1);
}
