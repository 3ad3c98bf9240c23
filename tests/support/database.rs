//! A database for each test: a copy of one that was made once.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use hip_clinic::db::Db;
use tempfile::TempDir;
use url::Url;

use super::Cast;

/// The `PostgreSQL` server that `TEST_DATABASE` names; nothing when the tests run on `SQLite`.
pub fn server() -> Option<Url> {
    match std::env::var("TEST_DATABASE").ok().as_deref() {
        None | Some("" | "sqlite") => None,
        Some(address) => Some(Url::parse(address).expect("TEST_DATABASE is \"sqlite\" or like postgres://user@host:port/postgres")),
    }
}

/// A database that goes when its test ends.
pub struct TestDatabase {
    url: String,
    kept: Kept,
}

enum Kept {
    Folder(TempDir),
    OnServer { server: Url, name: String },
}

/// What a test's database is a copy of.
enum Template {
    File(Vec<u8>),
    OnServer { server: Url, name: String },
}

impl TestDatabase {
    /// Tables, and nobody in them.
    pub fn empty() -> Self {
        static EMPTY: OnceLock<Template> = OnceLock::new();
        EMPTY.get_or_init(|| Template::make("empty", |_| ()).0).copy()
    }

    /// Tables with the cast of the tests in them.
    pub fn with_cast() -> (Self, &'static Cast) {
        static WITH_CAST: OnceLock<(Template, Cast)> = OnceLock::new();
        let (template, cast) = WITH_CAST.get_or_init(|| Template::make("cast", Cast::assemble));
        (template.copy(), cast)
    }

    /// A database without any tables.
    pub fn bare() -> Self {
        match server() {
            None => Self::in_folder(),
            Some(server) => {
                let name = fresh_name("test");
                run(&server, &format!("CREATE DATABASE {name}"));
                Self::on_server(server, name)
            }
        }
    }

    /// What `DATABASE_URL` would say.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder of an embedded database.
    pub fn folder(&self) -> Option<PathBuf> {
        match &self.kept {
            Kept::Folder(folder) => Some(folder.path().to_owned()),
            Kept::OnServer { .. } => None,
        }
    }

    fn in_folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: format!("sqlite://{}", folder.path().join("clinic.db").display()), kept: Kept::Folder(folder) }
    }

    fn on_server(server: Url, name: String) -> Self {
        let mut url = server.clone();
        url.set_path(&name);
        Self { url: url.into(), kept: Kept::OnServer { server, name } }
    }
}

impl Template {
    fn make<T>(name: &str, fill: impl FnOnce(&Db) -> T) -> (Self, T) {
        match server() {
            None => {
                let first = TestDatabase::in_folder();
                let db = Db::open(first.url()).unwrap();
                let made = fill(&db);
                let file = first.folder().unwrap().join("template.db");
                db.backup(&file).unwrap();
                (Self::File(std::fs::read(file).unwrap()), made)
            }
            Some(server) => {
                let name = fresh_name(&format!("template_{name}"));
                run(&server, &format!("CREATE DATABASE {name}"));
                let mut url = server.clone();
                url.set_path(&name);
                let made = fill(&Db::open(url.as_str()).unwrap());
                (Self::OnServer { server, name }, made)
            }
        }
    }

    fn copy(&self) -> TestDatabase {
        match self {
            Self::File(bytes) => {
                let database = TestDatabase::in_folder();
                std::fs::write(database.folder().unwrap().join("clinic.db"), bytes).unwrap();
                database
            }
            Self::OnServer { server, name: template } => {
                let name = fresh_name("test");
                run(server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
                TestDatabase::on_server(server.clone(), name)
            }
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Kept::OnServer { server, name } = &self.kept
            && let Ok(mut conn) = PgConnection::establish(server.as_str())
        {
            let _ = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn fresh_name(kind: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("hip_clinic_{kind}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Runs a statement on the server's own database. A template that its maker is still letting go of is waited for.
fn run(server: &Url, statement: &str) {
    let mut conn = PgConnection::establish(server.as_str()).expect("TEST_DATABASE names a server that answers");
    for _ in 0..100 {
        match conn.batch_execute(statement) {
            Ok(()) => return,
            Err(error) if error.to_string().contains("being accessed by other users") => std::thread::sleep(Duration::from_millis(50)),
            Err(error) => panic!("{statement}: {error}"),
        }
    }
    panic!("{statement}: the template is still in use");
}
