//! The muscles and places an exercise works on: one word for files, plain words for readers, the name anatomists use, and the broad
//! area it belongs to.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

use crate::text::{nearest, words};

words! {
    /// A broad part of the body, to look for exercises by and to tint in a drawing.
    Area {
        /// From the lower belly to the groin.
        FrontOfHip = "front-of-hip", "Front of the hip";
        /// The outside of hip and thigh.
        SideOfHip = "side-of-hip", "Side of the hip";
        /// The seat, and what turns the hip below it.
        Buttock = "buttock", "Buttock";
        /// Groin to inner knee.
        InnerThigh = "inner-thigh", "Inner thigh";
        /// Hip to kneecap.
        FrontOfThigh = "front-of-thigh", "Front of the thigh";
        /// Seat to hollow of the knee.
        BackOfThigh = "back-of-thigh", "Back of the thigh";
        /// Calf, shin and foot.
        LowerLeg = "lower-leg", "Lower leg and foot";
        /// The belly, its deep layers, and the muscles of breathing.
        Trunk = "trunk", "Belly and deep trunk";
        /// The low back and what lies beside the spine.
        Back = "back", "Back";
        /// Shoulders, chest, neck, arms and hands.
        Shoulders = "shoulders", "Shoulders and arms";
        /// Everything at once.
        WholeBody = "whole-body", "Whole body";
    }
}

macro_rules! regions {
    ($($variant:ident = $word:literal, $label:literal, $anatomy:literal, $area:ident;)+) => {
        /// A muscle, a group of muscles, or a place that an exercise works on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Region {$(
            #[doc = $anatomy]
            $variant,
        )+}

        impl Region {
            /// All of them, from the hip outwards.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word kept in files.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The words on a page: the place first, the muscle in brackets.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The name in anatomy.
            #[must_use]
            pub fn anatomy(self) -> &'static str {
                match self { $(Self::$variant => $anatomy,)+ }
            }

            /// The broad area it belongs to.
            #[must_use]
            pub fn area(self) -> Area {
                match self { $(Self::$variant => Area::$area,)+ }
            }
        }
    };
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

