//! The people of the tests and how they stand to each other, made through the rooms' own doors.
//!
//! *Ann* is a patient of *Cleo*, a physio, and follows a plan of two phases. *Ben* is a patient of *Dan*, another physio, and
//! follows a plan of his own. *Olu* owns the clinic. All were made the morning before the tests' now.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use hip_clinic::accounts::{self, NewPerson, Passwords};
use hip_clinic::config::PasswordCost;
use hip_clinic::db::{Conn, Db, Lock};
use hip_clinic::error::AppError;
use hip_clinic::exercises::Library;
use hip_clinic::exercises::dose::{Dose, Frequency, Side, Work};
use hip_clinic::ids::{PatientId, PersonId, PhaseId, PlanId, PrescriptionId};
use hip_clinic::patients::{self, AskedIn, NewPatient, Report, SoreSide};
use hip_clinic::plans::{self, NewPrescription, Snapshot};
use hip_clinic::text::{Email, Name, Note};
use hip_clinic::web::Role;

/// Everyone's password in the tests.
pub const PASSWORD: &str = "three random words";
/// So cheap that signing in costs the tests nothing.
pub const CHEAP: PasswordCost = PasswordCost { memory: 8, passes: 1 };

/// Who is there.
#[derive(Debug, Clone)]
pub struct Cast {
    /// A physio: Ann's.
    pub cleo: PersonId,
    /// A physio: Ben's.
    pub dan: PersonId,
    /// The owner.
    pub olu: PersonId,
    /// Cleo's patient.
    pub ann: Case,
    /// Dan's patient.
    pub ben: Case,
}

/// A patient with a plan.
#[derive(Debug, Clone)]
pub struct Case {
    /// The patient.
    pub id: PatientId,
    /// Their plan, published once and running.
    pub plan: PlanId,
    /// Its phases in order.
    pub phases: Vec<PhaseId>,
    /// Three rounds of ten hip bridges, three times a week.
    pub bridge: PrescriptionId,
    /// All prescriptions in order, with the slugs of their exercises.
    pub prescriptions: Vec<(PrescriptionId, &'static str)>,
}

/// The moment the tests begin at, in UTC: the morning of Tuesday 24 November 2026.
pub fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 24).and_then(|day| day.and_hms_opt(9, 30, 0)).unwrap()
}

impl Cast {
    /// Brings everyone into an empty clinic.
    pub fn assemble(db: &Db) -> Self {
        let library = Library::load().unwrap();
        let hash = Passwords::new(CHEAP).unwrap().hash_here(PASSWORD).unwrap();
        db.write_here(Lock::Clinic, |conn| {
            let cleo = person(conn, "Cleo Carter", "cleo@clinic.example", Role::Physio, &hash)?;
            let dan = person(conn, "Dan Dyer", "dan@clinic.example", Role::Physio, &hash)?;
            let olu = person(conn, "Olu Ono", "olu@clinic.example", Role::Owner, &hash)?;
            let first =
                ("Calm", vec![("hip-bridge", bridges()), ("clamshell", clams()), ("half-kneeling-hip-flexor-stretch", stretches())]);
            let second = ("Build", vec![("single-leg-bridge", clams())]);
            let ann = case(conn, &library, ("Ann Archer", "ann@people.example"), cleo, &hash, vec![first, second])?;
            let ben =
                case(conn, &library, ("Ben Bell", "ben@people.example"), dan, &hash, vec![("Calm", vec![("hip-bridge", bridges())])])?;
            Ok(Self { cleo, dan, olu, ann, ben })
        })
        .unwrap()
    }
}

fn before() -> NaiveDateTime {
    now() - TimeDelta::days(1)
}

/// "10 times, rest 60 seconds; 3 rounds", three times a week.
fn bridges() -> Dose {
    Dose {
        sets: 3,
        work: Work::Reps,
        amount: 10,
        hold: None,
        rest: Some(60),
        side: Side::Together,
        frequency: Frequency::Weekly(3),
        tempo: None,
    }
}

fn clams() -> Dose {
    Dose { sets: 2, amount: 12, rest: Some(45), side: Side::Each, ..bridges() }
}

fn stretches() -> Dose {
    Dose {
        sets: 2,
        work: Work::Hold,
        amount: 30,
        rest: Some(15),
        side: Side::Left,
        frequency: Frequency::Daily(1),
        tempo: None,
        hold: None,
    }
}

fn person(conn: &mut Conn, name: &str, email: &str, role: Role, hash: &str) -> Result<PersonId, AppError> {
    let (name, email) = (Name::parse(name, "a name").unwrap(), Email::parse(email).unwrap());
    let id = accounts::add_person(conn, &NewPerson { name: &name, email: &email, role }, before())?;
    accounts::set_password(conn, id, hash)?;
    Ok(id)
}

type PhaseOf = (&'static str, Vec<(&'static str, Dose)>);

fn case(
    conn: &mut Conn,
    library: &Library,
    (name, email): (&str, &str),
    physio: PersonId,
    hash: &str,
    phases: Vec<PhaseOf>,
) -> Result<Case, AppError> {
    let new = NewPatient {
        name: Name::parse(name, "a name").unwrap(),
        email: Email::parse(email).unwrap(),
        sore_side: SoreSide::Left,
        goal: Note::parse("Run to the sea and back").unwrap(),
        morning_pain: Some(2),
        physio,
    };
    let id = patients::add(conn, &new, physio, before().date(), before())?;
    accounts::set_password(conn, id.into(), hash)?;
    let nothing = Report { asked_in: AskedIn::Clinic, flags: Vec::new(), contraindications: Vec::new(), note: Note::parse("").unwrap() };
    patients::add_screening(conn, id, &nothing, physio, before())?;
    let plan = plans::create(conn, id, physio, before())?;
    let first = plans::draft(conn, plan)?.unwrap().phases[0].id;
    let mut made = Case { id, plan, phases: Vec::new(), bridge: PrescriptionId(0), prescriptions: Vec::new() };
    for (name, exercises) in phases {
        let phase = if made.phases.is_empty() { first } else { plans::add_phase(conn, plan, name, "", "")? };
        made.phases.push(phase);
        for (exercise, dose) in exercises {
            let id = plans::add_prescription(conn, &NewPrescription { phase, exercise, dose, load: "", note: "", with_previous: false })?;
            made.prescriptions.push((id, exercise));
        }
    }
    made.bridge = made.prescriptions.iter().find(|(_, exercise)| *exercise == "hip-bridge").map(|(id, _)| *id).unwrap();
    let draft = plans::draft(conn, plan)?.unwrap();
    let snapshot = Snapshot::take(&draft, library).unwrap();
    plans::publish(conn, &draft, &snapshot, "To begin with", physio, before())?;
    Ok(made)
}
