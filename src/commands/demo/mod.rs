//! `demo`: a complete clinic of invented people, for this machine only. Its history always ends today.

mod crowd;
mod decided;
mod history;
mod inbox;
mod letters;
mod measurements;
mod people;
mod programmes;
mod readers;
mod runs;

pub use crowd::Crowd;

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::serve;
use crate::accounts::{self, Passwords};
use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::config::{Clinic, Config, PasswordCost, TeamMember};
use crate::db::{self, Conn, Db, Lock};
use crate::error::AppError;
use crate::exercises::Library;
use crate::server;

/// The password of every invented person.
pub const PASSWORD: &str = "walk-before-you-run";
/// The entry in the audit trail that says that a database is a demo's; its day is the day the history ends.
const MARK: &str = "made the demo data";

/// Serves the demo. Without a `DATABASE_URL` it keeps its data in `demo.db` in the data folder; a database that holds real people
/// is refused.
///
/// # Errors
/// One sentence that names what is wrong and what is expected.
pub fn demo(
    listen: SocketAddr,
    base_url: Option<&str>,
    database_url: Option<String>,
    data_dir: PathBuf,
    articles_dir: Option<PathBuf>,
    (fresh, crowd): (bool, Option<Crowd>),
) -> Result<(), String> {
    if !listen.ip().is_loopback() {
        return Err(format!("LISTEN is {listen}; the demo listens on this machine only, for example on 127.0.0.1:8080"));
    }
    let database_url = database_url.unwrap_or_else(|| format!("sqlite://{}", data_dir.join("demo.db").display()));
    let config = Config::new(listen, base_url, database_url, data_dir, clinic())?.with_articles(articles_dir);
    let clock = Clock::running(config.clinic.time_zone);
    let db = Db::open(&config.database_url)?;
    let known = db.read_here(|conn| marked_day(conn, &clock)).map_err(|error| error.to_string())?.is_some();
    if crowd.is_some() && known && !fresh {
        return Err("--patients adds a crowd to new data, and this demo has data already; add --fresh to begin anew".to_owned());
    }
    prepare(&db, &clock, fresh, config.password_cost)?;
    if let Some(crowd) = crowd {
        let library = Library::load().map_err(|flaws| flaws.join("\n"))?;
        let hash = Passwords::new(config.password_cost)?.hash_here(PASSWORD).map_err(|error| error.to_string())?;
        crowd.write(&db, &clock, &library, &hash).map_err(|error| error.to_string())?;
    }
    let ready = server::Clinic::ready(&config, db, clock)?;
    let listener = serve::listen(&config)?;
    println!("{}", sign_ins(&config));
    serve::run(&ready, listener)
}

/// Makes the data, or moves what is there along so that it ends today.
///
/// # Errors
/// A sentence when the database is not a demo's.
pub fn prepare(db: &Db, clock: &Clock, fresh: bool, cost: PasswordCost) -> Result<(), String> {
    let (marked, people) =
        db.read_here(|conn| Ok((marked_day(conn, clock)?, accounts::has_staff(conn)?))).map_err(|error| error.to_string())?;
    if marked.is_none() && people {
        return Err("DATABASE_URL names a database with real people; the demo needs one of its own".to_owned());
    }
    match marked {
        Some(day) if !fresh => {
            let days = (clock.today() - day).num_days();
            db.write_here(Lock::Clinic, |conn| Ok(db::move_dates(conn, days)?)).map_err(|error| error.to_string())
        }
        _ => {
            if marked.is_some() {
                db.begin_anew()?;
            }
            let library = Library::load().map_err(|flaws| flaws.join("\n"))?;
            let hash = Passwords::new(cost)?.hash_here(PASSWORD).map_err(|error| error.to_string())?;
            db.write_here(Lock::Clinic, |conn| make(conn, clock, &library, &hash)).map_err(|error| error.to_string())
        }
    }
}

fn marked_day(conn: &mut Conn, clock: &Clock) -> Result<Option<NaiveDate>, AppError> {
    Ok(audit::last_of(conn, MARK)?.map(|at| clock.day_of(at)))
}

fn make(conn: &mut Conn, clock: &Clock, library: &Library, hash: &str) -> Result<(), AppError> {
    let staff = people::staff(conn, hash, clock)?;
    let mut patients = Vec::new();
    for patient in people::PATIENTS {
        patients.push(history::write(conn, patient, &staff, library, hash, clock)?);
    }
    runs::write(conn, &patients, &staff, library, clock)?;
    letters::write(conn, &patients, &staff, clock)?;
    decided::write(conn, &patients, &staff, clock)?;
    measurements::write(conn, &patients, &staff, clock)?;
    inbox::write(conn, staff.get(1).copied().ok_or(AppError::NotFound)?, clock)?;
    readers::write(conn, clock.today())?;
    audit::record(conn, &Entry { at: clock.now(), actor: None, name: "The demo", verb: MARK, subject: None, detail: "" })?;
    Ok(())
}

/// The invented clinic. Its telephone number is one of those reserved for stories.
#[must_use]
pub fn clinic() -> Clinic {
    let member = |name: &str, role: &str, about: &str| TeamMember { name: name.to_owned(), role: role.to_owned(), about: about.to_owned() };
    Clinic {
        name: "Harbour Hip Clinic".to_owned(),
        motto: "Physiotherapy for pain at the front of the hip.".to_owned(),
        address: vec!["4 Quay Street".to_owned(), "Demo Town DT1 2AB".to_owned()],
        telephone: "01632 960123".to_owned(),
        email: "hello@example.org".to_owned(),
        emergency_number: "999".to_owned(),
        time_zone: chrono_tz::Europe::London,
        opening_hours: vec!["Monday to Friday, 8 am to 6 pm".to_owned(), "Saturday, 9 am to noon".to_owned()],
        team: vec![
            member("Olu Demo", "Owner and physiotherapist", "Looks after runners who want to come back slowly and stay."),
            member("Cleo Demo", "Physiotherapist", "Builds plans that fit between work and bedtime."),
            member("Dan Demo", "Physiotherapist", "Asks what you want to do again, and starts there."),
        ],
        silent_after_days: 7,
    }
}

fn sign_ins(config: &Config) -> String {
    let mut table = format!("\n  The demo clinic is at {}\n  Everyone's password is {PASSWORD}\n\n", config.base_url);
    let rows = people::STAFF.iter().map(|staff| (staff.email, staff.name, staff.about));
    let patients = people::PATIENTS.iter().map(|patient| (patient.email, patient.name, patient.situation.in_words()));
    for (email, name, about) in rows.chain(patients) {
        table.push_str(&format!("  {email:<20} {name:<18} {about}\n"));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine() {
        let error = demo("0.0.0.0:8080".parse().unwrap(), None, None, "x".into(), None, (false, None)).unwrap_err();
        assert!(error.contains("0.0.0.0:8080") && error.contains("this machine only"), "{error}");
    }

    #[test]
    fn the_invented_clinic_has_what_care_cards_need() {
        assert_eq!(clinic().require_numbers(std::path::Path::new("x")), Ok(()));
    }
}
