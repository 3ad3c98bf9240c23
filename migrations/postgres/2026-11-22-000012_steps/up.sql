-- The steps a draft was built in, the newest of each draft: who did what on a page of which revision, and the phases as they were
-- before, as JSON. A step that takes another back names it.
CREATE TABLE steps (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id BIGINT REFERENCES plans (id) ON DELETE CASCADE,
    programme_id BIGINT REFERENCES programmes (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    words TEXT NOT NULL,
    before TEXT NOT NULL,
    seen INTEGER,
    undoes INTEGER,
    made_by BIGINT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    UNIQUE (plan_id, revision),
    UNIQUE (programme_id, revision),
    CHECK ((plan_id IS NULL) <> (programme_id IS NULL))
);
