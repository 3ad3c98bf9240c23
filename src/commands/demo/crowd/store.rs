//! Copies of a patient with all their diary, made by the database itself.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::people;
use crate::error::AppError;
use crate::ids::{PatientId, PersonId};

/// The people with these addresses, in this order.
pub fn people(conn: &mut Conn, emails: &[&str]) -> Result<Vec<PersonId>, AppError> {
    let id = |email: &&str| Ok(PersonId(people::table.filter(people::email.eq(*email)).select(people::id).first(conn)?));
    emails.iter().map(id).collect()
}

/// Makes so many copies of a patient, their plan, its versions and their diary. The copies' drafts are empty.
pub fn copy(conn: &mut Conn, of: PatientId, life: u32, copies: u32) -> Result<(), AppError> {
    if copies == 0 {
        return Ok(());
    }
    conn.batch_execute(&format!(
        "INSERT INTO people (email, name, name_sort, role, password_hash, created_at)
         WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < {copies})
         SELECT 'crowd-{life}-' || counted.number || '@example.org', people.name || ' ' || counted.number,
            people.name_sort || ' ' || counted.number, people.role, people.password_hash, people.created_at
         FROM people, counted WHERE people.id = {of}"
    ))?;
    let pattern = format!("crowd-{life}-%");
    let made = people::table.filter(people::email.like(pattern)).select((diesel::dsl::min(people::id), diesel::dsl::max(people::id)));
    let (Some(first), Some(last)): (Option<i64>, Option<i64>) = made.first(conn)? else { return Ok(()) };
    let whose = format!("BETWEEN {first} AND {last}");
    for statement in statements(of, &whose) {
        conn.batch_execute(&statement)?;
    }
    Ok(())
}

fn statements(of: PatientId, whose: &str) -> Vec<String> {
    let from_patient = |table: &str, columns: &str| {
        let listed: Vec<String> = columns.split(", ").map(|column| format!("{table}.{column}")).collect();
        format!(
            "INSERT INTO {table} (patient_id, {columns}) SELECT people.id, {} FROM {table}, people
             WHERE {table}.patient_id = {of} AND people.id {whose}",
            listed.join(", ")
        )
    };
    let from_plan = |table: &str, columns: &str| {
        let listed: Vec<String> = columns.split(", ").map(|column| format!("{table}.{column}")).collect();
        format!(
            "INSERT INTO {table} (plan_id, {columns}) SELECT copied.id, {} FROM {table}
             JOIN plans ON plans.id = {table}.plan_id JOIN plans copied ON copied.patient_id {whose}
             WHERE plans.patient_id = {of} ORDER BY copied.id, {table}.id",
            listed.join(", ")
        )
    };
    let from_session = |table: &str, columns: &str| {
        let listed: Vec<String> = columns.split(", ").map(|column| format!("{table}.{column}")).collect();
        format!(
            "INSERT INTO {table} (session_id, plan_id, {columns}) SELECT copied.id, copied.plan_id, {} FROM sessions
             JOIN {table} ON {table}.session_id = sessions.id
             JOIN sessions copied ON copied.patient_id {whose} AND copied.done_on = sessions.done_on AND copied.ordinal = sessions.ordinal
             WHERE sessions.patient_id = {of}",
            listed.join(", ")
        )
    };
    vec![
        format!(
            "INSERT INTO patients (id, physio_id, sore_side, goal, created_by, created_at)
             SELECT people.id, physio_id, sore_side, goal, created_by, patients.created_at FROM patients, people
             WHERE patients.id = {of} AND people.id {whose}"
        ),
        from_patient("baselines", "asked_on, pain, recorded_by, recorded_at"),
        from_patient("screenings", "asked_in, flags, note, recorded_by, recorded_at, contraindications"),
        from_patient("plans", "created_by, created_at"),
        from_plan("publications", "version, content, reason, published_by, published_at"),
        from_plan("plan_states", "state, phase_id, reason, set_by, set_at"),
        from_patient("check_ins", "asked_on, pain, stiffness, settled, limp, night_pain, note, recorded_at"),
        format!(
            "INSERT INTO sessions (patient_id, plan_id, version, done_on, ordinal, pain_during, pain_after, effort, note, created_at, changed_at)
             SELECT plans.patient_id, plans.id, version, done_on, ordinal, pain_during, pain_after, effort, note, sessions.created_at, changed_at
             FROM sessions, plans WHERE sessions.patient_id = {of} AND plans.patient_id {whose}"
        ),
        from_session("set_logs", "prescription_id, version, set_number, side, done, amount, logged_at, hold, load"),
        from_session("skips", "prescription_id, version, reason, note, logged_at"),
    ]
}
