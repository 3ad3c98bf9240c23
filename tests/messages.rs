//! What people outside ask: questions under an article, requests for an appointment; and the inbox in which staff answer.

use chrono::TimeDelta;
use diesel::prelude::*;
use hip_clinic::audit;
use hip_clinic::db::Lock;
use hip_clinic::db::schema::questions;
use hip_clinic::messages::{self, NewAnswer, NewQuestion, Writer};
use hip_clinic::patients::RED_FLAGS;
use hip_clinic::text::{Letter, Note};
use reqwest::header::{HeaderMap, HeaderValue};

use crate::support::{App, Form, Page, Person};

const ARTICLE: &str = "/articles/iliopsoas-syndrome";
const ASK: &str = "/questions/new?about=iliopsoas-syndrome";
const QUESTION: &str = "May I go on swimming with this?";

/// The form for a question, filled in by someone who takes their time.
async fn question(app: &App, person: &Person, words: &str) -> Form {
    let form = person.get(ASK).await.is(200).form("/questions", 0).with("words", words);
    app.clock.advance(TimeDelta::seconds(5));
    form
}

/// The form for an appointment, filled in by someone without warning signs.
async fn request(app: &App, person: &Person, name: &str) -> Form {
    let form = person.get("/appointment").await.is(200).form("/appointment", 0);
    app.clock.advance(TimeDelta::seconds(5));
    form.with("flag", "none").with("name", name).with("telephone", "01632 960811").with("matter", "A pinch in the groin")
}

/// The address of the page of the question that waits.
async fn waiting_question(staff: &Person) -> String {
    let links = staff.get("/clinic/inbox").await.is(200).links();
    links.into_iter().find(|link| link.starts_with("/clinic/questions/")).unwrap()
}

/// Someone at another address, as the proxy on this machine says.
fn from(app: &App, address: &str) -> Person {
    let mut headers = HeaderMap::new();
    headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
    headers.insert("x-forwarded-for", HeaderValue::from_str(address).unwrap());
    Person::with_headers(&app.base, headers)
}

fn waiting(app: &App) -> (i64, i64, i64) {
    let waiting = app.db.read_here(messages::waiting).unwrap();
    (waiting.requests, waiting.flagged, waiting.questions)
}

fn published(app: &App) -> Vec<(String, String)> {
    let answers = app.db.read_here(messages::published).unwrap();
    answers.into_iter().map(|answer| (answer.question, answer.words)).collect()
}

/// Whether somebody did this now.
fn is_noted(app: &App, verb: &str) -> bool {
    app.db.read_here(|conn| Ok(audit::last_of(conn, verb)?)).unwrap() == Some(app.clock.now())
}

#[tokio::test]
async fn a_question_reaches_the_inbox_and_its_answer_the_article() {
    let app = App::start().await;
    let (reader, cleo) = (app.visitor(), app.cleo().await);
    let page = reader.get(ASK).await.is(200);
    assert_eq!(page.heading(), "Ask a question");
    assert!(page.text().starts_with("We cannot answer what is urgent here"), "{}", page.text());
    page.says("+44 20 7946 0000").says("10 to 1,000 characters").says("never shown");
    assert!(page.links().iter().any(|link| link == "/articles/is-it-urgent"));
    let form = question(&app, &reader, QUESTION).await.with("email", "Ann@people.example");
    let answer = reader.submit(&form).await;
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(answer.goes_to_any(), "/questions/sent?about=iliopsoas-syndrome");
    let sent = reader.follow(&answer).await.is(200);
    sent.says("What happens next").says("within a week").says("without your name");
    assert!(sent.links().iter().any(|link| link == ARTICLE), "a way back");

    app.clock.advance(TimeDelta::hours(2));
    let inbox = cleo.get("/clinic/inbox").await.is(200);
    inbox.says("1 question waits.").says(QUESTION).says("2 hours ago").says("ann@people.example");
    assert!(is_noted(&app, "looked at the inbox"));
    let path = waiting_question(&cleo).await;
    let page = cleo.get(&path).await.is(200);
    page.says(QUESTION);
    assert!(page.links().iter().any(|link| link == ARTICLE));
    let form = page.form(&format!("{path}/answers"), 0);
    assert_eq!(form.value("wording"), QUESTION, "prefilled with the question");
    let form = form.with("wording", "May I go on swimming?").with("words", "Yes, if it is *calm*.\n\n- crawl");
    let preview = cleo.submit(&form.clone().with("step", "preview")).await.is(200);
    preview.says("Nothing is published yet").says("crawl");
    assert_eq!(preview.form(&format!("{path}/answers"), 0).value("words"), "Yes, if it is *calm*.\n\n- crawl");
    assert_eq!((published(&app), waiting(&app)), (Vec::new(), (0, 0, 1)));

    let page = cleo.send(&form).await.is(200);
    page.says("The answer is published.");
    assert!(is_noted(&app, "answered a reader's question"));
    let article = reader.get(ARTICLE).await.is(200);
    article.says("May I go on swimming?").says("crawl").says_not("ann@people.example");
    assert!(article.all("em").contains(&"calm".to_owned()));
    let letter = page.links().into_iter().find(|link| link.starts_with("mailto:ann@people.example?")).unwrap();
    assert!(letter.contains("subject=Your%20question%20about") && letter.contains("Yes%2C%20if%20it%20is%20*calm*"), "{letter}");
    let done = cleo.get("/clinic/inbox").await;
    done.says("Nothing waits").says("answered: May I go on swimming?").says("Cleo Carter, just now");
    assert!(done.links().contains(&letter), "two presses to the reader");
}

