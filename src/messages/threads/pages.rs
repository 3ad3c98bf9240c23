//! What the pages of threads show.

use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};

use super::domain::{Kind, Listed, Message, Thread, excerpt};
use crate::clock;
use crate::ids::MessageId;
use crate::markdown;
use crate::patients::Profile;
use crate::text::{Name, Note, Reason};
use crate::web::{Errors, Fields, Html, Page};

/// A thread in a list.
pub struct Row {
    pub listed: Listed,
    /// How long ago its newest message was written.
    pub age: String,
    /// How long the patient has been waiting.
    pub waiting: Option<String>,
    /// The beginning of the newest message.
    pub beginning: String,
}

impl Row {
    pub fn new(listed: Listed, now: NaiveDateTime) -> Self {
        Self {
            age: clock::ago(now - listed.last.at),
            waiting: listed.waits_since.map(|since| so_long(now - since)),
            beginning: excerpt(&listed.last.words),
            listed,
        }
    }

    pub fn all(listed: Vec<Listed>, now: NaiveDateTime) -> Vec<Self> {
        listed.into_iter().map(|listed| Self::new(listed, now)).collect()
    }

    /// Who wrote the newest message, to the patient.
    pub fn writer_to_patient(&self) -> &str {
        if self.listed.last.kind == Kind::Patient { "You" } else { &self.listed.last.name }
    }
}

/// "1 new message", "3 new messages".
fn new_messages(count: i64) -> String {
    if count == 1 { "1 new message".to_owned() } else { format!("{count} new messages") }
}

/// "for 3 days", "since just now".
fn so_long(span: TimeDelta) -> String {
    let ago = clock::ago(span);
    ago.strip_suffix(" ago").map_or_else(|| format!("since {ago}"), |span| format!("for {span}"))
}

/// A message as one side reads it.
pub struct MessageView<'a> {
    pub message: &'a Message,
    /// Whether this side wrote it.
    pub own: bool,
    /// Whether this side sees it for the first time.
    pub new: bool,
    /// Whether it is the newest one.
    pub newest: bool,
    /// The words as they look.
    pub markup: Html,
}

fn views(thread: &Thread, own: impl Fn(Kind) -> bool, read: MessageId) -> Vec<MessageView<'_>> {
    let newest = thread.newest();
    let views = thread.messages.iter().map(|message| MessageView {
        own: own(message.kind),
        new: !own(message.kind) && message.id > read,
        newest: message.id == newest,
        markup: markdown::strict(&message.words),
        message,
    });
    views.collect()
}

/// Longest subject and longest message, in words beside their fields.
fn limits() -> (String, String) {
    let thousands = |number: usize| format!("{},{:03}", number / 1000, number % 1000);
    (
        format!("A few words are enough, like: the stretch on the left. At most {} characters.", Name::LONGEST),
        format!("At most {} characters. An empty line begins a new paragraph.", thousands(Note::LONGEST)),
    )
}

#[derive(Template)]
#[template(path = "messages/threads/mine.html")]
pub struct MinePage {
    pub page: Page,
    pub rows: Vec<Row>,
    pub fields: Fields,
    pub errors: Errors,
}

impl MinePage {
    pub fn limits(&self) -> (String, String) {
        limits()
    }

    /// What waits, in one line.
    pub fn in_words(&self) -> String {
        match self.rows.iter().map(|row| row.listed.unread).sum() {
            0 => "Ask your physio about your plan or an exercise.".to_owned(),
            unread => format!("You have {}.", new_messages(unread)),
        }
    }
}

#[derive(Template)]
#[template(path = "messages/threads/my_thread.html")]
pub struct MyThreadPage {
    pub page: Page,
    pub thread: Thread,
    /// What the patient had read before this page.
    pub read: MessageId,
    pub fields: Fields,
    pub errors: Errors,
}

