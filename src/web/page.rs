//! What every page knows, and how an answer is made from a template.

use std::fmt;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use url::Url;

use super::{Assets, Trail, Viewer};
use crate::clock::{self, Clock};
use crate::config::Clinic;
use crate::error::{AppError, Invalid};

/// What a handler gives back.
pub type Answer = Result<HttpResponse, AppError>;

/// What all pages of one running clinic share.
#[derive(Clone)]
pub struct House {
    /// The clinic's identity.
    pub clinic: Clinic,
    /// The clinic's clock.
    pub clock: Clock,
    /// Where people reach the site.
    pub base_url: Url,
    /// The static files and their hashed names.
    pub assets: Assets,
}

impl House {
    /// Whether people reach the site by https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

/// What one page knows besides its own content.
#[derive(Clone)]
pub struct Page {
    house: Arc<House>,
    /// Who is looking; nobody on public pages, which are the same for all.
    pub viewer: Option<Viewer>,
    /// The path asked for.
    pub path: String,
    /// Now, in UTC.
    pub now: NaiveDateTime,
    /// What has just been done, to be said once on the page after a redirect.
    pub notice: Option<&'static str>,
}

/// What a redirect may say on the next page: key in the address, words on the page.
const NOTICES: &[(&str, &str)] = &[
    ("saved", "Saved."),
    ("sets", "Saved. Well done for keeping your diary."),
    ("felt", "Saved. Thank you for saying how it went."),
    ("check-in", "Thank you. Your morning check-in is saved."),
    ("run", "Your run is saved. Tomorrow morning we ask how your hip is."),
    ("ladder", "It is recorded. The patient's ladder follows it."),
    ("readiness", "Your finding is recorded."),
    ("patient", "The patient is added. Next: the screening questions."),
    ("screened", "The screening is saved."),
    ("assessed", "The assessment is saved. The plan's warnings follow it."),
    ("cleared", "The clearance is recorded."),
    ("measured", "The result is saved."),
    ("experiment", "The experiment is begun. The patient sees what to do first."),
    ("reading", "Saved."),
    ("pair", "The pair is chosen. The plan changes when you put it in and publish."),
    ("experiment-ended", "The experiment is ended. What it found stays."),
    ("struck", "Struck out. It stays to be read, and counts no more."),
    ("bone-stress", "What you found is recorded with your name."),
    ("activity", "Added. Say now how well it goes."),
    ("scored", "The score is saved."),
    ("activity-ended", "It is not scored any more. Its scores stay."),
    ("felt-change", "Saved. Thank you for saying how things are."),
    ("paper-score", "The score is saved."),
    ("told", "Thank you. Your physio will read it and answer here."),
    ("replied", "Your answer is kept. The patient reads it on their plan."),
    ("published", "The new version is published. The patient sees it from now on."),
    ("proposal-taken", "Done. The patient sees it from now on, and has been told where the plan changed."),
    ("proposal-in-draft", "The proposal is in the draft. Change what you like, then publish it."),
    ("proposal-dismissed", "Dismissed. It comes back on new evidence only."),
    ("criterion-confirmed", "Your word about it is recorded."),
    ("added", "The exercise is in the draft."),
    ("added-usual", "The exercise is in the draft, with your usual dose."),
    ("removed", "Removed from the draft."),
    ("programme", "The programme is made. It is yours until you share it."),
    ("programme-copied", "Here is your copy, to be changed. It is yours until you share it."),
    ("programme-put", "The programme is in the draft. Nothing that was there has changed."),
    ("programme-away", "The programme is put away. Plans keep what they took."),
    ("programme-back", "The programme is back in the list."),
    ("overridden", "The exercise stays, and your reason is recorded."),
    ("copied", "Copied."),
    ("undone", "Taken back. The draft is as it was before that step."),
    ("exercise", "Saved. The exercise is in the library for everyone at the clinic."),
    ("archived", "The exercise is put away. Plans that have it keep it; nobody finds it any more."),
    ("restored", "The exercise is back in the library."),
    ("usual-dose", "Saved. The builder begins with this dose when you add the exercise."),
    ("no-usual-dose", "You have no usual dose of this exercise any more."),
    ("state", "The plan's state is changed and recorded."),
    ("phase", "The patient's phase is changed and recorded."),
    ("settled", "The request is settled. Your note is kept with it."),
    ("answered", "The answer is published. The article shows it from now on."),
    ("declined", "The question is declined. It will not be published."),
    ("withdrawn", "The answer is withdrawn. The article does not show it any more."),
    ("message-sent", "Your message is sent."),
    ("message-answered", "Your answer is sent. The patient sees it as a new message."),
    ("conversation-closed", "The conversation is closed. The patient reads whom to contact from now on."),
    ("medium", "It is kept. Look at it below."),
    ("medium-removed", "It is removed, and so is its file."),
    ("file-lost", "You were signed out before your file arrived. Sign in, and choose it once more."),
    ("reviewed", "The review is kept. What the patient was to read is on its way to them."),
    ("note", "The draft is kept. Sign it when it is whole."),
    ("signed", "The note is signed. What comes later is added below it."),
    ("addendum", "Added below the note."),
    ("goal", "The goal is set. The patient sees it on the page of their progress."),
    ("goal-ended", "The goal is ended, and stays in the record."),
    ("seen", "Noted. Until something new comes, the patient stands at the end of today’s queue."),
    ("snoozed", "The patient is out of the queue until that day. A red flag, a stop or a red light brings them back at once."),
    ("woken", "The patient is back in the queue."),
    ("queue-done", "That was the last one: nobody else waits."),
    ("signed-out", "You are signed out."),
    ("signed-out-everywhere", "You are signed out on all devices."),
    ("welcome", "Your password is set and you are signed in."),
];

impl Page {
    /// A page for nobody in particular at `path`.
    #[must_use]
    pub fn public(house: &Arc<House>, path: &str) -> Self {
        Self { house: Arc::clone(house), viewer: None, path: path.to_owned(), now: house.clock.now(), notice: None }
    }

