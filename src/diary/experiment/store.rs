//! Experiments in the database. Writes need the patient's lock.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::domain::{Decision, End, Experiment, Moment, Ordering, Outcome, Reading};
use super::form::Beginning;
use super::rules::shuffled;
use crate::db::Conn;
use crate::db::schema::{experiment_decisions as decisions, experiment_ends as ends, experiment_readings as readings, experiments};
use crate::diary::LoggedSide;
use crate::diary::measurements::{self, By, NewMeasurement, Value, name_of, names};
use crate::error::{AppError, Invalid};
use crate::ids::{ExperimentId, PatientId};
use crate::text::Reason;

/// Begins an experiment. While one runs there is no other.
///
/// # Errors
/// On the field `pain` while one runs.
pub fn begin(conn: &mut Conn, by: By, new: &Beginning, probes: &[String], today: NaiveDate) -> Result<(), AppError> {
    if let Some(running) = current(conn, by.patient)? {
        // The same form again is a second press.
        if running.begun == today && running.side == new.side && running.ordering == new.ordering && running.readings.is_empty() {
            return Ok(());
        }
        return Err(Invalid::one("pain", "An experiment runs already; end it first").into());
    }
    let order = match new.ordering {
        Ordering::Fixed => probes.to_vec(),
        Ordering::Shuffled => shuffled(probes, by.now.and_utc().timestamp_micros().unsigned_abs() ^ by.patient.0.unsigned_abs()),
    };
    diesel::insert_into(experiments::table)
        .values((
            experiments::patient_id.eq(by.patient.0),
            experiments::side.eq(new.side.word()),
            experiments::ordering.eq(new.ordering.word()),
            experiments::probes.eq(order.join(" ")),
            experiments::words.eq(new.words.as_str()),
            experiments::begun_on.eq(today),
            experiments::begun_by.eq(by.person.0),
            experiments::begun_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The experiment that runs. Four queries at most.
///
/// # Errors
/// The database's own.
pub fn current(conn: &mut Conn, patient: PatientId) -> Result<Option<Experiment>, AppError> {
    Ok(newest(conn, patient)?.filter(|experiment| experiment.ended.is_none()))
}

/// The newest experiment, running or over. Four queries at most.
///
/// # Errors
/// The database's own.
pub fn newest(conn: &mut Conn, patient: PatientId) -> Result<Option<Experiment>, AppError> {
    type Ended = Option<(String, String, i64, NaiveDateTime)>;
    type Row = (i64, String, String, String, NaiveDate, Ended);
    let row: Option<Row> = experiments::table
        .left_join(ends::table)
        .filter(experiments::patient_id.eq(patient.0))
        .order(experiments::id.desc())
        .select((
            experiments::id,
            experiments::side,
            experiments::ordering,
            experiments::probes,
            experiments::begun_on,
            (ends::outcome, ends::reason, ends::ended_by, ends::ended_at).nullable(),
        ))
        .first(conn)
        .optional()?;
    let Some((id, side, ordering, probes, begun, ended)) = row else { return Ok(None) };
    let decided: Option<(String, String, i64, NaiveDateTime)> = decisions::table
        .filter(decisions::experiment_id.eq(id))
        .filter(decisions::about.eq("pair"))
        .order(decisions::id.desc())
        .select((decisions::chosen, decisions::words, decisions::decided_by, decisions::decided_at))
        .first(conn)
        .optional()?;
    let who = names(conn, ended.iter().map(|ended| ended.2).chain(decided.iter().map(|decided| decided.2)))?;
    Ok(Some(Experiment {
        id: ExperimentId(id),
        side: LoggedSide::from_word(&side).unwrap_or(LoggedSide::Left),
        ordering: Ordering::from_word(&ordering).unwrap_or(Ordering::Fixed),
        probes: probes.split(' ').map(str::to_owned).collect(),
        begun,
        readings: readings_of(conn, id)?,
        decision: decided.map(|(pair, words, by, at)| {
            let pair = pair.split(' ').map(str::to_owned).collect();
            Decision { pair, words, by: name_of(&who, by), at }
        }),
        ended: ended.map(|(outcome, reason, by, at)| {
            let outcome = Outcome::from_word(&outcome).unwrap_or(Outcome::Stopped);
            End { outcome, reason, by: name_of(&who, by), at }
        }),
    }))
}

/// The newest reading of each moment.
fn readings_of(conn: &mut Conn, experiment: i64) -> Result<Vec<Reading>, AppError> {
    type Holds = (Option<i32>, Option<i32>, Option<i32>, Option<i32>);
    type Row = (String, NaiveDate, Option<i32>, Option<i32>, Option<String>, Option<i32>, Option<i32>, Holds);
    let rows: Vec<Row> = readings::table
        .filter(readings::experiment_id.eq(experiment))
        .order(readings::id)
        .select((
            readings::moment,
            readings::taken_on,
            readings::left_angle,
            readings::right_angle,
            readings::back_flat,
            readings::tightness,
            readings::pain,
            (readings::left_bridge, readings::right_bridge, readings::left_plank, readings::right_plank),
        ))
        .load(conn)?;
    let mut newest: Vec<Reading> = Vec::new();
    for (moment, day, left_angle, right_angle, flat, tightness, pain, (left_bridge, right_bridge, left_plank, right_plank)) in rows {
        let Some(moment) = Moment::from_word(&moment) else { continue };
        newest.retain(|known| known.moment != moment);
        newest.push(Reading {
            moment,
            day,
            left_angle,
            right_angle,
            back_flat: flat.map(|word| word == "yes"),
            tightness,
            pain,
            bridge: (left_bridge, right_bridge),
            plank: (left_plank, right_plank),
        });
    }
    Ok(newest)
}

/// Keeps what was measured at a moment. The same again is a second press; other numbers are a correction, and the first stay. The tests
/// of days 0, 14 and 28 stand among the measurements, too.
///
/// # Errors
/// [`AppError::NotFound`] when no experiment of this patient has this number.
pub fn take(conn: &mut Conn, by: By, id: ExperimentId, new: &Reading) -> Result<(), AppError> {
    let running = current(conn, by.patient)?.filter(|running| running.id == id).ok_or(AppError::NotFound)?;
    // A test before a probe is of the day of that probe; the others keep the day they were first done.
    if !running.lets(&new.moment, new.day) {
        return Err(Invalid::one("tightness", "This is not due today. Reload the page to see what is").into());
    }
    let known = running.at(&new.moment);
    let waits = matches!(&new.moment, Moment::Before(probe) if running.at(&Moment::After(probe.clone())).is_none());
    let day = known.map_or(new.day, |known| if waits { new.day } else { known.day });
    let new = Reading { day, ..new.clone() };
    if known == Some(&new) {
        return Ok(());
    }
    diesel::insert_into(readings::table)
        .values((
            readings::experiment_id.eq(id.0),
            readings::moment.eq(new.moment.word()),
            readings::taken_on.eq(new.day),
            readings::left_angle.eq(new.left_angle),
            readings::right_angle.eq(new.right_angle),
            readings::back_flat.eq(new.back_flat.map(|flat| if flat { "yes" } else { "no" })),
            readings::tightness.eq(new.tightness),
            readings::pain.eq(new.pain),
            readings::left_bridge.eq(new.bridge.0),
            readings::right_bridge.eq(new.bridge.1),
            readings::left_plank.eq(new.plank.0),
            readings::right_plank.eq(new.plank.1),
            readings::entered_by.eq(by.person.0),
            readings::entered_at.eq(by.now),
        ))
        .execute(conn)?;
    if matches!(new.moment, Moment::Before(_) | Moment::After(_)) { Ok(()) } else { among_measurements(conn, by, &new, known.is_some()) }
}

/// Puts what was measured among the measurements; what a correction replaces is struck out there.
fn among_measurements(conn: &mut Conn, by: By, new: &Reading, corrected: bool) -> Result<(), AppError> {
    let note = format!("Experiment, {}", new.moment.label().to_lowercase());
    if corrected {
        let reason = Reason::parse("Corrected in the experiment", "").map_err(AppError::Internal)?;
        for known in measurements::all(conn, by.patient)? {
            if known.found.note == note && known.found.day == new.day && known.struck.is_none() {
                measurements::strike(conn, By { person: known.by, ..by }, known.id, &reason)?;
            }
        }
    }
    let flat = new.back_flat == Some(true);
    let angles = [(LoggedSide::Left, new.left_angle), (LoggedSide::Right, new.right_angle)];
    let controls = angles.map(|(side, angle)| (side, angle.and(new.back_flat).map(i32::from)));
    let holds = |(left, right): (Option<i32>, Option<i32>)| [(LoggedSide::Left, left), (LoggedSide::Right, right)];
    let values = |measure: &str, found: [(LoggedSide, Option<i32>); 2], counts: bool| {
        let value = |(side, value): (LoggedSide, Option<i32>)| {
            value.map(|value| Value { measure: measure.to_owned(), side, value: Some(value), words: String::new(), counts })
        };
        found.into_iter().filter_map(value).collect::<Vec<_>>()
    };
    let thomas = [values("thigh-angle", angles, flat), values("back-flat", controls, true)].concat();
    for (test, values) in [
        ("test-thomas", thomas),
        ("test-bridge-hold", values("hold", holds(new.bridge), true)),
        ("test-side-plank", values("hold", holds(new.plank), true)),
    ] {
        if !values.is_empty() {
            measurements::add(conn, by, &NewMeasurement { test: test.to_owned(), day: new.day, values, note: note.clone() })?;
        }
    }
    Ok(())
}

/// Keeps the personal pair a physio chose; the same again is a second press.
///
/// # Errors
/// [`AppError::NotFound`] when nothing runs.
pub fn decide(conn: &mut Conn, by: By, pair: &[String], words: &Reason) -> Result<(), AppError> {
    let running = current(conn, by.patient)?.ok_or(AppError::NotFound)?;
    if running.decision.is_some_and(|known| known.pair == pair && known.words == words.as_str()) {
        return Ok(());
    }
    diesel::insert_into(decisions::table)
        .values((
            decisions::experiment_id.eq(running.id.0),
            decisions::about.eq("pair"),
            decisions::chosen.eq(pair.join(" ")),
            decisions::words.eq(words.as_str()),
            decisions::decided_by.eq(by.person.0),
            decisions::decided_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the experiment. Twice is once.
///
/// # Errors
/// [`AppError::NotFound`] where there never was one.
pub fn end(conn: &mut Conn, by: By, outcome: Outcome, reason: &Reason) -> Result<(), AppError> {
    let known = newest(conn, by.patient)?.ok_or(AppError::NotFound)?;
    if known.ended.is_some() {
        return Ok(());
    }
    diesel::insert_into(ends::table)
        .values((
            ends::experiment_id.eq(known.id.0),
            ends::outcome.eq(outcome.word()),
            ends::reason.eq(reason.as_str()),
            ends::ended_by.eq(by.person.0),
            ends::ended_at.eq(by.now),
        ))
        .execute(conn)?;
    Ok(())
}
