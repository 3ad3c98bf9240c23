//! What the pages of this room show.

use std::sync::Arc;

use askama::Template;
use chrono::NaiveDateTime;

use super::domain::{About, Act, Deed, Done, NewRequest, Question, Request, TimeOfDay, Waiting, urgency};
use super::letter::{answer_letter, mailto, signature, telephone_link};
use super::{form, trap};
use crate::clock;
use crate::markdown;
use crate::patients::{RED_FLAGS, RedFlag, Urgency};
use crate::text::Letter;
use crate::web::{Errors, Fields, Html, Page};

/// What readers can ask about: the title of an article they can read today, by its slug. The articles stand above this room; the
/// server hands this down.
pub struct Titles(Arc<Find>);

type Find = dyn Fn(&str) -> Option<String> + Send + Sync;

impl Titles {
    /// Finds titles by this.
    pub fn new(find: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(find))
    }

    /// The title of an article; nothing when readers have no such article.
    #[must_use]
    pub fn of(&self, slug: &str) -> Option<String> {
        (self.0)(slug)
    }
}

#[derive(Template)]
#[template(path = "messages/question_form.html")]
pub struct QuestionFormPage {
    pub page: Page,
    /// Slug and title of the article.
    pub about: (String, String),
    pub fields: Fields,
    pub errors: Errors,
    /// The field that stays empty, and the hidden moment.
    pub trap: Trap,
}

/// The two fields that tell programs from people.
pub struct Trap {
    /// Name of the field nobody sees.
    pub bait: &'static str,
    /// Name of the hidden field that says when the form was opened.
    pub name: &'static str,
    /// What it says.
    pub begun: String,
}

impl Trap {
    /// Set for a form that is shown now, for the first time or again.
    pub fn set(fields: &Fields, now: NaiveDateTime) -> Self {
        Self { bait: trap::BAIT, name: trap::BEGUN, begun: trap::begun(fields, now) }
    }
}

impl QuestionFormPage {
    /// How long a question may be, in words.
    pub fn limits(&self) -> String {
        format!("{} to {} characters. Please leave out names and anything that shows who you are.", form::SHORTEST, longest())
    }
}

/// The longest letter, as people write the number.
fn longest() -> String {
    format!("{},{:03}", Letter::LONGEST / 1000, Letter::LONGEST % 1000)
}

#[derive(Template)]
#[template(path = "messages/question_sent.html")]
pub struct QuestionSentPage {
    pub page: Page,
    pub about: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "messages/request_form.html")]
pub struct RequestFormPage {
    pub page: Page,
    pub fields: Fields,
    pub errors: Errors,
    pub trap: Trap,
}

/// Signs with the same urgency.
pub struct Signs {
    pub id: &'static str,
    pub heading: &'static str,
    pub then: &'static str,
    pub flags: Vec<&'static RedFlag>,
}

impl RequestFormPage {
    pub fn groups(&self) -> [Signs; 2] {
        let of = |urgency| RED_FLAGS.iter().filter(|flag| flag.urgency == urgency).collect();
        [
            Signs { id: "emergency", heading: "Emergency", then: "These need help today.", flags: of(Urgency::Emergency) },
            Signs { id: "urgent", heading: "Urgent", then: "These need a doctor within days.", flags: of(Urgency::Urgent) },
        ]
    }

    pub fn times(&self) -> &'static [TimeOfDay] {
        TimeOfDay::ALL
    }

    pub fn none(&self) -> &'static str {
        form::NONE
    }

    pub fn limit(&self) -> String {
        format!("A few words are enough; at most {} characters.", longest())
    }
}

#[derive(Template)]
#[template(path = "messages/request_sent.html")]
pub struct RequestSentPage {
    pub page: Page,
    pub request: NewRequest,
}

impl RequestSentPage {
    pub fn is_emergency(&self) -> bool {
        urgency(&self.request.flags) == Some(Urgency::Emergency)
    }

    pub fn is_urgent(&self) -> bool {
        urgency(&self.request.flags) == Some(Urgency::Urgent)
    }

    /// How the clinic answers: by telephone when there is a number.
    pub fn answer(&self) -> String {
        match (&self.request.telephone, &self.request.email) {
            (Some(telephone), _) => format!("call you on {telephone}"),
            (None, Some(email)) => format!("write to {email}"),
            (None, None) => "get in touch".to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "messages/inbox.html")]
pub struct InboxPage {
    pub page: Page,
    pub requests: Vec<RequestRow>,
    pub questions: Vec<QuestionRow>,
    pub done: Vec<DoneRow>,
    pub errors: Errors,
}

/// A request in the inbox, with the form that settles it.
pub struct RequestRow {
    pub request: Request,
    pub age: String,
    pub fields: Fields,
    pub errors: Errors,
}

impl RequestRow {
    pub fn new(request: Request, now: NaiveDateTime) -> Self {
        Self { age: clock::ago(now - request.at), request, fields: Fields::default(), errors: Errors::default() }
    }

    /// The class of the tag that says how urgent it is, and its words.
    pub fn alarm(&self) -> Option<(&'static str, &'static str, &'static str)> {
        urgency(&self.request.flags).map(|urgency| match urgency {
            Urgency::Emergency => ("flag-emergency", "emergency", "Emergency sign"),
            Urgency::Urgent => ("flag-urgent", "warning", "Urgent sign"),
        })
    }

    pub fn telephone_link(&self) -> String {
        telephone_link(&self.request.telephone)
    }

    pub fn letter(&self, page: &Page) -> String {
        let body = format!("Hello {},\n\n\n\n{}", self.request.name, signature(page));
        mailto(&self.request.email, "Your request for an appointment", &body)
    }

