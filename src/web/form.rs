//! Posted forms: all strings, in order, repeated names kept, read with a limit and a deadline.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};

use crate::error::AppError;

/// Largest form, in bytes; the longest of ours is a screening with a full note.
const LARGEST: usize = 64 * 1024;
/// What the sign-in page may carry besides: a form that was on its way when its sign-in had ended.
const CARRIED: usize = 3 * LARGEST;
/// A phone on a bad line gets this long to send one.
const DEADLINE: Duration = Duration::from_secs(10);

/// The fields of a posted form, or of a page shown again.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields made by hand, to fill a form from what is saved.
    #[must_use]
    pub fn from_pairs<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// Reads `a=1&b=2`.
    #[must_use]
    pub fn decode(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// The value of a field; empty when it is not there.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All fields with their values, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a field has this value (among others).
    #[must_use]
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(known, given)| known == name && given == value)
    }

    /// A whole number between `low` and `high`; an empty field is `None`.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn number(&self, name: &str, low: i32, high: i32) -> Result<Option<i32>, String> {
        let text = self.get(name).trim();
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<i32>() {
            Ok(number) if (low..=high).contains(&number) => Ok(Some(number)),
            _ => Err(format!("Enter a whole number from {low} to {high}")),
        }
    }

    /// As [`Fields::number`], but the field must be filled; `ask` is said when it is empty.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn needed_number(&self, name: &str, low: i32, high: i32, ask: &str) -> Result<i32, String> {
        self.number(name, low, high)?.ok_or_else(|| ask.to_owned())
    }
}

impl FromRequest for Fields {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
        let body = web::Payload::from_request(request, payload);
        let most = if request.path() == "/sign-in" { LARGEST + CARRIED } else { LARGEST };
        Box::pin(async move {
            if !is_form {
                return Err(AppError::Refused(415, "This address takes a form of this site, and nothing else."));
            }
            let body = body.await.map_err(|_| AppError::Refused(400, "The form did not arrive whole. Please send it again."))?;
            match tokio::time::timeout(DEADLINE, body.to_bytes_limited(most)).await {
                Ok(Ok(Ok(bytes))) => Ok(Self::decode(&bytes)),
                Ok(Ok(Err(_))) => Err(AppError::Refused(400, "The form did not arrive whole. Please send it again.")),
                Ok(Err(_)) => Err(AppError::Refused(413, "The form is too large. Please shorten what you typed.")),
                Err(_) => Err(AppError::Refused(408, "The form took too long to arrive. Please send it again.")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_order_and_repeats() {
        let fields = Fields::decode(b"set=1&set=3&note=a+b%21&pain=");
        assert!(fields.is("set", "1") && fields.is("set", "3") && !fields.is("set", "2"));
        assert_eq!(fields.get("note"), "a b!");
        assert_eq!(fields.number("pain", 0, 10), Ok(None));
        assert_eq!(Fields::decode(b"pain=0").number("pain", 0, 10), Ok(Some(0)));
        assert!(Fields::decode(b"pain=ten").number("pain", 0, 10).is_err());
        assert!(Fields::decode(b"pain=11").number("pain", 0, 10).is_err());
    }
}
