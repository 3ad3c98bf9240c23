//! The database: one connection type over `SQLite` and `PostgreSQL`, one way to read, one way to write.
//!
//! Knows diesel; knows no HTTP and no room. Queries live in the rooms' `store.rs` files.

mod connection;
mod dates;
mod migrations;
pub mod schema;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::QueryResult;
use diesel::connection::SimpleConnection;

pub use connection::Conn;
pub use dates::move_dates;
pub use migrations::{revert_all, run_pending};

use crate::error::AppError;
use connection::{Backend, Manager};

/// How long a request waits for a free connection before it is told to try again.
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(5);
/// Connections kept open; more would only queue on the two or four cores of a small machine.
const CONNECTIONS: u32 = 8;

/// Compiles one expression for each back end: for what diesel cannot build on the enum.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, $each:ident => $expression:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($each) => $expression,
            $crate::db::Conn::Postgres($each) => $expression,
        }
    };
}

/// What a write holds alone, so that a read-then-write loses nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// Accounts, e-mail addresses, invitations, sign-ins.
    People,
    /// Everything one patient's plan and diary hang on. What is reckoned from their record is old from then on.
    Patient(i64),
    /// Nothing: an entry of the audit trail changes nothing that stands, and waits for nobody.
    Trail,
    /// What is reckoned for the queue.
    Queue,
    /// One programme of the clinic's own, with its phases.
    Programme(i64),
    /// Migrations and other work on the whole clinic.
    Clinic,
}

impl Lock {
    /// The number of the advisory lock on `PostgreSQL`; none where nothing is held.
    fn number(self) -> Option<i64> {
        match self {
            Self::Clinic => Some(1),
            Self::People => Some(2),
            Self::Queue => Some(3),
            Self::Patient(id) => Some((1 << 60) | id),
            Self::Programme(id) => Some((1 << 61) | id),
            Self::Trail => None,
        }
    }
}

/// The clinic's database; cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    pool: diesel::r2d2::Pool<Manager>,
    backend: Backend,
    queries: Arc<AtomicUsize>,
    /// Writers of `SQLite` queue here, before they queue on the file.
    writer: Mutex<()>,
}

impl Db {
    /// Opens the database behind `url` (`sqlite://path` or `postgres://…`) and brings its tables up to date.
    ///
    /// # Errors
    /// A sentence that names the address (without its password) and what is wrong with it.
    pub fn open(url: &str) -> Result<Self, String> {
        let queries = Arc::new(AtomicUsize::new(0));
        let manager = Manager::new(url, Arc::clone(&queries))?;
        let backend = manager.backend();
        manager.try_once()?;
        let pool = diesel::r2d2::Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(WAIT_FOR_CONNECTION)
            .test_on_check_out(matches!(backend, Backend::Postgres))
            .build(manager)
            .map_err(|error| format!("DATABASE_URL: no connection: {error}"))?;
        let db = Self(Arc::new(Inner { pool, backend, queries, writer: Mutex::new(()) }));
        db.alone(run_pending).map_err(|error| format!("DATABASE_URL: the tables could not be brought up to date: {error}"))?;
        Ok(db)
    }

    /// Reads one page's worth of data from one consistent picture of the database.
    ///
    /// # Errors
    /// [`AppError::Busy`] when no connection comes free in time; whatever `f` returns.
    pub async fn read<T, F>(&self, f: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, AppError> + Send + 'static,
    {
        let db = self.clone();
        off_thread(move || db.read_here(f)).await
    }

    /// Answers one single statement, which needs no transaction around it.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn look<T, F>(&self, f: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, AppError> + Send + 'static,
    {
        let db = self.clone();
        off_thread(move || f(&mut *db.connection()?)).await
    }

    /// Changes data while `lock` is held: all of it or, on any error, nothing.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn write<T, F>(&self, lock: Lock, f: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, AppError> + Send + 'static,
    {
        let db = self.clone();
        off_thread(move || db.write_here(lock, f)).await
    }

    /// [`Db::read`] on the caller's own thread, for commands.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_here<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T, AppError>) -> Result<T, AppError> {
        let begin = match self.0.backend {
            Backend::Sqlite => "BEGIN",
            Backend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Transaction::begin(self.connection()?, begin)?.finish(f)
    }

    /// [`Db::write`] on the caller's own thread, for commands.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn write_here<T>(&self, lock: Lock, f: impl FnOnce(&mut Conn) -> Result<T, AppError>) -> Result<T, AppError> {
        let f = |conn: &mut Conn| {
            let outcome = f(conn)?;
            if let Lock::Patient(id) = lock {
                record_changed(conn, id)?;
            }
            Ok(outcome)
        };
        match self.0.backend {
            Backend::Sqlite => {
                // The queue guards no data of its own: a writer that panicked left nothing half done behind.
                let _turn = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
                Transaction::begin(self.connection()?, "BEGIN IMMEDIATE")?.finish(f)
            }
            Backend::Postgres => {
                let begin = lock.number().map_or("BEGIN".to_owned(), |number| format!("BEGIN; SELECT pg_advisory_xact_lock({number})"));
                Transaction::begin(self.connection()?, &begin)?.finish(f)
            }
        }
    }

