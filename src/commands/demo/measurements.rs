//! What was measured, scored and said of the invented patients, and an experiment that is half done.

use chrono::{NaiveDate, TimeDelta};

use super::people::{PATIENTS, Situation};
use crate::clock::Clock;
use crate::db::Conn;
use crate::diary::LoggedSide::{self, Both, Left, Right};
use crate::diary::activities::{self, NewPaperScore, Step};
use crate::diary::experiment::{self, Moment, Ordering, Reading, form::Beginning};
use crate::diary::measurements::{self, By, NewMeasurement, Value};
use crate::error::AppError;
use crate::ids::{PatientId, PersonId};
use crate::text::{Caption, Note, Reason};

/// A test: whose, how many days ago, whether the clinic measured it, which, and what was found.
type Line = (Situation, i64, bool, &'static str, &'static [(&'static str, LoggedSide, i32)]);

const LINES: &[Line] = &[
    (
        Situation::DoingWell,
        52,
        true,
        "test-thomas",
        &[("thigh-angle", Left, 11), ("back-flat", Left, 1), ("thigh-angle", Right, -6), ("back-flat", Right, 1)],
    ),
    (Situation::DoingWell, 52, true, "test-bridge-hold", &[("hold", Left, 14), ("hold", Right, 30), ("pain", Left, 4)]),
    (Situation::DoingWell, 38, false, "test-thomas", &[("thigh-angle", Left, -15), ("back-flat", Left, 0)]),
    (Situation::DoingWell, 30, true, "test-bridge-hold", &[("hold", Left, 21), ("hold", Right, 31), ("pain", Left, 2)]),
    (
        Situation::DoingWell,
        24,
        true,
        "test-thomas",
        &[("thigh-angle", Left, 5), ("back-flat", Left, 1), ("thigh-angle", Right, -7), ("back-flat", Right, 1)],
    ),
    (Situation::DoingWell, 9, false, "test-bridge-hold", &[("hold", Left, 29), ("hold", Right, 32), ("pain", Left, 0)]),
    (
        Situation::DoingWell,
        3,
        true,
        "test-thomas",
        &[("thigh-angle", Left, 1), ("back-flat", Left, 1), ("thigh-angle", Right, -6), ("back-flat", Right, 1)],
    ),
    (
        Situation::BetweenPhases,
        6,
        true,
        "test-resisted-flexion",
        &[("pain", Left, 1), ("weaker", Left, 0), ("pain", Right, 1), ("weaker", Right, 0)],
    ),
    (Situation::BetweenPhases, 6, true, "test-step-down", &[("good", Left, 9), ("good", Right, 10), ("pain", Left, 0), ("pain", Right, 0)]),
    (
        Situation::ReturningToRunning,
        30,
        true,
        "test-hop",
        &[("hops", Right, 10), ("pain", Right, 0), ("hops", Left, 10), ("pain", Left, 0)],
    ),
    (Situation::ReturningToRunning, 33, false, "test-walk", &[("minutes", Both, 30), ("pain", Both, 0), ("limp", Both, 0)]),
    (
        Situation::FlaringUp,
        20,
        true,
        "test-hagos",
        &[
            ("symptoms", Both, 54),
            ("pain", Both, 60),
            ("daily-life", Both, 65),
            ("sport", Both, 41),
            ("taking-part", Both, 38),
            ("quality-of-life", Both, 45),
        ],
    ),
];

/// What is wanted again, with its scores: how many days ago, and how well it went.
type Wish = (Situation, &'static str, &'static [(i64, i32)]);

const WISHES: &[Wish] = &[
    (Situation::DoingWell, "Walk up to the lighthouse", &[(52, 3), (30, 5), (9, 7)]),
    (Situation::DoingWell, "Get in and out of my small car", &[(52, 4), (9, 8)]),
    (Situation::DoingWell, "Sleep on my left side", &[(52, 6), (9, 9)]),
    (Situation::BetweenPhases, "Dance for half an hour", &[(40, 2), (6, 6)]),
    (Situation::ReturningToRunning, "Run to the bridge and back", &[(45, 0), (5, 4)]),
];

struct Desk<'a> {
    patients: &'a [PatientId],
    staff: &'a [PersonId],
    clock: &'a Clock,
}

impl Desk<'_> {
    fn day(&self, ago: i64) -> NaiveDate {
        self.clock.today() - TimeDelta::days(ago)
    }

    /// Who writes about a patient, so many days ago.
    fn by(&self, situation: Situation, ago: i64, clinic: bool) -> Result<By, AppError> {
        let place = PATIENTS.iter().position(|patient| patient.situation == situation).ok_or(AppError::NotFound)?;
        let patient = *self.patients.get(place).ok_or(AppError::NotFound)?;
        let physio = *self.staff.get(PATIENTS[place].physio).ok_or(AppError::NotFound)?;
        Ok(By { patient, person: if clinic { physio } else { patient.into() }, now: self.clock.now() - TimeDelta::days(ago) })
    }
}

/// Writes it all.
pub fn write(conn: &mut Conn, patients: &[PatientId], staff: &[PersonId], clock: &Clock) -> Result<(), AppError> {
    let desk = Desk { patients, staff, clock };
    let clear =
        Reason::parse("No pain at night, hop and percussion without pain, scan of last month clear.", "").map_err(AppError::Internal)?;
    measurements::say_bone_stress(conn, desk.by(Situation::ReturningToRunning, 31, true)?, true, &clear)?;
    for (situation, ago, clinic, test, found) in LINES {
        let flat = |side: LoggedSide| !found.iter().any(|(measure, of, value)| *measure == "back-flat" && *of == side && *value == 0);
        let value = |(measure, side, value): &(&str, LoggedSide, i32)| Value {
            measure: (*measure).to_owned(),
            side: *side,
            value: Some(*value),
            words: String::new(),
            counts: *measure != "thigh-angle" || flat(*side),
        };
        let new = NewMeasurement {
            test: (*test).to_owned(),
            day: desk.day(*ago),
            values: found.iter().map(value).collect(),
            note: String::new(),
        };
        measurements::add(conn, desk.by(*situation, *ago, *clinic)?, &new)?;
    }
    for (situation, words, scores) in WISHES {
        let first = scores.first().map_or(1, |(ago, _)| *ago);
        let words = Caption::parse(words, "").map_err(AppError::Internal)?;
        let by = desk.by(*situation, first, false)?;
        activities::choose(conn, by, &words)?;
        let chosen = activities::activities(conn, by.patient)?.pop().ok_or(AppError::NotFound)?;
        for (ago, score) in *scores {
            activities::score(conn, desk.by(*situation, *ago, false)?, chosen.id, desk.day(*ago), *score)?;
        }
    }
    let said = Note::parse("The stairs are easy again.").map_err(AppError::Internal)?;
    activities::feel(conn, desk.by(Situation::DoingWell, 9, false)?, desk.day(9), Step::Better, &said)?;
    let paper =
        NewPaperScore { name: "The clinic's own hip sheet".to_owned(), part: String::new(), day: desk.day(20), tenths: 625, most: 1000 };
    activities::add_paper_score(conn, desk.by(Situation::FlaringUp, 20, true)?, &paper)?;
    experiment(conn, &desk)
}

/// Day 0 five days ago, three things tried, one day skipped.
fn experiment(conn: &mut Conn, desk: &Desk<'_>) -> Result<(), AppError> {
    let whose = Situation::BetweenPhases;
    let words = Reason::parse("Tight again and again after sitting, little pain.", "").map_err(AppError::Internal)?;
    let new = Beginning { side: Left, ordering: Ordering::Fixed, words };
    let probes = ["release", "stretch", "core", "glutes", "flexor-load"].map(str::to_owned);
    experiment::begin(conn, desk.by(whose, 5, true)?, &new, &probes, desk.day(5))?;
    let id = experiment::current(conn, desk.by(whose, 5, true)?.patient)?.ok_or(AppError::NotFound)?.id;
    let before = |probe: &str| Moment::Before(probe.to_owned());
    let after = |probe: &str| Moment::After(probe.to_owned());
    let readings = [
        (5, Moment::Baseline, 12, 7),
        (4, before("release"), 12, 7),
        (4, after("release"), 10, 6),
        (3, before("stretch"), 11, 7),
        (3, after("stretch"), 4, 5),
        (1, before("core"), 12, 6),
        (1, after("core"), 6, 4),
    ];
    for (ago, moment, angle, tightness) in readings {
        let first = moment == Moment::Baseline;
        let reading = Reading {
            moment,
            day: desk.day(ago),
            left_angle: Some(angle),
            right_angle: first.then_some(3),
            back_flat: Some(true),
            tightness: Some(tightness),
            pain: first.then_some(1),
            bridge: if first { (Some(22), Some(27)) } else { (None, None) },
            plank: if first { (Some(31), Some(35)) } else { (None, None) },
        };
        experiment::take(conn, desk.by(whose, ago, false)?, id, &reading)?;
    }
    Ok(())
}
