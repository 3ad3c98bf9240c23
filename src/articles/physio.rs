//! Staff: the editor's desk.

use actix_web::{HttpRequest, web};
use chrono::TimeDelta;

use super::desk::{self, Row, Show, Sort};
use super::pages::{Brought, DeskPage};
use super::{Collection, Holdings, store};
use crate::db::Db;
use crate::exercises::Library;
use crate::messages;
use crate::web::{Answer, Assets, Fields, Page, Staff, html};

/// `GET /clinic/library`: every page of the library with its review, its reading grade, its readers and their questions; `?sort=` and
/// `?show=`. Three queries, however many pages there are.
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn library(_: Staff, page: Page, request: HttpRequest, collection: web::Data<Collection>, db: web::Data<Db>) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let (sort, show) = (Sort::from_word(asked.get("sort")), Show::from_word(asked.get("show")));
    let today = page.today();
    let counted = db
        .read(move |conn| {
            let all = store::views_before(conn, today + TimeDelta::days(1))?;
            let days = store::views_since(conn, desk::first_day(today))?;
            Ok((desk::views(&all, &days, today), messages::waiting_by_article(conn)?))
        })
        .await?;
    let (views, questions) = counted;
    let holdings = collection.now();
    let row = |entry: desk::Entry| Row {
        review: entry.review(today),
        views: views.get(&entry.key).copied().unwrap_or_default(),
        questions: questions.get(&entry.key).copied().unwrap_or_default(),
        entry,
    };
    let rows: Vec<Row> = desk::entries(&holdings.catalogue).into_iter().map(row).collect();
    let total = desk::Total::of(&rows);
    let rows = desk::arranged(rows, sort, show);
    let trouble = collection.trouble();
    html(&DeskPage { page, rows, total, sort, show, trouble, brought: brought(&holdings) })
}

/// What the clinic's own files are, and which of them stand in the place of the program's.
fn brought(holdings: &Holdings) -> Brought {
    let names = || holdings.own.names().map(str::to_owned);
    let replaces = |name: &String| match name.strip_prefix("exercises/") {
        Some(exercise) => Library::brings(exercise),
        None => super::Catalogue::brings(name) || Assets::embeds(name),
    };
    Brought {
        exercises: holdings.library.all().len(),
        own: names().count(),
        replaced: names().filter(replaces).collect(),
        folder: holdings.own.exists(),
    }
}
