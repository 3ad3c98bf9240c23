-- The clinic's own exercises: written at the desk, or imported. What they say stands in their revisions. An imported one keeps the
-- name of its collection and its key there, so that a second import finds it.
CREATE TABLE own_exercises (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    source TEXT,
    source_key TEXT,
    UNIQUE (source, source_key)
);

-- The text of an exercise's file as it was written at a time; the newest counts. Nobody's name when it was imported.
CREATE TABLE exercise_revisions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    exercise_id BIGINT NOT NULL REFERENCES own_exercises (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    written_by BIGINT,
    written_at TIMESTAMP NOT NULL,
    UNIQUE (exercise_id, number)
);

-- An exercise was put away, or taken out again; the newest counts.
CREATE TABLE exercise_archivals (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    exercise_id BIGINT NOT NULL REFERENCES own_exercises (id) ON DELETE CASCADE,
    archived BOOLEAN NOT NULL,
    set_by BIGINT NOT NULL,
    set_at TIMESTAMP NOT NULL
);
CREATE INDEX exercise_archivals_of_exercise ON exercise_archivals (exercise_id, id);
