//! What the queue says of patients, reckoned from their records: a fixed number of queries, however many they are.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::domain::{Need, Open, Part, Sighting, Situation, part};
use super::store;
use crate::clock::Clock;
use crate::db::Conn;
use crate::diary::{self, Record};
use crate::error::AppError;
use crate::ids::{PatientId, ThreadId};
use crate::messages::threads;
use crate::patients;
use crate::plans::requests;
use crate::progress::proposals::{About, Kind as Wish, Proposal, Rules, evidences, proposals};
use crate::progress::{Light, Reading, readings};
use crate::text::lowered;

/// Counts the rules below: what was reckoned by others is old.
const RULES: i32 = 2;

/// What is the same for all patients of a morning.
#[derive(Clone)]
pub struct Morning {
    /// Tells days from moments.
    pub clock: Clock,
    /// Today at the clinic.
    pub today: NaiveDate,
    /// Days without an entry after which a patient counts as silent.
    pub silent_after: u16,
    /// The rules of what is proposed.
    pub rules: Rules,
}

impl Morning {
    /// This morning.
    #[must_use]
    pub fn of(clock: &Clock, silent_after: u16, rules: Rules) -> Self {
        Self { clock: clock.clone(), today: clock.today(), silent_after, rules }
    }

    /// The number of the rules of the queue with the clinic's setting in it: as soon as it differs, everything is reckoned again.
    #[must_use]
    pub fn number(&self) -> i32 {
        RULES * 1000 + i32::from(self.silent_after)
    }
}

/// What the queue says of one patient, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    /// Who.
    pub patient: PatientId,
    /// The part of the queue.
    pub part: Part,
    /// The place of the first reason.
    pub rank: i32,
    /// Since which day.
    pub since: NaiveDate,
    /// The light beside it.
    pub light: Light,
    /// The first reason; empty when there is none.
    pub reason: String,
    /// The numbers that prove it.
    pub proof: String,
    /// The conversation it is about.
    pub thread: Option<ThreadId>,
    /// Further reasons.
    pub others: Vec<String>,
    /// What all reasons are about: see [`Need::marks`].
    pub marks: Vec<String>,
    /// Who looked last, today, when nothing new came since: name and moment.
    pub seen: Option<(String, NaiveDateTime)>,
    /// Until when they are snoozed.
    pub snoozed_until: Option<NaiveDate>,
    /// The number of the change it was reckoned from.
    pub number: i64,
}

/// Reckons what the queue says of these patients. Some twenty queries, however many they are.
///
/// # Errors
/// The database's own.
pub fn reckon(conn: &mut Conn, of: &[PatientId], morning: &Morning) -> Result<Vec<Reckoned>, AppError> {
    let (numbers, mut situations) = (store::numbers(conn, of)?, situations(conn, of, morning)?);
    let (mut sightings, snoozes) = (store::last_sightings(conn, of)?, store::last_snoozes(conn, of)?);
    let reckoned = of.iter().filter_map(|patient| {
        let needs = situations.remove(patient)?.needs(morning.today);
        let sighting = sightings.remove(patient).filter(|seen| morning.clock.day_of(seen.at) == morning.today);
        let snooze = snoozes.get(patient).copied().filter(|until| *until > morning.today);
        Some(one(*patient, &needs, sighting, snooze, morning.today, numbers.get(patient).copied().unwrap_or(0)))
    });
    Ok(reckoned.collect())
}

fn one(
    patient: PatientId,
    needs: &[Need],
    sighting: Option<Sighting>,
    snooze: Option<NaiveDate>,
    today: NaiveDate,
    number: i64,
) -> Reckoned {
    let part = part(needs, sighting.as_ref(), snooze);
    let first = needs.first();
    Reckoned {
        patient,
        part,
        rank: first.map_or(i32::from(u8::MAX), |need| i32::from(need.rank)),
        since: first.map_or(today, |need| need.since),
        light: first.map_or(Light::Unknown, |need| need.light),
        reason: first.map(|need| need.reason.clone()).unwrap_or_default(),
        proof: first.map(|need| need.proof.clone()).unwrap_or_default(),
        thread: first.and_then(|need| need.thread),
        others: needs.iter().skip(1).map(|need| need.reason.clone()).collect(),
        marks: needs.iter().flat_map(|need| need.marks.iter().cloned()).collect(),
        seen: sighting.filter(|_| part == Part::Seen).map(|seen| (seen.by, seen.at)),
        snoozed_until: snooze.filter(|_| part == Part::Snoozed),
        number,
    }
}