#[tokio::test]
async fn what_is_wrong_with_a_question_is_said_and_the_rest_is_kept() {
    let app = App::start().await;
    let reader = app.visitor();
    let form = question(&app, &reader, "Swim?").await.with("email", "nobody");
    let page = reader.submit(&form).await.refused();
    assert_eq!(page.error_summary().len(), 2);
    assert_eq!(page.error_for("words").as_deref(), Some("Write your question in at least 10 characters"));
    assert!(page.has_error_for("email"));
    let again = page.form("/questions", 0);
    assert_eq!((again.value("words"), again.value("email")), ("Swim?", "nobody"));
    let page = reader.submit(&again.with("words", &"x".repeat(1001)).with("email", "")).await.refused();
    assert!(page.error_for("words").unwrap().contains("1000 characters or fewer"));
    reader.submit(&page.form("/questions", 0).with("words", &"x".repeat(1000))).await.goes_to("/questions/sent");
    assert_eq!(waiting(&app).2, 1);
}

#[tokio::test]
async fn a_question_is_about_an_article_readers_have() {
    let app = App::start().await;
    let reader = app.visitor();
    for path in ["/questions/new", "/questions/new?about=", "/questions/new?about=no-such-page", "/questions/new?about=..%2Fprivacy"] {
        reader.get(path).await.is(404);
    }
    let form = question(&app, &reader, QUESTION).await;
    reader.submit(&form.clone().forged("about", "no-such-page")).await.is(404);
    assert_eq!(waiting(&app).2, 0);
    // Before the day of its publication there is no such article.
    app.clock.advance(TimeDelta::days(-400));
    reader.get(ASK).await.is(404);
    reader.get("/questions/sent").await.is(200).says("What happens next");
}

#[tokio::test]
async fn programs_that_fill_in_forms_are_stopped_and_people_press_once_more() {
    let app = App::start().await;
    let reader = app.visitor();
    let quick = reader.get(ASK).await.form("/questions", 0).with("words", QUESTION);
    app.clock.advance(TimeDelta::seconds(2));
    let page = reader.submit(&quick).await.refused();
    page.says("That was very quick");
    let again = page.form("/questions", 0);
    assert_eq!(again.value("words"), QUESTION);
    app.clock.advance(TimeDelta::seconds(1));
    reader.submit(&again).await.goes_to("/questions/sent");

    let slow = reader.get(ASK).await.form("/questions", 0).with("words", "Asked by someone who went to bed");
    app.clock.advance(TimeDelta::hours(25));
    let page = reader.submit(&slow).await.refused();
    page.says("open for more than a day");
    reader.submit(&page.form("/questions", 0)).await.goes_to("/questions/sent");

    let baited = question(&app, &reader, "Buy our cheap hips at once").await.with("homepage", "https://spam.example");
    let page = reader.submit(&baited).await.refused();
    page.says("has to stay empty").says_not("https://spam.example");
    reader.submit(&baited).await.is(422);
    let emptied = page.form("/questions", 0);
    assert_eq!((emptied.value("homepage"), emptied.value("words")), ("", "Buy our cheap hips at once"));
    for begun in ["", "soon", "-9223372036854775808", "99999999999"] {
        reader.submit(&emptied.clone().forged("begun", begun)).await.refused();
    }
    assert_eq!(waiting(&app).2, 2);

    let request = request(&app, &reader, "Zoë").await.with("homepage", "x");
    reader.submit(&request).await.refused().says("has to stay empty");
    assert_eq!(waiting(&app).0, 0);
}

