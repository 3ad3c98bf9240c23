//! The desk: patients, screening, clearance, invitation.

use hip_clinic::patients;

use crate::support::{App, Form, PASSWORD, Page, Person};

/// The form for a new patient, filled in.
async fn new_patient(cleo: &Person) -> Form {
    let page = cleo.get("/clinic/patients/new").await.is(200);
    let form = page.form("/clinic/patients", 0);
    form.with("name", "Zoë Zimmer").with("email", "zoe@people.example").with("sore_side", "right").with("goal", "Dance again")
}

/// The number in the address of a patient's screening.
fn number_in(path: &str) -> i64 {
    path.split('/').nth(3).unwrap().parse().unwrap()
}

/// The keys of all questions of the screening.
fn keys() -> Vec<&'static str> {
    patients::RED_FLAGS.iter().map(|flag| flag.key).chain(patients::CONTRAINDICATIONS.iter().map(|found| found.key)).collect()
}

fn all_no(page: &Page, patient: i64) -> Form {
    let form = page.form(&format!("/clinic/patients/{patient}/screening"), 0);
    keys().iter().fold(form, |form, key| form.with(key, "no"))
}

#[tokio::test]
async fn the_list_finds_people_by_part_of_their_name_and_ones_own() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let page = cleo.get("/clinic/patients").await.is(200);
    assert_eq!(page.heading(), "Patients");
    page.says("Ann Archer").says("Ben Bell").says("left hip");
    let found = cleo.send(&page.form("/clinic/patients", 0).with("q", "ARCH")).await;
    found.says("Ann Archer").says_not("Ben Bell");
    cleo.get("/clinic/patients?physio=me").await.says("Ann Archer").says_not("Ben Bell");
    let nobody = cleo.get("/clinic/patients?q=%25%3Cb%3E").await.is(200);
    nobody.says("Nobody found").says("%<b>");
}

#[tokio::test]
async fn a_new_patient_is_there_with_what_was_said() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let form = new_patient(&cleo).await;
    assert_eq!(form.value("physio"), app.cast().cleo.to_string(), "one's own patient unless said otherwise");
    assert_eq!(form.value("sore_side"), "right");
    let screening = cleo.send(&form.with("morning_pain", "3")).await.is(200);
    assert_eq!(screening.heading(), "Screening of Zoë Zimmer");
    screening.says("The patient is added.");
    let id = number_in(&screening.path);
    let page = cleo.get(&format!("/clinic/patients/{id}")).await.is(200);
    assert_eq!(page.heading(), "Zoë Zimmer");
    page.says("right hip").says("Dance again").says("3 of 10").says("zoe@people.example").says("no password yet").says("Cleo Carter");
    cleo.get("/clinic/patients?q=zoe").await.says("Zoë Zimmer");
}

#[tokio::test]
async fn nothing_about_a_new_patient_is_preset_or_lost() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let blank = cleo.get("/clinic/patients/new").await.form("/clinic/patients", 0);
    for field in ["name", "email", "sore_side", "goal", "morning_pain"] {
        assert_eq!(blank.value(field), "", "{field} is preset");
    }
    let form = new_patient(&cleo).await.with("email", "zoe").with("morning_pain", "7").with("physio", &app.cast().dan.to_string());
    let page = cleo.submit(&form).await.refused();
    assert!(page.has_error_for("email"));
    let again = page.form("/clinic/patients", 0);
    for (name, value) in form.fields() {
        assert!(again.says(name, value), "{name} is kept");
    }
    let empty = cleo.submit(&blank).await.refused();
    assert_eq!(empty.error_summary().len(), 3, "{:?}", empty.error_summary());
}

#[tokio::test]
async fn a_second_press_adds_no_second_person() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let form = new_patient(&cleo).await;
    cleo.submit(&form).await.goes_to("/clinic/patients/");
    let again = cleo.submit(&form).await.refused();
    assert!(again.error_for("email").unwrap().contains("has an account already"));
    assert_eq!(cleo.get("/clinic/patients?q=zimmer").await.all("tbody tr").len(), 1);
    let staff = cleo.submit(&form.clone().with("email", "olu@clinic.example")).await.refused();
    assert!(staff.has_error_for("email"));
    // Who looks after a patient is one of the staff.
    let ann = app.cast().ann.id.to_string();
    let forged = cleo.submit(&form.with("email", "new@people.example").forged("physio", &ann)).await.refused();
    assert!(forged.has_error_for("physio"));
}

