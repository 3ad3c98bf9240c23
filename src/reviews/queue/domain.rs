//! Why a patient needs someone, in order of need.

use chrono::{NaiveDate, NaiveDateTime};

use crate::clock;
use crate::ids::ThreadId;
use crate::messages::threads::Waiting;
use crate::patients::Screening;
use crate::plans::requests::Request;
use crate::plans::{State, Status};
use crate::progress::{Light, Reading};

/// Days a light counts as news.
const RECENT: i64 = 7;

/// What is known about one patient this morning.
#[derive(Debug, Clone, Default)]
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
    /// The day the plan got its present state; without a plan, the day they came.
    pub since: Option<NaiveDate>,
    /// Their messages that wait for an answer, each with the day since when; the longest first.
    pub messages: Vec<(NaiveDate, Waiting)>,
    /// What the rules propose and nobody has decided.
    pub proposals: Vec<Open>,
    /// The day somebody wanted to look at them together, from the last review or the plan.
    pub review_on: Option<NaiveDate>,
    /// What the last review looked at: see [`Need::marks`].
    pub settled: Vec<String>,
    /// Days without an entry after which a patient with a running plan counts as silent: the clinic's setting.
    pub silent_after: i64,
}

/// A proposal that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What tells it from another one on other evidence.
    pub fingerprint: String,
    /// Whether it is that the phase can end.
    pub ends_phase: bool,
    /// What is proposed, in a few words.
    pub words: String,
    /// Its evidence.
    pub evidence: String,
}

impl Open {
    fn mark(&self) -> String {
        format!("proposal {}", self.fingerprint)
    }
}

/// The kinds of need, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A sign that belongs to the emergency services.
    Emergency,
    /// Another red flag, contra-indication or report nobody has cleared.
    Flag,
    /// A stop light.
    Stop,
    /// Several red lights.
    Reds,
    /// A red light.
    Red,
    /// Several amber or hold lights.
    Unsettled,
    /// A message waits.
    Message,
    /// They ask for a change of the plan.
    Ask,
    /// A proposal waits.
    Proposal,
    /// What the phase asks for is reached.
    PhaseEnd,
    /// No entry for a while.
    Silent,
    /// The day of the next review has come.
    ReviewDue,
    /// The plan is paused.
    Paused,
    /// No plan yet.
    New,
    /// A plan, and no password.
    NoPassword,
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
    /// Since which day.
    pub since: NaiveDate,
    /// What it is about, in words that stay the same from day to day and differ as soon as something new happens.
    pub marks: Vec<String>,
}

/// From this rank on a need may be snoozed: red flags, stop and red lights may not.
pub(super) const SNOOZES_FROM: u8 = Kind::Unsettled as u8;

impl Need {
    fn of(kind: Kind, reason: impl Into<String>, since: NaiveDate, mark: impl Into<String>) -> Self {
        let (light, proof) = (Light::Unknown, String::new());
        Self { rank: kind as u8, light, reason: reason.into(), proof, thread: None, since, marks: vec![mark.into()] }
    }

    fn with(self, light: Light, proof: impl Into<String>) -> Self {
        Self { light, proof: proof.into(), ..self }
    }

    /// Whether it waits when it is told to: red flags, stop and red lights never do.
    #[must_use]
    pub fn may_wait(&self) -> bool {
        self.rank >= SNOOZES_FROM
    }
}

/// That somebody looked at what a patient needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// What there was to see: see [`Need::marks`].
    pub marks: Vec<String>,
    /// Who looked.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// The parts of the queue, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// They wait for someone.
    Waits,
    /// Somebody looked today, and nothing new came since.
    Seen,
    /// They wait until a day.
    Snoozed,
    /// Nothing is needed.
    Well,
}

impl Part {
    /// The number kept in the database.
    #[must_use]
    pub fn number(self) -> i32 {
        self as i32
    }

    /// Reads the number.
    #[must_use]
    pub fn from_number(number: i32) -> Self {
        [Self::Waits, Self::Seen, Self::Snoozed].into_iter().find(|part| part.number() == number).unwrap_or(Self::Well)
    }
}

