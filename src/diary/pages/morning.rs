//! The questions of a morning.

use chrono::NaiveDate;

use super::history::History;
use crate::diary::domain::{CheckIn, Stiffness};
use crate::web::{Errors, Fields};

/// The morning's questions: asked, answered, or not due.
pub struct CheckInView {
    pub day: NaiveDate,
    pub due: bool,
    pub answered: Option<CheckIn>,
    pub about: Option<NaiveDate>,
    /// What was done then: "session" or "run".
    pub after: &'static str,
    pub fields: Fields,
    pub errors: Errors,
    pub history: Vec<History>,
}

impl CheckInView {
    /// What was answered, in one line: "pain 2 of 10 · stiffness not answered · …".
    pub fn in_words(&self) -> String {
        let Some(answers) = &self.answered else { return String::new() };
        if !answers.says_anything() {
            return "all questions left open".to_owned();
        }
        let or_not = |name: &str, answer: Option<String>| answer.unwrap_or_else(|| format!("{name} not answered"));
        let yes_no =
            |name: &str, answer: Option<bool>, yes: &str, no: &str| or_not(name, answer.map(|is| if is { yes } else { no }.to_owned()));
        let stiff = |stiffness| match stiffness {
            Stiffness::None => "not stiff".to_owned(),
            Stiffness::Some => "a little stiff".to_owned(),
            Stiffness::Marked => "very stiff".to_owned(),
        };
        [
            or_not("pain", answers.pain.map(|pain| format!("pain {pain} of 10"))),
            or_not("stiffness", answers.stiffness.map(stiff)),
            yes_no("settled", answers.settled, "settled", "not settled"),
            yes_no("limp", answers.limp, "a limp", "no limp"),
            yes_no("pain in the night", answers.night_pain, "pain in the night", "no pain in the night"),
        ]
        .join(" · ")
    }

    /// What is saved, field by field: what the form shows as known.
    pub fn saved(&self) -> Vec<(String, String)> {
        let saved = Self::fields_of(self.answered.as_ref().unwrap_or(&CheckIn::nothing()));
        saved.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    pub fn stiffnesses(&self) -> &'static [Stiffness] {
        Stiffness::ALL
    }

    /// The form filled from what is saved.
    pub fn fields_of(check_in: &CheckIn) -> Fields {
        let yes_no = |answer: Option<bool>| answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
        Fields::from_pairs([
            ("pain", check_in.pain.map(|pain| pain.to_string()).unwrap_or_default()),
            ("stiffness", check_in.stiffness.map_or("", Stiffness::word).to_owned()),
            ("settled", yes_no(check_in.settled)),
            ("limp", yes_no(check_in.limp)),
            ("night_pain", yes_no(check_in.night_pain)),
            ("note", check_in.note.clone()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(answered: CheckIn) -> CheckInView {
        let fields = CheckInView::fields_of(&answered);
        CheckInView {
            day: answered.day,
            due: true,
            answered: Some(answered),
            about: None,
            after: "session",
            fields,
            errors: Errors::default(),
            history: Vec::new(),
        }
    }

    #[test]
    fn an_answered_morning_says_what_was_not_answered() {
        let nothing = CheckIn::nothing();
        let answered =
            CheckIn { pain: Some(0), stiffness: Some(Stiffness::Some), limp: Some(false), night_pain: Some(true), ..nothing.clone() };
        assert_eq!(view(answered).in_words(), "pain 0 of 10 · a little stiff · settled not answered · no limp · pain in the night");
        assert_eq!(view(nothing).in_words(), "all questions left open");
    }
}
