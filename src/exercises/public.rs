//! The public pages of the exercises, made once and put on the shelf; only lists somebody filters are made when they are asked for.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::asked::{Asked, PATH};
use super::pages::{ExercisePage, ListPage, TestPage};
use super::{Drawings, Exercise, Former, Half, Library, Mention, Movement, Picture, Stock, structured};
use crate::db::Db;
use crate::error::AppError;
use crate::latest::Latest;
use crate::web::{Answer, Fields, House, Html, Leaf, Page, Viewer, html, policy_of_drawing};

/// Renders `/exercises` and `/exercises/{slug}`. `mentions` says which articles name which exercise.
///
/// # Errors
/// [`AppError::Internal`] when a template cannot be rendered.
pub fn leaves(house: &Arc<House>, library: &Library, mentions: &[Mention]) -> Result<Vec<(String, Leaf)>, AppError> {
    let list = list(Page::public(house, PATH), library, Asked::default());
    let mut leaves = vec![(PATH.to_owned(), Leaf::page(&list)?.unasked())];
    for exercise in library.all() {
        let named = |slugs: &[String]| slugs.iter().filter_map(|slug| library.get(slug)).collect::<Vec<&Exercise>>();
        let page = Page::public(house, &exercise.path());
        let page = ExercisePage {
            data: Html::json(&structured::exercise(&page, exercise)),
            page,
            exercise,
            easier: named(&exercise.easier),
            harder: named(&exercise.harder),
            mentions: mentions.iter().filter(|mention| mention.exercise == exercise.slug).collect(),
        };
        leaves.push((exercise.path(), Leaf::page(&page)?));
    }
    for test in library.tests() {
        let page = Page::public(house, &test.path());
        let trains = match &test.movement {
            Movement::Of(slug) => library.get(slug),
            Movement::None | Movement::Own { .. } => None,
        };
        let drawing = test.drawing(Half::Right, |slug| library.get(slug));
        let data = Html::json(&structured::test(&page, test, drawing));
        leaves.push((test.path(), Leaf::page(&TestPage { page, test, library, trains, data })?));
    }
    Ok(leaves)
}

/// `GET /exercises?…`: the exercises that fit what is asked. The plain address stands on the shelf.
///
/// # Errors
/// [`AppError::Internal`] when the template cannot be rendered.
pub async fn found(page: Page, request: HttpRequest, library: web::Data<Latest<Library>>) -> Answer {
    let library = library.get();
    let asked = Asked::read(&Fields::decode(request.query_string().as_bytes()));
    html(&list(page, &library, asked))
}

/// `GET /drawings/{name}`: a picture of an exercise or a test. Another picture has another name, so browsers keep it for ever. Those of
/// the clinic's own exercises, and those of exercises as they were in a version of a plan, are for who is signed in.
///
/// # Errors
/// [`AppError::NotFound`] for a name that no picture has, or has no longer.
pub async fn drawing(
    name: web::Path<String>,
    library: web::Data<Latest<Library>>,
    viewer: Option<Viewer>,
    stock: web::Data<Stock>,
    former: web::Data<Former>,
    db: web::Data<Db>,
) -> Answer {
    if let Some(picture) = library.get().picture(&name) {
        return Ok(drawn(picture, "public"));
    }
    let viewer = viewer.ok_or(AppError::NotFound)?;
    let all = stock.now(&db).await?;
    if let Some(picture) = all.picture(&name) {
        return Ok(drawn(picture, "private"));
    }
    let picture = match Drawings::remembered(&name) {
        Some(picture) => picture,
        None => db.read(move |conn| former.picture(conn, &viewer, &name)).await?.ok_or(AppError::NotFound)?,
    };
    Ok(drawn(&picture, "private"))
}

fn drawn(picture: &Picture, whose: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, format!("{whose}, max-age=31536000, immutable")))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy_of_drawing(&picture.svg)))
        .body(picture.svg.to_string())
}

fn list(page: Page, library: &Library, asked: Asked) -> ListPage<'_> {
    ListPage { page, library, found: asked.of(library), asked }
}
