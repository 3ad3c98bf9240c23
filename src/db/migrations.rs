//! The tables' history, embedded in the program: two folders with the same names, run at start.

use std::time::Duration;

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Conn;

/// How often a step is tried on an embedded database, and how long in between.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Runs what has not run yet. Two copies of the program that start together do it one after the other.
///
/// # Errors
/// The migration's own words.
pub fn run_pending(conn: &mut Conn) -> Result<(), String> {
    if let Conn::Postgres(pg) = conn {
        pg.batch_execute("SELECT pg_advisory_lock(1)").map_err(|error| error.to_string())?;
    }
    let outcome = match conn {
        Conn::Sqlite(sqlite) => embedded(sqlite),
        Conn::Postgres(pg) => pg.run_pending_migrations(POSTGRES).map(drop).map_err(|error| error.to_string()),
    };
    if let Conn::Postgres(pg) = conn {
        pg.batch_execute("SELECT pg_advisory_unlock(1)").map_err(|error| error.to_string())?;
    }
    outcome
}

/// An embedded database has no lock to wait for: where another copy of the program was faster, its steps are found done at the next
/// try.
fn embedded(sqlite: &mut SqliteConnection) -> Result<(), String> {
    let mut tries = 0;
    loop {
        match sqlite.run_pending_migrations(SQLITE).map(drop) {
            Err(error) if tries == TRIES => return Err(error.to_string()),
            Err(_) => std::thread::sleep(PAUSE),
            Ok(()) => return Ok(()),
        }
        tries += 1;
    }
}

/// Takes everything back, for the test that goes up, down and up again.
///
/// # Errors
/// The migration's own words.
pub fn revert_all(conn: &mut Conn) -> Result<(), String> {
    match conn {
        Conn::Sqlite(sqlite) => sqlite.revert_all_migrations(SQLITE).map(drop).map_err(|error| error.to_string()),
        Conn::Postgres(pg) => pg.revert_all_migrations(POSTGRES).map(drop).map_err(|error| error.to_string()),
    }
}
