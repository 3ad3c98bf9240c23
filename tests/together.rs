//! What happens in the same moment: two taps, two phones, two physios. Nothing is lost, nothing doubled, nobody is told a lie.

use hip_clinic::accounts;
use hip_clinic::db::Lock;
use hip_clinic::diary;

use crate::support::{App, Form, Page, Person};

/// Sends the same form from several browsers at once.
async fn at_once(people: &[Person], form: &Form) -> Vec<Page> {
    let (one, two, three, four) =
        tokio::join!(people[0].submit(form), people[1].submit(form), people[2].submit(form), people[3].submit(form));
    vec![one, two, three, four]
}

fn statuses(pages: &[Page]) -> Vec<u16> {
    let mut statuses: Vec<u16> = pages.iter().map(|page| page.status).collect();
    statuses.sort_unstable();
    statuses
}

#[tokio::test]
async fn four_taps_are_one_set() {
    let app = App::start().await;
    let cast = app.cast();
    let phones = [app.ann().await, app.ann().await, app.ann().await, app.ann().await];
    let page = phones[0].get("/my/today").await;
    let form = page.form_with("/my/sets", "prescription", &cast.ann.bridge.to_string()).with("done", "both-1").with("amount-both-1", "9");
    for _ in 0..5 {
        assert_eq!(statuses(&at_once(&phones, &form).await), [303; 4]);
    }
    let today = app.clock.today();
    let sessions = app.db.read_here(|conn| diary::sessions(conn, cast.ann.id, today, today)).unwrap();
    assert_eq!((sessions.len(), sessions[0].sets.len()), (1, 1));
    assert!(app.db.read_here(|conn| diary::corrections(conn, cast.ann.id, today)).unwrap().is_empty());
}

#[tokio::test]
async fn four_phones_with_a_round_each_make_one_session_of_four_rounds() {
    let app = App::start().await;
    let cast = app.cast();
    let phones = [app.ann().await, app.ann().await, app.ann().await, app.ann().await];
    let clamshell = cast.ann.prescriptions.iter().find(|(_, exercise)| *exercise == "clamshell").unwrap().0.to_string();
    let form = phones[0].get("/my/today").await.form_with("/my/sets", "prescription", &clamshell);
    let [one, two, three, four] = ["left-1", "left-2", "right-1", "right-2"].map(|round| form.clone().with("done", round));
    let answers = tokio::join!(phones[0].submit(&one), phones[1].submit(&two), phones[2].submit(&three), phones[3].submit(&four));
    assert_eq!(statuses(&[answers.0, answers.1, answers.2, answers.3]), [303; 4]);
    let today = app.clock.today();
    let sessions = app.db.read_here(|conn| diary::sessions(conn, cast.ann.id, today, today)).unwrap();
    assert_eq!((sessions.len(), sessions[0].sets.len()), (1, 4));
}

#[tokio::test]
async fn two_physios_who_publish_together_make_one_version() {
    let app = App::start().await;
    let plan = format!("/clinic/plans/{}", app.cast().ann.plan);
    let desks = [app.cleo().await, app.dan().await, app.olu().await, app.cleo().await];
    let row = format!("{plan}/prescriptions/{}", app.cast().ann.bridge);
    let dose = desks[0].get(&plan).await.form(&row, 0).with("sets", "2");
    desks[0].submit(&dose).await.goes_to(&plan);
    let path = format!("{plan}/publication");
    let form = desks[0].get(&path).await.form(&path, 0).with("reason", "Fewer rounds");
    assert_eq!(statuses(&at_once(&desks, &form).await), [303; 4], "pressed twice is published once");
    app.ann().await.get("/my/plan").await.says("Version 2, from").says_not("Version 3");
}

#[tokio::test]
async fn fifty_changes_of_one_draft_at_once_are_fifty_steps() {
    let app = App::start().await;
    let cast = app.cast();
    let plan = format!("/clinic/plans/{}", cast.ann.plan);
    let desks = [app.cleo().await, app.dan().await, app.olu().await, app.cleo().await].map(std::sync::Arc::new);
    let page = desks[0].get(&plan).await.is(200);
    let known: Vec<&str> = cast.ann.prescriptions.iter().map(|(_, exercise)| *exercise).collect();
    let library = hip_clinic::exercises::Library::load().unwrap();
    let others: Vec<String> = library.in_use().iter().map(|of| of.slug.clone()).filter(|slug| !known.contains(&&**slug)).take(44).collect();
    let add = page.form(&format!("{plan}/prescriptions"), 0).forged("phase", &cast.ann.phases[0].to_string());
    let mut forms: Vec<Form> = others.iter().map(|slug| add.clone().forged("exercise", slug)).collect();
    for (id, _) in &cast.ann.prescriptions {
        forms.push(page.form(&format!("{plan}/prescriptions/{id}"), 0).with("sets", "7"));
    }
    for phase in &cast.ann.phases {
        forms.push(page.form(&format!("{plan}/phases/{phase}"), 0).with("purpose", "All at once"));
    }
    assert_eq!(forms.len(), 50);
    let mut sent = tokio::task::JoinSet::new();
    for (place, form) in forms.into_iter().enumerate() {
        let desk = std::sync::Arc::clone(&desks[place % 4]);
        sent.spawn(async move { desk.submit(&form).await.status });
    }
    assert_eq!(sent.join_all().await, [303; 50]);
    let (draft, steps) = app
        .db
        .read_here(|conn| {
            let draft = hip_clinic::plans::draft(conn, cast.ann.plan)?.unwrap();
            let steps = hip_clinic::plans::steps(conn, draft.of)?;
            Ok((draft, steps))
        })
        .unwrap();
    assert_eq!(steps.iter().map(|step| step.revision).collect::<Vec<_>>(), (1..=50).rev().collect::<Vec<_>>(), "no step is missing");
    let mut slugs: Vec<String> = draft.prescriptions().map(|row| row.exercise.clone()).collect();
    assert_eq!(slugs.len(), 48);
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!(slugs.len(), 48, "nothing is doubled");
    assert_eq!(draft.prescriptions().filter(|row| row.dose.sets == 7).count(), 4);
    assert!(draft.phases.iter().all(|phase| phase.purpose == "All at once"));
}

