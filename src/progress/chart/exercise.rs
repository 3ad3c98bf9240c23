//! What was done of one exercise, session by session, small: the load of the top set or all that was done, and how much it hurt.

use std::fmt::Write;

use chrono::NaiveDate;

use super::plane::{Plane, escaped};
use crate::clock;
use crate::diary::{Session, SetLog};
use crate::exercises::dose::Work;
use crate::ids::PrescriptionId;
use crate::plans::{Course, Slot};
use crate::web::Html;

/// One session of an exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct ExerciseRow {
    /// The day.
    pub day: NaiveDate,
    /// What was done: "3 rounds, at most 12 times with 8 kg".
    pub words: String,
    /// Load of the top set, in kilograms, where it is a number.
    kilograms: Option<f64>,
    /// All rounds together, in the unit of the dose.
    amount: i32,
    /// How much it hurt, 0 to 10, where that was said.
    pub pain: Option<i32>,
}

/// What was done of one exercise of the plan, oldest first.
#[derive(Debug, Clone)]
pub struct ExerciseChart {
    /// The exercise.
    pub prescription: PrescriptionId,
    name: String,
    work: Work,
    /// Its sessions, oldest first.
    pub rows: Vec<ExerciseRow>,
}

impl ExerciseChart {
    /// Reads the sessions in which a slot of the plan was done; each round is read under its own version. Nothing when it never was.
    #[must_use]
    pub fn of(slot: &Slot, course: &Course, sessions: &[Session]) -> Option<Self> {
        let rows: Vec<ExerciseRow> = sessions.iter().filter_map(|session| row(slot, course, session)).collect();
        (!rows.is_empty()).then(|| Self { prescription: slot.id, name: slot.name.clone(), work: slot.dose.work, rows })
    }

    fn is_of_load(&self) -> bool {
        self.rows.iter().any(|row| row.kilograms.is_some())
    }

    /// What the bars count: "kilograms of the top set", "repetitions in all".
    #[must_use]
    pub fn unit(&self) -> String {
        if self.is_of_load() { "kilograms of the top set".to_owned() } else { format!("{} in all", self.work.label()) }
    }

    /// The last session in words.
    #[must_use]
    pub fn last(&self) -> String {
        let Some(last) = self.rows.last() else { return String::new() };
        let pain = last.pain.map_or_else(|| "pain in it not said".to_owned(), |pain| format!("pain in it {pain} of 10"));
        format!("{}: {}; {pain}", last.day.format("%-d %b"), last.words)
    }

    /// The drawing: bars above, pain 0 to 10 below; what was not said is a gap.
    #[must_use]
    pub fn svg(&self, (from, to): (NaiveDate, NaiveDate)) -> Html {
        let key = format!("rx{}-chart", self.prescription);
        let mut out = String::with_capacity(2048);
        let _ = write!(
            out,
            "<svg class=\"chart chart-small\" viewBox=\"0 0 320 92\" role=\"img\" aria-labelledby=\"{key}-title\"><title id=\"{key}-title\">{}: {}, and pain, from {} to {}. {}</title>",
            escaped(&self.name),
            escaped(&self.unit()),
            clock::date(from),
            clock::date(to),
            escaped(&self.last())
        );
        let bars = Plane { left: 30.0, right: 312.0, top: 6.0, bottom: 46.0, from, to, low: 0, high: 1 };
        let pain = Plane { top: 54.0, bottom: 86.0, high: 10, ..bars };
        let value = |row: &ExerciseRow| if self.is_of_load() { row.kilograms } else { Some(f64::from(row.amount)) };
        let most = self.rows.iter().filter_map(value).fold(0.0_f64, f64::max).max(1.0);
        let wide = (bars.day_width() * 0.6).clamp(2.0, 7.0);
        for row in self.rows.iter().filter(|row| bars.shows(row.day)) {
            let x = bars.x(row.day);
            if let Some(value) = value(row) {
                let top = bars.y(value / most);
                let _ = write!(
                    out,
                    "<rect class=\"bar\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{:.1}\"/>",
                    x - wide / 2.0,
                    bars.bottom - top
                );
            }
            if let Some(level) = row.pain {
                let _ = write!(out, "<circle class=\"dot-after\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"3\"/>", pain.y(f64::from(level)));
            }
        }
        let line = pain.line(self.rows.iter().map(|row| (row.day, row.pain.map(f64::from))));
        let _ = write!(
            out,
            "<path class=\"line-after\" d=\"{line}\"/><path class=\"axis\" d=\"M30 46H312M30 86H312\"/>\
             <text class=\"axis-text\" x=\"24\" y=\"16\" text-anchor=\"end\">{most}</text><text class=\"axis-text\" x=\"24\" y=\"62\" text-anchor=\"end\">10</text>\
             <text class=\"axis-text\" x=\"24\" y=\"88\" text-anchor=\"end\">0</text></svg>"
        );
        Html::trusted(out)
    }
}

