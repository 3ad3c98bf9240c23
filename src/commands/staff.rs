//! `staff add`: an account for a physio or an owner.

use crate::accounts::{self, NewPerson};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Lock};
use crate::text::{Email, Name};
use crate::web::Role;

/// Adds the account and prints a one-time link to choose a password. For an address that is staff already, only the link.
///
/// # Errors
/// One sentence that names what is wrong and what is expected.
pub fn add_staff(config: &Config, name: &str, email: &str, owner: bool) -> Result<(), String> {
    let name = Name::parse(name, "a name").map_err(|words| format!("--name: {words}"))?;
    let email = Email::parse(email).map_err(|words| format!("--email: {words}"))?;
    let role = if owner { Role::Owner } else { Role::Physio };
    let now = Clock::running(config.clinic.time_zone).now();
    let db = Db::open(&config.database_url)?;
    let token = db.write_here(Lock::People, |conn| {
        let known = accounts::staff(conn)?.into_iter().find(|person| person.email == email.as_str());
        let id = match known {
            Some(person) => person.id,
            None => accounts::add_person(conn, &NewPerson { name: &name, email: &email, role }, now)?,
        };
        accounts::invite(conn, Some(id), None, now)
    });
    let token = token.map_err(|error| format!("--email: {error}"))?;
    println!("Give {name} this link. It works once, within 7 days:\n\n    {}invitations/{token}\n", config.base_url);
    Ok(())
}
