CREATE TABLE old_phases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    exit_criteria TEXT NOT NULL
) STRICT;
INSERT INTO old_phases SELECT id, plan_id, position, name, purpose, exit_criteria FROM phases WHERE plan_id IS NOT NULL;
CREATE TABLE old_prescriptions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    phase_id INTEGER NOT NULL REFERENCES old_phases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    sets INTEGER NOT NULL,
    work TEXT NOT NULL CHECK (work IN ('reps', 'hold', 'time', 'distance', 'breaths')),
    amount INTEGER NOT NULL,
    hold INTEGER,
    rest INTEGER,
    side TEXT NOT NULL,
    times INTEGER NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('day', 'week')),
    load TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
INSERT INTO old_prescriptions
    SELECT id, phase_id, position, exercise, sets, work, amount, hold, rest, side,
        CASE WHEN per IN ('day', 'week') THEN times ELSE 3 END, CASE WHEN per = 'day' THEN 'day' ELSE 'week' END, load, note
    FROM prescriptions WHERE phase_id IN (SELECT id FROM old_phases);
DROP TABLE prescriptions;
DROP TABLE phases;
DROP TABLE programmes;
ALTER TABLE old_phases RENAME TO phases;
ALTER TABLE old_prescriptions RENAME TO prescriptions;
CREATE INDEX phases_of_plan ON phases (plan_id, position);
CREATE INDEX prescriptions_of_phase ON prescriptions (phase_id, position);

CREATE TABLE old_usual_doses (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    sets INTEGER NOT NULL,
    work TEXT NOT NULL CHECK (work IN ('reps', 'hold', 'time', 'distance', 'breaths')),
    amount INTEGER NOT NULL,
    hold INTEGER,
    rest INTEGER,
    side TEXT NOT NULL,
    times INTEGER NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('day', 'week')),
    load TEXT NOT NULL,
    note TEXT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (person_id, exercise)
) STRICT;
INSERT INTO old_usual_doses
    SELECT person_id, exercise, sets, work, amount, hold, rest, side,
        CASE WHEN per IN ('day', 'week') THEN times ELSE 3 END, CASE WHEN per = 'day' THEN 'day' ELSE 'week' END, load, note, set_at
    FROM usual_doses;
DROP TABLE usual_doses;
ALTER TABLE old_usual_doses RENAME TO usual_doses;
