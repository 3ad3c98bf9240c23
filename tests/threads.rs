//! What a patient and the clinic write to each other: who reads what, what waits, what is closed, and that nothing is doubled or lost.

use chrono::TimeDelta;
use hip_clinic::audit;
use hip_clinic::db::Lock;
use hip_clinic::ids::ThreadId;
use hip_clinic::messages::threads::{self, Kind, Thread};

use crate::support::{App, Form, Page, Person};

const WORDS: &str = "May I take the *stairs*?\n\n- up\n- down";

/// Ann asks about the stairs; the address of the thread follows.
async fn asked(ann: &Person) -> String {
    let form = ann.get("/my/messages").await.is(200).form("/my/messages", 0).with("subject", "The stairs").with("words", WORDS);
    let to = ann.submit(&form).await.goes_to_any();
    let path = to.split('?').next().unwrap().to_owned();
    assert!(path.starts_with("/my/messages/") && to.ends_with("?done=message-sent#newest"), "{to}");
    path
}

fn at_clinic(path: &str) -> String {
    path.replace("/my/", "/clinic/")
}

fn thread(app: &App, path: &str) -> Thread {
    let id: ThreadId = path.rsplit('/').next().unwrap().parse().unwrap();
    app.db.read_here(|conn| threads::one(conn, id, None)).unwrap()
}

async fn answered(physio: &Person, path: &str, words: &str) -> Page {
    let form = physio.get(path).await.is(200).form(path, 0).with("words", words);
    physio.send(&form).await.is(200)
}

/// What the header says beside "Messages".
fn count(page: &Page) -> String {
    page.all(".site-nav .count").first().cloned().unwrap_or_default()
}

fn waiting(app: &App) -> Vec<(i64, bool)> {
    let waiting = app.db.read_here(|conn| threads::waiting(conn, None)).unwrap();
    waiting.into_iter().map(|waiting| (waiting.patient.0, waiting.unread)).collect()
}

#[tokio::test]
async fn a_question_goes_to_the_clinic_and_its_answer_comes_back() {
    let app = App::start().await;
    let (ann, dan) = (app.ann().await, app.dan().await);
    let empty = ann.get("/my/messages").await.is(200);
    empty.says("Messages are not for anything urgent").says("Monday to Friday, 8 to 18").says("+44 20 7946 0000").says("999");
    assert!(empty.text().find("not for anything urgent") < empty.text().find("Your message"), "above the form");
    assert!(empty.links().iter().any(|link| link == "/my/something-wrong"));
    let path = asked(&ann).await;
    let page = ann.get(&path).await.is(200);
    page.says("You").says("May I take the stairs?").says("24 November 2026, 09:30");
    assert_eq!((page.heading().as_str(), page.all(".message-words li").len(), count(&page)), ("The stairs", 2, String::new()));

    // Any member of staff sees it, and answers.
    app.clock.advance(TimeDelta::hours(2));
    let list = dan.get("/clinic/messages").await.is(200);
    assert_eq!(count(&list), "1 wait for an answer");
    list.says("1 conversation waits for an answer; nobody has read 1 of them yet.").says("Ann Archer: The stairs").says("Not read yet");
    list.says("Waits for 2 hours").says("Physio: Cleo Carter");
    dan.get("/clinic/messages?physio=me").await.is(200).says_not("The stairs").says("Nothing waits");
    let clinic = at_clinic(&path);
    let page = dan.get(&clinic).await.is(200);
    page.says("May I take the stairs?").says("New").says("Waits for an answer for 2 hours");
    assert_eq!(waiting(&app), [(app.cast().ann.id.0, false)], "read, and still waiting");
    dan.get("/clinic/messages").await.says_not("Not read yet").says("1 conversation waits for an answer.");
    let page = answered(&dan, &clinic, "Yes, **slowly**.").await;
    page.says("Your answer is sent").says("Not read yet").says_not("Waits for an answer");
    assert_eq!((waiting(&app), count(&page)), (Vec::new(), String::new()));

    let today = ann.get("/my/today").await.is(200);
    today.says("You have a new message from the clinic");
    assert_eq!(count(&today), "1 unread");
    ann.get("/my/messages").await.says("You have 1 new message.").says("1 new").says("Dan Dyer: Yes, **slowly**.");
    let page = ann.get(&path).await.is(200);
    page.says("Dan Dyer New").says("Yes, slowly.");
    assert_eq!(count(&page), "", "what is on the page is read");
    let today = ann.get("/my/today").await;
    today.says_not("new message");
    assert_eq!(count(&today), "");
    ann.get("/my/messages").await.says_not("You have").says_not("1 new");
    ann.get(&path).await.says_not("Dan Dyer New");
    dan.get(&clinic).await.says("Read on 24 November 2026, 11:30").says_not("Not read yet");
}