/// What is known about each of these patients this morning.
fn situations(conn: &mut Conn, of: &[PatientId], morning: &Morning) -> Result<HashMap<PatientId, Situation>, AppError> {
    let (clock, today) = (&morning.clock, morning.today);
    // The lists of what waits are short, and one patient's are shorter.
    let only = if let [only] = of { Some(*only) } else { None };
    let mut open = grouped(patients::open_reports(conn, only)?.into_iter().map(|report| (report.patient, report)));
    let last: HashMap<PatientId, NaiveDate> = diary::last_entries(conn, of)?.into_iter().collect();
    let mut evidences = evidences(conn, of, today, |moment| clock.day_of(moment))?;
    let waiting = threads::waiting(conn, only)?;
    let mut messages = grouped(waiting.into_iter().map(|waiting| (waiting.patient, (clock.day_of(waiting.since), waiting))));
    let mut asks = grouped(requests::open(conn, only)?.into_iter().map(|request| (request.patient, request)));
    let mut decided = store::last_reviews(conn, of)?;
    let people = store::people(conn, of)?;
    let situations = people.into_iter().map(|(id, has_account, came)| {
        let evidence = evidences.remove(&id).unwrap_or_default();
        let current = evidence.record.course.current();
        let decision = decided.remove(&id);
        let since = current.as_ref().map_or(came, |current| current.status.since);
        let agreed = current.as_ref().filter(|current| decision.as_ref().is_none_or(|decision| decision.at < current.publication.at));
        let review_on = match agreed.and_then(|current| current.publication.snapshot.review_on) {
            Some(day) => Some(day),
            None => decision.as_ref().and_then(|decision| decision.next_on),
        };
        let situation = Situation {
            open: open.remove(&id).unwrap_or_default(),
            status: current.map(|current| current.status),
            asks: asks.remove(&id).unwrap_or_default(),
            readings: lights(&evidence.record),
            last_entry: last.get(&id).copied().max(evidence.record.check_ins.last().map(|morning| morning.day)),
            has_account,
            since: Some(clock.day_of(since)),
            messages: messages.remove(&id).unwrap_or_default(),
            proposals: proposals(&evidence, &morning.rules)
                .iter()
                .filter(|proposal| proposal.kind != Wish::Hold)
                .map(open_proposal)
                .collect(),
            review_on,
            settled: decision.map(|decision| decision.marks).unwrap_or_default(),
            silent_after: i64::from(morning.silent_after),
        };
        (id, situation)
    });
    Ok(situations.collect())
}

/// The lights, without those of reports: an open report stands for itself, and a cleared one is history.
fn lights(record: &Record) -> Vec<Reading> {
    let own = |reading: &Reading| reading.light != Light::Stop || record.reported_on(reading.day).is_none();
    readings(record).into_iter().filter(own).collect()
}

/// A proposal as the queue tells it. To hold asks nothing of anybody: it waits on the patient's page.
fn open_proposal(proposal: &Proposal) -> Open {
    Open {
        fingerprint: proposal.fingerprint.clone(),
        ends_phase: proposal.kind == Wish::NextPhase,
        words: match proposal.about {
            About::Plan => lowered(proposal.kind.label()),
            _ => format!("{}, {}", lowered(proposal.kind.label()), proposal.name),
        },
        evidence: proposal.evidence.clone(),
    }
}

fn grouped<T>(pairs: impl IntoIterator<Item = (PatientId, T)>) -> HashMap<PatientId, Vec<T>> {
    let mut groups: HashMap<PatientId, Vec<T>> = HashMap::new();
    for (patient, thing) in pairs {
        groups.entry(patient).or_default().push(thing);
    }
    groups
}

impl Reckoned {
    /// Whether the queue lets them wait: red flags, stop and red lights do not.
    #[must_use]
    pub fn may_wait(&self) -> bool {
        self.rank >= i32::from(super::domain::SNOOZES_FROM)
    }

    /// Further reasons on one line.
    #[must_use]
    pub fn also(&self) -> Option<String> {
        let others: Vec<String> = self.others.iter().map(|other| lowered(other)).collect();
        (!others.is_empty()).then(|| format!("also: {}", others.join("; ")))
    }
}
