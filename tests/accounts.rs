//! Signing in and out, invitations, one's own account.

use chrono::TimeDelta;
use hip_clinic::accounts;
use hip_clinic::db::Lock;
use hip_clinic::ids::PersonId;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::support::{App, PASSWORD, Person};

const ANN: &str = "ann@people.example";
const ANOTHER: &str = "four other random words";

#[tokio::test]
async fn each_role_begins_at_its_own_place() {
    let app = App::start().await;
    for (email, home) in [(ANN, "/my/today"), ("cleo@clinic.example", "/clinic"), ("olu@clinic.example", "/clinic")] {
        let person = app.visitor();
        assert_eq!(person.sign_in(email, PASSWORD).await.goes_to_any(), home);
        person.get(home).await.is(200);
        assert_eq!(person.get("/sign-in").await.goes_to_any(), home, "signed in already");
    }
    // Case and spaces around the address do not matter.
    app.visitor().sign_in(" Ann@People.example ", PASSWORD).await.goes_to("/my/today");
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_tells_nobody_who_has_an_account() {
    let app = App::start().await;
    let visitor = app.visitor();
    let wrong = visitor.sign_in(ANN, "not her password").await.refused();
    assert!(wrong.has_error_for("email"));
    assert_eq!(wrong.form("/sign-in", 0).value("email"), ANN);
    assert_eq!(wrong.form("/sign-in", 0).value("password"), "", "a password is never sent back");
    let unknown = visitor.sign_in("nobody@people.example", "not her password").await.refused();
    assert_eq!(wrong.error_summary(), unknown.error_summary());
    visitor.get("/my/today").await.goes_to("/sign-in");
}

#[tokio::test]
async fn an_empty_form_says_all_that_is_missing() {
    let app = App::start().await;
    let page = app.visitor().sign_in("", "").await.refused();
    assert_eq!(page.error_summary(), ["Enter an e-mail address", "Enter your password"]);
    assert!(page.has_error_for("email") && page.has_error_for("password"));
    let page = app.visitor().sign_in("ann", "x").await.refused();
    assert!(page.error_for("email").unwrap().contains("name@example.com"));
}

#[tokio::test]
async fn the_way_back_does_not_leave_the_site() {
    let app = App::start().await;
    for next in ["https://evil.example/", "//evil.example/", "/\\evil.example", "/clinic", "javascript:alert(1)", ""] {
        let fields = [("email", ANN), ("password", PASSWORD), ("next", next)];
        assert_eq!(app.visitor().post("/sign-in", &fields).await.goes_to_any(), "/my/today", "{next}");
    }
    let fields = [("email", ANN), ("password", PASSWORD), ("next", "/my/plan")];
    assert_eq!(app.visitor().post("/sign-in", &fields).await.goes_to_any(), "/my/plan");
}

#[tokio::test]
async fn after_ten_failures_even_the_right_password_must_wait_a_quarter_of_an_hour() {
    let app = App::start().await;
    let visitor = app.visitor();
    for _ in 0..10 {
        visitor.sign_in(ANN, "guess").await.is(422);
    }
    let refused = visitor.sign_in(ANN, PASSWORD).await.is(429);
    assert_eq!((refused.heading().as_str(), refused.header("retry-after")), ("Too many tries", "900"));
    app.visitor().sign_in("ben@people.example", PASSWORD).await.goes_to("/my/today");
    app.clock.advance(TimeDelta::minutes(15));
    visitor.sign_in(ANN, PASSWORD).await.goes_to("/my/today");
    // Signing in forgets the failures.
    for _ in 0..9 {
        app.visitor().sign_in(ANN, "guess").await.is(422);
    }
    app.visitor().sign_in(ANN, PASSWORD).await.goes_to("/my/today");
}

#[tokio::test]
async fn fifty_failures_from_one_address_stop_that_address_alone() {
    let app = App::start().await;
    let from = |address: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        headers.insert("x-forwarded-for", HeaderValue::from_static(address));
        Person::with_headers(&app.base, headers)
    };
    let guesser = from("203.0.113.7");
    for number in 0..50 {
        guesser.sign_in(&format!("person{number}@people.example"), "guess").await.is(422);
    }
    guesser.sign_in(ANN, PASSWORD).await.is(429);
    from("203.0.113.8").sign_in(ANN, PASSWORD).await.goes_to("/my/today");
}

