//! What is known about a patient, and what stops a plan.

use chrono::{NaiveDate, NaiveDateTime};

use crate::ids::{PatientId, PersonId, ScreeningId};
use crate::text::{Email, Name, Note, words};

words! {
    /// Where it hurts.
    SoreSide {
        /// The left hip.
        Left = "left", "left hip";
        /// The right hip.
        Right = "right", "right hip";
        /// Both hips.
        Both = "both", "both hips";
    }
}

/// What is asked when a patient is added.
#[derive(Debug, Clone)]
pub struct NewPatient {
    /// Their name.
    pub name: Name,
    /// Their address: the invitation is for it.
    pub email: Email,
    /// Where it hurts.
    pub sore_side: SoreSide,
    /// What they want to do again, in their words.
    pub goal: Note,
    /// Usual next-morning pain over the last week, 0 to 10; may be unknown.
    pub morning_pain: Option<i32>,
    /// Who looks after them.
    pub physio: PersonId,
}

/// A patient as pages show them.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Their number.
    pub id: PatientId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Where it hurts.
    pub sore_side: SoreSide,
    /// What they want to do again.
    pub goal: String,
    /// Who looks after them.
    pub physio: PersonId,
    /// That person's name.
    pub physio_name: String,
    /// Whether they have chosen a password yet.
    pub has_account: bool,
    /// Since when they are a patient here.
    pub since: NaiveDateTime,
    /// Usual next-morning pain (0 to 10) and the day it was asked; the newest answer.
    pub baseline: Option<(i32, NaiveDate)>,
}

/// How fast someone with a red flag must be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Today, in an emergency department.
    Emergency,
    /// By a doctor within days; no running or hopping until then.
    Urgent,
}

/// One of the questions that come before any plan.
#[derive(Debug, PartialEq, Eq)]
pub struct RedFlag {
    /// RF1 to RF14.
    pub key: &'static str,
    /// How fast a yes must be seen.
    pub urgency: Urgency,
    /// The question as the person is asked it.
    pub question: &'static str,
    /// The flag in a few words, for staff.
    pub short: &'static str,
}

const fn flag(key: &'static str, urgency: Urgency, question: &'static str, short: &'static str) -> RedFlag {
    RedFlag { key, urgency, question, short }
}

use Urgency::{Emergency, Urgent};

/// The fourteen red flags (sources: NHS Gloucestershire and NHS Kernow red flags for hip conditions; Singh, GP red flags for
/// hip pain; Johns Hopkins on hernias; Flinn and Robertson & Wood on femoral neck stress fracture; IOC statement on REDs 2023;
/// Warwick agreement 2016; AMBOSS on osteonecrosis). The wording is ours.
pub static RED_FLAGS: [RedFlag; 14] = [
    flag(
        "RF1",
        Emergency,
        "Are you unable to put weight on the leg, is the pain severe after a fall or a blow, or does the leg look shorter or turned?",
        "cannot bear weight, or severe pain after a fall",
    ),
    flag(
        "RF2",
        Emergency,
        "Do you have a fever or chills, or feel ill, together with a hip that is suddenly very painful, hot or red?",
        "fever or illness with a hot, painful hip",
    ),
    flag(
        "RF3",
        Emergency,
        "Is there a lump in your groin that has suddenly become painful, hard or red or cannot be pushed back, or do you vomit or pass no stool or wind?",
        "groin lump suddenly painful or stuck",
    ),
    flag(
        "RF4",
        Emergency,
        "Have you newly lost control of bladder or bowel, gone numb between the legs, or is a leg quickly getting weaker?",
        "bladder, bowel or saddle numbness, leg weakness",
    ),
    flag(
        "RF5",
        Emergency,
        "Is the leg cold or pale, or is a calf hot and swollen while you are short of breath or your chest hurts?",
        "cold leg, or swollen calf with breathlessness",
    ),
    flag("RF6", Emergency, "Has a testicle suddenly become painful or swollen?", "sudden testicular pain"),
    flag(
        "RF7",
        Urgent,
        "If you run: does a deep ache in the groin or at the front of the hip come after or during running, stay on, hurt in walking or make you limp?",
        "deep groin ache in a runner: bone stress",
    ),
    flag("RF8", Urgent, "Does it hurt at night, at rest, or all the time however you move?", "night, rest or constant pain"),
    flag(
        "RF9",
        Urgent,
        "Besides the hip pain: missed periods, low body weight, trouble with eating, an earlier stress fracture, weak bones, or steroid tablets for a long time?",
        "bone risk: periods, weight, earlier fracture, steroids",
    ),
    flag(
        "RF10",
        Urgent,
        "Have you lost weight without trying, do you sweat at night, or have you ever had cancer?",
        "weight loss, night sweats or cancer history",
    ),
    flag(
        "RF11",
        Urgent,
        "Is the groin pain growing, and do you take steroids, drink a lot of alcohol, or have you had a diving accident?",
        "growing pain with steroids, alcohol or diving",
    ),
    flag(
        "RF12",
        Urgent,
        "Are you a teenager with hip pain and a limp, or was there a sudden pop in a sprint or a kick?",
        "teenager with a limp, or a pop in sprinting",
    ),
    flag(
        "RF13",
        Urgent,
        "Does the hip lock or give way, or has it lost a lot of its movement?",
        "locking, giving way, marked loss of movement",
    ),
    flag(
        "RF14",
        Urgent,
        "Is there blood in your urine, or are there new bowel or gynaecological troubles?",
        "blood in urine, new bowel or gynaecological symptoms",
    ),
];

