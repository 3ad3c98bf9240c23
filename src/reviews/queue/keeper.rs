//! Reckons again what has become old: for whoever looks, and beside serving.

use std::sync::Arc;
use std::time::Duration;

use super::reckoning::{Morning, reckon};
use super::store;
use crate::clock::Clock;
use crate::db::{Db, Lock};
use crate::error::AppError;
use crate::progress::proposals::Rules;

/// Patients reckoned at once: as many as are read in a moment, so that nobody waits long for the writer.
const AT_ONCE: usize = 100;
/// How often it is looked whether something has become old.
const PAUSE: Duration = Duration::from_secs(2);

/// Keeps the queue as it is.
#[derive(Clone)]
pub struct Keeper {
    db: Db,
    clock: Clock,
    silent_after: u16,
    rules: Arc<dyn Fn() -> Rules + Send + Sync>,
}

impl Keeper {
    /// A keeper for this clinic, which calls a patient silent after so many days; `rules` gives the latest rules of what is proposed.
    #[must_use]
    pub fn new(db: Db, clock: Clock, silent_after: u16, rules: impl Fn() -> Rules + Send + Sync + 'static) -> Self {
        Self { db, clock, silent_after, rules: Arc::new(rules) }
    }

    /// Reckons what is old, and says for how many patients.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn refresh(&self) -> Result<usize, AppError> {
        let morning = Morning::of(&self.clock, self.silent_after, (self.rules)());
        let stale = self.db.read_here(|conn| store::stale(conn, &morning))?;
        for patients in stale.chunks(AT_ONCE) {
            let reckoned = self.db.read_here(|conn| reckon(conn, patients, &morning))?;
            self.db.write_here(Lock::Queue, |conn| store::keep(conn, &reckoned, &morning))?;
        }
        Ok(stale.len())
    }

    /// Refreshes for as long as the program runs, on a thread of its own: at once, whenever a record changes, and after midnight.
    pub fn keep(self) {
        std::thread::spawn(move || {
            loop {
                if let Err(error) = self.refresh() {
                    tracing::warn!(%error, "the queue is reckoned later");
                }
                std::thread::sleep(PAUSE);
            }
        });
    }
}

/// Reckons what is old before somebody looks.
///
/// # Errors
/// As [`Db::read`].
pub async fn refresh(db: &Db, morning: &Morning) -> Result<(), AppError> {
    let of = morning.clone();
    let stale = db.look(move |conn| store::stale(conn, &of)).await?;
    for patients in stale.chunks(AT_ONCE) {
        let (patients, of) = (patients.to_vec(), morning.clone());
        let reckoned = db.read(move |conn| reckon(conn, &patients, &of)).await?;
        let of = morning.clone();
        db.write(Lock::Queue, move |conn| store::keep(conn, &reckoned, &of)).await?;
    }
    Ok(())
}
