-- How often the record of each patient was changed. What was reckoned from a record is old as soon as this number has moved on.
CREATE TABLE record_changes (
    patient_id INTEGER NOT NULL PRIMARY KEY REFERENCES patients (id) ON DELETE CASCADE,
    number INTEGER NOT NULL
) STRICT;

-- Why each patient needs someone, reckoned from their record and kept, so that the queue is read and not reckoned. It can always be
-- reckoned again: nothing stands here that does not stand elsewhere.
CREATE TABLE needs (
    patient_id INTEGER NOT NULL PRIMARY KEY REFERENCES patients (id) ON DELETE CASCADE,
    -- Which part of the queue: it waits, it was seen today, it is snoozed, it is on track.
    part INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    since TEXT NOT NULL,
    light TEXT NOT NULL,
    reason TEXT NOT NULL,
    proof TEXT NOT NULL,
    thread_id INTEGER,
    -- Further reasons, one a line.
    others TEXT NOT NULL,
    -- What the reasons are about, one a line: tells what is new since somebody looked.
    marks TEXT NOT NULL,
    seen_by TEXT NOT NULL,
    seen_at TEXT,
    snoozed_until TEXT,
    -- What it was reckoned from: the number of the change, the day, and the rules of that time.
    number INTEGER NOT NULL,
    reckoned_on TEXT NOT NULL,
    rules INTEGER NOT NULL
) STRICT;
CREATE INDEX needs_in_order ON needs (part, rank, since);

-- That somebody looked at what a patient needs; `marks` is what there was to see.
CREATE TABLE sightings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    marks TEXT NOT NULL,
    seen_by INTEGER NOT NULL REFERENCES people (id),
    seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX sightings_of_patient ON sightings (patient_id, id);

-- Until which day a patient need not be looked at. A later row takes the place of an earlier one.
CREATE TABLE snoozes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    snoozed_by INTEGER NOT NULL REFERENCES people (id),
    snoozed_at TEXT NOT NULL
) STRICT;
CREATE INDEX snoozes_of_patient ON snoozes (patient_id, id);

-- What a physio decided, from what, and why.
CREATE TABLE reviews (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    seen TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('progress', 'hold', 'step-back', 'change', 'refer', 'discharge')),
    reason TEXT NOT NULL,
    -- What the patient was told; empty when nothing was sent.
    told TEXT NOT NULL,
    next_on TEXT,
    -- The numbers of the period as they stood, one a line.
    numbers TEXT NOT NULL,
    -- What the queue said when this was decided.
    marks TEXT NOT NULL,
    reviewed_by INTEGER NOT NULL REFERENCES people (id),
    reviewed_at TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_of_patient ON reviews (patient_id, id);

-- A clinical note: a draft until somebody signs it.
CREATE TABLE clinical_notes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    subjective TEXT NOT NULL,
    objective TEXT NOT NULL,
    assessment TEXT NOT NULL,
    plan TEXT NOT NULL,
    written_by INTEGER NOT NULL REFERENCES people (id),
    written_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    -- Counts the changes of the draft, so that two windows lose nothing.
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX clinical_notes_of_patient ON clinical_notes (patient_id, id);

-- From here on a note does not change any more.
CREATE TABLE note_signatures (
    note_id INTEGER NOT NULL PRIMARY KEY REFERENCES clinical_notes (id) ON DELETE CASCADE,
    signed_by INTEGER NOT NULL REFERENCES people (id),
    signed_at TEXT NOT NULL
) STRICT;

-- What was found out after a note was signed.
CREATE TABLE note_addenda (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    note_id INTEGER NOT NULL REFERENCES clinical_notes (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    added_by INTEGER NOT NULL REFERENCES people (id),
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX note_addenda_of_note ON note_addenda (note_id, id);

-- What a patient and their physio work towards.
CREATE TABLE goals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    target_on TEXT,
    set_by INTEGER NOT NULL REFERENCES people (id),
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX goals_of_patient ON goals (patient_id, id);

-- How a goal ended.
CREATE TABLE goal_endings (
    goal_id INTEGER NOT NULL PRIMARY KEY REFERENCES goals (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'given-up')),
    reason TEXT NOT NULL,
    ended_by INTEGER NOT NULL REFERENCES people (id),
    ended_at TEXT NOT NULL
) STRICT;
