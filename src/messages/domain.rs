//! What is asked, and what is answered.

use chrono::NaiveDateTime;

use crate::error::Invalid;
use crate::ids::{AnswerId, PersonId, QuestionId, RequestId};
use crate::patients::{RedFlag, Urgency};
use crate::text::{Email, Letter, Name, Note, Reason, Telephone, words};

/// A reader's question as it is published, without a name, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Slug of the article it was asked about.
    pub article: String,
    /// The question as it is published.
    pub question: String,
    /// The answer, as it was typed.
    pub words: String,
    /// When it was answered, in UTC.
    pub at: NaiveDateTime,
}

/// A question a reader sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// Slug of the article it is about.
    pub article: String,
    /// The question.
    pub words: Letter,
    /// Where the answer is to be sent, if the reader wants it.
    pub email: Option<Email>,
}

/// A question as it came, with all that was done about it.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its number.
    pub id: QuestionId,
    /// Slug of the article it is about.
    pub article: String,
    /// The question.
    pub words: String,
    /// Where the answer is to be sent; empty when the reader did not say, or when it has been deleted.
    pub email: String,
    /// When it was asked, in UTC.
    pub at: NaiveDateTime,
    /// What was done, the first thing first.
    pub acts: Vec<Act>,
}

/// Something that was done about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Who did it.
    pub by: String,
    /// What.
    pub deed: Deed,
}

/// What can be done about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Answered, or the answer corrected.
    Answered {
        /// Number of the answer.
        answer: AnswerId,
        /// The question as it is published.
        wording: String,
        /// The answer.
        words: String,
    },
    /// The answer is not shown any more.
    Withdrawn {
        /// Why.
        reason: String,
    },
    /// Not published.
    Refused {
        /// Why.
        reason: String,
    },
}

/// An answer a physio writes, or a correction.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// The question as it is to be published.
    pub wording: Letter,
    /// The answer; never empty.
    pub words: Note,
    /// How many acts the writer knew of.
    pub seen: usize,
}

impl Question {
    /// What was done last; nothing while the question waits.
    #[must_use]
    pub fn last(&self) -> Option<&Act> {
        self.acts.last()
    }

    /// Whether an answer is to be kept: not when it is there already, word by word.
    ///
    /// # Errors
    /// [`Invalid`] on `words` when somebody else did something about the question meanwhile.
    pub fn takes(&self, new: &NewAnswer) -> Result<bool, Invalid> {
        if let Some(Act { deed: Deed::Answered { wording, words, .. }, .. }) = self.last()
            && (wording.as_str(), words.as_str()) == (new.wording.as_str(), new.words.as_str())
        {
            return Ok(false);
        }
        match self.last() {
            Some(last) if self.acts.len() != new.seen => Err(Invalid::one("words", meanwhile(last))),
            _ => Ok(true),
        }
    }

    /// Whether a refusal is to be kept: not when it is there already.
    ///
    /// # Errors
    /// [`Invalid`] on `reason` when something was done about the question before.
    pub fn takes_refusal(&self, why: &Reason) -> Result<bool, Invalid> {
        match self.last() {
            None => Ok(true),
            Some(Act { deed: Deed::Refused { reason }, .. }) if reason == why.as_str() => Ok(false),
            Some(last) => Err(Invalid::one("reason", meanwhile(last))),
        }
    }

    /// The answer to be withdrawn; nothing when that has been done already.
    ///
    /// # Errors
    /// [`Invalid`] on `reason` when there is no answer, or when it is not the one the physio had read.
    pub fn takes_withdrawal(&self, why: &Reason, seen: usize) -> Result<Option<AnswerId>, Invalid> {
        match self.last() {
            Some(Act { deed: Deed::Withdrawn { reason }, .. }) if reason == why.as_str() => Ok(None),
            Some(Act { deed: Deed::Answered { answer, .. }, .. }) if self.acts.len() == seen => Ok(Some(*answer)),
            Some(last) => Err(Invalid::one("reason", meanwhile(last))),
            None => Err(Invalid::one("reason", "There is no answer to withdraw")),
        }
    }
}

