//! Conditions of a patient that change which exercises suit them.

use crate::text::words;

words! {
    /// A condition of the patient with which an exercise needs a second thought.
    Flag {
        /// Pregnancy.
        Pregnancy = "pregnancy", "pregnancy";
        /// A hernia of the belly or groin.
        Hernia = "hernia", "a hernia";
        /// A new hip.
        HipReplacement = "hip-replacement", "a hip replacement";
        /// Medicine that thins the blood, or bleeding easily.
        Anticoagulants = "anticoagulants", "blood thinners";
        /// Weak bones.
        Osteoporosis = "osteoporosis", "osteoporosis";
        /// A sore knee.
        KneePain = "knee-pain", "knee pain";
        /// A sore shoulder or wrist.
        ShoulderWristPain = "shoulder-wrist-pain", "shoulder or wrist pain";
        /// High blood pressure.
        HighBloodPressure = "high-blood-pressure", "high blood pressure";
        /// Unsteady on the feet.
        PoorBalance = "poor-balance", "poor balance";
    }
}

impl Flag {
    /// Several in words: "pregnancy, knee pain"; "none" when there are none.
    #[must_use]
    pub fn all_in_words(flags: &[Self]) -> String {
        if flags.is_empty() { "none".to_owned() } else { flags.iter().map(|flag| flag.label()).collect::<Vec<_>>().join(", ") }
    }

    /// What changes with it, as an advice to the physio. Usual clinical caution; the wording is ours.
    #[must_use]
    pub fn caution(self) -> &'static str {
        match self {
            Self::Pregnancy => "leave out lying on the front, and release with a ball",
            Self::Hernia => "leave out release with a ball, and holds that make one strain",
            Self::HipReplacement => "keep to the limits the surgeon has set",
            Self::Anticoagulants => "leave out deep release",
            Self::Osteoporosis => "leave out hopping, and bending the spine far under load",
            Self::KneePain => "pad the knee, and leave out the couch stretch",
            Self::ShoulderWristPain => "choose a form on the forearms",
            Self::HighBloodPressure => "leave out long holds with the breath held",
            Self::PoorBalance => "have a rail or a wall within reach",
        }
    }
}
