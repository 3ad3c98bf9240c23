//! The pain light of a day: what was done, how it felt, and the next morning, read by one table.
//!
//! Source of the zones: the pain-monitoring model of Silbernagel et al. (Am J Sports Med 2007;35:897–906) as summarised at
//! bim.physio and AHP Suffolk (NHS) "Returning to activity". "Hold" and the total order are our proposal. The worst matching row
//! wins; what was not answered is unknown, never good and never bad.

use chrono::{Days, NaiveDate};

use crate::diary::{Advice, CheckIn, Record, Session, Stiffness};
use crate::plans::CutOffs;
use crate::text::{lowered, words};

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

/// What was answered about one day of training; each answer may be missing.
#[derive(Debug, Clone, Default)]
pub struct Answers<'a> {
    /// The most any answer says it hurt while training, 0 to 10.
    pub during: Option<i32>,
    /// Whether that is the whole of it: every session of the day said how it felt.
    pub complete: bool,
    /// In which exercise it hurt most, where that was said or only one was done.
    pub exercise: Option<&'a str>,
    /// The most it hurt right afterwards, 0 to 10.
    pub after: Option<i32>,
    /// The next morning.
    pub morning: Option<&'a CheckIn>,
    /// The usual next-morning pain, 0 to 10.
    pub usual: Option<i32>,
    /// A warning sign reported on that day, in words.
    pub reported: Option<&'a str>,
}

/// Reads the answers about one day by the table. The worst matching row wins.
#[must_use]
pub fn reading(day: NaiveDate, answers: &Answers<'_>, cut_offs: CutOffs) -> Reading {
    let morning = answers.morning;
    let above = morning.and_then(|morning| morning.pain).zip(answers.usual).map(|(pain, usual)| pain - usual);
    let said = |answer: fn(&CheckIn) -> Option<bool>, what: bool| morning.and_then(answer) == Some(what);
    let stiff = morning.and_then(|morning| morning.stiffness).filter(|stiffness| *stiffness != Stiffness::None);
    let (felt, next) = (felt_words(answers), next_words(morning, above));
    // The zones are judged during and after: the worse of the two counts.
    let worst = answers.during.max(answers.after);
    let mild = answers.complete && worst.is_some_and(|pain| pain <= cut_offs.green_to);
    let (light, because) = if let Some(reported) = answers.reported {
        (Light::Stop, format!("reported: {reported}"))
    } else if said(|morning| morning.night_pain, true) {
        (Light::Stop, format!("pain in the night; {felt}"))
    } else if worst.is_some_and(|pain| pain > cut_offs.amber_to) {
        (Light::Red, format!("{felt}, {next}"))
    } else if said(|morning| morning.limp, true) {
        (Light::Red, format!("a limp next morning; {felt}"))
    } else if above.is_some_and(|above| above >= cut_offs.red_above) {
        (Light::Red, format!("{felt}, {next}"))
    } else if said(|morning| morning.settled, false) {
        (Light::Red, format!("{felt}, not settled next morning"))
    } else if worst.is_some_and(|pain| pain > cut_offs.green_to) {
        (Light::Amber, format!("{felt}, {next}"))
    } else if let Some(stiffness) = stiff.filter(|_| mild) {
        let how = if stiffness == Stiffness::Marked { "very stiff" } else { "stiff" };
        (Light::Hold, format!("{felt}, {how} next morning"))
    } else if mild && above.is_some_and(|above| above > 0) {
        (Light::Hold, format!("{felt}, {next}"))
    } else if mild && above.is_some() {
        (Light::Green, format!("{felt}, {next}"))
    } else {
        let missing = if answers.during.is_some() && !answers.complete { ", the rest not answered" } else { "" };
        (Light::Unknown, format!("{felt}{missing}, {next}"))
    };
    Reading { day, light, because }
}

