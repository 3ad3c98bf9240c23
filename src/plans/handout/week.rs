//! The boxes to tick for a week: a line for each session of a day and each side.

use chrono::Weekday;

use crate::exercises::dose::{Frequency, Side};
use crate::plans::Slot;

/// The days of a week, as their columns say them.
pub const DAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Mon, "Monday", "Mon"),
    (Weekday::Tue, "Tuesday", "Tue"),
    (Weekday::Wed, "Wednesday", "Wed"),
    (Weekday::Thu, "Thursday", "Thu"),
    (Weekday::Fri, "Friday", "Fri"),
    (Weekday::Sat, "Saturday", "Sat"),
    (Weekday::Sun, "Sunday", "Sun"),
];
/// Most boxes in one cell; who does more writes a number.
const MOST_BOXES: u16 = 5;
/// Most sessions of a day that have lines of their own.
const MOST_SESSIONS: u16 = 3;

/// A line of an exercise in the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the line is: "", "Left", "2nd time", "2nd time, right".
    pub label: String,
    /// How many boxes each day has; none when there are too many to tick.
    pub boxes: u16,
}

/// The lines of an exercise.
pub fn lines(slot: &Slot) -> Vec<Line> {
    let sessions = match slot.dose.frequency {
        Frequency::Daily(times) => times.clamp(1, MOST_SESSIONS),
        _ => 1,
    };
    let sides: &[&str] = match slot.dose.side {
        Side::Each => &["Left", "Right"],
        Side::Left => &["Left"],
        Side::Right => &["Right"],
        Side::Alternating | Side::Together => &[""],
    };
    let boxes = if slot.dose.sets > MOST_BOXES { 0 } else { slot.dose.sets };
    let times = ["1st time", "2nd time", "3rd time"];
    let sessions = times.iter().take(usize::from(sessions)).map(|time| if sessions == 1 { "" } else { *time });
    sessions
        .flat_map(|session| sides.iter().map(move |side| (session, *side)))
        .map(|(session, side)| {
            let label = match (session, side) {
                ("", side) => side.to_owned(),
                (session, "") => session.to_owned(),
                (session, side) => format!("{session}, {}", side.to_lowercase()),
            };
            Line { label, boxes }
        })
        .collect()
}

/// Whether the exercise is done on this day, where the plan names the days.
pub fn is_due(slot: &Slot, day: Weekday) -> bool {
    match slot.dose.frequency {
        Frequency::On(days) => days.has(day),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::dose::{Dose, Weekdays};
    use crate::plans::clamshell;

    fn slot(frequency: Frequency, side: Side, sets: u16) -> Slot {
        clamshell(1, Dose { side, frequency, ..crate::plans::domain::tests::dose(sets, 10) })
    }

    fn told(slot: &Slot) -> Vec<(String, u16)> {
        lines(slot).into_iter().map(|line| (line.label, line.boxes)).collect()
    }

    #[test]
    fn each_round_has_a_box_and_each_side_and_session_a_line() {
        let one = |label: &str, boxes| (label.to_owned(), boxes);
        assert_eq!(told(&slot(Frequency::Weekly(3), Side::Together, 3)), [one("", 3)]);
        assert_eq!(told(&slot(Frequency::EveryOtherDay, Side::Each, 2)), [one("Left", 2), one("Right", 2)]);
        assert_eq!(told(&slot(Frequency::Daily(2), Side::Left, 1)), [one("1st time, left", 1), one("2nd time, left", 1)]);
        assert_eq!(told(&slot(Frequency::Daily(9), Side::Together, 1)).len(), 3);
        assert_eq!(told(&slot(Frequency::Daily(1), Side::Together, 12)), [one("", 0)], "a number is written");
    }

    #[test]
    fn days_that_are_not_named_stay_without_boxes() {
        let slot = slot(Frequency::On(Weekdays::read("mon fri").unwrap()), Side::Together, 3);
        let due: Vec<_> = DAYS.iter().filter(|(day, ..)| is_due(&slot, *day)).map(|(_, _, short)| *short).collect();
        assert_eq!(due, ["Mon", "Fri"]);
    }
}