#[tokio::test]
async fn one_link_opened_twice_sets_one_password() {
    let app = App::start().await;
    let (now, id) = (app.clock.now(), app.cast().ann.id);
    let token = app.db.write_here(Lock::People, |conn| accounts::invite(conn, Some(id.into()), None, now)).unwrap();
    let path = format!("/invitations/{token}");
    let people = [app.visitor(), app.visitor(), app.visitor(), app.visitor()];
    let form = people[0].get(&path).await.form(&path, 0).with("password", "four other random words");
    assert_eq!(statuses(&at_once(&people, &form).await), [303, 410, 410, 410]);
}

#[tokio::test]
async fn one_address_is_added_once() {
    let app = App::start().await;
    let desks = [app.cleo().await, app.dan().await, app.olu().await, app.cleo().await];
    let form = desks[0].get("/clinic/patients/new").await.form("/clinic/patients", 0);
    let form = form.with("name", "Zoë Zimmer").with("email", "zoe@people.example").with("sore_side", "right");
    assert_eq!(statuses(&at_once(&desks, &form).await), [303, 422, 422, 422]);
    assert_eq!(desks[0].get("/clinic/patients?q=zimmer").await.all("tbody tr").len(), 1);
}

#[tokio::test]
async fn a_report_tapped_four_times_is_one_report() {
    let app = App::start().await;
    let phones = [app.ann().await, app.ann().await, app.ann().await, app.ann().await];
    let form = phones[0].get("/my/something-wrong").await.form("/my/something-wrong", 0).with("RF8", "yes");
    assert_eq!(statuses(&at_once(&phones, &form).await), [303; 4]);
    let open = app.db.read_here(|conn| hip_clinic::patients::open_reports(conn, Some(app.cast().ann.id))).unwrap();
    assert_eq!(open.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_who_write_in_one_diary_lose_and_double_nothing() {
    let app = App::start().await;
    let (cast, today) = (app.cast(), app.clock.today());
    let phone = app.ann().await;
    let (plan, bridge) = (cast.ann.plan.to_string(), cast.ann.bridge.to_string());
    // Fifty phones: five days, five sessions, and each round from two phones at once.
    let entries: Vec<(String, String, &str)> = (0..50)
        .map(|place: i64| {
            let round = place / 2;
            let day = today - chrono::TimeDelta::days(round % 5);
            (day.to_string(), (round / 5 + 1).to_string(), if place % 4 < 2 { "both-1" } else { "both-2" })
        })
        .collect();
    let send = async |(day, ordinal, round): &(String, String, &str)| {
        let fields = [("plan", &*plan), ("version", "1"), ("day", day), ("ordinal", ordinal), ("prescription", &*bridge), ("done", round)];
        phone.post("/my/sets", &fields).await.status
    };
    let mut taken = Vec::new();
    for ten in entries.chunks(10) {
        let sent = tokio::join!(
            send(&ten[0]),
            send(&ten[1]),
            send(&ten[2]),
            send(&ten[3]),
            send(&ten[4]),
            send(&ten[5]),
            send(&ten[6]),
            send(&ten[7]),
            send(&ten[8]),
            send(&ten[9]),
        );
        taken.extend([sent.0, sent.1, sent.2, sent.3, sent.4, sent.5, sent.6, sent.7, sent.8, sent.9]);
    }
    assert_eq!(taken, [303; 50]);
    let asked: std::collections::BTreeSet<_> = entries.iter().collect();
    let sessions = app.db.read_here(|conn| diary::sessions(conn, cast.ann.id, today - chrono::TimeDelta::days(7), today)).unwrap();
    let kept = sessions.iter().map(|session| session.sets.len()).sum::<usize>();
    assert_eq!((sessions.len(), kept), (25, asked.len()));
    assert!(app.db.read_here(|conn| diary::corrections(conn, cast.ann.id, today - chrono::TimeDelta::days(7))).unwrap().is_empty());
}
