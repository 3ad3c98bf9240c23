//! What the clinic asks of its database, the same on `SQLite` and `PostgreSQL`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::TryRecvError;
use std::sync::{Arc, Barrier, Mutex};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};
use hip_clinic::db::schema::prescriptions;
use hip_clinic::db::{Conn, Db, Lock, revert_all, run_pending};
use hip_clinic::error::{AppError, Invalid};
use hip_clinic::ids::PrescriptionId;

use crate::support::{App, Cast, TestDatabase, server};

fn with_cast() -> (TestDatabase, Db, &'static Cast) {
    let (database, cast) = TestDatabase::with_cast();
    let db = Db::open(database.url()).unwrap();
    (database, db, cast)
}

fn amount(conn: &mut Conn, id: PrescriptionId) -> Result<i32, AppError> {
    Ok(prescriptions::table.find(id.0).select(prescriptions::amount).first(conn)?)
}

fn set_amount(conn: &mut Conn, id: PrescriptionId, amount: i32) -> Result<(), AppError> {
    diesel::update(prescriptions::table.find(id.0)).set(prescriptions::amount.eq(amount)).execute(conn)?;
    Ok(())
}

#[test]
fn reading_and_then_writing_loses_nothing_and_fails_nowhere() {
    let (_database, db, cast) = with_cast();
    let before = db.read_here(|conn| amount(conn, cast.ann.bridge)).unwrap();
    let together = Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                together.wait();
                for _ in 0..100 {
                    db.write_here(Lock::Patient(cast.ann.id.0), |conn| {
                        let known = amount(conn, cast.ann.bridge)?;
                        set_amount(conn, cast.ann.bridge, known + 1)
                    })
                    .unwrap();
                }
            });
        }
    });
    assert_eq!(db.read_here(|conn| amount(conn, cast.ann.bridge)).unwrap(), before + 400);
}

#[test]
fn an_error_undoes_everything() {
    let (_database, db, cast) = with_cast();
    let refused = db.write_here(Lock::Patient(cast.ann.id.0), |conn| {
        set_amount(conn, cast.ann.bridge, 99)?;
        Err::<(), AppError>(Invalid::one("amount", "no").into())
    });
    assert!(matches!(refused, Err(AppError::Invalid(_))));
    assert_eq!(db.read_here(|conn| amount(conn, cast.ann.bridge)).unwrap(), 10);
}

#[test]
fn a_panic_undoes_everything_and_the_next_write_works() {
    let (_database, db, cast) = with_cast();
    for _ in 0..10 {
        let ended = catch_unwind(AssertUnwindSafe(|| {
            db.write_here(Lock::Patient(cast.ann.id.0), |conn| {
                set_amount(conn, cast.ann.bridge, 99)?;
                // Not a panic!: its message would stand in the output of a test that works.
                std::panic::resume_unwind(Box::new("the handler broke"));
                #[expect(unreachable_code, reason = "gives the closure its type")]
                Ok(())
            })
        }));
        assert!(ended.is_err());
    }
    assert_eq!(db.read_here(|conn| amount(conn, cast.ann.bridge)).unwrap(), 10);
    db.write_here(Lock::Patient(cast.ann.id.0), |conn| set_amount(conn, cast.ann.bridge, 12)).unwrap();
    assert_eq!(db.read_here(|conn| amount(conn, cast.ann.bridge)).unwrap(), 12);
}

#[test]
fn writes_about_two_patients_do_not_wait_for_each_other_on_a_server() {
    if server().is_none() {
        // SQLite has one writer at a time; there is nothing to hold.
        return;
    }
    let (_database, db, cast) = with_cast();
    db.write_here(Lock::Patient(cast.ann.id.0), |_| {
        db.write_here(Lock::Patient(cast.ben.id.0), |conn| set_amount(conn, cast.ben.bridge, 11))
    })
    .unwrap();
    assert_eq!(db.read_here(|conn| amount(conn, cast.ben.bridge)).unwrap(), 11);
}

#[tokio::test]
async fn when_all_connections_are_taken_people_are_told_to_come_back() {
    let app = App::start().await;
    let ann = app.ann().await;
    let (tell, told) = std::sync::mpsc::channel();
    let (free, freed) = std::sync::mpsc::channel::<()>();
    let freed = Arc::new(Mutex::new(freed));
    for _ in 0..8 {
        let (db, tell, freed) = (app.db.clone(), tell.clone(), Arc::clone(&freed));
        std::thread::spawn(move || {
            db.read_here(|_| {
                tell.send(()).unwrap();
                // Ends when the test drops its end, also when it fails.
                let _ = freed.lock().map(|freed| freed.recv());
                Ok(())
            })
        });
    }
    for _ in 0..8 {
        told.recv().unwrap();
    }
    let busy = ann.get("/my/today").await.is(503);
    drop(free);
    assert_eq!(busy.header("retry-after"), "5");
    assert_eq!(busy.heading(), "We are busy for a moment");
    ann.get("/my/plan").await.is(200);
}