#[tokio::test]
async fn the_field_that_stays_empty_is_named_for_those_who_hear_it() {
    let app = App::start().await;
    for path in [ASK, "/appointment"] {
        let page = app.visitor().get(path).await.is(200);
        assert!(page.all("label[for=homepage]") == ["Leave this field empty"]);
        assert_eq!(page.all(".visually-hidden > input[tabindex='-1'][autocomplete=off]").len(), 1, "{path}");
    }
}

#[tokio::test]
async fn five_an_hour_from_one_address_and_nothing_typed_is_lost() {
    let app = App::start().await;
    let (flood, other) = (from(&app, "203.0.113.7"), from(&app, "203.0.113.8"));
    for number in 0..5 {
        let form = question(&app, &flood, &format!("Question number {number}?")).await;
        flood.submit(&form).await.goes_to("/questions/sent");
    }
    let sixth = question(&app, &flood, "Question number five?").await;
    let page = flood.submit(&sixth).await.is(429);
    let wait: i64 = page.header("retry-after").parse().unwrap();
    assert!((3000..=3600).contains(&wait), "{wait}");
    assert!(page.title().starts_with("Error:"));
    page.says("in 60 minutes").says("What you typed is still here");
    let kept = page.form("/questions", 0);
    assert_eq!(kept.value("words"), "Question number five?");
    // What was sent before may be sent twice; others, and the other form, are not held up.
    let known = question(&app, &flood, "Question number 1?").await;
    flood.submit(&known).await.goes_to("/questions/sent");
    other.submit(&question(&app, &other, "May I ask, too?").await).await.goes_to("/questions/sent");
    flood.submit(&request(&app, &flood, "Zoë").await).await.is(200);
    app.clock.advance(TimeDelta::seconds(wait));
    flood.submit(&kept).await.goes_to("/questions/sent");
    assert_eq!(waiting(&app), (1, 0, 7));
}

#[tokio::test]
async fn a_request_is_held_up_after_five_an_hour_too() {
    let app = App::start().await;
    let zoe = app.visitor();
    for number in 0..5 {
        zoe.submit(&request(&app, &zoe, &format!("Zoë {number}")).await).await.is(200);
    }
    let page = zoe.submit(&request(&app, &zoe, "Zoë 6").await).await.is(429);
    assert_eq!(page.form("/appointment", 0).value("name"), "Zoë 6");
    assert!(page.form("/appointment", 0).says("flag", "none"), "the ticks are kept");
}

#[tokio::test]
async fn the_same_words_within_an_hour_are_one_message() {
    let app = App::start().await;
    let reader = app.visitor();
    let form = question(&app, &reader, QUESTION).await;
    let (one, two, three) = tokio::join!(reader.submit(&form), reader.submit(&form), reader.submit(&form));
    for answer in [one, two, three] {
        answer.goes_to("/questions/sent");
    }
    assert_eq!(waiting(&app).2, 1);
    app.clock.advance(TimeDelta::minutes(61));
    reader.submit(&form).await.goes_to("/questions/sent");
    assert_eq!(waiting(&app).2, 2);

    let form = request(&app, &reader, "Zoë Zimmer").await;
    let (one, two) = tokio::join!(reader.submit(&form), reader.submit(&form));
    for page in [one, two] {
        page.is(200).says("Your request is with us");
    }
    reader.submit(&form.with("days", "Mondays")).await.is(200);
    assert_eq!(waiting(&app).0, 2, "with other words it is another request");
}