/// "5 of 10 during band hip flexion, 6 right after"
fn felt_words(answers: &Answers<'_>) -> String {
    let what = answers.exercise.map_or_else(|| "the session".to_owned(), lowered);
    let during = match answers.during {
        Some(pain) => format!("{pain} of 10 during {what}"),
        None => "pain during not answered".to_owned(),
    };
    let after = answers.after.filter(|after| answers.during.is_none_or(|during| *after > during));
    let after = after.map(|pain| format!(", {pain} right after")).unwrap_or_default();
    format!("{during}{after}")
}

fn next_words(morning: Option<&CheckIn>, above: Option<i32>) -> String {
    match (above, morning.and_then(|morning| morning.pain)) {
        (None, None) => "next morning not answered".to_owned(),
        (None, Some(pain)) => format!("{pain} next morning, the usual morning never asked"),
        (Some(above), _) if above <= 0 => "back to usual next morning".to_owned(),
        (Some(1), _) => "1 point above usual next morning".to_owned(),
        (Some(above), _) => format!("{above} points above usual next morning"),
    }
}

/// Reads every day that was trained, and every day that gave a warning sign; oldest first.
#[must_use]
pub fn readings(record: &Record) -> Vec<Reading> {
    let trained = record.sessions.iter().filter(|session| counts(session)).map(|session| session.day);
    // A night's pain stops whether or not the day before was trained.
    let nights = record.check_ins.iter().filter(|check_in| check_in.night_pain == Some(true)).map(|check_in| check_in.day - Days::new(1));
    let reported = record.reported.iter().map(|(day, _)| *day);
    let mut days: Vec<NaiveDate> = trained.chain(nights).chain(reported).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| reading(day, &answers_of(record, day), record.cut_offs_on(day))).collect()
}

/// What a record says about one day.
fn answers_of(record: &Record, day: NaiveDate) -> Answers<'_> {
    let of_day = || record.sessions_of(day).filter(|session| counts(session));
    let worst = of_day().filter_map(|session| session.worst().map(|(pain, where_)| (pain, where_, session))).max_by_key(|(pain, ..)| *pain);
    let exercise = worst.and_then(|(_, said, session)| {
        let only = || match session.prescriptions().as_slice() {
            [(only, _)] => Some(*only),
            _ => None,
        };
        record.name_of(session, said.or_else(only)?)
    });
    Answers {
        during: worst.map(|(pain, ..)| pain),
        complete: of_day().count() > 0 && of_day().all(|session| session.feeling.during.is_some()),
        exercise,
        after: of_day().filter_map(|session| session.feeling.after).max(),
        morning: record.morning_after(day),
        usual: record.usual_on(day),
        reported: record.reported_on(day),
    }
}

/// Whether a session says anything about load: sets were done, or it was felt.
fn counts(session: &Session) -> bool {
    session.trained() || session.worst().is_some() || session.sets.is_empty() && session.skips.is_empty()
}

