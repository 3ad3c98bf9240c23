//! The measures of the mannequin: 1 unit is 1 centimetre of a person of 180 cm.

use super::posture::View;

/// Body height.
pub const HEIGHT: f64 = 180.0;

/// How far a part that should touch may be from what it touches, in units: one hundredth of the body height.
pub const CLOSE: f64 = HEIGHT / 100.0;

/// The near half of the body in side views, its right half in front and top views.
pub const NEAR: usize = 0;
/// The other half.
pub const FAR: usize = 1;

/// A rigid part of the skeleton.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bone {
    /// From the middle of the hips to the base of the neck.
    Trunk,
    /// From the base of the neck to the middle of the head.
    Head,
    /// From the middle of the hips to one hip.
    Pelvis(usize),
    /// Hip to knee.
    Thigh(usize),
    /// Knee to ankle.
    Shank(usize),
    /// Ankle to the ball of the foot.
    Foot(usize),
    /// Ball of the foot to the tip of the toes.
    Toes(usize),
    /// From the base of the neck to one shoulder.
    Girdle(usize),
    /// Shoulder to elbow.
    UpperArm(usize),
    /// Elbow to wrist.
    Forearm(usize),
    /// Wrist to finger tips.
    Hand(usize),
}

/// Number of bones.
pub const BONES: usize = 20;

impl Bone {
    /// Its place in a row of all bones.
    pub const fn place(self) -> usize {
        match self {
            Self::Trunk => 0,
            Self::Head => 1,
            Self::Pelvis(half) => 2 + 9 * half,
            Self::Thigh(half) => 3 + 9 * half,
            Self::Shank(half) => 4 + 9 * half,
            Self::Foot(half) => 5 + 9 * half,
            Self::Toes(half) => 6 + 9 * half,
            Self::Girdle(half) => 7 + 9 * half,
            Self::UpperArm(half) => 8 + 9 * half,
            Self::Forearm(half) => 9 + 9 * half,
            Self::Hand(half) => 10 + 9 * half,
        }
    }

    /// Its length in a view. Shares of the body height after the usual adult proportions; hips and shoulders are as wide as they look from
    /// the front and lie behind each other from the side.
    pub const fn length(self, view: View) -> f64 {
        let flat = matches!(view, View::Side);
        match self {
            Self::Trunk => 0.288 * HEIGHT,
            Self::Head => 0.115 * HEIGHT,
            Self::Pelvis(_) => {
                if flat {
                    0.0
                } else {
                    0.05 * HEIGHT
                }
            }
            Self::Thigh(_) => 0.245 * HEIGHT,
            Self::Shank(_) => 0.246 * HEIGHT,
            Self::Foot(_) => {
                if flat {
                    0.08 * HEIGHT
                } else {
                    0.0
                }
            }
            Self::Toes(_) => {
                if flat {
                    0.035 * HEIGHT
                } else {
                    0.0
                }
            }
            Self::Girdle(_) => {
                if flat {
                    0.0
                } else {
                    0.094 * HEIGHT
                }
            }
            Self::UpperArm(_) => 0.186 * HEIGHT,
            Self::Forearm(_) => 0.146 * HEIGHT,
            Self::Hand(_) => 0.05 * HEIGHT,
        }
    }
}

/// From the joint of the ankle to the sole.
pub const SOLE: f64 = 0.039 * HEIGHT;
/// From the joint of the ankle back to the heel.
pub const HEEL: f64 = 0.027 * HEIGHT;
/// Half the width of a foot seen from the front.
pub const HALF_FOOT: f64 = 4.2;

/// From the middle of the body to the skin, where it lies, kneels or leans: units.
pub mod depth {
    /// Buttocks, and the front of the pelvis.
    pub const PELVIS: f64 = 10.2;
    /// The waist.
    pub const WAIST: f64 = 8.8;
    /// The upper back and the chest.
    pub const CHEST: f64 = 10.4;
    /// A bent knee.
    pub const KNEE: f64 = 6.0;
    /// The middle of a calf.
    pub const CALF: f64 = 5.6;
    /// The front of an ankle.
    pub const ANKLE: f64 = 3.8;
    /// The ball of a foot, seen from its middle line.
    pub const TOES: f64 = 1.6;
    /// An elbow.
    pub const ELBOW: f64 = 3.8;
    /// A wrist.
    pub const WRIST: f64 = 2.6;
    /// Finger tips.
    pub const FINGERS: f64 = 1.6;
    /// The head.
    pub const HEAD: f64 = 11.7;
    /// A shoulder one lies on.
    pub const SHOULDER: f64 = 5.4;
    /// A hip one lies on.
    pub const HIP: f64 = 9.0;
}

