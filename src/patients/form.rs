//! Posted strings become commands, all errors at once.

use super::domain::{NewPatient, SoreSide};
use super::screening::{AskedIn, CONTRAINDICATIONS, RED_FLAGS, Report};
use crate::error::Invalid;
use crate::ids::PersonId;
use crate::text::{Email, Name, Note, Reason};
use crate::web::Fields;

/// Reads the particulars of a patient, new or known.
pub fn profile(fields: &Fields) -> Result<NewPatient, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", Name::parse(fields.get("name"), "the patient's name"));
    let email = invalid.take("email", Email::parse(fields.get("email")));
    let side = SoreSide::from_word(fields.get("sore_side")).ok_or_else(|| "Choose the sore side".to_owned());
    let sore_side = invalid.take("sore_side", side);
    let goal = invalid.take("goal", Note::parse(fields.get("goal")));
    let morning_pain = invalid.take("morning_pain", fields.number("morning_pain", 0, 10));
    let physio = fields.get("physio").parse::<PersonId>().map_err(|_| "Choose who looks after this patient".to_owned());
    let physio = invalid.take("physio", physio);
    match (name, email, sore_side, goal, morning_pain, physio) {
        (Some(name), Some(email), Some(sore_side), Some(goal), Some(morning_pain), Some(physio)) => {
            Ok(NewPatient { name, email, sore_side, goal, morning_pain, physio })
        }
        _ => Err(invalid),
    }
}

/// Reads the screening done by staff: every question needs an answer.
pub fn screening(fields: &Fields) -> Result<Report, Invalid> {
    let mut invalid = Invalid::default();
    for key in RED_FLAGS.iter().map(|flag| flag.key).chain(CONTRAINDICATIONS.iter().map(|found| found.key)) {
        if !matches!(fields.get(key), "yes" | "no") {
            invalid.add(key, format!("Answer question {key} with yes or no"));
        }
    }
    finish(fields, AskedIn::Clinic, invalid)
}

/// Reads a patient's own report: no answer is required, but something must be said.
///
/// # Errors
/// What to show beside the fields.
pub fn report(fields: &Fields) -> Result<Report, Invalid> {
    let said = RED_FLAGS.iter().any(|flag| matches!(fields.get(flag.key), "yes" | "no")) || !fields.get("note").trim().is_empty();
    let mut invalid = Invalid::default();
    if !said {
        invalid.add("note", "Answer the questions that fit, or say in your own words what is wrong");
    }
    finish(fields, AskedIn::Report, invalid)
}

fn finish(fields: &Fields, asked_in: AskedIn, mut invalid: Invalid) -> Result<Report, Invalid> {
    let note = invalid.take("note", Note::parse(fields.get("note")));
    match note {
        Some(note) if invalid.is_empty() => {
            let flags = RED_FLAGS.iter().filter(|flag| fields.get(flag.key) == "yes").collect();
            let asked = CONTRAINDICATIONS.iter().filter(|_| asked_in == AskedIn::Clinic);
            let contraindications = asked.filter(|found| fields.get(found.key) == "yes").collect();
            Ok(Report { asked_in, flags, contraindications, note })
        }
        _ => Err(invalid),
    }
}

/// Reads why a red flag no longer stands against the plan.
pub fn clearance(fields: &Fields) -> Result<Reason, Invalid> {
    Reason::parse(fields.get("reason"), "Say what you found and why the plan may go on").map_err(|words| Invalid::one("reason", words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_errors_come_at_once() {
        let invalid = profile(&Fields::decode(b"email=nobody&morning_pain=11")).unwrap_err();
        let fields: Vec<&str> = invalid.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "email", "sore_side", "morning_pain", "physio"]);
    }

    #[test]
    fn usual_pain_may_be_unknown() {
        let patient = profile(&Fields::decode(b"name=Ann&email=ann@example.org&sore_side=left&physio=2")).unwrap();
        assert_eq!((patient.morning_pain, patient.physio), (None, PersonId(2)));
    }

    #[test]
    fn staff_answer_all_questions_and_patients_what_fits() {
        assert_eq!(screening(&Fields::decode(b"RF1=no")).unwrap_err().iter().count(), 13 + 5);
        assert!(report(&Fields::decode(b"note=+")).is_err());
        let said = report(&Fields::decode(b"RF8=yes&RF1=no&CI2=yes")).unwrap();
        assert_eq!(said.keys(), ["RF8"], "the patient's own report asks the red flags alone");
        assert!(report(&Fields::decode(b"note=It+got+worse")).unwrap().flags.is_empty());
    }
}
