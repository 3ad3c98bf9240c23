//! The pain light of a day: what was done, how it felt, and the next morning, read by one table.
//!
//! Source of the zones: the pain-monitoring model of Silbernagel et al. (Am J Sports Med 2007;35:897–906) as summarised at
//! bim.physio and AHP Suffolk (NHS) "Returning to activity". "Hold" and the total order are our proposal. The worst matching row
//! wins; what was not answered is unknown, never good and never bad.

use chrono::{Days, NaiveDate};

use crate::diary::{Advice, CheckIn, Session, Stiffness};
use crate::text::words;

words! {
    /// What a day's answers mean.
    Light {
        /// Too little was answered to say.
        Unknown = "unknown", "Not known";
        /// At most 3 of 10 during, back to usual next morning.
        Green = "green", "Green";
        /// At most 3 during, but stiff or one point above usual next morning: the same session again.
        Hold = "hold", "Hold";
        /// 4 or 5 during, settled within a day: repeat, or a little less.
        Amber = "amber", "Amber";
        /// 6 or more, a limp, two points above usual next morning, or not settled within a day: back one level, an extra rest day.
        Red = "red", "Red";
        /// Night pain: stop and ask.
        Stop = "stop", "Stop";
    }
}

/// Most pain during a session that is still green, 0 to 10.
pub const GREEN_TO: i32 = 3;
/// Most pain during a session that is still amber, 0 to 10.
pub const AMBER_TO: i32 = 5;
/// Points above the usual morning that make a red light.
pub const RED_ABOVE_USUAL: i32 = 2;

/// Days that today's page keeps advising rest after a red light: the extra rest day, and one to ask.
const RED_DAYS: i64 = 3;
/// Days that it keeps saying stop after night pain, unless a later session says otherwise.
const STOP_DAYS: i64 = 14;

/// A day's light with the sentence that proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The day of the session.
    pub day: NaiveDate,
    /// What it means.
    pub light: Light,
    /// Why, in one sentence.
    pub because: String,
}

/// Reads one day: the worst pain during its sessions (0 to 10), the answers of the next morning, and the usual morning pain.
#[must_use]
pub fn reading(day: NaiveDate, during: Option<i32>, morning: Option<&CheckIn>, usual: Option<i32>) -> Reading {
    let above = morning.and_then(|morning| morning.pain).zip(usual).map(|(pain, usual)| pain - usual);
    let said = |answer: fn(&CheckIn) -> Option<bool>, what: bool| morning.and_then(answer) == Some(what);
    let stiff = morning.and_then(|morning| morning.stiffness).filter(|stiffness| *stiffness != Stiffness::None);
    let felt = during.map_or("pain during not answered".to_owned(), |pain| format!("{pain} of 10 during the session"));
    let next = match above {
        None => "next morning not answered".to_owned(),
        Some(above) if above <= 0 => "back to usual next morning".to_owned(),
        Some(1) => "1 point above usual next morning".to_owned(),
        Some(above) => format!("{above} points above usual next morning"),
    };
    let mild = during.is_some_and(|pain| pain <= GREEN_TO);
    let (light, because) = if said(|morning| morning.night_pain, true) {
        (Light::Stop, format!("pain in the night; {felt}"))
    } else if during.is_some_and(|pain| pain > AMBER_TO) {
        (Light::Red, format!("{felt}, {next}"))
    } else if said(|morning| morning.limp, true) {
        (Light::Red, format!("a limp next morning; {felt}"))
    } else if above.is_some_and(|above| above >= RED_ABOVE_USUAL) {
        (Light::Red, format!("{next}; {felt}"))
    } else if said(|morning| morning.settled, false) {
        (Light::Red, format!("not settled next morning; {felt}"))
    } else if during.is_some_and(|pain| pain > GREEN_TO) {
        (Light::Amber, format!("{felt}, {next}"))
    } else if let Some(stiffness) = stiff.filter(|_| mild) {
        let how = if stiffness == Stiffness::Marked { "very stiff" } else { "stiff" };
        (Light::Hold, format!("{felt}, {how} next morning"))
    } else if mild && above == Some(1) {
        (Light::Hold, format!("{felt}, {next}"))
    } else if mild && above.is_some() {
        (Light::Green, format!("{felt}, {next}"))
    } else {
        (Light::Unknown, format!("{felt}, {next}"))
    };
    Reading { day, light, because }
}