/// A movement of the mannequin: what a number of its posture turns or shifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// To the right.
    X,
    /// Upwards.
    Y,
    /// Lean of the trunk.
    Trunk,
    /// Chin to the chest.
    Neck,
    /// Hip.
    Hip(usize),
    /// Knee.
    Knee(usize),
    /// Ankle.
    Ankle(usize),
    /// Toes.
    Toes(usize),
    /// Shoulder.
    Shoulder(usize),
    /// Elbow.
    Elbow(usize),
    /// Wrist.
    Wrist(usize),
}

/// Number of joints.
pub const JOINTS: usize = 18;

impl Joint {
    /// All of them, in the order of their places.
    pub const ALL: [Self; JOINTS] = [
        Self::X,
        Self::Y,
        Self::Trunk,
        Self::Neck,
        Self::Hip(0),
        Self::Knee(0),
        Self::Ankle(0),
        Self::Toes(0),
        Self::Shoulder(0),
        Self::Elbow(0),
        Self::Wrist(0),
        Self::Hip(1),
        Self::Knee(1),
        Self::Ankle(1),
        Self::Toes(1),
        Self::Shoulder(1),
        Self::Elbow(1),
        Self::Wrist(1),
    ];

    /// Its place in a row of all joints.
    pub const fn place(self) -> usize {
        match self {
            Self::X => 0,
            Self::Y => 1,
            Self::Trunk => 2,
            Self::Neck => 3,
            Self::Hip(half) => 4 + 7 * half,
            Self::Knee(half) => 5 + 7 * half,
            Self::Ankle(half) => 6 + 7 * half,
            Self::Toes(half) => 7 + 7 * half,
            Self::Shoulder(half) => 8 + 7 * half,
            Self::Elbow(half) => 9 + 7 * half,
            Self::Wrist(half) => 10 + 7 * half,
        }
    }

    /// How readily it gives way when hands and feet are brought to what they touch: ankles and arms before hips and knees, and the trunk last.
    pub const fn give(self) -> f64 {
        match self {
            Self::X | Self::Y => 1e6,
            Self::Trunk => 0.25,
            Self::Neck => 1.5,
            Self::Hip(_) | Self::Knee(_) => 1.0,
            Self::Ankle(_) | Self::Shoulder(_) => 3.0,
            Self::Elbow(_) => 2.0,
            Self::Toes(_) | Self::Wrist(_) => 6.0,
        }
    }

    /// The lowest and highest angle in degrees a healthy adult reaches, with a little room for those who are bendy. In side views after the normal
    /// ranges of the American Academy of Orthopaedic Surgeons (hip −30…120, knee 0…135, ankle −50…20, shoulder −60…180, elbow 0…150), which are
    /// means, passive ends lying 10–30° further; in front and top views the notation turns whole limbs in the plane, and only breaks are excluded.
    pub const fn limits(self, view: View) -> (f64, f64) {
        match (self, view) {
            (Self::Hip(_), View::Side) => (-32.0, 135.0),
            (Self::Knee(_), View::Side) => (-3.0, 155.0),
            (Self::Ankle(_), View::Side) => (-95.0, 42.0),
            (Self::Toes(_), _) => (-20.0, 80.0),
            (Self::Shoulder(_), View::Side) => (-62.0, 190.0),
            (Self::Elbow(_), View::Side) => (-5.0, 155.0),
            (Self::Wrist(_), _) => (-95.0, 95.0),
            (Self::Neck, _) => (-50.0, 50.0),
            (Self::Hip(_), _) => (-35.0, 85.0),
            (Self::Knee(_), _) => (-95.0, 150.0),
            (Self::Ankle(_), _) => (-45.0, 45.0),
            (Self::Shoulder(_), _) => (-30.0, 190.0),
            (Self::Elbow(_), _) => (-155.0, 155.0),
            (Self::Trunk | Self::X | Self::Y, _) => (-400.0, 400.0),
        }
    }
}
