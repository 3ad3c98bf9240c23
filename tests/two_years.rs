//! What a diary of two years costs: the same questions to the database, none of them without an index, and hardly any more time.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::prelude::*;
use hip_clinic::db::Lock;
use hip_clinic::diary::{self, Actual, LoggedSide, SetChange, SetEntry, Writer};
use hip_clinic::plans;

use crate::support::{App, Case, Person, server};

/// Days of two years.
const DAYS: i64 = 730;

/// Writes a session with all rounds of two exercises, and a morning, on each of these days.
fn fill(app: &App, case: &Case, days: i64) {
    let writer = Writer { patient: case.id, now: app.clock.now() };
    app.db
        .write_here(Lock::Patient(case.id.0), |conn| {
            let publication = plans::publication(conn, case.id, case.plan, 1)?.unwrap();
            let slots = &publication.snapshot.phases[0].slots;
            for back in 1..=days {
                let day = app.clock.today() - TimeDelta::days(back);
                for slot in slots.iter().take(2) {
                    let sides = LoggedSide::of(slot.dose.side).iter();
                    let changes = sides.flat_map(|side| {
                        (1..=i32::from(slot.dose.sets)).map(|number| SetChange {
                            number,
                            side: *side,
                            done: true,
                            actual: Actual::default(),
                        })
                    });
                    let entry = SetEntry {
                        plan: case.plan,
                        version: 1,
                        day,
                        ordinal: 1,
                        prescription: slot.id,
                        changes: changes.collect(),
                        skip: None,
                        note: None,
                        pain: None,
                    };
                    diary::record_sets(conn, writer, &entry, slot)?;
                }
                let pain = Some(2);
                let (stiffness, settled, limp, night_pain, note) = (None, None, None, None, String::new());
                diary::record_check_in(conn, writer, &diary::CheckIn { day, pain, stiffness, settled, limp, night_pain, note })?;
            }
            Ok(())
        })
        .unwrap();
}

async fn cost(app: &App, ann: &Person) -> usize {
    ann.get("/my/today").await.is(200);
    let before = app.db.queries();
    ann.get("/my/today").await.is(200);
    app.db.queries() - before
}

#[tokio::test]
async fn today_asks_the_same_after_two_years() {
    let app = App::start().await;
    let ann = app.ann().await;
    fill(&app, &app.cast().ann, 1);
    let first = cost(&app, &ann).await;
    fill(&app, &app.cast().ann, DAYS);
    assert_eq!(cost(&app, &ann).await, first);
}

#[tokio::test]
async fn the_pages_of_a_history_ask_the_same_after_two_years() {
    let app = App::start().await;
    let (ann, cleo, case) = (app.ann().await, app.cleo().await, &app.cast().ann);
    let of = |query: &str| format!("/clinic/patients/{}{query}", case.id);
    let cost = async |person: &Person, path: &str| {
        person.get(path).await.is(200);
        let before = app.db.queries();
        person.get(path).await.is(200);
        app.db.queries() - before
    };
    let paths = [of(""), of("?weeks=2"), of("?weeks=all")];
    fill(&app, case, 1);
    let mut few = vec![cost(&ann, "/my/progress").await, cost(&ann, "/my/progress?weeks=all").await];
    for path in &paths {
        few.push(cost(&cleo, path).await);
    }
    fill(&app, case, DAYS);
    let mut many = vec![cost(&ann, "/my/progress").await, cost(&ann, "/my/progress?weeks=all").await];
    for path in &paths {
        many.push(cost(&cleo, path).await);
    }
    assert_eq!(many, few);
    assert!(few.iter().all(|count| (4..=50).contains(count)), "{few:?}");
    // The whole history is drawn week by week, and says so; the rest day by day.
    let all = cleo.get(&of("?weeks=all")).await.is(200);
    all.says("each point is a week").says("Week from");
    assert!(all.all("figure table tbody tr").len() >= 104 && all.body().len() < 400_000, "{} bytes", all.body().len());
    cleo.get(&of("")).await.says_not("each point is a week").says("All 43 sessions");
    ann.get("/my/progress").await.says("Since the start").says_not("each point is a week");
}

