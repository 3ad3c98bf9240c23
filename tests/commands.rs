//! The built program as the owner of a clinic starts, stops and loses it.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use hip_clinic::clock::Clock;
use hip_clinic::db::Db;
use hip_clinic::db::schema::{corrections, sessions, set_logs};

use crate::support::{IDENTITY, PASSWORD, Person, Setup, TestDatabase, path_of_link, server};

/// One sentence that names all of these, and nothing like a trace.
#[track_caller]
fn is_one_sentence_about(said: &str, names: &[&str]) {
    for name in names {
        assert!(said.contains(name), "{said:?} does not name {name}");
    }
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn it_does_not_serve_without_the_two_numbers_of_the_care_cards() {
    let database = TestDatabase::empty();
    for (line, name) in [("telephone = \"+44 20 7946 0000\"", "telephone"), ("emergency_number = \"999\"", "emergency_number")] {
        let setup = Setup::new(&database).says(&IDENTITY.replace(line, ""));
        is_one_sentence_about(&setup.refused(&["serve"]), &["clinic.toml", name, "is empty", "add a line like"]);
    }
}

#[test]
fn each_wrong_setting_is_named_with_its_value_and_what_is_expected() {
    let database = TestDatabase::empty();
    let refused = |name: &str, value: &str| Setup::new(&database).with(name, value).refused(&["serve"]);
    is_one_sentence_about(&refused("BASE_URL", "http://clinic.example"), &["BASE_URL", "http://clinic.example", "expected https://"]);
    is_one_sentence_about(&refused("BASE_URL", "clinic"), &["BASE_URL", "\"clinic\"", "expected https://"]);
    is_one_sentence_about(&refused("LISTEN", "0.0.0.0:8080"), &["LISTEN", "0.0.0.0:8080", "BASE_URL", "https://"]);
    is_one_sentence_about(&refused("LISTEN", "somewhere"), &["LISTEN", "somewhere", "expected", "127.0.0.1:8080"]);
    is_one_sentence_about(&refused("LOG", "loud"), &["LOG", "loud", "expected", "info"]);
    is_one_sentence_about(&refused("DATABASE_URL", "mysql://x"), &["DATABASE_URL", "mysql", "expected sqlite://"]);
    is_one_sentence_about(&refused("DATABASE_URL", "postgres://u:secret@127.0.0.1:1/x"), &["DATABASE_URL", "cannot connect"]);
    assert!(!refused("DATABASE_URL", "postgres://u:secret@127.0.0.1:1/x").contains("secret"));
    is_one_sentence_about(&refused("CLINIC_FILE", "/"), &["CLINIC_FILE", "/", "cannot be read"]);
    let wrong = Setup::new(&database).says("telephone = \"1\"\ntelefax = \"2\"\n").refused(&["serve"]);
    is_one_sentence_about(&wrong, &["CLINIC_FILE", "clinic.toml, line 2", "telefax", "expected"]);
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = Setup::new(&TestDatabase::empty()).with("LISTEN", &address).refused(&["serve"]);
    let last = said.lines().last().unwrap();
    is_one_sentence_about(last, &["LISTEN", &address, "choose a free address"]);
}

#[tokio::test]
async fn the_first_start_prints_a_link_that_founds_the_owner_once() {
    let database = TestDatabase::empty();
    let setup = Setup::new(&database);
    let mut running = setup.serve();
    let link = running.link_soon();
    let olu = running.visitor();
    let page = olu.get(&link).await.is(200);
    assert_eq!(page.heading(), "Set up your clinic");
    let form = page.form(&link, 0).with("name", "Olu Ono").with("email", "olu@clinic.example").with("password", PASSWORD);
    let queue = olu.send(&form).await.is(200);
    assert_eq!(queue.path, "/clinic?done=welcome");
    assert_eq!(running.visitor().get(&link).await.is(410).heading(), "This link no longer works");
    running.signal("TERM");
    assert!(running.wait().success());
    let again = setup.serve();
    olu.get("/clinic").await.is(200);
    assert_eq!(again.link(), None, "a clinic with staff prints no link");
}

#[tokio::test]
async fn a_link_that_was_not_used_is_replaced_at_the_next_start() {
    let database = TestDatabase::empty();
    let setup = Setup::new(&database);
    let first = setup.serve();
    let old = first.link_soon();
    drop(first);
    let second = setup.serve();
    let new = second.link_soon();
    assert_ne!(old, new);
    second.visitor().get(&old).await.is(410);
    second.visitor().get(&new).await.is(200);
}

#[tokio::test]
async fn staff_are_added_by_command_and_choose_their_password_by_link() {
    let database = TestDatabase::empty();
    let setup = Setup::new(&database);
    let output = setup.run(&["staff", "add", "--name", "Eve Easton", "--email", "Eve@Clinic.example"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let link = path_of_link(&String::from_utf8(output.stdout).unwrap()).unwrap();
    let running = setup.serve();
    let eve = running.visitor();
    let page = eve.get(&link).await.is(200);
    assert_eq!(page.heading(), "Welcome, Eve Easton. Choose your password");
    eve.send(&page.form(&link, 0).with("password", PASSWORD)).await.is(200);
    // The same address again is the same person, with a new link; a wrong one is told.
    let output = setup.run(&["staff", "add", "--name", "Eve Easton", "--email", "eve@clinic.example"]);
    assert!(output.status.success());
    assert_ne!(path_of_link(&String::from_utf8(output.stdout).unwrap()).unwrap(), link);
    is_one_sentence_about(&setup.refused(&["staff", "add", "--name", "Eve", "--email", "eve"]), &["--email", "name@example.com"]);
    is_one_sentence_about(&setup.refused(&["staff", "add", "--name", " ", "--email", "a@b.example"]), &["--name", "Enter"]);
}

#[test]
fn a_patients_address_does_not_become_staff() {
    let (database, _) = TestDatabase::with_cast();
    let said = Setup::new(&database).refused(&["staff", "add", "--name", "Ann", "--email", "ann@people.example"]);
    is_one_sentence_about(&said, &["--email", "has an account already"]);
}

#[test]
fn check_reads_content_and_settings() {
    let database = TestDatabase::empty();
    let output = Setup::new(&database).run(&["check"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("All is well") && said.contains("articles") && said.contains("exercises"), "{said}");
    assert!(
        said.starts_with("page ") && said.lines().next().unwrap().ends_with("grade  words  minutes  last reviewed  next due"),
        "{said}"
    );
    let row: Vec<&str> = said.lines().find(|line| line.starts_with("/articles/iliopsoas-syndrome ")).unwrap().split_whitespace().collect();
    let (grade, words, minutes): (f64, usize, usize) = (row[1].parse().unwrap(), row[2].parse().unwrap(), row[3].parse().unwrap());
    assert!((1.0..=8.0).contains(&grade) && words > 1000 && minutes == words.div_ceil(200) && row[4] < row[5], "{row:?}");
    assert!(said.contains("/guides/"), "{said}");
    let said = Setup::new(&database).says("").refused(&["check"]);
    assert!(said.contains("telephone"), "{said}");
}

/// An article of the clinic's own: the day of its next review, and its text.
fn own_article(next_review: &str, text: &str) -> String {
    format!(
        "+++\ntitle = \"Own\"\nslug = \"own\"\nsummary = \"Our own.\"\nauthors = [\"A\"]\nreviewed_by = \"B\"\npublished = 2020-01-01\n\
         updated = 2020-01-01\nlast_reviewed = 2020-01-01\nnext_review = {next_review}\ncategory = \"mobility\"\ntags = []\n\
         related = []\nexercises = []\n\n[[references]]\nkey = \"hu-2011\"\ntitle = \"Is it?\"\n+++\n\nIt is so [@hu-2011].\n\n{text}\n"
    )
}

#[test]
fn check_fails_for_what_a_reader_would_stumble_over_and_names_the_place() {
    let database = TestDatabase::empty();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.md");
    let setup = Setup::new(&database).with("ARTICLES_DIR", &folder.path().display().to_string());
    let hard = "Nevertheless, physiotherapists continuously investigating musculoskeletal degeneration recommend individualised progressive \
                neuromuscular rehabilitation.";
    for (text, line, words) in [
        (own_article("2036-01-01", hard), "", "and 8 is the highest"),
        (own_article("2036-01-01", "[Gone](/articles/gone)"), ":23", "no article \"gone\""),
        (own_article("2036-01-01", "![](favicon.svg)"), ":23", "what the picture shows"),
        (own_article("2036-01-01", "Words.").replace(" [@hu-2011]", ""), ":17", "never cites hu-2011"),
        (own_article("2036-01-01", "Words.").replace("tags", "tag"), ":12", "tag"),
    ] {
        std::fs::write(&file, &text).unwrap();
        let said = setup.refused(&["check"]);
        assert!(said.contains(&format!("{}{line}: ", file.display())) && said.contains(words), "{words}: {said}");
    }
    std::fs::write(&file, own_article("2036-01-01", "Words.")).unwrap();
    assert!(setup.run(&["check", "--strict"]).status.success(), "a good file is well");
}

#[test]
fn an_overdue_review_is_told_and_fails_only_a_strict_check() {
    let database = TestDatabase::empty();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("own.md"), own_article("2020-06-01", "Words.")).unwrap();
    let setup = Setup::new(&database).with("ARTICLES_DIR", &folder.path().display().to_string());
    let output = setup.run(&["check"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("own.md: the review is overdue by"), "{said}");
    let said = setup.refused(&["check", "--strict"]);
    assert!(said.contains("own.md: the review is overdue by"), "{said}");
}

#[test]
fn the_demo_stays_on_this_machine_and_away_from_real_people() {
    let (database, _) = TestDatabase::with_cast();
    let said = Setup::new(&database).with("LISTEN", "0.0.0.0:8080").refused(&["demo"]);
    is_one_sentence_about(&said, &["LISTEN", "0.0.0.0:8080", "this machine only"]);
    let said = Setup::new(&database).refused(&["demo"]);
    assert!(said.contains("demo") && !said.contains("panicked"), "{said}");
}

#[test]
fn a_backup_is_a_private_file_that_replaces_none() {
    let (database, _) = TestDatabase::with_cast();
    let setup = Setup::new(&database);
    let copy = setup.folder.path().join("copy.db");
    let file = copy.display().to_string();
    if server().is_some() {
        is_one_sentence_about(&setup.refused(&["backup", &file]), &["pg_dump"]);
        return;
    }
    let running = setup.serve();
    assert!(setup.run(&["backup", &file]).status.success());
    drop(running);
    assert_eq!(mode(&copy), 0o600, "only the clinic's own account reads it");
    is_one_sentence_about(&setup.refused(&["backup", &file]), &["copy.db", "exists already"]);
    let copied = Db::open(&format!("sqlite://{file}")).unwrap();
    assert!(copied.read_here(hip_clinic::accounts::has_staff).unwrap());
}

fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn told_to_stop_it_answers_what_it_has_begun_to_hear() {
    let (database, _) = TestDatabase::with_cast();
    let mut running = Setup::new(&database).serve();
    let body = format!("email=ann%40people.example&password={}", PASSWORD.replace(' ', "+"));
    let (first, rest) = body.split_at(10);
    let mut stream = TcpStream::connect(&running.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(
        stream,
        "POST /sign-in HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{first}",
        running.address,
        body.len()
    )
    .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    running.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("/my/today"), "{answer}");
    assert!(running.wait().success());
    assert!(TcpStream::connect(&running.address).is_err(), "nobody listens any more");
}

/// One round of one session, as the page would post it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Round {
    day: NaiveDate,
    ordinal: i32,
    prescription: i64,
    side: &'static str,
    number: i32,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_in_the_middle_it_keeps_every_set_it_said_it_had_saved() {
    const POSTS: usize = 200;
    let (database, cast) = TestDatabase::with_cast();
    let setup = Setup::new(&database);
    let mut running = setup.serve();
    let today = Clock::running(chrono_tz::Europe::London).today();
    let clamshell = cast.ann.prescriptions.iter().find(|(_, exercise)| *exercise == "clamshell").unwrap().0;
    let mut rounds = Vec::new();
    for (back, ordinal) in (0..7).flat_map(|back| (1..=6).map(move |ordinal| (back, ordinal))) {
        let round = |prescription: i64, side, number| Round { day: today - TimeDelta::days(back), ordinal, prescription, side, number };
        rounds.extend([round(cast.ann.bridge.0, "both", 1), round(cast.ann.bridge.0, "both", 2), round(cast.ann.bridge.0, "both", 3)]);
        rounds.extend([round(clamshell.0, "left", 1), round(clamshell.0, "right", 2)]);
    }
    rounds.truncate(POSTS);
    assert_eq!(rounds.len(), POSTS);

    let (saved, answered) = (Mutex::new(BTreeSet::new()), AtomicUsize::new(0));
    let phones: Vec<Person> = (0..4).map(|_| running.visitor()).collect();
    for phone in &phones {
        phone.sign_in("ann@people.example", PASSWORD).await.goes_to("/my/today");
    }
    let plan = cast.ann.plan.0;
    let post_all = async |phone: usize, rounds: &[Round]| {
        for (place, round) in rounds.iter().enumerate() {
            if place % 4 == phone && post(&phones[phone], plan, round).await {
                saved.lock().unwrap().insert(round.clone());
                answered.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    let kill = async {
        let start = Instant::now();
        while answered.load(Ordering::Relaxed) < POSTS / 2 && start.elapsed() < Duration::from_mins(1) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        running.signal("KILL");
    };
    tokio::join!(post_all(0, &rounds), post_all(1, &rounds), post_all(2, &rounds), post_all(3, &rounds), kill);
    running.wait();
    let saved = saved.into_inner().unwrap();
    assert!((POSTS / 2..POSTS).contains(&saved.len()), "it was killed in the middle: {} of {POSTS} answered", saved.len());

    let kept = logs(&database);
    let distinct: BTreeSet<Round> = kept.iter().cloned().collect();
    assert_eq!(distinct.len(), kept.len(), "none twice");
    let lost: Vec<&Round> = saved.difference(&distinct).collect();
    assert!(lost.is_empty(), "answered with 303 and lost: {lost:?}");

    // The phones send everything again, as a queue does that has heard no answer.
    let again = setup.serve();
    let phone = again.visitor();
    phone.sign_in("ann@people.example", PASSWORD).await.goes_to("/my/today");
    for round in &rounds {
        assert!(post(&phone, plan, round).await);
    }
    let kept = logs(&database);
    assert_eq!(kept.len(), POSTS);
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), rounds.into_iter().collect::<BTreeSet<_>>());
    let corrected: i64 = Db::open(database.url()).unwrap().read_here(|conn| Ok(corrections::table.count().get_result(conn)?)).unwrap();
    assert_eq!(corrected, 0, "the same again is no correction");
}

/// Posts one round; whether the program said that it is saved.
async fn post(phone: &Person, plan: i64, round: &Round) -> bool {
    let (day, done) = (round.day.to_string(), format!("{}-{}", round.side, round.number));
    let (plan, ordinal, prescription) = (plan.to_string(), round.ordinal.to_string(), round.prescription.to_string());
    let fields =
        [("plan", &*plan), ("version", "1"), ("day", &day), ("ordinal", &ordinal), ("prescription", &prescription), ("done", &done)];
    phone.try_post("/my/sets", &fields).await.is_some_and(|page| page.status == 303)
}

fn logs(database: &TestDatabase) -> Vec<Round> {
    let rows: Vec<(NaiveDate, i32, i64, String, i32)> = Db::open(database.url())
        .unwrap()
        .read_here(|conn| {
            Ok(set_logs::table
                .inner_join(sessions::table.on(sessions::id.eq(set_logs::session_id)))
                .filter(set_logs::done.eq(true))
                .select((sessions::done_on, sessions::ordinal, set_logs::prescription_id, set_logs::side, set_logs::set_number))
                .load(conn)?)
        })
        .unwrap();
    let side = |word: &str| ["left", "right", "both"].into_iter().find(|known| *known == word).unwrap();
    rows.into_iter()
        .map(|(day, ordinal, prescription, word, number)| Round { day, ordinal, prescription, side: side(&word), number })
        .collect()
}
