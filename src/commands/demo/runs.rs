//! One runner in the middle of the ladder, with good and bad runs, and one who waits at its gate.

use chrono::{NaiveDate, TimeDelta};

use super::people;
use crate::clock::Clock;
use crate::db::Conn;
use crate::diary::{self, CheckIn, Run, RunEntry, Stiffness, Surface, Writer};
use crate::error::AppError;
use crate::exercises::Library;
use crate::ids::{PatientId, PersonId};
use crate::plans;
use crate::plans::programmes::Programmes;
use crate::progress::ladder::{self, NewWord, Said};
use crate::text::Note;

/// Days before today, level, minutes run, pain during, stiff next morning, and a remark.
type Told = (i64, i32, i32, i32, bool, &'static str);

/// The runs of someone who began three weeks ago.
#[rustfmt::skip]
const RUNS: [Told; 11] = [
    (22, 1, 2, 1, false, "Felt like nothing. Good."),
    (20, 1, 2, 1, false, ""),
    (18, 2, 4, 1, false, ""),
    (16, 2, 4, 2, true, "Stiff getting out of bed the day after."),
    (14, 2, 4, 1, false, ""),
    (12, 2, 4, 1, false, ""),
    (10, 3, 6, 4, false, "Went a bit too fast with the dog."),
    (8, 3, 4, 2, false, "Less this time, as asked."),
    (6, 3, 6, 1, false, ""),
    (4, 3, 6, 1, false, ""),
    (2, 4, 8, 2, false, "Nearly forgot my hip."),
];

/// Writes the runs and the words of the physios.
pub fn write(conn: &mut Conn, patients: &[PatientId], staff: &[PersonId], library: &Library, clock: &Clock) -> Result<(), AppError> {
    let of = |email: &str| {
        let place = people::PATIENTS.iter().position(|patient| patient.email == email).ok_or(AppError::NotFound)?;
        let physio = staff.get(people::PATIENTS[place].physio).copied().ok_or(AppError::NotFound)?;
        Ok::<_, AppError>((patients.get(place).copied().ok_or(AppError::NotFound)?, physio))
    };
    let programmes = Programmes::load(library).map_err(|flaws| AppError::Internal(flaws.join("; ")))?;
    let levels = &programmes.ladder().levels;
    let (runner, physio) = of("ivo@example.org")?;
    let today = clock.today();
    let opened = at(today - TimeDelta::days(23), 9);
    let reason = "Ivo walks half an hour without a limp, and both planks are good. Single-leg squats 9 of 10: good enough to begin.";
    let word = NewWord { said: Said::Opened, level: Some(1), ladder: Some(("The run–walk ladder", levels)), reason };
    ladder::say(conn, runner, &word, physio, opened)?;
    for told in RUNS {
        run(conn, runner, told, today)?;
    }
    let (waiting, physio) = of("mia@example.org")?;
    let yesterday = at(today - TimeDelta::days(1), 11);
    let first = programmes.ladder().readiness.first().map(ladder::key).ok_or(AppError::NotFound)?;
    let words = "No night pain, no ache deep in the groin, hip turns freely. Bone stress unlikely.";
    ladder::tick(conn, waiting, &first, true, words, physio, yesterday)
}

fn at(day: NaiveDate, hour: u32) -> chrono::NaiveDateTime {
    day.and_hms_opt(hour, 0, 0).unwrap_or_default()
}

fn run(conn: &mut Conn, runner: PatientId, (ago, level, minutes, during, stiff, remark): Told, today: NaiveDate) -> Result<(), AppError> {
    let day = today - TimeDelta::days(ago);
    let Some(publication) = plans::publications(conn, runner, 1)?.into_iter().next() else { return Ok(()) };
    let writer = |day, hour| Writer { patient: runner, now: at(day, hour) };
    let run = Run {
        level: Some(level),
        seconds: Some(minutes * 60),
        longest: None,
        surface: (ago % 4 == 0).then_some(Surface::Path),
        incline: None,
        climb: None,
        pace: None,
        speed_reps: None,
        walked_home: false,
        logged: at(day, 19),
    };
    let note = Note::parse(remark).map_err(AppError::Internal)?;
    let entry = RunEntry { day, run, during: Some(during), after: Some(during.min(2)), note };
    diary::record_run(conn, writer(day, 19), publication.plan, publication.version, &entry)?;
    let next = day + TimeDelta::days(1);
    let known = diary::check_ins(conn, runner, next, next)?.pop();
    let stiffness = Some(if stiff { Stiffness::Some } else { Stiffness::None });
    let calm = CheckIn { day: next, pain: Some(1), settled: Some(true), limp: Some(false), night_pain: Some(false), ..CheckIn::nothing() };
    diary::record_check_in(conn, writer(next, 7), &CheckIn { stiffness, ..known.unwrap_or(calm) })
}
