//! How far a movement takes the hip that works: what stage rules are held against.

use super::body::{Bone, FAR, Joint, NEAR};
use super::posture::{Posture, View};

/// A thigh or a trunk seen shorter than this points towards the viewer, so that the hip between them is bent (25 degrees).
const BENT: f64 = 0.9;

/// The ends of what a movement asks of the working hip, in whole degrees, as its positions are described. What a view does not show is
/// not known: from the side nobody sees a leg go outwards, from the front nobody sees it go back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoseLimits {
    /// The smallest angle of the hip: below 0 the thigh is behind the trunk.
    pub min_hip: Option<i32>,
    /// The widest angle outwards with a straight hip.
    pub max_abduction_straight: Option<i32>,
    /// The widest angle outwards with a bent hip.
    pub max_abduction_flexed: Option<i32>,
}

impl PoseLimits {
    /// Reads them off the positions. The near leg works, and the far one too where `both` do.
    pub fn of<'a>(positions: impl IntoIterator<Item = &'a Posture>, both: bool) -> Self {
        let mut limits = Self::default();
        for posture in positions {
            limits.take(posture, NEAR);
            if both {
                limits.take(posture, FAR);
            }
        }
        limits
    }

    fn take(&mut self, posture: &Posture, half: usize) {
        let angle = posture.degrees(Joint::Hip(half)).round() as i32;
        if posture.view == View::Side {
            self.min_hip = Some(self.min_hip.map_or(angle, |known| known.min(angle)));
            return;
        }
        let shortened = |bone: Bone| posture.seen[bone.place()] < BENT;
        let widest = if shortened(Bone::Thigh(half)) || shortened(Bone::Trunk) {
            &mut self.max_abduction_flexed
        } else {
            &mut self.max_abduction_straight
        };
        *widest = Some(widest.map_or(angle, |known| known.max(angle)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(poses: [&str; 2], both: bool) -> PoseLimits {
        let positions = poses.map(|pose| Posture::read(pose).unwrap());
        PoseLimits::of(&positions, both)
    }

    const SIDE: [&str; 2] = [
        "side | trunk +0 | near leg 0/90/-90 | far leg -20/90/0 | near arm 0/0 | far arm 0/0",
        "side | trunk +0 | near leg -15/75/-90 | far leg 90/105/15 | near arm 0/0 | far arm 0/0",
    ];

    #[test]
    fn from_the_side_one_sees_how_far_the_thigh_goes_back() {
        let near = PoseLimits { min_hip: Some(-15), ..PoseLimits::default() };
        assert_eq!(limits(SIDE, false), near, "the leg that only stands does not count");
        assert_eq!(limits(SIDE, true).min_hip, Some(-20));
    }

    #[test]
    fn from_the_front_one_sees_how_far_it_goes_out_and_whether_the_hip_is_bent() {
        let straight = "front | right leg 28/0 | left leg 40/0 | right arm 0/0 | left arm 0/0";
        let bent = "front | right leg 32/74 | left leg 0/0 | right arm 0/0 | left arm 0/0 | foreshorten right thigh 0.85";
        let sitting = "top | right leg 78/88 | left leg 14/-88 | right arm 0/0 | left arm 0/0 | foreshorten trunk 0.35";
        let found = limits([straight, bent], false);
        assert_eq!((found.min_hip, found.max_abduction_straight, found.max_abduction_flexed), (None, Some(28), Some(32)));
        assert_eq!(limits([sitting, sitting], false).max_abduction_flexed, Some(78), "who sits has bent hips");
    }
}
