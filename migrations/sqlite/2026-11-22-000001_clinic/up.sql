-- People and how they sign in.
CREATE TABLE people (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('patient', 'physio', 'owner')),
    password_hash TEXT,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sign_ins (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_ins_of_person ON sign_ins (person_id);

-- A one-time link to choose a password; without a person it founds the clinic's first owner.
CREATE TABLE invitations (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,
    created_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX invitations_of_person ON invitations (person_id);

CREATE TABLE failed_sign_ins (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    failed_at TEXT NOT NULL
) STRICT;
CREATE INDEX failed_sign_ins_by_email ON failed_sign_ins (email, failed_at);
CREATE INDEX failed_sign_ins_by_address ON failed_sign_ins (address, failed_at);

-- Who did or saw what. Names are kept as words, so that an entry outlives the person.
CREATE TABLE audit_entries (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor_id INTEGER,
    actor_name TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject_id INTEGER,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entries_of_subject ON audit_entries (subject_id, at);

-- Patients: a person's details as a patient.
CREATE TABLE patients (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    physio_id INTEGER NOT NULL REFERENCES people (id),
    sore_side TEXT NOT NULL CHECK (sore_side IN ('left', 'right', 'both')),
    goal TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX patients_of_physio ON patients (physio_id);

-- The usual next-morning pain over the last week, each answer kept with its day.
CREATE TABLE baselines (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    asked_on TEXT NOT NULL,
    pain INTEGER NOT NULL CHECK (pain BETWEEN 0 AND 10),
    recorded_by INTEGER NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX baselines_of_patient ON baselines (patient_id, asked_on);

-- The red-flag questions RF1 to RF14, asked in the clinic or reported by the patient.
CREATE TABLE screenings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    asked_in TEXT NOT NULL CHECK (asked_in IN ('clinic', 'report')),
    flags TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX screenings_of_patient ON screenings (patient_id, recorded_at);

-- A member of staff has looked at a screening with flags and says why the plan may go on.
CREATE TABLE clearances (
    screening_id INTEGER NOT NULL PRIMARY KEY REFERENCES screenings (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    cleared_by INTEGER NOT NULL,
    cleared_at TEXT NOT NULL
) STRICT;

-- Plans: an editable draft, and immutable versions beside it.
CREATE TABLE plans (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    created_by INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX plans_of_patient ON plans (patient_id);

CREATE TABLE phases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    exit_criteria TEXT NOT NULL
) STRICT;
CREATE INDEX phases_of_plan ON phases (plan_id, position);

CREATE TABLE prescriptions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    phase_id INTEGER NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    sets INTEGER NOT NULL,
    work TEXT NOT NULL CHECK (work IN ('reps', 'hold', 'time', 'distance', 'breaths')),
    amount INTEGER NOT NULL,
    hold INTEGER,
    rest INTEGER,
    side TEXT NOT NULL,
    times INTEGER NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('day', 'week')),
    load TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX prescriptions_of_phase ON prescriptions (phase_id, position);

-- A published version: a snapshot that never changes.
CREATE TABLE publications (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    published_by INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    UNIQUE (plan_id, version)
) STRICT;

-- What a plan is, and the phase the patient is in: one row for every change.
CREATE TABLE plan_states (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'finished', 'replaced')),
    phase_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    set_by INTEGER NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX plan_states_of_plan ON plan_states (plan_id, id);

-- The diary: what happened, tied to the version it was done under.
CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    plan_id INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    done_on TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    pain_during INTEGER CHECK (pain_during BETWEEN 0 AND 10),
    pain_after INTEGER CHECK (pain_after BETWEEN 0 AND 10),
    effort INTEGER CHECK (effort BETWEEN 0 AND 10),
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (patient_id, done_on, ordinal)
) STRICT;

CREATE TABLE set_logs (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    prescription_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    set_number INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('left', 'right', 'both')),
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    amount INTEGER,
    logged_at TEXT NOT NULL,
    UNIQUE (session_id, prescription_id, set_number, side)
) STRICT;

CREATE TABLE skips (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    prescription_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    logged_at TEXT NOT NULL,
    UNIQUE (session_id, prescription_id)
) STRICT;

-- The next-morning answers; every one of them may stay unanswered.
CREATE TABLE check_ins (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    asked_on TEXT NOT NULL,
    pain INTEGER CHECK (pain BETWEEN 0 AND 10),
    stiffness TEXT CHECK (stiffness IN ('none', 'some', 'marked')),
    settled TEXT CHECK (settled IN ('yes', 'no')),
    limp TEXT CHECK (limp IN ('yes', 'no')),
    night_pain TEXT CHECK (night_pain IN ('yes', 'no')),
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (patient_id, asked_on)
) STRICT;

-- What an entry of the diary said before it was corrected.
CREATE TABLE corrections (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    about_day TEXT NOT NULL,
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    corrected_by INTEGER NOT NULL,
    corrected_at TEXT NOT NULL
) STRICT;
CREATE INDEX corrections_of_patient ON corrections (patient_id, about_day);
