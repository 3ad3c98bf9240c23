-- Exercises a member of staff wants at hand. An exercise is named by its slug: it may be a file.
CREATE TABLE favourites (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    marked_at TEXT NOT NULL,
    PRIMARY KEY (person_id, exercise)
) STRICT;

-- How much of an exercise a member of staff usually gives. The columns are those of a prescription.
CREATE TABLE usual_doses (
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
