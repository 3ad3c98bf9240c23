//! Headers every answer carries: a strict content policy, no sniffing, no framing, and no storing unless said otherwise.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use super::House;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of a drawing that is opened as a page of its own: nothing but the very rules written in it.
#[must_use]
pub fn policy_of_drawing(svg: &str) -> HeaderValue {
    let styles = svg.split("<style>").skip(1).filter_map(|rest| rest.split("</style>").next());
    let hashes: String = styles.map(|style| format!(" 'sha256-{}'", Base64::encode_string(&Sha256::digest(style.as_bytes())))).collect();
    let policy = if hashes.is_empty() { "default-src 'none'".to_owned() } else { format!("default-src 'none'; style-src{hashes}") };
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Puts the headers every answer carries into one that is being made.
pub fn make_safe(headers: &mut HeaderMap, secure: bool) {
    for (name, value) in ALWAYS {
        // A drawing and a photo come with a policy of their own, which is stricter.
        if name != header::CONTENT_SECURITY_POLICY || !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// The headers of every answer.
const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
    (header::PERMISSIONS_POLICY, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Makes what comes out of the rest of the house safe. Answers from the shelf were made so when they were put there.
///
/// # Errors
/// Only what the inner service returns; ours never does.
pub async fn security_headers<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let secure = request.app_data::<web::Data<House>>().is_some_and(|house| house.secure());
    let mut response = next.call(request).await?;
    make_safe(response.headers_mut(), secure);
    Ok(response)
}