#[tokio::test]
async fn each_look_of_the_clinic_is_written_down() {
    let app = App::start().await;
    let (ann, dan, cleo) = (app.ann().await, app.dan().await, app.cleo().await);
    let clinic = at_clinic(&asked(&ann).await);
    dan.get(&clinic).await.is(200);
    let patient = format!("/clinic/patients/{}", app.cast().ann.id);
    dan.get(&format!("{patient}/messages")).await.is(200);
    answered(&dan, &clinic, "Yes.").await;
    let page = cleo.get(&patient).await.is(200);
    page.says("Dan Dyer read messages: conversation 1").says("Dan Dyer answered a message").says("Dan Dyer looked at the messages");
    dan.get("/clinic/messages").await.is(200);
    let last = app.db.read_here(|conn| Ok(audit::last_of(conn, "looked at the messages")?)).unwrap();
    assert_eq!(last, Some(app.clock.now()));
}

#[tokio::test]
async fn nobody_reads_another_patients_thread() {
    let app = App::start().await;
    let (ann, ben) = (app.ann().await, app.ben().await);
    let path = asked(&ann).await;
    let form = ann.get(&path).await.form(&path, 0).with("words", "Let me in");
    let page = ben.get(&path).await.is(404);
    assert!(!page.body().contains("stairs"));
    ben.submit(&form).await.is(404);
    ben.post(&path, &[("words", "")]).await.is(404);
    ben.get("/my/messages").await.is(200).says_not("The stairs");
    ben.get(&at_clinic(&path)).await.is(403);
    assert_eq!(thread(&app, &path).messages.len(), 1);
    for other in ["999", "0", "-1", "soon"] {
        ann.get(&format!("/my/messages/{other}")).await.is(404);
    }
}

#[tokio::test]
async fn the_clinic_may_write_first() {
    let app = App::start().await;
    let (ann, cleo, ben) = (app.ann().await, app.cleo().await, app.ben().await);
    let (ann_page, path) = (format!("/clinic/patients/{}", app.cast().ann.id), format!("/clinic/patients/{}/messages", app.cast().ann.id));
    assert!(cleo.get(&ann_page).await.is(200).links().contains(&format!("{path}#write")));
    let empty = cleo.get(&path).await.is(200);
    empty.says("You have not written to each other yet").says_not("no password");
    let page = cleo.submit(&empty.form(&path, 0).with("words", "Come earlier on Friday.")).await.refused();
    assert_eq!(page.error_for("subject").as_deref(), Some("Enter what it is about"));
    let form = page.form(&path, 0).with("subject", "Friday");
    assert_eq!(form.value("words"), "Come earlier on Friday.");
    for _ in 0..2 {
        cleo.submit(&form).await.goes_to("/clinic/messages/1?done=message-sent");
    }
    assert_eq!((thread(&app, "/1").messages.len(), waiting(&app)), (1, Vec::new()));
    ann.get("/my/today").await.says("You have a new message");
    ben.get("/my/today").await.says_not("new message");
    ann.get("/my/messages/1").await.is(200).says("Come earlier on Friday.");
    cleo.post("/clinic/patients/999/messages", &[("subject", ""), ("words", "")]).await.is(404);
}

