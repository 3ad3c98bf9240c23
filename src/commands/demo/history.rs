//! Eight weeks in the life of an invented patient, written through the same functions as real ones.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::people::{DemoPatient, Situation, words};
use super::programmes::{self, Given};
use crate::accounts;
use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::db::Conn;
use crate::diary::{self, Actual, CheckIn, LoggedSide, SessionEntry, SetChange, SetEntry, SkipReason, Stiffness, Told, Writer};
use crate::error::AppError;
use crate::exercises::dose::Frequency;
use crate::exercises::{DoseChange, Library};
use crate::ids::{PatientId, PersonId, PhaseId, PlanId};
use crate::patients::{self, AskedIn, Findings, Flag, Irritability, NewPatient, RED_FLAGS, Report};
use crate::plans::programmes::{Choice, Copying, Programmes};
use crate::plans::requests::{self, Matter, NewRequest};
use crate::plans::{self, NewStatus, Publication, Slot, Snapshot, State};
use crate::text::Note;

/// Days of history.
const DAYS: i64 = 56;

/// Chances that are the same at every start.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(name: &str) -> Self {
        Self(name.bytes().fold(0x9e37_79b9_7f4a_7c15, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// A number from 0 to `below` - 1.
    pub(super) fn roll(&mut self, below: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((self.0 >> 33) % u64::from(below.unsigned_abs())).unwrap_or(0)
    }

    /// `true` in so many of a hundred cases.
    fn percent(&mut self, chance: i32) -> bool {
        self.roll(100) < chance
    }
}

/// What is written, about whom and by whom.
struct Life<'a> {
    patient: &'a DemoPatient,
    id: PatientId,
    physio: PersonId,
    physio_name: &'static str,
    today: NaiveDate,
    now: NaiveDateTime,
    /// Days of history.
    days: i64,
    dice: Dice,
}

/// Adds a patient with everything that happened to them until today; hands on their number.
pub fn write(
    conn: &mut Conn,
    patient: &DemoPatient,
    staff: &[PersonId],
    library: &Library,
    hash: &str,
    clock: &Clock,
) -> Result<PatientId, AppError> {
    write_over(conn, patient, staff, (library, hash), clock, DAYS)
}

/// The same over so many days.
pub fn write_over(
    conn: &mut Conn,
    patient: &DemoPatient,
    staff: &[PersonId],
    (library, hash): (&Library, &str),
    clock: &Clock,
    days: i64,
) -> Result<PatientId, AppError> {
    let physio = staff.get(patient.physio).copied().ok_or(AppError::NotFound)?;
    let (today, now) = (clock.today(), clock.now());
    let new_here = matches!(patient.situation, Situation::NewWithoutPlan | Situation::NotScreened | Situation::NoPassword);
    let begun = today - TimeDelta::days(if new_here { 1 } else { days });
    let (name, email) = words(patient.name, patient.email)?;
    let goal = Note::parse(patient.goal).map_err(AppError::Internal)?;
    let new = NewPatient { name, email, sore_side: patient.side, goal, morning_pain: patient.morning_pain, physio };
    let at = moment(begun, 9).min(now);
    let id = patients::add(conn, &new, physio, begun, at)?;
    if patient.situation.has_account() {
        accounts::set_password(conn, id.into(), hash)?;
    }
    let physio_name = super::people::STAFF[patient.physio].name;
    let mut life = Life { patient, id, physio, physio_name, today, now, days, dice: Dice::of(patient.name) };
    life.note(conn, at, "added the patient")?;
    if patient.situation == Situation::NotScreened {
        return Ok(id);
    }
    let clear = Report {
        asked_in: AskedIn::Clinic,
        flags: Vec::new(),
        contraindications: Vec::new(),
        note: note("All questions answered with no.")?,
    };
    patients::add_screening(conn, id, &clear, physio, at)?;
    if let Some(found) = findings(patient.situation) {
        patients::assessment::add(conn, id, &found, physio, at)?;
    }
    if patient.situation == Situation::NewWithoutPlan {
        return Ok(id);
    }
    life.plan(conn, library, begun)?;
    Ok(id)
}

