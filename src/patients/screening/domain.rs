//! The questions that come before any plan: red flags and contra-indications, and the answers.

use chrono::NaiveDateTime;

use crate::ids::{PatientId, ScreeningId};
use crate::text::{Note, sentence, words};

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

/// What stops every plan besides the red flags, however well the hip itself is.
#[derive(Debug, PartialEq, Eq)]
pub struct Contraindication {
    /// CI1 to CI5.
    pub key: &'static str,
    /// The question as the person is asked it.
    pub question: &'static str,
    /// What it is in a few words, for staff.
    pub short: &'static str,
}

const fn contraindication(key: &'static str, question: &'static str, short: &'static str) -> Contraindication {
    Contraindication { key, question, short }
}

/// The contra-indications that hold for every exercise. Staff ask them beside the red flags; a yes stops every plan until a clearance
/// says why it may go on. The list is our proposal, after usual clinical caution; the wording is ours.
pub static CONTRAINDICATIONS: [Contraindication; 5] = [
    contraindication(
        "CI1",
        "Has anyone found, or thought of, a stress fracture in your hip, thigh or pelvis?",
        "suspected or confirmed bone stress injury",
    ),
    contraindication("CI2", "Do you have a fever at the moment?", "fever"),
    contraindication(
        "CI3",
        "Was your hip operated on in the last 12 weeks, without a programme from your surgeon?",
        "hip surgery less than 12 weeks ago, no programme from the surgeon",
    ),
    contraindication("CI4", "Have you torn a muscle in the last 72 hours?", "muscle tear less than 72 hours ago"),
    contraindication(
        "CI5",
        "Has anyone thought of a blood clot, or is a calf or thigh newly hot, swollen and painful?",
        "suspected blood clot",
    ),
];

words! {
    /// Who asked the red-flag questions.
    AskedIn {
        /// A member of staff, all fourteen and the contra-indications.
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
    /// The contra-indications answered with yes; a patient's report does not ask them.
    pub contraindications: Vec<&'static Contraindication>,
    /// More words.
    pub note: Note,
}

impl Report {
    /// The keys of what was answered with yes.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        self.flags.iter().map(|flag| flag.key).chain(self.contraindications.iter().map(|found| found.key)).collect()
    }
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
    /// The contra-indications answered with yes.
    pub contraindications: Vec<&'static Contraindication>,
    /// More words.
    pub note: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

impl Screening {
    /// What was answered with yes, in a few words each, or that there is none.
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.is_all_no() {
            return "none of the listed warning signs".to_owned();
        }
        self.found().iter().map(|(short, _)| *short).collect::<Vec<_>>().join("; ")
    }

    /// What was answered with yes: a few words for staff, and the key of the question.
    #[must_use]
    pub fn found(&self) -> Vec<(&'static str, &'static str)> {
        let flags = self.flags.iter().map(|flag| (flag.short, flag.key));
        flags.chain(self.contraindications.iter().map(|found| (found.short, found.key))).collect()
    }

    /// The questions answered with yes, as the person was asked them.
    #[must_use]
    pub fn questions(&self) -> Vec<&'static str> {
        let flags = self.flags.iter().map(|flag| flag.question);
        flags.chain(self.contraindications.iter().map(|found| found.question)).collect()
    }

    /// Whether nothing was answered with yes.
    #[must_use]
    pub fn is_all_no(&self) -> bool {
        self.flags.is_empty() && self.contraindications.is_empty()
    }

    /// Whether a yes was about something that must be seen today.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.flags.iter().any(|flag| flag.urgency == Urgency::Emergency)
    }

    /// What stands against a plan, in words for the physio.
    #[must_use]
    pub fn obstacle(&self) -> String {
        if self.is_all_no() {
            return "The patient reported that something is wrong".to_owned();
        }
        self.found().iter().map(|(short, key)| format!("{} ({key})", sentence(short))).collect::<Vec<_>>().join("; ")
    }
}

/// A screening that nothing can be added to any more: its answers, and what came of them.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answers.
    pub screening: Screening,
    /// Who wrote them down.
    pub by: String,
    /// Why what they found no longer stands against a plan, by whom and when.
    pub clearance: Option<Clearance>,
}

/// Why a plan may go on in spite of a screening.
#[derive(Debug, Clone)]
pub struct Clearance {
    /// Why.
    pub reason: String,
    /// Whose decision it was.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

/// Looks up flags by their keys, in the order of the list.
#[must_use]
pub fn flags_by_key(keys: &str) -> Vec<&'static RedFlag> {
    RED_FLAGS.iter().filter(|flag| keys.split(' ').any(|key| key == flag.key)).collect()
}

/// Looks up contra-indications by their keys, in the order of the list.
#[must_use]
pub fn contraindications_by_key(keys: &str) -> Vec<&'static Contraindication> {
    CONTRAINDICATIONS.iter().filter(|found| keys.split(' ').any(|key| key == found.key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_flags_six_of_them_emergencies_and_five_contraindications() {
        assert_eq!(RED_FLAGS.iter().filter(|flag| flag.urgency == Urgency::Emergency).count(), 6);
        for (index, flag) in RED_FLAGS.iter().enumerate() {
            assert_eq!(flag.key, format!("RF{}", index + 1));
            assert!(flag.question.ends_with('?'));
        }
        for (index, found) in CONTRAINDICATIONS.iter().enumerate() {
            assert_eq!(found.key, format!("CI{}", index + 1));
            assert!(found.question.ends_with('?'));
        }
        assert_eq!(flags_by_key("RF14 RF1").iter().map(|flag| flag.key).collect::<Vec<_>>(), ["RF1", "RF14"]);
        assert_eq!(contraindications_by_key("CI5 RF1 CI2").iter().map(|found| found.key).collect::<Vec<_>>(), ["CI2", "CI5"]);
        assert!(flags_by_key("").is_empty() && contraindications_by_key("").is_empty());
    }
}