#[tokio::test]
async fn every_question_of_the_screening_needs_an_answer_and_none_is_preset() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let ann = app.cast().ann.id.0;
    let path = format!("/clinic/patients/{ann}/screening");
    let page = cleo.get(&path).await.is(200);
    let form = page.form(&path, 0);
    assert!(keys().iter().all(|key| form.value(key).is_empty()), "an answer is preset");
    let refused = cleo.submit(&form.with("RF2", "no").with("RF9", "yes").with("note", "Asked by telephone")).await.refused();
    assert_eq!(refused.error_summary().len(), 12 + 5);
    let again = refused.form(&path, 0);
    assert_eq!((again.value("RF2"), again.value("RF9"), again.value("note")), ("no", "yes", "Asked by telephone"));
}

#[tokio::test]
async fn a_flag_stops_everything_until_a_clearance_says_why_it_may_go_on() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    let (id, plan) = (cast.ann.id.0, cast.ann.plan.0);
    let page = cleo.get(&format!("/clinic/patients/{id}/screening")).await;
    let answer = cleo.send(&all_no(&page, id).with("RF8", "yes")).await.is(200);
    answer.says("The screening is saved.").says("night, rest or constant pain");
    cleo.get("/clinic").await.says("Ann Archer").says("A red flag from the screening is open");
    let publication = cleo.get(&format!("/clinic/plans/{plan}/publication")).await.is(200);
    publication.says("Record a clearance first");
    assert!(!publication.has_form(&format!("/clinic/plans/{plan}/publication")));
    cleo.post(&format!("/clinic/plans/{plan}/publication"), &[("reason", "go"), ("version", "2")]).await.is(422).says("Record a clearance");

    let clearances = format!("/clinic/patients/{id}/clearances");
    let screening = cleo.get(&format!("/clinic/patients/{id}/screening")).await;
    let refused = cleo.submit(&screening.form(&clearances, 0)).await.refused();
    assert!(refused.has_error_for("reason"));
    let cleared = cleo.send(&screening.form(&clearances, 0).with("reason", "Seen today; it is a bruise")).await.is(200);
    cleared.says("The clearance is recorded.");
    cleo.get("/clinic").await.says_not("Ann Archer");
    // Pressed again, it clears nothing more and fails nowhere.
    cleo.post(&clearances, &[("reason", "Seen today; it is a bruise")]).await.goes_to(&format!("/clinic/patients/{id}"));
}

#[tokio::test]
async fn a_contraindication_blocks_as_a_red_flag_does_and_says_what_it_is() {
    let app = App::start().await;
    let (cleo, ann, cast) = (app.cleo().await, app.ann().await, app.cast());
    let (id, plan) = (cast.ann.id.0, cast.ann.plan.0);
    let path = format!("/clinic/patients/{id}/screening");
    let page = cleo.get(&path).await;
    let answer = cleo.send(&all_no(&page, id).with("CI1", "yes").with("note", "Scan on Friday")).await.is(200);
    answer.says("suspected or confirmed bone stress injury").says("A contra-indication is open");
    cleo.get("/clinic").await.says("Ann Archer").says("A contra-indication from the screening is open");
    ann.get("/my/today").await.is(200).says(patients::CONTRAINDICATIONS[0].question).says_not("Did it differ?");
    let publication = format!("/clinic/plans/{plan}/publication");
    let words = "Suspected or confirmed bone stress injury (CI1). Record a clearance first.";
    cleo.get(&publication).await.is(200).says(words);
    cleo.post(&publication, &[("reason", "go"), ("version", "2")]).await.is(422).says(words);
    let (on_hold, go_on) = ([("state", "paused"), ("reason", "Wait")], [("state", "running"), ("reason", "Go on")]);
    cleo.post(&format!("/clinic/plans/{plan}/states"), &on_hold).await.goes_to("/clinic/patients/");
    cleo.post(&format!("/clinic/plans/{plan}/states"), &go_on).await.is(422).says(words);

    ann.get("/my/today").await.is(200).says("stress fracture");

    let clearances = format!("/clinic/patients/{id}/clearances");
    let reason = "The scan of Friday shows no fracture";
    cleo.send(&cleo.get(&path).await.form(&clearances, 0).with("reason", reason)).await.is(200);
    cleo.get(&path).await.says(&format!("Cleared by Cleo Carter, 24 November 2026, 09:30: {reason}")).says("Scan on Friday");
    cleo.post(&format!("/clinic/plans/{plan}/states"), &go_on).await.goes_to("/clinic/patients/");
    ann.get("/my/today").await.is(200).says("Did it differ?");
}

