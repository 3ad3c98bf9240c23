-- What was really done, where it differed: how long each repetition was held, and against what.
ALTER TABLE set_logs ADD COLUMN hold INTEGER;
ALTER TABLE set_logs ADD COLUMN load TEXT;

-- A remark about one exercise of a session, done or left out.
CREATE TABLE exercise_notes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    prescription_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    words TEXT NOT NULL,
    written_at TEXT NOT NULL,
    UNIQUE (session_id, prescription_id)
) STRICT;

-- A correction knows its place, so that it stands beside the entry: the session of the day, and the exercise. Neither: the morning.
ALTER TABLE corrections ADD COLUMN ordinal INTEGER;
ALTER TABLE corrections ADD COLUMN prescription_id INTEGER;