    /// The page a request asks for, looked at by its viewer.
    #[must_use]
    pub fn of(request: &HttpRequest, house: &Arc<House>) -> Self {
        let notice = request.uri().query().and_then(|query| {
            let (_, key) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
            NOTICES.iter().find(|(known, _)| *known == key).map(|(_, words)| *words)
        });
        let viewer = request.extensions().get::<Viewer>().cloned();
        Self { viewer, notice, ..Self::public(house, request.path()) }
    }

    /// How many messages wait for whoever looks: a patient's unread ones, or the conversations the clinic has not answered.
    #[must_use]
    pub fn messages(&self) -> i64 {
        self.viewer.as_ref().map_or(0, |viewer| viewer.messages)
    }

    /// The clinic's identity.
    #[must_use]
    pub fn clinic(&self) -> &Clinic {
        &self.house.clinic
    }

    /// The clinic's clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.house.clock
    }

    /// Today at the clinic.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.house.clock.day_of(self.now)
    }

    /// The address of a static file, with its hash.
    #[must_use]
    pub fn asset(&self, name: &str) -> &str {
        self.house.assets.url(name)
    }

    /// The full address of a path of this site.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.house.base_url.as_str().trim_end_matches('/'))
    }

    /// `true` when this page is `path` or lies below it.
    #[must_use]
    pub fn is_in(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The way from the home page to this one, to be told step by step.
    #[must_use]
    pub fn trail(&self) -> Trail {
        Trail::of(self)
    }

    /// A day written out: "Tuesday 24 November 2026".
    #[must_use]
    pub fn long_day(&self, day: &NaiveDate) -> String {
        clock::long_day(*day)
    }

    /// A day as people say it: "today", "yesterday" or "Tuesday 24 November".
    #[must_use]
    pub fn day(&self, day: &NaiveDate) -> String {
        match (self.today() - *day).num_days() {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            _ => clock::day_and_month(*day),
        }
    }

    /// A day to come as people say it: "today", "tomorrow" or "on Tuesday 24 November".
    #[must_use]
    pub fn next_day(&self, day: &NaiveDate) -> String {
        match (*day - self.today()).num_days() {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            _ => format!("on {}", clock::day_and_month(*day)),
        }
    }

    /// A date without its weekday: "24 November 2026".
    #[must_use]
    pub fn date(&self, day: &NaiveDate) -> String {
        clock::date(*day)
    }

    /// The day of a moment at the clinic, with its time: "24 November 2026, 09:30".
    #[must_use]
    pub fn moment(&self, moment: &NaiveDateTime) -> String {
        self.house.clock.local(*moment).format("%-d %B %Y, %H:%M").to_string()
    }
}

impl FromRequest for Page {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match request.app_data::<web::Data<House>>() {
            Some(house) => Ok(Self::of(request, &house.clone().into_inner())),
            None => Err(AppError::Internal("the server was put together without its House".to_owned())),
        })
    }
}

/// Markup made by this program, which goes into a page as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Takes markup over. What people typed must have gone through [`crate::markdown`] or been escaped before.
    #[must_use]
    pub fn trusted(markup: String) -> Self {
        Self(markup)
    }

    /// Data for a `<script type="application/ld+json">`, which no text in it can end.
    #[must_use]
    pub fn json(value: &serde_json::Value) -> Self {
        Self(value.to_string().replace('<', "\\u003c"))
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// What is wrong with a form, as its page shows it: nothing, or a summary and words beside the fields.
#[derive(Debug, Clone, Default)]
pub struct Errors(pub Invalid);

impl Errors {
    /// Whether there is anything to show.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// The words beside one field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.of(field)
    }

    /// Field and words, in the order of the form, for the summary.
    #[must_use]
    pub fn all(&self) -> Vec<(&str, &str)> {
        self.0.iter().collect()
    }
}

/// 200 and a page.
///
/// # Errors
/// [`AppError::Internal`] when the template cannot be rendered.
pub fn html(template: &impl Template) -> Answer {
    with_status(StatusCode::OK, template)
}

/// 422 and the same page with what was typed, the errors beside it.
///
/// # Errors
/// [`AppError::Internal`] when the template cannot be rendered.
pub fn refused(template: &impl Template) -> Answer {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// The page with a status of its own.
///
/// # Errors
/// [`AppError::Internal`] when the template cannot be rendered.
pub fn with_status(status: StatusCode, template: &impl Template) -> Answer {
    let body = template.render().map_err(|error| AppError::Internal(format!("template: {error}")))?;
    Ok(HttpResponse::build(status).insert_header((header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))).body(body))
}

/// 303 to a path of this site: the answer to every form that was taken.
///
/// # Errors
/// None; the type is a handler's.
pub fn see_other(path: &str) -> Answer {
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::NOTICES;

    #[test]
    fn each_notice_has_a_key_of_its_own() {
        let keys: BTreeSet<&str> = NOTICES.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys.len(), NOTICES.len(), "two rooms say different things under one key");
    }
}