#[tokio::test]
async fn a_patient_stays_signed_in_for_a_month_without_use_and_three_at_most() {
    let app = App::start().await;
    let ann = app.ann().await;
    app.clock.advance(TimeDelta::days(29));
    ann.get("/my/plan").await.is(200);
    app.clock.advance(TimeDelta::days(29));
    ann.get("/my/plan").await.is(200);
    app.clock.advance(TimeDelta::days(29));
    ann.get("/my/plan").await.is(200);
    app.clock.advance(TimeDelta::days(4));
    ann.get("/my/plan").await.goes_to("/sign-in?next=");
    let other = app.ann().await;
    app.clock.advance(TimeDelta::days(30));
    other.get("/my/plan").await.goes_to("/sign-in?next=");
}

#[tokio::test]
async fn staff_stay_signed_in_for_half_a_day_without_use_and_a_week_at_most() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    for _ in 0..15 {
        app.clock.advance(TimeDelta::hours(11));
        cleo.get("/clinic").await.is(200);
    }
    app.clock.advance(TimeDelta::hours(4));
    cleo.get("/clinic").await.goes_to("/sign-in?next=");
    let dan = app.dan().await;
    app.clock.advance(TimeDelta::hours(12));
    dan.get("/clinic").await.goes_to("/sign-in?next=");
}

#[tokio::test]
async fn signing_out_ends_this_device_and_everywhere_ends_all() {
    let app = App::start().await;
    let (phone, tablet, laptop) = (app.ann().await, app.ann().await, app.ann().await);
    let page = phone.get("/my/today").await;
    let goodbye = phone.send(&page.form("/sign-out", 0)).await.is(200);
    goodbye.says("You are signed out.");
    phone.get("/my/today").await.goes_to("/sign-in");
    tablet.get("/my/today").await.is(200);
    let account = tablet.get("/account").await.is(200);
    tablet.send(&account.form("/account/sign-outs", 0)).await.is(200).says("signed out on all devices");
    for device in [&tablet, &laptop] {
        device.get("/my/today").await.goes_to("/sign-in");
    }
    // Twice is once, also for someone who is not signed in.
    phone.post("/sign-out", &[]).await.goes_to("/sign-in?done=signed-out");
    app.ben().await.get("/my/today").await.is(200);
}

#[tokio::test]
async fn a_new_password_ends_the_other_devices_and_the_old_one() {
    let app = App::start().await;
    let (phone, tablet) = (app.ann().await, app.ann().await);
    let account = phone.get("/account").await.is(200);
    account.says("Ann Archer").says(ANN);
    let form = account.form("/account/password", 0).with("current", PASSWORD).with("new", ANOTHER);
    let saved = phone.send(&form).await.is(200);
    saved.says("Saved.");
    tablet.get("/my/today").await.goes_to("/sign-in");
    app.visitor().sign_in(ANN, PASSWORD).await.is(422);
    app.visitor().sign_in(ANN, ANOTHER).await.goes_to("/my/today");
}

#[tokio::test]
async fn a_password_that_will_not_do_changes_nothing_and_is_told() {
    let app = App::start().await;
    let ann = app.ann().await;
    let change = async |current: &str, new: &str| {
        let form = ann.get("/account").await.form("/account/password", 0).with("current", current).with("new", new);
        ann.submit(&form).await.refused()
    };
    assert!(change("", "short").await.has_error_for("current"));
    assert!(change(PASSWORD, "short").await.error_for("new").unwrap().contains("at least 12"));
    assert!(change(PASSWORD, ANN).await.error_for("new").unwrap().contains("harder to guess"));
    let wrong = change("not her password", ANOTHER).await;
    assert!(wrong.has_error_for("current") && !wrong.has_error_for("new"));
    app.visitor().sign_in(ANN, PASSWORD).await.goes_to("/my/today");
}

fn invite(app: &App, person: PersonId) -> String {
    invite_anyone(app, Some(person))
}

/// An invitation for a person, or one that founds the first owner.
fn invite_anyone(app: &App, person: Option<PersonId>) -> String {
    let now = app.clock.now();
    let token = app.db.write_here(Lock::People, |conn| accounts::invite(conn, person, None, now)).unwrap();
    format!("/invitations/{token}")
}

