//! Pictures of exercises as they were, as rooms above this one keep them.

use super::Picture;
use crate::db::Conn;
use crate::error::AppError;
use crate::web::Viewer;

type LookUp = dyn Fn(&mut Conn, &Viewer, &str) -> Result<Option<Picture>, AppError> + Send + Sync;

/// Looks up a picture that no exercise has any more, for someone who may see it.
pub struct Former(Box<LookUp>);

impl Former {
    /// Asks the room above like this.
    #[must_use]
    pub fn new(look_up: impl Fn(&mut Conn, &Viewer, &str) -> Result<Option<Picture>, AppError> + Send + Sync + 'static) -> Self {
        Self(Box::new(look_up))
    }

    /// The picture with this file name.
    ///
    /// # Errors
    /// The room's own.
    pub fn picture(&self, conn: &mut Conn, viewer: &Viewer, file_name: &str) -> Result<Option<Picture>, AppError> {
        (self.0)(conn, viewer, file_name)
    }
}
