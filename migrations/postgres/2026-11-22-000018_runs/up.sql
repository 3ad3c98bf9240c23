-- A run is part of a session, which holds how it felt. What was not said is not known.
CREATE TABLE runs (
    session_id BIGINT NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    level INTEGER,
    seconds INTEGER,
    longest INTEGER,
    surface TEXT,
    incline INTEGER,
    climb INTEGER,
    pace INTEGER,
    speed_reps INTEGER,
    walked_home BOOLEAN NOT NULL,
    logged_at TIMESTAMP NOT NULL
);

-- Ladders of the clinic's own; the one of the house is a file.
CREATE TABLE ladders (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL,
    levels TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

CREATE TABLE ladder_archivals (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ladder_id BIGINT NOT NULL REFERENCES ladders (id) ON DELETE CASCADE,
    archived BOOLEAN NOT NULL,
    set_by BIGINT NOT NULL,
    set_at TIMESTAMP NOT NULL
);
CREATE INDEX ladder_archivals_of_ladder ON ladder_archivals (ladder_id, id);

-- What a physio says about a patient's ladder. An opening keeps the levels as they were.
CREATE TABLE ladder_words (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    ladder TEXT NOT NULL,
    levels TEXT NOT NULL,
    level INTEGER,
    reason TEXT NOT NULL,
    said_by BIGINT NOT NULL,
    said_at TIMESTAMP NOT NULL
);
CREATE INDEX ladder_words_of_patient ON ladder_words (patient_id, id);

-- What a physio confirms of the readiness list; the last word on an item holds.
CREATE TABLE readiness_ticks (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id BIGINT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    met BOOLEAN NOT NULL,
    words TEXT NOT NULL,
    ticked_by BIGINT NOT NULL,
    ticked_at TIMESTAMP NOT NULL
);
CREATE INDEX readiness_ticks_of_patient ON readiness_ticks (patient_id, id);
