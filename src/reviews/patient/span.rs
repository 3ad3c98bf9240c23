//! How much of the time line is shown; the address holds it.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::diary::monday;
use crate::ids::PatientId;
use crate::web::Fields;

/// Weeks shown unless asked for others.
const USUAL_WEEKS: i64 = 6;
/// Most weeks it can be asked for by number.
const MOST_WEEKS: i64 = 520;
/// Weeks above which sessions are read in outline: nobody reads so many days set by set.
const MOST_BY_DAY: i64 = 26;

/// A part of a patient's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// So many weeks and the one that runs; all there is when not said.
    pub weeks: Option<i64>,
    /// The last day shown.
    pub until: NaiveDate,
    today: NaiveDate,
}

impl Span {
    /// Reads `?weeks=` and `?until=`; what cannot be meant is as if not said.
    pub fn read(asked: &Fields, today: NaiveDate) -> Self {
        let weeks = match asked.get("weeks") {
            "all" => None,
            weeks => Some(weeks.parse().ok().filter(|weeks| (1..=MOST_WEEKS).contains(weeks)).unwrap_or(USUAL_WEEKS)),
        };
        let earliest = today - TimeDelta::weeks(MOST_WEEKS);
        let until = asked.get("until").parse().ok().filter(|until: &NaiveDate| (earliest..=today).contains(until)).unwrap_or(today);
        Self { weeks, until, today }
    }

    /// First and last day that are read; the first is a Monday, so that no week is cut.
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        (monday(self.until - TimeDelta::weeks(self.weeks.unwrap_or(MOST_WEEKS))), self.until)
    }

    /// Whether sessions are read in outline.
    pub fn is_outline(&self) -> bool {
        self.weeks.is_none_or(|weeks| weeks > MOST_BY_DAY)
    }

    /// Whether it ends today.
    pub fn is_of_now(&self) -> bool {
        self.until == self.today
    }

    /// The spans offered: the address, the words, whether it is the one shown.
    pub fn offered(&self, patient: PatientId) -> [(String, &'static str, bool); 3] {
        let until = if self.is_of_now() { String::new() } else { format!("&until={}", self.until) };
        let of = |weeks: i64, words| (format!("/clinic/patients/{patient}?weeks={weeks}{until}"), words, self.weeks == Some(weeks));
        [of(2, "2 weeks"), of(USUAL_WEEKS, "6 weeks"), (format!("/clinic/patients/{patient}?weeks=all"), "All", self.weeks.is_none())]
    }

    /// The span before this one, of the same length.
    pub fn earlier(&self, patient: PatientId) -> Option<String> {
        let weeks = self.weeks?;
        let (from, _) = self.days();
        Some(format!("/clinic/patients/{patient}?weeks={weeks}&until={}", from - Days::new(1)))
    }

    /// The span after this one, of the same length; none after today.
    pub fn later(&self, patient: PatientId) -> Option<String> {
        let weeks = self.weeks.filter(|_| !self.is_of_now())?;
        let until = self.until + TimeDelta::weeks(weeks + 1);
        let until = if until >= self.today { String::new() } else { format!("&until={until}") };
        Some(format!("/clinic/patients/{patient}?weeks={weeks}{until}"))
    }

    /// The beginning of the address that shows a week and the one before, up to the day that follows.
    pub fn week_address(patient: PatientId) -> String {
        format!("/clinic/patients/{patient}?weeks=1&until=")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Span {
        Span::read(&Fields::decode(query.as_bytes()), day("2026-11-24"))
    }

    fn day(words: &str) -> NaiveDate {
        words.parse().unwrap()
    }

    #[test]
    fn the_address_says_what_is_shown_and_nonsense_is_not_said() {
        assert_eq!(read("").days(), (day("2026-10-12"), day("2026-11-24")));
        assert_eq!(read("weeks=many&until=soon"), read(""));
        assert_eq!(read("weeks=99999999999"), read(""));
        assert_eq!(read("until=2030-01-01").until, day("2026-11-24"), "nothing is known of days to come");
        assert_eq!(read("weeks=2&until=2026-03-04").days(), (day("2026-02-16"), day("2026-03-04")));
        assert!(read("weeks=all").is_outline() && !read("weeks=6").is_outline());
    }

    #[test]
    fn earlier_and_later_lead_back() {
        let patient = PatientId(5);
        let span = read("weeks=2");
        assert_eq!(span.later(patient), None);
        let earlier = span.earlier(patient).unwrap();
        assert_eq!(earlier, "/clinic/patients/5?weeks=2&until=2026-11-08");
        let back = read(earlier.split_once('?').unwrap().1).later(patient).unwrap();
        assert_eq!(read(back.split_once('?').unwrap().1), span);
        assert_eq!(read("weeks=all").earlier(patient), None);
    }
}
