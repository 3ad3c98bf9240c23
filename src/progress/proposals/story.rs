//! The diary as the rules read it: the days of the present plan with their lights, and what was done on them.

use chrono::{NaiveDate, TimeDelta};

use super::domain::{About, Answer, Evidence, Proposal, Rules, Turn, fingerprint};
use crate::clock;
use crate::diary::{LoggedSide, Session};
use crate::ids::PrescriptionId;
use crate::plans::programmes::rulebook::{Key, Thresholds};
use crate::plans::{Milestones, Publication, Slot, SnapshotPhase, State};
use crate::progress::{Light, Reading, readings};

/// Days an easy week lasts.
const EASY_DAYS: i64 = 7;

/// A day that was trained, or that gave a warning sign.
pub struct Told<'a> {
    /// What its light says.
    pub reading: Reading,
    /// The sessions of the plan; none on a day with a warning sign only.
    pub sessions: Vec<&'a Session>,
    /// Whether it is today, mild so far, and only waits for the next morning: it counts neither way yet.
    pub waits: bool,
}

/// The present plan and what the diary says of it.
pub struct Story<'a> {
    pub evidence: &'a Evidence,
    pub version: &'a Publication,
    pub phase: &'a SnapshotPhase,
    pub since: Milestones,
    /// The days since the plan began, oldest first.
    pub days: Vec<Told<'a>>,
}

/// A story with the rules that hold in its phase.
pub struct Case<'a> {
    pub story: Story<'a>,
    pub rules: &'a Rules,
    pub thresholds: &'a Thresholds,
}

impl<'a> Story<'a> {
    /// The story of a plan that runs; nothing otherwise.
    pub fn of(evidence: &'a Evidence) -> Option<Self> {
        let course = &evidence.record.course;
        let (version, status, since) = (course.publications().first()?, course.status()?, course.milestones()?);
        if status.state != State::Running {
            return None;
        }
        let phase = version.snapshot.phase(status.phase)?;
        let days = readings(&evidence.record).into_iter().filter(|reading| reading.day >= since.begun - TimeDelta::days(1));
        let days = days.filter_map(|reading| {
            let sessions: Vec<&Session> = evidence.record.sessions_of(reading.day).filter(|session| session.plan == version.plan).collect();
            let alarm = reading.light == Light::Stop;
            (alarm || !sessions.is_empty()).then(|| Told { waits: waits(evidence, &reading, &sessions), reading, sessions })
        });
        Some(Self { evidence, version, phase, since, days: days.collect() })
    }

    /// With the rules that hold in its phase.
    pub fn under(self, rules: &'a Rules) -> Case<'a> {
        let thresholds = rules.thresholds(self.phase);
        Case { story: self, rules, thresholds }
    }

    /// The trained days that count, newest first.
    pub fn trained(&self) -> impl Iterator<Item = &Told<'a>> {
        self.days.iter().rev().filter(|day| !day.sessions.is_empty() && !day.waits)
    }

    /// The days that did or left out an exercise and count, newest first.
    pub fn with(&self, id: PrescriptionId) -> impl Iterator<Item = &Told<'a>> {
        self.trained().filter(move |day| day.sessions.iter().any(|session| session.says_of(id)))
    }

    /// The newest trained day that counts.
    pub fn last(&self) -> Option<&Told<'a>> {
        self.trained().next()
    }

    /// The days trained since the present version was published.
    pub fn is_of_version(&self, day: &Told<'_>) -> bool {
        let now = |session: &&Session| session.version == self.version.version;
        day.sessions.iter().copied().any(|session| now(&session)) && day.reading.day >= self.since.phase
    }

    /// The slot an exercise had in a version of the present plan.
    pub fn slot_in(&self, version: i32, id: PrescriptionId) -> Option<&'a Slot> {
        let versions = self.evidence.record.course.publications().iter();
        versions.filter(|known| known.plan == self.version.plan).find(|known| known.version == version)?.snapshot.slot(id)
    }

    /// Whether every round of an exercise was done on a day, with its present dose or more.
    pub fn is_complete(&self, day: &Told<'_>, slot: &Slot) -> bool {
        let mut said = day.sessions.iter().filter(|session| session.says_of(slot.id)).peekable();
        said.peek().is_some() && said.all(|session| session.skip(slot.id).is_none() && self.all_done(session, slot))
    }

    fn all_done(&self, session: &Session, slot: &Slot) -> bool {
        let same = |version: i32| {
            self.slot_in(version, slot.id)
                .is_some_and(|then| (&then.exercise, then.dose, &then.load) == (&slot.exercise, slot.dose, &slot.load))
        };
        let rounds =
            (1..=i32::from(slot.dose.sets)).flat_map(|number| LoggedSide::of(slot.dose.side).iter().map(move |side| (number, *side)));
        rounds.into_iter().all(|(number, side)| {
            session.set(slot.id, number, side).is_some_and(|set| {
                let enough = |did: Option<i32>, asked: u16| did.is_none_or(|did| did >= i32::from(asked));
                let actual = &set.actual;
                let held = enough(actual.hold, slot.dose.hold.unwrap_or(0));
                set.done
                    && same(set.version)
                    && enough(actual.amount, slot.dose.amount)
                    && held
                    && as_heavy(actual.load.as_deref(), &slot.load)
            })
        })
    }
}

