-- A programme of the clinic's own was put away, or taken out again; the newest counts.
CREATE TABLE programme_archivals (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    programme_id BIGINT NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    archived BOOLEAN NOT NULL,
    set_by BIGINT NOT NULL,
    set_at TIMESTAMP NOT NULL
);
CREATE INDEX programme_archivals_of_programme ON programme_archivals (programme_id, id);
