//! Warnings of a plan: what the rules say beside each exercise, and what a physio says to it.

use diesel::connection::SimpleConnection;
use hip_clinic::db::Lock;
use hip_clinic::ids::{PhaseId, PrescriptionId};
use hip_clinic::patients::{self, Findings, Flag, Irritability};
use hip_clinic::plans;

use crate::support::{App, Person};

/// Gives a phase its stage.
fn stage(app: &App, phase: PhaseId, word: &str) {
    let change = format!("UPDATE phases SET stage = '{word}' WHERE id = {phase}");
    app.db.write_here(Lock::Clinic, |conn| Ok(conn.batch_execute(&change)?)).unwrap();
}

/// Writes down what was found out about Ann.
fn assess(app: &App, found: &Findings) {
    let (ann, cleo, now) = (app.cast().ann.id, app.cast().cleo, app.clock.now());
    app.db.write_here(Lock::Clinic, |conn| patients::assessment::add(conn, ann, found, cleo, now)).unwrap();
}

fn irritable(conditions: &[Flag]) -> Findings {
    let irritability = Irritability { painful: Some(true), ..Irritability::default() };
    Findings { conditions: conditions.to_vec(), irritability, ..Findings::default() }
}

/// The number of Ann's exercise with this slug.
fn prescription(app: &App, slug: &str) -> PrescriptionId {
    app.cast().ann.prescriptions.iter().find(|(_, exercise)| *exercise == slug).unwrap().0
}

fn overrides_of(app: &App, id: PrescriptionId) -> String {
    format!("/clinic/plans/{}/prescriptions/{id}/overrides", app.cast().ann.plan)
}

fn recorded(app: &App) -> Vec<plans::rules::Override> {
    app.db.read_here(|conn| plans::rules::overrides(conn, &[app.cast().ann.plan])).unwrap()
}

/// Publishes Ann's draft with one round more of bridges.
async fn publish(app: &App, cleo: &Person) {
    let (plan, bridge) = (app.cast().ann.plan, app.cast().ann.bridge);
    let path = format!("/clinic/plans/{plan}/prescriptions/{bridge}");
    let form = cleo.get(&format!("/clinic/plans/{plan}")).await.form(&path, 0);
    cleo.submit(&form.with("sets", "4")).await.goes_to("/clinic/plans/");
    let publication = format!("/clinic/plans/{plan}/publication");
    let form = cleo.get(&publication).await.form(&publication, 0).with("reason", "One round more");
    cleo.submit(&form).await.goes_to("/clinic/patients/");
}

#[tokio::test]
async fn the_builder_says_beside_each_exercise_what_the_rules_say_and_why() {
    let app = App::start().await;
    let (cleo, ann) = (app.cleo().await, app.cast().ann.clone());
    let builder = format!("/clinic/plans/{}", ann.plan);
    cleo.get(&builder).await.is(200).says("“Phase 1” has no stage").says_not("Gate C:");
    stage(&app, ann.phases[0], "early");
    let page = cleo.get(&builder).await.is(200);
    page.says("Nobody knows yet whether the hip is irritable").says_not("“Phase 1” has no stage").says("“Build” has no stage");
    assert!(page.links().contains(&format!("/clinic/patients/{}/assessment", ann.id)));
    page.says("Gate B: In an early phase only in a reduced form.").says("Gate C: For the middle stage on, and this phase is early");
    page.says("The stages and gates are our proposal").says_not("Early-stage rule:");

    assess(&app, &irritable(&[Flag::KneePain]));
    let page = cleo.get(&builder).await.is(200);
    page.says(
        "Early-stage rule: An irritable hip stays in front of the trunk in an early phase; this movement takes the thigh 15° behind it.",
    );
    page.says("Cook and Purdam 2012").says("With knee pain: pad the knee").says_not("Nobody knows yet");
    stage(&app, ann.phases[0], "late");
    cleo.get(&builder).await.says("With knee pain").says_not("Gate C:").says_not("Early-stage rule:");
}