/// Where a patient with these needs stands, when they were seen today or are snoozed.
#[must_use]
pub fn part(needs: &[Need], seen_today: Option<&Sighting>, snoozed_until: Option<NaiveDate>) -> Part {
    let nothing_new = |seen: &Sighting| needs.iter().flat_map(|need| &need.marks).all(|mark| seen.marks.contains(mark));
    if needs.is_empty() {
        Part::Well
    } else if snoozed_until.is_some() && needs.iter().all(Need::may_wait) {
        Part::Snoozed
    } else if seen_today.is_some_and(nothing_new) {
        Part::Seen
    } else {
        Part::Waits
    }
}

impl Situation {
    /// The first reason to look at this patient, if there is one.
    #[must_use]
    pub fn need(&self, today: NaiveDate) -> Option<Need> {
        self.needs(today).into_iter().next()
    }

    /// Every reason to look at this patient, the most urgent first.
    #[must_use]
    pub fn needs(&self, today: NaiveDate) -> Vec<Need> {
        let mut needs = Vec::new();
        needs.extend(self.flag_need(today));
        needs.extend(self.light_need(today));
        needs.extend(self.message_need(today));
        needs.extend(self.ask_need(today));
        needs.extend(self.proposal_needs(today));
        needs.extend(self.silence_need(today));
        needs.extend(self.review_need(today));
        needs.extend(self.plan_need(today));
        needs.sort_by_key(|need| need.rank);
        needs
    }

    /// Red flags, contra-indications and reports nobody has cleared.
    fn flag_need(&self, today: NaiveDate) -> Option<Need> {
        let report = self.open.first()?;
        let reason = match (report.flags.is_empty(), report.contraindications.is_empty(), report.reported) {
            (true, false, _) => "A contra-indication from the screening is open",
            (true, true, _) => "Says that something is wrong",
            (false, _, true) => "Reported a red flag",
            (false, _, false) => "A red flag from the screening is open",
        };
        let kind = if report.is_emergency() { Kind::Emergency } else { Kind::Flag };
        let need = Need::of(kind, reason, report.at.date().min(today), String::new()).with(Light::Stop, report.in_words());
        Some(Need { marks: self.open.iter().map(|open| format!("report {}", open.id)).collect(), ..need })
    }

