//! What the pages of the queue are written with: the database, and the rules of what is proposed.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::keeper::refresh;
use super::reckoning::Morning;
use crate::db::Db;
use crate::error::AppError;
use crate::exercises::Library;
use crate::latest::Latest;
use crate::plans::programmes::Programmes;
use crate::progress::proposals::Rules;
use crate::web::Page;

/// Taken out of the request, like the page and the member of staff.
pub struct Watch {
    /// The database.
    pub db: web::Data<Db>,
    rules: Rules,
}

impl Watch {
    /// Reckons what is old before somebody looks.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn refresh(&self, page: &Page) -> Result<(), AppError> {
        let (clock, silent_after) = (page.clock().clone(), page.clinic().silent_after_days);
        let morning = Morning { clock, today: page.today(), silent_after, rules: self.rules.clone() };
        refresh(&self.db, &morning).await
    }
}

impl FromRequest for Watch {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let db = request.app_data::<web::Data<Db>>();
        let library = request.app_data::<web::Data<Latest<Library>>>();
        let programmes = request.app_data::<web::Data<Latest<Programmes>>>();
        ready(match (db, library, programmes) {
            (Some(db), Some(library), Some(programmes)) => {
                Ok(Self { db: db.clone(), rules: Rules { programmes: programmes.get(), library: library.get() } })
            }
            _ => Err(AppError::Internal("the server was put together without its queue".to_owned())),
        })
    }
}
