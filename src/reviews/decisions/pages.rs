//! What the pages of reviews show.

use askama::Template;

use super::domain::{Decision, Review};
use crate::patients::Profile;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "reviews/review_form.html")]
pub struct NewPage {
    pub page: Page,
    pub patient: Profile,
    pub last: Option<Review>,
    /// The numbers of the period.
    pub numbers: Vec<String>,
    pub fields: Fields,
    pub errors: Errors,
}

impl NewPage {
    pub fn decisions(&self) -> &'static [Decision] {
        Decision::ALL
    }
}

#[derive(Template)]
#[template(path = "reviews/reviews.html")]
pub struct ListPage {
    pub page: Page,
    pub patient: Profile,
    pub reviews: Vec<Review>,
}

#[derive(Template)]
#[template(path = "reviews/review.html")]
pub struct ReviewPage {
    pub page: Page,
    pub patient: Profile,
    pub review: Review,
    /// The whole of it as plain text.
    pub text: String,
}

/// A review as plain text, for another record system.
pub fn text(page: &Page, patient: &Profile, review: &Review) -> String {
    let said = &review.said;
    let mut lines = vec![
        format!("Review of {}", patient.name),
        format!("{}, {}", page.clinic().name, page.moment(&review.at)),
        format!("By: {}", review.name),
        format!("Period: {} to {}", page.date(&said.from), page.date(&said.to)),
        String::new(),
        format!("Seen: {}", said.seen),
    ];
    lines.extend(review.numbers.iter().cloned());
    lines.extend([String::new(), format!("Decision: {}", said.decision.label()), format!("Reason: {}", said.reason)]);
    lines.push(format!("Next review: {}", said.next.map_or("not agreed".to_owned(), |day| page.date(&day))));
    lines.push(format!("Told to the patient: {}", if said.told.is_empty() { "nothing" } else { &said.told }));
    lines.join("\n") + "\n"
}