#[tokio::test]
async fn a_request_for_an_appointment_says_on_screen_what_was_sent() {
    let app = App::start().await;
    let zoe = app.visitor();
    let page = zoe.get("/appointment").await.is(200);
    for flag in &RED_FLAGS {
        page.says(flag.question);
    }
    let form = request(&app, &zoe, "Zoë Zimmer").await.with("time", "morning").with("time", "evening").with("days", "not on Mondays");
    let sent = zoe.submit(&form).await.is(200);
    assert_eq!(sent.heading(), "Your request is with us");
    assert_eq!(sent.header("cache-control"), "no-store");
    sent.says("Thank you, Zoë Zimmer. We call you on 01632 960811, at the latest on the next day we are open.");
    sent.says("Monday to Friday, 8 to 18").says("None of the warning signs").says("A pinch in the groin");
    sent.says("in the morning or in the evening; not on Mondays").says_not("Emergency advice").says_not("See a doctor");
    let inbox = app.cleo().await.get("/clinic/inbox").await.is(200);
    inbox.says("1 request waits.").says("Zoë Zimmer").says("A pinch in the groin").says("Can come in the morning or in the evening");
    assert!(inbox.links().iter().any(|link| link == "tel:01632960811"));
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_and_the_rest_is_kept() {
    let app = App::start().await;
    let zoe = app.visitor();
    let form = zoe.get("/appointment").await.form("/appointment", 0).with("time", "midday");
    app.clock.advance(TimeDelta::seconds(5));
    let page = zoe.submit(&form.with("email", "nobody")).await.refused();
    for field in ["flag", "name", "email", "matter"] {
        assert!(page.has_error_for(field), "{field}: {:?}", page.error_summary());
    }
    assert!(page.error_for("flag").unwrap().contains("None of these"));
    let form = page.form("/appointment", 0);
    assert!(form.says("time", "midday") && form.value("email") == "nobody");
    let form = form.with("email", "").with("flag", "RF8").with("flag", "none").with("name", "Zoë").with("matter", "Hip");
    let page = zoe.submit(&form).await.refused();
    assert!(page.error_for("flag").unwrap().contains("Take one of the two back"));
    assert!(page.error_for("telephone").unwrap().contains("telephone number or an e-mail address"));
    let form = page.form("/appointment", 0);
    assert!(form.says("flag", "RF8") && form.says("flag", "none"));
    let sent = zoe.submit(&form.without("flag", "none").with("email", "zoe@people.example")).await.is(200);
    sent.says("We write to zoe@people.example");
}

#[tokio::test]
async fn a_warning_sign_is_answered_first_and_stands_on_top_of_the_inbox() {
    let app = App::start().await;
    let (zoe, cleo) = (app.visitor(), app.cleo().await);
    zoe.submit(&request(&app, &zoe, "Plain Pat").await).await.is(200);
    let urgent = request(&app, &zoe, "Urgent Uma").await.without("flag", "none").with("flag", "RF8");
    let sent = zoe.submit(&urgent).await.is(200);
    sent.says("Urgent advice").says("See a doctor within days").says("Call us too").says("Your request is with us");
    cleo.get("/clinic").await.says("2 requests wait in the inbox, 1 with a warning sign");
    let emergency = request(&app, &zoe, "Emergency Eve").await.without("flag", "none").with("flag", "RF9").with("flag", "RF1");
    let sent = zoe.submit(&emergency).await.is(200);
    assert!(sent.text().starts_with("Emergency advice: Call 999"), "{}", sent.text());
    assert!(sent.links().iter().any(|link| link == "tel:999"));
    sent.says("Your request is with us").says(RED_FLAGS[0].question);
    let inbox = cleo.get("/clinic/inbox").await.all(".inbox > li");
    let names = ["Emergency Eve", "Urgent Uma", "Plain Pat"];
    assert!(inbox.len() == 3 && inbox.iter().zip(names).all(|(row, name)| row.starts_with(name)), "{inbox:?}");
    assert!(inbox[0].contains("Emergency sign: cannot bear weight") && inbox[1].contains("Urgent sign: night"), "{inbox:?}");
    assert!(cleo.get("/clinic").await.all(".notice-stop").len() == 1);
}

#[tokio::test]
async fn a_request_is_settled_once_and_the_second_physio_is_told() {
    let app = App::start().await;
    let (zoe, cleo, dan) = (app.visitor(), app.cleo().await, app.dan().await);
    zoe.submit(&request(&app, &zoe, "Zoë Zimmer").await).await.is(200);
    let inbox = cleo.get("/clinic/inbox").await;
    let action = "/clinic/appointments/1/replies";
    let form = inbox.form(action, 0);
    let page = cleo.submit(&form.clone().with("note", " ")).await.refused();
    assert_eq!(page.error_for("note").as_deref(), Some("Note how the request was settled"));
    let cleos = form.clone().with("note", "Called, comes on Tuesday");
    cleo.submit(&cleos).await.goes_to("/clinic/inbox?done=settled");
    assert!(is_noted(&app, "settled a request for an appointment"));
    cleo.submit(&cleos).await.goes_to("/clinic/inbox");
    let page = dan.submit(&form.with("note", "Nobody answered the telephone")).await.refused();
    assert!(page.error_for("note").unwrap().contains("Cleo Carter has settled this request: “Called, comes on Tuesday”"));
    page.says("1 request waits");
    let again = page.form(action, 0);
    assert_eq!(again.value("note"), "Nobody answered the telephone");
    dan.submit(&again).await.goes_to("/clinic/inbox");
    let inbox = cleo.get("/clinic/inbox").await;
    inbox.says("Nothing waits").says("settled: Called, comes on Tuesday").says("settled: Nobody answered").says("Dan Dyer, just now");
    cleo.get("/clinic").await.says_not("in the inbox");
    app.clock.advance(TimeDelta::days(31));
    app.cleo().await.get("/clinic/inbox").await.says_not("Called, comes on Tuesday");
}

#[tokio::test]
async fn two_physios_answer_at_once_and_the_second_is_told() {
    let app = App::start().await;
    let (reader, cleo, dan) = (app.visitor(), app.cleo().await, app.dan().await);
    reader.submit(&question(&app, &reader, QUESTION).await).await.goes_to("/questions/sent");
    let path = waiting_question(&cleo).await;
    let answers = format!("{path}/answers");
    let form = cleo.get(&path).await.form(&answers, 0);
    let page = cleo.submit(&form.clone().with("wording", "").with("words", " ")).await.refused();
    assert!(page.has_error_for("wording") && page.has_error_for("words"));
    let (cleos, dans) = (form.clone().with("words", "Yes, crawl."), form.clone().with("words", "No, rest first."));
    cleo.submit(&cleos).await.goes_to(&path);
    cleo.submit(&cleos).await.goes_to(&path);
    let page = dan.submit(&dans).await.refused();
    assert!(page.error_for("words").unwrap().starts_with("Cleo Carter answered this question before you"));
    page.says("Yes, crawl.");
    let again = page.form(&answers, 0);
    assert_eq!(again.value("words"), "No, rest first.");
    assert_eq!(published(&app), [(QUESTION.to_owned(), "Yes, crawl.".to_owned())]);
    dan.submit(&again).await.goes_to(&path);
    assert_eq!(published(&app), [(QUESTION.to_owned(), "No, rest first.".to_owned())]);
    let history = cleo.get(&path).await.is(200);
    history.says("Answered Cleo Carter").says("Answered anew Dan Dyer");
    // A refusal that was written meanwhile finds its words again, too.
    let page = cleo.post(&format!("{path}/refusals"), &[("reason", "Asked before")]).await.refused();
    assert_eq!(page.form(&format!("{path}/withdrawals"), 0).value("reason"), "Asked before");
}

#[tokio::test]
async fn an_answer_is_corrected_withdrawn_and_given_again() {
    let app = App::start().await;
    let (reader, cleo) = (app.visitor(), app.cleo().await);
    reader.submit(&question(&app, &reader, QUESTION).await).await.goes_to("/questions/sent");
    let path = waiting_question(&cleo).await;
    let form = async || cleo.get(&path).await.is(200).form(&format!("{path}/answers"), 0);
    let shown = async |words: &str| reader.get(ARTICLE).await.is(200).text().contains(words);
    cleo.send(&form().await.with("words", "Yes, every day.")).await;
    assert!(shown("Yes, every day.").await);
    let stale = cleo.get(&path).await.form(&format!("{path}/withdrawals"), 0).with("reason", "Wrong");
    cleo.send(&form().await.with("words", "Yes, every other day.")).await;
    assert!(shown("Yes, every other day.").await && !shown("Yes, every day.").await);
    cleo.submit(&stale).await.refused().says("answered this question before you");
    let page = cleo.get(&path).await;
    let withdrawal = page.form(&format!("{path}/withdrawals"), 0);
    cleo.submit(&withdrawal.clone().with("reason", " ")).await.refused();
    let withdrawal = withdrawal.with("reason", "The evidence has changed");
    cleo.send(&withdrawal).await.is(200).says("The answer is withdrawn.").says("The evidence has changed");
    cleo.submit(&withdrawal).await.goes_to(&path);
    assert!(is_noted(&app, "withdrew the answer to a reader's question"));
    assert!(!shown("every other day").await && published(&app).is_empty());
    assert_eq!(waiting(&app).2, 0, "it does not wait again");
    cleo.send(&form().await.with("words", "Twice a week.")).await;
    assert!(shown("Twice a week.").await);
    let history = cleo.get(&path).await.all("ol.notes > li");
    assert_eq!(history.len(), 4, "{history:?}");
}

#[tokio::test]
async fn a_question_is_declined_with_a_reason() {
    let app = App::start().await;
    let (reader, cleo, dan) = (app.visitor(), app.cleo().await, app.dan().await);
    reader.submit(&question(&app, &reader, QUESTION).await).await.goes_to("/questions/sent");
    let path = waiting_question(&cleo).await;
    let form = cleo.get(&path).await.form(&format!("{path}/refusals"), 0);
    assert!(cleo.submit(&form.clone().with("reason", "")).await.refused().has_error_for("reason"));
    let cleos = form.clone().with("reason", "About one person");
    cleo.submit(&cleos).await.goes_to("/clinic/inbox?done=declined");
    cleo.submit(&cleos).await.goes_to("/clinic/inbox");
    assert!(is_noted(&app, "declined a reader's question"));
    dan.submit(&form.with("reason", "Asked before")).await.refused().says("Cleo Carter declined this question").says("Asked before");
    cleo.get("/clinic/inbox").await.says("Nothing waits").says("declined: About one person");
    reader.get(ARTICLE).await.says_not(QUESTION);
    let answer = cleo.get(&path).await.form(&format!("{path}/answers"), 0).with("words", "After all: yes.");
    cleo.submit(&answer).await.goes_to(&path);
    assert_eq!(published(&app).len(), 1, "a declined question can be answered after all");
}

#[tokio::test]
async fn what_need_not_be_kept_goes_by_itself() {
    let app = App::start().await;
    let reader = app.visitor();
    let ask = async |words: &str| {
        let form = question(&app, &reader, words).await.with("email", "ann@people.example");
        reader.submit(&form).await.goes_to("/questions/sent");
    };
    for words in ["Will be answered", "Will be declined", "Will be withdrawn", "Will still wait"] {
        ask(words).await;
    }
    for name in ["Settled Sue", "Waiting Will"] {
        reader.submit(&request(&app, &reader, name).await).await.is(200);
    }
    let cleo = app.cleo().await;
    for number in [1, 3] {
        let path = format!("/clinic/questions/{number}");
        cleo.send(&cleo.get(&path).await.form(&format!("{path}/answers"), 0).with("words", "An answer.")).await;
    }
    let withdrawal = cleo.get("/clinic/questions/3").await.form("/clinic/questions/3/withdrawals", 0).with("reason", "Wrong");
    cleo.submit(&withdrawal).await.goes_to("/clinic/questions/3");
    cleo.post("/clinic/questions/2/refusals", &[("reason", "No")]).await.goes_to("/clinic/inbox");
    cleo.post("/clinic/appointments/1/replies", &[("note", "Called")]).await.goes_to("/clinic/inbox");

    let later = async |days: i64| {
        app.clock.advance(TimeDelta::days(days));
        let cleo = app.cleo().await;
        cleo.get("/clinic/inbox").await.is(200);
        let mut found = Vec::new();
        for number in 1..=4 {
            let page = cleo.get(&format!("/clinic/questions/{number}")).await;
            found.push((page.status, page.body().contains("mailto:ann@people.example")));
        }
        found
    };
    assert_eq!(later(29).await, [(200, true); 4]);
    assert_eq!(later(2).await, [(200, false), (200, false), (200, false), (200, true)], "the address goes after thirty days");
    let kept: Vec<String> =
        app.db.read_here(|conn| Ok(questions::table.order(questions::id).select(questions::email).load(conn)?)).unwrap();
    assert_eq!(kept, ["", "", "", "ann@people.example"], "from the database, too");
    assert_eq!(later(325).await, [(200, false), (200, false), (200, false), (200, true)]);
    let replies = async || app.cleo().await.post("/clinic/appointments/1/replies", &[("note", "Called")]).await.status;
    assert_eq!(replies().await, 303, "it is still there");
    assert_eq!(later(12).await, [(200, false), (404, false), (404, false), (200, true)], "after twelve months");
    assert_eq!(replies().await, 404);
    assert_eq!((waiting(&app), published(&app).len()), ((1, 0, 1), 1));
}

#[tokio::test]
async fn the_inbox_costs_the_same_for_one_message_as_for_fifty() {
    let app = App::start().await;
    let (reader, cleo) = (app.visitor(), app.cleo().await);
    reader.submit(&question(&app, &reader, QUESTION).await).await.goes_to("/questions/sent");
    let cost = async |path: &str| {
        let before = app.db.queries();
        cleo.get(path).await.is(200);
        app.db.queries() - before
    };
    // The first look of all reckons the queue.
    cleo.get("/clinic").await.is(200);
    let few = (cost("/clinic/inbox").await, cost("/clinic").await);
    let now = app.clock.now();
    let many = app.db.write_here(Lock::Clinic, |conn| {
        for number in 0..49 {
            let words = Letter::parse(&format!("Question {number}"), 1, "").unwrap();
            messages::ask(conn, &NewQuestion { article: "iliopsoas-syndrome".to_owned(), words, email: None }, now)?;
        }
        Ok(())
    });
    many.unwrap();
    assert_eq!((cost("/clinic/inbox").await, cost("/clinic").await), few);
    assert!((2..=13).contains(&few.0), "{few:?}");
    assert_eq!(cleo.get("/clinic/inbox").await.all(".inbox > li").len(), 50);
}

#[tokio::test]
async fn what_strangers_type_does_no_harm() {
    let app = App::start().await;
    let (reader, cleo) = (app.visitor(), app.cleo().await);
    let words = "<script>alert(1)</script> [x](javascript:alert(1)) \u{202e} {{ 7 * 7 }}";
    let form = question(&app, &reader, words).await.with("email", "\"a&subject=b\"@people.example");
    let page: Page = reader.submit(&form).await;
    assert!(matches!(page.status, 303 | 422));
    reader.submit(&question(&app, &reader, words).await).await.goes_to("/questions/sent");
    let path = waiting_question(&cleo).await;
    let page = cleo.get(&path).await.is(200);
    page.says("<script>alert(1)</script> [x](javascript:alert(1))");
    let answer = page.form(&format!("{path}/answers"), 0).with("words", "<img src=x onerror=alert(1)>");
    cleo.submit(&answer).await.goes_to(&path);
    let article = reader.get(ARTICLE).await.is(200);
    article.says("<script>alert(1)</script>").says("<img src=x onerror=alert(1)>");
    assert!(article.all("img[src=x]").is_empty() && !article.links().iter().any(|link| link.starts_with("javascript")));
}

#[tokio::test]
async fn an_answer_given_through_another_copy_appears_by_itself() {
    let app = App::start().await;
    let (reader, now, by) = (app.visitor(), app.clock.now(), app.cast().cleo);
    app.db
        .write_here(Lock::Clinic, |conn| {
            let (words, email) = (Letter::parse(QUESTION, 1, "").unwrap(), None);
            let id = messages::ask(conn, &NewQuestion { article: "iliopsoas-syndrome".to_owned(), words: words.clone(), email }, now)?;
            let answer = NewAnswer { wording: words, words: Note::parse("Yes, crawl.").unwrap(), seen: 0 };
            messages::answer(conn, id, &answer, Writer { by, now })
        })
        .unwrap();
    reader.get(ARTICLE).await.says_not("Yes, crawl.");
    let clinic = app.clinic.clone();
    let before = app.db.queries();
    tokio::task::spawn_blocking(move || clinic.take_answers().unwrap()).await.unwrap();
    reader.get(ARTICLE).await.says(QUESTION).says("Yes, crawl.");
    let filled = app.db.queries() - before;
    let (clinic, before) = (app.clinic.clone(), app.db.queries());
    tokio::task::spawn_blocking(move || clinic.take_answers().unwrap()).await.unwrap();
    assert!(app.db.queries() - before == 1 && filled > 1, "what is known is not filled in again");
}
