//! How a patient stands before a plan: what blocks it, and what makes its rules warn.

use chrono::NaiveDateTime;

use super::condition::Flag;
use super::screening::Screening;

/// What stands against a plan, and what its rules have to know. The one of nobody in particular is `Standing::default()`: nothing is
/// known, so that nothing is excused.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// When staff last asked all questions.
    pub screened: Option<NaiveDateTime>,
    /// Red flags, contra-indications and reports that nobody has cleared yet, newest first.
    pub open: Vec<Screening>,
    /// When conditions and irritability were last assessed.
    pub assessed: Option<NaiveDateTime>,
    /// Conditions with which some exercises need a second thought.
    pub conditions: Vec<Flag>,
    /// Whether the hip is easily stirred up; nothing while it is not known.
    pub irritable: Option<bool>,
    /// Whether stiffness with little pain is the main complaint of a hip that is not irritable, so that mobility may begin early.
    pub stiffness_route: bool,
}

impl Standing {
    /// Why no plan may be published or resumed now, in words for the physio: the very thing that blocks.
    #[must_use]
    pub fn obstacle(&self) -> Option<String> {
        if !self.open.is_empty() {
            let open: Vec<String> = self.open.iter().map(Screening::obstacle).collect();
            return Some(format!("Open: {}. Record a clearance first.", open.join("; ")));
        }
        self.screened.is_none().then(|| "The screening questions have not been answered. Ask them first.".to_owned())
    }

    /// The conditions in words.
    #[must_use]
    pub fn conditions_in_words(&self) -> String {
        Flag::all_in_words(&self.conditions)
    }

    /// Whether the hip is easily stirred up, in words.
    #[must_use]
    pub fn irritability_in_words(&self) -> &'static str {
        match self.irritable {
            Some(true) => "irritable",
            Some(false) if self.stiffness_route => "not irritable; stiffness leads",
            Some(false) => "not irritable",
            None => "not known",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::screening::{contraindications_by_key, flags_by_key};
    use super::*;
    use crate::ids::{PatientId, ScreeningId};

    fn screening(flags: &str, contraindications: &str) -> Screening {
        Screening {
            id: ScreeningId(1),
            patient: PatientId(1),
            reported: false,
            flags: flags_by_key(flags),
            contraindications: contraindications_by_key(contraindications),
            note: String::new(),
            at: NaiveDateTime::default(),
        }
    }

    fn obstacle(open: Vec<Screening>) -> Option<String> {
        Standing { screened: Some(NaiveDateTime::default()), open, ..Standing::default() }.obstacle()
    }

    #[test]
    fn a_plan_needs_answers() {
        assert_eq!(obstacle(Vec::new()), None);
        assert!(Standing::default().obstacle().is_some_and(|words| words.contains("screening")));
    }

    #[test]
    fn what_blocks_is_named() {
        assert_eq!(screening("RF8", "CI2").in_words(), "night, rest or constant pain; fever");
        assert_eq!(
            obstacle(vec![screening("RF8", "CI2")]).unwrap(),
            "Open: Night, rest or constant pain (RF8); Fever (CI2). Record a clearance first."
        );
        assert!(obstacle(vec![screening("", "")]).unwrap().contains("something is wrong"));
    }
}
