//! The clinic's own exercises: kept, changed, put away; in plans and nowhere a reader sees.

use hip_clinic::db::Lock;
use hip_clinic::error::AppError;
use hip_clinic::exercises::collection::{self, Format};
use hip_clinic::exercises::dose::{Dose, Frequency, Side, Work};
use hip_clinic::exercises::{self, Exercise, Filter, Half, Library, Origin, Purpose, Stage, Stock};
use hip_clinic::ids::PersonId;

use crate::support::App;

fn wall_press() -> Exercise {
    let dose = Dose {
        sets: 2,
        work: Work::Hold,
        amount: 20,
        hold: None,
        rest: Some(30),
        side: Side::Each,
        frequency: Frequency::Daily(1),
        tempo: None,
    };
    Exercise {
        summary: "Press your knee into the wall to wake the front of the hip.".to_owned(),
        steps: vec!["Stand facing the wall.".to_owned(), "Press your knee into it & hold: *gently*.".to_owned()],
        purposes: vec![Purpose::Activation],
        stage: Some(Stage::Early),
        side: Side::Each,
        precautions: "Stop if it pinches.".to_owned(),
        recommended: Some(dose.into()),
        ..Exercise::named("Wall press")
    }
}

fn add(app: &App, exercise: &Exercise, by: PersonId) -> Result<String, AppError> {
    let (house, now) = (Library::load().unwrap(), app.clock.now());
    app.db.write_here(Lock::Clinic, |conn| exercises::add(conn, &house, exercise, by, now))
}

fn revise(app: &App, exercise: &Exercise, seen: i32, by: PersonId) -> Result<(), AppError> {
    app.db.write_here(Lock::Clinic, |conn| exercises::revise(conn, exercise, seen, by, app.clock.now()))
}

fn archive(app: &App, slug: &str, archive: bool, by: PersonId) -> Result<(), AppError> {
    app.db.write_here(Lock::Clinic, |conn| exercises::set_archived(conn, slug, archive, by, app.clock.now()))
}

fn stock() -> Stock {
    Stock::new(std::sync::Arc::new(Library::load().unwrap()))
}

#[tokio::test]
async fn what_is_written_is_read_again_with_who_and_when() {
    let app = App::start().await;
    let (cleo, dan, stock) = (app.cast().cleo, app.cast().dan, stock());
    let slug = add(&app, &wall_press(), cleo).unwrap();
    assert_eq!(slug, "wall-press");
    let library = stock.now(&app.db).await.unwrap();
    let kept = library.get(&slug).unwrap();
    let own = kept.own.clone().unwrap();
    assert_eq!((own.revision, own.made.by.as_str(), own.made.at), (1, "Cleo Carter", app.clock.now()));
    assert_eq!(*kept, Exercise { slug: slug.clone(), number: kept.number, own: kept.own.clone(), ..wall_press() });
    assert_eq!((library.all().len() + 1, library.in_use().len()), (library.in_use().len(), library.in_use().len()));
    assert_eq!(library.in_use().last().unwrap().slug, slug, "after those of the house");
    assert_eq!(library.search("wall pre", Filter::default())[0].slug, slug);

    let changed = Exercise { summary: "Press.".to_owned(), ..kept.clone() };
    revise(&app, &changed, 1, dan).unwrap();
    revise(&app, &changed, 1, dan).unwrap();
    let refused = revise(&app, &Exercise { summary: "Push.".to_owned(), ..kept.clone() }, 1, cleo);
    assert!(matches!(refused, Err(AppError::Invalid(_))), "Dan was faster");
    let library = stock.now(&app.db).await.unwrap();
    let own = library.get(&slug).unwrap().own.clone().unwrap();
    assert_eq!((library.get(&slug).unwrap().summary.as_str(), own.revision), ("Press.", 2));
    assert_eq!((own.made.by.as_str(), own.revised.by.as_str()), ("Cleo Carter", "Dan Dyer"));
    let revisions = app.db.read_here(|conn| exercises::revisions(conn, &slug)).unwrap();
    assert_eq!(revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(), [2, 1]);
    assert!(revisions[1].text.contains("summary = \"Press your knee"));
    assert!(matches!(revise(&app, &Exercise { slug: "hip-bridge".to_owned(), ..changed }, 1, cleo), Err(AppError::NotFound)));
}

#[tokio::test]
async fn a_slug_belongs_to_one_exercise_and_a_double_tap_makes_one() {
    let app = App::start().await;
    let (cleo, dan) = (app.cast().cleo, app.cast().dan);
    let bridge = Library::load().unwrap().get("hip-bridge").unwrap().copied();
    assert_eq!(add(&app, &bridge, cleo).unwrap(), "hip-bridge-2");
    assert_eq!(add(&app, &bridge, cleo).unwrap(), "hip-bridge-2");
    assert_eq!(add(&app, &bridge, dan).unwrap(), "hip-bridge-3");
    assert_eq!(add(&app, &Exercise { name: "深い".to_owned(), ..wall_press() }, cleo).unwrap(), "exercise");
    let library = stock().now(&app.db).await.unwrap();
    let copy = library.get("hip-bridge-2").unwrap();
    assert_eq!((copy.copied_from.as_deref(), &copy.origin), (Some("hip-bridge"), &Origin::Clinic));
    let picture = copy.drawing(Half::Right).unwrap().card.url.clone();
    assert!(picture.starts_with("/drawings/hip-bridge-2-right-card."));
    let drawn = app.cleo().await.get(&picture).await.is(200);
    assert_eq!(drawn.header("cache-control"), "private, max-age=31536000, immutable");
    app.ann().await.get(&picture).await.is(200);
    app.visitor().get(&picture).await.is(404);
    let wrong = Exercise { steps: Vec::new(), ..wall_press() };
    assert!(matches!(add(&app, &wrong, cleo), Err(AppError::Invalid(_))));
    let long = Exercise { steps: vec!["x".repeat(70_000)], ..wall_press() };
    assert!(matches!(add(&app, &long, cleo), Err(AppError::Invalid(_))));
    assert_eq!(stock().now(&app.db).await.unwrap().in_use().len(), library.in_use().len());
}

