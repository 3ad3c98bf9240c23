//! Exercises of public collections, and exported ones, as the owner of a clinic brings them in and takes them out.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

use hip_clinic::commands;
use hip_clinic::db::{Db, Lock};
use hip_clinic::exercises::dose::Side;
use hip_clinic::exercises::{self, Equipment, Exercise, Kept, Load, Need, Origin, Purpose, Region, Source};
use hip_clinic::ids::PersonId;
use hip_clinic::media;

use crate::support::samples::jpeg;
use crate::support::{App, Setup, TestDatabase};

/// A clinic at its command line.
struct Owner {
    setup: Setup,
    db: Db,
    _database: TestDatabase,
}

impl Owner {
    fn new() -> Self {
        let database = TestDatabase::empty();
        Self { setup: Setup::new(&database), db: Db::open(database.url()).unwrap(), _database: database }
    }

    /// Imports, and hands on what is said.
    #[track_caller]
    fn import(&self, file: &str, format: &str) -> String {
        self.says(&["import", "exercises", file, "--format", format])
    }

    #[track_caller]
    fn says(&self, words: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.setup.run(words);
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap()
    }

    fn kept(&self) -> Vec<Kept> {
        self.db.read_here(exercises::kept).unwrap()
    }

    fn exercise(&self, slug: &str) -> Exercise {
        self.kept().iter().find(|kept| kept.slug == slug).and_then(Kept::read).unwrap_or_else(|| panic!("there is no {slug}"))
    }

    /// A file in the owner's folder.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.setup.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

fn collection(name: &str) -> (String, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/collections").join(name);
    (path.display().to_string(), std::fs::read_to_string(path).unwrap())
}

#[track_caller]
fn has(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "\"{words}\" is not in:\n{said}");
    }
}

#[test]
fn a_collection_is_taken_once_and_says_what_it_lacks() {
    let owner = Owner::new();
    let (file, text) = collection("free-exercise-db.json");
    let said = owner.says(&["import", "exercises", &file, "--format", "free-exercise-db", "--dry-run"]);
    has(
        &said,
        &[
            "free-exercise-db: 3 exercises",
            "Licence and author: Unlicense (public domain), no author named (3)",
            "muscle: third leg (1)",
            "equipment: moon boots (1); none given (1)",
            "category: cardio (1)",
            "level (3)",
            "(1): Silent Stand",
            "Pictures and films are not taken along: 2",
            "3 would be new, 0 would be changed, 0 unchanged",
            "nothing was written",
        ],
    );
    assert!(owner.kept().is_empty());
    has(&owner.import(&file, "free-exercise-db"), &["3 new, 0 changed, 0 unchanged"]);
    has(&owner.import(&file, "free-exercise-db"), &["All of it is here already"]);

    let slide = owner.exercise("towel-slide");
    assert_eq!(slide.regions, [Region::Hamstrings, Region::Gluteals]);
    let steps = ["Lie on your back with both heels on a towel.", "Pull the heels in. Caution: keep your back on the ground & breathe."];
    assert_eq!(slide.steps, steps);
    assert_eq!((slide.purposes.as_slice(), slide.load, slide.stage), ([Purpose::Strength].as_slice(), Some(Load::Body), None));
    assert!(slide.recommended.is_none() && slide.equipment.is_empty(), "doses are not invented");
    let bridge = owner.exercise("hip-bridge-2");
    assert!(bridge.regions.is_empty() && bridge.purposes.is_empty() && bridge.equipment.is_empty(), "and nothing is guessed");
    assert_eq!(bridge.steps, ["Lift your hips."]);
    assert!(owner.exercise("silent-stand").steps.is_empty());

    let changed = owner.file("changed.json", &text.replace("Pull the heels in.", "Draw the heels in."));
    has(&owner.import(&changed, "free-exercise-db"), &["0 new, 1 changed, 2 unchanged"]);
    let revisions = owner.db.read_here(|conn| exercises::revisions(conn, "towel-slide")).unwrap();
    assert_eq!((revisions.len(), revisions[0].written.by.as_str()), (2, "an import"));
    assert!(revisions[0].text.contains("Draw the heels in.") && revisions[1].text.contains("Pull the heels in."));
    has(&owner.import(&file, "free-exercise-db"), &["0 new, 1 changed, 2 unchanged"]);
}

#[test]
fn what_the_clinic_has_written_since_is_not_overwritten() {
    let owner = Owner::new();
    let (file, text) = collection("free-exercise-db.json");
    owner.import(&file, "free-exercise-db");
    let now = owner.kept()[0].own.made.at;
    let ours = Exercise { summary: "Our own words.".to_owned(), ..owner.exercise("towel-slide") };
    owner.db.write_here(Lock::Clinic, |conn| exercises::revise(conn, &ours, 1, PersonId(1), now)).unwrap();
    has(&owner.import(&file, "free-exercise-db"), &["All of it is here already"]);
    let changed = owner.file("changed.json", &text.replace("Pull the heels in.", "Draw the heels in."));
    has(&owner.import(&changed, "free-exercise-db"), &["left as they are (1): Towel Slide", "All of it is here already"]);
    assert_eq!(owner.exercise("towel-slide").summary, "Our own words.");
}

