-- Photos and films. `file` and `thumbnail` are the SHA-256 of what is kept, which is its name in the folder as well; rows with the
-- same content share a file. Without a patient it is for everybody who is signed in. A film may have a photo that stands for it.
CREATE TABLE media (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    format TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    thumbnail TEXT,
    thumbnail_bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    seconds INTEGER,
    words TEXT NOT NULL,
    patient_id BIGINT REFERENCES patients (id) ON DELETE CASCADE,
    still_id BIGINT REFERENCES media (id) ON DELETE SET NULL,
    added_by BIGINT NOT NULL,
    added_at TIMESTAMP NOT NULL
);
CREATE INDEX media_of_patient ON media (patient_id, id);
CREATE INDEX media_by_file ON media (file);
CREATE INDEX media_by_thumbnail ON media (thumbnail);
CREATE INDEX media_by_still ON media (still_id);
