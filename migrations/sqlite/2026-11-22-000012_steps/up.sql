-- The steps a draft was built in, the newest of each draft: who did what on a page of which revision, and the phases as they were
-- before, as JSON. A step that takes another back names it.
CREATE TABLE steps (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER REFERENCES plans (id) ON DELETE CASCADE,
    programme_id INTEGER REFERENCES programmes (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    words TEXT NOT NULL,
    before TEXT NOT NULL,
    seen INTEGER,
    undoes INTEGER,
    made_by INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (plan_id, revision),
    UNIQUE (programme_id, revision),
    CHECK ((plan_id IS NULL) <> (programme_id IS NULL))
) STRICT;