#[tokio::test]
async fn a_screening_from_before_the_contraindications_is_read_as_it_was() {
    let app = App::start().await;
    let (cleo, id) = (app.cleo().await, app.cast().ann.id);
    app.db
        .write_here(hip_clinic::db::Lock::Clinic, |conn| {
            use diesel::connection::SimpleConnection;
            let old = "INSERT INTO screenings (patient_id, asked_in, flags, note, recorded_by, recorded_at) VALUES";
            Ok(conn.batch_execute(&format!("{old} ({id}, 'clinic', 'RF8', 'Before', {id}, '2026-11-20 08:00:00')"))?)
        })
        .unwrap();
    let open = app.db.read_here(|conn| patients::open_reports(conn, Some(id))).unwrap();
    assert_eq!((open.len(), open[0].in_words()), (1, "night, rest or constant pain".to_owned()));
    cleo.get(&format!("/clinic/patients/{id}/screening")).await.is(200).says("Before");
}

#[tokio::test]
async fn an_assessment_is_kept_with_its_history_and_the_newest_counts() {
    let app = App::start().await;
    let (cleo, id) = (app.cleo().await, app.cast().ann.id);
    let (page, path) = (format!("/clinic/patients/{id}"), format!("/clinic/patients/{id}/assessment"));
    let before = cleo.get(&page).await.says("not assessed").links().contains(&path);
    assert!(before, "the way to the assessment");
    let form = cleo.get(&path).await.is(200).form(&path, 0);
    for field in ["condition", "painful", "lingering", "morning", "stiff", "note"] {
        assert_eq!(form.value(field), "", "{field} is preset");
    }
    let filled = form.with("condition", "knee-pain").with("lingering", "yes").with("note", "Stairs at work");
    let saved = cleo.send(&filled).await.is(200);
    saved.says("The assessment is saved.").says("knee pain").says("irritable").says("Cleo Carter recorded an assessment");
    cleo.submit(&filled).await.goes_to(&page);
    let standing = app.db.read_here(|conn| patients::standing(conn, id)).unwrap();
    assert_eq!((standing.conditions, standing.irritable), (vec![patients::Flag::KneePain], Some(true)));
    assert_eq!(app.db.read_here(|conn| patients::assessment::history(conn, id)).unwrap().len(), 1, "pressed twice is once");

    app.clock.advance(chrono::TimeDelta::days(7));
    let olu = app.olu().await;
    let again = olu.get(&path).await.form(&path, 0);
    assert_eq!((again.value("condition"), again.value("lingering"), again.value("painful")), ("knee-pain", "yes", ""));
    let calm = again.with("painful", "no").with("lingering", "no").with("morning", "no").with("stiff", "yes");
    olu.send(&calm).await.is(200).says("not irritable; stiffness leads").says("1 December 2026");
    let standing = app.db.read_here(|conn| patients::standing(conn, id)).unwrap();
    assert_eq!((standing.irritable, standing.stiffness_route), (Some(false), true));
    olu.get(&path).await.says("Olu Ono, 1 December 2026").says("Cleo Carter, 24 November 2026").says("Stairs at work");
    olu.get(&format!("/clinic/patients/{}", app.cast().ben.id)).await.says("not assessed");
}

#[tokio::test]
async fn an_assessment_that_will_not_do_is_shown_again_as_it_was() {
    let app = App::start().await;
    let (cleo, id) = (app.cleo().await, app.cast().ann.id);
    let path = format!("/clinic/patients/{id}/assessment");
    let form = cleo.get(&path).await.form(&path, 0).with("condition", "hernia").with("morning", "no").forged("painful", "perhaps");
    let refused = cleo.submit(&form).await.refused();
    assert!(refused.has_error_for("painful"));
    let again = refused.form(&path, 0);
    assert_eq!((again.value("condition"), again.value("morning")), ("hernia", "no"));
    assert_eq!(app.db.read_here(|conn| patients::standing(conn, id)).unwrap().assessed, None);
}

