//! Where photos and films are shown, as rooms above this one know it.

use crate::db::Conn;
use crate::error::AppError;
use crate::ids::MediumId;

/// A page that shows a photo or film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub path: String,
}

type LookUp = dyn Fn(&mut Conn, MediumId) -> Result<Vec<Use>, AppError> + Send + Sync;

/// Looks up where one is shown. What is shown somewhere is not taken away.
pub struct Uses(Box<LookUp>);

impl Uses {
    /// Asks the room above like this.
    #[must_use]
    pub fn new(look_up: impl Fn(&mut Conn, MediumId) -> Result<Vec<Use>, AppError> + Send + Sync + 'static) -> Self {
        Self(Box::new(look_up))
    }

    /// Where this one is shown.
    ///
    /// # Errors
    /// The room's own.
    pub fn of(&self, conn: &mut Conn, id: MediumId) -> Result<Vec<Use>, AppError> {
        (self.0)(conn, id)
    }
}
