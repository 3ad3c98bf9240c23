//! What a diary means: more than a hundred diaries with the light, the proposal and the place in the queue they must have, written
//! from the clinical rules and not from the code (`diary.toml`). One clinic holds them all, a patient for each.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use hip_clinic::db::{Conn, Lock};
use hip_clinic::diary::{self, Actual, CheckIn, LoggedSide, SessionEntry, SetChange, SetEntry, SkipReason, Stiffness, Told, Writer};
use hip_clinic::error::AppError;
use hip_clinic::exercises::Library;
use hip_clinic::exercises::dose::{Dose, Frequency, Side, Work};
use hip_clinic::ids::{PatientId, PersonId, PlanId, PrescriptionId};
use hip_clinic::messages::threads::{self, Kind, NewMessage};
use hip_clinic::patients::{self, AskedIn, NewPatient, Report, SoreSide};
use hip_clinic::plans::programmes::Programmes;
use hip_clinic::plans::requests::{self, Matter, NewRequest};
use hip_clinic::plans::{self, Criterion, CutOffs, Metric, NewPrescription, NewStatus, Snapshot, State};
use hip_clinic::progress::{
    self,
    proposals::{Rules, evidences, proposals},
};
use hip_clinic::text::{Email, Name, Note};
use serde::Deserialize;

use crate::support::App;

/// The diaries.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| toml::from_str::<Table>(include_str!("diary.toml")).unwrap().case);

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The line of the rules it comes from, and why: for who reads the table.
    #[serde(rename = "from")]
    _from: String,
    #[serde(rename = "why")]
    _why: String,
    #[serde(default = "twelve")]
    reps: u16,
    #[serde(default)]
    load: String,
    #[serde(default = "thirty")]
    begun: i64,
    dose_since: Option<i64>,
    #[serde(default)]
    exit: String,
    #[serde(default = "one")]
    usual: i32,
    cut_offs: Option<(i32, i32, i32)>,
    #[serde(default)]
    sessions: Vec<Session>,
    #[serde(default)]
    mornings: Vec<Morning>,
    reported: Option<Reported>,
    message: Option<Message>,
    #[serde(default)]
    state: String,
    #[serde(default)]
    asks: bool,
    review_on_ago: Option<i64>,
    light: String,
    proposal: String,
    queue: String,
}

fn twelve() -> u16 {
    12
}

fn thirty() -> i64 {
    30
}

fn one() -> i32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {
    ago: i64,
    during: Option<i32>,
    after: Option<i32>,
    done: String,
    pain_in: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Morning {
    ago: i64,
    pain: Option<i32>,
    stiffness: Option<String>,
    settled: Option<bool>,
    limp: Option<bool>,
    night: Option<bool>,
}

#[derive(Deserialize)]
struct Reported {
    ago: i64,
    flag: String,
}

#[derive(Deserialize)]
struct Message {
    ago: i64,
    read: bool,
}

/// The clinic with a patient for each case, on Wednesday 25 November.
struct Clinic {
    app: App,
    patients: Vec<PatientId>,
}

impl Clinic {
    async fn open() -> Self {
        let app = App::start().await;
        app.clock.advance(TimeDelta::days(1));
        let (now, physio, library) = (app.clock.now(), app.cast().cleo, Library::load().unwrap());
        let patients = app.db.write_here(Lock::Clinic, |conn| {
            let library = &library;
            CASES.iter().zip(0..).map(|(case, place)| Scene { case, physio, now, library, place }.play(conn)).collect()
        });
        Self { patients: patients.unwrap(), app }
    }

    fn today(&self) -> NaiveDate {
        self.app.clock.today()
    }

    /// Each case with its patient.
    fn cases(&self) -> impl Iterator<Item = (&'static Case, PatientId)> {
        CASES.iter().zip(self.patients.iter().copied())
    }
}

/// One case being written into the database.
struct Scene<'a> {
    case: &'a Case,
    physio: PersonId,
    now: NaiveDateTime,
    library: &'a Library,
    place: usize,
}

