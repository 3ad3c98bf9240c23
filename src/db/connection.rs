//! One connection type for both back ends, and the pool's way to make one.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use diesel::connection::{Connection, Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::{PgConnection, QueryResult, SqliteConnection};

/// A connection to whichever database the clinic runs on.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// The embedded file.
    Sqlite(SqliteConnection),
    /// A server.
    Postgres(PgConnection),
}

/// A pooled connection: the connection itself, and whether it must not be used again.
pub struct Kept {
    conn: Conn,
    broken: bool,
}

impl Kept {
    /// The connection is in a state nobody knows: the pool closes it instead of handing it on.
    pub fn give_up(&mut self) {
        self.broken = true;
    }
}

impl std::ops::Deref for Kept {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl std::ops::DerefMut for Kept {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// Which database a `DATABASE_URL` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// The embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Opens connections for the pool, picking the back end by the scheme of the address.
#[derive(Debug)]
pub struct Manager {
    backend: Backend,
    address: String,
    queries: Arc<AtomicUsize>,
}

impl Manager {
    /// Reads the address.
    ///
    /// # Errors
    /// A sentence that says what an address looks like; a server with TLS asked for without the feature built in.
    pub fn new(url: &str, queries: Arc<AtomicUsize>) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err("DATABASE_URL: sqlite:// names no file; expected sqlite://data/clinic.db".to_owned());
            }
            if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)
                    .map_err(|error| format!("DATABASE_URL: folder {} cannot be made: {error}", folder.display()))?;
            }
            make_private(Path::new(path)).map_err(|error| format!("DATABASE_URL: {path} cannot be made: {error}"))?;
            return Ok(Self { backend: Backend::Sqlite, address: path.to_owned(), queries });
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let asks_tls = ["sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"].iter().any(|mode| url.contains(mode));
            if asks_tls && !cfg!(feature = "postgres-tls") {
                return Err(
                    "DATABASE_URL asks for TLS, but this program was built without it; build with --features postgres-tls".to_owned()
                );
            }
            return Ok(Self { backend: Backend::Postgres, address: url.to_owned(), queries });
        }
        let scheme = url.split(':').next().unwrap_or_default();
        Err(format!("DATABASE_URL: unknown scheme \"{scheme}\"; expected sqlite://data/clinic.db or postgres://user:password@host/name"))
    }

    /// The back end of the address.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Connects once, to have the real reason when it does not work.
    ///
    /// # Errors
    /// The database's own words.
    pub fn try_once(&self) -> Result<(), String> {
        // The database's own words may be several lines; a refusal is one.
        let one_line = |error: diesel::r2d2::Error| error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        self.open().map(drop).map_err(|error| format!("DATABASE_URL: cannot connect: {}", one_line(error)))
    }

    fn open(&self) -> Result<Conn, diesel::r2d2::Error> {
        let mut conn = match self.backend {
            Backend::Sqlite => Conn::Sqlite(SqliteConnection::establish(&self.address).map_err(diesel::r2d2::Error::ConnectionError)?),
            Backend::Postgres => Conn::Postgres(PgConnection::establish(&self.address).map_err(diesel::r2d2::Error::ConnectionError)?),
        };
        let settings = match self.backend {
            // The time-out comes first: switching to the write-ahead log may already have to wait.
            Backend::Sqlite => {
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
            }
            Backend::Postgres => {
                "SET lock_timeout = '5s'; SET statement_timeout = '20s'; SET timezone = 'UTC'; SET client_min_messages = 'warning';"
            }
        };
        set_up(&mut conn, settings).map_err(diesel::r2d2::Error::QueryError)?;
        conn.set_instrumentation(Counter(Arc::clone(&self.queries)));
        Ok(conn)
    }
}

/// Makes the settings of a connection. While two copies switch a new file to the write-ahead log, `SQLite` refuses one of them at
/// once, whatever its time-out says: that one tries again.
fn set_up(conn: &mut Conn, settings: &str) -> QueryResult<()> {
    for _ in 0..100 {
        match conn.batch_execute(settings) {
            Err(error) if error.to_string().contains("database is locked") => std::thread::sleep(Duration::from_millis(20)),
            outcome => return outcome,
        }
    }
    conn.batch_execute(settings)
}

impl diesel::r2d2::ManageConnection for Manager {
    type Connection = Kept;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Kept, Self::Error> {
        Ok(Kept { conn: self.open()?, broken: false })
    }

    fn is_valid(&self, kept: &mut Kept) -> Result<(), Self::Error> {
        kept.conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, kept: &mut Kept) -> bool {
        kept.broken || std::thread::panicking()
    }
}

/// Counts statements, so that a test can hold every page to a fixed number of them.
struct Counter(Arc<AtomicUsize>);

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let bracket = ["BEGIN", "COMMIT", "ROLLBACK", "SELECT 1", "PRAGMA", "SET"].iter().any(|word| text.starts_with(word));
            if !bracket {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// Makes an empty file that only this user may read, unless there is one; `SQLite` gives its side files the same rights.
///
/// # Errors
/// Why the file cannot be made.
pub fn make_private(file: &Path) -> std::io::Result<()> {
    // An existing file is left alone: opening and closing it would drop the locks SQLite holds on it in this process.
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Copies an embedded database, consistent even while others write.
///
/// # Errors
/// The database's own words.
pub fn vacuum_into(conn: &mut Conn, file: &Path) -> QueryResult<()> {
    let quoted = file.display().to_string().replace('\'', "''");
    conn.batch_execute(&format!("VACUUM INTO '{quoted}'"))
}
