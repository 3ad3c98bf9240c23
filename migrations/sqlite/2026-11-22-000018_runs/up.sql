-- A run is part of a session, which holds how it felt. What was not said is not known.
CREATE TABLE runs (
    session_id INTEGER NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    level INTEGER,
    seconds INTEGER,
    longest INTEGER,
    surface TEXT,
    incline INTEGER,
    climb INTEGER,
    pace INTEGER,
    speed_reps INTEGER,
    walked_home INTEGER NOT NULL CHECK (walked_home IN (0, 1)),
    logged_at TEXT NOT NULL
) STRICT;

-- Ladders of the clinic's own; the one of the house is a file.
CREATE TABLE ladders (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    levels TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE ladder_archivals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    ladder_id INTEGER NOT NULL REFERENCES ladders (id) ON DELETE CASCADE,
    archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
    set_by INTEGER NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX ladder_archivals_of_ladder ON ladder_archivals (ladder_id, id);

-- What a physio says about a patient's ladder. An opening keeps the levels as they were.
CREATE TABLE ladder_words (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    ladder TEXT NOT NULL,
    levels TEXT NOT NULL,
    level INTEGER,
    reason TEXT NOT NULL,
    said_by INTEGER NOT NULL,
    said_at TEXT NOT NULL
) STRICT;
CREATE INDEX ladder_words_of_patient ON ladder_words (patient_id, id);

-- What a physio confirms of the readiness list; the last word on an item holds.
CREATE TABLE readiness_ticks (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    met INTEGER NOT NULL CHECK (met IN (0, 1)),
    words TEXT NOT NULL,
    ticked_by INTEGER NOT NULL,
    ticked_at TEXT NOT NULL
) STRICT;
CREATE INDEX readiness_ticks_of_patient ON readiness_ticks (patient_id, id);
