//! Moving a whole database along in time, so that the demo's history always ends today.

use diesel::QueryResult;
use diesel::connection::SimpleConnection;

use super::Conn;

/// Columns that hold a day, and columns that hold a moment, by table.
const DAYS: &[(&str, &str)] = &[
    ("baselines", "asked_on"),
    ("sessions", "done_on"),
    ("check_ins", "asked_on"),
    ("corrections", "about_day"),
    ("views", "day"),
    ("measurements", "measured_on"),
    ("activity_scores", "scored_on"),
    ("felt_changes", "felt_on"),
    ("paper_scores", "done_on"),
    ("experiments", "begun_on"),
    ("experiment_readings", "taken_on"),
    ("snoozes", "until"),
    ("reviews", "from_day"),
    ("reviews", "to_day"),
    ("reviews", "next_on"),
    ("goals", "target_on"),
];
const MOMENTS: &[(&str, &str)] = &[
    ("people", "created_at"),
    ("audit_entries", "at"),
    ("patients", "created_at"),
    ("baselines", "recorded_at"),
    ("screenings", "recorded_at"),
    ("clearances", "cleared_at"),
    ("assessments", "recorded_at"),
    ("plans", "created_at"),
    ("programmes", "created_at"),
    ("steps", "made_at"),
    ("publications", "published_at"),
    ("overrides", "overridden_at"),
    ("plan_states", "set_at"),
    ("sessions", "created_at"),
    ("sessions", "changed_at"),
    ("set_logs", "logged_at"),
    ("skips", "logged_at"),
    ("check_ins", "recorded_at"),
    ("corrections", "corrected_at"),
    ("exercise_notes", "written_at"),
    ("questions", "asked_at"),
    ("answers", "answered_at"),
    ("withdrawals", "withdrawn_at"),
    ("refusals", "refused_at"),
    ("appointment_requests", "asked_at"),
    ("appointment_replies", "replied_at"),
    ("threads", "begun_at"),
    ("threads", "waits_since"),
    ("messages", "written_at"),
    ("message_readings", "read_at"),
    ("exercise_revisions", "written_at"),
    ("exercise_archivals", "set_at"),
    ("programme_archivals", "set_at"),
    ("favourites", "marked_at"),
    ("usual_doses", "set_at"),
    ("media", "added_at"),
    ("change_requests", "asked_at"),
    ("change_answers", "answered_at"),
    ("proposal_answers", "answered_at"),
    ("confirmations", "confirmed_at"),
    ("receipts", "arrived_at"),
    ("measurements", "entered_at"),
    ("struck_measurements", "struck_at"),
    ("bone_stress_exclusions", "decided_at"),
    ("activities", "chosen_at"),
    ("activity_ends", "ended_at"),
    ("activity_scores", "scored_at"),
    ("felt_changes", "said_at"),
    ("paper_scores", "entered_at"),
    ("struck_paper_scores", "struck_at"),
    ("experiments", "begun_at"),
    ("experiment_readings", "entered_at"),
    ("experiment_decisions", "decided_at"),
    ("experiment_ends", "ended_at"),
    ("runs", "logged_at"),
    ("ladders", "made_at"),
    ("ladders", "changed_at"),
    ("ladder_archivals", "set_at"),
    ("ladder_words", "said_at"),
    ("readiness_ticks", "ticked_at"),
    ("sightings", "seen_at"),
    ("snoozes", "snoozed_at"),
    ("reviews", "reviewed_at"),
    ("clinical_notes", "written_at"),
    ("clinical_notes", "changed_at"),
    ("note_signatures", "signed_at"),
    ("note_addenda", "added_at"),
    ("goals", "set_at"),
    ("goal_endings", "ended_at"),
];

/// A detour far into the future: moving rows one by one by a day would meet their neighbours' unique days.
const DETOUR: i64 = 400_000;

/// Moves every date of the clinical record by `days`. Sign-ins, invitations and throttling stay where they are.
///
/// # Errors
/// The database's own words; nothing is moved then if the caller's transaction is rolled back.
pub fn move_dates(conn: &mut Conn, days: i64) -> QueryResult<()> {
    if days == 0 {
        return Ok(());
    }
    for (table, column) in DAYS {
        move_column(conn, table, column, days + DETOUR, "%Y-%m-%d", "INTEGER")?;
        move_column(conn, table, column, -DETOUR, "%Y-%m-%d", "INTEGER")?;
    }
    for (table, column) in MOMENTS {
        move_column(conn, table, column, days, "%Y-%m-%d %H:%M:%f", "INTERVAL")?;
    }
    Ok(())
}

fn move_column(conn: &mut Conn, table: &str, column: &str, days: i64, format: &str, kind: &str) -> QueryResult<()> {
    let statement = match (conn as &Conn, kind) {
        (Conn::Sqlite(_), _) => format!("UPDATE {table} SET {column} = strftime('{format}', {column}, '{days:+} days')"),
        (Conn::Postgres(_), "INTEGER") => format!("UPDATE {table} SET {column} = {column} + ({days})"),
        (Conn::Postgres(_), _) => format!("UPDATE {table} SET {column} = {column} + INTERVAL '{days} days'"),
    };
    conn.batch_execute(&statement)
}