regions! {
    HipFlexors = "hip flexors", "front of the hip (hip flexors)", "Hip flexor muscles", FrontOfHip;
    Iliopsoas = "iliopsoas", "front of the hip (iliopsoas)", "Iliopsoas", FrontOfHip;
    Iliacus = "iliacus", "inside the front of the pelvis (iliacus)", "Iliacus", FrontOfHip;
    Psoas = "psoas major", "from the low back to the front of the hip (psoas)", "Psoas major", FrontOfHip;
    FrontCapsule = "front hip capsule", "front of the hip joint (capsule)", "Anterior capsule of the hip joint", FrontOfHip;
    HipJoint = "hip joint", "hip joint", "Hip joint", FrontOfHip;
    Tfl = "tensor fasciae latae", "front and side of the hip (TFL)", "Tensor fasciae latae", SideOfHip;
    IliotibialBand = "iliotibial band", "outer thigh (iliotibial band, ITB)", "Iliotibial tract", SideOfHip;
    GluteusMedius = "gluteus medius", "side of the hip (gluteus medius)", "Gluteus medius", SideOfHip;
    GluteusMinimus = "gluteus minimus", "deep side of the hip (gluteus minimus)", "Gluteus minimus", SideOfHip;
    Abductors = "hip abductors", "side of the hip (abductors)", "Abductor muscles of the hip", SideOfHip;
    InternalRotators = "internal rotators", "muscles that turn the hip in", "Internal rotator muscles of the hip", SideOfHip;
    Gluteals = "gluteals", "buttock (gluteal muscles)", "Gluteal muscles", Buttock;
    GluteusMaximus = "gluteus maximus", "buttock (gluteus maximus)", "Gluteus maximus", Buttock;
    HipExtensors = "hip extensors", "buttock and back of the thigh (hip extensors)", "Extensor muscles of the hip", Buttock;
    HipRotators = "hip rotators", "muscles that turn the hip", "Rotator muscles of the hip", Buttock;
    ExternalRotators = "deep external rotators", "deep in the buttock (muscles that turn the hip out)", "Lateral rotator group", Buttock;
    Piriformis = "piriformis", "deep in the buttock (piriformis)", "Piriformis", Buttock;
    Adductors = "adductors", "inner thigh (adductors)", "Adductor muscles of the hip", InnerThigh;
    AdductorLongus = "adductor longus", "inner thigh (adductor longus)", "Adductor longus", InnerThigh;
    AdductorBrevis = "adductor brevis", "inner thigh (adductor brevis)", "Adductor brevis", InnerThigh;
    AdductorMagnus = "adductor magnus", "inner thigh (adductor magnus)", "Adductor magnus", InnerThigh;
    Gracilis = "gracilis", "inner thigh (gracilis)", "Gracilis", InnerThigh;
    Pectineus = "pectineus", "groin (pectineus)", "Pectineus", InnerThigh;
    Quadriceps = "quadriceps", "front of the thigh (quadriceps)", "Quadriceps femoris", FrontOfThigh;
    RectusFemoris = "rectus femoris", "front of hip and thigh (rectus femoris)", "Rectus femoris", FrontOfThigh;
    Vasti = "vasti", "front of the thigh (vasti)", "Vastus muscles", FrontOfThigh;
    VastusLateralis = "vastus lateralis", "outer front of the thigh (vastus lateralis)", "Vastus lateralis", FrontOfThigh;
    VastusMedialis = "vastus medialis", "inner front of the thigh (vastus medialis)", "Vastus medialis", FrontOfThigh;
    Sartorius = "sartorius", "across the front of the thigh (sartorius)", "Sartorius", FrontOfThigh;
    Hamstrings = "hamstrings", "back of the thigh (hamstrings)", "Hamstring muscles", BackOfThigh;
    Calf = "calf", "calf", "Triceps surae", LowerLeg;
    Gastrocnemius = "gastrocnemius", "upper calf (gastrocnemius)", "Gastrocnemius", LowerLeg;
    Soleus = "soleus", "deep calf (soleus)", "Soleus", LowerLeg;
    Achilles = "achilles tendon", "Achilles tendon", "Calcaneal tendon", LowerLeg;
    Shin = "shin", "shin (tibialis anterior)", "Tibialis anterior", LowerLeg;
    Ankle = "ankle", "ankle", "Ankle joint", LowerLeg;
    Foot = "foot", "foot", "Foot", LowerLeg;
    DeepAbdomen = "deep abdomen", "deep belly muscles", "Deep abdominal muscles", Trunk;
    InnerCore = "inner core", "inner core", "Deep trunk muscles, diaphragm and pelvic floor", Trunk;
    TransversusAbdominis = "transversus abdominis", "deep belly muscle (transversus abdominis)", "Transversus abdominis", Trunk;
    Abdominals = "abdominals", "belly muscles (abdominals)", "Abdominal muscles", Trunk;
    RectusAbdominis = "rectus abdominis", "front of the belly (rectus abdominis)", "Rectus abdominis", Trunk;
    Obliques = "obliques", "sides of the belly (obliques)", "Oblique muscles of the abdomen", Trunk;
    SideTrunk = "side trunk", "side of the trunk", "Lateral trunk muscles", Trunk;
    TrunkMuscles = "trunk", "trunk, to keep it from turning", "Trunk muscles", Trunk;
    Diaphragm = "diaphragm", "breathing muscle (diaphragm)", "Diaphragm", Trunk;
    PelvicFloor = "pelvic floor", "pelvic floor", "Pelvic floor muscles", Trunk;
    Pelvis = "pelvis", "position of the pelvis", "Pelvis", Trunk;
    QuadratusLumborum = "quadratus lumborum", "deep side of the low back (quadratus lumborum)", "Quadratus lumborum", Back;
    Multifidus = "multifidus", "deep back muscles (multifidus)", "Multifidus", Back;
    BackExtensors = "back extensors", "back muscles (erector spinae)", "Erector spinae", Back;
    LumbarSpine = "lumbar spine", "low back", "Lumbar spine", Back;
    UpperBack = "upper back", "upper back", "Muscles of the upper back", Back;
    Lats = "latissimus dorsi", "side of the back (latissimus)", "Latissimus dorsi", Back;
    ShoulderMuscles = "shoulders", "shoulders", "Shoulder muscles", Shoulders;
    Trapezius = "trapezius", "between neck and shoulder (trapezius)", "Trapezius", Shoulders;
    Neck = "neck", "neck", "Neck muscles", Shoulders;
    Chest = "chest", "chest", "Pectoral muscles", Shoulders;
    Biceps = "biceps", "front of the upper arm (biceps)", "Biceps brachii", Shoulders;
    Triceps = "triceps", "back of the upper arm (triceps)", "Triceps brachii", Shoulders;
    Grip = "grip", "hands and forearms (grip)", "Muscles of the forearm", Shoulders;
    WholeLeg = "whole leg", "whole leg", "Muscles of the leg", WholeBody;
    WholeBody = "whole body", "whole body", "Whole body", WholeBody;
}

impl Region {
    /// Reads the word.
    ///
    /// # Errors
    /// What is wrong, with the word that was probably meant.
    pub fn parse(word: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|region| region.word() == word).ok_or_else(|| {
            let meant = nearest(word, Self::ALL.iter().map(|region| region.word()));
            let meant =
                meant.map_or_else(|| "name a muscle or place the library knows".to_owned(), |near| format!("did you mean \"{near}\"?"));
            format!("unknown region \"{word}\"; {meant}")
        })
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Word)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

struct Word;

impl Visitor<'_> for Word {
    type Value = Region;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the word of a muscle or place, like \"iliopsoas\"")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Region, E> {
        Region::parse(word).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_and_label_is_used_once() {
        for region in Region::ALL {
            assert_eq!(Region::parse(region.word()), Ok(*region));
            assert_eq!(Region::ALL.iter().filter(|other| other.label() == region.label()).count(), 1, "{}", region.word());
        }
        for area in Area::ALL {
            assert!(Region::ALL.iter().any(|region| region.area() == *area), "{area:?}");
        }
    }

    #[test]
    fn an_unknown_word_is_told_with_its_neighbour() {
        for (wrong, meant) in
            [("iliopsaos", "iliopsoas"), ("Rectus Femoris", "rectus femoris"), ("psoas", "psoas major"), ("glutes", "gluteals")]
        {
            assert_eq!(Region::parse(wrong), Err(format!("unknown region \"{wrong}\"; did you mean \"{meant}\"?")));
        }
        assert_eq!(Region::parse("xyz"), Err("unknown region \"xyz\"; name a muscle or place the library knows".to_owned()));
    }
}