#[tokio::test]
async fn twice_is_once() {
    let app = App::start().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    let tabs = [app.ann().await, app.ann().await, app.ann().await];
    let path = asked(&ann).await;
    assert_eq!(asked(&ann).await, path, "the same beginning is the same thread");
    let form = ann.get(&path).await.form(&path, 0).with("words", "And the lift?");
    let (one, two, three) = tokio::join!(tabs[0].submit(&form), tabs[1].submit(&form), tabs[2].submit(&form));
    for answer in [one, two, three] {
        answer.goes_to(&path);
    }
    assert_eq!(thread(&app, &path).messages.len(), 2);
    let clinic = at_clinic(&path);
    let answer = cleo.get(&clinic).await.form(&clinic, 0).with("words", "Yes.");
    cleo.submit(&answer).await.goes_to(&clinic);
    cleo.submit(&answer).await.goes_to(&clinic);
    assert_eq!(thread(&app, &path).messages.len(), 3);
    app.clock.advance(TimeDelta::minutes(11));
    ann.submit(&form).await.goes_to(&path);
    assert_eq!(thread(&app, &path).messages.len(), 4, "asked again");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let app = App::start().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    let page = ann.get("/my/messages").await.is(200);
    page.says("At most 2,000 characters.").says("At most 100 characters.");
    let page = ann.submit(&page.form("/my/messages", 0).with("words", &"x".repeat(2001))).await.refused();
    assert_eq!(page.error_summary().len(), 2);
    assert_eq!(page.error_for("words").as_deref(), Some("Shorten this to 2000 characters or fewer; it has 2001"));
    assert_eq!(page.form("/my/messages", 0).value("words").len(), 2001);
    let path = asked(&ann).await;
    let empty = ann.get(&path).await.form(&path, 0).with("words", " \n ");
    assert_eq!(ann.submit(&empty).await.refused().error_for("words").as_deref(), Some("Write your message"));
    let clinic = at_clinic(&path);
    let page = cleo.submit(&cleo.get(&clinic).await.form(&clinic, 0)).await.refused();
    assert!(page.has_error_for("words") && !page.has_error_for("contact"));
    let page = cleo.submit(&page.form(&format!("{clinic}/closings"), 0).with("contact", "")).await.refused();
    assert_eq!(page.error_for("contact").as_deref(), Some("Say whom to contact from now on"));
    let page = cleo.submit(&page.form(&format!("{clinic}/closings"), 0).with("contact", &"x".repeat(501))).await.refused();
    assert_eq!(page.form(&format!("{clinic}/closings"), 0).value("contact").len(), 501);
    assert_eq!(thread(&app, &path).messages.len(), 1);
    let harmful = ann.get(&path).await.form(&path, 0).with("words", "<script>alert(1)</script> [x](javascript:alert(1))");
    ann.submit(&harmful).await.goes_to(&path);
    for page in [ann.get(&path).await, cleo.get(&clinic).await, cleo.get("/clinic/messages").await] {
        assert!(!page.body().contains("<script>alert") && !page.links().iter().any(|link| link.starts_with("javascript")));
    }
}

/// The form that closes a thread, with these words.
async fn closing(physio: &Person, clinic: &str, words: &str) -> Form {
    let form = physio.get(clinic).await.is(200).form(&format!("{clinic}/closings"), 0);
    assert_eq!(form.value("contact"), "If you need us again, write a new message or call us on +44 20 7946 0000.");
    form.with("contact", words)
}