    /// How many statements this database has been asked since it was opened; transaction brackets are not counted.
    #[must_use]
    pub fn queries(&self) -> usize {
        self.0.queries.load(Ordering::Relaxed)
    }

    /// Writes a consistent copy of an embedded database to `file`, which must not exist yet.
    ///
    /// # Errors
    /// A sentence that says why there is no copy.
    pub fn backup(&self, file: &std::path::Path) -> Result<(), String> {
        if matches!(self.0.backend, Backend::Postgres) {
            return Err("backup copies the embedded SQLite database; for PostgreSQL use pg_dump".to_owned());
        }
        if file.exists() {
            return Err(format!("backup: {} exists already; name a new file", file.display()));
        }
        connection::make_private(file).map_err(|error| format!("backup: {}: {error}", file.display()))?;
        let mut conn = self.connection().map_err(|error| error.to_string())?;
        connection::vacuum_into(&mut conn, file).map_err(|error| format!("backup: {}: {error}", file.display()))
    }

    /// Throws everything away and makes the tables anew, for the demo.
    ///
    /// # Errors
    /// The migration's own words.
    pub fn begin_anew(&self) -> Result<(), String> {
        self.alone(|conn| revert_all(conn).and_then(|()| run_pending(conn)))
    }

    /// Work outside any transaction of its own: migrations bring their own.
    fn alone<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T, String>) -> Result<T, String> {
        let _turn = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        f(&mut *self.connection().map_err(|error| error.to_string())?)
    }

    fn connection(&self) -> Result<Pooled, AppError> {
        self.0.pool.get().map_err(|error| {
            tracing::warn!(%error, "no database connection came free");
            AppError::Busy
        })
    }
}

/// Counts a change of a patient's record: what was reckoned from it before is old. Every write that holds [`Lock::Patient`] does so by
/// itself; this is for the few that change a record and hold another lock. Nothing happens when the number is no patient's.
///
/// # Errors
/// The database's own.
pub fn record_changed(conn: &mut Conn, patient: i64) -> QueryResult<()> {
    conn.batch_execute(&format!(
        "INSERT INTO record_changes (patient_id, number) SELECT id, 1 FROM patients WHERE id = {patient}
         ON CONFLICT (patient_id) DO UPDATE SET number = record_changes.number + 1"
    ))
}

type Pooled = diesel::r2d2::PooledConnection<Manager>;

/// An open transaction: rolled back unless finished; after a panic the connection is not used again.
struct Transaction {
    conn: Pooled,
    open: bool,
}

impl Transaction {
    fn begin(mut conn: Pooled, statement: &str) -> Result<Self, AppError> {
        conn.batch_execute(statement)?;
        Ok(Self { conn, open: true })
    }

    fn finish<T>(mut self, f: impl FnOnce(&mut Conn) -> Result<T, AppError>) -> Result<T, AppError> {
        let outcome = f(&mut self.conn);
        let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended: QueryResult<()> = self.conn.batch_execute(end);
        self.open = ended.is_err();
        match ended {
            Ok(()) => outcome,
            Err(error) => outcome.and(Err(error.into())),
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.open {
            self.conn.give_up();
        }
    }
}

async fn off_thread<T: Send + 'static>(f: impl FnOnce() -> Result<T, AppError> + Send + 'static) -> Result<T, AppError> {
    match tokio::task::spawn_blocking(f).await {
        Ok(outcome) => outcome,
        Err(error) => Err(AppError::Internal(format!("a database task ended early: {error}"))),
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            other => Self::Internal(format!("database: {other}")),
        }
    }
}
