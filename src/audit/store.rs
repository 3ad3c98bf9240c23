//! Adding entries and reading them back.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::audit_entries;
use crate::ids::PersonId;

/// One thing somebody did or saw.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Who; nobody when the program itself acted.
    pub actor: Option<PersonId>,
    /// Their name at that time.
    pub name: &'a str,
    /// What they did: "looked at the patient page".
    pub verb: &'a str,
    /// Whose record it was about.
    pub subject: Option<PersonId>,
    /// More words, or none.
    pub detail: &'a str,
}

/// Adds an entry.
///
/// # Errors
/// The database's own.
pub fn record(conn: &mut Conn, entry: &Entry<'_>) -> QueryResult<()> {
    diesel::insert_into(audit_entries::table)
        .values((
            audit_entries::at.eq(entry.at),
            audit_entries::actor_id.eq(entry.actor.map(|id| id.0)),
            audit_entries::actor_name.eq(entry.name),
            audit_entries::verb.eq(entry.verb),
            audit_entries::subject_id.eq(entry.subject.map(|id| id.0)),
            audit_entries::detail.eq(entry.detail),
        ))
        .execute(conn)
        .map(drop)
}

/// The newest `most` entries about a person: when, who, did what, with which detail.
///
/// # Errors
/// The database's own.
pub fn of_subject(conn: &mut Conn, subject: PersonId, most: i64) -> QueryResult<Vec<(NaiveDateTime, String, String, String)>> {
    audit_entries::table
        .filter(audit_entries::subject_id.eq(subject.0))
        .order((audit_entries::at.desc(), audit_entries::id.desc()))
        .limit(most)
        .select((audit_entries::at, audit_entries::actor_name, audit_entries::verb, audit_entries::detail))
        .load(conn)
}

/// When something was last done by anyone.
///
/// # Errors
/// The database's own.
pub fn last_of(conn: &mut Conn, verb: &str) -> QueryResult<Option<NaiveDateTime>> {
    audit_entries::table.filter(audit_entries::verb.eq(verb)).select(diesel::dsl::max(audit_entries::at)).first(conn)
}

/// Whether somebody did something about a person since a moment.
///
/// # Errors
/// The database's own.
pub fn did_since(conn: &mut Conn, actor: PersonId, verb: &str, subject: PersonId, since: NaiveDateTime) -> QueryResult<bool> {
    let known = audit_entries::table.filter(audit_entries::subject_id.eq(subject.0)).filter(audit_entries::at.gt(since));
    let count: i64 = known.filter(audit_entries::actor_id.eq(actor.0)).filter(audit_entries::verb.eq(verb)).count().get_result(conn)?;
    Ok(count > 0)
}
