//! Forms are taken only from our own pages: no tokens, the browser itself says where a request comes from.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};
use url::Url;

use super::House;
use crate::error::AppError;

/// Answers 403 to a request that changes something and was not made by a page of this site.
///
/// # Errors
/// Only what the inner service returns; ours never does.
pub async fn same_origin<B: MessageBody + 'static>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<BoxBody>, Error> {
    let ours = request.method().is_safe()
        || request.app_data::<web::Data<House>>().is_some_and(|house| comes_from(request.headers(), &house.base_url));
    if ours {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let refusal = AppError::Refused(403, "This form was not sent from a page of this site. Open the page here and send it again.");
    Ok(request.into_response(refusal.error_response()))
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// `Sec-Fetch-Site` decides; a browser too old for it sends `Origin`; what sends neither is no browser and needs no cookie.
fn comes_from(headers: &HeaderMap, base: &Url) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text(&SEC_FETCH_SITE), text(&header::ORIGIN)) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => origin == base.origin().ascii_serialization(),
        (None, None) => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn only_our_own_pages_may_send_forms() {
        let base = Url::parse("https://clinic.example").unwrap();
        let says = |pairs: &[(HeaderName, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
            comes_from(&headers, &base)
        };
        assert!(says(&[(SEC_FETCH_SITE, "same-origin"), (header::COOKIE, "a=b")]));
        assert!(!says(&[(SEC_FETCH_SITE, "cross-site"), (header::ORIGIN, "https://clinic.example")]));
        assert!(!says(&[(SEC_FETCH_SITE, "same-site")]));
        assert!(says(&[(header::ORIGIN, "https://clinic.example"), (header::COOKIE, "a=b")]));
        assert!(!says(&[(header::ORIGIN, "http://clinic.example")]));
        assert!(!says(&[(header::ORIGIN, "null")]));
        assert!(says(&[]));
        assert!(!says(&[(header::COOKIE, "a=b")]));
    }
}
