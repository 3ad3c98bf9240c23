-- Which entries of a patient's phone have arrived: the phone may send each as often as it likes.
CREATE TABLE receipts (
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    arrived_at TEXT NOT NULL,
    PRIMARY KEY (patient_id, key)
) STRICT;
CREATE INDEX receipts_by_age ON receipts (arrived_at);
