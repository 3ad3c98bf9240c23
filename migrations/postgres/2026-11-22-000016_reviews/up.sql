-- How often the record of each patient was changed. What was reckoned from a record is old as soon as this number has moved on.
CREATE TABLE record_changes (
    patient_id BIGINT NOT NULL PRIMARY KEY REFERENCES patients (id) ON DELETE CASCADE,
    number BIGINT NOT NULL
);

-- Why each patient needs someone, reckoned from their record and kept, so that the queue is read and not reckoned. It can always be
-- reckoned again: nothing stands here that does not stand elsewhere.
CREATE TABLE needs (
    patient_id BIGINT NOT NULL PRIMARY KEY REFERENCES patients (id) ON DELETE CASCADE,
    -- Which part of the queue: it waits, it was seen today, it is snoozed, it is on track.
    part INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    since DATE NOT NULL,
    light TEXT NOT NULL,
    reason TEXT NOT NULL,
    proof TEXT NOT NULL,
    thread_id BIGINT,
    -- Further reasons, one a line.
    others TEXT NOT NULL,
    -- What the reasons are about, one a line: tells what is new since somebody looked.
    marks TEXT NOT NULL,
    seen_by TEXT NOT NULL,
    seen_at TIMESTAMP,
    snoozed_until DATE,
    -- What it was reckoned from: the number of the change, the day, and the rules of that time.
    number BIGINT NOT NULL,
    reckoned_on DATE NOT NULL,
    rules INTEGER NOT NULL
);
CREATE INDEX needs_in_order ON needs (part, rank, since);

-- That somebody looked at what a patient needs; `marks` is what there was to see.
CREATE TABLE sightings (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    marks TEXT NOT NULL,
    seen_by BIGINT NOT NULL REFERENCES people (id),
    seen_at TIMESTAMP NOT NULL
);
CREATE INDEX sightings_of_patient ON sightings (patient_id, id);

-- Until which day a patient need not be looked at. A later row takes the place of an earlier one.
CREATE TABLE snoozes (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    until DATE NOT NULL,
    reason TEXT NOT NULL,
    snoozed_by BIGINT NOT NULL REFERENCES people (id),
    snoozed_at TIMESTAMP NOT NULL
);
CREATE INDEX snoozes_of_patient ON snoozes (patient_id, id);

-- What a physio decided, from what, and why.
CREATE TABLE reviews (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    seen TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('progress', 'hold', 'step-back', 'change', 'refer', 'discharge')),
    reason TEXT NOT NULL,
    -- What the patient was told; empty when nothing was sent.
    told TEXT NOT NULL,
    next_on DATE,
    -- The numbers of the period as they stood, one a line.
    numbers TEXT NOT NULL,
    -- What the queue said when this was decided.
    marks TEXT NOT NULL,
    reviewed_by BIGINT NOT NULL REFERENCES people (id),
    reviewed_at TIMESTAMP NOT NULL
);
CREATE INDEX reviews_of_patient ON reviews (patient_id, id);

-- A clinical note: a draft until somebody signs it.
CREATE TABLE clinical_notes (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    subjective TEXT NOT NULL,
    objective TEXT NOT NULL,
    assessment TEXT NOT NULL,
    plan TEXT NOT NULL,
    written_by BIGINT NOT NULL REFERENCES people (id),
    written_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    -- Counts the changes of the draft, so that two windows lose nothing.
    revision INTEGER NOT NULL
);
CREATE INDEX clinical_notes_of_patient ON clinical_notes (patient_id, id);

-- From here on a note does not change any more.
CREATE TABLE note_signatures (
    note_id BIGINT NOT NULL PRIMARY KEY REFERENCES clinical_notes (id) ON DELETE CASCADE,
    signed_by BIGINT NOT NULL REFERENCES people (id),
    signed_at TIMESTAMP NOT NULL
);

-- What was found out after a note was signed.
CREATE TABLE note_addenda (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    note_id BIGINT NOT NULL REFERENCES clinical_notes (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    added_by BIGINT NOT NULL REFERENCES people (id),
    added_at TIMESTAMP NOT NULL
);
CREATE INDEX note_addenda_of_note ON note_addenda (note_id, id);

-- What a patient and their physio work towards.
CREATE TABLE goals (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    target_on DATE,
    set_by BIGINT NOT NULL REFERENCES people (id),
    set_at TIMESTAMP NOT NULL
);
CREATE INDEX goals_of_patient ON goals (patient_id, id);

-- How a goal ended.
CREATE TABLE goal_endings (
    goal_id BIGINT NOT NULL PRIMARY KEY REFERENCES goals (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'given-up')),
    reason TEXT NOT NULL,
    ended_by BIGINT NOT NULL REFERENCES people (id),
    ended_at TIMESTAMP NOT NULL
);