impl Scene<'_> {
    fn day(&self, ago: i64) -> NaiveDate {
        self.now.date() - TimeDelta::days(ago)
    }

    fn moment(&self, ago: i64) -> NaiveDateTime {
        self.now - TimeDelta::days(ago)
    }

    fn play(&self, conn: &mut Conn) -> Result<PatientId, AppError> {
        let patient = self.patient(conn)?;
        let plan = if self.case.state == "none" { None } else { Some(self.plan(conn, patient)?) };
        if let Some((plan, prescription)) = plan {
            let mut ordinals: HashMap<i64, i32> = HashMap::new();
            for session in &self.case.sessions {
                let ordinal = ordinals.entry(session.ago).and_modify(|ordinal| *ordinal += 1).or_insert(1);
                self.session(conn, patient, (plan, prescription), session, *ordinal)?;
            }
        }
        for morning in &self.case.mornings {
            let check_in = CheckIn {
                day: self.day(morning.ago),
                pain: morning.pain,
                stiffness: morning.stiffness.as_deref().map(|word| Stiffness::from_word(word).unwrap()),
                settled: morning.settled,
                limp: morning.limp,
                night_pain: morning.night,
                note: String::new(),
            };
            diary::record_check_in(conn, Writer { patient, now: self.moment(morning.ago) }, &check_in)?;
        }
        self.words(conn, patient, plan)?;
        Ok(patient)
    }

    fn patient(&self, conn: &mut Conn) -> Result<PatientId, AppError> {
        let (begun, physio) = (self.moment(self.case.begun), self.physio);
        let new = NewPatient {
            name: Name::parse(&format!("Case {:03}", self.place), "a name").unwrap(),
            email: Email::parse(&format!("case{}@people.example", self.place)).unwrap(),
            sore_side: SoreSide::Left,
            goal: Note::parse("").unwrap(),
            morning_pain: Some(self.case.usual).filter(|usual| *usual >= 0),
            physio,
        };
        let patient = patients::add(conn, &new, physio, begun.date(), begun)?;
        hip_clinic::accounts::set_password(conn, patient.into(), "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA")?;
        patients::add_screening(conn, patient, &report(AskedIn::Clinic, ""), physio, begun)?;
        Ok(patient)
    }

    fn plan(&self, conn: &mut Conn, patient: PatientId) -> Result<(PlanId, PrescriptionId), AppError> {
        let begun = self.moment(self.case.begun);
        let plan = plans::create(conn, patient, self.physio, begun)?;
        let first = plans::draft(conn, plan)?.unwrap().phases[0].id;
        let dose = |amount| Dose {
            sets: 3,
            work: Work::Reps,
            amount,
            hold: None,
            rest: Some(60),
            side: Side::Together,
            frequency: Frequency::Weekly(3),
            tempo: None,
        };
        let put = |phase, exercise, dose, load| NewPrescription { phase, exercise, dose, load, note: "", with_previous: false };
        let before = if self.case.dose_since.is_some() { self.case.reps - 2 } else { self.case.reps };
        let bridge = plans::add_prescription(conn, &put(first, "hip-bridge", dose(before), &self.case.load))?;
        let second = plans::add_phase(conn, plan, "Build", "", "")?;
        plans::add_prescription(conn, &put(second, "single-leg-bridge", dose(8), ""))?;
        self.publish(conn, plan, begun)?;
        if let Some(since) = self.case.dose_since {
            let draft = plans::draft(conn, plan)?.unwrap();
            let (old, mut new) = (draft.clone(), draft);
            new.phases[0].prescriptions[0].dose = dose(self.case.reps);
            assert_ne!(old, new);
            let snapshot = self.with_settings(Snapshot::take(&new, self.library)?);
            plans::publish(conn, &new, &snapshot, "More", self.physio, self.moment(since))?;
        }
        if self.case.state == "paused" {
            let status = NewStatus { plan, state: State::Paused, phase: first, reason: "A rest" };
            plans::set_status(conn, &status, self.physio, self.moment(1))?;
        }
        Ok((plan, bridge))
    }

    fn publish(&self, conn: &mut Conn, plan: PlanId, at: NaiveDateTime) -> Result<(), AppError> {
        let draft = plans::draft(conn, plan)?.unwrap();
        let snapshot = self.with_settings(Snapshot::take(&draft, self.library)?);
        plans::publish(conn, &draft, &snapshot, "To begin with", self.physio, at)?;
        Ok(())
    }

    fn with_settings(&self, mut snapshot: Snapshot) -> Snapshot {
        match self.case.exit.as_str() {
            "" => {}
            "greens-3" => snapshot.phases[0].exit = vec![Criterion::new(Metric::Greens, "", 3)],
            other => panic!("{}: {other} is no exit", self.case.name),
        }
        let cut_offs = self.case.cut_offs.map(|(green_to, amber_to, red_above)| CutOffs { green_to, amber_to, red_above });
        snapshot.reviewed_on(self.case.review_on_ago.map(|ago| self.day(ago))).with_cut_offs(cut_offs.unwrap_or_default())
    }

    fn session(
        &self,
        conn: &mut Conn,
        patient: PatientId,
        (plan, prescription): (PlanId, PrescriptionId),
        said: &Session,
        ordinal: i32,
    ) -> Result<(), AppError> {
        let (day, writer) = (self.day(said.ago), Writer { patient, now: self.moment(said.ago) });
        let version = if self.case.dose_since.is_some_and(|since| said.ago < since) { 2 } else { 1 };
        let publication = plans::publication(conn, patient, plan, version)?.unwrap();
        let slot = publication.snapshot.slot(prescription).unwrap();
        let sets = match said.done.as_str() {
            "all" | "fewer" => 3,
            "part" => 2,
            "skip" => 0,
            other => panic!("{}: {other} is not done", self.case.name),
        };
        let amount = (said.done == "fewer").then(|| i32::from(slot.dose.amount) - 2);
        let actual = Actual { amount, ..Actual::default() };
        let change = |number| SetChange { number, side: LoggedSide::Both, done: true, actual: actual.clone() };
        let entry = SetEntry {
            plan,
            version,
            day,
            ordinal,
            prescription,
            changes: (1..=sets).map(change).collect(),
            skip: (sets == 0).then(|| Some((SkipReason::NoTime, Note::parse("").unwrap()))),
            note: None,
            pain: said.pain_in.map(|pain| Told { value: Some(pain) }),
        };
        diary::record_sets(conn, writer, &entry, slot)?;
        let answer = |answer: Option<i32>| answer.map(|number| Told { value: Some(number) });
        let felt =
            SessionEntry { plan, version, day, ordinal, during: answer(said.during), after: answer(said.after), effort: None, note: None };
        diary::record_feeling(conn, writer, &felt)
    }

    /// What the patient reported, wrote and asked for.
    fn words(&self, conn: &mut Conn, patient: PatientId, plan: Option<(PlanId, PrescriptionId)>) -> Result<(), AppError> {
        if let Some(Reported { ago, flag }) = &self.case.reported {
            patients::add_screening(conn, patient, &report(AskedIn::Report, flag), patient.into(), self.moment(*ago))?;
        }
        if let Some(message) = &self.case.message {
            let now = self.moment(message.ago);
            let first = NewMessage { kind: Kind::Patient, words: "May I swim?", by: patient.into(), now };
            let (thread, _) = threads::begin(conn, patient, "Swimming", &first)?;
            if message.read {
                let newest = threads::one(conn, thread, None)?.messages.last().map(|message| message.id).unwrap();
                threads::mark_read(conn, thread, newest, self.physio, now)?;
            }
        }
        if let Some((plan, prescription)) = plan.filter(|_| self.case.asks) {
            let ask = NewRequest {
                plan,
                version: 1,
                prescription: Some(prescription),
                about: "Hip bridge".to_owned(),
                matter: Matter::TooHard,
                words: Note::parse("").unwrap(),
            };
            requests::add(conn, &ask, self.moment(1))?;
        }
        Ok(())
    }
}

