//! What every page of the diary is written with: the database, the exercises, and the rule for advice.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::pages::Advise;
use super::runs::RunsDue;
use crate::db::Db;
use crate::error::AppError;
use crate::exercises::Stock;

/// Taken out of the request, like the page and the patient.
pub struct Book {
    pub(super) db: web::Data<Db>,
    pub(super) stock: web::Data<Stock>,
    pub(super) advise: web::Data<Advise>,
    pub(super) runs: web::Data<RunsDue>,
}

impl FromRequest for Book {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (db, stock, advise, runs) = (request.app_data::<web::Data<Db>>(), request.app_data(), request.app_data(), request.app_data());
        ready(match (db, stock, advise, runs) {
            (Some(db), Some(stock), Some(advise), Some(runs)) => {
                Ok(Self { db: db.clone(), stock: web::Data::clone(stock), advise: web::Data::clone(advise), runs: web::Data::clone(runs) })
            }
            _ => Err(AppError::Internal("the server was put together without its diary".to_owned())),
        })
    }
}
