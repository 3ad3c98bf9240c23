//! Programmes: read by staff, made by the clinic, put into plans.

use hip_clinic::db::Lock;
use hip_clinic::exercises::dose::{Frequency, Side};
use hip_clinic::exercises::{Library, Stage};
use hip_clinic::ids::PlanId;
use hip_clinic::plans::programmes::{self, About, Programmes};
use hip_clinic::plans::{self, Draft};

use crate::support::{App, Page, Person};

fn draft(app: &App, plan: PlanId) -> Draft {
    app.db.read_here(|conn| plans::draft(conn, plan)).unwrap().unwrap()
}

fn ann(app: &App) -> String {
    format!("/clinic/plans/{}/programmes", app.cast().ann.plan)
}

/// Puts a programme into Ann's plan as its form offers it.
async fn put(app: &App, cleo: &Person, programme: &str) -> Page {
    let form = cleo.get(&format!("{}?programme={programme}", ann(app))).await.is(200).form(&ann(app), 0);
    cleo.submit(&form).await
}

fn about(name: &str, shared: bool) -> About {
    About { name: name.to_owned(), audience: String::new(), purpose: "Our way".to_owned(), shared }
}

#[tokio::test]
async fn staff_read_the_programmes_of_the_house() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let list = cleo.get("/clinic/programmes").await.is(200);
    assert_eq!(list.all("#house ~ .listing > li").len(), 7);
    let for_desks = cleo.get("/clinic/programmes?for=desk-workers&stage=early").await.is(200);
    assert_eq!(for_desks.all("#house ~ .listing h3"), ["Iliopsoas syndrome, desk worker"]);
    let library = Library::load().unwrap();
    for programme in Programmes::load(&library).unwrap().all() {
        assert!(list.links().contains(&programme.path()), "{}", programme.slug);
        let page = cleo.get(&programme.path()).await.is(200);
        page.says(&programme.who).says(&programme.basis);
        for phase in &programme.phases {
            page.says(&phase.name).says(&phase.purpose);
        }
        for link in page.links().iter().filter(|link| link.starts_with("/clinic/exercises/") || link.starts_with("/exercises/test")) {
            assert!(library.get(link.trim_start_matches("/clinic/exercises/")).is_some() || link.contains("test-"), "{link}");
        }
    }
    let late = cleo.get("/clinic/programmes/runner-late-return").await;
    late.says("Levels R1 to R10 of the run–walk ladder, every other day").says("Walk 4 minutes 30 seconds, run 30 seconds, 4 times.");
    late.says("Hold the side plank for at least 30 seconds on each side");
    cleo.get("/clinic/programmes/sprint-and-hill-addon").await.says("Hills start").says("4 rounds. At 70 % of your full speed.");
    cleo.get("/clinic/programmes/no-such").await.is(404);
}

#[tokio::test]
async fn a_programme_comes_after_what_is_there_and_changes_nothing_of_it() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let plan = app.cast().ann.plan;
    let before = draft(&app, plan);
    let to = put(&app, &cleo, "runner-early").await.goes_to_any();
    let after = draft(&app, plan);
    assert_eq!(after.phases[..before.phases.len()], before.phases, "what was there stays");
    let new = &after.phases[before.phases.len()..];
    assert_eq!(new.iter().map(|phase| phase.name.as_str()).collect::<Vec<_>>(), ["Calm", "First loading"]);
    assert!(to.starts_with(&format!("/clinic/plans/{plan}?phase={}&done=programme-put", new[0].id)), "{to}");
    assert_eq!((new[0].stage, new[0].exit.len(), new[1].exit.len()), (Some(Stage::Early), 4, 3));
    assert!(new[0].id.0 > before.phases.last().unwrap().id.0, "numbers of their own");
    // Ann's left side is sore; the lower end of every span is the beginning.
    let press = &new[0].prescriptions[0];
    assert_eq!((press.dose.side, press.dose.hold, press.dose.frequency), (Side::Left, Some(20), Frequency::Daily(1)));
    cleo.get(&to).await.is(200).says("The programme is in the draft.");
    app.ann().await.get("/my/plan").await.says_not("First loading");
    // It is a step like any other of the builder.
    cleo.get(&to).await.says("put in the programme Runner, early stage");
    // Pressed twice, it is there once.
    assert_eq!(put(&app, &cleo, "runner-early").await.goes_to_any(), to);
    assert_eq!(draft(&app, plan), after);
    // Another one comes after it.
    put(&app, &cleo, "runner-mid").await.goes_to_any();
    let more = draft(&app, plan);
    assert_eq!(more.phases[..after.phases.len()], after.phases);
    assert_eq!(more.phases.last().unwrap().prescriptions[1].note, "On day 1 if you take turns. One round more on your left side.");
}

