//! A clinic that runs, for one test.

use std::net::TcpListener;
use std::path::Path;

use actix_web::dev::ServerHandle;
use hip_clinic::clock::Clock;
use hip_clinic::commands::demo;
use hip_clinic::config::{Clinic as Identity, Config, MEDIA_QUOTA};
use hip_clinic::db::Db;
use hip_clinic::server::Clinic;
use tempfile::TempDir;

use super::cast::{self, CHEAP};
use super::{Cast, Person, TestDatabase};

/// A running clinic; it stops, and its database goes, when the test ends.
pub struct App {
    /// Where it is: `http://127.0.0.1:port`.
    pub base: String,
    /// Its database, also for what only the database knows.
    pub db: Db,
    /// Its clock, which stands until the test moves it.
    pub clock: Clock,
    /// The clinic itself, for what it does beside serving.
    pub clinic: Clinic,
    cast: Option<&'static Cast>,
    server: ServerHandle,
    /// Its settings.
    pub config: Config,
    /// The folder of the files it keeps.
    pub folder: TempDir,
    _database: TestDatabase,
}

/// The clinic's identity in the tests.
pub const IDENTITY: &str = r#"
name = "The Test Clinic"
address = ["1 Sample Street", "Exampleton"]
telephone = "+44 20 7946 0000"
email = "hello@clinic.example"
emergency_number = "999"
opening_hours = ["Monday to Friday, 8 to 18"]
"#;

impl App {
    /// A clinic with the cast in it.
    pub async fn start() -> Self {
        Self::begin(|| with_cast(None)).await
    }

    /// A clinic nobody works at yet.
    pub async fn empty() -> Self {
        Self::begin(|| Self::run(TestDatabase::empty(), None, None, identity())).await
    }

    /// A clinic with the cast that people reach through `base_url`, behind a proxy.
    pub async fn behind(base_url: &str) -> Self {
        let base_url = base_url.to_owned();
        Self::begin(move || with_cast(Some(&base_url))).await
    }

    /// Reading the content and making the pages takes a moment.
    async fn begin(make: impl FnOnce() -> Self + Send + 'static) -> Self {
        tokio::task::spawn_blocking(make).await.unwrap()
    }

    /// The demo's clinic: fourteen invented patients, whose history ends at the tests' now.
    pub fn demo() -> Self {
        let app = Self::run(TestDatabase::empty(), None, None, demo::clinic());
        demo::prepare(&app.db, &app.clock, false, CHEAP).unwrap();
        app
    }

    /// A clinic with the cast that has room for so many bytes of photos and films.
    pub async fn with_room(bytes: u64) -> Self {
        Self::begin(move || {
            let (database, cast) = TestDatabase::with_cast();
            Self::run_with(database, Some(cast), None, identity(), bytes)
        })
        .await
    }

    fn run(database: TestDatabase, cast: Option<&'static Cast>, base_url: Option<&str>, identity: Identity) -> Self {
        Self::run_with(database, cast, base_url, identity, MEDIA_QUOTA)
    }

    fn run_with(database: TestDatabase, cast: Option<&'static Cast>, base_url: Option<&str>, identity: Identity, media_quota: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::new(address, base_url, database.url().to_owned(), folder.path().to_owned(), identity).unwrap();
        config.password_cost = CHEAP;
        config.media_quota = media_quota;
        let clock = Clock::frozen(config.clinic.time_zone, cast::now());
        let db = Db::open(database.url()).unwrap();
        let clinic = Clinic::ready(&config, db.clone(), clock.clone()).unwrap();
        let serving = clinic.clone();
        let (tell, told) = std::sync::mpsc::channel();
        // A thread of its own: it ends the server in order, also when the test has ended before.
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let server = serving.serve(listener).unwrap();
                tell.send(server.handle()).unwrap();
                server.await
            })
        });
        let (base, server) = (format!("http://{address}"), told.recv().unwrap());
        Self { base, db, clock, clinic, cast, server, config, folder, _database: database }
    }

    /// Who is there.
    pub fn cast(&self) -> &'static Cast {
        self.cast.expect("this clinic was started without the cast")
    }

    /// Someone without an account.
    pub fn visitor(&self) -> Person {
        Person::at(&self.base)
    }

    /// Ann, signed in: Cleo's patient.
    pub async fn ann(&self) -> Person {
        self.signed_in("ann@people.example").await
    }

    /// Ben, signed in: Dan's patient.
    pub async fn ben(&self) -> Person {
        self.signed_in("ben@people.example").await
    }

    /// Cleo, signed in: Ann's physio.
    pub async fn cleo(&self) -> Person {
        self.signed_in("cleo@clinic.example").await
    }

    /// Dan, signed in: Ben's physio.
    pub async fn dan(&self) -> Person {
        self.signed_in("dan@clinic.example").await
    }

    /// Olu, signed in: the owner.
    pub async fn olu(&self) -> Person {
        self.signed_in("olu@clinic.example").await
    }

    async fn signed_in(&self, email: &str) -> Person {
        let person = self.visitor();
        person.sign_in(email, cast::PASSWORD).await.goes_to_any();
        person
    }
}

fn with_cast(base_url: Option<&str>) -> App {
    let (database, cast) = TestDatabase::with_cast();
    App::run(database, Some(cast), base_url, identity())
}

fn identity() -> Identity {
    Identity::from_toml(IDENTITY, Path::new("clinic.toml")).unwrap()
}

impl Drop for App {
    fn drop(&mut self) {
        // The order to stop is given at once; the future only waits for the end of it.
        drop(self.server.stop(false));
    }
}
