//! Why a patient needs someone, in order of need.

use chrono::NaiveDate;

use crate::clock;
use crate::ids::ThreadId;
use crate::messages::threads::Waiting;
use crate::patients::Screening;
use crate::plans::requests::Request;
use crate::plans::{State, Status};
use crate::progress::{Light, Reading};

/// Days without an entry after which a patient with a running plan counts as silent.
const SILENT_AFTER: i64 = 7;
/// Days a light counts as news.
const RECENT: i64 = 7;

/// What is known about one patient this morning.
pub struct Situation {
    /// Red flags and reports nobody has cleared.
    pub open: Vec<Screening>,
    /// What their plan is, if they ever had one.
    pub status: Option<Status>,
    /// What they ask to be otherwise in their plan, the oldest first.
    pub asks: Vec<Request>,
    /// The lights of the last two weeks, oldest first.
    pub readings: Vec<Reading>,
    /// The last day they entered anything.
    pub last_entry: Option<NaiveDate>,
    /// Whether they have chosen a password.
    pub has_account: bool,
    /// The day the plan got its present state.
    pub since: Option<NaiveDate>,
    /// Their messages that wait for an answer, each with the day since when; the longest first.
    pub messages: Vec<(NaiveDate, Waiting)>,
}

/// Why a patient is in the queue; the smaller the rank, the sooner they are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The place of this kind of need in the queue.
    pub rank: u8,
    /// The light beside it.
    pub light: Light,
    /// The reason in words.
    pub reason: String,
    /// The numbers that prove it.
    pub proof: String,
    /// The conversation it is about.
    pub thread: Option<ThreadId>,
}

impl Situation {
    /// The first reason to look at this patient, if there is one.
    #[must_use]
    pub fn need(&self, today: NaiveDate) -> Option<Need> {
        let need = |rank, light, reason: &str, proof: String| Some(Need { rank, light, reason: reason.to_owned(), proof, thread: None });
        if let Some(report) = self.open.first() {
            let reason = match (report.flags.is_empty(), report.contraindications.is_empty(), report.reported) {
                (true, false, _) => "A contra-indication from the screening is open",
                (true, true, _) => "Says that something is wrong",
                (false, _, true) => "Reported a red flag",
                (false, _, false) => "A red flag from the screening is open",
            };
            let rank = u8::from(!report.is_emergency());
            return need(rank, Light::Stop, reason, report.in_words());
        }
        let before = self.light_need(today).or_else(|| self.message_need(today)).or_else(|| self.ask_need());
        if let Some(before) = before.or_else(|| self.silence_need(today)) {
            return Some(before);
        }
        let running = self.is_running();
        match &self.status {
            None if !self.has_account => need(10, Light::Unknown, "New: no plan and no password yet", String::new()),
            None => need(10, Light::Unknown, "New: no plan yet", String::new()),
            Some(status) if status.state == State::Paused => need(8, Light::Unknown, "The plan is paused", status.reason.clone()),
            Some(_) if running && !self.has_account => {
                need(11, Light::Unknown, "Has a plan and no password yet", "send a new invitation link".to_owned())
            }
            _ => None,
        }
    }