#[tokio::test]
async fn the_first_owner_founds_the_clinic_and_finds_it_empty() {
    let app = App::empty().await;
    let link = invite_anyone(&app, None);
    let owner = app.visitor();
    let page = owner.get(&link).await.is(200);
    assert_eq!(page.heading(), "Set up your clinic");
    let form = page.form(&link, 0);
    let refused = owner.submit(&form.clone().with("name", "Ida Iversen")).await.refused();
    assert!(refused.has_error_for("email") && refused.has_error_for("password"));
    assert_eq!(refused.form(&link, 0).value("name"), "Ida Iversen");
    let queue = owner.send(&form.with("name", "Ida Iversen").with("email", "ida@clinic.example").with("password", PASSWORD)).await.is(200);
    queue.says("No patients yet");
    owner.get("/clinic/patients").await.is(200).says("No patients yet");
    owner.get("/clinic/patients/new").await.is(200).says("Ida Iversen");
    app.visitor().get(&link).await.is(410);
}

#[tokio::test]
async fn staff_choose_a_password_by_link_too() {
    let app = App::start().await;
    let link = invite(&app, app.cast().olu);
    let olu = app.visitor();
    let page = olu.get(&link).await.is(200);
    page.says("Welcome, Olu Ono").says("look after your patients");
    assert_eq!(olu.submit(&page.form(&link, 0).with("password", ANOTHER)).await.goes_to_any(), "/clinic?done=welcome");
}

#[tokio::test]
async fn an_invitation_works_once() {
    let app = App::start().await;
    let link = invite(&app, app.cast().ann.id.into());
    let ann = app.visitor();
    let page = ann.get(&link).await.is(200);
    page.says("Ann Archer").says("1 December 2026, 09:30");
    let form = page.form(&link, 0);
    let refused = ann.submit(&form.clone().with("password", "short")).await.refused();
    assert!(refused.has_error_for("password"));
    let home = ann.send(&form.clone().with("password", ANOTHER)).await.is(200);
    home.says("Your password is set and you are signed in.");
    // The other tab, and anyone who finds the link.
    let gone = ann.submit(&form.with("password", ANOTHER)).await.is(410);
    assert_eq!(gone.heading(), "This link no longer works");
    app.visitor().get(&link).await.is(410);
    app.visitor().sign_in(ANN, ANOTHER).await.goes_to("/my/today");
}

#[tokio::test]
async fn an_invitation_ends_after_a_week_or_when_another_is_made() {
    let app = App::start().await;
    let first = invite(&app, app.cast().ann.id.into());
    let second = invite(&app, app.cast().ann.id.into());
    let other = invite(&app, app.cast().ben.id.into());
    app.visitor().get(&first).await.is(410);
    app.visitor().get(&second).await.is(200);
    app.visitor().get(&other).await.is(200);
    app.clock.advance(TimeDelta::days(7));
    let late = app.visitor().get(&second).await.is(410);
    late.says("ask the clinic for a new one");
    app.visitor().post(&second, &[("password", ANOTHER)]).await.is(410);
    app.visitor().get("/invitations/guess").await.is(410);
}

