//! What a thread is, and what may be added to it.

use chrono::{NaiveDateTime, TimeDelta};

use crate::error::Invalid;
use crate::ids::{MessageId, PatientId, PersonId, ThreadId};
use crate::text::words;

/// Within this time the same words of the same person are the same message: a double tap, or a form that was sent again.
pub const TWICE: TimeDelta = TimeDelta::minutes(10);

words! {
    /// What a message is to its thread.
    Kind {
        /// The patient wrote it.
        Patient = "patient", "from the patient";
        /// Somebody of the clinic wrote it.
        Answer = "answer", "from the clinic";
        /// It tells of something that was done at the clinic; it answers nothing.
        Notice = "notice", "from the clinic";
        /// It closes the thread and says whom to contact from now on.
        Closing = "closing", "closed by the clinic";
    }
}

/// A message in a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number; later messages have greater ones.
    pub id: MessageId,
    /// What it is to the thread.
    pub kind: Kind,
    /// The words as they were typed.
    pub words: String,
    /// Who wrote it.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// That somebody has read a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Who.
    pub person: PersonId,
    /// Up to which message.
    pub message: MessageId,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// What a patient and the clinic wrote to each other about one thing.
#[derive(Debug, Clone)]
pub struct Thread {
    /// Its number.
    pub id: ThreadId,
    /// Whose it is.
    pub patient: PatientId,
    /// Their name.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// Since when the patient waits for an answer, in UTC.
    pub waits_since: Option<NaiveDateTime>,
    /// The messages, the first one first; never empty.
    pub messages: Vec<Message>,
    /// Who has read them, the first mark first.
    pub marks: Vec<Mark>,
}

/// A message to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewMessage<'a> {
    /// What it is to the thread.
    pub kind: Kind,
    /// The words.
    pub words: &'a str,
    /// Who writes it.
    pub by: PersonId,
    /// Now, in UTC.
    pub now: NaiveDateTime,
}

/// A thread that waits for an answer of the clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The thread.
    pub thread: ThreadId,
    /// Whose it is.
    pub patient: PatientId,
    /// What it is about.
    pub subject: String,
    /// Since when, in UTC.
    pub since: NaiveDateTime,
    /// Whether nobody of the clinic has opened it yet.
    pub unread: bool,
}

/// A thread in a list, as one side sees it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The thread.
    pub id: ThreadId,
    /// Whose it is.
    pub patient: PatientId,
    /// Their name.
    pub patient_name: String,
    /// Who looks after them.
    pub physio_name: String,
    /// What it is about.
    pub subject: String,
    /// Since when the patient waits for an answer, in UTC.
    pub waits_since: Option<NaiveDateTime>,
    /// How many messages of the other side nobody of this side has read.
    pub unread: i64,
    /// Whether it is closed.
    pub closed: bool,
    /// The newest message.
    pub last: Message,
}

impl Kind {
    /// Whether the patient reads it, and did not write it.
    #[must_use]
    pub fn is_of_clinic(self) -> bool {
        self != Self::Patient
    }
}

impl Thread {
    /// The message that closes the thread; nothing while it is open. A notice changes nothing about that.
    #[must_use]
    pub fn closing(&self) -> Option<&Message> {
        self.messages.iter().rev().find(|message| message.kind != Kind::Notice).filter(|message| message.kind == Kind::Closing)
    }

    /// The number of the newest message.
    #[must_use]
    pub fn newest(&self) -> MessageId {
        self.messages.last().map_or(MessageId(0), |message| message.id)
    }

    /// Up to which message the patient has read.
    #[must_use]
    pub fn read_by_patient(&self) -> MessageId {
        self.read_up_to(|person| person == self.patient.into())
    }

    /// Up to which message anybody of the clinic has read.
    #[must_use]
    pub fn read_by_clinic(&self) -> MessageId {
        self.read_up_to(|person| person != self.patient.into())
    }

    fn read_up_to(&self, who: impl Fn(PersonId) -> bool) -> MessageId {
        self.marks.iter().filter(|mark| who(mark.person)).map(|mark| mark.message).max().unwrap_or(MessageId(0))
    }

    /// How many messages of the clinic the patient has not read.
    #[must_use]
    pub fn unread_by_patient(&self) -> i64 {
        let read = self.read_by_patient();
        let unread = self.messages.iter().filter(|message| message.kind.is_of_clinic() && message.id > read);
        unread.fold(0, |count, _| count + 1)
    }

    /// When the patient first had this message before them.
    #[must_use]
    pub fn first_read_by_patient(&self, message: MessageId) -> Option<NaiveDateTime> {
        let marks = self.marks.iter().filter(|mark| mark.person == self.patient.into() && mark.message >= message);
        marks.map(|mark| mark.at).min()
    }

    /// Whether a message is to be kept: not when the same person has just written the same. `seen` is the newest message the writer
    /// had before them.
    ///
    /// # Errors
    /// [`Invalid`] on `field` when a patient writes into a closed thread, or when somebody of the clinic has not seen what was
    /// written meanwhile.
    pub fn takes(&self, new: &NewMessage<'_>, seen: MessageId, field: &str) -> Result<bool, Invalid> {
        let same = |known: &&Message| (known.kind, known.by, known.words.as_str()) == (new.kind, new.by, new.words);
        if self.messages.iter().any(|known| same(&known) && new.now - known.at < TWICE) {
            return Ok(false);
        }
        if new.kind == Kind::Patient {
            return match self.closing() {
                Some(_) => Err(Invalid::one(field, "This conversation was closed. Your words are still here: send them as a new message")),
                None => Ok(true),
            };
        }
        let unseen = self.messages.iter().rev().find(|known| known.id > seen && known.by != new.by && known.kind != Kind::Notice);
        match unseen {
            Some(unseen) => Err(Invalid::one(
                field,
                format!("{} wrote before you. Read it above; your words are still here: send them if they still fit", unseen.name),
            )),
            None => Ok(true),
        }
    }
}