impl Life<'_> {
    fn note(&self, conn: &mut Conn, at: NaiveDateTime, verb: &str) -> Result<(), AppError> {
        let entry = Entry { at, actor: Some(self.physio), name: self.physio_name, verb, subject: Some(self.id.into()), detail: "" };
        Ok(audit::record(conn, &entry)?)
    }

    fn programme(&self) -> &'static Given {
        match self.patient.situation {
            Situation::ReturningToRunning => &programmes::RUNNER_LATE,
            Situation::FlaringUp | Situation::RedFlag | Situation::NightPain | Situation::NoPassword => &programmes::RUNNER_EARLY,
            _ => &programmes::DESK_WORKER,
        }
    }

    fn plan(&mut self, conn: &mut Conn, library: &Library, begun: NaiveDate) -> Result<(), AppError> {
        let at = moment(begun, 10).min(self.now);
        let plan = plans::create(conn, self.id, self.physio, at)?;
        let phases = self.draft(conn, library, plan)?;
        self.publish(conn, library, plan, "Your first plan, as we talked about it.", at)?;
        if self.patient.situation == Situation::NoPassword {
            return Ok(());
        }
        let middle = begun + TimeDelta::days(self.days / 2);
        self.train(conn, plan, 0, begun + TimeDelta::days(1), middle)?;
        let at = moment(middle, 12);
        self.change_first_dose(conn, plan)?;
        self.publish(conn, library, plan, "The first exercise went well; one more round.", at)?;
        let phase = self.move_on(conn, plan, &phases, at)?;
        self.train(conn, plan, phase, middle + TimeDelta::days(1), self.last_day())?;
        self.note(conn, moment(self.today - TimeDelta::days(6), 8), "looked at the patient page")?;
        self.end(conn, plan, phases.get(phase).copied().unwrap_or(PhaseId(0)))
    }

    /// Fills the draft from the programme; says the numbers of its phases. Everyone came three times a week.
    fn draft(&self, conn: &mut Conn, library: &Library, plan: PlanId) -> Result<Vec<PhaseId>, AppError> {
        let missing = |what: &str| AppError::Internal(format!("the demo asks for \"{what}\""));
        let given = self.programme();
        let house = Programmes::load(library).map_err(|flaws| AppError::Internal(flaws.join("; ")))?;
        let programme = house.get(given.programme).ok_or_else(|| missing(given.programme))?;
        let copying = Copying { programmes: &house, library, sore: Some(self.patient.side) };
        let mut phases = Vec::new();
        for taken in given.phases {
            let choice = Choice { phases: vec![taken.key.to_owned()], ..Choice::default() };
            let mut phase = copying.phases(programme, &choice).pop().ok_or_else(|| missing(taken.key))?;
            phase.prescriptions.retain(|one| taken.exercises.contains(&one.exercise.as_str()));
            phase.prescriptions.iter_mut().for_each(|one| one.dose.frequency = Frequency::Weekly(3));
            phases.push(phase);
        }
        let begun = plans::draft(conn, plan)?.ok_or(AppError::NotFound)?;
        plans::programmes::append(conn, &begun, &phases)?;
        let draft = plans::draft(conn, plan)?.ok_or(AppError::NotFound)?;
        Ok(draft.phases.iter().map(|phase| phase.id).collect())
    }

    fn publish(&self, conn: &mut Conn, library: &Library, plan: PlanId, reason: &str, at: NaiveDateTime) -> Result<(), AppError> {
        let draft = plans::draft(conn, plan)?.ok_or(AppError::NotFound)?;
        let snapshot = Snapshot::take(&draft, library)?;
        plans::publish(conn, &draft, &snapshot, reason, self.physio, at)?;
        self.note(conn, at, "published a plan")
    }

    fn change_first_dose(&self, conn: &mut Conn, plan: PlanId) -> Result<(), AppError> {
        let draft = plans::draft(conn, plan)?.ok_or(AppError::NotFound)?;
        let Some(first) = draft.phases.first().and_then(|phase| phase.prescriptions.first()) else { return Ok(()) };
        let mut dose = first.dose;
        dose.sets += 1;
        plans::change_prescription(conn, first.id, &DoseChange { dose, load: first.load.clone(), note: note("Well done so far.")? })
    }

    /// Most patients reach their second phase in the middle; one is still waiting for it.
    fn move_on(&self, conn: &mut Conn, plan: PlanId, phases: &[PhaseId], at: NaiveDateTime) -> Result<usize, AppError> {
        let stays = matches!(self.patient.situation, Situation::BetweenPhases | Situation::ReturningToRunning);
        let (Some(second), false) = (phases.get(1), stays) else { return Ok(0) };
        let status = NewStatus { plan, state: State::Running, phase: *second, reason: "All goals of the first phase are reached." };
        plans::set_status(conn, &status, self.physio, at)?;
        Ok(1)
    }

    fn last_day(&self) -> NaiveDate {
        let ago = match self.patient.situation {
            Situation::Silent => 12,
            Situation::Finished => 9,
            Situation::Paused => 5,
            _ => 1,
        };
        self.today - TimeDelta::days(ago)
    }

    /// Trains on every second day or so from one day to another.
    fn train(&mut self, conn: &mut Conn, plan: PlanId, phase: usize, from: NaiveDate, to: NaiveDate) -> Result<(), AppError> {
        let publication = plans::publications(conn, self.id, 1)?.into_iter().next().ok_or(AppError::NotFound)?;
        debug_assert_eq!(publication.plan, plan);
        let mut day = to;
        let mut days = Vec::new();
        while day >= from {
            days.push(day);
            let misses = if self.patient.situation == Situation::Patchy { 45 } else { 12 };
            day -= TimeDelta::days(if self.dice.percent(misses) { 4 } else { 2 + i64::from(self.dice.roll(2)) });
        }
        for day in days.into_iter().rev() {
            self.session(conn, &publication, phase, day)?;
        }
        Ok(())
    }

    fn session(&mut self, conn: &mut Conn, publication: &Publication, phase: usize, day: NaiveDate) -> Result<(), AppError> {
        let writer = Writer { patient: self.id, now: moment(day, 18).min(self.now) };
        let Some(phase) = publication.snapshot.phases.get(phase) else { return Ok(()) };
        for slot in &phase.slots {
            let Some(entry) = self.exercise(publication, slot, day)? else { continue };
            diary::record_sets(conn, writer, &entry, slot)?;
        }
        let during = self.pain(day);
        let patchy = self.patient.situation == Situation::Patchy;
        let answers = !self.dice.percent(if patchy { 50 } else { 6 });
        let say = |value: i32| answers.then_some(Told { value: Some(value.clamp(0, 10)) });
        let remark = self.remark(day).map(note).transpose()?.map(|value| Told { value });
        let felt = SessionEntry {
            plan: publication.plan,
            version: publication.version,
            day,
            ordinal: 1,
            during: say(during),
            after: say(during - self.dice.roll(2)),
            effort: say(4 + self.dice.roll(4)),
            note: remark,
        };
        diary::record_feeling(conn, writer, &felt)?;
        if answers {
            self.pain_by_exercise(conn, publication, &phase.slots, day, during)?;
        }
        if day < self.today && !self.dice.percent(if patchy { 60 } else { 10 }) {
            self.morning(conn, day + TimeDelta::days(1), during)?;
        }
        Ok(())
    }

    /// Where it hurt: the first exercise as much as the session, the next ones a point less each.
    fn pain_by_exercise(
        &self,
        conn: &mut Conn,
        publication: &Publication,
        slots: &[Slot],
        day: NaiveDate,
        during: i32,
    ) -> Result<(), AppError> {
        let writer = Writer { patient: self.id, now: moment(day, 18).min(self.now) };
        for (slot, less) in slots.iter().zip(0..3) {
            let pain = Some(Told { value: Some((during - less).max(0)) });
            diary::record_sets(conn, writer, &SetEntry { pain, ..said(publication, slot, day) }, slot)?;
        }
        Ok(())
    }

    fn exercise(&mut self, publication: &Publication, slot: &Slot, day: NaiveDate) -> Result<Option<SetEntry>, AppError> {
        let patchy = self.patient.situation == Situation::Patchy;
        let entry = |changes, skip| SetEntry { changes, skip, ..said(publication, slot, day) };
        if self.dice.percent(if patchy { 20 } else { 4 }) {
            return Ok(None);
        }
        if self.dice.percent(if patchy { 25 } else { 5 }) {
            let reason = if self.dice.percent(50) { SkipReason::NoTime } else { SkipReason::Pain };
            return Ok(Some(entry(Vec::new(), Some(Some((reason, note("")?))))));
        }
        let mut changes = Vec::new();
        for side in LoggedSide::of(slot.dose.side) {
            for number in 1..=i32::from(slot.dose.sets) {
                let amount = self.dice.percent(6).then(|| (i32::from(slot.dose.amount) - 2).max(1));
                let done = !(number == i32::from(slot.dose.sets) && self.dice.percent(if patchy { 30 } else { 6 }));
                if done {
                    changes.push(SetChange { number, side: *side, done, actual: Actual { amount, ..Actual::default() } });
                }
            }
        }
        Ok(Some(entry(changes, None)))
    }

    /// Pain during a session, 0 to 10: falls over the weeks, and tells the patient's story in the last days.
    fn pain(&mut self, day: NaiveDate) -> i32 {
        let ago = (self.today - day).num_days();
        let start = i32::try_from(ago * 3 / self.days).unwrap_or(0);
        let usual = 1 + start + self.dice.roll(2);
        match self.patient.situation {
            Situation::FlaringUp if ago <= 6 => 6 + self.dice.roll(2),
            Situation::FlaringUp if ago <= 14 => 4 + self.dice.roll(2),
            Situation::Unsettled if ago <= 9 => 4 + self.dice.roll(2),
            Situation::RedFlag | Situation::NightPain if ago <= 10 => 3 + self.dice.roll(3),
            Situation::BetweenPhases if ago <= 14 => self.dice.roll(2),
            Situation::DoingWell if ago <= 14 => 1 + self.dice.roll(2),
            _ => usual,
        }
    }

    fn remark(&mut self, day: NaiveDate) -> Option<&'static str> {
        let ago = (self.today - day).num_days();
        match self.patient.situation {
            Situation::FlaringUp if ago <= 6 => Some("Went for a fast run the day before. Should not have."),
            Situation::DoingWell if ago <= 2 => Some("Stairs were easy today."),
            _ if self.dice.percent(5) => Some("Long day of sitting."),
            _ => None,
        }
    }

    fn morning(&mut self, conn: &mut Conn, day: NaiveDate, during: i32) -> Result<(), AppError> {
        let ago = (self.today - day).num_days();
        if ago == 0 && !matches!(self.patient.situation, Situation::NightPain | Situation::RedFlag) {
            return Ok(());
        }
        let usual = self.patient.morning_pain.unwrap_or(1);
        let worse = match self.patient.situation {
            Situation::FlaringUp if ago <= 6 => 2 + self.dice.roll(2),
            Situation::Unsettled if ago <= 9 => 1,
            _ => 0,
        };
        let night_pain = self.patient.situation == Situation::NightPain && ago == 0;
        let pain = (usual + worse - i32::from(self.dice.percent(30))).clamp(0, 10);
        let check_in = CheckIn {
            day,
            pain: Some(pain),
            stiffness: Some(if worse > 0 { Stiffness::Some } else { Stiffness::None }),
            settled: (!self.dice.percent(15)).then_some(worse < 2),
            limp: Some(during > 6),
            night_pain: Some(night_pain),
            note: String::new(),
        };
        let writer = Writer { patient: self.id, now: moment(day, 7).min(self.now) };
        diary::record_check_in(conn, writer, &check_in)
    }

    /// How the story stands today.
    fn end(&self, conn: &mut Conn, plan: PlanId, phase: PhaseId) -> Result<(), AppError> {
        let set = |conn: &mut Conn, state, reason, by, at| plans::set_status(conn, &NewStatus { plan, state, phase, reason }, by, at);
        match self.patient.situation {
            Situation::Finished => {
                let at = moment(self.today - TimeDelta::days(8), 11);
                set(conn, State::Finished, "All goals are reached. Keep the two exercises you like best, twice a week.", self.physio, at)
            }
            Situation::Paused => {
                let at = moment(self.today - TimeDelta::days(4), 11);
                set(conn, State::Paused, "You are on holiday until Monday week. Walk as much as you like.", self.physio, at)
            }
            Situation::RedFlag => {
                let flags = RED_FLAGS.iter().filter(|flag| flag.key == "RF7").collect();
                let words = note("Deep ache in the groin since the long run, I limp a little.")?;
                patients::add_screening(
                    conn,
                    self.id,
                    &Report { asked_in: AskedIn::Report, flags, contraindications: Vec::new(), note: words },
                    self.id.into(),
                    self.now,
                )?;
                let reason = "You told us that something is wrong. The plan rests until someone of the clinic has looked at it.";
                set(conn, State::Paused, reason, self.id.into(), self.now)
            }
            Situation::Patchy => self.ask(conn, phase),
            _ => Ok(()),
        }
    }

    /// Says two things of the plan: one that the physio has answered, and one that waits.
    fn ask(&self, conn: &mut Conn, phase: PhaseId) -> Result<(), AppError> {
        let Some(current) = plans::current(conn, self.id)? else { return Ok(()) };
        let slots = current.publication.snapshot.phase(phase).map(|phase| phase.slots.clone()).unwrap_or_default();
        let said = [
            (slots.first(), Matter::TooEasy, "", 9, Some("Well done. We add a round when the mornings are calm again.")),
            (slots.last(), Matter::DoesNotSuit, "I have nowhere to do this at work.", 1, None),
        ];
        for (slot, matter, words, days, answer) in said {
            let Some(slot) = slot else { continue };
            let at = moment(self.today - TimeDelta::days(days), 12);
            let new = NewRequest {
                plan: current.publication.plan,
                version: current.publication.version,
                prescription: Some(slot.id),
                about: slot.name.clone(),
                matter,
                words: note(words)?,
            };
            let id = requests::add(conn, &new, at)?;
            if let Some(answer) = answer {
                requests::settle(conn, id, answer, self.physio, at + TimeDelta::hours(20))?;
            }
        }
        Ok(())
    }
}

