//! Staff: exercises of the clinic's own, written new, copied from others, changed, and put away.

use actix_web::web;

use super::super::{Exercise, store};
use super::form;
use super::pages::FormPage;
use super::physio::Desk;
use crate::db::Lock;
use crate::error::AppError;
use crate::media::{self, Medium};
use crate::web::{Answer, Errors, Fields, html, refused, see_other};

/// What is being written.
pub enum Writing {
    /// An exercise from nothing.
    New,
    /// An exercise from the one with this slug.
    Copy(String),
    /// The own exercise with this slug, anew.
    Text(String),
}

/// `GET /clinic/exercises/new`
///
/// # Errors
/// See [`AppError`].
pub async fn blank(desk: Desk) -> Answer {
    desk.form(Writing::New).await
}

/// `POST /clinic/exercises`
///
/// # Errors
/// See [`AppError`].
pub async fn create(desk: Desk, fields: Fields) -> Answer {
    desk.take(Writing::New, fields).await
}

/// `GET /clinic/exercises/{slug}/copies`: the form, filled from the exercise.
///
/// # Errors
/// See [`AppError`].
pub async fn copy_form(desk: Desk, slug: web::Path<String>) -> Answer {
    desk.form(Writing::Copy(slug.into_inner())).await
}

/// `POST /clinic/exercises/{slug}/copies`
///
/// # Errors
/// See [`AppError`].
pub async fn copy(desk: Desk, slug: web::Path<String>, fields: Fields) -> Answer {
    desk.take(Writing::Copy(slug.into_inner()), fields).await
}

/// `GET /clinic/exercises/{slug}/text`: what an own exercise says now, to be changed.
///
/// # Errors
/// See [`AppError`].
pub async fn text(desk: Desk, slug: web::Path<String>) -> Answer {
    desk.form(Writing::Text(slug.into_inner())).await
}

/// `POST /clinic/exercises/{slug}/text`: the next writing of an own exercise.
///
/// # Errors
/// See [`AppError`].
pub async fn revise(desk: Desk, slug: web::Path<String>, fields: Fields) -> Answer {
    desk.take(Writing::Text(slug.into_inner()), fields).await
}

/// `POST /clinic/exercises/{slug}/archival`: puts an own exercise away, or takes it out again (`archived` is yes or no). Twice is once.
///
/// # Errors
/// See [`AppError`].
pub async fn archive(desk: Desk, slug: web::Path<String>, fields: Fields) -> Answer {
    let (person, now, away) = (desk.staff.id, desk.page.now, !fields.is("archived", "no"));
    let of = slug.clone();
    desk.db.write(Lock::Clinic, move |conn| store::set_archived(conn, &of, away, person, now)).await?;
    see_other(&format!("/clinic/exercises/{slug}?done={}", if away { "archived" } else { "restored" }))
}

impl Desk {
    /// What the writing begins with.
    fn base(&self, writing: &Writing) -> Result<Exercise, AppError> {
        match writing {
            Writing::New => Ok(Exercise::named("")),
            Writing::Copy(slug) => Ok(self.exercise(slug)?.copied()),
            Writing::Text(slug) => {
                self.exercise(slug).and_then(|exercise| if exercise.own.is_some() { Ok(exercise.clone()) } else { Err(AppError::NotFound) })
            }
        }
    }

    async fn form(self, writing: Writing) -> Answer {
        let base = self.base(&writing)?;
        let filled = form::fields(&base, &self.library);
        let media = self.media().await?;
        html(&FormPage::new(&self, writing, &base, media, filled, Errors::default()))
    }

    /// The photos and films of the library.
    async fn media(&self) -> Result<Vec<Medium>, AppError> {
        self.db.read(|conn| media::all(conn, None)).await
    }

    /// Takes what was typed: saves it, or shows it again with what was asked for.
    async fn take(self, writing: Writing, mut fields: Fields) -> Answer {
        let base = self.base(&writing)?;
        let media = self.media().await?;
        if fields.is("next", "take") {
            if let Some(other) = self.library.get(fields.get("pose_of")) {
                fields = form::with_poses_of(&fields, other);
            }
            return html(&FormPage::new(&self, writing, &base, media, fields, Errors::default()));
        }
        if fields.is("next", "show") {
            return html(&FormPage::new(&self, writing, &base, media, fields, Errors::default()));
        }
        let saved = match form::exercise(&fields, &base, &self.library) {
            Ok(exercise) => {
                let chosen = media.iter().map(|medium| medium.id.0).filter(|id| fields.is("media", &id.to_string()));
                let exercise = Exercise { media: chosen.collect(), ..exercise };
                self.save(&writing, exercise, &fields).await
            }
            Err(invalid) => Err(invalid.into()),
        };
        match saved {
            Ok(slug) => see_other(&format!("/clinic/exercises/{slug}?done=exercise")),
            Err(AppError::Invalid(invalid)) => refused(&FormPage::new(&self, writing, &base, media, fields, Errors(invalid))),
            Err(error) => Err(error),
        }
    }

    async fn save(&self, writing: &Writing, exercise: Exercise, fields: &Fields) -> Result<String, AppError> {
        let (person, now, library) = (self.staff.id, self.page.now, self.library.clone());
        let seen = fields.get("revision").parse().unwrap_or(0);
        let is_new = !matches!(writing, Writing::Text(_));
        self.db
            .write(Lock::Clinic, move |conn| {
                if is_new {
                    return store::add(conn, &library, &exercise, person, now);
                }
                store::revise(conn, &exercise, seen, person, now)?;
                Ok(exercise.slug)
            })
            .await
    }
}