words! {
    /// Who asked the red-flag questions.
    AskedIn {
        /// A member of staff, all fourteen.
        Clinic = "clinic", "asked in the clinic";
        /// The patient said that something is wrong.
        Report = "report", "reported by the patient";
    }
}

/// Answers to the red-flag questions, about to be saved.
#[derive(Debug, Clone)]
pub struct Report {
    /// Who asked.
    pub asked_in: AskedIn,
    /// The flags answered with yes.
    pub flags: Vec<&'static RedFlag>,
    /// More words.
    pub note: Note,
}

/// Saved answers.
#[derive(Debug, Clone)]
pub struct Screening {
    /// Their number.
    pub id: ScreeningId,
    /// Whose they are.
    pub patient: PatientId,
    /// Whether the patient reported it.
    pub reported: bool,
    /// The flags answered with yes.
    pub flags: Vec<&'static RedFlag>,
    /// More words.
    pub note: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

impl Screening {
    /// The flags in a few words each, or that there are none.
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.flags.is_empty() {
            return "none of the listed warning signs".to_owned();
        }
        self.flags.iter().map(|flag| flag.short).collect::<Vec<_>>().join("; ")
    }

    /// Whether a yes was about something that must be seen today.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.flags.iter().any(|flag| flag.urgency == Urgency::Emergency)
    }
}

/// Whether anything stands against a plan.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// When staff last asked all questions.
    pub screened: Option<NaiveDateTime>,
    /// Red flags and reports that nobody has cleared yet, newest first.
    pub open: Vec<Screening>,
}

impl Standing {
    /// Why no plan may be published now, in words for the physio.
    #[must_use]
    pub fn obstacle(&self) -> Option<&'static str> {
        if !self.open.is_empty() {
            Some("A red flag or a report of the patient is open. Record a clearance first.")
        } else if self.screened.is_none() {
            Some("The screening questions have not been answered. Ask them first.")
        } else {
            None
        }
    }
}

/// Looks up flags by their keys, in the order of the list.
#[must_use]
pub fn flags_by_key(keys: &str) -> Vec<&'static RedFlag> {
    RED_FLAGS.iter().filter(|flag| keys.split(' ').any(|key| key == flag.key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_flags_six_of_them_emergencies() {
        assert_eq!(RED_FLAGS.iter().filter(|flag| flag.urgency == Urgency::Emergency).count(), 6);
        for (index, flag) in RED_FLAGS.iter().enumerate() {
            assert_eq!(flag.key, format!("RF{}", index + 1));
            assert!(flag.question.ends_with('?'));
        }
        assert_eq!(flags_by_key("RF14 RF1").iter().map(|flag| flag.key).collect::<Vec<_>>(), ["RF1", "RF14"]);
        assert!(flags_by_key("").is_empty());
    }

    #[test]
    fn a_plan_needs_answers_and_no_open_flag() {
        let screened = Standing { screened: Some(NaiveDateTime::default()), open: Vec::new() };
        assert_eq!(screened.obstacle(), None);
        assert!(Standing::default().obstacle().is_some_and(|words| words.contains("screening")));
        let open = Screening {
            id: ScreeningId(1),
            patient: PatientId(1),
            reported: true,
            flags: flags_by_key("RF8"),
            note: String::new(),
            at: NaiveDateTime::default(),
        };
        assert_eq!(open.in_words(), "night, rest or constant pain");
        assert!(Standing { open: vec![open], ..screened }.obstacle().is_some_and(|words| words.contains("clearance")));
    }
}