fn meanwhile(last: &Act) -> String {
    let did = match last.deed {
        Deed::Answered { .. } => "answered this question",
        Deed::Withdrawn { .. } => "withdrew the answer",
        Deed::Refused { .. } => "declined this question",
    };
    format!("{} {did} before you. What you typed is still here: read what is there, then send yours if it is still needed", last.by)
}

words! {
    /// When in the day somebody can come.
    TimeOfDay {
        /// Before eleven.
        Morning = "morning", "in the morning";
        /// Around noon.
        Midday = "midday", "around midday";
        /// After two.
        Afternoon = "afternoon", "in the afternoon";
        /// After five.
        Evening = "evening", "in the evening";
    }
}

/// A wish for an appointment, as it is sent.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Who asks.
    pub name: Name,
    /// Where they can be called; this or `email` is there.
    pub telephone: Option<Telephone>,
    /// Where they can be written to.
    pub email: Option<Email>,
    /// What it is about.
    pub about: Letter,
    /// When they can come, in words.
    pub times: String,
    /// The red flags they ticked.
    pub flags: Vec<&'static RedFlag>,
}

/// A wish for an appointment in the inbox.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// Who asks.
    pub name: String,
    /// Where they can be called; may be empty.
    pub telephone: String,
    /// Where they can be written to; may be empty.
    pub email: String,
    /// What it is about.
    pub about: String,
    /// When they can come.
    pub times: String,
    /// The red flags they ticked.
    pub flags: Vec<&'static RedFlag>,
    /// When it came, in UTC.
    pub at: NaiveDateTime,
    /// How it was settled: when (UTC), by whom, and their note; the first note first.
    pub replies: Vec<(NaiveDateTime, String, String)>,
}

/// The most pressing of some flags.
#[must_use]
pub fn urgency(flags: &[&'static RedFlag]) -> Option<Urgency> {
    flags.iter().map(|flag| flag.urgency).min()
}

impl Request {
    /// The place in the inbox: emergencies, then what is urgent, then the oldest.
    #[must_use]
    pub fn rank(&self) -> (u8, NaiveDateTime, RequestId) {
        let place = match urgency(&self.flags) {
            Some(Urgency::Emergency) => 0,
            Some(Urgency::Urgent) => 1,
            None => 2,
        };
        (place, self.at, self.id)
    }

    /// Whether a note is to be kept: not when it is there already.
    ///
    /// # Errors
    /// [`Invalid`] on `note` when somebody else has settled the request meanwhile; `seen` is how many notes the writer knew of.
    pub fn takes(&self, note: &Reason, seen: usize) -> Result<bool, Invalid> {
        match self.replies.last() {
            Some((_, _, last)) if last == note.as_str() => Ok(false),
            Some((_, by, last)) if self.replies.len() != seen => {
                let words = format!("{by} has settled this request: “{last}”. Your note is still here; send it if it adds something");
                Err(Invalid::one("note", words))
            }
            _ => Ok(true),
        }
    }
}

/// What waits in the inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Requests for an appointment.
    pub requests: i64,
    /// Those of them with a red flag.
    pub flagged: i64,
    /// Readers' questions.
    pub questions: i64,
}

impl Waiting {
    /// "1 request and 2 questions wait"; nothing when nothing does.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let count = |number: i64, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        let wait = if self.requests + self.questions == 1 { "waits" } else { "wait" };
        match (self.requests, self.questions) {
            (0, 0) => None,
            (requests, 0) => Some(format!("{} {wait}", count(requests, "request"))),
            (0, questions) => Some(format!("{} {wait}", count(questions, "question"))),
            (requests, questions) => Some(format!("{} and {} {wait}", count(requests, "request"), count(questions, "question"))),
        }
    }
}

/// Something that was done lately, as the inbox lists it.
#[derive(Debug, Clone)]
pub struct Done {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Who did it.
    pub by: String,
    /// About what.
    pub about: About,
}

