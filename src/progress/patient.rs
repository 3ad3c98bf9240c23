//! The patient: my pain, my weeks, and what got better.

use actix_web::{HttpRequest, web};
use chrono::TimeDelta;

use super::better::sentence;
use super::domain::{adherences, days, weeks_between};
use super::drawn::{Drawn, marks_of};
use super::ladder::standing_of;
use super::pages::{ProgressPage, Reach};
use super::spoken::Speech;
use crate::db::Db;
use crate::diary::{self, Record, activities};
use crate::latest::Latest;
use crate::plans::programmes::Programmes;
use crate::web::{Answer, Fields, Page, Patient, html};

/// How far back the page draws, in weeks, unless all is asked for.
const WEEKS: i64 = 12;
/// How far back it reads, in weeks.
const MOST_WEEKS: i64 = 520;

/// `GET /my/progress`; with `?weeks=all` the whole time is drawn.
///
/// # Errors
/// See [`crate::error::AppError`].
pub async fn progress(
    patient: Patient,
    page: Page,
    request: HttpRequest,
    db: web::Data<Db>,
    programmes: web::Data<Latest<Programmes>>,
    speech: web::Data<Speech>,
) -> Answer {
    let (id, today) = (patient.id, page.today());
    let all = Fields::decode(request.query_string().as_bytes()).is("weeks", "all");
    let earliest = today - TimeDelta::weeks(MOST_WEEKS);
    let clock = page.clock().clone();
    let ladder = programmes.get().ladder().clone();
    let (record, activities, running, spoken) = db
        .read(move |conn| {
            let running = standing_of(conn, id, &ladder, &clock, today)?;
            let record = diary::outline(conn, id, (earliest, today), |moment| clock.day_of(moment))?;
            Ok((record, activities::activities(conn, id)?, running, (speech.0)(conn, id)?))
        })
        .await?;
    let days = days(&record);
    let Record { course, sessions, .. } = &record;
    let first = diary::monday(days.first().map_or(today, |day| day.day).min(today - TimeDelta::weeks(2)));
    let recent = diary::monday(today - TimeDelta::weeks(WEEKS));
    let since_start = weeks_between(course, sessions, (first, today));
    let sentence = sentence(&since_start, sessions, &activities);
    let from = if all { first } else { first.max(recent) };
    let weeks = since_start.into_iter().filter(|week| week.monday >= from).collect();
    let (this_week, four_weeks) = adherences(course, sessions, first, today);
    let marks = marks_of(&record, |moment| page.clock().day_of(moment));
    let drawn = Drawn::new("pain", &record, (from, today), &days, weeks, &marks);
    let quiet = sessions.last().is_some_and(|last| (today - last.day).num_days() >= 7);
    let reach = match (first < recent, all) {
        (false, _) => Reach::Whole,
        (true, false) => Reach::Recent,
        (true, true) => Reach::All,
    };
    let (cut_offs, empty) = (record.cut_offs_on(today), days.is_empty());
    html(&ProgressPage { page, this_week, four_weeks, empty, reach, quiet, drawn, sentence, cut_offs, running, spoken })
}
