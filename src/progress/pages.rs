//! What the pages of this room show.

use askama::Template;

use super::domain::{Day, WeekCount};
use crate::plans::Current;
use crate::web::{Html, Page};

#[derive(Template)]
#[template(path = "progress/progress.html")]
pub struct ProgressPage {
    pub page: Page,
    pub current: Option<Current>,
    pub days: Vec<Day>,
    pub weeks: Vec<WeekCount>,
    pub chart: Html,
    pub sentence: String,
}

impl ProgressPage {
    /// How many sessions a week the current phase asks for.
    pub fn asked(&self) -> u16 {
        self.current.as_ref().and_then(Current::phase).map_or(0, crate::plans::SnapshotPhase::sessions_per_week)
    }
}
