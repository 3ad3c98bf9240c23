//! Staff: the gate before the ladder, the ladder, and what is said about it.

use actix_web::web;

use super::gate::{Command, Gate};
use super::pages::{DeskPage, RunRow};
use super::read::{Desk, desk};
use super::readiness::{Item, Known, readiness};
use super::{NewWord, Said, store};
use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::PatientId;
use crate::latest::Latest;
use crate::plans::programmes::{Ladder, Level, Programmes};
use crate::progress::readings;
use crate::text::Reason;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// `GET /clinic/patients/{id}/ladder`
///
/// # Errors
/// See [`AppError`].
pub async fn ladder(
    staff: Staff,
    page: Page,
    id: web::Path<PatientId>,
    db: web::Data<Db>,
    programmes: web::Data<Latest<Programmes>>,
) -> Answer {
    let (id, now) = (*id, page.now);
    let shown = desk_page(page, id, &db, &programmes, None).await?;
    db.write(Lock::Patient(id.0), move |conn| note(conn, &staff, id, now, "looked at the running ladder", "")).await?;
    html(&shown)
}

fn note(conn: &mut Conn, staff: &Staff, id: PatientId, at: chrono::NaiveDateTime, verb: &str, detail: &str) -> Result<(), AppError> {
    Ok(audit::record(conn, &Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject: Some(id.into()), detail })?)
}

/// `POST /clinic/patients/{id}/ladder/words`: opens the ladder, or says where and whether it goes on.
///
/// # Errors
/// See [`AppError`].
pub async fn say(
    staff: Staff,
    page: Page,
    id: web::Path<PatientId>,
    fields: Fields,
    db: web::Data<Db>,
    programmes: web::Data<Latest<Programmes>>,
) -> Answer {
    let (id, now, today, clock) = (*id, page.now, page.today(), page.clock().clone());
    let (typed, house) = (fields.clone(), programmes.get().ladder().clone());
    let said = db
        .write(Lock::Patient(id.0), move |conn| {
            let desk = desk(conn, id, &house, &clock, today)?;
            if is_repeated(&desk, &typed) {
                return Ok(());
            }
            let levels = levels(&desk, &house);
            let items = items(&desk, &house, today);
            let obstacle = desk.obstacle(today);
            let gate = Gate { standing: desk.climbing.standing.as_ref(), items: &items, obstacle: obstacle.as_deref(), levels: &levels };
            let Command { said, level, reason } = gate.read(&typed)?;
            let ladder = (said == Said::Opened).then_some((HOUSE, levels.as_slice()));
            store::say(conn, id, &NewWord { said, level, ladder, reason: &reason }, staff.id, now)?;
            let at = level.map(|level| format!(" at R{level}")).unwrap_or_default();
            note(conn, &staff, id, now, "said how running goes on", &format!("{}{at}: {reason}", said.label()))
        })
        .await;
    answer(said, page, id, fields, "ladder", &db, &programmes).await
}

/// The name of the ladder of the house.
const HOUSE: &str = "The run–walk ladder";

/// Whether the same was said last: a double tap is one word.
fn is_repeated(desk: &Desk, typed: &Fields) -> bool {
    desk.climbing.words.last().is_some_and(|last| {
        let level = last.level.map(|level| level.to_string()).unwrap_or_default();
        last.said.word() == typed.get("word") && level == typed.get("level") && last.reason == typed.get("reason").trim()
    })
}

fn levels(desk: &Desk, house: &Ladder) -> Vec<Level> {
    desk.climbing.standing.as_ref().map_or_else(|| house.levels.clone(), |standing| standing.levels.clone())
}

fn items(desk: &Desk, house: &Ladder, today: chrono::NaiveDate) -> Vec<Item> {
    let obstacle = desk.standing.obstacle();
    let known = Known {
        record: &desk.climbing.record,
        measured: &desk.measured,
        sore: desk.patient.sore_side,
        obstacle: obstacle.as_deref(),
        ticks: &desk.ticks,
        today,
    };
    readiness(&house.readiness, &known)
}

