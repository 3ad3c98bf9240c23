//! The clinic, put together: what is shared, the middleware in order, the shelf of public pages, and a graceful stop.

use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::dev::Server;
use actix_web::http::Method;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpRequest, HttpServer, web};
use chrono::NaiveDate;

use crate::accounts::{self, Passwords};
use crate::articles::{self, Collection, Edition, Holdings, Search};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Lock};
use crate::diary::{self, Advise, RunsDue};
use crate::error::AppError;
use crate::exercises::{self, Library, Stock};
use crate::folder::{Folder, Watch};
use crate::latest::Latest;
use crate::plans::programmes::Programmes;
use crate::progress::proposals::Rules;
use crate::reviews::queue::Keeper;
use crate::web::{Answer, Assets, FrontDoor, House, Meant, Refill, Shelf, Suggest};
use crate::{media, messages, plans, progress, routes, site, web as kit};

/// How long running requests may take to end when the program is told to stop.
const SHUTDOWN_SECONDS: u64 = 20;
/// How often it is looked whether the shelf is as it should be.
const SHELF_CHECK: Duration = Duration::from_secs(5);
/// How often it is looked whether a new day has begun.
const DAY_CHECK: Duration = Duration::from_secs(1);
/// How often it is looked whether the clinic's own files have changed. A change is read when it has stood still for this long, so that
/// it shows about a second after it was saved.
const FILES_CHECK: Duration = Duration::from_millis(400);
/// How often the views are written. A program that is killed loses those of this time at most.
const VIEWS_WRITTEN: Duration = Duration::from_mins(1);
/// How often it is looked whether another copy of the program, on the same database, has published an answer.
const ANSWERS_CHECK: Duration = Duration::from_secs(20);
/// How long a connection may idle between requests.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Everything a running clinic shares between its requests; cheap to clone.
#[derive(Clone)]
pub struct Clinic {
    house: web::Data<House>,
    db: web::Data<Db>,
    passwords: web::Data<Passwords>,
    /// The exercises of the house, which the public sees.
    library: web::Data<Latest<Library>>,
    /// All exercises, which staff see.
    stock: web::Data<Stock>,
    /// The programmes of the house.
    programmes: web::Data<Latest<Programmes>>,
    collection: web::Data<Collection>,
    shelf: web::Data<Shelf>,
    search: web::Data<Search>,
    cabinet: web::Data<media::Cabinet>,
    /// The readers' questions the shelf shows. Held while it is filled, so that an older filling never comes after a newer one.
    filling: Arc<Mutex<Vec<messages::Answer>>>,
}

impl Clinic {
    /// Reads the content, fills the shelf and gets everything ready to serve.
    ///
    /// # Errors
    /// What is wrong with the content or the settings, a line each.
    pub fn ready(config: &Config, db: Db, clock: Clock) -> Result<Self, String> {
        let house = House { clinic: config.clinic.clone(), clock, base_url: config.base_url.clone(), assets: Assets::load() };
        let holdings = config.own_articles().and_then(|own| Holdings::read(own, &house)).map_err(|flaws| flaws.join("\n"))?;
        let programmes = Programmes::with(&holdings.own, &holdings.library).map_err(|flaws| flaws.join("\n"))?;
        let cabinet = media::open(&config.data_dir, config.media_quota, &db)?;
        let clinic = Self {
            house: web::Data::new(house),
            db: web::Data::new(db),
            passwords: web::Data::new(Passwords::new(config.password_cost)?),
            library: web::Data::new(Latest::new(Arc::clone(&holdings.library))),
            stock: web::Data::new(Stock::new(Arc::clone(&holdings.library))),
            programmes: web::Data::new(Latest::new(programmes)),
            collection: web::Data::new(Collection::new(holdings)),
            shelf: web::Data::new(Shelf::new(config.secure())),
            search: web::Data::default(),
            cabinet: web::Data::new(cabinet),
            filling: Arc::default(),
        };
        clinic.fill_shelf().map_err(|error| error.to_string())?;
        Ok(clinic)
    }

    /// Renders every public page from what the library holds and puts it on the shelf with the static files;
    /// what stands there can be found.
    ///
    /// # Errors
    /// Why the shelf stays as it was.
    pub fn fill_shelf(&self) -> Result<(), AppError> {
        let mut shown = self.filling.lock().unwrap_or_else(PoisonError::into_inner);
        self.fill_from(&self.collection.now(), &mut shown)
    }

    fn fill_from(&self, holdings: &Holdings, shown: &mut Vec<messages::Answer>) -> Result<(), AppError> {
        let Holdings { house, library, catalogue, .. } = holdings;
        let today = house.clock.today();
        let (answers, views) = self.db.read_here(|conn| Ok((messages::published(conn)?, articles::views_before(conn, today)?)))?;
        let edition = Edition { house, catalogue, library, today, answers: &answers, views: &views };
        let mentions = catalogue.mentions(today);
        // Pages for people who are signed in know the program's own files alone.
        let mut leaves: Vec<_> = self.house.assets.leaves().chain(house.assets.leaves()).collect();
        leaves.extend(site::leaves(&edition)?);
        leaves.extend(articles::leaves(&edition)?);
        leaves.extend(exercises::leaves(house, library, &mentions)?);
        leaves.push(site::map(house, &leaves));
        self.search.fill(&edition)?;
        self.shelf.fill(leaves);
        *shown = answers;
        Ok(())
    }

