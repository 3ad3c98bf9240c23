//! One log line a request, with a number that the error page also shows.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};

/// The number of a request: the start of this process and a counter, in hexadecimal.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(u32);

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04x}-{:08x}", std::process::id() & 0xffff, self.0)
    }
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Numbers the request and logs what became of it. Query strings and addresses of people are not logged.
///
/// # Errors
/// Only what the inner service returns; ours never does.
pub async fn access_log<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let id = RequestId(NEXT.fetch_add(1, Ordering::Relaxed));
    request.extensions_mut().insert(id);
    let mut response = next.call(request).await?;
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    let request = response.request();
    tracing::info!(
        request = %id,
        method = request.method().as_str(),
        path = shown(request.path()),
        status = response.status().as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
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
