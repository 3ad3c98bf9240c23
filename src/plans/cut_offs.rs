//! Where one light ends and the next begins, for the patients of one plan. Each version keeps its own.

use serde::{Deserialize, Serialize};

/// The cut-offs of the table of lights. What is not said otherwise is the table as published.
///
/// Source of the zones: the pain-monitoring model of Silbernagel et al. (Am J Sports Med 2007;35:897–906) as summarised at
/// bim.physio and AHP Suffolk (NHS) "Returning to activity". Published variants set the first border at 2 or at 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutOffs {
    /// Most pain while training that is still green, 0 to 10.
    pub green_to: i32,
    /// Most pain while training that is still amber, 0 to 10.
    pub amber_to: i32,
    /// Points above the usual morning that make a red light.
    pub red_above: i32,
}

impl CutOffs {
    /// The table as published.
    pub const TABLE: Self = Self { green_to: 3, amber_to: 5, red_above: 2 };

    /// Whether they are those of the table.
    #[must_use]
    pub fn are_usual(self) -> bool {
        self == Self::TABLE
    }

    /// "green to 3, amber to 5, red from 2 points above the usual morning"
    #[must_use]
    pub fn words(self) -> String {
        let points = if self.red_above == 1 { "point" } else { "points" };
        format!(
            "green up to {}, amber up to {}, red from {} {points} above the usual morning",
            self.green_to, self.amber_to, self.red_above
        )
    }
}

impl Default for CutOffs {
    fn default() -> Self {
        Self::TABLE
    }
}
