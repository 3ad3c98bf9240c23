//! What the pages of this room show.

use askama::Template;

use chrono::{NaiveDate, TimeDelta};

use super::adherence::Adherence;
use super::domain::{Day, WeekCount};
use super::light::{Light, Reading};
use crate::diary::{CheckIn, Session};
use crate::plans::CutOffs;
use crate::web::{Html, Page};

#[derive(Template)]
#[template(path = "progress/progress.html")]
pub struct ProgressPage {
    pub page: Page,
    pub days: Vec<Day>,
    pub weeks: Vec<WeekCount>,
    pub this_week: Adherence,
    pub four_weeks: Adherence,
    pub chart: Html,
    pub sentence: String,
    /// Where the lights begin and end at present.
    pub cut_offs: CutOffs,
}

/// One line of the table beside the chart.
pub struct DayRow<'a> {
    pub label: String,
    pub during: String,
    pub after: String,
    pub morning: String,
    pub session: &'static str,
    pub reading: Option<&'a Reading>,
}

impl ProgressPage {
    pub fn rows(&self) -> Vec<DayRow<'_>> {
        rows(&self.days)
    }

    /// "In the last 4 weeks you did 21 of the 24 turns your plan asked for, and 2 more."
    pub fn kept_sentence(&self) -> String {
        let whole = self.four_weeks.whole();
        let more = if whole.extra == 0 { String::new() } else { format!(", and {} more", whole.extra) };
        let turns = if whole.asked == 1 { "the one exercise".to_owned() } else { format!("the {} exercises", whole.asked) };
        match whole.asked {
            0 => "Your plan has asked for nothing yet that could be missed.".to_owned(),
            _ => format!("In the last 4 weeks you did {} of {turns} that your days asked for{more}.", whole.done),
        }
    }

    /// What each light means, in the order of the rules.
    pub fn lights(&self) -> [(Light, String, &'static str); 5] {
        let CutOffs { green_to, amber_to, .. } = self.cut_offs;
        let (amber_from, red_from) = (green_to + 1, amber_to + 1);
        let amber = if amber_from == amber_to { amber_to.to_string() } else { format!("{amber_from} to {amber_to}") };
        [
            (Light::Green, format!("0 to {green_to}, back to usual next morning"), "Carry on"),
            (Light::Hold, format!("0 to {green_to}, but stiff or 1 point above usual next morning"), "The same again"),
            (Light::Amber, format!("{amber}, settled within a day"), "Repeat, or do a little less"),
            (Light::Red, format!("{red_from} or more, a limp, or not settled next morning"), "Rest a day and ask us"),
            (Light::Stop, "Pain in the night".to_owned(), "Stop and call us"),
        ]
    }
}

/// Everything the chart shows, newest first: a line for each day of training with its next morning, and one for each morning
/// that follows no day of training.
fn rows(days: &[Day]) -> Vec<DayRow<'_>> {
    let on = |day: NaiveDate| days.iter().find(|known| known.day == day);
    let mut rows = Vec::new();
    for day in days.iter().rev() {
        if !day.sessions.is_empty() {
            let next = on(day.day + TimeDelta::days(1)).and_then(|next| next.check_in.as_ref());
            rows.push(DayRow {
                label: crate::clock::day_and_month(day.day),
                during: answers(&day.sessions, |session| session.feeling.during),
                after: answers(&day.sessions, |session| session.feeling.after),
                morning: pain(next),
                session: done_words(&day.sessions),
                reading: day.reading.as_ref(),
            });
        }
        let follows = on(day.day - TimeDelta::days(1)).is_some_and(|before| !before.sessions.is_empty());
        if day.check_in.is_some() && !follows {
            rows.push(DayRow {
                label: format!("Morning of {}", crate::clock::day_and_month(day.day)),
                during: "no session".to_owned(),
                after: "no session".to_owned(),
                morning: pain(day.check_in.as_ref()),
                session: "None",
                reading: None,
            });
        }
    }
    rows
}

/// The answers of a day's sessions: "3", or "3 and not answered".
fn answers(sessions: &[Session], answer: impl Fn(&Session) -> Option<i32>) -> String {
    let words: Vec<String> = sessions.iter().map(|session| words(answer(session))).collect();
    words.join(" and ")
}

fn pain(check_in: Option<&CheckIn>) -> String {
    words(check_in.and_then(|check_in| check_in.pain))
}

fn words(answer: Option<i32>) -> String {
    answer.map_or_else(|| "not answered".to_owned(), |pain| pain.to_string())
}

/// As the strip of the chart says it.
fn done_words(sessions: &[Session]) -> &'static str {
    match (sessions.iter().any(Session::trained), sessions.iter().any(|session| !session.skips.is_empty())) {
        (true, false) => "Done",
        (true, true) => "Partly done",
        (false, _) => "Skipped",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::{Actual, Feeling, LoggedSide, Record, SetLog};
    use crate::ids::{PlanId, PrescriptionId, SessionId};

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn session(number: u32, during: Option<i32>) -> Session {
        Session {
            id: SessionId(1),
            plan: PlanId(1),
            version: 1,
            day: day(number),
            ordinal: 1,
            feeling: Feeling { during, after: Some(0), effort: None },
            note: String::new(),
            sets: vec![SetLog {
                prescription: PrescriptionId(1),
                version: 1,
                number: 1,
                side: LoggedSide::Both,
                done: true,
                actual: Actual::default(),
            }],
            skips: Vec::new(),
            notes: Vec::new(),
            run: None,
        }
    }

    fn morning(number: u32, pain: Option<i32>) -> CheckIn {
        CheckIn { day: day(number), pain, stiffness: None, settled: None, limp: None, night_pain: None, note: String::new() }
    }

    #[test]
    fn the_table_says_all_that_the_chart_shows() {
        let sessions = [session(2, Some(3)), session(2, None), session(9, Some(1))];
        let check_ins = vec![morning(3, Some(2)), morning(6, Some(1))];
        let usual = vec![(day(1), 2)];
        let days = super::super::domain::days(&Record { sessions: sessions.into(), check_ins, usual, ..Record::default() });
        let rows = rows(&days);
        let told: Vec<_> = rows.iter().map(|row| [&*row.label, &*row.during, &*row.after, &*row.morning, row.session]).collect();
        assert_eq!(
            told,
            [
                ["Monday 9 November", "1", "0", "not answered", "Done"],
                ["Morning of Friday 6 November", "no session", "no session", "1", "None"],
                ["Monday 2 November", "3 and not answered", "0 and 0", "2", "Done"],
            ]
        );
        assert_eq!(
            rows.iter().map(|row| row.reading.map(|reading| reading.light)).collect::<Vec<_>>(),
            [Some(Light::Unknown), None, Some(Light::Unknown)],
            "one session of the second did not say how it felt"
        );
    }
}
