//! The exercises staff can give at the moment: those of the house and the clinic's own, as the database has them.

use std::sync::{Arc, PoisonError, RwLock};

use super::store::{self, Kept, Stamp};
use super::{Exercise, Library};
use crate::db::{Conn, Db};
use crate::error::AppError;
use crate::ids::MediumId;
use crate::media::Use;

/// The library staff work with. Each reading asks the database with one statement whether anything was written, through this copy of
/// the program or another, and only then reads and puts together anew. Cheap to clone.
///
/// What the public sees is the house alone, which is a [`Library`] of its own.
#[derive(Clone)]
pub struct Stock(Arc<RwLock<State>>);

struct State {
    house: Arc<Library>,
    stamp: Stamp,
    kept: Vec<Kept>,
    all: Arc<Library>,
}

impl Stock {
    /// Begins with the exercises of the house.
    #[must_use]
    pub fn new(house: Arc<Library>) -> Self {
        Self(Arc::new(RwLock::new(State { all: Arc::clone(&house), house, stamp: Stamp::default(), kept: Vec::new() })))
    }

    /// From now on the house has these.
    pub fn set_house(&self, house: Arc<Library>) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        state.all = Arc::new(house.with_own(&state.kept, &state.all));
        state.house = house;
    }

    /// Everything there is now.
    ///
    /// # Errors
    /// The database's own.
    pub async fn now(&self, db: &Db) -> Result<Arc<Library>, AppError> {
        let stamp = db.look(store::stamp).await?;
        if let Some(library) = self.as_of(stamp) {
            return Ok(library);
        }
        let stock = self.clone();
        db.read(move |conn| stock.here(conn)).await
    }

    /// Everything there is now, for who has a connection already.
    ///
    /// # Errors
    /// The database's own.
    pub fn here(&self, conn: &mut Conn) -> Result<Arc<Library>, AppError> {
        let stamp = store::stamp(conn)?;
        match self.as_of(stamp) {
            Some(library) => Ok(library),
            None => Ok(self.take(store::kept(conn)?, stamp)),
        }
    }

    /// What is known of the exercises with these slugs. Where all of them are the house's, as for most patients, nothing is asked.
    ///
    /// # Errors
    /// The database's own.
    pub fn of<'a>(&self, conn: &mut Conn, slugs: impl IntoIterator<Item = &'a str>) -> Result<Arc<Library>, AppError> {
        let known = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner).all);
        let all_of_house = slugs.into_iter().all(|slug| known.get(slug).is_some_and(Exercise::is_house));
        if all_of_house { Ok(known) } else { self.here(conn) }
    }

    /// The exercises in use that show this photo or film.
    ///
    /// # Errors
    /// The database's own.
    pub fn that_show(&self, conn: &mut Conn, medium: MediumId) -> Result<Vec<Use>, AppError> {
        let library = self.here(conn)?;
        let shown = library.in_use().iter().filter(|exercise| exercise.media.contains(&medium.0));
        Ok(shown.map(|exercise| Use { title: exercise.name.clone(), path: exercise.desk_path() }).collect())
    }

    fn as_of(&self, stamp: Stamp) -> Option<Arc<Library>> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (state.stamp == stamp).then(|| Arc::clone(&state.all))
    }

    fn take(&self, kept: Vec<Kept>, stamp: Stamp) -> Arc<Library> {
        let (house, before) = {
            let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
            (Arc::clone(&state.house), Arc::clone(&state.all))
        };
        let all = Arc::new(house.with_own(&kept, &before));
        for flaw in all.unread() {
            tracing::error!("an own exercise is left out: {flaw}");
        }
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Who comes late with an older picture, or an older house, keeps it to themselves.
        if stamp.is_after(state.stamp) && Arc::ptr_eq(&house, &state.house) {
            (state.stamp, state.kept, state.all) = (stamp, kept, Arc::clone(&all));
        }
        all
    }
}
