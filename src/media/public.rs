//! The files themselves, for whoever is signed in and may see them.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use super::cabinet::{Cabinet, failed};
use super::domain::{File, Medium};
use super::range::{Asked, Piece, asked};
use super::store;
use crate::audit::{self, Entry};
use crate::db::{Db, Lock};
use crate::error::AppError;
use crate::ids::MediumId;
use crate::web::{Answer, Page, Viewer};

/// Whatever is in a file, nothing in it is run and nothing is asked for by it.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
/// For the library: a browser keeps it a week, and need not ask again, since other content has another address.
const LIBRARY: &str = "private, max-age=604800, immutable";
/// For what is a patient's: a browser keeps it, but asks each time whether it may still show it.
const PERSONAL: &str = "private, no-cache";

/// `GET /media/{id}/{name}`: the file, or a part of it.
///
/// # Errors
/// See [`AppError`]; what the viewer may not see is not there.
pub async fn file(
    viewer: Viewer,
    page: Page,
    request: HttpRequest,
    path: web::Path<(MediumId, String)>,
    db: web::Data<Db>,
    cabinet: web::Data<Cabinet>,
) -> Answer {
    let (id, name) = path.into_inner();
    let sees = viewer.clone();
    let medium = db.read(move |conn| Ok(store::one(conn, id)?.filter(|medium| medium.is_for(&sees)))).await?.ok_or(AppError::NotFound)?;
    let file = medium.file_called(&name).ok_or(AppError::NotFound)?;
    let tag = format!("\"{}\"", file.hash);
    let asked = asked(request.headers(), &tag, file.bytes);
    let begins = matches!(asked, Asked::Whole | Asked::Part(0, _));
    if let Some((patient, _)) = medium.patient.as_ref().filter(|_| begins && viewer.role.is_staff() && *file == medium.file) {
        let (at, subject, detail) = (page.now, Some((*patient).into()), format!("{} {id}", medium.kind().word()));
        let verb = "looked at a photo or film of the patient";
        db.write(Lock::Trail, move |conn| {
            Ok(audit::record(conn, &Entry { at, actor: Some(viewer.id), name: &viewer.name, verb, subject, detail: &detail })?)
        })
        .await?;
    }
    answer(&medium, file, asked, &tag, &cabinet).await
}

async fn answer(medium: &Medium, file: &File, asked: Asked, tag: &str, cabinet: &Cabinet) -> Answer {
    let (status, from, to) = match asked {
        Asked::Nothing => return Ok(told(HttpResponse::NotModified().finish(), medium, file, tag)),
        Asked::Beyond => {
            let mut answer = HttpResponse::RangeNotSatisfiable();
            return Ok(answer.insert_header((header::CONTENT_RANGE, format!("bytes */{}", file.bytes))).finish());
        }
        Asked::Whole => (StatusCode::OK, 0, file.bytes),
        Asked::Part(first, last) => (StatusCode::PARTIAL_CONTENT, first, last + 1),
    };
    let (cabinet, fetched) = (cabinet.clone(), file.clone());
    let piece = tokio::task::spawn_blocking(move || Piece::of(cabinet.fetch(&fetched)?, from, to - from).map_err(|error| failed(&error)));
    let piece = piece.await.map_err(|error| AppError::Internal(format!("opening a file ended early: {error}")))??;
    let mut answer = HttpResponse::build(status);
    if status == StatusCode::PARTIAL_CONTENT {
        answer.insert_header((header::CONTENT_RANGE, format!("bytes {from}-{}/{}", to - 1, file.bytes)));
    }
    Ok(told(answer.body(piece), medium, file, tag))
}

/// With what a browser must know of the file.
fn told(mut answer: HttpResponse, medium: &Medium, file: &File, tag: &str) -> HttpResponse {
    let headers: &mut HeaderMap = answer.headers_mut();
    let says = [
        (header::CONTENT_TYPE, file.format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{}\"", medium.saved_as(file))),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, if medium.patient.is_some() { PERSONAL } else { LIBRARY }.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, tag.to_owned()),
    ];
    for (name, value) in says {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    answer
}
