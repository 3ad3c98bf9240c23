//! What the paper shows.

use askama::Template;
use chrono::Weekday;

use super::lights::{LightLine, Lights};
use super::week::{self, DAYS, Line};
use crate::db::Conn;
use crate::error::AppError;
use crate::exercises::Stock;
use crate::media;
use crate::patients::{Profile, RED_FLAGS, RedFlag, Urgency};
use crate::plans::{Publication, Sketchbook, Slot, SnapshotPhase};
use crate::web::{Page, Qr};

#[derive(Template)]
#[template(path = "plans/handout.html")]
pub struct HandoutPage {
    pub page: Page,
    pub handout: Handout,
    pub lights: Vec<LightLine>,
    pub code: Option<Qr>,
    /// Whether staff look at it.
    pub for_staff: bool,
}

/// What is put on paper of a version.
pub struct Handout {
    pub patient: Profile,
    pub publication: Publication,
    /// The phase that is printed in full, and its place from 1.
    pub phase: SnapshotPhase,
    pub number: usize,
    pub sketchbook: Sketchbook,
}

impl Handout {
    /// A version with the phase that begins at this place, from 1.
    pub fn of(conn: &mut Conn, stock: &Stock, patient: Profile, publication: Publication, number: usize) -> Result<Self, AppError> {
        let phase = publication.snapshot.phases.get(number.saturating_sub(1)).cloned().ok_or(AppError::NotFound)?;
        let library = stock.of(conn, phase.slots.iter().map(|slot| slot.exercise.as_str()))?;
        let sketchbook = Sketchbook::new(library, patient.sore_side);
        let shown = media::some(conn, &sketchbook.media_for(&phase.slots))?;
        Ok(Self { sketchbook: sketchbook.with_media(shown), patient, publication, phase, number })
    }
}

impl HandoutPage {
    pub fn new(page: Page, handout: Handout, lights: &Lights, for_staff: bool) -> Self {
        let lights = (lights.0)(handout.publication.snapshot.cut_offs);
        let code = Qr::of(&page.absolute("/my/plan"));
        Self { page, handout, lights, code, for_staff }
    }

    /// The day the version was published: "23 November 2026".
    pub fn published(&self) -> String {
        self.page.date(&self.page.clock().day_of(self.handout.publication.at))
    }

    /// The address of the plan as people type it.
    pub fn short_address(&self) -> String {
        let address = self.page.absolute("/my/plan");
        address.split_once("://").map_or(address.clone(), |(_, rest)| rest.to_owned())
    }

    /// Phases of the plan besides the printed one, with their places.
    pub fn other_phases(&self) -> Vec<(usize, &SnapshotPhase)> {
        (1..).zip(&self.handout.publication.snapshot.phases).filter(|(number, _)| *number != self.handout.number).collect()
    }

    /// The lines of an exercise in the week.
    pub fn lines(&self, slot: &Slot) -> Vec<Line> {
        week::lines(slot)
    }

    /// The days of the week.
    pub fn days(&self) -> &'static [(Weekday, &'static str, &'static str)] {
        &DAYS
    }

    /// Whether an exercise is done on this day.
    pub fn is_due(&self, slot: &Slot, day: &Weekday) -> bool {
        week::is_due(slot, *day)
    }

    /// Signs that must be seen today.
    pub fn emergencies(&self) -> Vec<&'static RedFlag> {
        flags(Urgency::Emergency)
    }

    /// Signs that must be seen within days.
    pub fn urgent(&self) -> Vec<&'static RedFlag> {
        flags(Urgency::Urgent)
    }
}

fn flags(urgency: Urgency) -> Vec<&'static RedFlag> {
    RED_FLAGS.iter().filter(|flag| flag.urgency == urgency).collect()
}
