//! What the pages of this room show.

use askama::Template;
use chrono::NaiveDateTime;

use super::domain::{Profile, SoreSide};
use super::screening::{Answered, CONTRAINDICATIONS, RED_FLAGS, RedFlag, Screening, Urgency};
use super::standing::Standing;
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
    /// What was answered before, newest first.
    pub answered: Vec<Answered>,
    pub fields: Fields,
    pub errors: Errors,
}

impl ScreeningPage {
    /// How many questions there are.
    pub fn count(&self) -> usize {
        RED_FLAGS.len() + CONTRAINDICATIONS.len()
    }

    /// The questions by what a yes means.
    pub fn groups(&self) -> [QuestionGroup; 3] {
        let of = |urgency| RED_FLAGS.iter().filter(|flag| flag.urgency == urgency).map(Question::from).collect();
        let contraindications =
            CONTRAINDICATIONS.iter().map(|found| Question { key: found.key, short: found.short, words: found.question });
        [
            QuestionGroup {
                id: "emergency",
                heading: "Emergency",
                then: "A yes: to an emergency department today. Do not treat, do not wait.",
                questions: of(Urgency::Emergency),
            },
            QuestionGroup {
                id: "urgent",
                heading: "Urgent",
                then: "A yes: to a doctor within days. No running and no hopping until then.",
                questions: of(Urgency::Urgent),
            },
            QuestionGroup {
                id: "contraindications",
                heading: "Contra-indications",
                then: "A yes: no exercise for now. Every plan waits until you have looked into it and recorded why it may go on.",
                questions: contraindications.collect(),
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
        } else if standing.open.iter().any(|report| !report.contraindications.is_empty()) {
            urgent("A contra-indication is open: no exercise until it is cleared")
        } else {
            urgent("The patient says that something is wrong")
        }
    }
}

/// Questions with the same meaning of a yes.
pub struct QuestionGroup {
    pub id: &'static str,
    pub heading: &'static str,
    /// What follows from a yes.
    pub then: &'static str,
    pub questions: Vec<Question>,
}

/// A question of the screening.
pub struct Question {
    pub key: &'static str,
    /// What it is about, for staff.
    pub short: &'static str,
    /// As the person is asked it.
    pub words: &'static str,
}

impl From<&'static RedFlag> for Question {
    fn from(flag: &'static RedFlag) -> Self {
        Self { key: flag.key, short: flag.short, words: flag.question }
    }
}

#[derive(Template)]
#[template(path = "patients/invitation.html")]
pub struct LinkPage {
    pub page: Page,
    pub patient: Profile,
    pub link: String,
    pub until: NaiveDateTime,
}