#[tokio::test]
async fn the_cookie_is_for_this_site_alone() {
    let app = App::start().await;
    let answer = app.visitor().sign_in(ANN, PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("sign-in=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(cookie.contains("Path=/") && !cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");

    let behind = App::behind("https://clinic.example").await;
    let answer = behind.visitor().sign_in(ANN, PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-sign-in=") && cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn an_old_browser_is_known_by_the_origin_it_names() {
    let app = App::start().await;
    let says = |name: Option<HeaderName>, value: &str| {
        let mut headers = HeaderMap::new();
        if let Some(name) = name {
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        }
        Person::with_headers(&app.base, headers)
    };
    let origin = Some(reqwest::header::ORIGIN);
    says(origin.clone(), &app.base).sign_in(ANN, PASSWORD).await.goes_to("/my/today");
    says(origin.clone(), "https://evil.example").sign_in(ANN, PASSWORD).await.is(403);
    says(origin, "null").sign_in(ANN, PASSWORD).await.is(403);
    // No browser at all may sign in, but then has a cookie, and with it nothing is taken.
    let script = says(None, "");
    script.sign_in(ANN, PASSWORD).await.goes_to("/my/today");
    script.post("/account/sign-outs", &[]).await.is(403);
}

#[tokio::test]
async fn signing_in_again_gives_a_fresh_secret_and_ends_the_old_one() {
    let app = App::start().await;
    let ann = app.visitor();
    let secret = |page: &crate::support::Page| page.header("set-cookie").split(';').next().unwrap().to_owned();
    let first = secret(&ann.sign_in(ANN, PASSWORD).await);
    let second = secret(&ann.sign_in(ANN, PASSWORD).await);
    assert_ne!(first, second);
    let with = [(reqwest::header::COOKIE, first.as_str())];
    app.visitor().ask(reqwest::Method::GET, "/my/today", &with).await.goes_to("/sign-in");
    let with = [(reqwest::header::COOKIE, second.as_str())];
    app.visitor().ask(reqwest::Method::GET, "/my/today", &with).await.is(200);
}

#[tokio::test]
async fn a_form_on_an_ended_sign_in_is_kept_and_sent_after_the_next() {
    let app = App::start().await;
    let ann = app.ann().await;
    let form = ann.get("/my/today").await.form("/my/sessions", 0).with("during", "3").with("note", "Easy, & <calm>");
    app.ann().await.post("/account/sign-outs", &[]).await.goes_to("/sign-in");
    let page = ann.submit(&form).await.is(401);
    page.says("You were signed out; nothing you typed is lost");
    // A wrong password keeps it.
    let wrong = page.form("/sign-in", 0).with("email", ANN).with("password", "not her password");
    let page = ann.submit(&wrong).await.refused();
    let page = ann.submit(&page.form("/sign-in", 0).with("email", ANN).with("password", PASSWORD)).await.is(200);
    page.says("Signed in again. Send what you typed?").says("Easy, & <calm>");
    let kept = page.form("/my/sessions", 0);
    assert_eq!(kept.fields().collect::<Vec<_>>(), form.fields().collect::<Vec<_>>());
    ann.submit(&kept).await.goes_to("/my/today?done=felt");
    assert_eq!(ann.get("/my/today").await.form("/my/sessions", 0).value("note"), "Easy, & <calm>");
}

#[tokio::test]
async fn what_somebody_else_typed_is_not_shown_and_leads_nowhere_else() {
    let app = App::start().await;
    let device = app.ann().await;
    let form = device.get("/my/today").await.form("/my/sessions", 0).with("note", "For my physio alone");
    app.clock.advance(TimeDelta::days(31));
    let page = device.submit(&form).await.is(401);
    let ben = page.form("/sign-in", 0).with("email", "ben@people.example").with("password", PASSWORD);
    device.submit(&ben).await.goes_to("/my/today");

    for (path, field) in
        [("https://evil.example/my/x", "a"), ("//evil.example", "a"), ("/account/password", "a"), ("/clinic/patients", "a")]
    {
        let fields = [("email", ANN), ("password", PASSWORD), ("kept-path", path), ("kept:note", field)];
        app.visitor().post("/sign-in", &fields).await.goes_to("/my/today");
    }
}

#[tokio::test]
async fn a_large_form_is_kept_and_a_file_is_not() {
    let app = App::start().await;
    let note = "é & ".repeat(5000);
    let page = app.visitor().post("/my/sessions", &[("note", &note)]).await.is(401);
    let signed_in = page.form("/sign-in", 0).with("email", ANN).with("password", PASSWORD);
    let ann = app.visitor();
    assert_eq!(ann.submit(&signed_in).await.is(200).form("/my/sessions", 0).value("note"), note);
    let answer = app.visitor().upload("/clinic/media", &[("words", "A photo")], &[("a.jpg", b"x")]).await;
    app.visitor().follow(&answer).await.says("before your file arrived");
    // A script is told, and keeps what it has.
    let headers = [
        (HeaderName::from_static("accept"), "application/json"),
        (HeaderName::from_static("content-type"), "application/x-www-form-urlencoded"),
    ];
    app.visitor().bring(reqwest::Method::POST, "/my/sets", &headers, b"a=1".to_vec()).await.is(401);
}