#[tokio::test]
async fn an_outline_counts_and_judges_as_the_whole_record_does() {
    let app = App::start().await;
    let case = &app.cast().ann;
    fill(&app, case, 40);
    let (today, clock) = (app.clock.today(), app.clock.clone());
    let span = (today - TimeDelta::days(60), today);
    let (whole, outline) = app
        .db
        .read_here(|conn| {
            let whole = diary::record(conn, case.id, span, |moment| clock.day_of(moment))?;
            Ok((whole, diary::outline(conn, case.id, span, |moment| clock.day_of(moment))?))
        })
        .unwrap();
    assert_eq!(hip_clinic::progress::readings(&whole), hip_clinic::progress::readings(&outline));
    let weeks = |record: &diary::Record| hip_clinic::progress::weeks(&record.course, &record.sessions, today);
    assert_eq!(weeks(&whole), weeks(&outline));
    assert!(whole.sessions.len() == 40 && whole.sessions[0].sets.len() > outline.sessions[0].sets.len());
}

/// A line of what the embedded database says of its way to an answer.
#[derive(QueryableByName)]
struct Way {
    #[diesel(sql_type = diesel::sql_types::Text)]
    detail: String,
}

#[test]
fn what_today_asks_of_the_diary_goes_by_an_index() {
    if server().is_some() {
        // A server chooses by its statistics; an empty table is read as a whole, and rightly so.
        return;
    }
    let (database, _) = crate::support::TestDatabase::with_cast();
    let db = hip_clinic::db::Db::open(database.url()).unwrap();
    let window = "patient_id = 1 AND sessions.done_on BETWEEN '2026-11-01' AND '2026-11-24'";
    let asked = [
        format!("SELECT * FROM sessions LEFT JOIN set_logs ON set_logs.session_id = sessions.id WHERE {window}"),
        format!(
            "SELECT * FROM sessions LEFT JOIN skips ON skips.session_id = sessions.id \
             LEFT JOIN exercise_notes ON exercise_notes.session_id = sessions.id WHERE {window}"
        ),
        "SELECT * FROM check_ins WHERE patient_id = 1 AND asked_on BETWEEN '2026-11-01' AND '2026-11-24'".to_owned(),
        "SELECT * FROM corrections WHERE patient_id = 1 AND about_day >= '2026-11-01' ORDER BY id".to_owned(),
        "SELECT * FROM plan_states JOIN plans ON plans.id = plan_states.plan_id WHERE plans.patient_id = 1".to_owned(),
    ];
    for question in asked {
        let ways: Vec<Way> = db.read_here(|conn| Ok(diesel::sql_query(format!("EXPLAIN QUERY PLAN {question}")).load(conn)?)).unwrap();
        let ways: Vec<String> = ways.into_iter().map(|way| way.detail).collect();
        assert!(!ways.iter().any(|way| way.starts_with("SCAN")), "{question}: {ways:?}");
    }
}

/// Run by hand, on a machine that does nothing else: `cargo test --release two_years -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "a measurement, not a test: its number depends on the machine"]
async fn today_takes_hardly_longer_after_two_years() {
    let app = App::start().await;
    let (ann, ben) = (app.ann().await, app.ben().await);
    fill(&app, &app.cast().ann, 7);
    let median = async || {
        let mut times = Vec::new();
        for _ in 0..60 {
            let start = Instant::now();
            ann.get("/my/today").await.is(200);
            times.push(start.elapsed());
        }
        times.sort_unstable();
        times[30]
    };
    drop(ben.get("/my/today").await.is(200));
    let new = median().await;
    fill(&app, &app.cast().ann, DAYS);
    let old = median().await;
    println!("a new patient: {new:?}; after two years: {old:?}; times {:.2}", old.as_secs_f64() / new.as_secs_f64().max(f64::EPSILON));
    assert!(old < new * 12 / 10 + Duration::from_millis(1));
}
