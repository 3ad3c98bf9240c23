//! All that was measured, scored and said of a patient.

use crate::db::Conn;
use crate::diary::activities::{self, Activity, FeltChange, PaperScore};
use crate::diary::measurements::{self, BoneStress, Measurement};
use crate::error::AppError;
use crate::ids::PatientId;

/// All that was measured, scored and said of a patient.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Tests that were done, newest first, those struck out too.
    pub measurements: Vec<Measurement>,
    /// What a clinician said about a stress injury of the bone.
    pub bone: BoneStress,
    /// What the patient wants to do again, oldest first.
    pub activities: Vec<Activity>,
    /// How things were compared with the start, oldest first.
    pub felt: Vec<FeltChange>,
    /// Scores of questionnaires done on paper, newest first.
    pub paper: Vec<PaperScore>,
}

/// Reads it. Twelve queries, however much there is.
///
/// # Errors
/// The database's own.
pub fn sheet(conn: &mut Conn, patient: PatientId) -> Result<Sheet, AppError> {
    Ok(Sheet {
        measurements: measurements::all(conn, patient)?,
        bone: measurements::bone_stress(conn, patient)?,
        activities: activities::activities(conn, patient)?,
        felt: activities::felt_changes(conn, patient)?,
        paper: activities::paper_scores(conn, patient)?,
    })
}

impl Sheet {
    /// What is scored now, oldest first.
    pub fn running(&self) -> impl Iterator<Item = &Activity> {
        self.activities.iter().filter(|activity| activity.ended.is_none())
    }

    /// How things were last compared with the start.
    #[must_use]
    pub fn last_felt(&self) -> Option<&FeltChange> {
        self.felt.last()
    }
}
