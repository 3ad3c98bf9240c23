//! The words of the collections and what they are called here. A word that does not stand here has no translation.

use super::super::{Load, Purpose, Region};
use crate::text::canonical;

/// What a thing of a collection is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thing {
    /// The line of what is needed; empty when it says that nothing is.
    pub need: &'static str,
    /// What carries the resistance with it, where that is sure.
    pub load: Option<Load>,
}

/// The region a muscle is, by its English or its anatomical name.
pub fn muscle(word: &str) -> Option<Region> {
    let region = match canonical(word.trim()).as_str() {
        "abdominals" | "abs" => Region::Abdominals,
        "abductors" => Region::Abductors,
        "adductors" => Region::Adductors,
        "anterior deltoid" | "shoulders" => Region::ShoulderMuscles,
        "biceps" | "biceps brachii" => Region::Biceps,
        "biceps femoris" | "hamstrings" => Region::Hamstrings,
        "calves" => Region::Calf,
        "chest" | "pectoralis major" => Region::Chest,
        "erector spinae" => Region::BackExtensors,
        "forearms" => Region::Grip,
        "gastrocnemius" => Region::Gastrocnemius,
        "glutes" => Region::Gluteals,
        "gluteus maximus" => Region::GluteusMaximus,
        "lats" | "latissimus dorsi" => Region::Lats,
        "lower back" => Region::LumbarSpine,
        "middle back" => Region::UpperBack,
        "neck" => Region::Neck,
        "obliquus externus abdominis" => Region::Obliques,
        "quadriceps" | "quadriceps femoris" | "quads" => Region::Quadriceps,
        "rectus abdominis" => Region::RectusAbdominis,
        "soleus" => Region::Soleus,
        "traps" | "trapezius" => Region::Trapezius,
        "triceps" | "triceps brachii" => Region::Triceps,
        _ => return None,
    };
    Some(region)
}

/// The thing a piece of equipment is.
pub fn equipment(word: &str) -> Option<Thing> {
    let (need, load) = match canonical(word.trim()).as_str() {
        "body only" | "none (bodyweight exercise)" => ("", Some(Load::Body)),
        "bands" | "resistance band" => ("band", Some(Load::Band)),
        "barbell" => ("weight, barbell", Some(Load::Weight)),
        "dumbbell" => ("weight, dumb-bell", Some(Load::Weight)),
        "e-z curl bar" | "sz-bar" => ("weight, curl bar", Some(Load::Weight)),
        "kettlebell" | "kettlebells" => ("weight, kettlebell", Some(Load::Weight)),
        "medicine ball" => ("weight, medicine ball", Some(Load::Weight)),
        "cable" => ("cable", Some(Load::Weight)),
        "machine" => ("machine", None),
        "bench" => ("bench", None),
        "incline bench" => ("bench, inclined", None),
        "exercise ball" | "swiss ball" => ("exercise ball", None),
        "foam roll" => ("foam roller", None),
        "gym mat" => ("mat", None),
        "pull-up bar" => ("pull-up bar", None),
        _ => return None,
    };
    Some(Thing { need, load })
}

/// What a category of exercises is good for.
pub fn purpose(word: &str) -> Option<Purpose> {
    match canonical(word.trim()).as_str() {
        "strength" | "powerlifting" | "olympic weightlifting" | "strongman" => Some(Purpose::Strength),
        "stretching" => Some(Purpose::Mobility),
        "plyometrics" => Some(Purpose::Plyometric),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Need;
    use super::*;

    #[test]
    fn every_need_is_one_the_library_knows() {
        let words = [
            "bands",
            "barbell",
            "dumbbell",
            "e-z curl bar",
            "kettlebells",
            "medicine ball",
            "cable",
            "machine",
            "bench",
            "incline bench",
            "exercise ball",
            "foam roll",
            "gym mat",
            "pull-up bar",
        ];
        for word in words {
            let need = equipment(word).unwrap().need;
            assert_eq!(Need::parse(need).map(|need| need.written()).as_deref(), Ok(need), "{word}");
        }
        assert_eq!(equipment(" Body Only ").unwrap().need, "");
        assert_eq!((equipment("other"), muscle("brachialis"), purpose("cardio")), (None, None, None));
    }
}