/// The beginning of a message on one line.
#[must_use]
pub fn excerpt(words: &str) -> String {
    const LONGEST: usize = 140;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        None => line,
        Some((end, _)) => {
            let cut = line.get(..end).unwrap_or_default();
            format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: PersonId = PersonId(1);
    const CLEO: PersonId = PersonId(2);
    const DAN: PersonId = PersonId(3);

    fn after(minutes: i64) -> NaiveDateTime {
        NaiveDateTime::default() + TimeDelta::minutes(minutes)
    }

    fn message(id: i64, kind: Kind, by: PersonId, words: &str) -> Message {
        Message { id: MessageId(id), kind, words: words.to_owned(), by, name: format!("Number {}", by.0), at: after(id) }
    }

    fn thread(messages: Vec<Message>) -> Thread {
        let (name, subject) = ("Ann".to_owned(), "Stairs".to_owned());
        Thread { id: ThreadId(1), patient: PatientId(1), name, subject, waits_since: None, messages, marks: Vec::new() }
    }

    fn takes(thread: &Thread, kind: Kind, by: PersonId, words: &str, minutes: i64, seen: i64) -> Result<bool, Invalid> {
        thread.takes(&NewMessage { kind, words, by, now: after(minutes) }, MessageId(seen), "words")
    }

    #[test]
    fn the_same_words_are_once_within_minutes() {
        let asked = thread(vec![message(1, Kind::Patient, ANN, "May I climb?")]);
        assert_eq!(takes(&asked, Kind::Patient, ANN, "May I climb?", 2, 0), Ok(false));
        assert_eq!(takes(&asked, Kind::Patient, ANN, "May I climb?", 11, 0), Ok(true), "asked again, after ten minutes");
        assert_eq!(takes(&asked, Kind::Patient, ANN, "May I run?", 2, 0), Ok(true));
        assert_eq!(takes(&asked, Kind::Answer, CLEO, "May I climb?", 2, 1), Ok(true), "another person's words");
    }

    #[test]
    fn who_answers_has_seen_what_was_written() {
        let mut asked = thread(vec![message(1, Kind::Patient, ANN, "May I climb?"), message(2, Kind::Answer, DAN, "Yes.")]);
        let refused = takes(&asked, Kind::Answer, CLEO, "No.", 5, 1).unwrap_err();
        assert!(refused.of("words").unwrap().starts_with("Number 3 wrote before you"), "{refused}");
        assert!(takes(&asked, Kind::Closing, CLEO, "Call us.", 5, 1).is_err());
        assert_eq!(takes(&asked, Kind::Answer, DAN, "And slowly.", 5, 1), Ok(true), "one's own words are known");
        assert_eq!(takes(&asked, Kind::Answer, CLEO, "No.", 5, 2), Ok(true));
        assert_eq!(takes(&asked, Kind::Patient, ANN, "Thank you", 5, 1), Ok(true), "a patient is never held up");
        asked.messages.push(message(3, Kind::Notice, DAN, "Version 2"));
        assert_eq!(takes(&asked, Kind::Answer, CLEO, "No.", 5, 2), Ok(true), "a notice asks for nothing");
    }

    #[test]
    fn a_closed_thread_takes_answers_and_no_questions() {
        let mut closed = thread(vec![message(1, Kind::Patient, ANN, "Bye"), message(2, Kind::Closing, CLEO, "Call us.")]);
        assert_eq!(closed.closing().map(|message| message.id), Some(MessageId(2)));
        assert!(takes(&closed, Kind::Patient, ANN, "One more thing", 5, 2).unwrap_err().of("words").is_some());
        assert_eq!(takes(&closed, Kind::Answer, CLEO, "One more thing", 5, 2), Ok(true));
        closed.messages.push(message(3, Kind::Notice, DAN, "Version 2"));
        assert!(closed.closing().is_some(), "a notice opens nothing");
        closed.messages.push(message(4, Kind::Answer, DAN, "I have it."));
        assert_eq!(closed.closing(), None);
    }

    #[test]
    fn each_side_reads_the_others_messages() {
        let said = [(1, Kind::Patient, ANN), (2, Kind::Answer, CLEO), (3, Kind::Notice, DAN)];
        let mut thread = thread(said.into_iter().map(|(id, kind, by)| message(id, kind, by, "words")).collect());
        assert_eq!((thread.unread_by_patient(), thread.read_by_clinic()), (2, MessageId(0)));
        thread.marks.push(Mark { person: CLEO, message: MessageId(1), at: after(5) });
        thread.marks.push(Mark { person: ANN, message: MessageId(2), at: after(6) });
        assert_eq!((thread.unread_by_patient(), thread.read_by_clinic()), (1, MessageId(1)));
        thread.marks.push(Mark { person: ANN, message: MessageId(3), at: after(9) });
        assert_eq!((thread.unread_by_patient(), thread.read_by_patient()), (0, MessageId(3)));
        assert_eq!(thread.first_read_by_patient(MessageId(2)), Some(after(6)));
        assert_eq!(thread.first_read_by_patient(MessageId(4)), None);
    }

    #[test]
    fn a_beginning_ends_between_words() {
        assert_eq!(excerpt(" one\n\ntwo "), "one two");
        let long = excerpt(&"hip ".repeat(60));
        assert!(long.ends_with("hip…") && long.chars().count() <= 141, "{long}");
        assert_eq!(excerpt(&"ü".repeat(200)).chars().count(), 141);
    }
}
