//! The ladder every address of the table climbs: it needs a person, the wrong role is refused, what is not there is not found, a
//! wrong method is told what is allowed, and a form from another site is not taken. The table is read from `src/routes.rs`, so
//! that no address is forgotten.

use std::path::Path;

use hip_clinic::db::Lock;
use hip_clinic::exercises::{self, Exercise, Library};
use hip_clinic::messages::threads::{self, Kind, NewMessage};
use hip_clinic::messages::{self, NewQuestion, NewRequest};
use hip_clinic::plans::programmes::{self, About};
use hip_clinic::plans::requests;
use hip_clinic::reviews::{decisions, goals, notes};
use hip_clinic::text::{Email, Letter, Name, Note};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderName};

use crate::support::{App, Cast, Page, Person};

/// One line of the table.
struct Route {
    path: String,
    reads: bool,
    writes: bool,
}

impl Route {
    fn allow(&self) -> &'static str {
        match (self.reads, self.writes) {
            (true, true) => "GET, HEAD, POST",
            (true, false) => "GET, HEAD",
            (false, true) => "POST",
            (false, false) => "",
        }
    }

    fn area(&self) -> Area {
        match &*self.path {
            path if path.starts_with("/my/") => Area::Patient,
            path if path.starts_with("/clinic") => Area::Staff,
            path if path.starts_with("/account") || path.starts_with("/media") => Area::Anyone,
            _ => Area::Public,
        }
    }

    /// The address with numbers of the cast in it.
    fn of(&self, cast: &Cast) -> String {
        // What can be written is the clinic's own alone: see `clinic`.
        let programme = self.path.starts_with("/clinic/programmes");
        let exercise = if self.path.starts_with("/my/tests") {
            "test-walk"
        } else if programme {
            "runner-early"
        } else if self.path.ends_with("/text") || self.path.ends_with("/archival") {
            "our-bridge"
        } else {
            "hip-bridge"
        };
        let id = match &*self.path {
            path if path.starts_with("/clinic/plans") => cast.ann.plan.0,
            // The only one there is: see `clinic`.
            path if path.starts_with("/clinic/programmes") => 1,
            // Without a query it stands on the shelf.
            "/exercises" => return "/exercises?for=runners".to_owned(),
            // The only ones there are: see `clinic`.
            path if ["/clinic/questions", "/clinic/appointments", "/clinic/messages", "/my/messages", "/clinic/requests"]
                .iter()
                .any(|own| path.starts_with(own)) =>
            {
                1
            }
            _ => cast.ann.id.0,
        };
        self.path
            .replace("{id}", &id.to_string())
            .replace("{phase}", &cast.ann.phases[0].to_string())
            .replace("{prescription}", &cast.ann.bridge.to_string())
            .replace("{slug}", exercise)
            .replace("{day}", "2026-11-24")
            .replace("{name}", "0123456789ab.jpg")
            .replace("{token}", "0123456789abcdef")
            // The only ones there are: see `clinic`.
            .replace("{review}", "1")
            .replace("{note}", "1")
            .replace("{goal}", "1")
    }
}

#[derive(PartialEq, Eq)]
enum Area {
    Public,
    Anyone,
    Patient,
    Staff,
}

fn table() -> Vec<Route> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/routes.rs")).unwrap();
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("at!(to, \""));
    let table: Vec<Route> = lines
        .map(|line| {
            let (path, handlers) = line.split_once('"').unwrap();
            // A builder serves plans and programmes alike.
            let path = path.replace("{of:plans|programmes}", "plans").replace(":[0-9]+}", "}");
            Route { path, reads: handlers.contains(", get "), writes: handlers.contains(", post ") }
        })
        .collect();
    assert!(table.len() > 30 && table.iter().all(|route| route.reads || route.writes), "the table is read");
    table
}

