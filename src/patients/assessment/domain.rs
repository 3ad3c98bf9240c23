//! What an assessment finds.

use chrono::NaiveDateTime;

use super::super::condition::Flag;

/// The three questions that tell whether a hip is easily stirred up; each may be unanswered. The test is our proposal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Irritability {
    /// Pain of 4 or more of 10 in walking, on stairs, or when the thigh is lifted against a hand.
    pub painful: Option<bool>,
    /// More than 1 hour until it settles once it is stirred up.
    pub lingering: Option<bool>,
    /// Next-morning pain 2 points or more above the usual.
    pub morning: Option<bool>,
}

impl Irritability {
    /// One yes makes it irritable, three times no makes it not irritable; otherwise nobody knows.
    #[must_use]
    pub fn verdict(self) -> Option<bool> {
        let answers = [self.painful, self.lingering, self.morning];
        if answers.contains(&Some(true)) { Some(true) } else { answers.iter().all(|answer| *answer == Some(false)).then_some(false) }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Conditions that change which exercises suit, in the order of [`Flag::ALL`].
    pub conditions: Vec<Flag>,
    /// How easily the hip is stirred up.
    pub irritability: Irritability,
    /// Whether stiffness is the main complaint, with pain of 3 of 10 or less.
    pub stiff: Option<bool>,
    /// More words.
    pub note: String,
}

impl Findings {
    /// Whether mobility may begin in the first week: stiffness leads, and the hip is known not to be irritable.
    #[must_use]
    pub fn stiffness_route(&self) -> bool {
        self.stiff == Some(true) && self.irritability.verdict() == Some(false)
    }

    /// The conditions in words.
    #[must_use]
    pub fn conditions_in_words(&self) -> String {
        Flag::all_in_words(&self.conditions)
    }

    /// Whether the hip is easily stirred up, in words.
    #[must_use]
    pub fn irritability_in_words(&self) -> &'static str {
        match (self.irritability.verdict(), self.stiff) {
            (Some(true), _) => "irritable",
            (Some(false), Some(true)) => "not irritable; stiffness leads",
            (Some(false), _) => "not irritable",
            (None, Some(true)) => "not known; stiffness leads",
            (None, _) => "not known",
        }
    }
}

/// Findings with who wrote them down and when.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// What was found.
    pub findings: Findings,
    /// Who wrote it down.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(answers: [Option<bool>; 3]) -> Option<bool> {
        let [painful, lingering, morning] = answers;
        Irritability { painful, lingering, morning }.verdict()
    }

    #[test]
    fn one_yes_is_irritable_and_only_three_noes_are_not() {
        let (yes, no) = (Some(true), Some(false));
        for place in 0..3 {
            let mut answers = [None; 3];
            answers[place] = yes;
            assert_eq!(verdict(answers), Some(true));
            let mut noes = [no; 3];
            assert_eq!(verdict(noes), Some(false));
            noes[place] = None;
            assert_eq!(verdict(noes), None, "an unanswered question is not a no");
            noes[place] = yes;
            assert_eq!(verdict(noes), Some(true));
        }
        assert_eq!(verdict([None; 3]), None);
    }

    #[test]
    fn stiffness_leads_only_where_the_hip_is_known_to_be_calm() {
        let calm = Irritability { painful: Some(false), lingering: Some(false), morning: Some(false) };
        let found = |irritability, stiff| Findings { irritability, stiff, ..Findings::default() };
        assert!(found(calm, Some(true)).stiffness_route());
        assert!(!found(calm, None).stiffness_route() && !found(calm, Some(false)).stiffness_route());
        assert!(!found(Irritability::default(), Some(true)).stiffness_route());
        assert!(!found(Irritability { morning: Some(true), ..calm }, Some(true)).stiffness_route());
    }
}
