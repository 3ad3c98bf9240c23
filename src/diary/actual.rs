//! What was really done of a round, where it differed from what was planned.

use crate::error::Invalid;
use crate::exercises::dose::Dose;
use crate::plans::Slot;

/// Longest words about a load, in characters.
pub const LONGEST_LOAD: usize = 60;

/// What was really done; whatever was as planned is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actual {
    /// How much, in the unit of the dose.
    pub amount: Option<i32>,
    /// How long each repetition was held, in seconds.
    pub hold: Option<i32>,
    /// Against what.
    pub load: Option<String>,
}

impl Actual {
    /// Nothing but an amount.
    #[must_use]
    pub fn amount(amount: i32) -> Self {
        Self { amount: Some(amount), ..Self::default() }
    }

    /// Whether anything differed.
    #[must_use]
    pub fn differs(&self) -> bool {
        *self != Self::default()
    }

    /// Whether the numbers say that something was done.
    #[must_use]
    pub fn tells_of_work(&self) -> bool {
        self.load.is_some() || [self.amount, self.hold].into_iter().flatten().any(|number| number > 0)
    }

    /// "8 times, each held for 3 seconds, with 6 kg"; nothing when all was as planned.
    #[must_use]
    pub fn words(&self, dose: &Dose) -> Option<String> {
        let amount = self.amount.and_then(|amount| u16::try_from(amount).ok()).map(|amount| dose.one_set(amount));
        let hold = self.hold.map(|hold| format!("each held for {hold} second{}", if hold == 1 { "" } else { "s" }));
        let load = self.load.as_ref().map(|load| format!("with {load}"));
        let said: Vec<String> = [amount, hold, load].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(", "))
    }

    /// Holds it to what its slot can mean; `round` is the name its fields end with.
    pub(super) fn check(&self, slot: &Slot, round: &str, invalid: &mut Invalid) {
        let mut within = |field: &str, number: Option<i32>, most: u16| {
            if number.is_some_and(|number| !(0..=i32::from(most)).contains(&number)) {
                invalid.add(format!("{field}-{round}"), format!("Enter a whole number from 0 to {most}"));
            }
        };
        within("amount", self.amount, slot.dose.work.most());
        within("hold", self.hold, Dose::LONGEST_HOLD);
        if self.load.as_ref().is_some_and(|load| load.chars().count() > LONGEST_LOAD) {
            invalid.add(format!("load-{round}"), format!("Shorten this to {LONGEST_LOAD} characters or fewer"));
        }
    }
}