#[test]
fn both_folders_of_migrations_hold_the_same_steps_each_way_back() {
    let steps = |folder: &str| -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder))
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                for file in ["up.sql", "down.sql"] {
                    assert!(path.join(file).is_file(), "{} has no {file}", path.display());
                }
                path.file_name().unwrap().to_string_lossy().into_owned()
            })
            .collect();
        names.sort();
        names
    };
    assert!(!steps("sqlite").is_empty());
    assert_eq!(steps("sqlite"), steps("postgres"));
}

/// A connection past the pool.
fn connect(database: &TestDatabase) -> Conn {
    match database.url().strip_prefix("sqlite://") {
        Some(path) => Conn::Sqlite(SqliteConnection::establish(path).unwrap()),
        None => Conn::Postgres(PgConnection::establish(database.url()).unwrap()),
    }
}

#[derive(QueryableByName, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// Every column of every table as the database knows it, in order; nullable kinds end in a question mark.
fn columns_of_database(conn: &mut Conn) -> Vec<Column> {
    let ask = match conn {
        Conn::Sqlite(_) => {
            "SELECT m.name AS table_name, c.name AS name, lower(c.type) || iif(c.\"notnull\", '', '?') AS kind
             FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
             ORDER BY m.name, c.cid"
        }
        Conn::Postgres(_) => {
            "SELECT table_name::text AS table_name, column_name::text AS name,
                    data_type::text || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS kind
             FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        }
    };
    let columns: Vec<Column> = diesel::sql_query(ask).load(conn).unwrap();
    columns.into_iter().filter(|column| column.table_name != "__diesel_schema_migrations").collect()
}

/// Every column as the program knows it.
fn columns_of_program() -> Vec<Column> {
    let sqlite = BTreeMap::from([
        ("BigInt", "integer"),
        ("Integer", "integer"),
        ("Bool", "integer"),
        ("Double", "real"),
        ("Text", "text"),
        ("Date", "text"),
        ("Timestamp", "text"),
    ]);
    let postgres = BTreeMap::from([
        ("BigInt", "bigint"),
        ("Integer", "integer"),
        ("Bool", "boolean"),
        ("Double", "double precision"),
        ("Text", "text"),
        ("Date", "date"),
        ("Timestamp", "timestamp without time zone"),
    ]);
    let kinds = if server().is_some() { postgres } else { sqlite };
    let schema = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs")).unwrap();
    let mut table = String::new();
    let mut columns = Vec::new();
    for line in schema.lines().map(str::trim).filter(|line| !line.starts_with("diesel::joinable!")) {
        if let Some((name, _)) = line.strip_suffix(") {").and_then(|head| head.split_once(" (")) {
            name.clone_into(&mut table);
        } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ") {
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            let known = kinds.get(inner.unwrap_or(kind)).unwrap_or_else(|| panic!("{table}.{name}: {kind} is not a portable kind"));
            let kind = format!("{known}{}", if inner.is_some() { "?" } else { "" });
            columns.push(Column { table_name: table.clone(), name: name.to_owned(), kind });
        }
    }
    columns
}

#[test]
fn the_program_knows_every_column_of_the_database_as_it_is() {
    let database = TestDatabase::empty();
    let by_table = |columns: Vec<Column>| {
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for column in columns {
            tables.entry(column.table_name).or_default().push(format!("{} {}", column.name, column.kind));
        }
        tables
    };
    let (known, real) = (by_table(columns_of_program()), by_table(columns_of_database(&mut connect(&database))));
    assert!(known.len() > 15, "{known:?}");
    assert_eq!(known, real);
}

#[test]
fn the_tables_go_up_down_and_up_again() {
    let database = TestDatabase::bare();
    let mut conn = connect(&database);
    assert_eq!(columns_of_database(&mut conn), []);
    run_pending(&mut conn).unwrap();
    let first = columns_of_database(&mut conn);
    assert!(!first.is_empty());
    revert_all(&mut conn).unwrap();
    assert_eq!(columns_of_database(&mut conn), []);
    run_pending(&mut conn).unwrap();
    assert_eq!(columns_of_database(&mut conn), first);
    run_pending(&mut conn).unwrap();
}

