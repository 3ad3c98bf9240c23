//! The invented people. Nobody is called like this.

use chrono::TimeDelta;

use crate::accounts::{self, NewPerson};
use crate::clock::Clock;
use crate::db::Conn;
use crate::error::AppError;
use crate::ids::PersonId;
use crate::patients::SoreSide;
use crate::text::{Email, Name};
use crate::web::Role;

/// A member of staff.
pub struct StaffMember {
    pub name: &'static str,
    pub email: &'static str,
    pub role: Role,
    pub about: &'static str,
}

/// The staff.
pub const STAFF: [StaffMember; 3] = [
    StaffMember { name: "Olu Demo", email: "olu@example.org", role: Role::Owner, about: "owner and physio" },
    StaffMember { name: "Cleo Demo", email: "cleo@example.org", role: Role::Physio, about: "physio" },
    StaffMember { name: "Dan Demo", email: "dan@example.org", role: Role::Physio, about: "physio" },
];

/// How a patient is getting on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    DoingWell,
    FlaringUp,
    NewWithoutPlan,
    NotScreened,
    Silent,
    BetweenPhases,
    ReturningToRunning,
    Finished,
    RedFlag,
    Paused,
    Unsettled,
    NoPassword,
    NightPain,
    Patchy,
}

impl Situation {
    /// As the table of sign-ins says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::DoingWell => "patient, doing well",
            Self::FlaringUp => "patient, flaring up",
            Self::NewWithoutPlan => "patient, new, no plan yet",
            Self::NotScreened => "patient, new, not screened, no password yet",
            Self::Silent => "patient, silent for twelve days",
            Self::BetweenPhases => "patient, ready for the next phase",
            Self::ReturningToRunning => "patient, returning to running",
            Self::Finished => "patient, finished",
            Self::RedFlag => "patient, reported a red flag today",
            Self::Paused => "patient, plan paused for a holiday",
            Self::Unsettled => "patient, unsettled mornings",
            Self::NoPassword => "patient, has a plan and no password yet",
            Self::NightPain => "patient, pain in the night",
            Self::Patchy => "patient, answers now and then",
        }
    }

    /// Whether they have chosen a password.
    pub fn has_account(self) -> bool {
        !matches!(self, Self::NotScreened | Self::NoPassword)
    }
}

/// A patient.
pub struct DemoPatient {
    pub name: &'static str,
    pub email: &'static str,
    /// Place of their physio in [`STAFF`].
    pub physio: usize,
    pub side: SoreSide,
    pub goal: &'static str,
    pub morning_pain: Option<i32>,
    pub situation: Situation,
}

/// A patient; for constants.
pub const fn patient(
    name: &'static str,
    email: &'static str,
    physio: usize,
    side: SoreSide,
    goal: &'static str,
    morning_pain: Option<i32>,
    situation: Situation,
) -> DemoPatient {
    DemoPatient { name, email, physio, side, goal, morning_pain, situation }
}

use Situation as S;
use SoreSide::{Both, Left, Right};

/// The patients.
#[rustfmt::skip]
pub const PATIENTS: &[DemoPatient] = &[
    patient("Ann Example", "ann@example.org", 1, Left, "Walk the coast path for a day without thinking of my hip", Some(2), S::DoingWell),
    patient("Ben Sample", "ben@example.org", 2, Right, "Run 10 km on Sundays again", Some(2), S::FlaringUp),
    patient("Eve Placeholder", "eve@example.org", 1, Right, "Sit through a working day", Some(1), S::NewWithoutPlan),
    patient("Finn Fictional", "finn@example.org", 1, Left, "Play five-a-side", None, S::NotScreened),
    patient("Gus Imaginary", "gus@example.org", 2, Left, "Climb the stairs at work", Some(3), S::Silent),
    patient("Hana Specimen", "hana@example.org", 1, Both, "Dance at my sister's wedding", Some(1), S::BetweenPhases),
    patient("Ivo Template", "ivo@example.org", 1, Right, "Finish a half-marathon", Some(1), S::ReturningToRunning),
    patient("Jo Dummy", "jo@example.org", 2, Left, "Garden for an afternoon", Some(2), S::Finished),
    patient("Kim Mockup", "kim@example.org", 1, Right, "Train for the hill race", Some(2), S::RedFlag),
    patient("Lou Nowhere", "lou@example.org", 2, Left, "Cycle to work", Some(2), S::Paused),
    patient("Mia Madeup", "mia@example.org", 1, Left, "Sprint for the bus", Some(2), S::Unsettled),
    patient("Ned Nobody", "ned@example.org", 2, Right, "Kick a ball with my children", None, S::NoPassword),
    patient("Ola Testcase", "ola@example.org", 2, Left, "Sleep and walk without pain", Some(2), S::NightPain),
    patient("Pat Pretend", "pat@example.org", 1, Both, "Get up from the sofa like before", Some(3), S::Patchy),
];

/// Adds the staff, in the order of [`STAFF`].
pub fn staff(conn: &mut Conn, hash: &str, clock: &Clock) -> Result<Vec<PersonId>, AppError> {
    let long_ago = clock.now() - TimeDelta::days(400);
    let add = |member: &StaffMember| {
        let (name, email) = words(member.name, member.email)?;
        let id = accounts::add_person(conn, &NewPerson { name: &name, email: &email, role: member.role }, long_ago)?;
        accounts::set_password(conn, id, hash)?;
        Ok(id)
    };
    STAFF.iter().map(add).collect()
}

/// A name and an address that are known to be good.
pub fn words(name: &str, email: &str) -> Result<(Name, Email), AppError> {
    let name = Name::parse(name, "a name").map_err(AppError::Internal)?;
    let email = Email::parse(email).map_err(AppError::Internal)?;
    Ok((name, email))
}
