//! What the queue shows.

use askama::Template;
use chrono::NaiveDate;

use super::domain::Part;
use super::form::Whose;
use super::store::{Counts, Row, Snoozed};
use crate::accounts::Person;
use crate::clock;
use crate::messages::Waiting;
use crate::patients::Profile;
use crate::progress::Light;
use crate::web::{Errors, Fields, Page};

/// Rows of a page.
pub const ROWS: i64 = 50;

#[derive(Template)]
#[template(path = "reviews/queue.html")]
pub struct QueuePage {
    pub page: Page,
    pub rows: Vec<Row>,
    /// The snoozed; on the last page.
    pub snoozed: Vec<Row>,
    pub whose: Whose,
    /// Those whose patients can be shown, without whoever looks.
    pub colleagues: Vec<Person>,
    pub counts: Counts,
    /// Which page this is, from 1.
    pub number: i64,
    /// What people outside wrote and nobody has answered.
    pub inbox: Waiting,
}

fn people(count: i64, one: &str, more: &str) -> String {
    match count {
        0 => format!("Nobody {one}"),
        1 => format!("1 person {one}"),
        count => format!("{count} people {more}"),
    }
}

impl QueuePage {
    /// How many patients there are.
    pub fn total(&self) -> i64 {
        let Counts { waiting, seen, snoozed, well } = self.counts;
        waiting + seen + snoozed + well
    }

    /// "2 people need you; 14 are on track."
    pub fn in_words(&self) -> String {
        let Counts { waiting, seen, snoozed, well } = self.counts;
        if self.total() == 0 {
            return "Nobody is in treatment yet.".to_owned();
        }
        let rest = [(seen, "seen today"), (snoozed, "snoozed")].into_iter().filter(|(count, _)| *count > 0);
        let rest: String = rest.map(|(count, what)| format!("; {count} {what}")).collect();
        let well = match well {
            0 => String::new(),
            1 => "; 1 is on track".to_owned(),
            well => format!("; {well} are on track"),
        };
        format!("{}{rest}{well}.", people(waiting, "needs you", "need you"))
    }

    /// How many pages there are.
    pub fn pages(&self) -> i64 {
        ((self.counts.waiting + self.counts.seen + ROWS - 1) / ROWS).max(1)
    }

    /// "51 to 100 of 130"
    pub fn shown(&self) -> String {
        let (first, count) = ((self.number - 1) * ROWS, i64::try_from(self.rows.len()).unwrap_or(ROWS));
        format!("{} to {} of {}", first + 1, first + count, self.counts.waiting + self.counts.seen)
    }

    /// The name of the colleague whose patients are shown.
    pub fn colleague(&self) -> Option<&str> {
        let Whose::Of(physio) = self.whose else { return None };
        self.colleagues.iter().find(|person| person.id == physio).map(|person| person.name.as_str())
    }

    /// The choice of a colleague's patients.
    pub fn of(&self, person: &Person) -> Whose {
        Whose::Of(person.id)
    }

    /// Whether a colleague's patients are shown.
    pub fn shows(&self, person: &Person) -> bool {
        self.whose == self.of(person)
    }

    /// Whether the rows of a part begin with this row.
    pub fn begins(&self, place: &usize) -> bool {
        let part = |place: usize| self.rows.get(place).map(|row| row.kept.part);
        part(*place) == Some(Part::Seen) && (*place == 0 || part(place - 1) != Some(Part::Seen))
    }

    /// A day as people say it, also one to come.
    pub fn until(&self, day: &NaiveDate) -> String {
        if (*day - self.page.today()).num_days() == 1 { "tomorrow".to_owned() } else { clock::day_and_month(*day) }
    }
}

impl Row {
    /// Where one press leads: to the message that waits, else to the patient.
    pub fn place(&self) -> String {
        match self.kept.thread {
            Some(thread) => format!("/clinic/messages/{thread}#newest"),
            None => format!("/clinic/patients/{}", self.kept.patient),
        }
    }

    /// Whether a light is the reason: silent and new patients have none.
    pub fn has_light(&self) -> bool {
        self.kept.light != Light::Unknown
    }

    /// Whether the row may be told to wait.
    pub fn may_wait(&self) -> bool {
        self.kept.may_wait()
    }

    /// Further reasons: "also: a message waits for an answer; review due".
    pub fn also(&self) -> Option<String> {
        self.kept.also()
    }

    /// What there is to see, for the form that says it was seen.
    pub fn marks(&self) -> String {
        self.kept.marks.join("\n")
    }
}

#[derive(Template)]
#[template(path = "reviews/snooze.html")]
pub struct SnoozePage {
    pub page: Page,
    pub patient: Profile,
    /// Why they are in the queue now.
    pub reasons: Vec<String>,
    /// Whether the queue lets them wait.
    pub may_wait: bool,
    pub before: Vec<Snoozed>,
    /// The queue as it was left.
    pub back: String,
    pub fields: Fields,
    pub errors: Errors,
}

impl SnoozePage {
    /// Days to choose from, with their words.
    pub fn days(&self) -> [(i64, &'static str); 4] {
        [(1, "Tomorrow"), (3, "In 3 days"), (7, "In a week"), (14, "In 2 weeks")]
    }

    /// Until when they are snoozed now.
    pub fn now_until(&self) -> Option<NaiveDate> {
        self.before.first().map(|newest| newest.until).filter(|until| *until > self.page.today())
    }
}
