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
use crate::log;

/// The number of a request: of this process, and counted since it began.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(u32);

impl RequestId {
    /// The number as it is logged and shown: process and place, in hexadecimal.
    fn words(self) -> Words {
        let mut words = Words::default();
        words.hexadecimal(std::process::id());
        words.push(b'-');
        words.hexadecimal(self.0);
        words
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().as_str())
    }
}

/// Two numbers and a hyphen, without asking for memory.
#[derive(Default)]
struct Words {
    bytes: [u8; 17],
    length: usize,
}

impl Words {
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    fn hexadecimal(&mut self, number: u32) {
        let digits = (32 - number.leading_zeros()).div_ceil(4).max(1);
        for place in (0..digits).rev() {
            self.push(b"0123456789abcdef"[(number >> (4 * place) & 15) as usize]);
        }
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
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
    let words = id.words();
    if let Ok(value) = HeaderValue::from_str(words.as_str()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let request = response.request();
    // A path holds no white space and no control characters: it cannot make a second line.
    log::request(words.as_str(), request.method().as_str(), shown(request.path()), response.status().as_u16(), started);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_in_hexadecimal() {
        for number in [0, 1, 15, 16, 0xabc, u32::MAX] {
            assert_eq!(RequestId(number).to_string(), format!("{:x}-{number:x}", std::process::id()));
        }
    }
}