#[tokio::test]
async fn a_closed_thread_says_whom_to_contact_and_an_answer_opens_it() {
    let app = App::start().await;
    let (ann, cleo, dan) = (app.ann().await, app.cleo().await, app.dan().await);
    let path = asked(&ann).await;
    let clinic = at_clinic(&path);
    let open = ann.get(&path).await.form(&path, 0).with("words", "One more thing");
    let form = closing(&cleo, &clinic, "From now on ask Dan, please.").await;
    let page = cleo.send(&form).await.is(200);
    page.says("The conversation is closed.").says("Your answer opens it again");
    cleo.submit(&form).await.goes_to(&clinic);
    assert_eq!((thread(&app, &path).messages.len(), waiting(&app)), (2, Vec::new()));
    ann.get("/my/today").await.says("You have a new message");
    let page = ann.get(&path).await.is(200);
    page.says("This conversation is closed").says("From now on ask Dan, please.");
    assert!(!page.has_form(&path) && page.links().iter().any(|link| link == "/my/messages#write"));
    assert_eq!(ann.get("/my/messages").await.all(".thread-name .tag"), ["Closed"]);
    // What was being typed meanwhile is kept, and can be sent as a new message.
    let page = ann.submit(&open).await.refused();
    assert!(page.error_for("words").unwrap().contains("This conversation was closed"));
    let again = page.form("/my/messages", 0);
    assert_eq!((again.value("subject"), again.value("words")), ("The stairs", "One more thing"));
    assert_ne!(ann.submit(&again).await.goes_to_any().split('?').next(), Some(path.as_str()), "a thread of its own");
    answered(&dan, &clinic, "I am here now.").await;
    let page = ann.get(&path).await.is(200);
    page.says("I am here now.").says_not("This conversation is closed");
    assert!(page.has_form(&path));
    assert_eq!(
        thread(&app, &path).messages.iter().map(|message| message.kind).collect::<Vec<_>>(),
        [Kind::Patient, Kind::Closing, Kind::Answer]
    );
}

#[tokio::test]
async fn who_answers_too_late_reads_what_came_first() {
    let app = App::start().await;
    let (ann, cleo, dan) = (app.ann().await, app.cleo().await, app.dan().await);
    let path = asked(&ann).await;
    let clinic = at_clinic(&path);
    let late = cleo.get(&clinic).await.form(&clinic, 0).with("words", "Not yet.");
    answered(&dan, &clinic, "Yes, slowly.").await;
    let page = cleo.submit(&late).await.refused();
    assert!(page.error_for("words").unwrap().starts_with("Dan Dyer wrote before you"));
    page.says("Yes, slowly.");
    let again = page.form(&clinic, 0);
    assert_eq!(again.value("words"), "Not yet.");
    // Ann writes on while Cleo thinks: her words are not taken as answered.
    let on = ann.get(&path).await.form(&path, 0).with("words", "It got worse.");
    ann.submit(&on).await.goes_to(&path);
    let page = cleo.submit(&again).await.refused();
    assert!(page.error_for("words").unwrap().starts_with("Ann Archer wrote before you"));
    page.says("It got worse.");
    assert_eq!(waiting(&app), [(app.cast().ann.id.0, false)]);
    cleo.submit(&page.form(&clinic, 0).with("words", "Then stop, and call us.")).await.goes_to(&clinic);
    assert_eq!(waiting(&app), Vec::new());
}

#[tokio::test]
async fn what_waits_stands_in_the_queue_until_it_is_answered() {
    let app = App::start().await;
    let (ann, ben, cleo) = (app.ann().await, app.ben().await, app.cleo().await);
    cleo.get("/clinic").await.says("All is well");
    let path = asked(&ann).await;
    let page = cleo.get("/clinic").await.is(200);
    let queue = page.all(".queue > li");
    assert_eq!(queue.len(), 1);
    assert!(
        queue[0].contains("Ann Archer") && queue[0].contains("A message nobody has read") && queue[0].contains("“The stairs”, since today")
    );
    assert!(page.links().contains(&format!("{}#newest", at_clinic(&path))), "one press to the words");
    let clinic = at_clinic(&path);
    cleo.get(&clinic).await.is(200);
    cleo.get("/clinic").await.says("A message waits for an answer");
    let form = ben.get("/my/messages").await.form("/my/messages", 0).with("subject", "Running").with("words", "When?");
    app.clock.advance(TimeDelta::minutes(20));
    ben.submit(&form).await.goes_to("/my/messages");
    assert_eq!(count(&cleo.get("/clinic").await), "2 wait for an answer");
    assert_eq!(waiting(&app), [(app.cast().ann.id.0, false), (app.cast().ben.id.0, true)], "who waits longest comes first");
    cleo.get(&format!("/clinic/patients/{}", app.cast().ann.id)).await.says("Messages, 1 waits for an answer");
    answered(&cleo, &clinic, "Yes.").await;
    let queue = cleo.get("/clinic").await.all(".queue > li");
    assert!(queue.len() == 1 && queue[0].contains("Ben Bell"), "{queue:?}");
}

