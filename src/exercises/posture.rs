//! How the body is held in an exercise, in a few words to choose from.

use crate::text::words;

words! {
    /// How the body is held.
    Posture {
        /// On the back.
        Back = "back", "Lying on the back";
        /// On the front.
        Front = "front", "Lying on the front";
        /// On one side.
        OnSide = "on-side", "Lying on the side";
        /// On forearms or hands and toes.
        Plank = "plank", "Plank";
        /// On hands and knees.
        AllFours = "all-fours", "On hands and knees";
        /// On one knee or both.
        Kneeling = "kneeling", "Kneeling";
        /// On a chair or on the floor.
        Sitting = "sitting", "Sitting";
        /// On one foot or both.
        Standing = "standing", "Standing";
        /// Walking, skipping, running.
        Moving = "moving", "Walking and running";
        /// From a bar.
        Hanging = "hanging", "Hanging";
    }
}

/// What the words of a position tell, the first that is there first.
const SIGNS: &[(&str, Posture)] = &[
    ("plank", Posture::Plank),
    ("forearms and toes", Posture::Plank),
    ("on your back", Posture::Back),
    ("bridge", Posture::Back),
    ("shoulders on a bench", Posture::Back),
    ("on your front", Posture::Front),
    ("on your side", Posture::OnSide),
    ("hands and knees", Posture::AllFours),
    ("kneeling", Posture::Kneeling),
    ("sitting", Posture::Sitting),
    ("standing", Posture::Standing),
    ("walking", Posture::Moving),
    ("running", Posture::Moving),
    ("skipping", Posture::Moving),
    ("hanging", Posture::Hanging),
];

impl Posture {
    /// What the position of an exercise comes to, if its words tell.
    #[must_use]
    pub fn of(position: &str) -> Option<Self> {
        SIGNS.iter().find(|(sign, _)| position.contains(sign)).map(|(_, posture)| *posture)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Library;
    use super::*;

    #[test]
    fn every_position_of_the_library_is_one_of_them() {
        let mut seen = Vec::new();
        for exercise in Library::load().unwrap().all() {
            let posture = Posture::of(&exercise.position);
            seen.push(posture.unwrap_or_else(|| panic!("{}: {}", exercise.slug, exercise.position)));
        }
        assert!(Posture::ALL.iter().all(|posture| seen.contains(posture)));
        assert_eq!(Posture::of("forearm plank with the roller under your thigh"), Some(Posture::Plank));
        assert_eq!(Posture::of("lying on your side on one forearm"), Some(Posture::OnSide));
        assert_eq!(Posture::of("floating"), None);
    }
}
