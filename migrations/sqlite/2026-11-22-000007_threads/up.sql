-- What a patient and the clinic write to each other about one thing. While a patient waits for an answer it says since when.
CREATE TABLE threads (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    waits_since TEXT
) STRICT;
CREATE INDEX threads_of_patient ON threads (patient_id, id);
CREATE INDEX threads_that_wait ON threads (waits_since) WHERE waits_since IS NOT NULL;

-- The last one of an ended thread says whom to contact from then on.
CREATE TABLE messages (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('patient', 'answer', 'notice', 'closing')),
    words TEXT NOT NULL,
    written_by INTEGER NOT NULL REFERENCES people (id),
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX messages_of_thread ON messages (thread_id, id);

-- Who has read a thread, up to which message, and when.
CREATE TABLE message_readings (
    thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (thread_id, person_id, message_id)
) STRICT;