/// Whether a load that was really used is the one asked for, or a heavier one as far as both are numbers.
fn as_heavy(used: Option<&str>, asked: &str) -> bool {
    let Some(used) = used else { return true };
    match (super::dose::kilograms(used), super::dose::kilograms(asked)) {
        (Some(used), Some(asked)) => used >= asked,
        _ => used.trim().eq_ignore_ascii_case(asked.trim()),
    }
}

fn waits(evidence: &Evidence, reading: &Reading, sessions: &[&Session]) -> bool {
    let green_to = evidence.record.cut_offs_on(reading.day).green_to;
    let mild = |session: &&Session| {
        let felt = session.feeling;
        felt.during.is_some()
            && session.worst().is_some_and(|(pain, _)| pain <= green_to)
            && felt.after.is_none_or(|after| after <= green_to)
    };
    reading.day >= evidence.today && reading.light == Light::Unknown && sessions.iter().all(mild)
}

/// What a proposal says, before it has its plan and its fingerprint.
pub struct Draft {
    pub about: About,
    pub name: String,
    pub rule: Key,
    pub evidence: String,
    pub proof: Vec<(NaiveDate, String)>,
    pub change: String,
    pub turn: Turn,
    /// What its fingerprint is made of besides the rule and what it is about.
    pub rests_on: Vec<String>,
}

impl Case<'_> {
    /// Makes a proposal of what a rule found.
    pub fn propose(&self, found: Draft) -> Proposal {
        let (version, rulebook) = (self.story.version, self.rules.programmes.rulebook());
        let Draft { about, name, rule, evidence, proof, change, turn, rests_on } = found;
        let (words, source) = rulebook.rule(rule).map(|text| (text.words.clone(), text.source.clone())).unwrap_or_default();
        let (kind, id) = about.named();
        let mut parts = vec![rule.word().to_owned(), version.plan.to_string(), format!("{kind} {id}")];
        parts.extend(rests_on);
        let fingerprint = fingerprint(&parts);
        let (plan, version, kind) = (version.plan, version.version, rule.kind());
        Proposal { plan, version, about, name, kind, rule, evidence, proof, words, source, change, turn, fingerprint }
    }

    /// What a fingerprint says of days: each with its version, its light and why.
    pub fn marks<'b>(&self, days: impl IntoIterator<Item = &'b Told<'b>>) -> Vec<String> {
        let mark = |day: &Told<'_>| {
            let versions: Vec<String> = day.sessions.iter().map(|session| session.version.to_string()).collect();
            format!("{} {} {} {}", day.reading.day, day.reading.light.word(), versions.join("+"), day.reading.because)
        };
        days.into_iter().map(mark).collect()
    }

    /// Whether the newest trained days are green, the last week holds no more red days than one may have, and nothing stands against more.
    /// A day of which too little was answered might have been red: it counts as one here.
    pub fn may_grow(&self) -> bool {
        let (story, wanted) = (&self.story, usize::from(self.thresholds.greens));
        let last: Vec<Light> = story.trained().take(wanted).map(|day| day.reading.light).collect();
        let green = last.len() == wanted && last.iter().all(|light| *light == Light::Green);
        let since = story.evidence.today - TimeDelta::days(i64::from(self.thresholds.reds_days));
        let doubtful = |day: &&Told<'_>| day.reading.day > since && matches!(day.reading.light, Light::Red | Light::Unknown);
        green
            && story.trained().filter(doubtful).count() < usize::from(self.thresholds.reds)
            && story.evidence.standing.obstacle().is_none()
    }

    /// Whether the plan is in its easy week: taken over, and not a week old.
    pub fn in_easy_week(&self) -> bool {
        self.easy_since().is_some_and(|day| (self.story.evidence.today - day).num_days() < EASY_DAYS)
    }

    /// The day the present version began as an easy week, if that is what it is.
    pub fn easy_since(&self) -> Option<NaiveDate> {
        let version = self.story.version;
        let taken = |answer: Answer| matches!(answer, Answer::Accepted | Answer::Edited);
        let answered = &self.story.evidence.answered;
        let easy = answered.iter().rev().find(|known| {
            known.rule == Key::Deload && taken(known.answer) && known.plan == version.plan && known.version == version.version - 1
        });
        easy.map(|easy| easy.day)
    }
}

/// Days in a row, in words: "18 November and 20 November".
pub fn days_in_words<'b>(days: impl IntoIterator<Item = &'b Told<'b>>) -> String {
    let mut words: Vec<String> = days.into_iter().map(|day| short(day.reading.day)).collect();
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
        None => String::new(),
    }
}

/// "18 November"
pub fn short(day: NaiveDate) -> String {
    clock::day_and_month(day)
}

/// The days with their lights and why, oldest first.
pub fn proof<'b>(days: impl IntoIterator<Item = &'b Told<'b>>) -> Vec<(NaiveDate, String)> {
    let mut proof: Vec<(NaiveDate, String)> =
        days.into_iter().map(|day| (day.reading.day, format!("{}: {}", day.reading.light.label(), day.reading.because))).collect();
    proof.sort_by_key(|(day, _)| *day);
    proof
}