#[tokio::test]
async fn an_override_needs_a_reason_and_stays_in_the_record_of_the_version() {
    let app = App::start().await;
    let (cleo, ann) = (app.cleo().await, app.cast().ann.clone());
    let builder = format!("/clinic/plans/{}", ann.plan);
    stage(&app, ann.phases[0], "early");
    assess(&app, &irritable(&[]));
    let stretch = prescription(&app, "half-kneeling-hip-flexor-stretch");
    let path = overrides_of(&app, stretch);
    let form = cleo.get(&builder).await.form(&path, 0);
    assert_eq!(form.fields().filter(|(name, _)| *name == "rule").count(), 2, "gate C and the early-stage rule");
    let refused = cleo.submit(&form.clone().with("reason", " ")).await.refused();
    assert!(refused.has_error_for("reason"));
    assert_eq!(recorded(&app), []);

    let given = refused.form(&path, 0).with("reason", "Ten degrees only, and it eases him");
    let page = cleo.send(&given).await.is(200);
    page.says("your reason is recorded").says("Overridden by Cleo Carter, 24 November 2026, 09:30: Ten degrees only, and it eases him");
    assert!(!page.has_form(&path), "nothing is left to override here");
    let rows = recorded(&app);
    assert_eq!(rows.iter().map(|row| row.rule.as_str()).collect::<Vec<_>>(), ["early-extension", "gate-c"]);
    cleo.submit(&given).await.goes_to(&builder);
    assert_eq!(recorded(&app), rows, "pressed twice is once");
    cleo.get(&format!("{builder}/publication")).await.says("Overridden: 2").says("Gate B");

    publish(&app, &cleo).await;
    let patient = format!("/clinic/patients/{}", ann.id);
    cleo.get(&patient).await.says("Warnings overridden: 2").says("Ten degrees only, and it eases him");
    // What leaves the draft stays in the record.
    cleo.post(&format!("{builder}/prescriptions/{stretch}/removal"), &[]).await.goes_to(&builder);
    cleo.get(&patient).await.says("Warnings overridden: 2").says("Ten degrees only, and it eases him");
    assert_eq!(recorded(&app), rows);
}

#[tokio::test]
async fn warnings_block_nothing() {
    let app = App::start().await;
    let (cleo, ann) = (app.cleo().await, app.cast().ann.clone());
    stage(&app, ann.phases[0], "early");
    assess(&app, &irritable(Flag::ALL));
    let publication = cleo.get(&format!("/clinic/plans/{}/publication", ann.plan)).await.is(200);
    publication.says("You can publish all the same").says("Half-kneeling (lunge) hip-flexor stretch").says("With a hip replacement");
    publish(&app, &cleo).await;
    let current = app.db.read_here(|conn| plans::current(conn, ann.id)).unwrap().unwrap();
    assert_eq!(current.publication.version, 2);
}

#[tokio::test]
async fn only_what_was_shown_is_overridden_and_only_in_its_own_plan() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    stage(&app, cast.ann.phases[0], "early");
    let stretch = prescription(&app, "half-kneeling-hip-flexor-stretch");
    let path = overrides_of(&app, stretch);
    let shown = cleo.get(&path).await.is(200);
    assert_eq!(shown.heading(), "Warnings of Half-kneeling (lunge) hip-flexor stretch");
    // Meanwhile somebody finds out more.
    assess(&app, &irritable(&[Flag::KneePain]));
    cleo.submit(&shown.form(&path, 0).with("reason", "Short and mild")).await.goes_to("/clinic/plans/");
    assert_eq!(recorded(&app).iter().map(|row| row.rule.as_str()).collect::<Vec<_>>(), ["gate-c"]);
    cleo.get(&path).await.says("Overridden by Cleo Carter").says("With knee pain").says("Early-stage rule");
    let none = cleo.post(&path, &[("reason", "Just so")]).await.refused();
    assert!(none.has_error_for("reason"));

    let of_ben = format!("/clinic/plans/{}/prescriptions/{stretch}/overrides", cast.ben.plan);
    cleo.get(&of_ben).await.is(404);
    cleo.post(&of_ben, &[("reason", "Just so"), ("rule", "gate-c")]).await.is(404);
    assert_eq!(recorded(&app).len(), 1);
}
