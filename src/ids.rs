//! Numbers of things, one type for each thing, so that they cannot be mixed up.

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// Anyone with an account.
    PersonId,
    /// A person as a patient; the same number as their [`PersonId`].
    PatientId,
    /// A patient's own copy of a programme.
    PlanId,
    /// A programme of the clinic's own.
    ProgrammeId,
    /// A part of a plan's draft; kept in every version made from it.
    PhaseId,
    /// One exercise in a phase of the draft; kept in every version, so that a log finds its slot.
    PrescriptionId,
    /// An exercise the clinic wrote or imported.
    OwnExerciseId,
    /// One time the patient trained.
    SessionId,
    /// One set of answers to the red-flag questions.
    ScreeningId,
    /// What a reader asked.
    QuestionId,
    /// An answer to it, or a correction of one.
    AnswerId,
    /// Somebody's wish for an appointment.
    RequestId,
    /// What a patient and the clinic write to each other about one thing.
    ThreadId,
    /// A message in a thread.
    MessageId,
    /// What a patient wants to be otherwise in their plan.
    ChangeRequestId,
    /// A photo or a film.
    MediumId,
    /// A test done on a day.
    MeasurementId,
    /// Something a patient wants to do again.
    ActivityId,
    /// A questionnaire done on paper.
    PaperScoreId,
    /// A guided experiment.
    ExperimentId,
    /// What a physio decided, with its reason.
    ReviewId,
    /// A clinical note.
    ClinicalNoteId,
    /// What a patient works towards.
    GoalId,
}

impl From<PatientId> for PersonId {
    fn from(id: PatientId) -> Self {
        Self(id.0)
    }
}
