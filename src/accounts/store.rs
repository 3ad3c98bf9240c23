//! People, their sign-ins and invitations in the database.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::domain::{self, Mailbox, Person};
use super::token::Token;
use crate::db::schema::{failed_sign_ins, invitations, people, sign_ins};
use crate::db::{Conn, record_changed};
use crate::error::{AppError, Invalid};
use crate::ids::PersonId;
use crate::text::{Email, Name};
use crate::web::{Role, Viewer};

type PersonRow = (i64, String, String, String);
const PERSON: (people::id, people::name, people::email, people::role) = (people::id, people::name, people::email, people::role);

fn to_person((id, name, email, role): PersonRow) -> Result<Person, AppError> {
    let role = Role::from_word(&role).ok_or_else(|| AppError::Internal(format!("person {id} has the unknown role {role}")))?;
    Ok(Person { id: PersonId(id), name, email, role })
}

/// What is needed to make an account.
pub struct NewPerson<'a> {
    /// Their name.
    pub name: &'a Name,
    /// Their address.
    pub email: &'a Email,
    /// What they may do.
    pub role: Role,
}

/// Adds a person without a password. Hold [`crate::db::Lock::People`].
///
/// # Errors
/// [`AppError::Invalid`] on `email` when the address has an account already.
pub fn add_person(conn: &mut Conn, new: &NewPerson<'_>, now: NaiveDateTime) -> Result<PersonId, AppError> {
    check_free(conn, new.email, None)?;
    let id = diesel::insert_into(people::table)
        .values((
            people::email.eq(new.email.as_str()),
            people::name.eq(new.name.as_str()),
            people::name_sort.eq(new.name.sort_key()),
            people::role.eq(new.role.word()),
            people::created_at.eq(now),
        ))
        .returning(people::id)
        .get_result(conn)?;
    Ok(PersonId(id))
}

fn check_free(conn: &mut Conn, email: &Email, but: Option<PersonId>) -> Result<(), AppError> {
    let holder = people::table.filter(people::email.eq(email.as_str())).select(people::id).first::<i64>(conn).optional()?;
    match holder {
        Some(id) if Some(PersonId(id)) != but => Err(Invalid::one("email", "This e-mail address has an account already").into()),
        _ => Ok(()),
    }
}

/// Gives a person another name and address. Hold [`crate::db::Lock::People`].
///
/// # Errors
/// [`AppError::Invalid`] on `email` when the address is another person's.
pub fn rename(conn: &mut Conn, id: PersonId, name: &Name, email: &Email) -> Result<(), AppError> {
    check_free(conn, email, Some(id))?;
    diesel::update(people::table.find(id.0))
        .set((people::name.eq(name.as_str()), people::name_sort.eq(name.sort_key()), people::email.eq(email.as_str())))
        .execute(conn)?;
    Ok(())
}

/// One person.
///
/// # Errors
/// The database's own.
pub fn person(conn: &mut Conn, id: PersonId) -> Result<Option<Person>, AppError> {
    people::table.find(id.0).select(PERSON).first::<PersonRow>(conn).optional()?.map(to_person).transpose()
}

/// All physios and owners by name.
///
/// # Errors
/// The database's own.
pub fn staff(conn: &mut Conn) -> Result<Vec<Person>, AppError> {
    let rows: Vec<PersonRow> =
        people::table.filter(people::role.ne(Role::Patient.word())).order(people::name_sort).select(PERSON).load(conn)?;
    rows.into_iter().map(to_person).collect()
}

/// Whether the clinic has anyone who can look after patients.
///
/// # Errors
/// The database's own.
pub fn has_staff(conn: &mut Conn) -> Result<bool, AppError> {
    let count: i64 = people::table.filter(people::role.ne(Role::Patient.word())).count().get_result(conn)?;
    Ok(count > 0)
}

/// Stores a password's hash and ends all sign-ins made with the old one.
///
/// # Errors
/// The database's own.
pub fn set_password(conn: &mut Conn, id: PersonId, hash: &str) -> Result<(), AppError> {
    diesel::update(people::table.find(id.0)).set(people::password_hash.eq(hash)).execute(conn)?;
    record_changed(conn, id.0)?;
    sign_out_everywhere(conn, id)
}

/// Who has this address, and their password's hash.
pub fn credentials(conn: &mut Conn, email: &Email) -> Result<Option<(Person, Option<String>)>, AppError> {
    let row: Option<(PersonRow, Option<String>)> =
        people::table.filter(people::email.eq(email.as_str())).select((PERSON, people::password_hash)).first(conn).optional()?;
    row.map(|(row, hash)| Ok((to_person(row)?, hash))).transpose()
}

/// The stored hash of a person's password.
pub fn password_hash(conn: &mut Conn, id: PersonId) -> Result<Option<String>, AppError> {
    Ok(people::table.find(id.0).select(people::password_hash).first(conn)?)
}

/// Failed tries for an account and from an address since a moment.
pub fn tries(conn: &mut Conn, email: &Email, address: &str, since: NaiveDateTime) -> Result<(i64, i64), AppError> {
    let recent = failed_sign_ins::table.filter(failed_sign_ins::failed_at.gt(since));
    let account = recent.filter(failed_sign_ins::email.eq(email.as_str())).count().get_result(conn)?;
    let from = recent.filter(failed_sign_ins::address.eq(address)).count().get_result(conn)?;
    Ok((account, from))
}

