-- The global contra-indications asked beside the red flags, by their keys; nothing where they were not asked.
ALTER TABLE screenings ADD COLUMN contraindications TEXT;

-- What staff found out about a patient that changes what is safe for them. The newest counts, the others are its history.
CREATE TABLE assessments (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    conditions TEXT NOT NULL,
    painful TEXT CHECK (painful IN ('yes', 'no')),
    lingering TEXT CHECK (lingering IN ('yes', 'no')),
    morning TEXT CHECK (morning IN ('yes', 'no')),
    stiff TEXT CHECK (stiff IN ('yes', 'no')),
    note TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX assessments_of_patient ON assessments (patient_id, id);

-- A physio gives an exercise although a rule warns, and says why. A row outlives its exercise: it belongs to the record of the versions.
CREATE TABLE overrides (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    prescription_id INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    rule TEXT NOT NULL,
    stage TEXT NOT NULL,
    warning TEXT NOT NULL,
    reason TEXT NOT NULL,
    overridden_by INTEGER NOT NULL,
    overridden_at TEXT NOT NULL
) STRICT;
CREATE INDEX overrides_of_plan ON overrides (plan_id, id);