/// The clinic with the cast, a question, a request for an appointment, a message of Ann's, a change she asks for, and an exercise of its
/// own.
async fn clinic() -> App {
    let app = App::start().await;
    let now = app.clock.now();
    let made = app.db.write_here(Lock::Clinic, |conn| {
        let question =
            NewQuestion { article: "iliopsoas-syndrome".to_owned(), words: Letter::parse("May I swim?", 1, "").unwrap(), email: None };
        let request = NewRequest {
            name: Name::parse("Zed Zimmer", "a name").unwrap(),
            telephone: None,
            email: Some(Email::parse("zed@people.example").unwrap()),
            about: Letter::parse("My hip", 1, "").unwrap(),
            times: "at any time".to_owned(),
            flags: Vec::new(),
        };
        let library = Library::load().unwrap();
        let bridge = Exercise { name: "Our bridge".to_owned(), ..library.get("hip-bridge").unwrap().copied() };
        assert_eq!(exercises::add(conn, &library, &bridge, app.cast().cleo, now)?, "our-bridge");
        let about = About { name: "Ours".to_owned(), audience: String::new(), purpose: String::new(), shared: true };
        assert_eq!(programmes::create(conn, &about, "", &[], app.cast().cleo, now)?.0, 1);
        let ann = app.cast().ann.id;
        let first = NewMessage { kind: Kind::Patient, words: "May I swim?", by: ann.into(), now };
        let thread = threads::begin(conn, ann, "Swimming", &first)?.0;
        let review = decisions::NewReview {
            from: now.date(),
            to: now.date(),
            seen: "Calm".to_owned(),
            decision: decisions::Decision::Hold,
            reason: "Too early".to_owned(),
            told: String::new(),
            next: None,
            marks: String::new(),
        };
        decisions::add(conn, ann, &review, &[], app.cast().cleo, now)?;
        notes::add(conn, ann, &notes::Parts { plan: "Go on".to_owned(), ..notes::Parts::default() }, app.cast().cleo, now)?;
        goals::add(conn, ann, &goals::NewGoal { words: "Run".to_owned(), target: None }, app.cast().cleo, now)?;
        let done = requests::NewRequest {
            plan: app.cast().ann.plan,
            version: 1,
            prescription: None,
            about: String::new(),
            matter: requests::Matter::Finished,
            words: Note::parse("").unwrap(),
        };
        let done = requests::add(conn, &done, now)?.0;
        Ok((messages::ask(conn, &question, now)?.0, messages::request(conn, &request, now)?.0, thread.0, done))
    });
    assert_eq!(made.unwrap(), (1, 1, 1, 1));
    app
}

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

async fn post(person: &Person, path: &str, site: &str) -> Page {
    person.bring(Method::POST, path, &[(SITE, site), (CONTENT_TYPE, "application/x-www-form-urlencoded")], Vec::new()).await
}

