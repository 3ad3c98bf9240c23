-- The clinic's own exercises: written at the desk, or imported. What they say stands in their revisions. An imported one keeps the
-- name of its collection and its key there, so that a second import finds it.
CREATE TABLE own_exercises (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    source TEXT,
    source_key TEXT,
    UNIQUE (source, source_key)
) STRICT;

-- The text of an exercise's file as it was written at a time; the newest counts. Nobody's name when it was imported.
CREATE TABLE exercise_revisions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    exercise_id INTEGER NOT NULL REFERENCES own_exercises (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    written_by INTEGER,
    written_at TEXT NOT NULL,
    UNIQUE (exercise_id, number)
) STRICT;

-- An exercise was put away, or taken out again; the newest counts.
CREATE TABLE exercise_archivals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    exercise_id INTEGER NOT NULL REFERENCES own_exercises (id) ON DELETE CASCADE,
    archived INTEGER NOT NULL,
    set_by INTEGER NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX exercise_archivals_of_exercise ON exercise_archivals (exercise_id, id);
