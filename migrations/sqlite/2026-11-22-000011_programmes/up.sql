-- A programme of the clinic's own was put away, or taken out again; the newest counts.
CREATE TABLE programme_archivals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    programme_id INTEGER NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
    set_by INTEGER NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX programme_archivals_of_programme ON programme_archivals (programme_id, id);
