//! The patient: my pain, my weeks, and what got better.

use actix_web::web;
use chrono::TimeDelta;

use super::domain::{WeekCount, adherences, days, weeks_between};
use super::drawn::{Drawn, marks_of};
use super::ladder::standing_of;
use super::pages::ProgressPage;
use crate::db::Db;
use crate::diary::{self, Record};
use crate::latest::Latest;
use crate::plans::programmes::Programmes;
use crate::web::{Answer, Page, Patient, html};

/// How far back the page looks.
const WEEKS: i64 = 12;

/// `GET /my/progress`
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn progress(patient: Patient, page: Page, db: web::Data<Db>, programmes: web::Data<Latest<Programmes>>) -> Answer {
    let (id, today) = (patient.id, page.today());
    let from = today - TimeDelta::weeks(WEEKS);
    let clock = page.clock().clone();
    let ladder = programmes.get().ladder().clone();
    let (record, running) = db
        .read(move |conn| {
            let running = standing_of(conn, id, &ladder, &clock, today)?;
            Ok((diary::record(conn, id, (from, today), |moment| clock.day_of(moment))?, running))
        })
        .await?;
    let days = days(&record);
    let Record { course, sessions, .. } = &record;
    let first = days.first().map_or(today, |day| day.day).min(today - TimeDelta::weeks(2));
    let from = diary::monday(first).max(from);
    let weeks = weeks_between(course, sessions, (from, today));
    let (this_week, four_weeks) = adherences(course, sessions, from, today);
    let (sentence, cut_offs) = (sentence(&weeks), record.cut_offs_on(today));
    let marks = marks_of(&record, |moment| page.clock().day_of(moment));
    let drawn = Drawn::new("pain", &record, (from, today), &days, weeks, &marks);
    html(&ProgressPage { page, empty: days.is_empty(), drawn, this_week, four_weeks, sentence, cut_offs, running })
}

/// What changed from the first week with an answer to the last, in one honest sentence.
fn sentence(weeks: &[WeekCount]) -> String {
    let sessions: usize = weeks.iter().map(|week| week.done).sum();
    let done = match sessions {
        0 => return "Nothing is logged yet. After your first session you will see here how your pain and your weeks go.".to_owned(),
        1 => "You have logged 1 session".to_owned(),
        sessions => format!("You have logged {sessions} sessions"),
    };
    let answered: Vec<&WeekCount> = weeks.iter().filter(|week| week.pain.is_some()).collect();
    match (answered.first(), answered.last()) {
        (Some(first), Some(last)) if answered.len() > 1 => {
            let change = match (first.pain, last.pain) {
                (Some(first), Some(last)) if last < first => "less than",
                (Some(first), Some(last)) if last > first => "more than",
                _ => "the same as",
            };
            format!(
                "{done}. In the latest week with answers your pain during sessions was {} of 10 on average: {change} in the first one ({}).",
                last.pain_words(),
                first.pain_words()
            )
        }
        _ => format!("{done}. When two weeks have pain answers, you will see here how they compare."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_honest() {
        let week = |pain| WeekCount { monday: chrono::NaiveDate::default(), done: 3, asked: 3, pain };
        assert!(sentence(&[]).starts_with("Nothing is logged yet"));
        assert!(sentence(&[week(Some(40)), week(None), week(Some(25))]).contains("2.5 of 10 on average: less than in the first one (4.0)"));
        assert!(sentence(&[week(Some(20)), week(Some(25))]).contains("more than"));
        assert!(sentence(&[week(Some(20)), week(None)]).contains("When two weeks"));
    }
}
