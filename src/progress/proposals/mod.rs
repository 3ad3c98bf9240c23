//! What the rules propose: transparent rules over the diary that only read. Each proposal says what it rests on, by which rule, and exactly
//! what would change; a physio takes it over, edits it first, or dismisses it.
//!
//! [`proposals`] is pure: everything it knows stands in [`Evidence`] and [`Rules`]. Where several rules speak of the same thing the most
//! cautious one wins, so that there is at most one proposal for each exercise and one for the phase. What asks more of the patient needs
//! green days; a day of which too little was answered is never one of them, and pain anywhere takes it back.

mod caution;
mod criteria;
mod domain;
mod dose;
mod growth;
mod store;
mod story;

#[cfg(test)]
mod tests;

pub use criteria::{Met, confirmable, met, to_reach};
pub use domain::{About, Answer, Answered, Confirmed, Evidence, Proposal, Rules, Turn};
pub use store::{WEEKS, evidence, evidences, gathered};

pub use crate::plans::programmes::rulebook::{Key, Kind};

use self::story::Story;

/// Everything the rules propose of a patient today, the most cautious first. Nothing of a plan that does not run.
#[must_use]
pub fn proposals(evidence: &Evidence, rules: &Rules) -> Vec<Proposal> {
    let Some(story) = Story::of(evidence) else { return Vec::new() };
    let case = story.under(rules);
    if let Some(pause) = caution::pause(&case) {
        return vec![pause].into_iter().filter(|pause| !evidence.has_answered(pause)).collect();
    }
    let careful = caution::all(&case);
    let slowed = !careful.is_empty() || case.in_easy_week() || !case.may_grow();
    let mut found: Vec<Proposal> = careful.into_iter().filter(|proposal| !evidence.has_answered(proposal)).collect();
    found.extend(caution::deload(&case).filter(|proposal| found.is_empty() && !evidence.has_answered(proposal)));
    if !slowed && found.is_empty() {
        found.extend(growth::all(&case).into_iter().filter(|proposal| !evidence.has_answered(proposal)));
    }
    one_for_each(found)
}

/// Keeps the most cautious proposal of each exercise and of the phase.
fn one_for_each(mut found: Vec<Proposal>) -> Vec<Proposal> {
    found.sort_by_key(|proposal| proposal.kind);
    let mut kept: Vec<Proposal> = Vec::new();
    for proposal in found {
        let known = kept.iter().any(|other| other.about == proposal.about);
        // What takes the whole phase back says nothing of its exercises besides.
        let covered = kept.iter().any(|other| matches!(other.about, About::Phase(_)) && other.kind <= Kind::Restart);
        if !(known || covered && matches!(proposal.about, About::Prescription(_))) {
            kept.push(proposal);
        }
    }
    kept
}
