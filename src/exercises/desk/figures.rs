//! Staff: all drawings on one page, and a drawing as it would look.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use super::super::Picture;
use super::form;
use super::pages::{Figured, FiguresPage};
use super::physio::Desk;
use crate::web::{Answer, Fields, html, policy_of_drawing};

/// The header that tells a script what is wrong with a figure, a line each.
const FLAWS: &str = "x-flaws";

/// `GET /clinic/exercises/figures`: every drawing of exercises and tests, with what is wrong with it; `?flaws=yes` shows only those with
/// flaws.
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn sheet(desk: Desk, request: HttpRequest) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let library = &desk.library;
    let exercises = library.in_use().iter().map(Figured::exercise);
    let all: Vec<Figured<'_>> = exercises.chain(library.tests().iter().map(|test| Figured::test(test, library))).collect();
    let flawed = all.iter().filter(|figured| !figured.flaws.is_empty()).count();
    let drawn = all.iter().filter(|figured| figured.right.is_some()).count();
    let only_flawed = asked.is("flaws", "yes");
    let shown = all.into_iter().filter(|figured| figured.right.is_some() && !(only_flawed && figured.flaws.is_empty())).collect();
    html(&FiguresPage { page: desk.page.clone(), shown, drawn, flawed, only_flawed })
}

/// `GET /clinic/exercises/figures/preview`: the drawing of the positions in the address, as the form of an own exercise names them;
/// `show` is card, still or moving. What is wrong with it stands in the header `x-flaws`; a position that cannot be
/// read has no drawing.
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn preview(_desk: Desk, request: HttpRequest) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    match form::preview(&asked) {
        Ok(figure) => {
            let svg = match asked.get("show") {
                "moving" => figure.moving(false),
                "still" => figure.still(false),
                _ => figure.card(false),
            };
            let picture = Picture::new("preview", &svg);
            Ok(HttpResponse::Ok()
                .content_type("image/svg+xml")
                .insert_header((header::CONTENT_SECURITY_POLICY, policy_of_drawing(&picture.svg)))
                .insert_header((FLAWS, told(figure.flaws().iter().map(String::as_str))))
                .body(picture.svg.to_string()))
        }
        // A refusal would become a page; here nobody has sent anything yet.
        Err(invalid) => Ok(HttpResponse::NoContent().insert_header((FLAWS, told(invalid.iter().map(|(_, words)| words)))).finish()),
    }
}

/// Lines as a header takes them.
fn told<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    url::form_urlencoded::byte_serialize(lines.collect::<Vec<_>>().join("\n").as_bytes()).collect()
}
