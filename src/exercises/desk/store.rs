//! What a member of staff keeps of the exercises: favourites and usual doses. Nothing of it is about a patient.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::DoseChange;
use super::super::dose::{Dose, Every, Frequency, Side, Weekdays, Work};
use crate::db::Conn;
use crate::db::schema::{favourites, usual_doses};
use crate::error::AppError;
use crate::ids::PersonId;
use crate::on_each;
use crate::text::Note;

/// What one member of staff keeps of the exercises, by their slugs.
#[derive(Debug, Default)]
pub struct Habits {
    /// Exercises they want at hand.
    pub favourites: HashSet<String>,
    /// How much they usually give.
    pub doses: HashMap<String, DoseChange>,
}

/// What this person keeps. Two queries.
///
/// # Errors
/// The database's own.
pub fn habits(conn: &mut Conn, person: PersonId) -> Result<Habits, AppError> {
    let marked: Vec<String> = favourites::table.filter(favourites::person_id.eq(person.0)).select(favourites::exercise).load(conn)?;
    let rows: Vec<DoseRow> = usual_doses::table.filter(usual_doses::person_id.eq(person.0)).select(DOSE).load(conn)?;
    let doses = rows.into_iter().map(DoseRow::into_dose).collect::<Result<_, _>>()?;
    Ok(Habits { favourites: marked.into_iter().collect(), doses })
}

/// Puts an exercise among the favourites, or takes it out. Twice is once.
///
/// # Errors
/// The database's own.
pub fn mark(conn: &mut Conn, person: PersonId, exercise: &str, wanted: bool, now: NaiveDateTime) -> Result<(), AppError> {
    let row = (favourites::person_id.eq(person.0), favourites::exercise.eq(exercise), favourites::marked_at.eq(now));
    if wanted {
        on_each!(conn, each => diesel::insert_into(favourites::table).values(row).on_conflict_do_nothing().execute(each))?;
    } else {
        diesel::delete(favourites::table.find((person.0, exercise))).execute(conn)?;
    }
    Ok(())
}

/// How much of the exercise this person usually gives, if they said so. One query.
///
/// # Errors
/// The database's own.
pub fn usual_dose(conn: &mut Conn, person: PersonId, exercise: &str) -> Result<Option<DoseChange>, AppError> {
    let row: Option<DoseRow> = usual_doses::table.find((person.0, exercise)).select(DOSE).first(conn).optional()?;
    Ok(row.map(DoseRow::into_dose).transpose()?.map(|(_, dose)| dose))
}

/// Keeps how much of the exercise this person usually gives, in place of what was kept before.
///
/// # Errors
/// The database's own.
pub fn keep_dose(conn: &mut Conn, person: PersonId, exercise: &str, usual: &DoseChange, now: NaiveDateTime) -> Result<(), AppError> {
    forget_dose(conn, person, exercise)?;
    let dose = usual.dose;
    diesel::insert_into(usual_doses::table)
        .values((
            (usual_doses::person_id.eq(person.0), usual_doses::exercise.eq(exercise), usual_doses::set_at.eq(now)),
            usual_doses::sets.eq(i32::from(dose.sets)),
            usual_doses::work.eq(dose.work.word()),
            usual_doses::amount.eq(i32::from(dose.amount)),
            usual_doses::hold.eq(dose.hold.map(i32::from)),
            usual_doses::rest.eq(dose.rest.map(i32::from)),
            usual_doses::side.eq(dose.side.word()),
            usual_doses::times.eq(i32::from(dose.frequency.times())),
            usual_doses::per.eq(dose.frequency.every().word()),
            usual_doses::weekdays.eq(dose.frequency.days().keys()),
            usual_doses::tempo.eq(dose.tempo.map(|tempo| tempo.to_string())),
            usual_doses::load.eq(&usual.load),
            usual_doses::note.eq(usual.note.as_str()),
        ))
        .execute(conn)?;
    Ok(())
}

/// From now on the dose of the library.
///
/// # Errors
/// The database's own.
pub fn forget_dose(conn: &mut Conn, person: PersonId, exercise: &str) -> Result<(), AppError> {
    diesel::delete(usual_doses::table.find((person.0, exercise))).execute(conn)?;
    Ok(())
}

#[derive(Queryable)]
struct DoseRow {
    exercise: String,
    sets: i32,
    work: String,
    amount: i32,
    hold: Option<i32>,
    rest: Option<i32>,
    side: String,
    times: i32,
    per: String,
    weekdays: String,
    tempo: Option<String>,
    load: String,
    note: String,
}

type DoseColumns = (
    usual_doses::exercise,
    usual_doses::sets,
    usual_doses::work,
    usual_doses::amount,
    usual_doses::hold,
    usual_doses::rest,
    usual_doses::side,
    usual_doses::times,
    usual_doses::per,
    usual_doses::weekdays,
    usual_doses::tempo,
    usual_doses::load,
    usual_doses::note,
);

const DOSE: DoseColumns = (
    usual_doses::exercise,
    usual_doses::sets,
    usual_doses::work,
    usual_doses::amount,
    usual_doses::hold,
    usual_doses::rest,
    usual_doses::side,
    usual_doses::times,
    usual_doses::per,
    usual_doses::weekdays,
    usual_doses::tempo,
    usual_doses::load,
    usual_doses::note,
);

impl DoseRow {
    fn into_dose(self) -> Result<(String, DoseChange), AppError> {
        let wrong = || AppError::Internal(format!("a usual dose of {} cannot be read", self.exercise));
        let small = |number: i32| u16::try_from(number).map_err(|_| wrong());
        let dose = Dose {
            sets: small(self.sets)?,
            work: Work::from_word(&self.work).ok_or_else(wrong)?,
            amount: small(self.amount)?,
            hold: self.hold.map(small).transpose()?,
            rest: self.rest.map(small).transpose()?,
            side: Side::from_word(&self.side).ok_or_else(wrong)?,
            frequency: Frequency::told(
                small(self.times)?,
                Every::from_word(&self.per).ok_or_else(wrong)?,
                Weekdays::read(&self.weekdays).ok_or_else(wrong)?,
            ),
            tempo: self.tempo.as_deref().map(str::parse).transpose().map_err(|_| wrong())?,
        };
        let note = Note::parse(&self.note).map_err(|_| wrong())?;
        Ok((self.exercise, DoseChange { dose, load: self.load, note }))
    }
}