    /// The fields have ids of their own: the page has several such forms.
    pub fn note_id(&self) -> String {
        format!("note-{}", self.request.id)
    }
}

/// A question in the inbox.
pub struct QuestionRow {
    pub question: Question,
    pub age: String,
    pub title: Option<String>,
}

impl QuestionRow {
    pub fn new(question: Question, titles: &Titles, now: NaiveDateTime) -> Self {
        Self { age: clock::ago(now - question.at), title: titles.of(&question.article), question }
    }
}

/// Something that was done, as the inbox lists it.
pub struct DoneRow {
    pub done: Done,
    pub age: String,
    pub title: Option<String>,
    /// A letter with the answer in it, for a reader who wants one.
    pub letter: Option<String>,
}

impl DoneRow {
    pub fn new(done: Done, titles: &Titles, page: &Page) -> Self {
        let (title, letter) = match &done.about {
            About::Request { .. } => (None, None),
            About::Question { question } => {
                let title = titles.of(&question.article);
                let letter = question.last().and_then(|act| answer_letter(question, act, title.as_deref(), page));
                (title, letter)
            }
        };
        Self { age: clock::ago(page.now - done.at), title, letter, done }
    }
}

impl InboxPage {
    /// "1 request and 2 questions wait."
    pub fn in_words(&self) -> String {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let flagged = self.requests.iter().filter(|row| !row.request.flags.is_empty()).count();
        let waiting = Waiting { requests: count(self.requests.len()), flagged: count(flagged), questions: count(self.questions.len()) };
        waiting.in_words().map_or_else(|| "Nothing waits.".to_owned(), |words| format!("{words}."))
    }
}

#[derive(Template)]
#[template(path = "messages/question.html")]
pub struct QuestionPage {
    pub page: Page,
    pub question: Question,
    pub title: Option<String>,
    pub answer: Fields,
    pub other: Fields,
    pub errors: Errors,
    /// The answer as it would look, when that was asked for.
    pub preview: Option<Html>,
}

/// How far a question has come.
pub enum Standing {
    /// Nobody has done anything yet.
    Waits,
    /// The answer is published.
    Published,
    /// The answer was withdrawn.
    Withdrawn,
    /// It was declined.
    Refused,
}

impl QuestionPage {
    /// The page with the answer form filled from what there is.
    pub fn new(page: Page, question: Question, titles: &Titles) -> Self {
        let (wording, words) = question
            .acts
            .iter()
            .rev()
            .find_map(|act| match &act.deed {
                Deed::Answered { wording, words, .. } => Some((wording.clone(), words.clone())),
                _ => None,
            })
            .unwrap_or_else(|| (question.words.clone(), String::new()));
        let answer = Fields::from_pairs([("wording", wording), ("words", words)]);
        let title = titles.of(&question.article);
        Self { page, title, question, answer, other: Fields::default(), errors: Errors::default(), preview: None }
    }

    pub fn standing(&self) -> Standing {
        match self.question.last().map(|act| &act.deed) {
            None => Standing::Waits,
            Some(Deed::Answered { .. }) => Standing::Published,
            Some(Deed::Withdrawn { .. }) => Standing::Withdrawn,
            Some(Deed::Refused { .. }) => Standing::Refused,
        }
    }

    /// The answer on its page. Browsers keep a public page for five minutes; each answer is an address they have not seen.
    pub fn on_page(&self) -> String {
        format!("/articles/{}?answer={}#questions", self.question.article, self.question.acts.len())
    }

    /// The button of the answer form.
    pub fn button(&self) -> &'static str {
        match self.standing() {
            Standing::Published => "Publish the correction",
            _ => "Publish the answer",
        }
    }

    pub fn age(&self) -> String {
        clock::ago(self.page.now - self.question.at)
    }

    /// An act in words, and what was said.
    pub fn history(&self) -> Vec<(&'static str, &Act)> {
        let mut answered = false;
        let words = self.question.acts.iter().map(|act| {
            let words = match act.deed {
                Deed::Answered { .. } if answered => "Answered anew",
                Deed::Answered { .. } => "Answered",
                Deed::Withdrawn { .. } => "Answer withdrawn",
                Deed::Refused { .. } => "Declined",
            };
            answered |= matches!(act.deed, Deed::Answered { .. });
            (words, act)
        });
        words.collect()
    }

    /// An answer as the article shows it.
    pub fn shown(&self, words: &str) -> Html {
        markdown::strict(words)
    }

    /// What may be written, and how it looks.
    pub fn example(&self) -> (&'static str, Html) {
        const EXAMPLE: &str = "An empty line begins a paragraph. *Stress* a word, or make it **strong**.\n\n- one thing\n- another\n\n1. first this\n2. then that";
        (EXAMPLE, markdown::strict(EXAMPLE))
    }

    /// A letter to the reader: with the answer when there is one.
    pub fn letter(&self) -> Option<String> {
        if self.question.email.is_empty() {
            return None;
        }
        let with_answer = self.question.last().and_then(|act| answer_letter(&self.question, act, self.title.as_deref(), &self.page));
        let body = format!("You asked us:\n\n{}\n\n\n\n{}", self.question.words, signature(&self.page));
        with_answer.or_else(|| Some(mailto(&self.question.email, "Your question", &body)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_asked_of_whoever_knows_them() {
        let titles = Titles::new(|slug| (slug == "a").then(|| "A".to_owned()));
        assert_eq!((titles.of("a").as_deref(), titles.of("b")), (Some("A"), None));
        assert_eq!(longest(), "1,000");
    }
}
