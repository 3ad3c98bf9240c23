//! The tables' history, embedded in the program: two folders with the same names, run at start.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Conn;
use diesel::connection::SimpleConnection;

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
        // Begun as a write: the second copy waits here, and then finds nothing left to do.
        Conn::Sqlite(sqlite) => {
            sqlite.immediate_transaction(|sqlite| sqlite.run_pending_migrations(SQLITE).map(drop)).map_err(|error| error.to_string())
        }
        Conn::Postgres(pg) => pg.run_pending_migrations(POSTGRES).map(drop).map_err(|error| error.to_string()),
    };
    if let Conn::Postgres(pg) = conn {
        pg.batch_execute("SELECT pg_advisory_unlock(1)").map_err(|error| error.to_string())?;
    }
    outcome
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