/// `POST /clinic/patients/{id}/ladder/confirmations`: what a physio confirms of the readiness list.
///
/// # Errors
/// See [`AppError`].
pub async fn confirm(
    staff: Staff,
    page: Page,
    id: web::Path<PatientId>,
    fields: Fields,
    db: web::Data<Db>,
    programmes: web::Data<Latest<Programmes>>,
) -> Answer {
    let (id, now, today, clock) = (*id, page.now, page.today(), page.clock().clone());
    let (typed, house) = (fields.clone(), programmes.get().ladder().clone());
    let confirmed = db
        .write(Lock::Patient(id.0), move |conn| {
            let desk = desk(conn, id, &house, &clock, today)?;
            let items = items(&desk, &house, today);
            let (item, met, words) = read(&items, &typed)?;
            store::tick(conn, id, &item.key, met, &words, staff.id, now)?;
            let verdict = if met { "met" } else { "not met" };
            note(conn, &staff, id, now, "confirmed an item of the readiness list", &format!("{}: {verdict}. {words}", item.words))
        })
        .await;
    answer(confirmed, page, id, fields, "readiness", &db, &programmes).await
}

fn read<'a>(items: &'a [Item], typed: &Fields) -> Result<(&'a Item, bool, String), Invalid> {
    let gone = "This item cannot be confirmed by a word. Look at the list again";
    let item = items.iter().find(|item| item.asks && item.key == typed.get("item")).ok_or_else(|| Invalid::one("readiness", gone))?;
    let mut invalid = Invalid::default();
    let met = match typed.get("met") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            invalid.add("readiness", format!("Choose met or not met: {}", item.words));
            None
        }
    };
    let words = invalid.take("readiness", Reason::parse(typed.get("words"), &format!("Say what you found: {}", item.words)));
    match (met, words) {
        (Some(met), Some(words)) => Ok((item, met, words.into())),
        _ => Err(invalid),
    }
}

async fn answer(
    outcome: Result<(), AppError>,
    page: Page,
    id: PatientId,
    fields: Fields,
    done: &str,
    db: &Db,
    programmes: &Latest<Programmes>,
) -> Answer {
    match outcome {
        Ok(()) => see_other(&format!("/clinic/patients/{id}/ladder?done={done}")),
        Err(AppError::Invalid(invalid)) => refused(&desk_page(page, id, db, programmes, Some((fields, Errors(invalid)))).await?),
        Err(error) => Err(error),
    }
}

async fn desk_page(
    page: Page,
    id: PatientId,
    db: &Db,
    programmes: &Latest<Programmes>,
    typed: Option<(Fields, Errors)>,
) -> Result<DeskPage, AppError> {
    let (today, clock): (_, Clock) = (page.today(), page.clock().clone());
    let house = programmes.get().ladder().clone();
    let rules = house.clone();
    let read = db.read(move |conn| desk(conn, id, &rules, &clock, today)).await?;
    let (items, levels, obstacle) = (items(&read, &house, today), levels(&read, &house), read.obstacle(today));
    let gate = Gate { standing: read.climbing.standing.as_ref(), items: &items, obstacle: obstacle.as_deref(), levels: &levels };
    let (may, closed, all_met) = (gate.may(), gate.closed(), gate.all_met());
    let readings = readings(&read.climbing.record);
    let runs = read.climbing.record.sessions.iter().rev().filter_map(|session| RunRow::of(session, &readings)).collect();
    let (fields, errors) = typed.unwrap_or_default();
    Ok(DeskPage {
        page,
        patient: read.patient,
        standing: read.climbing.standing,
        words: read.climbing.words.into_iter().rev().collect(),
        runs,
        items,
        may,
        closed,
        all_met,
        levels,
        ladder: house,
        fields,
        errors,
    })
}
