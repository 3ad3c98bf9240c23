//! A form that arrives after its sign-in has ended: it is kept on the sign-in page, and sent when its person says so.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, ResponseError, web};

use super::domain;
use super::pages::SignInPage;
use crate::error::AppError;
use crate::text::sentence;
use crate::web::{Errors, Fields, House, Page, Role, Viewer, json, see_other, with_status};

/// The hidden field that says where the form was going.
const PATH: &str = "kept-path";
/// What the name of each of its fields begins with on the sign-in page.
const FIELD: &str = "kept:";
/// Fields that say which form it is, and nothing a person typed.
const SILENT: &[&str] = &["plan", "version", "ordinal", "prescription", "revision", "token"];

/// A form that waits for its person to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it was going.
    pub path: String,
    fields: Vec<(String, String)>,
}

impl Kept {
    /// Out of the fields of the sign-in page; nothing when none was kept there, or one that goes nowhere of ours.
    #[must_use]
    pub fn read(fields: &Fields) -> Option<Self> {
        let path = fields.get(PATH);
        let kept = fields.pairs().filter_map(|(name, value)| Some((name.strip_prefix(FIELD)?.to_owned(), value.to_owned())));
        domain::keeps(path).then(|| Self { path: path.to_owned(), fields: kept.collect() })
    }

    /// As hidden fields of the sign-in page.
    #[must_use]
    pub fn on_sign_in(&self) -> Vec<(String, &str)> {
        let fields = self.fields.iter().map(|(name, value)| (format!("{FIELD}{name}"), value.as_str()));
        [(PATH.to_owned(), self.path.as_str())].into_iter().chain(fields).collect()
    }

    /// As the hidden fields it had.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// Whether a person of this role may send it at all.
    #[must_use]
    pub fn is_for(&self, role: Role) -> bool {
        self.path.starts_with("/clinic/") == role.is_staff()
    }

    /// What was typed, for the eye: each field by its name, without what was left empty.
    #[must_use]
    pub fn in_words(&self) -> Vec<(String, &str)> {
        let told =
            |(name, value): &&(String, String)| !value.trim().is_empty() && !name.starts_with("shown") && !SILENT.contains(&name.as_str());
        self.fields.iter().filter(told).map(|(name, value)| (sentence(name.replace(['-', '_'], " ")), value.as_str())).collect()
    }
}

/// Keeps a form whose sign-in has ended: the sign-in page carries it. A file is too much for a page; that it is lost is said.
///
/// # Errors
/// Only what the inner service returns; ours never does.
pub async fn keep_form<B: MessageBody + 'static>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<BoxBody>, Error> {
    let signed_in = request.extensions().get::<Viewer>().is_some();
    let is_ours = request.method() == Method::POST && domain::keeps(request.path());
    if signed_in || !is_ours || json::is_asked(request.headers()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let area = if request.path().starts_with("/clinic") { "/clinic" } else { "/my/today" };
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/") {
        let answer = see_other(&format!("/sign-in?next={area}&done=file-lost")).unwrap_or_else(|error| error.error_response());
        return Ok(request.into_response(answer));
    }
    let fields = request.extract::<Fields>().await;
    let kept = fields.map(|fields| Kept {
        path: request.path().to_owned(),
        fields: fields.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    });
    match kept {
        // Nothing was typed: the plain way to the sign-in page.
        Ok(kept) if kept.fields.is_empty() => Ok(next.call(request).await?.map_into_boxed_body()),
        Ok(kept) => {
            let answer = signed_out(&request, kept, area).unwrap_or_else(|error| error.error_response());
            Ok(request.into_response(answer))
        }
        Err(error) => Ok(request.into_response(error.error_response())),
    }
}

fn signed_out(request: &ServiceRequest, kept: Kept, area: &str) -> crate::web::Answer {
    let house = request.app_data::<web::Data<House>>().ok_or_else(|| AppError::Internal("no House".to_owned()))?;
    let page = Page::public(&house.clone().into_inner(), "/sign-in");
    let fields = Fields::from_pairs([("next", area)]);
    with_status(StatusCode::UNAUTHORIZED, &SignInPage { page, fields, kept: Some(kept), errors: Errors::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let typed = [("done", "left-1"), ("done", "left-2"), ("skip_note", "my back"), ("shown-skip", ""), ("plan", "7")];
        let fields = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let kept = Kept { path: "/my/sets".to_owned(), fields };
        let read = Kept::read(&Fields::from_pairs(kept.on_sign_in())).unwrap();
        assert_eq!(read, kept);
        let words = [("Done".to_owned(), "left-1"), ("Done".to_owned(), "left-2"), ("Skip note".to_owned(), "my back")];
        assert_eq!(read.in_words(), words);
        assert!(read.is_for(Role::Patient) && !read.is_for(Role::Owner));
    }

    #[test]
    fn nothing_is_kept_for_another_place() {
        for path in ["", "/", "/account/password", "https://evil.example/my/sets", "//evil.example/my/", "/my/\\evil", "/mystery"] {
            assert_eq!(Kept::read(&Fields::from_pairs([("kept-path", path)])), None, "{path}");
        }
    }
}
