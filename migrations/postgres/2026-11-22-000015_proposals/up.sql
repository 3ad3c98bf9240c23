-- The programme of the house a phase was taken from, as slug/key: its thresholds hold for the proposals. Empty where there is none.
ALTER TABLE phases ADD COLUMN programme TEXT NOT NULL DEFAULT '';

-- What a physio made of a proposal: taken over, edited first, or dismissed. The fingerprint stands for the evidence it rested on, so that
-- it does not come back on the same. Versions are kept, so the numbers of slot and phase still say what it was about.
CREATE TABLE proposal_answers (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('prescription', 'phase', 'plan')),
    about_id BIGINT NOT NULL,
    rule TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    name TEXT NOT NULL,
    evidence TEXT NOT NULL,
    change TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('accepted', 'edited', 'dismissed')),
    reason TEXT NOT NULL,
    answered_by BIGINT NOT NULL,
    answered_at TIMESTAMP NOT NULL,
    UNIQUE (patient_id, fingerprint, answer)
);
CREATE INDEX proposal_answers_of_patient ON proposal_answers (patient_id, id);

-- A criterion that the diary cannot know, confirmed by a physio, or taken back. The newest counts, in the phase it was said in.
CREATE TABLE confirmations (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    plan_id BIGINT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    phase_id BIGINT NOT NULL,
    criterion TEXT NOT NULL,
    holds BOOLEAN NOT NULL,
    confirmed_by BIGINT NOT NULL,
    confirmed_at TIMESTAMP NOT NULL
);
CREATE INDEX confirmations_of_patient ON confirmations (patient_id, id);