    fn is_running(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.state == State::Running)
    }

    /// What the lights of the last days say.
    fn light_need(&self, today: NaiveDate) -> Option<Need> {
        if !self.is_running() {
            return None;
        }
        let recent: Vec<&Reading> = self.readings.iter().filter(|reading| (today - reading.day).num_days() <= RECENT).collect();
        let reds = recent.iter().filter(|reading| reading.light == Light::Red).count();
        let need = |rank, light, reason: String, proof: &str| Some(Need { rank, light, reason, proof: proof.to_owned(), thread: None });
        if let Some(stop) = recent.iter().rev().find(|reading| reading.light == Light::Stop) {
            return need(2, Light::Stop, "Pain in the night".to_owned(), &stop.because);
        }
        if let Some(red) = recent.iter().rev().find(|reading| reading.light == Light::Red) {
            let (rank, reason) =
                if reds > 1 { (3, format!("{reds} red lights in 7 days")) } else { (4, "The last days were too much".to_owned()) };
            return need(rank, Light::Red, reason, &red.because);
        }
        let holds = recent.iter().filter(|reading| matches!(reading.light, Light::Hold | Light::Amber)).count();
        if let Some(last) = recent.iter().rev().find(|reading| matches!(reading.light, Light::Hold | Light::Amber)).filter(|_| holds > 1) {
            return need(5, last.light, format!("Unsettled: {holds} amber or hold lights in 7 days"), &last.because);
        }
        None
    }

    /// A message that waits for an answer.
    fn message_need(&self, today: NaiveDate) -> Option<Need> {
        let (day, first) = self.messages.first()?;
        let since = match (today - *day).num_days() {
            0 => "since today".to_owned(),
            1 => "since yesterday".to_owned(),
            days => format!("for {days} days"),
        };
        let reason = match self.messages.len() {
            1 if first.unread => "A message nobody has read".to_owned(),
            1 => "A message waits for an answer".to_owned(),
            count => format!("{count} messages wait for an answer"),
        };
        let proof = format!("“{}”, {since}", first.subject);
        Some(Need { rank: 6, light: Light::Unknown, reason, proof, thread: Some(first.thread) })
    }

    /// What they ask to be otherwise in their plan.
    fn ask_need(&self) -> Option<Need> {
        let ask = self.asks.first()?;
        let words = if ask.words.is_empty() { String::new() } else { format!(": {}", ask.words) };
        let (reason, proof) = ("Asks for a change of the plan".to_owned(), format!("{}{words}", ask.to_staff()));
        Some(Need { rank: 7, light: Light::Unknown, reason, proof, thread: None })
    }

    /// A running plan and no word.
    fn silence_need(&self, today: NaiveDate) -> Option<Need> {
        let quiet_since = self.last_entry.max(self.since)?;
        let quiet = (today - quiet_since).num_days();
        if !self.is_running() || quiet < SILENT_AFTER || !self.has_account {
            return None;
        }
        let proof = match self.last_entry {
            Some(day) => format!("last entry on {}", clock::day_and_month(day)),
            None => "nothing has been entered yet".to_owned(),
        };
        Some(Need { rank: 9, light: Light::Unknown, reason: format!("No entry for {quiet} days"), proof, thread: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChangeRequestId, PatientId, PhaseId, PlanId};
    use crate::plans::requests::Matter;
    use chrono::NaiveDateTime;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn doing_well() -> Situation {
        let status =
            Status { plan: PlanId(1), state: State::Running, phase: PhaseId(1), reason: String::new(), since: NaiveDateTime::default() };
        Situation {
            open: Vec::new(),
            status: Some(status),
            asks: Vec::new(),
            readings: vec![reading(18, Light::Green), reading(20, Light::Hold)],
            last_entry: Some(day(20)),
            has_account: true,
            since: Some(day(1)),
            messages: Vec::new(),
        }
    }

    fn message(number: u32, unread: bool) -> (NaiveDate, Waiting) {
        let subject = "The stairs".to_owned();
        (day(number), Waiting { thread: ThreadId(4), patient: PatientId(1), subject, since: NaiveDateTime::default(), unread })
    }

    fn reading(number: u32, light: Light) -> Reading {
        Reading { day: day(number), light, because: "because".to_owned() }
    }

    fn ask() -> Request {
        Request {
            id: ChangeRequestId(1),
            patient: PatientId(1),
            plan: PlanId(1),
            version: 1,
            prescription: None,
            about: "Hip bridge".to_owned(),
            matter: Matter::TooHard,
            words: "My back".to_owned(),
            at: NaiveDateTime::default(),
            settled: None,
        }
    }

    #[test]
    fn who_asks_for_a_change_is_heard_after_the_lights() {
        let asks = Situation { asks: vec![ask()], ..doing_well() };
        assert_eq!(asks.need(day(22)).unwrap().proof, "Finds “Hip bridge” too hard: My back");
        let red = Situation { readings: vec![reading(20, Light::Red)], ..asks };
        assert_eq!(red.need(day(22)).unwrap().light, Light::Red);
    }

    #[test]
    fn nobody_is_called_without_a_reason() {
        assert_eq!(doing_well().need(day(22)), None);
    }

    #[test]
    fn the_queue_is_in_order_of_need() {
        let rank = |situation: Situation| situation.need(day(22)).map(|need| need.rank);
        let with = |readings| Situation { readings, ..doing_well() };
        let stop = rank(with(vec![reading(20, Light::Stop)]));
        let two_reds = rank(with(vec![reading(18, Light::Red), reading(20, Light::Red)]));
        let one_red = rank(with(vec![reading(20, Light::Red), reading(21, Light::Green)]));
        let unsettled = rank(with(vec![reading(18, Light::Hold), reading(20, Light::Amber)]));
        let message =
            rank(Situation { messages: vec![message(20, true)], last_entry: Some(day(12)), readings: Vec::new(), ..doing_well() });
        let asks = rank(Situation { asks: vec![ask()], last_entry: Some(day(12)), readings: Vec::new(), ..doing_well() });
        let silent = rank(Situation { last_entry: Some(day(12)), readings: Vec::new(), ..doing_well() });
        let new = rank(Situation { status: None, last_entry: None, readings: Vec::new(), since: None, ..doing_well() });
        let order = [stop, two_reds, one_red, unsettled, message, asks, silent, new];
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}");
    }

    #[test]
    fn a_message_waits_until_it_is_answered() {
        let need = |messages| Situation { messages, ..doing_well() }.need(day(22)).unwrap();
        let one = need(vec![message(21, true)]);
        assert_eq!((one.reason.as_str(), one.proof.as_str()), ("A message nobody has read", "“The stairs”, since yesterday"));
        assert_eq!(one.thread, Some(ThreadId(4)));
        assert_eq!(need(vec![message(22, false)]).reason, "A message waits for an answer");
        let two = need(vec![message(19, true), message(22, false)]);
        assert_eq!((two.reason.as_str(), two.proof.as_str()), ("2 messages wait for an answer", "“The stairs”, for 3 days"));
        // Also of somebody who has no plan.
        let new = Situation { status: None, messages: vec![message(22, true)], ..doing_well() };
        assert_eq!(new.need(day(22)).unwrap().thread, Some(ThreadId(4)));
    }

    #[test]
    fn old_lights_are_no_news_and_a_fresh_plan_is_not_silent() {
        let old = Situation { readings: vec![reading(10, Light::Red)], ..doing_well() };
        assert_eq!(old.need(day(22)), None);
        let fresh = Situation { last_entry: None, readings: Vec::new(), since: Some(day(20)), ..doing_well() };
        assert_eq!(fresh.need(day(22)), None);
    }
}