    fn is_running(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.state == State::Running)
    }

    /// What the lights of the last days say, unless a review has looked at all of them.
    fn light_need(&self, today: NaiveDate) -> Option<Need> {
        if !self.is_running() {
            return None;
        }
        let recent: Vec<&Reading> = self.readings.iter().filter(|reading| (today - reading.day).num_days() <= RECENT).collect();
        let of = |lights: &[Light]| recent.iter().copied().filter(|reading| lights.contains(&reading.light)).collect::<Vec<_>>();
        let (stops, reds, unsettled) = (of(&[Light::Stop]), of(&[Light::Red]), of(&[Light::Hold, Light::Amber]));
        let found = [
            (Kind::Stop, !stops.is_empty(), &stops, "Pain in the night".to_owned()),
            (Kind::Reds, reds.len() > 1, &reds, format!("{} red lights in 7 days", reds.len())),
            (Kind::Red, reds.len() == 1, &reds, "The last days were too much".to_owned()),
            (Kind::Unsettled, unsettled.len() > 1, &unsettled, format!("Unsettled: {} amber or hold lights in 7 days", unsettled.len())),
        ];
        found.into_iter().filter(|(_, there, ..)| *there).find_map(|(kind, _, readings, reason)| self.news(kind, readings, reason))
    }

    /// A need about these lights, if one of them came after the last review.
    fn news(&self, kind: Kind, readings: &[&Reading], reason: String) -> Option<Need> {
        let last = readings.last()?;
        let marks: Vec<String> = readings.iter().map(|reading| format!("{} {}", reading.light.word(), reading.day)).collect();
        let known = marks.iter().all(|mark| self.settled.contains(mark));
        let need = Need::of(kind, reason, readings.first()?.day, String::new()).with(last.light, &last.because);
        (!known).then_some(Need { marks, ..need })
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
        let of_thread = |(_, waiting): &(NaiveDate, Waiting)| {
            let unread = waiting.unread.then(|| format!("unread {}", waiting.thread));
            std::iter::once(format!("message {}", waiting.thread)).chain(unread).collect::<Vec<_>>()
        };
        let marks = self.messages.iter().flat_map(of_thread).collect();
        let need = Need::of(Kind::Message, reason, *day, String::new()).with(Light::Unknown, proof);
        Some(Need { thread: Some(first.thread), marks, ..need })
    }

    /// What they ask to be otherwise in their plan.
    fn ask_need(&self, today: NaiveDate) -> Option<Need> {
        let ask = self.asks.first()?;
        let words = if ask.words.is_empty() { String::new() } else { format!(": {}", ask.words) };
        let proof = format!("{}{words}", ask.to_staff());
        let need = Need::of(Kind::Ask, "Asks for a change of the plan", ask.at.date().min(today), String::new());
        Some(Need { marks: self.asks.iter().map(|ask| format!("ask {}", ask.id)).collect(), ..need.with(Light::Unknown, proof) })
    }

    /// What the rules propose: that the phase can end, and all else together. What a review has looked at calls nobody again.
    fn proposal_needs(&self, today: NaiveDate) -> Vec<Need> {
        let need = |kind, open: &[&Open], reason: String| {
            let first = open.first()?;
            let marks = open.iter().map(|open| open.mark()).collect();
            Some(Need { marks, ..Need::of(kind, reason, today, String::new()).with(Light::Unknown, &first.evidence) })
        };
        let (ends, others): (Vec<&Open>, Vec<&Open>) =
            self.proposals.iter().filter(|open| !self.settled.contains(&open.mark())).partition(|open| open.ends_phase);
        let end = need(Kind::PhaseEnd, &ends, "All that this phase asks for is reached".to_owned());
        let words = match others.as_slice() {
            [only] => format!("Proposal: {}", only.words),
            several => format!("{} proposals wait", several.len()),
        };
        end.into_iter().chain(need(Kind::Proposal, &others, words)).collect()
    }

    /// A running plan and no word, unless a review has looked at this silence.
    fn silence_need(&self, today: NaiveDate) -> Option<Need> {
        let quiet_since = self.last_entry.max(self.since)?;
        let quiet = (today - quiet_since).num_days();
        let mark = format!("silent {quiet_since}");
        if !self.is_running() || quiet < self.silent_after || !self.has_account || self.settled.contains(&mark) {
            return None;
        }
        let proof = match self.last_entry {
            Some(day) => format!("last entry on {}", clock::day_and_month(day)),
            None => "nothing has been entered yet".to_owned(),
        };
        Some(Need::of(Kind::Silent, format!("No entry for {quiet} days"), quiet_since, mark).with(Light::Unknown, proof))
    }

    /// The day of the next review has come.
    fn review_need(&self, today: NaiveDate) -> Option<Need> {
        let day = self.review_on.filter(|day| *day <= today)?;
        let proof = if day == today { "agreed for today".to_owned() } else { format!("agreed for {}", clock::day_and_month(day)) };
        Some(Need::of(Kind::ReviewDue, "Review due", day, format!("review {day}")).with(Light::Unknown, proof))
    }

    /// What the plan itself waits for.
    fn plan_need(&self, today: NaiveDate) -> Option<Need> {
        let since = self.since.unwrap_or(today);
        let need = |kind, reason: &str, mark: &str| Some(Need::of(kind, reason, since, mark));
        match &self.status {
            None if !self.has_account => need(Kind::New, "New: no plan and no password yet", "new"),
            None => need(Kind::New, "New: no plan yet", "new"),
            Some(status) if status.state == State::Paused => {
                let paused = need(Kind::Paused, "The plan is paused", &format!("paused {since}"));
                paused.map(|need| need.with(Light::Unknown, &status.reason))
            }
            Some(_) if self.is_running() && !self.has_account => {
                let open = need(Kind::NoPassword, "Has a plan and no password yet", "no password");
                open.map(|need| need.with(Light::Unknown, "send a new invitation link"))
            }
            _ => None,
        }
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
            status: Some(status),
            readings: vec![reading(18, Light::Green), reading(20, Light::Hold)],
            last_entry: Some(day(20)),
            has_account: true,
            since: Some(day(1)),
            silent_after: 7,
            ..Situation::default()
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
