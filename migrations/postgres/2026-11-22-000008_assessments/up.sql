-- The global contra-indications asked beside the red flags, by their keys; nothing where they were not asked.
ALTER TABLE screenings ADD COLUMN contraindications TEXT;

-- What staff found out about a patient that changes what is safe for them. The newest counts, the others are its history.
CREATE TABLE assessments (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    conditions TEXT NOT NULL,
    painful TEXT CHECK (painful IN ('yes', 'no')),
    lingering TEXT CHECK (lingering IN ('yes', 'no')),
    morning TEXT CHECK (morning IN ('yes', 'no')),
    stiff TEXT CHECK (stiff IN ('yes', 'no')),
    note TEXT NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX assessments_of_patient ON assessments (patient_id, id);

-- A physio gives an exercise although a rule warns, and says why. A row outlives its exercise: it belongs to the record of the versions.
CREATE TABLE overrides (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    prescription_id BIGINT NOT NULL,
    exercise TEXT NOT NULL,
    rule TEXT NOT NULL,
    stage TEXT NOT NULL,
    warning TEXT NOT NULL,
    reason TEXT NOT NULL,
    overridden_by BIGINT NOT NULL,
    overridden_at TIMESTAMP NOT NULL
);
CREATE INDEX overrides_of_plan ON overrides (plan_id, id);
