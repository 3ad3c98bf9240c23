-- The programme of the house a phase was taken from, as slug/key: its thresholds hold for the proposals. Empty where there is none.
ALTER TABLE phases ADD COLUMN programme TEXT NOT NULL DEFAULT '';

-- What a physio made of a proposal: taken over, edited first, or dismissed. The fingerprint stands for the evidence it rested on, so that
-- it does not come back on the same. Versions are kept, so the numbers of slot and phase still say what it was about.
CREATE TABLE proposal_answers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('prescription', 'phase', 'plan')),
    about_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    name TEXT NOT NULL,
    evidence TEXT NOT NULL,
    change TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('accepted', 'edited', 'dismissed')),
    reason TEXT NOT NULL,
    answered_by INTEGER NOT NULL,
    answered_at TEXT NOT NULL,
    UNIQUE (patient_id, fingerprint, answer)
) STRICT;
CREATE INDEX proposal_answers_of_patient ON proposal_answers (patient_id, id);

-- A criterion that the diary cannot know, confirmed by a physio, or taken back. The newest counts, in the phase it was said in.
CREATE TABLE confirmations (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    phase_id INTEGER NOT NULL,
    criterion TEXT NOT NULL,
    holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
    confirmed_by INTEGER NOT NULL,
    confirmed_at TEXT NOT NULL
) STRICT;
CREATE INDEX confirmations_of_patient ON confirmations (patient_id, id);