#[tokio::test]
async fn an_invitation_is_shown_once_and_opens_the_account() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let screening = cleo.send(&new_patient(&cleo).await).await;
    let id = number_in(&screening.path);
    cleo.send(&all_no(&screening, id)).await.is(200);
    let page = cleo.post(&format!("/clinic/patients/{id}/invitations"), &[]).await.is(200);
    assert_eq!(page.heading(), "Invitation for Zoë Zimmer");
    let link = page.all("code").first().unwrap().strip_prefix(&app.base).unwrap().to_owned();
    let again = cleo.post(&format!("/clinic/patients/{id}/invitations"), &[]).await.is(200);
    let newer = again.all("code").first().unwrap().strip_prefix(&app.base).unwrap().to_owned();
    app.visitor().get(&link).await.is(410);
    let zoe = app.visitor();
    let form = zoe.get(&newer).await.is(200).form(&newer, 0).with("password", PASSWORD);
    let today = zoe.send(&form).await.is(200);
    today.says("Your plan is being made");
    cleo.get(&format!("/clinic/patients/{id}")).await.says_not("no password yet");
}

#[tokio::test]
async fn what_people_type_is_shown_and_never_run() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let typed = "<script>alert(1)</script> & \"Zoë\"";
    let screening = cleo.send(&new_patient(&cleo).await.with("name", typed).with("goal", "<img src=x onerror=alert(1)>")).await.is(200);
    let id = number_in(&screening.path);
    for path in [format!("/clinic/patients/{id}"), "/clinic".to_owned(), "/clinic/patients".to_owned()] {
        let page = cleo.get(&path).await.is(200);
        page.says(typed).says("<img src=x onerror=alert(1)>");
        assert!(!page.body().contains("<script>alert") && !page.body().contains("<img src=x"), "{path}");
    }
}

#[tokio::test]
async fn particulars_can_be_changed_and_an_answer_about_pain_is_kept_with_its_day() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    let (page, path) = (format!("/clinic/patients/{}", cast.ann.id), format!("/clinic/patients/{}/profile", cast.ann.id));
    assert!(cleo.get(&page).await.links().contains(&path));
    let form = cleo.get(&path).await.is(200).form(&path, 0);
    let saved = ["name", "email", "sore_side", "goal", "morning_pain"].map(|field| form.value(field).to_owned());
    assert_eq!(saved, ["Ann Archer", "ann@people.example", "left", "Run to the sea and back", "2"]);
    let form = form.with("name", "Ann Baker").with("email", "baker@people.example").with("sore_side", "both").with("morning_pain", "4");
    let changed = cleo.send(&form.with("physio", &cast.dan.to_string())).await.is(200);
    assert_eq!(changed.heading(), "Ann Baker");
    changed.says("Both hips").says("4 of 10").says("24 November 2026").says("Dan Dyer").says("Cleo Carter changed the particulars");
    cleo.get("/clinic/patients?physio=me").await.says_not("Ann");
    app.visitor().sign_in("baker@people.example", PASSWORD).await.goes_to("/my/today");
    app.visitor().sign_in("ann@people.example", PASSWORD).await.is(422);
    let (pain, asked_on) = app.db.read_here(|conn| patients::profile(conn, cast.ann.id)).unwrap().unwrap().baseline.unwrap();
    assert_eq!((pain, asked_on), (4, app.clock.today()));
}

#[tokio::test]
async fn particulars_that_will_not_do_are_shown_again_as_they_were_typed() {
    let app = App::start().await;
    let (cleo, cast) = (app.cleo().await, app.cast());
    let path = format!("/clinic/patients/{}/profile", cast.ann.id);
    let form = cleo.get(&path).await.form(&path, 0).with("name", "").with("email", "ben@people.example").with("goal", "Hop");
    let page = cleo.submit(&form).await.refused();
    assert!(page.has_error_for("name"));
    let again = page.form(&path, 0);
    assert_eq!((again.value("email"), again.value("goal")), ("ben@people.example", "Hop"));
    let taken = cleo.submit(&again.with("name", "Ann Archer")).await.refused();
    assert!(taken.error_for("email").unwrap().contains("has an account already"));
    cleo.get(&format!("/clinic/patients/{}", cast.ann.id)).await.says("ann@people.example").says_not("Hop");
    // Saved as it is, it is no new answer about pain.
    let before = app.db.read_here(|conn| patients::usual_pain(conn, cast.ann.id)).unwrap();
    let same = cleo.get(&path).await.form(&path, 0);
    app.clock.advance(chrono::TimeDelta::hours(1));
    cleo.submit(&same).await.goes_to("/clinic/patients/");
    let profile = app.db.read_here(|conn| patients::profile(conn, cast.ann.id)).unwrap().unwrap();
    assert_eq!(profile.baseline, Some((before.unwrap(), app.clock.today() - chrono::TimeDelta::days(1))));
}
