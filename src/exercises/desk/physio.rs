//! Staff: the list, one exercise, favourites and usual doses.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::super::{Exercise, Library, Stock, dose_change, dose_fields};
use super::pages::{ExercisePage, ListPage};
use super::store;
use super::wish::{ON_A_PAGE, Wish};
use crate::db::{Db, Lock};
use crate::error::AppError;
use crate::ids::MediumId;
use crate::media;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// What every handler at the desk works with, of the library and of the builder: who, on which page, with which data.
pub struct Desk {
    /// Who asks.
    pub staff: Staff,
    /// What all pages share.
    pub page: Page,
    /// The database.
    pub db: web::Data<Db>,
    /// The exercises as they were when the request began.
    pub library: Arc<Library>,
}

impl FromRequest for Desk {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (staff, page) = (Staff::from_request(request, payload), Page::from_request(request, payload));
        let shared = request.app_data::<web::Data<Db>>().cloned().zip(request.app_data::<web::Data<Stock>>().cloned());
        Box::pin(async move {
            let (staff, page) = (staff.await?, page.await?);
            let (db, stock) = shared.ok_or_else(|| AppError::Internal("the server was put together without its shelves".to_owned()))?;
            let library = stock.now(&db).await?;
            Ok(Self { staff, page, db, library })
        })
    }
}

impl Desk {
    pub(super) fn exercise(&self, slug: &str) -> Result<&Exercise, AppError> {
        self.library.get(slug).ok_or(AppError::NotFound)
    }
}

/// `GET /clinic/exercises`: what fits the words and filters of the address, a page at a time. Two queries, however much there is.
///
/// # Errors
/// See [`AppError`].
pub async fn list(desk: Desk, request: HttpRequest) -> Answer {
    let mut wish = Wish::read(&Fields::decode(request.query_string().as_bytes()));
    let person = desk.staff.id;
    let habits = desk.db.read(move |conn| store::habits(conn, person)).await?;
    let found = wish.find(&desk.library, &habits);
    let total = found.len();
    wish.page = wish.page.min(total.div_ceil(ON_A_PAGE).max(1));
    let hits = found.into_iter().skip((wish.page - 1) * ON_A_PAGE).take(ON_A_PAGE).collect();
    html(&ListPage { page: desk.page, wish, hits, total, habits })
}

/// `GET /clinic/exercises/{slug}`
///
/// # Errors
/// See [`AppError`].
pub async fn exercise(desk: Desk, slug: web::Path<String>) -> Answer {
    html(&desk.page_of(&slug, None).await?)
}

impl Desk {
    /// The page of one exercise; `typed` is a usual dose that was refused. Four queries at most.
    async fn page_of(&self, slug: &str, typed: Option<(Fields, Errors)>) -> Result<ExercisePage<'_>, AppError> {
        let exercise = self.exercise(slug)?;
        let (person, of, is_own) = (self.staff.id, slug.to_owned(), exercise.own.is_some());
        let shown: Vec<MediumId> = exercise.media.iter().map(|id| MediumId(*id)).collect();
        let (habits, revisions, media) = self
            .db
            .read(move |conn| {
                let revisions = if is_own { super::super::revisions(conn, &of)? } else { Vec::new() };
                Ok((store::habits(conn, person)?, revisions, media::some(conn, &shown)?))
            })
            .await?;
        let named = |slugs: &[String]| slugs.iter().filter_map(|slug| self.library.get(slug)).collect();
        let usual = habits.doses.get(slug).cloned();
        let saved = || match &usual {
            Some(usual) => dose_fields(&usual.dose, &usual.load, usual.note.as_str()),
            None => dose_fields(&exercise.to_begin(), "", ""),
        };
        let (fields, errors) = typed.unwrap_or_else(|| (saved(), Errors::default()));
        let copied = exercise.copied_from.as_ref().and_then(|from| self.library.get(from)).map(|from| from.name.as_str());
        Ok(ExercisePage {
            page: self.page.clone(),
            exercise,
            easier: named(&exercise.easier),
            harder: named(&exercise.harder),
            favourite: habits.favourites.contains(slug),
            usual,
            revisions,
            media,
            copied,
            fields,
            errors,
        })
    }
}

/// `POST /clinic/exercises/{slug}/favourite`: `favourite` is yes or no; `from` is the list it was pressed in, if it was one.
///
/// # Errors
/// See [`AppError`].
pub async fn favourite(desk: Desk, slug: web::Path<String>, fields: Fields) -> Answer {
    desk.exercise(&slug)?;
    let (person, now, wanted) = (desk.staff.id, desk.page.now, !fields.is("favourite", "no"));
    let marked = slug.clone();
    desk.db.write(Lock::Clinic, move |conn| store::mark(conn, person, &marked, wanted, now)).await?;
    if fields.is("place", "list") {
        let wish = Wish::read(&Fields::decode(fields.get("from").as_bytes()));
        return see_other(&format!("{}#{slug}", wish.address(wish.page)));
    }
    see_other(&format!("/clinic/exercises/{slug}"))
}

/// `POST /clinic/exercises/{slug}/usual-dose`
///
/// # Errors
/// See [`AppError`].
pub async fn keep_dose(desk: Desk, slug: web::Path<String>, fields: Fields) -> Answer {
    desk.exercise(&slug)?;
    let (person, now) = (desk.staff.id, desk.page.now);
    match dose_change(&fields) {
        Ok(usual) => {
            let of = slug.clone();
            desk.db.write(Lock::Clinic, move |conn| store::keep_dose(conn, person, &of, &usual, now)).await?;
            see_other(&format!("/clinic/exercises/{slug}?done=usual-dose#usual"))
        }
        Err(invalid) => refused(&desk.page_of(&slug, Some((fields, Errors(invalid)))).await?),
    }
}

/// `POST /clinic/exercises/{slug}/usual-dose/removal`: pressed twice, there is none already, which is what was wanted.
///
/// # Errors
/// See [`AppError`].
pub async fn forget_dose(desk: Desk, slug: web::Path<String>) -> Answer {
    desk.exercise(&slug)?;
    let (person, of) = (desk.staff.id, slug.clone());
    desk.db.write(Lock::Clinic, move |conn| store::forget_dose(conn, person, &of)).await?;
    see_other(&format!("/clinic/exercises/{slug}?done=no-usual-dose#usual"))
}
