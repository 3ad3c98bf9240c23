-- A reusable template of the clinic's own; the house's are files. `copied_from` is a name in words: nothing links back.
CREATE TABLE programmes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    audience TEXT NOT NULL,
    purpose TEXT NOT NULL,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    copied_from TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Phases belong to a plan or to a programme, and know their stage and their criteria as data.
CREATE TABLE new_phases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER REFERENCES plans (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    exit_criteria TEXT NOT NULL,
    programme_id INTEGER REFERENCES programmes (id) ON DELETE CASCADE,
    stage TEXT CHECK (stage IN ('early', 'mid', 'late')),
    entry TEXT NOT NULL DEFAULT '[]',
    exit TEXT NOT NULL DEFAULT '[]',
    CHECK ((plan_id IS NULL) <> (programme_id IS NULL))
) STRICT;
INSERT INTO new_phases (id, plan_id, position, name, purpose, exit_criteria)
    SELECT id, plan_id, position, name, purpose, exit_criteria FROM phases;

-- Doses in all the ways people keep them, with a tempo; an exercise may be done in turn with the one above it.
CREATE TABLE new_prescriptions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    phase_id INTEGER NOT NULL REFERENCES new_phases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    sets INTEGER NOT NULL,
    work TEXT NOT NULL CHECK (work IN ('reps', 'hold', 'time', 'distance', 'breaths')),
    amount INTEGER NOT NULL,
    hold INTEGER,
    rest INTEGER,
    side TEXT NOT NULL,
    times INTEGER NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('day', 'week', 'weekdays', 'other-day')),
    load TEXT NOT NULL,
    note TEXT NOT NULL,
    weekdays TEXT NOT NULL DEFAULT '',
    tempo TEXT,
    with_previous INTEGER NOT NULL DEFAULT 0 CHECK (with_previous IN (0, 1))
) STRICT;
INSERT INTO new_prescriptions (id, phase_id, position, exercise, sets, work, amount, hold, rest, side, times, per, load, note)
    SELECT id, phase_id, position, exercise, sets, work, amount, hold, rest, side, times, per, load, note FROM prescriptions;

-- Numbers once given are not given again: logs hang on them.
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'phases')
    WHERE name = 'new_phases' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'phases');
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_phases', seq FROM sqlite_sequence
    WHERE name = 'phases' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_phases');
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'prescriptions')
    WHERE name = 'new_prescriptions' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'prescriptions');
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_prescriptions', seq FROM sqlite_sequence
    WHERE name = 'prescriptions' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_prescriptions');

DROP TABLE prescriptions;
DROP TABLE phases;
ALTER TABLE new_phases RENAME TO phases;
ALTER TABLE new_prescriptions RENAME TO prescriptions;
CREATE INDEX phases_of_plan ON phases (plan_id, position);
CREATE INDEX phases_of_programme ON phases (programme_id, position);
CREATE INDEX prescriptions_of_phase ON prescriptions (phase_id, position);

CREATE TABLE new_usual_doses (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    sets INTEGER NOT NULL,
    work TEXT NOT NULL CHECK (work IN ('reps', 'hold', 'time', 'distance', 'breaths')),
    amount INTEGER NOT NULL,
    hold INTEGER,
    rest INTEGER,
    side TEXT NOT NULL,
    times INTEGER NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('day', 'week', 'weekdays', 'other-day')),
    load TEXT NOT NULL,
    note TEXT NOT NULL,
    set_at TEXT NOT NULL,
    weekdays TEXT NOT NULL DEFAULT '',
    tempo TEXT,
    PRIMARY KEY (person_id, exercise)
) STRICT;
INSERT INTO new_usual_doses (person_id, exercise, sets, work, amount, hold, rest, side, times, per, load, note, set_at)
    SELECT person_id, exercise, sets, work, amount, hold, rest, side, times, per, load, note, set_at FROM usual_doses;
DROP TABLE usual_doses;
ALTER TABLE new_usual_doses RENAME TO usual_doses;