/// What something was done about.
#[derive(Debug, Clone)]
pub enum About {
    /// A request was settled.
    Request {
        /// The request, with this reply alone.
        request: Request,
    },
    /// A question was answered, declined, or its answer withdrawn.
    Question {
        /// The question, with this act alone.
        question: Question,
    },
}

/// Who writes, as rows keep it.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    /// The physio.
    pub by: PersonId,
    /// Now, in UTC.
    pub now: NaiveDateTime,
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::patients::flags_by_key;

    fn act(by: &str, deed: Deed) -> Act {
        Act { at: NaiveDateTime::default(), by: by.to_owned(), deed }
    }

    fn answered(words: &str) -> Deed {
        Deed::Answered { answer: AnswerId(7), wording: "May I run with it?".to_owned(), words: words.to_owned() }
    }

    fn question(acts: Vec<Act>) -> Question {
        let words = "Can I run?".to_owned();
        Question { id: QuestionId(1), article: String::new(), words, email: String::new(), at: NaiveDateTime::default(), acts }
    }

    fn new(words: &str, seen: usize) -> NewAnswer {
        NewAnswer { wording: Letter::parse("May I run with it?", 1, "").unwrap(), words: Note::parse(words).unwrap(), seen }
    }

    #[test]
    fn the_second_answer_is_told_of_the_first_and_the_same_is_once() {
        assert_eq!(question(Vec::new()).takes(&new("Yes.", 0)), Ok(true));
        let taken = question(vec![act("Dan", answered("Yes."))]);
        assert_eq!(taken.takes(&new("Yes.", 0)), Ok(false));
        assert!(taken.takes(&new("No.", 0)).unwrap_err().of("words").unwrap().starts_with("Dan answered this question before you"));
        assert_eq!(taken.takes(&new("No.", 1)), Ok(true), "a correction by one who has read it");
    }

    #[test]
    fn only_what_waits_is_refused_and_only_what_was_read_is_withdrawn() {
        let why = Reason::parse("Asks about a person", "").unwrap();
        let other = Reason::parse("Another", "").unwrap();
        assert_eq!(question(Vec::new()).takes_refusal(&why), Ok(true));
        let refused = question(vec![act("Dan", Deed::Refused { reason: "Asks about a person".to_owned() })]);
        assert_eq!(refused.takes_refusal(&why), Ok(false));
        assert!(refused.takes_refusal(&other).is_err());
        assert_eq!(refused.takes(&new("After all.", 1)), Ok(true));
        assert!(refused.takes_withdrawal(&why, 1).is_err() && question(Vec::new()).takes_withdrawal(&why, 0).is_err());
        let given = question(vec![act("Dan", answered("Yes."))]);
        assert_eq!(given.takes_withdrawal(&why, 1), Ok(Some(AnswerId(7))));
        assert!(given.takes_withdrawal(&why, 0).is_err(), "a correction nobody has read");
        assert!(given.takes_refusal(&why).is_err());
    }

    #[test]
    fn the_inbox_is_in_order_of_need_then_of_age() {
        let request = |id: i64, keys: &str, hours: i64| Request {
            id: RequestId(id),
            name: String::new(),
            telephone: String::new(),
            email: String::new(),
            about: String::new(),
            times: String::new(),
            flags: flags_by_key(keys),
            at: NaiveDateTime::default() + TimeDelta::hours(hours),
            replies: Vec::new(),
        };
        let mut inbox = [request(1, "", 1), request(2, "RF8", 3), request(3, "RF8 RF1", 4), request(4, "", 0), request(5, "RF9", 2)];
        inbox.sort_by_key(Request::rank);
        assert_eq!(inbox.map(|request| request.id.0), [3, 5, 2, 4, 1]);
    }

    #[test]
    fn what_waits_is_counted_in_words() {
        let words = |requests, questions| Waiting { requests, flagged: 0, questions }.in_words();
        assert_eq!(words(0, 0), None);
        assert_eq!(words(1, 0).as_deref(), Some("1 request waits"));
        assert_eq!(words(0, 2).as_deref(), Some("2 questions wait"));
        assert_eq!(words(1, 2).as_deref(), Some("1 request and 2 questions wait"));
    }
}