fn row(slot: &Slot, course: &Course, session: &Session) -> Option<ExerciseRow> {
    let done: Vec<&SetLog> = session.sets.iter().filter(|set| set.prescription == slot.id && set.done).collect();
    let pain = session.pain_in(slot.id);
    if done.is_empty() && pain.is_none() {
        return None;
    }
    let of_version = |version: i32| {
        let known = course.publications().iter().find(|known| known.plan == session.plan && known.version == version);
        known.and_then(|known| known.snapshot.slot(slot.id)).unwrap_or(slot)
    };
    let amount = |set: &SetLog| set.actual.amount.unwrap_or_else(|| i32::from(of_version(set.version).dose.amount));
    let load = |set: &SetLog| kilograms(set.actual.load.as_deref().unwrap_or(&of_version(set.version).load));
    let order = |set: &SetLog| (load(set).unwrap_or(0.0), amount(set));
    let top = done.iter().copied().max_by(|one, other| order(one).partial_cmp(&order(other)).unwrap_or(std::cmp::Ordering::Equal));
    let words = top.map_or_else(
        || "nothing done".to_owned(),
        |top| {
            let most = u16::try_from(amount(top)).map(|amount| slot.dose.one_set(amount)).unwrap_or_default();
            let with = load(top).map(|load| format!(" with {load} kg")).unwrap_or_default();
            format!("{} round{}, at most {most}{with}", done.len(), if done.len() == 1 { "" } else { "s" })
        },
    );
    Some(ExerciseRow { day: session.day, words, kilograms: top.and_then(load), amount: done.iter().copied().map(amount).sum(), pain })
}

/// The load in words as a number: "8 kg", "2.5kg". Words with several numbers, or of another unit, are none.
fn kilograms(words: &str) -> Option<f64> {
    let before = words.trim().strip_suffix("kg")?.trim();
    before.replace(',', ".").parse().ok().filter(|load: &f64| load.is_finite() && (0.0..1000.0).contains(load))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::{Actual, ExerciseNote, Feeling, LoggedSide};
    use crate::ids::{PlanId, SessionId};
    use crate::plans::{State, clamshell, courses, dose};

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn session(number: u32, loads: &[Option<&str>], pain: Option<i32>) -> Session {
        let sets = (1..).zip(loads).map(|(number, load)| SetLog {
            prescription: PrescriptionId(5),
            version: 1,
            number,
            side: LoggedSide::Both,
            done: true,
            actual: Actual { load: load.map(str::to_owned), ..Actual::default() },
        });
        Session {
            id: SessionId(1),
            plan: PlanId(1),
            version: 1,
            day: day(number),
            ordinal: 1,
            feeling: Feeling::default(),
            note: String::new(),
            sets: sets.collect(),
            skips: Vec::new(),
            notes: pain
                .map(|pain| ExerciseNote { prescription: PrescriptionId(5), version: 1, words: String::new(), pain: Some(pain) })
                .into_iter()
                .collect(),
            run: None,
        }
    }

    fn chart(sessions: &[Session]) -> Option<ExerciseChart> {
        let slot = clamshell(5, dose(3, 10));
        let version = courses::version(1, 1, 2, &[(1, vec![slot.clone()])]);
        ExerciseChart::of(&slot, &courses::course(vec![version], &[courses::status(1, State::Running, 1, 2)]), sessions)
    }

    #[test]
    fn bars_are_the_top_load_where_it_is_a_number_and_all_that_was_done_otherwise() {
        let loaded = chart(&[session(3, &[Some("6 kg"), Some("8 kg")], Some(2)), session(5, &[None], None)]).unwrap();
        assert_eq!((loaded.rows[0].kilograms, loaded.rows[1].kilograms, &*loaded.unit()), (Some(8.0), None, "kilograms of the top set"));
        let svg = loaded.svg((day(1), day(24))).to_string();
        assert_eq!(
            (svg.matches("class=\"bar\"").count(), svg.matches("dot-after").count()),
            (1, 1),
            "what was not said is not drawn: {svg}"
        );
        let free = chart(&[session(3, &[None, None, None], None)]).unwrap();
        assert_eq!((free.rows[0].amount, &*free.rows[0].words, &*free.unit()), (30, "3 rounds, at most 10 times", "repetitions in all"));
        assert!(free.last().ends_with("pain in it not said") && !free.svg((day(3), day(3))).to_string().contains("NaN"));
        assert!(chart(&[session(3, &[], None)]).is_none());
    }

    #[test]
    fn only_one_number_of_kilograms_is_a_load() {
        assert_eq!(["8 kg", "2,5kg", "light band", "2 x 4 kg", "-3 kg", ""].map(kilograms), [Some(8.0), Some(2.5), None, None, None, None]);
    }
}