#[tokio::test]
async fn what_is_not_for_everyone_needs_a_person_and_leads_back() {
    let app = clinic().await;
    let visitor = app.visitor();
    for route in table().into_iter().filter(|route| route.area() != Area::Public) {
        let path = route.of(app.cast());
        if route.reads {
            let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
            let answer = visitor.get(&path).await;
            assert_eq!(answer.goes_to_any(), format!("/sign-in?next={next}"));
        }
        if route.writes {
            let answer = visitor.post(&path, &[]).await;
            answer.goes_to("/sign-in?next=%2F");
        }
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_the_page_that_was_asked_for() {
    let app = clinic().await;
    let ann = app.visitor();
    let page = ann.follow(&ann.get("/my/today?day=2026-11-23").await).await.is(200);
    let form = page.form("/sign-in", 0).with("email", "ann@people.example").with("password", crate::support::PASSWORD);
    assert_eq!(ann.submit(&form).await.goes_to_any(), "/my/today?day=2026-11-23");
}

#[tokio::test]
async fn the_areas_are_for_their_own_role() {
    let app = clinic().await;
    let (ann, cleo, olu) = (app.ann().await, app.cleo().await, app.olu().await);
    for route in table() {
        let strangers: Vec<&Person> = match route.area() {
            Area::Patient => vec![&cleo, &olu],
            Area::Staff => vec![&ann],
            Area::Anyone | Area::Public => Vec::new(),
        };
        let path = route.of(app.cast());
        for stranger in strangers {
            if route.reads {
                let page = stranger.get(&path).await.is(403);
                assert_eq!(page.heading(), "This page is not for you");
                assert!(page.links().iter().any(|link| link == "/my/today" || link == "/clinic"), "a way back");
            }
            if route.writes {
                stranger.post(&path, &[]).await.is(403);
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = clinic().await;
    let cleo = app.cleo().await;
    let full = [
        ("name", "Ann"),
        ("reason", "because"),
        ("rule", "gate-b"),
        ("state", "paused"),
        ("exercise", "hip-bridge"),
        ("direction", "down"),
        ("phase", "1"),
        ("sets", "1"),
        ("work", "reps"),
        ("amount", "1"),
        ("side", "each"),
        ("times", "1"),
        ("per", "week"),
    ];
    let keys = (1..=14).map(|number| format!("RF{number}")).chain((1..=5).map(|number| format!("CI{number}")));
    let answers = keys.map(|key| (key, "no")).collect::<Vec<_>>();
    let full: Vec<(&str, &str)> = full.into_iter().chain(answers.iter().map(|(name, value)| (&**name, *value))).collect();
    for route in table().into_iter().filter(|route| route.area() == Area::Staff && route.path.contains("{slug}")) {
        let path = route.path.replace("{slug}", "no-such-exercise");
        if route.reads {
            cleo.get(&path).await.is(404);
        }
        if route.writes {
            cleo.post(&path, &full).await.is(404);
        }
    }
    for route in table().into_iter().filter(|route| route.area() == Area::Staff && route.path.contains("{id}")) {
        for id in ["999999", "0", "-1", "nobody", "99999999999999999999"] {
            let path = route.path.replacen("{id}", id, 1).replace("{phase}", "1").replace("{prescription}", "1");
            let path = path.replace("{review}", "1").replace("{note}", "1").replace("{goal}", "1");
            if route.reads {
                let page = cleo.get(&path).await.is(404);
                assert_eq!(page.heading(), "There is no such page");
            }
            if route.writes {
                cleo.post(&path, &full).await.is(404);
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_what_is_allowed() {
    let app = clinic().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    for route in table() {
        let (path, person) = (route.of(app.cast()), if route.area() == Area::Staff { &cleo } else { &ann });
        let mut wrong = vec![Method::PUT, Method::DELETE, Method::PATCH];
        if !route.reads {
            wrong.extend([Method::GET, Method::HEAD]);
        }
        if !route.writes {
            wrong.push(Method::POST);
        }
        for method in wrong {
            let headers = [(CONTENT_TYPE, "application/x-www-form-urlencoded")];
            let answer = person.bring(method.clone(), &path, &headers, Vec::new()).await;
            assert_eq!((answer.status, answer.header("allow")), (405, route.allow()), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_head_says_what_a_get_would() {
    let app = clinic().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    for route in table().into_iter().filter(|route| route.reads) {
        let (path, person) = (route.of(app.cast()), if route.area() == Area::Staff { &cleo } else { &ann });
        let (get, head) = (person.get(&path).await, person.ask(Method::HEAD, &path, &[]).await);
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert!(head.bytes.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_not_taken() {
    let app = clinic().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    for route in table().into_iter().filter(|route| route.writes) {
        let (path, person) = (route.of(app.cast()), if route.area() == Area::Staff { &cleo } else { &ann });
        for site in ["cross-site", "same-site"] {
            let answer = post(person, &path, site).await.is(403);
            answer.says("was not sent from a page of this site");
        }
    }
    // Nothing happened: both are still signed in, and Ann's plan still runs.
    ann.get("/my/today").await.is(200).says("Hip bridge");
    cleo.get("/clinic").await.is(200);
}

#[tokio::test]
async fn private_pages_are_stored_nowhere() {
    let app = clinic().await;
    let (ann, cleo) = (app.ann().await, app.cleo().await);
    for route in table().into_iter().filter(|route| route.reads) {
        let person = if route.area() == Area::Staff { &cleo } else { &ann };
        let page = person.get(&route.of(app.cast())).await;
        assert_eq!(page.header("cache-control"), "no-store", "{}", route.path);
        assert_eq!(page.header("etag"), "", "{}", route.path);
        let told = String::from_utf8_lossy(&page.bytes).contains("application/ld+json");
        assert!(!told || route.area() == Area::Public, "{} speaks to search engines", route.path);
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_it_safe() {
    let app = clinic().await;
    let ann = app.ann().await;
    for path in ["/", "/articles", "/my/today", "/clinic", "/nowhere", "/health", "/sign-in", "/my/sets"] {
        let answer = ann.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{path}: {policy}");
        let headers = [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")];
        for (name, value) in headers {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: not over http");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    let behind = App::behind("https://clinic.example").await;
    let page = behind.visitor().get("/").await;
    assert!(page.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn a_body_that_is_no_form_of_ours_is_refused_in_words() {
    let app = clinic().await;
    let ann = app.ann().await;
    let json = [(CONTENT_TYPE, "application/json")];
    ann.bring(Method::POST, "/my/sets", &json, b"{}".to_vec()).await.is(415).says("takes a form of this site");
    let form = [(CONTENT_TYPE, "application/x-www-form-urlencoded")];
    let large = format!("note={}", "x".repeat(70_000)).into_bytes();
    let page = ann.bring(Method::POST, "/my/something-wrong", &form, large).await.is(413);
    page.says("shorten what you typed");
    ann.get("/my/today").await.is(200).says("Hip bridge");
}