/// What today's page says first after the last day went red or stopped: an extra rest day, and to ask first.
#[must_use]
pub fn advise(record: &Record, today: NaiveDate) -> Option<Advice> {
    let last = readings(record).into_iter().rfind(|reading| reading.day <= today)?;
    let age = (today - last.day).num_days();
    let advice = |stop, heading, words| Some(Advice { stop, heading, words, because: last.because.clone() });
    match last.light {
        // What was reported stops by itself until it is cleared; once it is, its light is history.
        Light::Stop if record.reported_on(last.day).is_some() => None,
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
        CheckIn { day: day() + Days::new(1), pain, ..CheckIn::nothing() }
    }

    fn light(during: Option<i32>, morning: Option<&CheckIn>, usual: Option<i32>) -> Light {
        let answers = Answers { during, complete: during.is_some(), morning, usual, ..Answers::default() };
        reading(day(), &answers, CutOffs::TABLE).light
    }

    #[test]
    fn the_table_is_total_and_the_worst_row_wins() {
        assert_eq!(light(Some(3), Some(&morning(Some(2))), Some(2)), Light::Green);
        assert_eq!(light(Some(3), Some(&morning(Some(3))), Some(2)), Light::Hold);
        assert_eq!(light(Some(3), Some(&morning(Some(4))), Some(2)), Light::Red);
        assert_eq!(light(Some(4), Some(&morning(Some(2))), Some(2)), Light::Amber);
        assert_eq!(light(Some(5), None, Some(2)), Light::Amber);
        assert_eq!(light(Some(6), Some(&morning(Some(0))), Some(2)), Light::Red);
        assert_eq!(light(Some(0), Some(&CheckIn { limp: Some(true), ..morning(Some(0)) }), Some(0)), Light::Red);
        assert_eq!(light(Some(0), Some(&CheckIn { settled: Some(false), ..morning(Some(0)) }), Some(0)), Light::Red);
        let stiff = CheckIn { stiffness: Some(Stiffness::Some), ..morning(Some(0)) };
        assert_eq!(light(Some(0), Some(&stiff), Some(0)), Light::Hold);
        assert_eq!(light(Some(9), Some(&CheckIn { night_pain: Some(true), ..morning(None) }), None), Light::Stop);
    }

    #[test]
    fn what_is_missing_is_never_good() {
        assert_eq!(light(None, Some(&morning(Some(0))), Some(0)), Light::Unknown);
        assert_eq!(light(Some(0), None, Some(0)), Light::Unknown);
        assert_eq!(light(Some(0), Some(&morning(None)), Some(0)), Light::Unknown);
        assert_eq!(light(Some(0), Some(&morning(Some(0))), None), Light::Unknown);
        assert_eq!(light(None, Some(&morning(Some(5))), Some(2)), Light::Red);
    }

    #[test]
    fn pain_right_after_counts_and_a_warning_sign_is_above_all() {
        let next = morning(Some(0));
        let answers = Answers { during: Some(1), complete: true, morning: Some(&next), usual: Some(0), ..Answers::default() };
        let read = |answers: Answers<'_>| reading(day(), &answers, CutOffs::TABLE);
        assert_eq!(read(answers.clone()).light, Light::Green);
        assert_eq!(read(Answers { after: Some(5), ..answers.clone() }).light, Light::Amber);
        assert_eq!(
            read(Answers { after: Some(6), ..answers.clone() }).because,
            "1 of 10 during the session, 6 right after, back to usual next morning"
        );
        assert_eq!(read(Answers { complete: false, ..answers.clone() }).light, Light::Unknown);
        assert_eq!(read(Answers { reported: Some("Night pain"), ..answers }).light, Light::Stop);
    }

    #[test]
    fn the_cut_offs_of_a_plan_move_the_borders() {
        let next = morning(Some(1));
        let answers = Answers { during: Some(3), complete: true, morning: Some(&next), usual: Some(0), ..Answers::default() };
        let with = |green_to, amber_to, red_above| reading(day(), &answers, CutOffs { green_to, amber_to, red_above }).light;
        assert_eq!((with(3, 5, 2), with(2, 5, 2), with(1, 2, 2), with(3, 5, 1)), (Light::Hold, Light::Amber, Light::Red, Light::Red));
    }

    #[test]
    fn each_light_carries_its_proof() {
        let next = morning(Some(2));
        let answers = Answers {
            during: Some(5),
            complete: true,
            exercise: Some("Band hip flexion"),
            morning: Some(&next),
            usual: Some(2),
            ..Answers::default()
        };
        let because = |answers: &Answers<'_>| reading(day(), answers, CutOffs::TABLE).because;
        assert_eq!(because(&answers), "5 of 10 during band hip flexion, back to usual next morning");
        assert_eq!(because(&Answers::default()), "pain during not answered, next morning not answered");
        assert_eq!(
            because(&Answers { usual: None, ..answers }),
            "5 of 10 during band hip flexion, 2 next morning, the usual morning never asked"
        );
    }

    #[test]
    fn a_night_of_pain_stops_after_a_rest_day_too() {
        let night = CheckIn { night_pain: Some(true), ..morning(Some(1)) };
        let record = Record { check_ins: vec![night], ..Record::default() };
        assert_eq!(readings(&record).iter().map(|reading| reading.light).collect::<Vec<_>>(), [Light::Stop]);
        assert!(advise(&record, day() + Days::new(1)).is_some_and(|advice| advice.stop));
    }
}
