//! What the patient wrote first, and what they made of it.

use chrono::NaiveDateTime;

use crate::diary::Correction;

/// The history of one answer.
pub struct History {
    /// What it is about: "Left side, round 2", "Pain during".
    pub about: String,
    /// What was said first.
    pub first: String,
    /// When it was changed, in UTC, and to what; oldest first.
    pub changes: Vec<(NaiveDateTime, String)>,
}

/// Puts corrections together by what they are about; `name` is left out where it only repeats the heading above.
pub fn histories(corrections: &[&Correction], name: &str) -> Vec<History> {
    let mut histories: Vec<History> = Vec::new();
    for correction in corrections {
        let about = correction.about.strip_prefix(name).map_or(correction.about.as_str(), |rest| rest.trim_start_matches([':', ' ']));
        let about = crate::text::sentence(if about.is_empty() { "this exercise" } else { about });
        let change = (correction.at, correction.became.clone());
        match histories.iter_mut().find(|history| history.about == about) {
            Some(history) => history.changes.push(change),
            None => histories.push(History { about, first: correction.was.clone(), changes: vec![change] }),
        }
    }
    histories
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::Place;

    #[test]
    fn an_answer_changed_twice_is_one_history() {
        let correction = |about: &str, was: &str, became: &str| Correction {
            about: about.to_owned(),
            place: Place { day: chrono::NaiveDate::default(), ordinal: Some(1), prescription: None },
            was: was.to_owned(),
            became: became.to_owned(),
            at: NaiveDateTime::default(),
        };
        let all = [
            correction("Clamshell: left side, round 1", "done", "done, 8 times"),
            correction("Clamshell", "skipped: no time", "not skipped"),
            correction("Clamshell: left side, round 1", "done, 8 times", "not done"),
        ];
        let told = histories(&all.iter().collect::<Vec<_>>(), "Clamshell");
        assert_eq!(told.iter().map(|history| history.about.as_str()).collect::<Vec<_>>(), ["Left side, round 1", "This exercise"]);
        assert_eq!((told[0].first.as_str(), told[0].changes.len(), told[0].changes[1].1.as_str()), ("done", 2, "not done"));
    }
}