#[tokio::test]
async fn only_the_chosen_phases_enter_and_none_is_refused() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let plan = app.cast().ann.plan;
    let before = draft(&app, plan);
    let page = cleo.get(&format!("{}?programme=iliopsoas-desk-worker", ann(&app))).await.is(200);
    let form = page.form(&ann(&app), 0);
    assert!(!form.says("phase", "settle") && form.says("phase", "loosen"), "what is for some is not ticked");
    let none = ["loosen", "strengthen", "load", "keep"].into_iter().fold(form.clone(), |form, key| form.without("phase", key));
    let refused = cleo.submit(&none).await.refused();
    assert!(refused.has_error_for("phase"));
    assert!(!refused.form(&ann(&app), 0).says("phase", "loosen"), "what was chosen stays");
    assert_eq!(draft(&app, plan), before);
    cleo.submit(&none.with("phase", "settle")).await.goes_to_any();
    assert_eq!(draft(&app, plan).phases.last().unwrap().name, "Settle first");
    // Two probes or none.
    let page = cleo.get(&format!("{}?programme=tight-test-train-retest", ann(&app))).await.is(200);
    let one = page.form(&ann(&app), 0).with("probe", "stretch");
    assert!(cleo.submit(&one).await.refused().has_error_for("probe"));
    cleo.submit(&one.with("probe", "release")).await.goes_to_any();
    let pair = draft(&app, plan).phases.into_iter().find(|phase| phase.name == "Personal pair").unwrap();
    assert_eq!(pair.prescriptions[0].exercise, "iliopsoas-ball-release");
    cleo.get(&format!("{}?programme=no-such", ann(&app))).await.is(404);
    cleo.post(&ann(&app), &[("programme", "no-such"), ("phase", "calm")]).await.is(404);
    cleo.get("/clinic/plans/999999/programmes").await.is(404);
}

#[tokio::test]
async fn a_new_plan_uses_up_its_empty_phase() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let begun = cleo.post(&format!("/clinic/patients/{}/plans", app.cast().ann.id), &[]).await.goes_to_any();
    let plan = PlanId(begun.trim_start_matches("/clinic/plans/").parse().unwrap());
    let path = "/clinic/programmes/maintenance-15/plans";
    let form = cleo.get(path).await.is(200).form(path, 0);
    assert!(cleo.submit(&form).await.refused().has_error_for("patient"));
    let form = form.with("patient", &app.cast().ann.id.to_string());
    let to = cleo.submit(&form).await.goes_to_any();
    assert!(to.starts_with(&format!("/clinic/plans/{plan}?")), "the newest plan: {to}");
    let phases = draft(&app, plan).phases;
    assert_eq!(phases.iter().map(|phase| phase.name.as_str()).collect::<Vec<_>>(), ["Keep it up"]);
}

