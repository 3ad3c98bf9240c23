//! The front door: every request gets a number, an answer (from the shelf, or from the rest of the house) and one log line.

use std::fmt;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};

use super::Shelf;

/// The number of a request: of this process, and counted since it began.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(u32);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", std::process::id(), self.0)
    }
}

static NEXT: AtomicU32 = AtomicU32::new(1);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers the request, answers it, and logs what became of it. What stands on the shelf is handed out here, before anything else is
/// asked. Query strings and addresses of people are not logged.
///
/// # Errors
/// Only what the inner service returns; ours never does.
pub async fn front_door<B: MessageBody + 'static>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let id = RequestId(NEXT.fetch_add(1, Ordering::Relaxed));
    let ready = request.app_data::<web::Data<Shelf>>().and_then(|shelf| shelf.answer(&request));
    let mut response = match ready {
        Some(answer) => request.into_response(answer),
        None => {
            request.extensions_mut().insert(id);
            next.call(request).await?.map_into_boxed_body()
        }
    };
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    // A path holds no white space and no control characters: it cannot make a second line.
    tracing::info!(
        "{id} {} {} {} {}us",
        response.request().method(),
        shown(response.request().path()),
        response.status().as_u16(),
        started.elapsed().as_micros()
    );
    Ok(response)
}

/// The path as it may be kept: the secret of an invitation is not for the log.
fn shown(path: &str) -> &str {
    if path.starts_with("/invitations/") { "/invitations/…" } else { path }
}

/// The address a request comes from: the peer, or what a proxy on this machine says of it.
#[must_use]
pub fn client_address(request: &HttpRequest) -> String {
    let peer = request.peer_addr().map(|address| address.ip());
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    match (peer, forwarded) {
        (Some(peer), Some(client)) if peer.is_loopback() => client.to_string(),
        (Some(peer), _) => peer.to_string(),
        (None, _) => "unknown".to_owned(),
    }
}
