//! The front door: every request gets a number, an answer (from the shelf, or from the rest of the house) and one log line.

use std::fmt;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};

use super::{House, Shelf};
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

/// Numbers each request, answers it, and logs what became of it. What stands on the shelf is handed out here, before anything else is
/// asked. Query strings and addresses of people are not logged.
///
/// It is a service written out, not a function in a wrapper, because a ready page passes through nothing else: this way it asks for
/// no memory on its way.
#[derive(Clone)]
pub struct FrontDoor(web::Data<House>, web::Data<Shelf>);

impl FrontDoor {
    /// The door in front of a house with this shelf.
    #[must_use]
    pub fn new(house: web::Data<House>, shelf: web::Data<Shelf>) -> Self {
        Self(house, shelf)
    }

    fn answer(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        // Debug builds read files from the disk: an edited style or script shows without starting anew.
        let edited = if cfg!(debug_assertions) { self.0.assets.edited(request.path()) } else { None };
        match edited {
            Some(leaf) => Some(leaf.ready(false).answer(request.headers())),
            None => self.1.answer(request),
        }
    }
}

impl<S, B> Transform<S, ServiceRequest> for FrontDoor
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Transform = Inside<S>;
    type InitError = ();
    type Future = Ready<Result<Inside<S>, ()>>;

    fn new_transform(&self, house: S) -> Self::Future {
        ready(Ok(Inside { door: self.clone(), house }))
    }
}

/// The house behind the door.
pub struct Inside<S> {
    door: FrontDoor,
    house: S,
}

impl<S, B> Service<ServiceRequest> for Inside<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Answering;

    forward_ready!(house);

    fn call(&self, request: ServiceRequest) -> Answering {
        let begun = Begun { id: RequestId(NEXT.fetch_add(1, Ordering::Relaxed)), at: Instant::now() };
        if let Some(answer) = self.door.answer(&request) {
            return Answering::Ready(Some(begun.end(request.into_response(answer))));
        }
        request.extensions_mut().insert(begun.id);
        let answer = self.house.call(request);
        Answering::Later(Box::pin(async move { Ok(begun.end(answer.await?.map_into_boxed_body())) }))
    }
}

/// An answer that is there already, or one that the house still works on.
pub enum Answering {
    /// It is there, until it is taken.
    Ready(Option<ServiceResponse<BoxBody>>),
    /// The house works on it.
    Later(Pin<Box<dyn Future<Output = Result<ServiceResponse<BoxBody>, Error>>>>),
}

impl Future for Answering {
    type Output = Result<ServiceResponse<BoxBody>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Ready(answer) => answer.take().map_or(Poll::Pending, |answer| Poll::Ready(Ok(answer))),
            Self::Later(answer) => answer.as_mut().poll(context),
        }
    }
}

/// A request that has come in.
struct Begun {
    id: RequestId,
    at: Instant,
}

impl Begun {
    /// Puts the number on the answer and logs it.
    fn end(&self, mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let words = self.id.words();
        if let Ok(value) = HeaderValue::from_str(words.as_str()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        let request = response.request();
        // A path holds no white space and no control characters: it cannot make a second line.
        log::request(words.as_str(), request.method().as_str(), shown(request.path()), response.status().as_u16(), self.at);
        response
    }
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