/// Reads every day that was trained, oldest first.
#[must_use]
pub fn readings(sessions: &[Session], check_ins: &[CheckIn], usual: Option<i32>) -> Vec<Reading> {
    let mut days: Vec<NaiveDate> = sessions.iter().filter(|session| counts(session)).map(|session| session.day).collect();
    days.dedup();
    days.into_iter()
        .map(|day| {
            let during = sessions.iter().filter(|session| session.day == day).filter_map(|session| session.feeling.during).max();
            let morning = check_ins.iter().find(|check_in| Some(check_in.day) == day.checked_add_days(Days::new(1)));
            reading(day, during, morning, usual)
        })
        .collect()
}

/// Whether a session says anything about load: sets were done, or it was felt.
fn counts(session: &Session) -> bool {
    session.trained() || session.feeling.during.is_some() || session.sets.is_empty() && session.skips.is_empty()
}

/// What today's page says first after the last trained day went red or stopped: an extra rest day, and to ask first.
#[must_use]
pub fn advise(sessions: &[Session], check_ins: &[CheckIn], usual: Option<i32>, today: NaiveDate) -> Option<Advice> {
    let last = readings(sessions, check_ins, usual).into_iter().rfind(|reading| reading.day <= today)?;
    let age = (today - last.day).num_days();
    let advice = |stop, heading, words| Some(Advice { stop, heading, words, because: last.because.clone() });
    match last.light {
        Light::Stop if age <= STOP_DAYS => advice(
            true,
            "Stop for now and ring the clinic",
            "Pain in the night needs a look before you go on. Do no exercises, no running and no hopping until you have spoken to us. \
             Do not wait for us if it gets worse.",
        ),
        Light::Red if age <= RED_DAYS => advice(
            false,
            "Take an extra rest day, and ask first",
            "Your last session was too much for now. Rest today. Ask your physio before the next session; your plan itself is not changed.",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    fn morning(pain: Option<i32>) -> CheckIn {
        CheckIn {
            day: day() + chrono::TimeDelta::days(1),
            pain,
            stiffness: None,
            settled: None,
            limp: None,
            night_pain: None,
            note: String::new(),
        }
    }

    #[test]
    fn the_table_is_total_and_the_worst_row_wins() {
        let read = |during, morning: Option<CheckIn>, usual| reading(day(), during, morning.as_ref(), usual).light;
        assert_eq!(read(Some(3), Some(morning(Some(2))), Some(2)), Light::Green);
        assert_eq!(read(Some(3), Some(morning(Some(3))), Some(2)), Light::Hold);
        assert_eq!(read(Some(3), Some(morning(Some(4))), Some(2)), Light::Red);
        assert_eq!(read(Some(4), Some(morning(Some(2))), Some(2)), Light::Amber);
        assert_eq!(read(Some(5), None, Some(2)), Light::Amber);
        assert_eq!(read(Some(6), Some(morning(Some(0))), Some(2)), Light::Red);
        assert_eq!(read(Some(0), Some(CheckIn { limp: Some(true), ..morning(Some(0)) }), Some(0)), Light::Red);
        assert_eq!(read(Some(0), Some(CheckIn { settled: Some(false), ..morning(Some(0)) }), Some(0)), Light::Red);
        let stiff = CheckIn { stiffness: Some(Stiffness::Some), ..morning(Some(0)) };
        assert_eq!(read(Some(0), Some(stiff), Some(0)), Light::Hold);
        assert_eq!(read(Some(9), Some(CheckIn { night_pain: Some(true), ..morning(None) }), None), Light::Stop);
    }

    #[test]
    fn what_is_missing_is_never_good() {
        let read = |during, morning: Option<CheckIn>, usual| reading(day(), during, morning.as_ref(), usual).light;
        assert_eq!(read(None, Some(morning(Some(0))), Some(0)), Light::Unknown);
        assert_eq!(read(Some(0), None, Some(0)), Light::Unknown);
        assert_eq!(read(Some(0), Some(morning(None)), Some(0)), Light::Unknown);
        assert_eq!(read(Some(0), Some(morning(Some(0))), None), Light::Unknown);
        assert_eq!(read(None, Some(morning(Some(5))), Some(2)), Light::Red);
    }

    #[test]
    fn each_light_carries_its_proof() {
        assert_eq!(
            reading(day(), Some(5), Some(&morning(Some(2))), Some(2)).because,
            "5 of 10 during the session, back to usual next morning"
        );
        assert_eq!(reading(day(), None, None, None).because, "pain during not answered, next morning not answered");
    }
}