#[tokio::test]
async fn what_is_put_away_is_kept_for_the_plans_that_name_it() {
    let app = App::start().await;
    let (cleo, stock) = (app.cast().cleo, stock());
    let slug = add(&app, &wall_press(), cleo).unwrap();
    for _ in 0..2 {
        archive(&app, &slug, true, cleo).unwrap();
    }
    let library = stock.now(&app.db).await.unwrap();
    assert!(library.get(&slug).unwrap().is_archived() && library.search("wall press", Filter::default()).is_empty());
    assert_eq!((library.in_use().len(), library.archived().len()), (library.all().len(), 1));
    assert_eq!(library.archived()[0].own.as_ref().unwrap().archived.as_ref().unwrap().by, "Cleo Carter");
    archive(&app, &slug, false, cleo).unwrap();
    assert!(!stock.now(&app.db).await.unwrap().get(&slug).unwrap().is_archived());
    assert!(matches!(archive(&app, "hip-bridge", true, cleo), Err(AppError::NotFound)));
}

#[tokio::test]
async fn every_copy_of_the_program_sees_what_one_writes_and_asks_once_a_page() {
    let app = App::start().await;
    let (one, other) = (stock(), stock());
    let library = one.now(&app.db).await.unwrap();
    let slug = add(&app, &wall_press(), app.cast().cleo).unwrap();
    assert!(library.get(&slug).is_none(), "who has one keeps it");
    let before = app.db.queries();
    assert!(one.now(&app.db).await.unwrap().get(&slug).is_some() && other.now(&app.db).await.unwrap().get(&slug).is_some());
    let read = app.db.queries();
    assert!(read - before > 2);
    let (first, second) = (one.now(&app.db).await.unwrap(), one.now(&app.db).await.unwrap());
    assert_eq!(app.db.queries() - read, 2, "one statement each while nothing is written");
    assert!(std::sync::Arc::ptr_eq(&first, &second));
    one.set_house(std::sync::Arc::new(Library::load().unwrap()));
    assert!(one.now(&app.db).await.unwrap().get(&slug).is_some(), "a changed house keeps the own exercises");
}

#[tokio::test]
async fn an_own_exercise_is_given_to_a_patient_and_hidden_from_the_public() {
    let app = App::start().await;
    let cast = app.cast();
    let slug = add(&app, &wall_press(), cast.cleo).unwrap();
    let cleo = app.cleo().await;
    let plan = format!("/clinic/plans/{}", cast.ann.plan);
    let found = cleo.get(&format!("{plan}?q=wall+press")).await.is(200);
    found.says("Our own");
    let form = found.form(&format!("{plan}/prescriptions"), 0).forged("exercise", &slug).with("phase", &cast.ann.phases[0].to_string());
    cleo.submit(&form).await.goes_to_any();
    archive(&app, &slug, true, cast.cleo).unwrap();
    cleo.get(&format!("{plan}?q=wall+press")).await.is(200).says("No exercise fits").says("Wall press");
    let publication = format!("{plan}/publication");
    let form = cleo.get(&publication).await.is(200).form(&publication, 0).with("reason", "A new one");
    cleo.submit(&form).await.goes_to_any();
    let today = app.ann().await.get("/my/today").await.is(200);
    today.says("Wall press").says("Press your knee into it & hold: *gently*.");
    let visitor = app.visitor();
    visitor.get(&format!("/exercises/{slug}")).await.is(404);
    for path in ["/exercises", "/exercises?q=wall", "/search?q=wall+press", "/sitemap.xml"] {
        visitor.get(path).await.says_not("Wall press").says_not(&slug);
    }
}

#[tokio::test]
async fn what_a_collection_does_not_say_is_asked_for_and_not_invented() {
    let app = App::start().await;
    let cast = app.cast();
    let text = include_str!("collections/free-exercise-db.json").to_owned();
    let collection = collection::read(Format::FreeExerciseDb, &[("exercises.json".to_owned(), text)]).unwrap();
    let (house, now) = (Library::load().unwrap(), app.clock.now());
    app.db.write_here(Lock::Clinic, |conn| collection::take(conn, &house, &collection, now, |_| ())).unwrap();
    let cleo = app.cleo().await;
    let plan = format!("/clinic/plans/{}", cast.ann.plan);
    let found = cleo.get(&format!("{plan}?q=silent+stand")).await.is(200);
    found.says("From free-exercise-db, Unlicense (public domain)").says("No dose of its own: it begins with 10 times; 2 rounds");
    let add = format!("{plan}/prescriptions");
    let form = found.form(&add, 0).forged("exercise", "silent-stand").with("phase", &cast.ann.phases[0].to_string());
    cleo.submit(&form).await.goes_to_any();
    let publication = format!("{plan}/publication");
    cleo.get(&publication).await.is(200).says("Write the steps of \"Silent Stand\" in the library, or remove it");
}