#[test]
fn copies_that_start_together_all_come_up() {
    for _ in 0..5 {
        let database = TestDatabase::bare();
        let together = Barrier::new(4);
        std::thread::scope(|scope| {
            let start = || {
                together.wait();
                Db::open(database.url()).map(drop)
            };
            let starts: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
            for start in starts {
                start.join().unwrap().unwrap();
            }
        });
    }
}

#[test]
fn a_wrong_address_is_refused_in_a_sentence() {
    let refused = |url: &str| Db::open(url).map(drop).unwrap_err();
    let words = refused("mysql://localhost/clinic");
    assert!(words.contains("DATABASE_URL") && words.contains("\"mysql\"") && words.contains("expected sqlite://"), "{words}");
    assert!(refused("clinic.db").contains("unknown scheme"));
    assert!(refused("sqlite://").contains("names no file"));
    let words = refused("postgres://nobody:secret@127.0.0.1:1/none");
    assert!(words.contains("cannot connect") && !words.contains("secret"), "{words}");
}

#[test]
fn asking_for_encryption_that_is_not_built_in_is_refused_in_a_sentence() {
    if cfg!(feature = "postgres-tls") {
        return;
    }
    for mode in ["require", "verify-ca", "verify-full"] {
        let words = Db::open(&format!("postgres://u@db.example/clinic?sslmode={mode}")).map(drop).unwrap_err();
        assert!(words.contains("--features postgres-tls"), "{words}");
    }
}

#[test]
fn a_backup_is_whole_while_others_write() {
    let (database, db, cast) = with_cast();
    if server().is_some() {
        let words = db.backup(Path::new("/nowhere/copy.db")).unwrap_err();
        assert!(words.contains("pg_dump"), "{words}");
        return;
    }
    let copy = database.folder().unwrap().join("copy.db");
    let (tell, told) = std::sync::mpsc::channel();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        // Both ends go with their thread, so that nobody waits for one that has failed.
        let db = &db;
        scope.spawn(move || {
            for number in 1.. {
                // Both rows change together: a copy that has only one of them is not whole.
                db.write_here(Lock::Patient(cast.ann.id.0), |conn| {
                    set_amount(conn, cast.ann.bridge, number)?;
                    set_amount(conn, cast.ben.bridge, number)
                })
                .unwrap();
                let _ = tell.send(number);
                if stopped.try_recv() == Err(TryRecvError::Disconnected) {
                    break;
                }
            }
        });
        let _stop = stop;
        while told.recv().unwrap() < 4 {}
        db.backup(&copy).unwrap();
    });
    let copied = Db::open(&format!("sqlite://{}", copy.display())).unwrap();
    let (ann, ben) = copied.read_here(|conn| Ok((amount(conn, cast.ann.bridge)?, amount(conn, cast.ben.bridge)?))).unwrap();
    assert!(ann > 3, "{ann}");
    assert_eq!(ann, ben);
    assert!(db.backup(&copy).unwrap_err().contains("exists already"));
}

#[test]
fn a_read_sees_one_picture_from_its_first_query_to_its_last() {
    let (_database, db, cast) = with_cast();
    db.read_here(|conn| {
        let before = amount(conn, cast.ann.bridge)?;
        db.write_here(Lock::Patient(cast.ann.id.0), |conn| set_amount(conn, cast.ann.bridge, before + 5))?;
        assert_eq!(amount(conn, cast.ann.bridge)?, before);
        Ok(())
    })
    .unwrap();
    assert_eq!(db.read_here(|conn| amount(conn, cast.ann.bridge)).unwrap(), 15);
}

#[derive(QueryableByName)]
struct Pragma {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    value: i64,
}

#[test]
fn an_embedded_database_waits_checks_and_keeps_what_it_was_given() {
    let (database, db, _) = with_cast();
    if server().is_some() {
        return;
    }
    let ask = |name: &str| {
        let ask = format!("SELECT CAST({name} AS INTEGER) AS value FROM pragma_{name}");
        db.read_here(|conn| Ok(diesel::sql_query(ask).get_result::<Pragma>(conn)?.value)).unwrap()
    };
    assert_eq!(ask("foreign_keys"), 1);
    assert_eq!(ask("synchronous"), 2, "FULL");
    assert!(database.folder().unwrap().join("clinic.db-wal").exists(), "the write-ahead log");
    let refused = db.write_here(Lock::Clinic, |conn| {
        conn.batch_execute(
            "INSERT INTO baselines (patient_id, asked_on, pain, recorded_by, recorded_at) VALUES (999, '2026-11-24', 2, 1, '')",
        )?;
        Ok(())
    });
    assert!(refused.is_err(), "a row about nobody");
}