    /// Takes the clinic's own files as they are now, all of them or, when there is a flaw, none: then everything stays as it was and
    /// staff are told.
    ///
    /// # Errors
    /// Why good files cannot be shown yet.
    fn take(&self, own: Result<Folder, Vec<String>>) -> Result<(), AppError> {
        let read = || {
            let holdings = Holdings::read(own?, &self.house)?;
            let programmes = Programmes::with(&holdings.own, &holdings.library)?;
            Ok((holdings, programmes))
        };
        // A file that the reading cannot bear is a flawed file, and no reason to look after the others no more.
        let read = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(vec!["reading the files ended early".to_owned()]));
        match read {
            Ok((holdings, programmes)) => {
                let mut shown = self.filling.lock().unwrap_or_else(PoisonError::into_inner);
                self.fill_from(&holdings, &mut shown)?;
                self.library.set(Arc::clone(&holdings.library));
                self.stock.set_house(Arc::clone(&holdings.library));
                self.programmes.set(programmes);
                self.collection.take(holdings);
                tracing::info!("the library shows the changed files");
            }
            Err(flaws) => {
                tracing::warn!("the library stays as it was: {}", flaws.join("; "));
                self.collection.refuse(flaws, self.house.clock.now());
            }
        }
        Ok(())
    }

    /// What the library holds now.
    #[must_use]
    pub fn holdings(&self) -> Arc<Holdings> {
        self.collection.now()
    }

    /// Keeps the shelf while the clinic serves, on threads of its own: compresses it as small as it gets whenever it has been filled,
    /// fills it again whenever a new day begins (an article may be due to appear, a review date to pass), and writes down how often
    /// the articles are read, and shows answers given through another copy of the program. Each day it deletes the messages that need
    /// not be kept any longer.
    pub fn keep_shelf(&self) {
        let packer = self.clone();
        std::thread::spawn(move || {
            loop {
                packer.shelf.pack_well();
                std::thread::sleep(SHELF_CHECK);
            }
        });
        let keeper = self.clone();
        std::thread::spawn(move || keeper.keep_days());
        let silent_after = self.house.clinic.silent_after_days;
        let (library, programmes) = (self.library.clone(), self.programmes.clone());
        let rules = move || Rules { programmes: programmes.get(), library: library.get() };
        Keeper::new(Db::clone(&self.db), self.house.clock.clone(), silent_after, rules).keep();
        if self.collection.now().own.exists() {
            let editor = self.clone();
            std::thread::spawn(move || editor.keep_files());
        }
    }

    /// Shows the clinic's own files as they change.
    fn keep_files(&self) {
        let mut watch = Watch::new(&self.collection.now().own);
        loop {
            std::thread::sleep(FILES_CHECK);
            let Some(own) = watch.look() else { continue };
            if let Err(error) = self.take(own) {
                tracing::error!(%error, "the changed files are shown later");
                watch.again();
                std::thread::sleep(SHELF_CHECK);
            }
        }
    }

    fn keep_days(&self) {
        let mut filled_on = self.house.clock.today();
        let (mut written, mut looked) = (Instant::now(), Instant::now());
        self.clear_out();
        loop {
            std::thread::sleep(DAY_CHECK);
            let today = self.house.clock.today();
            if today != filled_on || written.elapsed() >= VIEWS_WRITTEN {
                // What was read before midnight belongs to the day that has ended.
                self.write_views(filled_on);
                written = Instant::now();
            }
            if looked.elapsed() >= ANSWERS_CHECK {
                looked = Instant::now();
                if let Err(error) = self.take_answers() {
                    tracing::warn!(%error, "answers given through another copy are shown later");
                }
            }
            if today != filled_on {
                self.clear_out();
                match self.fill_shelf() {
                    Ok(()) => filled_on = today,
                    Err(error) => tracing::error!(%error, "the public pages stay as they were yesterday"),
                }
            }
        }
    }

    /// Writes down how often the articles were read since this was done last; what cannot be written is kept for the next time.
    pub fn write_views(&self, day: NaiveDate) {
        let counts = self.shelf.take_counts();
        if counts.is_empty() {
            return;
        }
        if let Err(error) = self.db.write_here(Lock::Clinic, |conn| articles::add_views(conn, day, &counts)) {
            tracing::warn!(%error, "the views are written later");
            self.shelf.give_back(&counts);
        }
    }

    /// Fills the shelf when readers' questions were answered, or answers withdrawn, through another copy of the program.
    ///
    /// # Errors
    /// Why the shelf stays as it was.
    pub fn take_answers(&self) -> Result<(), AppError> {
        let published = self.db.read_here(messages::published)?;
        let known = *self.filling.lock().unwrap_or_else(PoisonError::into_inner) == published;
        if known { Ok(()) } else { self.fill_shelf() }
    }

    /// Deletes what people wrote to the clinic and what need not be kept any longer, and receipts of entries nobody sends again.
    fn clear_out(&self) {
        let now = self.house.clock.now();
        if let Err(error) = self.db.write_here(Lock::Clinic, |conn| {
            messages::clear_out(conn, now)?;
            diary::forget_receipts(conn, now)
        }) {
            tracing::warn!(%error, "old messages and receipts are deleted later");
        }
    }

    /// The title of an article readers see today.
    fn title_of(&self, slug: &str) -> Option<String> {
        let holdings = self.collection.now();
        let article = holdings.catalogue.get(slug).filter(|article| article.is_shown(self.house.clock.today()))?;
        Some(article.front.title.clone())
    }

    /// Ends what the clinic does beside serving; to be called when serving has ended.
    pub fn stop(&self) {
        self.write_views(self.house.clock.today());
    }

    /// Serves on a listener that is already bound, until the process is told to stop; then running requests end first.
    ///
    /// # Errors
    /// Why the listener cannot be used.
    pub fn serve(&self, listener: TcpListener) -> std::io::Result<Server> {
        let clinic = self.clone();
        let filler = self.clone();
        let refill = web::Data::new(Refill::new(move || filler.fill_shelf()));
        let search = self.search.clone();
        let suggest = web::Data::new(Suggest::new(move |path| {
            search.meant(path).unwrap_or_else(|error| {
                tracing::error!(%error, "no page is suggested");
                Meant::default()
            })
        }));
        let asked = self.clone();
        let titles = web::Data::new(messages::Titles::new(move |slug| asked.title_of(slug)));
        let stock = self.stock.clone();
        let uses = web::Data::new(media::Uses::new(move |conn, id| {
            let mut uses = stock.that_show(conn, id)?;
            uses.extend(plans::that_show(conn, id)?);
            Ok(uses)
        }));
        let former = web::Data::new(exercises::Former::new(plans::former_picture));
        let throttles = web::Data::new(messages::Throttles::default());
        let (programmes, clock) = (clinic.programmes.clone(), clinic.house.clock.clone());
        let runs_due = web::Data::new(RunsDue(Box::new(move |conn, patient, today| {
            progress::ladder::due(conn, patient, programmes.get().ladder(), &clock, today)
        })));
        let mailbox = web::Data::new(accounts::Mailbox(messages::threads::WAITING));
        let server = HttpServer::new(move || {
            // The last wrap is the outermost. Error pages stand outside everything that may refuse, headers outside
            // error pages; the front door hands out the shelf before any of it.
            App::new()
                .app_data(clinic.house.clone())
                .app_data(clinic.db.clone())
                .app_data(clinic.passwords.clone())
                .app_data(clinic.library.clone())
                .app_data(clinic.stock.clone())
                .app_data(clinic.programmes.clone())
                .app_data(clinic.collection.clone())
                .app_data(clinic.shelf.clone())
                .app_data(web::Data::new(Advise(progress::advise)))
                .app_data(web::Data::new(progress::Speech(crate::reviews::spoken)))
                .app_data(web::Data::new(plans::handout::Lights(progress::lights_in_words)))
                .app_data(clinic.search.clone())
                .app_data(refill.clone())
                .app_data(suggest.clone())
                .app_data(titles.clone())
                .app_data(throttles.clone())
                .app_data(mailbox.clone())
                .app_data(runs_due.clone())
                .app_data(clinic.cabinet.clone())
                .app_data(uses.clone())
                .app_data(former.clone())
                .app_data(web::PathConfig::default().error_handler(|_, _| AppError::NotFound.into()))
                .configure(routes::table)
                .default_service(web::to(unknown))
                .wrap(from_fn(accounts::keep_form))
                .wrap(from_fn(accounts::know_viewer))
                .wrap(from_fn(kit::same_origin))
                .wrap(from_fn(kit::error_pages))
                .wrap(Compress::default())
                .wrap(from_fn(kit::security_headers))
                .wrap(FrontDoor::new(clinic.house.clone(), clinic.shelf.clone()))
        });
        Ok(server.shutdown_timeout(SHUTDOWN_SECONDS).keep_alive(KEEP_ALIVE).listen(listener)?.run())
    }
}

/// What no line of the table takes: a former address, a public page asked for with another method, or an unknown address.
async fn unknown(request: HttpRequest, shelf: web::Data<Shelf>, collection: web::Data<Collection>) -> Answer {
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    if !reads && shelf.holds(request.path()) {
        return Ok(actix_web::HttpResponse::MethodNotAllowed().insert_header(("Allow", "GET, HEAD")).finish());
    }
    articles::moved(request, collection).await
}
