//! The cookie of a sign-in, and the middleware that says who is looking.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, ResponseError, web};

use super::domain::{Mailbox, sign_in_life};
use super::store;
use super::token::Token;
use crate::db::{Db, Lock};
use crate::error::AppError;
use crate::web::{House, Role, Viewer};

fn name(secure: bool) -> &'static str {
    // With the prefix a browser takes the cookie only over https, for this host and all its paths.
    if secure { "__Host-sign-in" } else { "sign-in" }
}

fn is_secure(request: &HttpRequest) -> bool {
    request.app_data::<web::Data<House>>().is_some_and(|house| house.base_url.scheme() == "https")
}

/// Whose page an answer is, for the worker that keeps pages on a phone: another person's go from there.
const WHO: HeaderName = HeaderName::from_static("x-viewer");

/// The cookie that begins a sign-in.
pub fn begin(request: &HttpRequest, token: &Token, role: Role) -> Cookie<'static> {
    let (_, absolute) = sign_in_life(role);
    let secure = is_secure(request);
    Cookie::build(name(secure), token.to_string())
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(absolute.num_seconds()))
        .finish()
}

/// The cookie that ends it.
pub fn end(request: &HttpRequest) -> Cookie<'static> {
    let secure = is_secure(request);
    Cookie::build(name(secure), "").path("/").http_only(true).secure(secure).same_site(SameSite::Lax).max_age(time::Duration::ZERO).finish()
}

/// The secret a request carries.
pub fn token(request: &HttpRequest) -> Option<Token> {
    request.cookie(name(is_secure(request))).map(|cookie| Token::given(cookie.value()))
}

/// Puts the [`crate::web::Viewer`] into the request of a signed-in person.
///
/// # Errors
/// Only what the inner service returns; ours never does.
pub async fn know_viewer<B: MessageBody + 'static>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<BoxBody>, Error> {
    if let Err(error) = look_up(&request).await {
        return Ok(request.into_response(error.error_response()));
    }
    let viewer = request.extensions().get::<Viewer>().map(|viewer| viewer.id.0);
    let mut response = next.call(request).await?.map_into_boxed_body();
    if let Some(id) = viewer {
        response.headers_mut().insert(WHO, HeaderValue::from(id));
    }
    Ok(response)
}

async fn look_up(request: &ServiceRequest) -> Result<(), AppError> {
    let (Some(token), Some(db), Some(house)) =
        (token(request.request()), request.app_data::<web::Data<Db>>(), request.app_data::<web::Data<House>>())
    else {
        return Ok(());
    };
    let now = house.clock.now();
    let waiting = request.app_data::<web::Data<Mailbox>>().map_or_else(Mailbox::default, |mailbox| ***mailbox);
    let asked = token.clone();
    if let Some((viewer, note)) = db.look(move |conn| store::viewer(conn, &asked, waiting, now)).await? {
        if note {
            db.write(Lock::People, move |conn| store::note_use(conn, &token, now)).await?;
        }
        request.extensions_mut().insert(viewer);
    }
    Ok(())
}