/// What the physio found out about those who were assessed.
fn findings(situation: Situation) -> Option<Findings> {
    let calm = Irritability { painful: Some(false), lingering: Some(false), morning: Some(false) };
    let stirred = Irritability { painful: Some(true), lingering: None, morning: Some(true) };
    let found = |conditions: &[Flag], irritability, stiff| {
        Some(Findings { conditions: conditions.to_vec(), irritability, stiff, note: String::new() })
    };
    match situation {
        Situation::DoingWell => found(&[Flag::KneePain, Flag::PoorBalance], calm, Some(true)),
        Situation::FlaringUp | Situation::NightPain => found(&[], stirred, Some(false)),
        Situation::Patchy => found(&[Flag::HighBloodPressure], stirred, None),
        Situation::BetweenPhases | Situation::Unsettled => found(&[], calm, None),
        Situation::ReturningToRunning => found(&[Flag::Osteoporosis], calm, Some(false)),
        _ => None,
    }
}

/// An entry about an exercise that says nothing yet.
fn said(publication: &Publication, slot: &Slot, day: NaiveDate) -> SetEntry {
    let (plan, version, prescription) = (publication.plan, publication.version, slot.id);
    SetEntry { plan, version, day, ordinal: 1, prescription, changes: Vec::new(), skip: None, note: None, pain: None }
}

fn note(text: &str) -> Result<Note, AppError> {
    Note::parse(text).map_err(AppError::Internal)
}

/// A moment of a day, by the hour (UTC).
fn moment(day: NaiveDate, hour: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, 30, 0).unwrap_or_default()
}
