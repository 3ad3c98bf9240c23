//! What a review is, the numbers of its period, and a first version of what the patient may be told.

use chrono::{NaiveDate, NaiveDateTime};

use crate::clock;
use crate::diary::Record;
use crate::ids::{PersonId, ReviewId};
use crate::progress::{Light, adherence, readings};
use crate::text::words;

words! {
    /// What is decided for the next while.
    Decision {
        /// More of it, or harder.
        Progress = "progress", "Progress";
        /// The same again.
        Hold = "hold", "Hold";
        /// A step back.
        StepBack = "step-back", "Step back";
        /// Something else in the plan.
        Change = "change", "Change the plan";
        /// To somebody else.
        Refer = "refer", "Refer";
        /// The treatment ends.
        Discharge = "discharge", "Discharge";
    }
}

/// A review to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReview {
    /// The first day looked at.
    pub from: NaiveDate,
    /// The last day looked at.
    pub to: NaiveDate,
    /// What was seen.
    pub seen: String,
    /// What is decided.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// What the patient is told; nothing is sent when it is empty.
    pub told: String,
    /// The day of the next review.
    pub next: Option<NaiveDate>,
    /// What the queue said of the patient when this was decided, one mark a line.
    pub marks: String,
}

/// A review as it is kept.
#[derive(Debug, Clone)]
pub struct Review {
    /// Its number.
    pub id: ReviewId,
    /// Who decided.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// What was looked at, seen and decided.
    pub said: NewReview,
    /// The numbers of the period as they stood.
    pub numbers: Vec<String>,
}

/// The numbers of a period, a line each: what was done, pain first and last, the lights. What nobody answered is said to be so.
#[must_use]
pub fn numbers(record: &Record, (from, to): (NaiveDate, NaiveDate), today: NaiveDate) -> Vec<String> {
    let trained = trained(record, (from, to));
    let kept = adherence(&record.course, &record.sessions, from, to, today).whole();
    let during = pains(record, (from, to));
    let mornings = record.check_ins.iter().filter(|check_in| (from..=to).contains(&check_in.day));
    let mornings: Vec<(NaiveDate, i32)> = mornings.filter_map(|check_in| Some((check_in.day, check_in.pain?))).collect();
    vec![
        format!("Sessions trained: {trained}"),
        format!("Exercises done, of those asked for: {}", kept.words()),
        format!("Pain during, 0 to 10: {}", first_and_last(&during)),
        format!("Pain in the morning, 0 to 10: {}", first_and_last(&mornings)),
        format!("Lights: {}", lights(record, (from, to))),
    ]
}

fn trained(record: &Record, (from, to): (NaiveDate, NaiveDate)) -> usize {
    record.sessions.iter().filter(|session| (from..=to).contains(&session.day) && session.trained()).count()
}

fn pains(record: &Record, (from, to): (NaiveDate, NaiveDate)) -> Vec<(NaiveDate, i32)> {
    let sessions = record.sessions.iter().filter(|session| (from..=to).contains(&session.day));
    sessions.filter_map(|session| Some((session.day, session.worst()?.0))).collect()
}

fn first_and_last(answers: &[(NaiveDate, i32)]) -> String {
    let words = |(day, pain): &(NaiveDate, i32)| format!("{pain} on {}", clock::date(*day));
    match answers {
        [] => "not answered".to_owned(),
        [only] => words(only),
        [first, .., last] => format!("first {}, last {}, {} answers", words(first), words(last), answers.len()),
    }
}

fn lights(record: &Record, (from, to): (NaiveDate, NaiveDate)) -> String {
    let of_period: Vec<Light> =
        readings(record).into_iter().filter(|reading| (from..=to).contains(&reading.day)).map(|reading| reading.light).collect();
    let counted = Light::ALL.iter().rev().filter_map(|light| {
        let count = of_period.iter().filter(|of| *of == light).count();
        (count > 0).then(|| format!("{count} {}", light.label().to_lowercase()))
    });
    let counted: Vec<String> = counted.collect();
    if counted.is_empty() { "none".to_owned() } else { counted.join(", ") }
}

