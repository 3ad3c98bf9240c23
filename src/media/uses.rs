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

/// Looks up where one is shown. What is shown somewhere is not taken away.
#[derive(Clone, Copy)]
pub struct Uses(pub fn(&mut Conn, MediumId) -> Result<Vec<Use>, AppError>);