#[tokio::test]
async fn the_clinics_pages_tell_of_what_was_done() {
    let app = App::start().await;
    let (ann, cast) = (app.ann().await, app.cast());
    let tell = |words: &str| {
        let (id, now) = (cast.ann.id, app.clock.now());
        app.db.write_here(Lock::Patient(id.0), |conn| threads::tell(conn, id, cast.cleo, "Your plan", words, now)).unwrap()
    };
    let thread_id = tell("Version 2 is there.");
    assert_eq!(tell("Version 2 is there."), thread_id);
    assert_eq!(count(&ann.get("/my/today").await), "1 unread");
    let path = format!("/my/messages/{thread_id}");
    let form = ann.get(&path).await.is(200).says("Version 2 is there.").form(&path, 0).with("words", "Why fewer rounds?");
    ann.submit(&form).await.goes_to(&path);
    app.clock.advance(TimeDelta::days(2));
    let ann = app.ann().await;
    assert_eq!(tell("Version 3 is there."), thread_id, "one thread for the plan");
    assert_eq!(waiting(&app).len(), 1, "a notice answers nothing");
    assert_eq!(thread(&app, &path).messages.len(), 3);
    ann.get("/my/messages").await.says("You have 1 new message.");
    ann.get(&path).await.is(200);
    assert_eq!(waiting(&app), [(cast.ann.id.0, true)], "what Ann has read the clinic has not");
}

#[tokio::test]
async fn a_new_version_is_told_once() {
    let app = App::start().await;
    let (ann, cleo, cast) = (app.ann().await, app.cleo().await, app.cast());
    let plan = format!("/clinic/plans/{}", cast.ann.plan);
    let row = format!("{plan}/prescriptions/{}", cast.ann.bridge);
    cleo.submit(&cleo.get(&plan).await.form(&row, 0).with("sets", "2")).await.goes_to(&plan);
    let publication = format!("{plan}/publication");
    let form = cleo.get(&publication).await.form(&publication, 0).with("reason", "Fewer rounds, *slower*.");
    for _ in 0..2 {
        cleo.submit(&form).await.goes_to("/clinic/patients/");
    }
    ann.get("/my/messages").await.says("You have 1 new message.").says("Your plan");
    let page = ann.get("/my/messages/1").await.is(200);
    page.says("Cleo Carter New").says("version 2 is here").says("Fewer rounds, slower.");
    assert_eq!((page.all(".message").len(), waiting(&app)), (1, Vec::new()));
}

#[tokio::test]
async fn a_list_and_a_thread_cost_the_same_however_much_was_written() {
    let app = App::start().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    let path = asked(&ann).await;
    let clinic = at_clinic(&path);
    let cost = async |person: &Person, path: &str| {
        person.get(path).await.is(200);
        let before = app.db.queries();
        person.get(path).await.is(200);
        app.db.queries() - before
    };
    let patient = format!("/clinic/patients/{}/messages", app.cast().ann.id);
    let all = async || {
        let mine = [cost(&ann, "/my/messages").await, cost(&ann, &path).await, cost(&ann, "/my/today").await];
        let ours = [cost(&cleo, "/clinic/messages").await, cost(&cleo, &clinic).await, cost(&cleo, &patient).await];
        (mine, ours)
    };
    let few = all().await;
    for number in 0..40 {
        app.clock.advance(TimeDelta::minutes(1));
        let words = format!("Number {number}");
        ann.post(&path, &[("words", &words)]).await.goes_to(&path);
        ann.post("/my/messages", &[("subject", &words), ("words", &words)]).await.goes_to("/my/messages");
    }
    assert_eq!(all().await, few);
    assert!(few.0[..2].iter().chain(&few.1).all(|count| (2..=8).contains(count)), "{few:?}");
    assert_eq!(count(&cleo.get("/clinic").await), "41 wait for an answer");
}
