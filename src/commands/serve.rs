//! `serve`: the clinic for real.

use std::net::TcpListener;
use std::path::Path;

use crate::accounts;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Lock};
use crate::server::Clinic;

/// Serves until told to stop. The first start without staff prints a one-time link that founds the owner's account.
///
/// # Errors
/// One sentence that names what is wrong and what is expected.
pub fn serve(config: &Config, clinic_file: &Path) -> Result<(), String> {
    config.clinic.require_numbers(clinic_file)?;
    let clock = Clock::running(config.clinic.time_zone);
    let db = Db::open(&config.database_url)?;
    let clinic = Clinic::ready(config, db.clone(), clock.clone())?;
    let listener = listen(config)?;
    if let Some(link) = founding_link(config, &db, &clock)? {
        println!("There is no staff yet. Open this link once, within 7 days, to make the owner's account:\n\n    {link}\n");
    }
    run(&clinic, listener)
}

/// Binds the address, with a sentence when it is taken.
///
/// # Errors
/// That sentence.
pub fn listen(config: &Config) -> Result<TcpListener, String> {
    TcpListener::bind(config.listen).map_err(|error| format!("LISTEN is {}: {error}; choose a free address and port", config.listen))
}

/// Serves on the listener until the process is told to stop.
///
/// # Errors
/// Why serving ended early.
pub fn run(clinic: &Clinic, listener: TcpListener) -> Result<(), String> {
    clinic.keep_shelf();
    let serving = actix_web::rt::System::new().block_on(async { clinic.serve(listener)?.await });
    clinic.stop();
    serving.map_err(|error| format!("serving ended early: {error}"))
}

fn founding_link(config: &Config, db: &Db, clock: &Clock) -> Result<Option<String>, String> {
    let now = clock.now();
    let token =
        db.write_here(
            Lock::People,
            |conn| {
                if accounts::has_staff(conn)? { Ok(None) } else { accounts::invite(conn, None, None, now).map(Some) }
            },
        );
    let token = token.map_err(|error| error.to_string())?;
    Ok(token.map(|token| format!("{}invitations/{token}", config.base_url)))
}