/// A first version of what the patient may be told: only what the record says, in plain words, to be changed by whoever sends it.
#[must_use]
pub fn suggestion(record: &Record, (from, to): (NaiveDate, NaiveDate)) -> String {
    let days = (to - from).num_days();
    let period = match days {
        ..=7 => "your week".to_owned(),
        8..=13 => format!("your last {days} days"),
        _ => format!("your last {} weeks", days / 7),
    };
    let times = match trained(record, (from, to)) {
        0 => "I saw no training in it. Tell me what got in the way, and we find a way round it.".to_owned(),
        1 => "You trained once.".to_owned(),
        times => format!("You trained {times} times."),
    };
    let pain = match pains(record, (from, to)).as_slice() {
        [(_, first), .., (_, last)] if last < first => format!(" Your pain while you train went from {first} down to {last} of 10."),
        [(_, first), .., (_, last)] if last > first => format!(" Your pain while you train went from {first} up to {last} of 10."),
        [_, .., (_, last)] => format!(" Your pain while you train was {last} of 10, the same as at the start."),
        _ => String::new(),
    };
    format!("I looked at {period}. {times}{pain}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::{CheckIn, Feeling, Session};
    use crate::ids::{PlanId, SessionId};

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn session(number: u32, during: Option<i32>) -> Session {
        let run = crate::diary::LoggedSide::Both;
        let set = crate::diary::SetLog {
            prescription: crate::ids::PrescriptionId(1),
            version: 1,
            number: 1,
            side: run,
            done: true,
            actual: crate::diary::Actual::default(),
        };
        Session {
            id: SessionId(i64::from(number)),
            plan: PlanId(1),
            version: 1,
            day: day(number),
            ordinal: 1,
            feeling: Feeling { during, after: None, effort: None },
            note: String::new(),
            sets: vec![set],
            skips: Vec::new(),
            notes: Vec::new(),
            run: None,
        }
    }

    fn record(pains: &[(u32, Option<i32>)]) -> Record {
        let sessions = pains.iter().map(|(number, during)| session(*number, *during)).collect();
        let check_ins = vec![CheckIn { day: day(11), pain: Some(3), ..CheckIn::nothing() }];
        Record { sessions, check_ins, usual: vec![(day(1), 3)], ..Record::default() }
    }

    #[test]
    fn the_numbers_are_those_of_the_period_and_what_is_missing_is_named() {
        let record = record(&[(2, Some(9)), (10, Some(4)), (12, None), (14, Some(2))]);
        let lines = numbers(&record, (day(10), day(20)), day(20));
        assert_eq!(lines[0], "Sessions trained: 3");
        assert_eq!(lines[2], "Pain during, 0 to 10: first 4 on 10 November 2026, last 2 on 14 November 2026, 2 answers");
        assert_eq!(lines[3], "Pain in the morning, 0 to 10: 3 on 11 November 2026");
        assert_eq!(lines[4], "Lights: 1 amber, 2 not known");
        let nothing = numbers(&Record::default(), (day(10), day(20)), day(20));
        assert_eq!(nothing[2], "Pain during, 0 to 10: not answered");
        assert_eq!(nothing[4], "Lights: none");
    }

    #[test]
    fn the_patient_is_told_what_the_record_says() {
        let told = |pains: &[(u32, Option<i32>)], from| suggestion(&record(pains), (day(from), day(20)));
        assert_eq!(
            told(&[(14, Some(4)), (18, Some(2))], 13),
            "I looked at your week. You trained 2 times. Your pain while you train went from 4 down to 2 of 10."
        );
        assert!(
            told(&[(14, Some(2)), (18, Some(5))], 6)
                .contains("your last 2 weeks. You trained 2 times. Your pain while you train went from 2 up to 5")
        );
        assert_eq!(told(&[(18, None)], 10), "I looked at your last 10 days. You trained once.");
        assert!(told(&[], 13).contains("I saw no training in it"));
    }
}
