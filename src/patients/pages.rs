//! What the pages of this room show.

use askama::Template;
use chrono::NaiveDateTime;

use super::domain::{Profile, RED_FLAGS, RedFlag, Screening, SoreSide, Standing, Urgency};
use super::store::Listed;
use crate::accounts::Person;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "patients/list.html")]
pub struct ListPage {
    pub page: Page,
    pub patients: Vec<Listed>,
    pub query: String,
    pub mine: bool,
}

impl ListPage {
    /// The same search among everyone's patients.
    pub fn everyones(&self) -> String {
        let asked = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", &self.query).finish();
        format!("/clinic/patients?{asked}")
    }

    /// The same search among the viewer's own patients.
    pub fn of_mine(&self) -> String {
        format!("{}&physio=me", self.everyones())
    }

    /// The day a patient was added.
    pub fn since(&self, patient: &Listed) -> String {
        self.page.date(&self.page.clock().day_of(patient.since))
    }
}

#[derive(Template)]
#[template(path = "patients/profile.html")]
pub struct ProfilePage {
    pub page: Page,
    pub patient: Option<Profile>,
    pub staff: Vec<Person>,
    pub fields: Fields,
    pub errors: Errors,
}

impl ProfilePage {
    /// What the page is called.
    pub fn heading(&self) -> String {
        self.patient.as_ref().map_or_else(|| "Add a patient".to_owned(), |patient| format!("Particulars of {}", patient.name))
    }

    /// Where the form goes.
    pub fn action(&self) -> String {
        self.patient.as_ref().map_or_else(|| "/clinic/patients".to_owned(), |patient| format!("/clinic/patients/{}/profile", patient.id))
    }

    /// The form filled from what is saved.
    pub fn fields_of(patient: &Profile) -> Fields {
        Fields::from_pairs([
            ("name", patient.name.clone()),
            ("email", patient.email.clone()),
            ("sore_side", patient.sore_side.word().to_owned()),
            ("goal", patient.goal.clone()),
            ("morning_pain", patient.baseline.map(|(pain, _)| pain.to_string()).unwrap_or_default()),
            ("physio", patient.physio.to_string()),
        ])
    }

    pub fn sides(&self) -> &'static [SoreSide] {
        SoreSide::ALL
    }

    /// Whether this was given as the usual morning pain.
    pub fn said(&self, pain: &i32) -> bool {
        self.fields.is("morning_pain", &pain.to_string())
    }

    /// Whether this person was chosen as the physio.
    pub fn chosen(&self, person: &Person) -> bool {
        self.fields.is("physio", &person.id.to_string())
    }
}

#[derive(Template)]
#[template(path = "patients/screening.html")]
pub struct ScreeningPage {
    pub page: Page,
    pub patient: Profile,
    pub standing: Standing,
    pub fields: Fields,
    pub errors: Errors,
}

impl ScreeningPage {
    pub fn flags(&self) -> &'static [RedFlag; 14] {
        &RED_FLAGS
    }

    /// The questions by how fast a yes must be seen.
    pub fn groups(&self) -> [FlagGroup; 2] {
        let of = |urgency| self.flags().iter().filter(|flag| flag.urgency == urgency).collect();
        [
            FlagGroup {
                id: "emergency",
                heading: "Emergency",
                then: "A yes: to an emergency department today. Do not treat, do not wait.",
                flags: of(Urgency::Emergency),
            },
            FlagGroup {
                id: "urgent",
                heading: "Urgent",
                then: "A yes: to a doctor within days. No running and no hopping until then.",
                flags: of(Urgency::Urgent),
            },
        ]
    }

    /// How the card about what is open looks and begins.
    pub fn alarm(&self) -> Alarm {
        Alarm::of(&self.standing)
    }
}

/// How the card about open red flags and reports looks and begins.
pub struct Alarm {
    /// The class of the card.
    pub class: &'static str,
    /// The icon beside the level.
    pub icon: &'static str,
    /// How fast, in one word.
    pub level: &'static str,
    /// What it is, in one sentence.
    pub heading: &'static str,
}

impl Alarm {
    /// The most pressing of what is open decides.
    #[must_use]
    pub fn of(standing: &Standing) -> Self {
        let urgent = |heading| Self { class: "care-urgent", icon: "warning", level: "Urgent", heading };
        if standing.open.iter().any(Screening::is_emergency) {
            let heading = "A red flag is open: to an emergency department today";
            Self { class: "care-emergency", icon: "emergency", level: "Emergency", heading }
        } else if standing.open.iter().any(|report| !report.flags.is_empty()) {
            urgent("A red flag is open: to a doctor within days")
        } else {
            urgent("The patient says that something is wrong")
        }
    }
}

/// Questions with the same urgency.
pub struct FlagGroup {
    pub id: &'static str,
    pub heading: &'static str,
    /// What follows from a yes.
    pub then: &'static str,
    pub flags: Vec<&'static RedFlag>,
}

#[derive(Template)]
#[template(path = "patients/invitation.html")]
pub struct LinkPage {
    pub page: Page,
    pub patient: Profile,
    pub link: String,
    pub until: NaiveDateTime,
}