#[test]
fn a_page_of_wger_keeps_each_licence_and_author() {
    let owner = Owner::new();
    let (file, text) = collection("wger.json");
    let said = owner.import(&file, "wger");
    has(
        &said,
        &[
            "wger: 2 exercises",
            "CC0, Ann Author (1)",
            "CC-BY-SA 3, Old Author (1)",
            "muscle: Brachialis (1)",
            "equipment: Trampoline (1)",
            "no English text (1): Nur deutsch",
            "no licence that is known (1): 904 Whose is it?",
            "Pictures and films are not taken along: 1",
            "2 new",
        ],
    );
    let half = owner.exercise("half-bridge");
    assert_eq!(half.steps, ["Lie down.", "Lift the hips half way.", "Lower slowly < 5 s."]);
    assert_eq!(
        (half.cues.as_slice(), half.regions.as_slice()),
        (["Heels down".to_owned()].as_slice(), [Region::GluteusMaximus].as_slice())
    );
    assert_eq!(half.equipment, [Need { any: vec![Equipment::Mat], detail: String::new(), when: String::new() }]);
    let source = Source {
        name: "wger".to_owned(),
        key: "0b1f7a52-6b0e-4c0b-9d2e-5f8f6a3c1a01".to_owned(),
        author: "Ann Author".to_owned(),
        licence: "CC0".to_owned(),
        url: "https://example.org/half-bridge".to_owned(),
    };
    assert_eq!(half.origin, Origin::Imported(source));
    let heels = owner.exercise("heel-lift");
    assert_eq!((heels.regions.as_slice(), heels.steps.len()), ([Region::Calf].as_slice(), 2));

    // The same records, as an array and one by one, are the same.
    let page: serde_json::Value = serde_json::from_str(&text).unwrap();
    let results = page["results"].as_array().unwrap();
    let array = owner.file("array.json", &page["results"].to_string());
    let single = owner.file("single.json", &results[0].to_string());
    let pages = owner.file("pages.json", &serde_json::json!([page]).to_string());
    for file in [array, single, pages] {
        has(&owner.import(&file, "wger"), &["0 would be new, 0 would be changed", "All of it is here already"]);
    }
    let first = owner.file("first.json", &text.replace("\"count\": 4", "\"count\": 845"));
    has(&owner.import(&first, "wger"), &["The collection has 845 records and these files 4"]);
}

#[test]
fn a_damaged_file_is_refused_whole_with_the_record_and_the_reason() {
    let owner = Owner::new();
    let (_, free) = collection("free-exercise-db.json");
    let (_, wger) = collection("wger.json");
    let cases = [
        ("free-exercise-db", free.replace("\"id\": \"Silent_Stand\"", "\"ID\": 1"), "record 3 (\"Silent Stand\"): missing field `id`"),
        (
            "free-exercise-db",
            free.replace("\"id\": \"Silent_Stand\"", "\"id\": \"Hip_Bridge\""),
            "record 3 (\"Silent Stand\"): another record",
        ),
        ("free-exercise-db", free.replace("\"Silent Stand\"", "\" \""), "its name is empty"),
        ("free-exercise-db", free.replace("Silent Stand", &"x".repeat(300)), "longer than 200 characters"),
        ("free-exercise-db", free.replace("Lift your hips.", &"hips ".repeat(20_000)), "record 2 (\"Hip Bridge\"): Shorten this exercise"),
        ("free-exercise-db", free[..free.len() - 100].to_owned(), "record 3: the file is damaged here: EOF"),
        ("free-exercise-db", free.replace("\"id\": \"Hip_Bridge\"", "\"id\" \"Hip_Bridge\""), "record 2: the file is damaged here"),
        ("free-exercise-db", wger.clone(), "expected a list of records"),
        (
            "wger",
            wger.replace("\"language\": 2, \"license\": 77", "\"language\": \"en\", \"license\": 77"),
            "record 4 (\"Whose is it?\"): invalid type",
        ),
        ("wger", free, "record 1 (\"Towel Slide\"): invalid type"),
        ("wger", "{\"detail\": \"Not found.\"}".to_owned(), "neither results nor translations"),
        ("wger", String::new(), "the file is damaged"),
        ("hip-clinic", "+++\nname = 1\n+++\n".to_owned(), ":2: "),
    ];
    for (format, text, words) in cases {
        let file = owner.file("damaged.json", &text);
        let said = owner.setup.refused(&["import", "exercises", &file, "--format", format]);
        has(&said, &["hip-clinic: ", "damaged.json", words]);
        assert!(said.lines().count() == 1 && said.len() < 400, "{said}");
        assert!(owner.kept().is_empty());
    }
    let said = owner.setup.refused(&["import", "exercises", "/no/such/file", "--format", "wger"]);
    has(&said, &["/no/such/file: No such file"]);
    let said = owner.setup.refused(&["import", "exercises", "x", "--format", "csv"]);
    has(&said, &["use one of free-exercise-db, wger, hip-clinic"]);
    let zeros = owner.file("large.json", "");
    std::fs::File::create(&zeros).unwrap().set_len(200 << 20).unwrap();
    has(&owner.setup.refused(&["import", "exercises", &zeros, "--format", "wger"]), &["more than the 32 megabytes"]);
}

