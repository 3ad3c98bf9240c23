//! Overrides in the database. Writes need the patient's lock.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::domain::Publication;
use super::domain::{Finding, Warning};
use crate::db::Conn;
use crate::db::schema::{overrides as table, people};
use crate::error::AppError;
use crate::exercises::Stage;
use crate::ids::{PersonId, PlanId, PrescriptionId};

/// A warning that a physio overrode, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The plan.
    pub plan: PlanId,
    /// The exercise of the draft.
    pub prescription: PrescriptionId,
    /// The slug of that exercise.
    pub exercise: String,
    /// The word of the rule.
    pub rule: String,
    /// The stage of the phase, for rules that ask for it.
    pub stage: Option<Stage>,
    /// What the warning said.
    pub warning: String,
    /// Why the exercise is given all the same.
    pub reason: String,
    /// Whose decision it was.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

impl Override {
    /// Whether it is part of the record of a version: made for an exercise it has, before it was published.
    #[must_use]
    pub fn is_of(&self, version: &Publication) -> bool {
        let slot = version.snapshot.slot(self.prescription);
        self.plan == version.plan && self.at <= version.at && slot.is_some_and(|slot| slot.exercise == self.exercise)
    }

    /// Whether it holds for this warning: of the same exercise, by the same rule, in a phase of the same stage.
    #[must_use]
    pub fn covers(&self, warning: &Warning) -> bool {
        let Finding { rule, stage, .. } = &warning.finding;
        (self.prescription, self.exercise.as_str(), self.rule.as_str(), self.stage)
            == (warning.prescription, warning.exercise.as_str(), rule.word(), *stage)
    }
}

/// Overrides these warnings, each as a row with who, when and why.
///
/// # Errors
/// The database's own.
pub fn override_warnings<'a>(
    conn: &mut Conn,
    plan: PlanId,
    warnings: impl IntoIterator<Item = &'a Warning>,
    reason: &str,
    by: PersonId,
    now: NaiveDateTime,
) -> Result<(), AppError> {
    for warning in warnings {
        diesel::insert_into(table::table)
            .values((
                table::plan_id.eq(plan.0),
                table::prescription_id.eq(warning.prescription.0),
                table::exercise.eq(&warning.exercise),
                table::rule.eq(warning.finding.rule.word()),
                table::stage.eq(warning.finding.stage.map_or("", Stage::word)),
                table::warning.eq(&warning.finding.words),
                table::reason.eq(reason),
                table::overridden_by.eq(by.0),
                table::overridden_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

#[derive(Queryable)]
struct Row {
    plan: i64,
    prescription: i64,
    exercise: String,
    rule: String,
    stage: String,
    warning: String,
    reason: String,
    by: Option<String>,
    at: NaiveDateTime,
}

/// All overrides of these plans, newest first. One query.
///
/// # Errors
/// The database's own.
pub fn overrides(conn: &mut Conn, plans: &[PlanId]) -> Result<Vec<Override>, AppError> {
    let rows: Vec<Row> = table::table
        .left_join(people::table.on(people::id.eq(table::overridden_by)))
        .filter(table::plan_id.eq_any(plans.iter().map(|plan| plan.0)))
        .order(table::id.desc())
        .select((
            table::plan_id,
            table::prescription_id,
            table::exercise,
            table::rule,
            table::stage,
            table::warning,
            table::reason,
            people::name.nullable(),
            table::overridden_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Override {
            plan: PlanId(row.plan),
            prescription: PrescriptionId(row.prescription),
            exercise: row.exercise,
            rule: row.rule,
            stage: Stage::from_word(&row.stage),
            warning: row.warning,
            reason: row.reason,
            by: row.by.unwrap_or_else(|| "someone who has left".to_owned()),
            at: row.at,
        })
        .collect())
}