fn report(asked_in: AskedIn, flags: &str) -> Report {
    let flags = patients::flags_by_key(flags);
    Report { asked_in, flags, contraindications: Vec::new(), note: Note::parse("").unwrap() }
}

/// Says all that differ at once.
fn assert_none(what: &str, differ: &[String]) {
    assert!(differ.is_empty(), "{} of {} {what} differ:\n{}", differ.len(), CASES.len(), differ.join("\n"));
}

#[test]
fn the_table_has_its_cases() {
    assert!(CASES.len() >= 120, "{}", CASES.len());
    let mut names: Vec<&str> = CASES.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CASES.len(), "each has a name of its own");
}

#[tokio::test]
async fn every_diary_has_the_light_it_must_have() {
    let clinic = Clinic::open().await;
    let clock = clinic.app.clock.clone();
    let (from, to) = (clinic.today() - TimeDelta::days(90), clinic.today());
    let whose = clinic.patients.clone();
    let records = clinic.app.db.read_here(|conn| diary::records(conn, &whose, (from, to), |moment| clock.day_of(moment))).unwrap();
    let lights = clinic.cases().filter_map(|(case, patient)| {
        let last = progress::readings(&records[&patient]).pop();
        let light = last.as_ref().map_or("none", |reading| reading.light.word());
        let because = last.as_ref().map_or("", |reading| reading.because.as_str());
        (light != case.light).then(|| format!("{}: {light} ({because}), not {}", case.name, case.light))
    });
    assert_none("lights", &lights.collect::<Vec<_>>());
}