#[test]
fn what_is_exported_is_read_back_as_it_was() {
    let owner = Owner::new();
    owner.import(&collection("free-exercise-db.json").0, "free-exercise-db");
    owner.import(&collection("wger.json").0, "wger");
    let now = owner.kept()[0].own.made.at;
    let library = exercises::Library::load().unwrap();
    let copy = library.get("clamshell").unwrap().copied();
    let ours = Exercise { media: vec![7], side: Side::Left, ..copy };
    owner.db.write_here(Lock::Clinic, |conn| exercises::add(conn, &library, &ours, PersonId(1), now)).unwrap();
    let out = owner.setup.folder.path().join("out");
    let folder = out.display().to_string();
    let said = owner.says(&["export", "exercises", &folder]);
    has(&said, &["6 exercises written to"]);
    owner.says(&["export", "exercises", &folder]);
    has(&owner.import(&folder, "hip-clinic"), &["6 unchanged", "All of it is here already"]);

    let other = Owner::new();
    has(&other.import(&folder, "hip-clinic"), &["6 new", "Pictures and films are not taken along: 1"]);
    has(&other.import(&folder, "hip-clinic"), &["All of it is here already"]);
    has(&other.import(&collection("wger.json").0, "wger"), &["2 unchanged", "All of it is here already"]);
    for kept in owner.kept() {
        let exercise = Exercise { media: Vec::new(), ..kept.read().unwrap() };
        assert_eq!(other.exercise(&kept.slug), exercise);
    }
    let file = out.join("clamshell-2.md");
    let changed = std::fs::read_to_string(&file).unwrap().replace("sides = \"left\"", "sides = \"right\"");
    std::fs::write(&file, changed).unwrap();
    has(&owner.import(&folder, "hip-clinic"), &["1 changed, 5 unchanged"]);
    let now = owner.exercise("clamshell-2");
    assert_eq!((now.side, now.media), (Side::Right, vec![7]), "its photos stay with it");
    owner.says(&["export", "exercises", &folder]);
    std::fs::write(&file, "my notes").unwrap();
    has(&owner.setup.refused(&["export", "exercises", &folder]), &["clamshell-2.md: this file says something else; name an empty folder"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "my notes");
}

#[tokio::test]
async fn photos_are_exported_with_the_exercises_they_show_and_those_of_patients_are_not() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let ann = app.cast().ann.id;
    for (words, patient) in [("The wall, seen from the side", String::new()), ("Ann at the wall", ann.to_string())] {
        let fields = [("words", words), ("patient", patient.as_str()), ("still", "")];
        cleo.upload("/clinic/media", &fields, &[("a.jpg", &jpeg(40, 30))]).await.goes_to_any();
    }
    let numbers = |of| app.db.read_here(|conn| media::all(conn, of)).unwrap().iter().map(|medium| medium.id.0).collect::<Vec<_>>();
    let (library, now) = (exercises::Library::load().unwrap(), app.clock.now());
    let shown = [numbers(None), numbers(Some(ann))].concat();
    assert_eq!(shown.len(), 2);
    let ours = Exercise { media: shown.clone(), ..library.get("clamshell").unwrap().copied() };
    app.db.write_here(Lock::Clinic, |conn| exercises::add(conn, &library, &ours, app.cast().cleo, now)).unwrap();
    let out = tempfile::tempdir().unwrap();
    commands::export_exercises(&app.config, out.path()).unwrap();
    let names = |folder: &Path| {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(names(&out.path().join("media")), [format!("{}-the-wall-seen-from-the-side.jpg", shown[0])]);
}

/// The real file: 873 records, named by `FREE_EXERCISE_DB` or beside the repository.
#[test]
fn the_whole_free_exercise_db_is_taken_in_five_seconds() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/free-exercise-db.json");
    let file = std::env::var_os("FREE_EXERCISE_DB").map_or(beside, PathBuf::from);
    if !file.exists() {
        println!("skipped: {} is not there; FREE_EXERCISE_DB names the exercises.json of yuhonas/free-exercise-db", file.display());
        return;
    }
    let owner = Owner::new();
    let begun = Instant::now();
    let said = owner.import(&file.display().to_string(), "free-exercise-db");
    let took = begun.elapsed();
    has(&said, &["873 new, 0 changed, 0 unchanged"]);
    assert!(took < Duration::from_secs(5), "{took:?}");
    let before: Vec<String> = owner.kept().into_iter().map(|kept| kept.text).collect();
    has(&owner.import(&file.display().to_string(), "free-exercise-db"), &["873 unchanged", "All of it is here already"]);
    assert_eq!(owner.kept().into_iter().map(|kept| kept.text).collect::<Vec<_>>(), before);
}