/// Notes a failed try, and forgets those that no longer count.
pub fn note_failure(conn: &mut Conn, email: &Email, address: &str, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::delete(failed_sign_ins::table.filter(failed_sign_ins::failed_at.le(now - domain::throttle_span()))).execute(conn)?;
    diesel::insert_into(failed_sign_ins::table)
        .values((failed_sign_ins::email.eq(email.as_str()), failed_sign_ins::address.eq(address), failed_sign_ins::failed_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Begins a sign-in and forgets the person's ended ones.
pub fn sign_in(conn: &mut Conn, person: &Person, token: &Token, now: NaiveDateTime) -> Result<(), AppError> {
    let (idle, _) = domain::sign_in_life(person.role);
    diesel::delete(sign_ins::table.filter(sign_ins::person_id.eq(person.id.0)).filter(sign_ins::last_seen_at.le(now - idle)))
        .execute(conn)?;
    diesel::delete(failed_sign_ins::table.filter(failed_sign_ins::email.eq(&person.email))).execute(conn)?;
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::person_id.eq(person.id.0),
            sign_ins::token_hash.eq(token.hash()),
            sign_ins::created_at.eq(now),
            sign_ins::last_seen_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who a cookie belongs to, if the sign-in is still good, and whether its last use should be noted. One statement, which also counts
/// the messages that wait for them.
pub fn viewer(conn: &mut Conn, token: &Token, waiting: Mailbox, now: NaiveDateTime) -> Result<Option<(Viewer, bool)>, AppError> {
    let row: Option<(PersonRow, NaiveDateTime, NaiveDateTime, i64)> = sign_ins::table
        .inner_join(people::table.on(people::id.eq(sign_ins::person_id)))
        .filter(sign_ins::token_hash.eq(token.hash()))
        .select((PERSON, sign_ins::created_at, sign_ins::last_seen_at, sql::<BigInt>(waiting.0)))
        .first(conn)
        .optional()?;
    let Some((row, created, last_seen, messages)) = row else { return Ok(None) };
    let person = to_person(row)?;
    if !domain::still_signed_in(person.role, created, last_seen, now) {
        return Ok(None);
    }
    let note = now - last_seen > domain::last_seen_precision();
    Ok(Some((Viewer { id: person.id, name: person.name, role: person.role, messages }, note)))
}

/// Whose a secret is or was, whether the sign-in is still good or not.
pub fn holder(conn: &mut Conn, token: &Token) -> Result<Option<PersonId>, AppError> {
    let found = sign_ins::table.filter(sign_ins::token_hash.eq(token.hash())).select(sign_ins::person_id).first(conn).optional()?;
    Ok(found.map(PersonId))
}

/// Notes the last use of a sign-in.
pub fn note_use(conn: &mut Conn, token: &Token, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::update(sign_ins::table.filter(sign_ins::token_hash.eq(token.hash()))).set(sign_ins::last_seen_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Ends one sign-in.
pub fn sign_out(conn: &mut Conn, token: &Token) -> Result<(), AppError> {
    diesel::delete(sign_ins::table.filter(sign_ins::token_hash.eq(token.hash()))).execute(conn)?;
    Ok(())
}

/// Ends all sign-ins of a person.
pub fn sign_out_everywhere(conn: &mut Conn, id: PersonId) -> Result<(), AppError> {
    diesel::delete(sign_ins::table.filter(sign_ins::person_id.eq(id.0))).execute(conn)?;
    Ok(())
}

/// Makes a one-time link's secret for a person, or (for nobody) one that founds the first owner. Earlier links end.
///
/// # Errors
/// The database's own.
pub fn invite(conn: &mut Conn, person: Option<PersonId>, by: Option<PersonId>, now: NaiveDateTime) -> Result<Token, AppError> {
    let token = Token::new()?;
    let earlier = invitations::table.filter(invitations::used_at.is_null());
    match person {
        Some(id) => diesel::update(earlier.filter(invitations::person_id.eq(id.0))).set(invitations::used_at.eq(now)).execute(conn)?,
        None => diesel::update(earlier.filter(invitations::person_id.is_null())).set(invitations::used_at.eq(now)).execute(conn)?,
    };
    diesel::insert_into(invitations::table)
        .values((
            invitations::person_id.eq(person.map(|id| id.0)),
            invitations::token_hash.eq(token.hash()),
            invitations::created_by.eq(by.map(|id| id.0)),
            invitations::created_at.eq(now),
            invitations::expires_at.eq(now + domain::invitation_life()),
        ))
        .execute(conn)?;
    Ok(token)
}

/// An invitation that can still be used.
pub struct OpenInvitation {
    /// Whom it is for; nobody yet when it founds the first owner.
    pub person: Option<Person>,
    /// Until when it can be used.
    pub expires_at: NaiveDateTime,
}

/// The invitation behind a link, if it can still be used.
pub fn open_invitation(conn: &mut Conn, token: &Token, now: NaiveDateTime) -> Result<Option<OpenInvitation>, AppError> {
    let row: Option<(Option<i64>, NaiveDateTime)> = invitations::table
        .filter(invitations::token_hash.eq(token.hash()))
        .filter(invitations::used_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .select((invitations::person_id, invitations::expires_at))
        .first(conn)
        .optional()?;
    let Some((person_id, expires_at)) = row else { return Ok(None) };
    let person = match person_id {
        Some(id) => person(conn, PersonId(id))?,
        None => None,
    };
    Ok(Some(OpenInvitation { person, expires_at }))
}

/// Marks the invitation as used.
pub fn use_up(conn: &mut Conn, token: &Token, now: NaiveDateTime) -> Result<(), AppError> {
    diesel::update(invitations::table.filter(invitations::token_hash.eq(token.hash()))).set(invitations::used_at.eq(now)).execute(conn)?;
    Ok(())
}

/// The address of the person, for the rules about passwords.
pub fn email_of(conn: &mut Conn, id: PersonId) -> Result<String, AppError> {
    Ok(people::table.find(id.0).select(people::email).first(conn)?)
}