#[tokio::test]
async fn every_diary_has_the_proposal_it_must_have() {
    let clinic = Clinic::open().await;
    let clock = clinic.app.clock.clone();
    let (today, whose) = (clinic.today(), clinic.patients.clone());
    let library = std::sync::Arc::new(Library::load().unwrap());
    let programmes = std::sync::Arc::new(Programmes::load(&library).unwrap());
    let rules = Rules { programmes, library };
    let evidences = clinic.app.db.read_here(|conn| evidences(conn, &whose, today, |moment| clock.day_of(moment))).unwrap();
    let differ = clinic.cases().filter_map(|(case, patient)| {
        let found = proposals(&evidences[&patient], &rules);
        let first = found.first().map_or("none", |proposal| proposal.kind.word());
        let told = found.first().map_or("", |proposal| proposal.evidence.as_str());
        (first != case.proposal).then(|| format!("{}: {first} ({told}), not {}", case.name, case.proposal))
    });
    assert_none("proposals", &differ.collect::<Vec<_>>());
}

/// The kinds of need in the order of the queue.
const ORDER: [&str; 13] =
    ["red-flag", "stop", "two-reds", "red", "unsettled", "message", "ask", "proposal", "exit-met", "silent", "review-due", "paused", "new"];

#[tokio::test]
async fn every_diary_has_its_place_in_the_queue() {
    let clinic = Clinic::open().await;
    let cleo = clinic.app.cleo().await;
    let mut rows = Vec::new();
    for page in 1..=10 {
        let found = cleo.get(&format!("/clinic?page={page}")).await;
        let new: Vec<String> = found.all(".queue > li").into_iter().filter(|row| !rows.contains(row)).collect();
        if new.is_empty() {
            break;
        }
        rows.extend(new);
    }
    let place = |number: usize| rows.iter().position(|row| row.contains(&format!("Case {number:03}")));
    let mut differ = Vec::new();
    // The last place of each kind must lie above the first place of every later kind; who needs nobody has no place.
    let mut found: Vec<(usize, usize, &Case)> = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        match (ORDER.iter().position(|kind| *kind == case.queue), place(number)) {
            (None, Some(place)) => differ.push(format!("{}: needs nobody, and stands there: {}", case.name, rows[place])),
            (Some(_), None) => differ.push(format!("{}: is not there for {}", case.name, case.queue)),
            (Some(kind), Some(place)) => found.push((place, kind, case)),
            (None, None) => {}
        }
    }
    found.sort_by_key(|(place, ..)| *place);
    let mut highest = 0;
    for (place, kind, case) in found {
        if kind < highest {
            differ.push(format!("{}: {} stands below {}: {}", case.name, case.queue, ORDER[highest], rows[place]));
        }
        highest = highest.max(kind);
    }
    assert_none("places", &differ);
}