#[tokio::test]
async fn a_programme_of_ones_own_is_nobody_elses_until_it_is_shared() {
    let app = App::start().await;
    let (cleo, dan) = (app.cleo().await, app.dan().await);
    let form = cleo.get("/clinic/programmes/new").await.is(200).form("/clinic/programmes", 0);
    assert!(cleo.submit(&form).await.refused().has_error_for("name"));
    let made = cleo.submit(&form.with("name", "My way").with("purpose", "Slow & steady")).await.goes_to_any();
    let path = made.split('?').next().unwrap().to_owned();
    cleo.get("/clinic/programmes").await.says("My way").says("Only mine");
    dan.get("/clinic/programmes").await.says_not("My way");
    let number = path.rsplit('/').next().unwrap().to_owned();
    for place in [format!("{path}/about"), format!("{path}/plans"), format!("{}?programme={number}", ann(&app))] {
        dan.get(&place).await.is(404);
        cleo.get(&place).await.is(200);
    }
    cleo.get(&path).await.is(200).says("My way");
    dan.get(&path).await.is(404);
    dan.post(&format!("{path}/copies"), &[]).await.is(404);
    dan.post(&format!("{path}/about"), &[("name", "Mine now"), ("shared", "yes")]).await.is(404);
    dan.post(&format!("{path}/archival"), &[]).await.is(404);
    let about = format!("{path}/about");
    let form = cleo.get(&about).await.form(&about, 0);
    assert_eq!((form.value("name"), form.value("purpose"), form.value("shared")), ("My way", "Slow & steady", "no"));
    cleo.submit(&form.with("shared", "yes").with("name", "Our way")).await.goes_to(&path);
    dan.get("/clinic/programmes").await.says("Our way").says("Everyone’s");
    // Dan may change it, and not take it for himself or away from others.
    dan.post(&about, &[("name", "Our better way"), ("shared", "no")]).await.goes_to(&path);
    cleo.get("/clinic/programmes").await.says("Our better way").says("Everyone’s");
    // Put away, nobody is offered it, and it comes back.
    dan.post(&format!("{path}/archival"), &[("archived", "yes")]).await.goes_to("/clinic/programmes");
    cleo.get(&ann(&app)).await.is(200).says_not("Our better way");
    cleo.get("/clinic/programmes").await.says("Put away (1)");
    cleo.post(&format!("{path}/archival"), &[("archived", "no")]).await.goes_to("/clinic/programmes");
    cleo.get(&ann(&app)).await.says("Our better way");
}

#[tokio::test]
async fn a_copy_is_ones_own_and_nothing_leads_back() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let page = cleo.get("/clinic/programmes/runner-mid").await;
    let made = cleo.submit(&page.form("/clinic/programmes/runner-mid/copies", 0)).await.goes_to_any();
    assert!(made.ends_with("?done=programme-copied"), "{made}");
    let list = cleo.get("/clinic/programmes").await;
    list.says("copied from Runner, mid stage").says("Only mine");
    // From a plan: doses, and notes to the patient only when they are asked for.
    let path = format!("/clinic/plans/{}/copies", app.cast().ann.plan);
    let form = cleo.get(&path).await.is(200).says("Ann Archer").form(&path, 0).with("name", "As for a runner");
    cleo.submit(&form).await.goes_to_any();
    let own = app.db.read_here(|conn| programmes::own_programmes(conn, app.cast().cleo)).unwrap();
    assert_eq!(own.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["As for a runner", "Runner, mid stage"]);
    assert_eq!(own[0].copied_from, "the plan of a patient", "no name of a patient");
}

#[tokio::test]
async fn an_own_programme_enters_a_plan_like_one_of_the_house() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let (plan, now) = (app.cast().ann.plan, app.clock.now());
    let phases = draft(&app, plan).phases;
    let made =
        app.db.write_here(Lock::Clinic, |conn| programmes::create(conn, &about("Ours", true), "", &phases, app.cast().dan, now)).unwrap();
    let ben = app.cast().ben.plan;
    let before = draft(&app, ben);
    let path = format!("/clinic/plans/{ben}/programmes");
    let form = cleo.get(&format!("{path}?programme={made}")).await.is(200).says("Ours").form(&path, 0);
    cleo.submit(&form).await.goes_to_any();
    let after = draft(&app, ben);
    assert_eq!(after.phases[..before.phases.len()], before.phases);
    let names: Vec<&str> = after.phases[before.phases.len()..].iter().map(|phase| phase.name.as_str()).collect();
    assert_eq!(names, phases.iter().map(|phase| phase.name.as_str()).collect::<Vec<_>>());
    assert_eq!(draft(&app, plan).phases, phases, "the plan it was made from stays as it is");
}
