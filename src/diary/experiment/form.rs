//! Posted strings become commands, all errors at once.

use chrono::NaiveDate;

use super::domain::{Experiment, Moment, Ordering, Outcome, Reading};
use super::rules::MOST_PAIN;
use crate::diary::LoggedSide;
use crate::error::Invalid;
use crate::patients::Standing;
use crate::text::Reason;
use crate::web::Fields;

/// How an experiment begins.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// The side it is judged by.
    pub side: LoggedSide,
    /// How the order of the probes comes about.
    pub ordering: Ordering,
    /// Why it suits this person.
    pub words: Reason,
}

/// Reads how an experiment begins, and holds it against what must be true: little pain, the screening clear.
///
/// # Errors
/// All that is wrong, field by field.
pub fn beginning(fields: &Fields, standing: &Standing) -> Result<Beginning, Invalid> {
    let mut invalid = Invalid::default();
    if let Some(obstacle) = standing.obstacle() {
        invalid.add("pain", obstacle);
    }
    match fields.needed_number("pain", 0, 10, "Ask how much it hurts in daily life, 0 to 10") {
        Ok(pain) if pain > MOST_PAIN => {
            invalid.add("pain", format!("It is for little pain, {MOST_PAIN} of 10 at most. Calm the hip down first"));
        }
        Ok(_) => {}
        Err(words) => invalid.add("pain", words),
    }
    let side = match fields.get("side") {
        "left" => Some(LoggedSide::Left),
        "right" => Some(LoggedSide::Right),
        _ => {
            invalid.add("side", "Choose the side that is judged");
            None
        }
    };
    let ordering = invalid.take("ordering", Ordering::from_word(fields.get("ordering")).ok_or_else(|| "Choose the order".to_owned()));
    let words = invalid.take("words", Reason::parse(fields.get("words"), "Say in a sentence why it suits this person"));
    match (side, ordering, words) {
        (Some(side), Some(ordering), Some(words)) if invalid.is_empty() => Ok(Beginning { side, ordering, words }),
        _ => Err(invalid),
    }
}

/// Reads what was measured at a moment of an experiment. The day is today's.
///
/// # Errors
/// All that is wrong, field by field.
pub fn reading(fields: &Fields, experiment: &Experiment, today: NaiveDate) -> Result<Reading, Invalid> {
    let known = |moment: &Moment| match moment {
        Moment::Before(probe) | Moment::After(probe) => experiment.probes.contains(probe),
        _ => true,
    };
    let Some(moment) = Moment::from_word(fields.get("moment")).filter(known) else {
        return Err(Invalid::one("left_angle", "Reload the page and try again"));
    };
    let mut invalid = Invalid::default();
    let mut angle = |name: &str| {
        let text = fields.get(name).trim().replace('−', "-");
        let read = match text.parse::<i32>() {
            _ if text.is_empty() => Ok(None),
            Ok(angle @ -90..=90) => Ok(Some(angle)),
            _ => Err("Enter whole degrees from -90 to 90, with a minus below the level".to_owned()),
        };
        invalid.take(name, read).flatten()
    };
    let (left_angle, right_angle) = (angle("left_angle"), angle("right_angle"));
    let back_flat = match fields.get("back_flat") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    if back_flat.is_none() && (left_angle.is_some() || right_angle.is_some()) {
        invalid.add("back_flat", "Say whether the low back stayed flat: without it an angle means little");
    }
    let mut number = |name: &str, high: i32| invalid.take(name, fields.number(name, 0, high)).flatten();
    let (tightness, pain) = (number("tightness", 10), number("pain", 10));
    let bridge = (number("left_bridge", 600), number("right_bridge", 600));
    let plank = (number("left_plank", 600), number("right_plank", 600));
    if invalid.is_empty() && tightness.is_none() && left_angle.is_none() && right_angle.is_none() {
        invalid.add("tightness", "Enter how tight it feels, an angle, or both");
    }
    let reading = Reading { moment, day: today, left_angle, right_angle, back_flat, tightness, pain, bridge, plank };
    if invalid.is_empty() { Ok(reading) } else { Err(invalid) }
}

/// Reads which two probes become the pair, and why.
///
/// # Errors
/// On the fields `probe` and `words`.
pub fn pair(fields: &Fields, experiment: &Experiment) -> Result<(Vec<String>, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let pair: Vec<String> = experiment.probes.iter().filter(|probe| fields.is("probe", probe)).cloned().collect();
    if pair.len() != 2 {
        invalid.add("probe", "Choose two");
    }
    let words = invalid.take("words", Reason::parse(fields.get("words"), "Say in a sentence why these two; the patient reads it"));
    match words {
        Some(words) if invalid.is_empty() => Ok((pair, words)),
        _ => Err(invalid),
    }
}

/// Reads how it ends.
///
/// # Errors
/// On the fields `outcome` and `reason`.
pub fn end(fields: &Fields) -> Result<(Outcome, Reason), Invalid> {
    let mut invalid = Invalid::default();
    let outcome = invalid.take("outcome", Outcome::from_word(fields.get("outcome")).ok_or_else(|| "Choose how it ends".to_owned()));
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say in a sentence why; the patient reads it"));
    match (outcome, reason) {
        (Some(outcome), Some(reason)) => Ok((outcome, reason)),
        _ => Err(invalid),
    }
}