impl MyThreadPage {
    pub fn messages(&self) -> Vec<MessageView<'_>> {
        views(&self.thread, |kind| kind == Kind::Patient, self.read)
    }

    pub fn limits(&self) -> (String, String) {
        limits()
    }

    pub fn is_closed(&self) -> bool {
        self.thread.closing().is_some()
    }

    /// Who wrote a message, to the patient.
    pub fn writer<'a>(&self, view: &MessageView<'a>) -> &'a str {
        if view.own { "You" } else { &view.message.name }
    }
}

#[derive(Template)]
#[template(path = "messages/threads/all.html")]
pub struct AllPage {
    pub page: Page,
    pub waiting: Vec<Row>,
    pub others: Vec<Row>,
    pub mine: bool,
}

impl AllPage {
    /// "2 conversations wait for an answer, 1 of them is new."
    pub fn in_words(&self) -> String {
        let new = self.waiting.iter().filter(|row| row.listed.unread > 0).count();
        let wait = match self.waiting.len() {
            0 => return "Nothing waits for an answer.".to_owned(),
            1 => "1 conversation waits for an answer".to_owned(),
            count => format!("{count} conversations wait for an answer"),
        };
        match new {
            0 => format!("{wait}."),
            1 => format!("{wait}; nobody has read 1 of them yet."),
            new => format!("{wait}; nobody has read {new} of them yet."),
        }
    }
}

#[derive(Template)]
#[template(path = "messages/threads/of_patient.html")]
pub struct OfPatientPage {
    pub page: Page,
    pub patient: Profile,
    pub rows: Vec<Row>,
    pub fields: Fields,
    pub errors: Errors,
}

impl OfPatientPage {
    pub fn limits(&self) -> (String, String) {
        limits()
    }
}

#[derive(Template)]
#[template(path = "messages/threads/thread.html")]
pub struct ThreadPage {
    pub page: Page,
    pub thread: Thread,
    /// What anybody of the clinic had read before this page.
    pub read: MessageId,
    /// What was typed as an answer.
    pub fields: Fields,
    /// What was typed to close the thread.
    pub close: Fields,
    pub errors: Errors,
}

impl ThreadPage {
    /// The page with its forms as they begin.
    pub fn new(page: Page, thread: Thread, read: MessageId) -> Self {
        let close = Fields::from_pairs([("contact", usual_contact(&page))]);
        Self { page, thread, read, fields: Fields::default(), close, errors: Errors::default() }
    }

    pub fn messages(&self) -> Vec<MessageView<'_>> {
        views(&self.thread, Kind::is_of_clinic, self.read)
    }

    pub fn limits(&self) -> (String, String) {
        limits()
    }

    /// How long the words of a closing may be.
    pub fn contact_hint(&self) -> String {
        format!("Say whom to contact from now on. {} reads it. At most {} characters.", self.thread.name, Reason::LONGEST)
    }

    pub fn is_closed(&self) -> bool {
        self.thread.closing().is_some()
    }

    /// How long the patient has been waiting.
    pub fn waiting(&self) -> Option<String> {
        self.thread.waits_since.map(|since| so_long(self.page.now - since))
    }

    /// Whether the patient has read a message of the clinic, in words.
    pub fn read_words(&self, message: &Message) -> String {
        match self.thread.first_read_by_patient(message.id) {
            Some(at) => format!("Read on {}", self.page.moment(&at)),
            None => "Not read yet".to_owned(),
        }
    }
}

/// What the words of a closing begin with.
fn usual_contact(page: &Page) -> String {
    let telephone = &page.clinic().telephone;
    let call = if telephone.is_empty() { String::new() } else { format!(" or call us on {telephone}") };
    format!("If you need us again, write a new message{call}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_spans_are_said_as_people_say_them() {
        let (subject, words) = limits();
        assert!(subject.ends_with("At most 100 characters.") && words.starts_with("At most 2,000 characters."), "{subject} {words}");
        assert_eq!((so_long(TimeDelta::days(3)).as_str(), so_long(TimeDelta::zero()).as_str()), ("for 3 days", "since just now"));
        assert_eq!((new_messages(1).as_str(), new_messages(2).as_str()), ("1 new message", "2 new messages"));
    }
}
